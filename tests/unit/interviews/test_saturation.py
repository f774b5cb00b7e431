"""Saturation: published answers, the order of the interviews, what is undefined, and random orders."""

from __future__ import annotations

import json
from math import comb, isnan, nan
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from result_frames import frames, labels

from thongthin.contract.analysis import Analysis
from thongthin.contract.tables import write_table
from thongthin.interviews import saturation as module
from thongthin.interviews.saturation import first_places, presence, saturation, saturation_tables
from thongthin.present.figures.saturation import MOST_PANELS
from thongthin.present.figures.saturation import saturation as figure
from thongthin.present.tables.reporting import saturation as article_table

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the reference data are not on this machine")

CODES = pd.DataFrame(
    {
        "code_id": ["skills", "training", "age", "budget"],
        "parent_id": ["", "skills", "skills", ""],
        "theme_id": ["skills", "skills", "skills", "budget"],
        "position": [1, 2, 3, 4],
    }
)


def interviews(*found: str, dates: list[str] | None = None, sites: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Presence and participants of interviews; of each, the letters of the codes that occur in it."""
    ids = [f"P{i}" for i in range(1, len(found) + 1)]
    letters = sorted(set("".join(found)))
    present = pd.DataFrame([[float(c in codes) for c in letters] for codes in found], index=ids, columns=letters)
    people = pd.DataFrame({"participant_id": ids, "site_id": list(sites or "A" * len(ids))})
    return present, people.assign(interviewed_on=dates or [""] * len(ids))


# --- one order --------------------------------------------------------------------------------------------------------


def test_the_first_run_at_the_threshold_is_the_point() -> None:
    found = saturation([4, 3, 2, 1, 1, 0, 0, 0])
    assert found.base_codes == 10
    assert found.ratios == pytest.approx([0.1, 0, 0])
    assert found.point == 5
    assert found.notation(2) == "5+2"


def test_the_worked_example_of_guest_namey_and_chen() -> None:
    """Guest, Namey and Chen (2020): four interviews of the base have 37 themes; the first run of two adds 11 %, and the
    run after interview 6, with one new theme, 3 %: 6+2; with runs of three, 7+3.

    From these follow the new themes of interviews 7 to 10 (1, 0, 1, 0) and the sum of 5 and 6 (4). How the 37 are
    spread over the base, and the four over interviews 5 and 6, does not matter here.
    """
    new = [20, 9, 5, 3, 2, 2, 1, 0, 1, 0]
    found = saturation(new, base_size=4, run_length=2, threshold=0.05)
    assert found.base_codes == 37
    assert (round(found.ratios[0], 2), round(found.ratios[2], 2)) == (0.11, 0.03)
    assert found.notation(2) == "6+2"
    assert saturation(new, base_size=4, run_length=3, threshold=0.05).notation(3) == "7+3"


@needs_data
def test_the_known_answers() -> None:
    known = json.loads((DATA / "known_answers.json").read_text(encoding="utf-8"))["saturation"]
    assert known
    for case in known:
        found, answers = saturation(case["new_codes_per_interview"], **case["params"]), case["answers"]
        assert (found.notation(case["params"]["run_length"]) or None) == answers["notation"], case["id"]
        if "base_codes" in answers:
            assert found.base_codes == answers["base_codes"]
            assert found.ratios[0] == pytest.approx(answers["first_run_ratio"])
            assert found.point == answers["saturated_at"]


def test_a_ratio_that_is_the_threshold_counts() -> None:
    # 29 of 100 are 0.29, though 0.29 * 100 is less than 29 in binary fractions.
    assert saturation([50, 50, 29, 0], base_size=2, run_length=1, threshold=0.29).point == 2


@pytest.mark.parametrize("new", [[], [1, 2], [4, 3, 2, 1], [4, 3, 2, 1, 0]])
def test_without_a_whole_run_nothing_is_defined(new: list[int]) -> None:
    found = saturation(new)
    assert isnan(found.point)
    assert len(found.ratios) == 0
    assert found.notation(2) == ""
    assert isnan(found.base_codes) == (len(new) < 4)


def test_an_empty_base_is_undefined_and_not_saturated() -> None:
    found = saturation([0, 0, 0, 0, 0, 0, 3])
    assert found.base_codes == 0
    assert all(isnan(ratio) for ratio in found.ratios)
    assert isnan(found.point)


@given(
    st.lists(st.integers(0, 6), max_size=14),
    st.integers(1, 5),
    st.integers(1, 4),
    st.sampled_from([0.0, 0.05, 0.2, 0.5]),
)
def test_it_is_what_counting_by_hand_gives(new: list[int], base: int, run: int, threshold: float) -> None:
    found = saturation(new, base_size=base, run_length=run, threshold=threshold)
    codes = sum(new[:base])
    runs = [new[start : start + run] for start in range(base, len(new) - run + 1)] if len(new) >= base else []
    expected = [sum(brought) / codes if codes else nan for brought in runs]
    assert found.ratios == pytest.approx(expected, nan_ok=True)
    met = [base + place for place, ratio in enumerate(expected) if ratio <= threshold + 1e-9]
    assert found.point == pytest.approx(met[0] if met else nan, nan_ok=True)


# --- sites, orders, missing coding ------------------------------------------------------------------------------------


def test_interviews_stand_in_the_order_of_their_dates() -> None:
    present, people = interviews(
        "a", "bc", "abcd", "a", dates=["2023-03-03", "", "2023-03-01", "2023-03-03"], sites="AABB"
    )
    table, curve = saturation_tables(
        present, people, ["A", "B", "C"], base_size=1, run_length=1, threshold=0, orders=0, seed=1
    )
    whole = curve[curve["site_id"] == "all"]
    assert list(whole["participant_id"]) == ["P3", "P1", "P4", "P2"]
    assert list(whole["new"]) == [4, 0, 0, 0]
    assert list(curve.loc[curve["site_id"] == "A", "cumulative"]) == [1, 3]
    assert list(table["site_id"]) == ["A", "B", "C", "all"]
    assert list(table["notation"]) == ["", "1+1", "", "1+1"]
    assert list(table["n"]) == [2, 2, 0, 4]
    assert table["reached"].isna().all()


def test_an_interview_that_was_not_read_for_every_code_is_left_out() -> None:
    present, people = interviews("ab", "a", "abc")
    present.loc["P2", "c"] = nan
    table, curve = saturation_tables(present, people, ["A"], base_size=1, run_length=1, orders=10, seed=1)
    assert list(table["n"]) == [2, 2]
    assert list(table["left_out"]) == [1, 1]
    assert list(curve.loc[curve["site_id"] == "A", "participant_id"]) == ["P1", "P3"]


def test_codes_count_as_given_and_themes_with_what_is_below_them() -> None:
    codings = pd.DataFrame(
        [("P1", "training", "Ann"), ("P1", "age", "Bo"), ("P2", "age", "Ann"), ("P2", "age", "Bo")],
        columns=["participant_id", "code_id", "coder"],
    ).assign(theme_id="skills", start=0, end=5)
    coverage = pd.DataFrame(
        [(who, coder, code) for who in ("P1", "P2") for coder in ("Ann", "Bo") for code in ("skills", "budget")],
        columns=["participant_id", "coder", "code_id"],
    )
    found = presence(codings, coverage, CODES)
    assert found.loc["P1"].to_dict() == {"skills": 0, "training": 1, "age": 1, "budget": 0}
    agreed = presence(codings, coverage, CODES, coders="all")
    assert agreed.loc["P1"].to_dict() == {"skills": 0, "training": 0, "age": 0, "budget": 0}
    themes = presence(codings, coverage, CODES, of="themes", coders="all")
    assert themes.loc["P1"].to_dict() == {"skills": 1, "budget": 0}
    partly = presence(codings, coverage[coverage["code_id"] == "skills"], CODES)
    assert isnan(partly.loc["P2", "budget"])
    assert partly.loc["P2", "training"] == 0


def test_the_mean_of_random_orders_is_the_expected_number_of_codes() -> None:
    present, people = interviews("ab", "ac", "a", "ad", "b", "e", "ab", "a")
    _, curve = saturation_tables(present, people, ["A"], orders=4000, seed=7)
    n, counts = 8, [6, 3, 1, 1, 1]  # in how many interviews each code occurs
    expected = [sum(1 - comb(n - count, k) / comb(n, k) for count in counts) for k in range(1, n + 1)]
    assert list(curve.loc[curve["site_id"] == "all", "mean"]) == pytest.approx(expected, abs=0.05)


def test_quantiles_count_orders_that_never_saturate_as_late(monkeypatch: pytest.MonkeyPatch) -> None:
    # One interview of four has what the others have not. An order is saturated after three interviews if it is among
    # them, and never if it is the last.
    present, people = interviews("abcdef", "a", "a", "a")
    monkeypatch.setattr(module, "AT_ONCE", 50)  # in several steps
    table, _ = saturation_tables(present, people, ["A"], base_size=3, run_length=1, orders=2000, seed=3)
    row = table.iloc[-1]
    assert row["reached"] == pytest.approx(0.75, abs=0.03)
    assert row["point_median"] == row["point_low"] == row["point_min"] == 3
    assert isnan(row["point_high"])
    assert isnan(row["point_max"])


def test_the_same_seed_gives_the_same_orders() -> None:
    present = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 0]], dtype=bool)
    first = first_places(present, 50, np.random.default_rng(5))
    assert (first == first_places(present, 50, np.random.default_rng(5))).all()
    assert (np.diff(first, axis=1) >= 0).all()
    assert {1, 2, 3} == set(first.ravel())


@needs_data
def test_the_nvivo_matrices() -> None:
    columns = {}
    for file in sorted((DATA / "nvivo_coding_matrices").glob("Int*.xlsx")):
        cells = list(openpyxl.load_workbook(file).worksheets[0].iter_rows(min_row=2, max_col=2, values_only=True))
        columns[file.stem] = {str(label).split(" : ", 1)[1]: float(count > 0) for label, count in cells if label}
    # A code that came into the codebook later has no row in the matrices before it.
    present = pd.DataFrame(columns).T.fillna(0.0)
    assert present.shape == (15, 18)
    people = pd.DataFrame({"participant_id": present.index, "site_id": "A", "interviewed_on": ""})
    table, curve = saturation_tables(present, people, ["A"], seed=2566)
    assert list(curve.loc[curve["site_id"] == "all", "new"]) == [5, 4, 3, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0]
    row = table.iloc[-1]
    assert (row["base_codes"], row["notation"]) == (13, "8+2")
    assert row["first_ratio"] == pytest.approx(2 / 13)
    assert 5 <= row["point_low"] <= row["point_median"] <= row["point_high"]


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_the_tables_fit_their_schema(tmp_path: Path) -> None:
    for name in ("saturation", "saturation_curve"):
        write_table(frames()[name], tmp_path / f"{name}.csv")


def test_the_article_table_tells_undefined_from_not_reached() -> None:
    present, people = interviews("ab", "a", "abc", "d", "e", sites="AABBB")
    tables = {
        "saturation": saturation_tables(present, people, ["S01", "S02"], base_size=2, run_length=1, orders=9, seed=1)[0]
    }
    tables["saturation"]["site_id"] = ["S01", "S02", "all"]
    tables["saturation"].loc[0, "n"] = 2
    analysis = Analysis.model_validate({"saturation": {"base_size": 2, "run_length": 1, "orders": 9}}).model_dump()
    said = article_table(tables, labels("en"), analysis)
    assert "| Bueng Kaew City Municipality | 2 |" in said
    assert "**not reached**" in said
    assert "Guest, Namey and Chen, 2020" in said
    assert "ยังไม่ถึง" in article_table(tables, labels("th"), analysis)


def test_the_figure_has_a_panel_for_all_and_for_each_site() -> None:
    tables = frames()
    texts = [text.get_text() for text in figure(tables, labels("en")).axes[0].texts]
    assert "All sites (n\u00a0=\u00a012)" in texts
    assert sum("n\u00a0=\u00a0" in text for text in texts) == 4  # three sites with interviews, and all
    assert not any("Don Wan" in text for text in texts)


def test_the_figure_of_many_sites_says_which_it_shows() -> None:
    tables = frames()
    sites = [f"T{i:02d}" for i in range(15)]
    present, people = interviews(*["ab", "c"] * 15)
    people["site_id"] = [site for site in sites for _ in range(2)]
    tables["saturation"], tables["saturation_curve"] = saturation_tables(
        present, people, sites, base_size=1, run_length=1, orders=20, seed=1
    )
    names = ["องค์การบริหารส่วนตำบลที่มีชื่อยาวมากและยังยาวต่อไปอีกจนเกินสามบรรทัดของช่องหนึ่งในภาพ"] * 15
    tables["sites"] = pd.DataFrame({"site_id": sites, "name_th": names, "name_en": names, "type": ""})
    texts = [text.get_text() for text in figure(tables, labels("th", tables)).axes[0].texts]
    assert sum("n\u00a0=\u00a0" in text for text in texts) == MOST_PANELS
    assert any(f"แสดง {MOST_PANELS - 1} จาก 15" in text.replace("\n", " ") for text in texts)
