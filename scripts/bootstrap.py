"""How does a bare machine get everything that the other scripts import?

Makes `.venv` and installs the exact libraries of `requirements.lock` into it, with uv if it is there and with the
standard library's venv and pip if not. Uses nothing but the standard library, since nothing else is there yet. A stamp
in `.venv` is written last: without it, or with another one, the work is done again.

    python3 scripts/bootstrap.py
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = (3, 11, 5)  # pymdown-extensions asks for it
_NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
_STAMP = ".complete"


class Failed(Exception):
    """The machine lacks something; the text says what, and how to get it."""


def main() -> int:
    """Set up the checkout that this file is part of."""
    root = Path(__file__).resolve().parent.parent
    try:
        if sys.version_info < NEEDED:
            python = find_python()
            os.execv(python, [python, str(Path(__file__).resolve())])
        return set_up(root)
    except Failed as error:
        print(error, file=sys.stderr)
        return 1


def find_python() -> str:
    """A Python on PATH that is new enough.

    Raises:
        Failed: if there is none.
    """
    for name in _NEWER:
        found = shutil.which(name)
        # A name on PATH may be a stand-in that only says where the real one is missing: ask it.
        if found and _runs(found, "-c", f"import sys; sys.exit(sys.version_info < {NEEDED})"):
            return found
    wanted, here = (".".join(str(part) for part in version) for version in (NEEDED, sys.version_info[:3]))
    raise Failed(f"Python {wanted} or newer is needed; this is {here}.\nGet it: from your system, or uv python install")


def set_up(root: Path) -> int:
    """Bring `.venv` in step with the lock, unless it is."""
    venv = root / ".venv"
    if in_step(root):
        return 0
    uv = shutil.which("uv")
    # An environment that uv made has no pip: without uv, nothing could be put into it.
    if not _belongs(venv) or not (uv or _runs(str(python_of(venv)), "-c", "import pip")):
        if venv.exists():
            print(f"{venv.name} is not ours or not whole: making it again")
            shutil.rmtree(venv)
        make(venv, uv)
    (venv / _STAMP).unlink(missing_ok=True)
    print(f"Installing the libraries of requirements.lock with {'uv' if uv else 'pip'} …", flush=True)
    lock = root / "requirements.lock"
    python = str(python_of(venv))
    if uv:
        command = [uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", str(lock)]
    else:
        quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
        command = [python, "-m", "pip", "install", *quiet, "--require-hashes", "-r", str(lock)]
    if subprocess.run(command, check=False).returncode:
        raise Failed("The libraries could not be installed; the lines above say why. Mend it and try again.")
    write_stamp(root)
    return 0


def in_step(root: Path) -> bool:
    """Whether `.venv` is whole and holds what the lock says. Cheap: it starts no process."""
    venv = root / ".venv"
    stamp = venv / _STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == stamp_of(root) and python_of(venv).exists()


def stamp_of(root: Path) -> str:
    """What a complete `.venv` says about itself. Its own place is part of it: an environment cannot be moved."""
    digest = hashlib.sha256((root / "requirements.lock").read_bytes()).hexdigest()
    return f"{root / '.venv'}\n{digest}\n"


def write_stamp(root: Path) -> None:
    """Say that `.venv` is whole."""
    (root / ".venv" / _STAMP).write_text(stamp_of(root), encoding="utf-8")


def python_of(venv: Path) -> Path:
    """The environment's own Python."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make(venv: Path, uv: str | None) -> None:
    """An empty environment.

    Raises:
        Failed: if neither uv nor the standard library can make one here.
    """
    if uv:
        command = [uv, "venv", "--quiet", "--python", sys.executable, str(venv)]
    else:
        ensure_pip_can_be_had()
        command = [sys.executable, "-m", "venv", str(venv)]
    print(f"Making {venv.name} …", flush=True)
    if subprocess.run(command, check=False).returncode:
        raise Failed(f"{venv.name} could not be made; the lines above say why.")
    _marker(venv).write_text(str(venv), encoding="utf-8")


def ensure_pip_can_be_had() -> None:
    """Debian and its kin keep ensurepip in a package of its own: fetch it if we may.

    Raises:
        Failed: if it is missing and we may not.
    """
    if _runs(sys.executable, "-c", "import ensurepip"):
        return
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    apt = shutil.which("apt-get")
    if apt and os.name == "posix" and os.geteuid() == 0:
        print(f"Installing {package} …", flush=True)
        for step in (["update", "-qq"], ["install", "-qq", "-y", package]):
            subprocess.run([apt, *step], check=False)
        if _runs(sys.executable, "-c", "import ensurepip"):
            return
    raise Failed(f"Python here comes without ensurepip.\nGet it: sudo apt-get install {package}, or install uv")


def _marker(venv: Path) -> Path:
    return venv / ".made-by-us"


def _belongs(venv: Path) -> bool:
    """Whether an environment was made by us, at this place, and starts."""
    marker = _marker(venv)
    if not marker.is_file() or marker.read_text(encoding="utf-8") != str(venv):
        return False
    return _runs(str(python_of(venv)), "-c", f"import sys; sys.exit(sys.version_info < {NEEDED})")


def _runs(*command: str) -> bool:
    try:
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
