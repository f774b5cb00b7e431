"""What is damaged in `benchmarks/mutate_inputs.py`: every kind of raw file of a study, by small cases of each.

A case writes a study, or part of one, and reads it as the check does. What it gives back is all that was read, by name,
so that a damage that changes nothing can be told from one that does.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

SURVEYS = Path(__file__).parent / "data" / "surveys"
TAGUETTE = Path(__file__).parent / "data" / "taguette-1.5.2.zip"
PROGRAMS = (".ods", ".xls", ".sav", ".zsav", ".dta", ".omv", ".rds", ".parquet")
# Surveys that their tools wrote, with the form beside it.
FORMS = {
    "LimeSurvey": ("library.csv", "library.lss"),
    "Kobo, labels": ("kobo-labels.xlsx", "kobo-form.xlsx"),
    "Kobo, names": ("village.csv", "village-form.xlsx"),
}
# Cases of this name are a survey file and no study; those of a whole study in other formats are left out for them.
ALONE = "alone"

Read = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A study, or part of one.

    Attributes:
        write: writes it into a folder and gives back the files to damage.
        check: reads it in that folder, adds problems, and gives back what was read.
    """

    write: Callable[[Path], list[Path]]
    check: Callable[[Path, Any], Read]


def cases() -> dict[str, Case]:
    """All cases by name."""
    from coding_files import FORMATS

    found = {"small": Case(_small, _check), "small, workbooks": Case(_small_in_workbooks, _check)}
    found |= {f"survey {suffix}": Case(_with_survey(suffix), _check) for suffix in PROGRAMS}
    found |= {f"coding, {name}": Case(_coding(name), _read_coding(name)) for name in FORMATS}
    found["interviews"] = Case(_interviews, _read_interviews)
    found["codebooks"] = Case(_codebooks, _read_codebooks)
    found |= {f"form, {name}": Case(_with_form(*files), _read_with_form(*files)) for name, files in FORMS.items()}
    alone = {suffix: Case(_survey_alone(suffix), _read_survey(suffix)) for suffix in (*PROGRAMS, ".xlsx")}
    return found | {f"{ALONE} {suffix}": case for suffix, case in alone.items()}


# --- whole studies --------------------------------------------------------------------------------------------------


def _check(folder: Path, problems: Any) -> Read:
    from thongthin.basics.problems import Problems
    from thongthin.basics.text import decoded
    from thongthin.commands.check import check_study
    from thongthin.contract.loading import load_config, load_study
    from thongthin.read.references import read_references

    config = load_config(folder, problems)
    read: Read = {}
    check_study(folder, "small", problems, found=read)
    if not problems.found:
        assert config
        read["config.yml"] = config.model_dump()
        settings = load_study(folder, "small", config, Problems())
        read["study.yml"] = settings.study.model_dump() if settings else None
        read["references.yml"] = read_references(folder / "data/raw/small/references.yml", Problems())
        for article in sorted((folder / "report/small").glob("*.qmd")):
            read[article.name] = (decoded(article.read_bytes()) or "").split()
    return read


def _small(folder: Path) -> list[Path]:
    from studies import make_study

    make_study(folder)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _small_in_workbooks(folder: Path) -> list[Path]:
    """The study with its tables as .xlsx."""
    import openpyxl
    from studies import STUDY, make_study

    study = make_study(folder, study={"survey": {**STUDY["survey"], "file": "responses.xlsx"}})
    written = []
    for path in sorted(study.rglob("*.csv")):
        book = openpyxl.Workbook()
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream):
                book.active.append(row)
        book.save(path.with_suffix(".xlsx"))
        path.unlink()
        written.append(path.with_suffix(".xlsx"))
    return written


def _with_survey(suffix: str) -> Callable[[Path], list[Path]]:
    """The study with its survey in another format."""

    def write(folder: Path) -> list[Path]:
        from studies import STUDY, make_study

        named = {}
        if suffix in (".sav", ".zsav", ".dta"):  # names of variables are in Latin letters there
            named = {"site": "site", "group": "group", "submitted": "submitted"}
        survey = {**STUDY["survey"], **named, "file": f"responses{suffix}"}
        study = make_study(folder, study={"survey": survey}, files={"survey/responses.csv": None})
        items = study / "survey/items.csv"
        if named:
            items.write_bytes(items.read_bytes().replace("sex,เพศ".encode(), b"sex,sex"))
        path = study / "survey" / f"responses{suffix}"
        path.write_bytes(_responses(suffix, path))
        return [path]

    return write


# --- interviews and coding ------------------------------------------------------------------------------------------


def _interviews(folder: Path) -> list[Path]:
    """An interview in each format."""
    from studies import docx_bytes

    said = [
        ("ผู้สัมภาษณ์", "ทำงานที่นี่เป็นอย่างไร"),
        ("ผู้ให้ข้อมูล", "ทำงานหนักแต่สนุก ช่วยกันทุกวัน"),
        ("ผู้สัมภาษณ์", "แล้วเรื่องทักษะล่ะ"),
        ("ผู้ให้ข้อมูล", "คนรุ่นใหม่พร้อม คนรุ่นก่อนต้องฝึก"),
    ]
    lines = [f"{speaker}: {words}" for speaker, words in said]
    cues = [f"00:00:{n:02d}.000 --> 00:00:{n:02d}.900\n{line}\n" for n, line in enumerate(lines, start=1)]
    numbered = [f"{n}\n{cue}".replace(".", ",") for n, cue in enumerate(cues, start=1)]
    texts = {"txt": "\n".join(lines), "md": "\n\n".join(f"**{who}:** {words}" for who, words in said)}
    texts |= {"vtt": "\n".join(["WEBVTT\n", *cues]), "srt": "\n".join(numbered)}
    contents = {suffix: text.encode() for suffix, text in texts.items()} | {"docx": docx_bytes("\n".join(lines))}
    written = []
    for number, (suffix, content) in enumerate(contents.items(), start=1):
        path = folder / f"P{number:02d}.{suffix}"
        path.write_bytes(content)
        written.append(path)
    return written


def _read_interviews(folder: Path, problems: Any) -> Read:
    import pandas as pd

    from thongthin.basics.files import files_in
    from thongthin.read.interviews import read_interviews

    participants = pd.DataFrame({"participant_id": [f"P{n:02d}" for n in range(1, 6)], "consent": "yes"})
    files = [Path(path) for path in files_in(folder)]
    return read_interviews(files, participants, problems.at("interviews"))._asdict()


def _codebooks(folder: Path) -> list[Path]:
    """The codebook of one project in each format that Taguette writes."""
    with zipfile.ZipFile(TAGUETTE) as archive:
        names = sorted(name for name in archive.namelist() if Path(name).stem == "codebook")
        return [Path(archive.extract(name, folder)) for name in names]


def _read_codebooks(folder: Path, problems: Any) -> Read:
    from thongthin.read.codebook import read_codebook

    with zipfile.ZipFile(TAGUETTE) as archive:
        names = sorted(name for name in archive.namelist() if Path(name).stem == "codebook")
    return {name: read_codebook(folder / name, None, problems.at(name)) for name in names}


def _coding(name: str) -> Callable[[Path], list[Path]]:
    def write(folder: Path) -> list[Path]:
        from coding_files import FORMATS

        FORMATS[name]().write(folder / "coding")
        return sorted(path for path in (folder / "coding").rglob("*") if path.is_file())

    return write


def _read_coding(name: str) -> Callable[[Path, Any], Read]:
    def read(folder: Path, problems: Any) -> Read:
        from coding_files import FORMATS, INTERVIEWS, codes_table, transcripts_table, turns_table

        from thongthin.basics.files import files_in
        from thongthin.commands.check_folders import report_folders
        from thongthin.read.coding import read_coding

        report_folders(folder, "coding", problems)
        return read_coding(
            [Path(path) for path in files_in(folder / "coding", folders=(".qda",))],
            codes_table(),
            transcripts_table(),
            turns_table(),
            problems.at("coding"),
            settings=FORMATS[name]().settings,
            interview=INTERVIEWS.__getitem__,
        )._asdict()

    return read


# --- surveys --------------------------------------------------------------------------------------------------------


def _survey_alone(suffix: str) -> Callable[[Path], list[Path]]:
    def write(folder: Path) -> list[Path]:
        path = folder / f"responses{suffix}"
        path.write_bytes(_responses(suffix, path))
        return [path]

    return write


def _read_survey(suffix: str) -> Callable[[Path, Any], Read]:
    def read(folder: Path, problems: Any) -> Read:
        return _survey_file(folder / f"responses{suffix}", None, problems)

    return read


def _with_form(survey: str, form: str) -> Callable[[Path], list[Path]]:
    def write(folder: Path) -> list[Path]:
        for name in (survey, form):
            (folder / name).write_bytes((SURVEYS / name).read_bytes())
        return [folder / survey, folder / form]

    return write


def _read_with_form(survey: str, form: str) -> Callable[[Path, Any], Read]:
    def read(folder: Path, problems: Any) -> Read:
        return _survey_file(folder / survey, folder / form, problems)

    return read


def _survey_file(path: Path, form: Path | None, problems: Any) -> Read:
    from thongthin.read.survey.files import read_survey_file

    read = read_survey_file(path, problems.at(path.name), form=form)
    return {"frame": read.frame, "columns": [asdict(column) for column in read.columns]} if read else {}


def _responses(suffix: str, path: Path) -> bytes:
    if (SURVEYS / path.name).is_file():
        return (SURVEYS / path.name).read_bytes()
    if suffix == ".xlsx":
        import openpyxl
        from studies import responses

        book = openpyxl.Workbook()
        for row in csv.reader(io.StringIO(responses())):
            book.active.append(row)
        book.save(path)
    elif suffix == ".parquet":
        import polars as pl
        from studies import responses

        pl.read_csv(io.StringIO(responses())).write_parquet(path)
    else:
        import pyreadstat

        data, meta = pyreadstat.read_dta(SURVEYS / "responses.dta")
        labels = {
            name: {value: label for value, label in own.items() if not isinstance(value, str)}
            for name, own in meta.variable_value_labels.items()
        }
        pyreadstat.write_sav(
            data, str(path), column_labels=meta.column_labels, variable_value_labels=labels, compress=suffix == ".zsav"
        )
    return path.read_bytes()
