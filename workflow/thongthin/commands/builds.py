"""Two builds to hold against each other: folders, packages, or revisions of the project, which are built apart."""

from __future__ import annotations

import io
import itertools
import subprocess
import tarfile
import tempfile
import zipfile
from contextlib import ExitStack
from pathlib import Path, PurePosixPath

from thongthin.basics.problems import Problems
from thongthin.commands.setup import Stop
from thongthin.commands.verify_rebuild import build_apart, copy_kept
from thongthin.contract.documents import documents_of
from thongthin.contract.loading import load_config
from thongthin.present.evidence.made import Made, built_studies

_LARGEST = 1 << 31  # bytes of all files of an archive


def build_of(what: str, root: Path, study: str | None, open_folders: ExitStack, *, pages: bool = False) -> Made:
    """The build that words name: a folder with results, a package, or a revision in Git, which is built now.

    Args:
        open_folders: takes the folders that are made for it, and removes them at its end.
        pages: whether its documents are wanted as HTML, which takes longer.

    Raises:
        Stop: it is nothing of the kind, holds no results, or does not build.
    """
    path = Path(what)
    if path.is_file():
        return _only(_unpacked(path, open_folders), study, what)
    if path.is_dir():
        if path.resolve().parent.name == "results":  # the results of one study
            return _only(path.resolve().parents[1], path.resolve().name, what)
        return _only(path.resolve(), study, what)
    folder = _revision(what, root, open_folders)
    if folder is None:
        raise Stop(
            f'"{what}" is no folder, no package and no revision in Git.',
            f'"{what}" ไม่ใช่โฟลเดอร์ แพ็กเกจ หรือรุ่นใน Git',
        )
    names = [study] if study else [made.study for made in built_studies(root)]
    names = [name for name in names if (folder / "data" / "raw" / name).is_dir()]
    if len(names) != 1:
        raise Stop(f'Name the study of "{what}": --study NAME', f'ระบุการศึกษาของ "{what}" ด้วย --study')
    copy_kept(root, folder, names[0])
    if build_compared(folder, names[0], pages=pages):
        raise Stop(
            f'"{names[0]}" does not build at "{what}".',
            f'สร้าง "{names[0]}" ที่รุ่น "{what}" ไม่สำเร็จ',
        )
    return Made(folder, names[0])


def build_compared(folder: Path, study: str, *, pages: bool = False) -> int:
    """Build of a study what builds are compared by, and of its documents no more than the pages; the exit code.

    As a draft: a claim that does not hold any more is a difference to be told, and stops nothing.
    """
    paths = ["made_from.json", "exhibits.csv", "tables/values.csv", "article/tables"]
    config = load_config(folder, Problems(), [study]) if pages else None
    if config and "html" in config.formats:
        both = itertools.product(documents_of(folder, study), config.languages)
        paths += [f"{document}.{language}.html" for document, language in both]
    return build_apart(folder, study, "--draft", "--only", *(f"results/{study}/{path}" for path in paths), quiet=True)


def _only(folder: Path, study: str | None, what: str) -> Made:
    found = built_studies(folder, study)
    if not found:
        raise Stop(
            f'"{what}" holds no results of a build.',
            f'ไม่มีผลลัพธ์ของการสร้างใน "{what}"',
        )
    if len(found) > 1:
        names = ", ".join(made.study for made in found)
        raise Stop(
            f'"{what}" holds several studies; name one: --study ({names})',
            f'"{what}" มีหลายการศึกษา ระบุด้วย --study ({names})',
        )
    return found[0]


def _unpacked(path: Path, open_folders: ExitStack) -> Path:
    """The files of an archive in a folder of their own, within bounds; its one top folder, if it has one."""
    folder = Path(open_folders.enter_context(tempfile.TemporaryDirectory(prefix="thongthin-")))
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [own for own in archive.infolist() if not own.is_dir()]
            if sum(own.file_size for own in inside) > _LARGEST:
                raise Stop(f'"{path}" is too large.', f'"{path}" ใหญ่เกินไป')
            for own in inside:
                parts = PurePosixPath(own.filename).parts
                if ".." not in parts and not PurePosixPath(own.filename).is_absolute() and ":" not in own.filename:
                    target = folder.joinpath(*parts)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(own))
    except (OSError, zipfile.BadZipFile):
        raise Stop(f'"{path}" is no zip archive that can be read.', f'อ่านไฟล์ zip "{path}" ไม่ได้') from None
    tops = list(folder.iterdir())
    return tops[0] if len(tops) == 1 and tops[0].is_dir() and tops[0].name != "results" else folder


def _revision(what: str, root: Path, open_folders: ExitStack) -> Path | None:
    """The project at a revision, in a folder of its own; None if Git knows no such revision."""
    if what.startswith("-"):
        return None
    try:
        command = ["git", "-C", str(root), "archive", "--format=tar", f"{what}^{{commit}}"]
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return None
    if done.returncode:
        return None
    folder = Path(open_folders.enter_context(tempfile.TemporaryDirectory(prefix="thongthin-"))) / "project"
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder
