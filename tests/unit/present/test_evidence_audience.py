"""What a page of evidence tells of result tables, by whom it is for."""

from types import SimpleNamespace
from typing import Any

import pandas as pd

from thongthin.present.evidence.gather import _shown_tables


def built() -> Any:
    themes = pd.DataFrame(
        {
            "site_id": ["S01", "S02"],
            "theme_id": ["t", "t"],
            "participants": [1, 4],
            "denominator": [4, 4],
            "share": [0.25, 1.0],
            "low": [0.0, 0.4],
            "high": [0.8, 1.0],
            "segments": [3, 9],
        }
    )
    people = pd.DataFrame({"participant_id": ["P01"], "theme_id": ["t"], "present": [1], "segments": [3]})
    cells = {"themes_by_site": pd.DataFrame({"keys": ["themes_by_site.S02.t.participants themes_by_site.S02.t.share"]})}
    return SimpleNamespace(results={"themes_by_site": themes, "themes_by_participant": people}, cells=cells)


def test_who_may_see_the_data_sees_every_table() -> None:
    found = _shown_tables(built(), "open", set(), published=False)
    assert set(found) == {"themes_by_site", "themes_by_participant"}


def test_everybody_sees_what_the_documents_print_and_nothing_else() -> None:
    found = _shown_tables(built(), "public", {"themes_by_site.S01.t.denominator"}, published=False)
    assert set(found) == {"themes_by_site"}
    rows = found["themes_by_site"].set_index("site_id").astype(object)
    rows = rows.where(rows.notna(), None)
    assert rows.loc["S01"].to_dict() == {"theme_id": "t", "participants": None, "denominator": 4, "share": None}
    assert rows.loc["S02"].to_dict() == {"theme_id": "t", "participants": 4, "denominator": None, "share": 1.0}


def test_of_what_is_published_everybody_sees_all() -> None:
    found = _shown_tables(built(), "public", set(), published=True)
    assert set(found) == {"themes_by_site"}
    assert "segments" in found["themes_by_site"]
