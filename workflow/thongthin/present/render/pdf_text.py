"""The text layer of a PDF that Typst made, so that Thai text comes out right wherever it is copied or searched.

Typst maps a Thai syllable to its first glyph and leaves the marks without text; readers that know /ActualText see the
right syllable, the others (Firefox, many programs for text mining) see garbage. Here each Thai glyph is mapped to its
own character: glyphs are recognised by their outline, from the list that `thongthin.present.render.fonts` made of the
same font.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont, getTableClass

# Entries of one block of a CMap, at most.
BLOCK = 100


def beforehand() -> None:
    """Import what reads fonts, and the metadata of a PDF, when it first does (see `basics.warm_server`)."""
    import lxml.etree  # noqa: F401

    for table in ("glyf", "head", "loca", "maxp", "post"):
        getTableClass(table)


def repair_text(pdf: bytes, fonts: Path) -> bytes:
    """The PDF with every Thai glyph mapped to its own character.

    Args:
        pdf: a document set in the fonts of `make_fonts`; other fonts are left alone.
        fonts: folder that `make_fonts` wrote.

    Raises:
        OSError, pikepdf.PdfError: the list of glyphs or the PDF can't be read.
    """
    characters = json.loads((fonts / "characters.json").read_text(encoding="utf-8"))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        seen: set[tuple[int, int]] = set()
        for page in document.pages:
            for item in _fonts(page.obj.get("/Resources"), seen):
                descriptor = item.DescendantFonts[0].FontDescriptor
                if "/FontFile2" in descriptor:
                    font = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()))
                    item.ToUnicode.write(_character_map(font, item.ToUnicode.read_bytes().decode("ascii"), characters))
        stream = io.BytesIO()
        # What says how the text is structured takes more room than the text, and little when it is compressed.
        document.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()


def _fonts(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """The fonts of glyphs by number that a page, or what is drawn on it, is set in; each object is looked at once."""
    for kind in ("/Font", "/XObject", "/Pattern"):
        for item in (resources or {}).get(kind, {}).values():
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
            if kind != "/Font":
                yield from _fonts(item.get("/Resources"), seen)
            elif item.get("/Subtype") == "/Type0":
                yield item


def _character_map(font: TTFont, typst_map: str, characters: dict[str, str]) -> bytes:
    """A ToUnicode CMap: Typst's own, with what Thai glyphs stand for in place of the syllables they begin."""
    texts = {
        int(code, 16): bytes.fromhex(text).decode("utf-16-be")
        for code, text in re.findall(r"<([0-9A-Fa-f]{4})> <((?:[0-9A-Fa-f]{4})+)>", typst_map)
    }
    for code, glyph in enumerate(font.getGlyphOrder()):
        if font["glyf"][glyph].numberOfContours:
            texts[code] = characters.get(outline_hash(font, glyph), texts.get(code, ""))
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CMapName /Thongthin def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    entries = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in sorted(texts.items())]
    for start in range(0, len(entries), BLOCK):
        block = entries[start : start + BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")


def outline_hash(font: TTFont, glyph: str) -> str:
    """What a glyph looks like, as a hash: the same in a font and in a subset of it."""
    coordinates, ends, _ = font["glyf"][glyph].getCoordinates(font["glyf"])[:3]
    return hashlib.sha256(repr((list(coordinates), list(ends))).encode()).hexdigest()[:20]
