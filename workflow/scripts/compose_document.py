"""What the article, or its supplement, says in one language: its text with all in it that it asks the study for."""

import json
from pathlib import Path

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.contract.documents import Document
from thongthin.contract.loading import read_study
from thongthin.contract.tables import read_table
from thongthin.interviews.signatures import signatures_of
from thongthin.present.render.composition import compose
from thongthin.present.render.quoted import quotes_in
from thongthin.present.render.requested import Named
from thongthin.present.values import reads_in
from thongthin.read.frame import read_people


def compose_document(
    *,
    article: str,
    parts: list[str],
    study: str,
    sites: str,
    values: str,
    words: str,
    quotes: list[str],
    participants: list[str],
    sites_file: list[str],
    coverage: list[str],
    references_th: str,
    references_en: str,
    tables: str,
    text: str,
    document: Document,
    language: Language,
    languages: list[Language],
    left_out: list[int],
    named: dict[str, list[str]],
    mark: bool,
    k: int,
) -> None:
    """Write the text and what it shows into the folder `text`.

    Args:
        words: what `check_claims` says of words and of the sentences that do not hold.
        quotes: table `quotes`, or nothing where nobody was interviewed.
        participants: table `participants`, or nothing where nobody was interviewed.
        sites_file: sites.csv as people filled it in, if it is there: it says how many people there are.
        coverage: table `coverage`, for a copy without names: it says who the coders are.
        parts: what the article may include; only their times matter here.
        tables: folder of the tables in this language.
        document: which it is.
        languages: in which the document is made.
        left_out: first lines of the blocks of the article that the study has not what it takes for.
        named: keys of the values, and ids of the quotes and works, that it shows.
        mark: whether sentences that do not hold are marked, as in a draft.
        k: fewest people who share the signature of a quote.
    """
    problems = Problems()
    settings = read_study(Path(study), problems.at(study))
    problems.raise_if_any()
    assert settings is not None
    said = json.loads(Path(words).read_text(encoding="utf-8"))
    listed = read_table(sites, "sites")
    signed = None
    if quotes and participants:
        people = read_people(Path(sites_file[0]) if sites_file else None)
        signed = signatures_of(settings, read_table(quotes[0]), read_table(participants[0]), people, k)
    reads = reads_in(values, language)
    compose(
        Path(text),
        study=settings,
        document=document,
        language=language,
        languages=languages,
        article=Path(article),
        values={**reads, **said["words"][language]},
        quotes=quotes_in(language, quotes[0], sites, settings, signed) if quotes else {},
        references={"th": Path(references_th), "en": Path(references_en)},
        tables=Path(tables),
        sites=[name for column in ("name_th", "name_en", "short_th") for name in listed[column]],
        coders=set(read_table(coverage[0])["coder"]) if coverage else (),
        left_out=left_out,
        marked=said["unproven"] if mark else (),
        named=Named(**{what: frozenset(names) for what, names in named.items()}),
    )


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(compose_document, globals()["snakemake"])
