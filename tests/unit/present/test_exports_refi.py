from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from amount import tried
from hypothesis import given, settings
from hypothesis import strategies as st

from thongthin.basics.problems import Problems
from thongthin.present.exports.refi import codebook_qdc, project_qdpx
from thongthin.read.coding.model import CodedFile
from thongthin.read.coding.refi import read_refi

SCHEMAS = Path(__file__).parents[4] / "shared" / "data" / "refi_qda_schema"

SITES = pd.DataFrame({"site_id": ["S01", "S02"], "name_th": ["อบต. ก", "เทศบาล ข"], "name_en": ["A & Sons", "<B>"]})
PARTICIPANTS = pd.DataFrame(
    [
        ["P1", "S01", "official", "ปลัด", "", "40-49"],
        ["P2", "S02", "citizen", "", "f", ""],
        ["P3", "S02", "citizen", "", "", ""],
    ],
    columns=["participant_id", "site_id", "group", "role", "sex", "age_band"],
)
TRANSCRIPTS = pd.DataFrame(
    {
        "participant_id": ["P1", "P2"],
        "text": ["ก: น้ำ 👩‍👩‍👧 ใส\nข: ดี\tดี <b>&amp;</b>\n" + "ที่นี่ทำงานเร็วขึ้นมาก " * 9, "\ufeffข: é=é"],
    }
)
COLUMNS = ["code_id", "parent_id", "label_th", "label_en", "definition_th", "definition_en", "factor", "valence"]
CODES = pd.DataFrame(
    [
        ["speed", "", "ความเร็ว", "Speed", "เร็ว", 'Say "fast"\nnot\\n slow', "technology", "neutral", 1],
        ["slow", "speed", "ช้า", "Slow", "", "", "", "hindering", 2],
        ["cost", "", "ต้นทุน", "Cost: <all>", "", "", "", "", 3],
    ],
    columns=[*COLUMNS, "position"],
)
CODINGS = pd.DataFrame(
    [
        ["P1-s1", "P1", "speed", "SK", 3, 9],
        ["P1-s2", "P1", "cost", "SK", 3, 9],
        ["P1-s3", "P1", "speed", "นพ", 3, 9],
        ["P1-s4", "P1", "slow", "นพ", 5, 140],
        ["P2-s1", "P2", "cost", "SK", 4, 6],
    ],
    columns=["segment_id", "participant_id", "code_id", "coder", "start", "end"],
)
MEMOS = pd.DataFrame(
    [
        ["m1", "project", "", "SK", "Plan", "Line one\r\nline two\x01"],
        ["m2", "code", "slow", "", "", "ช้ากว่าเดิม"],
        ["m3", "selection", "P1-s4", "นพ", "", "=HYPERLINK(1)"],
        ["m4", "case", "P3", "SK", "", "not reached"],
        ["m5", "source", "P2", "SK", "", "short"],
    ],
    columns=["memo_id", "about", "name", "coder", "title", "text"],
)


def exported(**changed: object) -> bytes:
    tables = {"sites": SITES, "participants": PARTICIPANTS, "transcripts": TRANSCRIPTS, "codes": CODES}
    tables |= {"codings": CODINGS, "memos": MEMOS}
    given_ = {"study": "demo", "title": "Demo & โครงการ", "language": "en", "created": date(2024, 5, 1)}
    return project_qdpx(**{**tables, **given_, **changed})  # type: ignore[arg-type]


def read_back(data: bytes, folder: Path, name: str = "x.qdpx") -> CodedFile:
    (folder / name).write_bytes(data)
    problems = Problems()
    coded = read_refi(folder / name, problems.at(name))
    assert problems.found == []
    assert coded is not None
    return coded


def project_file(data: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read("project.qde")


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the REFI-QDA schemas do not stand beside the project")
def test_what_is_written_is_valid() -> None:
    from lxml import etree

    project = etree.XMLSchema(file=str(SCHEMAS / "Project.xsd"))
    codebook = etree.XMLSchema(file=str(SCHEMAS / "Codebook.xsd"))
    none = CODINGS.iloc[:0]
    for data in (exported(), exported(memos=None), exported(codings=none, memos=None, language="th")):
        project.assertValid(etree.fromstring(project_file(data)))
    for language in ("th", "en"):
        codebook.assertValid(etree.fromstring(codebook_qdc(CODES, study="demo", language=language)))


def test_the_coding_comes_back_as_it_was(tmp_path: Path) -> None:
    coded = read_back(exported(), tmp_path)
    assert coded.tool == "Thongthin"
    assert coded.units[0] == "code_points"
    assert {s.name: s.text for s in coded.sources} == dict(TRANSCRIPTS.itertuples(index=False, name=None))
    assert segments(coded) == expected(CODINGS)
    quoted = [selection.quoted for selection in coded.selections]
    assert quoted[0] == "น้ำ 👩\u200d"  # as it was coded, though it cuts a character
    assert quoted[2].endswith("…") and len(quoted[2]) == 101
    assert (
        "\n" not in quoted[2] and TRANSCRIPTS["text"][0].replace("\n", " ").replace("\t", " ")[5:105] == quoted[2][:-1]
    )
    names = {source.id: source.name for source in coded.sources}
    assert [(case.name, [names[s] for s in case.sources], case.variables) for case in coded.cases] == [
        ("P1", ["P1"], {"site": "S01", "group": "official", "role": "ปลัด", "age_band": "40-49"}),
        ("P2", ["P2"], {"site": "S02", "group": "citizen", "sex": "f"}),
        ("P3", [], {"site": "S02", "group": "citizen"}),
    ]
    assert [(set_.name, [names[s] for s in set_.sources]) for set_ in coded.sets] == [
        ("S01 A & Sons", ["P1"]),
        ("S02 <B>", ["P2"]),
    ]


@pytest.mark.parametrize(("language", "name"), [("th", "x.qdc"), ("en", "x.qdc"), ("en", "x.qdpx")])
def test_the_codebook_comes_back_as_it_was(language: str, name: str, tmp_path: Path) -> None:
    data = exported() if name.endswith("qdpx") else codebook_qdc(CODES, study="demo", language=language)
    coded = read_back(data, tmp_path, name)
    id_of = {code.id: code.details["code_id"] for code in coded.codes}
    assert [code.name for code in coded.codes] == list(CODES[f"label_{language}"])
    assert [id_of.get(code.parent, "") for code in coded.codes] == list(CODES["parent_id"])
    details = pd.DataFrame([code.details for code in coded.codes]).fillna("")
    pd.testing.assert_frame_equal(details, CODES[list(details.columns)])
    assert set(CODES.columns) - set(details.columns) == {"parent_id", "position"}
    assert "\nvalence: neutral" in coded.codes[0].description  # and people can read it in their tool


def test_a_code_has_one_id_in_project_and_codebook(tmp_path: Path) -> None:
    project = read_back(exported(), tmp_path)
    codebook = read_back(codebook_qdc(CODES, study="demo", language="th"), tmp_path, "x.qdc")
    assert [code.id for code in project.codes] == [code.id for code in codebook.codes]
    elsewhere = read_back(codebook_qdc(CODES, study="other", language="th"), tmp_path, "x.qdc")
    assert not {code.id for code in project.codes} & {code.id for code in elsewhere.codes}


def test_memos_go_to_what_they_are_about(tmp_path: Path) -> None:
    coded = read_back(exported(), tmp_path)
    name = {code.id: code.details["code_id"] for code in coded.codes}
    name |= {thing.id: thing.name for thing in (*coded.sources, *coded.cases)}
    name |= {s.place.removeprefix("selection "): str(s.start) for s in coded.selections}
    memos = {(memo.on, name.get(memo.about, ""), memo.coder, memo.title, memo.text) for memo in coded.memos}
    assert memos == {
        ("project", "", "SK", "Plan", "Line one\r\nline two\ufffd"),
        ("code", "slow", "", "", "ช้ากว่าเดิม"),
        ("selection", "5", "นพ", "", "=HYPERLINK(1)"),
        ("case", "P3", "SK", "", "not reached"),
        ("source", "P2", "SK", "", "short"),
    }


def test_the_same_tables_give_the_same_bytes() -> None:
    assert exported() == exported(codings=CODINGS.sample(frac=1, random_state=1))
    archive = zipfile.ZipFile(io.BytesIO(exported()))
    assert {info.date_time for info in archive.infolist()} == {(2024, 5, 1, 0, 0, 0)}
    assert archive.namelist()[0] == "project.qde"
    assert len(archive.namelist()) == 3


def test_a_codebook_without_codes_is_refused() -> None:
    with pytest.raises(ValueError, match="without codes"):
        codebook_qdc(CODES.iloc[:0], study="demo", language="en")


# Thai with marks, emoji of several code points, a decomposed letter, line ends and what XML would take for its own.
PIECES = [
    "ก",
    "น้ำ",
    "ที่",
    "่",
    "👩\u200d👩\u200d👧",
    "👍🏽",
    "e\u0301",
    "\n",
    " ",
    "\t",
    "<&>\"'",
    "]]>",
    "a",
    "\u2028",
    "\x85",
]


@st.composite
def coded_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str, str]]]:
    text = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60)))
    position = st.integers(0, len(text))
    spans = st.tuples(position, position).filter(lambda span: span[0] != span[1]).map(sorted)
    segment = st.tuples(spans, st.sampled_from(["speed", "slow", "cost"]), st.sampled_from(["SK", "นพ", "<x>"]))
    drawn = draw(st.lists(segment, max_size=8, unique_by=str))
    return text, [(start, end, code, coder) for (start, end), code, coder in drawn]


@settings(max_examples=tried(60), deadline=None)
@given(coded_texts())
def test_any_coding_of_any_text_comes_back(
    tmp_path_factory: pytest.TempPathFactory, coded_text: tuple[str, list[tuple[int, int, str, str]]]
) -> None:
    text, coding = coded_text
    codings = pd.DataFrame(
        [(f"P1-{n}", "P1", code, coder, start, end) for n, (start, end, code, coder) in enumerate(coding)],
        columns=CODINGS.columns,
    )
    transcripts = pd.DataFrame({"participant_id": ["P1"], "text": [text]})
    folder = tmp_path_factory.getbasetemp()
    coded = read_back(exported(transcripts=transcripts, codings=codings, memos=None), folder)
    assert coded.sources[0].text == text
    assert segments(coded) == expected(codings)
    for selection in coded.selections:
        assert selection.start is not None
        passage = re.sub(r"\s", " ", text[selection.start : selection.end])
        if len(passage) <= 100:
            assert selection.quoted == passage
        else:
            assert selection.quoted.endswith("…") and passage.startswith(selection.quoted[:-1])


def segments(coded: CodedFile) -> set[tuple[str, int | None, int | None, str, str]]:
    """Participant, start, end, code and coder of every coding."""
    source = {source.id: source.name for source in coded.sources}
    code_of = {code.id: code.details["code_id"] for code in coded.codes}
    found = [(source[s.source], s.start, s.end, code_of[code], s.coder) for s in coded.selections for code in s.codes]
    assert len(found) == len(set(found))
    return set(found)


def expected(codings: pd.DataFrame) -> set[tuple[str, int, int, str, str]]:
    return set(codings[["participant_id", "start", "end", "code_id", "coder"]].itertuples(index=False, name=None))
