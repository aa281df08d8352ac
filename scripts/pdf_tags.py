"""What must a PDF carry so that it can be read aloud, as PDF/UA-1 asks (ISO 14289-1)?

Chromium tags what it prints, but not all the way: the running foot and the lines around boxes are not marked as
ornament, items of lists have no body, some names of tags are its own, and links do not say where they lead. This adds
what is missing, in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator

_NAMESPACE = "http://www.aiim.org/pdfua/ns/id/"
_ROLES = {"Strong": "Span", "Em": "Span"}
_WORDS = {"Tj", "TJ", "'", '"'}
_OTHER_PAINT = {"Do", "sh", "INLINE IMAGE"}
_PATH = {"m", "l", "c", "v", "y", "h", "re", "W", "W*"}
_PAINTED = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*"}
_ORNAMENT = pikepdf.ContentStreamInstruction([Name.Artifact], Operator("BMC"))
_END = pikepdf.ContentStreamInstruction([], Operator("EMC"))

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


def complete(document: pikepdf.Pdf) -> None:
    """Bring the tags of a PDF that Chromium made up to PDF/UA-1, and say so in it.

    Args:
        document: with tags; it is changed.
    """
    tree = document.Root.StructTreeRoot
    elements = [thing for thing in document.objects if _is(thing, "/StructElem")]
    for element in elements:
        if element.S == "/L":
            _only_items(element)
    parents = pikepdf.NumberTree(tree.ParentTree)
    for element in elements:
        if element.S == "/LI":
            _body(document, element, parents)
    tree.RoleMap = Dictionary({f"/{own}": Name(f"/{standard}") for own, standard in _ROLES.items()})
    for page in document.pages:
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(list(_marked(page))))
        for note in page.get("/Annots", ()):
            if note.get("/Subtype") == "/Link":
                note.Contents = pikepdf.String(address_of(note) or "Elsewhere in this document")
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata.register_xml_namespace(_NAMESPACE, "pdfuaid")
        metadata[f"{{{_NAMESPACE}}}part"] = "1"


def address_of(note: Object) -> str:
    """Where a link of a PDF leads; nothing, if it stays within the PDF."""
    return str(note.A.URI) if "/A" in note and "/URI" in note.A else ""


def _is(thing: Object, kind: str) -> bool:
    return isinstance(thing, Dictionary) and thing.get("/Type") == kind


def _kids(element: Object) -> list[Object]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _only_items(listing: Object) -> None:
    """A list holds items. Chromium puts the generic boxes between them there as well: they have nothing in them, or
    they are items."""
    kept = []
    for kid in _kids(listing):
        if isinstance(kid, Dictionary) and kid.get("/S") == "/NonStruct":
            if "/K" not in kid:
                continue
            kid.S = Name.LI
        kept.append(kid)
    listing.K = Array(kept)


def _body(document: pikepdf.Pdf, item: Object, parents: pikepdf.NumberTree) -> None:
    """Put all of an item of a list but its label into a body."""
    labels, rest = Array(), Array()
    for kid in _kids(item):
        (labels if isinstance(kid, Dictionary) and kid.get("/S") in ("/Lbl", "/LBody") else rest).append(kid)
    if not rest:
        return
    body = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=rest))
    if "/Pg" in item:
        body.Pg = item.Pg
    for kid in rest:
        if _is(kid, "/StructElem"):
            kid.P = body
        elif isinstance(kid, int):
            parents[int(item.Pg.StructParents)][kid] = body
        elif _is(kid, "/MCR"):
            parents[int((kid if "/Pg" in kid else item).Pg.StructParents)][int(kid.MCID)] = body
    labels.append(body)
    item.K = labels


def _marked(page: pikepdf.Page) -> Iterator[Instruction]:
    """What draws a page, with all that carries no tag marked as ornament."""
    depth = 0
    path: list[Instruction] = []
    for step in pikepdf.parse_content_stream(page):
        name = str(step.operator)
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
        if name in _PATH:
            path.append(step)
            continue
        ornament = depth == 0 and name in _WORDS | _OTHER_PAINT | _PAINTED
        yield from _around([*path, step], ornament)
        path = []
    yield from path


def _around(steps: Iterable[Instruction], ornament: bool) -> Iterator[Instruction]:
    if ornament:
        yield _ORNAMENT
    yield from steps
    if ornament:
        yield _END
