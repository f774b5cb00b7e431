"""The fonts of the article, made from the package `fontpkg-sarabun` (Sarabun, SIL Open Font License).

Sarabun has no Greek letters, which statistics are full of; those of the PDF are of DejaVu Sans, the font that figures
take them from (it comes with matplotlib), somewhat smaller, so that they are as tall as their neighbours.

Web fonts are subsets with the letters of Thai and Latin text. The fonts of the PDF differ from Sarabun in ways that
nobody sees, so that Thai text can be copied and searched: Typst repeats a whole syllable in the text layer wherever a
mark is moved up or down, so the marks keep to their designed height (Sarabun draws raised and lowered ones as glyphs of
their own); sara am, which every text shaper splits in two, ends in a glyph that stands for the whole letter; and tone
marks on the narrow vowels of ป ฝ ฟ are glyphs drawn in their place, since some readers see a space after a moved one.
`characters.json` says what each Thai glyph stands for; `thongthin.present.render.pdf_text` writes that into the PDF.
`widths.json` says how wide each letter is at most, in em (`thongthin.present.setting.heights`).

Fails if the package is missing or its fonts lack the glyphs named here.
"""

from __future__ import annotations

import contextlib
import copy
import hashlib
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import fontTools
from fontTools import subset
from fontTools.otlLib import builder
from fontTools.ttLib import TTFont

from thongthin.basics.files import write_bytes
from thongthin.present.render.pdf_text import outline_hash

FAMILY = "Sarabun Thongthin"
GREEK_FAMILY = "Thongthin Greek"
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
WEB_STYLES = {"Regular": ("400", "normal"), "Bold": ("700", "normal"), "Italic": ("400", "italic")}
GREEK_STYLES = {"Regular": "", "Bold": "-Bold", "Italic": "-Oblique", "BoldItalic": "-BoldOblique"}
# Units to the em are 2048; the more of them, the smaller the letters.
GREEK_UNITS = 2250
# Latin, Thai, punctuation, superscripts, signs of currency and mathematics.
WEB_LETTERS = (
    "U+0020-007E,U+00A0-017F,U+0E00-0E7F,U+2010-2033,U+2070-209F,U+20AC,U+2122,U+2190-2193,U+2212,U+2248-2265,U+25CC"
)

MARK_TO_BASE, MARK_TO_MARK, MARK_EXTENSION = 4, 6, 9
SINGLE, LIGATURE, EXTENSION = 1, 4, 7
NIKHAHIT, SARA_AA, WHOLE_SARA_AM = "uni0E4D", "uni0E32", "uni0E32.am"
NARROW_VOWELS = ("uni0E31.narrow", "uni0E34.narrow", "uni0E35.narrow", "uni0E36.narrow", "uni0E37.narrow")
TONES = ("uni0E48", "uni0E49", "uni0E4A", "uni0E4B", "uni0E4C")


def sarabun(style: str) -> TTFont:
    """Sarabun as published, one of its styles."""
    return TTFont(_published(style), recalcTimestamp=False)


def _published(style: str) -> Path:
    import fontpkg_sarabun

    return Path(fontpkg_sarabun.__file__).parent / "files" / f"Sarabun-{style}.ttf"


def make_fonts(folder: Path, keep: Path | None = None) -> None:
    """Write into `folder` the fonts of the PDF, what their Thai glyphs stand for, the web fonts and `fonts.css`.

    Args:
        keep: where fonts are kept that were made from the same sources by the same code, for other studies and copies
            of the project to take; by default the environment (`.venv`), if Python runs in one.
    """
    keep = keep or (Path(sys.prefix) if sys.prefix != sys.base_prefix else None)
    archive = keep / f"thongthin-fonts-{_sources()}.zip" if keep else None
    files = _kept(archive) if archive else None
    if files is None:
        files = _made()
        if archive:
            with contextlib.suppress(OSError):  # an environment that nobody may write to
                write_bytes(archive, _archived(files))
    for name, data in files.items():
        write_bytes(folder / name, data)


def _sources() -> str:
    """A hash of all that the fonts are made from: the published fonts, this code and what it calls."""
    digest = hashlib.sha256(f"{fontTools.version} {zlib.ZLIB_RUNTIME_VERSION}".encode())
    for path in [Path(__file__), *map(_published, STYLES), *map(_dejavu, STYLES)]:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _kept(archive: Path) -> dict[str, bytes] | None:
    """The files in an archive, name -> content; None if it is not there, or damaged."""
    try:
        with zipfile.ZipFile(archive) as kept:
            return {name: kept.read(name) for name in kept.namelist()}  # which compares the checksums
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError):
        return None


def _archived(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def _made() -> dict[str, bytes]:
    """The files of `make_fonts`, name -> content."""
    files: dict[str, bytes] = {}
    characters: dict[str, str] = {}
    widths: dict[str, float] = {}
    for style in STYLES:
        font = copyable(sarabun(style))
        characters |= glyph_characters(font)
        greek = greek_font(style)
        for one in (font, greek):
            for letter, width in letter_widths(one).items():
                widths[letter] = max(width, widths.get(letter, 0.0))
        files[f"SarabunThongthin-{style}.ttf"] = _saved(font)
        files[f"ThongthinGreek-{style}.ttf"] = _saved(greek)
    files["characters.json"] = json.dumps(characters, ensure_ascii=False, indent=0, sort_keys=True).encode()
    files["widths.json"] = json.dumps(widths, ensure_ascii=False, indent=0, sort_keys=True).encode()
    rules = []
    for style, (weight, slant) in WEB_STYLES.items():
        files[f"sarabun-{style.lower()}.woff"] = web_font(style)
        rules.append(
            f'@font-face {{ font-family: "Sarabun"; font-weight: {weight}; font-style: {slant}; font-display: swap;'
            f' src: url("sarabun-{style.lower()}.woff") format("woff"); }}\n'
        )
    files["fonts.css"] = "".join(rules).encode()
    return files


def web_font(style: str) -> bytes:
    """A WOFF subset of Sarabun with the letters, digits and signs of Thai and European text."""
    options = subset.Options(layout_features=["*"], notdef_outline=True, hinting=False)
    font = sarabun(style)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(WEB_LETTERS))
    subsetter.subset(font)
    font.flavor = "woff"
    return _saved(font)


def greek_font(style: str) -> TTFont:
    """The Greek letters of DejaVu Sans under the name `GREEK_FAMILY`."""
    font = TTFont(_dejavu(style), recalcTimestamp=False)
    options = subset.Options(
        layout_features=[], notdef_outline=True, hinting=False, name_IDs=["*"], drop_tables=["FFTM"]
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=range(0x370, 0x400))
    subsetter.subset(font)
    font["head"].unitsPerEm = GREEK_UNITS
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = (
                record.toUnicode().replace("DejaVu Sans", GREEK_FAMILY).replace("DejaVuSans", "ThongthinGreek")
            )
    return font


def _dejavu(style: str) -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{GREEK_STYLES[style]}.ttf"


def copyable(font: TTFont) -> TTFont:
    """The font with the changes that make Thai text in a PDF copyable (see above), under the name `FAMILY`."""
    _keep_marks_level(font)
    nikhahits = {glyph for glyph in font.getGlyphOrder() if glyph.startswith(NIKHAHIT)}
    # Told from sara aa by its outline, where one point stands a thousandth of an em away.
    _add_glyph(font, WHOLE_SARA_AM, SARA_AA, [(1, 1)])
    _substitute_after(font, nikhahits, {SARA_AA: WHOLE_SARA_AM})
    for vowel in NARROW_VOWELS:
        shifted = {}
        for tone, offset in _offsets_on(font, vowel):
            if tone.startswith(TONES):
                shifted[tone] = f"{tone}.on.{vowel}"
                _add_glyph(font, shifted[tone], tone, [(offset, 0)] * len(font["glyf"][tone].coordinates))
        _substitute_after(font, {vowel}, shifted)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            text = FAMILY.replace(" ", "") if record.nameID == 6 else FAMILY
            record.string = record.toUnicode().replace("Sarabun", text)
    return font


def glyph_characters(font: TTFont) -> dict[str, str]:
    """Outline (see `outline_hash`) of each Thai glyph of a copyable font -> the text it stands for."""
    by_glyph: dict[str, str] = {}
    for code, glyph in sorted(font.getBestCmap().items(), reverse=True):
        by_glyph[glyph] = chr(code)
    for _ in range(3):  # variants of variants
        for glyph, sources in _substitutions(font):
            if glyph not in by_glyph and all(s in by_glyph for s in sources):
                by_glyph[glyph] = "".join(by_glyph[s] for s in sources)
    thai = {g: t for g, t in by_glyph.items() if "\u0e00" <= t[0] <= "\u0e7f"}
    # Nikhahit opens sara am, which its last glyph writes; a tone mark that it carries is still written.
    thai |= {g: t.replace("\u0e4d", "") for g, t in thai.items() if g.startswith(NIKHAHIT)}
    thai[WHOLE_SARA_AM] = "\u0e33"
    return {outline_hash(font, glyph): text for glyph, text in thai.items()}


def letter_widths(font: TTFont) -> dict[str, float]:
    """Letter -> how far it moves the pen, in em."""
    units, metrics = font["head"].unitsPerEm, font["hmtx"]
    return {chr(code): metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()}


def _saved(font: TTFont) -> bytes:
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def _subtables(table: Any, extension: int) -> Iterator[Any]:
    for lookup in table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            yield subtable.ExtSubTable if subtable.LookupType == extension else subtable


def _keep_marks_level(font: TTFont) -> None:
    """Anchors only move marks sideways."""
    for subtable in _subtables(font["GPOS"].table, MARK_EXTENSION):
        if subtable.LookupType == MARK_TO_BASE:
            marks, records = subtable.MarkArray, [r.BaseAnchor for r in subtable.BaseArray.BaseRecord]
        elif subtable.LookupType == MARK_TO_MARK:
            marks, records = subtable.Mark1Array, [r.Mark2Anchor for r in subtable.Mark2Array.Mark2Record]
        else:
            continue
        for anchor in [m.MarkAnchor for m in marks.MarkRecord] + [a for record in records for a in record if a]:
            anchor.YCoordinate = 0


def _offsets_on(font: TTFont, below: str) -> Iterator[tuple[str, int]]:
    """Marks that can stand on the mark `below`, and how far each is moved sideways for it."""
    for subtable in _subtables(font["GPOS"].table, MARK_EXTENSION):
        if subtable.LookupType == MARK_TO_MARK and below in subtable.Mark2Coverage.glyphs:
            record = subtable.Mark2Array.Mark2Record[subtable.Mark2Coverage.glyphs.index(below)]
            for glyph, mark in zip(subtable.Mark1Coverage.glyphs, subtable.Mark1Array.MarkRecord, strict=True):
                anchor = record.Mark2Anchor[mark.Class]
                if anchor:
                    yield glyph, anchor.XCoordinate - mark.MarkAnchor.XCoordinate


def _add_glyph(font: TTFont, name: str, like: str, moves: list[tuple[int, int]]) -> None:
    """Add a simple glyph with the points of another, the first ones moved."""
    table = font["glyf"]
    glyph = copy.deepcopy(table[like])
    for point, (x, y) in enumerate(moves):
        glyph.coordinates[point] = (glyph.coordinates[point][0] + x, glyph.coordinates[point][1] + y)
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    table.glyphs[name] = glyph
    table.setGlyphOrder(font.getGlyphOrder())
    glyph.recalcBounds(table)
    font["hmtx"][name] = (font["hmtx"][like][0], glyph.xMin)


def _substitute_after(font: TTFont, before: set[str], glyphs: dict[str, str]) -> None:
    """Add a substitution that applies right after one of `before`, in every script that composes marks."""
    table = font["GSUB"].table
    change = builder.SingleSubstBuilder(font, None)
    change.mapping = glyphs
    context = builder.ChainContextSubstBuilder(font, None)
    context.rules.append(builder.ChainContextualRule([before], [set(glyphs)], [], [change]))
    for lookup in (change, context):
        lookup.lookup_index = len(table.LookupList.Lookup)
        table.LookupList.Lookup.append(lookup.build())
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "ccmp":
            record.Feature.LookupListIndex.append(context.lookup_index)


def _substitutions(font: TTFont) -> Iterator[tuple[str, Iterable[str]]]:
    """Each glyph that stands for others, and those others."""
    for subtable in _subtables(font["GSUB"].table, EXTENSION):
        if subtable.LookupType == SINGLE:
            for source, glyph in subtable.mapping.items():
                yield glyph, [source]
        elif subtable.LookupType == LIGATURE:
            for first, ligatures in subtable.ligatures.items():
                for ligature in ligatures:
                    yield ligature.LigGlyph, [first, *ligature.Component]
