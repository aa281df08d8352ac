"""Whatever a spec or an anchors file says: it is read, or every problem has a file and a cure, and nothing breaks."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.facts.problems import Problem
from scripts.project import Project
from scripts.screens import load
from scripts.screens.check import check
from tests.screens import strange, taken

COUNT = 2000
SECONDS = 2.0

VALUES = (
    "", "~", "null", "true", "no", "0", "-1", "1e309", ".inf", ".nan", "9" * 4000, "9" * 5000, "---", "[]", "{}",
    "[[]]", "[1, 2]", "[a, b, c]", "{a: b}", "'", '"', "|", ">", "|-\n  x", "*a", "&a x", "&a [*a]", "!!binary aGk=",
    "!!set {a}", "!!python/object/apply:os.system [id]", "<<: {a: b}", "? a", "2026-13-45", "0000-00-00", "9999-12-31",
    "../../../etc/passwd", "/etc/passwd", "C:\\x", "a\x00b", "\ufeff", "\u202e", "\u0085", "é" * 300, "word " * 400,
    "<script>alert(1)</script>", "**" * 300, "[x](javascript:x)", "320x64", "0x0", "99999999x99999999", "row",
    "²x²", "[1, 2, 3, 4]", "[0, 0, 0, 0]", "[-5, -5, 3, 3]", "[999999999999, 0, 1, 1]", "[1e308, 1, 1, 1]",
    "[.nan, 1, 1, 1]", "# nothing", "%YAML 9.9", "...", "\t", "[" * 2000, "{a: " * 2000, "- " * 2000, "&a " * 50,
    "a: b: c", "@x", "`x`", "light",
)  # fmt: skip
TEXTS = (
    '{"a": ' * 3000,
    "", "\n" * 9, "a", "[]", "- a", "---\n---\n", "\x00", "\xff\xfe", "schema: 1", "schema: 1\nkind: screenshot",
    "[" * 30_000, "{" * 30_000, "a: " * 3000, "? " * 3000, "- " * 30_000, "&a [" * 300 + "]" * 300, "'" * 3000,
    "a: &a [x]\n" + "".join(f"b{n}: &b{n} [{'*a, ' * 9}]\n" for n in range(300)), "a: b\n" * 20_000, "#" * 100_000,
)  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A checkout with one good screenshot."""
    root = tmp_path_factory.mktemp("specs")
    project = taken.checkout(root / "checkout")
    source = taken.write(root / "outside", "x.png", taken.png(strange.picture(taken.SIZE)))
    taken.take(source, project, anchors=taken.MARKED, redactions=[taken.NAME_OF_A_PERSON])
    crop = {"narrow": {"around": ["flag"], "pad": 60}}
    taken.fill_in(
        project, "a-screen", crop=crop, keep_clear=["bar"], alt="A red flag and a blue bar on a page of ours."
    )
    return project


def examine(project: Project) -> list[Problem]:
    """Everything that is said of the screens of a checkout before a picture is opened."""
    screens, problems = load.load(taken.screens(project))
    findings = check(
        screens,
        raws={variant.file: variant.sha256 for one in screens.values() for variant in one.anchors.variants.values()},
        sources={"s-seen"},
        platforms={"acme"},
        today=taken.TODAY,
    )
    return [*problems, *findings.problems]


def changed(source: random.Random, text: str) -> str:
    """A text with one thing wrong, or a few."""
    lines = text.split("\n")
    for _ in range(source.choice((1, 1, 2, 5))):
        at = source.randrange(len(lines))
        key, colon, _ = lines[at].partition(":")
        how = source.randrange(7)
        if how <= 2 and colon:
            lines[at] = f"{key}: {source.choice(VALUES)}"
        elif how == 3:
            lines.insert(at, source.choice(lines))
        elif how == 4 and len(lines) > 2:
            del lines[at]
        elif how == 5 and lines[at]:
            place = source.randrange(len(lines[at]))
            lines[at] = lines[at][:place] + source.choice(("", *"[]{}:,'\"#&*!|>%@`-?\t\x00é")) + lines[at][place + 1 :]
        else:
            lines[at] = " " * source.randrange(5) + lines[at] + source.choice(("", " #", ":", source.choice(VALUES)))
    return "\n".join(lines)


def nested(source: random.Random, text: str) -> str:
    """JSON with one value exchanged, at any depth; or broken as text."""
    if source.random() < 0.4:
        return changed(source, text)
    values: list[Any] = [
        None, True, -1, 0, 10**400, 1e308, "", "x" * 5000, [], {}, [[]] * 50, {"a": {}}, "../../x.png", float("nan"),
        float("inf"), [1, 2], [0, 0, 0, 0], [-1, -1, 5, 5], [1e308] * 4, "dhash:", "dhash:" + "f" * 64, "light@0", "@",
        "light@x", "light@-1", "é",
    ]  # fmt: skip
    data = json.loads(text)
    node = data
    while isinstance(node, dict) and node:
        key = source.choice(list(node))
        if not isinstance(node[key], dict) or source.random() < 0.2:
            if source.random() < 0.2:
                node[str(source.choice(values))[:50]] = node.pop(key)
            else:
                node[key] = source.choice(values)
            break
        node = node[key]
    return json.dumps(data)


def assert_clear(project: Project, path: Path, texts: list[str]) -> tuple[int, int]:
    """Each text, in the place of the file, is fine or has problems that say where and what to do. Counts both."""
    good, fine = path.read_text(encoding="utf-8"), 0
    try:
        for number, text in enumerate(texts):
            path.write_text(text, encoding="utf-8", errors="surrogateescape")
            begun = time.process_time()
            try:
                problems = examine(project)
            except (Exception, RecursionError) as error:
                pytest.fail(f"text {number} of {path.name} raised {error!r}:\n{text[:600]}")
            assert time.process_time() - begun < SECONDS, f"text {number} of {path.name} took too long:\n{text[:600]}"
            for problem in problems:
                assert problem.file.startswith("screens"), problem
                assert problem.rule, problem
                assert problem.what, problem
                assert problem.cure, problem
                assert len(str(problem)) < 20_000, f"text {number} of {path.name} is told at great length"
            fine += not problems
    finally:
        path.write_text(good, encoding="utf-8")
    return len(texts) - fine, fine


def many(change: Callable[[random.Random, str], str], text: str, count: int) -> list[str]:
    return [change(random.Random(number), text) for number in range(count)]


def test_the_good_one_is_good(project: Project) -> None:
    assert examine(project) == []


def test_two_thousand_broken_specs_are_told_clearly(project: Project) -> None:
    path = taken.screens(project) / "a-screen.yml"
    bad, fine = assert_clear(project, path, many(changed, path.read_text(encoding="utf-8"), COUNT))
    assert bad > COUNT / 2
    assert fine > 5


def test_each_hostile_value_at_each_key_is_told_clearly(project: Project) -> None:
    path = taken.screens(project) / "a-screen.yml"
    lines = path.read_text(encoding="utf-8").split("\n")
    texts = [
        "\n".join([*lines[:at], f"{line.partition(':')[0]}: {value}", *lines[at + 1 :]])
        for at, line in enumerate(lines)
        if ":" in line
        for value in VALUES
    ]
    bad, _ = assert_clear(project, path, texts)
    assert bad > len(texts) / 2


def test_texts_that_are_no_specs_are_told_clearly(project: Project) -> None:
    path = taken.screens(project) / "a-screen.yml"
    bad, fine = assert_clear(project, path, list(TEXTS))
    assert (bad, fine) == (len(TEXTS), 0)


def test_a_thousand_broken_anchors_files_are_told_clearly(project: Project) -> None:
    path = taken.screens(project) / "raw" / "a-screen.anchors.json"
    source = path.read_text(encoding="utf-8")
    texts = [text for text in many(nested, source, 1000) if not endless(text)]
    bad, _ = assert_clear(project, path, [*texts, *(text for text in TEXTS if not endless(text))])
    assert bad > 500


def test_an_anchors_file_of_lists_within_lists_is_told_clearly(project: Project) -> None:
    path = taken.screens(project) / "raw" / "a-screen.anchors.json"
    assert_clear(project, path, [text for text in TEXTS if endless(text)])


def endless(text: str) -> bool:
    """Whether it has more lists within lists than Python can follow."""
    return "[" * 1000 in text or '{"a": ' * 1000 in text
