"""The styles of a page hold the rules that can apply to it, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.publish.purge import Asked, Words, used
from scripts.publish.sheet import parse, serialize

PAGE = (
    '<body class="here"><a id="top" href="https://x.example/" rel>word</a>'
    '<script>x.classList.add("made")</script></body>'
)


def left(styles: str, page: str = PAGE) -> str:
    sheet = parse(styles)
    words = Words.of_page(page, Words())
    return serialize(used(sheet, words.known(Asked.by(sheet)), [page], words))


@pytest.mark.parametrize(
    "selector",
    [
        ".here",
        "a",
        "#top",
        "*",
        "html",
        ".made",
        "[rel]",
        '[href^="https:"]',
        ".here a:hover",
        "a::before",
        "a:not(.no)",
    ],
)
def test_a_rule_that_can_apply_stays(selector: str) -> None:
    assert left(f"{selector} {{ color: red }}") == f"{selector}{{color:red}}"


@pytest.mark.parametrize("selector", [".no", "table", "#no", "[title]", '[href="mailto:"]', ".here .no", "a.no:hover"])
def test_a_rule_that_cannot_apply_goes(selector: str) -> None:
    assert left(f"{selector} {{ color: red }} @media print {{ {selector} {{ color: red }} }}") == ""


def test_of_several_selectors_those_that_apply_stay() -> None:
    assert left(".no, a , #no{color:red}") == "a{color:red}"


def test_a_condition_stays_with_the_rules_in_it_that_apply() -> None:
    styles = "@media print { .no { color: red } @supports (display: grid) { a { color: red; } } }"
    assert left(styles) == "@media print{@supports (display: grid){a{color:red}}}"


def test_properties_that_nobody_reads_go_one_after_the_other() -> None:
    styles = "html{--a:1px;--b:var(--a);--c:var(--b);--d:2px}a{margin:var( --d)}.no{margin:var(--c)}"
    assert left(styles) == "html{--d:2px}a{margin:var( --d)}"


def test_animations_that_nobody_starts_go_and_type_stays() -> None:
    styles = (
        '@charset "utf-8";@font-face{font-family:F;src:url("f.woff2")}@keyframes on{to{top:0}}@keyframes off{to{top:0}}'
        "a{animation: on 1s}"
    )
    face = '@font-face{font-family:F;src:url("f.woff2")}'
    assert left(styles) == f"{face}@keyframes on{{to{{top:0}}}}a{{animation:on 1s}}"


NAMES = st.sampled_from(["a", "b", "p", ".here", ".no", "#top", "[rel]", "a>p", ".here a"])
RULES = st.lists(
    st.tuples(st.lists(NAMES, min_size=1, max_size=3), st.sampled_from(["top:0", "--x:1", "left:var(--x)"]))
)


@given(RULES, RULES)
def test_what_is_left_reads_the_same_again_and_more_words_never_take_a_rule_away(
    outside: list[tuple[list[str], str]], inside: list[tuple[list[str], str]]
) -> None:
    def text(rules: list[tuple[list[str], str]]) -> str:
        return "".join(f"{','.join(names)}{{{body}}}" for names, body in rules)

    styles = text(outside) + (f"@media print{{{text(inside)}}}" if inside else "")
    sheet = parse(styles)
    assert serialize(sheet) == styles
    fewer, more = left(styles, "<a></a>"), left(styles)
    assert left(fewer, "<a></a>") == fewer
    assert len(fewer) <= len(more)


LIST = '<html class="no-js"><body><ul class="plain"><li><a href="#a">x</a></li></ul><details></details></body></html>'


def found(styles: str, pages: list[str], scripts: Words | None = None) -> str:
    sheet = parse(styles)
    return serialize(used(sheet, Asked.by(sheet), pages, scripts or Words()))


@pytest.mark.parametrize(
    "selector",
    [
        "ul li a",
        "ul>li:hover a::before",
        "details[open]",
        ".js .plain",
        ".made b",  # a script may make it
        "a:is(:focus,:hover)",
        ":root:not(:has(:target)) .plain",
        ":root:has(:target)",
        ":root.oi-again",
    ],
)
def test_a_selector_that_finds_something_in_a_page_stays_whatever_its_state(selector: str) -> None:
    scripts = Words(scripted={"made"})
    assert found(f"{selector}{{color:red}}", [LIST], scripts) == f"{selector}{{color:red}}"


@pytest.mark.parametrize("selector", ["ul ul", "a li", "ul:not([class])", ".plain>a", "li+li:hover"])
def test_a_selector_that_finds_nothing_in_any_of_the_pages_goes(selector: str) -> None:
    assert found(f"{selector}{{color:red}}", [LIST, "<p>x</p>"]) == ""
    assert found("p{color:red}", [LIST, "<p>x</p>"]) == "p{color:red}"


def test_type_for_some_letters_stays_if_a_page_has_one_of_them() -> None:
    face = "@font-face{font-family:x;unicode-range:U+7E,U+100-17F}"
    kept = [found(face, [html]) for html in ("<p>abc</p>", "<p>\u0142</p>", "<p>~</p>")]
    assert kept == ["", face, face]
    assert found("@font-face{font-family:x}", ["<p></p>"]) == "@font-face{font-family:x}"
