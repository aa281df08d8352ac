"""What does the spec of a screen say, and what do we know about its raw pictures?

A spec is written by a person (`docs/screens/NAME.yml`), an anchors file by `capture` or `intake` (`docs/screens/raw/
NAME.anchors.json`). Both refuse unknown keys. Rules that need both, or the guides, are in `check.py`.

Lengths in a spec are CSS pixels, except in `redact`; rectangles of anchors are pixels of their raw picture.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from scripts.facts.fields import Date, Id, Prose, Text
from scripts.facts.model import Record

Kind = Literal["schematic", "screenshot"]
Surface = Literal["web", "app"]
Draw = Literal["box", "arrow", "underline", "spotlight"]
Labels = Literal["own", "reported", "translated", "unseen"]
Corner = Literal["start-top", "end-top", "start-bottom", "end-bottom", "start", "end", "top", "bottom"]
Theme = Literal["light", "dark"]

WIDE, NARROW = 760, 360  # the widest crops, in CSS pixels
MARKS = 7


def _size(value: object) -> object:
    if isinstance(value, str) and value not in ("row", "column"):
        parts = value.split("x")
        if len(parts) != 2 or not all(part.isdigit() and int(part) > 0 for part in parts):
            raise ValueError(
                f'"{value}" is not row, column or a fixed size such as 320x64 (a tight box tells the length)'
            )
    return value


def _day_if_known(value: object) -> object:
    if value is None:
        raise ValueError("a date is missing: give the day, or say undated if no source tells it")
    return None if value == "undated" else value


# None, written as "undated", if none of the sources of a screen says when it is from.
DateIfKnown = Annotated[Date | None, BeforeValidator(_day_if_known)]


class Crop(Record):
    """What part of a raw to show: around these anchors, with a margin of `pad` CSS pixels."""

    around: tuple[Id, ...] = Field(min_length=1)
    pad: int = Field(default=24, ge=0, le=200)


class Crops(Record):
    """The crop for wide and for narrow screens. None means the whole picture; a missing narrow one is the wide one."""

    wide: Crop | None = None
    narrow: Crop | None = None


class Mark(Record):
    """One numbered mark. `say` is its line in the legend; `label` the exact text that the screen shows at `at`.

    `badge` puts the number at a corner or side, where the automatic choice is not good.
    """

    at: Id
    draw: Draw = "box"
    say: Prose
    label: Text | None = None
    badge: Corner | None = None


class Redaction(Record):
    """A rectangle (left, top, width, height, in pixels of the raw) that must be one flat colour, and why."""

    at: tuple[int, int, int, int]
    size: Annotated[str, BeforeValidator(_size)]
    why: Text


class Spec(Record):
    """One screen. See `docs/screens/README.md` for each key."""

    schema_: Literal[1] = Field(alias="schema")
    kind: Kind
    platform: Id
    surface: Surface
    language: Text
    title: Text
    sources: tuple[Id, ...] = Field(min_length=1)
    labels: Labels
    note: Prose | None = None
    captured: Date
    verified: DateIfKnown
    review_by: Date
    page: Text | None = None
    viewport: tuple[int, int] | None = None
    crop: Crops = Crops()
    keep_clear: tuple[Id, ...] = ()
    marks: tuple[Mark, ...] = Field(min_length=1, max_length=MARKS)
    redact: tuple[Redaction, ...] = ()
    alt: Text | None = None

    @model_validator(mode="after")
    def _kind_has_its_keys(self) -> Spec:
        drawn = self.page is not None and self.viewport is not None
        if self.kind == "schematic" and not drawn:
            raise ValueError("a schematic needs page and viewport")
        if self.kind == "screenshot" and (self.page or self.viewport):
            raise ValueError("page and viewport belong to a schematic; a screenshot has neither")
        if self.kind == "schematic" and self.redact:
            raise ValueError("a schematic has nothing to redact: draw fictional people")
        return self


class Anchor(Record):
    """Where a named element lies in a raw (left, top, width, height in its pixels), and what the browser knew of it.

    For a screenshot `patch` is the hash of the picture around it, and the rest is as if all were well.
    """

    rect: tuple[float, float, float, float]
    role: str = ""
    name: str = ""
    count: int = 1
    in_view: bool = True
    covered: bool = False
    patch: str | None = None


class Variant(Record):
    """One raw picture: its file beside the anchors file, the hash of its bytes, its size in pixels, its anchors."""

    file: str
    sha256: str
    size: tuple[int, int]
    anchors: dict[str, Anchor]


class Anchors(Record):
    """What is known of the raws of one screen, by theme and scale: "light@1", "dark@2". `made_with`: the browser."""

    schema_: Literal[1] = Field(alias="schema")
    made_with: str
    page_sha256: str | None = None
    variants: dict[str, Variant] = Field(min_length=1)


def variant_name(theme: Theme, scale: int) -> str:
    """How a variant is called: light@2."""
    return f"{theme}@{scale}"
