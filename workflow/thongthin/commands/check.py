"""The check of all inputs of a study before anything is built: every file is read as the workflow will read it.

`python -m thongthin.commands.check [STUDY ...]` prints the list of problems and ends with 1, or a summary of what was
found and notices of what people should know, and ends with 0. Problems are listed in the order in which a person goes
through the folder, then by row. The articles are checked too: whether every value, table, figure, quote and work that
they ask for will be there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pandas as pd

from thongthin.basics.console import command, run_command
from thongthin.basics.files import INTERVIEWS, files_in, suffixes_of
from thongthin.basics.language import Language, has_thai
from thongthin.basics.problems import (
    CannotAnalyse,
    Problem,
    Problems,
    did_you_mean,
    notice_list,
    printable,
    problem_list,
)
from thongthin.basics.yaml_source import flow_line, load_yaml
from thongthin.commands.file_descriptions import Part as Section
from thongthin.commands.file_descriptions import described, is_header_alone, shown
from thongthin.commands.foreseen import foresee
from thongthin.commands.new_study import KINDS, SKELETON
from thongthin.commands.strand_checks import check_strands
from thongthin.contract.checklists import CHECKLISTS
from thongthin.contract.documents import documents_of, source_of
from thongthin.contract.loading import StudySettings, listed_studies, load_config, load_study
from thongthin.contract.qca import Configurations
from thongthin.contract.strands import Part, coding_files
from thongthin.contract.study import Config, OutcomeModel, Study
from thongthin.contract.survey import Survey
from thongthin.contract.tables import ALL, TABLES
from thongthin.interviews.quote_checks import quote_checks
from thongthin.interviews.quote_checks import shortfalls as unmet_rules
from thongthin.present.catalogue import article_tables, figures, table_of, why_not
from thongthin.present.render.characters import notice_in_study
from thongthin.present.render.dialect import check_article
from thongthin.present.render.requested import INFERENCE, Request, Requested
from thongthin.present.value_keys import Rows, check_value_key, possible_rows
from thongthin.read.codebook import read_codebook
from thongthin.read.coding import read_coding
from thongthin.read.coding.recognise import SUFFIXES as CODING_FILES
from thongthin.read.coding.who_read import tell_unread
from thongthin.read.frame import read_participants, read_sites
from thongthin.read.interviews import interview_text, read_interviews
from thongthin.read.quotes import read_quotes
from thongthin.read.references import read_references
from thongthin.read.survey.items import ITEMS, read_items
from thongthin.read.survey.quality import check_responses, flagged_and_kept
from thongthin.read.survey.responses import SurveyTables, read_responses
from thongthin.synthesis.reporting import open_items
from thongthin.synthesis.reporting import shortfalls as unanswered
from thongthin.synthesis.robustness import too_few_cases

# The order in which a person goes through a study.
FOLDER = (
    "config/",
    "study.yml",
    "sites.",
    "participants.",
    "interviews",
    "codebook.",
    "coding",
    "quotes.",
    "survey/items.",
    "survey",
    "references.yml",
    "article.th",
    "article.en",
    "supplement.th",
    "supplement.en",
)

# What a study is summed up in: the part of it that has it, if not every study has, and its name in Thai.
COUNTED: dict[str, tuple[Part | None, str]] = {
    "sites": (None, "พื้นที่"),
    "participants": ("interviews", "ผู้ให้ข้อมูล"),
    "interviews": ("interviews", "บทสัมภาษณ์"),
    "codes": ("coding", "รหัส"),
    "coders": ("coding", "ผู้ลงรหัส"),
    "segments": ("coding", "ข้อความที่ลงรหัส"),
    "quotes": ("interviews", "คำพูดที่ยกมา"),
    "items": ("survey", "ข้อคำถาม"),
    "responses": ("survey", "แบบสอบถาม"),
    "works": (None, "เอกสารอ้างอิง"),
}
# Tables of interviews and their coding, which whoever checks may look into, whatever the study has.
OF_INTERVIEWS = ("participants", "codes", "transcripts", "codings", "coverage", "quotes")

# So many labels of speakers are shown; where names label the participants, there is one an interview.
SPEAKERS_LISTED = 24
NO_LABEL = "–"
SPEAKER_ROLES = {
    "interviewer": ("interviewer", "ผู้สัมภาษณ์"),
    "participant": ("participant", "ผู้ให้ข้อมูล"),
    "other": ("other", "ผู้อื่น"),
}
KNOWN_BY = {
    "study": ("study.yml", "study.yml"),
    "word": ("the label says so", "ชื่อบอกเอง"),
    "participants": ("participants.csv", "participants.csv"),
    "head": ("the head of the transcript", "หัวบทสัมภาษณ์"),
    "replies": ("in turn with a known label", "พูดสลับกับชื่อที่รู้แล้ว"),
    "asks": ("asks in several interviews", "เป็นผู้ถามในหลายบทสัมภาษณ์"),
    "unlabelled": ("study.yml: unlabelled", "study.yml: unlabelled"),
    "open": ("NOT KNOWN, a guess", "ยังไม่รู้ เป็นเพียงการเดา"),
}


def check_study(
    root: Path,
    name: str,
    problems: Problems,
    *,
    found: dict[str, pd.DataFrame] | None = None,
    left_out: dict[str, list[int]] | None = None,
) -> dict[str, int]:
    """Read everything of the study `name` in the project folder `root`, adding every problem to `problems`.

    Args:
        found: takes up the tables that were read, by name.
        left_out: is filled with the first lines of the blocks that documents leave out, since the study has not what it
            takes for them, by the path of the document in the project folder.

    Returns:
        How many sites, participants, interviews ... it holds: see `COUNTED`.
    """
    before, noticed = len(problems), len(problems.notices)
    # What is wrong with the configuration is told by whoever loads it; here it only lends its defaults.
    config = load_config(root, Problems()) or Config(studies=[name])
    settings = load_study(root, name, config, problems)
    for folder in (f"data/raw/{name}", f"report/{name}"):
        _report_links(root, folder, problems)
    for folder in ("interviews", "coding"):
        report_folders(root, f"data/raw/{name}/{folder}", problems)
    said, _ = load_yaml(root / "data" / "raw" / name / "study.yml", Problems())  # what is wrong with it has been told
    parts = check_strands(said, root / "data" / "raw" / name, problems.at(f"data/raw/{name}/study.yml"))
    study = settings.study if settings else None
    tables = _read_tables(root, f"data/raw/{name}", study, parts, problems)
    if found is not None:
        found |= tables
    known = {**{table: _no_rows(table) for table in OF_INTERVIEWS}, **tables}
    references = problems.at(f"data/raw/{name}/references.yml")
    works = read_references(root / references.file, references)
    if settings:
        _check_analysis(settings, known, problems.at(f"data/raw/{name}/study.yml"))
        wrong_works = any(problem.file == references.file for problem in problems)
        ids = None if wrong_works else [work.id for work in works]
        # Where interviews may have been forgotten, an article that speaks of them is no further problem.
        asked = any(problem.kind == "no-interviews" for problem in problems.found[before:])
        rows = {} if asked else _rows(settings.study, parts, tables)
        shown: dict[str, list[str]] = {}
        concluded: dict[Language, set[str]] = {language: set() for language in config.languages}
        displayed: dict[Language, Request] = {}
        for document in documents_of(root, name):
            for language in config.languages:
                path = source_of(root, name, document, language)
                here = problems.at(path.relative_to(root).as_posix())
                if path.is_file():
                    requested = check_article(path, language, Problems())
                    left = _unavailable(requested, language, settings.study, rows, known, ids)
                    if left and left_out is not None:
                        left_out[here.file] = left
                    requested = check_article(path, language, here, left)
                    _check_filled(requested, settings.study, here)
                    _check_requested(requested, language, rows, known, ids, here, settings.study.outcome_models)
                    concluded[language] |= {inference.name for inference in requested.inferences}
                    for request in requested.tables:
                        if request.name == "joint_display":
                            displayed.setdefault(language, request)
                    if document == "article":
                        _notice_untouched(path, here)
                        shown[language] = [request.name for request in requested.quotes]
                else:
                    what_th = {"article": "บทความ", "supplement": "เอกสารประกอบ"}[document]
                    here.add(
                        "missing-file",
                        f"This {document} is missing.",
                        f"ไม่พบไฟล์{what_th}นี้",
                        hint_en=f'Write it, or take "{language}" out of the languages in config/config.yml.',
                        hint_th=f'เขียน{what_th} หรือลบ "{language}" ออกจาก languages ใน config/config.yml',
                    )
        if rows and len(problems) == before:
            _notice_shortfalls(settings, tables, rows, shown, problems)
            for language, request in displayed.items():
                _notice_missing_inferences(request, rows, concluded[language], problems)
    notice_in_study(root / f"data/raw/{name}", tables, problems.at(f"data/raw/{name}"))
    problems.found[before:] = sorted(problems.found[before:], key=lambda p: _place(p, name))
    problems.notices[noticed:] = sorted(problems.notices[noticed:], key=lambda p: _place(p, name))
    counts = {table: len(frame) for table, frame in known.items()}
    counts["interviews"], counts["segments"] = counts["transcripts"], counts["codings"]
    counts["coders"], counts["works"] = known["codings"]["coder"].nunique(), len(works)
    return {what: counts.get(what, 0) for what, (part, _) in COUNTED.items() if not part or part in parts}


def _report_links(root: Path, folder: str, problems: Problems) -> None:
    """Add a problem for each link that leads out of the study folder, or to nothing; the folder may be one itself."""
    inside = (root / folder).resolve()
    for path in sorted((root / folder).rglob("*")):
        if not path.is_symlink():
            continue
        target, here = path.resolve(), problems.at(path.relative_to(root).as_posix())
        if not target.exists():
            here.add(
                "dangling-link",
                "This is a link to a file that is not there.",
                "นี่คือลิงก์ไปยังไฟล์ที่ไม่มีอยู่",
                hint_en="Put the file itself here, or delete the link.",
                hint_th="วางไฟล์จริงไว้ที่นี่ หรือลบลิงก์ออก",
            )
        elif not target.is_relative_to(inside):
            here.add(
                "link-outside",
                f"This is a link to {target}, which is not in the folder of the study.",
                f"นี่คือลิงก์ไปยัง {target} ซึ่งอยู่นอกโฟลเดอร์ของการศึกษา",
                hint_en="Copy the file here in place of the link: whoever gets the folder must be able to build it.",
                hint_th="คัดลอกไฟล์จริงมาแทนลิงก์ เพื่อให้ผู้ที่ได้รับโฟลเดอร์นี้สร้างผลซ้ำได้",
            )


def report_folders(root: Path, folder: str, problems: Problems) -> None:
    """Add a problem for each folder that is called as a file would be: nothing in it is read."""
    for path in sorted((root / folder).glob("*.*")):
        if path.is_dir() and path.suffix.lower() in {*CODING_FILES, *INTERVIEWS} - {".qda"}:
            problems.add(
                "no-file",
                "This is a folder, where a file should be.",
                "นี่เป็นโฟลเดอร์ แต่ตรงนี้ต้องเป็นไฟล์",
                file=path.relative_to(root).as_posix(),
                hint_en="Put the file itself in its place, or move the folder away.",
                hint_th="วางไฟล์จริงไว้แทน หรือย้ายโฟลเดอร์นี้ออก",
            )


def _no_rows(table: str) -> pd.DataFrame:
    return pd.DataFrame(columns=[column.name for column in TABLES[table].columns])


def _read_tables(
    root: Path, folder: str, study: Study | None, parts: Collection[Part], problems: Problems
) -> dict[str, pd.DataFrame]:
    """Every table of data/processed/ by name, those that the study has: see `strands.parts_of`."""

    def file(path: str) -> tuple[Path, Problems]:
        return root / folder / path, problems.at(f"{folder}/{path}")

    def table(stem: str) -> tuple[Path, Problems]:
        return file(_table_file(root / folder, stem, problems.at(f"{folder}/{stem}.csv")))

    def files(name: str) -> list[Path]:
        return [Path(path) for path in files_in(root / folder / name)]

    path, here = table("sites")
    sites = read_sites(path, study, here)
    tables = {"sites": sites}
    if "interviews" in parts:
        path, here = table("participants")
        participants = read_participants(path, sites, study, here)
        found = read_interviews(
            files("interviews"),
            participants,
            problems.at(f"{folder}/interviews"),
            study.interviews if study else None,
        )
        tables |= {"participants": participants, **found._asdict()}
        if "coding" in parts:
            path, here = table("codebook")
            tables["codes"] = read_codebook(path, study, here)
            tables |= _read_coding(root / folder, folder, study, tables, problems)
        path, here = table("quotes")
        tables["quotes"] = read_quotes(
            path if path.is_file() else None,
            participants,
            tables.get("codes"),
            found.transcripts,
            found.turns,
            here,
        )
    if "survey" in parts and study and study.survey:
        path, here = table("survey/items")
        wrong = len(problems)
        items = read_items(path, study, here)
        path, here = file(f"survey/{study.survey.file_names[0]}")
        if study.survey.is_large(path.parent):
            return tables | _large_survey(path, items, sites, study, here)
        survey = read_responses(path, items, sites, study, here)
        tables |= {"items": survey.items, "answer_scales": survey.answer_scales, "categories": survey.categories}
        tables["sample_design"] = survey.sample_design
        tables["responses"] = survey.received[survey.received["out_of_frame"] == ""]
        if len(survey.received) and len(problems) == wrong:
            tables |= _checked_responses(survey, sites, study.survey.rules.thresholds, here)
    elif (
        "survey" not in parts
        and study
        and not study.survey
        and [path for path in files("survey") if not is_header_alone(path, ITEMS.all)]
    ):
        both = flow_line("strands", ["interviews", "survey"])
        problems.notice(
            "survey-not-read",
            "There are files in survey/, but study.yml has no survey: they are not read.",
            "มีไฟล์ใน survey/ แต่ study.yml ไม่มี survey จึงไม่ได้อ่านไฟล์เหล่านั้น",
            file=f"{folder}/study.yml",
            column="survey",
            hint_en=f"{command('describe-survey')} with the file and --drafts writes a first draft of that part."
            + (f" Then change strands: {both}" if study.strands else ""),
            hint_th=f"สั่ง {command('describe-survey')} ตามด้วยชื่อไฟล์และ --drafts เพื่อให้ร่างส่วนนี้"
            + (f" แล้วแก้ strands เป็น: {both}" if study.strands else ""),
        )
    return tables


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
    )
    tell_unread(coding.coverage, coding.codings, tables["transcripts"], f"{folder}/study.yml", problems)
    return coding._asdict()


def _large_survey(
    path: Path, items: pd.DataFrame, sites: pd.DataFrame, study: Study, problems: Problems
) -> dict[str, pd.DataFrame]:
    """The tables of a survey too large to be held, of `responses` the sites; a notice of what is done on a draw."""
    from thongthin.read.survey.large import read_large_responses
    from thongthin.survey.large import sites_of

    assert study.survey is not None
    site_ids = list(sites["site_id"])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        rows = Path(folder) / "responses.parquet"
        read = read_large_responses(path, items, sites, study, problems, rows)
        if read is None:
            none = {
                name: pd.DataFrame(columns=[column.name for column in TABLES[name].columns])
                for name in ("answer_scales", "categories")
            }
            return {"items": items, **none, "responses": pd.DataFrame({"site_id": []})}
        responses = pd.DataFrame({"site_id": sites_of(rows, site_ids)})
    n, drawn = read.respondents, min(study.survey.draw, read.respondents)
    problems.notice(
        "large-survey",
        f"All {n:,} responses are counted; models, dimensionality, change and missing data are of"
        f" {drawn:,} of them, drawn at random (survey.draw in study.yml), and no response is flagged.",
        f"นับคำตอบทั้ง {n:,} ชุด ส่วนตัวแบบ มิติของมาตรวัด การเปลี่ยนแปลง และข้อมูลที่ขาดหาย ใช้ {drawn:,} ชุด"
        "ที่สุ่มมา (survey.draw ใน study.yml) และไม่มีการติดธงคุณภาพคำตอบ",
    )
    tables = {"items": read.items, "answer_scales": read.answer_scales, "categories": read.categories}
    return {**tables, "responses": responses}


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


def _check_analysis(settings: StudySettings, tables: Mapping[str, pd.DataFrame], problems: Problems) -> None:
    """Whether what study.yml asks of the analysis can be done with the data."""
    coders = sorted(set(tables["coverage"]["coder"]))
    wanted = settings.analysis.themes.coders
    if coders and wanted not in {"any", "all", *coders}:
        hint_en, hint_th = did_you_mean(wanted, ["any", "all", *coders])
        problems.add(
            "unknown-coder",
            f'"{wanted}" is not a coder of this study.',
            f'ไม่มีผู้ลงรหัส "{wanted}" ในการศึกษานี้',
            column="analysis.themes.coders",
            hint_en=hint_en,
            hint_th=hint_th,
        )
    themes = set(tables["codes"].loc[tables["codes"]["parent_id"] == "", "code_id"])
    for theme in settings.analysis.quotes.local_themes:
        if len(tables["codes"]) and theme not in themes:
            hint_en, hint_th = did_you_mean(theme, themes)
            problems.add(
                "unknown-theme",
                f'"{theme}" is not a theme of the codebook.',
                f'ไม่มีประเด็น "{theme}" ในสมุดรหัส',
                column="analysis.quotes.local_themes",
                hint_en=hint_en,
                hint_th=hint_th,
            )
    if settings.study.qca:
        _check_configurations(settings.study.qca, tables, problems)
    survey = settings.study.survey if "responses" in tables else None
    if survey:
        _check_population(survey, tables, problems)
    for id_, model in settings.study.outcome_models.items():
        _check_model(f"models, {id_}" if id_ else "model", model, tables, problems)
    if survey and len(tables["responses"]) and "group" in tables["responses"] and not problems.found:
        for own in foresee(
            settings.study,
            tables,
            answered=settings.choice("scales.answered"),
            most=settings.choice("model.sample"),
            seed=settings.choice("seed"),
        ):
            problems.notice("undefined", own.en, own.th, column=own.column, hint_en=own.hint_en, hint_th=own.hint_th)


def _check_model(where: str, model: OutcomeModel, tables: Mapping[str, pd.DataFrame], problems: Problems) -> None:
    """Whether the survey measures what a model of study.yml names."""
    measured = set(tables["items"]["construct"]) if "items" in tables else set()
    for construct in [model.outcome, *model.predictors]:
        if construct not in measured and ("items" not in tables or len(tables["items"])):
            hint_en, hint_th = did_you_mean(construct, measured - {""})
            problems.add(
                "unmeasured-construct",
                f'The model needs "{construct}", but no item of the survey measures it.',
                f'ตัวแบบใช้ "{construct}" แต่ไม่มีข้อคำถามใดในแบบสอบถามวัดตัวแปรนี้',
                column=where,
                hint_en=hint_en,
                hint_th=hint_th,
            )
    items = tables.get("items", pd.DataFrame({"item_id": [], "minimum": []}))
    scaled = list(items.loc[items["minimum"].notna(), "item_id"])
    if model.item and scaled and model.item not in scaled:
        hint_en, hint_th = did_you_mean(model.item, scaled)
        problems.add(
            "unknown-item",
            f'The model explains the answers to "{model.item}", which is no item with a scale.',
            f'ตัวแบบอธิบายคำตอบของ "{model.item}" ซึ่งไม่ใช่ข้อคำถามที่ใช้มาตรวัด',
            column=f"{where}.item",
            hint_en=hint_en,
            hint_th=hint_th,
        )


def _check_configurations(qca: Configurations, tables: Mapping[str, pd.DataFrame], problems: Problems) -> None:
    """Whether the sets of the analysis of configurations can be measured; a notice if the cases are few for them."""
    codes = tables["codes"]
    themes = set(codes.loc[codes["parent_id"] == "", "code_id"])
    valent = set(codes.loc[codes["valence"].isin(["enabling", "hindering"]), "theme_id"])
    items = tables.get("items")
    measured = set(items["construct"]) - {""} if items is not None else set()
    for own in qca.sets:
        where = "qca.outcome" if own is qca.outcome else "qca.conditions"
        if own.theme and len(codes) and own.theme not in themes:
            hint_en, hint_th = did_you_mean(own.theme, themes)
            problems.add(
                "unknown-theme",
                f'The set "{own.id}" needs the theme "{own.theme}", which is not in the codebook.',
                f'เซต "{own.id}" ใช้ประเด็น "{own.theme}" ซึ่งไม่มีในสมุดรหัส',
                column=where,
                hint_en=hint_en,
                hint_th=hint_th,
            )
        elif own.theme and len(codes) and own.measure in ("enabling_share", "balance") and own.theme not in valent:
            problems.add(
                "no-valence",
                f'The set "{own.id}" is measured by {own.measure}, but no code of the theme "{own.theme}" is enabling'
                " or hindering.",
                f'เซต "{own.id}" วัดด้วย {own.measure} แต่ไม่มีรหัสใดในประเด็น "{own.theme}" เป็น enabling หรือ hindering',
                column=where,
                hint_en="Fill in the column valence of the codebook, or take another measure.",
                hint_th="เติมคอลัมน์ valence ในสมุดรหัส หรือใช้การวัดอื่น",
            )
        if own.construct_ and own.construct_ not in measured and (items is None or len(items)):
            hint_en, hint_th = did_you_mean(own.construct_, measured)
            problems.add(
                "unmeasured-construct",
                f'The set "{own.id}" needs "{own.construct_}", but no item of the survey measures it.',
                f'เซต "{own.id}" ใช้ "{own.construct_}" แต่ไม่มีข้อคำถามใดในแบบสอบถามวัดตัวแปรนี้',
                column=where,
                hint_en=hint_en,
                hint_th=hint_th,
            )
        elif own.construct_ and items is not None and len(items):
            waves = sorted(set(items.loc[items["construct"] == own.construct_, "wave"]))
            if own.wave not in waves:
                problems.add(
                    "unmeasured-construct",
                    f'The set "{own.id}" needs "{own.construct_}" in the wave "{own.wave}", but the survey has it in:'
                    f" {', '.join(waves)}.",
                    f'เซต "{own.id}" ใช้ "{own.construct_}" ในช่วง "{own.wave}" แต่แบบสอบถามมีเฉพาะ: {", ".join(waves)}',
                    column=where,
                )
    cases = len(tables["sites"]) if qca.cases == "site" else tables["coverage"]["participant_id"].nunique()
    if cases and (few := too_few_cases(len(qca.conditions), cases)):
        problems.notice("few-cases", f"{few[0]}.", few[1], column="qca.conditions",
                        hint_en="Use fewer conditions, or say in the article why these are needed.",
                        hint_th="ลดจำนวนเงื่อนไข หรืออธิบายเหตุผลในบทความ")  # fmt: skip


def _notice_shortfalls(
    settings: StudySettings,
    tables: Mapping[str, pd.DataFrame],
    rows: Rows,
    shown: Mapping[str, list[str]],
    problems: Problems,
) -> None:
    """Notices of the rules that the quotes do not keep, and of the items that the reporting checklists leave open.

    Args:
        rows: as from `_rows`.
        shown: language -> ids of the quotes in its article.
    """
    rules = settings.choice("quotes")
    quotes_stop = rules.pop("on_failure") == "stop"
    checks = _no_rows("quote_checks")
    if "quotes" in tables and "codes" in tables:
        checks = quote_checks(shown, tables["quotes"], tables["codes"], len(tables["sites"]), **rules)
    for article in shown:
        for en, th in unmet_rules(checks, article):
            problems.notice(
                "quote-balance",
                en,
                th,
                file=f"report/{settings.name}/article.{article}.qmd",
                hint_en="Choose other quotes, or name themes of one site in study.yml: analysis.quotes.local_themes.",
                hint_th="เลือกคำพูดอื่น หรือระบุประเด็นเฉพาะพื้นที่ใน analysis.quotes.local_themes ของ study.yml",
                stops_later=quotes_stop,
            )
    has = {*rows, *(name for name, frame in tables.items() if len(frame)), *(["quote_checks"] if len(checks) else [])}
    for en, th in unanswered({key: open_items(key, settings.study, has) for key in CHECKLISTS}):
        problems.notice(
            "open-items",
            en,
            th,
            file=f"data/raw/{settings.name}/study.yml",
            column="reporting",
            hint_en="Answer them under reporting in study.yml; the questions stand in the table of the checklist.",
            hint_th="ตอบไว้ใต้ reporting ใน study.yml คำถามอยู่ในตารางของรายการตรวจสอบ",
            stops_later=settings.choice("reporting")["open_items"] == "stop",
        )


def _notice_missing_inferences(display: Request, rows: Rows, concluded: set[str], problems: Problems) -> None:
    """A notice of the factors of the joint display from which the documents in its language conclude nothing.

    Args:
        display: where the joint display is asked for.
    """
    left = [construct for construct in rows.get("joint_display", [[]])[0] if construct not in concluded]
    if left:
        listed = ", ".join(left)
        problems.notice(
            "no-inference",
            f"The joint display has no meta-inference on: {listed}.",
            f"ตารางแสดงผลร่วมยังไม่มีข้อสรุปร่วมเรื่อง: {listed}",
            row=display.line,
            file=display.file,
            hint_en=f"Put what you conclude from both strands in a block ::: {{#{INFERENCE}{left[0]}}} in the article.",
            hint_th=f"เขียนสิ่งที่สรุปจากทั้งสองวิธีไว้ในกล่อง ::: {{#{INFERENCE}{left[0]}}} ในบทความ",
        )


def _check_population(survey: Survey, tables: Mapping[str, pd.DataFrame], problems: Problems) -> None:
    """Whether the population by site is that of the sites, and no smaller than those who answered."""
    sites = list(tables["sites"]["site_id"])
    column = "survey.population"
    if not survey.population or not sites:
        return
    if ALL not in survey.population:
        for site in survey.population:
            if site not in sites:
                hint_en, hint_th = did_you_mean(site, sites)
                problems.add(
                    "unknown-site",
                    f'"{site}" is not a site of sites.csv.',
                    f'ไม่มีพื้นที่ "{site}" ใน sites.csv',
                    column=column,
                    hint_en=hint_en,
                    hint_th=hint_th,
                )
        for site in sites:
            if site not in survey.population:
                problems.add(
                    "missing-population",
                    f'The site "{site}" has no population.',
                    f'ไม่ได้ระบุจำนวนประชากรของพื้นที่ "{site}"',
                    column=column,
                    hint_en="Give it for every site, or one number for all sites together.",
                    hint_th="ระบุให้ครบทุกพื้นที่ หรือระบุจำนวนเดียวสำหรับทุกพื้นที่รวมกัน",
                )
    answered = tables["responses"]["site_id"].value_counts().to_dict()
    answered[ALL] = len(tables["responses"])
    for site, people in survey.population.items():
        if answered.get(site, 0) > people:
            problems.add(
                "small-population",
                f'"{site}" has {answered[site]:,} respondents, but a population of {people:,}.',
                f'"{site}" มีผู้ตอบ {answered[site]:,} คน แต่ระบุประชากรไว้ {people:,} คน',
                column=column,
                hint_en="Give the number of people whom the survey is about.",
                hint_th="ระบุจำนวนคนทั้งหมดที่แบบสอบถามมุ่งศึกษา",
            )


def _rows(study: Study, parts: Collection[Part], tables: Mapping[str, pd.DataFrame]) -> Rows:
    """The rows that result tables will have; none where a table that they follow from could not be read."""
    of = {"interviews": ["participants"], "coding": ["codes", "coverage"], "survey": ["items"]}
    needed = ["sites", *(table for part, names in of.items() if part in parts for table in names)]
    return possible_rows(study, tables) if all(name in tables and len(tables[name]) for name in needed) else {}


def _check_requested(
    requested: Requested,
    language: Language,
    rows: Rows,
    tables: Mapping[str, pd.DataFrame],
    works: Collection[str] | None,
    problems: Problems,
    models: Collection[str] = ("",),
) -> None:
    """Add a problem for everything that an article asks for and that will not be there.

    Args:
        rows: as from `_rows`; without any, values aren't judged.
        works: ids of the works; None doesn't judge citations.
        models: ids of the models of the study; "" is that of `model`.
    """

    def say(request: Request, kind: str, en: str, th: str, hint_en: str = "", hint_th: str = "") -> None:
        problems.add(kind, en, th, row=request.line, file=request.file, hint_en=hint_en, hint_th=hint_th)

    for request in requested.values if rows else ():
        if wrong := check_value_key(request.name, rows):
            say(request, "unknown-value", *wrong)
    for inference in requested.inferences if rows else ():
        shown = rows.get("joint_display", [[]])[0]
        if inference.name not in shown:
            say(inference, "unknown-inference", f'The joint display has no factor "{inference.name}".',
                f'ตารางแสดงผลร่วมไม่มีปัจจัย "{inference.name}"', *did_you_mean(inference.name, shown))  # fmt: skip
    # A table without numbers to ask for is there with the others of its rule; whether it has rows is known too late.
    rules = {TABLES[name].rule for name in rows}
    beside = {table.name for table in TABLES.values() if not table.value_columns and table.rule in rules}
    filled = {*rows, *beside, *(name for name, frame in tables.items() if len(frame))}
    for what_en, what_th, requests, known in (
        ("table", "ตาราง", requested.tables, article_tables()),
        ("figure", "รูป", requested.figures, figures()),
    ):
        for request in requests:
            name, model = table_of(request.name) if what_en == "table" else (request.name, "")
            if model and model not in models:
                say(request, "unknown-model", f'There is no model "{model}" in study.yml (models).',
                    f'ไม่มีตัวแบบ "{model}" ใน study.yml (models)', *did_you_mean(model, models))  # fmt: skip
            elif models and not model and "" not in models and name in known and known[name].of_a_model:
                (first, *_) = models
                say(request, "unknown-model", f'Which of the models is the table "{name}" to show?',
                    f'ตาราง "{name}" ต้องการแสดงตัวแบบใด', f"Write {name}-{first}, with the id of a model.",
                    f"เขียน {name}-{first} โดยระบุ id ของตัวแบบ")  # fmt: skip
            elif name not in known:
                say(request, f"unknown-{what_en}", f'There is no {what_en} "{name}".', f'ไม่มี{what_th} "{name}"',
                    *did_you_mean(name, known))  # fmt: skip
            elif rows and (reason := why_not(known[name], filled)):
                say(request, f"empty-{what_en}", f'The {what_en} "{name}" would be empty: {reason[0]}.',
                    f'{what_th} "{name}" จะว่างเปล่า: {reason[1]}')  # fmt: skip
    texts = dict(zip(tables["quotes"]["quote_id"], tables["quotes"]["text"], strict=True))
    column = f"translation_{language}"
    translations = dict(zip(tables["quotes"]["quote_id"], tables["quotes"][column], strict=True))
    for request in requested.quotes:
        name = request.name
        if name not in texts:
            say(request, "unknown-quote", f'There is no quote "{name}" in the table of quotes.',
                f'ไม่มีคำพูด "{name}" ในตาราง quotes', *did_you_mean(name, texts))  # fmt: skip
        elif has_thai(texts[name]) != (language == "th") and not translations[name]:
            say(request, "no-translation", f'The quote "{name}" has no translation for this article.',
                f'คำพูด "{name}" ไม่มีคำแปลสำหรับบทความภาษานี้',
                f'Fill in the column "{column}" of the table of quotes.',
                f'เติมคอลัมน์ "{column}" ในตาราง quotes')  # fmt: skip
    for request in requested.works:
        if works is not None and request.name not in works:
            say(request, "unknown-work", f'The work "{request.name}" is not in references.yml.',
                f'ไม่มีงาน "{request.name}" ใน references.yml', *did_you_mean(request.name, works))  # fmt: skip


def _unavailable(
    requested: Requested,
    language: Language,
    study: Study,
    rows: Rows,
    tables: Mapping[str, pd.DataFrame],
    works: Collection[str] | None,
) -> list[int]:
    """First lines of the blocks that may be left out and ask for something that will not be there.

    Args:
        rows, works: as for `_check_requested`.
    """
    parts = {part.name: getattr(requested, part.name) for part in fields(requested)}
    left = []
    for start in sorted({request.within for requests in parts.values() for request in requests} - {0}):
        own = Requested(**{name: [r for r in requests if r.within == start] for name, requests in parts.items()})
        missing = Problems()
        _check_requested(own, language, rows, tables, works, missing, study.outcome_models)
        if missing.found or any(not _can_be_filled(request.name, requested, language, study) for request in own.filled):
            left.append(start)
    return left


def _can_be_filled(block: str, requested: Requested, language: Language, study: Study) -> bool:
    """Whether study.yml, or what the article cites, gives a block something to hold."""
    if block in ("refs", "refs-translated"):
        return bool(requested.works)
    if block == "ethics":
        return study.ethics is not None
    th, en = study.keywords.th, study.keywords.en
    return bool(th if (language == "th") == (block == "keywords") else en)


def _check_filled(requested: Requested, study: Study, problems: Problems) -> None:
    """Add a problem if the article has a place for the sentence on ethics, and study.yml has none."""
    for request in requested.filled:
        if request.name == "ethics" and study.ethics is None:
            problems.add(
                "no-ethics",
                "The sentence on ethics is to stand here, but study.yml has none.",
                "ตำแหน่งนี้มีไว้สำหรับประโยคเรื่องจริยธรรมการวิจัย แต่ study.yml ไม่มีประโยคดังกล่าว",
                row=request.line,
                file=request.file,
                hint_en="Write it in study.yml (ethics), or take the block ::: {#ethics} out.",
                hint_th="เขียนไว้ที่ ethics ใน study.yml หรือลบกล่อง ::: {#ethics} ออก",
            )


def _notice_untouched(path: Path, problems: Problems) -> None:
    """A notice if nobody has written on an article yet."""
    language = path.suffixes[0]
    templates = [template for kind in KINDS if (template := SKELETON / f"{kind}{language}.qmd").is_file()]
    if path.read_bytes().replace(b"\r\n", b"\n") in [template.read_bytes() for template in templates]:
        problems.notice(
            "untouched-article",
            "This article is as new-study wrote it: numbers, tables and figures, and no word of yours.",
            "บทความนี้ยังเป็นฉบับที่ new-study เขียนไว้ มีตัวเลข ตาราง และรูป แต่ยังไม่มีข้อความของผู้เขียน",
            hint_en="Write where the notes <!-- --> stand.",
            hint_th="เขียนต่อในตำแหน่งที่มีหมายเหตุ <!-- -->",
        )


def _place(problem: Problem, study: str) -> tuple[int, str, int]:
    """Where a problem stands: its file in the order of `FOLDER`, then its row."""
    file = problem.file.removeprefix(f"data/raw/{study}/").removeprefix(f"report/{study}/")
    rank = next((n for n, start in enumerate(FOLDER) if file.startswith(start)), len(FOLDER))
    return rank, problem.file, problem.row or 0


def summary_lines(name: str, counts: Mapping[str, int]) -> str:
    """What a study holds (as from `check_study`) as people read it, in English and in Thai."""
    english = ", ".join(f"{n:,} {what}" for what, n in counts.items())
    thai = " ".join(f"{COUNTED[what][1]} {n:,}" for what, n in counts.items())
    return f"{name}: nothing is wrong.\n  {english}\n  ไม่พบปัญหา: {thai}"


def speaker_lines(name: str, speakers: pd.DataFrame) -> str:
    """The labels of the interviews of a study (table `speakers`) as people read them; "" without any."""
    lines = [
        f"{shown(label) if label else NO_LABEL}  {' / '.join(SPEAKER_ROLES[role])}  ({' / '.join(KNOWN_BY[evidence])})"
        f"  {turns:,}  {interviews:,}"
        for label, role, evidence, turns, interviews in speakers.head(SPEAKERS_LISTED).itertuples(index=False)
    ]
    if (more := len(speakers) - SPEAKERS_LISTED) > 0:
        lines.append(f"... {more} more / และอีก {more} ชื่อ: data/processed/{name}/speakers.csv")
    return described(
        [
            Section(
                f"{name}: whose words the interviews hold (label; role; known by; turns; interviews)",
                "ใครพูดในบทสัมภาษณ์ (ชื่อผู้พูด บทบาท รู้ได้จาก จำนวนช่วงพูด จำนวนบทสัมภาษณ์)",
                [printable(line) for line in lines],
            )
        ]
    )


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
