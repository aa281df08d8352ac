"""Sources without an archived copy are found, the companies' own first."""

from __future__ import annotations

from typing import Any

from scripts.facts.model import Source
from scripts.links.archive import lacking

COMMIT = "https://github.com/terms/versions/commit/"


def source(identifier: str, **values: Any) -> Source:
    basis = {"title": "T", "publisher": "P", "kind": "press", "address": "https://acme.example/p", "read": "whole"}
    return Source.model_validate({"id": identifier, **basis, **values})


def test_the_companies_own_texts_come_first() -> None:
    found = lacking([source("s-a"), source("s-b", kind="company"), source("s-c", archive=COMMIT + "a" * 40)])
    assert [(one.source.id, one.what) for one in found] == [("s-b", "no archived copy"), ("s-a", "no archived copy")]


def test_a_commit_in_short_is_no_fixed_address() -> None:
    short = source("s-a", archive=COMMIT + "185513a0")
    whole = source("s-b", archive=COMMIT + "0" * 40)
    elsewhere = source("s-c", archive="https://web.archive.org/web/20260822000000/https://acme.example/p")
    assert [one.source.id for one in lacking([short, whole, elsewhere])] == ["s-a"]
