"""What may a page load and run?

Writes a strict Content-Security-Policy into each page of a finished tree: nothing from elsewhere, and of the scripts
and styles within the page only those that are there now, named by their hashes. So it must come after all that changes
pages.
`_headers` says what a page cannot say of itself to hosts that read such a file (Netlify, Cloudflare).
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

from scripts.edition import Edition
from scripts.publish import tree

ALLOWED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the icon of the tab
    "font-src": "'self'",
    "connect-src": "'self'",  # the index of the search
    "form-action": "'self'",
    "base-uri": "'none'",
}

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<content>.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_DATA = re.compile(r"type=[\"']?application/(?:ld\+)?json")
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_OLD = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_META = '<meta http-equiv="Content-Security-Policy" content="{}">'

_HEADERS = """\
{path}*
  Content-Security-Policy: frame-ancestors 'none'
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()
  Referrer-Policy: no-referrer
  Strict-Transport-Security: max-age=31536000
  X-Content-Type-Options: nosniff
  X-Frame-Options: DENY
{path}search/*
  Cross-Origin-Resource-Policy: same-origin
{path}assets/generated/*
  Cache-Control: public, max-age=86400
{path}api/*
  Access-Control-Allow-Origin: *
{path}feeds/*
  Access-Control-Allow-Origin: *
"""


class NoPlace(Exception):
    """A page without a `<meta charset>`, after which the policy belongs."""


def publish(edition: Edition, staged: Path) -> None:
    """Give each page of a finished tree its policy, and add the file for hosts.

    Args:
        edition: what the site is made from.
        staged: the tree.

    Raises:
        NoPlace: if a page does not name its character set.
    """
    for path in sorted(staged.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        try:
            path.write_text(guarded(text), encoding="utf-8")
        except NoPlace:
            raise NoPlace(f"{path.relative_to(staged)} has no <meta charset>") from None
    tree.add(staged, {"_headers": headers(edition.site_url)})


def guarded(text: str) -> str:
    """A page with its policy.

    Raises:
        NoPlace: if it does not name its character set.
    """
    place = _CHARSET.search(text)
    if not place:
        raise NoPlace
    return f"{text[: place.end()]}{_META.format(policy(text))}{text[place.end() :]}"


def renewed(text: str) -> str:
    """A page that has a policy, with one for what is in it now; one that has none, as it is."""
    bare, had = _OLD.subn("", text)
    return guarded(bare) if had else text


def policy(text: str) -> str:
    """The policy of a page: what all may do, and the scripts and styles that are in this one."""
    scripts = [
        match["content"]
        for match in _SCRIPT.finditer(text)
        if " src=" not in match["attributes"] and not _DATA.search(match["attributes"])
    ]
    rules = dict(ALLOWED)
    for name, found in (("script-src", scripts), ("style-src", _STYLE.findall(text))):
        rules[name] = " ".join([rules[name], *sorted({_hash(content) for content in found})])
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def headers(site_url: str) -> bytes:
    """The file for hosts that can set headers. The policy of a page stays in the page: each has its own hashes."""
    return _HEADERS.format(path=urlsplit(site_url).path or "/").encode()
