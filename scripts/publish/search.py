"""What can be found with the search?

Reads the pages that the engine built, parts each at its headings, and writes the words of every part into one file,
which the search fetches (`docs/assets/search.js`). So it does not matter which engine built them. A page says in its
front matter what it counts for (`search: {boost: 3}`), or that it is not to be found (`search: {exclude: true}`);
`overrides/main.html` hands that on. What repeats on every page, and numbers of notes, are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.edition import Edition
from scripts.publish import tree

INDEX = "search/index.json"
UNSEARCHED = "data-unsearched"  # the attribute of what is not to be found
_WEIGHT = "meta[name=oi-search]"
_ABOUT = "meta[name=description]"
_META = re.compile(r'\s*<meta name="oi-search" content="[^"]*">')
_PARTS = {"h1", "h2", "h3", "h4"}
_SKIPPED = {"script", "style", "svg", "template", "button", "i"}  # `i`: "Source", before the number of a note
_BLOCKS = {
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "hr", "li", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead",
    "tr", "ul",
}  # fmt: skip


@dataclass
class Part:
    """A part of a page: the id and the words of its heading, and the words below it, a line a block."""

    id: str
    title: str = ""
    lines: list[str] = field(default_factory=lambda: [""])

    @property
    def text(self) -> str:
        """The words below the heading."""
        return "\n".join(line for line in (" ".join(line.split()) for line in self.lines) if line)


def publish(edition: Edition, staged: Path) -> None:
    """Write the index. Comes before pages are added that are not to be found.

    Args:
        edition: what the site is made from.
        staged: the built tree.
    """
    entries = []
    for path in sorted(staged.rglob("index.html")):
        text = path.read_text(encoding="utf-8")
        entries += list(found(text, path.relative_to(staged).as_posix().removesuffix("index.html")))
        path.write_text(_META.sub("", text), encoding="utf-8")
    index = json.dumps({"docs": entries}, ensure_ascii=False, separators=(",", ":"))
    tree.add(staged, {INDEX: index.encode()})


def found(html: str, folder: str) -> Iterator[dict[str, str | float]]:
    """The entries of one page: where, under which title, with which words, and what they count for.

    Args:
        html: the page.
        folder: its address below the site.
    """
    page = LexborHTMLParser(html)
    article, weight = page.css_first("article"), page.css_first(_WEIGHT)
    boost = float((weight.attributes.get("content") if weight else None) or 1)
    if article is None or boost <= 0:
        return
    about = page.css_first(_ABOUT)
    for part in parts(article):
        if not part.id and about is not None:
            part.lines.insert(0, about.attributes.get("content") or "")
        entry: dict[str, str | float] = {
            "location": folder + (f"#{part.id}" if part.id else ""),
            "title": part.title,
            "text": part.text,
        }
        yield entry | ({"boost": boost} if boost != 1 else {})


def parts(article: LexborNode) -> list[Part]:
    """The parts of an article. The first is the page itself: it has no id."""
    made = [Part("")]
    _read(article, made)
    return [part for part in made if part.title]


def _read(node: LexborNode, made: list[Part]) -> None:
    for child in node.iter(include_text=True):
        name = child.tag
        if name == "-text":
            made[-1].lines[-1] += child.text(deep=False)
            continue
        attributes = child.attributes
        if (
            name is None
            or name in _SKIPPED
            or UNSEARCHED in attributes
            or "headerlink" in (attributes.get("class") or "")
        ):
            continue
        if name in _PARTS and (name == "h1" or attributes.get("id")):
            if name != "h1":
                made.append(Part(str(attributes["id"])))
            heading = Part("")
            _read(child, [heading])
            made[-1].title = heading.text
            made[-1].lines.append("")
            continue
        if name in _BLOCKS:
            made[-1].lines.append("")
        _read(child, made)
        if name in _BLOCKS:
            made[-1].lines.append("")
