"""Where one amount may be most of a sum, its mean is not told, nor what it follows from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from thongthin.contract.privacy import AllowedCell
from thongthin.contract.tables import TABLES
from thongthin.synthesis.protection.amounts import MOST_OF_ONE, hide_dominated, largest_share
from thongthin.synthesis.protection.masks import Protected, Rules, protected_of

USUAL = np.array([9_000.0, 12_000, 15_000, 18_000, 20_000] * 5)
RICH = np.append(USUAL[:-1], 3_000_000.0)


def protected(incomes: dict[str, np.ndarray], *, numeric: bool = True, rules: Rules | None = None) -> Protected:
    plain: dict[str, object] = {"text": "", "date": "", "integer": 0, "number": float("nan"), "flag": False}
    every = {**incomes, "all": np.concatenate([*incomes.values()])}
    rows = [
        {
            **{c.name: plain[c.kind] for c in TABLES["item_statistics"].columns},
            **{"item_id": "income", "site_id": site, "n": len(own), "mean": own.mean(), "sd": own.std(ddof=1)},
            "median": float(np.median(own)),
        }
        for site, own in every.items()
    ]
    items = pd.DataFrame({"item_id": ["income"], "construct": [""], "numeric": [numeric]})
    tables = protected_of({"item_statistics": pd.DataFrame(rows)}, rules or Rules())
    hide_dominated(tables, items)
    return tables["item_statistics"]


def left_out(table: Protected) -> set[str]:
    assert not table.hidden["n"].any(), "how many answered stands"
    assert table.hidden["mean"].equals(table.hidden["sd"]) and table.hidden["mean"].equals(table.hidden["median"])
    return set(table.frame.loc[table.hidden["mean"], "site_id"])


@pytest.mark.parametrize("seed", range(20))
def test_no_share_is_larger_than_the_bound(seed: int) -> None:
    amounts = np.random.default_rng(seed).lognormal(9, 1.5, 25)
    bound = largest_share(float(amounts.sum()), float((amounts**2).sum()))
    assert amounts.max() / amounts.sum() <= bound <= 1


def test_usual_amounts_stand() -> None:
    assert left_out(protected({"S01": USUAL, "S02": USUAL * 1.3, "S03": USUAL * 0.7})) == set()


def test_a_sum_that_is_mostly_one_amount_goes_with_all_that_it_follows_from() -> None:
    table = protected({"S01": USUAL, "S02": RICH, "S03": USUAL * 0.7})
    assert RICH.max() / RICH.sum() > MOST_OF_ONE
    # It is most of the total, too, and of it with any of the others.
    assert left_out(table) == {"S01", "S02", "S03", "all"}


def test_where_the_total_stands_one_other_goes_too() -> None:
    many = np.tile(USUAL, 40)
    table = protected({"S01": many, "S02": RICH, "S03": many[: len(many) // 2]})
    assert left_out(table) == {"S02", "S01"}


def test_points_of_a_scale_are_no_amounts_and_a_cell_may_be_allowed() -> None:
    assert left_out(protected({"S01": USUAL, "S02": RICH}, numeric=False)) == set()
    allow = tuple(
        AllowedCell(table="item_statistics", row={"item_id": "income", "site_id": site}, reason="printed in the budget")
        for site in ("S02", "all")
    )
    assert left_out(protected({"S01": USUAL, "S02": RICH}, rules=Rules(allow=allow))) == set()
