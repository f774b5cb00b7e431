"""What a table takes at most in the PDF: never less than Typst measures, and what is decided by it is what Typst would
have decided by measuring.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

import documents
import pytest
import typst
from amount import some, tried
from documents import Source
from hypothesis import given, settings
from hypothesis import strategies as st

from thongthin.present.render import embedded
from thongthin.present.setting.columns import Cell, Columns, width_of
from thongthin.present.setting.heights import KERNED, Heights
from thongthin.present.setting.trees import Meta, plain, raw, text
from thongthin.present.setting.whole_words import WholeWords

REPORT = Path(__file__).parents[3] / "report"
# Telling is put into the template: what was decided of each float, and what measuring says.
_DECIDED = "  show <fitted>: found => if tall"
_TOLD = """  if found.len() > 0 [#metadata((
    tall: tall, whole: taken(if wide { text-width } else { column-width }) / 1pt, limit: limit / 1pt,
    beside: taken(if wide { text-width } else { column-width }, rows: false) / 1pt,
    least: found.map(one => one.least).sum() / 1pt,
    most: if found.any(one => one.most == none) { none } else { found.map(one => one.most).sum() / 1pt },
  ))<told>]
"""
_SET = "  if one.low {\n"
_TOLD_OF_CELLS = """  context [#metadata((
    low: one.low, half: 0.5 * text-height / 1pt,
    cell: tallest-cell(only-table(one.body), if one.wide { text-width } else { column-width }) / 1pt,
  ))<told>]
"""
_TEXTS = {
    language: re.findall(
        r"[^\s#*{}<>\[\]|:_^~@$\\`=+/&'\"-]+", (REPORT / "khon-kaen" / f"article.{language}.qmd").read_text("utf-8")
    )
    for language in ("th", "en")
}
KINDS = ("article", "supplement")
_PIECES = [
    *(
        "1,204",
        "−.52",
        "[.31, .94]",
        "100.0",
        "p < .001",
        "*R*^2^",
        "*p*~a~",
        "κ",
        "α = .81",
        "(n = 12)",
        "—",
        "“said”",
    ),
    *("Subdistrict Administrative Organisation", "องค์การบริหารส่วนตำบลทุ่งดอกจาน", "**ร้อยละ**", "se" * 12, "พบทุกแห่ง"),
    *(
        "Incomprehensibilities",
        "co-occurrence",
        "ๆ",
        "ฯลฯ",
        "กี่ปี่",
        "AVAVAT",
        "ความเปลี่ยนแปลงไม่แน่นอน" * 2,
        "",
        "i",
        "W" * 9,
    ),
]


def _cell(drawn: random.Random) -> str:
    most = drawn.choice([1, 1, 1, 2, 3, 8, 40])
    words = drawn.choice([_PIECES, _TEXTS["th"], _TEXTS["en"]])
    return " ".join(drawn.choice(words) for _ in range(drawn.randint(0, most)))


def _table(drawn: random.Random, number: int) -> str:
    count = drawn.randint(1, 7)
    rows = [[_cell(drawn) for _ in range(count)] for _ in range(drawn.choice([1, 2, 4, 9, 16]))]
    if drawn.random() < 0.3:  # a row that heads others, and those
        rows.insert(0, ["**Heading of rows**", *[""] * (count - 1)])
    if drawn.random() < 0.3:
        rows = [[f"\u2003{row[0]}", *row[1:]] for row in rows]
    head = [drawn.choice(_PIECES) for _ in range(count)]
    lines = [head, [drawn.choice([":--", "--:"]) for _ in range(count)], *rows]
    note = "::: {.table-note}\nNote " + _cell(drawn) + "\n:::\n\n" if drawn.random() < 0.6 else ""
    rows_of_text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"::: {{#tbl-t{number}}}\n{rows_of_text}\n\n{note}Called {_cell(drawn)}\n:::\n"


@pytest.mark.parametrize(
    ("document", "language", "seed"),
    some([(document, language, seed) for seed in range(4) for document in KINDS for language in ("th", "en")], least=4),
)
def test_what_is_decided_is_what_measuring_says(
    tmp_path: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch, document: str, language: str, seed: int
) -> None:
    drawn = random.Random(f"{document} {language} {seed}")
    whole = "\n".join(_table(drawn, number) for number in range(16))
    told: list[dict[str, float]] = []

    def asked(folder: Path, source: bytes) -> bytes:
        template = source.decode()
        assert template.count(_DECIDED) == 1 and template.count(_SET) == 1
        template = template.replace(_DECIDED, _TOLD + _DECIDED).replace(_SET, _TOLD_OF_CELLS + _SET)
        fonts = [folder / "fonts"]
        told.extend(
            json.loads(
                typst.query(
                    template.encode(), "<told>", "value", root=folder, font_paths=fonts, ignore_system_fonts=True
                )
            )
        )
        return b""

    monkeypatch.setattr(embedded, "_pdf", asked)
    documents.made(Source(whole, language, document), tmp_path, fonts, "embedded", ["pdf"])  # type: ignore[arg-type]
    floats = [one for one in told if "whole" in one]
    assert len(floats) == 16
    for one in floats:
        assert one["tall"] == (one["whole"] > one["limit"])
        assert one["beside"] + one["least"] <= one["whole"] + 0.01
        assert one["most"] is None or one["whole"] <= one["beside"] + one["most"] + 0.01
    assert sum(one["most"] is not None for one in floats) > 12, "of most tables it is known"
    assert all(one["cell"] <= one["half"] for one in told if one.get("low"))


@pytest.mark.parametrize("face", ["", "weight: 700", 'style: "italic"', 'weight: 700, style: "italic"'])
def test_letters_beside_each_other_are_not_much_wider(fonts: Path, face: str) -> None:
    widths = json.loads((fonts / "widths.json").read_text("utf-8"))
    letters = [chr(code) for code in (*range(0x21, 0x7F), *range(0xE01, 0xE5C)) if chr(code) in widths]
    source = f"""#set text(font: "Sarabun Thongthin", size: 1000pt, {face})
#let letters = json(bytes(sys.inputs.letters))
#context [#metadata(letters.map(one => letters.map(other => measure(text(one + other)).width / 1000pt)))<widths>]"""
    asked = {"letters": json.dumps(letters)}
    said = typst.query(
        source.encode(), "<widths>", "value", True, font_paths=[fonts], ignore_system_fonts=True, sys_inputs=asked
    )
    for one, row in zip(letters, json.loads(said), strict=True):
        for other, width in zip(letters, row, strict=True):
            assert width <= KERNED * (widths[one] + widths[other]) + 1e-6, (one, other)


def _broken(pieces: Sequence[tuple[str, bool]], room: float) -> int:
    """The lines that pieces take where each line takes what finds room in it; a space that ends one takes none."""
    lines, line = 1, ""
    for piece, _ in pieces:
        if line and _wide(f"{line}{piece}".rstrip()) > room:
            lines, line = lines + 1, ""
        line += piece
    return lines


def _wide(line: str) -> float:
    return sum(_WIDTHS[letter] for letter in line)


_WIDTHS = {letter: width_of(letter) for letter in "abcWi .กมเ"}


@given(
    st.lists(st.tuples(st.text("abcWi.กมเ", min_size=1, max_size=9), st.booleans()), max_size=40),
    st.floats(0.5, 30),
    st.booleans(),
)
@settings(max_examples=tried(400), deadline=None)
def test_lines_are_broken_into_no_more(drawn: list[tuple[str, bool]], room: float, boxed: bool) -> None:
    """Wherever they can be broken: after each piece, whether a space follows or not."""
    pieces = [(f"{piece} " if spaced else piece, spaced) for piece, spaced in drawn]
    whole = "".join(piece for piece, _ in pieces).strip()
    if pieces:
        pieces[-1] = (pieces[-1][0].rstrip(), False)
    heights = Heights(Columns(Meta({}), WholeWords(Path()), in_order=False), Path())
    heights._widths = _WIDTHS
    line = [text(whole), raw("typst", "#box["), raw("typst", "]")] if boxed else [text(whole)]
    lines = heights._lines(Cell([plain(line)], whole, _wide(whole), 0, 1, 1), room)
    assert lines is not None and _broken(pieces, room) <= lines
