"""What the pages of claims are called, and that their addresses stay short."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.facts.load import load
from scripts.facts.problems import BadData
from scripts.facts.resolve import Resolver
from scripts.publish import claim_pages
from tests.conftest import TODAY
from tests.facts import small
from tests.real import real_facts


def test_titles_and_descriptions_have_the_lengths_that_networks_show_and_are_unique() -> None:
    heads = claim_pages.named(Resolver(real_facts(TODAY)))
    assert len(heads) > 200
    assert all(0 < len(title) <= 60 and 70 <= len(about) <= 160 for title, about in heads.values())
    assert len({title for title, _ in heads.values()}) == len({about for _, about in heads.values()}) == len(heads)


def test_claims_that_read_alike_are_told_apart_by_their_names(tmp_path: Path) -> None:
    twin = small.FILES["data/claims/acme.yml"].partition("claims:\n")[2].partition("  - id: ac-default-eu")[0]
    twin = twin.replace("ac-default", "ac-twin").replace("regions: [world]", "regions: [world]\n    products: [mail]")
    first = small.FILES["data/claims/acme.yml"].replace("regions: [world]", "regions: [world]\n    products: [chat]", 1)
    facts = load(small.write(tmp_path, claims=first + twin), small.TODAY)
    heads = claim_pages.named(Resolver(facts))
    assert heads["ac-default"][0] == "Acme Chat, Worldwide: In by default?"
    assert heads["ac-twin"][0] == "Acme Mail, Worldwide: In by default?"
    assert heads["ac-default"][1] != heads["ac-twin"][1] and heads["ac-twin"][1].endswith("(ac-twin)")
    assert all(len(title) <= 60 and 70 <= len(about) <= 160 for title, about in heads.values())


def test_a_name_that_makes_a_short_address_too_long_is_refused(tmp_path: Path) -> None:
    long = "ac-since" + "-x" * 15
    with pytest.raises(BadData, match=r"short address.*characters, 40 is the limit") as error:
        load(small.write(tmp_path, **small.edited("claims", "id: ac-since", f"id: {long}")), small.TODAY)
    assert f"take {len(f'/c/{long}/') - 40} characters off the id" in str(error.value)


def test_a_file_name_that_makes_a_short_address_too_long_is_refused(tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    (folder / "guides" / "switch.md").rename(folder / "guides" / f"{'switch-' * 6}off.md")
    with pytest.raises(BadData, match=r"guides/switch-.*short address"):
        load(folder, small.TODAY)
