"""Where does everything lie, and under which address will it be published?

The one module that knows the folders. Everything else is handed a `Project`, so that tests can point it at a copy.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """One checkout: sources under `docs`, things made on the way under `build`, the finished site in `site`."""

    root: Path

    @classmethod
    def here(cls) -> Project:
        """The checkout that this file is part of."""
        return cls(Path(__file__).resolve().parent.parent)

    @property
    def docs(self) -> Path:
        """What writers edit."""
        return self.root / "docs"

    @property
    def build(self) -> Path:
        """What may be deleted at any time."""
        return self.root / "build"

    @property
    def fragments(self) -> Path:
        """Rendered facts, which pages take in with `--8<--`."""
        return self.build / "fragments"

    @property
    def site(self) -> Path:
        """The finished site."""
        return self.root / "site"

    @property
    def config(self) -> Path:
        """The engine's settings."""
        return self.root / "mkdocs.yml"

    def site_url(self) -> str:
        """The address of the site, with a slash at the end: SITE_URL, or the default written in mkdocs.yml.

        Raises:
            ValueError: if mkdocs.yml has no line `site_url: !ENV [SITE_URL, "https://…/"]`.
        """
        line = r'^site_url: !ENV \[SITE_URL, "(https://[^"]+/)"\]$'
        match = re.search(line, self.config.read_text(encoding="utf-8"), re.MULTILINE)
        if not match:
            raise ValueError(f'{self.config.name}: no line like site_url: !ENV [SITE_URL, "https://example.org/"]')
        return os.environ.get("SITE_URL") or match[1]

    def security_contact(self) -> str:
        """Where to report a weakness: SECURITY_CONTACT, the default in mkdocs.yml, or the page about corrections.

        Returns:
            An address that begins with https: or mailto:.

        Raises:
            ValueError: if it begins with anything else, or mkdocs.yml has no such line.
        """
        line = r'^  security_contact: !ENV \[SECURITY_CONTACT, "([^"]*)"\]$'
        match = re.search(line, self.config.read_text(encoding="utf-8"), re.MULTILINE)
        if not match:
            raise ValueError(f'{self.config.name}: no line like   security_contact: !ENV [SECURITY_CONTACT, ""]')
        contact = os.environ.get("SECURITY_CONTACT") or match[1] or f"{self.site_url()}about/corrections/"
        if not re.match(r"(https://|mailto:)\S+\Z", contact):
            raise ValueError(f'SECURITY_CONTACT is "{contact}"; write https://… or mailto:…')
        return contact
