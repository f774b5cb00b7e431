"""The reporting checklists of a study, filled in: what the data answer, what the authors answer, and what is open.

For each item the authors' answer from study.yml comes first; what the data, or other parts of study.yml, have to say
follows in sentences made here. An item is open where neither answers it. Sentences that belong to an item without
answering its question (`adds` in `thongthin.contract.checklists`) are given all the same, so that authors see what
they need not write.

Nothing here fails: a statement whose tables have no rows is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from thongthin.basics.language import Language
from thongthin.contract.checklists import CHECKLISTS
from thongthin.contract.checklists.items import Item
from thongthin.contract.study import Study
from thongthin.contract.tables import TABLES
from thongthin.synthesis.statements import LANGUAGES, OPEN, STATEMENTS, Facts

# --- checklists -------------------------------------------------------------------------------------------------------


def applies(key: str, study: Study) -> bool:
    """Whether a checklist is for this study: all are of interviews, and those of both strands of a survey as well."""
    return study.collected >= ({"interviews", "survey"} if CHECKLISTS[key].mixed else {"interviews"})


def fill_checklist(
    key: str, study: Study, tables: Mapping[str, pd.DataFrame], analysis: Mapping[str, Any]
) -> pd.DataFrame:
    """A checklist with its answers.

    Args:
        key: which checklist, as in `CHECKLISTS`.
        study: what study.yml says.
        tables: the processed and result tables that `STATEMENTS` names, those that the study has.
        analysis: the choices of the analysis, as nested plain data.

    Returns:
        Table `reporting_<key>`, one row an item: item, section, name and question in both languages, answer_th,
        answer_en, source (`study.yml`, `data`, `study.yml and data`, `open`). An open item may hold what the data add.
        No rows where the checklist does not apply.
    """
    answers = getattr(study.reporting, key)
    has = {name for name, frame in tables.items() if len(frame)}
    left = set(open_items(key, study, has))
    rows: list[dict[str, Any]] = []
    for section in CHECKLISTS[key].sections if applies(key, study) else ():
        for item in section.items:
            number = len(rows) + 1
            authors = answers.get(str(number))
            names = [name for name in (*item.answers, *item.adds) if STATEMENTS[name].can_be_made(study, has)]
            row: dict[str, Any] = {"item": number}
            row |= {f"section_{language}": getattr(section, language) for language in LANGUAGES}
            row |= {f"name_{language}": getattr(item, language) for language in LANGUAGES}
            row |= {f"question_{language}": getattr(item, f"question_{language}") for language in LANGUAGES}
            sources = {"study.yml"} if authors else set()
            for language in LANGUAGES:
                facts = Facts(study, tables, analysis, language)
                own = [getattr(authors, language)] if authors else []
                said = {name: STATEMENTS[name].say(facts) for name in names}
                row[f"answer_{language}"] = _joined([*own, *filter(None, said.values())], language)
                sources |= {STATEMENTS[name].source for name, text in said.items() if text}
            row["source"] = OPEN if number in left else " and ".join(sorted(sources, reverse=True))
            rows.append(row)
    return pd.DataFrame(rows, columns=[column.name for column in TABLES[f"reporting_{key}"].columns])


def _joined(sentences: Sequence[str], language: Language) -> str:
    """Sentences one after the other; English ones are closed with a full stop if they are not yet."""
    if language == "th":
        return " ".join(sentences)
    return " ".join(text if text.endswith((".", "!", "?", "…", ")")) else f"{text}." for text in sentences)


def open_items(key: str, study: Study, has: Collection[str]) -> list[int]:
    """Numbers of the items that neither the data nor study.yml answer; none of a checklist that does not apply.

    Args:
        key: which checklist.
        has: names of the tables that have rows, or will have.
    """
    answered = getattr(study.reporting, key)
    if not applies(key, study):
        return []
    return [
        number
        for number, item in enumerate(CHECKLISTS[key].items, start=1)
        if str(number) not in answered and not _answers_itself(item, study, has)
    ]


def _answers_itself(item: Item, study: Study, has: Collection[str]) -> bool:
    return any(STATEMENTS[name].can_be_made(study, has) for name in item.answers)


def summary(checklists: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Table `reporting_summary`: how many items of each checklist are answered, and how many are open.

    Args:
        checklists: tables as from `fill_checklist`, by their key.
    """
    rows = [
        (key, len(table), int((table["source"] != OPEN).sum()), int((table["source"] == OPEN).sum()))
        for key, table in checklists.items()
        if len(table)
    ]
    return pd.DataFrame(rows, columns=["checklist", "items", "answered", "open"])


def shortfalls(open_by_checklist: Mapping[str, Sequence[int]]) -> list[tuple[str, str]]:
    """One sentence for each checklist with open items, in English and in Thai.

    Args:
        open_by_checklist: numbers of the open items by the key of the checklist, as from `open_items`.
    """
    said = []
    for key, numbers in open_by_checklist.items():
        if numbers:
            name, whole = CHECKLISTS[key].name, len(CHECKLISTS[key].items)
            listed = ", ".join(map(str, numbers))
            said.append(
                (
                    f"{name}: {len(numbers)} of {whole} items are open: {listed}.",
                    f"{name}: ยังไม่มีคำตอบ {len(numbers)} จาก {whole} ข้อ ได้แก่ข้อ {listed}",
                )
            )
    return said
