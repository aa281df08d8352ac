"""Cards to test with: those of the real facts, and made-up ones that are as unruly as texts can be."""

from __future__ import annotations

import functools

from hypothesis import strategies as st

from scripts.facts.label import Said
from scripts.facts.model import STATES
from scripts.facts.resolve import Resolver
from scripts.project import Project
from scripts.publish import card_colours, cards
from scripts.publish.card_colours import Colours
from scripts.publish.card_draw import Press
from scripts.publish.card_sheet import Sheet
from scripts.publish.card_text import ClaimCard, Column, Content, LabelCard, Named, TitleCard
from tests.facts.test_real_data import TODAY
from tests.real import real_facts

SITE_URL = "https://opted-in.example/"
FONT = (Project.here().docs / cards.FONT).read_bytes()


@functools.cache
def colours() -> Colours:
    return card_colours.read((Project.here().docs / card_colours.STYLES).read_text(encoding="utf-8"))


@functools.cache
def press() -> Press:
    return Press(FONT, colours())


@functools.cache
def resolver() -> Resolver:
    return Resolver(real_facts(TODAY))


@functools.cache
def real() -> dict[str, Content]:
    """The cards of all regions and claims."""
    return {card.address: card.content for card in cards.of_facts(resolver(), SITE_URL)}


@functools.cache
def composed() -> dict[str, Sheet]:
    """The same with everything in its place."""
    return {address: press().compose(content) for address, content in real().items()}


def words(content: Content) -> list[str]:
    """Every word that is drawn, where a day and its month count as two."""
    return drawn(press().compose(content))


def drawn(sheet: Sheet) -> list[str]:
    """The same of a card that is composed already."""
    return " ".join(put.word.text for put in sheet.puts).split()


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
_word = st.one_of(
    st.sampled_from(["a", "AI", "posts,", "résumés", "Ångström", "ÇÅÉ", "ĂŒ", "Łódź", "3", "November", "中文", LONG]),
    st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=24),
    st.text("WMÅ", min_size=1, max_size=90),
)
text = st.lists(_word, max_size=14).map(" ".join)
some = st.lists(_word, min_size=1, max_size=14).map(" ".join)
short = st.lists(_word, max_size=6).map(" ".join)
named = st.builds(Named, some, st.sampled_from(["square", "circle", "triangle", "diamond"]))


@st.composite
def said(draw: st.DrawFn) -> Said:
    state = draw(st.sampled_from([*STATES, None]))
    lead = {"yes": "Yes", "no": "No", "depends": "Depends", "unchecked": "Not checked"}.get(state or "")
    return Said(state, lead or (f"{draw(some)} does not say" if state else draw(some)), draw(short))


@st.composite
def labels(draw: st.DrawFn) -> LabelCard:
    rows = draw(st.integers(1, 7))
    column = st.builds(Column, named, st.tuples(*[said()] * rows), text)
    columns = draw(st.lists(column, min_size=1, max_size=2))
    return LabelCard(draw(some), draw(some), draw(st.tuples(*[some] * rows)), tuple(columns), draw(some))


claims = st.builds(ClaimCard, named, text, text, said(), text, text, text, some)
_plain = st.builds(Said, st.none(), text, st.just(""))
_places = st.lists(said(), min_size=1, max_size=5).map(tuple)
titles = st.one_of(
    st.builds(
        TitleCard, st.tuples(named), text, some, some, st.lists(said(), min_size=1, max_size=5).map(tuple), text, some
    ),
    st.builds(TitleCard, st.tuples(named, named), text, some, st.just(""), st.tuples(_plain), text, some),
)
contents = st.one_of(labels(), claims, titles)
