"""The article, or its supplement, in one language: a working copy is put together, and rendered in every format."""

from pathlib import Path

from thongthin.basics.language import Language, has_thai
from thongthin.basics.problems import Problems
from thongthin.contract.documents import Document
from thongthin.contract.loading import read_study
from thongthin.contract.study import Study
from thongthin.contract.tables import read_table
from thongthin.present.render import render
from thongthin.present.render.engines import Engine
from thongthin.present.render.working_copy import Quote, prepare


def render_article(
    *,
    article: str,
    parts: list[str],
    report: list[str],
    study: str,
    sites: str,
    values: str,
    quotes: list[str],
    references_th: str,
    references_en: str,
    tables: str,
    figures: list[str],
    fonts: str,
    documents: list[str],
    document: Document,
    language: Language,
    folder: str,
    engine: Engine,
    left_out: list[int],
) -> None:
    """Render `article` into `documents`, one a format.

    Args:
        quotes: table `quotes`, or nothing where nobody was interviewed.
        parts: what the article may include, and `report`, what both engines render with: only their times matter here.
        tables: folder of the tables in this language.
        figures: the files of the figures that the document shows.
        document: which of the two it is.
        folder: the working copy.
        engine: `quarto` or `embedded`.
        left_out: first lines of the blocks of the article that the study has not what it takes for.
    """
    problems = Problems()
    settings = read_study(Path(study), problems.at(study))
    problems.raise_if_any()
    assert settings is not None
    texts = read_table(values, "values").set_index("key")[f"text_{language}"]
    prepare(
        Path(folder),
        study=settings,
        document=document,
        language=language,
        article=Path(article),
        values=dict(texts),
        quotes=quotes_in(language, quotes[0], sites, settings) if quotes else {},
        references={"th": Path(references_th), "en": Path(references_en)},
        tables=Path(tables),
        figures=[Path(figure) for figure in figures],
        report=Path("report"),
        fonts=Path(fonts),
        left_out=left_out,
    )
    out = {Path(path).suffix.removeprefix("."): Path(path) for path in documents}
    render(engine, Path(folder), list(out), out)


def quotes_in(language: Language, quotes: str, sites: str, study: Study) -> dict[str, Quote]:
    """The quotes by id, with what they say and who said them in one language."""
    names = read_table(sites, "sites").set_index("site_id")[f"name_{language}"]
    groups = {group.id: getattr(group.one or group.label, language) for group in study.groups}
    return {
        row["quote_id"]: Quote(
            text=row["text"],
            translation=row[f"translation_{language}"],
            language="th" if has_thai(row["text"]) else "en",
            participant=row["participant_id"],
            group=groups[row["group"]],
            site=names[row["site_id"]],
        )
        for row in read_table(quotes, "quotes").to_dict("records")
    }


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(render_article, globals()["snakemake"])
