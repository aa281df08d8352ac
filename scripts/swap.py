"""How does a finished folder take the place of another, so that nobody ever sees half of it?

On Linux and macOS the kernel exchanges two folders in one step. Elsewhere it takes two renames; whoever is interrupted
between them is put right by `recover` at the next start. Knows nothing of sites.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # Linux: <linux/fs.h>
_RENAME_SWAP = 2  # macOS: <sys/stdio.h>
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}

Exchange = Callable[[Path, Path], bool]


def exchange(one: Path, two: Path) -> bool:
    """Let two folders swap names in one step. False if this system or this file system cannot.

    Raises:
        OSError: if it can, but was refused (a folder is missing, no permission, two disks).
    """
    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(two)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        failed = libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], ctypes.c_uint(_RENAME_EXCHANGE))
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(names[0], names[1], ctypes.c_uint(_RENAME_SWAP))
    else:
        return False
    code = ctypes.get_errno()
    if failed and code not in _CANNOT:
        raise OSError(code, os.strerror(code), str(one), None, str(two))
    return not failed


def put(staged: Path, live: Path, *, how: Exchange = exchange) -> None:
    """Put `staged` in the place of `live`, then delete what was there. Both must lie on one disk."""
    if not live.exists():
        staged.rename(live)
    elif how(staged, live):
        shutil.rmtree(staged)  # by now the old folder has this name
    else:
        aside = _aside(live)
        live.rename(aside)
        staged.rename(live)
        shutil.rmtree(aside)


def recover(live: Path) -> None:
    """Undo what an interrupted `put` left behind: bring the old folder back, or delete it if the new one stands."""
    aside = _aside(live)
    if aside.exists() and not live.exists():
        aside.rename(live)
    elif aside.exists():
        shutil.rmtree(aside)


def _aside(live: Path) -> Path:
    return live.with_name(f".{live.name}.previous")
