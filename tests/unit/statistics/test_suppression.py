"""Cells that are left out cannot be computed from those that stand: attacked by linear programming."""

import itertools

import numpy as np
import pytest
from amount import tried

from thongthin.statistics.suppression import attack, equations, suppressed, unsafe


def with_totals(inner: dict[tuple[str, ...], int]) -> tuple[list[tuple[str, ...]], np.ndarray]:
    """Keys and counts of a table with all its totals."""
    cells: dict[tuple[str, ...], int] = {}
    for key, count in inner.items():
        for of in itertools.product(*((part, "all") for part in key)):
            cells[of] = cells.get(of, 0) + count
    return list(cells), np.array(list(cells.values()), dtype=float)


TABLE = {
    ("a", "x"): 1, ("a", "y"): 12, ("a", "z"): 20,
    ("b", "x"): 9, ("b", "y"): 15, ("b", "z"): 31,
    ("c", "x"): 14, ("c", "y"): 22, ("c", "z"): 8,
}  # fmt: skip


def test_left_out_alone_a_cell_follows_from_its_totals() -> None:
    keys, counts = with_totals(TABLE)
    alone = unsafe(counts, 3)
    assert alone.sum() == 1
    assert attack(counts, alone, equations(keys)) == pytest.approx(np.array([[1, 1]]))


def test_with_the_cells_that_protect_it_it_can_be_anything_k_wide() -> None:
    keys, counts = with_totals(TABLE)
    bound = equations(keys)
    out = suppressed(counts, bound, 3)
    assert out.sum() == 4  # a rectangle: the fewest that protect a cell of a table with totals
    hidden = np.flatnonzero(out)
    (low, high), *_ = attack(counts, out, bound)[hidden == keys.index(("a", "x"))]
    assert high - low >= 3


@pytest.mark.parametrize("seed", range(tried(6, least=2)))
def test_every_unsafe_cell_of_linked_tables_is_protected(seed: int) -> None:
    rng = np.random.default_rng(seed)
    parts = itertools.product(("s1", "s2", "s3"), ("official", "citizen"), ("low", "mid", "high"))
    keys, counts = with_totals({key: int(rng.poisson(3)) for key in parts})
    bound = equations(keys)
    out = suppressed(counts, bound, 3)
    intervals = attack(counts, out, bound)
    protected = unsafe(counts, 3)[out]
    assert protected.any()
    assert (intervals[protected, 1] - intervals[protected, 0]).min() >= 3 - 1e-6


def test_an_allowed_cell_stands() -> None:
    keys, counts = with_totals(TABLE)
    assert not suppressed(counts, equations(keys), 3, allowed=np.ones(len(keys), dtype=bool)).any()


def test_counts_that_do_not_add_up_are_refused() -> None:
    keys, counts = with_totals(TABLE)
    counts[0] += 1
    with pytest.raises(ValueError, match="add up"):
        suppressed(counts, equations(keys), 3)
