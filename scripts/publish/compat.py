"""Does a change of the open data break a program that somebody wrote for it?

Within version 1 things are only added. What was published is kept in a lock, which is no schema but a list: each field
by its path, with its type, whether it is always there, and which words it may hold. A field may come, go from
"sometimes" to "always", or learn a new word. It may not go, change its type, lose a word, or go from "always" to
"sometimes". Columns of the tables may come at the end alone.

    python -m scripts.publish.compat

brings the lock up to date, and refuses if something would break. Each change needs a new version in the changelog.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.project import Project
from scripts.publish import tables
from scripts.publish.api import CHANGELOG, KINDS
from scripts.publish.schema import schema

LOCK = Path("tests", "publish", "api-v1.lock.json")
_FACETS = ("type", "format", "pattern", "const")


def described() -> dict[str, Any]:
    """What the code would publish now, in the form of the lock."""
    return {
        "version": CHANGELOG[0].version,
        "columns": {name: json.dumps(kind, sort_keys=True) for name, (_, kind) in tables.COLUMNS.items()},
        "key": list(tables.KEY),
        "files": {name: fields(schema(model, "")) for name, model in KINDS.items()},
    }


def fields(whole: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields of a schema by path: `data[].sources[]`.

    Args:
        whole: the schema, with its definitions.
    """
    return dict(_walk(whole, whole, "", always=True))


def _walk(whole: dict[str, Any], node: dict[str, Any], path: str, *, always: bool) -> Iterator[tuple[str, Any]]:
    if "$ref" in node:
        node = whole["$defs"][node["$ref"].removeprefix("#/$defs/")]
    if path:
        facets = {key: node[key] for key in _FACETS if key in node}
        words = {"words": sorted(node["enum"])} if "enum" in node else {}
        yield path, {**facets, **words, "always": always}
    if "items" in node:
        yield from _walk(whole, node["items"], f"{path}[]", always=True)
    for name, child in node.get("properties", {}).items():
        below = f"{path}.{name}" if path else name
        yield from _walk(whole, child, below, always=name in node.get("required", ()))


def breaks(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What in `new` would break a program that was written for `old`.

    Args:
        old: the lock.
        new: what would be published now.
    """
    found = []
    columns = list(old["columns"])
    if list(new["columns"])[: len(columns)] != columns:
        found.append("the tables: a column is gone, or has another place; new ones go to the end")
    found += [
        f"the tables: {name} was {kind}"
        for name, kind in old["columns"].items()
        if new["columns"].get(name, kind) != kind
    ]
    if old["key"] != new["key"]:
        found.append(f"the tables: the key was {old['key']}")
    for file, promised in old["files"].items():
        if file not in new["files"]:
            found.append(f"{file}: the file is gone")
            continue
        for path, was in promised.items():
            found += [f"{file}: {path} {what}" for what in _narrower(was, new["files"][file].get(path))]
    return found


def _narrower(was: dict[str, Any], now: dict[str, Any] | None) -> Iterator[str]:
    if now is None:
        yield "is gone"
        return
    for facet in _FACETS:
        if was.get(facet) != now.get(facet):
            yield f"had the {facet} {was.get(facet)}, and has {now.get(facet)}"
    if ("words" in was) != ("words" in now) or set(was.get("words", ())) - set(now.get("words", ())):
        yield f"held one of {was.get('words')}, and holds one of {now.get('words')}"
    if was["always"] and not now["always"]:
        yield "was always there, and may be left out"


def update(path: Path) -> list[str]:
    """Bring the lock up to date, or say why not.

    Args:
        path: the lock.

    Returns:
        What keeps it from being updated; nothing, if it was.
    """
    new = described()
    if path.exists():
        old = json.loads(path.read_text(encoding="utf-8"))
        found = breaks(old, new)
        if not found and old != new and old["version"] == new["version"]:
            found = ["the format changed: give CHANGELOG in scripts/publish/api.py a new version"]
        if found:
            return found
    path.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
    return []


def main() -> int:
    """Bring the lock up to date. The exit code is 1 if that would break a promise."""
    found = update(Project.here().root / LOCK)
    if found:
        print("\n".join(found), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
