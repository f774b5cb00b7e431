"""The package of a study for reviewers: one zip that a stranger can open, read and check.

`python -m thongthin.commands.package STUDY [--open] [--to FILE] [--changed NAME ...]`

The public one holds what `publish` let through, and the code. The open one holds everything of the study, so that it
can be built again; of data from the field it is confidential, which its name says. The same build gives the same bytes.
`--changed` names what is not as it was at the build (`flow.since_built`): the package says so.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from thongthin.basics.console import command, run_command
from thongthin.basics.files import write_bytes
from thongthin.basics.problems import printable
from thongthin.commands.setup import Stop, say
from thongthin.commands.verify import OF_PACKAGE, verify
from thongthin.present.package.contents import Package, package_of
from thongthin.present.package.descriptors import descriptors
from thongthin.present.package.readme import data_dictionary_of, readme

_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file: the first that an archive can say
_READABLE = 0o100644 << 16
_RUNNABLE = 0o100755 << 16


def main(arguments: Sequence[str]) -> int:
    """Write the package; 1 where it can't be made."""
    parser = argparse.ArgumentParser(prog="python -m thongthin.commands.package")
    parser.add_argument("study")
    parser.add_argument("--open", action="store_true")
    parser.add_argument("--to", type=Path)
    parser.add_argument("--changed", action="append", default=[])
    given = parser.parse_args(arguments)
    root = Path.cwd()
    try:
        package = replace(_package(root, given.study, is_open=given.open), changed=tuple(given.changed))
        path = given.to or root / "results" / f"{given.study}-{_kind(package)}.zip"  # where Git does not look
        if given.open and package.described.get("provenance") != "simulated":
            _ask_again(given.study)
        files = contents(package)
        write_bytes(path, archive(root, given.study, files))
    except Stop as stop:
        print(printable("\n".join(stop.args)), file=sys.stderr)
        return 1
    place = path.relative_to(root) if path.is_relative_to(root) else path
    size = path.stat().st_size / 1_000_000
    say(f"{place.as_posix()}  {len(files)} files, {size:.1f} MB", f"{place.as_posix()}  {len(files)} ไฟล์ {size:.1f} MB")
    if package.changed:
        named, again = ", ".join(package.changed), command("build", given.study)
        say(
            f"The results were built before these changed, as the README says, too: {named}. To build anew: {again}",
            f"ผลลัพธ์สร้างขึ้นก่อนแก้ไขสิ่งต่อไปนี้ ซึ่งบอกไว้ใน README ด้วย: {named} หากต้องการสร้างใหม่: {again}",
        )
    return 0


def _package(root: Path, study: str, *, is_open: bool) -> Package:
    """The package of a study whose results are whole and of the files that stand here. Raises Stop."""
    (held,) = verify(root, study)
    if not held.is_whole or held.inputs:
        named = ", ".join([*held.changed, *held.missing, *held.inputs][:3])
        build = command("build", study)
        raise Stop(
            f"The results are not those of a complete build of these files: {named}. Build first: {build}",
            f"ผลลัพธ์ไม่ตรงกับการสร้างที่ครบถ้วนจากไฟล์เหล่านี้: {named} โปรดสร้างก่อน: {build}",
        )
    if not is_open and not (root / "results" / study / "public" / "manifest.csv").is_file():
        raise Stop(
            f"Nothing is published of the study yet: {command('publish', study)}",
            f"ยังไม่มีสิ่งที่เผยแพร่ของการศึกษานี้: {command('publish', study)}",
        )
    return package_of(root, study, "open" if is_open else "public")


def _kind(package: Package) -> str:
    if package.audience == "public":
        return "public"
    return "open" if package.described.get("provenance") == "simulated" else "confidential"


def _ask_again(study: str) -> None:
    """Have the name of the study typed again, for the package will hold what its people said. Raises Stop."""
    say(
        f'The package will hold interviews and answers of real people. Type the name of the study to go on: "{study}"',
        f'แพ็กเกจจะมีบทสัมภาษณ์และคำตอบของบุคคลจริง พิมพ์ชื่อการศึกษาเพื่อทำต่อ: "{study}"',
    )
    try:
        typed = input("> ").strip()
    except EOFError:
        typed = ""
    if typed != study:
        raise Stop("That is not its name; nothing was written.", "ชื่อไม่ตรง จึงไม่ได้เขียนไฟล์ใด")


def contents(package: Package) -> dict[str, bytes]:
    """Every file of the package by its path, with the list of them all."""
    files = {name: (package.root / name).read_bytes() for name in package.files()}
    written = {
        "README.md": readme(package, "en").encode("utf-8"),
        "README.th.md": readme(package, "th").encode("utf-8"),
        "TABLES.md": data_dictionary_of(package).encode("utf-8"),
    }
    files |= written
    files |= descriptors(package, written)
    return {**files, OF_PACKAGE: _list(files)}


def _list(files: Mapping[str, bytes]) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["path", "bytes", "sha256"])
    rows.writerows([name, len(data), hashlib.sha256(data).hexdigest()] for name, data in sorted(files.items()))
    return text.getvalue().encode("utf-8")


def archive(root: Path, study: str, files: Mapping[str, bytes]) -> bytes:
    """The files in one folder of a zip archive, in one order, with no clock in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{study}/{name}", _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _RUNNABLE if name == "paper.py" else _READABLE
            entry.create_system = 3
            packed.writestr(entry, data)
    return out.getvalue()


if __name__ == "__main__":
    run_command(main)
