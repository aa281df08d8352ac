"""Pages get the fragments that they ask for, and nothing is asked for in vain or left out."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest

from scripts.facts.load import load
from scripts.facts.problems import Problem
from scripts.facts.resolve import Resolver
from scripts.pages import fragments, includes, words
from scripts.pages.includes import Wanted
from tests.facts.small import TODAY, edited, write

URL = "https://example.org/"


@pytest.fixture
def resolver(tmp_path: Path) -> Resolver:
    return Resolver(load(write(tmp_path), TODAY))


def make(resolver: Resolver, page: str, part: str) -> tuple[str | None, list[Problem]]:
    want = Wanted(page, part, 7)
    made, problems = fragments.render(resolver, [want], URL)
    return made.get(want.name), [problem for problem in problems if problem.rule == "fragment"]


def test_a_page_may_ask_only_for_fragments_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('# A\n\n--8<-- "a/timeline.md"\n--8<-- "b/timeline.md"\n')
    wanted, (problem,) = includes.scan(tmp_path)
    assert wanted == [Wanted("a.md", "timeline", 3)]
    assert (problem.file, problem.line) == ("a.md", 4)
    assert '"a/' in problem.cure


@pytest.mark.parametrize(
    ("part", "cure"),
    [
        ("timelime", "timeline"),
        ("labels/eua", "eu"),
        ("claims/acne", "acme"),
        ("claim/ac-sinse", "ac-since"),
        ("in-short/switch/step", "steps"),
    ],
)
def test_an_unknown_fragment_names_its_line_and_the_nearest_known_one(resolver: Resolver, part: str, cure: str) -> None:
    text, (problem,) = make(resolver, "a.md", part)
    assert text is None
    assert (problem.file, problem.line) == ("a.md", 7)
    assert cure in problem.cure


def test_the_way_in_short_begins_with_the_direct_address_of_the_steps(resolver: Resolver) -> None:
    text, problems = make(resolver, "compare/eu.md", "in-short/switch/steps")
    assert not problems
    assert text is not None
    assert '<a href="https://acme.example/settings">' in text
    assert text.strip().endswith("Turn <strong>Train</strong> off.</span>")


def test_facts_that_no_page_shows_are_a_problem(resolver: Resolver) -> None:
    _, problems = fragments.render(resolver, [], URL)
    unused = {problem.what for problem in problems if problem.rule == "unused fragment"}
    assert len(unused) == len(problems) == len(fragments.required(resolver))
    assert 'no page shows "claims/acme"' in unused
    assert 'no page shows "guides/switch/reach"' in unused
    assert 'no page shows "in-short/switch/steps"' in unused


def test_what_a_data_file_says_is_shown_as_text_and_never_as_markup(tmp_path: Path) -> None:
    changes = edited("claims", "Acme uses what you post.", '"A < B & [x](javascript:y) {#z} `c` **Label**."')
    text, _ = make(Resolver(load(write(tmp_path, **changes), TODAY)), "policies/acme.md", "claims/acme")
    assert text is not None
    assert "A &lt; B &amp; [x](javascript:y) {#z} `c` <strong>Label</strong>." in text


def test_a_title_is_shown_as_text_and_never_as_markdown(tmp_path: Path) -> None:
    changes = edited("events", "title: Start", "title: '''A'' *b* [x](javascript:y) `c` {#z} <'")
    source, _ = make(Resolver(load(write(tmp_path, **changes), TODAY)), "timeline.md", "timeline")
    assert source is not None
    html = markdown.markdown(source, extensions=["attr_list", "md_in_html"])
    assert """<h3 id="e-2026-01-start">'A' *b* [x](javascript:y) `c` {#z} &lt;</h3>""" in html


def test_the_label_says_state_short_words_as_of_date_and_address(resolver: Resolver) -> None:
    text, _ = make(resolver, "compare/eu.md", "labels/eu")
    assert text is not None
    plain = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    assert "In? No : it asks first" in plain
    assert "As of 22 August 2026" in plain
    assert "example.org/compare/eu" in plain


def test_what_cannot_be_stopped_is_said_flatly_only_if_it_was_read_and_not_where_it_is_moot(tmp_path: Path) -> None:
    def said(region: str, limit: str, evidence: str = "read") -> str:
        line = f'label: 1, limit: {{place: 1, state: "yes", wording: Use of posts{limit}}}'
        files = {**edited("questions", "label: 1", line), **edited("claims", "evidence: read", f"evidence: {evidence}")}
        text, _ = make(Resolver(load(write(tmp_path, **files), TODAY)), f"compare/{region}.md", f"limits/{region}")
        assert text is not None
        return " ".join(re.sub(r"<[^>]+>", " ", text).split())

    assert "Goes on: Use of posts" in said("us", "")
    assert "We are not sure if you can stop 1 thing Use of posts" in said("us", "", "inferred")
    assert "Use of posts" not in said("eu", "")
    assert "Use of posts" in said("us", ", only_where: default")
    assert "Use of posts" not in said("eu", ", only_where: default", "inferred")


def test_two_rules_for_under_18s_that_read_alike_are_one_line(tmp_path: Path) -> None:
    asked = [
        f'  - {{id: under-18-{x}, group: in, wording: "{x}?", help: Help., answer: state}}\n'
        for x in ("posts", "chats")
    ]
    files = edited("questions", "answer: text}\n", "answer: text}\n" + "".join(asked))
    claim = """\
  - {id: ac-18, question: under-18-posts, regions: [us], state: "no", short: it says so, sentence: It does not.,
     sources: [s-policy], evidence: read, checked: 2026-08-22}
"""
    files |= edited("claims", "claims:\n", "claims:\n" + claim)
    resolver = Resolver(load(write(tmp_path, **files), TODAY))
    us, _ = make(resolver, "compare/us.md", "under-18/us")
    eu, _ = make(resolver, "compare/eu.md", "under-18/eu")
    assert us is not None and us.count("<li>") == 2
    assert eu is not None and eu.count("<li>") == 1
    assert "posts, profile and chats with the AI" in eu


def test_an_inherited_answer_says_where_it_comes_from(resolver: Resolver) -> None:
    (answer,) = resolver.answers("acme", "de", "default")
    assert words.inheritance(answer) == "EU/EEA rule, applies in Germany"
