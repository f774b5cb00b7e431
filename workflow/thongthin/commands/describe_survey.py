"""What a survey file holds, for an author who is about to make a study of it; and first drafts of that study's files.

`python -m thongthin.commands.describe_survey FILE ... [--waves] [--form FORM] [--sheet SHEET] [--drafts FOLDER]`
prints, in English and Thai: format, rows and columns; what each column seems to be (time, site, group, answers on a
scale, ...); answers that several columns share without being a scale known here; columns with personal data; what may
be codes for missing answers. Then it drafts `survey/items.csv` and the part `survey` of study.yml (`survey_drafts`):
into the folder, where none of them stands, or else printed; and `sites.csv`, where a study's own has no rows yet.

Several files are those of one survey (`survey_drafts_of_files`): parts of it, or, with --waves, before and after.

What is guessed (`survey_guesses`) is for a person to judge. Nothing is built, and no file that somebody filled in is
changed. Ends with 1 where the file can't be read or drafts can't be written.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from thongthin.basics.console import run_command
from thongthin.basics.language import parse_integer, parse_number
from thongthin.basics.problems import Problems, notice_list, printable, problem_list
from thongthin.commands.column_words import Role
from thongthin.commands.file_descriptions import tell_drafts
from thongthin.commands.parts import Part, described, shown
from thongthin.commands.survey_drafts import into_study, items, sites, survey_part
from thongthin.commands.survey_drafts_of_files import TWO, read_several, tell_of_files, with_waves
from thongthin.commands.survey_guesses import Draft, Guess, answers_given, draft
from thongthin.contract.answer_scales import FROM_FILE
from thongthin.contract.non_answers import non_answer
from thongthin.contract.scale_guess import unnumbered_words
from thongthin.read.files.sheets import is_header_alone
from thongthin.read.frame import SITES
from thongthin.read.survey.files import NAMES, SurveyFile, read_survey_file

ROLES: dict[Role, str] = {
    "time": "time / เวลา",
    "metadata": "added by the tool / โปรแกรมเพิ่มให้",
    "personal": "personal data? / ข้อมูลส่วนบุคคล?",
    "site": "site? / พื้นที่?",
    "group": "group? / กลุ่ม?",
    "weight": "weight? / น้ำหนัก?",
    "stratum": "stratum of the sample? / ชั้นภูมิ?",
    "cluster": "cluster of the sample? / คลัสเตอร์?",
    "scale": "scale / มาตรวัด",
    "choice": "one choice out of several / หนึ่งตัวเลือกจากหลายตัวเลือก",
    "choices": "several answers in a cell / หลายคำตอบในช่องเดียว",
    "category": "category / หมวดหมู่",
    "number": "number / จำนวน",
    "text": "text / ข้อความ",
    "empty": "empty / ว่าง",
}
# So many answers of a column are shown; the usual scales have no more.
_LISTED = 7
# What people do with the drafts, in English and in Thai.
ADVICE = (
    "Fill in constructs, translations, reversed items and waves",
    "เติมตัวแปร คำแปล ข้อเชิงลบ และช่วงเวลา",
)


def description(found: Draft) -> list[Part]:
    """What a file holds, part by part; what it lacks has no lines."""
    file = found.file
    unknown: dict[frozenset[str], list[str]] = defaultdict(list)
    for own in found.of("category"):
        said = answers_given(own)
        if len(said) >= 3 and not all(parse_number(answer) is not None for answer in said):
            unknown[frozenset(said)].append(own.column.header)
    sheet = f', sheet / แผ่นงาน "{shown(file.sheet)}"' if file.sheet else ""
    return [
        Part(
            "Format, rows, columns",
            "รูปแบบ แถว คอลัมน์",
            [f"{NAMES[file.format]}{sheet}, {len(file.frame):,}, {len(file.columns):,}"],
        ),
        Part(
            "Columns: what each seems to be (answers; the most usual)",
            "คอลัมน์: น่าจะเป็น (จำนวนคำตอบ; คำตอบที่พบมาก)",
            [_line(own) for own in found.guesses],
        ),
        Part(
            "The same answers in several columns, on no scale known here. A scale? Declare it, lowest first",
            "คำตอบชุดเดียวกันในหลายคอลัมน์ แต่ไม่ใช่มาตรวัดที่รู้จัก หากเป็นมาตรวัด ให้ประกาศโดยเรียงจากต่ำไปสูง",
            [
                f"{_listed(sorted(answers))}: {_listed(headers)}"
                for answers, headers in unknown.items()
                if len(headers) > 1
            ],
        ),
        Part(
            "Values that lie apart: no answers? The check asks for them; lines for study.yml stand in the draft",
            "ค่าที่อยู่ห่างจากค่าอื่น: หมายถึงไม่มีคำตอบหรือไม่ การตรวจจะถามถึงค่าเหล่านี้ และร่างมีบรรทัดสำหรับ study.yml ให้แล้ว",
            [
                f"{own.value}{f' {shown(own.label)}' if own.label else ''} ({own.n:,}): {_listed(own.headers)}"
                for own in found.codes
            ],
        ),
        Part(
            "Personal data? Take these columns out before the file comes into a study",
            "ข้อมูลส่วนบุคคล? ควรลบคอลัมน์เหล่านี้ก่อนนำไฟล์เข้าการศึกษา",
            [shown(own.column.header) for own in found.of("personal")],
        ),
    ]


def _line(own: Guess) -> str:
    """A column in one line. Of personal data, and of what people wrote themselves, no answer is shown."""
    what = ROLES[own.role] + (f" {own.scale}" if own.role in ("scale", "number") and own.scale else "")
    line = f"{shown(own.column.header)}  {what}  {own.n:,}"
    if own.role in ("personal", "text", "metadata", "empty", "choice"):
        return line
    if own.role == "scale" and (values := _values(own)):
        return f"{line}  {values}"
    answers = list(own.answers)
    if own.role in ("scale", "number") and all(parse_number(answer) is not None for answer in answers):
        answers.sort(key=lambda answer: parse_number(answer) or 0)
    return f"{line}  {_listed([own.column.values.get(answer, answer) for answer in answers])}"


def _values(own: Guess) -> str:
    """What each answer of a scale in words was taken for: 1 = disagree, 2 = ...; "" where the file's numbers count."""
    if own.scale == FROM_FILE:
        known = sorted((number, label) for value, label in own.column.values.items()
                       if (number := parse_integer(value)) is not None)  # fmt: skip
        if len(known) < len(own.column.values):
            return ""
        none = [
            (number, label)
            for number, label in known
            if str(number) in own.column.missing
            or (non_answer(label) and not (own.meant and own.meant.read(label).value is not None))
        ]
        points = ", ".join(f"{number} = {shown(label)}" for number, label in known if (number, label) not in none)
        aside = ", ".join(f"{number} = {shown(label)}" for number, label in none)
        return f"{points}; no answer / ไม่มีคำตอบ: {aside}" if aside else points
    if own.meant is None:
        return ""
    said: dict[float, list[str]] = defaultdict(list)
    for answer in own.answers:
        label = own.column.values.get(answer, answer)
        value = own.meant.read(label).value
        if value is not None and unnumbered_words(label) not in said[value]:
            said[value].append(unnumbered_words(label))
    return ", ".join(
        f"{value:g} = {' / '.join(map(shown, said[value])) or '-'}"
        for value in sorted({p.value for p in own.meant.points})
    )


def _listed(names: Sequence[str]) -> str:
    """The first of the names, and how many there are if these are not all."""
    more = f" ... ({len(names)})" if len(names) > _LISTED else ""
    return ", ".join(map(shown, names[:_LISTED])) + more


# --- the command ----------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str]) -> int:
    """Print what the file holds and drafts of a study's files; 1 if it can't be read or they can't be written."""
    parser = argparse.ArgumentParser(prog="python -m thongthin.commands.describe_survey")
    parser.add_argument("files", type=Path, nargs="+", metavar="file")
    parser.add_argument("--waves", action="store_true", help="two files of the same people: before, after")
    parser.add_argument("--form", type=Path, help="the XLSForm of KoboToolbox or ODK, the .lss of LimeSurvey")
    parser.add_argument("--sheet", help="the worksheet with the answers")
    parser.add_argument("--drafts", type=Path, help="a folder, for first drafts of a study's files")
    given = parser.parse_args(arguments)
    problems = Problems()
    paths: list[Path] = given.files
    several = None
    if given.waves and len(paths) != TWO:
        print("--waves takes two files: before, after.\n--waves ใช้กับไฟล์สองไฟล์: ก่อน และ หลัง")
        return 1
    if len(paths) > 1:
        several = read_several(paths, problems, sheet=given.sheet, form=given.form, waves=given.waves)
        file: SurveyFile | None = several.file if several else None
    else:
        file = read_survey_file(paths[0], problems.at(paths[0].name), sheet=given.sheet, form=given.form)
    if file is None or problems.found:
        print(printable(problem_list(problems.found)))
        return 1
    found = draft(file)
    rows, files, respondent = items(found), [], ""
    if several:
        tell_of_files(several, found, problems)
        rows, files = with_waves(rows, found, several.both), several.entries
        respondent = several.respondent if given.waves else ""
    told = [", ".join(path.name for path in paths), described(description(found)), notice_list(problems.notices)]
    print(printable("\n\n".join(filter(None, told))))
    part = survey_part(found, paths[0].name, given.form.name if given.form else None, files, respondent)
    drafts: dict[str, pd.DataFrame | str] = {"survey/items.csv": rows, "survey/survey.yml": part}
    if given.drafts is None:
        return show(drafts)
    if is_header_alone(given.drafts / "sites.csv", SITES.all) and len(places := sites(found)):
        drafts = {"sites.csv": places, **drafts}
    try:
        if into_study(given.drafts, part):
            del drafts["survey/survey.yml"]
            print("\nThe part survey was put into study.yml: correct what was guessed.")
            print("ใส่ส่วน survey ไว้ใน study.yml แล้ว โปรดแก้ส่วนที่เดาไว้")
    except OSError:  # the drafts will not be written either, and that is told
        pass
    return tell_drafts(given.drafts, drafts, ADVICE)


def show(drafts: Mapping[str, pd.DataFrame | str]) -> int:
    """Print the drafts."""
    for name, content in drafts.items():
        text = content if isinstance(content, str) else content.to_csv(index=False, lineterminator="\n")
        print(printable(f"\n--- {name} ---\n{text.rstrip()}"))
    print("\nWith --drafts FOLDER they are written there.\nสั่งพร้อม --drafts FOLDER เพื่อเขียนลงในโฟลเดอร์")
    return 0


if __name__ == "__main__":
    run_command(main)
