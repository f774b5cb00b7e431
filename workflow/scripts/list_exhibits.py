"""Every exhibit of the documents: its number, key, sentence, and what it is made by."""

import json
from pathlib import Path
from typing import get_args

import pandas as pd

from thongthin.basics.language import Language
from thongthin.contract.documents import Document
from thongthin.contract.tables import TABLES, read_table, write_cells
from thongthin.present.catalogue import article_tables, figures, table_of
from thongthin.present.exhibits import Exhibit, exhibits_of, shown

COLUMNS = (
    *("document", "kind", "number", "id", "name", "line_th", "line_en", "said_th", "said_en"),
    *("times", "rule", "program", "tables", "output"),
)


def list_exhibits(
    *,
    sources: list[str],
    parts: list[str],
    values: str,
    words: str,
    exhibits: str,
    study: str,
    left_out: dict[str, list[int]],
) -> None:
    """Write one row an exhibit and document; a number that is said several times has one, with its first sentence.

    Args:
        sources: of the documents, in every language.
        parts: what they may include; only their times matter here.
        values: table `values`.
        words: what `check_claims` says of words.
        left_out: of each source, first lines of the blocks that are left out.
    """
    frame = read_table(values, "values").set_index("key")
    said = json.loads(Path(words).read_text(encoding="utf-8"))["words"]
    found: list[Exhibit] = []
    for source in sources:
        name, language = Path(source).name.split(".")[:2]
        reads = {**frame[f"text_{language}"], **said[language]}
        own: tuple[Document, Language] = (name, language)  # type: ignore[assignment]
        found += exhibits_of(Path(source), *own, reads, left_out[source])
    rules = dict(frame["rule"])
    rows = []
    for (document, kind, id_, name), by_language in shown(found).items():
        first = {language: exhibits[0] for language, exhibits in by_language.items()}
        row: dict[str, str | int] = {
            "document": document,
            "kind": kind,
            "id": id_,
            "name": name,
            **_made(kind, name, study, rules),
        }
        row["number"] = max(own.number for own in first.values()) or ""
        row["times"] = max(map(len, by_language.values()))
        for language in get_args(Language):
            there = first.get(language)
            row[f"line_{language}"] = there.line if there else ""
            row[f"said_{language}"] = there.said if there else ""
        rows.append(row)
    write_cells(pd.DataFrame(rows, columns=list(COLUMNS)), exhibits)


def _made(kind: str, name: str, study: str, rules: dict[str, str]) -> dict[str, str]:
    """What makes an exhibit: the rule, the script, the tables that it is made from, and the file where it stands."""
    results = f"results/{study}"
    if kind == "value":
        rule, table = rules[name], name.split(".")[0]
        return _by(rule, rule, (table,), f"{results}/tables/{table}.csv")
    if kind == "word":
        return _by("check_claims", "check_claims", ("values",), f"{results}/article/words.json")
    if kind == "quote":
        return _by("read_quotes", "read_quotes", ("quotes",), f"data/processed/{study}/quotes.csv")
    if kind == "table":
        own = article_tables()[table_of(name)[0]]
        return _by("write_tables", own.module, own.reads, f"{results}/article/tables/{name}.csv")
    own = figures()[name]
    return _by("draw_figure", own.module, own.reads, f"{results}/article/figures/{name}.csv")


def _by(rule: str, program: str, tables: tuple[str, ...], output: str) -> dict[str, str]:
    path = f"workflow/{program.replace('.', '/')}.py" if "." in program else f"workflow/scripts/{program}.py"
    known = [table for table in tables if table in TABLES]
    return {"rule": rule, "program": path, "tables": " ".join(known), "output": output}


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(list_exhibits, globals()["snakemake"])
