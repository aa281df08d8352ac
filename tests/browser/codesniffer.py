"""A second engine that knows the rules for access: HTML_CodeSniffer, kept in this checkout, run in a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

ENGINE = Path(__file__).parents[1] / "vendor" / "html_codesniffer" / "HTMLCS.js"
# It calls it a warning when a name does not contain the words that one sees. People who speak to their computer say
# those words, so to us it is an error. Its other warnings are only things that a person should look at.
NAMES = "F96"
RUN = """(alsoWrong) => new Promise((done) => HTMLCS.process("WCAG2AA", document, () => done(HTMLCS.getMessages()
  .filter(({type, code}) => type === HTMLCS.ERROR || (type === HTMLCS.WARNING && code.endsWith(alsoWrong)))
  .map((said) => [said.code.split(".").slice(3).join("."), (said.element.outerHTML || "the page").slice(0, 200)]))))"""


def wrong(page: Page) -> list[tuple[str, str]]:
    """What it finds wrong in a page: each rule with the place. Works in a page whose own scripts are off as well."""
    page.evaluate(ENGINE.read_text(encoding="utf-8"))
    return [(rule, place) for rule, place in page.evaluate(RUN, NAMES)]
