"""Of the engine's talk what matters is kept, and it does the same however it is started."""

from __future__ import annotations

import os

import psutil  # type: ignore[import-untyped]
import pytest

from scripts import engine
from scripts.build import build
from scripts.project import Project
from scripts.warm import Warm
from tests.conftest import TODAY, contents


def test_warnings_errors_and_tracebacks_are_shown_and_routine_is_not() -> None:
    said = """\
INFO    -  Cleaning site directory
WARNING -  Doc file 'index.md' contains a link 'x.md', but the target is not found.
             Did you mean 'y.md'?
INFO    -  The following pages exist in the docs directory, but are not in "nav":
             - z.md

Aborted with 1 warnings in strict mode!
"""
    assert engine.worth_showing(said) == [
        "WARNING -  Doc file 'index.md' contains a link 'x.md', but the target is not found.",
        "             Did you mean 'y.md'?",
        "Aborted with 1 warnings in strict mode!",
    ]


def test_a_build_of_a_warm_process_is_the_same_to_the_byte(whole: Project) -> None:
    cold = contents(whole.site)
    with Warm(whole.root) as warm:
        for _ in range(2):
            assert warm.run(["build", "--as-of", TODAY.isoformat()]) == 0
            assert contents(whole.site) == cold


def test_an_engine_in_a_process_of_its_own_builds_the_same_bytes(whole: Project) -> None:
    copied = contents(whole.site)
    build(whole, TODAY, say=lambda _: None, launch=engine.spawned)
    assert contents(whole.site) == copied


def test_a_warm_process_passes_failure_on_and_lives(whole: Project) -> None:
    page = whole.docs / "index.md"
    good = page.read_text()
    with Warm(whole.root) as warm:
        page.write_text(good + "\n[Gone](nowhere.md)\n")
        assert warm.run(["build", "--as-of", TODAY.isoformat()]) == 1
        page.write_text(good)
        assert warm.run(["build", "--as-of", TODAY.isoformat()]) == 0


@pytest.mark.parametrize("launch", [engine.forked, engine.spawned])
def test_something_else_can_be_done_while_the_engine_works(whole: Project, launch: engine.Launch) -> None:
    target = whole.build / "elsewhere"
    with engine.running(whole, target, os.environ, launch):
        assert not (target / "index.html").exists()
    themes = tuple(f"assets/{name}/" for name in ("javascripts", "stylesheets", "images"))  # we publish none of them
    made = {name for name in contents(target) if not name.startswith(themes)}
    assert len(made) > 10 and made <= contents(whole.site).keys()
    assert (target / "index.html").exists()


@pytest.mark.parametrize("launch", [engine.forked, engine.spawned])
def test_an_engine_is_stopped_when_what_is_done_meanwhile_fails(whole: Project, launch: engine.Launch) -> None:
    target, others = whole.build / "elsewhere", psutil.Process().children()
    with pytest.raises(KeyError), engine.running(whole, target, os.environ, launch):
        raise KeyError
    assert psutil.Process().children() == others
    assert not (target / "sitemap.xml").exists()
