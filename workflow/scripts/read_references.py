"""The works cited, as two lists for the citation processor: Thai (Buddhist Era) and English (Common Era)."""

import json
from pathlib import Path

from thongthin.basics.files import write_text
from thongthin.basics.problems import Problems
from thongthin.read.references import csl_entries
from thongthin.read.references import read_references as read


def read_references(*, references: list[str], references_th: str, references_en: str) -> None:
    """Write both lists as CSL-JSON, with the same works in the same order.

    Args:
        references: references.yml: one path or none.
    """
    problems = Problems()
    works = [work for path in references for work in read(Path(path), problems.at(path))]
    problems.raise_if_any()
    write_text(references_th, json.dumps(csl_entries(works, "th"), ensure_ascii=False, indent=1) + "\n")
    write_text(references_en, json.dumps(csl_entries(works, "en"), ensure_ascii=False, indent=1) + "\n")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(read_references, globals()["snakemake"])
