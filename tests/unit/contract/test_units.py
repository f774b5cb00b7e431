"""Sites and groups, as the tables tell them apart."""

from __future__ import annotations

from thongthin.contract.tables import ALL, TABLES
from thongthin.contract.units import COLUMN_OF, Unit


def test_sites_have_a_total_and_groups_only_where_it_is_asked_for() -> None:
    assert Unit.sites(["S01", "S02"]).shown == ["S01", "S02", ALL]
    assert Unit.sites(["S01"], total=False).shown == ["S01"]
    assert Unit.groups(["a", "b"]).shown == ["a", "b"]
    assert Unit.groups([], total=True).shown == [ALL]


def test_columns_and_names_are_those_of_the_tables() -> None:
    assert {unit.part: unit.column for unit in (Unit.sites([]), Unit.groups([]))} == COLUMN_OF
    for unit in (Unit.sites([]), Unit.groups([])):
        columns = {column.name for column in TABLES[f"{unit.part}_comparison_pairs"].columns}
        assert {f"{unit.part}_a", f"{unit.part}_b"} <= columns
        (column,) = (column for column in TABLES["responses"].columns if column.name == unit.column)
        assert (unit.en.capitalize(), unit.th) == (column.en, column.th)
