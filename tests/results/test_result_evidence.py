"""Everything that a document shows leads to its evidence, and the rows that stand behind numbers make these numbers."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest
from built import Build, loads

from thongthin.contract.documents import documents_of
from thongthin.contract.tables import TABLES, read_table
from thongthin.present.evidence.rows import Data, Rows

ROOT = Path(__file__).parents[2]
_LEADS = re.compile(r'href="evidence\.(?:th|en)\.html#/([^"]+)"')
# So many numbers of each table and column are computed once more.
FOLLOWED = 12
# Computes a number from the data, the row of its table, and the rows behind it; None: not computed here.
Computed = Callable[[Data, Any, Rows], float | None]


@cache
def _page(build: Build, language: str) -> dict[str, Any]:
    text = (build.results / f"evidence.{language}.html").read_text(encoding="utf-8")
    return dict(json.loads(re.search(r'id="data">(.*?)</script>', text, re.S)[1]))  # type: ignore[index]


@cache
def _keys(build: Build, language: str) -> set[str]:
    found = set()
    for name, table in _page(build, language)["tables"].items():
        places = [[own[0] for own in table["columns"]].index(key) for key in table["key"]]
        for row in table["rows"]:
            id_ = ".".join(str(row[place]) for place in places if str(row[place]) != "")
            found |= {f"{name}.{id_}.{column[0]}" for column in table["columns"]}
    return found


def _documents(build: Build) -> Iterator[tuple[str, str, str]]:
    for document in documents_of(ROOT, build.settings.name):
        for language in build.settings.config.languages:
            if "html" in build.settings.config.formats:
                path = build.document(document, language, "html")
                yield document, language, path.read_text(encoding="utf-8")


def test_what_documents_show_leads_to_what_is_there(build: Build) -> None:
    lost = []
    for document, language, text in _documents(build):
        page, keys = _page(build, language), _keys(build, language)
        exhibits = {f"{own['document']}/{own['id']}" for own in page["exhibits"]}
        for address in _LEADS.findall(text):
            kind, _, place = unquote(html.unescape(address)).partition("/")
            name, _, cell = place.partition("/")
            there = {
                "value": place in keys,
                "quote": place in page["quotes"],
                "exhibit": place in exhibits,
                "table": cell in page["shown"].get(name, {"keys": {}})["keys"],
            }
            if not there[kind]:
                lost.append(f"{document}.{language}: {kind}/{place}")
    assert not lost, lost[:5]


def test_every_exhibit_is_led_to_its_evidence(build: Build) -> None:
    for document, language, text in _documents(build):
        leads = [unquote(html.unescape(address)) for address in _LEADS.findall(text)]
        for own in _page(build, language)["exhibits"]:
            if (
                own["document"] != document
                or not own[f"line_{language}"]
                or not (own["id"] or own["kind"] in ("value", "quote"))
            ):
                continue
            place = (
                f"{own['kind']}/{own['name']}"
                if own["kind"] in ("value", "quote")
                else f"exhibit/{document}/{own['id']}"
            )
            table = own["kind"] == "table" and any(lead.startswith(f"table/{own['name']}/") for lead in leads)
            assert place in leads or table or own["kind"] in ("table", "figure"), f"{document}.{language}: {place}"


def test_the_page_asks_for_nothing_and_the_public_one_holds_nobody(build: Build) -> None:
    for language in build.settings.config.languages:
        text = (build.results / f"evidence.{language}.html").read_text(encoding="utf-8")
        assert not loads(text)
        page = _page(build, language)
        if page["audience"] == "public":
            assert page["data"] == {} and page["people"] == []
            assert all("s" not in own or isinstance(own.get("p"), int) for own in page["behind"])


def test_article_tables_and_figures_stand_as_csv(build: Build) -> None:
    exhibits = pd.read_csv(build.results / "exhibits.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = [path for path in exhibits["output"] if not (ROOT / path).is_file()]
    assert not missing, missing


def test_the_rows_behind_numbers_make_these_numbers(build: Build) -> None:
    """Drawn numbers are computed once more, from the rows that are said to stand behind them, by other code."""
    tables = {path.stem: read_table(path) for path in build.processed.glob("*.csv") if path.stem in TABLES}
    data = Data(tables, build.settings.models(), build.settings.analysis.scales.answered)
    wrong, followed = [], 0
    draw = random.Random(2566)
    # Of a survey of millions, `responses` are a sample.
    of_survey = OF_SURVEY if build.has("survey_received") else []
    of_coding = OF_CODING if build.settings.choice("themes.coders") == "any" else []
    for name, column, computed in (*of_survey, *of_coding):
        if not build.has(name):
            continue
        frame = build.table(name)
        rows = frame[frame[column].notna()].to_dict("records")
        for record in draw.sample(rows, min(len(rows), FOLLOWED)):
            with_pair = {**record, **({"item_after": ""} if "item_after" in frame else {})}
            value = computed(data, record, data.behind(name, with_pair))
            followed += 1
            if value is not None and abs(value - float(record[column])) > 1e-6 * max(1, abs(value)):
                wrong.append((name, [record[key] for key in TABLES[name].key], column, record[column], value))
    if not followed:
        pytest.skip("the study has no numbers whose rows are followed")
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
