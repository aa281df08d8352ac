"""What do `links external`, `links archive`, `links diff` and `links report` do?

The verbs of the watch over links to other sites. Each is a few lines that read the facts, call `scripts/links/`, and
write or print what came of it. Exit codes: 0 fine, 1 broken, 2 warnings only, 3 the tool itself failed.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from scripts.facts import link_ledgers, load, outward
from scripts.facts.catalogue import Facts
from scripts.facts.link_health import Checked, LinkHealth
from scripts.facts.outward import Outward
from scripts.facts.problems import BadData
from scripts.links import archive, base, forge_issue, forge_proposal, watch, watch_addresses, watch_fetch, watch_results
from scripts.links.forge import Forge, NotOnGitHub, Refused, variable
from scripts.links.watch_pace import Clock, RealClock
from scripts.links.watch_report import FAILED, FINE, Report
from scripts.project import Project
from scripts.summary import summary as changes_in_words

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
out = Console(highlight=False, emoji=False, soft_wrap=True)
err = Console(highlight=False, emoji=False, soft_wrap=True, stderr=True)

RESULTS = Path("docs", link_ledgers.FOLDER, link_ledgers.RESULTS)


class ToolFailed(Exception):
    """The watch could not do its work. Says why, and what to do."""


@app.command(name="external")
def external_verb(
    since: Annotated[str | None, typer.Option("--base", help="Only what the facts name and did not name then.")] = None,
    results: Annotated[Path, typer.Option(help="Where the results are read and written.")] = RESULTS,
    summary: Annotated[Path | None, typer.Option(help="Append a summary to this file, as Markdown.")] = None,
    waiting: Annotated[bool, typer.Option(help="Go on from results that wait in a pull request.")] = False,
) -> None:
    """Ask the links to other sites whether they still work."""
    raise typer.Exit(_explained(lambda: look(Project.here(), since, results, summary, waiting=waiting)))


@app.command(name="archive")
def archive_verb() -> None:
    """List the sources without an archived copy."""
    raise typer.Exit(_explained(lambda: list_archives(Project.here())))


@app.command(name="diff")
def diff_verb(
    commit: str, until: Annotated[str | None, typer.Argument(help="Instead of the checkout.")] = None
) -> None:
    """Say which facts changed since a commit, in words, and what that touches. Markdown."""
    raise typer.Exit(_explained(lambda: _print(changes_in_words(Project.here(), commit, dt.date.today(), until=until))))


@app.command(name="report")
def report_verb() -> None:
    """Bring the rolling issue up to date, and propose the results as a pull request. For a workflow."""
    raise typer.Exit(_explained(lambda: tell(Project.here(), os.environ, dt.date.today())))


def look(
    project: Project,
    since: str | None,
    results: Path,
    summary: Path | None,
    *,
    waiting: bool = False,
    environ: Mapping[str, str] = os.environ,
    clock: Clock | None = None,
    certificates: str | None = None,
    timeout: float | None = None,
) -> int:
    """Run the watch.

    Args:
        project: the checkout. For a whole run its site must be built.
        since: a commit; only addresses that the facts did not name then are asked.
        results: the file of results, below the checkout; what is in it and in the ledger counts.
        summary: a file to append the summary to.
        waiting: go on from the results in a pull request that nobody has merged yet.
        environ: names the repository.
        clock: what time it is, and a way to wait.
        certificates: a file of certificates to trust, instead of the machine's.
        timeout: seconds to wait for an answer, instead of those in `watch.rc`.

    Returns:
        The exit code.

    Raises:
        ToolFailed: if there is nothing to start from.
        BadData: if the facts are wrong.
        NoSuchCommit: if git does not know the commit.
        Refused: if GitHub does not tell what waits.
    """
    clock = clock or RealClock()
    today = clock.now().date()
    repository = environ.get("REPOSITORY_URL")
    if not repository:
        raise ToolFailed("REPOSITORY_URL is not set: those whom we ask must be able to see who asks")
    facts = load.load(project.docs, today)
    path = project.root / results
    health = _with(facts.links, _results(results.as_posix(), path.read_bytes() if path.exists() else b""))
    if waiting:
        text = forge_proposal.waiting(Forge.of(environ), path=RESULTS.as_posix()) or ""
        health = _with(health, _results(f"{forge_proposal.BRANCH}:{RESULTS.as_posix()}", text.encode()))
    links = _links(project, outward.addresses(facts), since, today)
    run = watch.Run(health)
    fetcher = watch_fetch.Fetcher(watch_fetch.agent(repository), clock, certificates=certificates, timeout=timeout)
    try:
        watch.run(links, fetcher, clock, run, read=_last_read(facts), say=lambda line: out.print(line, markup=False))
    finally:  # whoever interrupts the run keeps what was found until then
        found = run.results(links)
        watch_results.write(path, found.values())
    report = Report(links, replace(health, results=found), today)
    words = report.summary(whole=since is None)
    if summary:
        with summary.open("a", encoding="utf-8") as file:
            file.write(words)
    else:
        out.print(words, markup=False)
    out.print(f"{len(run.found)} asked, {len(run.early)} not again so soon", markup=False)
    return report.code(at_once=since is not None)


def list_archives(project: Project) -> int:
    """Print what `archive.lacking` finds.

    Returns:
        The exit code: 0 even if copies are missing, since nobody can make one that does not exist.
    """
    facts = load.load(project.docs, dt.date.today())
    found = archive.lacking(facts.sources.values())
    for one in found:
        out.print(f"{one.source.kind}: {one.source.id}: {one.what}: {one.source.title}", markup=False)
    own = [one for one in found if one.source.kind == "company" and not one.source.archive]
    bare = [one for one in found if not one.source.archive]
    out.print(f"{len(bare)} of {len(facts.sources)} sources have no archived copy; {len(own)} are the companies' own")
    return FINE


def tell(project: Project, environ: Mapping[str, str], today: dt.date) -> int:
    """Tell GitHub what the results of the last run mean.

    Args:
        project: the checkout, with the new results in it.
        environ: GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN and GITHUB_REF_NAME, as in a workflow.
        today: the day that counts as today.

    Returns:
        The exit code.

    Raises:
        NotOnGitHub: if a variable is missing.
        BadData: if the facts are wrong.
        Refused: if GitHub does not do it.
    """
    forge = Forge.of(environ)
    facts = load.load(project.docs, today)
    links = watch_addresses.together(
        outward.addresses(facts),
        {address: Outward(address, {"link"}, [], []) for address in facts.links.results},
    )
    found = Report(links, facts.links, today)
    out.print(f"issue: {forge_issue.follow(forge, found.rolling())}", markup=False)
    done = forge_proposal.propose(
        forge,
        base=variable(environ, "GITHUB_REF_NAME"),
        path=RESULTS.as_posix(),
        text=(project.root / RESULTS).read_text(encoding="utf-8"),
        summary=found.summary(whole=True),
    )
    out.print(f"pull request: {done}", markup=False)
    return FINE


def _links(project: Project, named: dict[str, Outward], since: str | None, today: dt.date) -> dict[str, Outward]:
    if since:
        with tempfile.TemporaryDirectory() as folder:
            catalogue, _ = load.read(base.extract(project.root, since, Path(folder)))
        # Old records need not agree with one another: only what each names by itself counts here.
        return watch_addresses.new(named, outward.addresses(catalogue.facts(today)))
    if not (project.site / "index.html").exists():
        raise ToolFailed("there is no site to read the links from: run make build first")
    return watch_addresses.together(named, watch_addresses.in_pages(project.site, project.site_url()))


def _with(health: LinkHealth, results: Mapping[str, Checked]) -> LinkHealth:
    return replace(health, results=watch_results.merged(health.results, results))


def _results(name: str, content: bytes) -> dict[str, Checked]:
    results, problems = link_ledgers.read_results(name, content)
    if problems:
        raise BadData(problems)
    return results


def _last_read(facts: Facts) -> dict[str, dt.date]:
    """The day of the newest copy that we read, by the publisher's address."""
    found: dict[str, dt.date] = {}
    for source in facts.sources.values():
        if source.address and source.retrieved:
            found[source.address] = max(source.retrieved.first, found.get(source.address, dt.date.min))
    return found


def _print(text: str) -> int:
    out.print(text, markup=False, end="")
    return FINE


def _explained(work: Callable[[], int]) -> int:
    """Do something; if it cannot be done, say why, and that the tool failed."""
    try:
        return work()
    except BadData as error:
        for problem in error.problems:
            err.print(str(problem), markup=False)
    except (ToolFailed, base.NoSuchCommit, NotOnGitHub, Refused) as error:
        err.print(str(error), markup=False)
    return FAILED
