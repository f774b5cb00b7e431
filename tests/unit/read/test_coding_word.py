from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pandas as pd
import pytest
from amount import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thongthin.basics.language import normalise_text
from thongthin.basics.problems import Problems
from thongthin.read.coding.code_names import CodeNames, tool_codes
from thongthin.read.coding.model import CodedFile
from thongthin.read.coding.word import read_word
from thongthin.read.interviews import read_interviews

KNOWN = ("skills", "skills_gap", "Skills gap", "budget", "Trust, mutual", "ทักษะดิจิทัล", "1.2 Time")
# One code point each: a decomposed sara am is two, an emoji with skin tone two, a family four people and three joiners.
DIRTY = "ทํางานหนัก 👩‍👩‍👧‍👦 กับ 👍🏽 ๑๒ ปี"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def start(id_: int) -> str:
    return f'<w:commentRangeStart w:id="{id_}"/>'


def end(id_: int) -> str:
    return f'<w:commentRangeEnd w:id="{id_}"/><w:r><w:commentReference w:id="{id_}"/></w:r>'


def comment(id_: int, text: str, author: str = "SK", paragraph: str = "") -> str:
    lines = "".join(
        f'<w:p w14:paraId="{paragraph or f"{id_:08X}"}"><w:r><w:annotationRef/></w:r>{run(line)}</w:p>'
        for line in text.split("\n")
    )
    return f'<w:comment w:id="{id_}" w:author="{author}" w:initials="XX">{lines}</w:comment>'


def package(body: str, comments: str | None = None, extended: str = "", prefix: str = "") -> bytes:
    """A Word document with this body and these comments, as XML that Word itself might write."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships><Relationship Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'{prefix}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": "<Relationships>"
        f'<Relationship Type="{RELATIONS}/comments" Target="comments.xml"/>'
        '<Relationship Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended"'
        ' Target="/word/commentsExtended.xml"/></Relationships>',
    }
    if comments is not None:
        parts["word/comments.xml"] = f'<w:comments xmlns:w="{W}" xmlns:w14="{W14}">{comments}</w:comments>'
    if extended:
        parts["word/commentsExtended.xml"] = f'<w15:commentsEx xmlns:w15="{W15}">{extended}</w15:commentsEx>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, xml in parts.items():
            archive.writestr(name, HEAD + xml)
    return data.getvalue()


def read(folder: Path, data: bytes, name: str = "P01.docx", **options: object) -> tuple[CodedFile | None, Problems]:
    path = folder / name
    path.write_bytes(data)
    problems = Problems()
    options.setdefault("known", KNOWN)
    return read_word(path, problems.at(f"coding/{name}"), **options), problems  # type: ignore[arg-type]


def coded(folder: Path, body: str, comments: str, extended: str = "") -> CodedFile:
    """What is read from a document without problems; every selection reads as its positions say."""
    file, problems = read(folder, package(body, comments, extended))
    assert not problems.found
    assert file is not None
    text = file.sources[0].text
    assert text is not None
    assert [text[s.start : s.end] for s in file.selections] == [s.quoted for s in file.selections]
    # The interview itself, read from the same file, has the very same text.
    people = pd.DataFrame({"participant_id": ["P01"], "consent": ["yes"]})
    transcripts = read_interviews([folder / "P01.docx"], people, Problems()).transcripts
    assert transcripts["text"].iloc[0] == normalise_text(text)
    return file


def quotes(file: CodedFile) -> list[tuple[str, tuple[str, ...]]]:
    return [(selection.quoted, selection.codes) for selection in file.selections]


# --- documents that python-docx writes ----------------------------------------------------------------------


def test_comments_are_codes_and_authors_are_coders(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("ผู้สัมภาษณ์: เป็นอย่างไรบ้าง")
    paragraph = document.add_paragraph("ผู้ให้ข้อมูล: ")
    first = paragraph.add_run(DIRTY)
    second = paragraph.add_run(" งบไม่พอ")
    third = document.add_paragraph().add_run("ข้ามย่อหน้า")
    document.add_comment(first, text="skills_gap; budget", author="Somsri K.", initials="NP")
    document.add_comment([second, third], text="#Skills Gap\nทักษะดิจิทัล", author="นิพนธ์", initials="")
    data = io.BytesIO()
    document.save(data)
    file, problems = read(tmp_path, data.getvalue(), "P01_SK.docx")
    assert not problems.found
    assert file is not None
    assert [(source.name, source.text) for source in file.sources] == [
        ("P01_SK", f"ผู้สัมภาษณ์: เป็นอย่างไรบ้าง\nผู้ให้ข้อมูล: {DIRTY} งบไม่พอ\nข้ามย่อหน้า")
    ]
    start = len("ผู้สัมภาษณ์: เป็นอย่างไรบ้าง\nผู้ให้ข้อมูล: ")
    assert [(s.start, s.end, s.codes, s.coder, s.place) for s in file.selections] == [
        (start, start + len(DIRTY), ("skills_gap", "budget"), "Somsri K.", "comment 1"),
        (start + len(DIRTY), len(file.sources[0].text or ""), ("Skills gap", "ทักษะดิจิทัล"), "นิพนธ์", "comment 2"),
    ]
    assert [(code.id, code.name, code.parent) for code in file.codes] == [
        (name, name, "") for name in ("skills_gap", "budget", "Skills gap", "ทักษะดิจิทัล")
    ]
    assert file.units == ("code_points",)


WORDS = st.lists(st.text("กำํา้ 👍🏽é\u0301a ", min_size=1, max_size=5), min_size=1, max_size=6)


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
@settings(max_examples=tried(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_passage_comes_back_where_it_was_marked(
    tmp_path: Path, paragraphs: list[list[str]], data: st.DataObject
) -> None:
    runs = [(p, r) for p, paragraph in enumerate(paragraphs) for r in range(len(paragraph))]
    spans = [
        tuple(sorted(span))
        for span in data.draw(
            st.lists(st.tuples(*[st.integers(0, len(runs) - 1)] * 2), min_size=1, max_size=4, unique=True)
        )
    ]
    body, position, starts = "", 0, []
    for p, paragraph in enumerate(paragraphs):
        body += "<w:p>"
        for r, text in enumerate(paragraph):
            n = runs.index((p, r))
            starts.append((position, position + len(text)))
            body += "".join(start(i) for i, (first, _) in enumerate(spans) if first == n)
            body += run(text)
            body += "".join(end(i) for i, (_, last) in enumerate(spans) if last == n)
            position += len(text)
        body += "</w:p>"
        position += 1
    everything = "\n".join("".join(paragraph) for paragraph in paragraphs)
    marked = [(starts[first][0], starts[last][1]) for first, last in spans]
    file, problems = read(tmp_path, package(body, "".join(comment(i, "skills") for i in range(len(spans)))))
    blank = [span for span in marked if not everything[slice(*span)].strip()]
    assert len(problems) == len(blank)
    assert file is not None
    assert file.sources[0].text == everything
    assert [(s.start, s.end) for s in file.selections] == sorted(span for span in marked if span not in blank)


# --- where passages stand -----------------------------------------------------------------------------------


def test_passages_nest_overlap_and_go_over_paragraphs(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('ก: ')}{start(1)}{run('หนึ่ง')}{start(2)}{run('สอง')}{end(1)}{run('สาม')}</w:p>"
        f"<w:p>{run('สี่')}{end(2)}{start(3)}{start(4)}{run('ห้า')}{end(4)}{end(3)}</w:p>"
    )
    file = coded(tmp_path, body, "".join(comment(n, "skills") for n in (4, 3, 2, 1)))
    assert [s.quoted for s in file.selections] == ["หนึ่งสอง", "สองสาม\nสี่", "ห้า", "ห้า"]


def test_passages_in_tables_and_text_boxes(tmp_path: Path) -> None:
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:{0}><w:txbxContent><w:p>{1}</w:p></w:txbxContent></mc:{0}></mc:AlternateContent></w:r>"
    )
    inside = f"{start(2)}{run('ในกล่อง')}{end(2)}"
    body = (
        f"<w:p>{run('ก: นอก')}{box.format('Choice', inside)}{box.format('Fallback', inside)}{run('กล่อง')}</w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run('ซ้าย ')}{start(1)}{run('หนึ่ง')}</w:p></w:tc>"
        f"<w:tc><w:p>{run('สอง')}{end(1)}</w:p></w:tc></w:tr></w:tbl>"
    )
    file = coded(tmp_path, body, comment(1, "skills") + comment(2, "budget"))
    assert file.sources[0].text == "ก: นอกกล่อง\nในกล่อง\nซ้าย หนึ่ง\nสอง"
    assert quotes(file) == [("ในกล่อง", ("budget",)), ("หนึ่ง\nสอง", ("skills",))]


def test_marks_between_paragraphs_take_in_whole_paragraphs(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('ก: ก่อน')}</w:p>{start(1)}<w:p>{run('ใน')}</w:p><w:p>{run('ด้วย')}</w:p>"
        f'<w:commentRangeEnd w:id="1"/><w:p>{run("หลัง")}</w:p>'
    )
    assert quotes(coded(tmp_path, body, comment(1, "skills"))) == [("ใน\nด้วย", ("skills",))]


def test_tracked_changes_count_as_accepted(tmp_path: Path) -> None:
    def change(kind: str, inside: str) -> str:
        return f'<w:{kind} w:id="9" w:author="a">{inside}</w:{kind}>'

    gone = "<w:r><w:delText>ลบ</w:delText><w:tab/></w:r>"
    paragraph_mark = '<w:pPr><w:rPr><w:del w:id="9" w:author="a"/></w:rPr></w:pPr>'
    row_mark = '<w:trPr><w:del w:id="9" w:author="a"/></w:trPr>'
    body = (
        f"<w:p>{run('ก: ')}{start(1)}{run('เดิม')}{change('del', gone)}{change('ins', run('ใหม่'))}"
        f"{change('moveFrom', run('ย้าย'))}{end(1)}</w:p>"
        f"<w:p>{paragraph_mark}{run('ต่อ')}</w:p><w:p>{start(2)}{run('กัน')}{change('moveTo', run('ย้าย'))}{end(2)}</w:p>"
        f"<w:p>{paragraph_mark}{change('del', gone)}</w:p>"
        f"<w:tbl><w:tr>{row_mark}<w:tc><w:p>{change('del', gone)}</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:p>{run('ท้าย')}</w:p></w:tc></w:tr></w:tbl>"
    )
    file = coded(tmp_path, body, comment(1, "skills") + comment(2, "budget"))
    assert file.sources[0].text == "ก: เดิมใหม่\nต่อกันย้าย\nท้าย"
    assert quotes(file) == [("เดิมใหม่", ("skills",)), ("กันย้าย", ("budget",))]


def test_a_passage_that_begins_in_deleted_text_keeps_what_is_left(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('ก: ')}<w:del>{start(1)}<w:r><w:delText>ลบ</w:delText></w:r></w:del>{run('เหลือ')}{end(1)}"
        f"{run(' ท้าย')}</w:p>"
    )
    assert quotes(coded(tmp_path, body, comment(1, "skills"))) == [("เหลือ", ("skills",))]


def test_comments_without_text_are_told(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('ก: หนึ่ง')}<w:r><w:commentReference w:id='1'/></w:r></w:p>"
        f"<w:p>{run('สอง')}<w:del>{start(2)}<w:r><w:delText>ลบ</w:delText></w:r>{end(2)}</w:del></w:p>"
        f"<w:p>{start(4)}{run('สาม')}{end(4)}</w:p>"
    )
    comments = comment(1, "skills") + comment(2, "budget", "NP") + comment(3, "skills") + comment(4, " ")
    file, problems = read(tmp_path, package(body, comments))
    assert file is not None
    assert not file.selections
    assert [(p.kind, p.en) for p in problems] == [
        ("comment-without-text", 'Comment 1 by SK ("skills") marks no text, in the paragraph "ก: หนึ่ง".'),
        ("comment-without-text", 'Comment 2 by NP ("budget") marks no text, in the paragraph "สอง".'),
        ("empty-comment", 'Comment 3 by SK on "สาม" is empty.'),
        ("comment-without-text", 'Comment 4 by SK ("skills") marks no text.'),
    ]
    assert problems.found[0].th == 'ความคิดเห็นที่ 1 ของ SK ("skills") ไม่ได้กำกับข้อความใด ในย่อหน้า "ก: หนึ่ง"'
    assert "Select the passage in Word" in problems.found[0].hint_en


# --- who says what ------------------------------------------------------------------------------------------


def test_replies_and_remarks_are_memos_and_resolved_comments_still_count(tmp_path: Path) -> None:
    body = f"<w:p>{run('ก: ')}{start(0)}{start(1)}{start(2)}{run('หนึ่ง')}{end(0)}{end(1)}{end(2)}</w:p>"
    comments = (
        comment(0, "skills_gap: เพราะเขาพูดเอง\nthis took a while")
        + comment(1, "budget", "NP")
        + comment(2, "I do not agree, skills", "SK")
    )
    extended = (
        '<w15:commentEx w15:paraId="00000000" w15:done="1"/>'
        '<w15:commentEx w15:paraId="00000001" w15:paraIdParent="00000000" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/>'
    )
    file = coded(tmp_path, body, comments, extended)
    assert quotes(file) == [("หนึ่ง", ("skills_gap",))]
    assert [(memo.on, memo.about, memo.title, memo.coder, memo.text) for memo in file.memos] == [
        ("selection", "comment 1", "", "SK", "เพราะเขาพูดเอง\nthis took a while"),
        ("selection", "comment 1", "reply", "NP", "budget"),
        ("selection", "comment 1", "reply", "SK", "I do not agree, skills"),
    ]


def test_replies_in_a_circle_end(tmp_path: Path) -> None:
    body = f"<w:p>{run('ก: ')}{start(1)}{start(2)}{run('หนึ่ง')}{end(1)}{end(2)}</w:p>"
    extended = "".join(
        f'<w15:commentEx w15:paraId="0000000{a}" w15:paraIdParent="0000000{b}"/>' for a, b in ((1, 2), (2, 1))
    )
    file, problems = read(tmp_path, package(body, comment(1, "skills") + comment(2, "budget"), extended))
    assert file is None
    assert [p.kind for p in problems] == ["no-comments"]


@pytest.mark.parametrize(
    ("author", "coder", "expected"),
    [("SK", None, "SK"), ("SK", "NP", "SK"), ("Author", "NP", "NP"), ("Unknown Author", None, ""), ("", "NP", "NP")],
)
def test_the_coder_is_the_author_where_word_knows_him(
    tmp_path: Path, author: str, coder: str | None, expected: str
) -> None:
    body = f"<w:p>{run('ก: ')}{start(1)}{run('หนึ่ง')}{end(1)}</w:p>"
    file, _ = read(tmp_path, package(body, comment(1, "skills", author)), coder=coder)
    assert file is not None
    assert file.selections[0].coder == expected


@pytest.mark.parametrize(
    ("text", "codes", "remark"),
    [
        ("skills", ("skills",), ""),
        ("SKILLS  gap", ("Skills gap",), ""),
        ("• skills_gap\n2) budget", ("skills_gap", "budget"), ""),
        ("1.2 Time", ("1.2 Time",), ""),
        ("“budget”.", ("budget",), ""),
        ("Trust, mutual, budget", ("Trust, mutual", "budget"), ""),
        ("Trust, mutual; skills, budget", ("Trust, mutual", "skills", "budget"), ""),
        ("skills/budget", ("skills/budget",), ""),
        ("skills, because he says so", ("skills, because he says so",), ""),  # met as an unknown code
        ("skills: because: he says so", ("skills",), "because: he says so"),
        ("skills, budget – see P02", ("skills", "budget"), "see P02"),
        ("budget\nsee P02", ("budget",), "see P02"),
        ("see P02\nbudget", ("see P02", "budget"), ""),  # the first line should be a code
        ("note: see P02\nbudget", ("budget",), "see P02"),
        ("หมายเหตุ: ถามต่อ", (), "ถามต่อ"),
        ("budget\nskils_gap", ("budget", "skils_gap"), ""),  # nearly a code is no remark
        ("budget\n#new idea", ("budget", "new idea"), ""),
        ("ไม่มีรหัส", (), ""),
        ("skills\nskills", ("skills",), ""),
    ],
)
def test_what_a_comment_says(text: str, codes: tuple[str, ...], remark: str) -> None:
    assert CodeNames(KNOWN).comment(text) == (codes, remark)


def test_without_a_codebook_lines_and_semicolons_part_codes() -> None:
    assert CodeNames().comment("open: new, b; fear\n- กลัว\nnote: x") == (("open: new, b", "fear", "กลัว"), "x")


def test_a_path_of_codes_brings_those_above() -> None:
    codes = tool_codes(["a > b > c", "a\\d", "x > y", "a"], known=["x > y"])
    assert [(code.id, code.name, code.parent) for code in codes] == [
        ("a", "a", ""),
        ("a > b", "b", "a"),
        ("a > b > c", "c", "a > b"),
        ("a\\d", "d", "a"),
        ("x > y", "x > y", ""),
    ]


# --- documents that are not as they should be ---------------------------------------------------------------

BODY = f"<w:p>{run('ก: ')}{start(1)}{run('หนึ่ง')}{end(1)}</w:p>"


def test_a_document_without_comments_is_told(tmp_path: Path) -> None:
    for data in (package(BODY), package(BODY, "")):
        file, problems = read(tmp_path, data)
        assert file is None
        assert [p.en for p in problems] == ["No passage of this document carries a comment."]


def test_two_comments_of_one_id_are_told(tmp_path: Path) -> None:
    _, problems = read(tmp_path, package(BODY, comment(1, "skills") + comment(1, "budget", paragraph="AA")))
    assert [p.en for p in problems] == ['2 comments of this document have the same id "1".']


def entities(declaration: str, use: str) -> bytes:
    body = f"<w:p>{run('ก: ')}{start(1)}{run(use)}{end(1)}</w:p>"
    return package(body, comment(1, "skills"), prefix=f"<!DOCTYPE w [{declaration}]>")


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: entities('<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">', "&b;"), "document-type"),
        (lambda: entities('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;"), "document-type"),
        (lambda: package(BODY + "<w:p>", comment(1, "skills")), "broken-xml"),
        (lambda: package(BODY, comment(1, "skills"))[:-400], "unreadable"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unreadable"),  # as with a password
        (lambda: package(BODY, comment(1, "skills")).replace(b"word/document.xml", b"word/documenu.xml"), "unreadable"),
    ],
)
def test_hostile_and_damaged_documents_are_refused(tmp_path: Path, make: Callable[[], bytes], kind: str) -> None:
    file, problems = read(tmp_path, make())
    assert file is None
    assert [p.kind for p in problems] == [kind]
    assert problems.found[0].file == "coding/P01.docx"


def test_a_missing_document_is_told(tmp_path: Path) -> None:
    problems = Problems()
    assert read_word(tmp_path / "P01.docx", problems) is None
    assert len(problems) == 1


def test_markup_in_comments_stays_text(tmp_path: Path) -> None:
    body = f"<w:p>{run('ก: ')}{start(1)}{run('=cmd|&apos; /C calc&apos;!A0')}{end(1)}</w:p>"
    file = coded(tmp_path, body, comment(1, "=SUM(A1)&lt;script&gt;"))
    assert quotes(file) == [("=cmd|' /C calc'!A0", ("=SUM(A1)<script>",))]


def test_a_document_of_dedoose_names_a_code_on_each_line_of_a_comment(tmp_path: Path) -> None:
    body = f"<w:p>{start(0)}{run('ใช้แอป')}{end(0)}{run(' แล้ว ')}{start(1)}{run('หลานช่วย')}{end(1)}</w:p>"
    said = comment(0, "Codes (485-522)\nskills\nOpen, to all: new ideas") + comment(1, "Codes ( 1 - 9 )\nSkills  GAP")
    (tmp_path / "P03.docx").write_bytes(package(body, said))
    problems = Problems()
    coded = read_word(tmp_path / "P03.docx", problems.at("coding/P03.docx"), known=KNOWN)
    assert [str(problem) for problem in problems] == []
    assert coded is not None
    assert [(s.quoted, s.codes) for s in coded.selections] == [
        ("ใช้แอป", ("skills", "Open, to all: new ideas")),
        ("หลานช่วย", ("Skills gap",)),
    ]
    assert coded.memos == []
