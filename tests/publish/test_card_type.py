"""Type is measured as it is drawn, letters that the font lacks are replaced, and shortening is fair."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from PIL import ImageFont, features

from scripts.publish.card_face import Face
from scripts.publish.card_kerning import PAIRS, between
from scripts.publish.card_type import ELLIPSIS, Run, Style, Type
from tests.publish import card_samples as samples

TYPE = Type(samples.FONT)
STYLE = Style(40, 800, "ink")


def test_letters_that_the_font_lacks_lose_their_accent_or_become_a_question_mark() -> None:
    assert TYPE.clean("Ős Łódź Đăng ğ ž") == "Os Lódz Dang g z"
    known = "é Å ç ß ø œ \N{EN DASH} \N{RIGHT SINGLE QUOTATION MARK} …"
    assert TYPE.clean(known) == known
    assert TYPE.clean("中 Ж") == "? ?"
    assert TYPE.clean("e\N{COMBINING ACUTE ACCENT}") == "é"
    assert TYPE.clean("a\u200b\x00b\n\t c") == "ab c"


@given(samples.text)
@settings(max_examples=60, deadline=None)
def test_a_cleaned_text_has_only_letters_of_the_font(text: str) -> None:
    face = TYPE.face(Style(20, 400, "ink"))
    assert all(face.knows(letter) for letter in TYPE.clean(text) if not letter.isspace())


@given(samples.some)
@settings(max_examples=60, deadline=None)
def test_lines_keep_to_their_width_and_lose_nothing(text: str) -> None:
    lines = TYPE.lines([Run(text, STYLE)], 300)
    assert all(line.width <= 300.01 for line in lines)
    assert "".join(word.text for line in lines for word in line.words) == TYPE.clean(text).replace(" ", "")


@given(samples.some)
@settings(max_examples=40, deadline=None)
def test_balanced_lines_are_as_few_and_no_longer(text: str) -> None:
    runs = [Run(text, STYLE)]
    plain, balanced = TYPE.lines(runs, 700), TYPE.balanced(runs, 700)
    assert len(balanced) == len(plain)
    assert max((line.width for line in balanced), default=0) <= max((line.width for line in plain), default=0)


def test_what_is_cut_off_ends_with_an_ellipsis_and_fits() -> None:
    lines = TYPE.lines([Run("one, two, three, four, five, six, seven", STYLE)], 200)
    for most in range(1, len(lines)):
        short = TYPE.shortened(lines, most, 200)
        assert len(short) == most
        assert short[-1].words[-1].text.endswith(ELLIPSIS)
        assert not short[-1].words[-1].text.endswith("," + ELLIPSIS)
        assert short[-1].width <= 200
    assert TYPE.shortened(lines, len(lines), 200) == lines


def test_an_ellipsis_stands_apart_from_a_state() -> None:
    runs = [Run("Does not say", STYLE, "silent", whole=True), Run("a great deal more", Style(30, 500, "ink"))]
    whole = TYPE.lines(runs, 330)
    (short,) = TYPE.shortened(whole, 1, 330)
    assert [word.text for word in short.words] == ["Does", "not", "say", ELLIPSIS]


def test_a_word_is_as_wide_as_its_ink() -> None:
    face = Face(samples.FONT, 92, 800)
    for word in ("Yes", "No", "Worldwide", "AVATAR"):
        x, right = 0.0, 0.0
        for letter, step in zip(word, face.steps(word), strict=True):
            glyph = face.glyph(letter, 0)
            assert glyph
            right = max(right, x + glyph.left + glyph.mask.width)
            x += step
        assert abs(face.width(word) - right) < 8, word
        assert abs(face.width(word) - x) < 0.01, word


@pytest.mark.skipif(not features.check("raqm"), reason="only this library can read the font's own table")
def test_kerning_is_what_the_font_says_and_never_more() -> None:
    font = ImageFont.truetype(io.BytesIO(samples.FONT), 1000, layout_engine=ImageFont.Layout.RAQM)
    for weight in (450, 800):
        font.set_variation_by_axes([weight])
        for (first, second), size in PAIRS.items():
            own = font.getlength(first + second) - font.getlength(first + second, features=["-kern"])
            assert own / 1000 <= size + 0.025, (first, second, weight)


def test_accents_and_curly_signs_are_kerned_like_plain_ones() -> None:
    assert between("T", "é") == between("T", "e") < 0
    assert between("T", "\N{EN DASH}") == between("T", "-") < 0
    assert between("H", "H") == 0
