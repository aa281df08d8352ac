"""What do `links`, `links keep`, `links redirect` and `links mend` do?

The verbs of the gate over our own links, and of the ledgers of what was ever published. Exit codes of the gate: 0 fine,
1 broken, 2 warnings only, 3 the check itself failed.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from scripts.facts.promises import Address
from scripts.project import Project
from scripts.terminal import explained, out

if TYPE_CHECKING:
    from scripts.links.findings import Finding
    from scripts.links.gate import Report
    from scripts.links.tree import Tree

app = typer.Typer(
    no_args_is_help=False, add_completion=False, pretty_exceptions_enable=False, help="Check links, keep promises."
)

Site = Annotated[Path | None, typer.Option("--site", help="The built tree; site/ unless named.")]
SiteUrl = Annotated[str | None, typer.Option(help="The address it is built for; SITE_URL or mkdocs.yml unless named.")]


@app.callback(invoke_without_command=True)
def links(
    context: typer.Context,
    site: Site = None,
    site_url: SiteUrl = None,
    json: Annotated[Path | None, typer.Option("--json", help="Write the findings here too, for programs.")] = None,
    promises: Annotated[bool, typer.Option(help="Check the ledgers of what was ever published as well.")] = True,
) -> None:
    """Check every link within a built site, or see the verbs below."""
    if context.invoked_subcommand:
        return
    from scripts.links import report

    found = check(Project.here(), site, site_url, promises=promises)
    if json:
        json.write_text(report.as_json(found), encoding="utf-8")
    report.show(found, out())
    raise typer.Exit(found.code)


def check(project: Project, site: Path | None = None, site_url: str | None = None, *, promises: bool = True) -> Report:
    """Run the gate over a built tree, with all that is known about this project.

    Args:
        project: whose sources and ledgers to hold the tree against.
        site: the built tree; the project's own unless named.
        site_url: the address it is built for.
        promises: whether to check the ledgers.
    """
    from scripts.links import gate, promised

    def kept(tree: Tree) -> list[Finding]:
        return promised.check(tree, project.docs, project.root)

    url = site_url or project.site_url()
    return gate.run(site or project.site, url, sources=project.docs, checks=[kept] if promises else [])


@app.command(name="keep")
def keep_verb(site: Site = None) -> None:
    """Enter what is new into the ledgers: from then on it is promised."""
    from scripts.links import mend

    project = Project.here()
    with explained("nothing was entered"):
        new = mend.keep(project.docs, _tree(project, site))
    ids = sum(bool(address.id) for address in new)
    out().print(f"Entered {len(new) - ids} addresses and {ids} ids")


@app.command(name="redirect")
def redirect_verb(old: str, new: str, site: Site = None) -> None:
    """Say where an address or an id went. Both begin with a slash, the root of the site."""
    from scripts.links import mend

    project = Project.here()
    with explained("nothing was changed"):
        tree = _tree(project, site)
        for entry in mend.redirect(project.docs, _address(old, project), _address(new, project), tree):
            out().print(f"{entry.old} -> {entry.to}", markup=False)


@app.command(name="mend")
def mend_verb(site: Site = None) -> None:
    """Say of everything that does not answer any more where it seems to have gone. Look through what it wrote."""
    from scripts.links import mend

    project = Project.here()
    with explained("nothing was changed"):
        done, left = mend.mend(project.docs, _tree(project, site))
    for entry in done:
        out().print(f"{entry.old} -> {entry.to}", markup=False)
    for entry in left:
        out().print(f"{entry.old}: nothing like it was found", markup=False, style="red")
    raise typer.Exit(1 if left else 0)


def _tree(project: Project, site: Path | None) -> Tree:
    from scripts.facts.problems import BadData, Problem
    from scripts.links.lead import Home
    from scripts.links.tree import Tree

    tree = Tree(site or project.site, Home.of(project.site_url()))
    if not tree.pages:
        raise BadData([Problem(str(tree.site), 0, "empty", "there is no page in it", "build the site first")])
    return tree


def _address(text: str, project: Project) -> Address:
    """An address as somebody typed or copied it: below the root, or in full."""
    from scripts.facts.problems import BadData, Problem

    url = project.site_url()
    below = "/" + text.removeprefix(url) if text.startswith(url) else text
    try:
        return Address.parse(below)
    except ValueError as error:
        cure = f"write /about/, or {urlsplit(url)._replace(path='').geturl()}/…"
        raise BadData([Problem(text, 0, "address", str(error), cure)]) from None
