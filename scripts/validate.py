"""Is the HTML that we publish correct, and are its styles and drawings?

Asks the Nu Html Checker about each file of the built site. It needs Java and weighs 30 MB, so it is no part of the
project: it is fetched for the run, into a folder that goes away again. Nothing else depends on it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

PACKAGE = "vnu-jar@26.9.27"
SHA256 = "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7"
NEEDED = {
    "java": "Java 17 or newer (Debian: apt install default-jre-headless)",
    "npm": "npm, which fetches the checker (Debian: apt install npm)",
}
KINDS = (".css", ".html", ".svg")
_AT_ONCE = 2000  # names of files in one command; a system allows some hundred thousand letters


class CannotCheck(Exception):
    """The checker cannot be had, or does not run. The text says why, and what helps."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in a file, as the checker says it."""

    file: str
    line: int
    said: str


def validate(site: Path, console: Console) -> int:
    """Check a built site, say what is wrong, and return how many faults there are.

    Args:
        site: the built tree.
        console: where to say it.

    Raises:
        CannotCheck: if there is no site, or the checker cannot be had or does not run.
    """
    files = sorted(path for path in site.rglob("*") if path.suffix in KINDS)
    if not files:
        raise CannotCheck("There is no built site. Make it first: make build")
    missing = [what for name, what in NEEDED.items() if not shutil.which(name)]
    if missing:
        raise CannotCheck("\n".join(f"Missing: {what}" for what in missing))
    with tempfile.TemporaryDirectory() as folder:
        jar = fetch(Path(folder))
        found = list(faults(site, files, jar))
    if found:
        console.print(table(found))
    console.print(f"{len(files)} files: {len(found)} errors")
    return len(found)


def fetch(folder: Path) -> Path:
    """Fetch the checker into a folder.

    Raises:
        CannotCheck: if it cannot be had, or is not the one that we know.
    """
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), PACKAGE]
    done = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True)
    packed = next(folder.glob("*.tgz"), None)
    if done.returncode or packed is None:
        raise CannotCheck(f"{PACKAGE} cannot be fetched:\n{done.stdout}{done.stderr}".rstrip())
    if hashlib.sha256(packed.read_bytes()).hexdigest() != SHA256:
        raise CannotCheck(f"{PACKAGE} is not the file that we know: its hash is another")
    with tarfile.open(packed) as archive:
        archive.extract("package/build/dist/vnu.jar", folder, filter="data")
    return folder / "package" / "build" / "dist" / "vnu.jar"


def faults(site: Path, files: Sequence[Path], jar: Path) -> Iterator[Fault]:
    """What the checker finds wrong in files of a site.

    Raises:
        CannotCheck: if it does not answer.
    """
    options = ["--stdout", "--format", "json", "--errors-only", "--also-check-css", "--also-check-svg"]
    for start in range(0, len(files), _AT_ONCE):
        names = [str(path) for path in files[start : start + _AT_ONCE]]
        command = ["java", "-Xss8m", "-jar", str(jar), *options, *names]
        done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
        try:
            messages = json.loads(done.stdout)["messages"]
        except (ValueError, KeyError):
            raise CannotCheck(f"The checker does not answer:\n{done.stdout[-500:]}{done.stderr[-500:]}") from None
        for said in messages:
            file = said.get("url", "").partition(f"{site}/")[2] or said.get("url", "")
            yield Fault(file, said.get("lastLine", 0), said["message"])


def table(found: Sequence[Fault]) -> Table:
    """The faults, each kind once, with how often it stands where, and its first place."""
    shown = Table("times", "files", "what is wrong", "first")
    for said, times in Counter(fault.said for fault in found).most_common():
        places = sorted(fault for fault in found if fault.said == said)
        shown.add_row(str(times), str(len({at.file for at in places})), said, f"{places[0].file}:{places[0].line}")
    return shown
