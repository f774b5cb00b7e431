"""Snakemake as a build imports it: lighter, and with the same records."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

WORKFLOW = Path(__file__).parents[3] / "workflow"
# Writes a record as Snakemake does, reads it again, and tells which modules are there.
PROGRAM = """
import json, sys
if sys.argv[1] == "lean":
    from thongthin.commands.lean_snakemake import import_snakemake
    import_snakemake(sys.argv[2:])
import snakemake.cli
from snakemake.persistence import MetadataRecord
record = MetadataRecord(rule="r", input=["a"], input_checksums={"a": "1"}, starttime=1.5)
record.params, record.code = [1, "x"], "c"
again = MetadataRecord.model_validate(json.loads(json.dumps(record.model_dump())))
print(json.dumps([again.model_dump(), again["rule"], again.get("no", 3), sorted(again.keys())]))
import nbformat
print("jsonschema" in sys.modules, nbformat.v4.nbformat, "jsonschema" in sys.modules)
print(sorted({"sqlalchemy", "sqlmodel", "snakemake.persistence.db"} & {*sys.modules}))
"""


def said(folder: Path, *words: str) -> list[str]:
    variables = {**os.environ, "PYTHONPATH": str(WORKFLOW)}
    command = [sys.executable, "-c", PROGRAM, *words]
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.splitlines()


def test_records_are_those_of_snakemake_without_the_database(tmp_path: Path) -> None:
    whole, lean = said(tmp_path, "whole"), said(tmp_path, "lean", "--cores", "1")
    assert whole[0] == lean[0] and json.loads(lean[0])[1:3] == ["r", 3]
    assert whole[2] != "[]" and lean[2] == "[]"


def test_notebooks_are_read_as_soon_as_one_is(tmp_path: Path) -> None:
    assert said(tmp_path, "lean")[1] == "False 4 True"


@pytest.mark.parametrize("asked", ["words", "profile"])
def test_who_asks_for_the_database_gets_it(tmp_path: Path, asked: str) -> None:
    words = ["lean", "--persistence-backend", "db"] if asked == "words" else ["lean", "--workflow-profile", "own"]
    if asked == "profile":
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / "config.yaml").write_text("persistence-backend: db\n", encoding="utf-8")
    assert said(tmp_path, *words)[2] == "['snakemake.persistence.db', 'sqlalchemy', 'sqlmodel']"
