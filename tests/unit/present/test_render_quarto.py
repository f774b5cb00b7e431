"""Which engine renders, and how Quarto is called: a program that stands in for it records what it was given."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import sys
import time
import zipfile
from pathlib import Path

import pytest
import typst
import yaml
from studies import STUDY, make_study

from thongthin.basics.problems import Problems, ProblemsFound, RenderError, notice_list, problem_list
from thongthin.contract.study import Study
from thongthin.flow.planning import Plan
from thongthin.present.render import engines, render
from thongthin.present.render.composition import metadata
from thongthin.present.render.engines import LEAST, Engine, engine, with_versions

REPORT = Path(__file__).parents[3] / "report"
FAKE = """\
#!{python}
import json, os, shutil, sys
if sys.argv[1:] == ["--version"]:
    sys.exit(print("1.9.38"))
with open("calls.jsonl", "a", encoding="utf-8") as calls:
    calls.write(json.dumps([sys.argv[1:], os.environ["SOURCE_DATE_EPOCH"]]) + "\\n")
ending = dict(html="html", typst="pdf", docx="docx")[sys.argv[sys.argv.index("--to") + 1]]
shutil.copy("made.docx" if ending == "docx" else "made.pdf", "article." + ending)
if os.path.exists("says"):
    said = open("says", encoding="utf-8").read().replace("HERE", os.getcwd())
    sys.stderr.buffer.write(said.encode("utf-8"))
    sys.exit("ERROR:" in said or "Error running" in said)
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
    return stand_in(on_path, FAKE.format(python=sys.executable))


def stand_in(folder: Path, script: str) -> Path:
    """A program `quarto` in a folder, in place of one that was there."""
    if os.name == "nt":
        pytest.skip("the stand-in is a script with a #! line")
    program = folder / "quarto"
    program.write_text(script, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


@pytest.fixture
def folder(tmp_path: Path, fonts: Path) -> Path:
    folder = tmp_path / "สำเนา งาน"
    shutil.copytree(fonts, folder / "fonts")
    (folder / "metadata.yml").write_text("thongthin: {date: {year: 2023, month: 9, day: 15}}\n", encoding="utf-8")
    (folder / "article.qmd").write_text("ทดสอบ\n", encoding="utf-8")
    source = b'#set text(font: "Sarabun Thongthin", lang: "th")\n\xe0\xb8\x97\xe0\xb8\xb3'
    with zipfile.ZipFile(folder / "made.docx", "w") as word:
        word.writestr("word/document.xml", "<w:drawing><wp:inline><wp:extent/></wp:inline></w:drawing>")
    (folder / "made.pdf").write_bytes(typst.compile(source, font_paths=[folder / "fonts"], ignore_system_fonts=True))
    return folder


def chosen(wanted: str) -> tuple[str, str, str]:
    """The engine, and what is said of it: the list of problems and that of notices."""
    problems = Problems()
    found = engine(wanted, problems)  # type: ignore[arg-type]
    return found, problem_list(list(problems)) if problems else "", notice_list(problems.notices)


def test_auto_takes_quarto_where_it_is(quarto: Path) -> None:
    assert chosen("auto") == chosen("quarto") == ("quarto", "", "")
    assert chosen("embedded") == ("embedded", "", "")


def test_without_quarto_the_embedded_renderer_is_taken_unless_quarto_is_asked_for(on_path: Path) -> None:
    assert chosen("auto") == ("embedded", "", "")
    _, message, notices = chosen("quarto")
    assert "config/config.yml:\n" in message
    assert 'Key "report.engine": ' in message
    assert "asks for Quarto, but there is no program quarto on PATH" in message
    assert "ไม่พบโปรแกรม quarto" in message
    assert not notices


@pytest.mark.parametrize(
    ("script", "en", "th"),
    [
        (
            "echo 1.4.550",
            "is Quarto 1.4.550, and the articles need 1.9.18 or newer",
            "เป็น Quarto รุ่น 1.4.550 ซึ่งเก่ากว่ารุ่น 1.9.18",
        ),
        ("echo 1.9.17", "is Quarto 1.9.17, and the articles need 1.9.18 or newer", "เป็น Quarto รุ่น 1.9.17"),
        ("echo 0.9.99", "is Quarto 0.9.99,", "เป็น Quarto รุ่น 0.9.99"),
        (
            "printf '\\033[31mno deno\\033[39m\\nat all\\n'; exit 3",
            'does not tell its version: "no deno".',
            'ไม่บอกรุ่น: "no deno"',
        ),
        ("echo 1.9.38; exit 1", 'does not tell its version: "1.9.38".', "ไม่บอกรุ่น"),
        ("exit 0", "does not tell its version.", "ไม่บอกรุ่น"),
        ("sleep 60 & wait", "did not tell its version within 0.3 seconds", "ไม่บอกรุ่นภายใน 0.3 วินาที"),
    ],
)
def test_a_quarto_that_cannot_be_used_is_told_of(
    on_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, en: str, th: str
) -> None:
    monkeypatch.setattr(engines, "LIMIT", 0.3)
    program = stand_in(on_path, f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
    began = time.monotonic()
    found, message, notices = chosen("auto")
    assert (found, message) == ("embedded", "")
    assert f'Key "report.engine": The embedded renderer makes the articles, because {program} {en}' in notices
    assert f'คีย์ "report.engine": ใช้ตัวจัดหน้าในตัวสร้างบทความ เพราะโปรแกรม {program} {th}' in notices
    assert 'or write "engine: embedded"' in notices and 'หรือเขียน "engine: embedded"' in notices
    assert "\x1b" not in notices and "x1b" not in notices
    found, message, notices = chosen("quarto")
    assert (found, notices) == ("quarto", "")
    assert f"The configuration asks for Quarto, but {program} {en}" in message
    assert f"การตั้งค่ากำหนดให้ใช้ Quarto แต่โปรแกรม {program} {th}" in message
    assert chosen("embedded") == ("embedded", "", ""), "the hint leads to something that works"
    assert time.monotonic() - began < 5, "nobody waits for what Quarto has left running"


@pytest.mark.parametrize(
    "answer", [".".join(map(str, LEAST)), "1.10.0", "v2.0.1", "99.9.9", "1.11.0-rc1", "note\n1.9.38"]
)
def test_versions_that_can_be_used(on_path: Path, answer: str) -> None:
    stand_in(on_path, f"#!/bin/sh\necho '{answer}'\n")
    assert chosen("auto") == ("quarto", "", "")


def test_a_file_that_cannot_be_started_is_no_quarto(on_path: Path) -> None:
    stand_in(on_path, "#!/no/such/shell\n")
    found, _, notices = chosen("auto")
    assert found == "embedded"
    assert "does not tell its version: " in notices and "No such file" in notices


def test_a_build_says_what_it_does_without_quarto_before_anything_is_made(
    on_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "project"
    make_study(root)
    monkeypatch.chdir(root)
    asked = root / "asked"
    stand_in(on_path, f"#!/bin/sh\necho >> '{asked}'\necho 1.8.1\n")
    for _ in range(2):  # each build says so, whether or not the study has to be checked
        asked.unlink(missing_ok=True)
        plan = Plan()
        assert plan.engine == plan.engine == "embedded"
        assert asked.read_text() == "\n", "Quarto is asked once a build"
        assert capsys.readouterr().out.count("is Quarto 1.8.1, and the articles need") == 1
    config = root / "config" / "config.yml"
    content = yaml.safe_load(config.read_text(encoding="utf-8"))
    config.write_text(yaml.safe_dump({**content, "report": {"engine": "quarto"}}, allow_unicode=True), encoding="utf-8")
    (root / "data" / "raw" / "small" / "quotes.csv").write_text("quote_id\nx\n", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="asks for Quarto, but") as caught:
        Plan()
    assert "quotes.csv" in str(caught.value), "one list shows everything"


def test_quarto_is_called_once_a_format_in_the_working_copy(quarto: Path, folder: Path, tmp_path: Path) -> None:
    out = {format_: tmp_path / "out" / f"article.th.{format_}" for format_ in ("html", "pdf", "docx")}
    render("quarto", folder, out)
    calls = [json.loads(line) for line in (folder / "calls.jsonl").read_text(encoding="utf-8").splitlines()]
    assert calls == [
        [["render", "article.qmd", "--to", to, "--no-execute"], "1694736000"] for to in ("html", "typst", "docx")
    ]
    made = (folder / "made.pdf").read_bytes()
    assert out["html"].read_bytes() == made
    assert out["pdf"].read_bytes() != made, "the text of the PDF is mended"
    with zipfile.ZipFile(out["docx"]) as word:
        assert b'distL="0"' in word.read("word/document.xml"), "pictures say where they stand"
    assert [path.name for path in folder.glob("article.*")] == ["article.qmd"], "the outputs are moved out"


def test_what_finds_no_rest_is_set_by_simpler_rules(quarto: Path, folder: Path, tmp_path: Path) -> None:
    (folder / "says").write_text("warning: layout did not converge within 5 attempts\n", encoding="utf-8")
    render("quarto", folder, {"pdf": tmp_path / "x.pdf"})
    calls = [json.loads(line)[0] for line in (folder / "calls.jsonl").read_text(encoding="utf-8").splitlines()]
    plain = ["render", "article.qmd", "--to", "typst", "--no-execute"]
    assert calls == [plain, [*plain, "--metadata", "steady:true"]]
    template = (REPORT / "styles" / "typst-template.typ").read_text(encoding="utf-8")
    assert "$if(steady)$or true$endif$" in template


@pytest.mark.parametrize("engine", ["quarto", "embedded"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[x](javascript:alert)", 'The address "javascript:alert" is not part of the article format.'),
        ("<b onclick=x>ก</b>", 'The HTML tag "<b onclick=x>" is not part of the article format.'),
        ('[]{shortcode="evil" argument="x"}', '"shortcode=evil" is not part of the article format.'),
        ("ก\n\n---\nheader-includes: x\n---\n", 'Metadata that no document has: "header-includes"'),
    ],
)
def test_what_no_document_may_hold_reaches_no_engine(
    quarto: Path, folder: Path, tmp_path: Path, engine: Engine, text: str, said: str
) -> None:
    (folder / "article.qmd").write_text(f"ก\n\n{text}\n", encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        render(engine, folder, {"html": tmp_path / "x.html"})
    assert said in str(caught.value)
    assert not (folder / "calls.jsonl").exists()
    assert not (tmp_path / "x.html").exists()


def test_a_quarto_without_end_is_ended(
    on_path: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(on_path, "#!/bin/sh\nPATH=/usr/bin:/bin\nsleep 60 & wait\n")
    monkeypatch.setattr("thongthin.present.render.quarto.WRITING", 0.3)
    began = time.monotonic()
    with pytest.raises(RenderError, match=r"no end after 0\.3 seconds"):
        render("quarto", folder, {"html": tmp_path / "x.html"})
    assert time.monotonic() - began < 20


SETTINGS = """\
\x1b[1mpandoc \x1b[22m
  to: html
  output-file: article.html
  css:
    - fonts/fonts.css
  
\x1b[1mmetadata\x1b[22m
  lang: th
  title: ท้องถิ่นดิจิทัล
  
"""
FILTER = """\
\x1b[31mERROR (HERE/_extensions/thongthin/shortcodes.lua:18) {{< value n >}}: there is no such value
\x1b[39mError running filter main.lua:
stack traceback:
\tHERE/_extensions/thongthin/shortcodes.lua:38: in function <HERE/_extensions/thongthin/shortcodes.lua:37>
\t(...tail calls...)
\t[C]: in ?
\x1b[33mWARN: Error encountered when rendering files\x1b[39m
"""
SCHEMA = """\
\x1b[91mERROR: Validation of metadata file HERE/metadata.yml failed.

In file metadata.yml
(line 14, columns 3--12) property name \x1b[34msec-title\x1b[91m is invalid
14: \x1b[34m  sec-title: หัวข้อ\x1b[91m
     ~~~~~~~~~~

Stack trace:
    at readAndValidateYamlFromFile (file:///opt/quarto/bin/quarto.js:51:11)
    at async Promise.all (index 0)
    at async file:///opt/quarto/bin/quarto.js:221:3\x1b[39m
"""
# What Quarto 1.11 printed, shortened, and what is left of it.
SAID: dict[str, tuple[str, str]] = {
    "filter": (
        SETTINGS + FILTER,
        "ERROR (_extensions/thongthin/shortcodes.lua:18) {{< value n >}}: there is no such value\n"
        "Error running filter main.lua:\nWARN: Error encountered when rendering files",
    ),
    "schema": (
        SCHEMA,
        "ERROR: Validation of metadata file metadata.yml failed.\n\nIn file metadata.yml\n"
        "(line 14, columns 3--12) property name sec-title is invalid\n14:   sec-title: หัวข้อ\n     ~~~~~~~~~~",
    ),
    "figure": (
        SETTINGS + "[WARNING] Could not fetch resource figures/map.svg\nOutput created: article.html\n\n",
        "[WARNING] Could not fetch resource figures/map.svg",
    ),
    "typst": (
        SETTINGS + "[typst]: Compiling article.typ to article.pdf...error: file not found\nERROR: Typst failed\n",
        "error: file not found\nERROR: Typst failed",
    ),
    "error that stops nothing": (
        SETTINGS
        + "\x1b[31mERROR (jog.lua:173) Don't know how to traverse TableBody\x1b[39m\nOutput created: article.html\n",
        "ERROR (jog.lua:173) Don't know how to traverse TableBody",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_what_quarto_says_is_passed_on_in_plain_words(quarto: Path, folder: Path, tmp_path: Path, case: str) -> None:
    said, left = SAID[case]
    (folder / "says").write_text(said, encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        render("quarto", folder, {"docx": tmp_path / "x.docx"})
    frame, _, words = str(caught.value).partition("\n\n")
    assert words == left
    assert frame.splitlines()[1] == "  Quarto could not make the Word document. What it says stands below."
    assert "  Quarto สร้างเอกสาร Word ไม่สำเร็จ" in frame
    assert "Hint: Mend in report/ what it names" in frame and '"engine: embedded"' in frame and "คำแนะนำ: " in frame
    assert not (tmp_path / "x.docx").exists() and not (folder / "article.docx").exists()


def test_what_quarto_warns_of_stands_in_the_log(
    quarto: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "says").write_text(
        SETTINGS + "\x1b[33mWARN: verapdf is not installed.\x1b[39m\nOutput created: article.html\n\n", encoding="utf-8"
    )
    render("quarto", folder, {"html": tmp_path / "x.html"})
    assert capsys.readouterr().out == "Quarto, html:\nWARN: verapdf is not installed.\n\n"
    assert (tmp_path / "x.html").exists()


def test_no_setting_of_quarto_stands_in_two_places() -> None:
    thai = metadata(Study.model_validate(STUDY), "th")
    settings = yaml.safe_load((REPORT / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings["metadata-files"] == ["metadata.yml"]
    assert not set(settings) & set(thai), "no key is set in both places"


def test_both_engines_use_the_same_files() -> None:
    settings = yaml.safe_load((REPORT / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings["filters"] == ["thongthin"] and settings["citeproc"] is False and settings["crossref"] is False
    formats = settings["format"]
    named = [formats["html"]["template"], *formats["html"]["css"], *formats["typst"]["template-partials"]]
    made = {"fonts/fonts.css"}
    assert [name for name in named if not (REPORT / name).is_file()] == sorted(made)
    assert formats["typst"]["font-paths"] == ["fonts"] and formats["typst"]["pdf-standard"] == "ua-1"
    assert formats["docx"]["reference-doc"] == "styles/reference.docx"
    extension = yaml.safe_load((REPORT / "_extensions/thongthin/_extension.yml").read_text(encoding="utf-8"))
    filters = extension["contributes"]["filters"]
    assert {one["at"] for one in filters} == {"pre-ast"}, "Quarto makes something of the text before they see it"
    found = {path.name for path in (REPORT / "_extensions/thongthin").glob("*.lua")}
    assert {one["path"] for one in filters} <= found


def test_the_engine_is_named_with_the_versions_of_its_programs(on_path: Path) -> None:
    assert re.fullmatch(r"embedded \(pandoc \d+(\.\d+)+, Typst \d+(\.\d+)+\)", with_versions("embedded"))
    script = '#!/bin/sh\ncase "$1" in pandoc) echo "pandoc 3.8.2";; typst) exit 1;; *) echo 1.9.38;; esac\n'
    stand_in(on_path, script)
    assert with_versions("quarto") == "quarto (Quarto 1.9.38, pandoc 3.8.2, Typst ?)"
