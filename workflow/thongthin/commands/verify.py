"""Whether results, or a package, are what their manifest says; and, built apart, whether they come out the same again.

`paper.py verify` needs no environment: this file, like the launcher, takes the standard library only. Nothing
is built or changed. A rebuild is the matter of `verify_rebuild`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from thongthin.basics.console import command
from thongthin.commands.setup import LOCK, Stop

RESULTS, MANIFEST, RECORD = "results", "manifest.csv", "made_from.json"
# The manifest of a package: every file in it.
OF_PACKAGE = "MANIFEST.csv"
# What stands among results and is made on the way, so that no manifest lists it.
_ENGINE, _WORKING_COPY = "article/engine.txt", "/working_copy/"
# Of `publish`: what it makes has a manifest of its own; and what it makes on the way.
_PUBLIC, _PUBLICATION = "/public/", "publication.json"
_SHOWN = 20  # paths of one kind that are told
_LOCK_LETTERS = 16
_LITTER = (".", "~$", "Thumbs.db", "desktop.ini")  # `basics.files.LITTER`, which is not imported here
_LARGEST = 1 << 30  # bytes of one file of a stranger's archive that are read


@dataclass
class Checked:
    """What was found of one manifest.

    Attributes:
        name: study, or name of the package.
        files: how many the manifest lists.
        changed, missing, unlisted: paths.
        inputs: files of the study that are not what the build was made from (changed, added, or gone).
        sources: what else the build was made from and has changed since: rules, styles, notebooks; where there is an
            environment, code and settings as well (`flow.since_built`).
        seen_code: whether code and settings could be looked at, which takes an environment; None: not asked.
        without_inputs: whether none of the files that the build was made from are here, as in a public package.
        engine: what rendered the documents.
        packages: hash of the locked versions that the build ran with; `same_packages`: whether they stand here.
    """

    name: str
    files: int = 0
    changed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    seen_code: bool | None = None
    without_inputs: bool = False
    engine: str = ""
    packages: str = ""
    same_packages: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether every file is what the manifest says."""
        return not (self.changed or self.missing)

    def as_plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return {**asdict(self), "whole": self.is_whole}


class Tree:
    """Files by their paths: of a folder, or of a zip archive, whose one top folder is not part of the paths."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip: zipfile.ZipFile | None = None
        if path.is_file():
            try:
                self._zip = zipfile.ZipFile(path)
            except (OSError, zipfile.BadZipFile):
                raise Stop(f'"{path}" is no zip archive.', f'"{path}" ไม่ใช่ไฟล์ zip') from None
            names = [name for name in self._zip.namelist() if not name.endswith("/")]
            tops = {name.split("/")[0] for name in names}
            self._top = f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""
            self._names = {name.removeprefix(self._top): name for name in names}

    def read(self, name: str) -> bytes | None:
        """What stands in a file; None if there is none of this name, or it leads elsewhere."""
        if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute():
            return None
        try:
            if self._zip:
                inside = self._zip.getinfo(self._names[name])
                return self._zip.read(inside) if inside.file_size <= _LARGEST else None
            return (self.path / name).read_bytes()
        except (OSError, KeyError, zipfile.BadZipFile):
            return None

    def names(self, folder: str) -> list[str]:
        """All files below a folder, sorted; "" for all there are."""
        if self._zip:
            return sorted(name for name in self._names if name.startswith(folder))
        top = self.path / folder
        return sorted(path.relative_to(self.path).as_posix() for path in top.rglob("*") if path.is_file())


def verify(root: Path, what: str | None) -> list[Checked]:
    """Check the results of a study, of all studies, of a folder, or of a package.

    Args:
        root: the project folder.
        what: a study, a folder or a zip file; None: every study with results.

    Raises:
        Stop: there is nothing of the kind, or no manifest in it.
    """
    path = Path(what) if what else root
    name = path.name if what else ""
    is_study = bool(name) and not path.is_file() and (root / RESULTS / name).is_dir()
    if not is_study and not path.exists():
        raise Stop(f'There is no study, folder or file "{what}".', f'ไม่มีการศึกษา โฟลเดอร์ หรือไฟล์ "{what}"')
    tree = Tree(root if is_study else path)
    if not is_study and tree.read(OF_PACKAGE) is not None:
        return [_of_package(tree)]
    studies = [name] if is_study else _studies(tree)
    if not studies:
        raise Stop(
            f"There is no complete build: results/<study>/{MANIFEST} comes with its end. Build first.",
            f"ยังไม่มีผลลัพธ์ที่สร้างครบ results/<การศึกษา>/{MANIFEST} จะมีเมื่อสร้างเสร็จ โปรดสร้างก่อน",
        )
    return [_of_study(tree, study) for study in studies]


def _studies(tree: Tree) -> list[str]:
    names = (name.split("/") for name in tree.names(f"{RESULTS}/"))
    return sorted({parts[1] for parts in names if len(parts) == 3 and parts[2] == MANIFEST})


def _of_study(tree: Tree, study: str) -> Checked:
    own = f"{RESULTS}/{study}"
    if tree.read(f"{own}/{MANIFEST}") is None:
        raise Stop(
            f'"{study}" has no {MANIFEST}: its build is not complete. Build it first.',
            f'"{study}" ไม่มี {MANIFEST} เพราะยังสร้างไม่ครบ โปรดสร้างก่อน',
        )
    found = _held(tree, f"{own}/{MANIFEST}", study)
    listed = {path for path, *_ in manifest_rows(tree.read(f"{own}/{MANIFEST}") or b"")}
    found.unlisted = [
        name
        for name in tree.names(f"{own}/")
        if name not in listed
        and name not in [f"{own}/{made}" for made in (MANIFEST, _ENGINE, _PUBLICATION)]
        and _WORKING_COPY not in name
        and _PUBLIC not in name
        and "/." not in name
    ]
    _look_at_record(tree, f"{own}/{RECORD}", found)
    return found


def _of_package(tree: Tree) -> Checked:
    found = _held(tree, OF_PACKAGE, tree.path.resolve().name)
    listed = {path for path, *_ in manifest_rows(tree.read(OF_PACKAGE) or b"")}
    if tree.path.is_file():  # an opened one may have been built in
        found.unlisted = [name for name in tree.names("") if name not in listed and name != OF_PACKAGE]
    for name in sorted(listed):
        if name.startswith(f"{RESULTS}/") and name.endswith(f"/{RECORD}"):
            _look_at_record(tree, name, found)
    return found


def manifest_rows(data: bytes) -> Iterator[tuple[str, int, str]]:
    """Path, bytes and sha256 of each row of a manifest; rows that say no such thing are none."""
    for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace"))):
        path, size, digest = (row.get(name) or "" for name in ("path", "bytes", "sha256"))
        if path and size.isdecimal():
            yield path, int(size), digest


def _held(tree: Tree, manifest: str, name: str) -> Checked:
    found = Checked(name)
    for path, size, digest in manifest_rows(tree.read(manifest) or b""):
        found.files += 1
        data = tree.read(path)
        if data is None:
            found.missing.append(path)
        elif len(data) != size or hashlib.sha256(data).hexdigest() != digest:
            found.changed.append(path)
    return found


def _look_at_record(tree: Tree, path: str, found: Checked) -> None:
    """What the build was made from: whether it is here, and as it was."""
    try:
        record = json.loads(tree.read(path) or b"")
        inputs = {str(name): str(own["sha256"]) for name, own in record["inputs"].items()}
        looks = {str(name): str(digest) for name, digest in record.get("looks", {}).items()}
        study = str(record.get("study", found.name))
        found.engine, found.packages = str(record["engine"]), str(record["packages"])
    except (ValueError, KeyError, TypeError, AttributeError):
        found.changed.append(path)
        return
    if engine := tree.read(f"{path.removesuffix(RECORD)}{_ENGINE}"):  # with the versions of what rendered
        found.engine = engine.decode("utf-8", "replace").strip()
    here = {name: tree.read(name) for name in inputs}
    found.without_inputs = all(data is None for name, data in here.items() if name.startswith("data/raw/"))
    found.inputs = [
        name
        for name, data in here.items()
        if (data is not None or not found.without_inputs) and hashlib.sha256(data or b"").hexdigest() != inputs[name]
    ]
    there = [name for folder in (f"data/raw/{study}/", f"report/{study}/") for name in tree.names(folder)]
    found.inputs += [name for name in there if name not in inputs and not PurePosixPath(name).name.startswith(_LITTER)]
    seen = {name: tree.read(name) for name in looks}
    if any(data is not None for data in seen.values()):  # else the code is not here
        found.sources += [name for name in looks if hashlib.sha256(seen[name] or b"").hexdigest() != looks[name]]
    lock = tree.read(LOCK)
    found.same_packages = lock is None or hashlib.sha256(lock).hexdigest()[:_LOCK_LETTERS] == found.packages


# What is said of it --------------------------------------------------------------------------------------------------


def told(found: Checked) -> list[str]:
    """What was found, in lines: English, then Thai."""
    good = found.is_whole
    lines = [
        f"{found.name}: {found.files} files, {'all as the manifest says' if good else 'NOT as the manifest says'}",
        f"{found.name}: {found.files} ไฟล์ {'ตรงตามรายการทั้งหมด' if good else 'ไม่ตรงตามรายการ'}",
    ]
    for paths, en, th in (
        (found.changed, "Changed", "ถูกแก้ไข"),
        (found.missing, "Missing", "หายไป"),
        (found.unlisted, "Not in the manifest", "ไม่อยู่ในรายการ"),
        (found.inputs, "The study's files changed after the build", "ไฟล์ของการศึกษาถูกแก้ไขหลังสร้าง"),
        (found.sources, "Code or settings changed after the build", "โค้ดหรือการตั้งค่าถูกแก้ไขหลังสร้าง"),
    ):
        if paths:
            lines += [f"{en} / {th}:", *(f"  {path}" for path in paths[:_SHOWN])]
            lines += [f"  ... {len(paths) - _SHOWN} more / และอีก {len(paths) - _SHOWN} ไฟล์"] * (len(paths) > _SHOWN)
    if found.seen_code is False:
        lines += [
            "NOT looked at: the code and config.yml, for want of .venv (of what else makes a build, rules, styles and"
            f" notebooks were). To see them: {command('setup')}, then verify again.",
            "ยังไม่ได้ตรวจ: โค้ดและ config.yml เพราะไม่มี .venv (ตรวจเฉพาะกฎของเวิร์กโฟลว์ รูปแบบเอกสาร และสมุดบันทึก)"
            f" หากต้องการตรวจ สั่ง {command('setup')} แล้วสั่ง verify อีกครั้ง",
        ]
    if found.without_inputs:
        lines += ["The study's own files are not here.", "ไม่มีไฟล์ข้อมูลของการศึกษาอยู่ที่นี่"]
    if found.engine:
        same = (
            ("as here", "ตรงกับที่นี่")
            if found.same_packages
            else ("NOT those of requirements.lock here", "ไม่ตรงกับ requirements.lock ที่นี่")
        )
        lines += [
            f"Rendered by / จัดหน้าด้วย: {found.engine}",
            f"Packages / แพ็กเกจ: {found.packages} ({same[0]} / {same[1]})",
        ]
    return lines
