"""What can one type about screens?

The verbs of `python -m scripts screens`. Without a further word it makes the pictures that are out of date, and loads
next to nothing if there are none.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from scripts.lock import only_one
from scripts.project import Project
from scripts.screens.make import make
from scripts.terminal import AsOf, err, explained, out, progress, stage, today

app = typer.Typer(
    no_args_is_help=False, add_completion=False, pretty_exceptions_enable=False, help="Make the pictures of screens."
)

Theme = Annotated[str, typer.Option(help="light or dark.")]
Scale = Annotated[int, typer.Option(help="How many pixels make one CSS pixel, or one point of an app.")]
Anchors = Annotated[list[str] | None, typer.Option("--anchor", help="NAME=LEFT,TOP,WIDTH,HEIGHT, in pixels.")]


@app.callback(invoke_without_command=True)
def screens(context: typer.Context, as_of: AsOf = None) -> None:
    """Make the pictures that are out of date, or see the verbs below."""
    if context.invoked_subcommand:
        return
    project, day = Project.here(), today(as_of)
    with explained("no picture was changed"), only_one(project, stage), progress("pictures") as told:
        done = make(project, day, say=lambda line: print(line, file=sys.stderr), progress=told)
    print(f"{len(done.made)} pictures made, {len(done.deleted)} deleted, {done.kept} as they were")


@app.command()
def capture(
    names: Annotated[
        list[str] | None, typer.Argument(help="Which; those that are out of date, if none is named.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All, though the pixels may differ by Chromium.")] = False,
) -> None:
    """Take the raw pictures of our own drawings anew, with a real Chromium."""
    from scripts.picture import NoBrowser
    from scripts.screens.capture import capture as take
    from scripts.screens.outdated import wanted

    folder = Project.here().docs / "screens"
    chosen = None if everything else names or wanted(folder)
    if chosen == []:
        out().print("No drawing has changed since its pictures were taken.")
        return
    try:
        with explained("no raw was changed"):
            changed = take(folder, chosen, lambda name: out().print(name))
    except NoBrowser as error:
        err().print(str(error), markup=False)
        raise typer.Exit(1) from None
    out().print(f"{len(changed)} screens changed")


@app.command()
def intake(
    file: Path,
    name: Annotated[str, typer.Option(help="The id of the screen.")],
    platform: Annotated[str, typer.Option(help="The id of its platform.")],
    redact: Annotated[list[str] | None, typer.Option(help='"LEFT,TOP,WIDTH,HEIGHT SIZE REASON", in pixels.')] = None,
    anchor: Anchors = None,
    theme: Theme = "light",
    scale: Scale = 1,
    force: Annotated[bool, typer.Option("--force", help="Replace a raw that is there.")] = False,
) -> None:
    """Bring in a real screenshot: strip it of all but pixels, and hide what nobody should see."""
    from scripts.screens.intake import run

    with explained("nothing was written"):
        for path in run(file, name, redact or [], platform, theme, scale, force, anchor or []):
            out().print(f"Wrote {path.relative_to(Project.here().root)}")


@app.command()
def place(name: str, anchor: Anchors = None, theme: Theme = "light", scale: Scale = 1) -> None:
    """Say where something lies on a screenshot that is there."""
    from scripts.screens.intake import run_place

    with explained("nothing was written"):
        path = run_place(name, anchor or [], theme, scale)
    out().print(f"Wrote {path.relative_to(Project.here().root)}")


@app.command()
def review() -> None:
    """Show what has changed since the last commit, before and after, on one page."""
    from scripts.screens.review import review as compare

    project = Project.here()
    with explained("there is no page"), progress("pictures") as told:
        page, changed = compare(project, progress=told)
    out().print(f"{changed} pictures differ: {page.relative_to(project.root)}")
