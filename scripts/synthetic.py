"""What would the site be like with many more platforms and regions, or with very few?

Writes a whole project of made-up facts: the look and the settings of the real one, a page for each platform in each
region, and the lists that every site has. The benchmark grows it to a thousand pages; tests take the smallest.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from scripts.project import Project

_SHAPES = ("square", "circle", "triangle", "diamond")
_ANSWERS = ("yes", "no", "depends", "silent")
_LABEL_ROWS = 7

# Pages that templates and published files link to, whatever the facts, and the parts of them that are named.
_STUBS = {
    "compare/index": (),
    "guides/index": (),
    "about/index": (),
    "about/method": (),
    "about/corrections": (),
    "about/data": ("feeds",),
    "about/privacy": (),
    "about/accessibility": (),
}

_LISTS = {
    "index": (),
    "timeline": ("timeline",),
    "disagreements": ("disagreements",),
    "sources": ("articles", "all-sources"),
    "about/open-questions": ("open-questions", "overdue"),
}


def make(
    target: Path, like: Project, *, platforms: int, regions: int, questions: int = 12, pages: int | None = None
) -> Project:
    """Write a made-up project into `target`, an empty or missing folder.

    Args:
        target: where.
        like: the project to take settings, templates and styles from.
        platforms: how many; at least 2.
        regions: how many, without the world; at least 1.
        questions: how many; at least 7, the rows of the label.
        pages: how many of the platforms x regions pages to write; all, if not given.
    """
    project = Project(target)
    dress(project, like)
    data = project.docs / "data"
    _write(data / "platforms.yml", _platforms(platforms))
    _write(data / "regions.yml", _regions(regions))
    _write(data / "questions.yml", _questions(questions))
    _write(data / "sources" / "all.yml", _sources(platforms))
    _write(data / "events.yml", _events(platforms))
    _write(data / "disagreements.yml", _disagreements(platforms))
    _write(data / "open-questions.yml", _open_questions(platforms))
    for number in range(platforms):
        _write(data / "claims" / f"p{number}.yml", _claims(number, regions, questions))
        _page(project, f"policies/p{number}", [f"claims/p{number}"])
    for name, parts in _LISTS.items():
        _page(project, name, list(parts))
    for name, anchors in _STUBS.items():
        _page(project, name, [], anchors)
    places = [(region, platform) for region in range(regions) for platform in range(platforms)]
    for region, platform in places[:pages]:
        pair = f"p{platform}-vs-p{(platform + 1) % platforms}"
        _page(project, f"compare/r{region}/{pair}", [f"label/p{platform}/r{region}", f"table/r{region}/{pair}"])
    return project


def dress(project: Project, like: Project) -> None:
    """Give a project the settings, templates and styles of another one, but no list of pages."""
    project.docs.mkdir(parents=True)
    settings = like.config.read_text(encoding="utf-8")
    project.config.write_text(re.sub(r"^nav:\n(?:[ #].*\n|\n)*", "", settings, flags=re.MULTILINE), encoding="utf-8")
    shutil.copytree(like.root / "overrides", project.root / "overrides")
    made = shutil.ignore_patterns("generated")
    shutil.copytree(like.docs / "assets", project.docs / "assets", ignore=made)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _page(project: Project, name: str, parts: list[str], anchors: Sequence[str] = ()) -> None:
    asked = "".join(f'\n--8<-- "{name}/{part}.md"\n' for part in parts)
    title = name.replace("/", " ")
    head = f"---\ntitle: {title}\ndescription: All about {title}.\n---\n\n# {title} {{#top}}\n\n"
    home = "../" * name.count("/") + "index.md"
    words = f"Some words of prose that a person wrote, with **a label** in them and [a way home]({home}).\n" * 3
    more = "".join(f"\n## {anchor} {{#{anchor}}}\n\n{words}" for anchor in anchors)
    _write(project.docs / f"{name}.md", head + words + asked + more)


def _platforms(count: int) -> str:
    items = (
        f"  - id: p{n}\n    name: Platform {n}\n    prefix: p{n}\n    shape: {_SHAPES[n % 4]}\n    owner: Owner {n}\n"
        f"    products:\n      - {{id: one, name: One of {n}}}\n      - {{id: two, name: Two of {n}}}\n"
        for n in range(count)
    )
    return "platforms:\n" + "".join(items)


def _regions(count: int) -> str:
    world = "  - {id: world, name: Worldwide, rule: Worldwide rule, place: everywhere}\n"
    items = (
        f"  - {{id: r{n}, name: Region {n}, rule: Rule {n}, place: in region {n}, parent: world}}\n"
        for n in range(count)
    )
    return "regions:\n" + world + "".join(items)


def _questions(count: int) -> str:
    items = []
    for n in range(count):
        label = f"    label_wording: Row {n}\n    label: {n + 1}\n" if n < _LABEL_ROWS else ""
        items.append(
            f"  - id: q{n}\n    group: g{n % 3}\n    wording: Is it so in case {n}?\n{label}"
            f"    help: What the question means.\n    answer: state\n"
        )
    groups = "".join(f"  - {{id: g{n}, title: Group {n}}}\n" for n in range(3))
    return f"groups:\n{groups}questions:\n" + "".join(items)


def _sources(platforms: int) -> str:
    items = (
        f"  - id: s-p{n}-{m}\n    title: Policy {m} of platform {n}\n    publisher: Owner {n}\n    kind: company\n"
        f"    address: https://p{n}.example/policy/{m}\n    retrieved: 2026-08-22\n    read: whole\n"
        for n in range(platforms)
        for m in range(3)
    )
    return "sources:\n" + "".join(items)


def _claims(platform: int, regions: int, questions: int) -> str:
    """One claim for the world and one for each of two groups of regions, for each question."""
    halves = [[f"r{n}" for n in range(regions) if n % 2 == half] for half in range(2)]
    items = []
    for question in range(questions):
        for part, places in enumerate([["world"], *(half for half in halves if half)]):
            state = _ANSWERS[(platform + question + part) % 4]
            items.append(
                f"  - id: p{platform}-q{question}-{part}\n    question: q{question}\n"
                f"    regions: [{', '.join(places)}]\n"
                f'    state: "{state}"\n    short: as far as anybody knows\n'
                f"    sentence: Platform {platform} answers question {question} in its own words and in its own time.\n"
                f"    note: It says more in a second text, which is shorter.\n"
                f"    sources: [s-p{platform}-0, s-p{platform}-1, s-p{platform}-2]\n"
                f"    evidence: read\n    checked: 2026-08-22\n"
            )
    return "claims:\n" + "".join(items)


def _events(platforms: int) -> str:
    items = (
        f"  - id: e-p{n}\n    date: 2025-11-{n % 28 + 1:02}\n    title: Platform {n} begins\n    text: It begins.\n"
        f"    kind: company\n    platforms: [p{n}]\n    regions: [world]\n    sources: [s-p{n}-0]\n    evidence: read\n"
        for n in range(platforms)
    )
    return "events:\n" + "".join(items)


def _disagreements(platforms: int) -> str:
    items = (
        f"  - id: d-p{n}\n    title: When did platform {n} begin?\n    platforms: [p{n}]\n    sides:\n"
        f"      - says: Early.\n        sources: [s-p{n}-0]\n      - says: Late.\n        sources: [s-p{n}-1]\n"
        f"    reading: Early.\n    why: Its own text says so.\n"
        for n in range(platforms)
    )
    return "disagreements:\n" + "".join(items)


def _open_questions(platforms: int) -> str:
    items = (
        f"  - id: o-p{n}\n    platforms: [p{n}]\n    unknown: Why platform {n} does it.\n    settle: Somebody asks.\n"
        for n in range(platforms)
    )
    return "open_questions:\n" + "".join(items)
