"""A guide and its pictures say the same, or the build stops and says where they part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scripts.facts.problems import Problem
from scripts.screens import steps
from scripts.screens.steps import Labels

PAGE = "guides/switch.md"
GUIDE = """\
---
title: Switch it off
no_screen:
  - {label: Proceed, why: No source shows it.}
---

# Switch it off {#top}

1. This list has no labels.

## Steps {#steps}

1. Open the page.
2. Look for the title **Data for
   training**.
3. Turn off **Use my data**, or press **Proceed**.
   We know it from others.

    --8<-- "guides/switch/screen/switch-on.md"

4. Check that it reads **Off**, below the heading **How we use it**.

    --8<-- "guides/switch/screen/switch-off.md"

That is **all** there is.

## If it looks different {#different}

1. Choose **Me**.

    --8<-- "guides/switch/screen/menu.md"
"""
SCREENS = {
    "switch-on": Labels(("Data for training", "Use my data"), frozenset({"How we use it"})),
    "switch-off": Labels(("Off",)),
    "menu": Labels(("Me",)),
}


def check(
    text: str = GUIDE, screens: dict[str, Labels] | None = None, unseen: tuple[str, ...] = ("Proceed",)
) -> list[Problem]:
    return steps.check(steps.read(PAGE, text, unseen), SCREENS if screens is None else screens)


def edited(old: str, new: str) -> str:
    assert GUIDE.count(old) == 1, old
    return GUIDE.replace(old, new)


def test_a_guide_that_fits_its_pictures_has_no_problems() -> None:
    assert check() == []


def test_steps_are_found_with_their_lines_labels_and_screens() -> None:
    guide = steps.read(PAGE, GUIDE)
    assert [step.line for step in guide.steps] == [9, 13, 14, 16, 21, 29]
    assert [(words.text, words.line) for step in guide.steps for words in step.bold] == [
        ("Data for training", 14), ("Use my data", 16), ("Proceed", 16), ("Off", 21), ("How we use it", 21), ("Me", 29),
    ]  # fmt: skip
    assert [(words.text, words.line) for words in guide.shown] == [("switch-on", 19), ("switch-off", 23), ("menu", 31)]


@pytest.mark.parametrize(
    ("old", "new", "rule", "line", "said"),
    [
        # A step says something that its picture does not.
        ("**Off**", "**off**", "label without picture", 21, 'did you mean "Off"'),
        ("**Off**", "**off**", "mark without words", 23, 'did you mean "off"'),
        ("Open the page.", "**Open the page.**", "label without picture", 13, "bold is for exact labels only"),
        ("1. This list", "1. **This** list", "label without picture", 9, "no_screen"),
        ("Choose **Me**", "Choose **Me**, then **You**", "label without picture", 29, "mark it on one of them"),
        # A picture marks something that its step does not say.
        ("**Use my data**", "the switch", "mark without words", 19, "**Use my data**"),
        ("**Data for\n   training**", "the\n   data", "mark without words", 19, "**Data for training**"),
        # The picture went, or came to the wrong place.
        ('    --8<-- "guides/switch/screen/menu.md"\n', "", "label without picture", 29, "no picture shows it"),
        ("    --8<-- \"guides/switch/screen/menu", "--8<-- \"guides/switch/screen/menu", "screen astray", 31, "four"),
        ("screen/menu.md", "screen/switch-on.md", "double screen", 31, "line 19"),
        # An excuse that nobody needs.
        (", or press **Proceed**", "", "needless excuse", 4, "no_screen"),
    ],
)  # fmt: skip
def test_where_guide_and_picture_part_the_line_is_named(old: str, new: str, rule: str, line: int, said: str) -> None:
    found = [problem for problem in check(edited(old, new)) if problem.rule == rule]
    assert [(problem.file, problem.line) for problem in found] == [(PAGE, line)]
    assert said in found[0].what + found[0].cure


def test_a_label_that_changes_on_the_screen_is_missed_in_the_guide() -> None:
    renamed = SCREENS | {"menu": Labels(("Menu",))}
    assert [(problem.rule, problem.line) for problem in check(screens=renamed)] == [
        ("label without picture", 29), ("mark without words", 31),
    ]  # fmt: skip


def test_a_picture_serves_the_steps_since_the_one_before_it_and_no_others() -> None:
    late = SCREENS | {"switch-off": Labels(("Off", "Use my data"))}
    (problem,) = check(screens=late)
    assert (problem.rule, problem.line) == ("mark without words", 23)


def test_an_excuse_for_a_label_that_a_picture_of_the_section_shows_is_needless() -> None:
    shown = SCREENS | {"switch-on": replace(SCREENS["switch-on"], other=frozenset({"How we use it", "Proceed"}))}
    assert [problem.rule for problem in check(screens=shown)] == ["needless excuse"]


def test_a_screen_that_does_not_exist_is_not_blamed_on_the_words_as_well() -> None:
    assert check(screens={name: labels for name, labels in SCREENS.items() if name != "menu"}) == []


def test_all_that_is_wrong_comes_in_one_run() -> None:
    text = edited("**Off**", "**off**").replace("**Me**", "**You**").replace("Open the page", "**Open**")
    assert {problem.line for problem in check(text, unseen=("Proceed", "Nobody"))} == {1, 13, 21, 23, 29, 31}
