"""A build that is killed at any moment completes when it is started again, with the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from project import Project, copy_project
from studies import make_study


def hashes(project: Project) -> dict[str, str]:
    return {row["path"]: row["sha256"] for row in project.table("results/small/manifest.csv")}


@pytest.mark.skipif(sys.platform == "win32", reason="process groups and SIGKILL are POSIX")
def test_killed_builds_complete(small: Project, tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    make_study(project.root)
    kills = 0
    for seconds in (2.0, 3.1, 4.3, 5.7, 7.1):
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
            os.killpg(build.pid, signal.SIGKILL)
            kills += 1
        build.wait()
    assert kills >= 3, "the build was over before it could be killed"
    project.build()
    assert hashes(project) == hashes(small)
    assert not list((project.root / "results").rglob("*.part"))
