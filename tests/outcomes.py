"""Which tests went wrong, or never ended?

pytest says at its end which tests failed, but not if it is itself broken off: by a worker that dies, or by an error
within. Then the last lines on the screen, often all that is kept, would name no test. This says so in either case, in
a few short lines, shortly before pytest's own last one.
"""

from __future__ import annotations

import time
from typing import Protocol

import pytest

_LONGEST = 160  # characters of what one line says
_MOST = 8  # lines of one kind


class Worker(Protocol):
    """What xdist tells of one of its processes."""

    @property
    def gateway(self) -> Gateway:
        """How it is reached."""
        ...


class Gateway(Protocol):
    """The way to a worker."""

    id: str


class Outcomes:
    """Keeps account of a run. It is a plugin of the process that leads the others."""

    def __init__(self) -> None:
        self._begun: dict[str, float] = {}
        self._failed: list[str] = []
        self._broken: list[str] = []
        self._expected: set[str] = set()
        self._ended: set[str] = set()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A test begins."""
        self._begun[nodeid] = time.monotonic()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of a test is over."""
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            where = f"{crash.path}:{crash.lineno}: {crash.message}" if crash else str(report.longrepr)
            self._failed.append(f"{report.nodeid}, {report.when}, {report.duration:.0f} s: {where}")
        if report.when not in ("setup", "call"):  # the last phase, or the worker died of it
            self._ended.add(report.nodeid)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """A worker knows which tests there are."""
        self._expected.update(ids)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Worker, error: object) -> None:
        """A worker is gone."""
        if error:
            self._broken.append(f"{node.gateway.id} is gone: {error}")

    def pytest_internalerror(self, excrepr: object) -> None:
        """pytest, here or in a worker, stumbled over itself."""
        said = [line for line in str(excrepr).splitlines() if line.strip()]
        self._broken.append(f"an error within: {' / '.join(line.strip() for line in said[-3:])}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Say what went wrong, before pytest sums up."""
        terminal = session.config.pluginmanager.get_plugin("terminalreporter")
        if isinstance(terminal, pytest.TerminalReporter):
            for line in self.lines():
                terminal.write_line(line)

    def lines(self) -> list[str]:
        """What to say. Nothing, if all is well."""
        now = time.monotonic()
        open_since = {nodeid: now - begun for nodeid, begun in self._begun.items() if nodeid not in self._ended}
        unended = [f"{nodeid}, begun {seconds:.0f} s ago" for nodeid, seconds in open_since.items()]
        unbegun = sorted(self._expected - set(self._begun))
        if not (self._failed or self._broken or unended):
            return []
        return [
            line
            for kind, things in (
                ("failed", self._failed),
                ("broken off", self._broken),
                ("never ended", unended),
                ("never begun", unbegun),
            )
            for line in _shown(kind, things)
        ]


def _shown(kind: str, things: list[str]) -> list[str]:
    shown = [f"{kind}: {_short(thing)}" for thing in things[:_MOST]]
    rest = len(things) - _MOST
    return [*shown, f"{kind}: and {rest} more"] if rest > 0 else shown


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
