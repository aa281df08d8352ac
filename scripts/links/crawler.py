"""What does LinkChecker say of a site, in seconds instead of minutes?

Runs in a process of its own, started by `crawl.py`, because LinkChecker changes the settings of the process it runs in.
It is LinkChecker's own code that fetches, finds links, follows them and judges anchors. Nearly all of its time goes
into doing the same again:

- With AnchorCheck, LinkChecker takes `page#one` and `page#two` for two pages: it fetches the page, parses it, and looks
  for the links on it, once for each fragment. Here each page is fetched and parsed once.
- The anchors of a page are collected once, and LinkChecker's own `check_anchor` looks each fragment up in them.
- Links that lead to the same place, as those of the navigation on each page do, are taken apart once.
- For each element it collects all text within it, to name links; only the text of links is ever used.
- Its threads wait for each other, since Python runs one at a time; here other processes parse (`crawler_page.py`).

It reports each address under the first page that names it. Here every page that names it is reported, so more is said
than by LinkChecker alone, and nothing less is checked.

    python -m scripts.links.crawler SETTINGS < TASK > RESULT      (JSON both; see `Task` and `crawl.py`)
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import re
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit, urlunsplit

# LinkChecker has no types of its own.
import linkcheck  # type: ignore[import-untyped]
from linkcheck import configuration, director, parser
from linkcheck.cache import urlqueue  # type: ignore[import-untyped]
from linkcheck.checker import get_url_from, httpurl  # type: ignore[import-untyped]
from linkcheck.director import aggregator, checker  # type: ignore[import-untyped]
from linkcheck.logger import _Logger  # type: ignore[import-untyped]
from linkcheck.plugins import anchorcheck  # type: ignore[import-untyped]

from scripts.links import crawler_page

_PROCESSES = min(os.cpu_count() or 2, 8)
_PLAIN = re.compile(r"[\w./#?=&:-]+", re.ASCII)


@dataclass(frozen=True)
class Task:
    """What to crawl: the address served on this machine, the one it stands for, and paths to begin at."""

    address: str
    site_url: str
    begin: list[str]


@dataclass
class Seen:
    """What came out. Pages are known by their address without fragment."""

    links: list[dict[str, Any]] = field(default_factory=list)
    results: dict[str, Any] = field(default_factory=dict)
    anchors: dict[str, anchorcheck.UrlAnchorCheck] = field(default_factory=dict)
    parsed: list[str] = field(default_factory=list)


class Web(httpurl.HttpUrl):  # type: ignore[misc]
    """An address, known without its fragment, that takes our public address for the one on this machine."""

    task: ClassVar[Task]
    readers: ClassVar[ProcessPoolExecutor]
    content_encoding: str | None
    _read: crawler_page.Read | None = None

    def set_cache_url(self) -> None:
        """Leave the fragment out of what the result is remembered by, as LinkChecker does without AnchorCheck."""
        self.cache_url = urlunsplit([*self.urlparts[:4], ""])

    def read(self) -> crawler_page.Read:
        """Have the page read by another process, once."""
        if self._read is None:
            data = self.get_raw_content()
            self._read = self.readers.submit(crawler_page.read, data, self.content_encoding).result()
            self.content_encoding = self._read.encoding
        return self._read

    def content_allows_robots(self) -> bool:
        """What robots should leave alone is checked too."""
        return True

    def add_url(self, url: str | None, base: str | None = None, **place: Any) -> None:
        """Enter a link that was found."""
        written = _here(self.task, url)
        plain = written and not base and "parent" not in place and _PLAIN.fullmatch(written)
        # Letters that need no care make no difference: what LinkChecker says of a link depends on where it leads alone.
        key = (urljoin(self.url, written), self.content_encoding) if plain else None
        queue = self.aggregate.urlqueue
        if not queue.again(key, self.url, written, place.get("line"), place.get("name")):
            super().add_url(written, base=_here(self.task, base), **place)
            queue.remember(key)


def _here(task: Task, url: str | None) -> str | None:
    stripped = (url or "").strip()
    for public in (task.site_url, task.site_url.partition(":")[2]):
        if stripped.startswith(public) and public:
            return task.address + stripped[len(public) :]
    return url


class Queue(urlqueue.UrlQueue):  # type: ignore[misc]
    """Notes every link that is entered, also those whose address was seen before."""

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self._seen = seen
        self._latest = threading.local()
        self._known: dict[tuple[str, str | None], dict[str, Any]] = {}

    def again(self, key: tuple[str, str | None] | None, parent: str, written: str | None, line: Any, name: Any) -> bool:
        """Note a link that leads where one led before, and do nothing more; returns whether it does."""
        known = self._known.get(key) if key else None
        if known:
            self._seen.links.append(known | {"parent": parent, "written": written, "line": line or 0, "name": name})
        return bool(known)

    def remember(self, key: tuple[str, str | None] | None) -> None:
        """What this thread put in last is what every link with this key comes to."""
        if key:
            self._known[key] = self._latest.link

    def put(self, url_data: Any) -> None:
        """Note the link, and queue it if its address is new."""
        self._latest.link = link = {
            "parent": url_data.parent_url or "",
            "written": url_data.base_url or "",
            "url": url_data.url or "",
            "key": url_data.cache_url,
            "anchor": url_data.anchor or "",
            "encoding": url_data.encoding,
            "line": url_data.line or 0,
            "name": url_data.name,
            # What the letters of the address alone tell is known already.
            "known": (url_data.valid, url_data.result, url_data.warnings[:]) if url_data.has_result else None,
            "warnings": url_data.warnings[:],
        }
        self._seen.links.append(dict(link))
        super().put(url_data)


class Anchors(anchorcheck.AnchorCheck):  # type: ignore[misc]
    """LinkChecker's AnchorCheck, which collects the anchors of each page once instead of once for each link."""

    seen: ClassVar[Seen]

    def applies_to(self, url_data: Any) -> bool:
        """Every page, since some link may name an anchor of it."""
        return bool(url_data.is_html())

    def check(self, url_data: Any) -> None:
        """Collect the anchors."""
        collected = anchorcheck.UrlAnchorCheck()
        collected.anchors = url_data.read().anchors
        for key in (url_data.cache_url, *url_data.aliases):
            self.seen.anchors[key] = collected


class Recorder(_Logger):  # type: ignore[misc]
    """Takes LinkChecker's results as they are, instead of writing them into a file that may be lost."""

    LoggerName = "recorder"

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self._seen = seen

    def start_output(self) -> None:
        """Write nothing."""

    def end_output(self, **kwargs: Any) -> None:
        """Write nothing."""

    def comment(self, s: str, **kwargs: Any) -> None:
        """Write nothing."""

    def log_url(self, url_data: Any) -> None:
        """Note a result."""
        self._seen.results[url_data.cache_url] = (url_data.valid, url_data.result, url_data.warnings)


@dataclass
class _Fragment:
    """What LinkChecker's `check_anchor` asks of an address."""

    anchor: str
    encoding: str | None
    warnings: list[tuple[str | None, str]] = field(default_factory=list)

    def add_warning(self, text: str, tag: str | None = None) -> None:
        self.warnings.append((tag, text))


def crawl(settings: str, task: Task) -> dict[str, Any]:
    """Let LinkChecker crawl a site.

    Args:
        settings: LinkChecker's own file of settings.
        task: what to crawl.

    Returns:
        `links`: each with its page (`parent`), the address as `written` and as resolved (`url`), the `line`, and the
        verdict: `valid`, `result`, `warnings`. `parsed`: the addresses whose links were read. `unjudged`: addresses
        without a verdict. `internal_errors`: how often LinkChecker failed.
    """
    config = configuration.Configuration()
    config.read([settings])
    config.sanitize()
    seen = Seen()
    recorder = Recorder(seen)
    config["logger"], config["fileoutput"], config["status"] = recorder, [], False
    config["threads"] = _PROCESSES + 1  # each waits for a process that reads; one more fetches meanwhile
    parts = urlsplit(task.address)
    config["internlinks"].append(linkcheck.get_link_pat(f"^{parts.scheme}://{parts.netloc}/"))
    Web.task, Anchors.seen = task, seen
    _prepare(seen)
    aggregate = director.get_aggregate(config)
    aggregate.urlqueue = Queue(seen)
    plugins = aggregate.plugin_manager.content_plugins
    if not any(isinstance(plugin, anchorcheck.AnchorCheck) for plugin in plugins):
        raise SystemExit("the settings do not turn AnchorCheck on")
    plugins[:] = [Anchors(None) if isinstance(plugin, anchorcheck.AnchorCheck) else plugin for plugin in plugins]
    for path in task.begin:
        # Level 1: at level 0 LinkChecker would make each address one more pattern for what is ours.
        aggregate.urlqueue.put(get_url_from(task.address + path, 1, aggregate, extern=(0, 0)))
    with ProcessPoolExecutor(_PROCESSES, _context(), crawler_page.be_quiet) as Web.readers:
        # Started now, while there is no other thread that a fork could cut short.
        Web.readers.submit(bool).result()
        director.check_urls(aggregate)
    unjudged: list[str] = []
    links = list(_judged(seen, unjudged))
    errors = recorder.stats.internal_errors
    return {"links": links, "parsed": seen.parsed, "unjudged": unjudged, "internal_errors": errors}


def _prepare(seen: Seen) -> None:
    """Put our parts in LinkChecker's places."""
    crawler_page.be_quiet()
    httpurl.HttpUrl = Web
    checker.QUEUE_POLL_INTERVALL_SECS = 0.05  # a second would pass at the end, until each thread sees that all is done
    new_session = aggregator.new_request_session

    def session(*arguments: Any) -> Any:
        """A session that does not look for a proxy each time: none stands between us and this machine."""
        made = new_session(*arguments)
        made.trust_env = False
        return made

    aggregator.new_request_session = session
    parse_html, parse_url = parser.parse_html, parser.parse_url

    def html(url_data: Any) -> None:
        if isinstance(url_data, Web):
            for link in url_data.read().links:
                url_data.add_url(**link)
        else:
            parse_html(url_data)

    def any_kind(url_data: Any) -> None:
        parse_url(url_data)
        seen.parsed.extend((url_data.cache_url, *url_data.aliases))
        url_data.soup = url_data.text = url_data.data = None

    parser.parse_html, parser.parse_url = html, any_kind


def _context() -> multiprocessing.context.BaseContext:
    """Forking is quickest, and safe on Linux as long as no thread runs yet."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _judged(seen: Seen, unjudged: list[str]) -> Iterator[dict[str, Any]]:
    checked: dict[tuple[str, str, str | None], list[tuple[str | None, str]]] = {}
    for link in seen.links:
        result = link.pop("known") or seen.results.get(link["key"])
        if result is None:
            unjudged.append(link["url"])
            continue
        key = link.pop("key"), link.pop("anchor"), link.pop("encoding")
        if key not in checked:
            fragment = _Fragment(key[1], key[2])
            if result[0] and key[1] and key[0] in seen.anchors:
                seen.anchors[key[0]].check_anchor(fragment)
            checked[key] = fragment.warnings
        valid, text, warnings = result
        # A warning about the letters of one link is no warning about another link to the same address.
        about_page = [warning for warning in warnings if not str(warning[0]).startswith("url-")]
        every = [*link["warnings"], *about_page, *checked[key]]
        yield link | {"valid": valid, "result": text, "warnings": list(dict.fromkeys(map(tuple, every)))}


def main() -> None:
    """Read the task, crawl, write the result."""
    gc.set_threshold(100_000)  # parsing makes many objects and few that need the collector
    result = crawl(sys.argv[1], Task(**json.load(sys.stdin)))
    sys.stdout.write(json.dumps(result))  # json.dump would take ten times as long


if __name__ == "__main__":
    main()
