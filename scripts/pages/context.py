"""What does a view need, whatever page it is for?

A `Context` is the facts, the page and the templates in one: it renders a template with the helpers that all of them
share, so that a view is left with choosing what to show.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from scripts.facts import addresses, prose, steps
from scripts.facts.catalogue import Facts
from scripts.facts.days import in_words
from scripts.facts.how import seen
from scripts.facts.label import state_word, value_in_words
from scripts.facts.model import Platform
from scripts.facts.resolve import Resolver
from scripts.pages import words
from scripts.version import UNKNOWN, Version


@functools.cache
def _environment(compiled: Path | None) -> Environment:
    if compiled:
        compiled.mkdir(parents=True, exist_ok=True)
    environment = Environment(
        # Compiling takes longer than rendering. Jinja compares what it keeps with the template's text.
        bytecode_cache=FileSystemBytecodeCache(str(compiled)) if compiled else None,
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        comment_start_string="{##",  # {# begins the id of a heading
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["markup"] = prose.markup
    environment.filters["heading"] = words.heading
    environment.filters["listed"] = prose.listed
    environment.filters["in_words"] = in_words
    environment.globals.update(words=words, addresses=addresses, steps=steps)
    environment.globals.update(state_word=state_word, value_in_words=value_in_words, seen=seen)
    return environment


@dataclass(frozen=True)
class Context:
    """The page that a fragment is for, and what is known. Compiled templates are kept in `compiled`, if it is given."""

    resolver: Resolver
    page: str
    site_url: str
    compiled: Path | None = None
    version: Version = UNKNOWN

    @property
    def facts(self) -> Facts:
        """What is known."""
        return self.resolver.facts

    def to(self, target: str, anchor: str = "") -> str:
        """The address of another page, as seen from this one."""
        return addresses.relative(self.page, target, anchor)

    def short_address(self, target: str) -> str:
        """The address of a page as a person would type it: without https:// and without the last slash."""
        return (self.site_url.removeprefix("https://") + addresses.folder(target)).rstrip("/")

    def product_names(self, platform: Platform, products: Sequence[str]) -> list[str]:
        """The names of some products of a platform."""
        return [product.name for product in platform.products if product.id in products]

    def region_names(self, regions: Sequence[str]) -> list[str]:
        """The names of some regions."""
        return [self.facts.regions[region].name for region in regions]

    def render(self, template: str, **values: Any) -> str:
        """The text of a template. `ctx`, `facts` and `resolver` are known in each."""
        found = _environment(self.compiled).get_template(template)
        return found.render(ctx=self, facts=self.facts, resolver=self.resolver, **values)
