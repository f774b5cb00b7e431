"""The walk-throughs: they run on any study, recompute what the workflow computed, and become pages of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from queue import Empty
from types import SimpleNamespace
from typing import Any

import nbformat
import pandas as pd
import psutil
import pytest
import yaml
from jupyter_client.channels import AsyncZMQSocketChannel
from nbclient.exceptions import CellExecutionError
from processes import is_gone
from result_frames import frames

from thongthin.contract.tables import TABLES, write_table
from thongthin.present import notebooks
from thongthin.present.notebooks import execute, to_html
from thongthin.present.render.fonts import web_font

NOTEBOOKS = Path(__file__).parents[3] / "notebooks"
NAMES = ("01_data", "02_coding_and_agreement")
EVERY = (*NAMES, "03_themes", "04_survey")
STUDY = "made-up"


def project(root: Path, tables: dict[str, pd.DataFrame]) -> Path:
    """A project folder with the tables of one study."""
    (root / "config").mkdir(parents=True)
    (root / "config" / "config.yml").write_text(yaml.safe_dump({"studies": [STUDY]}), encoding="utf-8")
    raw = root / "data" / "raw" / STUDY
    raw.mkdir(parents=True)
    (raw / "study.yml").write_text("provenance: simulated\n", encoding="utf-8")
    folders = {"processed": root / "data" / "processed" / STUDY, "results": root / "results" / STUDY / "tables"}
    for name, frame in tables.items():
        write_table(frame, folders[TABLES[name].folder] / f"{name}.csv")
    return root


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    for style in ("Regular", "Bold"):
        (folder / f"sarabun-{style.lower()}.woff").write_bytes(web_font(style))
    return folder


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, fonts: Path) -> dict[str, str]:
    root = project(tmp_path_factory.mktemp("โครงการ วิจัย"), frames())
    notice = [("th", "ข้อมูลจำลอง"), ("en", "Simulated data")]
    return {name: to_html(execute(NOTEBOOKS / f"{name}.ipynb", root, {}), fonts, notice) for name in NAMES}


@pytest.mark.parametrize("name", EVERY)
def test_notebooks_are_kept_without_outputs(name: str) -> None:
    notebook = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(id_.startswith(name.split("_")[1]) for id_ in ids)
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)
    told = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    assert all('<div lang="th">' in text for text in told)
    assert "sceptic" in told[-1] and "ผู้สงสัย" in told[-1]


def test_the_data_are_shown(pages: dict[str, str]) -> None:
    page = pages["01_data"]
    assert "Study / การศึกษา: made-up" in page
    assert "เทศบาลนครบึงแก้ว" in page
    assert "Respondents / ผู้ตอบ: 132" in page
    assert "ข้อความ &amp; &lt;ช่วงที่&gt; 1 ของ P01" in page  # what was said is text, not markup


def test_the_coding_is_shown_and_recomputed(pages: dict[str, str]) -> None:
    page = pages["02_coding_and_agreement"]
    assert re.search(r"<p><b>P\d\d-\d{3}</b></p>", page)
    assert "<mark>ข้อความ &amp; &lt;ช่ว</mark>" in page
    kappa = frames()["agreement"].set_index("code_id").loc["attitude", "kappa"]
    assert f"kappa by hand {kappa:.4f}, in the table {kappa:.4f}" in page
    counts = frames()["themes_by_site"].set_index(["theme_id", "site_id"]).loc[("attitude", "S01")]
    assert f"<td>{counts['participants']:.0f} / {counts['denominator']:.0f}</td>" in page


@pytest.mark.parametrize("name", NAMES)
def test_code_is_folded_and_a_list_leads_to_each_part(pages: dict[str, str], name: str) -> None:
    page = pages[name]
    cells = page.count('<div class="input_area">')
    assert cells == page.count('<details class="code"><summary>Code · โค้ด</summary><div class="input_area">') > 5
    leads = re.findall(r'<li><a href="#([^"]+)">', page)
    assert len(leads) == page.count("<h2 ") > 3 and all(f'<h2 id="{lead}"' in page for lead in leads)


@pytest.mark.parametrize("name", NAMES)
def test_pages_need_no_network(pages: dict[str, str], name: str) -> None:
    page = pages[name]
    assert "http:" not in page
    assert "https:" not in page
    assert "<script" not in page
    assert '<html lang="en">' in page
    assert '<span lang="th">ข้อมูลจำลอง</span> <span lang="en">Simulated data</span>' in page
    assert "<th></th>" not in page
    title = re.search("<title>(.+)</title>", page)
    assert title
    assert " · " in title[1]


def test_field_data_carry_no_notice_and_pages_are_the_same_every_time(
    tmp_path: Path, fonts: Path, pages: dict[str, str]
) -> None:
    root = project(tmp_path, frames())
    page = to_html(execute(NOTEBOOKS / "02_coding_and_agreement.ipynb", root, {"THONGTHIN_STUDY": STUDY}), fonts)
    assert "Simulated" not in page
    assert page.split("<main>")[1] == pages["02_coding_and_agreement"].split("<main>")[1]


def test_a_study_without_a_survey(tmp_path: Path, fonts: Path) -> None:
    tables = frames()
    survey = {"items", "responses", *(name for name, table in TABLES.items() if table.rule == "read_survey")}
    tables = {name: frame for name, frame in tables.items() if name not in survey}
    tables["sample"] = tables["sample"].query("quantity != 'respondents'")
    page = to_html(execute(NOTEBOOKS / "01_data.ipynb", project(tmp_path, tables), {}), fonts)
    assert "<pre>Study / การศึกษา: made-up" in page
    assert "<pre>Respondents" not in page


@pytest.mark.parametrize(
    ("table", "column", "name", "message"),
    [
        ("themes_by_site", "participants", "02_coding_and_agreement", "AssertionError"),
        ("agreement_units", "kappa", "02_coding_and_agreement", "AssertionError: attitude"),
        ("sample", "n", "01_data", "AssertionError: participants"),
    ],
)
def test_a_wrong_table_stops_the_notebook(tmp_path: Path, table: str, column: str, name: str, message: str) -> None:
    tables = frames()
    tables[table][column] = tables[table][column] + 1
    with pytest.raises(CellExecutionError, match=message):
        execute(NOTEBOOKS / f"{name}.ipynb", project(tmp_path, tables), {})


def written(path: Path, code: str) -> None:
    """Write a notebook of one cell."""
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]), path)


def test_what_a_cell_prints_is_one_piece_however_it_comes(tmp_path: Path) -> None:
    code = "import time\nprint('first', flush=True)\ntime.sleep(1)\nprint('second', flush=True)"
    written(tmp_path / "slow.ipynb", code)
    outputs = execute(tmp_path / "slow.ipynb", tmp_path, {}).cells[0].outputs
    assert [output["text"] for output in outputs] == ["first\nsecond\n"]


def test_text_that_begins_like_a_formula_is_shown_as_it_was_said(tmp_path: Path) -> None:
    """Turns, codes and quotes begin with - = + @ every day; our tables hold them behind an apostrophe."""
    tables = {name: frame.copy() for name, frame in frames().items()}
    said = dict.fromkeys(["- ดีครับ", "=1+1 ก็ได้", "+66 คือรหัส", "@เพื่อน", "'- มีอยู่แล้ว"])
    turns, transcripts = tables["turns"], tables["transcripts"]
    first = turns[turns["role"] == "participant"].groupby("participant_id").head(1).index[: len(said)]
    for at, words in zip(first, said, strict=False):
        turn = turns.loc[at]
        text = words + turn["text"][len(words) :]
        whole = transcripts["participant_id"] == turn["participant_id"]
        before = transcripts.loc[whole, "text"].iloc[0]
        transcripts.loc[whole, "text"] = before[: turn["start"]] + text + before[turn["end"] :]
        turns.loc[at, "text"] = text
    tables["codes"].loc[:, "label_en"] = "+" + tables["codes"]["label_en"]
    root = project(tmp_path, tables)
    for name in NAMES:
        page = to_html(execute(NOTEBOOKS / f"{name}.ipynb", root, {}), _no_fonts(tmp_path))
        assert "&#39;+" not in page and "'+" not in page
    assert " / +" in page


def _no_fonts(folder: Path) -> Path:
    for style in ("regular", "bold"):
        (folder / f"sarabun-{style}.woff").write_bytes(b"")
    return folder


SLEEPS = """
import sys
from pathlib import Path
from thongthin.present.notebooks import execute
execute(Path(sys.argv[1]), Path(sys.argv[1]).parent, {})
"""


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux")
def test_whoever_comes_to_a_forked_kernel_finds_its_sockets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[bool] = []
    start = notebooks.Client.start_channels

    def look(client: Any, *channels: Any) -> None:
        ports = (client.shell_port, client.iopub_port, client.stdin_port, client.control_port, client.hb_port)
        found.extend(os.path.exists(f"{client.ip}-{port}") for port in ports)
        start(client, *channels)

    monkeypatch.setattr(notebooks.Client, "start_channels", look)
    written(tmp_path / "own.ipynb", "print(6 * 7)")
    executed = execute(tmp_path / "own.ipynb", tmp_path, {})
    assert executed.cells[0].outputs[0].text == "42\n"
    assert found == [True] * 5


def test_a_kernel_that_dies_before_it_is_ready_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def no_answer(client: Any, **_: Any) -> Any:
        raise Empty

    async def is_dead(client: Any) -> bool:
        return False

    forgetful = SimpleNamespace(register=lambda *_: None, unregister=lambda *_: None)
    monkeypatch.setattr("nbclient.client.atexit", forgetful)  # it would look for the kernel again when the tests end
    monkeypatch.setattr(notebooks.Client, "is_alive", is_dead)
    monkeypatch.setattr(AsyncZMQSocketChannel, "get_msg", no_answer)
    written(tmp_path / "own.ipynb", "1")
    with pytest.raises(RuntimeError, match="died before it was ready"):
        execute(tmp_path / "own.ipynb", tmp_path, {})


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux")
def test_a_forked_kernel_ends_with_whoever_asked_for_it(tmp_path: Path) -> None:
    cells = [
        nbformat.v4.new_markdown_cell("# Sleeps"),
        nbformat.v4.new_code_cell("open('began', 'w').close(); import time; time.sleep(60)"),
    ]
    file = tmp_path / "sleeps.ipynb"
    file.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(NOTEBOOKS.parent / "workflow")}
    asking = subprocess.Popen([sys.executable, "-c", SLEEPS, str(file)], env=environment, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not (tmp_path / "began").exists():
        assert time.monotonic() < until and asking.poll() is None
        time.sleep(0.05)
    kernels = psutil.Process(asking.pid).children(recursive=True)
    assert kernels
    asking.kill()
    asking.wait()
    while not all(map(is_gone, kernels)):
        assert time.monotonic() < until
        time.sleep(0.05)
