"""Words stay the same words whatever they are written into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from scripts.facts import prose


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_are_said_as_people_say_them(items: list[str], said: str) -> None:
    assert prose.listed(items) == said


@given(st.text(st.sampled_from("ab1.)*_`[](){}#!|<>&~+-=\\:; "), min_size=1).filter(str.strip))
def test_no_sign_becomes_a_mark_in_markdown(words: str) -> None:
    body = LexborHTMLParser(MarkdownIt("commonmark").render(prose.escaped(words.strip()))).body
    assert body and body.text().split() == words.split()
    assert {node.tag for node in body.traverse()} <= {"body", "p"}


SIGNS = st.lists(st.sampled_from("<>&\"'/!-[]#=*a "), max_size=30).map("".join)


@given(st.text() | SIGNS)
def test_no_text_becomes_an_element_other_than_bold(text: str) -> None:
    made = LexborHTMLParser(f"<p title='{prose.markup(text)}'>{prose.markup(text)}</p>")
    assert {node.tag for node in made.css("body *")} <= {"p", "strong"}
    assert list(made.css("p")[0].attributes) == ["title"]
