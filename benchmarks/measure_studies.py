"""Many studies at once, as when a dozen provinces are built together: copies of the demonstration study.

Run after set-up:  .venv/bin/python benchmarks/measure_studies.py [--studies 12] [--keep FOLDER]
The CPU seconds of all of them together stand beside those of one built alone: what each further study costs, planning
included. The builds run in temporary copies of the project that borrow its packages.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from pathlib import Path

from measure_build import STUDY, Measure, build, ready
from project import Project, copy_project


def project_of(folder: Path, studies: int) -> Project:
    """A copy of the project that has so many copies of the demonstration study in place of it."""
    project = copy_project(folder, STUDY)
    names = [f"province-{number:02}" for number in range(1, studies + 1)]
    for part in ("data/raw", "report"):
        for name in names:
            shutil.copytree(project.root / part / STUDY, project.root / part / name)
        shutil.rmtree(project.root / part / STUDY)
    config = project.root / "config" / "config.yml"
    text = config.read_text(encoding="utf-8")
    project.write("config/config.yml", re.sub(r"^studies: .*$", f"studies: [{', '.join(names)}]", text, flags=re.M))
    ready(project)
    return project


def measure(studies: int, words: list[str]) -> dict[str, Measure]:
    """A first build of so many studies, and one after it that has nothing to do."""
    with tempfile.TemporaryDirectory() as folder:
        project = project_of(Path(folder), studies)
        return {kind: build(project, words, memory=False) for kind in ("full build", "nothing to do")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--studies", type=int, default=12, help="how many (default 12)")
    parser.add_argument("--repeat", type=int, default=1, help="rounds; the median counts")
    asked = parser.parse_args()
    rows = {studies: measure(studies, []) for studies in (1, asked.studies)}
    print(f"{'studies':>8}  {'':<16}{'seconds':>9}{'CPU s':>9}{'jobs':>7}{'times one':>11}")
    for studies, row in rows.items():
        for kind, run in row.items():
            times = run.cpu / rows[1][kind].cpu
            print(f"{studies:>8}  {kind:<16}{run.seconds:>9.1f}{run.cpu:>9.1f}{run.jobs:>7}{times:>11.2f}")


if __name__ == "__main__":
    main()
