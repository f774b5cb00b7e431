"""Characters that no font of the PDF has, such as an emoji in a quote, and what stands in their place there.

An accessible PDF may not show a character without its text, so Typst refuses it. HTML and Word take letters from other
fonts of the reader's computer and keep the character. In the PDF stands what it is made of, where Unicode says so and
the fonts have it (＝ becomes =), and otherwise its name ([grinning face]): nothing is lost, and the check tells of it.
Which characters these are, Typst is asked: it knows the fonts that it brings along beside that of the article.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from thongthin.basics.files import suffixes_of
from thongthin.basics.problems import Problems, printable
from thongthin.basics.text import read_text

# Letters, digits and signs of Thai and European text, which the font of the article has (a test compares).
_USUAL = re.compile(
    "[\t\n\r -~\u00a0-\u017f\u0e01-\u0e3a\u0e3f-\u0e5b\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030]"
)
# No character has this code: Typst draws the sign for a missing one.
_NONE = "\u0378"
_DRAWN = re.compile(rb'href="#([^"]+)"')


def replacements(text: str) -> dict[str, str]:
    """Each character of the text that no font of the PDF has, sorted, and what stands there in its place."""
    unusual = frozenset(_USUAL.sub("", text))
    return _replacements(unusual) if unusual else {}


@cache
def _replacements(characters: frozenset[str]) -> dict[str, str]:
    lacking = _lacking(characters)
    composed = {character: unicodedata.normalize("NFKC", character) for character in lacking}
    others = {other for text in composed.values() for other in _USUAL.sub("", text)} - lacking
    lacking_too = lacking | _lacking(others)
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
    import typst

    listed = [_NONE, *sorted(characters)]
    source = '#set text(font: "Sarabun")\n' + "#pagebreak()\n".join(f'#"\\u{{{ord(c):x}}}"\n' for c in listed)
    pages = typst.compile(  # type: ignore[call-overload]  # as in render.embedded
        source.encode(),
        font_paths=[str(Path(fontpkg_sarabun.__file__).parent / "files")],
        ignore_system_fonts=True,
        format="svg",
    )
    sign = set(_DRAWN.findall(pages[0]))
    return {
        character for character, page in zip(listed[1:], pages[1:], strict=True) if sign & set(_DRAWN.findall(page))
    }


# Texts of a study that documents print: by table, the file that they stand in, the column of the id, their columns.
_PRINTED = {
    "sites": ("sites", "site_id", ["name_th", "name_en"]),
    "codes": ("codebook", "code_id", ["label_th", "label_en", "definition_th", "definition_en"]),
    "quotes": ("quotes", "quote_id", ["text", "translation_th", "translation_en"]),
    "items": ("survey/items", "item_id", ["text_th", "text_en"]),
    "categories": ("survey", "item_id", ["label_th", "label_en"]),
}


def notice_missing(text: str, problems: Problems, *, row: int | None = None, ids: Sequence[str] = ()) -> None:
    """Add a notice for each character of a text that the PDF shows otherwise.

    Args:
        problems: bound to the file.
        row: line of the text in the file.
        ids: of what the character stands in, where no line says it.
    """
    rest = f" and {len(ids) - 3} more", f" และอีก {len(ids) - 3} แห่ง"
    listed = ", ".join(f'"{id_}"' for id_ in ids[:3])
    en, th = (
        (f" (in {listed}{rest[0] * (len(ids) > 3)})", f" (ใน {listed}{rest[1] * (len(ids) > 3)})") if ids else ("", "")
    )
    for character, instead in replacements(text).items():
        shown = f'"{printable(character)}" (U+{ord(character):04X})'
        problems.notice(
            "missing-character",
            f'No font of the PDF has {shown}{en}: "{instead}" stands there in its place. HTML and Word keep it.',
            f'ไม่มีแบบอักษรใดใน PDF ที่มี {shown}{th} จึงแสดง "{instead}" แทนใน PDF ส่วน HTML และ Word คงเดิม',
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
                notice_missing(line, problems.at(f"{problems.file}/{name}"), row=number)
    for table, (stem, id_column, columns) in _PRINTED.items():
        if table not in tables:
            continue
        found: dict[str, list[str]] = {}
        frame = tables[table]
        for id_, *texts in zip(frame[id_column], *(frame[column] for column in columns), strict=True):
            for character in replacements("".join(map(str, texts))):
                found.setdefault(character, []).append(str(id_))
        file = next((f"{stem}{end}" for end in suffixes_of(stem) if (folder / f"{stem}{end}").is_file()), stem)
        for character, ids in found.items():
            notice_missing(character, problems.at(f"{problems.file}/{file}"), ids=list(dict.fromkeys(ids)))
