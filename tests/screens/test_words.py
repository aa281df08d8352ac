"""What stands beside a picture, and instead of it, is made from its spec and promises no more than we know."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.facts.fields import sentences
from scripts.screens import words
from scripts.screens.model import Spec

SPEC: dict[str, Any] = {
    "schema": 1,
    "kind": "schematic",
    "platform": "acme",
    "surface": "web",
    "language": "en",
    "title": "the switch, shown On",
    "sources": ["s-policy"],
    "labels": "reported",
    "captured": "2026-11-22",
    "verified": "2026-03",
    "review_by": "2027-05-22",
    "page": "acme.html",
    "viewport": [760, 480],
    "marks": [
        {"at": "title", "draw": "underline", "say": "The title **Data** for A < B", "label": "Data"},
        {"at": "switch", "say": "The switch. Turn it **Off**"},
    ],
}


def spec(**changes: Any) -> Spec:
    return Spec.model_validate({key: value for key, value in {**SPEC, **changes}.items() if value is not None})


def test_the_text_for_those_who_do_not_see_names_the_kind_the_title_and_each_mark() -> None:
    assert words.alt(spec()) == "Schematic re-creation of the switch, shown On. Marked: 1 Data; 2 The switch."
    shot = spec(kind="screenshot", page=None, viewport=None)
    assert words.alt(shot).startswith("Screenshot of the switch, shown On.")


def test_a_text_that_would_be_too_long_says_how_many_marks_there_are() -> None:
    many = [{"at": f"a{n}", "say": "Something that takes many words to say."} for n in range(4)]
    assert words.alt(spec(marks=many)).endswith("shown On, with 4 numbered marks that a list explains.")
    longer = "a page of settings with six rows and a heading over them, on a screen that is wide"
    assert words.alt(spec(title=longer, marks=many)).endswith("that is wide, with 4 numbered marks.")
    assert words.alt(spec(title=longer + ", or very nearly as wide", marks=many)).endswith("nearly as wide.")


def test_a_text_of_ones_own_is_used_as_it_is() -> None:
    own = "Schematic re-creation of a switch, with everything else left out"
    assert words.alt(spec(alt=own)) == own
    assert list(words.faults(spec(alt=own))) == []


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        ({"alt": "Schematic re-creation: too short"}, "alt", "32 characters"),
        ({"alt": "Schematic re-creation of " + "x" * 126}, "alt", "151 characters"),
        ({"title": "x" * 130}, "title", "156 characters"),
        ({"alt": "A screenshot of the switch, which it is not, shown On"}, "alt", "Schematic re-creation"),
        ({"language": "xx"}, "language", '"xx"'),
    ],
)
def test_what_cannot_be_said_is_blamed_on_a_key_of_the_spec(changes: dict[str, Any], key: str, said: str) -> None:
    (fault,) = words.faults(spec(**changes))
    assert fault[0] == key
    assert said in fault[1] + fault[2]


def test_the_legend_has_one_line_for_each_mark_and_only_labels_in_bold() -> None:
    assert words.legend(spec()) == [
        "The title <strong>Data</strong> for A &lt; B",
        "The switch. Turn it <strong>Off</strong>",
    ]


def test_labels_in_another_language_say_so() -> None:
    assert words.legend(spec(language="pt"))[1] == 'The switch. Turn it <strong lang="pt">Off</strong>'
    translated = spec(language="pt", labels="translated")
    assert words.legend(translated)[1] == "The switch. Turn it <strong>Off</strong>"


def test_the_caption_says_platform_surface_and_language() -> None:
    assert words.where(spec(surface="app", language="pt"), "Acme") == "Acme, app, Portuguese"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Drawn from a source of March 2026, not from the live site."),
        ({"surface": "app"}, "Drawn from a source of March 2026, not from the live app."),
        (
            {"sources": ["s-policy", "s-press"], "verified": "2026-03-04"},
            "Drawn from sources up to 4 March 2026, not from the live site.",
        ),
        ({"verified": "undated"}, "Drawn from an undated source, not from the live site."),
        ({"kind": "screenshot", "page": None, "viewport": None}, "Taken on 22 November 2026."),
        ({"kind": "screenshot", "page": None, "viewport": None, "captured": "2026-11"}, "Taken in November 2026."),
    ],
)
def test_a_drawing_never_passes_for_a_look_at_the_live_platform(changes: dict[str, Any], said: str) -> None:
    assert words.dated(spec(**changes)) == said


@pytest.mark.parametrize(
    ("labels", "said"),
    [("own", "Acme's own"), ("reported", "others"), ("translated", "We translated"), ("unseen", "No source")],
)
def test_the_caption_says_how_far_to_trust_the_labels(labels: str, said: str) -> None:
    line = words.labels(spec(labels=labels), "Acme")
    assert said in line
    assert len(sentences(line)) == 1
