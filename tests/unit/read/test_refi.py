from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import pytest

from thongthin.basics.problems import Problems
from thongthin.read.coding.model import Case, CodedFile, Memo, NamedSet
from thongthin.read.coding.refi import read_refi
from thongthin.read.coding.refi_project import details_in

DATA = Path(__file__).parents[4] / "shared" / "data"


def guid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-00000000000a"


class Refer(dict[str, str]):
    """`{c1}` in a template is the id of c1."""

    def __missing__(self, name: str) -> str:
        self[name] = guid(len(self) + 1)
        return self[name]


def written(folder: Path, qde: str, files: dict[str, bytes] | None = None, name: str = "project.qde") -> Path:
    path = folder / "x.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, qde)
        for member, content in (files or {}).items():
            archive.writestr(member, content)
    return path


def read(path: Path) -> tuple[CodedFile, Problems]:
    problems = Problems()
    coded = read_refi(path, problems.at(path.name))
    assert coded is not None, problems.found
    return coded, problems


def project(body: str, ids: Refer, attributes: str = 'xmlns="urn:QDA-XML:project:1.0" origin="NVivo 12"') -> str:
    return f'<?xml version="1.0" encoding="utf-8"?><Project name="x" {attributes}>{body.format_map(ids)}</Project>'


USERS = '<Users><User guid="{u1}" name="นพ"/><User guid="{u2}" id="SK"/></Users>'
CODES = """<CodeBook><Codes>
<Code guid="{c1}" name="A" isCodable="false"><Description>above</Description><NoteRef targetGUID="{n1}"/>
  <Code guid="{c2}" name="=A1" isCodable="true"><Code guid="{c3}" name="deep"/></Code></Code>
<Code guid="{c4}" name="B" isCodable="1"/></Codes></CodeBook>"""


def test_a_project_as_tools_write_it(tmp_path: Path) -> None:
    ids = Refer()
    body = (
        USERS
        + CODES
        + """<Variables><Variable guid="{v1}" name="Age" typeOfVariable="Integer"/>
<Variable guid="{v2}" name="Town" typeOfVariable="Text"/></Variables>
<Cases><Case guid="{k1}" name="Somchai"><Description>met twice</Description>
<VariableValue><VariableRef targetGUID="{v1}"/><IntegerValue>41</IntegerValue></VariableValue>
<VariableValue><VariableRef targetGUID="{v2}"/></VariableValue><SourceRef targetGUID="{s1}"/></Case>
<Case guid="{k2}" name="Malee"><SelectionRef targetGUID="{p2}"/></Case></Cases>
<Sources><TextSource guid="{s1}" name="P1" plainTextPath="internal://T.TXT" richTextPath="internal://t.docx">
<PlainTextSelection guid="{p1}" startPosition="0" endPosition="3" creatingUser="{u1}" name="">
<Coding guid="{g1}"><CodeRef targetGUID="{c3}"/></Coding>
<Coding guid="{g2}" creatingUser="{u2}"><CodeRef targetGUID="{c4}"/></Coding>
<Coding guid="{g3}"><CodeRef targetGUID="{c4}"/></Coding><NoteRef targetGUID="{n2}"/></PlainTextSelection>
<VariableValue><VariableRef targetGUID="{v2}"/><TextValue>ขอนแก่น</TextValue></VariableValue></TextSource>
<TextSource guid="{s2}" name="P2"><PlainTextContent>  two &amp; more
</PlainTextContent><PlainTextSelection guid="{p2}" startPosition="2" endPosition="5" name="two"/>
<Coding guid="{g4}" creatingUser="{u2}"><CodeRef targetGUID="{c1}"/></Coding></TextSource></Sources>
<Notes><Note guid="{n1}" name="Why" creatingUser="{u1}"><PlainTextContent>so</PlainTextContent></Note>
<Note guid="{n2}" plainTextPath="internal://n.txt"/><Note guid="{n3}"><Description>loose</Description></Note></Notes>
<Sets><Set guid="{e1}" name="Town A"><MemberSource targetGUID="{s2}"/><MemberCode targetGUID="{c4}"/>
<MemberNote targetGUID="{n1}"/></Set></Sets>"""
    )
    files = {"Sources/t.txt": "ดี\r\nมาก".encode("utf-8-sig"), "Sources/n.txt": "\ufeffบันทึก".encode("utf-16-le")}
    coded, problems = read(written(tmp_path, project(body, ids), files, "Project.qde"))
    assert problems.found == []
    assert (coded.tool, coded.units[0], coded.file) == ("NVivo 12", "utf16", "x.qdpx")
    assert [(s.id, s.name, s.text, s.kind) for s in coded.sources] == [
        (ids["s1"], "P1", "\ufeffดี\r\nมาก", "text"),  # every character as it is stored: positions count them
        (ids["s2"], "P2", "  two & more\n", "text"),
    ]
    assert [(c.id, c.name, c.parent, c.description, c.codable) for c in coded.codes] == [
        (ids["c1"], "A", "", "above", False),
        (ids["c2"], "=A1", ids["c1"], "", True),
        (ids["c3"], "deep", ids["c2"], "", True),
        (ids["c4"], "B", "", "", True),
    ]
    assert [(s.source, s.start, s.end, s.codes, s.coder, s.quoted, s.place, s.whole) for s in coded.selections] == [
        (ids["s1"], 0, 3, (ids["c3"], ids["c4"]), "นพ", "", f"selection {ids['p1']}", False),
        (ids["s1"], 0, 3, (ids["c4"],), "SK", "", f"selection {ids['p1']}", False),
        (ids["s2"], 2, 5, (), "", "two", f"selection {ids['p2']}", False),
        (ids["s2"], None, None, (ids["c1"],), "SK", "", f"source {ids['s2']}", True),
    ]
    assert coded.cases == [
        Case(ids["k1"], "Somchai", (ids["s1"],), {"Age": "41", "Town": ""}),
        Case(ids["k2"], "Malee", (ids["s2"],), {}),
        Case(ids["s1"], "P1", (ids["s1"],), {"Town": "ขอนแก่น"}),
    ]
    assert coded.sets == [NamedSet("Town A", (ids["s2"],), (ids["c4"],))]
    assert coded.memos == [
        Memo("case", ids["k1"], "met twice"),
        Memo("code", ids["c1"], "so", "Why", "นพ"),
        Memo("selection", ids["p1"], "\ufeffบันทึก"),
        Memo("project", "", "loose"),
    ]


@pytest.mark.parametrize("attributes", ["", 'xmlns="urn:QDA-XML:project:1:0"', 'xmlns="urn:other" newer="yes"'])
def test_namespaces_ids_and_unknown_elements_as_they_come(attributes: str, tmp_path: Path) -> None:
    ids = Refer()
    text = project(
        USERS
        + CODES.replace('<NoteRef targetGUID="{n1}"/>', "<Colour><Code/></Colour>")
        + '<Sources><Odd><TextSource guid="{{X}}"/></Odd><TextSource guid="{{{s1}}}" name="P1"><New/>'
        '<PlainTextContent>abc</PlainTextContent><PlainTextSelection guid="{p1}" startPosition=" 1 " endPosition="+2">'
        '<Coding><CodeRef targetGUID="{{{c4}}}"/></Coding></PlainTextSelection></TextSource></Sources>'
        '<Graphs><Graph guid="{h1}"><Vertex guid="{h2}"/></Graph></Graphs>',
        ids,
        attributes,
    )
    coded, problems = read(written(tmp_path, text.replace(ids["c4"], ids["c4"].upper())))
    assert problems.found == []
    (selection,) = coded.selections
    assert (selection.start, selection.end, selection.codes, selection.source) == (1, 2, (ids["c4"],), ids["s1"])
    assert coded.codes[-1].id == ids["c4"]


@pytest.mark.parametrize(
    ("origin", "folder"), [("sources/sub.txt", ""), ("Sources\\sub.txt", ""), ("SOURCES/sub.txt", "my project/")]
)
def test_texts_are_found_where_tools_put_them(origin: str, folder: str, tmp_path: Path) -> None:
    ids = Refer()
    for path in ("internal://sub.txt", "INTERNAL://Sub.txt", "internal://sources/sub.txt"):
        body = f'<Sources><TextSource guid="{{s1}}" name="P1" plainTextPath="{path}"/></Sources>'
        files = {folder + origin: b"text", "__MACOSX/._project.qde": b"litter"}
        coded, problems = read(written(tmp_path, project(body, ids), files, f"{folder}project.qde"))
        assert problems.found == []
        assert coded.sources[0].text == "text"


@pytest.mark.parametrize(
    "path", ["relative://t.txt", "absolute:///etc/passwd", "file:///etc/passwd", "t.txt", "http://x/t"]
)
def test_texts_outside_the_archive_are_never_opened(path: str, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("outside", encoding="utf-8")
    body = f'<Sources><TextSource guid="{{s1}}" name="P1" plainTextPath="{path}"/></Sources>'
    coded, problems = read(written(tmp_path, project(body, Refer())))
    assert problems.found == []
    assert coded.sources[0].text is None


def test_media_have_their_texts_and_their_passages(tmp_path: Path) -> None:
    ids = Refer()
    coding = '<Coding><CodeRef targetGUID="{c4}"/></Coding>'
    body = (
        CODES.replace('<NoteRef targetGUID="{n1}"/>', "")
        + f"""<Cases><Case guid="{{k1}}" name="K"><SourceRef targetGUID="{{a1}}"/></Case></Cases><Sources>
<PDFSource guid="{{d1}}" name="d.pdf">
<PDFSelection guid="{{p1}}" page="0" firstX="1" firstY="1" secondX="2" secondY="2">
<Representation guid="{{r2}}"><PlainTextContent>cd</PlainTextContent></Representation>{coding}</PDFSelection>
<PDFSelection guid="{{p2}}" page="0" firstX="1" firstY="1" secondX="2" secondY="2">{coding}</PDFSelection>
<Representation guid="{{r1}}" name="r"><PlainTextContent>abcdef</PlainTextContent>
<PlainTextSelection guid="{{p1}}" startPosition="2" endPosition="4" name="cd">{coding}</PlainTextSelection>
</Representation></PDFSource>
<AudioSource guid="{{a1}}" name="talk.m4a"><Transcript guid="{{t1}}"><PlainTextContent>hello there</PlainTextContent>
<SyncPoint guid="{{y1}}" position="6" timeStamp="0"/><SyncPoint guid="{{y2}}" position="11" timeStamp="9"/>
<TranscriptSelection guid="{{p3}}" fromSyncPoint="{{y1}}" toSyncPoint="{{y2}}">{coding}</TranscriptSelection>
</Transcript><AudioSelection guid="{{p4}}" begin="0" end="9">{coding}</AudioSelection></AudioSource>
<PictureSource guid="{{i1}}" name="i.jpg"><TextDescription guid="{{r3}}"><PlainTextContent>a bus</PlainTextContent>
<PlainTextSelection guid="{{p5}}" startPosition="2" endPosition="5">{coding}</PlainTextSelection></TextDescription>
</PictureSource></Sources>"""
    )
    coded, problems = read(written(tmp_path, project(body, ids)))
    assert problems.found == []
    assert [(s.id, s.name, s.text, s.kind) for s in coded.sources] == [
        (ids["d1"], "d.pdf", "abcdef", "pdf"),
        (ids["a1"], "talk.m4a", None, "audio"),
        (ids["i1"], "i.jpg", "a bus", "picture"),
        (ids["t1"], "talk.m4a", "hello there", "text"),
    ]
    assert [(s.source, s.start, s.end, s.quoted, s.place.split()[0]) for s in coded.selections] == [
        # The area of p1 is left out, since p1 is a passage of the plain text as well.
        (ids["d1"], None, None, "", "area"),
        (ids["d1"], 2, 4, "cd", "selection"),
        (ids["t1"], 6, 11, "", "selection"),
        (ids["a1"], None, None, "", "time"),
        (ids["i1"], 2, 5, "", "selection"),
    ]
    assert coded.cases[0].sources == (ids["a1"], ids["t1"])


@pytest.mark.parametrize(
    ("name", "end", "quoted"),
    [
        ("the whole", 9, True),
        ("", 9, False),
        ("Quotation 12:3", 90, False),
        ("damage done by fatty foods", 219, False),
        ("The beginning of a long passage…", 219, True),
        ("The beginning of a long passage...", 219, True),
        ("longer than the passage…", 5, False),
        ("two lines as one", 17, True),  # a CRLF became one space
        ("ที่นี่ดี 👍", 10, True),  # code points
        ("ที่นี่ดี 👍", 11, True),  # UTF-16
        ("ที่นี่ดี 👍", 29, True),  # bytes
    ],
)
def test_the_name_of_a_selection_is_its_text_only_where_it_can_be(
    name: str, end: int, quoted: bool, tmp_path: Path
) -> None:
    body = (
        f'<Sources><TextSource guid="{{s1}}"><PlainTextContent>"{name.rstrip("….")}"</PlainTextContent>'
        f'<PlainTextSelection guid="{{p1}}" name="{name}" startPosition="0" endPosition="{end}"/>'
        "</TextSource></Sources>"
    )
    coded, _ = read(written(tmp_path, project(body, Refer())))
    assert coded.selections[0].quoted == (name if quoted else "")


def names(tmp_path: Path, named: list[str], text: str) -> list[str]:
    """What selections of ten characters each quote, which are called so."""
    marks = "".join(
        f'<PlainTextSelection guid="{{p{n}}}" name="{name}" startPosition="{10 * n}" endPosition="{10 * n + 10}"/>'
        for n, name in enumerate(named)
    )
    body = (
        f'<Sources><TextSource guid="{{s1}}"><PlainTextContent>{text}</PlainTextContent>{marks}</TextSource></Sources>'
    )
    return [selection.quoted for selection in read(written(tmp_path, project(body, Refer())))[0].selections]


def test_names_of_selections_are_quotes_only_where_most_of_them_are(tmp_path: Path) -> None:
    text = "".join(f"passage {n}." for n in range(10))
    quotes_ = [text[10 * n : 10 * n + 10] for n in range(9)]
    assert names(tmp_path, [*quotes_[:8], "line:1130"], text) == [*quotes_[:8], "line:1130"]
    assert names(tmp_path, [f"line:{n}" for n in (1, 2, 3, 11300, 4, 5)], text) == [""] * 6
    # All as long as passages, but no passage of any text; and one alone.
    assert names(tmp_path, [f"quote {n}.." for n in range(6)], text) == [""] * 6
    assert names(tmp_path, ["", "", "line:1130"], text) == [""] * 3


def test_a_path_without_scheme_and_a_source_without_name(tmp_path: Path) -> None:
    body = """<Sources><TextSource guid="{s1}" plainTextPath="board.txt"/>
<TextSource guid="{s2}"><PlainTextContent>two</PlainTextContent></TextSource>
<TextSource guid="{s3}" plainTextPath="C:\\board.txt"/><TextSource guid="{s4}" plainTextPath="/etc/hostname"/>
<TextSource guid="{s5}" plainTextPath="relative://board.txt" name=" "/></Sources>"""
    ids = Refer()
    coded, problems = read(written(tmp_path, project(body, ids), {"sources/board.txt": b"one"}))
    assert [str(problem) for problem in problems] == []
    assert [(source.name, source.text) for source in coded.sources] == [
        ("board.txt", "one"), (ids["s2"], "two"), ("board.txt", None), ("hostname", None), ("board.txt", None)
    ]  # fmt: skip
    body = '<Sources><TextSource guid="{s1}" name="x" plainTextPath="../board.txt"/></Sources>'
    _, problems = read(written(tmp_path, project(body, Refer()), {"board.txt": b"one"}))
    assert [problem.kind for problem in problems] == ["path-outside"]


CODED = """<CodeBook><Codes><Code guid="{c1}" name="A" isCodable="true"/></Codes></CodeBook>
<Sources><TextSource guid="{s1}" name="P1"><PlainTextContent>abcd</PlainTextContent>"""
ONE = '<CodeRef targetGUID="{c1}"/>'


def coded_by(*coders: str) -> str:
    """Passages of one character each, coded by the users of these ids."""
    marks = "".join(
        f'<PlainTextSelection guid="{{p{n}}}" startPosition="{n}" endPosition="{n + 1}">'
        f'<Coding guid="{{g{n}}}" creatingUser="{{{coder}}}">{ONE}</Coding></PlainTextSelection>'
        for n, coder in enumerate(coders)
    )
    return f"{USERS}{CODED}{marks}</TextSource></Sources>"


def test_a_single_coder_whom_the_file_does_not_list_is_not_told_and_several_are_called_by_their_ids(
    tmp_path: Path,
) -> None:
    coded, problems = read(written(tmp_path, project(coded_by("u1", "x1", "x1"), Refer())))
    assert [selection.coder for selection in coded.selections] == ["นพ", "", ""]  # asked for where files are read
    assert problems.notices == []
    ids = Refer()
    coded, problems = read(written(tmp_path, project(coded_by("u1", "x1", "x2", "x1"), ids)))
    assert [selection.coder for selection in coded.selections] == ["นพ", ids["x1"], ids["x2"], ids["x1"]]
    (notice,) = problems.notices
    assert f'"{ids["x1"]}" (2), "{ids["x2"]}" (1)' in notice.en
    assert f'"{ids["x1"]}" (2), "{ids["x2"]}" (1)' in notice.th


def test_codings_without_a_code_are_told_at_once(tmp_path: Path) -> None:
    ids = Refer()
    marks = "".join(
        f'<PlainTextSelection guid="{{p{n}}}" startPosition="{n}" endPosition="{n + 1}">'
        f'<Coding guid="{{g{n}}}" creatingUser="{{u1}}">{ONE if n == 1 else ""}</Coding></PlainTextSelection>'
        for n in range(3)
    )
    coded, problems = read(written(tmp_path, project(f"{USERS}{CODED}{marks}</TextSource></Sources>", ids)))
    (problem,) = problems
    assert problem.kind == "coding-without-code"
    assert problem.en == f"Codings that name no code (CodeRef): selection {ids['p0']}, selection {ids['p2']}."
    assert problem.th.startswith("การลงรหัสที่ไม่ระบุรหัส (CodeRef): ")
    assert problem.hint_en and problem.hint_th
    assert [selection.codes for selection in coded.selections] == [(), (ids["c1"],), ()]


def test_what_is_wrong_in_a_project_is_told_with_its_place(tmp_path: Path) -> None:
    ids = Refer()
    body = """<CodeBook><Codes><Code guid="{c1}" name="A"/><Code guid="{c1}" name="B"/><Code name="C"/>
</Codes></CodeBook>
<Cases><Case guid="{k1}" name="K"><SourceRef targetGUID="{gone1}"/><SelectionRef targetGUID="{gone2}"/>
<VariableValue><VariableRef targetGUID="{gone3}"/><TextValue>x</TextValue></VariableValue></Case></Cases>
<Sources><TextSource guid="{s1}" name="P1" plainTextPath="internal://bad.txt"><NoteRef targetGUID="{gone4}"/>
<PlainTextSelection guid="{p1}" startPosition="x" endPosition="3"/>
<PlainTextSelection guid="{p2}" startPosition="๑" endPosition="3"/>
<PlainTextSelection guid="{p3}" startPosition="9" endPosition="3"/>
<PlainTextSelection guid="{p4}" startPosition="-1" endPosition="3"/>
<PlainTextSelection guid="{p5}" startPosition="1" endPosition="3"><Coding><CodeRef targetGUID="{gone5}"/></Coding>
<Coding><CodeRef targetGUID="{c1}"/></Coding><Coding><CodeRef/></Coding></PlainTextSelection>
<PlainTextSelection guid="{p6}" startPosition="1" endPosition="3"><Coding><CodeRef targetGUID="{gone5}"/></Coding>
</PlainTextSelection></TextSource>
<TextSource guid="{s1}" name="again"/></Sources>
<Sets><Set guid="{e1}" name="E"><MemberSource targetGUID="{gone1}"/><MemberCode targetGUID="{gone5}"/></Set></Sets>"""
    coded, problems = read(written(tmp_path, project(body, ids), {"sources/bad.txt": "ก".encode("cp874")}))
    assert Counter(problem.kind for problem in problems) == {
        "double-id": 2,
        "no-id": 1,
        "position": 4,
        "encoding": 1,
        "dangling-reference": 7,
    }
    for problem in problems:
        assert problem.en and problem.th and problem.hint_en and problem.hint_th and problem.file == "x.qdpx"
    told = [problem.en for problem in problems]
    assert f'Selection {ids["p1"]} in "P1": "x" to "3" is no passage of a text.' in told
    assert f'selection {ids["p5"]} (2 times): refers to a code that is not in this file ("{ids["gone5"]}").' in told
    assert f'case "K": refers to a passage that is not in this file ("{ids["gone2"]}").' in told
    assert f'set "E": refers to a code that is not in this file ("{ids["gone5"]}").' in told
    assert [(s.start, s.codes) for s in coded.selections] == [(1, (ids["c1"],)), (1, ())]


def test_speakers_that_qualcoder_marked_are_no_coding(tmp_path: Path) -> None:
    ids = Refer()
    body = """<Users><User guid="{u1}" name="SK"/><User guid="{u2}" name="📌 Speaker coding"/></Users>
<CodeBook><Codes><Code guid="{c1}" name="A" isCodable="true"/><Code guid="{c2}" name="📌 Speakers" isCodable="false">
<Code guid="{c3}" name="Q" isCodable="true"/></Code></Codes></CodeBook>
<Sources><TextSource guid="{s1}" name="P1"><PlainTextContent>abcd</PlainTextContent>
<PlainTextSelection guid="{p1}" startPosition="0" endPosition="2" creatingUser="{u1}"><Coding guid="{g1}"
creatingUser="{u1}"><CodeRef targetGUID="{c1}"/></Coding></PlainTextSelection>
<PlainTextSelection guid="{p2}" startPosition="0" endPosition="4" creatingUser="{u2}"><Coding guid="{g2}"
creatingUser="{u2}"><CodeRef targetGUID="{c3}"/></Coding></PlainTextSelection></TextSource></Sources>"""
    coded, problems = read(written(tmp_path, project(body, ids)))
    assert problems.found == []
    assert [(s.coder, s.start, s.end) for s in coded.selections] == [("SK", 0, 2)]
    assert [code.name for code in coded.codes] == ["A"]


def test_cases_of_no_document_stop_nothing(tmp_path: Path) -> None:
    """QualCoder exports cases so, of plain texts."""
    ids = Refer()
    body = """<Cases><Case guid="{k1}" name="K"><SourceRef targetGUID="{gone1}"/><SourceRef targetGUID="{s1}"/></Case>
<Case guid="{k2}" name="L"><SourceRef targetGUID="{gone2}"/><SourceRef targetGUID="{r1}"/></Case></Cases>
<Sources><TextSource guid="{s1}" name="P1" richTextPath="internal://{r1}.docx"><PlainTextContent>x</PlainTextContent>
</TextSource></Sources>"""
    coded, problems = read(written(tmp_path, project(body, ids)))
    assert problems.found == []
    (notice,) = problems.notices
    assert notice.en == 'Which documents belong to these cases is not told by this file: "K", "L".'
    assert notice.th and notice.hint_en and notice.hint_th
    assert [case.sources for case in coded.cases] == [(ids["s1"],), (ids["s1"],)]


def test_a_codebook_alone(tmp_path: Path) -> None:
    ids = Refer()
    text = CODES.replace('<NoteRef targetGUID="{n1}"/>', "").replace("</CodeBook>", "") + (
        '<Sets><Set guid="{e1}" name="E"><MemberCode guid="{c3}"/></Set></Sets></CodeBook>'
    )
    text = text.replace("<CodeBook>", '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="MAXQDA">')
    (tmp_path / "x.qdc").write_text(text.format_map(ids), encoding="utf-8")
    coded, problems = read(tmp_path / "x.qdc")
    assert problems.found == []
    assert (coded.tool, coded.units, coded.sources, coded.selections) == ("MAXQDA", (), [], [])
    assert [code.name for code in coded.codes] == ["A", "=A1", "deep", "B"]
    assert coded.sets == [NamedSet("E", (), (ids["c3"],))]


def test_details_are_read_only_where_we_wrote_them() -> None:
    ours = "code_id: a\nlabel_th: ก: ข\ndefinition_en: one\\ntwo \\\\n\nMy own remark\nfactor:"
    assert details_in(ours) == {"code_id": "a", "label_th": "ก: ข", "definition_en": "one\ntwo \\n", "factor": ""}
    assert details_in("label_en: something that somebody wrote") == {}
    assert details_in("") == {}


@pytest.mark.skipif(not (DATA / "qda_atlasti_sample").is_dir(), reason="the sample does not stand beside the project")
def test_the_project_that_atlas_ti_wrote() -> None:
    coded, problems = read(DATA / "qda_atlasti_sample" / "TestProject.qdpx")
    assert problems.found == []
    assert coded.tool.startswith("ATLAS.ti 8.4.0")
    assert Counter(source.kind for source in coded.sources) == {
        "text": 6,
        "pdf": 2,
        "video": 2,
        "picture": 1,
        "audio": 1,
    }
    assert all(source.text is None for source in coded.sources)  # this archive holds no texts
    assert len(coded.codes) == 14
    # 16 codings are in the file; two of them stand twice, as an area of a PDF and as a passage of its text.
    assert sum(len(selection.codes) for selection in coded.selections) == 14
    positions = {(s.start, s.end): s.quoted for s in coded.selections if s.start is not None}
    assert len(positions) == 8
    assert positions[215, 275] == "I did try the gluten free bread, but it was always so soggy,"
    assert positions[688, 907] == ""  # "damage done by fatty foods" is a name that somebody gave
    assert positions[513, 907].endswith("snacking abou…")
    assert {selection.coder for selection in coded.selections} == {"Friedrich Markgraf"}
    assert len(coded.sets) == 16
    assert Counter(memo.on for memo in coded.memos) == {"selection": 3, "project": 1}
