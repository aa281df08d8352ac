"""Can anybody get back what a picture hides?

Not from one flat colour. A region is filled before anything else happens to the pixels: in whole pixels, without soft
edges, in a colour that is the same whatever lay below. Blur, coarse pixels and translucent boxes are not offered: each
lets something through.

A box as wide as the hidden words tells their length, and often that is enough to know the name. So a region is a whole
`row`, a whole `column`, or a box of one of a few fixed sizes (`SIZES`, in pixels of the raw), and what stands in the
spec is that region, never the tight one. A fixed box begins where the words begin: where words end at a fixed
place, or are centred, their beginning tells the length, so take a row there. Choose the size for the place, not for
the name: the largest that any name there needs.
"""

from __future__ import annotations

from PIL import Image

from scripts.screens.model import Redaction

FILL = (118, 118, 118)  # 4.5:1 against white and against black, so that it shows in both schemes
MARGIN = 2
RASTER = 16
WIDTHS, HEIGHTS = (64, 160, 320, 640, 960), (32, 64, 128, 320)
SIZES = {f"{width}x{height}": (width, height) for width in WIDTHS for height in HEIGHTS}

Box = tuple[int, int, int, int]


def box(redaction: Redaction, canvas: tuple[int, int]) -> Box:
    """The pixels to fill: left, top, and the first column and row that are not filled any more.

    Args:
        redaction: as the spec has it. `at` is the whole row, column or fixed box; `whole` makes it so.
        canvas: width and height of the raw, in pixels.

    Raises:
        ValueError: if it is not on the picture, of another size, or tight, with the region and the cure.
    """
    wanted = whole(redaction, canvas).at
    if redaction.at != wanted:
        raise ValueError(
            f"the region {_named(redaction)} tells how long the hidden words are; write at: {list(wanted)}, and fill it"
        )
    left, top, width, height = wanted
    margin = 0 if redaction.size in SIZES else MARGIN
    right, bottom = left + width + margin, top + height + margin
    return max(left - margin, 0), max(top - margin, 0), min(right, canvas[0]), min(bottom, canvas[1])


def whole(redaction: Redaction, canvas: tuple[int, int]) -> Redaction:
    """A region that tells nothing of what it hides, from one drawn tightly around it.

    A row or column reaches from edge to edge; a box has its fixed size. Its place is rounded outward to multiples of 16
    pixels, so that the shape of the first letter does not show. A region that is whole already stays as it is.

    Args:
        redaction: left, top, width and height in pixels of the raw, and the size to grow to.
        canvas: width and height of the raw, in pixels.

    Raises:
        ValueError: if it is not on the picture, or of a size that is not allowed or too small, with region and cure.
    """
    left, top, width, height = redaction.at
    if width < 1 or height < 1 or left >= canvas[0] or top >= canvas[1] or left + width <= 0 or top + height <= 0:
        raise ValueError(f"the region {_named(redaction)} is not on the picture, which is {canvas[0]} x {canvas[1]}")
    if redaction.size == "row":
        return redaction if (left, width) == (0, canvas[0]) else _put(redaction, 0, canvas[0], *_outward(top, height))
    if redaction.size == "column":
        return redaction if (top, height) == (0, canvas[1]) else _put(redaction, *_outward(left, width), 0, canvas[1])
    if redaction.size not in SIZES:
        what = f"the region {_named(redaction)} has a size of its own"
        raise ValueError(f"{what}; take row, column, or WxH with W one of {WIDTHS} and H one of {HEIGHTS}")
    if (width, height) == SIZES[redaction.size]:
        return redaction
    x, needed_width = _outward(left, width)
    y, needed_height = _outward(top, height)
    fixed = SIZES[redaction.size]
    if left + width + MARGIN > x + fixed[0] or top + height + MARGIN > y + fixed[1]:
        fits = [name for name, (w, h) in SIZES.items() if w >= needed_width and h >= needed_height]
        raise ValueError(f"the region {_named(redaction)} does not fit; take {' or '.join([*fits[:1], 'row'])}")
    return _put(redaction, x, fixed[0], y, fixed[1])


def apply(image: Image.Image, redactions: tuple[Redaction, ...]) -> Image.Image:
    """A copy of a committed raw in which each region has the one colour `FILL`.

    Args:
        image: the raw in RGB or RGBA, whole: neither cropped nor scaled yet.
        redactions: from its spec.

    Raises:
        ValueError: if a region was not one flat colour already. The raw is public: filling it now would be too late.
    """
    problems = flat(image, redactions)
    if problems:
        raise ValueError("; ".join(problems))
    return scrub(image, redactions)


def flat(image: Image.Image, redactions: tuple[Redaction, ...]) -> list[str]:
    """A sentence for each region of a committed raw that is not one flat colour, or whose `at` tells too much."""
    problems = []
    for redaction in redactions:
        try:
            # getcolors gives None as soon as it meets more colours than asked for.
            if image.crop(box(redaction, image.size)).getcolors(1) is None:
                problems.append(f"the region {_named(redaction)} is not one flat colour")
        except ValueError as error:
            problems.append(str(error))
    return problems


def scrub(image: Image.Image, redactions: tuple[Redaction, ...]) -> Image.Image:
    """A copy in which each region has the one colour `FILL`, whatever was there. For `intake`.

    Raises:
        ValueError: if a region is tight or not on the picture, or the picture is not in RGB or RGBA.
    """
    if image.mode not in ("RGB", "RGBA"):
        raise ValueError(f"a picture of the kind {image.mode} cannot be redacted; convert it to RGB first")
    filled = image.copy()
    for redaction in redactions:
        filled.paste(FILL, box(redaction, image.size))
    return filled


def _outward(start: int, length: int) -> tuple[int, int]:
    """Where a stretch begins and how long it is, with the margin, on whole steps of the raster."""
    first = max((start - MARGIN) // RASTER * RASTER, 0)
    last = -(-(start + length + MARGIN) // RASTER) * RASTER
    return first, last - first


def _put(redaction: Redaction, left: int, width: int, top: int, height: int) -> Redaction:
    return redaction.model_copy(update={"at": (left, top, width, height)})


def _named(redaction: Redaction) -> str:
    return f"{list(redaction.at)} {redaction.size} ({redaction.why})"
