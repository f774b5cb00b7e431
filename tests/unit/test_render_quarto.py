"""Which engine renders, and how Quarto is called: a program that stands in for it records what it was given."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
from pathlib import Path

import pytest
import typst
import yaml
from studies import STUDY

from thongthin.problems import ProblemsFound
from thongthin.render import engine, render
from thongthin.render.embedded import FILTERS, RenderError
from thongthin.render.working_copy import metadata
from thongthin.study import Study

REPORT = Path(__file__).parents[2] / "report"
FAKE = """\
#!{python}
import json, os, shutil, sys
with open("calls.jsonl", "a", encoding="utf-8") as calls:
    calls.write(json.dumps([sys.argv[1:], os.environ["SOURCE_DATE_EPOCH"]]) + "\\n")
if "docx" in sys.argv and os.path.exists("fail"):
    sys.exit("ERROR: no such style")
ending = dict(html="html", typst="pdf", docx="docx")[sys.argv[sys.argv.index("--to") + 1]]
shutil.copy("made.pdf", "article." + ending)
"""


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def quarto(on_path: Path) -> Path:
    if os.name == "nt":
        pytest.skip("the stand-in is a script with a #! line")
    program = on_path / "quarto"
    program.write_text(FAKE.format(python=sys.executable), encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


@pytest.fixture
def folder(tmp_path: Path, fonts: Path) -> Path:
    folder = tmp_path / "สำเนา งาน"
    shutil.copytree(fonts, folder / "fonts")
    (folder / "metadata.yml").write_text("thongthin: {date: {year: 2023, month: 9, day: 15}}\n", encoding="utf-8")
    source = b'#set text(font: "Sarabun Thongthin", lang: "th")\n\xe0\xb8\x97\xe0\xb8\xb3'
    (folder / "made.pdf").write_bytes(typst.compile(source, font_paths=[folder / "fonts"], ignore_system_fonts=True))
    return folder


def test_auto_takes_quarto_where_it_is(quarto: Path) -> None:
    assert engine("auto") == "quarto"
    assert engine("quarto") == "quarto"
    assert engine("embedded") == "embedded"


def test_without_quarto_the_embedded_renderer_is_taken_unless_quarto_is_asked_for(on_path: Path) -> None:
    assert engine("auto") == "embedded"
    with pytest.raises(ProblemsFound) as caught:
        engine("quarto")
    message = str(caught.value)
    assert "config/config.yml:\n" in message
    assert 'Key "report.engine": ' in message
    assert "asks for Quarto, but there is no program quarto on PATH" in message
    assert "ไม่พบโปรแกรม quarto" in message


def test_quarto_is_called_once_a_format_in_the_working_copy(quarto: Path, folder: Path, tmp_path: Path) -> None:
    out = {format_: tmp_path / "out" / f"article.th.{format_}" for format_ in ("html", "pdf", "docx")}
    render("quarto", folder, list(out), out)
    calls = [json.loads(line) for line in (folder / "calls.jsonl").read_text(encoding="utf-8").splitlines()]
    assert calls == [
        [["render", "article.qmd", "--to", to, "--no-execute"], "1694736000"] for to in ("html", "typst", "docx")
    ]
    made = (folder / "made.pdf").read_bytes()
    assert out["html"].read_bytes() == out["docx"].read_bytes() == made
    assert out["pdf"].read_bytes() != made, "the text of the PDF is mended"
    assert not list(folder.glob("article.*")), "the outputs are moved out of the working copy"


def test_what_quarto_says_is_passed_on(quarto: Path, folder: Path, tmp_path: Path) -> None:
    (folder / "fail").touch()
    with pytest.raises(RenderError, match="quarto: ERROR: no such style"):
        render("quarto", folder, ["docx"], {"docx": tmp_path / "x.docx"})
    assert not (tmp_path / "x.docx").exists()


def test_quarto_gets_its_words_in_the_language_of_the_article() -> None:
    thai = metadata(Study.model_validate(STUDY), "th")
    words = {"fig": "ภาพที่", "tbl": "ตารางที่", "sec": "หัวข้อ"}
    for kind, word in words.items():
        for use in ("title", "prefix"):
            assert thai["crossref"][f"{kind}-{use}"] == thai["language"][f"crossref-{kind}-{use}"] == word
    settings = yaml.safe_load((REPORT / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings["metadata-files"] == ["metadata.yml"]
    assert not set(settings) & set(thai), "no key is set in both places"


def test_both_engines_use_the_same_files() -> None:
    settings = yaml.safe_load((REPORT / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings["filters"] == ["thongthin"] and settings["citeproc"] is False and settings["number-sections"]
    formats = settings["format"]
    named = [formats["html"]["template"], *formats["html"]["css"], *formats["typst"]["template-partials"]]
    made = {"fonts/fonts.css"}
    assert [name for name in named if not (REPORT / name).is_file()] == sorted(made)
    assert formats["typst"]["font-paths"] == ["fonts"] and formats["typst"]["pdf-standard"] == "ua-1"
    assert formats["docx"]["reference-doc"] == "styles/reference.docx"
    extension = yaml.safe_load((REPORT / "_extensions/thongthin/_extension.yml").read_text(encoding="utf-8"))
    shared = [name for name in FILTERS if not name.startswith("embedded/")]
    assert extension["contributes"]["filters"] == shared
    assert extension["contributes"]["shortcodes"] == ["shortcodes.lua"]
