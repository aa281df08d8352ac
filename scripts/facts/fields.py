"""What may stand in one field of a record: an id, words, an address, a date?

Each kind of field refuses what it cannot take, and says how to mend it (`Refused`). Pure.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field

from scripts.facts.days import Day

SENTENCE_WORDS = 30
SHORT_WORDS = 6

_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*\Z")
_TAG = re.compile(r"<[a-zA-Z/!]|&[a-z]+;|&#")
# Signs that nobody sees: some hide, and some turn round the words after them, so that a line reads as another one.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“])")


def words(text: str) -> int:
    """How many words a text has, counted by white space."""
    return len(text.split())


def sentences(text: str) -> list[str]:
    """A text cut after each full stop, question mark or exclamation mark that a capital follows."""
    return _SENTENCE_END.split(text)


class Refused(ValueError):
    """What is wrong with a value, and how to mend it."""

    def __init__(self, what: str, cure: str) -> None:
        super().__init__(what)
        self.cure = cure


def _seen(value: str) -> None:
    """Refuse a sign that nobody sees."""
    unseen = _UNSEEN.search(value)
    if unseen:
        raise Refused(f"U+{ord(unseen[0]):04X} is a sign that nobody sees, and it can change what is read", "delete it")


def _plain(value: object) -> object:
    if isinstance(value, str):
        _seen(value)
        if _TAG.search(value):
            raise Refused("HTML is not allowed here", "write plain words, and **bold** for exact labels")
        if value.count("**") % 2:
            raise Refused("a ** has no partner", "put two stars before a label, and two after it")
    return value


def _short_sentences(value: str) -> str:
    for sentence in sentences(value):
        if words(sentence) > SENTENCE_WORDS:
            what = f"a sentence has {words(sentence)} words, {SENTENCE_WORDS} is the limit: “{sentence[:60]}…”"
            raise Refused(what, f"cut it: at most {SENTENCE_WORDS} words; a claim has room for more in its note")
    return value


def _few_words(value: str) -> str:
    if words(value) > SHORT_WORDS:
        raise Refused(f"{words(value)} words, {SHORT_WORDS} is the limit here", "say it in fewer words")
    return value


def _https(value: str) -> str:
    _seen(value)
    if not re.match(r"https://[^\s/@]+\.[^\s/@]+(/\S*)?\Z", value) or re.search(r"[…\"<>\\^`{|}]", value):
        raise Refused(f'"{value}" is not a whole https address', "write it in full, beginning with https://")
    return value


def _identifier(value: str) -> str:
    if not _ID.match(value):
        raise Refused(f'"{value}" is not an id', "write it in small letters, digits and single hyphens")
    return value


def _day(value: object) -> object:
    if not isinstance(value, str | int) or isinstance(value, bool):
        return value
    try:
        return Day.parse(str(value))
    except ValueError as error:
        what = str(error) if str(value) in str(error) else f"there is no {value} ({error})"
        raise Refused(what, "write a day, a month or a year that there is, such as 2026-08-22") from None


def _once(value: object) -> object:
    if isinstance(value, list):
        doubles = sorted({str(each) for each in value if value.count(each) > 1})
        if doubles:
            raise Refused(f"{', '.join(doubles)} stands there twice", "delete one of the two")
    return value


Id = Annotated[str, BeforeValidator(lambda v: _identifier(v) if isinstance(v, str) else v)]
Text = Annotated[str, BeforeValidator(_plain), Field(min_length=1)]
Prose = Annotated[Text, BeforeValidator(lambda v: _short_sentences(v) if isinstance(v, str) else v)]
Short = Annotated[Text, BeforeValidator(lambda v: _few_words(v) if isinstance(v, str) else v)]
Address = Annotated[str, BeforeValidator(lambda v: _https(v) if isinstance(v, str) else v)]
Date = Annotated[Day, BeforeValidator(_day)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_once)]
