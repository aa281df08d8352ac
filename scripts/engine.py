"""How do Markdown pages become HTML?

Runs MkDocs into a folder and keeps of its talk what a person must act on: warnings and errors. A warning is a failure
(`--strict`). It is never told to be quiet, because then `--strict` hides what it stopped for. `forked` runs it as a
copy of this process, which spares loading again what both use; `spawned`, where processes cannot be copied, as one of
its own. Neither looks for memory that only cycles hold: it costs a tenth of the time, and the engine lives for seconds.
Whoever starts it may do something else until it is done (`running`): it uses one core.
"""

from __future__ import annotations

import gc
import os
import re
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from scripts.fork import in_copy
from scripts.project import Project

_LEVEL = re.compile(r"^(DEBUG|INFO|WARNING|ERROR|CRITICAL) +-  ?")
_ENGINE = "import gc; gc.disable(); from mkdocs.__main__ import cli; cli(prog_name='mkdocs')"
_SHOWN = {"WARNING", "ERROR", "CRITICAL"}


class EngineFailed(Exception):
    """The engine stopped. The text is what it said."""


class Started(Protocol):
    """An engine at work."""

    def wait(self) -> int:
        """Wait until it is done. Returns its exit code."""
        ...

    def stop(self) -> None:
        """Kill it, and wait until it is gone."""
        ...


# Starts the engine with its arguments, its folder, its environment, and the file for what it says.
Launch = Callable[[Sequence[str], Path, Mapping[str, str], IO[bytes]], Started]


def run(
    project: Project, target: Path, environ: Mapping[str, str], launch: Launch, *, only_missing: bool = False
) -> None:
    """Build the pages of a project into `target`, and wait for it. See `running`."""
    with running(project, target, environ, launch, only_missing=only_missing):
        pass


@contextmanager
def running(
    project: Project, target: Path, environ: Mapping[str, str], launch: Launch, *, only_missing: bool = False
) -> Iterator[None]:
    """Build the pages of a project into `target` while the block runs; at its end, the pages are there.

    Args:
        project: what to build. Nothing that the engine reads may change meanwhile.
        target: where to.
        environ: the environment of the engine.
        launch: how to start it.
        only_missing: leave pages alone that are there and newer than their source, and let warnings pass.

    Raises:
        EngineFailed: if there was an error or a warning.
    """
    how = "--dirty" if only_missing else "--strict"
    arguments = ["build", how, "--config-file", str(project.config), "--site-dir", str(target)]
    with tempfile.TemporaryFile() as out:
        engine = launch(arguments, project.root, environ, out)
        try:
            yield
        except BaseException:
            engine.stop()
            raise
        code = engine.wait()
        out.seek(0)
        said = out.read().decode("utf-8", "replace")
    if code:
        raise EngineFailed("\n".join(worth_showing(said)) or f"the engine stopped with code {code} and said nothing")


def worth_showing(said: str) -> list[str]:
    """Warnings, errors and whatever else is not routine, with the lines that continue them."""
    kept, showing = [], True
    for line in said.splitlines():
        level = _LEVEL.match(line)
        if level:
            showing = level[1] in _SHOWN
        elif line and not line[0].isspace():
            showing = True  # not a message of the log: a traceback, or its last word
        if showing and line.strip():
            kept.append(line.rstrip())
    return kept


class Program:
    """An engine at work as a program of its own: what to type, and the rest as for `Launch`."""

    def __init__(self, command: Sequence[str], folder: Path, environ: Mapping[str, str], out: IO[bytes]) -> None:
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environ),
            stdout=out,
            stderr=subprocess.STDOUT,
            close_fds=False,  # the lock of the build goes with it
        )

    def wait(self) -> int:
        """See `Started`."""
        return self._process.wait()

    def stop(self) -> None:
        """See `Started`."""
        self._process.kill()
        self.wait()


def _spawn(arguments: Sequence[str], folder: Path, environ: Mapping[str, str], out: IO[bytes]) -> Started:
    return Program([sys.executable, "-c", _ENGINE, *arguments], folder, environ, out)


class _Forked:
    def __init__(self, arguments: Sequence[str], folder: Path, environ: Mapping[str, str], out: IO[bytes]) -> None:
        self._child = in_copy(lambda: _as_child(arguments, folder, environ, out.fileno()))

    def wait(self) -> int:
        _, status = os.waitpid(self._child, 0)
        return os.waitstatus_to_exitcode(status)

    def stop(self) -> None:
        os.kill(self._child, signal.SIGKILL)
        self.wait()


def _as_child(arguments: Sequence[str], folder: Path, environ: Mapping[str, str], out: int) -> int:
    try:
        gc.disable()
        os.dup2(out, 1)
        os.dup2(out, 2)
        # Whoever started us may have put something else in the place of these two.
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environ)
        from mkdocs.__main__ import cli  # noqa: PLC0415  (it takes half a second, and belongs to the engine)

        cli.main(args=list(arguments), prog_name="mkdocs")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


# As a process of its own; as a copy of this one; and the quickest way there is on this system.
spawned: Launch = _spawn
forked: Launch = _Forked
quickest: Launch = forked if hasattr(os, "fork") else spawned
