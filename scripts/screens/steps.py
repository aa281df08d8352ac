"""Do the steps of a guide and its pictures say the same?

In a numbered step, bold marks an exact label of the interface and nothing else. So each bold text must be a label on a
picture that the same section shows, and each label that a picture marks must stand in bold in the steps that the
picture serves: the one that holds it, and those before it that hold none. If a screen changes, is renamed or goes, the
guide no longer fits, and this says where. Pure functions from text to problems.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scripts.facts.problems import Problem

_HEADING = re.compile(r"#{1,6} ")
_STEP = re.compile(r"\d+\. ")
_SHOWN = re.compile(r'^\s*--8<--\s+"[^"]*/screen/(?P<name>[^"/]+)\.md"\s*$')
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


@dataclass(frozen=True)
class Labels:
    """What a screen says: the labels of its marks in their order, and whatever else can be read on it."""

    marked: tuple[str, ...]
    other: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Every label of the screen."""
        return self.other | set(self.marked)


@dataclass(frozen=True)
class Words:
    """A bold text, or the name of a screen, and the line on which it begins."""

    text: str
    line: int


@dataclass
class Step:
    """One numbered step. `series` tells its list from others on the page, `section` its heading from others."""

    line: int
    section: int
    series: int
    bold: list[Words] = field(default_factory=list)
    screens: list[Words] = field(default_factory=list)


@dataclass(frozen=True)
class Guide:
    """The steps of one guide, the screens that stand outside of any step, and labels that no source ever showed."""

    page: str
    steps: tuple[Step, ...]
    astray: tuple[Words, ...] = ()
    unseen: tuple[Words, ...] = ()

    @property
    def shown(self) -> Iterator[Words]:
        """Every screen that the guide shows."""
        for step in self.steps:
            yield from step.screens
        yield from self.astray


def read(page: str, text: str, unseen: Sequence[str] = ()) -> Guide:
    """Find the steps of a guide.

    Args:
        page: its path below `docs/`.
        text: the Markdown, with its front matter.
        unseen: the labels that its front matter excuses.
    """
    lines = text.splitlines()
    head = lines.index("---", 1) + 1 if lines[:1] == ["---"] and "---" in lines[1:] else 0
    steps: list[Step] = []
    astray: list[Words] = []
    blocks: list[tuple[Step, int, list[str]]] = []
    section = series = 0
    current: Step | None = None
    before = ""  # the line before this one
    for number, line in enumerate(lines[head:], head + 1):
        shown = _SHOWN.match(line)
        if _HEADING.match(line):
            section, current = section + 1, None
        elif _STEP.match(line):
            series += current is None
            current = Step(number, section, series)
            steps.append(current)
            blocks.append((current, number, [line]))
        elif current and line.strip() and not line.startswith("   ") and not before.strip():
            current = None  # after an empty line, only what is indented belongs to the step
        elif current:
            blocks[-1][2].append("" if shown else line)
        if shown:
            (current.screens if current and line.startswith("    ") else astray).append(Words(shown["name"], number))
        before = line
    for step, first, block in blocks:
        step.bold += _bold("\n".join(block), first)
    return Guide(page, tuple(steps), tuple(astray), tuple(_excused(lines[:head], unseen)))


def _bold(text: str, first: int) -> Iterator[Words]:
    for found in _BOLD.finditer(text):
        yield Words(" ".join(found[1].split()), first + text.count("\n", 0, found.start()))


def _excused(head: Sequence[str], unseen: Sequence[str]) -> Iterator[Words]:
    for label in unseen:
        at = [number for number, line in enumerate(head, 1) if "label:" in line and label in line]
        yield Words(label, at[0] if at else 1)


def check(guide: Guide, screens: Mapping[str, Labels]) -> list[Problem]:
    """Everything in which a guide and its pictures differ.

    Args:
        guide: the steps, as `read` found them.
        screens: the labels of every screen that there is. One that a guide asks for in vain is not reported here.
    """
    return sorted(
        {*_outside(guide), *_doubled(guide), *_pictured(guide, screens), *_said(guide, screens), *_idle(guide, screens)}
    )


def _outside(guide: Guide) -> Iterator[Problem]:
    for screen in guide.astray:
        yield Problem(
            guide.page,
            screen.line,
            "screen astray",
            f'"{screen.text}" stands in no step',
            "put it below the step that it belongs to, indented by four spaces",
        )


def _doubled(guide: Guide) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for screen in guide.shown:
        if screen.text in seen:
            what = f'"{screen.text}" is shown in line {seen[screen.text]} already'
            yield Problem(guide.page, screen.line, "double screen", what, "show it once; a step may point to another")
        seen.setdefault(screen.text, screen.line)


def _pictured(guide: Guide, screens: Mapping[str, Labels]) -> Iterator[Problem]:
    """Each label that a step names is on a picture of its section."""
    excused = {words.text for words in guide.unseen}
    for step in guide.steps:
        names = _in_section(guide, step)
        labels = [label for name in names if name in screens for label in screens[name].all]
        for bold in step.bold:
            if bold.text in labels or bold.text in excused:
                continue
            if any(name not in screens for name in names):
                continue  # it may be on the one that is missing, which is reported as such
            near = difflib.get_close_matches(bold.text, labels, n=1, cutoff=0.6)
            if near:
                what, cure = f'no picture of this section shows "{bold.text}"', f'did you mean "{near[0]}"?'
            elif names:
                what = f'no picture of this section shows "{bold.text}"'
                cure = "mark it on one of them; bold is for exact labels only"
            else:
                what = f'the step names "{bold.text}", and no picture shows it'
                cure = "show a screen here; or add the label to no_screen in the front matter, with the reason why"
            yield Problem(guide.page, bold.line, "label without picture", what, cure)


def _in_section(guide: Guide, step: Step) -> list[str]:
    return [screen.text for other in guide.steps if other.section == step.section for screen in other.screens]


def _said(guide: Guide, screens: Mapping[str, Labels]) -> Iterator[Problem]:
    """Each label that a picture marks stands in bold in the steps that it serves."""
    served: list[Step] = []
    for step in guide.steps:
        if served and served[-1].series != step.series:
            served = []
        served.append(step)
        bold = {words.text for one in served for words in one.bold}
        for screen in step.screens:
            for label in screens[screen.text].marked if screen.text in screens else ():
                if label not in bold:
                    near = difflib.get_close_matches(label, bold, n=1, cutoff=0.6)
                    what = f'"{screen.text}" marks "{label}", and the step does not say it in bold'
                    cure = f'did you mean "{near[0]}"?' if near else f"say **{label}** in the step, or mend the mark"
                    yield Problem(guide.page, screen.line, "mark without words", what, cure)
        if step.screens:
            served = []


def _idle(guide: Guide, screens: Mapping[str, Labels]) -> Iterator[Problem]:
    """Each excuse is needed: its label stands in a step, and no picture of that section shows it."""
    for words in guide.unseen:
        needed = any(
            bold.text == words.text
            and not any(words.text in screens[name].all for name in _in_section(guide, step) if name in screens)
            for step in guide.steps
            for bold in step.bold
        )
        if not needed:
            what = f'no step needs "{words.text}" to be excused'
            yield Problem(guide.page, words.line, "needless excuse", what, "take it out of no_screen")
