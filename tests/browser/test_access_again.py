"""A second engine finds nothing wrong either: on any kind of page, light or dark, narrow or wide, script on or off."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.codesniffer import wrong
from tests.browser.test_access import NARROW, OPEN_ALL, WIDE
from tests.browser.test_look import opened

# Each kind of page in one way; together they are seen in every pair of colours, width and script.
SEEN: tuple[tuple[str, str, dict[str, int], bool], ...] = (
    ("", "light", NARROW, False),
    ("", "dark", WIDE, True),
    ("compare/", "dark", NARROW, False),
    ("compare/eu/", "light", WIDE, True),
    ("compare/us/", "dark", NARROW, True),
    ("guides/", "light", WIDE, False),
    ("guides/linkedin-web/", "dark", WIDE, False),
    ("guides/linkedin-web/checklist/", "light", NARROW, True),
    ("policies/meta/", "light", NARROW, True),
    ("timeline/", "dark", WIDE, False),
    ("disagreements/", "dark", NARROW, True),
    ("sources/", "light", NARROW, False),
    ("newsletter/", "light", WIDE, True),
    ("about/", "dark", WIDE, True),
    ("about/accessibility/", "light", WIDE, False),
    ("about/glossary/", "dark", NARROW, False),
    ("about/link-health/", "light", WIDE, True),
    ("c/meta-posts-eu/", "dark", NARROW, True),
    ("no-such-page/", "light", NARROW, True),
)


@pytest.mark.parametrize(("name", "scheme", "size", "script"), SEEN)
def test_the_second_engine_finds_nothing_wrong(
    browser: Browser, site_address: str, name: str, scheme: Any, size: dict[str, int], script: bool
) -> None:
    way = {"color_scheme": scheme, "viewport": size, "java_script_enabled": script, "bypass_csp": True}
    with opened(browser, site_address + name, **way) as page:
        page.evaluate(OPEN_ALL)
        assert wrong(page) == []


PLANTED = """<section lang="en"><img src="x"><p style="color: #999; background: #fff">pale</p><input id="nameless">
<a href="#top" aria-label="Somewhere">Elsewhere</a></section>"""


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_second_engine_sees_what_is_wrong(browser: Browser, site_address: str, script: bool) -> None:
    with opened(browser, site_address + "about/", bypass_csp=True, java_script_enabled=script) as page:
        page.evaluate("(html) => document.querySelector('article').insertAdjacentHTML('beforeend', html)", PLANTED)
        found = {rule for rule, _ in wrong(page)}
    for rule in ("H37", "G18.Fail", "H91.InputText.Name", "F68", "F96"):
        assert [one for one in found if one.endswith(rule)], (rule, found)
