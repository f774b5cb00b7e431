"""The check of all inputs of a study before anything is built: every file is read as the workflow will read it.

`python -m thongthin.check [STUDY ...]` prints the list of problems and ends with 1, or a summary of what was found and
ends with 0. Problems are listed in the order in which a person goes through the folder, then by row. The articles are
checked too: whether every value, table, figure, quote and work that they ask for will be there.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from thongthin.language import Language, has_thai
from thongthin.planning import files_in
from thongthin.presentation import ARTICLE_TABLES, FIGURES, why_not
from thongthin.problems import Problem, Problems, did_you_mean, problem_list
from thongthin.readers.codebook import read_codebook
from thongthin.readers.coding import read_coding
from thongthin.readers.frame import read_participants, read_sites
from thongthin.readers.interviews import read_interviews
from thongthin.readers.quotes import read_quotes
from thongthin.readers.survey import read_items, read_responses
from thongthin.references import read_references
from thongthin.render.dialect import Request, Requested, check_article
from thongthin.study import Config, Study, StudySettings, load_config, load_study
from thongthin.value_keys import check_value_key, possible_rows

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
)


@dataclass
class Summary:
    """How much a study holds."""

    sites: int
    participants: int
    interviews: int
    codes: int
    coders: int
    segments: int
    quotes: int
    items: int
    responses: int
    works: int


THAI = {
    "sites": "พื้นที่",
    "participants": "ผู้ให้ข้อมูล",
    "interviews": "บทสัมภาษณ์",
    "codes": "รหัส",
    "coders": "ผู้ลงรหัส",
    "segments": "ข้อความที่ลงรหัส",
    "quotes": "คำพูดที่ยกมา",
    "items": "ข้อคำถาม",
    "responses": "แบบสอบถาม",
    "works": "เอกสารอ้างอิง",
}


def check_study(root: Path, name: str, problems: Problems) -> Summary:
    """Read everything of the study `name` in the project folder `root`, adding every problem to `problems`."""
    folder, shown = root / "data" / "raw" / name, f"data/raw/{name}"
    before = len(problems)
    # What is wrong with the configuration is told by whoever loads it; here it only lends its defaults.
    config = load_config(root, Problems()) or Config(studies=[name])
    settings = load_study(root, name, config, problems)
    study = settings.study if settings else None

    def table(stem: str) -> tuple[Path, Problems]:
        file = _table_file(folder, stem, problems.at(f"{shown}/{stem}.csv"))
        return folder / file, problems.at(f"{shown}/{file}")

    tables: dict[str, pd.DataFrame] = {}
    tables["sites"] = read_sites(*table("sites"))
    path, here = table("participants")
    tables["participants"] = read_participants(path, tables["sites"], study, here)
    path, here = table("codebook")
    tables["codes"] = read_codebook(path, study, here)
    interviews = [Path(p) for p in files_in(folder / "interviews")]
    tables["transcripts"], tables["turns"] = read_interviews(
        interviews, tables["participants"], problems.at(f"{shown}/interviews")
    )
    coding = [Path(p) for p in files_in(folder / "coding")]
    tables["codings"], tables["coverage"] = read_coding(
        coding, tables["codes"], tables["transcripts"], problems.at(f"{shown}/coding")
    )
    path, here = table("quotes")
    tables["quotes"] = read_quotes(
        path if path.is_file() else None,
        tables["participants"],
        tables["codes"],
        tables["transcripts"],
        tables["turns"],
        here,
    )
    if study and study.survey:
        path, here = table("survey/items")
        tables["items"] = read_items(path, study, here)
        tables["responses"] = read_responses(
            folder / "survey" / study.survey.file,
            tables["items"],
            tables["sites"],
            study,
            problems.at(f"{shown}/survey/{study.survey.file}"),
        )
    works = read_references(folder / "references.yml", problems.at(f"{shown}/references.yml"))
    if settings:
        _check_analysis(settings, tables, problems.at(f"{shown}/study.yml"))
        cited = [] if any(p.file.endswith("/references.yml") for p in problems) else [work.id for work in works]
        checks = _ArticleChecks(settings.study, tables, cited)
        for language in config.languages:
            file = f"report/{name}/article.{language}.qmd"
            if (root / file).is_file():
                checks.check(check_article(root / file, language, problems.at(file)), language, problems)
            else:
                problems.add(
                    "missing-file",
                    "This article is missing.",
                    "ไม่พบไฟล์บทความนี้",
                    file=file,
                    hint_en=f'Write it, or take "{language}" out of the languages in config/config.yml.',
                    hint_th=f'เขียนบทความ หรือลบ "{language}" ออกจาก languages ใน config/config.yml',
                )
    problems.found[before:] = sorted(problems.found[before:], key=lambda p: _place(p, name))
    return Summary(
        coders=tables["codings"]["coder"].nunique(),
        segments=len(tables["codings"]),
        works=len(works),
        **{
            field: len(tables.get(source, ()))
            for field, source in {
                "sites": "sites",
                "participants": "participants",
                "interviews": "transcripts",
                "codes": "codes",
                "quotes": "quotes",
                "items": "items",
                "responses": "responses",
            }.items()
        },
    )


def _table_file(folder: Path, stem: str, problems: Problems) -> str:
    """The table of that name, .csv or .xlsx; a problem is added if both are there."""
    there = [f"{stem}{suffix}" for suffix in (".csv", ".xlsx") if (folder / f"{stem}{suffix}").is_file()]
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
    if model := settings.study.model:
        measured = set(tables["items"]["construct"]) if "items" in tables else set()
        for construct in [model.outcome, *model.predictors]:
            if construct not in measured and ("items" not in tables or len(tables["items"])):
                hint_en, hint_th = did_you_mean(construct, measured - {""})
                problems.add(
                    "unmeasured-construct",
                    f'The model needs "{construct}", but no item of the survey measures it.',
                    f'ตัวแบบใช้ "{construct}" แต่ไม่มีข้อคำถามใดในแบบสอบถามวัดตัวแปรนี้',
                    column="model",
                    hint_en=hint_en,
                    hint_th=hint_th,
                )


class _ArticleChecks:
    """Whether a study has what its articles ask for; what could not be read (its file is in the list) isn't judged."""

    def __init__(self, study: Study, tables: Mapping[str, pd.DataFrame], works: list[str]) -> None:
        self.tables = tables
        self.works = works
        needed = ["sites", "participants", "codes", "coverage", *(["items"] if study.survey else [])]
        self.rows = possible_rows(study, tables) if all(len(tables[name]) for name in needed) else {}
        self.filled = {*self.rows, *(name for name, frame in tables.items() if len(frame))}

    def check(self, requested: Requested, language: Language, problems: Problems) -> None:
        """Add a problem for everything that is asked for and will not be there."""

        def say(request: Request, kind: str, en: str, th: str, hint_en: str = "", hint_th: str = "") -> None:
            problems.add(kind, en, th, row=request.line, file=request.file, hint_en=hint_en, hint_th=hint_th)

        for request in requested.values if self.rows else ():
            if wrong := check_value_key(request.name, self.rows):
                say(request, "unknown-value", *wrong)
        for what_en, what_th, requests, known in (
            ("table", "ตาราง", requested.tables, ARTICLE_TABLES),
            ("figure", "รูป", requested.figures, FIGURES),
        ):
            for request in requests:
                name = request.name
                if name not in known:
                    say(request, f"unknown-{what_en}", f'There is no {what_en} "{name}".', f'ไม่มี{what_th} "{name}"',
                        *did_you_mean(name, known))  # fmt: skip
                elif self.rows and (reason := why_not(known[name], self.filled)):
                    say(request, f"empty-{what_en}", f'The {what_en} "{name}" would be empty: {reason[0]}.',
                        f'{what_th} "{name}" จะว่างเปล่า: {reason[1]}')  # fmt: skip
        quotes = self.tables["quotes"].drop_duplicates("quote_id").set_index("quote_id")
        for request in requested.quotes:
            if request.name not in quotes.index:
                say(request, "unknown-quote", f'There is no quote "{request.name}" in the table of quotes.',
                    f'ไม่มีคำพูด "{request.name}" ในตาราง quotes', *did_you_mean(request.name, quotes.index))  # fmt: skip
            elif has_thai(str(quotes.at[request.name, "text"])) != (language == "th"):
                column = f"translation_{language}"
                if not quotes.at[request.name, column]:
                    say(request, "no-translation", f'The quote "{request.name}" has no translation for this article.',
                        f'คำพูด "{request.name}" ไม่มีคำแปลสำหรับบทความภาษานี้',
                        f'Fill in the column "{column}" of the table of quotes.',
                        f'เติมคอลัมน์ "{column}" ในตาราง quotes')  # fmt: skip
        for request in requested.works if self.works else ():
            if request.name not in self.works:
                say(request, "unknown-work", f'The work "{request.name}" is not in references.yml.',
                    f'ไม่มีงาน "{request.name}" ใน references.yml', *did_you_mean(request.name, self.works))  # fmt: skip


def _place(problem: Problem, study: str) -> tuple[int, str, int]:
    """Where a problem stands: its file in the order of `FOLDER`, then its row."""
    file = problem.file.removeprefix(f"data/raw/{study}/").removeprefix(f"report/{study}/")
    rank = next((n for n, start in enumerate(FOLDER) if file.startswith(start)), len(FOLDER))
    return rank, problem.file, problem.row or 0


def summary_lines(name: str, summary: Summary) -> str:
    """The summary of a study as people read it, in English and in Thai."""
    counts = {field.name: getattr(summary, field.name) for field in fields(summary)}
    english = ", ".join(f"{n:,} {what}" for what, n in counts.items())
    thai = " ".join(f"{THAI[what]} {n:,}" for what, n in counts.items())
    return f"{name}: nothing is wrong.\n  {english}\n  ไม่พบปัญหา: {thai}"


def main(arguments: list[str]) -> int:
    """Check the studies named, or those of the configuration, in the current folder; 1 if anything is wrong."""
    root, problems = Path(), Problems()
    config = load_config(root, problems)
    names = arguments or (config.studies if config else [])
    present = [name for name in names if (root / "data" / "raw" / name).is_dir()]
    for name in dict.fromkeys(arguments):
        if name not in present:
            hint_en, hint_th = did_you_mean(name, [p.name for p in (root / "data" / "raw").glob("*") if p.is_dir()])
            problems.add("unknown-study", "There is no such study folder.", "ไม่มีโฟลเดอร์ของการศึกษานี้",
                         file=f"data/raw/{name}", hint_en=hint_en, hint_th=hint_th)  # fmt: skip
    summaries = {name: check_study(root, name, problems) for name in present}
    if problems.found:
        print(problem_list(problems.found))
        return 1
    print("\n".join(summary_lines(name, summary) for name, summary in summaries.items()))
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # consoles of other code pages would stop at the first Thai letter
            stream.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
