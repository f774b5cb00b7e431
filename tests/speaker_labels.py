"""Forms of speakers' labels as transcripts write them, each set into the interviews of a small study.

`FORMS` are the rows of `data/speaker_labels.csv`: a label, how it stands in the text (`shape`), whose it is (`truth`:
interviewer, participant, other, none for what is no label, ask for what a label cannot tell), the label beside it (of
each interview, if they differ: ``Emma>Ali>Ida``), the labels of the same speaker in the other interviews, language and
source. Texts are made up here.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from studies import docx_bytes

FILE = Path(__file__).parent / "data" / "speaker_labels.csv"

SAID = {
    "en": (
        ("How did the work change after the new system came?", "It was slow at first, and then we got used to it."),
        ("What helped you most?", "My colleagues next door, they know the program well."),
        ("Is there anything that you would do otherwise?", "I would train people first. That is all."),
        ("Who decides on the budget?", "The council does, once a year in August."),
    ),
    "th": (
        ("หลังมีระบบใหม่ งานเปลี่ยนไปอย่างไรบ้างคะ", "ช่วงแรกช้าหน่อย แล้วก็ชินไปเอง"),
        ("อะไรช่วยได้มากที่สุดคะ", "เพื่อนห้องข้าง ๆ เขาใช้โปรแกรมคล่อง"),
        ("มีอะไรที่อยากทำต่างไปจากเดิมไหมคะ", "อยากอบรมคนก่อน เท่านั้นเลยครับ"),
        ("ใครเป็นคนตัดสินเรื่องงบประมาณคะ", "สภาพิจารณาปีละครั้งช่วงเดือนสิงหาคม"),
    ),
}  # fmt: skip


class Form(NamedTuple):
    """One row of the file."""

    label: str
    shape: str
    truth: str
    counterpart: str
    others: str
    language: str
    source: str

    @property
    def held_out(self) -> bool:
        """A third of the forms, chosen by their letters, that the reader was not made on."""
        return hashlib.sha256(f"{self.label}|{self.shape}|{self.language}".encode()).digest()[0] % 3 == 0


class Made(NamedTuple):
    """An interview, and its turns as they should come out: label, role ("" where the form does not tell), words."""

    name: str
    content: bytes
    turns: list[tuple[str, str, str]]


with FILE.open(encoding="utf-8-sig", newline="") as stream:
    FORMS = [Form(**row) for row in csv.DictReader(stream)]  # type: ignore[arg-type]


def made(form: Form) -> list[Made]:
    """Three interviews that write their labels so."""
    return [_interview(form, number) for number in range(3)]


def _interview(form: Form, number: int) -> Made:
    said = SAID[form.language]
    usual = ("ผู้สัมภาษณ์", "ผู้ให้ข้อมูล") if form.language == "th" else ("Interviewer", "Participant")
    name = f"P0{number + 1}"
    if form.truth == "none":
        turns = [
            (label, role, words)
            for pair in said
            for label, role, words in zip(usual, ("interviewer", "participant"), pair, strict=True)
        ]
        return _with_text(name, form, turns)
    labels = [form.label, *(form.others.split(";") if form.others else [form.label, form.label])]
    mine = labels[number]
    beside = form.counterpart.replace("P01", name).split(";")
    if ">" in form.counterpart:
        beside = [form.counterpart.split(">")[number]]
    if form.truth == "other" or (form.truth == "ask" and form.counterpart in usual):
        beside = list(usual)
    asks_first = form.truth == "interviewer" or (form.truth == "ask" and len(beside) == 1)
    turns = []
    for question, answer in said:
        if len(beside) > 1:
            third = "Somebody comes in with a cup of tea." if form.language == "en" else "มีคนยกน้ำชาเข้ามา"
            if form.truth == "interviewer":
                turns += [(mine, form.truth, question), (beside[0], "", answer), (beside[1], "", third)]
            else:
                turns += [(beside[0], "", question), (beside[1], "", answer), (mine, form.truth, third)]
        elif asks_first:
            turns += [(mine, form.truth, question), (beside[0], "", answer)]
        else:
            turns += [(beside[0], "", question), (mine, form.truth, answer)]
    if form.shape in _DOCX:
        return Made(f"{name}.docx", _DOCX[form.shape](turns), turns)
    if form.shape in _SUBTITLES:
        ending, text = _SUBTITLES[form.shape](turns)
        return Made(f"{name}.{ending}", text.encode(), turns)
    head = ""
    if form.shape == "head_names":
        others = ("interviewee", "interviewer") if form.truth == "participant" else ("interviewer", "interviewee")
        head = f"{others[0]}: {mine.lower()}\n{others[1]}: {beside[0].lower()}\n\n"
    return Made(f"{name}.txt", (head + _SHAPES[form.shape](turns)).encode(), turns)


def _with_text(name: str, form: Form, turns: list[tuple[str, str, str]]) -> Made:
    """An interview of the usual kind, with what is no label in its head or among its words."""
    thai = form.language == "th"
    lines = [f"{label}: {words}" for label, _, words in turns]
    date = "วันที่: 12 มีนาคม 2567" if thai else "Date: 12 March 2024"
    if form.shape == "head":
        value = "เทศบาลตัวอย่าง" if thai else "Sample Town"
        lines = [*sorted([date, f"{form.label}: {value}"]), "", *lines]
    elif form.shape == "head_role":
        value = "สมศรี ใจดี" if thai else "Somsri Jaidee"
        lines = [date, f"{form.label}: {value}", "", *lines]
    elif form.shape == "sentence":
        words = "คนน้อยลงแต่งานเท่าเดิม" if thai else "fewer people and the same work."
        label, role, before = turns[3]
        turns[3] = (label, role, f"{before}\n{form.label}: {words}")
        lines[3] = f"{label}: {turns[3][2]}"
    else:
        label, role, before = turns[3]
        turns[3] = (label, role, f"{form.label}: {before}")
        lines[3] = f"{label}: {turns[3][2]}"
    return Made(f"{name}.txt", "\n".join(lines).encode(), turns)


# --- how labels stand in a text ------------------------------------------------------------------------------------

Turns = list[tuple[str, str, str]]


def _time(number: int) -> str:
    return f"{number * 7 // 60:02d}:{number * 7 % 60:02d}"


def _each(template: str, between: str = "\n") -> Callable[[Turns], str]:
    """`{l}` label, `{t}` words, `{m}` a time 00:07, `{h}` 00:00:07, `{k}` 0:07, `{n}` a number, `{N}` the next."""

    def text(turns: Turns) -> str:
        return between.join(
            template.format(
                l=label, t=words, m=_time(n), h=f"00:{_time(n)}", k=_time(n)[1:], n=n + 1, N=f"00:{_time(n + 1)}"
            )
            for n, (label, _, words) in enumerate(turns)
        )

    return text


_SHAPES: dict[str, Callable[[Turns], str]] = {
    "colon": _each("{l}: {t}"),
    "spaced": _each("{l} : {t}"),
    "wide": _each("{l}：{t}"),
    "colon_line": _each("{l}: \n\n{t}", "\n\n"),
    "dot": _each("{l}. {t}"),
    "tab": _each("{l}\t{t}"),
    "tab_wide_spaces": _each("\t\t{l}   :   {t}"),
    "dash": _each("{l} - {t}"),
    "own_line": _each("{l}\n{t}", "\n\n"),
    "numbered": _each("{n}  {l}: {t}"),
    "time_before": _each("[{h}] {l}: {t}"),
    "time_before_space": _each("[{h}] {l}: {t}", "\n\n"),
    "plain_time_before": _each("{h} {l}: {t}"),
    "time_dash": _each("[{h}] {l} - {t}"),
    "time_dash_line": _each("{k} - {l}\n  {t}", "\n\n"),
    "label_time_line": _each("{l}: [{h}]\n{t}", "\n\n"),
    "head_names": _each("{l}: [{h}]\n{t}", "\n\n"),
    "otter": _each("{l}  {k}  \n{t}", "\n\n"),
    "otter_hours": _each("{l}  1:{m}  \n{t}", "\n\n"),
    "bracket": _each("[{l}] {t}"),
    "datetime_before": _each("[2024-09-30 18:{m}] {l}: {t}", "\n\n"),
    "teams": _each("{l}   {k}\n{t}"),
    "zoom_txt_time": _each("{l}\t{h}\n{t}", "\n\n"),
    "zoom_saved_captions": _each("[{l}] {h}\n{t}", "\n\n"),
    "word_transcribe": _each("{h} {l}\n{t}", "\n"),
    "rev": _each("{l}: ({m})\n{t}", "\n\n"),
    "f4": _each("{l}: {t} #{h}-3#"),
    "bracket_time": _each("[{l}] {h}\n{t}", "\n\n"),
    "bracket_own_line": _each("[{l}]\n{t}", "\n\n"),
    "bracket_colon": _each("[{l}]: {t}"),
    "paren": _each("({l}) {t}"),
    "paren_colon": _each("({l}): {t}"),
    "paren_spaced_colon": _each("({l}) : {t}"),
    "md_bold_colon": _each("**{l}:** {t}", "\n\n"),
    "md_bold_spaced": _each("**{l}** : {t}", "\n\n"),
    "md_bold_time_colon": _each("**{l}** [{m}]: {t}", "\n\n"),
    "md_bracket_paren_time": _each("**[{l}]:** ({h} - {N})\n{t}", "\n\n"),
    "md_heading": _each("### {l}\n\n{t}", "\n\n"),
    "resolve": _each("[01:{m}:13 - 01:{m}:21]\n{l}\n {t}", "\n\n"),
}  # fmt: skip

_SUBTITLES: dict[str, Callable[[Turns], tuple[str, str]]] = {
    "vtt_v": lambda turns: ("vtt", "WEBVTT\n\n" + _each("{n}\n{h}.000 --> {N}.000\n<v {l}>{t}</v>", "\n\n")(turns)),
    "vtt_colon": lambda turns: ("vtt", "WEBVTT\n\n" + _each("{n}\n{h}.000 --> {N}.000\n{l}: {t}", "\n\n")(turns)),
    "vtt_continued": lambda turns: (
        "vtt",
        "WEBVTT\n\n"
        + "\n\n".join(
            f"00:{_time(n)}.000 --> 00:{_time(n)}.500 align:start\n{label}: <b>{words.split()[0]}</b>"
            f"\n\n00:{_time(n)}.500 --> 00:{_time(n + 1)}.000 align:start\n{words.partition(' ')[2]}"
            for n, (label, _, words) in enumerate(turns)
        ),
    ),
    "srt_colon": lambda turns: ("srt", _each("{n}\n{h},000 --> {N},000\n{l}: {t}", "\n\n")(turns)),
    "srt_bracket_colon": lambda turns: ("srt", _each("{n}\n{h},000 --> {N},000\n[{l}]: {t}", "\n\n")(turns)),
}


def _word(body: str) -> bytes:
    """A Word document with this body in place of its one paragraph."""
    source, target = zipfile.ZipFile(io.BytesIO(docx_bytes("TEXT"))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            xml = source.read(name).decode()
            if name == "word/document.xml":
                start, end = xml.index("<w:p>"), xml.index("</w:body>")
                xml = xml[:start] + body + xml[end:]
            archive.writestr(zipfile.ZipInfo(name), xml)
    return target.getvalue()


def _run(text: str, *, bold: bool = False) -> str:
    marks = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def table(rows: list[list[str]]) -> bytes:
    """A Word document that is one table."""
    cells = (
        "".join(f"<w:tc>{''.join(f'<w:p>{_run(line)}</w:p>' for line in cell.split(chr(10)))}</w:tc>" for cell in row)
        for row in rows
    )
    return _word(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>")


def bold_names(turns: Turns) -> bytes:
    """A Word document whose paragraphs begin with the label in bold, without a colon."""
    return _word("".join(f"<w:p>{_run(label, bold=True)}{_run(f' {words}')}</w:p>" for label, _, words in turns))


_DOCX: dict[str, Callable[[Turns], bytes]] = {
    "bold_docx": bold_names,
    "table": lambda turns: table([[label, words] for label, _, words in turns]),
    "table_header": lambda turns: table([["ผู้พูด", "ข้อความ"], *([label, words] for label, _, words in turns)]),
    "table_header_en": lambda turns: table([["Speaker", "Content"], *([label, words] for label, _, words in turns)]),
    "table_number": lambda turns: table([[str(n), label, words] for n, (label, _, words) in enumerate(turns, 1)]),
    "table_time": lambda turns: table([[f"[02:45:{n:02d}]", f"[{t[0]}]", t[2]] for n, t in enumerate(turns)]),
}  # fmt: skip
