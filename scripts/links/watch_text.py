"""What does a page say to a reader?

Takes a body apart into its title, its main heading and its words, without menus, scripts and forms. From the words
comes the hash by which a change is seen, and from all three whether the page only says that there is no page, or asks
whoever comes to log in.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

_ASIDE = "script, style, noscript, template, nav, header, footer, aside, form, button, iframe, svg, [hidden]"
_MAIN = ("main", "[role=main]", "article", "body")
_FEW = 20  # fewer words than these are no text that one could compare: a page that a script fills
_SHORT = 120  # a page that says nothing else says that it is missing
_LONG = 600  # a page that says more than that is about something
_WALL = 80  # a page with a password field and fewer words than these is a door

_MISSING = re.compile(
    r"\b404\b|page (was |could )?not (be )?found|(does|did)(n\Wt| not) exist|no longer (available|exists?|here)"
    r"|(is|are)(n\Wt| not) available|(can|could)(n\Wt|not| not|\Wt) (find|be found)|nothing (was )?found here"
    r"|seite (wurde )?nicht gefunden|page introuvable|pagina (is )?niet gevonden|página no encontrada"
    r"|página não encontrada|pagina non trovata",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"just a moment|attention required|checking your browser|verify (that )?you are (a )?human|are you a robot"
    r"|security check|access denied|enable javascript and cookies|unusual traffic|captcha",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"\b(log ?in|sign ?in|log into|sign into|sign up|join)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """What a page says. `hash` is None if it says too little to be compared."""

    title: str
    heading: str
    words: str
    hash: str | None
    password: bool = False

    @property
    def length(self) -> int:
        """How many words there are."""
        return len(self.words.split())

    @property
    def missing(self) -> bool:
        """Whether all that the page says is that there is no page."""
        head = f"{self.title} | {self.heading}"
        if self.length < _SHORT and _MISSING.search(f"{head} | {self.words}"):
            return True
        return self.length < _LONG and _MISSING.search(head) is not None

    @property
    def challenge(self) -> bool:
        """Whether the page only wants to know if we are a person."""
        head = f"{self.title} | {self.heading}"
        return self.length < _SHORT and _CHALLENGE.search(f"{head} | {self.words}") is not None

    @property
    def login(self) -> bool:
        """Whether the page is only a door."""
        head = f"{self.title} | {self.heading}"
        return self.length < _WALL and (self.password or _LOGIN.search(head) is not None)


def read(body: bytes, content_type: str) -> Text:
    """What an answer says. Something that is not HTML has no words, but its bytes can be compared.

    Args:
        body: the answer.
        content_type: the header of that name; nothing counts as HTML.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind and "html" not in kind:
        return Text("", "", "", hashlib.sha256(body).hexdigest() if body else None)
    tree = LexborHTMLParser(body)
    title = _said(tree.css_first("title"))
    password = tree.css_first("input[type=password]") is not None
    heading = _said(tree.css_first("h1"))
    for node in tree.css(_ASIDE):
        node.decompose()
    words = next((said for said in (_said(tree.css_first(selector)) for selector in _MAIN) if said), "")
    enough = len(words.split()) >= _FEW
    return Text(title, heading, words, hashlib.sha256(words.encode()).hexdigest() if enough else None, password)


def _said(node: LexborNode | None) -> str:
    if node is None:
        return ""
    return " ".join(unicodedata.normalize("NFC", node.text(separator=" ")).split())
