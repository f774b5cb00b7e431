"""What a file of coding holds, for an author who has one and doesn't know what is in it.

`python -m thongthin.describe_coding FILE [--study STUDY] [--drafts FOLDER]` prints, in English and Thai: tool and
format; documents; how positions count; codes as a tree, coders, cases with their variables, sets, with the numbers of
passages; how many memos there are. With a study: which participant and which code each of them is, and the problems
that the check would list if the file stood in `coding/`. With a folder: first drafts of a study's files (`drafts`).

Nothing is built, and no file that stands is changed. Ends with 1 where the file can't be read or drafts can't be
written.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pandas as pd

from thongthin.console import command, run_command
from thongthin.file_descriptions import Part, described, new_id, shown, tell_drafts
from thongthin.files import files_in, suffixes_of
from thongthin.language import has_thai, one_line
from thongthin.problems import Problems, notice_list, printable, problem_list
from thongthin.readers.codebook import CODEBOOK, codebook_rows, read_codebook
from thongthin.readers.coding import Coding, own_positions, read_coding
from thongthin.readers.coding.model import CodedFile, Source, ToolCode
from thongthin.readers.coding.names import ENDINGS, Codebook, Participants, path_of
from thongthin.readers.coding.positions import Convention, describe, describe_fit
from thongthin.readers.coding.recognise import read_file
from thongthin.readers.frame import read_participants
from thongthin.readers.interviews import interview_text, read_interviews
from thongthin.readers.text import report_missing
from thongthin.study import Coding as Settings
from thongthin.study import CodingFile, Config, is_identifier, load_config, load_study
from thongthin.tables import TABLES

FORMATS = {
    "refi": "REFI-QDA",
    "taguette": "Taguette",
    "qualcoder": "QualCoder",
    "rqda": "RQDA",
    "nvivo": "NVivo, passages of a code / ข้อความของรหัสหนึ่ง",
    "word": "Word, comments / ความคิดเห็นใน Word",
    "segments": "table of segments / ตารางข้อความ",
    "units": "table of units / ตารางหน่วยข้อความ",
}
KINDS = {"pdf": "PDF", "picture": "picture / ภาพ", "audio": "audio / เสียง", "video": "video / วิดีโอ"}
MEMOS = {
    "project": "the project / โครงการ",
    "source": "documents / เอกสาร",
    "code": "codes / รหัส",
    "case": "cases / กรณี",
    "selection": "passages / ข้อความ",
}
# So many values of a variable, and so many names in a line, are shown.
VALUES, LISTED_NAMES = 5, 20

# What variables may be called (without case and underscores) that columns of participants.csv are drafted from.
VARIABLES = {
    "site_id": ("site", "site id", "พื้นที่", "หน่วยงาน", "อปท", "อปท."),
    "group": ("group", "กลุ่ม", "กลุ่มผู้ให้ข้อมูล"),
    "role": ("role", "position", "บทบาท", "ตำแหน่ง"),
    "sex": ("sex", "gender", "เพศ"),
    "age_band": ("age band", "age group", "age", "ช่วงอายุ", "อายุ"),
    "interviewed_on": ("interviewed on", "interview date", "date of interview", "date", "วันที่สัมภาษณ์", "วันที่"),
}

# What people do with the drafts, in English and in Thai.
ADVICE = (
    "Fill in what is empty, correct what is wrong",
    "เติมช่องที่ว่าง แก้สิ่งที่ไม่ถูกต้อง",
)


class InStudy(NamedTuple):
    """The study that a file is compared with.

    Attributes:
        wrong: the number of problems that its own files have.
    """

    name: str
    codes: pd.DataFrame
    transcripts: pd.DataFrame
    turns: pd.DataFrame
    interviews: Mapping[str, Path]
    settings: Settings
    wrong: int

    def participants(self) -> Participants:
        """To find participants by the documents of a tool."""
        return Participants(dict(zip(self.transcripts["participant_id"], self.transcripts["text"], strict=True)))

    def read(self, path: Path, problems: Problems) -> Coding:
        """The file as if it stood in `coding/` by itself.

        Args:
            problems: bound to the folder of the file with `Problems.at`.
        """
        said = [entry for entry in self.settings.files if entry.file == path.name]
        return read_coding(
            [path],
            self.codes,
            self.transcripts,
            self.turns,
            problems,
            settings=self.settings.model_copy(update={"files": said}),
            interview=lambda participant: interview_text(self.interviews[participant], Problems()),
        )


def read_study_files(root: Path, name: str) -> InStudy:
    """What a file of coding is matched with, of the study `name` in the project folder `root`.

    Problems of these files are counted and not told: the check does that.
    """
    folder, problems = root / "data" / "raw" / name, Problems()

    def table(stem: str) -> Path:
        there = (folder / f"{stem}{suffix}" for suffix in suffixes_of(stem))
        return next((path for path in there if path.is_file()), folder / f"{stem}.csv")

    # The table of sites and the configuration are of no matter here.
    config = load_config(root, Problems()) or Config(studies=[name])
    settings = load_study(root, name, config, problems)
    participants = read_participants(table("participants"), pd.DataFrame({"site_id": []}), None, problems)
    codes = read_codebook(table("codebook"), None, problems)
    files = [Path(path) for path in files_in(folder / "interviews")]
    said = settings.study.interviews if settings else None
    transcripts, turns, _ = read_interviews(files, participants, problems.at("interviews"), said)
    coding = settings.study.coding if settings else Settings()
    return InStudy(name, codes, transcripts, turns, {path.stem: path for path in files}, coding, len(problems))


# --- the description ------------------------------------------------------------------------------------------------


def description(coded: CodedFile, study: InStudy | None = None, coding: Coding | None = None) -> list[Part]:
    """What the file holds, part by part; what it lacks has no lines.

    Args:
        study, coding: to compare with, and the file as it is read in that study.
    """
    of_source = Counter(selection.source for selection in coded.selections)
    of_code = Counter(code for selection in coded.selections for code in dict.fromkeys(selection.codes))
    person: dict[str, list[str]] = {}
    ours: dict[str, list[str]] = {}
    if study:
        participants, codebook, tool = study.participants(), Codebook(study.codes), {c.id: c for c in coded.codes}
        person = {source.id: participants.candidates(source) for source in coded.sources}
        ours = {code.id: codebook.candidates(code, tool) for code in coded.codes}
    parts = [
        Part(
            "Tool, format",
            "โปรแกรม รูปแบบ",
            [", ".join(dict.fromkeys(filter(None, [one_line(coded.tool), FORMATS[coded.format]])))],
        ),
        Part(
            f"Documents: {len(coded.sources)} (characters stored; passages marked)",
            f"เอกสาร {len(coded.sources)} (อักขระที่เก็บไว้; ข้อความที่เลือก)",
            [
                f"{shown(source.name)}{_kind(source)}  {_size(source)}  {of_source[source.id]:,}"
                + (_match(person[source.id]) if study else "")
                for source in coded.sources
            ],
        ),
        _positions(coded, coding),
        Part(
            f"Codes: {len(coded.codes)} (passages; in brackets with those below)",
            f"รหัส {len(coded.codes)} (ข้อความ; ในวงเล็บคือรวมรหัสย่อย)",
            _tree(coded.codes, of_code, {id_: _match(found) for id_, found in ours.items()}),
        ),
        _coders(coded),
        Part(
            f"Cases: {len(coded.cases)} (documents)",
            f"กรณี {len(coded.cases)} (เอกสาร)",
            [f"{shown(case.name)}  {len(case.sources)}" for case in coded.cases],
        ),
        _variables(coded),
        Part(
            f"Sets: {len(coded.sets)} (documents; codes)",
            f"ชุด {len(coded.sets)} (เอกสาร; รหัส)",
            [f"{shown(group.name)}  {len(group.sources)}  {len(group.codes)}" for group in coded.sets],
        ),
        Part(
            f"Memos: {len(coded.memos)}",
            f"บันทึก {len(coded.memos)}",
            [f"{MEMOS[on]}  {times}" for on, times in sorted(Counter(memo.on for memo in coded.memos).items())],
        ),
    ]
    if study and coding:
        parts.append(_in_study(coded, study, coding, of_source, of_code, person, ours))
    return parts


def _kind(source: Source) -> str:
    return f" ({KINDS[source.kind]})" if source.kind in KINDS else ""


def _size(source: Source) -> str:
    return "–" if source.text is None else f"{len(source.text):,}"


def _match(found: Sequence[str]) -> str:
    """What something of the file is in the study: one thing, several, or nothing."""
    return f"  -> {' ? '.join(found) or '?'}"


def _tree(codes: Sequence[ToolCode], times: Mapping[str, int], match: Mapping[str, str]) -> list[str]:
    """The codes, each below the one above it; those that are above each other stand at the end."""
    known = {code.id: code for code in codes}
    below: dict[str, list[str]] = {}
    for code in codes:
        below.setdefault(code.parent if code.parent in known else "", []).append(code.id)
    lines: dict[str, tuple[int, int]] = {}  # id: depth, and with those below
    for root in [*below.get("", ()), *known]:
        if root in lines:
            continue
        waiting, order = [(root, 0)], []
        while waiting:
            id_, depth = waiting.pop()
            if id_ in lines:
                continue
            lines[id_] = depth, times.get(id_, 0)
            order.append(id_)
            waiting += [(child, depth + 1) for child in reversed(below.get(id_, ()))]
        for id_ in reversed(order):
            parent = known[id_].parent
            if id_ != root and parent in lines:
                lines[parent] = lines[parent][0], lines[parent][1] + lines[id_][1]
    return [
        f"{'  ' * min(depth, 20)}{shown(known[id_].name)}  {times.get(id_, 0) if known[id_].codable else '–'}"
        + (f" ({total})" if id_ in below else "")
        + match.get(id_, "")
        for id_, (depth, total) in lines.items()
    ]


def _coders(coded: CodedFile) -> Part:
    passages = Counter(selection.coder for selection in coded.selections)
    documents = Counter(coder for coder, _ in {(s.coder, s.source) for s in coded.selections})
    return Part(
        f"Coders: {len(passages)} (passages; documents)",
        f"ผู้ลงรหัส {len(passages)} (ข้อความ; เอกสาร)",
        [
            f"{shown(coder) if coder else '(the file does not tell / ไฟล์ไม่ระบุ)'}  {times:,}  {documents[coder]:,}"
            for coder, times in sorted(passages.items(), key=lambda item: (-item[1], item[0]))
        ],
    )


def _variables(coded: CodedFile) -> Part:
    values: dict[str, Counter[str]] = {}
    for case in coded.cases:
        for name, value in case.variables.items():
            if value:
                values.setdefault(name, Counter())[value] += 1
    lines = []
    for name, found in values.items():
        listed = ", ".join(shown(value) for value in sorted(found)[:VALUES])
        more = f" ... ({len(found)})" if len(found) > VALUES else ""
        lines.append(f"{shown(name)}  {found.total()}  {listed}{more}")
    return Part(
        f"Variables of cases: {len(values)} (cases; values)",
        f"ตัวแปรของกรณี {len(values)} (กรณี; ค่า)",
        lines,
    )


def _positions(coded: CodedFile, coding: Coding | None) -> Part:
    """How positions count, and in which documents: as compared with a study, else with the texts that are stored."""
    ways: dict[str, list[str]] = {}

    def note(way: tuple[str, str], name: str) -> None:
        ways.setdefault(f"{way[0]} / {way[1]}", []).append(name)

    compared = coding.coding_sources.to_dict("records") if coding else []
    found = {row["source"]: Convention(row["unit"], row["newlines"]) for row in compared if row["unit"]}
    reports = own_positions(coded)
    by_position = {selection.source for selection in coded.selections if selection.start is not None}
    marked = {selection.source for selection in coded.selections if not selection.whole}
    for source in coded.sources:
        report, name = reports.get(source.id), shown(source.name)
        if way := found.get(source.name, found.get(f"{source.name} ({source.id})")):
            note(describe(way), name)
        elif report and report.convention:
            note(describe(report.convention), name)
        elif report and report.failed:
            en, th = ("several ways fit", "เข้าได้หลายวิธี") if report.ambiguous else ("no way fits", "ไม่มีวิธีใดเข้ากัน")
            fit_en, fit_th = describe_fit(report.fits[0])
            note((f"{en} ({fit_en})", f"{th} ({fit_th})"), name)
        elif source.id in by_position:
            note(("the file stores no text to compare with", "ไฟล์ไม่ได้เก็บข้อความไว้ให้เทียบ"), name)
        elif source.id in marked and source.kind in ("text", "pdf"):
            note(("no positions; passages are found by their text", "ไม่มีตำแหน่ง ใช้ตัวข้อความหาที่อยู่"), name)
    return Part(
        "How positions count (documents)",
        "วิธีนับตำแหน่ง (เอกสาร)",
        [
            f"{way}: {len(names)} ({', '.join(names[:VALUES])}{', ...' if len(names) > VALUES else ''})"
            for way, names in ways.items()
        ],
    )


def _in_study(
    coded: CodedFile,
    study: InStudy,
    coding: Coding,
    of_source: Mapping[str, int],
    of_code: Mapping[str, int],
    person: Mapping[str, Sequence[str]],
    ours: Mapping[str, Sequence[str]],
) -> Part:
    """What the study would get, and what would be missing in it."""
    tool = {code.id: code for code in coded.codes}
    counted = coding.coding_sources[["exact", "reanchored", "by_text"]].sum()
    lines = [
        f"segments / ข้อความที่ลงรหัส: {len(coding.codings):,}",
        f"passages placed / ระบุที่ได้: {counted['exact']:,} exactly / ตรงตำแหน่ง, "
        f"{counted['by_text']:,} by text / จากข้อความ, {counted['reanchored']:,} anew / หาที่ใหม่",
    ]

    def listed(en: str, th: str, names: Iterable[str]) -> None:
        if named := list(names):
            more = f", ... ({len(named)})" if len(named) > LISTED_NAMES else ""
            lines.append(f"{en} / {th}: {', '.join(map(shown, named[:LISTED_NAMES]))}{more}")

    listed(
        "marked documents without participant",
        "เอกสารที่มีการลงรหัสแต่ไม่พบผู้ให้ข้อมูล",
        (source.name for source in coded.sources if of_source[source.id] and len(person[source.id]) != 1),
    )
    listed(
        "codes given that are not in the codebook",
        "รหัสที่ใช้แต่ไม่มีในสมุดรหัส",
        (path_of(code, tool) for code in coded.codes if of_code[code.id] and len(ours[code.id]) != 1),
    )
    coded_people = set(coding.coverage["participant_id"])
    listed(
        "participants without coding in this file",
        "ผู้ให้ข้อมูลที่ไม่มีการลงรหัสในไฟล์นี้",
        (participant for participant in study.transcripts["participant_id"] if participant not in coded_people),
    )
    if study.wrong:
        en, th = "the study's own files have problems", "ไฟล์ของการศึกษาเองมีปัญหา"
        lines.append(f"{en} / {th}: {study.wrong} ({command('check', study.name)})")
    return Part(f"In the study {study.name}", f"ในการศึกษา {study.name}", lines)


# --- drafts ---------------------------------------------------------------------------------------------------------


def drafts(coded: CodedFile) -> dict[str, pd.DataFrame | str]:
    """First drafts of a study's files, by path in its folder; what the file does not tell stays empty.

    - `codebook.csv`: the codes, with ids made from their names, and each name and description in the language that it
      is written in.
    - `participants.csv`: a participant for each document, with what variables of its cases, or sets called
      "variable: value", tell; `consent` is nobody's to draft.
    - `sites.csv`: the sites that variables tell or, failing that, sets of documents, or cases of several documents,
      if they part the documents.
    - `interviews/*.txt`: the texts as they are stored, so that positions count in them.
    """
    files: dict[str, pd.DataFrame | str] = {}
    if coded.codes:
        files["codebook.csv"] = _codebook(coded.codes)
    ids: dict[str, str] = {}
    for source in coded.sources:
        if source.kind == "text" or source.text:
            stem = PurePosixPath(source.name.replace("\\", "/")).name
            ending = next((ending for ending in ENDINGS if stem.lower().endswith(ending)), "")
            ids[source.id] = new_id(stem[: len(stem) - len(ending)].strip(), "p", len(ids) + 1, ids.values())
    if ids:
        people, sites = _people(coded, ids)
        files["participants.csv"] = people
        if len(sites):
            files["sites.csv"] = sites
    for source in coded.sources:
        if source.id in ids and source.text and source.text.strip():
            files[f"interviews/{ids[source.id]}.txt"] = source.text
    return files


def _codebook(codes: Sequence[ToolCode]) -> pd.DataFrame:
    # What a tool calls an id need be none of ours ("Budget.Shortage").
    codes = [c if is_identifier(c.details.get("code_id", "")) else replace(c, details={}) for c in codes]
    rows = codebook_rows(codes)
    for row, code in zip(rows, codes, strict=True):
        if not code.details:
            for column, written in (("label", one_line(code.name)), ("definition", code.description.strip())):
                row[f"{column}_th"] = written if has_thai(written) else ""
                row[f"{column}_en"] = "" if has_thai(written) else written
    return pd.DataFrame(rows, columns=list(CODEBOOK.all))


def _people(coded: CodedFile, ids: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Drafts of the tables of participants and of sites.

    Args:
        ids: of the participants, by document.
    """
    variables: dict[str, dict[str, str]] = {id_: {} for id_ in ids}
    # A case of one document says more of it than one of many.
    for case in sorted(coded.cases, key=lambda case: len(case.sources)):
        for source in case.sources:
            for name, value in case.variables.items():
                if source in variables and value:
                    variables[source].setdefault(_key(name), one_line(value))
    sets: dict[str, list[str]] = {id_: [] for id_ in ids}
    cases: dict[str, list[str]] = {id_: [] for id_ in ids}
    for group in coded.sets:
        name, colon, value = one_line(group.name).partition(": ")
        for source in group.sources:
            if source in variables and colon:  # so ATLAS.ti writes the variables of documents
                variables[source].setdefault(_key(name), value)
            elif source in variables:
                sets[source].append(one_line(group.name))
    for case in coded.cases:
        for source in case.sources if len(case.sources) > 1 else ():
            if source in variables:
                cases[source].append(one_line(case.name))
    parting = next((by for by in (sets, cases) if any(by.values()) and all(len(of) < 2 for of in by.values())), {})

    sites: dict[str, str] = {}  # name: id
    rows = []
    for source, participant in ids.items():
        row = {
            column: next((variables[source][name] for name in names if name in variables[source]), "")
            for column, names in VARIABLES.items()
        }
        part = next(iter(parting.get(source, [])), "")
        row["site_id"] = _site(row["site_id"] or part, part, sites)
        rows.append({"participant_id": participant, **row, "consent": ""})
    columns = [column.name for column in TABLES["participants"].columns]
    table = [(id_, name if has_thai(name) else "", "" if has_thai(name) else name, "") for name, id_ in sites.items()]
    return (
        pd.DataFrame(rows, columns=columns, dtype=str),
        pd.DataFrame(table, columns=["site_id", "name_th", "name_en", "type"], dtype=str),
    )


def _site(name: str, group: str, sites: dict[str, str]) -> str:
    """The id of a site, which is added to `sites`; a name may begin with it ("S01 Nam Sai"), or that of its set."""
    if not name or name in sites.values():
        return name
    if group.startswith(f"{name} "):
        name = group
    first, _, rest = name.partition(" ")
    if rest and is_identifier(first) and re.search("[0-9]", first) and sites.get(rest, first) == first:
        sites[rest] = first
        return first
    return sites.setdefault(name, new_id(name, "s", len(sites) + 1, sites.values()))


def _key(name: str) -> str:
    return " ".join(one_line(name).casefold().replace("_", " ").split())


# --- the command ----------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str]) -> int:
    """Print what the file holds; 1 if it can't be read, or drafts can't be written."""
    parser = argparse.ArgumentParser(prog="python -m thongthin.describe_coding")
    parser.add_argument("file", type=Path)
    parser.add_argument("--study", help="a study of data/raw, to compare the file with")
    parser.add_argument("--drafts", type=Path, help="a folder, for first drafts of a study's files")
    given = parser.parse_args(arguments)
    problems = Problems()
    here = problems.at(given.file.name)
    study = read_study_files(Path(), given.study) if given.study else None
    entries = study.settings.files if study else []
    entry = next((e for e in entries if e.file == given.file.name), CodingFile(file=given.file.name))
    coded = None
    if given.file.exists():
        names = Codebook(study.codes).names if study else ()
        coded = read_file(given.file, here, format=entry.format, coder=entry.coder, known=names)
    else:
        report_missing(given.file, here)
    if coded is None:
        print(printable(problem_list(problems.found)))
        return 1
    coding = study.read(given.file, problems.at("coding")) if study else None
    # The file stands in no such folder; and what is wrong with it was found in both readings.
    found, notices = (
        [replace(problem, file=problem.file.removeprefix("coding/")) for problem in listed]
        for listed in (problems.found, problems.notices)
    )
    told = [given.file.name, described(description(coded, study, coding))]
    told += [notice_list(notices), problem_list(found) if found else ""]
    print(printable("\n\n".join(filter(None, told))))
    return tell_drafts(given.drafts, drafts(coded), ADVICE) if given.drafts else 0


if __name__ == "__main__":
    run_command(main)
