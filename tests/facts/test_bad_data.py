"""Every rule refuses one example, and says where and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.facts.load import load
from scripts.facts.problems import BadData, Problem
from tests.facts.small import FILES, TODAY, edited, write

LONG = "word " * 31 + "end."

# ruff: noqa: E501  (a table is easier to read with one line an example)
# What breaks: which file, what is replaced by what, the rule that must speak, the line, and a word of the cure.
EXAMPLES = {
    "a duplicate id": ("claims", "id: ac-since", "id: ac-default", "duplicate id", 21, "another id"),
    "an id with the wrong prefix": ("claims", "id: ac-since", "id: xx-since", "id prefix", 21, "prefix"),
    "an id with a capital": ("claims", "id: ac-since", "id: ac-Since", "id", 21, "small letters"),
    "an unknown source": ("claims", "[s-policy, s-press]", "[s-policy, s-pres]", "unknown source", 17, "source"),
    "an unknown question": ("claims", "question: since", "question: sinse", "unknown question", 22, "question"),
    "an unknown region": ("claims", "regions: [eu]", "regions: [ue]", "unknown region", 13, "region"),
    "an unknown product": ("claims", "regions: [eu]", "regions: [eu]\n    products: [fax]", "unknown product", 14, "product"),
    "a state without quotes": ("claims", 'state: "yes"', "state: yes", "state", 5, "quotes"),
    "a boolean as a state": ("claims", 'state: "yes"', "state: true", "state", 5, "quotes"),
    "a state that is none of the five": ("claims", 'state: "yes"', 'state: "maybe"', "state", 5, '"yes", "no"'),
    "a claim without a source": ("claims", "sources: [s-policy, s-press]", "sources: []", "record", 11, "add sources"),
    "a check in the future": ("claims", "checked: 2026-08-22", "checked: 2027-08-22", "future date", 10, "correct"),
    "a publication in the future": ("sources", "2026-01-02", "2027-01-02", "future date", 7, "correct"),
    "an event in the future": ("events", "date: 2026-01-02", "date: 2026-12-02", "future date", 3, "correct"),
    "a day that does not exist": ("claims", "checked: 2026-08-22", "checked: 2026-02-30", "checked", 10, "that there is"),
    "from after until": ("claims", "from: 2026-01-01", "from: 2026-01-01\n    until: 2025-01-01", "record", 11, "one of the two dates"),
    "an address that is not https": ("sources", "https://acme", "http://acme", "address", 6, "https://"),
    "a shortened address": ("sources", "example/policy", "example/pol…", "address", 6, "https://"),
    "a source without an address": ("sources", "    address: https://acme.example/policy\n", "", "record", 2, "add address"),
    "HTML in a text": ("claims", "uses what you post", "uses <b>what</b> you post", "sentence", 7, "plain words"),
    "a script in a text": ("claims", "uses what you post", "<script>hurt()</script>", "sentence", 7, "plain words"),
    "a script as an address": ("sources", "https://acme.example/policy", "javascript:hurt()", "address", 6, "https://"),
    "data as an address": ("sources", "https://acme.example/policy", "'data:text/html,x'", "address", 6, "https://"),
    "an address that ends an attribute": ("sources", "example/policy", "example/\"onload=hurt()", "address", 6, "https://"),
    "an address with somebody's name in it": ("sources", "acme.example/policy", "acme.example@evil.example/x", "address", 6, "https://"),
    "words that run backwards": ("claims", "uses what you post", "uses \u202ewhat you post", "sentence", 7, "delete it"),
    "words that run backwards, spelled in YAML": ("claims", "Acme uses what you post.", '"Acme uses \\u2067what you post."', "sentence", 7, "delete it"),
    "a title of a source that runs backwards": ("sources", "title: Policy", "title: Pol\u202eicy", "title", 3, "delete it"),
    "an address with a sign that nobody sees": ("sources", "example/policy", "example/pol\u200bicy", "address", 6, "delete it"),
    "a title of a guide that runs backwards": ("guides", "title: Switch", "title: \u2066Switch", "title", 2, "delete it"),
    "a region with a sign that nobody sees": ("regions", "name: Germany", "name: Ger\ufeffmany", "name", 4, "delete it"),
    "a sentence over 30 words": ("claims", "Acme uses what you post.", LONG, "sentence", 7, "30 words"),
    "two sentences in one": ("claims", "Acme uses what you post.", "It does. It will.", "record", 2, "into note"),
    "seven words where six is the limit": ("claims", "unless you act", "one two three four five six seven", "short", 6, "fewer words"),
    "a label that does not end": ("claims", "uses what you post", "uses **what you post", "sentence", 7, "two after it"),
    "a sentence that is empty": ("claims", "sentence: Acme uses what you post.", "sentence:", "sentence", 7, "write it"),
    "a list that is empty": ("claims", "regions: [eu]", "regions: []", "regions", 13, "at least one"),
    "a sentence without an end": ("claims", "Acme uses what you post.", "Acme uses what you post", "record", 2, "full stop"),
    "a source that is named twice": ("claims", "[s-policy, s-press]", "[s-policy, s-policy]", "sources", 17, "delete one"),
    "a source that is no list": ("claims", "sources: [s-policy, s-press]", "sources: s-policy", "sources", 17, "[s-policy]"),
    "a number where words are asked for": ("claims", "sentence: Acme uses what you post.", "sentence: 7", "sentence", 7, "quotes"),
    "a colon in words without quotes": ("claims", "sentence: Acme uses what you post.", "sentence: It says: all.", "yaml", 7, "in quotes"),
    "a copy that is older than the text": ("sources", "published: 2026-01-02", "published: 2026-01-02\n    retrieved: 2025-12-31", "order of dates", 8, "one of the two"),
    "a check that is put off for years": ("claims", "checked: 2026-08-22", "checked: 2026-08-22\n    recheck: 2126-01-01", "order of dates", 11, "earlier"),
    "an unknown key": ("claims", "evidence: read", "evidense: read", "unknown key", 9, 'did you mean "evidence"'),
    "a missing key": ("claims", "    evidence: read\n", "", "missing key", 2, "evidence"),
    "a key that comes twice": ("claims", "evidence: read", "evidence: read\n    evidence: read", "double key", 10, "one of the two"),
    "a tab": ("claims", "    state:", "\tstate:", "tab", 5, "spaces"),
    "an alias": ("claims", "sources: [s-policy]\n    evidence: read\n    checked: 2026-08-22\n  - id: ac-default-eu", "sources: &one [s-policy]\n    evidence: read\n    checked: 2026-08-22\n    products: *one\n  - id: ac-default-eu", "yaml", 11, "write the value out"),
    "broken YAML": ("claims", "regions: [world]", "regions: [world", "yaml", 5, "YAML"),
    "two claims for one question, region and time": (
        "claims", "regions: [eu]", "regions: [eu, world]", "two claims", 11, "different"
    ),
    "a claim that ends, and nothing after it": ("claims", "checked: 2026-08-22\n  - id: ac-default-eu", "checked: 2026-08-22\n    until: 2027-01-31\n  - id: ac-default-eu", "gap", 11, "the statement that holds then"),
    "a state where a date is asked for": ("claims", "value: 2025-11", 'state: "yes"', "answer", 24, "value"),
    "a value where a state is asked for": ("claims", 'state: "no"', "value: perhaps", "answer", 14, "state"),
    "a value that is no date": ("claims", "value: 2025-11", "value: lately", "answer", 24, "date"),
    "a row of the label without words": ("claims", "    short: it asks first\n", "", "label", 11, "short"),
    "evidence that nobody read": ("claims", "sources: [s-policy, s-press]", "sources: [s-press]", "evidence", 18, "reported"),
    "a region that is its own ancestor": ("regions", "parent: world, page: true}\n  - {id: de", "parent: de, page: true}\n  - {id: de", "region tree", 3, "parent"),
    "a second root": ("regions", "place: in Germany, parent: eu", "place: in Germany", "region tree", 4, "parent"),
    "an unknown group": ("questions", "group: in, wording: \"In", "group: inn, wording: \"In", "unknown group", 4, "group"),
    "a limit that hangs on an unknown question": (
        "questions", "help: Help., answer: state, label: 1", 'help: Help., answer: state, label: 1, limit: {place: 1, state: "no", wording: X, only_where: sinse}', "unknown question", 4, "correct the id"
    ),
    "a source that nothing rests on": ("sources", "    via: [s-policy]\n", "    via: [s-policy]\n  - {id: s-x, title: X, publisher: X, kind: press, no_address: None., read: part}\n", "unused source", 16, "delete"),
    "a place in the label that is taken": (
        "questions", "help: Help., answer: date", "help: Help., answer: date, label: 1, label_wording: X", "label", 5, "another"
    ),
    "a guide with an unknown claim": ("guides", "does: [ac-default]", "does: [ac-defalt]", "unknown claim", 12, "claim"),
    "a guide without front matter": ("guides", "---\ntitle", "title", "front matter", 1, "---"),
    "a way in short whose label no step has": ("guides", "off.}", "off in **Trane**.}", "way in short", 15, 'did you mean "Train"'),
    "a step whose label changed, and not in the way in short": ("guides", "2. Turn **Train**", "2. Turn **Learn**", "way in short", 15, "as the guide has them"),
    "a way in short of a heading that there is not": ("guides", "{steps: ", "{stairs: ", "way in short", 15, "under one of steps"),
    "a side that is nobody": ("disagreements", ", who: Some blogs", "", "sides", 7, "add sources"),
}  # fmt: skip


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(BadData) as caught:
        load(folder, TODAY)
    return caught.value.problems


def test_the_small_set_of_facts_is_right_to_begin_with(tmp_path: Path) -> None:
    facts = load(write(tmp_path), TODAY)
    assert set(facts.claims) == {"ac-default", "ac-default-eu", "ac-since"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_bad_data_is_refused_with_file_line_rule_and_cure(name: str, tmp_path: Path) -> None:
    key, old, new, rule, line, cure = EXAMPLES[name]
    found = problems(write(tmp_path, **edited(key, old, new)))
    expected = [p for p in found if p.rule == rule and p.line == line]
    assert expected, "\n".join(map(str, found))
    assert cure in expected[0].cure
    assert str(expected[0]).startswith(f"{expected[0].file}:{line}: ")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert any(p.rule == "empty" and p.file == "data/events.yml" for p in problems(write(tmp_path, events="")))


def test_a_file_with_no_records_is_refused(tmp_path: Path) -> None:
    assert any(p.rule == "empty" for p in problems(write(tmp_path, events="events: []\n")))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "data/events.yml").unlink()
    assert any(p.rule == "missing" for p in problems(tmp_path))


def test_a_file_that_nothing_reads_is_refused(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "data/event.yml").write_text("events: []\n")
    assert any(p.rule == "stray file" for p in problems(tmp_path))


def test_bytes_that_are_not_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    write(tmp_path)
    path = tmp_path / "data/events.yml"
    path.write_bytes(path.read_bytes().replace(b"It starts.", b"It st\xe9rts."))
    assert any(p.rule == "utf-8" and p.line == 5 for p in problems(tmp_path))


def test_an_id_that_was_published_and_is_gone_is_refused_with_the_nearest_new_one(tmp_path: Path) -> None:
    changes = edited("claims", "id: ac-since", "id: ac-since-when") | edited("guides", "[ac-since]", "[ac-since-when]")
    write(tmp_path, **changes)
    (tmp_path / "data/ids.txt").write_text("ac-default\nac-since\n")
    (found,) = problems(tmp_path)
    assert (found.rule, found.file, found.line) == ("changed id", "data/ids.txt", 2)
    assert 'did you mean "ac-since-when"' in found.what


def test_a_file_that_cannot_be_read_is_the_only_thing_reported(tmp_path: Path) -> None:
    write(tmp_path, **edited("claims", "    state:", "\tstate:"))
    (tmp_path / "data/ids.txt").write_text("ac-default\n")
    assert [p.rule for p in problems(tmp_path)] == ["tab"]


def test_a_record_that_is_wrong_is_not_called_missing_as_well(tmp_path: Path) -> None:
    write(tmp_path, **edited("claims", 'state: "yes"', "state: yes"))
    (tmp_path / "data/ids.txt").write_text("ac-default\n")
    (found,) = problems(tmp_path)
    assert found.rule == "state"


def test_claims_of_no_platform_are_refused(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "data/claims/acme.yml").rename(tmp_path / "data/claims/acne.yml")
    assert any(p.rule == "unknown platform" and 'did you mean "acme"' in p.what for p in problems(tmp_path))


def test_all_errors_of_all_files_come_in_one_run(tmp_path: Path) -> None:
    changes = edited("claims", 'state: "yes"', "state: yes") | edited("events", "kind: company", "kind: compeny")
    changes |= edited("sources", "https://acme", "http://acme") | edited("regions", "id: de", "id: DE")
    files = {problem.file for problem in problems(write(tmp_path, **changes))}
    assert files >= {"data/claims/acme.yml", "data/events.yml", "data/sources/acme.yml", "data/regions.yml"}


def test_a_quoted_bare_word_is_fine_outside_of_states(tmp_path: Path) -> None:
    load(write(tmp_path, **edited("claims", "short: unless you act", 'short: "yes"')), TODAY)


def test_every_file_of_the_small_set_is_broken_by_some_example() -> None:
    broken = {key for key, *_ in EXAMPLES.values()}
    kinds = {name.removeprefix("data/").split("/")[0].removesuffix(".yml").replace("-", "_") for name in FILES}
    assert kinds - broken <= {"platforms", "open_questions"}
