"""What can one type to bring the site to readers?

The verbs that make `site/` ready for a host or for a folder, and those that ask whether a host sends it well and
whether another engine builds it.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
from urllib.parse import urlsplit

import typer

from scripts.project import Project
from scripts.terminal import AsOf, err, explained, out, progress, today

app = typer.Typer()

_LOADED = ("", "compare/eu/", "api/v1/index.json")
_SECONDS = 5
_SHOWN = 8  # lines of what an engine said


@app.command(name="pack")
def pack_verb() -> None:
    """Put packed copies beside the texts of site/, for hosts that serve such."""
    from scripts.pack import pack

    project = Project.here()
    try:
        with progress("files") as told:
            done = pack(project.site, told)
    except ValueError as error:
        err().print(str(error), markup=False)
        raise typer.Exit(1) from None
    sizes = ", ".join(f"{size / 1000:.0f} kB as {ending}" for ending, size in done.packed.items())
    out().print(f"{done.files} files: {done.plain / 1000:.0f} kB, {sizes}")


@app.command(name="offline")
def offline_verb() -> None:
    """Make a zip of site/ that can be read from a folder, without a server."""
    from scripts import offline

    project = Project.here()
    target = project.build / "opted-in.zip"
    try:
        with progress("files") as told:
            count = offline.pack(project.site, target, told)
    except ValueError as error:
        err().print(str(error), markup=False)
        raise typer.Exit(1) from None
    size = target.stat().st_size
    out().print(f"{target.relative_to(project.root)}: {count} files, {size / 1_000_000:.1f} MB", markup=False)


@app.command(name="hosted")
def hosted_verb() -> None:
    """Let nginx serve site/ with its packed copies, ask whether it does all that we promise, and load it with wrk."""
    from scripts import hosted, nginx
    from scripts.pack import pack

    project = Project.here()
    try:
        with progress("files") as told:
            pack(project.site, told)
        with nginx.running(project.site, urlsplit(project.site_url()).path) as address:
            faults = hosted.faults(address, project.site)
            loads = [hosted.load(address, page, _SECONDS) for page in _LOADED]
    except (nginx.NoServer, ValueError, OSError) as error:
        err().print(str(error), markup=False)
        raise typer.Exit(1) from None
    for said in faults:
        err().print(said, markup=False)
    for load in loads:
        if load:
            out().print(
                f"/{load.page}: {load.rate:,.0f} a second, 99 of 100 within {load.slowest:.1f} ms", markup=False
            )
    if not all(loads):
        out().print("not loaded: wrk is not installed (Debian: apt install wrk)")
    out().print(f"{len(faults)} faults" if faults else "[green]All as promised[/]")
    raise typer.Exit(1 if faults or any(load and load.errors for load in loads) else 0)


@app.command(name="engines")
def engines_verb(as_of: AsOf = None) -> None:
    """Build the same tree with other engines, strictly, and run the site's tests on each. Fetches them for the run."""
    from scripts import engines

    os.environ["SITE_URL"] = engines.ADDRESS
    with explained():
        found = engines.try_all(Project.here(), today(as_of), out())
    out().print(engines.table(found))
    for one in found:
        for said in (*one.said[:_SHOWN], *one.failed):
            err().print(f"{one.name}: {said}", markup=False)
        if len(one.said) > _SHOWN:
            err().print(f"{one.name}: and {len(one.said) - _SHOWN} more lines", markup=False)
    failing = engines.failing(found)
    for line in failing or ["All engines pass."]:
        out().print(line, markup=False)
    raise typer.Exit(1 if failing else 0)
