"""Whether the documents of a language say what the values and tables say: read out of the finished files."""

import csv
import io
import json
from pathlib import Path

from thongthin.basics.files import write_text
from thongthin.basics.language import Language
from thongthin.basics.problems import RenderError
from thongthin.contract.tables import read_table
from thongthin.present.read_back.documents import text_of
from thongthin.present.read_back.report import Read, read_document, told
from thongthin.present.render.held import blocks_held

HINT = (
    "The document does not say what the tables of the study say, so it does not take the place of the last one. What"
    " follows is missing in it, or does not go together; where you find it all the same, please report that.",
    "เอกสารไม่ได้แสดงค่าตามตารางของการศึกษา จึงไม่นำไปแทนฉบับก่อน รายการต่อไปนี้ไม่พบในเอกสารหรือไม่สอดคล้องกัน"
    " หากท่านเห็นว่ามีอยู่แล้ว โปรดแจ้งให้โครงการทราบ",
)


def read_back(*, tree: str, rendered: list[str], values: str, words: str, counted: str, language: Language) -> None:
    """Read numbers and rows of tables out of each format, and write how many stand there.

    Args:
        tree: what `render_document` rendered.
        rendered: the document in each format.
        values: table `values`.
        words: what `check_claims` says of words.
        counted: how many values and rows of tables each format holds.

    Raises:
        RenderError: something does not stand where it should, or a p is not that of its statistic.
    """
    known = read_table(values, "values")
    reads = dict(zip(known["key"], known[f"text_{language}"], strict=True))
    reads |= json.loads(Path(words).read_text(encoding="utf-8"))["words"][language]
    read = Read.of(blocks_held(Path(tree).read_bytes()), reads)
    lines, faults = io.StringIO(), list(read.disagreements)
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(["format", "values", "rows"])
    for path in rendered:
        format_ = Path(path).suffix.removeprefix(".")
        faults += read_document(read, text_of(Path(path).read_bytes(), format_), format_)
        writer.writerow([format_, read.values, len(read.rows)])
    if faults:
        listed = told(faults)
        raise RenderError("\n".join([HINT[0], *(en for en, _ in listed), HINT[1], *(th for _, th in listed)]))
    write_text(counted, lines.getvalue())


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(read_back, globals()["snakemake"])
