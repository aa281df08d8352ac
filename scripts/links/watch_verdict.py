"""What does an answer mean?

Turns what a fetch saw into one of the nine verdicts, with a few plain words of ours about the reason: nothing that a
foreign server says gets into a report but numbers and the address that it led to. Pure.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from scripts.facts.link_health import Verdict
from scripts.links import watch_text
from scripts.links.watch_fetch import Failure, Hop, Seen
from scripts.links.watch_pace import retry_after

_FAILURES: dict[Failure, Verdict] = {
    "timeout": "timeout",
    "no answer": "timeout",
    "no host": "gone",
    "bad address": "gone",
    "loop": "gone",
    "TLS": "TLS",
    "robots": "blocked",
}
_GONE = (404, 410)
_NO_ANSWER = (408, 425)
_PERMANENT = (301, 308)
_DOOR = re.compile(r"/(log-?in|sign-?in|sign-?up|auth-?wall|uas/login|checkpoint|accounts?/login|sso)(/|\.|$)", re.I)
_DOOR_HOST = re.compile(r"^(login|accounts?|auth|signin|sso)\.", re.I)
_HOME = re.compile(r"^/?([a-z]{2}([-_][a-z]{2})?/?)?(index\.\w+|home/?)?$", re.I)


@dataclass(frozen=True)
class Finding:
    """The verdict on one answer. `text` is the hash of what the page says; `retry` the seconds until another try."""

    verdict: Verdict
    detail: str
    final: str | None = None
    text: str | None = None
    again: bool = False
    retry: float | None = None


def judge(seen: Seen, now: dt.datetime) -> Finding:
    """The verdict.

    Args:
        seen: what the address answered.
        now: the time of the answer, for a server that says until when we should wait.

    Returns:
        Every verdict but "changed": that takes what the page said before.
    """
    last = seen.last
    final = _shown(last.address) if last.address != seen.asked else None
    if last.failure:
        return Finding(_FAILURES[last.failure], last.detail, final)
    status = last.status or 0
    if not 200 <= status < 300:
        return _refused(last, seen, final, now)
    text = watch_text.read(seen.body, last.headers.get("content-type", ""))
    led_away = _path(seen.asked) != _path(last.address) or _host(seen.asked) != _host(last.address)
    if led_away and (_DOOR.search(_path(last.address)) or _DOOR_HOST.search(_host(last.address))):
        return Finding("blocked", "it asks us to log in", final)
    if text.challenge:
        return Finding("blocked", "it wants to know whether we are a person", final)
    if text.login and (led_away or text.password):
        return Finding("blocked", "it asks us to log in", final)
    if text.missing:
        return Finding("soft 404", "it answers, but says that there is no such page", final)
    if led_away and _HOME.match(_path(last.address)) and not _HOME.match(_path(seen.asked)):
        return Finding("soft 404", "it leads to a home page", final)
    if any(hop.status in _PERMANENT for hop in seen.hops) and last.address.rstrip("/") != seen.asked.rstrip("/"):
        return Finding("moved", "it has another address now", final, text.hash)
    return Finding("ok", "it answers", final, text.hash)


def _refused(last: Hop, seen: Seen, final: str | None, now: dt.datetime) -> Finding:
    status = last.status or 0
    if status in _GONE:
        return Finding("gone", f"it answers {status}", final)
    if status == 429:
        wait = retry_after(last.headers.get("retry-after"), now)
        return Finding("rate limited", "it says that we ask too often (429)", final, None, True, wait)
    if 500 <= status < 600:
        if "cf-mitigated" in last.headers or watch_text.read(seen.body, "").challenge:
            return Finding("blocked", "it wants to know whether we are a person", final)
        wait = retry_after(last.headers.get("retry-after"), now)
        return Finding("timeout", f"its server fails ({status})", final, None, True, wait)
    if status in _NO_ANSWER or 300 <= status < 400:
        return Finding("timeout", f"it gives no useful answer ({status})", final)
    return Finding("blocked", f"it turns programs away ({status})", final)


def _path(address: str) -> str:
    return urlsplit(address).path.rstrip("/")


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _shown(address: str) -> str:
    """An address that a stranger gave us, safe to stand in a file, a table and a Markdown text."""
    return quote(address, safe="/:?#@!$&'()*+,;=%~-._")[:500]
