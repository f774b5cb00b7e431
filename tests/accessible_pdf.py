"""What a checker of PDF/UA-1 (ISO 14289-1) finds by machine, after the conditions of the Matterhorn Protocol 1.1.

The numbers in front of the faults are its checkpoints. What only people can judge, such as whether an alternative text
says what a figure shows, is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

STANDARD = {
    *(
        "Document",
        "Part",
        "Sect",
        "Div",
        "Aside",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
    ),
    *(
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
    ),
    *("TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu", "Figure"),
    *("Formula", "Form", "Art"),
}
WITHIN = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}
PAINTING = {
    *("Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"),
}


def faults(path: Path) -> list[str]:
    """What is wrong with a PDF, each once."""
    with pikepdf.open(path) as document:
        found = [*_catalog(document), *_structure(document), *_pages(document), *_fonts(document)]
    return list(dict.fromkeys(found))


def _catalog(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    metadata = root.Metadata.read_bytes().decode("utf-8") if "/Metadata" in root else ""
    if not re.search(r"pdfuaid:part(?:>|=\")1", metadata):
        yield "06-002 no identification as PDF/UA-1"
    if "dc:title" not in metadata:
        yield "06-003 no title in the metadata"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "07-001 the title is not shown in the bar of the window"
    if not root.get("/MarkInfo", {}).get("/Marked", False) or "/StructTreeRoot" not in root:
        yield "00 not tagged"
    if root.get("/MarkInfo", {}).get("/Suspects", False):
        yield "02-001 tags are called suspect"
    if not str(root.get("/Lang", "")):
        yield "11-006 no language"
    if "/XFA" in root.get("/AcroForm", {}):
        yield "25-001 a form of XFA"


def _children(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _structure(document: pikepdf.Pdf) -> Iterator[str]:
    tree = document.Root.get("/StructTreeRoot", {})
    roles = {str(name)[1:]: str(value)[1:] for name, value in tree.get("/RoleMap", {}).items()}
    level = [0]

    def role(node: Any) -> str:
        name = str(node["/S"])[1:]
        for _ in range(len(roles) + 1):
            if name in STANDARD:
                return name
            name = roles.get(name, "")
        return ""

    def look(node: Any, above: str) -> Iterator[str]:
        own = role(node)
        if not own:
            yield f"02-003 no standard meaning of {node['/S']}"
        if own in WITHIN and above not in WITHIN[own]:
            yield f"09 {own} stands in {above}"
        if own in ("Figure", "Formula") and not str(node.get("/Alt", node.get("/ActualText", ""))):
            yield f"13-004, 17-002 {own} without alternative text"
        if re.fullmatch("H[1-6]", own):
            if int(own[1]) > level[0] + 1:
                yield f"14-003 {own} after H{level[0]}"
            level[0] = int(own[1])
        if own == "Note" and not str(node.get("/ID", "")):
            yield "19-003 a note without an ID"
        if own == "TH" and not any("/Scope" in one or "/Headers" in one for one in _attributes(node)):
            yield "15-003 a head of cells that says not of which"
        if own == "Table":
            yield from _grid(node, role)
        for child in _children(node):
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                yield from look(child, own)

    for child in _children(tree):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield from look(child, "")


def _attributes(node: Any) -> list[Any]:
    own = node.get("/A", [])
    return [one for one in (own if isinstance(own, pikepdf.Array) else [own]) if isinstance(one, pikepdf.Dictionary)]


def _grid(table: Any, role: Any) -> Iterator[str]:
    """15 rows of a table that are not of one width, by the spans of their cells."""

    def rows(node: Any) -> Iterator[Any]:
        for child in _children(node):
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                if role(child) == "TR":
                    yield child
                else:
                    yield from rows(child)

    def span(cell: Any, way: str) -> int:
        return next((int(one[way]) for one in _attributes(cell) if way in one), 1)

    widths, hanging = set(), {}
    for number, row in enumerate(rows(table)):
        width = hanging.pop(number, 0)
        for cell in _children(row):
            if isinstance(cell, pikepdf.Dictionary) and "/S" in cell:
                width += span(cell, "/ColSpan")
                for later in range(1, span(cell, "/RowSpan")):
                    hanging[number + later] = hanging.get(number + later, 0) + span(cell, "/ColSpan")
        widths.add(width)
    if len(widths) > 1:
        yield f"15 rows of {sorted(widths)} columns in one table"


def _pages(document: pikepdf.Pdf) -> Iterator[str]:
    parents = _parents(document)
    for number, page in enumerate(document.pages, 1):
        known = parents.get(int(page.obj.get("/StructParents", -1)), [])
        yield from (f"{fault} (page {number})" for fault in _marked(page, known))
        annotations = list(page.obj.get("/Annots", []))
        if annotations and page.obj.get("/Tabs") != "/S":
            yield f"28-008 the order of links is not that of the tags (page {number})"
        for one in annotations:
            if one.get("/Subtype") == "/Link":
                if not str(one.get("/Contents", "")):
                    yield f"28-012 a link that does not say where it leads (page {number})"
                owner = parents.get(int(one.get("/StructParent", -1)))
                if not isinstance(owner, pikepdf.Dictionary) or owner.get("/S") not in ("/Link", "/Reference"):
                    yield f"28-011 a link outside the tags (page {number})"


def _parents(document: pikepdf.Pdf) -> dict[int, Any]:
    def nodes(node: Any) -> Iterator[tuple[int, Any]]:
        numbers = list(node.get("/Nums", []))
        yield from zip(map(int, numbers[::2]), numbers[1::2], strict=True)
        for kid in node.get("/Kids", []):
            yield from nodes(kid)

    return dict(nodes(document.Root.get("/StructTreeRoot", {}).get("/ParentTree", {})))


def _marked(page: pikepdf.Page, known: Any) -> Iterator[str]:
    """01-005 what is painted and neither tagged nor an artifact; 01 what is both, or has no place in the tags."""
    open_: list[str] = []
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        if name in ("BDC", "BMC"):
            tag, more = str(instruction.operands[0]), instruction.operands[1] if name == "BDC" else {}
            number = more.get("/MCID") if isinstance(more, pikepdf.Dictionary) else None
            kind = "artifact" if tag == "/Artifact" else "tagged" if number is not None else ""
            if kind and {"artifact", "tagged"} - {kind} & {*open_}:
                yield "01-003, 01-004 content that is tagged and an artifact"
            if number is not None and int(number) >= len(known):
                yield "01-006 content that no tag knows"
            open_.append(kind)
        elif name == "EMC":
            open_.pop()
        elif name in PAINTING and not any(open_):
            yield "01-005 content that is neither tagged nor an artifact"


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    dictionaries = [item for item in document.objects if isinstance(item, pikepdf.Dictionary)]
    for item in dictionaries:
        embedded = {"/FontFile", "/FontFile2", "/FontFile3"} & {*item.keys()}
        if item.get("/Type") == "/FontDescriptor" and not embedded:
            yield f"31-009 a font that is not embedded: {item.get('/FontName')}"
        if item.get("/Type") == "/Font" and item.get("/Subtype") == "/Type0" and "/ToUnicode" not in item:
            yield f"31-027 a font without a map to Unicode: {item.get('/BaseFont')}"
