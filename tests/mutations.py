"""Ways in which a file gets damaged, is saved wrongly, or was made to do harm; each kind of file has those that fit.

`damage(path, rng)` does one of them to a file and gives back its name. The same seed does the same.
"""

from __future__ import annotations

import gzip
import io
import random
import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

TEXTS = (".csv", ".txt", ".md", ".qmd", ".yml", ".bib", ".html", ".lss", ".qdc")
ARCHIVES = (".xlsx", ".docx", ".ods", ".qdpx", ".omv")
MIB = 1 << 20

Change = Callable[[bytes, random.Random], bytes]


# --- of any file ----------------------------------------------------------------------------------------------------


def _place(data: bytes, rng: random.Random) -> int:
    return rng.randrange(len(data) + 1)


def cut(data: bytes, rng: random.Random) -> bytes:
    """Cut short, as by a broken download."""
    return data[: _place(data, rng)]


def emptied(data: bytes, rng: random.Random) -> bytes:
    """Nothing left."""
    return b""


def flipped(data: bytes, rng: random.Random) -> bytes:
    """Some bytes are others."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        if changed:
            changed[rng.randrange(len(changed))] ^= rng.randint(1, 255)
    return bytes(changed)


def lost(data: bytes, rng: random.Random) -> bytes:
    """A piece from the middle is missing."""
    at = _place(data, rng)
    return data[:at] + data[at + rng.randint(1, 200) :]


def doubled(data: bytes, rng: random.Random) -> bytes:
    """A piece stands twice."""
    at = _place(data, rng)
    return data[:at] + data[max(0, at - rng.randint(1, 200)) :]


def zeroed(data: bytes, rng: random.Random) -> bytes:
    """A piece is zeros, as a disk that failed leaves it."""
    at = _place(data, rng)
    size = min(rng.choice([1, 16, 512, 4096]), len(data) - at)
    return data[:at] + bytes(size) + data[at + size :]


def another(data: bytes, rng: random.Random) -> bytes:
    """Something else under this name."""
    return rng.choice(
        [
            b"<!DOCTYPE html><html><body>Log in</body></html>",
            b"PK\x03\x04",
            b"PK\x05\x06" + bytes(18),
            b"%PDF-1.7\n",
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504),
            b"SQLite format 3\0" + bytes(84),
            gzip.compress(b"X\n" + bytes(100), mtime=0),
            bytes(range(256)) * 8,
        ]
    )


BYTES: tuple[Change, ...] = (cut, emptied, flipped, flipped, lost, doubled, zeroed, another)


# --- of numbers in files that programs write ------------------------------------------------------------------------


def claimed(data: bytes, rng: random.Random) -> bytes:
    """A number of the file, such as one of its sizes, claims too much."""
    if len(data) < 8:
        return data
    at = rng.randrange(min(len(data) - 4, 2000))
    number = rng.choice([0, 1, -1, 2**31 - 1, -(2**31), 10**6, 10**8])
    return data[:at] + struct.pack(rng.choice("<>") + "i", number) + data[at + 4 :]


# --- of texts -------------------------------------------------------------------------------------------------------


def _text(change: Callable[[str, random.Random], str]) -> Change:
    def changed(data: bytes, rng: random.Random) -> bytes:
        return change(data.decode("utf-8", "replace"), rng).encode("utf-8", "replace")

    changed.__name__ = change.__name__
    return changed


def _lines(text: str, rng: random.Random) -> tuple[list[str], int]:
    lines = text.splitlines(keepends=True) or [""]
    return lines, rng.randrange(len(lines))


def line_doubled(text: str, rng: random.Random) -> str:
    """A line stands twice."""
    lines, at = _lines(text, rng)
    return "".join(lines[: at + 1] + lines[at:])


def line_lost(text: str, rng: random.Random) -> str:
    """A line is missing."""
    lines, at = _lines(text, rng)
    return "".join(lines[:at] + lines[at + 1 :])


def lines_swapped(text: str, rng: random.Random) -> str:
    """Two lines have changed places."""
    lines, at = _lines(text, rng)
    other = rng.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]
    return "".join(lines)


def cell_lost(text: str, rng: random.Random) -> str:
    """A cell is missing, so that the others move."""
    lines, at = _lines(text, rng)
    cells = lines[at].split(",")
    del cells[rng.randrange(len(cells))]
    return "".join([*lines[:at], ",".join(cells), *lines[at + 1 :]])


def cell_changed(text: str, rng: random.Random) -> str:
    """Something else stands in a cell or word."""
    words = list(re.finditer(r"[^,\s:]+", text))
    if not words:
        return text
    word = rng.choice(words)
    new = rng.choice(
        ["", "0", "-1", "1e308", "NaN", "99", "=1+1", "#REF!", "true", "null", "[]", "{}", "'", '"', "<x>", "&amp;",
         "\\", "??????", "../../../etc/hosts", "2566-02-30", "x" * 300, "ก" * 300, "a\u202eb", "\ufeff", "\u0e33\u0e4d"]
    )  # fmt: skip
    return text[: word.start()] + new + text[word.end() :]


def huge_cell(text: str, rng: random.Random) -> str:
    """A million letters in one place."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + "ก" * MIB + text[at:]


def control_inserted(text: str, rng: random.Random) -> str:
    """A character that is no text."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice("\0\x01\x08\x0b\x1b\x7f\u0085\u2028\u200b\ud7ff\ufffe\ufffd") + text[at:]


def quotation_mark(text: str, rng: random.Random) -> str:
    """A quotation mark that nothing closes."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice("\"'`“”«") + text[at:]


def merge_marks(text: str, rng: random.Random) -> str:
    """Two versions of a line, as git leaves them."""
    lines, at = _lines(text, rng)
    ours = lines[at].rstrip("\r\n")
    conflict = f"<<<<<<< HEAD\n{ours}\n=======\n{ours}x\n>>>>>>> other\n"
    return "".join([*lines[:at], conflict, *lines[at + 1 :]])


def separators(text: str, rng: random.Random) -> str:
    """Commas are something else."""
    return text.replace(",", rng.choice(";\t|،"))


def line_ends(text: str, rng: random.Random) -> str:
    """Lines end in another way, or not at all."""
    return text.replace("\n", rng.choice(["\r", "\r\r\n", " ", "\n\n"]))


def encoded(data: bytes, rng: random.Random) -> bytes:
    """Saved in another encoding."""
    text = data.decode("utf-8", "replace")
    return text.encode(
        rng.choice(["cp874", "utf-16", "utf-16-be", "utf-8-sig", "utf-32", "cp1252", "ascii"]), "replace"
    )


def garbled(data: bytes, rng: random.Random) -> bytes:
    """Read in a wrong encoding, and saved again."""
    return data.decode(rng.choice(["cp874", "cp1252", "latin-1"]), "replace").encode()


WORDS: tuple[Change, ...] = (
    encoded, garbled,
    *map(_text, (line_doubled, line_lost, lines_swapped, cell_lost, cell_changed, cell_changed, cell_changed, huge_cell,
                 control_inserted, quotation_mark, merge_marks, separators, line_ends)),
)  # fmt: skip


def nested(text: str, rng: random.Random) -> str:
    """Brackets in brackets without end."""
    lines, at = _lines(text, rng)
    return "".join([*lines[:at], "x: " + rng.choice("[{") * rng.choice([60, 2000, 200_000]) + "\n", *lines[at:]])


def aliases(text: str, rng: random.Random) -> str:
    """Few lines that mean a billion."""
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, rng.choice([4, 20])))
    return bomb + text


def another_type(text: str, rng: random.Random) -> str:
    """A key holds something of another type."""
    keys = list(re.finditer(r"^( *(?:- )?[\w.-]+:)( .*)?$", text, re.MULTILINE))
    if not keys:
        return text
    key = rng.choice(keys)
    value = rng.choice(["[1, 2]", "{a: 1}", "5", "-3.5e300", "true", "null", "", "'text'", "2023-03-15", "&a x", "*b",
                        "!!python/object:os.system x", "|", "12:30:45", "0o17", ".inf"])  # fmt: skip
    return f"{text[: key.start()]}{key[1]} {value}{text[key.end() :]}"


def another_top(text: str, rng: random.Random) -> str:
    """The whole is no mapping."""
    return rng.choice(
        ["hello", "- a\n- b\n", "null", "# nothing\n", "<html><body>x</body></html>", "5", "? [a]\n: b\n"]
    )


def indented(text: str, rng: random.Random) -> str:
    """A line stands too far to the right or left, or behind a tab."""
    lines, at = _lines(text, rng)
    lines[at] = rng.choice([" ", "    ", "\t"]) + lines[at] if rng.random() < 0.7 else lines[at].lstrip(" ")
    return "".join(lines)


SETTINGS: tuple[Change, ...] = tuple(map(_text, (nested, aliases, another_type, another_type, another_type, another_top,
                                                 indented)))  # fmt: skip


# --- of archives ----------------------------------------------------------------------------------------------------


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def member_damaged(data: bytes, rng: random.Random) -> bytes:
    """What is in the archive is damaged, and the archive whole."""
    members = _members(data)
    name = rng.choice(sorted(members))
    changes: tuple[Change, ...] = (*BYTES, claimed, *map(_text, (cell_changed, control_inserted, line_lost)))
    return _packed(members | {name: rng.choice(changes)(members[name], rng)})


def member_lost(data: bytes, rng: random.Random) -> bytes:
    """A part of the archive is missing."""
    members = _members(data)
    del members[rng.choice(sorted(members))]
    return _packed(members)


def _xml(data: bytes, rng: random.Random, pattern: str, new: bytes) -> bytes:
    """The archive with `new` in place of a match of the pattern in one of its parts that has one."""
    members = _members(data)
    fitting = sorted(name for name, content in members.items() if re.search(pattern.encode(), content))
    if not fitting:
        return member_damaged(data, rng)
    name = rng.choice(fitting)
    return _packed(members | {name: re.sub(pattern.encode(), lambda _: new, members[name], count=1)})


def member_bomb(data: bytes, rng: random.Random) -> bytes:
    """Much comes out of little."""
    return _xml(data, rng, "</(?:[\\w:]+)>\\s*$", b" " * (80 * MIB))


def member_nested(data: bytes, rng: random.Random) -> bytes:
    """Elements in elements without end."""
    return _xml(data, rng, "</(?:[\\w:]+)>\\s*$", b"<a>" * 100_000)


def far_cell(data: bytes, rng: random.Random) -> bytes:
    """One cell far outside the table, or many that are one repeated."""
    places = [b'<c r="XFD1048576"', b'<c r="A99999999"', b"<c", b'<c r="ZZZ1"']
    if b"number-columns-repeated" in b"".join(_members(data).values()):
        repeated = rng.choice([b"1048576", b"99999999999", b"-1", b"x"])
        return _xml(data, rng, 'number-(?:columns|rows)-repeated="', b'number-rows-repeated="' + repeated + b'" x="')
    return _xml(data, rng, '<c r="[A-Z]+[0-9]+"', rng.choice(places))


def claimed_texts(data: bytes, rng: random.Random) -> bytes:
    """A table of texts claims to be larger than memory."""
    return _xml(data, rng, "<sst ", b'<sst count="4294967295" uniqueCount="4294967295" ')


def document_type(data: bytes, rng: random.Random) -> bytes:
    """XML that draws in another file."""
    return _xml(data, rng, "\\?>", b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hosts">]>')


PARTS: tuple[Change, ...] = (member_damaged, member_damaged, member_damaged, member_lost, member_bomb, member_nested,
                             far_cell, far_cell, claimed_texts, document_type)  # fmt: skip


def unpacked_damaged(data: bytes, rng: random.Random) -> bytes:
    """What is packed is damaged, and the packing whole."""
    try:
        content = gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return flipped(data, rng)
    return gzip.compress(rng.choice([*BYTES, claimed, claimed])(content, rng), mtime=0)


# --- files ----------------------------------------------------------------------------------------------------------


def changes_for(suffix: str) -> tuple[Change, ...]:
    """The changes that fit a kind of file, by its ending; what comes twice is done more often."""
    if suffix == ".yml":
        return (*BYTES[:4], *WORDS, *SETTINGS, *SETTINGS)
    if suffix in TEXTS:
        return (*BYTES[:4], *WORDS, *WORDS)
    if suffix in ARCHIVES:
        return (*BYTES, *PARTS)
    if suffix == ".rds":
        return (*BYTES, *[unpacked_damaged] * 8)
    return (*BYTES, claimed, claimed, claimed, claimed)


def damage(path: Path, rng: random.Random) -> str:
    """Do one kind of damage to a file, or put something else in its place; the name of what was done."""
    number = rng.randrange(25)
    if number == 0:
        path.unlink()
        path.mkdir()
        return "a folder in its place"
    if number == 1:
        path.unlink()
        path.symlink_to(path.with_name("nowhere"))
        return "a link to nothing"
    if number == 2:
        path.unlink()
        return "gone"
    change = rng.choice(changes_for(path.suffix.lower()))
    path.write_bytes(change(path.read_bytes(), rng))
    return change.__name__


def restore(path: Path, content: bytes) -> None:
    """Put the file back as it was."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.write_bytes(content)
