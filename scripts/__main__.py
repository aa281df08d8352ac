"""What can one type?

The verbs of `python -m scripts`. Each is a few lines: it reads its options, calls the module of its name, and says how
it went. Everything that goes wrong is printed in full, to stderr, and ends with exit code 1. A verb loads what it needs
when it is typed: some are done before all of it would be loaded.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import TYPE_CHECKING, Annotated

if __name__ == "__main__" and sys.argv[1:] == ["screens"]:
    from scripts.screens.idle import leave_if_idle

    leave_if_idle()

import typer

from scripts.host_verbs import app as hosting
from scripts.link_gate import app as links
from scripts.project import Project
from scripts.screens.cli import app as screens
from scripts.terminal import AsOf, err, explained, out, stage, today

if TYPE_CHECKING:
    from scripts import engine

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="The tools that make the site."
)
app.add_typer(screens, name="screens")
app.add_typer(links, name="links")
app.registered_commands += hosting.registered_commands
if sys.argv[1:2] == ["links"]:  # what the watch needs takes half a second to load
    from scripts.link_watch import app as watch

    links.registered_commands += watch.registered_commands


@app.command(name="render")
def render_verb(as_of: AsOf = None) -> None:
    """Turn the facts into fragments under build/fragments/, and the screens into pictures."""
    from scripts.edition import Edition
    from scripts.lock import only_one
    from scripts.render import render

    project, day = Project.here(), today(as_of)
    gc.disable()  # as for a build
    with explained(), only_one(project, stage):
        changed = render(Edition(project, day))
    out().print(f"{len(changed)} fragments changed")


@app.command(name="build")
def build_verb(context: typer.Context, as_of: AsOf = None) -> None:
    """Build the finished site into site/."""
    from scripts import engine
    from scripts.build import build

    project, day = Project.here(), today(as_of)
    # A process that has the engine's libraries loaded hands in a quicker way to start it.
    launch: engine.Launch = context.obj or engine.quickest
    gc.disable()  # it keeps most of what it makes, and ends soon: to look for the rest costs more than it frees
    with explained(), out().status("") as status:
        build(project, day, say=status.update, launch=launch)
    if not context.obj:
        out().print(f"[green]Built[/] {project.site.relative_to(project.root)}/ as of {day}")


@app.command(name="preview", hidden=True)
def preview_verb(context: typer.Context, pages: list[str], as_of: AsOf = None) -> None:
    """Bring some pages of site/ up to date. For `serve`, which follows it with a whole build."""
    from scripts import engine
    from scripts.preview import preview

    with explained():
        preview(Project.here(), today(as_of), pages, launch=context.obj or engine.quickest)


@app.command(name="serve")
def serve_verb(
    as_of: AsOf = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="If it is taken, the next free one is used.")] = 8000,
    show: Annotated[bool | None, typer.Option("--open/--no-open", help="Open it in a browser.")] = None,
) -> None:
    """Build, serve on this machine, and build again on each change."""
    from scripts.serve import has_desktop, serve

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    wanted = has_desktop(os.environ) if show is None else show
    day = as_of.date() if as_of else None
    try:
        serve(Project.here(), day, port=port, show=wanted, say=lambda line: out().print(line, markup=False))
    except KeyboardInterrupt:
        out().print("Bye.")


@app.command(name="doctor")
def doctor_verb(
    fix: Annotated[
        bool, typer.Option("--fix", help="Try to get a browser and a typeface, if they are missing.")
    ] = False,
) -> None:
    """Say what is missing on this machine, and how to get it."""
    from rich.markup import escape
    from rich.table import Table

    from scripts import doctor

    if fix:
        improve = doctor.get_shell if doctor.find_chromium() else doctor.get_chromium
        for get in (improve, doctor.get_typeface):
            get(lambda line: out().print(line, markup=False))
    table = Table(box=None, show_header=False, pad_edge=False)
    findings = list(doctor.examine(Project.here()))
    for finding in findings:
        mark = "[green]ok[/]" if finding.ok else "[red]missing[/]"
        table.add_row(mark, finding.name, escape(finding.detail))
        if not finding.ok:
            table.add_row("", "", f"[bold]Get it:[/] {escape(finding.cure)}")
    out().print(table)
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@app.command()
def ids(fix: Annotated[bool, typer.Option("--fix", help="Enter the new ones.")] = False) -> None:
    """Compare the ledger of promised ids with the facts."""
    from scripts.facts import check_ids, ledger, load
    from scripts.facts.problems import BadData

    project = Project.here()
    with explained():
        catalogue, problems = load.read(project.docs)
        problems += check_ids.promised_ids(catalogue, today(None))
        if problems:
            raise BadData(problems)
    new = ledger.missing(catalogue.ledger, ledger.present(catalogue))
    for identifier in new:
        out().print(identifier, markup=False)
    path = project.docs / "data" / load.LEDGER
    if new and fix:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(ledger.extended(text, new), encoding="utf-8")
        out().print(f"{len(new)} ids entered in {path.relative_to(project.root)}")
    elif new:
        err().print(f"{len(new)} ids are not in {path.relative_to(project.root)} yet. Mend it: make ids")
        raise typer.Exit(1)
    else:
        out().print(f"{len(catalogue.ledger)} ids, all in the ledger")


@app.command(name="pdfs")
def pdfs_verb(as_of: AsOf = None) -> None:
    """Build the finished site into site/, with a PDF of each guide, checklist and comparison."""
    from pathlib import Path

    from scripts.build import build
    from scripts.doctor import chromium_cure, find_chromium
    from scripts.edition import Edition
    from scripts.pdf_press import TooLarge, press

    project, day, made = Project.here(), today(as_of), []

    def print_missing(edition: Edition, staged: Path) -> None:
        made.append(press(edition, staged, stage))

    browser = find_chromium()
    try:
        with explained():
            build(project, day, say=stage, press=print_missing if browser else None)
    except TooLarge as error:
        err().print(str(error), markup=False)
        raise typer.Exit(1) from None
    there = len(list((project.site / "paper").glob("*.pdf")))
    out().print(f"[green]Built[/] {project.site.relative_to(project.root)}/ as of {day}: {there} PDFs, {sum(made)} new")
    if not browser:
        err().print(f"Without a Chromium no PDFs are made. Get one: {chromium_cure()}", markup=False)


@app.command(name="stale")
def stale_verb(
    as_of: AsOf = None,
    soon: Annotated[int, typer.Option(min=0, help="How many days ahead to look.")] = 30,
    tell: Annotated[bool, typer.Option("--tell", help="Keep an issue of it on GitHub. For a workflow.")] = False,
) -> None:
    """List what wants to be looked at again, and what breaks when."""
    from scripts.stale import rolling, stale

    day = today(as_of)
    with explained("nothing was listed"):
        found = stale(Project.here().docs, day, soon)
    if tell:
        from scripts.links import forge, forge_issue

        try:
            done = forge_issue.follow(forge.Forge.of(os.environ), rolling(found, day, soon))
        except (forge.NotOnGitHub, forge.Refused) as error:
            err().print(str(error), markup=False)
            raise typer.Exit(1) from None
        out().print(f"issue: {done}")
    for one in found:
        out().print(f"docs/{one.said(day)}", markup=False)
    late = sum(one.due is None or one.due < day for one in found)
    out().print(f"{late} overdue, {len(found) - late} due within {soon} days")


@app.command(name="words")
def words_verb() -> None:
    """Say which of our words are too hard, and where they stand."""
    from scripts.words import check

    with explained("the words are not plain enough"):
        found = check.check(Project.here().docs)
        if found.problems:
            raise check.HardWords(found.problems)
    out().print(f"[green]Plain[/]: {found.summary()}")


@app.command(name="validate")
def validate_verb() -> None:
    """Ask the Nu Html Checker whether the pages of site/ are correct. Needs Java and npm."""
    from scripts.validate import CannotCheck, validate

    try:
        found = validate(Project.here().site, out())
    except CannotCheck as error:
        err().print(str(error), markup=False)
        raise typer.Exit(1) from None
    raise typer.Exit(1 if found else 0)


@app.command()
def bench(
    quick: Annotated[bool, typer.Option("--quick", help="Leave out what takes longest, and look once.")] = False,
    only: Annotated[
        list[str] | None, typer.Option(help="build, pictures, cards, links, weight, lighthouse; else all.")
    ] = None,
) -> None:
    """Measure what things cost, beside others that do the same, and say which aims are met."""
    from scripts import benches

    try:
        names = benches.chosen(only or [])
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    with explained():
        benches.run(Project.here(), today(None), out(), names, quick=quick)


@app.command()
def weight(
    keep: Annotated[bool, typer.Option("--keep", help="Agree to what all pages share, and enter it.")] = False,
) -> None:
    """Say what a first view of site/ costs, and whether what all pages share has grown."""
    from scripts import weight_report

    project = Project.here()
    with explained():
        said = weight_report.report(project, out(), keep=keep)
    raise typer.Exit(1 if said else 0)


@app.command(name="audit")
def audit_verb() -> None:
    """Ask whether a library of the lock is known to be unsafe."""
    from scripts.audit import CouldNotAudit, audit

    try:
        count, unsafe = audit(Project.here().root / "requirements.lock")
    except CouldNotAudit as error:
        err().print(f"Nobody knows whether the libraries are safe: {error}", markup=False)
        raise typer.Exit(3) from None
    for one in unsafe:
        err().print(str(one), markup=False)
    out().print(f"{count} libraries looked up, {len({one.name for one in unsafe})} of them unsafe")
    raise typer.Exit(1 if unsafe else 0)


@app.command()
def picture() -> None:
    """Take the picture of the home page for the README, from a fresh build."""
    from scripts.build import build
    from scripts.picture import NoBrowser, take

    project, day = Project.here(), today(None)
    with explained():
        build(project, day, say=stage)
    try:
        path = take(project)
    except NoBrowser as error:
        err().print(str(error), markup=False)
        raise typer.Exit(1) from None
    out().print(f"Wrote {path.relative_to(project.root)}")


if __name__ == "__main__":
    app(prog_name="python -m scripts")
