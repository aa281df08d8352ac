"""Which letters stand closer together than others?

The font says so in a table that the layout engine of the cards cannot read, and the one that can is not on every
machine. These are its pairs that show in a headline, rounded to three steps and the same at every weight; a test
compares them with the font. Pairs that the font moves apart are left out, so a word is never wider with this than
without.
"""

from __future__ import annotations

import unicodedata

# By hundredths of the size: the first letter, then all that follow it so closely.
_CLOSER = {
    5: {
        "e": "V", "k": "-", "o": "x", "r": "-", "w": "A", "x": "ceo-", "A": "twyACGOQU", "D": "ATVWX.,", "E": "vwy",
        "F": "rstuvwyJ", "G": "TY", "K": "cdeoqtwyCGOQT-", "L": "vCGOQ-", "O": "ATVWX.,", "P": "Z", "Q": "ATVWX.,",
        "T": "CGOQ", "U": "A", "V": "admnpqrsuCGJOQ:;", "W": "admnpquCGJOQ-", "X": "ceoyCGOQS-", "Y": "mnprvwxyz:;",
        "Z": "-", ".": "wyCGOQ", ",": "wyCGOQ", "-": "xWXZ",
    },
    8: {
        "e": "W", "o": "VW", "r": ".,", "v": "A.,", "w": ".,", "y": "A.,", "A": "vV'", "D": "Y", "F": "acdegmnopqxzA",
        "K": "v", "L": "TVW", "O": "Y", "P": "AJ", "Q": "Y", "T": "agmnpruvwxyzAJ:;", "V": "cegoA-", "W": "ceo",
        "Y": "asuCGJOQ", "'": "A", ".": "v", ",": "v", "-": "V",
    },
    11: {
        "e": "T", "o": "T", "A": "TWY", "F": ".,", "L": "Y'", "P": ".,", "T": "cdeoqs.,-", "V": ".,", "W": "A.,",
        "Y": "cdegoqA.,-", ".": "TVWY", ",": "TVWY", "-": "TY",
    },
}  # fmt: skip

PAIRS = {
    (first, second): -step / 100 for step, rows in _CLOSER.items() for first, row in rows.items() for second in row
}
_SAME = {"\N{EN DASH}": "-", "\N{RIGHT SINGLE QUOTATION MARK}": "'"}


def between(first: str, second: str) -> float:
    """What to add between two letters, in sizes: zero or less. An accent changes nothing."""
    return PAIRS.get((_bare(first), _bare(second)), 0.0)


def _bare(letter: str) -> str:
    return _SAME.get(letter) or unicodedata.normalize("NFD", letter)[0]
