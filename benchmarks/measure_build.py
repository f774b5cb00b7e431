"""How long a build of the demonstration study takes, how much processor time and memory, and how many jobs it runs.

Run after set-up, with nothing else on the machine:  .venv/bin/python benchmarks/measure_build.py
With --cold, builds whose steps run alone are measured beside the others, and with --against COMMIT those of an earlier
state of the project (in this environment). They take turns, and the table shows how many times the seconds and the CPU
seconds of the first they take. The builds run in temporary copies of the project that borrow its packages; the project
itself is not touched. CPU seconds are those of all processes of a build (0 on Windows, which does not tell); with
--memory, the largest sum of their memory is shown, sampled ten times a second.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import openpyxl
import psutil

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "workflow")]
import project as of_today  # noqa: E402
from project import Project  # noqa: E402

from thongthin.commands.setup import Environment  # noqa: E402

STUDY = "khon-kaen"
WRONG, RIGHT = "ตามทันไหม", "ตามทันมัย"  # of the interviewer, for want of a mistake
EDITED = "ผู้สัมภาษณ์: ขอบคุณค่ะ\n"
SENTENCE = " ทั้งหมดนี้เป็นดังที่กล่าวมาแล้ว"
LONG = 200  # letters of a paragraph


@dataclass
class Measure:
    """One run: seconds, CPU seconds and peak memory (bytes) of all its processes, finished jobs."""

    seconds: float
    cpu: float
    memory: int
    jobs: int


def _memory(process: psutil.Process) -> int:
    total = 0
    try:
        for member in [process, *process.children(recursive=True)]:
            # Pages that processes share count once where the system tells them apart.
            info = member.memory_full_info() if sys.platform == "linux" else member.memory_info()
            total += getattr(info, "pss", info.rss)
    except psutil.Error:
        pass
    return total


def _jobs(project: Project) -> dict[str, int]:
    """Each job's benchmark file with the time it was written."""
    files = (project.root / "logs").rglob("benchmarks/*.tsv")
    return {path.as_posix(): path.stat().st_mtime_ns for path in files}


def _cpu() -> float:
    """CPU seconds of all processes that have ended as children of this one, or theirs."""
    times = os.times()
    return times.children_user + times.children_system


def build(project: Project, words: Sequence[str] = (), memory: bool = True) -> Measure:
    """Run `paper.py build` once and measure it."""
    before, cpu = _jobs(project), _cpu()
    began = time.perf_counter()
    with tempfile.TemporaryFile() as output:  # a pipe would fill, and hold up a build that prints much
        process = subprocess.Popen(
            [sys.executable, "paper.py", "build", *words],
            cwd=project.root,
            env={k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        peak, watched = 0, psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, _memory(watched)) if memory else 0
            time.sleep(0.1)
        seconds = time.perf_counter() - began
        if process.returncode:
            output.seek(0)
            sys.exit(output.read().decode("utf-8", "replace"))
    jobs = sum(before.get(path) != at for path, at in _jobs(project).items())
    return Measure(seconds, _cpu() - cpu, peak, jobs)


@contextlib.contextmanager
def earlier(commit: str) -> Iterator[ModuleType]:
    """The module `project` of an earlier state of the project, which makes copies of that state."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "state.tar")
        subprocess.run(["git", "archive", "-o", str(archive), commit], cwd=ROOT, check=True)
        subprocess.run(["tar", "-xf", str(archive), "-C", folder], check=True)
        spec = importlib.util.spec_from_file_location("project_then", Path(folder, "tests", "project.py"))
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        yield module


def ready(project: Project) -> None:
    """Have the launcher find that the set-up of a copy is done, with all that it does besides installing packages."""
    own = Environment(project.root)
    own.get_ahead()
    own.stamp.write_text(own.source, encoding="utf-8")


def measure(how: ModuleType, words: list[str], memory: bool) -> dict[str, Measure]:
    """A build of each kind, one after the other in one copy of the project that `how` makes."""
    with tempfile.TemporaryDirectory() as folder:
        project: Project = how.copy_project(Path(folder), STUDY)
        ready(project)
        edits: dict[str, Callable[[Path], None]] = {
            "full build": lambda root: None,
            "nothing to do": lambda root: None,
            "one sentence": write_sentence,
            "sentence taken back": take_sentence_back,
            "one corrected word": correct_interview,
            "one turn more": edit_interview,
            "one other code": change_code,
            "one changed answer": change_answer,
        }
        runs = {}
        for kind, edit in edits.items():
            edit(project.root)
            runs[kind] = build(project, words, memory)
        return runs


def write_sentence(root: Path) -> None:
    """Write a sentence more at the end of the first long paragraph of the Thai article."""
    article = root / "report" / STUDY / "article.th.qmd"
    lines = article.read_text(encoding="utf-8").split("\n")
    place = next(place for place, line in enumerate(lines) if len(line) > LONG and not set("{[|") & set(line))
    lines[place] += SENTENCE
    article.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def take_sentence_back(root: Path) -> None:
    """Take it out again."""
    article = root / "report" / STUDY / "article.th.qmd"
    article.write_text(article.read_text(encoding="utf-8").replace(SENTENCE, ""), encoding="utf-8", newline="\n")


def _interview(root: Path) -> Path:
    return sorted((root / "data" / "raw" / STUDY / "interviews").glob("*.txt"))[0]


def correct_interview(root: Path) -> None:
    """Spell a word of the interviewer otherwise, with as many letters; no number of the article changes."""
    text = _interview(root).read_text(encoding="utf-8")
    assert WRONG in text
    _interview(root).write_text(text.replace(WRONG, RIGHT, 1), encoding="utf-8", newline="\n")


def edit_interview(root: Path) -> None:
    """Let an interview end with one more turn; its coding stays, and all documents tell how long it is."""
    with _interview(root).open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(EDITED)


def change_code(root: Path) -> None:
    """Give a coded passage another code of the codebook."""
    file = next((root / "data" / "raw" / STUDY / "coding").glob("*.qdpx"))
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    project = next(name for name in members if name.endswith(".qde"))
    text = members[project].decode("utf-8")
    first, *others = re.findall(r'<CodeRef targetGUID="([^"]+)"', text)
    other = next(own for own in others if own != first)
    members[project] = text.replace(f'<CodeRef targetGUID="{first}"', f'<CodeRef targetGUID="{other}"', 1).encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def change_answer(root: Path) -> None:
    """Give one answer of the survey another value that stands in its column."""
    file = root / "data" / "raw" / STUDY / "survey" / "responses.xlsx"
    book = openpyxl.load_workbook(file)
    first, *others = [row[-1] for row in book.active.iter_rows(min_row=2)]
    first.value = next(own.value for own in others if own.value not in (None, first.value))
    book.save(file)


def show(label: str, rows: list[dict[str, Measure]], first: list[dict[str, Measure]]) -> None:
    """Print a line for each kind of build; at its end how many times the seconds and CPU seconds of `first` it took."""
    for kind in rows[0]:
        runs, others = [row[kind] for row in rows], [row[kind] for row in first]
        seconds, cpu = [run.seconds for run in runs], [run.cpu for run in runs]
        spread = f"({min(seconds):.1f}-{max(seconds):.1f})"
        line = f"{label:<14}{kind:<22}{statistics.median(seconds):>8.1f}{spread:>16}{statistics.median(cpu):>8.1f}"
        line += f"{max(run.memory for run in runs) / 1e6:>9.0f}{runs[-1].jobs:>6}"
        if rows is not first:
            line += f"{statistics.median(seconds) / statistics.median(run.seconds for run in others):>8.2f}"
            line += f"{statistics.median(cpu) / (statistics.median(run.cpu for run in others) or 1):>8.2f}"
        print(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=3, help="runs of each kind (default 3); the median is printed")
    parser.add_argument("--cold", action="store_true", help="builds whose steps run alone, too")
    parser.add_argument("--against", metavar="COMMIT", help="builds of an earlier state, too")
    parser.add_argument("--memory", action="store_true", help="measure memory, which itself takes processor time")
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        ways: dict[str, tuple[ModuleType, list[str]]] = {"now": (of_today, [])}
        if asked.cold:
            ways["now, cold"] = (of_today, ["--cold"])
        if asked.against:
            ways[asked.against[:12]] = (stack.enter_context(earlier(asked.against)), [])
        rows: dict[str, list[dict[str, Measure]]] = {label: [] for label in ways}
        for _ in range(asked.repeat):
            for label, (how, words) in ways.items():
                rows[label].append(measure(how, words, asked.memory))
    print(
        f"{'build of ' + STUDY:<36}{'seconds':>8}{'(min-max)':>16}{'CPU s':>8}{'peak MB':>9}{'jobs':>6}   times   times"
    )
    for label in rows:
        show(label, rows[label], rows["now"])


if __name__ == "__main__":
    main()
