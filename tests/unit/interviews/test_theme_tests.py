"""Exact tests and effect sizes of tables of counts, against published answers and other implementations."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from thongthin.contract.tables import TABLES, check
from thongthin.interviews import theme_tests as module
from thongthin.interviews.theme_tests import cramers_v, fisher_freeman_halton, theme_tests

# Help page of R's fisher.test: Agresti (2002), p. 57, job satisfaction by income (R prints .7827); and the sixth table
# of Mehta and Patel (1983), J. Am. Stat. Assoc. 78(382), 427-434 (R prints .03929).
JOB = [[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]]
MEHTA_PATEL_6 = [
    [1, 2, 2, 1, 1, 0, 1],
    [2, 0, 0, 2, 3, 0, 0],
    [0, 1, 1, 1, 2, 7, 3],
    [1, 1, 2, 0, 0, 0, 1],
    [0, 1, 1, 1, 1, 0, 0],
]


@pytest.mark.parametrize(
    ("table", "published", "digits"),
    [
        ([[3, 1], [1, 3]], 0.4857, 4),  # Fisher's tea (1935), in R's help page of fisher.test; 17/35
        ([[2, 10], [15, 3]], 0.0005367, 7),  # convictions of twins, Fisher (1962), in the same page
        ([[6, 2], [1, 4]], 0.1025641025641, 13),  # scipy, help page of fisher_exact
    ],
)
def test_published_exact_p(table: list[list[int]], published: float, digits: int) -> None:
    found = fisher_freeman_halton(table)
    assert found.method == "exact"
    assert round(found.p, digits) == published


@pytest.mark.parametrize(
    ("table", "published"),
    [(JOB, 0.7827), (MEHTA_PATEL_6, 0.03929)],
)
def test_published_p_of_tables_too_many_to_enumerate(table: list[list[int]], published: float) -> None:
    found = fisher_freeman_halton(table, replicates=100_000, seed=3)
    assert found.method == "monte_carlo"
    assert found.p == pytest.approx(published, abs=3 * (published * (1 - published) / 100_000) ** 0.5)


def column_by_column(table: list[list[int]]) -> float:
    """The exact p without listing tables: the weights of all that fill the columns so far, by what is left of the rows.

    The path of Mehta and Patel (1983), who call it a network.
    """
    lf = [math.lgamma(n + 1) for n in range(sum(map(sum, table)) + 1)]
    margins = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    constant = sum(lf[m] for m in margins + columns) - lf[-1]
    # For each rest of the rows: how probable what was placed is, and how many ways add up to it.
    states: dict[tuple[int, ...], dict[float, float]] = {tuple(margins): {0.0: 1.0}}
    for column in columns:
        following: dict[tuple[int, ...], dict[float, float]] = {}
        for rest, weights in states.items():
            for cells in product(*(range(min(column, left) + 1) for left in rest)):
                if sum(cells) == column:
                    key = tuple(left - cell for left, cell in zip(rest, cells, strict=True))
                    own = following.setdefault(key, {})
                    for weight, ways in weights.items():
                        new = round(weight - sum(lf[cell] for cell in cells), 9)
                        own[new] = own.get(new, 0) + ways
        states = following
    ((_, weights),) = states.items()
    observed = constant - sum(lf[cell] for row in table for cell in row)
    return sum(ways * math.exp(w + constant) for w, ways in weights.items() if w + constant <= observed + 1e-7)


@pytest.mark.parametrize(
    "table", [[[1, 4, 7], [2, 5, 8], [3, 6, 9]], [[3, 0, 4, 1], [1, 4, 0, 3], [2, 2, 1, 0]], [[4, 1], [0, 3], [2, 2]]]
)
def test_exact_p_as_counted_column_by_column(table: list[list[int]]) -> None:
    found = fisher_freeman_halton(table)
    assert found.method == "exact"
    assert found.p == pytest.approx(column_by_column(table), rel=1e-6)
    assert column_by_column([[3, 1], [1, 3]]) == pytest.approx(17 / 35)


tables = hnp.arrays(np.int64, st.tuples(st.integers(2, 3), st.integers(2, 4)), elements=st.integers(0, 4)).filter(
    lambda table: table.sum(axis=1).all() and table.sum(axis=0).all()
)


@given(tables)
def test_exact_p_is_the_sum_over_all_tables(table: np.ndarray) -> None:
    """The plain way: permute the columns of all participants, and count what is no more probable."""
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    null = stats.random_table(rows, columns)
    drawn = np.unique(null.rvs(3000, random_state=1), axis=0)
    probabilities = null.pmf(drawn)
    # What was not drawn of all tables is improbable; it belongs to p or not.
    undrawn = max(0.0, 1 - probabilities.sum())
    least = probabilities[probabilities <= null.pmf(table) * (1 + 1e-7)].sum()
    p = fisher_freeman_halton(table).p
    assert least - 1e-9 <= p <= least + undrawn + 1e-9


@given(hnp.arrays(np.int64, (2, 2), elements=st.integers(0, 12)))
def test_tables_of_two_by_two_as_scipy_has_them(table: np.ndarray) -> None:
    p = fisher_freeman_halton(table).p
    if table.sum(axis=0).all() and table.sum(axis=1).all():
        assert p == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-9)
    else:
        assert np.isnan(p)


def test_draws_of_two_rows_agree_with_enumeration(monkeypatch: pytest.MonkeyPatch) -> None:
    table = [[3, 0, 4, 1, 2], [1, 4, 0, 3, 2]]
    exact = fisher_freeman_halton(table)
    assert exact.method == "exact"
    monkeypatch.setattr(module, "MOST_TABLES", 1)
    drawn = fisher_freeman_halton(table, replicates=100_000, seed=1)
    assert drawn.method == "monte_carlo"
    assert drawn.p == pytest.approx(exact.p, abs=3 * (exact.p * (1 - exact.p) / 100_000) ** 0.5)
    assert drawn == fisher_freeman_halton(table, replicates=100_000, seed=1)
    # No p from draws is zero: the table observed is one of them.
    assert fisher_freeman_halton([[90, 0, 0], [0, 90, 90]], replicates=999).p == 1 / 1000


def test_the_order_of_rows_and_columns_does_not_matter() -> None:
    table = np.array([[3, 0, 4], [1, 4, 0]])
    p = fisher_freeman_halton(table).p
    for other in (table.T, table[::-1], table[:, [2, 0, 1]]):
        assert fisher_freeman_halton(other).p == pytest.approx(p)


@given(hnp.arrays(np.int64, st.tuples(st.integers(2, 4), st.integers(2, 4)), elements=st.integers(1, 30)))
def test_v_is_no_larger_than_without_correction(table: np.ndarray) -> None:
    v = cramers_v(table)
    assert 0 <= v <= stats.contingency.association(table, method="cramer") + 1e-12


def test_corrected_v_by_hand() -> None:
    """[[10, 2], [3, 9]]: phi squared .34266; corrected (.34266 - 1/23) / (1 - 1/23)."""
    phi2 = stats.contingency.association([[10, 2], [3, 9]], method="cramer") ** 2
    assert phi2 == pytest.approx(49 / 143)
    assert cramers_v([[10, 2], [3, 9]]) == pytest.approx(((49 / 143 - 1 / 23) / (1 - 1 / 23)) ** 0.5)
    assert cramers_v([[50, 0], [0, 50]]) == pytest.approx(1)
    assert cramers_v([[5, 5], [5, 5]]) == 0


@pytest.mark.parametrize("table", [[[3, 4]], [[3, 0], [4, 0]], [[1, 0], [0, 1]], [[0, 0], [0, 0]]])
def test_v_is_undefined_without_two_rows_and_columns(table: list[list[int]]) -> None:
    assert np.isnan(cramers_v(table))


CODES = pd.DataFrame({"code_id": ["a", "b", "c", "d"], "theme_id": ["a", "b", "c", "d"], "position": [1, 2, 3, 4]})
PEOPLE = pd.DataFrame(
    {"participant_id": [f"P{i}" for i in range(8)], "site_id": ["S1"] * 4 + ["S2"] * 4, "group": ["one"] * 8}
)


def present(theme: str, *found: int) -> pd.DataFrame:
    return pd.DataFrame({"participant_id": PEOPLE["participant_id"][: len(found)], "theme_id": theme, "present": found})


def test_themes_are_tested_across_sites_and_groups() -> None:
    by_participant = pd.concat(
        [present("a", 1, 1, 1, 1, 0, 0, 0, 0), present("b", 1, 1, 1, 0, 0, 0, 0, 1), present("c", 1, 1, 1)]
    )
    table = theme_tests(by_participant, PEOPLE, CODES)
    check(table, TABLES["theme_tests"])
    assert table["exploratory"].all()
    sites = table[table["part"] == "site"].set_index("theme_id")
    assert sites["n"].to_dict() == {"a": 8, "b": 8, "c": 3, "d": 0}
    assert sites["method"].to_dict() == {"a": "exact", "b": "exact", "c": "", "d": ""}
    # 2 of the 70 ways to choose 4 of 8 are as extreme; Fisher's tea.
    assert sites.loc["a", "p"] == pytest.approx(2 / 70)
    assert sites.loc["b", "p"] == pytest.approx(0.4857, abs=5e-5)
    assert sites.loc["a", "p_corrected"] == pytest.approx(2 * 2 / 70)  # Holm: two tests could be made
    assert sites.loc["a", "v"] == pytest.approx(1)
    assert sites.loc[["c", "d"], ["p", "p_corrected", "v"]].isna().all(axis=None)
    groups = table[table["part"] == "group"]
    assert groups["k"].tolist() == [1, 1, 1, 0]
    assert groups[["p", "v"]].isna().all(axis=None)
