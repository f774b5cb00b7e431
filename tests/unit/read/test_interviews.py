from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from studies import docx_bytes

from thongthin.basics.problems import Problems
from thongthin.read.interviews import find_passages, read_interviews

DIRTY = Path(__file__).parents[3] / "../shared/data/thai_text_dirty"


def read(folder: Path, content: str | bytes, name: str = "P01.txt") -> tuple[str, list[tuple[str, str, str]]]:
    """Transcript, and speaker, role and text of each turn, of one interview."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    people = pd.DataFrame({"participant_id": [path.stem], "consent": ["yes"]})
    problems = Problems()
    transcripts, turns, _ = read_interviews([path], people, problems)
    assert not problems.found
    text = transcripts["text"].iloc[0]
    # What a turn says is what stands at its offsets.
    assert [text[s:e] for s, e in zip(turns["start"], turns["end"], strict=True)] == list(turns["text"])
    return text, list(turns[["speaker", "role", "text"]].itertuples(index=False, name=None))


def test_turns_start_at_labels_and_only_there(tmp_path: Path) -> None:
    _, turns = read(
        tmp_path,
        "บทสัมภาษณ์ที่ 1\n\nผู้สัมภาษณ์: เริ่มกี่โมง\nนาย ก： เวลา 10:30 น.\n10:45 น. ก็มี\nดู https://example.org/a:b\n"
        "Q: and now?\nInterviewer 2:so\nA: \nผู้ถาม:ครับ\n",
    )
    assert turns == [
        ("ผู้สัมภาษณ์", "interviewer", "เริ่มกี่โมง"),
        ("นาย ก", "participant", "เวลา 10:30 น.\n10:45 น. ก็มี\nดู https://example.org/a:b"),
        ("Q", "interviewer", "and now?"),
        ("Interviewer 2", "interviewer", "so"),
        ("A", "participant", ""),
        ("ผู้ถาม", "interviewer", "ครับ"),
    ]


def test_text_is_normalised_and_digits_stay(tmp_path: Path) -> None:
    text, turns = read(tmp_path, "\ufeffผู้ให้ข้อมูล:\u00a0ทํางาน\u200b ๑๒ ปี\r\n\r\n")
    assert text == "ผู้ให้ข้อมูล: ทำงาน ๑๒ ปี"
    assert turns == [("ผู้ให้ข้อมูล", "participant", "ทำงาน ๑๒ ปี")]


def test_word_gives_its_paragraphs_tables_and_accepted_changes(tmp_path: Path) -> None:
    xml = zipfile.ZipFile(io.BytesIO(docx_bytes("ถาม: หนึ่ง\nX\nY"))).read("word/document.xml").decode()
    run = "<w:r><w:t>{}</w:t></w:r>"
    deleted = '<w:del w:id="2" w:author="a"><w:r><w:delText>ลบ</w:delText></w:r></w:del>'
    changed = f'<w:ins w:id="1" w:author="a">{run.format(" สอง")}</w:ins>{deleted}'
    cells = "".join(f"<w:tc><w:p>{run.format(t)}</w:p></w:tc>" for t in ("ตอบ: ในตาราง", "สาม"))
    xml = xml.replace("</w:p>", changed + "</w:p>", 1)
    xml = xml.replace('<w:p><w:r><w:t xml:space="preserve">X</w:t></w:r></w:p>', f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    xml = xml.replace('preserve">Y</w:t>', 'preserve">Y</w:t><w:tab/><w:t>z</w:t><w:br/><w:t>Z</w:t>')
    source, target = zipfile.ZipFile(io.BytesIO(docx_bytes(""))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, xml if name == "word/document.xml" else source.read(name))
    text, _ = read(tmp_path, target.getvalue(), "P01.docx")
    assert text == "ถาม: หนึ่ง สอง\nตอบ: ในตาราง\nสาม\nY\tz\nZ"


def test_real_questions_and_answers(tmp_path: Path) -> None:
    if not DIRTY.is_dir():
        pytest.skip("../shared/data is not here")
    _, turns = read(tmp_path, (DIRTY / "question_answer_1.txt").read_bytes())
    roles = [(speaker, role) for speaker, role, _ in turns]
    assert ("ผู้ถาม", "interviewer") in roles
    assert ("ผู้ตอบ", "participant") in roles


def test_interviews_follow_the_order_of_the_participants(tmp_path: Path) -> None:
    for name in ("P10.txt", "P2.txt"):
        (tmp_path / name).write_text("ก: ข", encoding="utf-8")
    people = pd.DataFrame({"participant_id": ["P2", "P10"], "consent": ["yes", "yes"]})
    transcripts, turns, _ = read_interviews(sorted(tmp_path.iterdir()), people, Problems())
    assert list(transcripts["participant_id"]) == ["P2", "P10"]
    assert list(turns["turn_id"]) == ["P2-001", "P10-001"]


def test_who_did_not_consent_needs_no_interview() -> None:
    people = pd.DataFrame({"participant_id": ["P1"], "consent": ["no"]})
    problems = Problems()
    transcripts = read_interviews([], people, problems).transcripts
    assert not problems.found
    assert transcripts.empty


@given(st.text("กขa \n", max_size=12), st.text("กขa \n", min_size=1, max_size=12), st.text("กขa \n", max_size=12))
def test_a_passage_is_found_where_it_stands(before: str, wanted: str, after: str) -> None:
    text = f"{before}|{wanted}|{after}"
    if wanted.strip():
        start = text.index("|") + 1 + len(wanted) - len(wanted.lstrip())
        assert (start, start + len(wanted.strip())) in find_passages(text, " ".join(wanted.split()))
