"""Whatever does not fit together on a screen is said with its file, its line and a cure, all of it in one run."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scripts.facts.problems import Problem
from scripts.project import Project
from scripts.screens import check as check_module
from scripts.screens import layout as layout_module
from scripts.screens import load as load_module
from scripts.screens.check import Findings, check
from scripts.screens.load import load
from scripts.screens.make import examine
from tests.screens import made

TODAY = dt.date(2026, 11, 22)
Act = Callable[[Project], object]


def findings(project: Project, today: dt.date = TODAY) -> Findings:
    ready, problems = examine(project, today, sources={"s-policy"}, platforms={"acme"})
    return Findings(tuple(problems), ready.warnings)


def spec(**keys: Any) -> Act:
    return lambda project: made.write_spec(project, "one", keys)


def anchor(name: str, variant: str = "dark@2", **keys: Any) -> Act:
    """Change what one variant says of an anchor."""

    def act(project: Project) -> None:
        data = made.read_anchors(project)
        data["variants"][variant]["anchors"][name].update(keys)
        made.write_anchors(project, "one", data)

    return act


def anchors(change: Callable[[dict[str, Any]], object]) -> Act:
    """Change something in the anchors file."""

    def act(project: Project) -> None:
        data = made.read_anchors(project)
        change(data["variants"])
        made.write_anchors(project, "one", data)

    return act


def without(name: str) -> Act:
    return anchors(lambda variants: variants["dark@2"]["anchors"].pop(name))


def size(project: Project) -> None:
    def change(variants: dict[str, Any]) -> None:
        variants["dark@2"]["size"] = [800, 520]

    anchors(change)(project)


def rename_variant(project: Project) -> None:
    anchors(lambda variants: variants.update({"sepia@1": variants.pop("dark@2")}))(project)


def edit_raw(project: Project) -> None:
    made.raw("light", 1, (1, 0)).save(project.docs / "screens/raw/one.light@1.png")


def raw_file(project: Project, name: str) -> Path:
    return project.docs / "screens" / "raw" / name


def mark(at: str, draw: str = "box", **keys: Any) -> dict[str, Any]:
    return {"at": at, "draw": draw, "say": "It", **keys}


BROAD = (900, 240)  # CSS pixels: more than fits on a page


def broad(project: Project) -> None:
    shutil.rmtree(project.docs / "screens")
    made.write(project, variants=("light@1",), size=BROAD, spec={"viewport": list(BROAD)})


def broad_in_the_narrow_crop(project: Project) -> None:
    crop = {"wide": {"around": ["title", "save"]}, "narrow": {"around": ["title", "switch"], "pad": 60}}
    made.write_spec(project, "one", {"crop": crop, "marks": [mark("title")]})


def too_small_on_a_phone(project: Project) -> None:
    shutil.rmtree(project.docs / "screens")
    made.write(project, variants=("light@1",), size=(640, 240), spec={"crop": None})


# What is done to a screen that is right, the rule that it breaks, and words of the message.
BROKEN: dict[str, tuple[Act, str, str]] = {
    "a mark on nothing": (spec(marks=[mark("swich")]), "lost", '"swich" is not there in light@1, light@2, dark@1'),
    "a mark that one variant lacks": (without("switch"), "lost", '"switch" is not there in dark@2'),
    "a crop around nothing": (spec(crop={"wide": {"around": ["titel"]}}), "lost", '"titel" is not there'),
    "nothing to keep clear": (spec(keep_clear=["stat"]), "lost", '"stat" is not there'),
    "an anchor that is there twice": (anchor("switch", count=2), "doubled", "is there 2 times in dark@2"),
    "an anchor that is out of view": (anchor("switch", in_view=False), "out of view", "scrolled or cut off"),
    "an anchor below something": (anchor("switch", covered=True), "covered", "lies below something else"),
    "an anchor without area": (anchor("switch", rect=[600, 288, 0, 48]), "empty", "has no area"),
    "an anchor beside the picture": (anchor("switch", rect=[780, 288, 88, 48]), "outside", "not wholly on the"),
    "an anchor that lies elsewhere": (anchor("switch", rect=[606, 288, 88, 48]), "moved", "up to 3 CSS pixels"),
    "raws that show different parts": (size, "sizes", "dark@2 400 x 260"),
    "a variant that is none": (rename_variant, "variant", '"sepia@1" is no variant'),
    "two marks at one place": (spec(marks=[mark("switch"), mark("switch")]), "overlap", "the marks 1 and 2"),
    "two marks that cross": (spec(marks=[mark("near"), mark("switch")], keep_clear=[]), "overlap", "the marks 1 and 2"),
    "a mark across what is kept clear": (
        spec(marks=[mark("switch")], keep_clear=["near"]), "covers", 'mark 1 runs across "near"',
    ),
    "a label that is not on the screen": (
        spec(marks=[mark("title", label="Dta")]), "label", 'the label is "Dta", but "title" is called "Data"',
    ),
    "a raw that is gone": (lambda p: raw_file(p, "one.dark@1.png").unlink(), "no raw", "one.dark@1.png is missing"),
    "a raw that was edited": (edit_raw, "other raw", "one.light@1.png is not the picture"),
    "a raw that nobody shows": (
        lambda p: shutil.copy(raw_file(p, "one.light@1.png"), raw_file(p, "two.light@1.png")),
        "orphan", "no spec shows this picture",
    ),
    "anchors that nobody reads": (
        lambda p: shutil.copy(raw_file(p, "one.anchors.json"), raw_file(p, "two.anchors.json")),
        "orphan", "no spec has this name",
    ),
    "a spec without raws": (lambda p: made.write_spec(p, "two"), "no raws", "two.anchors.json is missing"),
    "raws without any spec": (lambda p: (p.docs / "screens/one.yml").unlink(), "missing", "there are raws and no spec"),
    "anchors that are no JSON": (
        lambda p: raw_file(p, "one.anchors.json").write_text('{"schema": 1,\n}'), "json", "not JSON",
    ),
    "a key that is there twice": (
        lambda p: raw_file(p, "one.anchors.json").write_text('{"schema": 1, "schema": 1}'),
        "json", '"schema" comes twice',
    ),
    "a spec that is a list": (
        lambda p: (p.docs / "screens/one.yml").write_text("- schema: 1\n"), "shape", "not a mapping",
    ),
    "an unknown key": (spec(langauge="en"), "unknown key", '"langauge" is not a key here'),
    "an unknown key of a mark": (spec(marks=[mark("switch", lable="x")]), "unknown key", '"lable" is not a key here'),
    "a missing key": (spec(title=None), "missing key", '"title" is missing'),
    "a name that is none": (lambda p: made.write(p, "Two_3"), "name", '"Two_3" is no name'),
    "an unknown source": (spec(sources=["s-polcy"]), "unknown source", 'there is no "s-polcy"'),
    "an unknown platform": (spec(platform="acmee"), "unknown platform", 'there is no "acmee"'),
    "a raw from tomorrow": (spec(captured="2026-11-23"), "date", "captured is 23 November 2026, which is yet to come"),
    "a source from tomorrow": (spec(verified="2026-12"), "date", "verified is December 2026"),
    "a review before the raw": (spec(review_by="2026-10-01", captured="2026-11-01"), "date", "is not after captured"),
    "a review that is two months late": (
        spec(captured="2026-01-01", review_by="2026-09-22"), "overdue", "looked at again by 22 September 2026",
    ),
    "a picture that is too wide": (broad, "too wide", "the wide crop is 900 CSS pixels wide, 760 is the limit"),
    "a narrow crop that is too wide": (broad_in_the_narrow_crop, "too wide", "the narrow crop is 400 CSS pixels wide"),
    "numbers that are too small on a phone": (too_small_on_a_phone, "small badge", "shrink to 15 CSS pixels"),
    "a mark beside the wide crop": (
        spec(crop={"wide": {"around": ["switch"], "pad": 30}}), "cut", '"title" is not wholly on the wide crop',
    ),
    "a narrow crop of nothing": (
        spec(crop={"narrow": {"around": ["text"], "pad": 0}}), "cut", "nothing that is marked is on the narrow crop",
    ),
    "a number without a place": (
        spec(crop={"narrow": {"around": ["switch"], "pad": 2}}), "no room", "number 2 finds no place",
    ),
    "a number at a place that is taken": (
        spec(marks=[mark("switch", badge="start")]), "no room", "number 1 finds no place",
    ),
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one screen that is right."""
    project = made.project(tmp_path)
    made.write(project)
    return project


def test_a_screen_that_is_right_has_no_problem_and_no_warning(project: Project) -> None:
    assert findings(project) == Findings((), ())


def test_a_project_without_screens_has_no_problem(tmp_path: Path) -> None:
    assert findings(made.project(tmp_path)) == Findings((), ())


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_said_with_its_rule_its_line_and_a_cure(project: Project, name: str) -> None:
    act, rule, words = BROKEN[name]
    act(project)
    found = [problem for problem in findings(project).problems if problem.rule == rule]
    assert found, findings(project).problems
    assert any(words in problem.what for problem in found), found
    for problem in found:
        assert problem.file.startswith("screens") and problem.cure
        assert problem.line or "raw/" in problem.file or rule in ("missing", "no raws", "name"), problem


def rules_of(module: ModuleType) -> set[str]:
    """The rules that a module can complain of, read from its code."""
    place = {"problem": 1, "_again": 1, "Problem": 2}  # which argument of a call names the rule
    found: list[ast.expr] = []
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found += node.args[place[name] : place[name] + 1] if name in place else []
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            found += node.value.elts[:1]
    return {str(rule.value) for rule in found if isinstance(rule, ast.Constant) and isinstance(rule.value, str)}


def test_every_rule_has_an_example_that_breaks_it() -> None:
    rules = set.union(*(rules_of(module) for module in (check_module, layout_module, load_module)))
    assert rules - {rule for _, rule, _ in BROKEN.values()} == set()


def test_all_problems_of_all_screens_come_in_one_run(project: Project) -> None:
    made.write(project, "two", spec={"platform": "nobody", "captured": "2027-01-01", "marks": [mark("nothing")]})
    made.write_spec(project, "one", {"sources": ["s-none"]})
    found = {(problem.file, problem.rule) for problem in findings(project).problems}
    two = "screens/two.yml"
    assert found >= {
        (two, "unknown platform"), (two, "date"), (two, "lost"), ("screens/one.yml", "unknown source")
    }  # fmt: skip


def test_a_problem_stands_on_the_line_of_its_key(project: Project) -> None:
    made.write_spec(project, "one", {"platform": "acmee"})
    lines = (project.docs / "screens" / "one.yml").read_text(encoding="utf-8").splitlines()
    problem = findings(project).problems[0]
    assert lines[problem.line - 1].startswith("platform:")
    assert problem.cure == 'did you mean "acme"?'


def test_a_misspelt_anchor_is_answered_with_the_nearest_one(project: Project) -> None:
    made.write_spec(project, "one", {"marks": [mark("swich")]})
    assert [p.cure for p in findings(project).problems] == ['did you mean "switch"?']


def test_a_misspelt_key_of_a_mark_is_answered_with_a_key_of_marks(project: Project) -> None:
    made.write_spec(project, "one", {"marks": [mark("switch", lable="x")]})
    assert [p.cure for p in findings(project).problems] == ['did you mean "label"?']


@pytest.mark.parametrize(
    ("today", "problems", "warnings"),
    [("2027-05-01", 0, 0), ("2027-05-02", 0, 1), ("2027-06-30", 0, 1), ("2027-07-01", 1, 0)],
)
def test_a_screen_that_is_due_is_a_warning_first_and_an_error_sixty_days_later(
    project: Project, today: str, problems: int, warnings: int
) -> None:
    found = findings(project, dt.date.fromisoformat(today))
    assert (len(found.problems), len(found.warnings)) == (problems, warnings)
    assert all(problem.rule == "overdue" for problem in (*found.problems, *found.warnings))


def test_a_mark_within_a_marked_row_is_allowed(tmp_path: Path) -> None:
    project = made.project(tmp_path)
    made.write(project)
    data = made.read_anchors(project)
    for name, variant in data["variants"].items():
        scale = int(name[-1])
        variant["anchors"]["row"] = {"rect": [220 * scale, 120 * scale, 160 * scale, 80 * scale]}
    made.write_anchors(project, "one", data)
    made.write_spec(project, "one", {"marks": [mark("row"), mark("switch")], "crop": None})
    assert not [p for p in findings(project).problems if p.rule == "overlap"]


def test_the_label_of_a_screenshot_is_not_compared_with_what_a_browser_knew(project: Project) -> None:
    keys = {"kind": "screenshot", "page": None, "viewport": None, "marks": [mark("title", label="Other")]}
    made.write_spec(project, "one", keys)
    assert not [p for p in findings(project).problems if p.rule == "label"]


def test_raws_of_a_spec_that_cannot_be_read_are_not_called_orphans(project: Project) -> None:
    (project.docs / "screens" / "one.yml").write_text("schema: [", encoding="utf-8")
    rules = {problem.rule for problem in findings(project).problems}
    assert "yaml" in rules and "orphan" not in rules


def test_a_layout_that_was_found_good_is_not_worked_out_again(project: Project) -> None:
    made.write_spec(project, "one", {"crop": {"narrow": {"around": ["switch"], "pad": 2}}})
    screens, _ = load(project.docs / "screens")

    def rules(sound: set[str]) -> set[str]:
        raws = {v.file: v.sha256 for v in screens["one"].anchors.variants.values()}
        found: tuple[Problem, ...] = check(
            screens, raws=raws, sound=sound, sources={"s-policy"}, platforms={"acme"}, today=TODAY
        ).problems
        return {problem.rule for problem in found}

    assert rules(set()) == {"no room"} and rules({"one"}) == set()
