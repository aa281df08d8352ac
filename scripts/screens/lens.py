"""What does a browser see of a page: which pixels, and which named elements where?

Opens a page of ours in a real Chromium that has no way out: each request is answered from the folder, or refused and
written down. Whatever could differ between two machines or two runs (hinting, colours, motion, language, time zone)
is fixed. Roles and names are the browser's own, from its accessibility tree.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from PIL import Image
from playwright.sync_api import Browser, Error, Page, Route, sync_playwright

from scripts.picture import CHROMIUM_ARGUMENTS, chromium
from scripts.screens.model import Anchor, Theme
from scripts.server import content_type

# A name that exists nowhere, so that nothing of ours can be mistaken for something on this machine or elsewhere.
ORIGIN = "http://screens.test"
ARGUMENTS = (
    *CHROMIUM_ARGUMENTS,
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--disable-font-subpixel-positioning",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)

_PATIENCE = 20_000  # milliseconds until a page is loaded that needs no network

_READY = """async () => {
  await Promise.allSettled([...document.fonts].map((font) => font.load()));
  await document.fonts.ready;
  for (let frames = 0; frames < 2; frames += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
  return document.documentElement.dataset.states ?? null;
}"""

# Five points of each element must belong to it. What lets clicks through can still hide something, hence the style.
_MEASURE = """() => {
  const style = document.createElement("style");
  style.textContent = "* { pointer-events: auto !important }";
  document.head.append(style);
  const seen = [...document.querySelectorAll("[data-anchor]")].map((element) => {
    const box = element.getBoundingClientRect();
    const parts = [...element.getClientRects()];
    const own = ([x, y]) => parts.some((p) => x >= p.left && x < p.right && y >= p.top && y < p.bottom);
    const free = ([x, y]) => {
      const hit = document.elementFromPoint(x, y);
      return !hit || element.contains(hit);
    };
    const points = [[0.5, 0.5], [0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]]
      .map(([x, y]) => [box.left + x * box.width, box.top + y * box.height]);
    return {
      name: element.dataset.anchor,
      rect: [box.left, box.top, box.width, box.height],
      in_view: box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight,
      covered: !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        || !points.filter(own).every(free),
    };
  });
  style.remove();
  return seen;
}"""


@dataclass
class Seen:
    """What the browser saw of a page in one theme and scale.

    `states` are those that the page lists, None if it lists none; `elsewhere` the addresses that it asked other
    machines for, `absent` the files of ours that it asked for in vain, `failed` what went wrong in its scripts. Without
    a picture it never got ready, and what is known of it is worth nothing.
    """

    png: bytes = b""
    size: tuple[int, int] = (0, 0)
    states: tuple[str, ...] | None = None
    anchors: dict[str, Anchor] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)


@contextmanager
def launched(given: Browser | None = None) -> Iterator[Browser]:
    """A browser for as long as the block lasts: the given one, else one with all the settings.

    Raises:
        NoBrowser: if there is none that starts.
    """
    if given is not None:
        yield given
        return
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class Lens:
    """A page of a browser in one scale, which looks at one page of ours after the other.

    A fresh one for each look would cost far more time than the pictures do.
    """

    def __init__(self, browser: Browser, root: Path, scale: int) -> None:
        self._root, self._scale, self._seen = root.resolve(), scale, Seen()
        self._context = browser.new_context(
            device_scale_factor=scale,
            reduced_motion="reduce",
            forced_colors="none",
            locale="en-GB",
            timezone_id="UTC",
            offline=True,
            service_workers="block",
        )
        self._context.route("**/*", self._answer)
        self._context.route_web_socket("**/*", lambda socket: self._seen.elsewhere.add(socket.url))
        self._page = self._context.new_page()
        self._page.on("pageerror", lambda error: self._seen.failed.add(error.message))

    def close(self) -> None:
        """Let go of the page."""
        self._context.close()

    def look(self, address: str, viewport: tuple[int, int], theme: Theme) -> Seen:
        """Open a page and take its picture.

        Args:
            address: the page below the root folder, with its query.
            viewport: width and height in CSS pixels.
            theme: which colours the page is asked for.

        Returns:
            The picture, the anchors in its pixels, and everything that went wrong.
        """
        seen = self._seen = Seen()
        try:
            self._take(seen, address, viewport, theme)
        except Error as error:  # it never became ready, or went somewhere else meanwhile
            seen.failed.add(error.message.splitlines()[0])
        return seen

    def _take(self, seen: Seen, address: str, viewport: tuple[int, int], theme: Theme) -> None:
        self._page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
        self._page.emulate_media(color_scheme=theme)
        self._page.goto(f"{ORIGIN}/{address}", timeout=_PATIENCE)
        states = self._page.evaluate(_READY)
        seen.states = None if states is None else tuple(states.split())
        seen.anchors = _anchors(self._page, self._scale)
        raw = self._page.screenshot(animations="disabled", caret="hide", scale="device")
        seen.png, seen.size = plain_png(raw)

    def _answer(self, route: Route) -> None:
        address = route.request.url
        if not address.startswith(f"{ORIGIN}/"):
            self._seen.elsewhere.add(address)
            return route.abort()
        name = unquote(urlsplit(address).path).lstrip("/")
        path = (self._root / name).resolve()
        if not path.is_relative_to(self._root) or not path.is_file():
            self._seen.absent.add(name)
            return route.fulfill(status=404, body="")
        return route.fulfill(status=200, content_type=content_type(path.name), body=path.read_bytes())


def plain_png(raw: bytes) -> tuple[bytes, tuple[int, int]]:
    """The same pixels as a PNG that holds nothing else, and their size."""
    with Image.open(io.BytesIO(raw), formats=["PNG"]) as image:
        bare = Image.new("RGB", image.size)
        bare.paste(image.convert("RGB"))
    out = io.BytesIO()
    bare.save(out, "PNG")
    return out.getvalue(), bare.size


def _anchors(page: Page, scale: int) -> dict[str, Anchor]:
    """Each name once, with the place of its first element."""
    measured = page.evaluate(_MEASURE)
    known = _accessible(page)
    count: dict[str, int] = {}
    anchors: dict[str, Anchor] = {}
    for one in measured:
        count[one["name"]] = count.get(one["name"], 0) + 1
    for one, (role, name) in zip(measured, known, strict=True):
        left, top, width, height = (round(length * scale, 2) + 0.0 for length in one["rect"])
        anchor = Anchor(
            rect=(left, top, width, height),
            role=role,
            name=name,
            count=count[one["name"]],
            in_view=one["in_view"],
            covered=one["covered"],
        )
        anchors.setdefault(one["name"], anchor)
    return anchors


def _accessible(page: Page) -> list[tuple[str, str]]:
    """Role and name of each anchor, in the order of the page, as the browser tells them to a screen reader."""
    session = page.context.new_cdp_session(page)
    found = session.send("Runtime.evaluate", {"expression": 'document.querySelectorAll("[data-anchor]")'})
    owner = {"objectId": found["result"]["objectId"], "ownProperties": True}
    elements = [item for item in session.send("Runtime.getProperties", owner)["result"] if item["name"].isdigit()]
    known = []
    for element in sorted(elements, key=lambda item: int(item["name"])):
        wanted: dict[str, Any] = {"objectId": element["value"]["objectId"], "fetchRelatives": False}
        node = session.send("Accessibility.getPartialAXTree", wanted)["nodes"][0]
        known.append((_value(node, "role"), " ".join(_value(node, "name").split())))
    session.detach()
    return known


def _value(node: dict[str, Any], key: str) -> str:
    return "" if node.get("ignored") else str(node.get(key, {}).get("value", ""))
