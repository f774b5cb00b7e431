"""The page of evidence for the public: the published numbers, what prints them, and how they are made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from thongthin.basics.language import Language
from thongthin.contract.published import read_published
from thongthin.contract.tables import TABLES, read_cells, read_table
from thongthin.present.evidence.gather import Built, gather, read_folder
from thongthin.present.evidence.page import methods_as_html, page
from thongthin.present.evidence.rows import Data
from thongthin.present.evidence.steps import steps

Labels = Mapping[str, Mapping[str, str]]
# Columns of the table `quotes` that no quote has for the public.
_NOWHERE: dict[str, Any] = {"turn_id": "", "start": 0, "end": 0}


def evidence_pages(
    study: str,
    made: tuple[Path, Path, Path, Path],
    exhibits: Path,
    record: Mapping[str, Any],
    labels: tuple[Mapping[str, str], Labels, Labels],
    *,
    simulated: bool,
) -> dict[Language, str]:
    """The page in each language, as HTML.

    Args:
        made: folders of the published tables and of what names things, the file of the quotes, and the folder of the
            article's tables and figures.
        record: made_from.json, of which the files of data/raw are left out: their names may name people.
        labels: the title of the study, and the labels of groups and constructs.
    """
    tables, names, quotes, shown = made
    title, groups, constructs = labels
    called = {path.stem: read_table(path) for path in sorted(names.glob("*.csv"))}
    data = Data({**called, "quotes": read_cells(quotes).assign(**_NOWHERE)})
    printed: dict[Language, dict[str, str]] = {
        language: {p.stem: p.read_text(encoding="utf-8") for p in sorted((shown / language / "tables").glob("*.md"))}
        for language in get_args(Language)
    }
    built = Built(
        results={p.stem: read_published(p).frame for p in sorted(tables.glob("*.csv")) if p.stem != "values"},
        processed=data.tables,
        values=read_table(tables / "values.csv"),
        exhibits=read_cells(exhibits),
        cells=read_folder(shown / "tables"),
        printed=printed,
        drawn=read_folder(shown / "figures"),
        record=_without_raw(record),
        steps=steps(Path("workflow")),
        methods=methods_as_html(Path("docs/methods.md")),
    )
    pages: dict[Language, str] = {}
    for language, found in gather(built, data, "public", published=True).items():
        sites = called["sites"]
        found["labels"] = {
            "sites": dict(zip(sites["site_id"], sites[f"name_{language}"], strict=True)),
            "groups": {id_: label[language] for id_, label in groups.items()},
            "constructs": {id_: label[language] for id_, label in constructs.items()},
        }
        found["study"] = study
        pages[language] = page(found, language=language, title=title[language], simulated=simulated)
    return pages


def _without_raw(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record without the files that people brought, and without what study.yml says of them."""
    kept = {path: own for path, own in record["inputs"].items() if not path.startswith("data/raw/")}
    rules = {table.rule for table in TABLES.values() if table.folder == "processed"}
    steps_ = {
        rule: {**own, "inputs": [path for path in own["inputs"] if not path.startswith("data/raw/")]}
        for rule, own in record["steps"].items()
        if rule not in rules or own["outputs"]
    }
    plain: dict[str, Any] = json.loads(json.dumps({**record, "inputs": kept, "steps": steps_, "study.yml": {}}))
    return plain
