from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from thongthin.basics.problems import Problems
from thongthin.read.files import archive, xml_records
from thongthin.read.files.archive import Archive, Refused, file_chunks, joined, leads_out
from thongthin.read.files.xml_records import local_name, parse_xml, records


def zipped(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def pieces(data: bytes, size: int = 7) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def refusal(path: Path, *read: str) -> Refused:
    with pytest.raises(Refused) as caught, Archive(path) as opened:
        for name in read:
            opened.read(name)
    return caught.value


# --- archives -----------------------------------------------------------------------------------------------------


def test_members_are_found_by_name_whatever_their_case(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"Project.QDE": b"<a/>", "Sources/": b"", "Sources\\Té.TXT": "ก".encode()})
    with Archive(path) as opened:
        assert opened.names == ("Project.QDE", "Sources/Té.TXT")
        assert opened.find("project.qde") == "Project.QDE"
        assert opened.read("SOURCES/te\u0301.txt").decode() == "ก"  # the accent by itself, as on a Mac
        assert opened.find("sources") is opened.find("sources/") is None
        with pytest.raises(KeyError):
            opened.read("missing.txt")


@pytest.mark.parametrize(
    "name",
    ["../a", "a/../../b", "..\\a", "/etc/passwd", "\\\\server\\a", "C:\\a", "c:a", "a\x01b", "", "..", "a/.."],
)
def test_paths_that_lead_out_are_recognised(name: str) -> None:
    assert leads_out(name)


@pytest.mark.parametrize("name", ["a", "a/b..c", "...", "sources/ก ข.txt", "a\\b", "x.txt:zone", "a//b"])
def test_paths_that_stay_within(name: str) -> None:
    assert leads_out(name) == (name == "x.txt:zone")  # a second stream of a file, on Windows


def test_each_kind_of_bad_member_has_its_message_in_both_languages(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("sources/link.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    secret = zipfile.ZipInfo("secret.txt")
    cases: list[tuple[str, list[str | zipfile.ZipInfo], int]] = [
        ("path-outside", ["ok.txt", "sources/../../up.txt"], zipfile.ZIP_STORED),
        ("link", ["ok.txt", link], zipfile.ZIP_STORED),
        ("double-member", ["ok.txt", "OK.TXT"], zipfile.ZIP_STORED),
        ("packing", ["ok.txt"], zipfile.ZIP_BZIP2),
        ("packing", ["ok.txt"], zipfile.ZIP_LZMA),
        ("encrypted", [secret], zipfile.ZIP_STORED),
    ]
    for kind, members, method in cases:
        path = tmp_path / "bad.zip"
        with zipfile.ZipFile(path, "w", method) as file:
            for member in members:
                file.writestr(member, b"x")
        if kind == "encrypted":
            data = bytearray(path.read_bytes())
            data[data.index(b"PK\x01\x02") + 8] |= 1
            path.write_bytes(data)
        refused = refusal(path)
        assert refused.kind == kind
        problems = Problems()
        refused.report(problems.at("coding/bad.zip"))
        (problem,) = problems
        assert all((problem.en, problem.th, problem.hint_en, problem.hint_th))
        assert "coding/bad.zip" in str(problem)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + bytes(100), b"<xml/>", bytes(4096)])
def test_what_is_no_archive_is_told_so(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    assert refusal(tmp_path / "a.zip").kind == "unreadable"


def test_a_missing_file_is_told_so(tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(tmp_path / "a.zip").en
    with pytest.raises(Refused, match="cannot be opened"):
        list(file_chunks(tmp_path / "a.xml"))


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"digital" * 100}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"digital", b"Digital", 1))
    refused = refusal(path, "a.txt")
    assert refused.kind == "unreadable" and '"a.txt"' in refused.en


def test_a_header_that_lies_about_the_size_changes_nothing(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"digital" * 100})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    for claimed in (5, 0xFFFFFF):
        data[at : at + 4] = claimed.to_bytes(4, "little")
        path.write_bytes(data)
        try:
            with Archive(path) as opened:
                assert opened.read("a.txt") == b"digital" * 100
        except Refused as refused:
            assert refused.kind == "unreadable"


def test_limits_count_what_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBER", 3 * archive.MIB)
    monkeypatch.setattr(archive, "MAX_TOTAL", 5 * archive.MIB)
    path = zipped(tmp_path / "a.zip", {name: bytes(2 * archive.MIB) for name in "abc"}, zipfile.ZIP_STORED)
    with Archive(path) as opened:
        assert len(opened.read("a")) == len(opened.read("b")) == 2 * archive.MIB
        with pytest.raises(Refused, match="more than 5 MB"):
            opened.read("c")
    zipped(path, {"a": bytes(4 * archive.MIB)}, zipfile.ZIP_STORED)
    assert "larger than 3 MB" in refusal(path, "a").en
    monkeypatch.setattr(archive, "RATIO_COUNTS_FROM", archive.MIB)
    zipped(path, {"a": bytes(2 * archive.MIB)})
    assert "200 times" in refusal(path, "a").en
    with pytest.raises(Refused, match="larger than 3 MB"):
        joined([bytes(2 * archive.MIB)] * 2, "a")
    path.write_bytes(bytes(6 * archive.MIB))
    with pytest.raises(Refused, match="larger than 5 MB"):
        list(file_chunks(path))


def test_too_many_members_are_refused_before_they_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / "a.zip", {str(number): b"" for number in range(50)}, zipfile.ZIP_STORED)
    monkeypatch.setattr(archive, "MAX_MEMBERS", 49)
    assert refusal(path).kind == "too-large"
    monkeypatch.setattr(archive, "MAX_MEMBERS", 50)
    with Archive(path) as opened:
        assert len(opened.names) == 50
    monkeypatch.setattr(archive, "MAX_DIRECTORY", 1000)
    assert refusal(path).kind == "too-large"


# --- XML ----------------------------------------------------------------------------------------------------------


def test_xml_is_parsed_whatever_the_pieces() -> None:
    data = '<a xmlns="u" b="ก">น้ำ<c/><c d="1">&lt;&#3585;</c></a>'.encode()
    for size in (1, 2, 3, 1000):
        root = parse_xml(pieces(data, size))
        assert (root.tag, root.attrib, root.text) == ("{u}a", {"b": "ก"}, "น้ำ")
        assert [(local_name(child), child.text) for child in root] == [("c", None), ("c", "<ก")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp874"])
def test_xml_in_its_encodings(encoding: str) -> None:
    declared = "UTF-16" if encoding.startswith("utf-16") else "TIS-620" if encoding == "cp874" else "UTF-8"
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    text = f'{mark}<?xml version="1.0" encoding="{declared}"?><a>น้ำ</a>'
    assert parse_xml(pieces(text.encode(encoding))).text == "น้ำ"


def test_records_come_as_they_are_complete_and_leave_no_trace() -> None:
    data = b"""<p n="1"><junk><x/></junk><s n="2"><t>text</t><r n="3"><x/></r><r n="4"/><u/></s><r n="5"/></p>"""
    for size in (1, 1000):
        found = [
            (local_name(element), element.get("n"), [child.tag for child in element], [a.get("n") for a in around])
            for element, around in records(pieces(data, size), {"r", "s", "p"})
        ]
        assert found == [
            ("r", "3", ["x"], ["1", "2"]),
            ("r", "4", [], ["1", "2"]),
            ("s", "2", ["t", "u"], ["1"]),
            ("r", "5", [], ["1"]),
            ("p", "1", ["junk"], []),
        ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "line 1, column 1"),
        (b"<a>\n<b></a>", "line 2, column 6: mismatched tag"),
        (b"<a/><b/>", "junk after document element"),
        (b"<a>\xff</a>", "not well-formed"),
        (b"<a>&other;</a>", "undefined entity"),
        (b"<x:a/>", "unbound prefix"),
        (b"<a>\x00</a>", "not well-formed"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "encoding"),
        (b'<?xml version="1.0" encoding="no-such-thing"?><a/>', "encoding"),
    ],
)
def test_broken_xml_says_where(data: bytes, says: str) -> None:
    for size in (1, 1000):
        with pytest.raises(Refused, match=says) as caught:
            list(records(pieces(data, size), {"a"}))
        assert caught.value.kind == "broken-xml"


def test_no_document_type_whatever_the_encoding() -> None:
    text = '<?xml version="1.0"?><!-- c --><!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]><a>&x;</a>'
    for encoding in ("utf-8", "utf-16", "utf-8-sig"):
        for size in (1, 1000):
            with pytest.raises(Refused) as caught:
                parse_xml(pieces(text.encode(encoding), size))
            assert caught.value.kind == "document-type"


def test_xml_has_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (b"<a>" * 300, b"<a>" * 200_000, b"<a>" + b"<b/>" * 2000 + b"</a>"):
        monkeypatch.setattr(xml_records, "MAX_ELEMENTS", 1000)
        with pytest.raises(Refused, match="elements"):
            parse_xml(pieces(data, 5000))
    monkeypatch.setattr(xml_records, "MAX_TOKEN", archive.MIB)
    for start in (b'<a b="', b"<a><!--", b"<a><?p "):
        with pytest.raises(Refused, match="one tag or comment"):
            parse_xml(pieces(start + b"x" * 3 * archive.MIB, 100_000))
    text = b"<a>" + b"x" * 3 * archive.MIB + b"</a>"
    assert len(parse_xml(pieces(text, 100_000)).text or "") == 3 * archive.MIB
