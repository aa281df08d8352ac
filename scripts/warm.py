"""How can a rebuild start at once?

Most of a second of every build goes into loading modules. This process loads them once, and then makes a copy of
itself for each build that it is asked for, so nothing of one build is left over in the next. Templates are read by
each copy anew; if a module of ours changed, a new process is needed (`restart`). Compiled templates are kept on disk,
where Jinja itself compares them with their source.

It reads one line for each build from its input, the arguments of `python -m scripts`, and answers with two: the number
of the copy's process, and its exit code. It ends with its input. `Warm` is the other side; where processes cannot be
copied, it starts a new one each time.

    python -m scripts.warm
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import os
import shlex
import signal
import subprocess
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from jinja2 import Environment, FileSystemBytecodeCache

from scripts.fork import in_copy
from scripts.project import Project

MODULES = (
    "babel.localedata",
    "jinja2.ext",
    "material.plugins.search.plugin",
    "material.templates",
    "mkdocs.__main__",
    "mkdocs.commands.build",
    "pymdownx.snippets",
    "scripts.__main__",
    "scripts.build",
    "scripts.preview",
    "scripts.screens.check",
    "scripts.screens.pool",
)


class Warm:
    """A warm process, which runs verbs of ours in a checkout."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: subprocess.Popen[str] | None = None
        self._running: int | None = None
        self._cancelled = False

    def __enter__(self) -> Warm:
        self._start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._end()

    def run(self, arguments: Sequence[str]) -> int:
        """Run `python -m scripts` with these arguments, and return its exit code."""
        if not hasattr(os, "fork"):
            command = [sys.executable, "-m", "scripts", *arguments]
            return subprocess.run(command, check=False, cwd=self._root).returncode
        self._cancelled = False
        if self._process is None or self._process.poll() is not None:
            self._start()
        print(shlex.join(arguments), file=self._stdin, flush=True)
        assert self._process and self._process.stdout
        started = self._process.stdout.readline()
        self._running = int(started) if started else None
        if self._cancelled:
            self.cancel()
        ended = self._process.stdout.readline()
        self._running = None
        return int(ended) if ended else 1

    def restart(self) -> None:
        """Begin again with modules as they are now. Nothing may be running."""
        self._end()
        self._start()

    def cancel(self) -> None:
        """Kill what runs, from another thread. A build leaves nothing half done behind."""
        self._cancelled = True
        if self._running:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._running, signal.SIGKILL)

    def _start(self) -> None:
        if hasattr(os, "fork"):
            self._process = subprocess.Popen(
                [sys.executable, "-m", "scripts.warm"],
                cwd=self._root,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                start_new_session=True,  # Ctrl-C is for the server, which then ends this one in order
            )

    def _end(self) -> None:
        if self._process:
            self._stdin.close()
            assert self._process.stdout
            self._process.stdout.close()
            self._process.wait()

    @property
    def _stdin(self) -> IO[str]:
        assert self._process and self._process.stdin
        return self._process.stdin


def main() -> None:
    """Load the libraries, then run what is asked for until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a build prints belongs on the terminal, not between the answers
    for module in MODULES:
        importlib.import_module(module)
    keep_compiled_templates(Project.here().build / "templates")
    gc.freeze()
    for line in sys.stdin:
        child = in_copy(functools.partial(_run, shlex.split(line)))
        with contextlib.suppress(OSError):
            os.setpgid(child, child)  # the copy does so as well: whoever comes first
        print(child, file=answers, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


def keep_compiled_templates(folder: Path) -> None:
    """Let every template environment of this process keep its compiled templates below a folder."""
    make = Environment.__init__

    def make_with_memory(self: Environment, *positional: Any, **options: Any) -> None:
        make(self, *positional, **options)
        # Environments that compile differently must not share: the engine's and our own have other options.
        own = folder / "-".join(sorted(options))
        own.mkdir(parents=True, exist_ok=True)
        self.bytecode_cache = self.bytecode_cache or FileSystemBytecodeCache(str(own))

    Environment.__init__ = make_with_memory  # type: ignore[method-assign]


def _run(arguments: Sequence[str]) -> int:
    try:
        os.setpgid(0, 0)
        gc.disable()  # a copy lives for a second: there is nothing worth collecting
        from scripts import engine  # noqa: PLC0415  (loaded already; the other side of this module needs neither)
        from scripts.__main__ import app  # noqa: PLC0415

        app(list(arguments), prog_name="scripts", obj=engine.forked)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        traceback.print_exc(limit=-4)
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    main()
