"""What does a page say in sentences, and on which line does each of them begin?

Takes Markdown apart as far as the check of words needs it: paragraphs and list items are prose; front matter, code,
tables, HTML, lines that take in a fragment, and quotes (`>`) are not. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.facts.fields import sentences

LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]*(?:\s\"[^\"]*\")?)\)")
CODE = re.compile(r"`[^`]+`")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_ITEM = re.compile(r"(\s*)(?:[-*+]|\d+\.)\s+")
_HEADING = re.compile(r"#{1,6}\s+")
_ATTRIBUTES = re.compile(r"\{[:#. ][^{}]*\}")
_ADDRESS = re.compile(r"[\w.-]+\.[a-z]{2,}/\S*|https?://\S+")
_SENTENCE_BEFORE = re.compile(r"(?:\A|[.!?]\s)\s*\Z")
_SKIPPED = ("--8<--", "<", ">", "|", "[^", "![")


@dataclass(frozen=True)
class Block:
    """A paragraph, a list item or a heading: its Markdown as written, and the line on which it begins.

    `step` says that it is an item of a list with numbers.
    """

    line: int
    text: str
    heading: bool = False
    step: bool = False

    def line_at(self, place: int) -> int:
        """The line of a place in the text."""
        return self.line + self.text.count("\n", 0, place)


@dataclass(frozen=True)
class Sentence:
    """One sentence in plain words. `whole` says that it ends as a sentence does: a name in a list is none."""

    line: int
    text: str
    whole: bool

    @property
    def words(self) -> list[str]:
        """Its words. What stands between two of them, such as a dash, is none."""
        return [word for word in self.text.split() if re.search(r"\w", word)]


def blocks(markdown: str) -> Iterator[Block]:
    """The prose of a page, in order."""
    gathered: list[str] = []
    begun, fenced, front, step = 0, "", False, False
    for number, line in enumerate([*markdown.splitlines(), ""], 1):
        bare = line.strip()
        front = (number == 1 and bare == "---") or (front and bare != "---")
        fence = re.match(r"`{3,}|~{3,}", bare)
        if fence:
            fenced = "" if fenced else fence[0]
        prose = bool(bare) and not (front or fenced or fence) and not bare.startswith(_SKIPPED) and bare != "---"
        heading, item = _HEADING.match(bare), _ITEM.match(line)
        if gathered and (not prose or heading or item):
            yield Block(begun, "\n".join(gathered), step=step)
            gathered = []
        if prose and heading:
            yield Block(number, bare[heading.end() :], heading=True)
        elif prose:
            if not gathered:
                begun, step = number, bool(item and item[0].strip()[0].isdigit())
            gathered.append(line[item.end() :] if item else bare)


def plain(markdown: str) -> str:
    """The words of a block without their marks, with as many line breaks as before.

    An exact label of a platform (bold within a sentence), an address and a piece of code are not our words: each of
    them counts as one word.
    """
    text = CODE.sub(lambda match: _instead("code", match[0]), markdown)
    text = LINK.sub(lambda match: match[1], text)
    text = _ATTRIBUTES.sub("", text)
    text = BOLD.sub(_own_or_label, text)
    return _ADDRESS.sub(lambda match: _instead("page", match[0]), text).replace("*", "")


def is_ours(bold: re.Match[str]) -> bool:
    """A whole sentence in bold is ours. After a colon, or within a sentence, bold marks what a platform wrote."""
    return bold[1][-1] in ".!?" and _SENTENCE_BEFORE.search(bold.string[: bold.start()]) is not None


def _own_or_label(bold: re.Match[str]) -> str:
    if is_ours(bold):
        return bold[1]
    return _instead("Label", bold[0]) + (bold[1][-1] if bold[1][-1] in ".!?" else "")


def _instead(word: str, text: str) -> str:
    return word + "\n" * text.count("\n")


def said(block: Block) -> list[Sentence]:
    """The sentences of a block."""
    text, found, place = plain(block.text), [], 0
    for sentence in sentences(text):
        place = text.index(sentence, place)
        line = block.line + text.count("\n", 0, place)
        ended = not block.heading and sentence.rstrip(')"”*').endswith((".", "!", "?"))
        found.append(Sentence(line, " ".join(sentence.split()), ended))
        place += len(sentence)
    return found
