"""What a set-up does ahead of the first build."""

import compileall
import json
import os
from pathlib import Path

import pytest

from thongthin.commands.setup import Environment
from thongthin.flow import hashes


def test_code_is_compiled_and_fingerprinted_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[Path] = []
    monkeypatch.setattr(compileall, "compile_dir", lambda folder, **_: compiled.append(folder))
    monkeypatch.chdir(tmp_path)
    hashes._hashes.cache_clear()
    hashes.main()
    assert compiled == [hashes.PACKAGE.parent]
    known = json.loads(Path(".snakemake/thongthin-code.json").read_text(encoding="utf-8"))
    assert known["hashes"]["render_document"] == hashes.code_of("render_document").partition("-")[0]
    hashes._hashes.cache_clear()


@pytest.mark.skipif(os.name == "nt", reason="a script in place of Python")
def test_a_set_up_goes_on_where_that_fails(tmp_path: Path) -> None:
    environment = Environment(tmp_path)
    environment.python.parent.mkdir(parents=True)
    environment.python.write_text("#!/bin/sh\necho $@ > said\nexit 1\n", encoding="utf-8")
    environment.python.chmod(0o755)
    environment.get_ahead()
    assert (tmp_path / "said").read_text(encoding="utf-8") == "-m thongthin.flow.hashes\n"
