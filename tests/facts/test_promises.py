"""The ledgers of addresses are read as they are written, and every wrong line is told with its number."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.facts import promises
from scripts.facts.promises import IDS, URLS, Address, Entry

SAFE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
PATHS = st.lists(SAFE.filter(lambda part: "/" not in part), max_size=3).map(
    lambda parts: "".join(f"{p}/" for p in parts)
)


@given(st.dictionaries(st.tuples(PATHS, SAFE), st.none() | SAFE, max_size=6))
def test_whatever_is_written_is_read_again(wanted: dict[tuple[str, str], str | None]) -> None:
    entries = [Entry(Address(path, name), Address("there/", to) if to else None) for (path, name), to in wanted.items()]
    found, problems = promises.parse(promises.text_of(entries, IDS), IDS)
    assert problems == []
    assert {(old.path, old.id): entry.to.id if entry.to else None for old, entry in found.items()} == wanted


def test_a_ledger_is_plain_text_with_its_rules_at_its_head() -> None:
    text = promises.text_of([Entry(Address("b/"), Address("a b/")), Entry(Address(""))], URLS)
    head, body = text.split("\n\n")
    assert all(line.startswith("# ") for line in head.splitlines())
    assert "Never take a line out" in head
    assert body == "/\n/b/ -> /a%20b/\n"


def test_a_remark_stays_with_its_entry() -> None:
    text = promises.text_of([Entry(Address("a/"))], URLS) + "# split in 2027\n/b/ -> /a/\n"
    entries, problems = promises.parse(text, URLS)
    assert problems == []
    again = promises.text_of(entries.values(), URLS)
    assert again == text
    assert entries[Address("b/")].line == text.count("\n")


@pytest.mark.parametrize(
    ("name", "text", "line", "rule"),
    [
        (URLS, "/a/\nb/\n", 2, "entry"),
        (URLS, "//a/\n", 1, "entry"),
        (URLS, "/a/ -> b/\n", 1, "entry"),
        (URLS, "/a/#b\n", 1, "entry"),
        (IDS, "/a/\n", 1, "entry"),
        (URLS, "/a/\n/a/ -> /b/\n", 2, "twice"),
        (URLS, "/b/\n/a/\n", 0, "order"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(name: str, text: str, line: int, rule: str) -> None:
    _, problems = promises.parse(text, name)
    assert [(problem.file, problem.line, problem.rule) for problem in problems] == [
        (f"docs/ledgers/{name}", line, rule)
    ]
    assert all(problem.cure for problem in problems)


def ledgers(docs: Path, urls: str, ids: str = "") -> list[tuple[str, int]]:
    (docs / "ledgers").mkdir(parents=True)
    (docs / "ledgers" / URLS).write_text(urls)
    (docs / "ledgers" / IDS).write_text(ids)
    _, problems = promises.read(docs)
    return [(problem.rule, problem.line) for problem in problems]


@pytest.mark.parametrize(
    ("urls", "ids", "expected"),
    [
        ("/a/ -> /b/\n/b/\n", "/a/#x -> /b/#y\n", []),
        ("/a/ -> /b/#x\n/b/\n", "", []),
        ("/a/ -> /a/\n", "", [("loop", 1)]),
        ("/a/ -> /b/\n/b/ -> /a/\n", "", [("loop", 1), ("loop", 2)]),
        ("/a/ -> /b/\n/b/ -> /c/\n/c/\n", "", [("chain", 1)]),
        ("/b/ -> /c/\n/c/\n", "/a/#x -> /b/#x\n", [("chain", 1)]),
        ("", "/a/#x -> /a/#y\n/a/#y -> /a/#z\n", [("chain", 1)]),
        ("", "/a/#x -> /a/#x\n", [("loop", 1)]),
    ],
)
def test_nobody_is_led_on_twice_or_in_a_circle(
    tmp_path: Path, urls: str, ids: str, expected: list[tuple[str, int]]
) -> None:
    assert ledgers(tmp_path, urls, ids) == expected


def test_the_cure_for_a_chain_names_its_end(tmp_path: Path) -> None:
    ledgers(tmp_path, "/b/ -> /c/\n/c/\n", "/a/#x -> /b/#x\n")
    _, (problem,) = promises.read(tmp_path)
    assert problem.cure == "write: /a/#x -> /c/#x"


def test_without_ledgers_nothing_is_promised(tmp_path: Path) -> None:
    assert promises.read(tmp_path) == (promises.Promises(), [])
