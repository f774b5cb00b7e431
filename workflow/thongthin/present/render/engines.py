"""Which engine renders: Quarto where it is asked for, or is there and can be used; otherwise the embedded renderer."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

from thongthin.basics.console import command
from thongthin.basics.problems import Problems
from thongthin.present.render import pandoc
from thongthin.present.render.failure import plain
from thongthin.present.render.programs import run_program

Engine = Literal["quarto", "embedded"]

# The first version of Quarto that knows every key that we write (tests/quarto_schema.yml).
LEAST = (1, 9, 18)
SET_UP = command("setup", "--quarto")
# Seconds in which Quarto must tell its version. It takes a fraction of one, and some on a cold Windows disk.
LIMIT = 20.0


@dataclass(frozen=True)
class Fault:
    """Why Quarto can't be used, in both languages; `kind` as that of a `Problem`."""

    kind: Literal["no-quarto", "old-quarto", "silent-quarto"]
    en: str
    th: str
    hint_en: str
    hint_th: str


def engine(wanted: Literal["auto", "quarto", "embedded"], problems: Problems) -> Engine:
    """The engine to render with; `auto` takes Quarto where it is on PATH and can be used.

    Args:
        problems: gets a problem where Quarto is asked for by name and is missing, too old or does not answer, and a
            notice where `auto` finds such a Quarto.
    """
    if wanted == "embedded":
        return "embedded"
    fault = quarto_fault()
    if fault is None:
        return "quarto"
    problems = problems.at("config/config.yml")
    if wanted == "quarto":
        problems.add(
            fault.kind,
            f"The configuration asks for Quarto, but {fault.en}.",
            f"การตั้งค่ากำหนดให้ใช้ Quarto แต่{fault.th}",
            column="report.engine",
            hint_en=f'{fault.hint_en}, or write "engine: embedded".',
            hint_th=f'{fault.hint_th} หรือเขียน "engine: embedded"',
        )
    elif fault.kind != "no-quarto":  # without Quarto the embedded renderer is what one expects
        problems.notice(
            fault.kind,
            f"The embedded renderer makes the articles, because {fault.en}.",
            f"ใช้ตัวจัดหน้าในตัวสร้างบทความ เพราะ{fault.th}",
            column="report.engine",
            hint_en=f'{fault.hint_en}, or write "engine: embedded": then Quarto is not looked for.',
            hint_th=f'{fault.hint_th} หรือเขียน "engine: embedded" เพื่อไม่ต้องตรวจหา Quarto',
        )
    return "quarto" if wanted == "quarto" else "embedded"


def quarto_fault() -> Fault | None:
    """Why the Quarto on PATH can't be used, if it can't. It is asked for its version, within `LIMIT` seconds."""
    program = shutil.which("quarto")
    if program is None:
        return Fault(
            "no-quarto",
            "there is no program quarto on PATH",
            "ไม่พบโปรแกรม quarto ใน PATH",
            f'Run "{SET_UP}"',
            f'สั่ง "{SET_UP}"',
        )
    code, printed = run_program([program, "--version"], LIMIT)
    answer = plain(printed)
    told = re.search(r"^v?((\d+)\.(\d+)\.(\d+))\S*$", answer, re.MULTILINE) if code == 0 else None
    if told is None:
        en, th = (
            (f"did not tell its version within {LIMIT:g} seconds", f"ไม่บอกรุ่นภายใน {LIMIT:g} วินาที")
            if code is None
            else ("does not tell its version", "ไม่บอกรุ่น")
        )
        said = f': "{answer.splitlines()[0]}"' if answer else ""
        return Fault(
            "silent-quarto",
            f"{program} {en}{said}",
            f"โปรแกรม {program} {th}{said}",
            f'Try "quarto --version" in a terminal and install Quarto anew ("{SET_UP}")',
            f'ลองสั่ง "quarto --version" ในเทอร์มินัล แล้วติดตั้ง Quarto ใหม่ ("{SET_UP}")',
        )
    if tuple(int(number) for number in told.groups()[1:]) < LEAST:
        least = ".".join(map(str, LEAST))
        return Fault(
            "old-quarto",
            f"{program} is Quarto {told[1]}, and the articles need {least} or newer",
            f"โปรแกรม {program} เป็น Quarto รุ่น {told[1]} ซึ่งเก่ากว่ารุ่น {least} ที่บทความต้องใช้",
            f'Run "{SET_UP}", which adds a newer one',
            f'สั่ง "{SET_UP}" เพื่อติดตั้งรุ่นใหม่กว่า',
        )
    return None


def with_versions(engine: Engine) -> str:
    """The engine and the programs in it, with their versions, since other versions give other bytes; in one line."""
    if engine == "embedded":
        asked = {"pandoc": [pandoc.program(), "--version"]}
        known = {"Typst": version("typst")}
    else:
        program = shutil.which("quarto") or "quarto"
        asked = {"Quarto": [program, "--version"]}
        asked |= {name: [program, name.lower(), "--version"] for name in ("pandoc", "Typst")}
        known = {}
    for name, words in asked.items():
        code, answer = run_program(words, LIMIT)
        found = re.search(r"\d+(?:\.\d+)+", answer) if code == 0 else None
        known[name] = found[0] if found else "?"
    return f"{engine} ({', '.join(f'{name} {known[name]}' for name in ('Quarto', 'pandoc', 'Typst') if name in known)})"
