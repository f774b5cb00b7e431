"""A build killed at any moment leaves no process, and completes when it is started again, with the same bytes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from amount import tried
from project import Project, copy_project
from studies import make_study

from thongthin.basics.environment import KEPT


def hashes(project: Project) -> dict[str, str]:
    return {row["path"]: row["sha256"] for row in project.table("results/small/manifest.csv")}


def still_there(project: Project, group: int) -> list[psutil.Process]:
    """Processes that a build has left: of its group, or at work in the folder of the project."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            here = process.cwd().startswith(str(project.root)) or os.getpgid(process.pid) == group
            if here and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="process groups and SIGKILL are POSIX")
def test_killed_builds_complete(small: Project, tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    make_study(project.root)
    kills = 0
    # All processes at once, as when a machine goes down, or Snakemake's alone, as for lack of memory.
    moments = [(2.0, os.kill), (3.1, os.killpg), (4.3, os.kill), (5.7, os.kill), (7.1, os.killpg)]
    for seconds, kill in moments[: tried(len(moments), least=3)]:
        build = subprocess.Popen(
            project.command(),
            cwd=project.root,
            env=project.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(seconds)
        if build.poll() is None:
            kill(build.pid, signal.SIGKILL)
            kills += 1
        build.wait()
        until = time.monotonic() + 20
        while left := still_there(project, build.pid):
            assert time.monotonic() < until, left
            time.sleep(0.1)
    assert kills >= 2, "the build was over before it could be killed"
    # What is far behind the tables need not be computed, if it is to be made from the same.
    kept = Path(KEPT) / "small"
    for answers in (small.root / kept).iterdir():
        if answers.is_dir() and answers.name.startswith(
            ("run_notebook", "write_evidence", "check_", "render_document")
        ):
            shutil.copytree(answers, project.root / kept / answers.name, dirs_exist_ok=True)
    project.build()
    assert hashes(project) == hashes(small)
    assert not list((project.root / "results").rglob("*.part"))
