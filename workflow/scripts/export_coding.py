"""The coding for other programs: a REFI-QDA project and codebook, one quote a row, codes by respondent."""

import datetime
from pathlib import Path

from thongthin.basics.files import write_bytes
from thongthin.basics.language import Language
from thongthin.contract.study import Group
from thongthin.contract.tables import read_table
from thongthin.present.exports.refi import codebook_qdc, project_qdpx
from thongthin.present.exports.tables import code_table, quote_table, write_csv, write_workbook


def export_coding(
    *,
    sites: str,
    participants: str,
    transcripts: str,
    codes: str,
    codings: str,
    coverage: str,
    memos: str,
    project: str,
    codebook: str,
    segments: list[str],
    by_respondent: list[str],
    study: str,
    title: str,
    language: Language,
    date: str,
    groups: list[dict[str, object]],
    coders: str,
) -> None:
    """Write the coding as `.qdpx`, `.qdc`, and two tables, each as `.csv` and `.xlsx`.

    Args:
        sites, participants, transcripts, codes, codings, coverage, memos: the tables of these names.
        segments, by_respondent: .csv and .xlsx of each table.
        title, date: of the study; they stand in the project.
        language: of the names of codes and sites in the project.
        coders: who must have given a code: see `themes`.
    """
    tables = {
        name: read_table(path, name)
        for name, path in {
            "sites": sites,
            "participants": participants,
            "transcripts": transcripts,
            "codes": codes,
            "codings": codings,
            "memos": memos,
        }.items()
    }
    created = datetime.date.fromisoformat(date)
    write_bytes(project, project_qdpx(study=study, title=title, language=language, created=created, **tables))
    write_bytes(codebook, codebook_qdc(tables["codes"], study=study, language=language))
    labels = [Group.model_validate(group) for group in groups]
    people = tables["participants"]
    quotes = quote_table(tables["codings"], tables["codes"], people, tables["sites"], labels)
    given = code_table(tables["codings"], read_table(coverage, "coverage"), tables["codes"], people, coders)
    for frame, (csv, xlsx) in ((quotes, segments), (given, by_respondent)):
        write_csv(frame, csv)
        write_workbook({Path(xlsx).stem: frame}, xlsx)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(export_coding, globals()["snakemake"])
