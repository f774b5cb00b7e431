"""The order in which the files of a study are read, each by its reader: for the check and for whoever wants all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

import numpy as np
import pandas as pd

from thongthin.basics.console import command
from thongthin.basics.files import files_in, suffixes_of
from thongthin.basics.problems import (
    CannotAnalyse,
    Problems,
)
from thongthin.basics.yaml_source import flow_line
from thongthin.contract.strands import Part, coding_files
from thongthin.contract.study import Study
from thongthin.contract.tables import TABLES
from thongthin.read.codebook import read_codebook
from thongthin.read.coding import read_coding
from thongthin.read.coding.who_read import tell_unread
from thongthin.read.files.sheets import is_header_alone
from thongthin.read.frame import read_participants, read_places, read_sites
from thongthin.read.interviews import interview_text, read_interviews
from thongthin.read.quotes import read_quotes
from thongthin.read.survey.items import ITEMS, read_items
from thongthin.read.survey.quality import check_responses, flagged_and_kept
from thongthin.read.survey.responses import SurveyTables, read_responses

Strand = Literal["interviews", "survey"]


def no_rows(table: str) -> pd.DataFrame:
    return pd.DataFrame(columns=[column.name for column in TABLES[table].columns])


class Keeper(Protocol):
    """Reads the tables of a strand, or knows them."""

    def __call__(
        self, strand: Strand, read: Callable[[Problems], dict[str, pd.DataFrame]], problems: Problems
    ) -> dict[str, pd.DataFrame]: ...


def always_read(
    strand: Strand, read: Callable[[Problems], dict[str, pd.DataFrame]], problems: Problems
) -> dict[str, pd.DataFrame]:
    return read(problems)


def read_study_tables(
    root: Path,
    folder: str,
    study: Study | None,
    parts: Collection[Part],
    problems: Problems,
    *,
    keep: Keeper = always_read,
) -> dict[str, pd.DataFrame]:
    """Every table of data/processed/ by name, those that the study has: see `strands.parts_of`.

    Args:
        root: the project folder.
        folder: the study folder, as people know it.
        keep: asked for the tables of each strand, which follow from its own files, the sites and study.yml.
    """
    files = _Files(root, folder, study)
    path, here = files.table("sites", problems)
    sites = read_sites(path, study, here)
    tables = {"sites": sites, "site_places": read_places(path)}
    if "interviews" in parts:
        tables |= keep("interviews", lambda own: _interviews(files, sites, parts, own), problems)
    if "survey" in parts and study and study.survey:
        tables |= keep("survey", lambda own: _survey(files, study, sites, own), problems)
    elif (
        "survey" not in parts
        and study
        and not study.survey
        and [path for path in files.of("survey") if not is_header_alone(path, ITEMS.all)]
    ):
        _tell_unread_survey(study, problems.at(f"{folder}/study.yml"))
    return tables


class _Files(NamedTuple):
    """Where the files of a study are."""

    root: Path
    folder: str
    study: Study | None

    def file(self, path: str, problems: Problems) -> tuple[Path, Problems]:
        return self.root / self.folder / path, problems.at(f"{self.folder}/{path}")

    def table(self, stem: str, problems: Problems) -> tuple[Path, Problems]:
        here = problems.at(f"{self.folder}/{stem}.csv")
        return self.file(_table_file(self.root / self.folder, stem, here), problems)

    def of(self, name: str) -> list[Path]:
        return [Path(path) for path in files_in(self.root / self.folder / name)]


def _interviews(
    files: _Files, sites: pd.DataFrame, parts: Collection[Part], problems: Problems
) -> dict[str, pd.DataFrame]:
    """The tables of the interviews and their coding."""
    study = files.study
    path, here = files.table("participants", problems)
    participants = read_participants(path, sites, study, here)
    withdrawn = study.participants.withdrawn if study else []
    kept = [path for path in files.of("interviews") if path.stem not in withdrawn]
    here = problems.at(f"{files.folder}/interviews")
    found = read_interviews(kept, participants, here, study.interviews if study else None)
    tables = {"participants": participants, **found._asdict()}
    if "coding" in parts:
        path, here = files.table("codebook", problems)
        tables["codes"] = read_codebook(path, study, here)
        tables |= _read_coding(files.root / files.folder, files.folder, study, tables, problems)
    path, here = files.table("quotes", problems)
    tables["quotes"] = read_quotes(
        path if path.is_file() else None,
        participants,
        tables.get("codes"),
        found.transcripts,
        found.turns,
        here,
        withdrawn,
    )
    return tables


def _survey(files: _Files, study: Study, sites: pd.DataFrame, problems: Problems) -> dict[str, pd.DataFrame]:
    """The tables of the survey."""
    assert study.survey is not None
    path, here = files.table("survey/items", problems)
    wrong = len(problems)
    items = read_items(path, study, here)
    path, here = files.file(f"survey/{study.survey.file_names[0]}", problems)
    if study.survey.is_large(path.parent):
        return _large_survey(path, items, sites, study, here)
    survey = read_responses(path, items, sites, study, here)
    tables = {"items": survey.items, "answer_scales": survey.answer_scales, "categories": survey.categories}
    tables["sample_design"] = survey.sample_design
    tables["responses"] = survey.received[survey.received["out_of_frame"] == ""]
    if len(survey.received) and len(problems) == wrong:
        tables |= _checked_responses(survey, sites, study.survey.rules.thresholds, here)
    return tables


def _tell_unread_survey(study: Study, problems: Problems) -> None:
    """A notice that there are files of a survey, which study.yml does not speak of."""
    both = flow_line("strands", ["interviews", "survey"])
    problems.notice(
        "survey-not-read",
        "There are files in survey/, but study.yml has no survey: they are not read.",
        "มีไฟล์ใน survey/ แต่ study.yml ไม่มี survey จึงไม่ได้อ่านไฟล์เหล่านั้น",
        column="survey",
        hint_en=f"{command('describe-survey')} with the file and --drafts writes a first draft of that part."
        + (f" Then change strands: {both}" if study.strands else ""),
        hint_th=f"สั่ง {command('describe-survey')} ตามด้วยชื่อไฟล์และ --drafts เพื่อให้ร่างส่วนนี้"
        + (f" แล้วแก้ strands เป็น: {both}" if study.strands else ""),
    )


def _read_coding(
    raw: Path, folder: str, study: Study | None, tables: Mapping[str, pd.DataFrame], problems: Problems
) -> dict[str, pd.DataFrame]:
    """The tables of the coding by name.

    Args:
        raw, folder: where the study folder is, and its path as the user knows it.
        tables: participants, codes, transcripts and turns of the study.
    """
    interviews = {Path(path).stem: Path(path) for path in files_in(raw / "interviews")}
    coding = read_coding(
        [Path(path) for path in coding_files(raw)],
        tables["codes"],
        tables["transcripts"],
        tables["turns"],
        problems.at(f"{folder}/coding"),
        settings=study.coding if study else None,
        interview=lambda participant: interview_text(interviews[participant], Problems()),
        withdrawn=study.participants.withdrawn if study else (),
    )
    tell_unread(coding.coverage, coding.codings, tables["transcripts"], f"{folder}/study.yml", problems)
    return coding._asdict()


def _large_survey(
    path: Path, items: pd.DataFrame, sites: pd.DataFrame, study: Study, problems: Problems
) -> dict[str, pd.DataFrame]:
    """The tables of a survey too large to be held, of `responses` the sites; a notice of what is done on a draw."""
    from thongthin.read.survey.large import read_large_responses

    assert study.survey is not None
    read = read_large_responses(path, items, sites, study, problems)
    if read is None:
        none = {
            name: pd.DataFrame(columns=[column.name for column in TABLES[name].columns])
            for name in ("answer_scales", "categories")
        }
        return {"items": items, **none, "responses": pd.DataFrame({"site_id": []})}
    n, drawn = read.responses.n, min(study.survey.draw, read.responses.n)
    problems.notice(
        "large-survey",
        f"All {n:,} responses are counted; models, dimensionality, change and missing data are of"
        f" {drawn:,} of them, drawn at random (survey.draw in study.yml), and no response is flagged.",
        f"นับคำตอบทั้ง {n:,} ชุด ส่วนตัวแบบ มิติของมาตรวัด การเปลี่ยนแปลง และข้อมูลที่ขาดหาย ใช้ {drawn:,} ชุด"
        "ที่สุ่มมา (survey.draw ใน study.yml) และไม่มีการติดธงคุณภาพคำตอบ",
    )
    tables = {"items": read.items, "answer_scales": read.answer_scales, "categories": read.categories}
    places = np.repeat(np.arange(len(read.at_site)), list(read.at_site.values()))
    sites_of = pd.Categorical.from_codes(places, pd.Index(list(read.at_site)))  # a byte a respondent
    return {**tables, "responses": pd.DataFrame({"site_id": sites_of})}


def _checked_responses(
    survey: SurveyTables, sites: pd.DataFrame, rules: dict[str, Any], problems: Problems
) -> dict[str, pd.DataFrame]:
    """The tables of the responses that are analysed; a notice of those that are flagged and analysed all the same."""
    try:
        checked = check_responses(
            survey.received, survey.nonanswer_cells, survey.items, list(sites["site_id"]), **rules
        )
    except CannotAnalyse as error:
        en, th = str(error).split("\n")
        problems.add("no-rows", en, th)
        return {}
    for en, th in flagged_and_kept(checked.flow, rules["exclude"]):
        problems.notice(
            "flagged-responses",
            en,
            th,
            hint_en="The table survey_flags lists them; survey.rules.exclude in study.yml leaves them out.",
            hint_th="ดูรายการในตาราง survey_flags ตัดออกได้ด้วย survey.rules.exclude ใน study.yml",
        )
    return {"responses": checked.responses, "survey_flags": checked.flags}


def _table_file(folder: Path, stem: str, problems: Problems) -> str:
    """The table of that name, with any of its endings; a problem is added if two are there, or one that is no file."""
    for suffix in suffixes_of(stem):
        path = folder / f"{stem}{suffix}"
        if path.is_dir():
            problems.add(
                "no-file",
                f'"{path.name}" is a folder, not a file.',
                f'"{path.name}" เป็นโฟลเดอร์ ไม่ใช่ไฟล์',
                hint_en="Put the file itself in its place, or take it away.",
                hint_th="ใส่ไฟล์จริงแทน หรือนำออกไป",
            )
    there = [f"{stem}{suffix}" for suffix in suffixes_of(stem) if (folder / f"{stem}{suffix}").is_file()]
    # A document may as well be prose: it counts only where there is no table.
    there = [name for name in there if not name.endswith((".docx", ".html"))] or there
    if len(there) > 1:
        problems.add(
            "two-files",
            f"There are both {there[0]} and {there[1]}.",
            f"มีทั้ง {there[0]} และ {there[1]}",
            hint_en="Keep the one that is right.",
            hint_th="เก็บไว้เฉพาะไฟล์ที่ถูกต้อง",
        )
    return there[0] if there else f"{stem}.csv"
