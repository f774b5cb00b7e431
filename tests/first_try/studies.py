"""The studies of the first tries: one a coding tool, with transcripts as a transcription tool writes them."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from studies import CODES, PARTICIPANTS, coding_rows, make_study

from first_try.answers import QUESTIONS, responses
from first_try.harness import FirstTry, Typed
from first_try.talks import ENGLISH, THAI, Talks
from first_try.tools import CODERS, atlas, commented, maxqda, nvivo, rqda
from first_try.transcripts import docx, f4, labelled, otter, paragraph, table, teams, vtt, whisper

# Files that tools wrote.
DATA = Path(__file__).parents[1] / "data"
CONSENT = "participants: {consent: all}"
# Whoever read an interview and marked nothing in it; every cell in quotation marks, as R writes tables.
COVERAGE = '"participant","coder","code"\n' + "".join(
    f'"{participant}","{coder}",""\n' for participant in ENGLISH.turns for coder in CODERS
)
DASH, PLUS = "an answer that begins with a dash", "a code whose name begins with a plus"
LINE, TITLE = "a line put above an interview after it was coded", "a title of a few letters"
ONE_LANGUAGE, QUOTED = "names of codes in one language", "a table whose every cell is quoted"
ONE_WORD = "a passage of one word"


def _typed(title: str, author: str, *more: str) -> Typed:
    return Typed([f"title: {title}", f"authors: [{{name: {author}}}]", "provenance: simulated", CONSENT, *more])


def _coded(talks: Talks, names: Mapping[str, str] | None = None) -> frozenset[tuple[str, str, str, str]]:
    """All that was marked, by what the codes are called."""
    return frozenset((m.participant, m.coder, m.passage, (names or {}).get(m.code, m.code)) for m in talks.marks)


def _with_line(talks: Talks, participant: str, text: str) -> bytes:
    """An interview as it stands in interviews/: above the first one stands a line more than when it was coded."""
    return f"{talks.line}\n{text}".encode() if participant == "P01" else text.encode()


def _of_the_small_study() -> dict[str, bytes]:
    """The interviews of the small study, with a line above the first one that was not there when it was coded."""
    with tempfile.TemporaryDirectory() as root:
        paths = sorted((make_study(Path(root)) / "interviews").iterdir())
        files = {f"interviews/{path.name}": path.read_bytes() for path in paths}
    files["interviews/P01.txt"] = f"{THAI.line}\n".encode() + files["interviews/P01.txt"]
    return files


def _english_labels() -> dict[str, str]:
    """What the codes of the small study are called in the project that QualCoder wrote."""
    labels = {code: english for code, _, _, english, *_ in CODES}
    return labels | {"faster": f"+{labels['faster']}"}


def of_qualcoder() -> FirstTry:
    """Thai interviews typed by hand, coded by two coders in one project of QualCoder, which wrote this database.

    A table of R says that both read all interviews.
    """
    with zipfile.ZipFile(DATA / "qualcoder-3.8.2.zip") as archive:
        project = archive.read("small.qda/data.qda")
    files = _of_the_small_study()
    read = "".join(f'"{Path(name).stem}","{coder}",""\n' for name in files for coder in CODERS)
    labels = _english_labels()
    return FirstTry(
        "qualcoder",
        "QualCoder",
        {
            **files,
            "coding/small.qda/data.qda": project,
            "coding/coverage.csv": f'"participant","coder","code"\n{read}'.encode(),
        },
        _typed("ใจ", "สมศรี ใจดี"),
        (PLUS, LINE, TITLE, ONE_LANGUAGE, QUOTED, "one folder above all codes"),
        frozenset((who, coder, text, labels[code]) for who, _, _, code, coder, text in coding_rows()),
        len(PARTICIPANTS),
    )


def of_taguette() -> FirstTry:
    """Thai interviews typed by hand; each coder has a project of Taguette, which wrote these files."""
    files = _of_the_small_study()
    with zipfile.ZipFile(DATA / "taguette-1.5.2.zip") as archive:
        for coder in CODERS:
            files[f"coding/{coder}.sqlite3"] = archive.read(f"small-{coder}.sqlite3")
    who = ", ".join(f"{{file: {coder}.sqlite3, coder: {coder}}}" for coder in CODERS)
    return FirstTry(
        "taguette",
        "Taguette, typed",
        files,
        _typed("ก้าว", "สมศรี ใจดี", f"coding: {{files: [{who}]}}"),
        (LINE, TITLE, ONE_LANGUAGE, "projects that do not tell who coded"),
        frozenset((who, coder, text, "") for who, _, _, _, coder, text in coding_rows()),
        len(PARTICIPANTS),
    )


def of_nvivo() -> FirstTry:
    """English interviews by Otter, coded in NVivo, whose cases tell school and group; and a survey by Google Forms."""
    texts = {who: otter(turns, "Interviewer", "Participant") for who, turns in ENGLISH.turns.items()}
    cases = {
        who: {"Site": site, "Group": group}
        for who, (site, group) in zip(
            texts,
            [("North School", "Teacher"), ("North School", "Head"), ("South School", "Teacher"),
             ("South School", "Teacher")],
            strict=True,
        )
    }  # fmt: skip
    typed = _typed(
        "Lessons from home",
        "Ann Example",
        "groups: [{id: teacher, label: Teacher}, {id: head, label: Head}]",
        "framework:\n"
        "  factors: [{id: support, label: Support}, {id: devices, label: Devices}]\n"
        "  outcomes: [{id: learning, label: Learning}]",
        "survey:\n  file: responses.csv\n  site: Your site (school)\n  group: You are\n  submitted: Timestamp",
        "model: {outcome: learning, predictors: [support, devices]}",
    )
    # The draft numbers the questions in their order.
    items = [(f"q{n:02}", "construct", construct) for n, (_, construct, _) in enumerate(QUESTIONS, start=1)]
    items += [(f"q{n:02}", "reversed", "yes") for n, (*_, turned) in enumerate(QUESTIONS, start=1) if turned]
    return FirstTry(
        "lessons",
        "NVivo, Otter, Google Forms",
        {
            **{f"interviews/{who}.txt": _with_line(ENGLISH, who, text) for who, text in texts.items()},
            "coding/Lessons.qdpx": nvivo(ENGLISH, texts, cases),
            "survey/responses.csv": responses(),
        },
        replace(typed, cells={"survey/items.csv": items}),
        (DASH, PLUS, LINE, ONE_LANGUAGE, "paths of texts without a scheme", ONE_WORD, QUOTED),
        _coded(ENGLISH),
        len(texts),
        survey="responses.csv",
    )


def of_maxqda() -> FirstTry:
    """Thai interviews with the time stamps of f4; the segments that MAXQDA retrieved, with the groups of documents."""
    groups = {"P01": "ตำบลน้ำใส", "P02": "ตำบลน้ำใส", "P03": "ตำบลดอนหวาน", "P04": "ตำบลดอนหวาน"}
    return FirstTry(
        "maxqda",
        "MAXQDA, f4",
        {
            **{f"interviews/{who}.txt": f4(turns).encode() for who, turns in THAI.turns.items()},
            "coding/segments.xlsx": maxqda(THAI, groups),
        },
        _typed("อสม.", "สมศรี ใจดี"),
        (DASH, PLUS, TITLE, ONE_LANGUAGE, ONE_WORD),
        _coded(THAI),
        len(THAI.turns),
    )


def of_rqda() -> FirstTry:
    """English interviews by WhisperX, which numbers the speakers; coded in RQDA by two coders in one project."""
    texts = {who: whisper(turns) for who, turns in ENGLISH.turns.items()}
    speakers = "interviews: {interviewer: [SPEAKER_00], participant: [SPEAKER_01]}"
    return FirstTry(
        "rqda",
        "RQDA, WhisperX",
        {
            **{f"interviews/{who}.txt": _with_line(ENGLISH, who, text) for who, text in texts.items()},
            "coding/lessons.rqda": rqda(ENGLISH, texts),
        },
        _typed("Lessons at a distance", "Ann Example", speakers),
        (DASH, PLUS, LINE, ONE_LANGUAGE, ONE_WORD, "speakers who are numbers"),
        _coded(ENGLISH),
        len(texts),
    )


def of_word() -> FirstTry:
    """Thai interviews with short labels that exist as the coders' copies in Word alone, with comments."""
    texts = {who: labelled(turns, "ถาม", "ตอบ") for who, turns in THAI.turns.items()}
    copies: dict[str, bytes] = {}
    for who, text in texts.items():
        for coder in CODERS:
            marks = [mark for mark in THAI.marks if (mark.participant, mark.coder) == (who, coder)]
            if marks:
                copies[f"coding/{who}_{coder}.docx"] = commented(text, marks)
    return FirstTry(
        "word",
        "Word comments, ถาม/ตอบ",
        copies,
        _typed("บ้าน", "สมศรี ใจดี"),
        (DASH, PLUS, TITLE, ONE_LANGUAGE, ONE_WORD),
        _coded(THAI),
        len(texts),
    )


def of_atlas() -> FirstTry:
    """English interviews by Zoom and Teams, one of them a table in Word; the table of quotations of ATLAS.ti."""
    talks = ENGLISH.turns
    files = {f"interviews/{who}.vtt": vtt(talks[who], "Ann Example", who).encode() for who in ("P01", "P02")}
    files["interviews/P03.docx"] = docx("".join(map(paragraph, teams(talks["P03"], "P03", "Ann Example", "P03"))))
    rows = [["Ann Example" if turn.asked else "P04", turn.text] for turn in ENGLISH.turns["P04"]]
    return FirstTry(
        "atlas",
        "ATLAS.ti table, Zoom, Teams, Word",
        {
            **files,
            "interviews/P04.docx": docx(table(rows)),
            "coding/quotations.xlsx": atlas(ENGLISH),
            "coding/coverage.csv": COVERAGE.encode(),
        },
        _typed("Ours", "Ann Example"),
        (DASH, PLUS, TITLE, ONE_LANGUAGE, QUOTED, ONE_WORD),
        _coded(ENGLISH),
        len(ENGLISH.turns),
    )


ALL = (of_qualcoder, of_taguette, of_nvivo, of_maxqda, of_rqda, of_word, of_atlas)
# Of these, every format is rendered.
WHOLE = ("qualcoder", "lessons")
