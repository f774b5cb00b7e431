"""Projects that were made to do harm, or broke on their way: each is refused with a message, and nothing else happens.

They are read in a process of its own that watches itself: what it opens, writes and connects to, and how much memory it
takes.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from amount import tried

from thongthin.basics.problems import Problems
from thongthin.read.coding.refi import read_refi

ROOT = Path(__file__).parents[3]
MIB = 1 << 20

# Reads each file of the folder argv[1] and prints one line for it; what it does besides is told in "seen".
READER = """
import json, os, pathlib, sys, time
from thongthin.basics.problems import Problems
from thongthin.read.coding.refi import read_refi

folder = os.path.realpath(sys.argv[1])
python = tuple(map(os.path.realpath, (sys.prefix, sys.base_prefix)))
seen = []

def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if isinstance(path, int):
            return
        real = os.path.realpath(os.fsdecode(path))
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes or not real.startswith((folder, *python)):
            seen.append(f"open {real} {mode}")
    elif event.startswith(("socket.", "urllib.", "subprocess.", "os.mkdir", "os.remove", "os.rename", "os.symlink",
                           "os.system", "os.exec", "os.spawn", "shutil.", "tempfile.", "ctypes.", "pickle.")):
        seen.append(event)

sys.addaudithook(watch)
for path in sorted(pathlib.Path(folder).iterdir()):
    seen.clear()
    problems, began = Problems(), time.process_time()
    coded = read_refi(path, problems.at(path.name))
    told, memory = list(seen), 0
    if sys.platform != "win32":
        import resource
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 << 20 if sys.platform == "darwin" else 1024)
        status = pathlib.Path("/proc/self/status")
        if status.exists():  # on Linux the former also holds what the process had that started this one
            memory = int(status.read_text().split("VmHWM:")[1].split()[0]) // 1024
    print(json.dumps({
        "file": path.name,
        "problems": [[p.kind, p.en, p.th] for p in problems],
        "sources": None if coded is None else [[s.name, len(s.text or "")] for s in coded.sources],
        "selections": None if coded is None else len(coded.selections),
        "seen": told,
        "seconds": time.process_time() - began,
        "memory": memory,
    }), flush=True)
seen.clear()
open(sys.argv[2], "rb").close()
assert len(seen) == 1, "the watch is asleep"
"""


def readings(folder: Path) -> dict[str, dict[str, Any]]:
    """What the reader said of each file in the folder, which must be all that it did."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", READER, str(folder), str(ROOT / "README.md")],
        env=os.environ | {"PYTHONPATH": str(ROOT / "workflow"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read = {line["file"]: line for line in map(json.loads, done.stdout.splitlines())}
    for line in read.values():
        assert line["seen"] == [], line["file"]
        for _, en, th in line["problems"]:
            assert en and th
    return read


def zipped(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def member(name: str, mode: int = 0o100644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    return info


def project(body: str = "", before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<Project name="x"><Description>{body}</Description></Project>'


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
READ_WITHOUT_THE_TEXT = ("nested-as-text.qdpx", "text-above.qdpx", "text-rooted.qdpx")
SECRET = "the file that must not be read"


def hostile_archives(outside: Path) -> Iterator[tuple[str, bytes, str]]:
    """Name, content, and the kind of problem that must come of it."""
    qde = "project.qde"
    entities = {
        "billion-laughs": f'<!DOCTYPE p [<!ENTITY l0 "ha">{LAUGHS}]>',
        "quadratic": f'<!DOCTYPE p [<!ENTITY l9 "{"a" * 100_000}">]>',
        "external-file": f'<!DOCTYPE p [<!ENTITY l9 SYSTEM "{outside.as_uri()}">]>',
        "external-http": '<!DOCTYPE p [<!ENTITY l9 SYSTEM "http://127.0.0.1:9/x">]>',
        "parameter": f'<!DOCTYPE p [<!ENTITY % q SYSTEM "{outside.as_uri()}"> %q; <!ENTITY l9 "x">]>',
        "external-dtd": f'<!DOCTYPE p SYSTEM "{outside.as_uri()}">',
    }
    for name, before in entities.items():
        text = project("&l9;" * 1000, before)
        yield f"{name}.qdpx", zipped({qde: text}), "document-type"
        yield f"{name}.qdc", text.encode(), "document-type"
        yield f"{name}-utf16.qdpx", zipped({qde: text.encode("utf-16")}), "document-type"
    yield "entity-undeclared.qdpx", zipped({qde: project("&l9;")}), "broken-xml"

    yield "bomb-flat.qdpx", zipped({qde: project() + " " * (40 * MIB)}), "too-large"
    source = '<Project><Sources><TextSource guid="a" plainTextPath="internal://a.txt"/></Sources></Project>'
    yield "bomb-text.qdpx", zipped({qde: source, "sources/a.txt": bytes(40 * MIB)}), "too-large"
    yield "bomb-deep.qdpx", zipped({qde: "<Project>" + "<a>" * 500_000}), "too-large"
    yield "bomb-attribute.qdpx", zipped({qde: f'<Project name="{"x" * 15 * MIB}"/>'}), "too-large"
    yield "bomb-crowded.qdpx", crowded(250_000), "too-large"
    yield "bomb-directory.qdpx", crowded(800_000), "too-large"
    inner = zipped({qde: project(), "0.zip": bytes(10 * MIB)})
    for depth in range(5):
        inner = zipped({f"{depth}.zip": inner, f"{depth}.qdpx": inner})
    yield "bomb-nested.qdpx", inner, "no-project"
    yield "nested-as-text.qdpx", zipped({qde: source, "sources/a.txt": inner}), "encoding"
    yield "overlapping.qdpx", overlapping(source), "unreadable"
    yield "bzip2.qdpx", zipped({qde: project()}, zipfile.ZIP_BZIP2), "packing"

    for number, path in enumerate(
        ["../up.txt", "sources/../../up.txt", "/tmp/up.txt", "C:/up.txt", "..\\up.txt", "\\\\host\\up.txt", "a\nb.txt"]
    ):
        yield f"path-{number}.qdpx", zipped({qde: project(), path: "x"}), "path-outside"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(member(qde), source)
        archive.writestr(member("sources/a.txt", 0o120777), str(outside))
    yield "symlink.qdpx", stream.getvalue(), "link"
    climbing = source.replace("internal://a.txt", "internal://../../" + outside.name)
    yield "text-above.qdpx", zipped({qde: climbing}), "path-outside"
    rooted = source.replace("internal://a.txt", f"internal://{outside.as_posix()}")
    yield "text-rooted.qdpx", zipped({qde: rooted}), "path-outside"

    yield "no-project.qdpx", zipped({"sources/a.txt": "x"}), "no-project"
    yield "two-projects.qdpx", zipped({qde: project(), "Other.QDE": project()}), "two-projects"
    yield "twice.qdpx", zipped({qde: project(), "PROJECT.qde": project()}), "double-member"
    yield "no-refi.qdpx", zipped({qde: "<html><Project/></html>"}), "not-refi"
    yield "no-refi.qdc", b"code_id,label_en\na,b\n", "broken-xml"
    yield "empty.qdpx", b"", "unreadable"
    yield "empty.qdc", b"", "broken-xml"
    yield "text.qdpx", b"PK is how this begins", "unreadable"


def overlapping(source: str) -> bytes:
    """Two members of the directory that share one place in the file, as in bombs that need no nesting."""
    data = bytearray(zipped({"project.qde": source, "sources/a.txt": "x" * 1000}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 42 : entry + 46] = bytes(4)
    return bytes(data)


def crowded(members: int) -> bytes:
    """An archive that is nothing but a directory."""
    entry = b"PK\x01\x02" + bytes(24) + (1).to_bytes(2, "little") + bytes(16) + b"a"
    size = len(entry) * members
    return entry * members + b"PK\x05\x06" + bytes(8) + size.to_bytes(4, "little") + bytes(6)


def test_hostile_files_are_refused_and_do_nothing(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(SECRET, encoding="utf-8")
    folder = tmp_path / "study"
    folder.mkdir()
    expected = {}
    for name, content, kind in hostile_archives(outside):
        (folder / name).write_bytes(content)
        expected[name] = kind
    read = readings(folder)
    assert {name: [kind for kind, _, _ in line["problems"]] for name, line in read.items()} == {
        name: [kind] for name, kind in expected.items()
    }
    for name, line in read.items():
        assert SECRET not in json.dumps(line), name
        assert line["seconds"] < 5, name
        assert (line["sources"] is None) != (name in READ_WITHOUT_THE_TEXT), name
    memory = max(line["memory"] for line in read.values())
    record_property("hostile files", f"{len(read)}, at most {memory} MB")
    assert memory < 500
    assert sorted(path.name for path in tmp_path.iterdir()) == ["outside.txt", "study"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(expected)


def test_a_file_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    text = project("ข้อความ" * 50)
    whole = zipped({"project.qde": text, "sources/a.txt": "น้ำ" * 200})
    packed = tmp_path / "x.qdpx"
    for length in range(0, len(whole), 11):
        packed.write_bytes(whole[:length])
        assert kinds(packed) == ["unreadable"], length
    # ... and a project that was cut short before it was packed
    data = text.encode()
    for length in range(0, len(data), 11):
        packed.write_bytes(zipped({"project.qde": data[:length]}, zipfile.ZIP_STORED))
        assert kinds(packed) == ["broken-xml"], length


def test_changed_bytes_never_do_more_than_a_problem(tmp_path: Path) -> None:
    body = "ข้อความ" * 5
    whole = zipped({"project.qde": project(body), "sources/a.txt": "x"})
    path = tmp_path / "x.qdpx"
    for at in range(0, len(whole), 3):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        problems = Problems()
        coded = read_refi(path, problems.at(path.name))
        # Some bytes mean nothing to us: times, the system that wrote it, members that aren't read.
        assert (coded is None) == bool(problems.found), at
        if coded is not None:
            assert [memo.text for memo in coded.memos] == [body], at


def test_formulas_in_names_stay_text(tmp_path: Path) -> None:
    formula = '=HYPERLINK("http://x","y")'
    quoted = formula.replace('"', "&quot;")
    qde = (
        f'<Project name="{quoted}" origin="{quoted}"><Users><User guid="u" name="{quoted}"/></Users><CodeBook><Codes>'
        f'<Code guid="c" name="{quoted}"/></Codes></CodeBook><Sources><TextSource guid="s" name="{quoted}">'
        f"<PlainTextContent>{quoted}</PlainTextContent><PlainTextSelection guid='p' startPosition='0' endPosition='9' "
        "creatingUser='u'><Coding><CodeRef targetGUID='c'/></Coding></PlainTextSelection></TextSource></Sources>"
        "</Project>"
    )
    path = tmp_path / "x.qdpx"
    path.write_bytes(zipped({"project.qde": qde}))
    coded = read_refi(path, Problems())
    assert coded is not None
    assert coded.tool == coded.codes[0].name == coded.sources[0].name == coded.sources[0].text == formula
    assert coded.selections[0].coder == formula


def test_a_project_of_200_megabytes_is_read_within_bounds(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    documents, per_document = tried(800), 150
    line = "ผู้ให้ข้อมูล: ระบบใหม่ทำให้ประชาชนไม่ต้องเดินทางมาที่สำนักงาน\n".encode()
    text = line * (170_000 // len(line))
    users = "".join(f'<User guid="{guid("u", n)}" name="coder {n}"/>' for n in range(5))
    codes = "".join(f'<Code guid="{guid("c", n)}" name="code {n}" isCodable="true"/>' for n in range(50))
    folder = tmp_path / "study"
    folder.mkdir()
    path = folder / "large.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        with archive.open("project.qde", "w") as qde:
            qde.write(f"<Project><Users>{users}</Users><CodeBook><Codes>{codes}</Codes></CodeBook><Sources>".encode())
            for document in range(documents):
                selections = "".join(
                    f'<PlainTextSelection guid="{guid("p", document * per_document + n)}" startPosition="{n * 9}" '
                    f'name="" endPosition="{n * 9 + 60}" creatingUser="{guid("u", n % 5)}" '
                    'creationDateTime="2024-05-01T09:00:00Z" modifiedDateTime="2024-05-01T09:00:00Z">'
                    f'<Description/><Coding guid="{guid("g", n)}" creationDateTime="2024-05-01T09:00:00Z">'
                    f'<CodeRef targetGUID="{guid("c", n % 50)}"/></Coding></PlainTextSelection>'
                    for n in range(per_document)
                )
                one = guid("s", document)
                qde.write(
                    f'<TextSource guid="{one}" name="P{document}" plainTextPath="internal://{one}.txt">'
                    f"{selections}</TextSource>".encode()
                )
            qde.write(b"</Sources></Project>")
        for document in range(documents):
            archive.writestr(f"Sources/{guid('s', document)}.txt", text)
    assert path.stat().st_size > 180 * MIB * documents / 800
    (read,) = readings(folder).values()
    record_property("project of 200 MB", f"{read['seconds']:.1f} s, {read['memory']} MB")
    assert read["problems"] == []
    assert read["selections"] == documents * per_document
    assert {length for _, length in read["sources"]} == {len(text.decode())}
    assert read["memory"] < 1500
    assert read["seconds"] < 60


def kinds(path: Path) -> list[str]:
    """The kinds of problems of a file that must not be read."""
    problems = Problems()
    assert read_refi(path, problems.at(path.name)) is None
    return [problem.kind for problem in problems]


def guid(kind: str, number: int) -> str:
    return f"{ord(kind):08x}-0000-4000-8000-{number:012x}"
