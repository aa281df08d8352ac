"""What does this machine lack, and how does one get it?

Each check gives a `Finding`; the list of them is printed by the verb `doctor`. `find_chromium` is what everything that
needs a browser asks.
"""

from __future__ import annotations

import os
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts import bootstrap
from scripts.project import Project
from scripts.server import LOOPBACK

PORT = 8000

SHELL = "chromium-headless-shell"  # Chromium without windows, which costs a third of the time
_BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_MAC_BROWSERS = ("Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome")
_WAIT = 30.0  # seconds until a browser must have said its version
# Letters as wide as Arial's, which most readers have: what fits a sheet of paper or a mail is measured with them.
TYPEFACE = "fonts-liberation"
_AS_WIDE = ("Arial", "Helvetica", "Liberation Sans", "Arimo", "Nimbus Sans", "TeX Gyre Heros", "FreeSans")
_PATIENCE = 180.0  # seconds for what would only be nice to have


@dataclass(frozen=True)
class Finding:
    """One thing that is needed. `cure` says how to get it, if it is missing."""

    name: str
    ok: bool
    detail: str
    cure: str = ""


def examine(project: Project) -> Iterator[Finding]:
    """Check everything, one by one."""
    yield python()
    yield environment(project.root)
    yield chromium(find_chromium())
    yield typeface()
    for name in ("git", "make"):
        yield tool(name)
    yield port()


def python() -> Finding:
    """Is this Python new enough?"""
    needed = ".".join(str(part) for part in bootstrap.NEEDED)
    cure = f"install Python {needed} or newer, then: make clean setup"
    return Finding("Python", sys.version_info >= bootstrap.NEEDED, platform.python_version(), cure)


def environment(root: Path) -> Finding:
    """Does .venv hold what requirements.lock says?"""
    if bootstrap.in_step(root):
        return Finding("libraries", True, "as in requirements.lock")
    return Finding("libraries", False, ".venv is missing or not as in requirements.lock", "make setup")


def chromium(found: Path | None) -> Finding:
    """Is there a browser for the pictures and the tests?"""
    if found:
        return Finding("Chromium", True, str(found))
    return Finding("Chromium", False, "no Chromium or Chrome that starts", chromium_cure())


def chromium_cure() -> str:
    """How to get a browser here, in words."""
    own = ".venv/bin/python -m scripts doctor --fix"
    if sys.platform == "darwin":
        return f"{own}, or: brew install --cask chromium"
    if shutil.which("apt-get"):
        return f"{own}, or: sudo apt-get install {SHELL}"
    return f"{own}, or install Chromium from your system, or set CHROMIUM to the path of one"


def typeface() -> Finding:
    """Does the browser set our words in letters as wide as those of most readers?"""
    match = shutil.which("fc-match")
    if not match:  # macOS and Windows have Arial or Helvetica
        return Finding("typeface", True, "that of the system")
    asked = [match, "--format=%{family[0]}", "Arial"]
    found = subprocess.run(asked, check=False, capture_output=True, text=True).stdout.strip()
    cure = f"install {TYPEFACE}, or another typeface with the widths of Arial, from your system"
    if shutil.which("apt-get"):
        cure = f".venv/bin/python -m scripts doctor --fix, or: sudo apt-get install {TYPEFACE}"
    return Finding("typeface", found.startswith(_AS_WIDE), f"{found or 'none'} in the place of Arial", cure)


def tool(name: str) -> Finding:
    """Is a command on PATH?"""
    found = shutil.which(name)
    cure = f"sudo apt-get install {name}" if shutil.which("apt-get") else f"install {name} from your system"
    return Finding(name, found is not None, found or "not on PATH", cure)


def port(wanted: int = PORT) -> Finding:
    """Can the site be served on loopback?"""
    try:
        with socket.socket() as probe:
            probe.bind((LOOPBACK, 0))
    except OSError as error:
        return Finding("loopback", False, str(error), f"allow programs to listen on {LOOPBACK}")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, wanted))
        except OSError:
            return Finding("port", True, f"{wanted} is taken; serve uses the next free one")
    return Finding("port", True, f"{wanted} is free")


def find_chromium(environ: Mapping[str, str] = os.environ) -> Path | None:
    """A browser that starts: the one CHROMIUM names, else the system's, else the one Playwright brought."""
    for candidate in candidates(environ):
        if starts(candidate):
            return candidate
    return None


def candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    """Where a browser may be, best first. The last one is looked up only if it is asked for."""
    named = environ.get("CHROMIUM")
    if named:
        yield Path(named)
    for name in _BROWSERS:
        found = shutil.which(name, path=environ.get("PATH", ""))
        if found:
            yield Path(found)
    if sys.platform == "darwin":
        yield from (Path("/Applications") / name for name in _MAC_BROWSERS)
    own = playwright_chromium()
    if own:
        yield own


def playwright_chromium() -> Path | None:
    """The browser that Playwright would use by itself."""
    from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415  (slow to load, and seldom needed)

    try:
        with sync_playwright() as playwright:
            path = Path(playwright.chromium.executable_path)
    except Error:
        return None
    return path if path.is_file() else None


def starts(browser: Path) -> bool:
    """Whether a browser can say its version. (A name on PATH may be a stub that only tells how to install one.)"""
    try:
        done = subprocess.run([browser, "--version"], check=False, capture_output=True, timeout=_WAIT)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"Chrom" in done.stdout + done.stderr


def get_chromium(say: Callable[[str], None]) -> Path | None:
    """Try to get a browser: from Playwright, then, as root on Debian and its kin, from the system."""
    for what, commands in attempts():
        say(what)
        for command in commands:
            try:
                done = subprocess.run(command, check=False, timeout=600, capture_output=True)
            except (OSError, subprocess.TimeoutExpired) as error:
                say(f"  {error}")
                break
            if done.returncode:
                lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
                say(f"  {lines[-1] if lines else f'stopped with code {done.returncode}'}")
        found = find_chromium()
        if found:
            return found
    return None


def get_shell(say: Callable[[str], None]) -> None:
    """Try to get a Chromium without windows. Without it, the tests take longer."""
    if not shutil.which(SHELL):
        _from_system(SHELL, say, "The other browser does as well.")


def get_typeface(say: Callable[[str], None]) -> None:
    """Try to get a typeface with the widths of Arial, which Debian only recommends beside its Chromium."""
    if not typeface().ok:
        _from_system(TYPEFACE, say, "Some tests of paper will fail.")


def _from_system(package: str, say: Callable[[str], None], without: str) -> None:
    """Install a package where that needs nobody's leave: as root on Debian and its kin."""
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        return
    say(f"{package} from the system …")
    command = [apt, "install", "-qq", "-y", "--no-install-recommends", package]
    try:
        done = subprocess.run(command, check=False, timeout=_PATIENCE, capture_output=True)
    except (OSError, subprocess.TimeoutExpired) as error:
        say(f"  {error}")
        return
    if done.returncode:
        say(f"  It cannot be had. {without}")


def attempts() -> Iterator[tuple[str, tuple[list[str], ...]]]:
    """What to try, in words, with the commands that do it."""
    yield "Chromium from Playwright …", ([sys.executable, "-m", "playwright", "install", "chromium"],)
    apt = shutil.which("apt-get")
    if apt and os.name == "posix" and os.geteuid() == 0:
        install = [apt, "install", "-qq", "-y", "--no-install-recommends"]
        for package in (SHELL, "chromium"):
            yield f"{package} from the system …", ([apt, "update", "-qq"], [*install, package])
