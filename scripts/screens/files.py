"""How do several files appear at once, or none of them?

Each is written beside its place under another name, and takes its place in one step when all are complete. Nobody ever
reads half of one, and nothing of an older, longer one is left at its end.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def put(files: Mapping[Path, bytes]) -> None:
    """Write all files, or none.

    Args:
        files: what each shall hold. Folders that are missing are made.

    Raises:
        OSError: if one cannot be written. None of those that were not there before is left then.
    """
    fresh: dict[Path, Path] = {}
    new = [path for path in files if not path.exists()]
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
            fresh[path] = Path(temporary)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            fresh[path].chmod(0o644)  # mkstemp lets only its owner read
        for path in list(fresh):
            fresh[path].replace(path)
            del fresh[path]
    except BaseException:
        for path in (*fresh.values(), *(path for path in new if path not in fresh)):
            path.unlink(missing_ok=True)
        raise
