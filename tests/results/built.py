"""A built study, as the result tests see it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.contract.documents import Document
from thongthin.contract.loading import StudySettings, has_table, load_config, load_study
from thongthin.contract.tables import TABLES, read_table

ROOT = Path(__file__).parents[2]


class Build:
    """One built study: its settings, and its tables by name."""

    def __init__(self, study: str) -> None:
        problems = Problems()
        config = load_config(ROOT, problems)
        assert config is not None, problems.found
        settings = load_study(ROOT, study, config, problems)
        assert settings is not None, problems.found
        self.settings: StudySettings = settings
        self.raw = ROOT / "data" / "raw" / study
        self.processed = ROOT / "data" / "processed" / study
        self.results = ROOT / "results" / study

    def path(self, table: str) -> Path:
        folder = self.processed if TABLES[table].folder == "processed" else self.results / "tables"
        return folder / f"{table}.csv"

    def has(self, table: str) -> bool:
        """Whether the study has the table; one that an earlier build left behind does not count."""
        return has_table(TABLES[table], self.settings, self.raw)

    @cache  # noqa: B019 - one build lives as long as the test session
    def table(self, name: str) -> pd.DataFrame:
        if not self.has(name):
            pytest.skip(f"the study has no table {name}")
        return read_table(self.path(name), name)

    def document(self, document: Document, language: Language, format_: str) -> Path:
        return self.results / document / language / f"rendered.{format_}"


def loads(page: str) -> list[str]:
    """What a page of HTML would fetch from the network when it is opened, the first three."""
    found = re.findall(r"""(?:src|srcset|data|poster)\s*=\s*["'](?:https?:)?//[^"']+""", page)
    found += re.findall(r"""<link\b[^>]*href\s*=\s*["'](?:https?:)?//[^"']+""", page)
    found += re.findall(r"""(?:url\(|@import)\s*["']?(?:https?:)?//[^"')]+""", page)
    return found[:3]


@cache
def page_of_evidence(build: Build, language: str) -> dict[str, Any]:
    """What the page of evidence holds, as plain data."""
    text = (build.results / f"evidence.{language}.html").read_text(encoding="utf-8")
    return dict(json.loads(re.search(r'id="data">(.*?)</script>', text, re.S)[1]))  # type: ignore[index]


@cache
def keys_of_evidence(build: Build, language: str) -> set[str]:
    """The keys of all numbers that the page of evidence shows."""
    keys = set()
    for name, table in page_of_evidence(build, language)["tables"].items():
        places = [[own[0] for own in table["columns"]].index(key) for key in table["key"]]
        for row in table["rows"]:
            id_ = ".".join(str(row[place]) for place in places if str(row[place]) != "")
            keys |= {f"{name}.{id_}.{column[0]}" for column in table["columns"]}
    return keys
