"""How does a writer see a change at once?

Builds the site, serves it on loopback, watches what it is made from, and builds again on each change; open pages then
reload. A build that fails says why in the terminal, and the last good site stays up. So that a change is on the page
within two seconds, every build runs in a copy of a warm process (see `warm`), and the pages that somebody is looking at
come first; a whole build, with all checks, follows at once.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from scripts import swap
from scripts.project import Project
from scripts.server import Live, Served, first_free, locate, running
from scripts.warm import Warm

_IDLE = 300  # milliseconds without any change, after which watching has surely begun
_QUIET = 50  # milliseconds without a further change before a build begins
_ROOM = 0.7  # seconds that the browser gets for the page before the whole build takes its share of the processor

Say = Callable[[str], None]


class Sources(DefaultFilter):
    """Changes that matter. Pictures made by ourselves land below docs/ as well and would set off the next build."""

    def __init__(self, project: Project) -> None:
        self._config = str(project.config)
        self._root = str(project.root)
        self._made = str(project.docs / "assets" / "generated") + os.sep
        super().__init__()

    def __call__(self, change: Change, path: str) -> bool:
        """Whether a change at a path matters."""
        if os.path.dirname(path) == self._root:  # noqa: PTH120  (called for each file; a string is all we have)
            return path == self._config
        return not path.startswith(self._made) and super().__call__(change, path)


def watched(project: Project) -> list[Path]:
    """What the site is made from."""
    scripts = project.root / "scripts"
    ours = [scripts / name for name in ("facts", "pages", "screens", "publish", "links")]
    folders = [project.docs, project.root / "overrides", *ours]
    return [folder for folder in folders if folder.is_dir()]


def serve(
    project: Project,
    as_of: dt.date | None,
    *,
    port: int,
    show: bool,
    say: Say,
    stop: threading.Event | None = None,
) -> None:
    """Serve the site until `stop` is set, or the person has had enough.

    Args:
        project: the checkout.
        as_of: the day that counts as today; none means the real one.
        port: where to listen; if it is taken, the next free one is used.
        show: whether to open the page in a browser.
        say: prints a line.
        stop: ends the serving when set.
    """
    swap.recover(project.site)
    live = Live()
    served = Served.under(project.site, project.site_url(), live)
    with Warm(project.root) as warm, running(first_free(served, port)) as server:
        builds = _Builds(warm, live, served, as_of, say)
        begun = time.time()
        if not builds.whole():
            say("Serving the last good site." if project.site.exists() else "Nothing to show until that is mended.")
        say(f"Read it at {server.address}   (Ctrl-C ends it)")
        if show:
            webbrowser.open(server.address)
        try:
            for changed in watch(
                project.config,
                *watched(project),
                watch_filter=Sources(project),
                step=_QUIET,
                debounce=400,
                stop_event=stop,
                rust_timeout=_IDLE,
                yield_on_timeout=True,
            ):
                if not changed:
                    # It watches now. What was saved before, it has not seen.
                    if begun and changed_since(begun, project):
                        builds.after_change(code=False)
                    begun = 0.0
                    continue
                begun = 0.0
                say(f"Changed: {_names(changed, project.root)}")
                builds.after_change(code=any(path.endswith(".py") for _, path in changed))
        finally:
            builds.stop()


class _Builds:
    """The builds of one `serve`: what is looked at first, then, behind it, everything, until the next change."""

    def __init__(self, warm: Warm, live: Live, served: Served, as_of: dt.date | None, say: Say) -> None:
        self._warm, self._live, self._served, self._say = warm, live, served, say
        self._day = ["--as-of", as_of.isoformat()] if as_of else []
        self._behind: threading.Thread | None = None
        self._superseded = threading.Event()

    def after_change(self, *, code: bool) -> None:
        """Show the change to whoever is looking, and begin a whole build. `code`: a module of ours changed."""
        self.stop()
        if code:
            self._warm.restart()
        pages = self._looked_at()
        if pages and not self._run("preview", pages, "Shown"):
            return  # the whole build would stop for the same reason
        self._superseded.clear()
        self._behind = threading.Thread(target=self._follow, args=(_ROOM if pages else 0.0,), daemon=True)
        self._behind.start()

    def _follow(self, room: float) -> None:
        if not self._superseded.wait(room):
            self.whole()

    def whole(self) -> bool:
        """Build everything."""
        return self._run("build", [], "Built")

    def stop(self) -> None:
        """End a whole build that is under way: what it builds is out of date."""
        self._superseded.set()
        if self._behind and self._behind.is_alive():
            self._warm.cancel()
            self._behind.join()

    def _looked_at(self) -> list[str]:
        found = (locate(self._served.folder, self._served.base, path) for path in self._live.pages())
        return [str(page.relative_to(self._served.folder)) for page in found if isinstance(page, Path)]

    def _run(self, verb: str, arguments: list[str], done: str) -> bool:
        begun = time.monotonic()
        if self._warm.run([verb, *self._day, *arguments]):
            return False
        self._live.bump()
        self._say(f"{done} in {time.monotonic() - begun:.1f} s")
        return True


def changed_since(moment: float, project: Project) -> bool:
    """Whether something was saved while nobody watched, after a moment in seconds since the epoch."""
    files = (path for folder in watched(project) for path in folder.rglob("*") if path.suffix != ".pyc")
    return any(path.is_file() and path.stat().st_mtime > moment for path in (project.config, *files))


def _names(changed: Iterable[tuple[Change, str]], root: Path) -> str:
    names = sorted({str(Path(path).relative_to(root)) for _, path in changed})
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def has_desktop(environ: Mapping[str, str], system: str = sys.platform) -> bool:
    """Whether opening a browser window is of any use here."""
    if environ.get("CI") or environ.get("SSH_CONNECTION"):
        return False
    return system in ("darwin", "win32") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
