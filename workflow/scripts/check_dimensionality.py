"""Whether each scale measures one thing."""

import json
from functools import partial
from pathlib import Path

import numpy as np

from thongthin.basics.parts import Parts
from thongthin.contract.tables import read_table, write_table
from thongthin.survey.dimensionality import RandomEigenvalues, dimensionality_tables, random_eigenvalues


def check_dimensionality(
    *,
    items_table: str,
    responses: str,
    scale_dimensionality: str,
    scale_eigenvalues: str,
    random_sets: int,
    percentile: float,
    seed: int,
    parts: str,
    code: str,
) -> None:
    """Write how many dimensions each scale has by parallel analysis, and the eigenvalues; choices as configured.

    Args:
        parts: file in which the eigenvalues of random data are kept: they are the same after most edits.
        code: its fingerprint, and that of the locked packages.
    """
    answers, questions = read_table(responses, "responses"), read_table(items_table, "items")
    kept = Parts(Path(parts))

    def drawn(n: float, items: int) -> dict[str, str]:
        found = random_eigenvalues(n, items, sets=random_sets, percentile=percentile, seed=seed)
        return {name: json.dumps(own.tolist()) for name, own in found._asdict().items()}

    def of_random(n: float, items: int) -> RandomEigenvalues:
        own = kept.of([code, float(n), items, random_sets, percentile, seed], partial(drawn, n, items))
        return RandomEigenvalues(**{name: np.array(json.loads(text)) for name, text in own.items()})

    dimensions, eigenvalues = dimensionality_tables(answers, questions, of_random)
    kept.keep()
    write_table(dimensions, scale_dimensionality)
    write_table(eigenvalues, scale_eigenvalues)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(check_dimensionality, globals()["snakemake"])
