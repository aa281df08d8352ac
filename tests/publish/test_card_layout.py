"""Nothing on a card overflows, overlaps or is cut off, however long the texts are; what is real is shown in full."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from scripts.facts.label import NAMELESS, Said
from scripts.publish.card_layout import compose
from scripts.publish.card_sheet import BOTTOM, LEFT, RIGHT, TOP, Put, Sheet
from scripts.publish.card_text import ClaimCard, Content, LabelCard, TitleCard
from scripts.publish.card_type import ELLIPSIS, Run, Style, Type, icon_width
from tests.publish import card_samples as samples

Box = tuple[float, float, float, float]
TYPE = Type(samples.FONT)


def inks(put: Put) -> list[Box]:
    """Where a word's ink is, from the pen to where the pen ends, and that of the shape before it."""
    style = put.word.style
    up, down = TYPE.face(style).inks(put.word.text)
    icon = icon_width(style) if put.word.state else 0
    word = (put.x + icon, put.y - up, put.x + put.word.width, put.y + down)
    size = style.size
    return [(put.x, put.y - 0.8 * size, put.x + 0.85 * size, put.y + 0.05 * size), word] if icon else [word]


def overlapping(boxes: list[Box], by: float) -> list[tuple[Box, Box]]:
    """All pairs of boxes that share more than a hair's breadth."""
    found = []
    ordered = sorted(boxes, key=lambda box: box[1])
    for number, (left, _, right, bottom) in enumerate(ordered):
        for other in itertools.islice(ordered, number + 1, None):
            if other[1] + by >= bottom:
                break
            if left + by < other[2] and other[0] + by < right:
                found.append((ordered[number], other))
    return found


def answers(content: Content) -> list[Said]:
    match content:
        case LabelCard():
            return [column.answers[row] for row in range(len(content.wordings)) for column in content.columns]
        case ClaimCard():
            return [content.answer]
        case TitleCard():
            return list(content.points)


def states(sheet: Sheet) -> list[str]:
    """The words for states that are drawn, each beginning at its shape."""
    found: list[str] = []
    for put in sheet.puts:
        if put.word.state:
            found.append(put.word.text)
        elif put.word.whole:
            found[-1] += " " + put.word.text
    return found


@given(samples.contents)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_however_long_the_texts_are_nothing_overflows_overlaps_or_cuts_a_state(content: Content) -> None:
    sheet = compose(TYPE, content)
    boxes = [box for put in sheet.puts for box in inks(put)]
    boxes += [(s.left, s.top, s.left + s.size, s.top + s.size) for s in sheet.shapes]
    for left, top, right, bottom in boxes:
        assert left >= LEFT - 0.5
        assert right <= RIGHT + 0.5
        assert top >= TOP - 0.5
        assert bottom <= BOTTOM + 0.5
    lines = [bar.box for bar in sheet.bars if bar.box[3] - bar.box[1] <= 10 and bar.box[0] >= LEFT]
    assert overlapping([*boxes, *lines], 0.6) == []
    assert_states_are_whole(content, sheet)


def assert_states_are_whole(content: Content, sheet: Sheet) -> None:
    drawn = states(sheet)
    expected = [answer for answer in answers(content) if answer.state]
    for word, answer in zip(drawn, expected, strict=False):
        assert answer.state
        assert word in (TYPE.clean(answer.lead).replace("\xa0", " "), NAMELESS[answer.state])
    if not isinstance(content, TitleCard):
        assert len(drawn) == len(expected)  # in a list of places, the last ones may have no room
    assert not any(ELLIPSIS in put.word.text for put in sheet.puts if put.word.whole)


@pytest.mark.parametrize("kind", ["region", "claim"])
def test_no_real_card_is_short_of_a_word(kind: str) -> None:
    checked = 0
    for address, content in samples.real().items():
        if f"/{kind}/" not in address:
            continue
        drawn = samples.drawn(samples.composed()[address])
        assert not any(ELLIPSIS in word for word in drawn), address
        for answer in answers(content):
            for word in f"{answer.lead} {answer.more}".split():
                assert word in drawn or f"{word}:" in drawn, f"{address}: {word}"
        checked += 1
    assert checked >= 20


def test_what_counts_most_is_at_least_forty_pixels_high() -> None:
    for address, content in samples.real().items():
        sheet = samples.composed()[address]
        if isinstance(content, LabelCard):
            names = {word for column in content.columns for word in column.platform.name.split()}
            large = [
                put.word.style.size for put in sheet.puts if put.word.text in names and put.word.style.weight == 800
            ]
            assert large, address
            assert min(large) >= 40, address
            assert min(put.word.style.size for put in sheet.puts if put.word.whole) >= 38, address
        elif isinstance(content, ClaimCard):
            assert max(put.word.style.size for put in sheet.puts) >= 64, address
            assert min(put.word.style.size for put in sheet.puts if put.word.style.weight == 450) >= 40, address


def test_the_ink_of_a_state_is_as_high_as_its_size_says() -> None:
    content = samples.real()["cards/region/eu.png"]
    sheet = samples.press().compose(content)
    image = samples.press().draw(sheet).convert("L")
    for put in sheet.puts:
        if put.word.whole:
            size = put.word.style.size
            left, top = round(put.x + icon_width(put.word.style)), round(put.y - 0.84 * size)
            part = image.crop((left, top, round(put.x + put.word.width), round(put.y) + 1))
            dark = part.point(lambda value: 255 if value < 100 else 0).getbbox()
            assert dark
            assert 0.70 * 40 <= dark[3] - dark[1] <= 0.80 * size, put.word.text


def test_at_three_hundred_pixels_a_state_still_stands_out() -> None:
    """A quarter as large, the word for a state has ink nearly as dark as black on white, at least six rows of it."""
    content = samples.real()["cards/region/eu.png"]
    sheet = samples.press().compose(content)
    small = samples.press().draw(sheet).convert("L").resize((300, 158), Image.Resampling.LANCZOS)
    for put in (put for put in sheet.puts if put.word.whole):
        box = [round(edge / 4) for edge in inks(put)[-1]]
        part = small.crop((box[0], box[1], box[2], box[3]))
        dark = part.point(lambda value: 255 if value < 130 else 0).getbbox()
        assert dark
        assert dark[3] - dark[1] >= 6, put.word.text


def test_a_day_stays_with_its_month() -> None:
    lines = TYPE.lines([Run("It begins on 3 November 2025.", Style(40, 500, "ink"))], 280)
    assert [" ".join(word.text for word in line.words) for line in lines] == ["It begins on", "3\xa0November", "2025."]
