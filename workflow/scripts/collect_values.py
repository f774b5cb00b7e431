"""Every number that the article can ask for: how it reads in Thai and in English, and where it comes from."""

from pathlib import Path
from typing import Any

from thongthin.contract.tables import read_table, write_table
from thongthin.present.values import collect


def collect_values(*, tables: list[str], values: str, bands: list[dict[str, Any]]) -> None:
    """Write `values` from all result tables of the study; `bands` as in the configuration."""
    write_table(collect({Path(path).stem: read_table(path) for path in tables}, bands), values)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(collect_values, globals()["snakemake"])
