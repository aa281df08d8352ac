"""How does a block for a newsletter look in any mail program?

Tables, paragraphs, links and pictures, with all styles inline and all colours given twice over (text and ground), so
that a program which turns colours about turns both. Word, which draws for Outlook on Windows, knows little more.
Nothing is lost without pictures: each has words in its place, and the button is a cell with a ground.
"""

from __future__ import annotations

from markupsafe import Markup

from scripts.facts.cite import LICENCE, LICENCE_NAME, SITE_NAME
from scripts.publish.kit_block import Block, Link, Picture

WIDTH = 600  # pixels: what mail programs give
MOST = 20_000  # bytes of a file; one mail may hold five of them before programs cut it off
_INSIDE = WIDTH - 2 * 20 - 2  # within padding and edge

_INK, _SOFT, _PAPER, _RULE = "#1c1d1f", "#55565a", "#ffffff", "#d8d3c7"
_FONT = "font-family:Arial,Helvetica,sans-serif"
_DOCUMENT = Markup(
    """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
</head>
<body style="margin:0;padding:0;background-color:#ffffff">
{block}
</body>
</html>
"""
)


def document(block: Block) -> str:
    """A whole page with nothing but the block, to look at, to copy from, or to send."""
    return str(_DOCUMENT.format(title=block.title, block=mail(block)))


def mail(block: Block) -> Markup:
    """The block, to be pasted between others of a mail."""
    rows = [
        _row(_p(block.kicker, size=13, colour=_SOFT), top=18),
        _row(_p(_a(Link(block.title, block.address)), size=22, weight="bold", height=1.25)),
        *(_row(_p(line)) for line in block.lines),
    ]
    if block.picture:
        rows += _picture(block.picture, block.address)
    for heading, points in block.lists:
        rows.append(_row(_p(f"{heading}:", weight="bold"), bottom=2))
        rows += [_row(_p(Markup("&bull;&nbsp; {}").format(point)), bottom=6) for point in points]
    rows.append(_row(_button(block.action), top=8, bottom=14))
    if block.sources:
        said = (Markup(", ").join(map(_a, links)) for links in block.sources)
        rows.append(_row(_p(Markup("Sources: {}").format(Markup("; ").join(said)), size=13, colour=_SOFT)))
    name, licence = Link(SITE_NAME, block.address), Link(LICENCE_NAME, LICENCE)
    foot = Markup("{} Source: {}, {}").format(block.foot, _a(name), _a(licence))
    rows.append(_row(_p(foot, size=13, colour=_SOFT), bottom=18))
    return Markup(
        '<table role="presentation" width="{width}" align="center" cellpadding="0" cellspacing="0" border="0"'
        ' bgcolor="{paper}" style="width:100%;max-width:{width}px;margin:0 auto;background-color:{paper};color:{ink};'
        'word-break:break-word;border:1px solid {rule};border-collapse:separate">\n{rows}\n</table>'
    ).format(width=WIDTH, paper=_PAPER, ink=_INK, rule=_RULE, rows=Markup("\n").join(rows))


def _row(content: Markup, *, top: int = 0, bottom: int = 10) -> Markup:
    return Markup('<tr><td style="padding:{}px 20px {}px 20px">{}</td></tr>').format(top, bottom, content)


def _p(
    content: Markup | str, *, size: int = 16, colour: str = _INK, weight: str = "normal", height: float = 1.5
) -> Markup:
    return Markup('<p style="margin:0;{};font-size:{}px;line-height:{};font-weight:{};color:{}">{}</p>').format(
        _FONT, size, height, weight, colour, content
    )


def _a(link: Link) -> Markup:
    if not link.address:
        return Markup("{}").format(link.words)
    return Markup('<a href="{}" style="color:{};text-decoration:underline">{}</a>').format(
        link.address, _INK, link.words
    )


def _button(link: Link) -> Markup:
    words = Markup('<a href="{}" style="display:inline-block;color:{};text-decoration:none">{}</a>').format(
        link.address, _PAPER, link.words
    )
    return Markup(
        '<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td bgcolor="{ink}"'
        ' style="padding:12px 20px;background-color:{ink}">{p}</td></tr></table>'
    ).format(ink=_INK, p=_p(words, colour=_PAPER, weight="bold"))


def _picture(picture: Picture, address: str) -> list[Markup]:
    width = min(_INSIDE, picture.width)
    style = (  # no height: where pictures are off, it would leave a hole of that size
        f"display:block;width:100%;max-width:{width}px;height:auto;border:0;background-color:{_PAPER};color:{_INK};"
        f"{_FONT};font-size:14px"  # of the words that stand in for it
    )
    image = Markup('<a href="{}"><img src="{}" width="{}" alt="{}" border="0" style="{}"></a>').format(
        address, picture.address, width, picture.alt, style
    )
    rows = [_row(image, top=4)]
    rows += [
        _row(_p(Markup("{}. {}").format(number, words), size=15), bottom=4)
        for number, words in enumerate(picture.legend, 1)
    ]
    if picture.caption:
        rows.append(_row(_p(picture.caption, size=13, colour=_SOFT), top=4))
    return rows
