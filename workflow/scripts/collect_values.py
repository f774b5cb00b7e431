"""Every number that the article can ask for: how it reads in Thai and in English, and where it comes from."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from thongthin.basics.parts import Parts, digest
from thongthin.contract.tables import TableFiles, write_table
from thongthin.present.values import as_table, rows_of, with_values


def collect_values(*, tables: list[str], values: str, bands: list[dict[str, Any]], parts: str, code: str) -> None:
    """Write `values` from all result tables of the study.

    Args:
        bands: as in the configuration.
        parts: file in which the numbers of each table are kept.
        code: its fingerprint, and that of the locked packages.
    """
    frames, kept = TableFiles(tables), Parts(Path(parts))

    def numbers(name: str) -> dict[str, str]:
        return {"rows": json.dumps(rows_of(name, frames[name], bands), ensure_ascii=False)}

    rows: list[list[Any]] = []
    for name in with_values(frames):
        given = [name, code, bands, digest(frames.paths[name])]
        rows += json.loads(kept.of(given, partial(numbers, name))["rows"])
    write_table(as_table(rows), values)
    kept.keep()


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(collect_values, globals()["snakemake"])
