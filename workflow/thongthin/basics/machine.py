"""Faults of the machine, not of the study: a full disk, a folder that may not be written to, too little memory.

They come up anywhere, and from libraries under names of their own. What people can do about them is said in one
sentence in English and one in Thai, in place of a traceback.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator

from thongthin.basics.problems import printable

_FULL = {errno.ENOSPC, errno.EDQUOT}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
# How libraries that are not written in Python say it, in the text of their own exceptions.
_FULL_SAID = re.compile(
    r"no space left on device|not enough space on the disk|disk is full|quota exceeded", re.IGNORECASE
)
_CLOSED_SAID = re.compile(r"read-only file ?system", re.IGNORECASE)


def machine_fault(error: BaseException) -> str | None:
    """What people are told of an error that the machine caused, in English and Thai; None for any other error."""
    for cause in _causes(error):
        number = cause.errno if isinstance(cause, OSError) else None
        name = getattr(cause, "filename2", None) or getattr(cause, "filename", None)
        where = f": {printable(str(name))}" if isinstance(name, str) else ""
        if number in _FULL or _FULL_SAID.search(str(cause)):
            return (
                f"The disk is full{where}. Make room and start again; what was finished is kept.\n"
                f"ดิสก์เต็ม{where} โปรดเพิ่มพื้นที่ว่างแล้วสั่งอีกครั้ง งานที่เสร็จแล้วยังอยู่"
            )
        if number == errno.EFBIG:
            return (
                f"A file became larger than this disk, or this account, allows{where}. Work on another disk.\n"
                f"ไฟล์ใหญ่เกินกว่าที่ดิสก์หรือบัญชีผู้ใช้นี้อนุญาต{where} โปรดย้ายไปทำงานบนดิสก์อื่น"
            )
        if number in _CLOSED or _CLOSED_SAID.search(str(cause)):
            return (
                f"This may not be read or written, or is open in another program{where}. Close it there, or see to the"
                " rights of the folder, and start again.\n"
                f"ไม่มีสิทธิ์อ่านหรือเขียน หรือเปิดค้างอยู่ในโปรแกรมอื่น{where} โปรดปิดไฟล์หรือแก้สิทธิ์ของโฟลเดอร์ แล้วสั่งอีกครั้ง"
            )
        if number == errno.EIO:
            return (
                f"The disk could not be read or written{where}. Save your work elsewhere, and have it looked at.\n"
                f"อ่านหรือเขียนดิสก์ไม่ได้{where} โปรดสำรองงานไว้ที่อื่น แล้วตรวจสอบดิสก์"
            )
        if isinstance(cause, MemoryError) or number == errno.ENOMEM:
            return (
                "There is not enough memory. Close other programs, or build with --cores 1, and start again.\n"
                "หน่วยความจำไม่พอ โปรดปิดโปรแกรมอื่น หรือสั่งสร้างด้วย --cores 1 แล้วสั่งอีกครั้ง"
            )
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and those that it came from."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
