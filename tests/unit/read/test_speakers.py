"""Transcripts as tools write them, whose the labels in them are, and what is asked and told where they do not say."""

from __future__ import annotations

import textwrap
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from speaker_labels import SAID, bold_names, table

from thongthin.basics.problems import Problem, Problems
from thongthin.commands.check_summary import SPEAKERS_LISTED, speaker_lines
from thongthin.contract.coding import Interviews
from thongthin.read.interviews import InterviewTables, interview_text, read_interviews
from thongthin.read.quotes import read_quotes

QUESTIONS = [question for question, _ in SAID["en"]]
ANSWERS = [answer for _, answer in SAID["en"]]


def read(
    folder: Path, interviews: dict[str, str | bytes], settings: dict[str, Any] | None = None, **people: list[str]
) -> tuple[InterviewTables, Problems]:
    """The tables of these interviews (file -> content), and what was asked and told."""
    files = []
    for name, content in interviews.items():
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        files.append(path)
    participants = pd.DataFrame({"participant_id": [file.stem for file in files], "consent": "yes", **people})
    problems = Problems()
    return read_interviews(files, participants, problems.at("raw/interviews"), Interviews(**settings or {})), problems


def turns(tables: InterviewTables) -> list[tuple[str, str, str]]:
    """Speaker, role and words of each turn, which are what stands at its offsets."""
    texts = dict(zip(tables.transcripts["participant_id"], tables.transcripts["text"], strict=True))
    for turn in tables.turns.itertuples():
        assert texts[turn.participant_id][turn.start : turn.end] == turn.text
    return list(tables.turns[["speaker", "role", "text"]].itertuples(index=False, name=None))


def dialogue(asks: str, answers: str, template: str = "{}: {}") -> str:
    """Four questions and answers."""
    pairs = zip(QUESTIONS, ANSWERS, strict=True)
    return "\n".join(template.format(who, what) for q, a in pairs for who, what in ((asks, q), (answers, a)))


def pasted(problem: Problem) -> list[dict[str, Any]]:
    """The sections of study.yml that a hint gives, the same in both languages."""

    def sections(hint: str) -> list[dict[str, Any]]:
        blocks = hint.split("    interviews:\n")[1:]
        lines = ("\n".join(line for line in block.split("\n") if line.startswith("      ")) for block in blocks)
        return [yaml.safe_load(textwrap.dedent(block)) for block in lines]

    assert sections(problem.hint_en) == sections(problem.hint_th)
    return sections(problem.hint_en)


# --- files as tools write them ----------------------------------------------------------------------------------------


def test_a_meeting_in_word_with_times_behind_the_names(tmp_path: Path) -> None:
    text = (
        "Interview-20240312_133555-Meeting Transcript\n12 March 2024, 06:35am\n27m 42s\n"
        "Somsri Jaidee started transcription\nSomsri Jaidee   0:03\nWho decides here?\n"
        "Malee Deengam   0:07\nYeah.\nYeah.\nThe council: always. We met at 10:30\n"
        "Somsri Jaidee   0:33\nAnd how?\nMalee Deengam   0:40\nBy vote."
    )
    other = text.replace("Malee Deengam", "Amnat Thong")
    tables, problems = read(tmp_path, {"P01.txt": text, "P02.txt": other})
    assert problems.found == problems.notices == []
    assert turns(tables)[:4] == [
        ("Somsri Jaidee", "interviewer", "Who decides here?"),
        ("Malee Deengam", "participant", "Yeah.\nYeah.\nThe council: always. We met at 10:30"),
        ("Somsri Jaidee", "interviewer", "And how?"),
        ("Malee Deengam", "participant", "By vote."),
    ]
    assert list(tables.speakers["evidence"]) == ["asks", "replies", "replies"]


def test_subtitles_become_one_line_a_turn(tmp_path: Path) -> None:
    zoom = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nInterviewer: Who decides\n\n2\n00:00:03.000 --> 00:00:04.000\n"
        "Interviewer: on the budget?\n\n3\n00:00:05.000 --> 00:00:09.000\nP01: The council &amp; the mayor,\n"
        "once a year.\n\n"
        "NOTE made by hand\n\n4\n00:00:09.500 --> 00:00:11.000\nIn August: always.\n"
    )
    tables, problems = read(tmp_path, {"P01.vtt": zoom})
    assert problems.found == problems.notices == []
    assert turns(tables) == [
        ("Interviewer", "interviewer", "Who decides on the budget?"),
        ("P01", "participant", "The council & the mayor, once a year. In August: always."),
    ]
    # What positions of a tool that stores no text count in is the same text.
    assert interview_text(tmp_path / "P01.vtt", Problems()) == tables.transcripts["text"].iloc[0]


def test_voices_of_teams_and_cues_without_an_empty_line_between_them(tmp_path: Path) -> None:
    teams = (
        "WEBVTT\r\n\r\n7ef1-22/12-0\r\n00:00:01.000 --> 00:00:03.000\r\n<v Interviewer>Who <b>decides</b>?</v>\r\n\r\n"
        "7ef1-22/13-0\r\n00:00:03.500 --> 00:00:05.000\r\n<v P01>We do.</v>\r\n"
    )
    whisper = "1\n00:00:01,000 --> 00:00:03,000\nI work here.\n2\n00:00:03,000 --> 00:00:05,000\nFor 12 years\n12\n"
    tables, problems = read(tmp_path, {"P01.vtt": teams, "P02.srt": whisper}, {"unlabelled": "participant"})
    assert problems.found == []
    assert turns(tables) == [
        ("Interviewer", "interviewer", "Who decides?"),
        ("P01", "participant", "We do."),
        ("", "participant", "I work here.\nFor 12 years 12"),
    ]


def test_subtitles_without_cues_are_refused(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"P01.srt": "Interviewer: Hello"})
    assert [problem.kind for problem in problems] == ["no-cues"]


def test_times_around_a_turn_are_not_its_words(tmp_path: Path) -> None:
    text = (
        "[00:00:10] ถาม: เริ่มกี่โมง #00:00:12-3#\n[00:00:13] ตอบ: ราว 10:30\n[00:00:20]\nถาม: ถึงกี่โมง [0:25.1]\nตอบ: 12:00"
    )
    tables, problems = read(tmp_path, {"P01.txt": text})
    assert problems.found == problems.notices == []
    assert [words for _, _, words in turns(tables)] == ["เริ่มกี่โมง", "ราว 10:30", "ถึงกี่โมง", "12:00"]


def test_a_transcript_without_names_but_with_times(tmp_path: Path) -> None:
    text = "[00:00.000 --> 00:05.000]  We began in May.\n[00:05.000 --> 00:09.000]  It was slow: very slow."
    tables, problems = read(tmp_path, {"P01.txt": text}, {"unlabelled": "participant"})
    assert problems.found == problems.notices == []
    assert [words for _, _, words in turns(tables)] == ["We began in May.", "It was slow: very slow."]
    assert list(tables.speakers.itertuples(index=False, name=None)) == [("", "participant", "unlabelled", 2, 1)]


def test_tables_in_word_hold_names_and_words_in_their_cells(tmp_path: Path) -> None:
    rows = [["No", "Name", "Time", "Words"]]
    for number, (question, answer) in enumerate(zip(QUESTIONS, ANSWERS, strict=True)):
        rows.append([str(2 * number + 1), "Somsri", f"0:{number}1", question])
        rows.append([str(2 * number + 2), "P01", f"0:{number}5", answer.replace(". ", ".\n")])
    tables, problems = read(tmp_path, {"P01.docx": table(rows)})
    assert problems.found == problems.notices == []
    found = turns(tables)
    assert [role for _, role, _ in found] == ["interviewer", "participant"] * 4
    assert [" ".join(words.split()) for _, _, words in found[1::2]] == ANSWERS
    # The text of the document is whole and in order all the same.
    assert tables.transcripts["text"].iloc[0].startswith("No\nName\nTime\nWords\n1\nSomsri\n0:01\n")


def test_names_in_bold_need_no_colon(tmp_path: Path) -> None:
    said = [
        ("Interviewer", "", QUESTIONS[0]),
        ("Malee", "", ANSWERS[0]),
        ("Interviewer", "", "And?"),
        ("Malee", "", "No."),
    ]
    tables, problems = read(tmp_path, {"P01.docx": bold_names(said)})
    assert problems.found == problems.notices == []
    assert turns(tables)[1] == ("Malee", "participant", ANSWERS[0])


# --- whose words ------------------------------------------------------------------------------------------------------


def test_an_interviewers_words_are_no_quote_whatever_the_label(tmp_path: Path) -> None:
    text = "ผู้วิจัย: อยากทราบว่าเริ่มอย่างไร\nลุงคำ: เริ่มจากชาวบ้านรวมตัวกันก่อน\nผู้วิจัย: แล้วอย่างไรต่อ\nลุงคำ: ก็ไปคุยกับเทศบาล"
    tables, problems = read(tmp_path, {"P01.txt": text})
    assert problems.found == problems.notices == []
    quotes = tmp_path / "quotes.csv"
    people = pd.DataFrame({"participant_id": ["P01"], "site_id": ["S01"], "group": ["citizen"]})
    for words, kinds in (("อยากทราบว่าเริ่มอย่างไร", ["quote-not-in-turn"]), ("เริ่มจากชาวบ้านรวมตัวกันก่อน", [])):
        quotes.write_text(f"quote_id,participant_id,code_id,text\nq1,P01,,{words}\n", encoding="utf-8")
        codes = pd.DataFrame({"code_id": []})
        read_quotes(quotes, people, codes, tables.transcripts, tables.turns, found := Problems())
        assert [problem.kind for problem in found] == kinds


def test_the_head_says_who_is_who(tmp_path: Path) -> None:
    text = "Date: 12 March 2024\nInterviewer: Somsri Jaidee\nParticipant: Malee D.\n\n" + dialogue("SJ", "MD")
    tables, problems = read(tmp_path, {"P01.txt": text})
    assert problems.found == problems.notices == []
    assert [(speaker, role) for speaker, role, _ in turns(tables)] == [("SJ", "interviewer"), ("MD", "participant")] * 4


def test_the_role_in_the_table_of_participants_is_a_label(tmp_path: Path) -> None:
    tables, problems = read(tmp_path, {"P01.txt": dialogue("นุ่น", "ปลัดเทศบาล")}, role=["ปลัดเทศบาล"])
    assert problems.found == []
    assert set(tables.speakers["evidence"]) == {"participants", "replies"}


def test_what_one_interview_shows_holds_in_the_others(tmp_path: Path) -> None:
    interviews = {
        "P01.txt": dialogue("Ann", "P01"),
        "P02.txt": dialogue("Ann", "Malee"),
        "P03.txt": dialogue("Ann", "ครู"),
    }
    tables, problems = read(tmp_path, interviews)
    assert problems.found == problems.notices == []
    assert set(tables.turns.loc[tables.turns["speaker"] == "Ann", "role"]) == {"interviewer"}
    assert tables.speakers.iloc[0].tolist() == ["Ann", "interviewer", "replies", 12, 3]


def test_what_labels_cannot_say_is_asked_once_and_the_lines_given_answer_it(tmp_path: Path) -> None:
    interviews = {
        "P01.txt": dialogue("Speaker 1", "Speaker 2"),
        "P02.txt": dialogue("Speaker 1", "Speaker 2"),
        "P03.txt": dialogue("Speaker 2", "Speaker 1"),
        "P04.txt": dialogue("Anna", "Bob"),
    }
    _, problems = read(tmp_path, interviews, {"not_speakers": ["Note"]})
    (problem,) = problems
    assert problem.kind == "unknown-speaker"
    assert '"Speaker 1" (12 turns in P01, P02, P03, 67% with a question)' in problem.en
    (section,) = pasted(problem)
    assert section == {
        "interviewer": ["Speaker 1", "P03/Speaker 2", "Anna"],
        "participant": ["P03/Speaker 1", "Speaker 2", "Bob"],
        "not_speakers": ["Note"],
    }
    tables, problems = read(tmp_path, interviews, section)
    assert problems.found == []
    assert [notice.kind for notice in problems.notices] == ["unused-label"]
    assert [role for _, role, _ in turns(tables)] == ["interviewer", "participant"] * 16
    assert set(tables.speakers["evidence"]) == {"study"}


def test_transcripts_without_labels_are_asked_of_and_either_answer_works(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"P01.txt": "I came in May.\nIt was slow.", "P02.txt": "We all came."})
    (problem,) = problems
    assert problem.en == "No line of these interviews begins with the label of a speaker: P01.txt, P02.txt."
    one_person, shape = pasted(problem)
    tables, problems = read(tmp_path, {"P01.txt": "I came in May.\nIt was slow."}, one_person)
    assert problems.found == problems.notices == []
    assert turns(tables) == [("", "participant", "I came in May.\nIt was slow.")]
    text = dialogue("Anna P", "Bob Q", "[0:12]   {} -{}")
    tables, problems = read(tmp_path, {"P01.txt": text}, {**shape, "interviewer": ["Anna P"]})
    assert problems.found == problems.notices == []
    assert turns(tables)[1] == ("Bob Q", "participant", ANSWERS[0])


def test_a_label_of_a_shape_of_its_own(tmp_path: Path) -> None:
    text = "\n".join(f"<<{who}>>{what}" for who, what in (("ก", "หนึ่ง"), ("ข", "สอง"), ("ก", "สาม")))
    settings = {"label": "<<{name}>>", "interviewer": ["ก"]}
    tables, problems = read(tmp_path, {"P01.txt": text}, settings)
    assert problems.found == []
    assert turns(tables) == [("ก", "interviewer", "หนึ่ง"), ("ข", "participant", "สอง"), ("ก", "interviewer", "สาม")]
    numbers = {"label": "{name}:", "interviewer": [1], "participant": [2]}
    tables, problems = read(tmp_path, {"P01.txt": dialogue("1", "2")}, numbers)
    assert problems.found == []
    assert turns(tables)[1] == ("2", "participant", ANSWERS[0])
    _, problems = read(tmp_path, {"P01.txt": dialogue("Interviewer", "P01")}, {"label": "<<{name}>>"})
    assert [(p.kind, p.column, p.file) for p in problems] == [("unused-label", "interviews.label", "raw/study.yml")]


def test_others_speak_and_are_neither(tmp_path: Path) -> None:
    text = dialogue("Interviewer", "P01") + "\nHusband: He is right.\nInterviewer: Why?\nHusband: I was there."
    _, problems = read(tmp_path, {"P01.txt": text})
    assert [problem.kind for problem in problems] == ["unknown-speaker"]
    tables, problems = read(tmp_path, {"P01.txt": text}, {"other": ["Husband"]})
    assert problems.found == problems.notices == []
    assert turns(tables)[-1] == ("Husband", "other", "I was there.")


def test_sentences_with_a_colon_are_words(tmp_path: Path) -> None:
    text = dialogue("ผู้สัมภาษณ์", "ผู้ให้ข้อมูล") + "\nสรุปได้สามข้อ: คน เงิน เวลา\nOkay, so I had: two of them"
    tables, problems = read(tmp_path, {"P01.txt": text})
    assert problems.found == problems.notices == []
    assert turns(tables)[-1][2].endswith("\nสรุปได้สามข้อ: คน เงิน เวลา\nOkay, so I had: two of them")


def test_a_mistyped_label_is_asked_about(tmp_path: Path) -> None:
    text = dialogue("ผู้สัมภาษณ์", "ผู้ให้ข้อมูล") + "\nผู้สัมภาษ: แล้วต่อไปล่ะคะ\nผู้ให้ข้อมูล: จบแล้ว"
    _, problems = read(tmp_path, {"P01.txt": text})
    (problem,) = problems
    assert '"ผู้สัมภาษ" (1 turn in P01' in problem.en


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("P01: I came in May.\nP01: It was slow.", "no-interviewer"),
        (dialogue("Interviewer", "P01") + "\nP02: Me.\nInterviewer: So?\nP02: I.", "several-participants"),
        (dialogue("Interviewer", "P01") + "\nDaeng: Me too.", "not-a-label"),
        (dialogue("Interviewer", "P01") + "\nInterviewer and then?", "no-colon"),
        (dialogue("Interviewer", "P02"), "another-participant"),
        ((dialogue("Interviewer", "P01") + "\n") * 2 + "User: whoever logs in.", "not-a-label"),
    ],
)  # fmt: skip
def test_what_may_be_wrong_is_told(tmp_path: Path, text: str, kind: str) -> None:
    _, problems = read(tmp_path, {"P01.txt": text, "P02.txt": dialogue("Interviewer", "P02")})
    assert problems.found == []
    assert [notice.kind for notice in problems.notices] == [kind]


def test_an_interview_of_questions_alone_is_refused(tmp_path: Path) -> None:
    text = "\n".join(f"Q: {question}\n{answer}" for question, answer in zip(QUESTIONS, ANSWERS, strict=True))
    _, problems = read(tmp_path, {"P01.txt": text})
    assert [problem.kind for problem in problems] == ["no-participant"]


def test_labels_of_study_yml_that_no_interview_has_are_told(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"P01.txt": dialogue("Interviewer", "Malee")}, {"participant": ["Maly"]})
    (notice,) = problems.notices
    assert (notice.kind, notice.file) == ("unused-label", "raw/study.yml")
    assert notice.hint_en == 'Did you mean "Malee"?'


@pytest.mark.parametrize(
    ("settings", "message"), [({"label": "[{time}]"}, "{name} once"), ({"participant": ["A"], "other": ["A"]}, "twice")]
)
def test_settings_that_say_nothing_or_two_things(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Interviews(**settings)


def test_a_long_table_of_speakers_is_cut_in_the_terminal() -> None:
    many = pd.DataFrame(
        [("Ann", "interviewer", "asks", 60, 30), *((f"คุณ{n}", "participant", "replies", 2, 1) for n in range(30))],
        columns=["speaker", "role", "evidence", "turns", "interviews"],
    )
    lines = speaker_lines("small", many).split("\n")
    assert lines[1] == "  Ann  interviewer / ผู้สัมภาษณ์  (asks in several interviews / เป็นผู้ถามในหลายบทสัมภาษณ์)  60  30"
    assert len(lines) == SPEAKERS_LISTED + 2
    assert lines[-1].startswith(f"  ... {31 - SPEAKERS_LISTED} more / ")


def test_long_interviews_are_read_quickly(tmp_path: Path) -> None:
    once = dialogue("ผู้วิจัย", "คุณมาลี") + "\nข้อแรก: คน\n"
    interviews: dict[str, str | bytes] = {f"P{n:02d}.txt": once * (50_000 // len(once)) for n in range(20)}
    begun = time.process_time()
    tables, problems = read(tmp_path, interviews)
    assert time.process_time() - begun < 2  # 0.3 s here; 200 of them take some 3 s
    assert len(tables.turns) > 10_000
    assert problems.found == []
    assert [notice.kind for notice in problems.notices] == ["not-a-label"]  # "ข้อแรก" comes back again and again


@pytest.mark.parametrize(
    "line", ["a" + " " * 30_000 + "b", "a" + "\t" * 30_000 + "b", "\n" * 30_000, "a 1:00 - " * 5_000]
)
@pytest.mark.parametrize("name", ["P01.txt", "P01.vtt"])
def test_no_line_makes_the_reader_slow(tmp_path: Path, line: str, name: str) -> None:
    begun = time.process_time()
    read(tmp_path, {name: f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nInterviewer: How?\n{line}\nP01: So."})
    assert time.process_time() - begun < 2
