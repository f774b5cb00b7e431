"""Which responses are flagged and left out, how many remain, and what skip patterns ask."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from amount import tried
from hypothesis import given, settings
from hypothesis import strategies as st

from thongthin.basics.problems import CannotAnalyse
from thongthin.contract.tables import TABLES, read_table, write_table
from thongthin.present.labels import Labels
from thongthin.present.tables.survey_flow import survey_flow, survey_nonanswers
from thongthin.read.survey.quality import RULES, STEPS, CheckedResponses, check_responses, flagged_and_kept
from thongthin.read.survey.skip_patterns import asked, parse_conditions

SITES = ["S01", "S02"]
NO_CELLS = pd.DataFrame(columns=["respondent_id", "item_id", "reason"], dtype=str)
RULES_OF_STUDY: dict[str, Any] = {"straight_lining": 3, "incomplete": 0.5, "speeding": None, "exclude": []}


def items(n: int = 4, **further: list[str]) -> pd.DataFrame:
    """`n` items of one scale that measure one construct, the last one reversed."""
    ids = [f"q{i}" for i in range(1, n + 1)]
    frame = pd.DataFrame({"item_id": ids, "construct": "attitude", "scale": "agree5", "wave": "single", "asked_if": ""})
    frame["reversed"] = [False] * (n - 1) + [True]
    return frame.assign(**further)


def received(answers: list[list[float | str]], **further: list[Any]) -> pd.DataFrame:
    """Rows of answers as in table `survey_received`, at S01 and S02 in turn, on different days."""
    n = len(answers)
    frame = pd.DataFrame(
        {
            "respondent_id": [f"R{i:04d}" for i in range(1, n + 1)],
            "row": range(2, n + 2),
            "site_id": [SITES[i % 2] for i in range(n)],
            "group": "",
            "submitted_on": [f"2023-03-{1 + i:02d}" for i in range(n)],
            "weight": 1.0,
            "seconds": np.nan,
            "preview": False,
            "out_of_frame": "",
            "repeats": "",
        }
    )
    columns = {f"q{j}": column for j, column in enumerate(map(list, zip(*answers, strict=True)), start=1)}
    return frame.assign(**columns, **further)


def check(frame: pd.DataFrame, of: pd.DataFrame | None = None, cells: pd.DataFrame = NO_CELLS, **rules: Any) -> Any:
    of = items(sum(c.startswith("q") for c in frame)) if of is None else of
    return check_responses(frame, cells, of, SITES, **{**RULES_OF_STUDY, **rules})


def flags(checked: CheckedResponses) -> list[tuple[str, str, str]]:
    return list(checked.flags[["respondent_id", "rule", "detail"]].itertuples(index=False, name=None))


VARIED: list[list[float | str]] = [[1, 2, 3, 4], [2, 3, 4, 5], [5, 4, 3, 1]]


def test_nothing_is_flagged_and_all_are_analysed() -> None:
    checked = check(received(VARIED))
    assert checked.flags.empty
    assert list(checked.responses.columns[:5]) == ["respondent_id", "site_id", "group", "submitted_on", "weight"]
    assert checked.responses[["q1", "q2", "q3", "q4"]].to_numpy().tolist() == VARIED
    assert (checked.responses["weight"] == 1).all()
    assert checked.flow.set_index(["step", "site_id"])["n"].to_dict() == {
        (step, site): n if step in ("received", "analysed") else 0
        for step in STEPS
        for site, n in (("S01", 2), ("S02", 1), ("all", 3))
    }


def test_straight_lining_counts_reversed_items_and_only_complete_scales_of_enough_items() -> None:
    frame = received([[4, 4, 4, 4], [4, 4, 4, np.nan], [4, 4, 4, 2], [np.nan] * 4])
    assert flags(check(frame, incomplete=0)) == [("R0001", "straight_lining", "agree5: 4")]
    assert flags(check(frame, incomplete=0, straight_lining=5)) == []
    # Items that measure nothing, and categories, are no scale.
    assert flags(check(frame, items(4, construct=[""] * 4), incomplete=0)) == []


def test_incomplete_counts_the_items_asked_and_takes_a_refusal_for_an_answer() -> None:
    frame = received([[1, np.nan, np.nan, np.nan], [1, 2, np.nan, np.nan], [1, np.nan, np.nan, np.nan]])
    of = items(4, asked_if=["", "q1=2", "q1=2", ""])
    refused = pd.DataFrame({"respondent_id": ["R0001"], "item_id": ["q2"], "reason": ["refused"]})
    whole = items(4)
    assert flags(check(frame, whole)) == [("R0001", "incomplete", "1/4"), ("R0003", "incomplete", "1/4")]
    assert flags(check(frame, whole, refused)) == [("R0003", "incomplete", "1/4")]
    # Of the third, two items were asked: one is half of them.
    assert flags(check(frame.iloc[[2]], of)) == []
    assert flags(check(frame.iloc[[2]], of, incomplete=0.6)) == [("R0003", "incomplete", "1/2")]


def test_duplicates_have_the_same_answers_site_group_and_day() -> None:
    frame = received([[1, 2, 3, 4]] * 4 + [[np.nan] * 4] * 2)
    frame = frame.assign(site_id="S01", submitted_on="2023-03-01")
    frame.loc[1, "submitted_on"] = "2023-03-02"
    frame.loc[2, "site_id"] = "S02"
    checked = check(frame, incomplete=0)
    assert flags(checked) == [("R0004", "duplicate", "R0001")]
    repeated = frame.assign(repeats=["", "R0001", "", "", "", ""])
    assert flags(check(repeated, incomplete=0))[0] == ("R0002", "duplicate", "R0001")


def test_speeding_needs_a_declared_time() -> None:
    frame = received(VARIED, seconds=[59.6, 60.0, np.nan])
    assert flags(check(frame)) == []
    assert flags(check(frame, speeding=60)) == [("R0001", "speeding", "60 s")]


def test_what_was_answered_although_it_was_not_asked() -> None:
    frame = received([[0, 2, 3, 4], [1, 2, 3, 4], [np.nan, np.nan, 3, 4]])
    of = items(4, asked_if=["", "q1=1", "q1=1", ""])
    checked = check(frame, of)
    assert flags(checked) == [("R0001", "answered_unasked", "q2 q3"), ("R0003", "answered_unasked", "q3")]
    assert len(checked.responses) == 3  # flagged, not left out
    left_out = check(frame, of, exclude=["answered_unasked"])
    assert list(left_out.responses["respondent_id"]) == ["R0002"]


def test_the_flow_counts_each_once_and_by_site() -> None:
    frame = received(
        [[4, 4, 4, 4], [4, 4, 4, 4], [1, 2, 3, 4], [np.nan] * 4, [1, 2, 3, 5]],
        preview=[True, False, False, False, False],
        out_of_frame=["", "", "", "age: 15", ""],
        site_id=["S01", "S02", "S01", "", "S02"],
    )
    checked = check(frame, exclude=["preview", "straight_lining"])
    n = checked.flow.set_index(["step", "site_id"])
    assert n.loc[("received", "all")].tolist() == [5, 3]
    assert n.loc[("preview", "all")].tolist() == [1, 1]
    assert n.loc[("out_of_frame", "all")].tolist() == [1, 1]
    assert n.loc[("straight_lining", "all")].tolist() == [1, 2]  # one of two is counted as a preview
    assert n.loc[("straight_lining", "S02")].tolist() == [1, 1]
    assert n.loc[("incomplete", "all")].tolist() == [0, 0]  # who is out of the frame is not judged
    assert n.loc[("analysed", "all")].tolist() == [2, 0]
    assert n.loc[("received", ["S01", "S02"]), "n"].sum() == 4
    assert checked.flags["excluded"].all()
    assert list(checked.responses["respondent_id"]) == ["R0003", "R0005"]  # ids stay as they were


def test_a_flag_that_leaves_nobody_out_is_told() -> None:
    checked = check(received([[4, 4, 4, 4], *VARIED]))
    assert flagged_and_kept(checked.flow, []) == [
        (
            "Responses that the rule straight_lining flags, and that are analysed: 1.",
            "คำตอบที่เข้าเกณฑ์ straight_lining และยังอยู่ในการวิเคราะห์: 1",
        )
    ]
    assert flagged_and_kept(checked.flow, ["straight_lining"]) == []


def test_weights_have_the_mean_one_over_those_analysed() -> None:
    frame = received([*VARIED, [4, 4, 4, 4]], weight=[1.0, 2.0, 3.0, 94.0])
    checked = check(frame, exclude=["straight_lining"])
    assert checked.responses["weight"].tolist() == [0.5, 1.0, 1.5]
    assert (check(frame.assign(weight=7.3)).responses["weight"] == 1).all()


def test_an_analysis_of_nobody_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="ทุกคำตอบถูกตัดออก"):
        check(received([[4, 4, 4, 4]]), exclude=["straight_lining"])


def test_non_answers_add_up_to_what_is_not_answered() -> None:
    frame = received([[1, np.nan, 3, 4], [np.nan, np.nan, 3, 4], [1, 2, 3, 4], [np.nan, 1, 1, 2]])
    cells = pd.DataFrame(
        {
            "respondent_id": ["R0001", "R0002", "R0004"],
            "item_id": ["q2", "q2", "q1"],
            "reason": ["not_asked", "dont_know", "refused"],
        }
    )
    table = check(frame, cells=cells).nonanswers.set_index(["item_id", "reason"])
    assert table.loc[("q1", "empty")].tolist() == [1, 0.25]
    assert table.loc[("q1", "refused"), "n"] == 1
    assert table.loc[("q2", "not_asked"), "n"] == table.loc[("q2", "dont_know"), "n"] == 1
    assert table.loc[("q2", "empty"), "n"] == 0
    assert table["n"].sum() == 4


def test_categories_are_items_too() -> None:
    frame = received([[1, 2, "ชาย"], [2, 1, ""]])
    of = items(3, construct=["attitude", "attitude", ""], scale=["agree5", "agree5", "category"])
    checked = check(frame, of, incomplete=1)
    assert flags(checked) == [("R0002", "incomplete", "2/3")]
    assert checked.nonanswers.set_index(["item_id", "reason"]).loc[("q3", "empty"), "n"] == 1


def test_the_tables_fit_their_schema(tmp_path: Any) -> None:
    checked = check(received([[4, 4, 4, 4], *VARIED]))
    names = {
        "responses": "responses",
        "flags": "survey_flags",
        "flow": "survey_flow",
        "nonanswers": "survey_nonanswers",
    }
    for part, name in names.items():
        write_table(getattr(checked, part), tmp_path / f"{name}.csv")
        read = read_table(tmp_path / f"{name}.csv")
        assert list(read.columns[: len(TABLES[name].columns)]) == [c.name for c in TABLES[name].columns]
        assert len(read) == len(getattr(checked, part))


@settings(max_examples=tried(40), deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([1.0, 2.0, 3.0, np.nan]), min_size=3, max_size=3), min_size=1, max_size=12),
    st.sets(st.sampled_from([rule for rule in RULES if rule != "out_of_frame"])),
    st.data(),
)
def test_what_is_received_is_left_out_once_or_analysed(
    answers: list[list[float | str]], exclude: set[str], data: st.DataObject
) -> None:
    n = len(answers)
    truths = st.lists(st.booleans(), min_size=n, max_size=n)
    frame = received(
        answers,
        preview=data.draw(truths),
        out_of_frame=["age: 15" if out else "" for out in data.draw(truths)],
        submitted_on=["2023-03-01"] * n,
    )
    try:
        checked = check(frame, items(3, asked_if=["", "q1>=2", ""]), exclude=sorted(exclude))
    except CannotAnalyse:
        return
    counts = checked.flow.pivot(index="step", columns="site_id", values="n")
    assert (counts.loc["received"] == counts.loc[[*RULES, "analysed"]].sum()).all()
    assert counts.loc["analysed", "all"] == len(checked.responses)
    left_out = set(checked.flags.loc[checked.flags["excluded"], "respondent_id"])
    assert left_out == set(frame["respondent_id"]) - set(checked.responses["respondent_id"])


# --- skip patterns ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("used=1", [True, False, False, True]),
        ("used!=1", [False, True, False, False]),
        ("used = 1 & visits >= 3", [True, False, False, False]),
        ("visits>2", [True, False, True, False]),
        ("visits<=2", [False, False, False, True]),
        ("visits=1|4", [True, False, False, True]),
        ("visits=๔", [True, False, False, False]),
        ("sex=หญิง", [True, False, True, False]),
        ("sex=หญิง|ชาย", [True, True, True, False]),
        ("sex!= ห ญิง", [False, True, False, False]),
    ],
)
def test_of_whom_an_item_was_asked(condition: str, expected: list[bool]) -> None:
    answers = pd.DataFrame(
        {
            "used": [1.0, 0.0, np.nan, 1.0],
            "visits": [4.0, np.nan, 3.0, 1.0],
            "sex": ["หญิง", "ชาย", "หญิง", ""],
            "why": [np.nan] * 4,
        }
    )
    of = pd.DataFrame({"item_id": ["used", "visits", "sex", "why"], "asked_if": ["", "", "", condition]})
    assert {item: list(truth) for item, truth in asked(of, answers).items()} == {"why": expected}


@pytest.mark.parametrize(
    "text", ["used", "used=", "=1", "used=1&", "used>มาก", "visits>1|2", "used=1 & & sex=2", "used=|1"]
)
def test_what_is_no_condition(text: str) -> None:
    assert parse_conditions(text) is None


def test_conditions_are_spelled_in_one_way() -> None:
    conditions = parse_conditions(" used == 1 | 2 & visits>= 3")
    assert conditions is not None
    assert [str(condition) for condition in conditions] == ["used=1|2", "visits>=3"]


# --- the tables of the article ------------------------------------------------------------------------------------


def test_the_flow_as_the_article_prints_it() -> None:
    frame = received([[4, 4, 4, 4], [4, 4, 4, 4], [1, 2, 3, 4], [np.nan] * 4], preview=[True, False, False, False])
    frame.loc[3, ["site_id", "out_of_frame"]] = ["", "age: 15"]
    flow = check(frame, exclude=["preview"]).flow
    sites = pd.DataFrame({"site_id": SITES, "name_th": ["ก", "ข"], "name_en": ["A*", "B"]})
    english = survey_flow({"survey_flow": flow, "sites": sites}, Labels.of("en", {"sites": sites}), {})
    assert english.split("\n")[0] == "| Responses | A\\* | B | All sites | Flagged |"
    rows = [line for line in english.split("\n") if line.startswith(("| **", "| Left"))]
    assert rows == [
        "| **Received** | **2** | **1** | **4** |  |",
        "| Left out: Previews of the form | 1 | 0 | 1 | 1 |",
        "| Left out: Out of the frame | 0 | 0 | 1 | 1 |",
        "| Left out: One answer to all items of a scale | 0 | 0 | 0 | 2 |",
        "| **Analysed** | **1** | **1** | **2** |  |",
    ]
    assert "Responses out of the frame may belong to no site." in english
    thai = survey_flow({"survey_flow": flow, "sites": sites}, Labels.of("th", {"sites": sites}), {})
    assert "| ตัดออก: อยู่นอกกรอบประชากร | 0 | 0 | 1 | 1 |" in thai
    none = survey_flow(
        {"survey_flow": check(received(VARIED)).flow, "sites": sites}, Labels.of("en", {"sites": sites}), {}
    )
    assert "No rule flags any response." in none
    assert "Flagged" not in none


def test_non_answers_as_the_article_prints_them() -> None:
    frame = received([[1, np.nan, 3, 4], [np.nan, 2, 3, 4], [1, 2, 3, 4]])
    cells = pd.DataFrame({"respondent_id": ["R0001"], "item_id": ["q2"], "reason": ["dont_know"]})
    of = items(4).assign(text_th="ข้อ", text_en=["One", "Two", "Three", "Four"], position=range(1, 5))
    tables = {"survey_nonanswers": check(frame, of, cells).nonanswers, "items": of}
    rows = survey_nonanswers(tables, Labels.of("en", tables), {}).split("\n")
    assert rows[0] == "| Item | Don’t know | Left empty |"
    assert rows[2:4] == ["| One | – | 1\N{NO-BREAK SPACE}(33.3) |", "| Two | 1\N{NO-BREAK SPACE}(33.3) | – |"]
    assert rows[4] == ""


def test_straight_lines_are_no_duplicates_and_whole_copies_are() -> None:
    lines: list[list[float | str]] = [[4.0] * 12] * 20 + [[5.0] * 12] * 20
    copied: list[float | str] = [1.0, 5.0, 2.0, 4.0, 3.0, 3.0, 1.0, 2.0, 5.0, 4.0, 1.0, 2.0]
    frame = received([*lines, copied, copied], submitted_on=["2023-03-01"] * 42, site_id=["S01"] * 42)
    found = [flag for flag in flags(check(frame, straight_lining=13)) if flag[1] == "duplicate"]
    assert found == [("R0042", "duplicate", "R0041")]
