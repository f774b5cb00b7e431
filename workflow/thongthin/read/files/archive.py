"""Zip archives that a stranger made: read in memory, within bounds, and nothing else.

Office files and the projects of coding tools are zip archives of XML, and anybody may have made them. In order: the
directory of the archive is judged as a whole (`Archive`); a member is read by its name, upper and lower case alike,
and counted as it comes out, not by what its header claims; its XML is parsed piece by piece (`xml_records`).
Nothing is ever written to disk, no archive inside an archive is opened, and no address in a file is followed.

Raised as `Refused`, which says in both languages what is wrong: a damaged or encrypted archive, names that lead out of
it or stand twice, links, packing methods other than the usual one, more members or bytes than `MAX_MEMBERS`,
`MAX_MEMBER`, `MAX_TOTAL` and `MAX_RATIO` allow.
"""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from thongthin.basics.problems import Problems
from thongthin.basics.text import BROKEN_ARCHIVE, cannot_open

MIB = 1 << 20
# 100,000 documents, each as plain and as rich text; the largest studies known have some thousand.
MAX_MEMBERS = 200_000
# The directory is read into memory at once; 160 bytes a member are a long name and all the usual extras.
MAX_DIRECTORY = 32 * MIB
# One document read as a whole. All the works of Shakespeare are 5 MiB.
MAX_MEMBER = 64 * MIB
# All that is read from one archive. Films and scans, which are never read, don't count.
MAX_TOTAL = 1024 * MIB
# Text packs to a third or a tenth; bombs to a thousandth, which is the limit of the method.
MAX_RATIO = 200
# Small members may repeat themselves as they like.
RATIO_COUNTS_FROM = 16 * MIB
# One table that is held in memory: 100,000 respondents with 200 answers each.
MAX_CELLS = 20_000_000

CHUNK = 256 * 1024
_DAMAGED = (*BROKEN_ARCHIVE, EOFError, RuntimeError, OverflowError, IndexError, struct.error)


class Refused(Exception):
    """A file that is not read, and why, in English and in Thai; the arguments are those of `Problems.add`."""

    def __init__(self, kind: str, en: str, th: str, hint_en: str = "", hint_th: str = "") -> None:
        super().__init__(en)
        self.kind, self.en, self.th, self.hint_en, self.hint_th = kind, en, th, hint_en, hint_th

    def report(self, problems: Problems) -> None:
        """Add it to the problems of the current file."""
        problems.add(self.kind, self.en, self.th, hint_en=self.hint_en, hint_th=self.hint_th)

    @classmethod
    def too_many_cells(cls) -> Refused:
        """A table of more than `MAX_CELLS`, counted as the rectangle around all that is filled in."""
        return cls(
            "too-large",
            f"This table spans more than {MAX_CELLS:,} cells.",
            f"ตารางนี้กินพื้นที่เกิน {MAX_CELLS:,} ช่อง",
            "If one cell was filled in far outside the table by mistake, delete it (Ctrl+End leads there); a table "
            "that is really so large is read as CSV or Parquet.",
            "หากเผลอกรอกช่องใดไว้ไกลจากตาราง ให้ลบช่องนั้น (Ctrl+End พาไปยังช่องนั้น) หากตารางใหญ่จริง ให้บันทึกเป็น CSV หรือ Parquet",
        )


class Archive:
    """A zip archive that is open for reading; a context manager.

    Attributes:
        names: the members as they are called in the archive, with forward slashes, without folders.

    Raises:
        Refused: the file is missing or no zip archive, or its directory is not as it should be (see the module).
    """

    names: tuple[str, ...]

    def __init__(self, path: Path) -> None:
        self._read = 0
        try:
            self._file = _Measured(io.FileIO(path))
        except OSError as error:
            raise Refused("unreadable", *cannot_open(error)) from error
        try:
            self._zip = zipfile.ZipFile(self._file)
            self._members = _judged(self._zip.infolist())
        except _DAMAGED as error:
            self._file.close()
            raise _damaged() from error
        except Refused:
            self._file.close()
            raise
        self.names = tuple(name for name, _ in self._members.values())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
        self._file.close()

    def find(self, name: str) -> str | None:
        """The member of this name, upper and lower case alike, as the archive calls it; None if there is none."""
        member = self._members.get(_key(name))
        return member[0] if member else None

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member piece by piece, for `parse_xml` and `records`.

        Raises:
            KeyError: there is no such member.
            Refused: it is damaged, or more comes out of it than the limits allow.
        """
        stored, info = self._members[_key(name)]
        size = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    self._read += len(chunk)
                    if size > RATIO_COUNTS_FROM and size > MAX_RATIO * info.compress_size:
                        raise too_large(
                            f'"{stored}" unpacks to more than {MAX_RATIO} times its size, as no text does.',
                            f'"{stored}" ขยายออกแล้วใหญ่กว่า {MAX_RATIO} เท่าของขนาดเดิม ซึ่งข้อความปกติไม่เป็นเช่นนั้น',
                        )
                    if self._read > MAX_TOTAL:
                        raise too_large(
                            f"The texts in this file unpack to more than {MAX_TOTAL // MIB} MB.",
                            f"ข้อความในไฟล์นี้ขยายออกแล้วใหญ่กว่า {MAX_TOTAL // MIB} MB",
                        )
                    yield chunk
        except _DAMAGED as error:
            raise _damaged(stored) from error

    def read(self, name: str) -> bytes:
        """A member as a whole, of up to `MAX_MEMBER` bytes; raises as `chunks` does."""
        return joined(self.chunks(name), self._members[_key(name)][0])


def joined(chunks: Iterable[bytes], name: str) -> bytes:
    """All pieces in one, of up to `MAX_MEMBER` bytes; raises `Refused` when there are more."""
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > MAX_MEMBER:
            raise too_large(
                f'"{name}" is larger than {MAX_MEMBER // MIB} MB, too large for one document.',
                f'"{name}" ใหญ่กว่า {MAX_MEMBER // MIB} MB ซึ่งใหญ่เกินไปสำหรับเอกสารหนึ่งฉบับ',
            )
    return bytes(data)


def file_chunks(path: Path) -> Iterator[bytes]:
    """A file that is not in an archive piece by piece; raises `Refused` beyond `MAX_TOTAL` or if it can't be opened."""
    size = 0
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > MAX_TOTAL:
                    raise too_large(
                        f"This file is larger than {MAX_TOTAL // MIB} MB.", f"ไฟล์นี้ใหญ่กว่า {MAX_TOTAL // MIB} MB"
                    )
                yield chunk
    except OSError as error:
        raise Refused("unreadable", *cannot_open(error)) from error


# --- XML ----------------------------------------------------------------------------------------------------


# --- the directory of an archive ----------------------------------------------------------------------------


class _Measured(io.BufferedReader):
    """A file of which no more than `MAX_DIRECTORY` bytes are read at once, as the directory of an archive is."""

    def read(self, size: int | None = -1, /) -> bytes:
        limited = MAX_DIRECTORY + 1 if size is None or size < 0 else size
        if limited > MAX_DIRECTORY + 1 or len(data := super().read(limited)) > MAX_DIRECTORY:
            raise too_many()
        return data


def _judged(infos: list[zipfile.ZipInfo]) -> dict[str, tuple[str, zipfile.ZipInfo]]:
    """The members (not folders) by `_key`, each with its name."""
    if len(infos) > MAX_MEMBERS:
        raise too_many()
    members: dict[str, tuple[str, zipfile.ZipInfo]] = {}
    for info in infos:
        # Some tools for Windows write "Sources\text.txt".
        name = info.orig_filename.replace("\\", "/")
        shown = name.encode("unicode_escape").decode("ascii") if not name.isprintable() else name
        if leads_out(name):
            raise Refused(
                "path-outside",
                f'This archive holds a file that would land outside its folder: "{shown}".',
                f'ไฟล์นี้มีสมาชิกที่ชี้ออกนอกโฟลเดอร์: "{shown}"',
                "No coding tool or word processor writes such a file; where does it come from?",
                "โปรแกรมลงรหัสไม่เขียนไฟล์เช่นนี้ ไฟล์นี้มาจากที่ใด",
            )
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise Refused(
                "link",
                f'"{shown}" in this archive is a link or a device, not a file.',
                f'"{shown}" ในไฟล์นี้เป็นลิงก์หรืออุปกรณ์ ไม่ใช่ไฟล์',
                "Put the file itself in its place.",
                "ใส่ไฟล์จริงแทน",
            )
        if name.endswith("/"):
            continue
        if info.flag_bits & 0x1:
            raise Refused(
                "encrypted",
                "This archive is protected by a password.",
                "ไฟล์นี้ถูกป้องกันด้วยรหัสผ่าน",
                "Export it again without a password.",
                "ส่งออกใหม่โดยไม่ตั้งรหัสผ่าน",
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Of the other methods Python can't say how much comes out before it has come out.
            raise Refused(
                "packing",
                f'"{shown}" is packed by an unusual method (number {info.compress_type}).',
                f'"{shown}" บีบอัดด้วยวิธีที่ไม่ใช่วิธีปกติ (หมายเลข {info.compress_type})',
                "Unpack the archive and zip it again by the usual method (deflate).",
                "แตกไฟล์แล้วบีบอัดใหม่ด้วยวิธีปกติ (deflate)",
            )
        key = _key(name)
        if key in members:
            raise Refused(
                "double-member",
                f'"{shown}" stands twice in this archive.',
                f'"{shown}" ปรากฏสองครั้งในไฟล์นี้',
                "Export it again, or take one of the two out.",
                "ส่งออกใหม่ หรือนำออกหนึ่งไฟล์",
            )
        members[key] = name, info
    return members


def leads_out(name: str) -> bool:
    """Whether a path within a folder, as a stranger wrote it, would lead out of that folder on any system."""
    parts = name.replace("\\", "/").split("/")
    return not parts[0] or ".." in parts or ":" in parts[0] or any(ord(sign) < 32 for sign in name)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _damaged(member: str = "") -> Refused:
    en, th = (f'"{member}" in this archive', f'"{member}" ในไฟล์นี้') if member else ("This archive", "ไฟล์นี้")
    return Refused(
        "unreadable",
        f"{en} is damaged or cut short, or no zip archive at all.",
        f"{th}เสียหาย ไม่ครบ หรือไม่ใช่ไฟล์ zip",
        "Take a fresh copy, or export it again.",
        "ใช้สำเนาใหม่ หรือส่งออกอีกครั้ง",
    )


def too_many() -> Refused:
    return too_large(f"This archive holds more than {MAX_MEMBERS:,} files.", f"ไฟล์นี้มีสมาชิกมากกว่า {MAX_MEMBERS:,} ไฟล์")


def too_large(en: str, th: str) -> Refused:
    return Refused(
        "too-large",
        en,
        th,
        "If it is what it should be, split the project into several exports.",
        "หากไฟล์ถูกต้อง ให้แบ่งโครงการส่งออกเป็นหลายไฟล์",
    )
