"""Characters that no font of the PDF has, such as an emoji in a quote, and what stands in their place there.

An accessible PDF may not show a character without its text, so Typst refuses it. HTML and Word take letters from other
fonts of the reader's computer and keep the character. In the PDF stands what it is made of, where Unicode says so and
the fonts have it (＝ becomes =), and otherwise its name ([grinning face]): nothing is lost, and the check tells of it.
Which characters these are, Typst is asked: it knows the fonts that it brings along beside that of the article.

Figures are pictures of text in every format, with fonts of their own (Sarabun, and DejaVu Sans, which matplotlib
brings along): what neither has would be drawn as an empty box, so the same stands in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from thongthin.basics.files import suffixes_of
from thongthin.basics.problems import Problems, printable
from thongthin.basics.text import read_text
from thongthin.present.render.typesetting import typeset

if TYPE_CHECKING:
    import pandas as pd

# Letters, digits and signs of Thai and European text and of statistics, which the fonts have (a test asks them).
_USUAL = re.compile(
    "[\t\n\r -~\u00a0-\u017fΑ-ΡΣ-Ωα-ω\u0e01-\u0e3a\u0e3f-\u0e5b\u2003\u200b\u2010-\u2015\u2018-\u201e\u2020-\u2022"
    "\u2026\u2030←-↓−√∞≈≠≤≥]"
)
# No character has this code: Typst draws the sign for a missing one.
_NONE = "\u0378"
_DRAWN = re.compile(rb'href="#([^"]+)"')


def replacements(text: str) -> dict[str, str]:
    """Each character of the text that no font of the PDF has, sorted, and what stands there in its place."""
    unusual = frozenset(_USUAL.sub("", text))
    return _replacements(unusual) if unusual else {}


def figure_replacements(text: str) -> dict[str, str]:
    """Each character of the text that no font of the figures has, sorted, and what stands there in its place."""
    unusual = frozenset(_USUAL.sub("", text))
    return _figure_replacements(unusual) if unusual else {}


def drawable(text: str) -> str:
    """The text as figures draw it: with what stands in the place of characters that no font of theirs has."""
    return text.translate({ord(character): instead for character, instead in figure_replacements(text).items()})


@cache
def _replacements(characters: frozenset[str]) -> dict[str, str]:
    return _instead(characters, _lacking)


@cache
def _figure_replacements(characters: frozenset[str]) -> dict[str, str]:
    return _instead(characters, lambda some: set(some) - _drawn_in_figures())


@cache
def _drawn_in_figures() -> frozenset[str]:
    """The characters that the fonts of the figures have, and those that only join or vary others."""
    import fontpkg_sarabun
    import matplotlib
    from fontTools.ttLib import TTFont

    fallback = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    found: set[str] = set()
    for path in (fallback, Path(fontpkg_sarabun.__file__).parent / "files" / "Sarabun-Regular.ttf"):
        with TTFont(path, lazy=True) as font:
            found.update(map(chr, font.getBestCmap()))
    return frozenset(found)


def _instead(characters: frozenset[str], lacking_of: Callable[[Collection[str]], set[str]]) -> dict[str, str]:
    lacking = lacking_of(characters)
    composed = {character: unicodedata.normalize("NFKC", character) for character in lacking}
    others = {other for text in composed.values() for other in _USUAL.sub("", text)} - lacking
    lacking_too = lacking | lacking_of(others)
    return {
        character: composed[character] if not lacking_too & set(composed[character]) else f"[{_name(character)}]"
        for character in sorted(lacking)
    }


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower().replace("u+", "U+")


def _lacking(characters: Collection[str]) -> set[str]:
    """Those of the characters that Typst cannot draw: each on a page of its own shows the sign for a missing one."""
    if not characters:
        return set()
    import fontpkg_sarabun

    listed = [_NONE, *sorted(characters)]
    source = '#set text(font: "Sarabun")\n' + "#pagebreak()\n".join(f'#"\\u{{{ord(c):x}}}"\n' for c in listed)
    pages = typeset(source.encode(), fonts=Path(fontpkg_sarabun.__file__).parent / "files", format_="svg").files
    sign = set(_DRAWN.findall(pages[0]))
    return {
        character for character, page in zip(listed[1:], pages[1:], strict=True) if sign & set(_DRAWN.findall(page))
    }


# Texts of a study that documents print: by table, the file that they stand in, the column of the id, their columns.
# Those of all but quotes may stand in figures, too, as may the labels of study.yml.
_PRINTED = {
    "sites": ("sites", "site_id", ["name_th", "name_en"]),
    "codes": ("codebook", "code_id", ["label_th", "label_en", "definition_th", "definition_en"]),
    "quotes": ("quotes", "quote_id", ["text", "translation_th", "translation_en"]),
    "items": ("survey/items", "item_id", ["text_th", "text_en"]),
    "categories": ("survey", "item_id", ["label_th", "label_en"]),
}


# Whether the PDF and whether the figures lack a character: where that is, and what keeps it.
_WHERE = {
    (True, False): ("the PDF", " PDF ", "HTML and Word keep it.", "ส่วน HTML และ Word คงเดิม"),
    (False, True): ("the figures", "ภาพ", "The text of the article keeps it.", "ส่วนเนื้อความของบทความคงเดิม"),
    (True, True): (
        "the PDF and of the figures",
        " PDF และภาพ",
        "The text of HTML and Word keeps it.",
        "ส่วนเนื้อความของ HTML และ Word คงเดิม",
    ),
}


def notice_missing(
    text: str, problems: Problems, *, row: int | None = None, ids: Sequence[str] = (), drawn: bool = False
) -> None:
    """Add a notice for each character of a text that the PDF shows otherwise.

    Args:
        problems: bound to the file.
        row: line of the text in the file.
        ids: of what the character stands in, where no line says it.
        drawn: whether figures may show the text; then also for what they show otherwise.
    """
    rest = f" and {len(ids) - 3} more", f" และอีก {len(ids) - 3} แห่ง"
    listed = ", ".join(f'"{id_}"' for id_ in ids[:3])
    en, th = (
        (f" (in {listed}{rest[0] * (len(ids) > 3)})", f" (ใน {listed}{rest[1] * (len(ids) > 3)})") if ids else ("", "")
    )
    printed, in_figures = replacements(text), figure_replacements(text) if drawn else {}
    for character, instead in sorted({**in_figures, **printed}.items()):
        where_en, where_th, kept_en, kept_th = _WHERE[character in printed, character in in_figures]
        shown = f'"{printable(character)}" (U+{ord(character):04X})'
        problems.notice(
            "missing-character",
            f'No font of {where_en} has {shown}{en}: "{instead}" stands there in its place. {kept_en}',
            f'ไม่มีแบบอักษรใดใน{where_th}ที่มี {shown}{th} จึงแสดง "{instead}" แทนใน{where_th.rstrip()} {kept_th}',
            row=row,
        )


def notice_in_study(folder: Path, tables: Mapping[str, pd.DataFrame], problems: Problems) -> None:
    """Add notices of such characters in what a study prints: its settings, its works, and the texts of its tables.

    Args:
        folder: the study folder.
        tables: what was read from it, by name.
        problems: bound to the study folder.
    """
    for name in ("study.yml", "references.yml"):
        text = read_text(folder / name, Problems()) or ""
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.lstrip().startswith("#"):
                here = problems.at(f"{problems.file}/{name}")
                notice_missing(line, here, row=number, drawn=name == "study.yml")
    for table, (stem, id_column, columns) in _PRINTED.items():
        if table not in tables:
            continue
        drawn = table != "quotes"
        found: dict[str, list[str]] = {}
        frame = tables[table]
        for id_, *texts in zip(frame[id_column], *(frame[column] for column in columns), strict=True):
            text = "".join(map(str, texts))
            for character in sorted({*replacements(text), *(figure_replacements(text) if drawn else ())}):
                found.setdefault(character, []).append(str(id_))
        file = next((f"{stem}{end}" for end in suffixes_of(stem) if (folder / f"{stem}{end}").is_file()), stem)
        for character, ids in found.items():
            notice_missing(character, problems.at(f"{problems.file}/{file}"), ids=list(dict.fromkeys(ids)), drawn=drawn)
