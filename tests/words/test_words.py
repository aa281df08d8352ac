"""Hard words are found, each where it stands, and easy ones are left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scripts.project import Project
from scripts.words import jargon
from scripts.words.check import check
from scripts.words.measure import reading, syllables
from scripts.words.prose import blocks, said
from scripts.words.steps import unclear
from tests.conftest import run_verb

GLOSSARY = "## Group {#group}\n\n### Opt out {#opt-out}\n\n*Also: opts you out.*\n\n### EEA {#eea}\n"
LONG = "Word" + " word" * 24 + " end."


def told(page: str, text: str) -> list[tuple[int, str]]:
    """What the check of jargon says about a page: the line, and the word in question."""
    found = jargon.unexplained(page, blocks(text), jargon.terms(GLOSSARY))
    return [(problem.line, problem.what.split('"')[1]) for problem in found]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A copy of everything that writers edit, without the pictures."""
    there = Project.here().docs
    return Path(shutil.copytree(there, tmp_path / "docs", ignore=shutil.ignore_patterns("assets", "screens")))


def test_our_own_words_are_plain() -> None:
    found = check(Project.here().docs)
    assert found.problems == ()
    assert found.guides.sentences > 400
    assert found.guides.grade <= 6
    assert len(found.pages) > 30


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("guides/facebook.md", "We have not seen this screen either.", LONG, "long sentence"),
        ("guides/facebook.md", "1. Click your", "1. The one is: click your", "step"),
        ("guides/facebook.md", "6. Send it.", "6. Open it and send it.", "step"),
        ("about/privacy.md", "It sets no cookies.", "Legitimate interests are no reason to be here.", "jargon"),
        ("about/privacy.md", "It sets no cookies.", "It obeys the GDPR.", "jargon"),
        ("timeline.md", "What happened, newest first.", "Organisational considerations predominate.", "grade"),
    ],
)
def test_what_is_too_hard_is_found_in_its_line(docs: Path, name: str, old: str, new: str, rule: str) -> None:
    page = docs / name
    text = page.read_text(encoding="utf-8")
    assert old in text
    before = text.count("\n", 0, text.index(old)) + 1
    page.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [(problem.file, problem.rule, problem.line) for problem in check(docs).problems]
    assert (name, rule, before) in found


def test_long_sentences_on_the_whole_are_too_much_though_each_is_short_enough(docs: Path) -> None:
    page = docs / "about" / "open-questions.md"
    page.write_text("---\ntitle: x\n---\n\n" + ("so it is " * 5 + "so.\n\n") * 3, encoding="utf-8")
    found = [problem for problem in check(docs).problems if problem.file == "about/open-questions.md"]
    assert [problem.rule for problem in found] == ["mean"]


def test_a_hard_file_of_facts_is_found(docs: Path) -> None:
    path = docs / "data" / "open-questions.yml"
    hard = "Organisational considerations notwithstanding, administrative responsibilities proliferate. " * 120
    text = path.read_text(encoding="utf-8")
    place = text.index("settle: ")
    path.write_text(text[:place] + f'settle: "{hard}"' + text[text.index("\n", place) :], encoding="utf-8")
    found = [problem for problem in check(docs).problems if problem.file == "data/open-questions.yml"]
    assert [(problem.rule, problem.line) for problem in found] == [("grade", text.count("\n", 0, place) + 1)]


def test_guides_that_are_hard_together_are_found_though_each_is_easy_enough(docs: Path) -> None:
    for page in (docs / "guides").glob("*.md"):
        front = page.read_text(encoding="utf-8").split("---\n", 2)[1]
        page.write_text(f"---\n{front}---\n\nOrdinary people are busy on every other Saturday.\n", encoding="utf-8")
    found = check(docs)
    assert 6 < found.guides.grade < 14
    assert ("guides/", "grade") in [(problem.file, problem.rule) for problem in found.problems]


def test_what_is_no_prose_of_ours_is_not_measured() -> None:
    text = (
        f'---\ndescription: {LONG}\n---\n\n> {LONG}\n\n```\n{LONG}\n```\n\n<p>{LONG}</p>\n\n--8<-- "{LONG}"\n\nDone.\n'
    )
    assert [(one.line, one.text) for block in blocks(text) for one in said(block)] == [(15, "Done.")]


def test_an_exact_label_an_address_and_code_count_as_one_word_each() -> None:
    block = next(blocks("Tap **Use my data for it**, then [a.example/b/c](https://a.example/b/c) or `x y z`.\n"))
    assert said(block)[0].text == "Tap Label, then page or code."
    quote = next(blocks("They ask: **May we do it?** Say no. **This is ours.**\n"))
    assert [one.text for one in said(quote)] == ["They ask: Label?", "Say no.", "This is ours."]


def test_a_sentence_knows_its_line_and_items_stand_for_themselves() -> None:
    text = "One is\nhere. Two is\nhere.\n- Three\n\n1. Four\n   goes on.\n"
    found = [(one.line, one.text, one.whole) for block in blocks(text) for one in said(block)]
    assert found == [
        (1, "One is here.", True),
        (2, "Two is here.", True),
        (4, "Three", False),
        (6, "Four goes on.", True),
    ]
    assert [block.step for block in blocks(text)] == [False, False, True]


def test_syllables_are_counted_and_the_grade_is_that_of_flesch_and_kincaid() -> None:
    assert [syllables(word) for word in ("cat", "paper", "company", "2026", "don't")] == [1, 2, 3, 1, 1]
    easy = [one for block in blocks("The cat sat. The dog ran.\n") for one in said(block)]
    assert reading(easy).grade == pytest.approx(0.39 * 3 + 11.8 * 1 - 15.59)
    assert reading([]).sentences == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Here you opt out. You opt out.\n", [(1, "opt out")]),
        ("# Opt out\n\nFine.\n\nIt\nopts\nyou out.\n", [(6, "opts you out")]),
        ("[Opt out](../about/glossary.md#opt-out), then opt out.\n", []),
        ("You opt out. [Opt out](../about/glossary.md#opt-out)\n", [(1, "opt out")]),
        ("[How to opt out](x.md), and **Opt out of it**, and `opt out`.\n", []),
        ("In the EU/EEA and the EEA.\n", [(1, "EEA")]),
        ("The AI, the DPA and the DPAs.\n", [(1, "DPA")]),
    ],
)
def test_jargon_is_linked_where_a_page_first_uses_it(text: str, expected: list[tuple[int, str]]) -> None:
    assert told("guides/x.md", text) == expected


def test_the_cure_can_be_pasted() -> None:
    found = list(jargon.unexplained("index.md", blocks("So opt out.\n"), jargon.terms(GLOSSARY)))
    assert "[opt out](about/glossary.md#opt-out)" in found[0].cure


def test_a_step_is_one_thing_to_do() -> None:
    text = "1. Open it.\n2. Open it, send it.\n3. Open it. Then send it.\n4. Then open it.\n\n- Nothing to do.\n"
    assert [problem.line for problem in unclear("guides/x.md", blocks(text))] == [2, 4]


def test_without_a_glossary_nothing_is_explained(docs: Path) -> None:
    (docs / jargon.GLOSSARY).unlink()
    assert "glossary" in {problem.rule for problem in check(docs).problems}


def test_everything_is_said_in_one_run_and_the_exit_code_is_1(whole: Project) -> None:
    (whole.docs / "about").mkdir(exist_ok=True)
    (whole.docs / "about" / "glossary.md").write_text(GLOSSARY, encoding="utf-8")
    (whole.docs / "hard.md").write_text(f"{LONG}\n\nYou opt out.\n\n{LONG}\n", encoding="utf-8")
    done = run_verb(whole, "words")
    assert done.returncode == 1
    places = [line.split(": ")[0] for line in done.stderr.splitlines() if line.startswith("docs/hard.md")]
    assert places == [f"docs/hard.md:{line}" for line in (1, 1, 3, 5)]
    assert "Mend it: make two of it" in done.stderr
    assert "the words are not plain enough" in done.stderr
