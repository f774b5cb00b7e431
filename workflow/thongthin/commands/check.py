"""The check of all inputs of a study before anything is built: every file is read as the workflow will read it.

`python -m thongthin.commands.check [STUDY ...]` prints the list of problems and ends with 1, or a summary of what was
found and notices of what people should know, and ends with 0. Problems are listed in the order in which a person goes
through the folder, then by row. The articles are checked too: whether every value, table, figure, quote and work that
they ask for will be there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import product
from pathlib import Path

import pandas as pd

from thongthin.basics.console import run_command
from thongthin.basics.language import Language
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problem, Problems, notice_list, problem_list
from thongthin.basics.yaml_source import load_yaml
from thongthin.commands.check_analysis import check_analysis, notice_shortfalls
from thongthin.commands.check_articles import (
    FOLDER,
    Articles,
    Known,
    notice_missing_inferences,
    rows_of_study,
)
from thongthin.commands.check_claims import check_claims, notice_unbound
from thongthin.commands.check_folders import report_places
from thongthin.commands.check_journal import check_journal
from thongthin.commands.check_privacy import check_privacy
from thongthin.commands.check_prose import check_prose
from thongthin.commands.check_summary import COUNTED, speaker_lines, summary_lines
from thongthin.commands.strand_checks import check_strands
from thongthin.contract.documents import documents_of, source_of
from thongthin.contract.loading import listed_studies, load_config, load_study
from thongthin.contract.strands import Part
from thongthin.contract.study import Config, Study
from thongthin.present.render.characters import notice_in_study
from thongthin.present.render.tree import read_ahead
from thongthin.read.references import read_references
from thongthin.read.references.lint_works import mark_uncited, mark_works
from thongthin.read.study import Keeper, always_read, no_rows, read_study_tables

# Tables of interviews and their coding, which whoever checks may look into, whatever the study has.
OF_INTERVIEWS = ("participants", "codes", "transcripts", "codings", "coverage", "quotes")


def check_study(
    root: Path,
    name: str,
    problems: Problems,
    *,
    found: dict[str, pd.DataFrame] | None = None,
    articles: Articles | None = None,
    known: dict[Language, Known] | None = None,
    draft: bool = False,
    keep: Keeper = always_read,
) -> dict[str, int]:
    """Read everything of the study `name` in the project folder `root`, adding every problem to `problems`.

    Args:
        found: takes up the tables that were read, by name.
        articles: takes up what the documents ask for and leave out.
        known: takes up what an article in each language can ask for, where this could be known.
        draft: what is wrong with sentences is a notice, as for a preview.
        keep: as for `read_study_tables`.

    Returns:
        How many sites, participants, interviews ... it holds: see `COUNTED`.
    """
    before, noticed = len(problems), len(problems.notices)
    # What is wrong with the configuration is told by whoever loads it; here it only lends its defaults.
    configured = load_config(root, Problems())
    config, draft = configured or Config(studies=[name]), draft or not configured
    settings = load_study(root, name, config, problems)
    report_places(root, name, problems)
    said, _ = load_yaml(root / "data" / "raw" / name / "study.yml", Problems())  # what is wrong with it has been told
    parts = check_strands(said, root / "data" / "raw" / name, problems.at(f"data/raw/{name}/study.yml"))
    study = settings.study if settings else None
    every = product(documents_of(root, name), config.languages)
    read_ahead([source_of(root, name, document, language) for document, language in every])
    tables = read_study_tables(root, f"data/raw/{name}", study, parts, problems, keep=keep)
    if found is not None:
        found |= tables
    all_tables = {**{table: no_rows(table) for table in OF_INTERVIEWS}, **tables}
    references = problems.at(f"data/raw/{name}/references.yml")
    works = read_references(root / references.file, references)
    if settings:
        check_analysis(settings, all_tables, problems.at(f"data/raw/{name}/study.yml"))
        wrong_works = any(problem.file == references.file for problem in problems)
        ids = None if wrong_works else [work.id for work in works]
        # Where interviews may have been forgotten, an article that speaks of them is no further problem.
        asked = any(problem.kind == "no-interviews" for problem in problems.found[before:])
        rows = {} if asked else rows_of_study(settings.study, parts, tables)
        models, own = settings.study.outcome_models, settings.study.framework
        framed = bool(own.factors and own.outcomes)
        there = {language: Known(language, rows, all_tables, ids, models, framed) for language in config.languages}
        if known is not None:
            known |= there
        articles = articles or Articles()
        _check_articles(root, name, settings.study, there, articles, problems)
        claims = check_claims(root, name, settings.study, all_tables, rows, articles.bound, problems)
        notice_unbound(articles.manuscripts.values(), problems)
        check_prose(root, name, settings.analysis, articles.manuscripts, claims.differences, problems, draft=draft)
        mark_works(works, root / references.file, references)
        if len(problems) == before:
            mark_uncited(works, root / references.file, articles.cited, references)
        if rows and len(problems) == before:
            notice_shortfalls(settings, tables, rows, articles.shown, problems)
            for language, request in articles.displayed.items():
                notice_missing_inferences(request, rows, articles.concluded[language], problems)
        check_journal(root, name, config, settings.study, works, articles, problems)
    notice_in_study(root / f"data/raw/{name}", tables, problems.at(f"data/raw/{name}"))
    check_privacy(root, f"data/raw/{name}", settings, tables, problems)
    problems.found[before:] = sorted(problems.found[before:], key=lambda p: _place(p, name))
    problems.notices[noticed:] = sorted(problems.notices[noticed:], key=lambda p: _place(p, name))
    return _counted(all_tables, len(works), parts)


def _check_articles(
    root: Path, name: str, study: Study, known: Mapping[Language, Known], articles: Articles, problems: Problems
) -> None:
    """Hold the documents of a study in each language against what they can ask for."""
    for document in documents_of(root, name):
        for language, own in known.items():
            path = source_of(root, name, document, language)
            articles.check(document, path, own, study, problems.at(path.relative_to(root).as_posix()))


def _counted(tables: dict[str, pd.DataFrame], works: int, parts: Collection[Part]) -> dict[str, int]:
    counts = {table: len(frame) for table, frame in tables.items()}
    counts["interviews"], counts["segments"] = counts["transcripts"], counts["codings"]
    counts["coders"], counts["works"] = tables["codings"]["coder"].nunique(), works
    return {what: counts.get(what, 0) for what, (part, _) in COUNTED.items() if not part or part in parts}


def _place(problem: Problem, study: str) -> tuple[int, str, int]:
    """Where a problem stands: its file in the order of `FOLDER`, then its row."""
    file = problem.file.removeprefix(f"data/raw/{study}/").removeprefix(f"report/{study}/")
    rank = next((n for n, start in enumerate(FOLDER) if file.startswith(start)), len(FOLDER))
    return rank, problem.file, problem.row or 0


def main(arguments: list[str]) -> int:
    """Check the studies named, or those of the configuration, in the current folder; 1 if anything is wrong."""
    root, problems = Path(), Problems()
    config = load_config(root, problems, arguments or None)
    names = arguments or (config.studies if config else listed_studies(root))
    present = [name for name in names if (root / "data" / "raw" / name).is_dir()]
    for name in dict.fromkeys(arguments):
        if name not in present:
            hint_en, hint_th = did_you_mean(name, [p.name for p in (root / "data" / "raw").glob("*") if p.is_dir()])
            problems.add("unknown-study", "There is no such study folder.", "ไม่มีโฟลเดอร์ของการศึกษานี้",
                         file=f"data/raw/{name}", hint_en=hint_en, hint_th=hint_th)  # fmt: skip
    tables: dict[str, dict[str, pd.DataFrame]] = {name: {} for name in present}
    counts = {name: check_study(root, name, problems, found=tables[name]) for name in present}
    asked = {problem.file for problem in problems.found}  # whoever is asked about speakers sees them all
    speakers = [
        lines
        for name in present
        if not problems.found or f"data/raw/{name}/interviews" in asked
        if "speakers" in tables[name] and (lines := speaker_lines(name, tables[name]["speakers"]))
    ]
    if problems.found:
        print("\n\n".join([*speakers, problem_list(problems.found)]))
        return 1
    print("\n".join(summary_lines(name, counts[name]) for name in present))
    if speakers:
        print("\n" + "\n\n".join(speakers))
    if problems.notices:
        print("\n" + notice_list(problems.notices))
    return 0


if __name__ == "__main__":
    run_command(main)
