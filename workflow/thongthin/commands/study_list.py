"""A new study in the list of config.yml, with everything else there as it was; and what comes next."""

from __future__ import annotations

from pathlib import Path

import yaml

from thongthin.basics.files import write_bytes
from thongthin.contract.identifiers import new_id
from thongthin.contract.study import RESERVED


def why_not(root: Path, name: str) -> tuple[str, str] | None:
    """Why a new study of the project folder `root` cannot have this name, in English and in Thai; None if it can.

    Upper and lower case are alike, as they are on the disks of Windows and macOS.
    """
    possible = new_id(name, "study", 1, ())  # the name itself, unless it is none
    if name != possible or name in RESERVED:
        better = (
            possible.lower().replace("_", "-") if possible not in RESERVED and possible != "study01" else "chiang-rai"
        )
        return (
            f'A study cannot be called "{name}". Use Latin letters, digits, - and _ only: {better}',
            f'ใช้ชื่อการศึกษา "{name}" ไม่ได้ ใช้เฉพาะอักษรละติน ตัวเลข - และ _ เช่น {better}',
        )
    for folder in ("data/raw", "report"):
        for path in sorted((root / folder).glob("*")):
            if path.name.casefold() == name.casefold():
                where = f"{folder}/{path.name}"
                return (
                    f"There is {where} already, which is left as it is. Choose another name.",
                    f"มี {where} อยู่แล้ว จึงไม่แตะต้อง โปรดเลือกชื่ออื่น",
                )
    return None


def list_study(root: Path, name: str) -> bool:
    """Put a study into `studies` of config/config.yml, behind the last one; all else stays, byte for byte.

    Returns:
        Whether it is listed now. A file that is not understood is left as it is.
    """
    path = root / "config" / "config.yml"
    try:
        text = path.read_bytes().decode("utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return False
    entries = node.value if isinstance(node, yaml.MappingNode) else []
    studies = next((value for key, value in entries if key.value == "studies"), None)
    if not isinstance(studies, yaml.SequenceNode) or not studies.value:
        return False
    if name in [entry.value for entry in studies.value]:
        return True
    last = studies.value[-1]
    start, end = last.start_mark.index, last.end_mark.index
    before = ", "
    if not studies.flow_style:
        line = text.rfind("\n", 0, start) + 1
        before = ("\r\n" if "\r\n" in text else "\n") + text[line:start]
    changed = text[:end] + before + name + text[end:]
    expected = [*(entry.value for entry in studies.value), name]
    try:
        if yaml.safe_load(changed) != yaml.safe_load(text) | {"studies": expected}:
            return False
    except yaml.YAMLError:
        return False
    write_bytes(path, changed.encode("utf-8"))
    return True
