"""The coding of a study read as a whole: every format, every way of counting, and what is said where it can't be."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from amount import tried
from coding_files import (
    CODERS,
    CODES,
    ENGLISH,
    FORMATS,
    INTERVIEWS,
    LINES,
    MARKS,
    THAI,
    TRANSCRIPTS,
    Files,
    Mark,
    codes_table,
    commented,
    database,
    expected,
    guid,
    own_project,
    qualcoder,
    refi,
    taguette,
    taguette_table,
    transcripts_table,
    turns_table,
    zipped,
)
from counted import counted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thongthin.basics.language import normalise_text
from thongthin.basics.problems import Problem, Problems, notice_list
from thongthin.contract.coding import Coding as Settings
from thongthin.contract.coding import CodingFile
from thongthin.present.exports.refi import codebook_qdc
from thongthin.read.codebook import read_codebook
from thongthin.read.coding import Coding, read_coding
from thongthin.read.coding.positions import NEWLINES, UNITS, Convention

DATA = Path(__file__).parents[4] / "shared" / "data"
CONVENTIONS = [Convention(unit, newlines, mark) for unit in UNITS for newlines in NEWLINES for mark in (False, True)]
HEADER = "participant,start,end,code,coder,text\n"


def read(
    folder: Path,
    files: Files | Mapping[str, str | bytes],
    said: Settings | None = None,
    *,
    codes: pd.DataFrame | None = None,
    transcripts: pd.DataFrame | None = None,
    interviews: Mapping[str, str] = INTERVIEWS,
) -> tuple[Coding, Problems]:
    """What is read from a folder of coding, and the problems and notices."""
    if not isinstance(files, Files):
        encoded = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
        files = Files(encoded, said or Settings())
    problems = Problems()
    coding = read_coding(
        files.write(folder),
        codes_table() if codes is None else codes,
        transcripts_table() if transcripts is None else transcripts,
        turns_table(),
        problems.at("data/raw/small/coding"),
        settings=files.settings,
        interview=interviews.get,
    )
    return coding, problems


def rows(coding: Coding) -> list[tuple[Any, ...]]:
    columns = ["participant_id", "start", "end", "code_id", "coder", "text"]
    return list(coding.codings[columns].itertuples(index=False, name=None))


def who_read_what(coding: Coding) -> set[tuple[str, str]]:
    """Participant and coder; each has read for all codes."""
    assert len(coding.coverage) == len(CODES) * len(coding.coverage[["participant_id", "coder"]].drop_duplicates())
    return set(zip(coding.coverage["participant_id"], coding.coverage["coder"], strict=True))


def only(problems: Problems) -> Problem:
    (problem,) = problems
    return problem


# --- the same coding in every format --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_coding(tmp_path: Path, name: str) -> None:
    files = FORMATS[name]()
    coding, problems = read(tmp_path, files)
    assert [str(problem) for problem in [*problems, *problems.notices]] == []
    assert rows(coding) == expected()
    assert list(coding.codings["segment_id"][:2]) == ["P01-s001", "P01-s002"]
    assert list(coding.codings["theme_id"].unique()) == ["attitude", "budget", "skills"]
    who = {(mark.participant, mark.coder) for mark in MARKS if mark.codes or files.uncoded}
    assert who_read_what(coding) == who
    assert coding.skipped.empty
    assert coding.reanchored.empty
    sources = coding.coding_sources
    placed = sources[["exact", "by_text"]].sum().sum()
    assert placed == sources["selections"].sum()
    assert set(sources["participant_id"]) == {"P01", "P02", "P03"}


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "not stored"])
@pytest.mark.parametrize("quoted", [True, False], ids=["quoted", "bare"])
@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda c: f"{c.unit}-{c.newlines}-{c.mark}")
def test_a_project_in_every_way_of_counting(tmp_path: Path, convention: Convention, quoted: bool, stored: bool) -> None:
    coding, problems = read(tmp_path, {"x.qdpx": refi(convention, quoted=quoted, stored=stored)})
    assert [str(problem) for problem in [*problems, *problems.notices]] == []
    assert rows(coding) == expected()
    assert set(coding.coding_sources["basis"]) == {"snippets" if quoted else "boundaries"}
    for row in coding.coding_sources.to_dict("records"):
        # The way that is told counts every boundary of a passage as the tool did.
        told = Convention(row["unit"], row["newlines"], convention.mark)
        text = INTERVIEWS[row["participant_id"]]
        passages = [mark.passage.replace("\n", "\r\n") for mark in MARKS if mark.participant == row["participant_id"]]
        for at in (at for p in passages for at in (text.index(p), text.index(p) + len(p))):
            ways = {counted(text, at, replace(told, mark=mark)) for mark in (False, True)}
            assert counted(text, at, convention) in ways


PIECES = ["ก", "น้ํา", "ที่", "\u200b", " ", "\u00a0", "\r\n", "👍🏽", "👩‍👩‍👧", "é", "e\u0301", "ไม่", "๑๒", "x"]
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25)
# A passage that tells all ways of counting apart, behind everything that they count differently.
END = ["\r\n", "👍", "\r\n", "ผู้ให้ข้อมูล: จบแล้วครับ"]


@given(
    st.lists(WORDS, min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 25), st.integers(1, 25)), max_size=5),
    st.sampled_from(CONVENTIONS),
    st.booleans(),
)
@settings(max_examples=tried(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_passages_of_any_texts_come_back_exactly(
    tmp_path: Path, texts: list[list[str]], spans: list[tuple[int, int]], convention: Convention, stored: bool
) -> None:
    participants = [f"P{n}" for n in range(len(texts))]
    pieces = {p: [*"ก:", *words, *END] for p, words in zip(participants, texts, strict=True)}
    raw = {p: "".join(own) for p, own in pieces.items()}
    marked: list[tuple[str, int, int, str]] = []  # participant, code points in the raw text, coder
    wanted: set[tuple[Any, ...]] = set()
    for number, participant in enumerate(participants):
        own = pieces[participant]
        last = (len(own) - 1, len(own))
        for n, (first, length) in enumerate([*spans, last]):
            first, end = (first, length) if (first, length) == last else (first % len(own), first % len(own) + length)
            before, within = "".join(own[:first]), "".join(own[first:end])
            if not normalise_text(within).strip():
                continue
            coder = CODERS[(n + number) % 2]
            marked.append((participant, len(before), len(before) + len(within), coder))
            start, stop = (len(normalise_text(f"{part}.")) - 1 for part in (before, before + within))
            wanted.add((participant, start, stop, "attitude", coder, normalise_text(raw[participant])[start:stop]))
    data = refi_of_spans(raw, marked, convention, stored)
    transcripts = pd.DataFrame(
        {"participant_id": participants, "text": [normalise_text(text) for text in raw.values()]}
    )
    coding, problems = read(tmp_path, {"x.qdpx": data}, transcripts=transcripts, interviews=raw)
    assert [str(problem) for problem in problems] == []
    assert set(rows(coding)) == wanted


def refi_of_spans(
    texts: Mapping[str, str], marked: Sequence[tuple[str, int, int, str]], convention: Convention, stored: bool
) -> bytes:
    """A .qdpx in which these spans are named by their text and coded with one code."""
    sources = ""
    for participant, text in texts.items():
        own = ""
        for n, (who, start, end, coder) in enumerate(marked):
            if who == participant:
                quoted = text[start:end].replace("\r\n", " ")  # what XML makes of line ends in a name
                own += (
                    f'<PlainTextSelection guid="{guid("s", n)}" name="{quoted}" creatingUser="{guid("user", coder)}"'
                    f' startPosition="{counted(text, start, convention)}"'
                    f' endPosition="{counted(text, end, convention)}">'
                    f'<Coding guid="{guid("g", n)}"><CodeRef targetGUID="{guid("code")}"/></Coding>'
                    "</PlainTextSelection>"
                )
        sources += (
            f'<TextSource guid="{guid("source", participant)}" name="{participant}"'
            f' plainTextPath="internal://{participant}.txt">{own}</TextSource>'
        )
    users = "".join(f'<User guid="{guid("user", coder)}" name="{coder}"/>' for coder in CODERS)
    code = f'<Code guid="{guid("code")}" name="attitude" isCodable="true"/>'
    qde = (
        f"<Project><Users>{users}</Users><CodeBook><Codes>{code}</Codes></CodeBook>"
        f"<Sources>{sources}</Sources></Project>"
    )
    files = {f"sources/{participant}.txt": text.encode() for participant, text in texts.items()} if stored else {}
    return zipped({"project.qde": qde.encode(), **files})


# --- documents that drifted, and ways of counting that can't be found -----------------------------------------------


def edited(participant: str, old: str, new: str) -> dict[str, str]:
    """The interviews as they were coded, one of them other than it is now."""
    assert old in INTERVIEWS[participant]
    return {**INTERVIEWS, participant: INTERVIEWS[participant].replace(old, new)}


def test_a_document_that_drifted_is_placed_anew_where_its_passages_stand_once(tmp_path: Path) -> None:
    then = edited("P01", "ทำงานที่นี่", "ทำงานที่นี่มานานแล้ว")
    coding, problems = read(tmp_path, {"x.qdpx": refi(Convention("utf16"), texts=then, counted_in=then)})
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == expected()
    of_p01 = [row for row in expected() if row[0] == "P01"]
    columns = ["participant_id", "start", "end", "code_id", "coder", "text"]
    assert list(coding.reanchored[columns].itertuples(index=False, name=None)) == of_p01
    assert set(coding.reanchored["file"]) == {"data/raw/small/coding/x.qdpx"}
    assert coding.reanchored["place"].str.match("selection ").all()
    assert set(coding.reanchored["segment_id"]) == {f"P01-s{n:03d}" for n in range(1, len(of_p01) + 1)}
    sources = coding.coding_sources.set_index("participant_id")
    assert list(sources.loc[["P01", "P02", "P03"], "reanchored"]) == [6, 0, 0]
    assert len(problems.notices) == 1
    told = notice_list(problems.notices)
    number, at = len({row[1:3] for row in of_p01}), f"{of_p01[0][1]}-{of_p01[0][2]}"
    assert f'{number} passages of "P01" found elsewhere than this file says; the first: selection ' in told
    assert f'"ทำงานหนักแต่สนุก", now at {at}.' in told
    assert f'พบข้อความ {number} แห่งของ "P01" ต่างจากตำแหน่งที่ไฟล์นี้ระบุ แห่งแรก: ส่วนที่เลือก ' in told
    assert f'"ทำงานหนักแต่สนุก" ปัจจุบันอยู่ที่ {at}' in told


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "not stored"])
def test_short_answers_of_an_interview_that_got_labels_later(tmp_path: Path, stored: bool) -> None:
    """Coded without labels; "yes" stands in many places, and the transcript has labels and a head now."""
    answers = [f"Well, yes. I can say that of number {n}." if n % 3 else "Or no. Then yes again." for n in range(12)]
    asked = [f"What about {'abcdefghijkl'[n] * 4}?" for n in range(12)]
    then = "\r\n".join(line for pair in zip(asked, answers, strict=True) for line in pair)
    now = "Interview of 12 March\n" + "\n".join(
        f"Interviewer: {question}\nParticipant: {answer}" for question, answer in zip(asked, answers, strict=True)
    )
    places = [found.start() for found in re.finditer("yes", then)]
    marked = [("P01", at, at + 3, CODERS[n % 2]) for n, at in enumerate(places)]
    marked += [("P01", at, at + 10, "SK") for at in (found.start() for found in re.finditer("What about", then))]
    data = {"x.qdpx": refi_of_spans({"P01": then}, marked, Convention("utf16"), stored)}
    transcripts = pd.DataFrame({"participant_id": ["P01"], "text": [now]})
    coding, problems = read(tmp_path, data, transcripts=transcripts, interviews={"P01": now})
    if not stored:  # what it quotes stands in many places, and has moved by more from turn to turn
        assert rows(coding) == []
        assert only(problems).kind in ("positions", "unplaced")
        return
    assert [str(problem) for problem in problems] == []
    assert [row[1] for row in rows(coding)] == sorted(found.start() for found in re.finditer("yes|What about", now))
    assert [notice.kind for notice in problems.notices] == ["reanchored"]
    assert problems.notices[0].en.startswith('24 passages of "P01" found elsewhere than this file says; the first: ')


def test_where_no_text_is_stored_the_quotes_of_a_project_place_its_passages(tmp_path: Path) -> None:
    then = {p: text.replace("ผู้สัมภาษณ์: ", "", 1) for p, text in INTERVIEWS.items()}  # the first label came later
    coding, problems = read(tmp_path, {"x.qdpx": refi(counted_in=then, stored=False, quoted=True)})
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == expected()
    told = [notice.kind for notice in problems.notices]
    assert told == ["reanchored"] * coding.reanchored["participant_id"].nunique() != []


def test_passages_of_a_document_that_drifted_which_stand_twice_or_nowhere_are_problems(tmp_path: Path) -> None:
    then = edited("P01", "ทำงานที่นี่", "ทำงานแห่งนี้มานาน")
    marks = [
        Mark("P01", "ทํางานหนัก\u200bแต่สนุก", ("attitude",), "SK"),
        Mark("P01", "ทักษะ", ("skills",), "SK"),
        Mark("P01", "ทำงานแห่งนี้มานาน", ("skills",), "SK"),
        Mark("P01", "คนรุ่น", ("skills",), "SK"),
    ]
    then["P01"] = then["P01"].replace("คนรุ่นใหม่พร้อม ", "")  # now it stands twice
    coding, problems = read(tmp_path, {"x.qdpx": refi(texts=then, counted_in=then, marks=marks, quoted=True)})
    assert [row[5] for row in rows(coding)] == ["ทำงานหนักแต่สนุก", "ทักษะ"]
    problem = only(problems)
    assert (problem.kind, problem.file) == ("unplaced", "data/raw/small/coding/x.qdpx")
    assert problem.en.startswith('Cannot place 2 of 4 passages in "P01". Nowhere in the transcript: selection ')
    assert '"ทำงานแห่งนี้มานาน". In several places, and nothing says which one is meant: selection ' in problem.en
    assert problem.en.endswith('"คนรุ่น".')
    assert problem.th.startswith('ระบุที่ของข้อความ 2 จาก 4 แห่งใน "P01" ไม่ได้ ไม่พบในบทสัมภาษณ์: ส่วนที่เลือก ')
    assert '"ทำงานแห่งนี้มานาน" ปรากฏหลายแห่ง และไม่มีสิ่งใดบอกว่าหมายถึงแห่งใด: ส่วนที่เลือก ' in problem.th


ONE_WAY = [mark for mark in MARKS if mark.participant == "P01"]
# Alone, it fits several ways of counting: each of them takes in other words.
LOOSE = Mark("P03", "ช่วย 📱", ("attitude",), "SK")


@pytest.mark.parametrize(
    "convention", [Convention("utf16", "lf"), Convention("utf8"), Convention("code_points", "crlf")]
)
def test_a_document_that_cannot_decide_follows_the_others(tmp_path: Path, convention: Convention) -> None:
    marks = [*ONE_WAY, LOOSE]
    coding, problems = read(tmp_path, {"x.qdpx": refi(convention, marks=marks)})
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == expected(marks)


def test_a_document_whose_ways_differ_in_white_space_only_follows_the_others(tmp_path: Path) -> None:
    marks = [*ONE_WAY, Mark("P03", "หลานช่วย 📱 ให้ทุกครั้ง", ("attitude",), "SK")]
    coding, problems = read(tmp_path, {"x.qdpx": refi(Convention("utf16"), marks=marks)})
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == expected(marks)


def test_a_tie_between_ways_of_counting_stops_and_tells_them(tmp_path: Path) -> None:
    coding, problems = read(tmp_path, {"x.qdpx": refi(marks=[LOOSE])})
    assert rows(coding) == []
    problem = only(problems)
    assert (problem.kind, problem.file) == ("positions", "data/raw/small/coding/x.qdpx")
    assert problem.en.startswith(
        'Several ways of counting positions fit the selections of "P03", with different passages. Tried: '
    )
    assert "0 of 1 are whole lines, " in problem.en
    assert "(code points, line ends as stored" in problem.en
    assert problem.th.startswith('ข้อความที่เลือกใน "P03" เข้ากับวิธีนับตำแหน่งได้หลายวิธี และได้ข้อความต่างกัน ที่ลองแล้ว: ')
    assert "หน่วย UTF-16" in problem.th
    assert problem.hint_en.startswith("Export in a format that holds the text of the selections")
    assert problem.hint_th.startswith("ส่งออกในรูปแบบที่มีข้อความที่เลือกด้วย")


def test_others_that_count_in_two_ways_decide_nothing(tmp_path: Path) -> None:
    by_unit = {"P01": Convention("utf16"), "P02": Convention("utf8")}
    marks = [mark for mark in MARKS if mark.participant != "P03"] + [LOOSE]
    data = {
        p: refi(way, marks=[mark for mark in marks if mark.participant == p], quoted=True) for p, way in by_unit.items()
    }
    data["P03"] = refi(marks=[LOOSE])
    coding, problems = read(tmp_path, {"x.qdpx": merged(data)})
    assert rows(coding) == expected(mark for mark in marks if mark.participant != "P03")
    assert only(problems).en.startswith('Several ways of counting positions fit the selections of "P03"')


def merged(projects: Mapping[str, bytes]) -> bytes:
    """A project that has each document from the project of that name."""
    qde = {name: zipfile.ZipFile(io.BytesIO(data)).read("project.qde").decode() for name, data in projects.items()}
    parts = {
        name: next(source for source in re.findall(r"<TextSource .*?</TextSource>", text) if f'name="{name}"' in source)
        for name, text in qde.items()
    }
    first = next(iter(qde.values()))
    whole = re.sub(r"<Sources>.*</Sources>", f"<Sources>{''.join(parts.values())}</Sources>", first)
    files = {f"sources/{name}.txt": INTERVIEWS[name].encode() for name in projects}
    return zipped({"project.qde": whole.encode(), **files})


def test_a_document_that_fits_nothing_stops_and_tells_what_was_tried(tmp_path: Path) -> None:
    other = {**INTERVIEWS, "P01": "ข้อความอื่นทั้งหมด " * 30}
    data = refi(texts=other, quoted=True)  # the positions and the passages are those of the true text
    coding, problems = read(tmp_path, {"x.qdpx": data})
    assert {row[0] for row in rows(coding)} == {"P02", "P03"}
    problem = only(problems)
    assert problem.en.startswith(
        'No way of counting positions fits the selections of "P01". Tried: 0 of 6 read as quoted ('
    )
    assert "UTF-8 bytes, line ends as stored" in problem.en
    assert problem.th.startswith('ไม่มีวิธีนับตำแหน่งใดเข้ากับข้อความที่เลือกใน "P01" ที่ลองแล้ว: ตรงกับข้อความที่อ้าง 0 จาก 6 (')
    assert "ไบต์ UTF-8 นับการขึ้นบรรทัดตามที่เก็บไว้" in problem.th
    assert problem.hint_en.startswith("Was the text changed after it was coded?")
    assert problem.hint_th.startswith("มีการแก้ข้อความหลังลงรหัสหรือไม่")


def test_a_document_that_the_reader_could_not_take_in_stops_nothing_else(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(refi(quoted=True))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["project.qde"] = re.sub(rb'<TextSource guid="[^"]*"', b"<TextSource", files["project.qde"], count=1)
    coding, problems = read(tmp_path, {"x.qdpx": zipped(files)})
    assert only(problems).kind == "no-id"
    assert rows(coding) == [row for row in expected() if row[0] != "P01"]


# --- tables of units --------------------------------------------------------------------------------------------------


def units(coder: str, cells: Mapping[str, Sequence[str]]) -> str:
    """A table with a row for each line of an interview, and what its two code cells hold."""
    lines = ["participant,text,Code 1,Code 2"]
    for participant, given_ in cells.items():
        for line, codes in zip(LINES[participant].split("\n"), given_, strict=True):
            lines.append(f'{participant},"{line}",{codes or ","}')
    return "\n".join(lines) + "\n"


UNITS_SK = {"P01": ["none,", "attitude,", "budget_need,attitude", "", "skills,"], "P03": ["-,", "ไม่มี,"]}
UNITS_NP = {"P01": ["", "", "ขาดแคลน,", "none,", "none,"]}


def test_tables_of_units_tell_a_blank_from_no_code(tmp_path: Path) -> None:
    np = {"P01": ["", "", "budget_need,", "none,", "none,"]}
    coding, problems = read(tmp_path, {"SK.csv": units("SK", UNITS_SK), "นพ.csv": units("นพ", np)})
    assert [str(problem) for problem in problems] == []
    lines = TRANSCRIPTS["P01"].split("\n")
    starts = [TRANSCRIPTS["P01"].index(line) for line in lines]

    def row(line: int, code: str, coder: str) -> tuple[Any, ...]:
        return "P01", starts[line], starts[line] + len(lines[line]), code, coder, lines[line]

    assert rows(coding) == [
        row(1, "attitude", "SK"),
        row(2, "attitude", "SK"),
        row(2, "budget_need", "SK"),
        row(2, "budget_need", "นพ"),
        row(4, "skills", "SK"),
    ]
    assert who_read_what(coding) == {("P01", "SK"), ("P03", "SK"), ("P01", "นพ")}
    blank = [(line, coder) for coder, line in (("SK", 3), ("นพ", 0), ("นพ", 1))]
    assert list(coding.skipped[["participant_id", "coder", "start", "end"]].itertuples(index=False, name=None)) == [
        ("P01", coder, starts[line], starts[line] + len(lines[line])) for line, coder in blank
    ]
    assert set(coding.coding_sources["basis"]) == {"text"}


def test_a_table_of_0_and_1_says_the_same_and_leaves_open_what_is_blank(tmp_path: Path) -> None:
    header = ["participant", "turn", "attitude", "ขาดแคลน (งบ)", "skills"]
    given_ = {1: "0,0,0", 2: "1,0,0", 3: "1,1,", 4: ",,", 5: "0,,1"}
    text = ",".join(header).replace("ขาดแคลน (งบ)", "budget_need") + "\n"
    text += "".join(f"P01,{turn},{cells}\n" for turn, cells in given_.items())
    coding, problems = read(tmp_path, {"SK.csv": text})
    assert [str(problem) for problem in problems] == []
    lines = TRANSCRIPTS["P01"].split("\n")
    starts = [TRANSCRIPTS["P01"].index(line) for line in lines]
    assert [(start, code) for _, start, _, code, _, _ in rows(coding)] == [
        (starts[1], "attitude"),
        (starts[2], "attitude"),
        (starts[2], "budget_need"),
        (starts[4], "skills"),
    ]
    assert who_read_what(coding) == {("P01", "SK")}
    # What was left blank: one code of a line, or the line ("": for all codes).
    assert sorted(zip(coding.skipped["start"], coding.skipped["code_id"], strict=True)) == [
        (starts[2], "skills"),
        (starts[3], ""),
        (starts[4], "budget_need"),
    ]


def test_a_table_of_0_and_1_for_whole_interviews(tmp_path: Path) -> None:
    coding, problems = read(tmp_path, {"SK.csv": "participant,attitude,skills\nP01,1,\nP02,0,0\n"})
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == [("P01", 0, len(TRANSCRIPTS["P01"]), "attitude", "SK", TRANSCRIPTS["P01"])]
    read_for = coding.coverage.groupby("participant_id")["code_id"].agg(set)
    assert read_for["P01"] == {code for code, *_ in CODES} - {"skills"}  # a blank: nobody decided
    assert read_for["P02"] == {code for code, *_ in CODES}
    assert coding.skipped.empty


def test_a_turn_that_is_not_there(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"SK.csv": "participant,turn,Code 1\nP01,99,attitude\n"})
    problem = only(problems)
    assert (problem.row, problem.en) == (2, 'The interview of "P01" has no turn "99".')
    assert problem.th == 'บทสัมภาษณ์ของ "P01" ไม่มีช่วงพูด "99"'


# --- names of documents, codes and coders ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [
        {"P01": "P01.docx", "P02": "P02_SK", "P03": "Interview P03 (final).txt"},
        {"P01": r"C:\งาน\p01.DOC", "P02": "บทสัมภาษณ์P02", "P03": "P03-ครั้งที่ 2"},
        {"P01": "ปลัด", "P02": "ผู้ใช้บริการ", "P03": "เกษตรกร"},  # by their texts
    ],
)
def test_documents_are_known_by_their_names_or_by_their_texts(tmp_path: Path, names: dict[str, str]) -> None:
    coding, problems = read(tmp_path, {"x.qdpx": refi(names=names, quoted=True)})
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == expected()
    assert dict(zip(coding.coding_sources["participant_id"], coding.coding_sources["source"], strict=True)) == names


def test_documents_that_are_nobodys_or_could_be_several_peoples(tmp_path: Path) -> None:
    names = {"P01": "P1", "P02": "P02 and P03", "P03": "P03"}
    changed = {participant: text.replace("\r\n", "\r\n ") + " x" for participant, text in INTERVIEWS.items()}
    data = refi(names=names, texts=changed, counted_in=changed, quoted=True, marks=[MARKS[0], MARKS[3], LOOSE])
    coding, problems = read(tmp_path, {"x.qdpx": data})
    assert [row[0] for row in rows(coding)] == ["P03"]
    unknown, several = problems
    assert (unknown.kind, unknown.en, unknown.th, unknown.hint_en) == (
        "unknown-participant",
        'There is no interview of "P1".',
        'ไม่มีบทสัมภาษณ์ของ "P1"',
        'Did you mean "P01"?',
    )
    assert (several.kind, several.en, several.th) == (
        "ambiguous-participant",
        '"P02 and P03" could be the interview of any of these: "P02", "P03".',
        '"P02 and P03" อาจเป็นบทสัมภาษณ์ของคนใดก็ได้ในนี้: "P02", "P03"',
    )
    assert several.hint_th.startswith("ตั้งชื่อเอกสารในโปรแกรมลงรหัส")


@pytest.mark.parametrize("called", [THAI, ENGLISH, {code: code.upper() for code, *_ in CODES}])
def test_codes_are_known_by_id_and_by_either_label(tmp_path: Path, called: dict[str, str]) -> None:
    table = HEADER + "".join(
        f"P01,{start},{end},{called[code] if called[code] not in ('ขาดแคลน', 'Shortage') else code},{coder},\n"
        for participant, start, end, code, coder, _ in expected()
        if participant == "P01"
    )
    coding, problems = read(tmp_path, {"coding.csv": table})
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == [row for row in expected() if row[0] == "P01"]


def test_codes_that_are_none_or_could_be_several(tmp_path: Path) -> None:
    rows_ = ["P01,0,5,Shortage,SK,", "P01,0,5,งบประมาน,SK,", "P01,5,9,Shortage,SK,", "P01,5,9,Skills > Shortage,SK,"]
    coding, problems = read(tmp_path, {"coding.csv": HEADER + "\n".join(rows_) + "\n"})
    assert [row[3] for row in rows(coding)] == ["skills_need"]
    several, unknown = problems
    assert (several.kind, several.row, several.en, several.th) == (
        "ambiguous-code",
        2,
        '"Shortage" could be any of these codes: "budget_need", "skills_need". Also in row 4.',
        '"Shortage" อาจเป็นรหัสใดก็ได้ในนี้: "budget_need", "skills_need" พบอีกในแถว 4',
    )
    assert several.hint_en == "Call it by its id, or with the code above it."
    assert (unknown.kind, unknown.row, unknown.en, unknown.hint_en) == (
        "unknown-code", 3, '"งบประมาน" is not a code of the codebook.', 'Did you mean "งบประมาณ"?'
    )  # fmt: skip
    assert (unknown.th, unknown.hint_th) == ('ไม่มีรหัส "งบประมาน" ในสมุดรหัส', 'หมายถึง "งบประมาณ" หรือไม่')


def test_a_code_of_a_project_that_is_not_in_the_codebook(tmp_path: Path) -> None:
    codes = codes_table()
    coding, problems = read(tmp_path, {"x.qdpx": refi(quoted=True)}, codes=codes[codes["code_id"] != "attitude"])
    assert "attitude" not in {row[3] for row in rows(coding)}
    assert only(problems).en == '"ทัศนคติ" is not a code of the codebook. Given 4 times.'
    assert only(problems).th == 'ไม่มีรหัส "ทัศนคติ" ในสมุดรหัส ใช้ 4 ครั้ง'
    assert only(problems).row is None


def test_a_comment_that_is_no_code_may_be_a_remark(tmp_path: Path) -> None:
    marks = [Mark("P03", "หลานช่วย 📱", ("น่าสนใจ",), "SK"), Mark("P03", "พิมพ์ไม่เป็น", ("note: ถามต่อ",), "SK")]
    data = commented(LINES["P03"], marks)
    _, problems = read(tmp_path, {"P03.docx": data})
    assert only(problems).en == '"น่าสนใจ" is not a code of the codebook. Given 1 time.'
    assert only(problems).hint_en.endswith('A mere remark begins with "note:".')
    assert only(problems).hint_th.endswith('ข้อสังเกตที่ไม่ใช่รหัสให้ขึ้นต้นด้วย "หมายเหตุ:"')


def test_our_own_export_is_known_by_the_ids_that_it_notes(tmp_path: Path) -> None:
    """Also where labels were changed since, and back through the codebook that it writes."""
    codes = codes_table().assign(label_th=[f"ใหม่ {n}" for n in range(len(CODES))])
    coding, problems = read(tmp_path, own_project(), codes=codes)
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == expected()
    (tmp_path / "codebook.qdc").write_bytes(codebook_qdc(codes_table(), study="small", language="th"))
    back = read_codebook(tmp_path / "codebook.qdc", None, problems.at("codebook.qdc"))
    columns = list(codes_table().columns)
    pd.testing.assert_frame_equal(back[columns].reset_index(drop=True), codes_table(), check_dtype=False)


def test_a_coder_in_two_spellings(tmp_path: Path) -> None:
    table = HEADER + "P01,0,5,skills,SK,\nP01,5,9,skills,s.k.,\nP01,9,12,skills,SK,\n"
    _, problems = read(tmp_path, {"coding.csv": table})
    problem = only(problems)
    assert (problem.file, problem.row, problem.en, problem.th) == (
        "data/raw/small/coding/coding.csv",
        3,
        'The coder "s.k." (rows: 1) seems to be "SK" (rows: 2).',
        'ผู้ลงรหัส "s.k." (1 แถว) น่าจะเป็นคนเดียวกับ "SK" (2 แถว)',
    )


def test_a_coder_spelt_otherwise_in_another_tool(tmp_path: Path) -> None:
    marks = [mark._replace(coder="SK") for mark in MARKS[:5]]
    files = {"x.qdpx": refi(marks=marks, quoted=True), "y.csv": HEADER + "P02,0,5,skills,sk,\n"}
    _, problems = read(tmp_path, files)
    assert [(p.kind, p.file.rpartition("/")[2]) for p in problems] == [("coder-spelling", "y.csv")]


def test_coders_of_several_tools_come_together(tmp_path: Path) -> None:
    one = refi(marks=[mark for mark in MARKS if mark.coder == "SK"], quoted=True)
    two = taguette_table("csv")
    name = next(name for name in two.files if "นพ" in name)
    coding, problems = read(tmp_path, {"SK.qdpx": one, name: two.files[name]}, two.settings.model_copy(
        update={"files": [entry for entry in two.settings.files if entry.file == name]}
    ))  # fmt: skip
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == expected()
    assert list(coding.coding_sources["format"]) == ["refi"] * 3 + ["taguette"] * 2


# --- rows and coverage ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "en", "th"),
    [
        ("P01,0,9999,skills,SK,", "Positions outside the text, or within a character: row 2", "ตำแหน่งอยู่นอกข้อความ"),
        ("P01,9,3,skills,SK,", "Positions outside the text, or within a character: row 2", "ตำแหน่งอยู่นอกข้อความ"),
        ("P01,x,3,skills,SK,แล้วเรื่อง", '"x" is not a whole number.', '"x" ไม่ใช่จำนวนเต็ม'),
        ("P01,,,skills,SK,ไม่มีที่ใด", 'Nowhere in the transcript: "ไม่มีที่ใด"', 'ไม่พบในบทสัมภาษณ์: "ไม่มีที่ใด"'),
        ("P01,,,skills,SK,คนรุ่น", 'which one is meant: "คนรุ่น"', "ปรากฏหลายแห่ง"),
        ("P1,0,3,skills,SK,", 'There is no interview of "P1".', 'ไม่มีบทสัมภาษณ์ของ "P1"'),
        ("P01,0,3,skill,SK,", '"skill" is not a code of the codebook.', 'ไม่มีรหัส "skill" ในสมุดรหัส'),
        ("P01,0,3,skills,,", "This cell must not be empty.", "ช่องนี้ต้องไม่ว่าง"),
        ("P01,0,3,,SK,", "This cell must not be empty.", "ช่องนี้ต้องไม่ว่าง"),
    ],
)
def test_wrong_rows_of_our_own_table(tmp_path: Path, row: str, en: str, th: str) -> None:
    _, problems = read(tmp_path, {"coding.csv": f"{HEADER}{row}\n"})
    problem = only(problems)
    assert (problem.file, problem.row) == ("data/raw/small/coding/coding.csv", 2)
    assert en in problem.en
    assert th in problem.th


def test_a_row_whose_positions_and_text_disagree_is_placed_by_its_text_and_told(tmp_path: Path) -> None:
    good = "".join(
        f"{p},{s},{e},{code},{coder},{text}\n" for p, s, e, code, coder, text in expected() if "\n" not in text
    )
    coding, problems = read(tmp_path, {"coding.csv": HEADER + good + "P03,0,9,skills,SK,ให้ทุกครั้ง\n"})
    assert [str(problem) for problem in problems] == []
    (row,) = coding.reanchored.to_dict("records")
    assert (row["text"], row["place"]) == ("ให้ทุกครั้ง", f"row {good.count(chr(10)) + 2}")
    (notice,) = problems.notices
    assert notice.row == good.count("\n") + 2


def test_the_same_segment_twice(tmp_path: Path) -> None:
    coding, problems = read(tmp_path, {"coding.csv": HEADER + "P01,0,5,skills,SK,\nP01,0,5,skills,SK,\n"})
    assert len(coding.codings) == 1
    assert [(p.kind, p.row, p.th) for p in problems] == [
        ("double-segment", 3, "ผู้ลงรหัสคนเดียวกันให้รหัสนี้กับข้อความนี้ไว้แล้วในแถวก่อน")
    ]


def test_a_coverage_table_says_who_read_what(tmp_path: Path) -> None:
    coverage = "participant,coder,code\nP01,SK,\nP01,นพ,skills\nP03,นพ,\n"
    coding, problems = read(tmp_path, {"coding.csv": HEADER + "P01,0,5,budget,SK,\n", "coverage.csv": coverage})
    assert [str(problem) for problem in problems] == []
    every = [code for code, *_ in CODES]
    assert list(coding.coverage.itertuples(index=False, name=None)) == [
        *(("P01", "SK", code) for code in every),
        ("P01", "นพ", "skills"),  # a code stands for those below it
        ("P01", "นพ", "skills_need"),
        *(("P03", "นพ", code) for code in every),
    ]


def test_a_segment_that_the_coverage_table_rules_out(tmp_path: Path) -> None:
    files = {"coding.csv": HEADER + "P01,0,5,budget,SK,\n", "coverage.csv": "participant,coder,code\nP01,SK,skills\n"}
    _, problems = read(tmp_path, files)
    problem = only(problems)
    assert (problem.file, problem.row) == ("data/raw/small/coding/coding.csv", 2)
    assert problem.en == 'By the coverage table, "SK" did not read "P01" for "budget".'
    assert problem.th == 'ตามตาราง coverage "SK" ไม่ได้อ่าน "P01" สำหรับรหัส "budget"'


def test_what_a_coverage_table_names_and_is_not_there(tmp_path: Path) -> None:
    coverage = "participant,coder,code\nP01,SK,\nP9,SK,\nP01,SK,skils\nP02,,\n"
    _, problems = read(tmp_path, {"coding.csv": HEADER + "P01,0,5,budget,SK,\n", "coverage.csv": coverage})
    assert [(p.kind, p.row, p.column) for p in problems] == [
        ("unknown-participant", 3, "participant"),
        ("unknown-code", 4, "code"),
        ("empty-cell", 5, "coder"),
    ]


# --- what study.yml says of the coding --------------------------------------------------------------------------------


def told(**entry: Any) -> Settings:
    return Settings(files=[CodingFile(**entry)])


def test_study_yml_tells_the_coder_where_the_file_does_not(tmp_path: Path) -> None:
    files = {name: data for name, data in taguette_table("csv").files.items() if "SK" in name}
    (name,) = files
    _, problems = read(tmp_path, files)
    problem = only(problems)
    assert (problem.kind, problem.en) == ("no-coder", "This file does not tell who coded (passages: 5).")
    assert problem.th == "ไฟล์นี้ไม่บอกว่าใครเป็นผู้ลงรหัส (ข้อความ: 5)"
    assert problem.hint_en.startswith(f'Say so in study.yml: coding: {{files: [{{file: "{name}", coder: SK}}]}}')
    coding, problems = read(tmp_path, files, told(file=name, coder="SK"))
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == expected(mark for mark in MARKS if mark.coder == "SK")


def test_study_yml_tells_the_unit_where_the_selections_leave_it_open(tmp_path: Path) -> None:
    text = "ผู้สัมภาษณ์: หนึ่ง\r\nผู้ให้ข้อมูล: สอง\r\nผู้ให้ข้อมูล: สาม 👍ดีมาก ดีมาก"
    interviews = {"P01": text}
    passages = ["ผู้สัมภาษณ์: หนึ่ง", "ผู้ให้ข้อมูล: สอง", "ผู้ให้ข้อมูล: สาม 👍"]
    marks = [Mark("P01", passage, ("skills",), "SK") for passage in passages]
    data = {"x.qdpx": refi(Convention("utf16"), texts=interviews, counted_in=interviews, marks=marks)}
    transcripts = pd.DataFrame({"participant_id": ["P01"], "text": [normalise_text(text)]})
    _, problems = read(tmp_path, data, transcripts=transcripts)
    assert only(problems).en.startswith("Several ways of counting positions fit")
    coding, problems = read(tmp_path, data, told(file="x.qdpx", unit="utf16"), transcripts=transcripts)
    assert [str(problem) for problem in problems] == []
    assert list(coding.codings["text"]) == passages
    assert list(coding.coding_sources["unit"]) == ["utf16"]


def test_a_unit_that_study_yml_tells_is_not_taken_against_what_the_file_quotes(tmp_path: Path) -> None:
    data = {"x.qdpx": refi(Convention("utf16"), quoted=True)}
    coding, problems = read(tmp_path, data, told(file="x.qdpx", unit="utf8"))
    assert rows(coding) == []
    assert {problem.kind for problem in problems} == {"positions"}
    first = problems.found[0]
    assert first.en.startswith('By study.yml, positions in "P01" count UTF-8 bytes; what is selected there speaks')
    assert "6 of 6 read as quoted (UTF-16 units" in first.en  # what would fit
    assert first.th.startswith('study.yml ระบุว่าตำแหน่งใน "P01" นับเป็นไบต์ UTF-8 แต่ข้อความที่เลือกไว้ไม่ตรงตามนั้น')
    coding, problems = read(tmp_path / "right", data, told(file="x.qdpx", unit="utf16"))
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == expected()


def test_study_yml_tells_that_passages_without_a_place_are_left_out(tmp_path: Path) -> None:
    marks = [*MARKS, Mark("P03", "หลานช่วย", ("attitude",), "SK")]
    then = edited("P03", "หลาน", "ลูกสาว")
    coded = [
        mark._replace(passage=mark.passage.replace("หลาน", "ลูกสาว")) if mark.participant == "P03" else mark
        for mark in marks
    ]
    data = {"x.qdpx": refi(texts=then, counted_in=then, quoted=True, marks=coded)}
    kept = [mark for mark in MARKS if mark.participant != "P03"]
    coding, problems = read(tmp_path, data)
    problem = only(problems)
    assert (problem.kind, problem.row) == ("unplaced", None)
    assert 'Cannot place 2 of 2 passages in "P03". Nowhere in the transcript: selection ' in problem.en
    assert 'say in study.yml: coding: {files: [{file: "x.qdpx", unplaced: leave_out}]}' in problem.hint_en
    assert list(coding.coding_sources["left_out"]) == [0, 0, 0]
    # What the hint says works: it is told still, and counted.
    coding, problems = read(tmp_path / "without", data, told(file="x.qdpx", unplaced="leave_out"))
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == expected(kept)
    assert dict(zip(coding.coding_sources["participant_id"], coding.coding_sources["left_out"], strict=True)) == {
        "P01": 0, "P02": 0, "P03": 2
    }  # fmt: skip
    (notice,) = problems.notices
    assert notice.en.startswith('Left out, as study.yml says, 2 of 2 passages in "P03". Nowhere in the transcript: ')
    assert notice.th.startswith('ไม่นับรวมข้อความ 2 จาก 2 แห่งใน "P03" ตามที่ระบุใน study.yml ไม่พบในบทสัมภาษณ์: ')


def test_a_board_whose_lines_are_coded_by_name(tmp_path: Path) -> None:
    """A path without a scheme, a source without a name, and names that are no quotes but for one of their length."""
    lines = [f"entry {n} of the board " + "x" * (n % 9) for n in range(157)]
    text = "\n".join([*lines, "ten signs."])
    marks, at = "", 0
    for n, line in enumerate([*lines, "ten signs."]):
        name = f"line:{n}" if n < 157 else "line:113"
        marks += (
            f'<PlainTextSelection guid="{guid("s", n)}" name="{name}"'
            f' startPosition="{at}" endPosition="{at + len(line)}">'
            f'<Coding guid="{guid("g", n)}" creatingUser="{guid("u")}"><CodeRef targetGUID="{guid("c")}"/></Coding>'
            "</PlainTextSelection>"
        )
        at += len(line) + 1
    qde = (
        f'<Project origin="x"><Users><User guid="{guid("u")}" name="SK"/></Users><CodeBook><Codes>'
        f'<Code guid="{guid("c")}" name="attitude"/></Codes></CodeBook><Sources>'
        f'<TextSource guid="{guid("t")}" plainTextPath="board.txt">{marks}</TextSource></Sources></Project>'
    )
    files = {"x.qdpx": zipped({"project.qde": qde.encode(), "sources/board.txt": text.encode()})}
    transcripts = pd.DataFrame({"participant_id": ["board"], "text": [text]})
    coding, problems = read(tmp_path, files, transcripts=transcripts, interviews={"board": text})
    assert [str(problem) for problem in [*problems, *problems.notices]] == []
    assert list(coding.codings["text"]) == [*lines, "ten signs."]
    assert list(coding.coding_sources["source"]) == ["board.txt"]
    # Where nobody's interview is called so, the message has a name to tell.
    _, problems = read(tmp_path / "other", files)
    assert only(problems).en == 'There is no interview of "board.txt".'


def test_a_coder_whom_the_project_does_not_list_is_asked_for(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(refi(quoted=True))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    user = guid("user", "SK")
    files["project.qde"] = files["project.qde"].replace(f'<User guid="{user}" name="SK"/>'.encode(), b"")
    data = {"x.qdpx": zipped(files)}
    _, problems = read(tmp_path, data)
    assert only(problems).kind == "no-coder"
    coding, problems = read(tmp_path / "told", data, told(file="x.qdpx", coder="SK"))
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == expected()


def test_study_yml_tells_the_format(tmp_path: Path) -> None:
    data = taguette().files["project.sqlite3"]
    coding, problems = read(tmp_path, {"backup.db": data}, told(file="backup.db", format="taguette"))
    assert [str(problem) for problem in problems] == []
    assert rows(coding) == expected()
    _, problems = read(tmp_path, {"backup.db": data}, told(file="backup.db", format="qualcoder"))
    assert 'This is no project of QualCoder: there is no table "' in only(problems).en


def test_study_yml_names_a_file_that_is_not_there(tmp_path: Path) -> None:
    data = {"coding.csv": HEADER + "P01,0,5,skills,SK,\n"}
    _, problems = read(tmp_path, data, told(file="codings.csv", coder="SK"))
    problem = only(problems)
    assert (problem.file, problem.column) == ("data/raw/small/study.yml", "coding.files")
    assert problem.en == 'There is no file "codings.csv" in coding/.'
    assert problem.th == 'ไม่มีไฟล์ "codings.csv" ใน coding/'
    assert problem.hint_en == 'Did you mean "coding.csv"?'


NOTES = (
    f'<Cases><Case guid="{guid("case")}" name="ปลัด"><VariableValue><VariableRef targetGUID="{guid("age")}"/>'
    f'<TextValue>41</TextValue></VariableValue><SourceRef targetGUID="{guid("source", "P01")}"/></Case></Cases>'
    f'<Variables><Variable guid="{guid("age")}" name="age" typeOfVariable="Text"/></Variables>'
    f'<Notes><Note guid="{guid("note")}" name="คิดต่อ" creatingUser="{guid("user", "SK")}">'
    "<PlainTextContent>น่าสนใจ</PlainTextContent></Note></Notes>"
    f'<Sets><Set guid="{guid("set")}" name="อบต. ก"><MemberSource targetGUID="{guid("source", "P02")}"/></Set></Sets>'
)


@pytest.mark.parametrize("keep", [[], ["memos"], ["variables"], ["sets"], ["memos", "sets", "variables"]])
def test_memos_variables_and_sets_are_kept_only_if_study_yml_says_so(tmp_path: Path, keep: list[Any]) -> None:
    coding, problems = read(tmp_path, {"x.qdpx": refi(quoted=True, extra=NOTES)}, Settings(keep=keep))
    assert [str(problem) for problem in problems] == []
    memo = ("M0001", "project", "", "SK", "คิดต่อ", "น่าสนใจ")
    assert list(coding.memos.itertuples(index=False, name=None)) == ([memo] if "memos" in keep else [])
    wanted = [("P01", "age", "41")] * ("variables" in keep) + [("P02", "set: อบต. ก", "yes")] * ("sets" in keep)
    assert list(coding.case_variables.itertuples(index=False, name=None)) == wanted


# --- files ------------------------------------------------------------------------------------------------------------


def test_a_folder_without_coding(tmp_path: Path) -> None:
    coding, problems = read(tmp_path, {})
    problem = only(problems)
    assert (problem.file, problem.en) == ("data/raw/small/coding", "There is no coding in this folder.")
    assert problem.th == "ไม่มีการลงรหัสในโฟลเดอร์นี้"
    assert ".qdpx" in problem.hint_en
    assert coding.codings.empty
    assert coding.coverage.empty


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("codebook.qdc", b"x", "A .qdc is a codebook: move it beside study.yml and call it codebook.qdc."),
        (
            "P01.txt",
            b"x",
            "Of plain texts only NVivo's passages of a code are read; interviews belong in interviews/.",
        ),
        ("project.zip", zipped({"project.qde": b"x"}), "It is a REFI-QDA project: call it project.qdpx."),
        (
            "project.zip",
            zipped({"my project.qda/data.qda": b"x", "my project.qda/images/a.png": b"x"}),
            "It is a packed project of QualCoder: unpack it, and put the folder .qda in here.",
        ),
        ("project.zip", zipped({"SK.xlsx": b"x"}), "Unpack it, and put in here what is in it."),
        (
            "project.sav",
            b"x",
            "Export the project from the coding tool in one of these formats (REFI-QDA .qdpx, if it can).",
        ),
    ],
)
def test_files_of_other_formats(tmp_path: Path, name: str, content: bytes, hint: str) -> None:
    _, problems = read(tmp_path, {name: content, "coding.csv": HEADER + "P01,0,5,skills,SK,\n"})
    problem = only(problems)
    assert (problem.kind, problem.hint_en) == ("unknown-format", hint)
    assert problem.en.startswith("Coding is read from .qdpx, ")
    assert problem.th.startswith("อ่านการลงรหัสได้จากไฟล์ .qdpx, ")


@pytest.mark.parametrize(
    ("name", "tool", "also"),
    [
        ("project.nvp", "NVivo", "; or export each code with its passages as .docx or .txt, as on a Mac"),
        ("project.nvpx", "NVivo", "; or export each code with its passages as .docx or .txt, as on a Mac"),
        ("project.mx22", "MAXQDA", "; or export the retrieved segments as Excel"),
        ("project.MX24", "MAXQDA", "; or export the retrieved segments as Excel"),
        ("project.atlproj", "ATLAS.ti", "; or export the quotations as Excel"),
        ("project.atlproj23", "ATLAS.ti", "; or export the quotations as Excel"),
        ("project.hpr7", "ATLAS.ti", "; or export the quotations as Excel"),
        ("project.ppj", "QDA Miner", ""),
    ],
)
def test_projects_that_only_their_own_tool_can_open(tmp_path: Path, name: str, tool: str, also: str) -> None:
    _, problems = read(tmp_path, {name: b"x", "coding.csv": HEADER + "P01,0,5,skills,SK,\n"})
    problem = only(problems)
    assert problem.en == f"This is a project of {tool}, which only {tool} itself can open."
    assert problem.hint_en.endswith(f"in the format REFI-QDA (.qdpx){also}.")
    assert tool in problem.hint_th


def test_an_sqlite_file_is_known_by_its_tables_whatever_its_name(tmp_path: Path) -> None:
    coding, problems = read(tmp_path, {"a.sqlite3": qualcoder("x").files["x"]})
    assert [str(problem) for problem in problems] == []
    assert list(coding.coding_sources["format"]) == ["qualcoder"] * 3
    _, problems = read(tmp_path / "other", {"b.sqlite3": database("CREATE TABLE t (a)", [])})
    assert only(problems).en == 'This is no project of Taguette: there is no table "projects" in it.'


def test_passages_of_pictures_and_recordings_are_told_and_left_out(tmp_path: Path) -> None:
    coding = f'<Coding guid="{guid("g")}"><CodeRef targetGUID="{guid("code", "skills")}"/></Coding>'
    picture = (
        f'<PictureSource guid="{guid("picture")}" name="map.png"><PictureSelection guid="{guid("area")}" firstX="1"'
        f' firstY="1" secondX="2" secondY="2">{coding}</PictureSelection></PictureSource>'
    )
    read_, problems = read(tmp_path, {"x.qdpx": refi(quoted=True, extra=f"<Sources>{picture}</Sources>")})
    assert [str(problem) for problem in problems] == []
    assert rows(read_) == expected()
    (notice,) = problems.notices
    assert notice.en == "Selections in pictures and recordings are not read (1 in this file)."
    assert notice.th == "ไม่ได้อ่านส่วนที่เลือกในภาพและไฟล์เสียงหรือวิดีโอ (ในไฟล์นี้ 1 แห่ง)"


SAMPLE = DATA / "qda_atlasti_sample" / "TestProject.qdpx"


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample of ATLAS.ti does not stand beside the project")
def test_the_sample_of_atlas_ti_is_read_and_what_it_lacks_is_told(tmp_path: Path) -> None:
    """Its archive holds no texts; so one is put together of the passages that it quotes, at their positions."""
    text = list(" " * 200)
    text[139:195] = "Oh, that was great. See you tomorrow? Eleven thirty. Mm."
    transcripts = pd.DataFrame({"participant_id": ["coke_break"], "text": ["".join(text).rstrip()]})
    codes = pd.DataFrame({"code_id": ["diet", "coke"], "parent_id": ["coke", ""], "theme_id": "coke",
                          "label_th": "", "label_en": ["diet Coke", "Coke"]})  # fmt: skip
    with zipfile.ZipFile(SAMPLE) as archive:
        qde = archive.read("Project.qde").decode()
    named = qde.replace('name="1994 Diet Coke-Diet Coke Break.docx"', 'name="coke_break.docx"')
    assert named != qde
    coding, problems = read(tmp_path, {"x.qdpx": zipped({"Project.qde": named.encode()})}, codes=codes,
                            transcripts=transcripts, interviews={})  # fmt: skip
    assert list(coding.codings[["code_id", "start", "end"]].itertuples(index=False, name=None)) == [("diet", 139, 195)]
    assert list(coding.coding_sources["tool"]) == ["ATLAS.ti 8.4.0 573 , macOS Version 10.14.3 (Build 18D109)"]
    unknown = [p.en for p in problems if p.kind == "unknown-participant"]
    names = ["Mabe\u0302l 2ie\u0300me.txt", "Mabel.txt", "Simon.docx"]
    names.append("Pay de Limo\u0301n con Base de Granola | Kellogg's ®.pdf")
    assert unknown == [f'There is no interview of "{name}".' for name in names]
    assert {p.kind for p in problems} == {"unknown-participant", "unknown-code"}
    assert [notice.kind for notice in problems.notices] == ["not-text"]


def test_a_passage_that_only_looks_like_the_interview_is_told_apart_by_its_character(tmp_path: Path) -> None:
    said = INTERVIEWS["P01"][:24]
    at = next(n for n, letter in enumerate(said) if letter.isalpha() and n > 3)
    looks_the_same = f"{said[:at]}\u00ad{said[at:]}".replace("แ", "เเ")
    _, problems = read(tmp_path, {"coding.csv": f'{HEADER}P01,,,skills,SK,"{looks_the_same}"\n'})
    problem = only(problems)
    assert problem.kind == "unplaced"
    assert "The texts look alike, but character" in problem.hint_en and "ข้อความดูเหมือนกัน แต่อักขระที่" in problem.hint_th
