"""How is a picture opened that nobody vouches for?

Before a decoder sees it: the real type must be one of four and match the name, the structure must hold together, and
the size by its own account must be within limits. After decoding, everything is brought to one form: turned upright,
flattened on white, in sRGB, eight bits, in a fresh image that has pixels and nothing else. Whatever goes wrong is
`Refused`, with a reason and a cure.

Sixteen bits are cut to the upper eight. Inks (CMYK), animations, broken checksums and colours that cannot be
converted are refused: a screenshot has none of them, so they are a mistake or an attack.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import ExifTags, Image, ImageCms, ImageFile

from scripts.facts.problems import BadData, Problem
from scripts.screens import containers, header
from scripts.screens.header import Format

BYTES = 64 * 2**20
PIXELS = 40_000_000
SIDE = 20_000
SUFFIXES: dict[str, Format] = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".webp": "webp", ".avif": "avif"}

_PROFILE_BYTES = 4 * 2**20
_AGAIN = "take the screenshot again, and save it as PNG"
# What undoes each EXIF orientation: 6 means that the camera was turned, so the picture must be.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Of a PNG, only these reach the decoder: the others (texts, times, thumbnails) can do nothing but harm.
_NEEDED = frozenset({"IHDR", "PLTE", "tRNS", "iCCP", "eXIf", "IDAT", "IEND"})


class Refused(BadData):
    """A picture, or something said about it, that is not taken. Nothing was written."""

    def __init__(self, name: str, rule: str, what: str, cure: str) -> None:
        super().__init__([Problem(name, 0, rule, what, cure)])


def read(path: Path) -> Image.Image:
    """Open a file as `decode` does.

    Args:
        path: a file whose name ends in .png, .jpg, .jpeg, .webp or .avif.

    Returns:
        An RGB picture, upright, in sRGB, without anything but pixels.

    Raises:
        Refused: if it is none of the four types, or anything about it is wrong.
    """
    if not path.is_file():
        raise Refused(path.name, "no file", "there is no such file", "give the path of a picture")
    with path.open("rb") as file:
        data = file.read(BYTES + 1)  # one more than allowed, so that a file that grows meanwhile cannot fill memory
    return decode(data, path.name)


def decode(data: bytes, name: str) -> Image.Image:
    """Bytes to an RGB picture, upright, in sRGB, without anything but pixels.

    Args:
        data: the whole file.
        name: how it is called, for its ending and for what is said when it is refused.

    Raises:
        Refused: see `read`.
    """
    claimed, kind = SUFFIXES.get(Path(name).suffix.lower()), header.sniff(data)
    if claimed is None or kind is None:
        what = f"its name ends in {Path(name).suffix!r}" if claimed is None else "its content is none of these types"
        raise Refused(name, "type", what, "give a PNG, JPEG, WebP or AVIF file")
    if claimed != kind:
        raise Refused(
            name, "type", f"it is called {claimed}, and is {kind}", "save it again as what it is, best as PNG"
        )
    if len(data) > BYTES:
        raise Refused(name, "too large", f"it has more than {BYTES >> 20} MB", "crop it first")
    try:
        head = header.read(data, kind)
    except containers.Broken as error:
        raise Refused(name, "broken", str(error), _AGAIN) from None
    _within_limits(name, head.width, head.height)
    if head.refused:
        raise Refused(name, "unfit", "; ".join(head.refused), "save one still picture as PNG, in sRGB")
    with _explained(name):
        return _plain(_stripped(data) if kind == "png" else data, kind, (head.width, head.height))


def _within_limits(name: str, width: int, height: int) -> None:
    if not width or not height:
        raise Refused(name, "empty", f"it is {width} x {height} pixels", _AGAIN)
    if width > SIDE or height > SIDE or width * height > PIXELS:
        limits = f"at most {SIDE} pixels on a side and {PIXELS // 10**6} million in all"
        raise Refused(name, "too large", f"it is {width} x {height} pixels", f"crop it first: {limits}")


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn whatever a decoder raises into `Refused`."""
    if ImageFile.LOAD_TRUNCATED_IMAGES:
        raise RuntimeError("something switched LOAD_TRUNCATED_IMAGES on: half a picture would pass for a whole one")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)  # hints at broken metadata, which we drop anyway
            yield
    except containers.Broken as error:
        raise Refused(name, "unfit", str(error), "save it as PNG, in sRGB, with 8 bits a channel") from None
    except MemoryError:
        raise Refused(name, "too large", "there is not enough memory for it", "crop it first") from None
    except Exception as error:  # decoders raise a dozen unrelated classes on broken input, and new ones each year
        said = " ".join(str(error).split()) or type(error).__name__
        raise Refused(name, "broken", f"it cannot be decoded: {said[:200]}", _AGAIN) from error


def _stripped(data: bytes) -> bytes:
    parts, _ = containers.png(data)
    kept = (data[part.start - 8 : part.end + 4] for part in parts if part.name in _NEEDED)
    return containers.PNG_SIGNATURE + b"".join(kept)


def _plain(data: bytes, kind: Format, size: tuple[int, int]) -> Image.Image:
    flat, profile, orientation = _decoded(data, kind, size)
    flat = _in_srgb(flat, profile)
    if orientation in _UPRIGHT:
        flat = flat.transpose(_UPRIGHT[orientation])
    fresh = Image.new("RGB", flat.size)
    fresh.paste(flat)
    return fresh


def _decoded(data: bytes, kind: Format, size: tuple[int, int]) -> tuple[Image.Image, bytes, int]:
    """The picture in RGB or L, its colour profile, and its EXIF orientation. The decoder's own copy is freed here."""
    with Image.open(io.BytesIO(data), formats=[kind.upper()]) as image:
        if image.size != size:
            raise containers.Broken(f"it says to be {size}, and holds {image.size}")
        if getattr(image, "n_frames", 1) != 1:
            raise containers.Broken("it holds more than one picture")
        orientation, profile = image.getexif().get(ExifTags.Base.Orientation, 1), _profile(image)
        if not profile and kind == "png" and any(part.name == "iCCP" for part in containers.png(data)[0]):
            raise containers.Broken("its colour profile cannot be read")
        image.load()
        return _flattened(image), profile, orientation


def _profile(image: Image.Image) -> bytes:
    profile = image.info.get("icc_profile") or b""
    if not isinstance(profile, bytes) or len(profile) > _PROFILE_BYTES:
        raise containers.Broken("its colour profile is no profile")
    return profile


def _flattened(image: Image.Image) -> Image.Image:
    """On white, in RGB or L. The profile still applies to what comes back."""
    if image.mode == "I;16":
        return Image.frombytes("L", image.size, image.tobytes()[1::2])  # little-endian: the second is the upper byte
    if image.mode in ("1", "L", "RGB") and "transparency" not in image.info:
        return image.convert("L") if image.mode == "1" else image
    if image.mode not in ("1", "L", "LA", "P", "RGB", "RGBA"):
        raise containers.Broken(f"its pixels are of the kind {image.mode}")
    clear = image if image.mode == "RGBA" else image.convert("RGBA")
    white = Image.new("RGB", image.size, (255, 255, 255))
    white.paste(clear, mask=clear.getchannel("A"))
    return white


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    if not profile:
        return image.convert("RGB")
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    space = source.profile.xcolor_space.strip()
    if space not in ("RGB", "GRAY"):
        raise containers.Broken(f"its colour profile is for {space}")
    # A grey picture with a profile for colours, or the other way round, exists: the pixels follow the profile.
    given = image.convert("RGB" if space == "RGB" else "L")
    done = ImageCms.profileToProfile(given, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    if done is None:
        raise containers.Broken("its colours cannot be converted")
    return done
