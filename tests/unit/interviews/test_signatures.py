"""A quote is signed by no less than k people share."""

import pandas as pd
import pytest

from thongthin.interviews.signatures import shared, signature, signatures

PEOPLE = pd.DataFrame(
    [(f"P{n:02d}", site, group) for n, (site, group) in enumerate(
        [("S01", "official")] * 2 + [("S01", "citizen")] * 2 + [("S02", "official")] + [("S02", "citizen")], start=1)],
    columns=["participant_id", "site_id", "group"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("site", "group", "known", "said"),
    [
        ("S01", "official", {}, (False, True)),  # two officials there, but four people
        ("S02", "official", {}, (True, False)),  # two people there, three officials in all
        ("S01", "official", {"S01": {"official": 180}}, (True, True)),
        ("S02", "citizen", {"S02": {"": 900}}, (False, True)),  # how many there are, but not of which group
        ("S02", "citizen", {"S02": {"official": 40, "citizen": 900}}, (True, True)),
    ],
)
def test_the_finest_that_three_share(
    site: str, group: str, known: dict[str, dict[str, int]], said: tuple[bool, bool]
) -> None:
    found = signature(site, group, PEOPLE, known, 3)
    assert (found.group, found.site) == said
    assert found.shared >= 3


def test_where_nothing_is_shared_by_enough_the_id_stands_alone() -> None:
    found = signature("S02", "official", PEOPLE, {}, 10)
    assert (found.group, found.site) == (False, False)


def test_fewer_than_were_interviewed_there_are_never() -> None:
    assert shared("S01", "official", PEOPLE, {"S01": {"official": 1}}) == 2


def test_each_quote_has_its_signature() -> None:
    quotes = pd.DataFrame({"quote_id": ["q1", "q2"], "site_id": ["S01", "S02"], "group": ["official", "citizen"]})
    assert list(signatures(quotes, PEOPLE, {}, 3)) == ["q1", "q2"]
