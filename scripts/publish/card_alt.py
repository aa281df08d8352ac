"""What does somebody hear who cannot see a card?

The same facts as on it, in 20 to 125 characters: as many as fit, the most important first. Not the page's title alone,
which is read aloud beside it anyway.
"""

from __future__ import annotations

from typing import assert_never

from scripts.facts.label import NAMELESS, Said
from scripts.facts.prose import listed
from scripts.publish.card_text import ClaimCard, Content, LabelCard, TitleCard

LEAST, MOST = 20, 125
_ROWS = (0, 3, 4, 2)  # of the label, counted from 0: in unless you act, way out, reaches back, private messages


def alt_text(content: Content) -> str:
    """The alternative text of a card.

    Args:
        content: what the card says.

    Returns:
        20 to 125 characters.
    """
    match content:
        case LabelCard():
            text = _label(content)
        case ClaimCard():
            text = _claim(content)
        case TitleCard():
            text = _title(content)
        case _:
            assert_never(content)
    text = _cut(" ".join(text.split()))
    return text if len(text) >= LEAST else f"A card of Opted In: {text}"


def _label(card: LabelCard) -> str:
    """Row by row, both platforms, as long as there is room."""
    names = listed([column.platform.name for column in card.columns])
    text = f"{names}, {card.region}."
    for row in (number for number in _ROWS if number < len(card.wordings)):
        answers = [column.answers[row] for column in card.columns]
        longer = _with(text, f"{card.wordings[row].rstrip('?')}? {_row(card, answers)}.")
        if longer == text:
            return text  # a row that matters less must not stand in for one that matters more
        text = longer
    return text


def _row(card: LabelCard, answers: list[Said]) -> str:
    words = [NAMELESS[answer.state] if answer.state else answer.lead for answer in answers]
    if len(set(words)) == 1 and len(words) == 2:
        return f"{words[0]} for both"
    said = (word.lower() if answer.state else word for word, answer in zip(words, answers, strict=True))
    return ", ".join(f"{column.platform.name} {word}" for column, word in zip(card.columns, said, strict=True))


def _claim(card: ClaimCard) -> str:
    text = f"{card.platform.name}, {card.region}. {card.question} {card.answer.lead}."
    if card.ended:
        text = f"{card.ended.split(':')[0]}. {text}"
    if card.answer.more:
        text = _with(text[:-1], f"({card.answer.more}).", otherwise=".")
    return _with(text, f"{card.as_of}.")


def _title(card: TitleCard) -> str:
    text = card.title if card.title.endswith(("?", ".", "!")) else f"{card.title}."
    if card.heading:
        where = [f"{point.lead.lower()}, {point.more}" if point.state else point.lead for point in card.points]
        text = _with(text, f"{card.heading}: {'; '.join(where)}.", otherwise=f" {card.heading}: {where[0]}.")
        return _with(text, f"{card.as_of}.")
    return f"{text} {' '.join(point.text for point in card.points)}"


def _with(text: str, more: str, *, otherwise: str = "") -> str:
    """A text with more of it, if that fits."""
    longer = f"{text} {more}"
    return longer if len(longer) <= MOST else text + otherwise


def _cut(text: str) -> str:
    """A text of at most so many characters, cut between words, or within one that is longer than that."""
    if len(text) <= MOST:
        return text
    kept = text[:MOST]
    at = kept.rfind(" ", LEAST)
    return (kept[:at] if at > 0 else kept[: MOST - 1]).rstrip(" .,;:") + "…"
