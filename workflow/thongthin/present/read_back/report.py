"""What a document must say, what of it is missing in a format, and how that is told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from thongthin.basics.problems import RenderError
from thongthin.present.read_back.documents import Text, pages_of, text_of
from thongthin.present.read_back.finding import missing_rows, missing_values
from thongthin.present.read_back.passages import Passage, Row, passages_of
from thongthin.present.read_back.tested import disagreements
from thongthin.present.render.blind import WITHHELD
from thongthin.present.render.characters import replacements
from thongthin.present.render.held import blocks_held
from thongthin.present.render.nodes import Node

FORMATS = {"html": "HTML", "pdf": "PDF", "docx": "Word", "xml": "JATS"}
# So many faults are told.
_MOST = 20
# So many signs of a sentence are shown around a number.
_SHOWN = 60


class Fault(NamedTuple):
    """Something that a document does not say: a sentence in each language."""

    en: str
    th: str


_HINT = Fault(
    "The document does not say what the tables of the study say, so it does not take the place of the last one. What"
    " follows is missing in it, or does not go together; where you find it all the same, please report that.",
    "เอกสารไม่ได้แสดงค่าตามตารางของการศึกษา จึงไม่นำไปแทนฉบับก่อน รายการต่อไปนี้ไม่พบในเอกสารหรือไม่สอดคล้องกัน"
    " หากท่านเห็นว่ามีอยู่แล้ว โปรดแจ้งให้โครงการทราบ",
)


@dataclass
class Read:
    """What a document must say: its passages with values, the rows of its tables, and faults that it has anyway."""

    passages: Sequence[Passage]
    rows: Sequence[Row]
    disagreements: Sequence[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, blocks: Sequence[Node], reads: Mapping[str, str]) -> Read:
        """What a text says that was rendered.

        Args:
            blocks: as `held.blocks_held` has them.
            reads: how each value, and each word from data, reads.
        """
        passages, rows = passages_of(blocks, reads)
        faults = [Fault(f'"{one.said}": {one.en}.', f'"{one.said}": {one.th}') for one in disagreements(passages)]
        return cls(passages, rows, faults)

    def in_pdf(self) -> Read:
        """The same as it stands in a PDF, which has other signs in the place of those that its fonts lack."""
        texts = [piece.text for passage in self.passages for piece in passage.pieces]
        instead = replacements("".join([*texts, *(cell for row in self.rows for cell in row.cells)]))
        if not instead:
            return self
        there = str.maketrans(instead)
        passages = [
            Passage(tuple(p._replace(text=p.text.translate(there)) for p in own.pieces)) for own in self.passages
        ]
        rows = [Row(tuple(cell.translate(there) for cell in row.cells)) for row in self.rows]
        return Read(passages, rows, self.disagreements)

    @property
    def values(self) -> int:
        """How many values are asked for."""
        return sum(bool(piece.key) for passage in self.passages for piece in passage.pieces)


def read_document(read: Read, text: Text, format_: str) -> Iterator[Fault]:
    """What a document in one format does not say of what it must say.

    Args:
        text: of the document, as `documents.text_of` has it.
    """
    name = FORMATS[format_]
    read = read.in_pdf() if format_ == "pdf" else read
    for passage, place in missing_values(read.passages, text):
        piece, around = passage.pieces[place], _around(passage, place)
        yield Fault(
            f'{name}: {piece.key} ("{piece.text}") is not read in its sentence: "{around}".',
            f'{name}: อ่านไม่พบ {piece.key} ("{piece.text}") ในประโยค "{around}"',
        )
    for row in missing_rows(read.rows, text):
        cells = " | ".join(row.cells)
        shown = cells if len(cells) <= 2 * _SHOWN else f"{cells[: 2 * _SHOWN]} …"
        yield Fault(f'{name}: this row of a table is not read: "{shown}".', f'{name}: อ่านไม่พบแถวของตารางนี้ "{shown}"')


def read_files(tree: Path, text: Path, rendered: Sequence[Path], reads: Mapping[str, str]) -> str:
    """Read numbers and rows of tables out of the finished files of a document.

    Args:
        tree: what was rendered, as pandoc reads it.
        text: folder that was composed; what stands in its values.json was shown.
        rendered: the document in each format.
        reads: how each value, and each word from data, reads.

    Returns:
        How many values and rows of tables each format holds, as CSV.

    Raises:
        RenderError: something does not stand where it should, or a p is not that of its statistic.
    """
    shown: dict[str, str] = json.loads((text / "values.json").read_text(encoding="utf-8"))
    # In a copy without names these are withheld in values, too.
    withheld = {key: own for key, own in shown.items() if any(instead in own for instead in WITHHELD.values())}
    read = Read.of(blocks_held(tree.read_bytes()), {**reads, **withheld})
    lines, faults = io.StringIO(), list(read.disagreements)
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(["format", "values", "rows"])
    for path in rendered:
        format_ = path.suffix.removeprefix(".")
        pages = pages_of(path) if format_ == "pdf" else None
        faults += read_document(read, text_of(path.read_bytes(), format_, pages), format_)
        writer.writerow([format_, read.values, len(read.rows)])
    if faults:
        listed = told(faults)
        raise RenderError("\n".join([_HINT.en, *(en for en, _ in listed), _HINT.th, *(th for _, th in listed)]))
    return lines.getvalue()


def told(faults: Sequence[Fault]) -> list[Fault]:
    """The faults as a list, the first ones of many."""
    more = len(faults) - _MOST
    lines = [Fault(f"  - {one.en}", f"  - {one.th}") for one in faults[:_MOST]]
    return [*lines, Fault(f"  ... and {more} more.", f"  ... และอีก {more} แห่ง")] if more > 0 else lines


def _around(passage: Passage, place: int) -> str:
    before = "".join(piece.text or " … " for piece in passage.pieces[:place])
    behind = "".join(piece.text or " … " for piece in passage.pieces[place + 1 :])
    return f"{before[-_SHOWN:]}{passage.pieces[place].text}{behind[:_SHOWN]}".strip()
