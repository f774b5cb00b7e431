"""Why a step runs, in the words of people, in English and in Thai."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What `flow.kept` calls the things that a step is given -> how people call them.
KNOWN = {
    "code:": ("the code of the step, or the locked packages", "โค้ดของขั้นตอนหรือแพ็กเกจที่ล็อกไว้"),
    "content:": ("files that people made", "ไฟล์ที่คนทำ"),
    "program:": ("Quarto", "Quarto"),
    "settings:": ("what study.yml says of it", "สิ่งที่ study.yml ระบุไว้"),
    "python": ("Python or its packages", "Python หรือแพ็กเกจ"),
    "outputs": ("what it is to make", "สิ่งที่ต้องสร้าง"),
}

# How Snakemake's reasons begin -> how people say it; what follows the colon are paths.
REASONS = (
    (r"Missing output files", "not there yet", "ยังไม่มี"),
    (r"Incomplete output files", "left half-way by a build that was cut short", "ค้างจากการสร้างที่ถูกตัดตอน"),
    (r"Updated input files", "newer than what was made from it", "ใหม่กว่าสิ่งที่สร้างไว้"),
    (r"Input files updated by another job", "is made again before", "ถูกสร้างใหม่ก่อนหน้า"),
    (r"Set of input files has changed", "its inputs are others than before", "ชุดไฟล์ที่ใช้ต่างจากเดิม"),
    (r"Code has changed", "its script has changed", "สคริปต์เปลี่ยนไป"),
    (r"Params have changed", "its settings, or its code, have changed", "การตั้งค่าหรือโค้ดเปลี่ยนไป"),
    (r"Software environment definition has changed", "its packages have changed", "แพ็กเกจเปลี่ยนไป"),
    (r"Forced execution", "asked for by force", "สั่งให้ทำใหม่"),
)
SHOWN = 3  # paths named of one reason


def changes_in_words(changed: Iterable[str]) -> str:
    """What has changed since a step last computed, a line for each language.

    Args:
        changed: paths, and names of settings with a colon, as `flow.kept.Step.why` gives them.
    """
    changed = list(changed)
    if not changed:
        return "nothing is kept of it\nไม่มีผลที่เก็บไว้"
    other = {name: (f"the setting {name[:-1]}", f"การตั้งค่า {name[:-1]}") for name in changed if name.endswith(":")}
    en, th = [], []
    paths = [name for name in changed if name not in KNOWN and name not in other]
    for name in changed:
        if name in KNOWN or name in other:
            own = KNOWN.get(name) or other[name]
            en.append(own[0])
            th.append(own[1])
    if "content:" in changed and paths:  # the files themselves are named
        en.remove(KNOWN["content:"][0])
        th.remove(KNOWN["content:"][1])
    named = _named(paths)
    return f"changed: {', '.join([*named, *en])}\nเปลี่ยนไป: {', '.join([*named, *th])}"


def reason_in_words(reason: str) -> str:
    """A reason of Snakemake, which goes by time, a line for each language."""
    en, th = [], []
    for beginning, own_en, own_th in REASONS:
        if found := re.search(rf"{beginning}(?:: ([^;\n]*))?", reason):
            paths = (found[1] or "") if "Params" not in beginning and "Set of" not in beginning else ""
            named = ", ".join(_named([path for path in paths.split(", ") if path]))
            en.append(f"{own_en}: {named}" if named else own_en)
            th.append(f"{own_th}: {named}" if named else own_th)
    return f"{'; '.join(en) or reason}\n{'; '.join(th) or reason}"


def _named(paths: list[str]) -> list[str]:
    return [*paths[:SHOWN], *([f"... (+{len(paths) - SHOWN})"] if len(paths) > SHOWN else [])]
