"""The page that leads from each number, quote, table and figure to what it is made from, in each language."""

import json
from pathlib import Path
from typing import Any

from thongthin.basics.files import write_text
from thongthin.basics.language import Language
from thongthin.contract.tables import read_cells, read_table
from thongthin.present.evidence.audience import Audience
from thongthin.present.evidence.claims import claims_of
from thongthin.present.evidence.gather import Built, gather, read_folder
from thongthin.present.evidence.page import methods_as_html, page
from thongthin.present.evidence.rows import Data
from thongthin.present.evidence.steps import steps


def write_evidence(
    *,
    made_from: str,
    exhibits: str,
    tables: list[str],
    values: str,
    processed: list[str],
    cells: str,
    printed: list[str],
    drawn: list[str],
    claims: str,
    pages: list[str],
    study: str,
    audience: Audience,
    title: dict[str, str],
    simulated: bool,
    models: list[dict[str, Any]],
    answered: float,
    groups: dict[str, dict[str, str]],
    constructs: dict[str, dict[str, str]],
) -> None:
    """Write the page in each language.

    Args:
        made_from, exhibits: what `record_sources` and `list_exhibits` wrote.
        processed: the tables of data/processed.
        cells: folder of the article tables as CSV.
        printed: folders of the article tables as Markdown, Thai and English.
        drawn: numbers of the figures.
        claims: what `check_claims` found.
        models, answered: as study.yml and the analysis have them.
        groups, constructs: their labels.
    """
    results = {Path(path).stem: read_table(path) for path in tables}
    data = Data({Path(path).stem: read_table(path) for path in processed}, models, answered)
    th, en = (
        {path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.md"))}
        for folder in printed
    )
    built = Built(
        results=results,
        processed=data.tables,
        values=read_table(values, "values"),
        exhibits=read_cells(exhibits),
        cells=read_folder(Path(cells)),
        printed={"th": th, "en": en},
        drawn={Path(path).stem: read_cells(path) for path in drawn},
        record=json.loads(Path(made_from).read_text(encoding="utf-8")),
        steps=steps(Path("workflow")),
        methods=methods_as_html(Path("docs/methods.md")),
        claims=claims_of(Path(claims)),
    )
    gathered = gather(built, data, audience)
    for path in pages:
        language: Language = "th" if path.endswith(".th.html") else "en"
        found = gathered[language]
        found["labels"] = {
            "sites": dict(zip(data.tables["sites"]["site_id"], data.tables["sites"][f"name_{language}"], strict=True)),
            "groups": {id_: label[language] for id_, label in groups.items()},
            "constructs": {id_: label[language] for id_, label in constructs.items()},
        }
        found["study"] = study
        write_text(path, page(found, language=language, title=title[language], simulated=simulated))


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(write_evidence, globals()["snakemake"])
