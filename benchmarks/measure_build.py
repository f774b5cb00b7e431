"""How long a build of the demonstration study takes, how much memory it needs, and how many jobs it runs.

Run after set-up, with nothing else on the machine:  .venv/bin/python benchmarks/measure_build.py
The builds run in a temporary copy of the project that borrows its packages; the project itself is not touched. Memory
is the largest sum over all processes of a build, sampled ten times a second.
"""

from __future__ import annotations

import argparse
import os
import runpy
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from project import Project, copy_project  # noqa: E402

STUDY = "khon-kaen"
EDITED = "ผู้สัมภาษณ์: ขอบคุณค่ะ\n"


@dataclass
class Measure:
    """One run: seconds, peak memory of all its processes in bytes, finished jobs."""

    seconds: float
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


def build(project: Project) -> Measure:
    """Run `paper.py build` once and measure it."""
    before = _jobs(project)
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "paper.py", "build"],
        cwd=project.root,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    peak, watched = 0, psutil.Process(process.pid)
    while process.poll() is None:
        peak = max(peak, _memory(watched))
        time.sleep(0.1)
    seconds = time.perf_counter() - began
    if process.returncode:
        assert process.stdout
        sys.exit(process.stdout.read().decode("utf-8", "replace"))
    return Measure(seconds, peak, sum(before.get(path) != at for path, at in _jobs(project).items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=3, help="runs of each kind (default 3); the median is printed")
    repeat = parser.parse_args().repeat
    rows: dict[str, list[Measure]] = {"full build": [], "nothing to do": [], "one edited interview": []}
    for _ in range(repeat):
        with tempfile.TemporaryDirectory() as folder:
            project = copy_project(Path(folder), STUDY)
            launcher = runpy.run_path(str(project.root / "paper.py"))
            launcher["STAMP"].write_text(launcher["stamp"](), encoding="utf-8")  # set-up is done
            rows["full build"].append(build(project))
            rows["nothing to do"].append(build(project))
            interview = sorted((project.root / "data" / "raw" / STUDY / "interviews").glob("*.txt"))[0]
            with interview.open("a", encoding="utf-8", newline="\n") as stream:
                stream.write(EDITED)
            rows["one edited interview"].append(build(project))
    print(f"{'build of ' + STUDY:<24}{'seconds':>10}{'(min-max)':>16}{'peak MB':>10}{'jobs':>6}")
    for name, runs in rows.items():
        seconds = [run.seconds for run in runs]
        spread = f"({min(seconds):.1f}-{max(seconds):.1f})"
        memory = max(run.memory for run in runs) / 1e6
        print(f"{name:<24}{statistics.median(seconds):>10.1f}{spread:>16}{memory:>10.0f}{runs[-1].jobs:>6}")


if __name__ == "__main__":
    main()
