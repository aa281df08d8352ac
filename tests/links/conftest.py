"""The internet on this machine, for whoever tests the watch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.links.watch_fetch import Fetcher, agent
from tests.conftest import once
from tests.links.internet import FakeClock, Internet, make_certificates, online

REPOSITORY = "https://forge.example/us/opted-in"
SECONDS = 0.4  # before a host that does not answer is given up


@pytest.fixture(scope="session")
def certificates(shared: Path) -> Path:
    return once(shared, "certificates", make_certificates)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def internet(clock: FakeClock, certificates: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Internet]:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    found = Internet(clock)
    with online(found, certificates, monkeypatch.setattr):
        yield found


@pytest.fixture
def new_fetcher(internet: Internet, clock: FakeClock, certificates: Path) -> Callable[[], Fetcher]:
    """Makes a fetcher as each run has one: without any memory of an earlier run."""
    trusted = str(certificates / "ca.pem")
    return lambda: Fetcher(agent(REPOSITORY), clock, certificates=trusted, timeout=SECONDS)


@pytest.fixture
def fetcher(new_fetcher: Callable[[], Fetcher]) -> Fetcher:
    return new_fetcher()
