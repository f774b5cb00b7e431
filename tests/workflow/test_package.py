"""The package of a study: whole, the same bytes twice, described for machines, and nobody in the public one."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from project import Project

from thongthin.commands import package as packing
from thongthin.commands.verify import verify
from thongthin.present.evidence.made import cells_of

STUDY = "small"


def packed(project: Project, path: Path, *words: str) -> dict[str, bytes]:
    """The files of a package, by their paths within its folder."""
    assert packing.main([STUDY, "--to", str(path), *words]) == 0
    with zipfile.ZipFile(path) as archive:
        return {name.removeprefix(f"{STUDY}/"): archive.read(name) for name in archive.namelist()}


def crate_of(files: dict[str, bytes]) -> dict[str, Any]:
    graph = json.loads(files["ro-crate-metadata.json"])["@graph"]
    return {own["@id"]: own for own in graph}


def test_the_open_package_is_whole_and_says_what_is_in_it(
    small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.root)
    files = packed(small, tmp_path / "one.zip", "--open")
    (held,) = verify(small.root, str(tmp_path / "one.zip"))
    assert held.is_whole and not held.unlisted and held.files == len(files) - 1 and not held.without_inputs
    assert b"were changed" not in files["README.md"]
    changed = packed(small, tmp_path / "three.zip", "--open", "--changed=report/styles/article.css")
    for name, words in (("README.md", "before the code or the settings"), ("README.th.md", "ก่อนแก้ไขโค้ดหรือการตั้งค่า")):
        assert words in (text := changed[name].decode("utf-8")) and "`report/styles/article.css`" in text
    packed(small, tmp_path / "two.zip", "--open")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    for name in (
        f"data/raw/{STUDY}/study.yml",
        f"report/{STUDY}/article.th.qmd",
        "paper.py",
        "workflow/Snakefile",
    ):
        assert name in files, name
    assert not [name for name in files if "__pycache__" in name or name.startswith((".", f"results/{STUDY}/public/"))]
    assert not [name for name in files if name.startswith("results/") and "/working_copy/" in name]
    exhibits = cells_of(small.root / f"results/{STUDY}/exhibits.csv")
    for language in ("README.md", "README.th.md"):
        text = files[language].decode("utf-8")
        assert "{{" not in text and all(f"`{own['name']}`" in text for own in exhibits)
    crate = crate_of(files)
    assert {own["@id"] for own in crate["./"]["hasPart"]} == set(files) - {"ro-crate-metadata.json", "MANIFEST.csv"}
    assert set(crate["#build"]["object"][0]) == {"@id"} and crate["#build"]["instrument"]["@id"] == "Snakefile"
    named = {own["@id"] for entity in crate.values() for own in _references(entity)}
    assert not {id_ for id_ in named if not id_.startswith("http")} - set(crate)
    codecheck = yaml.safe_load(files["codecheck.yml"])
    assert {own["file"] for own in codecheck["manifest"]} <= set(files) and codecheck["paper"]["title"]
    tables = json.loads(files["datapackage.json"])["resources"]
    assert tables and all(own["path"] in files and own["schema"]["fields"] for own in tables)
    assert yaml.safe_load(files["CITATION.cff"])["cff-version"] == "1.2.0"


def _references(entity: dict[str, Any]) -> list[dict[str, str]]:
    found = []
    for value in entity.values():
        found += [own for own in (value if isinstance(value, list) else [value]) if isinstance(own, dict)]
    return found


def test_the_public_package_holds_what_is_published_and_no_row(
    small: Project,
    simulated: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(small.root)
    assert packing.main([STUDY]) == 1  # nothing is published of it
    assert "publish" in capsys.readouterr().err
    own = simulated
    monkeypatch.chdir(own.root)
    files = packed(own, tmp_path / "public.zip")
    assert not [n for n in files if n.startswith((f"data/raw/{STUDY}", f"data/processed/{STUDY}", f"report/{STUDY}"))]
    assert all(n.startswith(f"results/{STUDY}/public/") for n in files if n.startswith("results/"))
    words = {row["text"] for row in own.table(f"data/processed/{STUDY}/turns.csv") if len(row["text"]) > 30}
    quoted = {row["text"] for row in own.table(f"data/processed/{STUDY}/quotes.csv")}
    for name, data in files.items():
        if name.endswith((".md", ".csv", ".json", ".html", ".yml", ".cff")):
            text = data.decode("utf-8")
            assert not [w for w in words if w in text and not any(q in w for q in quoted)], name
    (held,) = verify(own.root, str(tmp_path / "public.zip"))
    assert held.is_whole and held.files == len(files) - 1


def test_of_the_field_the_name_is_asked_for_again(
    small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = small.copy(tmp_path)
    record = own.root / f"results/{STUDY}/made_from.json"
    own.replace(f"results/{STUDY}/made_from.json", '"provenance": "simulated"', '"provenance": "field"')
    assert record.is_file()
    monkeypatch.setattr(packing, "verify", lambda *_: [packing_held()])
    monkeypatch.chdir(own.root)
    for typed, code in (("other\n", 1), ("", 1), (f"{STUDY}\n", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert packing.main([STUDY, "--open"]) == code
    assert (own.root / "results" / f"{STUDY}-confidential.zip").is_file()
    assert "ชื่อไม่ตรง" in capsys.readouterr().err


def packing_held() -> Any:
    from thongthin.commands.verify import Checked

    return Checked(STUDY)
