"""How does a page that the engine did not build come to look like those that it did?

Takes a built page, cuts out what is its own (title, description, address, article, table of contents), and leaves the
rest with gaps: header, navigation, foot, styles, scripts. Filling the gaps is quick, so hundreds of pages cost little.
Links are made to lead to the same places from the new address.
"""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

_TITLE, _ABOUT, _ADDRESS = "@title@", "@about@", "@address@"
_GAPS = re.compile(f"({_TITLE}|{_ABOUT}|{_ADDRESS})")
_ARTICLE = re.compile(r"(<article\b[^>]*>).*(</article>)", re.DOTALL)

# What belongs to the one page: its neighbours, and its table of contents.
_OWN = "link[rel=prev], link[rel=next], .oi-nav__page"
_DASH = " \N{EN DASH} "  # between the name of the page and that of the site; see overrides/main.html
TOP = "#top"  # the heading of every page has it, whatever place the page's own engine skips to
_META = {
    "meta[name=description]": _ABOUT,
    "meta[property='og:title']": _TITLE,
    "meta[property='og:description']": _ABOUT,
    "meta[property='og:url']": _ADDRESS,
}


class NoFrame(Exception):
    """A page lacks what a frame needs. Says which part."""


@dataclass(frozen=True)
class Frame:
    """A page with gaps. The gaps are texts of their own in `parts`; the article stands between `before` and `after`."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    def page(self, title: str, about: str, address: str, article: str) -> str:
        """A whole page.

        Args:
            title: what the page is called, as text.
            about: its description, as text.
            address: the whole address under which it is published.
            article: its content, as HTML.
        """
        values = {_TITLE: html.escape(title), _ABOUT: html.escape(about), _ADDRESS: html.escape(address)}
        before, after = ("".join(values.get(part, part) for part in parts) for parts in (self.before, self.after))
        return f"{before}\n{article}\n{after}"


def cut(page: str, at: str, to: str) -> Frame:
    """Make a frame of a built page.

    Args:
        page: its HTML.
        at: its address below the site, such as `policies/meta/`.
        to: the address of a page that will be made, such as `c/meta-posts-eu/`. Others must lie in the same folder.

    Raises:
        NoFrame: if the page lacks a part.
        ValueError: if the two addresses are not equally deep: scripts know the way to the root by its depth.
    """
    if at.count("/") != to.count("/"):
        raise ValueError(f"{at} and {to} are not equally deep")
    tree = LexborHTMLParser(page)
    for node in tree.css(_OWN):
        node.decompose()
    for node in tree.css("a.md-skip"):
        node.attrs["href"] = TOP
    for here in tree.css("[aria-current]"):
        del here.attrs["aria-current"]
    for selector, gap in _META.items():
        _one(tree, selector).attrs["content"] = gap
    _one(tree, "link[rel=canonical]").attrs["href"] = _ADDRESS
    title = _one(tree, "title")
    own, dash, site = title.text().strip().rpartition(_DASH)
    title.inner_html = html.escape(f"{_TITLE}{dash}{site}" if own else _TITLE)
    for name in ("href", "src"):
        for node in tree.css(f"[{name}]"):
            value = node.attributes.get(name) or ""
            if value != _ADDRESS:
                node.attrs[name] = moved(value, at, to)
    before, start, end, after = _around_article(tree.html or "")
    return Frame(tuple(_GAPS.split(before + start)), tuple(_GAPS.split(end + after)))


def moved(link: str, at: str, to: str) -> str:
    """A link on one page, as it must stand on another page to lead to the same place."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or link.startswith(("/", "#")) or not parts.path:
        return link
    target = posixpath.normpath(posixpath.join(at, parts.path))
    path = posixpath.relpath(target, to.rstrip("/"))
    if parts.path.endswith(("/", "/.", "/..")) or parts.path in (".", ".."):
        path += "/"
    return parts._replace(path=path).geturl()


def _one(tree: LexborHTMLParser, selector: str) -> LexborNode:
    node = tree.css_first(selector)
    if node is None:
        raise NoFrame(selector)
    return node


def _around_article(page: str) -> tuple[str, str, str, str]:
    match = _ARTICLE.search(page)
    if match is None:
        raise NoFrame("article")
    return page[: match.start()], match[1], match[2], page[match.end() :]
