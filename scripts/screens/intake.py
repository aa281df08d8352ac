"""How does a real screenshot come in, without anything that nobody should see?

The file is read from outside the checkout, opened as `opened` does, redacted, and written as a PNG that has pixels and
nothing else, under the name of its screen. Only then do its spec, to be filled in, and its anchors appear beside it.
The file as it came is never copied into the tree, and nothing of its name or metadata is.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image
from pydantic import ValidationError

from scripts.project import Project
from scripts.screens import opened, patch, redact
from scripts.screens.audit import audit
from scripts.screens.capture import written
from scripts.screens.existing import Existing, as_id
from scripts.screens.files import put
from scripts.screens.model import Anchor, Redaction
from scripts.screens.opened import Refused
from scripts.screens.patch import Rect

INCOMING = "incoming"

_SPEC = """\
# Fill in what is empty; docs/screens/README.md says what each key means. Until then the build refuses this screen.
schema: 1
kind: screenshot
platform: {platform}
surface:        # web or app
language:
title:          # completes "Screenshot of"
sources: []     # ids of docs/data/sources that describe this screen
labels: own     # the picture shows the company's own words
captured:       # the day on which the screenshot was taken
verified:       # the same, until somebody looks again
review_by:
marks:{marks}
redact:{redactions}
"""


def intake(
    source: Path,
    name: str,
    folder: Path,
    redactions: Sequence[Redaction] = (),
    *,
    platform: str,
    theme: str = "light",
    scale: int = 1,
    anchors: Mapping[str, Rect] | None = None,
    force: bool = False,
) -> list[Path]:
    """Take a screenshot in.

    Args:
        source: the file as it came, outside the checkout or in its `incoming/`, which git ignores.
        name: the id of the screen. A second theme of a screen comes in under the same one.
        folder: `docs/screens` of a checkout.
        redactions: what to hide, in pixels of the upright picture; drawn tightly or not, they become whole rows,
            columns or fixed boxes. What the spec hides already is hidden too.
        platform: its id, for the spec.
        theme: light or dark.
        scale: how many pixels make one CSS pixel (one point, in an app).
        anchors: the rectangle of each thing to mark: left, top, width, height, in pixels of the upright picture.
        force: replace a raw that is there already. Its anchors stay, and are checked against the new one.

    Returns:
        The files written: raw, anchors and, if there was none, the spec.

    Raises:
        Refused: if anything is wrong. Nothing was written then.
    """
    screen = Existing(folder, name)
    variant = screen.variant(theme, scale)
    as_id(platform, name)
    _from_outside(source, folder.resolve().parent.parent)
    screen.has_room(variant, force)
    image = opened.read(source)
    with_spec = (*screen.redactions(), *redactions)
    hidden = tuple(dict.fromkeys(_whole(redaction, image.size, name) for redaction in with_spec))
    if screen.spec.exists():
        _named(hidden, [_whole(redaction, image.size, name) for redaction in screen.redactions()], screen.spec.name)
    if hidden:
        screen.has_size(image.size, variant)
    image = redact.scrub(image, hidden)
    data = as_png(image)
    now = (
        dict(screen.anchors.variants[variant].anchors) if screen.anchors and variant in screen.anchors.variants else {}
    )
    now |= _placed(image, anchors or {}, name)
    files = {screen.raw(variant): data, screen.sidecar: written(screen.with_variant(variant, data, image.size, now))}
    if not screen.spec.exists():
        files[screen.spec] = _spec(platform, now, hidden).encode()
    put(files)
    return list(files)


def place(name: str, folder: Path, anchors: Mapping[str, Rect], *, theme: str = "light", scale: int = 1) -> Path:
    """Add anchors to a screenshot, or move them: writes the rectangle of each, and what the raw shows there.

    Args:
        name: the id of the screen.
        folder: `docs/screens`.
        anchors: left, top, width and height of each, in pixels of the raw.
        theme: light or dark.
        scale: that of the raw.

    Returns:
        The anchors file.

    Raises:
        Refused: if there is no such raw, it is not the one that the anchors file knows, or a rectangle is not on it.
    """
    screen = Existing(folder, name)
    variant = screen.variant(theme, scale)
    known = screen.anchors.variants.get(variant) if screen.anchors else None
    if known is None or not screen.raw(variant).is_file():
        raise Refused(name, "no raw", f"there is no raw {variant}", "take it in first: screens intake FILE")
    data = screen.raw(variant).read_bytes()
    if hashlib.sha256(data).hexdigest() != known.sha256:
        raise Refused(
            name, "other raw", f"the raw {variant} is not the one taken in", "take it in: screens intake FILE"
        )
    image = opened.decode(data, screen.raw(variant).name)
    now = known.anchors | _placed(image, anchors, name)
    put({screen.sidecar: written(screen.with_variant(variant, data, image.size, now))})
    return screen.sidecar


def run(
    file: Path,
    name: str,
    redact: list[str],
    platform: str,
    theme: str,
    scale: int,
    force: bool,
    anchor: Sequence[str] = (),
) -> list[Path]:
    """What `python -m scripts screens intake FILE` does, in this checkout. See `intake`, `redaction` and `rect`."""
    redactions = [redaction(text) for text in redact]
    anchors = dict(rect(text) for text in anchor)
    folder = Project.here().docs / "screens"
    return intake(
        file, name, folder, redactions, platform=platform, theme=theme, scale=scale, anchors=anchors, force=force
    )


def run_place(name: str, anchor: Sequence[str], theme: str, scale: int) -> Path:
    """What `python -m scripts screens place NAME --anchor …` does, in this checkout. See `place` and `rect`."""
    anchors = dict(rect(text) for text in anchor)
    return place(name, Project.here().docs / "screens", anchors, theme=theme, scale=scale)


def redaction(text: str) -> Redaction:
    """A region as it is typed: "820,12,180,40 320x64 name of a person".

    Raises:
        Refused: if it is not of this form.
    """
    match = re.fullmatch(r"(-?\d{1,6}),(-?\d{1,6}),(\d{1,6}),(\d{1,6}) (\S+) (\S.*)", text.strip())
    try:
        if match:
            left, top, width, height = (int(part) for part in match.groups()[:4])
            return Redaction(at=(left, top, width, height), size=match[5], why=match[6])
    except ValidationError:
        pass  # a size that is none, or a tag in the reason: said below
    form = "LEFT,TOP,WIDTH,HEIGHT SIZE REASON, such as: 820,12,180,40 320x64 name of a person"
    raise Refused("--redact", "form", f'"{text}" is no region', f"write {form}")


def rect(text: str) -> tuple[str, Rect]:
    """An anchor as it is typed: "switch=1243,440,44,24".

    Raises:
        Refused: if it is not of this form.
    """
    number = r"(\d{1,6}(?:\.\d+)?)"
    match = re.fullmatch(rf"([a-z0-9-]+)={number},{number},{number},{number}", text.strip())
    if not match:
        form = "NAME=LEFT,TOP,WIDTH,HEIGHT, such as: switch=1243,440,44,24"
        raise Refused("--anchor", "form", f'"{text}" is no anchor', f"write {form}")
    left, top, width, height = (float(part) for part in match.groups()[1:])
    return match[1], (left, top, width, height)


def as_png(image: Image.Image) -> bytes:
    """A picture in RGB as the plainest PNG: header, pixels, end.

    Raises:
        RuntimeError: if the encoder wrote anything else.
    """
    file = io.BytesIO()
    image.save(file, "PNG")
    data = file.getvalue()
    found = audit(data, "png")
    if found:
        raise RuntimeError(f"the encoder wrote what does not belong into a PNG: {', '.join(found)}")
    return data


def _from_outside(source: Path, root: Path) -> None:
    """An unredacted picture in the tree is one `git add` away from being public."""
    path = source.resolve()
    if not path.is_relative_to(root):
        return
    ignored = root / ".gitignore"
    if path.is_relative_to(root / INCOMING) and ignored.is_file() and f"/{INCOMING}/" in ignored.read_text().split():
        return
    raise Refused(
        path.name, "inside", "it lies in the checkout", f"move it out, or into {INCOMING}/, which git ignores"
    )


def _whole(redaction: Redaction, size: tuple[int, int], name: str) -> Redaction:
    try:
        return redact.whole(redaction, size)
    except ValueError as error:
        raise Refused(name, "region", str(error), "give it as LEFT,TOP,WIDTH,HEIGHT SIZE REASON") from None


def _named(hidden: Sequence[Redaction], known: Sequence[Redaction], spec: str) -> None:
    """What is hidden on one theme and not named in the spec would be seen on the next one."""
    unknown = [one for one in hidden if one not in known]
    if unknown:
        lines = "".join(f"\n  - {_line(one)}" for one in unknown)
        raise Refused(spec, "redact", "it does not name all that is to be hidden", f"add it there first:{lines}")


def _placed(image: Image.Image, anchors: Mapping[str, Rect], name: str) -> dict[str, Anchor]:
    made = {}
    for anchor, where in anchors.items():
        as_id(anchor, name)
        try:
            fingerprint = patch.patch_hash(image, where)
        except ValueError as error:
            raise Refused(name, "anchor", f"{anchor}: {error}", "give it in pixels of the upright picture") from None
        if patch.empty(fingerprint):
            what = f"{anchor}: there is nothing around {list(where)} to know it by again"
            raise Refused(name, "anchor", what, "look whether it lies there; if so, take its words in too")
        made[anchor] = Anchor(rect=where, patch=fingerprint)
    return made


def _spec(platform: str, anchors: Mapping[str, Anchor], redactions: Sequence[Redaction]) -> str:
    marks = [f"{{at: {name}, draw: box, say: , label: }}" for name in anchors]
    return _SPEC.format(platform=platform, marks=_listed(marks), redactions=_listed([*map(_line, redactions)]))


def _line(redaction: Redaction) -> str:
    return f"{{at: {list(redaction.at)}, size: {redaction.size}, why: {json.dumps(redaction.why)}}}"


def _listed(items: Sequence[str]) -> str:
    return "".join(f"\n  - {item}" for item in items) or " []"
