"""What a renderer says when it fails, as people read it: without colours and stack lines, with a hint, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

from thongthin.problems import Problem, printable

FORMATS = {"html": "HTML", "pdf": "PDF", "docx": "Word"}

# Escape sequences of terminals: colours and cursor (CSI), links and titles (OSC), and the short ones.
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])")
# Where in its own program something went wrong: of Deno, in which Quarto is written, and of the filters' Lua.
_STACK = re.compile(
    r"^[ \t]+at .*(?:\(.*\)|:\d+:\d+)[ \t]*$|^[ \t]*stack trace(?:back)?:[ \t]*$|^\t[^\n]*: in .*$|^\t\[C\].*$|^\t\.\.\.[^\n]*$",
    re.IGNORECASE,
)


class RenderError(RuntimeError):
    """An article could not be rendered. The message is for people, in English and in Thai, with the program's words."""


def render_error(program: str, format_: str, folder: Path, said: str) -> RenderError:
    """The error of a program that could not render a working copy.

    Args:
        program: Quarto, pandoc or Typst.
        format_: html, pdf or docx.
        folder: the working copy.
        said: what the program printed.
    """
    hint_en, hint_th = HINTS["Quarto" if program == "Quarto" else "embedded"]
    problem = Problem(
        "not-rendered",
        (folder / "article.qmd").as_posix(),
        f"{program} could not make the {FORMATS[format_]} document. Its own words stand below.",
        f"{program} สร้างเอกสาร {FORMATS[format_]} ไม่สำเร็จ ข้อความของโปรแกรมอยู่ด้านล่าง",
        hint_en,
        hint_th,
    )
    words = plain(said, folder) or "(nothing / ไม่มีข้อความ)"
    return RenderError(f"{problem}\n\n{words}")


HINTS = {
    "Quarto": (
        "Mend in report/ what they name, if it is yours; or let the embedded renderer make the documents:"
        ' write "engine: embedded" under "report" in config/config.yml.',
        "หากข้อความกล่าวถึงสิ่งที่ท่านเขียน โปรดแก้ใน report/ หรือใช้ตัวจัดหน้าในตัวแทน"
        ' โดยเขียน "engine: embedded" ใต้ "report" ใน config/config.yml',
    ),
    "embedded": (
        "Mend in report/ what they name; the file above is a copy made from there.",
        "โปรดแก้สิ่งที่ข้อความกล่าวถึงใน report/ เพราะไฟล์ข้างต้นเป็นสำเนาที่สร้างจากที่นั่น",
    ),
}


def plain(said: str, folder: Path | None = None) -> str:
    """What a program printed, without escape sequences, stack lines and blank ends; paths seen from `folder`."""
    text = _ESCAPE.sub("", said).replace("\r\n", "\n")
    lines = [line.rsplit("\r", 1)[-1].rstrip() for line in text.split("\n") if not _STACK.match(line)]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    if folder is not None:
        for root in {str(folder.resolve()), str(folder.absolute())}:
            text = text.replace(root + "/", "").replace(root + "\\", "").replace(root, ".")
    return printable(text.replace("\t", "    "))
