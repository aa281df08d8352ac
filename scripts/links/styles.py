"""Which files does a style sheet load?

Finds `url(…)`, `@import "…"` and the strings of `image-set(…)`. Reads the text as it is, without understanding the
rules around it, because a font or a picture that is missing is missing in any rule.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
_URL = re.compile(rf"(?:(@namespace)\s+(?:[\w-]+\s+)?)?\burl\(\s*({_STRING}|[^\s\"')]*)\s*\)", re.IGNORECASE)
_IMPORT = re.compile(rf"@import\s+({_STRING})", re.IGNORECASE)
_SET = re.compile(rf"image-set\(((?:{_STRING}|[^\"'()]|\((?:{_STRING}|[^\"'()])*\))*)\)", re.IGNORECASE)
_STRING_IN_SET = re.compile(rf"\w+\((?:{_STRING}|[^\"'()])*\)|({_STRING})")  # not those of url(…) and type(…)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)", re.DOTALL)


def loads(text: str) -> list[str]:
    """The addresses that a style sheet, or a style attribute, loads, in the order in which they stand.

    Fragments of the page itself (`url(#shape)`) and data are left out: nothing is fetched for them.
    """
    text = _COMMENT.sub(" ", text)
    found = [(match.start(2), match[2]) for match in _URL.finditer(text) if not match[1]]
    found += [(match.start(1), match[1]) for match in _IMPORT.finditer(text)]
    for outer in _SET.finditer(text):
        found += [(outer.start(1) + match.start(), match[1]) for match in _STRING_IN_SET.finditer(outer[1]) if match[1]]
    addresses = dict.fromkeys(_plain(raw) for _, raw in sorted(set(found)))
    return [address for address in addresses if address and not address.lower().startswith(("#", "data:"))]


def _plain(raw: str) -> str:
    raw = raw[1:-1] if raw[:1] in "\"'" and raw[:1] else raw
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], raw).strip()
