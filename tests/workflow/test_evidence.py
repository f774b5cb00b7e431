"""The rows that are said to stand behind numbers make these numbers."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pandas as pd
from project import Project

from thongthin.basics.problems import Problems
from thongthin.contract.loading import load_config, load_study
from thongthin.contract.tables import TABLES, read_table
from thongthin.present.evidence.rows import Data, Rows

STUDY = "small"
# So many numbers of each table and column are computed once more.
FOLLOWED = 12
# Computes a number from the data, the row of its table, and the rows behind it; None: not computed here.
Computed = Callable[[Data, Any, Rows], float | None]


def test_the_rows_behind_numbers_make_these_numbers(small: Project) -> None:
    """Drawn numbers are computed once more, from the rows that are said to stand behind them, by other code."""
    problems = Problems()
    config = load_config(small.root, problems)
    assert config is not None
    settings = load_study(small.root, STUDY, config, problems)
    assert settings is not None
    folders = [small.root / "data" / "processed" / STUDY, small.root / "results" / STUDY / "tables"]
    tables = {path.stem: read_table(path) for folder in folders for path in folder.glob("*.csv") if path.stem in TABLES}
    data = Data(tables, settings.models(), settings.analysis.scales.answered)
    assert settings.choice("themes.coders") == "any"
    wrong, followed = [], 0
    draw = random.Random(2566)
    for name, column, computed in (*OF_SURVEY, *OF_CODING):
        frame = tables[name]
        rows = frame[frame[column].notna()].to_dict("records")
        for record in draw.sample(rows, min(len(rows), FOLLOWED)):
            with_pair = {**record, **({"item_after": ""} if "item_after" in frame else {})}
            value = computed(data, record, data.behind(name, with_pair))
            followed += 1
            if value is not None and abs(value - float(record[column])) > 1e-6 * max(1, abs(value)):
                wrong.append((name, [record[key] for key in TABLES[name].key], column, record[column], value))
    assert followed > 200
    assert not wrong, wrong[:5]


# --- computed once more ----------------------------------------------------------------------------------------------


def _people(_: Data, __: Any, rows: Rows) -> float:
    return len(rows.respondents or ())


def _answers(data: Data, record: Any, rows: Rows) -> pd.DataFrame:
    """The answers behind a number; of a scale, with reversed items turned round, as an item by itself is not."""
    responses, items = data.tables["responses"], data.tables["items"].set_index("item_id")
    own = responses[responses["respondent_id"].isin(rows.respondents or ())][list(rows.items)].astype(float)
    for item in rows.items:
        if "construct" in record and items.loc[item, "reversed"]:
            own[item] = items.loc[item, "minimum"] + items.loc[item, "maximum"] - own[item]
    return own


def _weighted(data: Data) -> bool:
    return data.tables["responses"]["weight"].nunique() > 1


def _mean(data: Data, record: Any, rows: Rows) -> float | None:
    if _weighted(data) or not rows.respondents:
        return None
    return float(_answers(data, record, rows).mean(axis=1).mean())


def _sd(data: Data, record: Any, rows: Rows) -> float | None:
    if _weighted(data) or len(rows.respondents or ()) < 2:
        return None
    return float(_answers(data, record, rows).mean(axis=1).std())


def _share(data: Data, record: Any, rows: Rows) -> float | None:
    whole = data.behind("item_statistics", {"item_id": record["item_id"], "site_id": record.get("site_id", "all")})
    return None if _weighted(data) or "group" in record else len(rows.respondents or ()) / len(whole.respondents or ())


def _change(data: Data, record: Any, rows: Rows) -> float | None:
    own = _answers(data, record, rows)
    half = len(rows.items) // 2
    return (
        None
        if _weighted(data)
        else float(own.iloc[:, half:].mean(axis=1).mean() - own.iloc[:, :half].mean(axis=1).mean())
    )


def _spoken(data: Data, _: Any, rows: Rows) -> float:
    """Participants in whose interviews a coder found the theme: what `any` counts."""
    own = data.tables["codings"]
    return int(own[own["segment_id"].isin(rows.segments)]["participant_id"].nunique())


def _passages(data: Data, _: Any, rows: Rows) -> float:
    """Distinct passages: those that share a character are one."""
    own = data.tables["codings"]
    found = 0
    for _person, frame in own[own["segment_id"].isin(rows.segments)].groupby("participant_id"):
        end = -1
        for start, stop in sorted(zip(frame["start"], frame["end"], strict=True)):
            found += start >= end
            end = max(end, stop)
    return found


# Table, column, and how it is computed from the rows; of the interviews, what `themes.coders: any` counts.
OF_SURVEY: list[tuple[str, str, Computed]] = [
    *(
        (name, "n", _people)
        for name in ("item_statistics", "scale_statistics", "group_statistics", "item_group_statistics")
    ),
    *((name, "n", _people) for name in ("item_answers", "item_answers_by_site", "item_answers_by_group")),
    *((name, "n", _people) for name in ("category_answers", "category_answers_by_group", "survey_nonanswers")),
    *((name, "n", _people) for name in ("scale_reliability", "item_rest", "scale_dimensionality", "site_comparison")),
    *((name, "n", _people) for name in ("group_comparison", "before_after", "before_after_by_group", "power")),
    *((name, "n", _people) for name in ("missing_items", "sample_size", "category_comparison")),
    *((name, "mean", _mean) for name in ("item_statistics", "scale_statistics", "group_statistics")),
    *((name, "sd", _sd) for name in ("scale_statistics", "group_statistics")),
    ("item_answers", "share", _share),
    ("item_answers_by_site", "share", _share),
    ("before_after", "mean_change", _change),
    ("before_after_by_group", "mean_change", _change),
]
OF_CODING: list[tuple[str, str, Computed]] = [
    *((name, "participants", _spoken) for name in ("themes_by_site", "themes_by_group", "themes_by_site_group")),
    *((name, "participants", _spoken) for name in ("codes_by_group", "theme_spread")),
    *((name, "segments", _passages) for name in ("themes_by_site", "themes_by_group", "themes_by_participant")),
]
