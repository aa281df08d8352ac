"""Links between pages are relative, and lead where they say."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.facts.addresses import folder, relative

PAGES = ["index.md", "timeline.md", "compare/index.md", "compare/uk.md", "about/method.md", "policies/linkedin.md"]


@pytest.mark.parametrize(
    ("page", "target", "anchor", "address"),
    [
        ("index.md", "compare/uk.md", "x", "compare/uk/#x"),
        ("compare/uk.md", "index.md", "", "../../"),
        ("compare/index.md", "compare/uk.md", "", "uk/"),
        ("compare/uk.md", "compare/index.md", "", "../"),
        ("compare/uk.md", "compare/uk.md", "a", "#a"),
        ("timeline.md", "sources.md", "s-x", "../sources/#s-x"),
    ],
)
def test_an_address_is_what_a_browser_needs(page: str, target: str, anchor: str, address: str) -> None:
    assert relative(page, target, anchor) == address


@given(st.sampled_from(PAGES), st.sampled_from(PAGES))
def test_following_an_address_leads_to_its_target(page: str, target: str) -> None:
    reached = posixpath.normpath(posixpath.join("/site", folder(page), relative(page, target)))
    assert reached == posixpath.normpath(posixpath.join("/site", folder(target)))
