"""How do made files get into a built tree?

What is published beside the pages is made as bytes, by name, and written here. A file that is there already is a page
or one of its parts, and no data file may take its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def add(staged: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a built tree.

    Args:
        staged: the tree.
        files: what to write, by name below the tree.

    Raises:
        FileExistsError: if the tree has a file of that name.
    """
    for name, content in files.items():
        path = staged / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
