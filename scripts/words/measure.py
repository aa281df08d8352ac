"""How hard is a text to read?

The grade of Flesch and Kincaid: the school year in which one can follow it. Syllables are counted with Pyphen, told to
part words wherever they can be parted; that counts about 4 % too many on our pages, so the grade errs on the strict
side. Pure.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyphen

from scripts.words.prose import Sentence

_LETTERS = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


@functools.cache
def _parter() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US", left=1, right=1)


@functools.cache
def syllables(word: str) -> int:
    """How many syllables a word has, at least one. A number counts as one."""
    return sum(len(_parter().positions(part.lower())) + 1 for part in _LETTERS.findall(word)) or 1


@dataclass(frozen=True)
class Reading:
    """How a text reads: how many whole sentences it has, their mean length in words, and the grade."""

    sentences: int
    mean: float
    grade: float


def reading(said: Sequence[Sentence]) -> Reading:
    """Measure the whole sentences among these. Names in a list and headings would make any text look easy."""
    whole = [sentence.words for sentence in said if sentence.whole and sentence.words]
    if not whole:
        return Reading(0, 0.0, 0.0)
    words = [word for sentence in whole for word in sentence]
    mean = len(words) / len(whole)
    return Reading(len(whole), mean, 0.39 * mean + 11.8 * sum(map(syllables, words)) / len(words) - 15.59)
