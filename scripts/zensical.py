"""How does Zensical build what was written for MkDocs?

It reads our settings and our pages as they are, with three exceptions, which this module makes good: it takes the
folder for the site from its settings alone; it draws as Material does only if it is told to; and it moves relative
addresses in the HTML of a page as if they started from the text file, while ours start from the page, because MkDocs
leaves HTML alone. So these get a mark before it starts, by which it takes them for complete, and lose it afterwards.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from scripts import engine

MARK = "oi-as-it-is:"  # reads as a scheme, and no address of ours has it
_ADDRESS = re.compile(r'(\s(?:href|src|srcset|poster)=")([^"]+)(?=")')
_COMPLETE = re.compile(r"#|/|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<=,)(\s+)(?=\S)")  # two pictures of a srcset


def launch(environment: Path) -> engine.Launch:
    """How to start Zensical as if it were the product's own engine.

    Args:
        environment: where it is installed.
    """

    def start(arguments: Sequence[str], folder: Path, environ: Mapping[str, str], out: IO[bytes]) -> engine.Started:
        named = dict(itertools.pairwise(arguments))
        target = Path(named["--site-dir"])
        settings = settings_for(Path(named["--config-file"]), target)
        command = [str(environment / "bin" / "zensical"), "build", "--strict", "--config-file", str(settings)]
        before = _mark_all(folder / "build" / "fragments")
        try:
            started = engine.Program(command, folder, environ, out)
        except OSError:
            _restore(settings, before)
            raise
        return _Marked(started, settings, before, target)

    return start


def settings_for(config: Path, target: Path) -> Path:
    """Write the settings that Zensical wants beside those of the project, and return where they are.

    Args:
        config: the settings of the project, which stay as they are.
        target: the folder for the site.
    """
    text = config.read_text(encoding="utf-8").replace("  name: material\n", "  name: material\n  variant: classic\n")
    own = config.with_name("zensical.yml")
    own.write_text(f"{text}\nsite_dir: {target.relative_to(config.parent)}\n", encoding="utf-8")
    return own


def mark(html: str) -> str:
    """HTML whose relative addresses read as complete ones."""

    def marked(found: re.Match[str]) -> str:
        name, address = found.groups()
        if _COMPLETE.match(address):
            return found[0]
        several = _BETWEEN.sub(rf"\g<1>{MARK}", address) if "srcset" in name else address
        return f"{name}{MARK}{several}"

    return _ADDRESS.sub(marked, html)


def unmark(html: str) -> str:
    """What `mark` was given."""
    return html.replace(MARK, "")


class _Marked:
    """Zensical at work on marked fragments. When it is done, nothing has marks, and its settings are gone."""

    def __init__(self, started: engine.Started, settings: Path, fragments: Mapping[Path, str], target: Path) -> None:
        self._engine, self._settings, self._fragments, self._target = started, settings, fragments, target

    def wait(self) -> int:
        """See `engine.Started`."""
        code = self._engine.wait()
        _restore(self._settings, self._fragments)
        for page in self._target.rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            if MARK in text:
                page.write_text(unmark(text), encoding="utf-8")
        return code

    def stop(self) -> None:
        """See `engine.Started`."""
        self._engine.stop()
        _restore(self._settings, self._fragments)


def _mark_all(folder: Path) -> dict[Path, str]:
    """Mark the fragments of a folder. Returns those that changed, as they were."""
    before = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        if (marked := mark(text)) != text:
            before[path] = text
            path.write_text(marked, encoding="utf-8")
    return before


def _restore(settings: Path, fragments: Mapping[Path, str]) -> None:
    """Delete the settings, and write the fragments as they were."""
    settings.unlink(missing_ok=True)
    for path, text in fragments.items():
        path.write_text(text, encoding="utf-8")
