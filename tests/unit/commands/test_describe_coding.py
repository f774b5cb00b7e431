from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from coding_files import FORMATS, INTERVIEWS, Files, Mark, guid, own_project, refi, taguette
from hypothesis import given
from hypothesis import strategies as st
from studies import ANSWERS, CODES, CONFIG, make_study, replace_text, transcript, yaml_text

from thongthin.basics.problems import Problems, printable
from thongthin.commands import parts
from thongthin.commands.coding_description import description
from thongthin.commands.coding_drafts import drafts
from thongthin.commands.describe_coding import main
from thongthin.commands.file_descriptions import write_drafts
from thongthin.commands.parts import Part, described
from thongthin.contract.identifiers import new_id
from thongthin.read.codebook import read_codebook
from thongthin.read.coding.model import Case, CodedFile, NamedSet, Source, ToolCode
from thongthin.read.coding.positions import Convention
from thongthin.read.coding.refi import read_refi
from thongthin.read.frame import read_sites

DATA = Path(__file__).parents[4] / "shared" / "data"

NOTES = (
    f'<Variables><Variable guid="{guid("age")}" name="อายุ" typeOfVariable="Text"/></Variables>'
    f'<Cases><Case guid="{guid("case")}" name="ปลัด"><VariableValue><VariableRef targetGUID="{guid("age")}"/>'
    f'<TextValue>41</TextValue></VariableValue><SourceRef targetGUID="{guid("source", "P01")}"/></Case></Cases>'
    f'<Notes><Note guid="{guid("note")}" name="x"><PlainTextContent>ลับ</PlainTextContent></Note></Notes>'
    f'<Sets><Set guid="{guid("set")}" name="อบต. ก"><MemberSource targetGUID="{guid("source", "P02")}"/></Set></Sets>'
)


class Told:
    """What the command prints and ends with, in a project folder of its own."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys
        (root / "config").mkdir()
        (root / "config" / "config.yml").write_text(yaml_text({"studies": ["small"], **CONFIG}), encoding="utf-8")
        monkeypatch.chdir(root)

    def __call__(self, file: str, data: bytes | None = None, *words: str) -> tuple[int, str]:
        if data is not None:
            Path(file).write_bytes(data)
        code = main([file, *words])
        return code, self._capsys.readouterr().out


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    return Told(tmp_path, monkeypatch, capsys)


# --- what a file holds ------------------------------------------------------------------------------------------------


def test_everything_that_a_project_holds(told: Told) -> None:
    code, printed = told("โครงการ.qdpx", refi(Convention("utf16", "lf"), quoted=True, extra=NOTES))
    size = {participant: len(text) for participant, text in INTERVIEWS.items()}
    assert code == 0
    assert printed == (
        "โครงการ.qdpx\n\n"
        "Tool, format / โปรแกรม รูปแบบ\n  Test 1.0, REFI-QDA\n\n"
        "Documents: 3 (characters stored; passages marked) / เอกสาร 3 (อักขระที่เก็บไว้; ข้อความที่เลือก)\n"
        f"  P01  {size['P01']}  6\n  P02  {size['P02']}  2\n  P03  {size['P03']}  1\n\n"
        "How positions count (documents) / วิธีนับตำแหน่ง (เอกสาร)\n"
        "  UTF-16 units, a line end as 1 / หน่วย UTF-16 นับการขึ้นบรรทัดเป็น 1: 3 (P01, P02, P03)\n\n"
        "Codes: 5 (passages; in brackets with those below) / รหัส 5 (ข้อความ; ในวงเล็บคือรวมรหัสย่อย)\n"
        "  ทัศนคติ  4\n  งบประมาณ  1 (3)\n    ขาดแคลน  2\n  ทักษะ  1 (3)\n    ขาดแคลน  2\n\n"
        "Coders: 2 (passages; documents) / ผู้ลงรหัส 2 (ข้อความ; เอกสาร)\n  SK  5  3\n  นพ  4  2\n\n"
        "Cases: 1 (documents) / กรณี 1 (เอกสาร)\n  ปลัด  1\n\n"
        "Variables of cases: 1 (cases; values) / ตัวแปรของกรณี 1 (กรณี; ค่า)\n  อายุ  1  41\n\n"
        "Sets: 1 (documents; codes) / ชุด 1 (เอกสาร; รหัส)\n  อบต. ก  1  0\n\n"
        "Memos: 1 / บันทึก 1\n  the project / โครงการ  1\n"
    )
    assert "ลับ" not in printed


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_described(told: Told, name: str) -> None:
    files: Files = FORMATS[name]()
    first = files.write(told.root)[0]
    code, printed = told(first.name)
    assert code == 0
    headings = [line.partition(":")[0] for line in printed.split("\n") if line and not line.startswith(" ")]
    assert headings[:3] == [first.name, "Tool, format / โปรแกรม รูปแบบ", "Documents"]
    assert {"How positions count (documents) / วิธีนับตำแหน่ง (เอกสาร)", "Codes", "Coders"} <= set(headings)
    if len(files.files) == 1:
        # QualCoder has a passage for each code, as our own table.
        assert re.search(r"\n  SK  [56]  3\n  นพ  [345]  [12]\n", printed)
        assert "Documents: 3 (" in printed
    if name == "Taguette":
        assert (
            "UTF-8 bytes, line ends as stored / ไบต์ UTF-8 นับการขึ้นบรรทัดตามที่เก็บไว้: 3 (P01.txt, P02.txt, P03.txt)"
            in printed
        )
        assert "\n  Taguette\n" in printed
    if name.startswith("MAXQDA"):
        assert "no positions; passages are found by their text / ไม่มีตำแหน่ง ใช้ตัวข้อความหาที่อยู่: 3 (" in printed
        assert "\n    ขาดแคลน  2" in printed


def test_positions_that_the_file_alone_cannot_tell(told: Told) -> None:
    """No text is stored; a single passage fits several ways; the text is another one."""
    loose = Mark("P03", "ช่วย 📱", ("attitude",), "SK")
    _, printed = told("a.qdpx", refi(stored=False))
    assert "the file stores no text to compare with / ไฟล์ไม่ได้เก็บข้อความไว้ให้เทียบ: 3 (P01, P02, P03)" in printed
    _, printed = told("b.qdpx", refi(marks=[loose]))
    assert "several ways fit (0 of 1 are whole lines, " in printed
    assert "เข้าได้หลายวิธี (จาก 1 ตรงทั้งบรรทัด 0" in printed
    other = {**INTERVIEWS, "P01": "อื่น ๆ " * 90}
    _, printed = told("c.qdpx", refi(texts=other, quoted=True))
    assert "no way fits (0 of 6 read as quoted) / ไม่มีวิธีใดเข้ากัน (ตรงกับข้อความที่อ้าง 0 จาก 6): 1 (P01)" in printed
    assert "code points, line ends as stored" in printed  # of the other two


def test_codes_that_stand_below_each_other_are_listed_once() -> None:
    codes = [
        ToolCode("1", "a", "2"),
        ToolCode("2", "b", "1"),
        ToolCode("3", "top"),
        ToolCode("4", "c", "3", codable=False),
    ]
    coded = CodedFile("x", "qualcoder", codes=codes)
    (part,) = [part for part in description(coded) if part.en.startswith("Codes")]
    assert part.lines == ["top  0 (0)", "  c  –", "a  0 (0)", "  b  0 (0)"]


def test_long_lists_and_names_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LISTED", 2)
    assert described([Part("Codes", "รหัส", ["a", "b", "c", "d"]), Part("Sets", "ชุด", [])]) == (
        "Codes / รหัส\n  a\n  b\n  ... 2 more / และอีก 2 รายการ"
    )
    assert len(parts.shown("ก" * 500)) == parts.SHOWN
    assert parts.shown(" \n ") == "–"


EVIL = "\x1b[31m\u202ered\u2066\x07\x9b2J\x08\u2028\x00"


def test_control_characters_of_a_strangers_file_reach_no_terminal(told: Told) -> None:
    codes = [ToolCode("1", f"code{EVIL}", description=EVIL)]
    coded = CodedFile("x", "refi", tool=EVIL, sources=[Source("1", EVIL, EVIL)], codes=codes,
                      cases=[Case("1", EVIL, ("1",), {EVIL: EVIL})], sets=[NamedSet(EVIL, ("1",))])  # fmt: skip
    printed = printable(described(description(coded)))
    assert not set(printed) & set(EVIL) - set("[31mred2J")
    assert "\\x1b[31m\\u202ered" in printed
    _, printed = told("x\u202e.qdpx", refi(origin="a\u009bb", names={"P01": "P\u202e01"}))
    assert "\\u202e" in printed
    assert "a\\x9bb" in printed
    assert not {"\u202e", "\u009b"} & set(printed)


@given(st.text(st.characters(codec=None)))
def test_what_is_printed_is_printable_and_the_rest_is_as_it_was(text: str) -> None:
    printed = printable(text)
    assert not [c for c in printed if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}]
    assert printed.encode("utf-8") or not text  # no half of a surrogate pair, which no console can print
    safe = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    assert printable(safe) == safe


def test_a_file_that_cannot_be_read_gets_the_usual_messages(told: Told) -> None:
    code, printed = told("coding.qdpx", refi()[:-60])
    assert code == 1
    assert printed.startswith("coding.qdpx:\n  This archive is damaged")
    code, printed = told("x.nvpx", b"x")
    assert code == 1
    assert "Hint: In NVivo, export the project for other programs, in the format REFI-QDA (.qdpx); or" in printed
    code, printed = told("codings.qdpx")
    assert code == 1
    assert 'This file is missing.\n  Hint: Is it "coding.qdpx"' in printed
    assert "ไม่พบไฟล์นี้" in printed


def test_problems_of_the_file_itself_are_told_behind_the_description(told: Told) -> None:
    """Once, although a comparison reads it twice."""
    make_study(told.root)
    value = '<VariableValue><VariableRef targetGUID="x"/><TextValue>1</TextValue></VariableValue>'
    broken = refi(quoted=True, extra=f'<Cases><Case guid="{guid("c")}" name="K">{value}</Case></Cases>')
    for words in ([], ["--study", "small"]):
        code, printed = told("x.qdpx", broken, *words)
        assert code == 0
        assert printed.count('refers to a variable that is not in this file ("x")') == 1
        assert "\nx.qdpx:\n" in printed


# --- compared with a study --------------------------------------------------------------------------------------------


def of_the_small_study(**changes: Any) -> bytes:
    """Interviews of the small study with codes of its codebook, and one that is not there."""
    texts = {who: transcript(who).replace("\n", "\r\n") for who in ANSWERS}
    marks = [
        Mark("P01", ANSWERS["P01"][0], ("attitude_open",), "SK"),
        Mark("P02", ANSWERS["P02"][1], ("faster", "new"), "NP"),
        Mark("P03", ANSWERS["P03"][0], ("attitude_fear",), "SK"),
        Mark("P04", ANSWERS["P04"][0], ("skills",), "SK"),
    ]
    parents = {**{code: parent for code, parent, *_ in CODES}, "new": "skills"}
    called = {**{code: label for code, _, label, *_ in CODES}, "new": "ใหม่"}
    given_: dict[str, Any] = {"texts": texts, "counted_in": texts, "marks": marks, "quoted": True, "stored": False}
    given_ |= {"parents": parents, "called": called, "names": {"P02": "P02_NP.docx", "P04": "ใครก็ไม่รู้"}}
    return refi(Convention("utf16", "crlf"), **{**given_, **changes})


def test_what_is_what_in_a_study_and_what_would_be_missing(told: Told) -> None:
    make_study(told.root)
    code, printed = told("x.qdpx", of_the_small_study(), "--study", "small")
    assert code == 0
    assert "\n  P01  –  1  -> P01\n  P02_NP.docx  –  1  -> P02\n" in printed
    assert "\n  ใครก็ไม่รู้  –  1  -> ?\n" in printed
    assert "\n  ทักษะดิจิทัล  1 (2)  -> skills\n    ใหม่  1  -> ?\n" in printed
    # The file stores no texts, so that only the interviews can tell; without emoji, one unit is as good as another.
    assert "\n  code points, a line end as 2 / จุดรหัส (code point) นับการขึ้นบรรทัดเป็น 2: 2 (P01, P03)\n" in printed
    assert printed.partition("In the study small / ในการศึกษา small\n")[2].startswith(
        "  segments / ข้อความที่ลงรหัส: 3\n"
        "  passages placed / ระบุที่ได้: 3 exactly / ตรงตำแหน่ง, 0 by text / จากข้อความ, 0 anew / หาที่ใหม่\n"
        "  marked documents without participant / เอกสารที่มีการลงรหัสแต่ไม่พบผู้ให้ข้อมูล: ใครก็ไม่รู้\n"
        "  codes given that are not in the codebook / รหัสที่ใช้แต่ไม่มีในสมุดรหัส: ทักษะดิจิทัล > ใหม่\n"
        "  participants without coding in this file / ผู้ให้ข้อมูลที่ไม่มีการลงรหัสในไฟล์นี้: P04, P05, P06\n"
        "\nx.qdpx:\n"
    )
    assert '"ทักษะดิจิทัล > ใหม่" is not a code of the codebook. Given 1 time.' in printed
    assert 'ไม่มีบทสัมภาษณ์ของ "ใครก็ไม่รู้"' in printed
    assert "2 problems in 1 file." in printed


def test_what_study_yml_says_of_the_file_counts_and_problems_of_the_study_are_counted(told: Told) -> None:
    coding = {"files": [{"file": "x.csv", "coder": "SK"}, {"file": "other.qdpx", "coder": "NP"}]}
    folder = make_study(told.root, study={"coding": coding})
    replace_text(folder / "participants.csv", "P02,S01", "P 2,S01")
    table = f"id,document,tag,content\n1,P01.txt,skills,{ANSWERS['P01'][0]}\n"
    code, printed = told("x.csv", table.encode(), "--study", "small")
    assert code == 0
    assert "\n  SK  1  1\n" in printed
    assert "1 by text / จากข้อความ" in printed
    assert "the study's own files have problems / ไฟล์ของการศึกษาเองมีปัญหา: " in printed
    assert "(python3 paper.py check small)" in printed
    assert "other.qdpx" not in printed
    assert "Nothing was built" not in printed  # no problem of the file


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_drafts_are_written_where_nothing_stands(told: Told) -> None:
    folder = told.root / "ร่าง" / "chiang-rai"
    code, printed = told("x.qdpx", own_project().files["small.qdpx"], "--drafts", str(folder))
    assert code == 0
    texts = [f"interviews/{participant}.txt" for participant in INTERVIEWS]
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    assert written == {"codebook.csv", "participants.csv", "sites.csv", *texts}
    assert "Fill in what is empty, correct what is wrong, then: python3 paper.py check" in printed
    assert "เติมช่องที่ว่าง แก้สิ่งที่ไม่ถูกต้อง แล้วสั่ง python3 paper.py check" in printed
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    (folder / "sites.csv").write_bytes(b"mine")
    (folder / "interviews" / "P02.txt").unlink()
    code, printed = told("x.qdpx", None, "--drafts", str(folder))
    assert code == 0
    assert (folder / "sites.csv").read_bytes() == b"mine"
    assert before == {
        **{path: path.read_bytes() for path in before},
        folder / "sites.csv": before[folder / "sites.csv"],
    }
    assert printed.rstrip().endswith(
        "  interviews/P02.txt\n"
        "Fill in what is empty, correct what is wrong, then: python3 paper.py check\n"
        "เติมช่องที่ว่าง แก้สิ่งที่ไม่ถูกต้อง แล้วสั่ง python3 paper.py check\n\n"
        "Left as they are, since they stand there / มีอยู่แล้ว จึงไม่แตะต้อง:\n"
        "  codebook.csv\n  participants.csv\n  sites.csv\n\n"
        "For study.yml, as far as it is so / สำหรับ study.yml เท่าที่ตรงกับความจริง:\n"
        "  participants: {consent: all}  # if everybody consented / หากทุกคนให้ความยินยอม\n"
        "  groups: [{id: official, label: official}]"
    )


def test_texts_are_drafted_as_they_are_stored_so_that_positions_count_in_them(tmp_path: Path) -> None:
    made = drafts([read(tmp_path, refi())])
    write_drafts(tmp_path / "d", made)
    for participant, text in INTERVIEWS.items():
        assert (tmp_path / "d" / "interviews" / f"{participant}.txt").read_bytes() == text.encode()
    assert not [name for name in drafts([read(tmp_path, refi(stored=False))]) if name.startswith("interviews/")]


def read(folder: Path, data: bytes) -> CodedFile:
    (folder / "read.qdpx").write_bytes(data)
    coded = read_refi(folder / "read.qdpx", Problems())
    assert coded is not None
    return coded


def frames(coded: CodedFile) -> dict[str, list[dict[str, str]]]:
    return {
        name: content.to_dict("records")
        for name, content in drafts([coded]).items()
        if isinstance(content, pd.DataFrame)
    }


def test_the_draft_of_a_codebook_has_ids_and_each_name_in_its_language(tmp_path: Path) -> None:
    codes = [
        ToolCode("1", "ทัศนคติ", "", "นิยามไทย"),
        ToolCode("2", "Positive attitude!", "1", "said so"),
        ToolCode("3", "=HYPERLINK(1)", "1"),
        ToolCode("4", "Shortage", "2", details={"code_id": "Budget.Shortage"}),
        ToolCode("5", "Shortage", "1", codable=False),
        ToolCode("6", "x", "", "code_id: ours", details={"code_id": "ours", "label_th": "ไทย", "label_en": "English"}),
    ]
    coded = CodedFile("x", "refi", codes=codes)
    write_drafts(tmp_path, drafts([coded]))
    assert "'=HYPERLINK(1)" in (tmp_path / "codebook.csv").read_text(encoding="utf-8-sig")
    back = read_codebook(tmp_path / "codebook.csv", None, Problems())
    columns = ["code_id", "parent_id", "label_th", "label_en", "definition_th", "definition_en"]
    # As it is written; read back, a label in one language stands for both.
    written = pd.read_csv(tmp_path / "codebook.csv", dtype=str, keep_default_na=False).replace("^'", "", regex=True)
    assert back["label_th"].tolist()[:3] == ["ทัศนคติ", "Positive attitude!", "=HYPERLINK(1)"]
    assert back["label_en"].tolist()[:3] == ["ทัศนคติ", "Positive attitude!", "=HYPERLINK(1)"]
    assert list(written[columns].itertuples(index=False, name=None)) == [
        ("c01", "", "ทัศนคติ", "", "นิยามไทย", ""),
        ("positive_attitude", "c01", "", "Positive attitude!", "", "said so"),
        ("hyperlink_1", "c01", "", "=HYPERLINK(1)", "", ""),  # no cell of the file is a formula
        ("positive_attitude_shortage", "positive_attitude", "", "Shortage", "", ""),
        ("c01_shortage", "c01", "", "Shortage", "", ""),
        ("ours", "", "ไทย", "English", "", ""),
    ]


def people(cases: list[Case] | None = None, sets: list[NamedSet] | None = None) -> CodedFile:
    sources = [Source("1", "Interview P01 (final).docx"), Source("2", "ปลัด.txt"), Source("3", "P01.docx"),
               Source("4", "CON.txt"), Source("5", "map.png", kind="picture")]  # fmt: skip
    return CodedFile("x", "refi", sources=sources, cases=cases or [], sets=sets or [])


def test_participants_are_drafted_from_documents_and_sites_from_variables(tmp_path: Path) -> None:
    cases = [
        Case("c1", "K1", ("1",), {"Site_ID": "S01 Nam Sai", "เพศ": "หญิง", "Age": "41", "odd": "x"}),
        Case("c2", "K2", ("2", "3"), {"site": "อบต. ดอนหวาน", "Gender": "ชาย"}),
        Case("c3", "K3", ("3",), {"gender": "หญิง", "กลุ่ม": "เจ้าหน้าที่"}),
        Case("c4", "K4", ("4", "5", "9"), {"Site": "S01"}),
    ]
    made = frames(people(cases))
    kept = ["participant_id", "site_id", "group", "sex", "age_band", "consent"]
    assert [tuple(row[column] for column in kept) for row in made["participants.csv"]] == [
        ("P01", "S01", "", "หญิง", "41", ""),
        ("p02", "s02", "", "ชาย", "", ""),
        ("P01_2", "s02", "g01", "หญิง", "", ""),
        ("p04", "S01", "", "", "", ""),
    ]
    named = [{column: own[column] for column in ("site_id", "name_th", "name_en")} for own in made["sites.csv"]]
    assert named == [
        {"site_id": "S01", "name_th": "", "name_en": "Nam Sai"},
        {"site_id": "s02", "name_th": "อบต. ดอนหวาน", "name_en": ""},
    ]
    write_drafts(tmp_path, drafts([people(cases)]))
    assert list(read_sites(tmp_path / "sites.csv", None, Problems())["site_id"]) == ["S01", "s02"]


def test_sites_are_drafted_from_sets_or_cases_that_part_the_documents() -> None:
    sets = [NamedSet("S1 Nam Sai", ("1", "2")), NamedSet("อบต. ข", ("3",)), NamedSet("gender: female", ("1", "3"))]
    made = frames(people(sets=sets))
    assert [(row["site_id"], row["sex"]) for row in made["participants.csv"]] == [
        ("S1", "female"), ("S1", ""), ("s02", "female"), ("", "")
    ]  # fmt: skip
    assert [row["site_id"] for row in made["sites.csv"]] == ["S1", "s02"]
    cases = [Case("1", "ตำบล ก", ("1", "2")), Case("2", "คน", ("3",))]
    assert [row["name_th"] for row in frames(people(cases))["sites.csv"]] == ["ตำบล ก"]
    # A document in two sets: they say something else.
    assert "sites.csv" not in frames(people(sets=[*sets, NamedSet("all", ("1", "2", "3"))]))
    assert "sites.csv" not in frames(people())
    assert drafts([CodedFile("x", "refi")]) == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("P01", "P01"), ("../../etc/passwd", "etc_passwd"), ("all", "p09"), ("nul", "p09"), ("👍", "p09"), ("é 7", "e_7"),
     ("a1 b2", "a1_b2"), ("-x", "x"), ("", "p09")],
)  # fmt: skip
def test_ids_can_stand_in_names_of_files(name: str, expected: str) -> None:
    assert new_id(name, "p", 9, ()) == expected
    assert new_id(name, "p", 9, [expected.upper(), f"{expected}_2"]) == f"{expected}_3"


def test_documents_cannot_lead_drafts_out_of_the_folder(told: Told) -> None:
    names = {"P01": "../../../evil", "P02": "/etc/passwd", "P03": "..\\..\\x"}
    outside = set(told.root.parent.iterdir())
    code, _ = told("x.qdpx", refi(names=names, quoted=True), "--drafts", "d")
    assert code == 0
    written = {path.name for path in (told.root / "d" / "interviews").iterdir()}
    assert written == {"evil.txt", "passwd.txt", "x.txt"}
    assert set(told.root.parent.iterdir()) == outside


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_that_leads_nowhere_is_left(told: Told) -> None:
    (told.root / "d").mkdir()
    (told.root / "d" / "codebook.csv").symlink_to(told.root / "elsewhere.csv")
    code, printed = told("x.sqlite3", taguette().files["project.sqlite3"], "--drafts", "d")
    assert code == 0
    assert (told.root / "d" / "codebook.csv").is_symlink()
    assert not (told.root / "elsewhere.csv").exists()
    assert "มีอยู่แล้ว จึงไม่แตะต้อง:\n  codebook.csv" in printed


def test_drafts_that_cannot_be_written(told: Told) -> None:
    (told.root / "d").write_bytes(b"a file")
    code, printed = told("x.qdpx", refi(quoted=True), "--drafts", "d")
    assert code == 1
    assert "The drafts could not be written: " in printed
    assert "เขียนไฟล์ร่างไม่ได้: " in printed
    assert (told.root / "d").read_bytes() == b"a file"


# --- files of real tools ----------------------------------------------------------------------------------------------

SAMPLE = DATA / "qda_atlasti_sample" / "TestProject.qdpx"


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample of ATLAS.ti does not stand beside the project")
def test_the_sample_of_atlas_ti(told: Told) -> None:
    code, printed = told("TestProject.qdpx", SAMPLE.read_bytes(), "--drafts", "d")
    assert code == 0
    assert "\n  ATLAS.ti 8.4.0 573 , macOS Version 10.14.3 (Build 18D109), REFI-QDA\n" in printed
    for heading in ("Documents: 12 (", "Codes: 14 (", "Coders: 1 (", "Sets: 16 (", "Memos: 4 /"):
        assert f"\n{heading}" in printed
    assert "\n  Friedrich Markgraf  13  7\n" in printed
    assert "the file stores no text to compare with / ไฟล์ไม่ได้เก็บข้อความไว้ให้เทียบ: 5 (" in printed
    assert "\n  cornflakes  4\n" in printed
    people_ = pd.read_csv(told.root / "d" / "participants.csv", dtype=str, keep_default_na=False)
    assert people_.set_index("participant_id").loc[["Mabel", "Simon"], ["sex", "age_band"]].values.tolist() == [
        ["female", "25"], ["male", "67"]
    ]  # fmt: skip
    assert sorted(path.name for path in (told.root / "d").iterdir()) == ["codebook.csv", "participants.csv"]
