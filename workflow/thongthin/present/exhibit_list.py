"""The exhibits of a study as one table: number, key, sentence, and what each is made by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

import pandas as pd

from thongthin.basics.language import Language
from thongthin.contract.documents import Document
from thongthin.contract.tables import TABLES
from thongthin.present.catalogue import article_tables, figures, table_of
from thongthin.present.exhibits import Exhibit, exhibits_of, shown
from thongthin.present.values import reads_of

COLUMNS = (
    *("document", "kind", "number", "id", "name", "line_th", "line_en", "said_th", "said_en"),
    *("times", "rule", "program", "tables", "output"),
)


def exhibit_list(
    sources: Sequence[str],
    values: pd.DataFrame,
    words: Mapping[str, Mapping[str, str]],
    left_out: Mapping[str, list[int]],
    places: tuple[str, str, str],
) -> pd.DataFrame:
    """One row an exhibit and document; a number that is said several times has one, with its first sentence, a claim
    one with all that is bound to it.

    Args:
        sources: of the documents, in every language.
        values: table `values`.
        words: language -> key -> how a word that the data decide reads.
        left_out: of each source, first lines of the blocks that are left out.
        places: the folder of the results, and the files of the words and of the quotes.
    """
    found: list[Exhibit] = []
    for source in sources:
        name, language = Path(source).name.split(".")[:2]
        own: tuple[Document, Language] = (name, language)  # type: ignore[assignment]
        reads = {**reads_of(values, own[1]), **words[language]}
        found += exhibits_of(Path(source), *own, reads, left_out[source])
    rules = dict(zip(values["key"], values["rule"], strict=True))
    rows = []
    for (document, kind, id_, name), by_language in shown(found).items():
        first = {language: exhibits[0] for language, exhibits in by_language.items()}
        row: dict[str, str | int] = {
            "document": document,
            "kind": kind,
            "id": id_,
            "name": name,
            **_made(kind, name, places, rules),
        }
        row["number"] = max(own.number for own in first.values()) or ""
        row["times"] = max(map(len, by_language.values()))
        for language in get_args(Language):
            there = first.get(language)
            row[f"line_{language}"] = there.line if there else ""
            row[f"said_{language}"] = _said(kind, by_language.get(language, []))
        rows.append(row)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _said(kind: str, exhibits: Sequence[Exhibit]) -> str:
    said = list(dict.fromkeys(own.said for own in exhibits))
    return " / ".join(said) if kind == "claim" else said[0] if said else ""


def _made(kind: str, name: str, places: tuple[str, str, str], rules: Mapping[str, str]) -> dict[str, str]:
    """What makes an exhibit: the rule, the script, the tables that it is made from, and the file where it stands."""
    results, words, quotes = places
    if kind == "value":
        rule, table = rules[name], name.split(".")[0]
        return _by(rule, rule, (table,), f"{results}/tables/{table}.csv")
    if kind == "word":
        return _by("check_claims", "check_claims", ("values",), words)
    if kind == "claim":
        return _by("check_claims", "check_claims", ("values",), f"{results}/claims.json")
    if kind == "quote":
        return _by("read_quotes", "read_quotes", ("quotes",), quotes)
    if kind == "table":
        own = article_tables()[table_of(name)[0]]
        return _by("write_tables", own.module, own.reads, f"{results}/article/tables/{name}.csv")
    own = figures()[name]
    return _by("draw_figure", own.module, own.reads, f"{results}/article/figures/{name}.csv")


def _by(rule: str, program: str, tables: tuple[str, ...], output: str) -> dict[str, str]:
    path = f"workflow/{program.replace('.', '/')}.py" if "." in program else f"workflow/scripts/{program}.py"
    known = [table for table in tables if table in TABLES]
    return {"rule": rule, "program": path, "tables": " ".join(known), "output": output}
