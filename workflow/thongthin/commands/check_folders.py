"""What the check tells of the folders of a study: links that lead elsewhere, folders that are called like files."""

from __future__ import annotations

from pathlib import Path

from thongthin.basics.files import INTERVIEWS
from thongthin.basics.problems import (
    Problems,
)
from thongthin.read.coding.recognise import SUFFIXES as CODING_FILES


def report_links(root: Path, folder: str, problems: Problems) -> None:
    """Add a problem for each link that leads out of the study folder, or to nothing; the folder may be one itself."""
    inside = (root / folder).resolve()
    for path in sorted((root / folder).rglob("*")):
        if not path.is_symlink():
            continue
        target, here = path.resolve(), problems.at(path.relative_to(root).as_posix())
        if not target.exists():
            here.add(
                "dangling-link",
                "This is a link to a file that is not there.",
                "นี่คือลิงก์ไปยังไฟล์ที่ไม่มีอยู่",
                hint_en="Put the file itself here, or delete the link.",
                hint_th="วางไฟล์จริงไว้ที่นี่ หรือลบลิงก์ออก",
            )
        elif not target.is_relative_to(inside):
            here.add(
                "link-outside",
                f"This is a link to {target}, which is not in the folder of the study.",
                f"นี่คือลิงก์ไปยัง {target} ซึ่งอยู่นอกโฟลเดอร์ของการศึกษา",
                hint_en="Copy the file here in place of the link: whoever gets the folder must be able to build it.",
                hint_th="คัดลอกไฟล์จริงมาแทนลิงก์ เพื่อให้ผู้ที่ได้รับโฟลเดอร์นี้สร้างผลซ้ำได้",
            )


def report_folders(root: Path, folder: str, problems: Problems) -> None:
    """Add a problem for each folder that is called as a file would be: nothing in it is read."""
    for path in sorted((root / folder).glob("*.*")):
        if path.is_dir() and path.suffix.lower() in {*CODING_FILES, *INTERVIEWS} - {".qda"}:
            problems.add(
                "no-file",
                "This is a folder, where a file should be.",
                "นี่เป็นโฟลเดอร์ แต่ตรงนี้ต้องเป็นไฟล์",
                file=path.relative_to(root).as_posix(),
                hint_en="Put the file itself in its place, or move the folder away.",
                hint_th="วางไฟล์จริงไว้แทน หรือย้ายโฟลเดอร์นี้ออก",
            )


def report_places(root: Path, study: str, problems: Problems) -> None:
    """Report links that lead out of the folders of a study, and folders where only files are read."""
    for folder in (f"data/raw/{study}", f"report/{study}"):
        report_links(root, folder, problems)
    for folder in ("interviews", "coding"):
        report_folders(root, f"data/raw/{study}/{folder}", problems)
