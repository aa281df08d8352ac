"""YAML that no writer means to write is a problem with its line, and never passes for nothing."""

from __future__ import annotations

import pytest

from scripts.facts.yaml_lines import parse


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 0, "the file is empty"),
        ("~\n", 0, "the file is empty"),
        ("# only words\nnull\n", 0, "the file is empty"),
        ("---\n---\na: b\n", 2, "a second document"),
        ("a: b\n---\nc: d\n", 2, "a second document"),
        ("a: b\nc: d\x00\n", 2, "a character that cannot be seen"),
        ("a: b\nc: \x07\n", 2, "a character that cannot be seen"),
        ("a:\n" + "  [" * 500, 2, "lists within lists"),
        ("a: b\nc: d\n]", 3, "did not find"),
    ],
)
def test_it_is_a_problem_with_its_line(text: str, line: int, said: str) -> None:
    document, problems = parse("x.yml", text)
    assert [problem.line for problem in problems] == [line]
    assert said in problems[0].what
    assert said.startswith("a second") or document.data is None


def test_a_number_too_long_to_be_one_stays_a_text() -> None:
    document, problems = parse("x.yml", "a: " + "9" * 5000 + "\nb: 123456789012345678\n")
    assert problems == []
    assert document.data == {"a": "9" * 5000, "b": 123456789012345678}


def test_one_document_with_its_marks_is_fine() -> None:
    document, problems = parse("x.yml", "---\na: b\n...\n")
    assert problems == []
    assert document.data == {"a": "b"}
