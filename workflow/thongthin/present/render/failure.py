"""What a renderer says when it fails, as people read it: no colours, no stack lines; a hint, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

from thongthin.basics.problems import Problem, RenderError, printable

FORMATS = {"html": "HTML", "pdf": "PDF", "docx": "Word", "xml": "JATS XML"}
HINTS = {
    True: (
        "Mend in report/ what it names, if that is yours. Otherwise let the embedded renderer make the documents:"
        ' write "engine: embedded" under "report" in config/config.yml.',
        "หากข้อความนั้นกล่าวถึงสิ่งที่ท่านเขียน โปรดแก้ไขใน report/ หากไม่ใช่ ให้ใช้ตัวจัดหน้าในตัวแทน"
        ' โดยเขียน "engine: embedded" ใต้ "report" ใน config/config.yml',
    ),
    False: (
        "Mend in report/ what it names: the file above is a copy of what stands there.",
        "โปรดแก้ไขสิ่งที่ข้อความนั้นกล่าวถึงใน report/ เพราะไฟล์ข้างต้นเป็นสำเนาของสิ่งที่อยู่ที่นั่น",
    ),
}

# Escape sequences of terminals: colours and cursor (CSI), links and titles (OSC), and the short ones.
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])")
# Where in the program something went wrong, as Deno (in which Quarto is written) and Lua (its filters) tell.
_STACK = re.compile(
    r"^[ \t]*stack ?(?:back)?trace(?:back)?:[ \t]*\n(?:[ \t]+\S[^\n]*(?:\n|\Z))*"
    r"|^[ \t]+at (?:async )?(?:[^\n]*\(\S+:\d+:\d+\)|\S+:\d+:\d+)[ \t]*(?:\n|\Z)",
    re.IGNORECASE | re.MULTILINE,
)


def render_error(program: str, format_: str | None, folder: Path, said: str) -> RenderError:
    """The error of a program that could not render a working copy.

    Args:
        program: Quarto, pandoc or Typst.
        format_: html, pdf or docx; None: it could not even read the text.
        folder: the working copy.
        said: what the program printed.
    """
    hint_en, hint_th = HINTS[program == "Quarto"]
    what_en, what_th = "read the text", "อ่านเนื้อความ"
    if format_:
        what_en, what_th = f"make the {FORMATS[format_]} document", f"สร้างเอกสาร {FORMATS[format_]} "
    problem = Problem(
        "not-rendered",
        (folder / "article.qmd").as_posix(),
        f"{program} could not {what_en}. What it says stands below.",
        f"{program} {what_th}ไม่สำเร็จ ข้อความของโปรแกรมอยู่ด้านล่าง",
        hint_en,
        hint_th,
    )
    return RenderError(f"{problem}\n\n{plain(said, folder) or '-'}")


def plain(said: str, folder: Path | None = None) -> str:
    """What a program printed, without escape sequences, stack lines and blank ends; paths seen from `folder`."""
    text = _STACK.sub("", _ESCAPE.sub("", said.replace("\r\n", "\n")))
    if folder is not None:
        for root in (str(folder.resolve()), str(folder.absolute())):
            text = text.replace(root + "/", "").replace(root + "\\", "")
    lines = [line.rsplit("\r", 1)[-1].rstrip() for line in text.expandtabs(4).split("\n")]
    return printable(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n"))
