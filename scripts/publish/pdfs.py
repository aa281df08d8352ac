"""Which pages can be had as a PDF, and which PDFs are there?

Every guide and its checklist, and the comparison of each region, for A4 and for Letter. A browser makes them
(`scripts/pdf_press.py`, by `make pdfs`) and they are kept under a hash of all that they depend on. This step puts those
that fit the built pages beside them and lists them there. What is not there is not listed, so a build without a browser
has no broken link. Their addresses are no promise: they are not entered in the ledger.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.edition import Edition
from scripts.facts.resolve import Resolver
from scripts.project import Project

FOLDER = "paper"  # below the site
SIZES = ("A4", "Letter")
LARGEST = 400 * 1024  # bytes
RECIPE = "2"  # change it when the same page should give another PDF
MARKER = "<!-- pdfs -->"
ALL = "<!-- all pdfs -->"

_STYLES = ("assets/opted-in.css", "assets/print.css")
_PICTURE = re.compile(r'src="(?:\.\./)*(assets/generated/screens/[^"]+\.print\.png)"')


@dataclass(frozen=True)
class Sheet:
    """A page that can be had as a PDF: its address below the site, what it is called in a list, and its kind."""

    folder: str
    title: str

    def name(self, size: str) -> str:
        """The name of its PDF below the site, such as `paper/guides-linkedin-web-a4.pdf`."""
        return f"{FOLDER}/{self.folder.strip('/').replace('/', '-')}-{size.lower()}.pdf"


def sheets(resolver: Resolver, staged: Path) -> list[Sheet]:
    """The pages of a built tree that can be had as PDFs."""
    found = []
    for slug, guide in resolver.facts.guides.items():
        found += [
            Sheet(f"guides/{slug}/", guide.title),
            Sheet(f"guides/{slug}/checklist/", f"Checklist: {guide.title}"),
        ]
    found += [Sheet(f"compare/{region.id}/", f"Compare: {region.name}") for region in resolver.page_regions()]
    return [sheet for sheet in found if (staged / sheet.folder / "index.html").is_file()]


def kept(project: Project, staged: Path, sheet: Sheet, size: str) -> Path:
    """Where the PDF of a page lies or would lie: its name says all that it depends on.

    Args:
        project: where made things are kept.
        staged: the built tree, with the page as it was before anything was listed on it.
        sheet: the page.
        size: of the paper.
    """
    text = (staged / sheet.folder / "index.html").read_text(encoding="utf-8")
    content = text[text.index("<article") : text.rindex("</article>")]
    digest = hashlib.sha256(f"{RECIPE} {size} {text[: text.index('>')]}".encode())
    digest.update(content.encode())
    for name in (*_STYLES, *_PICTURE.findall(content)):
        path = staged / name
        digest.update(path.read_bytes() if path.is_file() else b"")
    return project.build / "pdf" / f"{digest.hexdigest()[:32]}.pdf"


def publish(edition: Edition, staged: Path) -> None:
    """Put the PDFs that are there into a built tree, and list them on their pages.

    Args:
        edition: what the site is made from.
        staged: the tree.

    Raises:
        BadData: if the facts are wrong.
    """
    listed: list[tuple[Sheet, dict[str, Path]]] = []
    for sheet in sheets(edition.resolver, staged):
        made = {size: kept(edition.project, staged, sheet, size) for size in SIZES}
        there = {size: path for size, path in made.items() if path.is_file()}
        if there:
            listed.append((sheet, there))
    for sheet, there in listed:
        for size, path in there.items():
            target = staged / sheet.name(size)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    by_folder = {sheet.folder: (sheet, there) for sheet, there in listed}
    for path in staged.rglob("index.html"):
        text = path.read_text(encoding="utf-8")
        if MARKER not in text and ALL not in text:
            continue
        folder = path.relative_to(staged).as_posix().removesuffix("index.html")
        up = "../" * folder.count("/")
        own = [by_folder[folder]] if folder in by_folder else []
        text = text.replace(MARKER, "".join(f"<p>Or as a PDF: {files(sheet, there, up)}</p>" for sheet, there in own))
        path.write_text(text.replace(ALL, "".join(_list(listed, up))), encoding="utf-8")


def files(sheet: Sheet, there: dict[str, Path], up: str) -> str:
    """The links to the PDFs of a page, with their sizes.

    Args:
        sheet: the page.
        there: the file for each size of paper.
        up: the way from the page with the list to the root of the site.
    """
    return " · ".join(
        f'<a href="{up}{sheet.name(size)}" aria-label="{size}, PDF: {sheet.title}">{size}</a>'
        f" ({round(path.stat().st_size / 1024)} KB)"
        for size, path in there.items()
    )


def _list(listed: list[tuple[Sheet, dict[str, Path]]], up: str) -> Iterator[str]:
    if not listed:
        yield "<p>This build has no PDFs. Every page can be printed as it is.</p>"
        return
    yield '<ul class="oi-pdfs">\n'
    for sheet, there in listed:
        yield f"<li>{sheet.title}: {files(sheet, there, up)}</li>\n"
    yield "</ul>"
