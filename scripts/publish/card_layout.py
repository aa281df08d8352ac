"""How is a card composed?

One function for each kind of card. Whatever the length of a text, it is first set smaller, then broken into lines, and
only at the end shortened. The word for a state is never shortened: where the platform's name does not fit into it, the
name, which stands on the card anyway, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from scripts.facts.label import NAMELESS, Said
from scripts.publish.card_colours import accent
from scripts.publish.card_sheet import HEIGHT, LEFT, MEASURE, NAME_RISE, RIGHT, TOP, WIDTH, Sheet
from scripts.publish.card_text import ClaimCard, Column, Content, LabelCard, Named, TitleCard
from scripts.publish.card_type import Line, Run, Style, Type, icon_width

_BAR = 10  # the thick rule of the label, in a platform's colour
_EDGE = 2

# The label: where its columns are, and to try one after the other: the size of states, that of other words, and how
# many lines a cell may take before it is shortened.
_FIRST, _GAP = 164, 20
_INSET = 6
_ANY = 99
_LARGE = ((42, 23), (41, 22), (40, 21), (40, 20), (40, 19), (40, 18), (40, 17), (38, 17), (36, 17), (34, 17), (30, 16))
_SIZES = (*((large, small, _ANY) for large, small in (*_LARGE, (26, 15), (24, 14))), (24, 14, 2), (24, 14, 1))
# Where a page holds: the sizes of states and of other words, and how many lines one answer may take.
_POINTS = ((44, 34, 1), (42, 32, 1), (40, 30, 1), (38, 28, 1), (40, 30, 2), (36, 26, 2), (30, 22, 2), (28, 18, 2))
_MOST = 12  # pixels that a row gets at most above and below, if there are some to spare
_LEAST = 3


def compose(letters: Type, content: Content) -> Sheet:
    """Put everything of a card in its place.

    Args:
        letters: the site's type.
        content: what the card says.
    """
    sheet = Sheet(letters)
    for edge in (
        (0, 0, WIDTH, _EDGE),
        (0, HEIGHT - _EDGE, WIDTH, HEIGHT),
        (0, 0, _EDGE, HEIGHT),
        (WIDTH - _EDGE, 0, WIDTH, HEIGHT),
    ):
        sheet.bar(*edge, "rule")  # so that the card has an end on a page as light as itself
    match content:
        case LabelCard():
            _label(sheet, content)
        case ClaimCard():
            _claim(sheet, content)
        case TitleCard():
            _title(sheet, content)
        case _:
            assert_never(content)
    return sheet


def answered(letters: Type, answer: Said, big: Style, small: Style, width: float) -> list[Line]:
    """The lines of an answer: its state with the rest beside it, if there is room for all of it, else below it."""
    more = [Run(answer.more, small)] if answer.more else []
    if answer.state is None:
        return letters.balanced([Run(answer.lead, big), *more], width)
    state = _state(letters, answer, big, width)
    for size in range(small.size, small.size - 3, -1):
        beside = letters.lines([state, *(replace(run, style=replace(small, size=size)) for run in more)], width)
        if len(beside) == 1:
            return beside
    return [*letters.lines([state], width), *letters.balanced(more, width)]


def _state(letters: Type, answer: Said, big: Style, width: float) -> Run:
    """The word for a state, whole and on one line."""
    assert answer.state
    for text in (answer.lead, NAMELESS[answer.state]):
        for size in range(big.size, max(23, big.size * 5 // 8), -1):
            style = replace(big, size=size)
            if letters.face(style).width(letters.clean(text)) + icon_width(style) <= width:
                return Run(text, style, answer.state, whole=True)
    return Run(NAMELESS[answer.state], replace(big, size=23), answer.state, whole=True)


def _label(sheet: Sheet, card: LabelCard) -> None:
    title = sheet.fitted(card.title, Style(0, 800, "ink"), range(54, 27, -2), height=58, most=2)
    top = sheet.lines(title, LEFT, TOP) + 12
    foot = sheet.foot(card.address, "")
    bottom = foot - 15
    sheet.bar(LEFT - 12, top, RIGHT + 12, bottom, "ink")
    sheet.bar(LEFT - 9, top + 3, RIGHT + 9, bottom - 3, "card")
    left = LEFT + _INSET
    width = (MEASURE - 2 * _INSET - _FIRST) / len(card.columns) - _GAP
    starts = [left + _FIRST + _GAP + number * (width + _GAP) for number in range(len(card.columns))]
    region = sheet.fitted(card.region, Style(0, 750, "ink"), range(34, 17, -1), width=_FIRST, height=46, most=2)
    y = top + 11
    sheet.lines(region, left, y + (42 - sheet.height(region)) / 2)
    for start, column in zip(starts, card.columns, strict=True):
        sheet.named([column.platform], Style(42, 800, "ink"), start, y + 34, width)
    y += 47
    sheet.bar(left, y, left + _FIRST, y + _BAR, "ink")
    for start, column in zip(starts, card.columns, strict=True):
        sheet.bar(start, y, start + width, y + _BAR, accent(column.platform.shape))
    _rows(sheet, card, [(left, _FIRST), *((start, width) for start in starts)], y + _BAR + 4, bottom - 5)


def _rows(sheet: Sheet, card: LabelCard, places: Sequence[tuple[float, float]], top: float, bottom: float) -> None:
    """The rows of the label and the line with the dates, as large as there is room."""
    rows: list[list[list[Line]]] = []
    for large, small, most in _SIZES:
        rows = _cells(sheet.type, card, [width for _, width in places], large, small, most)
        spare = bottom - top - sum(_height(sheet, row) for row in rows)
        if spare >= 2 * _LEAST * len(rows):
            break
    air = max(min(spare / len(rows) / 2, _MOST), 0)
    y = top
    for number, row in enumerate(rows):
        if number:
            sheet.bar(places[0][0], round(y), RIGHT - _INSET, round(y) + 1, "rule")
        feet = y + air + max(sheet.type.rise(cell[0]) for cell in row if cell)
        for (x, _), cell in zip(places, row, strict=True):
            if cell:
                sheet.lines(cell, x, feet - sheet.type.rise(cell[0]))
        y += _height(sheet, row) + 2 * air


def _height(sheet: Sheet, row: Sequence[Sequence[Line]]) -> float:
    """How high a row is whose first lines stand on one line."""
    rise = max(sheet.type.rise(cell[0]) for cell in row if cell)
    return max(rise - sheet.type.rise(cell[0]) + sheet.height(cell) for cell in row if cell)


def _cells(
    letters: Type, card: LabelCard, widths: Sequence[float], large: int, small: int, most: int
) -> list[list[list[Line]]]:
    """The lines of each cell of each row, at most so many."""
    rows = []
    for number, wording in enumerate(card.wordings):
        row = [letters.shortened(letters.lines([Run(wording, Style(small, 500, "soft"))], widths[0]), most, widths[0])]
        for column, width in zip(card.columns, widths[1:], strict=True):
            answer = column.answers[number]
            size, weight = (large, 800) if answer.state else (round(small * 1.2), 700)
            lines = answered(letters, answer, Style(size, weight, "ink"), Style(small, 500, "ink"), width)
            row.append(letters.shortened(lines, most, width))
        rows.append(row)
    rows.append(_dates(letters, card.columns, widths, small, most))
    return rows


def _dates(
    letters: Type, columns: Sequence[Column], widths: Sequence[float], small: int, most: int
) -> list[list[Line]]:
    style = Style(small, 500, "soft")
    texts = ["As of", *(column.as_of or "no date" for column in columns)]
    return [
        letters.shortened(letters.lines([Run(text, style)], width), most, width)
        for text, width in zip(texts, widths, strict=True)
    ]


def _head(sheet: Sheet, platforms: Sequence[Named], aside: str) -> float:
    """Whose it is and where it holds, above the thick rule. Says where the rest begins."""
    feet = float(TOP + NAME_RISE)
    end = sheet.named(platforms, Style(42, 800, "ink"), LEFT, feet, MEASURE * 0.62)
    if aside:
        line = sheet.type.fitted(aside, Style(0, 600, "soft"), range(38, 19, -1), RIGHT - end - 36, NAME_RISE)
        sheet.line(line, RIGHT - line.width, feet)
    top = feet + 22
    each = MEASURE / len(platforms)
    for number, platform in enumerate(platforms):
        sheet.bar(LEFT + each * number, top, LEFT + each * (number + 1), top + _BAR, accent(platform.shape))
    return top + _BAR


def _claim(sheet: Sheet, card: ClaimCard) -> None:
    top = _head(sheet, [card.platform], card.region) + 26
    bottom = sheet.foot(card.address, card.as_of) - 36
    blocks: list[list[Line]] = [
        sheet.fitted(card.question, Style(0, 600, "soft"), range(38, 23, -2), height=84, most=2)
    ]
    if card.answer.state:
        lines = answered(sheet.type, card.answer, Style(92, 800, "ink"), Style(42, 600, "ink"), MEASURE)
        lines = sheet.type.shortened(lines, 2, MEASURE)
    else:
        lines = sheet.fitted(card.answer.text, Style(0, 800, "ink"), range(80, 39, -4), height=150, most=2)
    blocks.append(lines)
    if card.ended:
        blocks.append(sheet.fitted(card.ended, Style(0, 700, "warn"), range(38, 25, -2), height=46, most=1))
    rest = bottom - top - sum(map(sheet.height, blocks)) - 26 * len(blocks)
    blocks.append(sheet.fitted(card.sentence, Style(0, 450, "ink"), range(46, 19, -2), height=rest, most=5))
    _stack(sheet, blocks, top, bottom)


def _title(sheet: Sheet, card: TitleCard) -> None:
    top = _head(sheet, card.platforms, card.aside) + 32
    bottom = sheet.foot(card.address, card.as_of) - 30
    most = 148 if len(card.points) > 1 else 236
    title = sheet.fitted(card.title, Style(0, 800, "ink"), range(100, 43, -4), height=most, most=3)
    if card.heading:
        top = sheet.lines(title, LEFT, top) + 30
        _points(sheet, card, top, bottom)
        return
    blocks = [title]
    rest = bottom - top - sheet.height(title) - 24
    for point in card.points:
        blocks.append(sheet.fitted(point.text, Style(0, 450, "soft"), range(40, 21, -2), height=rest, most=4))
    _stack(sheet, blocks, top, bottom)


def _points(sheet: Sheet, card: TitleCard, top: float, bottom: float) -> None:
    """The answers below each other, beside what they answer."""
    heading = sheet.fitted(card.heading, Style(0, 500, "soft"), range(32, 15, -2), width=180, height=60, most=2)
    left = LEFT + _FIRST + _GAP
    width = RIGHT - left
    blocks: list[list[Line]] = []
    for large, small, most in _POINTS:
        blocks = []
        for point in card.points:
            size, weight = (large, 800) if point.state else (small, 500)
            lines = answered(sheet.type, point, Style(size, weight, "ink"), Style(small, 500, "ink"), width)
            blocks.append(sheet.type.shortened(lines, 2, width))
        low = sum(map(sheet.height, blocks)) + 10 * (len(blocks) - 1) <= bottom - top
        if low and all(len(block) <= most for block in blocks):
            break
    if heading and blocks[0]:  # it may have no letter that can be drawn
        feet = top + sheet.type.rise(blocks[0][0])
        sheet.lines(heading, LEFT, feet - sheet.type.rise(heading[0]))
    spare = bottom - top - sum(map(sheet.height, blocks))
    gap = min(max(spare / max(len(blocks) - 1, 1), 0), 22)
    for block in blocks:
        if top + sheet.height(block) > bottom:
            break
        top = sheet.lines(block, left, top) + gap


def _stack(sheet: Sheet, blocks: Iterable[Sequence[Line]], top: float, bottom: float) -> None:
    """Blocks below each other; what is to spare goes between them, up to a measure that looks well."""
    blocks = [block for block in blocks if block]
    spare = bottom - top - sum(map(sheet.height, blocks))
    gap = min(spare / max(len(blocks) - 1, 1), 36)
    for block in blocks:
        top = sheet.lines(block, LEFT, top) + gap
