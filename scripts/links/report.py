"""How does a person, or a program, read what the gate found?

The table shows each fault once, with the number of further pages that have it too; the JSON has every one of them.

The JSON is one object:

    site          the folder that was checked
    address       the address that it is built for
    exit_code     0 fine, 1 broken, 2 warnings only, 3 the check itself failed
    failed        why the check failed, or ""
    seconds       how long it took
    counts        pages, files, links_own, links_linkchecker, links_both (links counted once for each page)
    findings      a list of objects: page, line (0: not known), element, link, rule, what, cure,
                  level ("broken" or "warning"), linkchecker and own (the verdicts: "fine", "warning", "broken",
                  "cannot judge", "not seen")
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scripts.links.findings import Finding, Level, Verdict
from scripts.links.gate import Report

_ROWS = 12  # of one rule; a changed slug function breaks hundreds of promises in one way
_COLOURS = {Verdict.BROKEN: "red", Verdict.WARNING: "yellow", Verdict.FINE: "green"}


def as_json(report: Report) -> str:
    """The whole report, for programs."""
    shape = {
        "site": str(report.site),
        "address": report.site_url,
        "exit_code": report.code,
        "failed": report.failed,
        "seconds": round(report.seconds, 2),
        "counts": report.counts,
        "findings": [asdict(finding) for finding in report.findings],
    }
    return json.dumps(shape, indent=1, ensure_ascii=False) + "\n"


def show(report: Report, console: Console) -> None:
    """Print the findings as a table, and the outcome as the last line."""
    if report.findings:
        console.print(table(report.findings))
    counts = report.counts
    if counts:
        links = f"links: {counts['links_linkchecker']} by LinkChecker, {counts['links_own']} by our pass"
        console.print(f"{counts['pages']} pages; {links}, {counts['links_both']} by both; {report.seconds:.1f} s")
    console.print(outcome(report), markup=False, style={0: "green", 2: "yellow"}.get(report.code, "red"))


def outcome(report: Report) -> str:
    """One line that says how it went."""
    broken = sum(finding.level is Level.BROKEN for finding in report.findings)
    warned = len(report.findings) - broken
    if report.failed:
        return f"The check itself failed, so nothing is known about the links: {report.failed}"
    if broken:
        return f"{_many(broken, 'fault')}, {_many(warned, 'warning')}"
    return f"No fault, {_many(warned, 'warning')}" if warned else "Every link holds"


def table(findings: tuple[Finding, ...]) -> Table:
    """The findings, those that differ only in the page taken together."""
    together: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        key = finding.level, finding.rule, finding.link, finding.what, finding.cure
        together[key].append(finding)
    shown = Table(title="Links", show_lines=True, expand=True)
    for name, share in (("where", 3), ("link", 3), ("what is wrong", 4), ("cure", 3)):
        shown.add_column(name, ratio=share, overflow="fold")
    shown.add_column("LinkChecker", no_wrap=True)
    shown.add_column("our pass", no_wrap=True)
    shown_of: Counter[str] = Counter()
    for group in sorted(together.values(), key=lambda group: (group[0].level, group[0])):
        first = group[0]
        shown_of[first.rule] += 1
        if shown_of[first.rule] > _ROWS:
            continue
        pages = len({finding.page for finding in group}) - 1
        where = first.place + (f"\nand on {_many(pages, 'more page')}" if pages else "")
        if first.line and first.element:
            where += f"\n<{first.element}>"
        what = Text(f"{first.rule}: ", style="red" if first.level is Level.BROKEN else "yellow")
        what.append(first.what, style="default")
        shown.add_row(
            Text(where), Text(first.link), what, Text(first.cure), _verdict(first.linkchecker), _verdict(first.own)
        )
    for rule, count in shown_of.items():
        if count > _ROWS:
            shown.add_row(
                "…", "", Text(f"{rule}: {count - _ROWS} more like this"), "see all of them with --json", "", ""
            )
    return shown


def _verdict(verdict: Verdict) -> Text:
    return Text(verdict.value, style=_COLOURS.get(verdict, "dim"))


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
