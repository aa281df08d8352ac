"""How do pages become PDFs that one can hand over?

A real Chromium prints them, tagged, with an outline and a language. Then they are made small, get the title that stands
on the page, and lose what differs between two runs. Only what is missing is printed. `publish/pdfs.py` says which, and
lists them.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pikepdf
from playwright.sync_api import Page, sync_playwright

from scripts import pdf_tags
from scripts.edition import Edition
from scripts.picture import CHROMIUM_ARGUMENTS, chromium
from scripts.publish import pdfs
from scripts.publish.pdfs import Sheet
from scripts.server import Served, Server, running

_SPARE = 3  # as many unused files are kept as are in use: other days, other branches


class TooLarge(Exception):
    """A PDF that nobody wants to send by mail. The text says which, and how large it is."""


def press(edition: Edition, staged: Path, say: Callable[[str], None]) -> int:
    """Print what is missing of the PDFs of a built tree.

    Args:
        edition: what the site is made from.
        staged: the tree, with nothing listed in it yet.
        say: is told the name of each PDF as it begins.

    Returns:
        How many were printed.

    Raises:
        NoBrowser: if there is no Chromium.
        TooLarge: if one is larger than it may be.
    """
    project = edition.project
    wanted = {
        pdfs.kept(project, staged, sheet, size): (sheet, size)
        for sheet in pdfs.sheets(edition.resolver, staged)
        for size in pdfs.SIZES
    }
    missing = {path: what for path, what in wanted.items() if not path.is_file()}
    if missing:
        browser_path = chromium()
        with running(Server(Served.under(staged, edition.site_url))) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=list(CHROMIUM_ARGUMENTS))
            page = browser.new_page(color_scheme="light")
            for path, (sheet, size) in missing.items():
                say(sheet.name(size))
                pdf, title = printed(page, server.address, sheet, size)
                _keep(path, finished(pdf, title, server.address, edition.site_url), sheet.name(size))
            browser.close()
    _tidy(project.build / "pdf", wanted)
    return len(missing)


def printed(page: Page, root: str, sheet: Sheet, size: str) -> tuple[bytes, str]:
    """What Chromium makes of a page, and the title that stands on it.

    Args:
        page: to print with.
        root: the address at which the site is served.
        sheet: which page.
        size: of the paper.
    """
    if page.url != root + sheet.folder:
        page.goto(root + sheet.folder, wait_until="networkidle")
    page.emulate_media(media="print")
    title = str(page.locator("h1").evaluate("(heading) => heading.firstChild.textContent"))
    return page.pdf(format=size, tagged=True, outline=True, prefer_css_page_size=False), title.strip()


def finished(pdf: bytes, title: str, served: str, site_url: str) -> bytes:
    """The same PDF, small, with its title, fit to be read aloud, and equal for equal pages.

    Args:
        pdf: as the browser made it.
        title: what to call it.
        served: the address at which the site was served: links lead there.
        site_url: the address of the site: where they have to lead.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for image in (thing for thing in document.objects if isinstance(thing, pikepdf.Stream)):
            if image.get("/Subtype") == "/Image" and "/SMask" not in image:
                _grey(image)
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure" and "/Alt" not in thing:
                thing.S = pikepdf.Name.Div  # a picture with its legend: only the picture itself is one
        for note in (note for page in document.pages for note in page.get("/Annots", ())):
            address = pdf_tags.address_of(note)
            if address.startswith(served):
                note.A.URI = pikepdf.String(site_url + address.removeprefix(served))
        for key in ("/CreationDate", "/ModDate", "/Creator"):
            if key in document.docinfo:
                del document.docinfo[key]
        document.docinfo["/Title"] = title
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:language"] = [str(document.Root.get("/Lang", "en"))]
        pdf_tags.complete(document)
        out = io.BytesIO()
        document.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=True,
            deterministic_id=True,
        )
    return out.getvalue()


def _grey(image: pikepdf.Stream) -> None:
    """Store a picture as what it is: the pictures for paper are grey, and the browser stores colours."""
    grey = pikepdf.PdfImage(image).as_pil_image().convert("L")
    image.write(zlib.compress(grey.tobytes(), 9), filter=pikepdf.Name.FlateDecode)
    image.ColorSpace = pikepdf.Name.DeviceGray
    image.BitsPerComponent = 8


def _keep(path: Path, pdf: bytes, name: str) -> None:
    """Keep a PDF. It appears whole or not at all."""
    if len(pdf) > pdfs.LARGEST:
        raise TooLarge(f"{name} has {len(pdf) // 1024} KB, and may have {pdfs.LARGEST // 1024}")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    unfinished.write_bytes(pdf)
    unfinished.replace(path)


def _tidy(folder: Path, used: Iterable[Path]) -> None:
    """Delete what was made longest ago, if there is too much that is not in use."""
    names = set(used)
    unused = sorted((p for p in folder.glob("*.pdf") if p not in names), key=lambda p: p.stat().st_mtime, reverse=True)
    for path in unused[_SPARE * len(names) :]:
        path.unlink()
