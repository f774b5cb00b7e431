"""Whether results are what their manifest says: every byte, of a folder, of a study, of an archive."""

from __future__ import annotations

import datetime
import hashlib
import json
import subprocess
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from thongthin.commands import reviewing, verify_rebuild
from thongthin.commands.setup import Stop
from thongthin.commands.verify import OF_PACKAGE, Checked, told, verify
from thongthin.commands.verify_rebuild import Rebuilt, copy_kept, copy_project, report

STUDY = "village"
FILES = {
    f"results/{STUDY}/tables/sample.csv": b"n\n12\n",
    f"results/{STUDY}/article.en.html": b"<p>12</p>",
    f"data/processed/{STUDY}/turns.csv": b"turn_id\nP01-001\n",
}
RAW = f"data/raw/{STUDY}/study.yml"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def manifest(files: dict[str, bytes]) -> bytes:
    rows = [f"{path},{len(data)},{digest(data)}" for path, data in files.items()]
    return "\n".join(["path,bytes,sha256", *rows, ""]).encode()


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """A project with a complete build of one study."""
    lock = b"pandas==3\n"
    record = {"engine": "embedded", "packages": digest(lock)[:16], "inputs": {RAW: {"sha256": digest(b"title: x\n")}}}
    made = {**FILES, f"results/{STUDY}/made_from.json": json.dumps(record).encode()}
    others = {f"results/{STUDY}/manifest.csv": manifest(made), RAW: b"title: x\n", "requirements.lock": lock}
    for path, data in {**made, **others}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return tmp_path


def only(root: Path, what: str | None = None) -> Checked:
    (found,) = verify(root, what)
    return found


def test_what_stands_as_it_was_made_is_whole(root: Path) -> None:
    for what in (None, STUDY, str(root), f"results/{STUDY}"):
        found = only(root, what)
        assert found.is_whole and found.files == 4 and not found.unlisted and not found.inputs, what
    assert (found.engine, found.same_packages, found.without_inputs) == ("embedded", True, False)


@pytest.mark.parametrize("path", FILES)
def test_a_changed_byte_and_a_missing_file_are_named(root: Path, path: str) -> None:
    data = bytearray(FILES[path])
    data[0] ^= 1
    (root / path).write_bytes(data)
    assert only(root).changed == [path]
    said = "\n".join(told(only(root)))
    assert path in said and "NOT as the manifest says" in said and "ไม่ตรงตามรายการ" in said
    (root / path).unlink()
    assert only(root).missing == [path] and not only(root).is_whole


def test_files_added_inputs_edited_and_other_packages_are_told_and_change_no_verdict(root: Path) -> None:
    (root / f"results/{STUDY}/tables/mine.csv").write_bytes(b"")
    made = root / f"results/{STUDY}/article/th/public"  # by `publish`, on the way to what has a manifest of its own
    made.mkdir(parents=True)
    (made / "rendered.html").write_bytes(b"")
    (root / f"results/{STUDY}/publication.json").write_bytes(b"{}")
    (root / RAW).write_bytes(b"title: y\n")
    (root / "requirements.lock").write_bytes(b"pandas==4\n")
    found = only(root)
    assert found.is_whole and found.unlisted == [f"results/{STUDY}/tables/mine.csv"]
    assert found.inputs == [RAW] and not found.same_packages
    (root / RAW).unlink()
    assert only(root).without_inputs and not only(root).inputs


def test_rules_and_styles_that_changed_and_files_that_were_added_are_told(root: Path) -> None:
    looks = {"report/styles/a.css": digest(b"a{}"), "workflow/rules/x.smk": digest(b"rule x:\n")}
    path = root / f"results/{STUDY}/made_from.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "study": STUDY, "looks": looks}), encoding="utf-8")
    assert only(root).sources == [], "a package without the code says nothing of it"
    for name, text in (("report/styles/a.css", "a{}"), ("workflow/rules/x.smk", "rule y:\n")):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / f"data/raw/{STUDY}/survey").mkdir()
    for name in ("new.csv", ".hidden", "~$new.xlsx"):
        (root / f"data/raw/{STUDY}/survey/{name}").write_bytes(b"x")
    found = only(root)
    assert found.sources == ["workflow/rules/x.smk"] and found.inputs == [f"data/raw/{STUDY}/survey/new.csv"]
    said = "\n".join(told(found))
    assert "Code or settings changed after the build / โค้ดหรือการตั้งค่าถูกแก้ไขหลังสร้าง:\n  workflow/rules/x.smk" in said
    assert found.as_plain()["sources"] == found.sources


def test_an_archive_is_read_without_being_opened(root: Path) -> None:
    path = root / "village.zip"
    files = {"README.md": b"# x\n", "results/village/tables/sample.csv": b"n\n12\n"}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**files, OF_PACKAGE: manifest(files)}.items():
            archive.writestr(f"village/{name}", data)
    assert only(root, str(path)).is_whole and only(root, str(path)).files == 2
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("village/more.txt", "x")
    assert only(root, str(path)).unlisted == ["more.txt"]
    (root / "no.zip").write_bytes(b"PK nothing")
    with pytest.raises(Stop):
        verify(root, str(root / "no.zip"))


def test_a_manifest_that_leads_out_of_the_folder_is_not_followed(root: Path) -> None:
    outside = root.parent / "outside.txt"
    outside.write_bytes(b"x")
    listed = manifest({"../outside.txt": b"x", str(outside): b"x"})
    (root / f"results/{STUDY}/manifest.csv").write_bytes(listed)
    assert only(root).missing == ["../outside.txt", str(outside)]


def test_what_is_not_there_is_said(root: Path) -> None:
    for what in ("nothing", str(root / "nothing.zip")):
        with pytest.raises(Stop):
            verify(root, what)
    (root / f"results/{STUDY}/manifest.csv").unlink()
    with pytest.raises(Stop, match="complete"):
        verify(root, STUDY)


def test_a_copy_to_build_in_has_no_results_and_no_other_study(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for path in (
        ".venv/x",
        "data/raw/other/study.yml",
        "report/village/article.th.qmd",
        ".snakemake/thongthin-kept/village/a",
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x", encoding="utf-8")
    target = tmp_path_factory.mktemp("copy") / "own"
    copy_project(root, target, STUDY)
    assert files(target) == {RAW, "requirements.lock", "report/village/article.th.qmd"}
    copy_kept(root, target, STUDY)
    assert ".snakemake/thongthin-kept/village/a" in files(target)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_report_says_what_came_out_and_leaves_lines_for_who_signs(root: Path) -> None:
    day = datetime.date(2026, 1, 2)
    good = report(root, Rebuilt(STUDY, same=["results/village/a"], seconds=90), day)
    assert "reproduced / ทำซ้ำได้" in good and "NOT reproduced" not in good and "1 of 1 files" in good
    assert "2026-01-02" in good and "| 1.5 |" in good and "Codechecker" in good and "Signature" in good
    bad = report(root, Rebuilt(STUDY, same=["results/village/a"], different=["results/village/b"]), day)
    assert (
        "NOT reproduced" in bad and "| `results/village/b` | **different / ต่างกัน** |" in bad and "1 of 2 files" in bad
    )


@pytest.mark.parametrize("copies", [True, False])
def test_copies_without_names_are_made_again_where_a_build_has_made_them(
    root: Path, monkeypatch: pytest.MonkeyPatch, copies: bool
) -> None:
    own = f"results/{STUDY}/manifest.csv"
    listed = {f"results/{STUDY}/article{'.blind' if copies else ''}.en.pdf": b"x"}
    (root / own).write_bytes(manifest(listed))
    asked: list[tuple[str, ...]] = []

    def build(folder: Path, study: str, *words: str, quiet: bool = False) -> int:
        asked.append(words)
        (folder / own).parent.mkdir(parents=True, exist_ok=True)
        (folder / own).write_bytes(manifest(listed))
        return 0

    monkeypatch.setattr(verify_rebuild, "build_apart", build)
    assert verify_rebuild.rebuild(root, STUDY).is_reproduced
    assert asked == [("--fresh", "--blind") if copies else ("--fresh",)]


@pytest.mark.parametrize("stands", [False, True])
def test_without_an_environment_it_says_that_the_code_was_not_looked_at(
    root: Path, stands: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    launcher: Any = SimpleNamespace(
        root=root, environment=SimpleNamespace(stands=stands, python="python", variables={})
    )
    ran = SimpleNamespace(returncode=0, stdout=b'["workflow/scripts/read_survey.py"]')
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ran)
    assert reviewing.verify(launcher, STUDY, rebuild=False, json=False) == 0
    said = capsys.readouterr().out
    assert ("NOT looked at: the code" in said and "ยังไม่ได้ตรวจ: โค้ด" in said) == (not stands)
    assert ("workflow/scripts/read_survey.py" in said) == stands
    ran.returncode = 1  # an environment that can't be asked is none
    reviewing.verify(launcher, STUDY, rebuild=False, json=False)
    assert "NOT looked at: the code" in capsys.readouterr().out
    reviewing.verify(launcher, STUDY, rebuild=False, json=True)
    assert json.loads(capsys.readouterr().out)[0]["seen_code"] is False
