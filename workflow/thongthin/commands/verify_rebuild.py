"""A study built once more, apart, and held against what stands; and the report that a checker can sign.

The words are those of CODECHECK: the *codechecker* runs the *workflow* and says of each file of the *manifest* whether
it could be *reproduced*.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from thongthin.basics.console import run_command
from thongthin.basics.environment import KEPT
from thongthin.basics.files import write_text
from thongthin.commands.setup import GENERATED, Stop
from thongthin.commands.verify import MANIFEST, RECORD, manifest_rows

# What stands in a project folder and is no part of what a build starts from.
_NOT_TAKEN = (".venv", ".git", ".snakemake", "site", *GENERATED)
_PROCESSED = "data/processed"
_BLIND = "blind"
KEEPING = Path(KEPT).name


@dataclass
class Rebuilt:
    """How a build made apart compares with what stands.

    Attributes:
        same, different, lost, new: paths; `lost` came out of the first build only, `new` of the second only.
        seconds: that it took.
        code: exit code of the build.
    """

    study: str
    same: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    seconds: float = 0.0
    code: int = 0

    @property
    def is_reproduced(self) -> bool:
        return self.code == 0 and not (self.different or self.lost or self.new)


def copy_project(root: Path, target: Path, study: str) -> None:
    """Copy what a build of a study starts from, without what builds made."""
    left = {root / name for name in _NOT_TAKEN}
    others = {path for folder in ("data/raw", "report") for path in (root / folder).glob("*") if _is_other(path, study)}

    def passed_over(folder: str, names: list[str]) -> list[str]:
        here = Path(folder)
        return [name for name in names if here / name in left or here / name in others or name == "__pycache__"]

    shutil.copytree(root, target, ignore=passed_over, dirs_exist_ok=True, symlinks=True)


def copy_kept(root: Path, target: Path, study: str) -> None:
    """Copy the answers of steps that are known (`flow.kept`), so that a build computes only what differs."""
    source, own = root / ".snakemake", target / ".snakemake"
    for name in (study, "_"):
        if (source / KEEPING / name).is_dir():
            shutil.copytree(source / KEEPING / name, own / KEEPING / name)
    for name in ("thongthin-modules.json", "thongthin-code.json"):
        if (source / name).is_file():
            own.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, own / name)


def _is_other(path: Path, study: str) -> bool:
    """Whether a folder below data/raw or report is that of another study."""
    return path.is_dir() and path.name != study and (path / "study.yml").is_file()


def build_apart(folder: Path, study: str, *words: str, quiet: bool = False) -> int:
    """Build a study in a folder by itself, with this Python; the exit code."""
    variables = {**os.environ, "PYTHONPATH": str(folder / "workflow"), "PYTHONNOUSERSITE": "1"}
    command = [sys.executable, "-m", "thongthin.commands.build", study, *words]
    out = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=folder, env=variables, stdout=out, stderr=out, check=False).returncode


def rebuild(root: Path, study: str) -> Rebuilt:
    """Build the study in a folder of its own, every step computed, and compare every file of both manifests.

    Raises:
        Stop: there is no complete build to compare with.
    """
    manifest = root / "results" / study / MANIFEST
    if not manifest.is_file():
        raise Stop(
            f'"{study}" has no complete build to compare with. Build it first.',
            f'"{study}" ยังไม่มีผลลัพธ์ที่สร้างครบให้เทียบ โปรดสร้างก่อน',
        )
    if not (root / "data" / "raw" / study / "study.yml").is_file():
        raise Stop(
            f'The files of "{study}" are not here, so that it can\'t be built again.',
            f'ไม่มีไฟล์ของ "{study}" อยู่ที่นี่ จึงสร้างใหม่ไม่ได้',
        )
    before = {path: digest for path, _, digest in manifest_rows(manifest.read_bytes())}
    found = Rebuilt(study)
    with tempfile.TemporaryDirectory(prefix="thongthin-") as place:
        apart = Path(place) / "rebuilt"
        copy_project(root, apart, study)
        began = time.monotonic()
        # Copies without names are made where they are asked for.
        blind = [f"--{_BLIND}"] if any(f".{_BLIND}." in path for path in before) else []
        found.code = build_apart(apart, study, "--fresh", *blind)
        found.seconds = time.monotonic() - began
        own = apart / "results" / study / MANIFEST
        after = {path: digest for path, _, digest in manifest_rows(own.read_bytes())} if own.is_file() else {}
    for path in sorted({*before, *after}):
        of = (before.get(path), after.get(path))
        kind = (
            found.same
            if of[0] == of[1]
            else found.new
            if of[0] is None
            else found.lost
            if of[1] is None
            else found.different
        )
        kind.append(path)
    return found


def report(root: Path, found: Rebuilt, checked_on: datetime.date) -> str:
    """The report, in Markdown, in English and in Thai, with lines for who checked it."""
    record = _record(root, found.study)
    described = record.get("study.yml", {})
    title = described.get("title") or {}
    verdict = ("reproduced", "ทำซ้ำได้") if found.is_reproduced else ("NOT reproduced", "ทำซ้ำไม่ได้")
    shown = [
        path for path in (*found.same, *found.different, *found.lost, *found.new) if not path.startswith(_PROCESSED)
    ]
    state = {
        **dict.fromkeys(found.same, "identical / ตรงกัน"),
        **dict.fromkeys(found.different, "**different / ต่างกัน**"),
    }
    state |= {**dict.fromkeys(found.lost, "**not made / ไม่ได้สร้าง**"), **dict.fromkeys(found.new, "**new / ใหม่**")}
    compared = len(found.same) + len(found.different) + len(found.lost)
    counts = f"{len(found.same)} identical, {len(found.different)} different,"
    counts += f" {len(found.lost)} not made, {len(found.new)} new"
    lock = (root / "requirements.lock").read_bytes() if (root / "requirements.lock").is_file() else b""
    lines = [
        f"# CODECHECK report: {found.study}",
        "",
        "| | |",
        "|---|---|",
        f"| Title / ชื่อเรื่อง | {_cell(title.get('en', ''))} / {_cell(title.get('th', ''))} |",
        f"| Authors / ผู้เขียน | {_cell(', '.join(_name(own) for own in described.get('authors', [])))} |",
        f"| Verdict / ผล | {verdict[0]} / {verdict[1]} |",
        f"| Files compared / ไฟล์ที่เทียบ | {counts} |",
        f"| Time of check (check_time) / วันที่ตรวจ | {checked_on.isoformat()} |",
        f"| Minutes of the rebuild / เวลาสร้างใหม่ (นาที) | {found.seconds / 60:.1f} |",
        f"| Exit code of the workflow / รหัสจบ | {found.code} |",
        f"| Engine / โปรแกรมจัดหน้า | {_cell(record.get('engine', ''))} |",
        f"| Packages (sha256 of requirements.lock) | {hashlib.sha256(lock).hexdigest()} |",
        f"| Python | {platform.python_version()} |",
        f"| System / ระบบ | {_cell(platform.platform())}, {os.cpu_count()} cores |",
        "",
        "## Summary / สรุป",
        "",
        "The workflow was run from the study's files, every step computed anew, in an empty folder."
        f" {len(found.same)} of {compared} files of the manifest came out byte for byte the same.",
        "",
        "รันเวิร์กโฟลว์จากไฟล์ของการศึกษาในโฟลเดอร์เปล่า โดยคำนวณใหม่ทุกขั้นตอน ไฟล์ในรายการ"
        f" {len(found.same)} จาก {compared} ไฟล์ได้ผลตรงกันทุกไบต์",
        "",
        "## Manifest / รายการไฟล์",
        "",
        "| file | result |",
        "|---|---|",
        *(f"| `{path}` | {state[path]} |" for path in sorted(shown)),
        "",
        "## Codechecker / ผู้ตรวจ",
        "",
        "Name / ชื่อ: ______________________________  ORCID: ____-____-____-____",
        "",
        "Certificate / เลขที่ใบรับรอง: ______________  Signature, date / ลงชื่อ วันที่: ______________________________",
        "",
        "Comments / ข้อสังเกต:",
        "",
    ]
    return "\n".join(lines)


def _record(root: Path, study: str) -> dict[str, Any]:
    try:
        return dict(json.loads((root / "results" / study / RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _name(author: Any) -> str:
    name = author.get("name", "") if isinstance(author, dict) else author
    return str(name.get("en") or name.get("th")) if isinstance(name, dict) else str(name)


def _cell(text: Any) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


def main(arguments: Sequence[str]) -> int:
    """Rebuild the study named, write the report, and say what came out; 1 where it is not the same."""
    parser = argparse.ArgumentParser(prog="python -m thongthin.commands.verify_rebuild")
    parser.add_argument("study")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    root = Path.cwd()
    try:
        found = rebuild(root, given.study)
    except Stop as stop:
        print(*stop.args, sep="\n", file=sys.stderr)
        return 1
    path = root / "results" / f"codecheck-report.{given.study}.md"
    write_text(path, report(root, found, datetime.datetime.now(tz=datetime.UTC).date()))
    if given.json:
        plain = {name: getattr(found, name) for name in ("study", "different", "lost", "new", "seconds", "code")}
        print(
            json.dumps(
                {**plain, "same": len(found.same), "reproduced": found.is_reproduced, "report": f"results/{path.name}"}
            )
        )
    else:
        for own, en, th in (
            (found.different, "Different", "ต่างกัน"),
            (found.lost, "Not made", "ไม่ได้สร้าง"),
            (found.new, "New", "ใหม่"),
        ):
            if own:
                print(f"{en} / {th}:", *(f"  {name}" for name in own), sep="\n")
        print(f"{len(found.same)} files came out the same. Report: results/{path.name}")
        print(f"{len(found.same)} ไฟล์ได้ผลตรงกัน รายงาน: results/{path.name}")
    return 0 if found.is_reproduced else 1


if __name__ == "__main__":
    run_command(main)
