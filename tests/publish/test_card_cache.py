"""A card is drawn again when anything that it depends on changed, and only then."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import PIL
import pytest
from PIL import features

from scripts.publish import card_cache, cards
from scripts.publish.card_text import LabelCard
from scripts.publish.cards import Card
from tests.publish import card_samples as samples


@pytest.fixture
def some() -> list[Card]:
    real = samples.real()
    return [Card(address, real[address]) for address in ("cards/region/eu.png", "cards/claim/li-paused-uk.png")]


class Counted:
    """Stands in for the press: says how often it was asked to draw."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, contents: list[object], *_: object) -> list[bytes]:
        self.drawn += len(contents)
        return [repr(content).encode() for content in contents]


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Counted:
    counted = Counted()
    monkeypatch.setattr(cards, "_drawn", counted)
    return counted


def draw(kept: Path, some: list[Card], font: bytes = samples.FONT) -> list[bytes]:
    return cards.draw(kept, some, font, samples.colours())


def test_a_card_is_drawn_once(tmp_path: Path, some: list[Card], press: Counted) -> None:
    first = draw(tmp_path, some)
    assert draw(tmp_path, some) == first
    assert press.drawn == 2


def test_cards_that_say_the_same_are_drawn_once(tmp_path: Path, some: list[Card], press: Counted) -> None:
    twin = replace(some[0], address="cards/compare/eu.png")
    one, _, other = draw(tmp_path, [*some, twin])
    assert one == other
    assert press.drawn == 2


def test_one_word_changed_draws_that_card_again_and_no_other(tmp_path: Path, some: list[Card], press: Counted) -> None:
    before = draw(tmp_path, some)
    assert isinstance(some[0].content, LabelCard)
    some[0] = replace(some[0], content=replace(some[0].content, title="Another"))
    after = draw(tmp_path, some)
    assert (after[0] != before[0], after[1] == before[1], press.drawn) == (True, True, 3)


def test_everything_else_that_a_card_depends_on_draws_it_again(
    tmp_path: Path, some: list[Card], press: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {card_cache.recipe(samples.FONT, samples.colours())}

    def changed(font: bytes = samples.FONT, code: Path | None = None, **other: tuple[int, int, int]) -> None:
        recipe = card_cache.recipe(font, samples.colours() | other, code)
        assert recipe not in seen
        seen.add(recipe)

    changed(font=samples.FONT + b"\0")
    changed(ink=(0, 0, 1))
    code = Path(shutil.copytree(Path(card_cache.__file__).parent, tmp_path / "code"))
    assert card_cache.recipe(samples.FONT, samples.colours(), code) in seen
    for name in ("card_draw.py", "card_layout.py", "card_type.py", "card_kerning.py", "card_face.py"):
        with (code / name).open("a", encoding="utf-8") as module:
            module.write("# changed\n")
        changed(code=code)
    with monkeypatch.context() as patch:
        patch.setattr(PIL, "__version__", "13.0.1")
        changed()
    versions = {"freetype2": "2.99", "zlib": "1.99"}
    for name, version in versions.items():
        with monkeypatch.context() as patch:
            own = features.version
            patch.setattr(features, "version", lambda n, k=name, v=version, own=own: v if n == k else own(n))
            changed()
    kept = tmp_path / "kept"
    draw(kept, some)
    draw(kept, some, font=samples.FONT + b"\0")
    assert press.drawn == 4


def test_a_damaged_file_is_drawn_again(tmp_path: Path, some: list[Card], press: Counted) -> None:
    whole = draw(tmp_path, some)
    for path in tmp_path.glob("*.png"):
        path.write_bytes(path.read_bytes()[:-1])
    assert draw(tmp_path, some) == whole
    assert press.drawn == 4


def test_what_was_used_longest_ago_goes_when_there_is_too_much(
    tmp_path: Path, some: list[Card], press: Counted
) -> None:
    (tmp_path / "half.new").touch()
    for number in range(9):
        old = tmp_path / f"{number}.x.png"
        old.write_bytes(b"")
        os.utime(old, (number, number))
    draw(tmp_path, some)
    left = {path.name for path in tmp_path.iterdir()}
    assert {f"{number}.x.png" for number in range(3, 9)} < left
    assert len(left) == 8
