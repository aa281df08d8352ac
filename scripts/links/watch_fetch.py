"""What does an address of another site answer?

LinkChecker asks: it normalises the address, opens the connection, checks the certificate, follows redirects and counts
them. It does so through an adapter of ours, which keeps the pace, obeys robots.txt at each step of a redirect, asks no
address twice in one run, and notes every answer on the way with its headers: LinkChecker itself would pass a 429 as
valid, and tells of a failure only in a sentence. What the answers mean is decided in `watch_verdict.py`.
"""

from __future__ import annotations

import io
import logging
import ssl
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urldefrag, urlsplit

import requests
import urllib3
from linkcheck import checker, director  # type: ignore[import-untyped]
from linkcheck.configuration import Configuration  # type: ignore[import-untyped]
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NameResolutionError

from scripts.links import watch_robots
from scripts.links.watch_pace import Clock, Pace

RC = Path(__file__).with_name("watch.rc")
NAMES = ("OptedInLinkWatch", "LinkChecker")  # by these a robots.txt may call us
_ROBOTS = "/robots.txt"
_LARGEST = 5 * 1024 * 1024
_SLOWEST = 60.0  # seconds for the whole body; each part of it has LinkChecker's time limit
_HOP_HEADERS = ("content-encoding", "content-length", "transfer-encoding", "connection")

Failure = Literal["timeout", "no answer", "no host", "TLS", "robots", "loop", "bad address"]


def agent(repository: str) -> str:
    """How we introduce ourselves: what we are, and where to complain."""
    return f"{NAMES[0]}/1 (+{repository}; weekly check of links, with LinkChecker)"


@dataclass(frozen=True)
class Hop:
    """One request and what came of it: a status with headers (names in small letters), or a failure."""

    address: str
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    failure: Failure | None = None
    detail: str = ""


@dataclass(frozen=True)
class Seen:
    """All requests that one address led to, in order, and the body of the last answer."""

    asked: str
    hops: tuple[Hop, ...]
    body: bytes = b""

    @property
    def last(self) -> Hop:
        """What came in the end."""
        return self.hops[-1]


class NotWanted(requests.RequestException):
    """The site's robots.txt asks programs to keep out."""


class Polite(HTTPAdapter):
    """Sends what LinkChecker wants to send, when and if it may be sent."""

    def __init__(self, pace: Pace) -> None:
        self.hops: list[Hop] = []
        self.kept: dict[str, tuple[Hop, bytes]] = {}  # answers of this run, by address
        self._pace = pace
        self._rules: dict[str, watch_robots.Rules] = {}
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send a request in its turn, or give again what was answered before."""
        address = urldefrag(request.url or "").url
        parts = urlsplit(address)
        if parts.path == _ROBOTS:  # asked by ourselves, and no page
            self._pace.wait(parts.netloc)
            return super().send(request, *args, **kwargs)
        if address in self.kept:
            return self._again(request, *self.kept[address])
        try:
            self._leave_circle(address)
            self._ask_robots(f"{parts.scheme}://{parts.netloc}", request, address, kwargs)
            self._pace.wait(parts.netloc)
            response = super().send(request, *args, **kwargs)
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            self.hops.append(_failed(address, error))
            raise
        headers = {name.lower(): value for name, value in response.headers.items()}
        self.hops.append(Hop(address, response.status_code, headers))
        return response

    def _leave_circle(self, address: str) -> None:
        """Some sites send us back once, to see whether we keep their cookie. More than once is a circle."""
        before = sum(hop.address == address for hop in self.hops)
        if before > any("set-cookie" in hop.headers for hop in self.hops):
            raise requests.TooManyRedirects("it redirects in a circle")

    def _again(self, request: requests.PreparedRequest, hop: Hop, body: bytes) -> requests.Response:
        self.hops.append(hop)
        if hop.status is None:
            raise NotWanted(hop.detail) if hop.failure == "robots" else requests.ConnectionError(hop.detail)
        headers = {name: value for name, value in hop.headers.items() if name not in _HOP_HEADERS}
        raw = urllib3.HTTPResponse(io.BytesIO(body), headers, hop.status, preload_content=False)
        return self.build_response(request, raw)

    def _ask_robots(self, site: str, request: requests.PreparedRequest, address: str, kwargs: dict[str, Any]) -> None:
        if site not in self._rules:
            self._rules[site] = watch_robots.EVERYTHING  # while we ask, so that a redirect of robots.txt ends
            self._rules[site] = rules = self._read_robots(site, str(request.headers["User-Agent"]), kwargs)
            if rules.delay:
                self._pace.slow(urlsplit(site).netloc, rules.delay)
        if not self._rules[site].allow(address):
            raise NotWanted("robots.txt asks programs to keep out")

    def _read_robots(self, site: str, user_agent: str, kwargs: dict[str, Any]) -> watch_robots.Rules:
        wanted = {name: kwargs[name] for name in ("timeout", "verify") if name in kwargs}
        hops = len(self.hops)
        session = requests.Session()
        session.mount("https://", self)
        session.mount("http://", self)
        try:
            response = session.get(site + _ROBOTS, headers={"User-Agent": user_agent}, **wanted)
        except requests.RequestException:
            return watch_robots.EVERYTHING  # the page itself will fail in the same way, and say how
        finally:
            del self.hops[hops:]
        if response.ok:
            return watch_robots.parse(response.text, NAMES)
        # The standard lets us in where there is no such file, and keeps us out where the server cannot say.
        missing = 400 <= response.status_code < 500 and response.status_code not in (401, 403)
        return watch_robots.EVERYTHING if missing else watch_robots.NOTHING


class Fetcher:
    """Asks one address after the other."""

    def __init__(
        self, user_agent: str, clock: Clock, *, certificates: str | None = None, timeout: float | None = None
    ) -> None:
        logging.getLogger("linkcheck").setLevel(logging.CRITICAL)  # it warns of what we decide ourselves
        config = Configuration()
        config.read(files=[str(RC)])
        config["useragent"] = user_agent
        config["logger"] = config.logger_new("none")
        config["sslverify"] = certificates or config["sslverify"]
        config["timeout"] = timeout or config["timeout"]
        config.sanitize_ssl()
        self._aggregate = director.get_aggregate(config)
        self._aggregate.config["robotstxt"] = False  # ours is stricter, and looks at redirects as well
        self._aggregate.wait_for_host = lambda host: None  # our adapter waits, by its own clock
        self._aggregate.add_request_session()
        self._session: requests.Session = self._aggregate.get_request_session()
        self._session.headers["Accept-Language"] = "en"
        self.pace = Pace(clock)
        self._polite = Polite(self.pace)
        self._led_to: dict[str, tuple[Hop, ...]] = {}
        self._session.mount("https://", self._polite)
        self._session.mount("http://", self._polite)

    def fetch(self, address: str, *, again: bool = False) -> Seen:
        """Ask one address, with LinkChecker.

        Args:
            address: an https or http address.
            again: ask anew what was asked before in this run, because the server told us to come back.
        """
        self._session.cookies.clear()  # each address is asked as by a stranger
        self._polite.hops = []
        for hop in self._led_to.get(address, ()) if again else ():
            self._polite.kept.pop(hop.address, None)
        link = checker.get_url_from(address, 0, self._aggregate)
        body = b""
        if not link.has_result:
            link.check()
            body = self._body(link.url_connection)
            link.close_connection()
        hops = tuple(self._polite.hops)
        if not hops:
            return Seen(address, (Hop(address, failure="bad address", detail=str(link.result)),))
        if hops[-1].status in (301, 302, 303, 307, 308) and "location" in hops[-1].headers:
            hops = (*hops, Hop(hops[-1].address, failure="loop", detail="it redirects without end"))
        self._led_to[address] = hops
        for hop in hops:
            self._polite.kept.setdefault(hop.address, (hop, body if hop is hops[-1] else b""))
        return Seen(address, hops, body)

    def _body(self, response: requests.Response | None) -> bytes:
        if response is None:
            return b""
        body, begun = bytearray(), time.monotonic()
        try:
            for part in response.iter_content(16 * 1024):
                body += part
                if len(body) > _LARGEST or time.monotonic() - begun > _SLOWEST:
                    break
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            self._polite.hops.append(_failed(self._polite.hops[-1].address, error))
        return bytes(body)


def _failed(address: str, error: Exception) -> Hop:
    causes = list(_causes(error))
    if isinstance(error, NotWanted):
        return Hop(address, failure="robots", detail=str(error))
    if isinstance(error, requests.TooManyRedirects):
        return Hop(address, failure="loop", detail=str(error))
    if isinstance(error, requests.exceptions.SSLError) or any(isinstance(one, ssl.SSLError) for one in causes):
        said = next((one.verify_message for one in causes if isinstance(one, ssl.SSLCertVerificationError)), "")
        return Hop(address, failure="TLS", detail=said or "no secure connection")
    if any(isinstance(one, NameResolutionError) for one in causes):
        return Hop(address, failure="no host", detail="there is no such host")
    if isinstance(error, requests.Timeout) or any(isinstance(one, TimeoutError) for one in causes):
        return Hop(address, failure="timeout", detail="no answer in time")
    return Hop(address, failure="no answer", detail="the connection broke off or was refused")


def _causes(error: BaseException | None) -> Any:
    """An error, and everything that led to it: requests keeps some of it in arguments and some in `reason`."""
    seen: set[int] = set()
    todo = [error]
    while todo:
        one = todo.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        todo += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
