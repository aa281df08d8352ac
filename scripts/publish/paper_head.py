"""How does somebody who holds a sheet of paper find out how old it is, and where the newest version stands?

What is printed at the head of each page, in every browser: the address with a QR code to it, when the facts were
checked, until when to trust them, the version of the site, and the licence. Pure.
"""

from __future__ import annotations

from collections.abc import Collection
from html import escape

import segno

from scripts.facts.days import in_words
from scripts.facts.how import seen
from scripts.facts.model import Claim
from scripts.facts.resolve import Resolver
from scripts.publish import paper_address

QUIET = 4  # modules of white around a code, as its standard asks
LICENCE = "CC BY 4.0"


def qr(address: str, label: str) -> str:
    """A QR code as SVG, of level M, with its quiet zone. One unit is one module; the style says how large it is.

    Args:
        address: what it says.
        label: what it is, for those who cannot see it.
    """
    code = segno.make_qr(address, error="m", boost_error=False)
    size = code.symbol_size(border=QUIET)[0]
    # Lines one module thick, each drawn from where the last one ended: half the bytes of as many boxes.
    drawn, pen = [f"M{QUIET} {QUIET}.5"], (0, 0)
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                drawn.append(f"m{x - pen[0]} {y - pen[1]}h{length}")
                pen = x + length, y
            x += length or 1
    return (
        f'<svg class="oi-qr" viewBox="0 0 {size} {size}" role="img" aria-label="{escape(label)}">'
        f'<path stroke="#000" d="{"".join(drawn)}"/></svg>'
    )


def code_block(address: str) -> str:
    """The QR code of a page.

    Args:
        address: the absolute address.
    """
    return f'<div class="oi-paper-only oi-sheet">{qr(address, f"QR code: {address}")}</div>'


def facts_line(resolver: Resolver, claims: Collection[Claim], address: str, version: str) -> str:
    """Where a page stands and how fresh it is, as HTML.

    Args:
        resolver: what is known.
        claims: the statements that the page shows; if there are none, all statements count.
        address: the absolute address of the page.
        version: the version of the site, in words.
    """
    chosen = claims or resolver.facts.claims.values()
    checked = resolver.last_checked(chosen)
    said = [f'<strong class="oi-url">{paper_address.spelled(paper_address.typed(address))}</strong><br>']
    how = f", from {seen(chosen)}" if checked else ""
    said.append(f"Facts last checked: <strong>{checked or 'not yet'}</strong>{how}.")
    until = f"Do not trust after: <strong>{in_words(resolver.trusted_until(chosen))}</strong>"
    late = sum(resolver.overdue(claim) for claim in chosen)
    total = sum(resolver.current(claim) for claim in chosen)
    if not late:
        said.append(f"{until}.")
    elif late == total:
        said.append(f"{until}. <strong>{'The check is' if total == 1 else 'All checks are'} overdue.</strong>")
    else:
        said.append(f"Overdue: <strong>{late} of {total} checks</strong>. {until} (the others).")
    said.append(f"Version: {escape(version)}. Licence: {LICENCE}. Independent; no legal advice.")
    return f'<p class="oi-paper-only oi-sheet__facts">{" ".join(said)}</p>'
