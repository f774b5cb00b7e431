"""What may be published, whole: documents, evidence, what was left out and why; and a look whether all is well."""

import json
from pathlib import Path
from typing import Any

from thongthin.basics.files import write_bytes, write_text
from thongthin.basics.language import Language
from thongthin.contract.published import read_published
from thongthin.contract.tables import read_table, write_cells
from thongthin.present.exhibit_list import exhibit_list
from thongthin.present.public.evidence import evidence_pages
from thongthin.present.public.look import look_through, words_that_must_not_stand
from thongthin.present.public.manifest import manifest_of
from thongthin.present.public.recomputed import recomputed
from thongthin.present.public.report import readme, report


def publish_study(
    *,
    publication: str,
    made_from: str,
    tables: str,
    names: str,
    quotes: str,
    words: str,
    protection: str,
    shown: str,
    rendered: list[str],
    counted: list[str],
    sources: list[str],
    parts: list[str],
    manifest: str,
    study: str,
    left_out: dict[str, list[int]],
    title: dict[str, str],
    simulated: bool,
    groups: dict[str, dict[str, str]],
    constructs: dict[str, dict[str, str]],
    privacy: dict[str, Any],
) -> None:
    """Put the documents in their place, write the rest, look it all through, and list it.

    Args:
        publication, made_from: what `check_publication` and `record_sources` wrote.
        tables, names, quotes, words, protection: what `protect_tables` wrote.
        shown: the folder of the article's tables and figures.
        rendered: the documents: results/<study>/<document>/<language>/public/rendered.<format>.
        counted: that every document was read back; only their times matter here.
        sources, left_out: as for `list_exhibits`.
        parts: what the documents may include; only their times matter here.
        privacy: `analysis.privacy`.
    """
    folder = Path(manifest).parent
    Path(manifest).unlink(missing_ok=True)
    for path in map(Path, rendered):
        document, language = path.parts[-4:-2]
        write_bytes(folder / f"{document}.{language}{path.suffix}", path.read_bytes())
    values = read_table(Path(tables) / "values.csv")
    said = json.loads(Path(words).read_text(encoding="utf-8"))
    exhibits = exhibit_list(sources, values, said, left_out, (folder.as_posix(), words, quotes))
    # What is published has no conditions of claims: they tell of numbers that may be left out.
    write_cells(exhibits[exhibits["kind"] != "claim"], folder / "exhibits.csv")
    pages = evidence_pages(
        study,
        (Path(tables), Path(names), Path(quotes), Path(shown)),
        folder / "exhibits.csv",
        json.loads(Path(made_from).read_text(encoding="utf-8")),
        (title, groups, constructs),
        simulated=simulated,
    )
    told = json.loads(Path(publication).read_text(encoding="utf-8"))
    protected = json.loads(Path(protection).read_text(encoding="utf-8"))
    every = {path.stem: read_published(path) for path in sorted(Path(tables).glob("*.csv")) if path.stem != "values"}
    protected["recomputed"] = list(recomputed(every))
    languages: list[Language] = ["th", "en"]
    for language in languages:
        write_text(folder / f"evidence.{language}.html", pages[language])
        write_text(folder / f"privacy-report.{language}.html", report(told, protected, title[language], language))
    write_text(folder / "README.md", readme(title, protected))
    look_through(folder, words_that_must_not_stand(Path("data/raw") / study))
    write_text(manifest, manifest_of(folder))


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(publish_study, globals()["snakemake"])
