"""A preview of the small study, run as people run it: what it shows, what it leaves alone, and how it ends."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
from processes import command, is_gone
from project import Project

from thongthin.commands.setup import Environment, alone

ARTICLE = "report/small/article.th.qmd"
SENTENCE = "ประโยคที่เขียนระหว่างดูตัวอย่าง"


@dataclass
class Page:
    """A page of a preview, without a browser: the news that it gets, and the document that it would show."""

    url: str
    answer: http.client.HTTPResponse

    @classmethod
    def open(cls, url: str) -> Page:
        address = urlsplit(url)
        connection = http.client.HTTPConnection(address.netloc, timeout=120)
        connection.request("GET", f"{address.path}events?{address.query}")
        return cls(url, connection.getresponse())

    def until(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first news that is so."""
        until = time.monotonic() + 200
        message: dict[str, Any] = {}
        for line in self.answer:
            if time.monotonic() > until:
                pytest.fail(f"waited in vain, after: {message}")
            if line.startswith(b"data: "):
                message = json.loads(line.removeprefix(b"data: "))
                if condition(message):
                    return message
        pytest.fail("the preview has ended")

    def document(self) -> str:
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(address.netloc, timeout=60)
        connection.request("GET", f"{address.path}document?{address.query}")
        return connection.getresponse().read().decode("utf-8")


@dataclass
class Running:
    """A preview that runs, in a session of its own as in a terminal."""

    project: Project
    process: subprocess.Popen[str]
    page: Page
    children: list[psutil.Process]

    def stop(self) -> str:
        """Press Ctrl-C; what was printed since."""
        os.killpg(self.process.pid, signal.SIGINT)
        assert self.process.stdout is not None
        printed = self.process.stdout.read()
        assert self.process.wait(timeout=60) == 0, printed
        return printed


@contextlib.contextmanager
def previewed(project: Project, phase: str) -> Iterator[Running]:
    """A preview that has come to a phase."""
    environment = Environment(project.root)
    environment.stamp.write_text(environment.source, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "paper.py", "preview", "--no-open"],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=(lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) if os.name == "posix" else None,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/\S+", line)
    assert found, line + process.stdout.read()
    page = Page.open(found[0])
    page.until(lambda news: news["phase"] == phase)
    yield Running(project, process, page, psutil.Process(process.pid).children(recursive=True))
    for child in psutil.Process(process.pid).children(recursive=True) if process.poll() is None else ():
        child.kill()
    process.kill()
    process.communicate()


@pytest.fixture
def running(small: Project, tmp_path: Path) -> Iterator[Running]:
    with previewed(small.copy(tmp_path), "ready") as running:
        yield running


@pytest.fixture
def building(small: Project, tmp_path: Path) -> Iterator[Running]:
    """A preview that begins with a build, since the data were changed before."""
    project = small.copy(tmp_path)
    project.replace("data/raw/small/codebook.csv", ",ทัศนคติเชิงบวก,", ",ทัศนคติเชิงสร้างสรรค์,")
    with previewed(project, "building") as running:
        yield running


def results(root: Path) -> dict[str, bytes]:
    """Everything below results/, by its path."""
    return {path.as_posix(): path.read_bytes() for path in (root / "results").rglob("*") if path.is_file()}


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as POSIX systems send it")
def test_a_preview_follows_what_is_saved_and_leaves_nothing(running: Running) -> None:
    project, page = running.project, running.page
    before = results(project.root)
    assert before  # the study was built before

    # A change of prose is on the page, and nowhere in results/.
    project.replace(ARTICLE, "การศึกษานี้สัมภาษณ์", f"{SENTENCE} การศึกษานี้สัมภาษณ์")
    page.until(lambda news: news["version"] == 2)
    text = page.document()
    assert SENTENCE in text
    assert "A preview while writing, not the built article" in text
    assert results(project.root) == before

    # What is wrong is told with file and line, and the last good version stays.
    project.replace(ARTICLE, SENTENCE, "{{< value no.such.value >}}")
    news = page.until(lambda news: bool(news["problems"]))
    (problem,) = news["problems"]
    assert problem["file"] == ARTICLE
    assert re.match(r"Line \d+$", problem["place"][0])
    assert re.match(r"บรรทัดที่ \d+$", problem["place"][1])
    assert news["version"] == 2
    assert SENTENCE in page.document()
    project.replace(ARTICLE, "{{< value no.such.value >}}", SENTENCE)
    page.until(lambda news: news["phase"] == "ready" and not news["problems"])

    # A change of data waits for a build of somebody else, and is built then; no manifest is left that would tell of it.
    with alone(project.root):
        project.replace("data/raw/small/codebook.csv", ",ทัศนคติเชิงบวก,", ",ทัศนคติเชิงสร้างสรรค์,")
        page.until(lambda news: news["phase"] == "waiting")
        assert results(project.root) == before
    news = page.until(lambda news: news["phase"] == "ready")
    assert news["version"] >= 2
    assert "ทัศนคติเชิงสร้างสรรค์" in page.document()
    documents = [path for path in before if re.search(r"/article\.(th|en)\.\w+$", path)]
    assert documents
    after = results(project.root)
    assert {path: after[path] for path in documents} == {path: before[path] for path in documents}
    assert not any(path.endswith("manifest.csv") for path in after)

    # Ctrl-C ends it, and nothing of it is left.
    own = list((project.root / ".snakemake").glob("preview-*"))
    assert len(own) == 1
    printed = running.stop()
    assert "The preview has ended." in printed
    assert "ปิดการแสดงตัวอย่างแล้ว" in printed
    assert "Traceback" not in printed
    assert all(is_gone(child) for child in running.children)
    assert not own[0].exists()
    assert page.until(lambda news: news["phase"] == "ended")
    with alone(project.root):  # the lock is free
        pass


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as POSIX systems send it")
def test_ctrl_c_during_a_build_leaves_no_process_and_no_half_written_file(building: Running) -> None:
    project, page = building.project, building.page
    page.until(lambda news: news["phase"] == "building" and any("]" in line for line in news["lines"]))
    children = psutil.Process(building.process.pid).children(recursive=True)
    assert any("thongthin.commands.build" in command(child) for child in children)
    printed = building.stop()
    assert "Stopping ..." in printed
    assert all(is_gone(child) for child in children)
    assert not [path for path in project.root.rglob("*.part") if ".venv" not in path.parts]
    assert not list((project.root / ".snakemake").glob("preview-*"))
    project.build("results/small/tables/values.csv")
