"""What several tests need: the real site, built once for all workers and served; a browser; a small made-up project."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from types import FrameType

import hypothesis
import psutil  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, sync_playwright

from scripts import synthetic
from scripts.build import build
from scripts.copies import add_tools, copy
from scripts.engines import ADDRESS, BUILT_SITE
from scripts.picture import CHROMIUM_ARGUMENTS, NoBrowser, chromium
from scripts.project import Project
from scripts.server import Served, Server, running
from scripts.testing import FAILED_BEFORE
from tests.outcomes import Outcomes

# Published below a path, as on a project's Pages: an address that works only at the root fails here.
SITE_URL = ADDRESS
TODAY = dt.date.today()
_TIDYING = 60  # seconds; so long may tidying up take after a test whose time was up, before that is broken off as well


# The same examples on every machine, so that what fails there fails here. Hypothesis would choose by the variable CI.
hypothesis.settings.register_profile(
    "the same everywhere", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("the same everywhere")


def pytest_configure(config: pytest.Config) -> None:
    """Let the process that leads say what went wrong, even if it is broken off."""
    # With one of these, pytest works out every difference in full. Between two pictures that takes it hours.
    for name in ("CI", "BUILD_NUMBER"):
        os.environ.pop(name, None)
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Outcomes())


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


def once(shared: Path, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to come makes, while the others wait."""
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / f"{name}.done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            (shared / f"{name}.done").touch()
    return folder


@pytest.fixture(scope="session")
def built_site(shared: Path) -> Path:
    """The real site, really built, from a copy of this checkout; or the tree that another engine built of it."""
    if os.environ.get(BUILT_SITE):
        return Path(os.environ[BUILT_SITE])

    def make(folder: Path) -> None:
        real = copy(Project.here(), folder)
        environ = {**os.environ, "SITE_URL": SITE_URL}
        done = subprocess.run(
            [sys.executable, "-m", "scripts", "build", "--as-of", TODAY.isoformat()],
            check=False,
            cwd=real.root,
            env=environ,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"the site does not build:\n{done.stdout}{done.stderr}"

    return Project(once(shared, "real", make)).site


@pytest.fixture(scope="session")
def site_address(built_site: Path) -> Iterator[str]:
    """The address of the real site's home page, served on this machine below the path of its public address."""
    with running(Server(Served.under(built_site, SITE_URL))) as server:
        yield server.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. Without one the tests fail: what only a browser can show would not be shown."""
    try:
        path = chromium()
    except NoBrowser as error:
        pytest.fail(str(error))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def small_once(shared: Path) -> Path:
    """A small made-up project, built."""

    def make(folder: Path) -> None:
        build(synthetic.make(folder, Project.here(), platforms=2, regions=1), TODAY, say=lambda _: None)

    return once(shared, "small", make)


@pytest.fixture
def small(small_once: Path, tmp_path: Path) -> Project:
    """A small made-up project of one's own, built. Its tools are those of this checkout."""
    return Project(Path(shutil.copytree(small_once, tmp_path / "small")))


@pytest.fixture
def whole(small: Project) -> Project:
    """The same with a copy of the tools in it, so that `python -m scripts` works there and may be changed."""
    add_tools(Project.here(), small)
    return small


def run_verb(project: Project, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m scripts` in a project that has its tools with it."""
    command = [sys.executable, "-m", "scripts", *arguments]
    return subprocess.run(
        command, check=False, cwd=project.root, env={**os.environ, **environ}, capture_output=True, text=True
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by name."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.hookimpl(wrapper=True)
def pytest_timeout_set_timer() -> Generator[None, object, object]:
    """When a test's time is up, end its processes first. Or they would keep the test, or the whole run, waiting."""
    done = yield
    fail = signal.getsignal(signal.SIGALRM) if hasattr(signal, "SIGALRM") else None
    if callable(fail):

        def time_is_up(number: int, frame: FrameType | None) -> None:
            end_own_processes()
            fail(number, frame)

        signal.signal(signal.SIGALRM, time_is_up)
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        signal.setitimer(signal.ITIMER_REAL, left, _TIDYING)
    return done


def end_own_processes() -> None:
    """Kill all copies and other Python processes that this one started; the browser is not one of them."""
    own = psutil.Process()
    for process in own.children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if process.exe() == own.exe():
                process.kill()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say again what failed before the tests began, so that nobody takes the last line for the whole truth."""
    failed = os.environ.get(FAILED_BEFORE)
    if failed:
        terminalreporter.write_line(f"Failed before the tests: {failed}", red=True)
