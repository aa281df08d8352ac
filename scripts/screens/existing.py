"""What is there of a screenshot already, when another picture of it comes in?

Its spec may still be half empty, so it is not read as `load` reads it: only what it hides matters here.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import get_args

from pydantic import TypeAdapter, ValidationError

from scripts.facts.fields import Id
from scripts.facts.yaml_lines import decode, parse
from scripts.screens.load import ANCHORS, RAW
from scripts.screens.model import Anchor, Anchors, Redaction, Theme, Variant, variant_name
from scripts.screens.opened import Refused

SCALES = (1, 2, 3, 4)

_ID = TypeAdapter[str](Id)
_REDACTIONS = TypeAdapter(tuple[Redaction, ...])


class Existing:
    """The files of one screenshot, which may or may not be there.

    Attributes:
        spec: the path of its spec.
        sidecar: the path of its anchors file.
        anchors: what that says; None if there is none.
    """

    def __init__(self, folder: Path, name: str) -> None:
        as_id(name, name)
        self.folder, self.name = folder, name
        self.spec = folder / f"{name}.yml"
        self.sidecar = folder / RAW / f"{name}{ANCHORS}"
        self.anchors = self._anchors()
        self._data = self._written_spec()
        if (self.anchors and self.anchors.page_sha256) or self._data.get("kind", "screenshot") != "screenshot":
            raise Refused(name, "schematic", "there is a schematic of this name", "take another name")

    def raw(self, variant: str) -> Path:
        """The raw of a variant."""
        return self.folder / RAW / f"{self.name}.{variant}.png"

    def variant(self, theme: str, scale: int) -> str:
        """How a variant is called."""
        if scale not in SCALES or theme not in get_args(Theme):
            raise Refused(self.name, "variant", f"{theme}@{scale}", "theme is light or dark; scale 1, 2, 3 or 4")
        return variant_name("dark" if theme == "dark" else "light", scale)

    def has_room(self, variant: str, force: bool) -> None:
        """Refuse to overwrite."""
        for path in (self.raw(variant), self.sidecar, self.spec):
            if path.is_symlink():
                raise Refused(self.name, "link", f"{path.name} is a symbolic link", "put a file in its place")
        if self.raw(variant).exists() and not force:
            raise Refused(
                self.name, "exists", f"{self.raw(variant).name} is there already", "say --force to replace it"
            )

    def has_size(self, size: tuple[int, int], variant: str) -> None:
        """All raws must be of one size where they are redacted: the spec says once where."""
        for name, other in self.anchors.variants.items() if self.anchors else ():
            if name != variant and other.size != size:
                what = f"the picture is {size[0]} x {size[1]}, {name} is {other.size[0]} x {other.size[1]}"
                raise Refused(
                    self.name, "size", what, "take both in one size: the redacted regions are the same for all"
                )

    def redactions(self) -> tuple[Redaction, ...]:
        """What the spec hides. The rest of it may still be empty."""
        try:
            return _REDACTIONS.validate_python(self._data.get("redact") or ())
        except ValidationError:
            raise Refused(self.spec.name, "redact", "its redactions cannot be read", "mend them first") from None

    def with_variant(self, variant: str, data: bytes, size: tuple[int, int], anchors: dict[str, Anchor]) -> Anchors:
        """The anchors file with one variant set."""
        digest = hashlib.sha256(data).hexdigest()
        others = dict(self.anchors.variants) if self.anchors else {}
        others[variant] = Variant(file=self.raw(variant).name, sha256=digest, size=size, anchors=anchors)
        return Anchors(schema=1, made_with="intake", variants=others)

    def _anchors(self) -> Anchors | None:
        if not self.sidecar.exists():
            return None
        try:
            return Anchors.model_validate(json.loads(self.sidecar.read_bytes()))
        except (ValueError, RecursionError):  # not JSON, not UTF-8, not of our form, or lists without end
            raise Refused(self.sidecar.name, "anchors", "it cannot be read", "restore or delete it first") from None

    def _written_spec(self) -> dict[str, object]:
        if not self.spec.exists():
            return {}
        text, problems = decode(self.spec.name, self.spec.read_bytes())
        document, found = parse(self.spec.name, text)
        if problems or found or not isinstance(document.data, dict):
            raise Refused(self.spec.name, "spec", "it cannot be read", "mend it first: make render says where")
        return document.data


def as_id(value: str, name: str) -> None:
    """Refuse what is not an id.

    Args:
        value: what should be one.
        name: the screen that it is about.

    Raises:
        Refused: with what an id looks like.
    """
    try:
        if not value.isprintable():  # a line break at the end of an id is easily overlooked
            raise ValueError(value)
        _ID.validate_python(value)
    except ValueError:  # pydantic's is one too
        cure = "take small letters, digits and single hyphens"
        raise Refused(name, "id", f'"{value}" is not an id', cure) from None
