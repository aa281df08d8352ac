"""Pages on paper: each type is printed by a real Chromium, once for all tests, and read back from the PDF."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser

from scripts.pdf_press import finished
from tests.conftest import SITE_URL, once

GUIDES = (
    "facebook", "fewer-public-posts", "instagram", "linkedin-app", "linkedin-objection", "linkedin-web",
    "third-party-information", "whatsapp-meta-ai",
)  # fmt: skip
SHEETS = [f"guides/{slug}/{part}" for slug in GUIDES for part in ("", "checklist/")]
OTHERS = [
    "", "guides/", "compare/", "compare/uk/", "c/li-way-out-world/", "about/glossary/", "about/open-questions/",
    "timeline/", "newsletter/", "disagreements/", "policies/meta/",
]  # fmt: skip
PAGES = [*SHEETS, *OTHERS]

Size = Literal["A4", "Letter"]
WIDTH_MM = {"A4": 210.0, "Letter": 215.9}
# Visible links, addresses and headings as Chromium lays out the page for print: what the paper has to hold.
SEEN = """() => {
  const article = document.querySelector('article');
  const shown = (selector) => [...article.querySelectorAll(selector)].filter((node) => node.checkVisibility());
  const words = (node, but) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    let text = '';
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      const left = typeof but === 'string' && parent.closest(but);
      if (parent.checkVisibility() && !left) text += walker.currentNode.data;
    }
    return text.replace(/\\s+/g, '');
  };
  return {
    links: shown('a[href^="http"]').map((link) => link.getAttribute('href')),
    written: shown('span.oi-url, .oi-links li > span').map((node) => node.textContent.replace(/\\s+/g, '')),
    title: article.querySelector('h1').firstChild.textContent.trim(),
    headings: shown('h2').length,
    folded: [...article.querySelectorAll('details:not(.oi-share) > :not(summary)')].map(
      (node) => node.querySelector('li, p')?.firstChild.textContent ?? ''
    ),
    columns: Number(getComputedStyle(article).columnCount) || 1,
    heads: shown('h2, h3, h4, .oi-reach__title, .oi-links__title, caption').map(words),
    paragraphs: shown('p').filter((node) => !node.closest('td, th, ol, ul')).map(words),
    steps: article.matches('.oi-guide') && shown(':scope > ol > li').map((step) => ({
      number: [...step.parentElement.children].indexOf(step) + 1,
      words: words(step, '.oi-screen'),
      legend: [...step.querySelectorAll('.oi-legend > li')].map((line) => words(line)),
    })),
  };
}"""
# How much of the height of a page its addresses take, at the width of A4.
GROWTH = """() => {
  const article = document.querySelector('article');
  const whole = article.offsetHeight;
  for (const node of article.querySelectorAll('.oi-ref, .oi-links, span.oi-paper-only.oi-url')) node.remove();
  return whole / article.offsetHeight;
}"""


@dataclass(frozen=True)
class Print:
    """One page on paper, how it came there, and what the browser laid out."""

    page: str
    size: Size
    script: bool
    dark: bool
    served: str
    path: Path
    seen: dict[str, Any]

    @cached_property
    def finished(self) -> bytes:
        """What `make pdfs` makes of it."""
        return finished(self.path.read_bytes(), self.seen["title"], self.served, SITE_URL)

    @cached_property
    def text(self) -> str:
        """All words in their order, without any white space and without the running foot."""
        document = pypdfium2.PdfDocument(self.path)
        pages = [page.get_textpage().get_text_range() for page in document]
        # Where a line ends with a hyphen, PDFium writes one of two signs of its own.
        words = "".join("".join(pages).replace("\ufffe", "-").replace("\x02", "-").split())
        return re.sub(r"OptedInPage\d+of\d+", "", words)


def ways(number: int) -> list[tuple[Size, bool, bool, bool]]:
    """Two prints of a page: size, script, dark, backgrounds. Every pair of settings comes up over four pages."""
    first = [(True, False, True), (True, True, False), (False, False, False), (True, True, True)][number % 4]
    script, dark, backgrounds = first
    return [("A4", script, dark, backgrounds), ("Letter", not script, not dark, not backgrounds)]


def printed(browser: Browser, served: str, name: str, size: Size, folder: Path, **how: Any) -> Print:
    """Print a page of the site.

    Args:
        browser: the browser to print with.
        served: where the site is.
        name: the page, below the site.
        size: of the paper.
        folder: where the PDF goes, and beside it what is known of it.
        how: `script`, `dark` and `backgrounds` as they may be set, and `spoil`, a script that spoils the page first.
    """
    context = browser.new_context(
        java_script_enabled=how["script"], color_scheme="dark" if how["dark"] else "light", bypass_csp="spoil" in how
    )
    page = context.new_page()
    page.goto(served + name, wait_until="load")
    if "spoil" in how:
        page.evaluate(how["spoil"])
    stem = f"{name.strip('/').replace('/', '_') or 'home'}.{size}"
    pdf = page.pdf(format=size, print_background=how["backgrounds"], tagged=True, outline=True)
    (folder / f"{stem}.pdf").write_bytes(pdf)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 900})  # as wide as what is printed on A4
    seen = page.evaluate(SEEN) | {"growth": page.evaluate(GROWTH)}
    context.close()
    known = {"page": name, "size": size, "script": how["script"], "dark": how["dark"], "served": served, "seen": seen}
    (folder / f"{stem}.json").write_text(json.dumps(known), encoding="utf-8")
    return Print(**known, path=folder / f"{stem}.pdf")


@pytest.fixture(scope="session")
def prints(shared: Path, browser: Browser, site_address: str) -> list[Print]:
    """Every page type on A4 and on Letter, each with and without script, and over all pages light and dark, and with
    and without backgrounds."""

    def make(folder: Path) -> None:
        folder.mkdir()
        for number, name in enumerate(PAGES):
            for size, script, dark, backgrounds in ways(number):
                how = {"script": script, "dark": dark, "backgrounds": backgrounds}
                printed(browser, site_address, name, size, folder, **how)

    folder = once(shared, "paper", make)
    return [
        Print(**cast(dict[str, Any], json.loads(path.read_text(encoding="utf-8"))), path=path.with_suffix(".pdf"))
        for path in sorted(folder.glob("*.json"))
    ]
