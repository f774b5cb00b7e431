"""What the article, or its supplement, says in one language: its text with all in it that it asks the study for."""

from pathlib import Path

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.contract.documents import Document
from thongthin.contract.loading import read_study
from thongthin.contract.tables import read_table
from thongthin.present.render.composition import compose
from thongthin.present.render.quoted import quotes_in


def compose_document(
    *,
    article: str,
    parts: list[str],
    study: str,
    sites: str,
    values: str,
    quotes: list[str],
    references_th: str,
    references_en: str,
    tables: str,
    text: str,
    document: Document,
    language: Language,
    languages: list[Language],
    left_out: list[int],
) -> None:
    """Write the text and what it shows into the folder `text`.

    Args:
        quotes: table `quotes`, or nothing where nobody was interviewed.
        parts: what the article may include; only their times matter here.
        tables: folder of the tables in this language.
        document: which of the two it is.
        languages: in which the document is made.
        left_out: first lines of the blocks of the article that the study has not what it takes for.
    """
    problems = Problems()
    settings = read_study(Path(study), problems.at(study))
    problems.raise_if_any()
    assert settings is not None
    reads = read_table(values, "values").set_index("key")[f"text_{language}"]
    compose(
        Path(text),
        study=settings,
        document=document,
        language=language,
        languages=languages,
        article=Path(article),
        values=dict(reads),
        quotes=quotes_in(language, quotes[0], sites, settings) if quotes else {},
        references={"th": Path(references_th), "en": Path(references_en)},
        tables=Path(tables),
        sites=list(read_table(sites, "sites")["name_th"]),
        left_out=left_out,
    )


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(compose_document, globals()["snakemake"])
