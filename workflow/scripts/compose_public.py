"""What a document says in one language for the public: with the published tables, numbers and signatures."""

import json
from pathlib import Path

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.contract.documents import Document
from thongthin.contract.loading import read_study
from thongthin.contract.tables import read_table
from thongthin.present.public.documents import compose_for_public
from thongthin.present.public.quotes import quotes_for
from thongthin.present.render.requested import Named
from thongthin.present.values import reads_in


def compose_public(
    *,
    article: str,
    parts: list[str],
    study: str,
    tables: str,
    words: str,
    names: str,
    quotes: str,
    references_th: str,
    references_en: str,
    shown: str,
    text: str,
    document: Document,
    language: Language,
    languages: list[Language],
    left_out: list[int],
    named: dict[str, list[str]],
) -> None:
    """Write the text and what it shows into the folder `text`; arguments as for `compose_document`."""
    settings = read_study(Path(study), Problems())
    assert settings is not None
    reads = reads_in(Path(tables) / "values.csv", language)
    said = json.loads(Path(words).read_text(encoding="utf-8"))
    listed = read_table(Path(names) / "sites.csv")
    compose_for_public(
        Path(text),
        study=settings,
        document=document,
        language=language,
        article=Path(article),
        values={**reads, **said[language]},
        quotes=quotes_for(language, Path(quotes), Path(names) / "sites.csv", settings),
        references={"th": Path(references_th), "en": Path(references_en)},
        tables=Path(shown) / language / "tables",
        languages=languages,
        sites=[name for column in ("name_th", "name_en") for name in listed[column]],
        left_out=left_out,
        named=Named(**{what: frozenset(names) for what, names in named.items()}),
    )


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(compose_public, globals()["snakemake"])
