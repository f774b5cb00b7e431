"""Studies of one strand: a survey alone, interviews alone, interviews that nobody has coded yet.

Each is made by `new-study`, filled with as little as it takes, and built with the articles as `new-study` wrote them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from project import ROOT, Project, copy_project
from studies import GROUP_QUESTION, ITEMS, PARTICIPANTS, SITE_QUESTION, STUDY, csv_text, responses, yaml_text
from studies import SEX_QUESTION, coding_rows, transcript

from thongthin.new_study import Kind, new_study

KEPT = ("title", "authors", "provenance", "date")


def fill(root: Path, name: str, kind: Kind, keys: dict[str, Any], files: dict[str, str]) -> None:
    """A new study of a kind, with keys added to what its study.yml holds, and with these files."""
    new_study(root, name, kind)
    folder = root / "data" / "raw" / name
    template = yaml.safe_load((folder / "study.yml").read_text(encoding="utf-8"))
    own = {**template, **{key: STUDY[key] for key in KEPT}, **keys}
    (folder / "study.yml").write_text(yaml_text(own), encoding="utf-8")
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")


def people(n: int = 6) -> dict[str, str]:
    """The table of the first participants, and their interviews."""
    own = PARTICIPANTS[:n]
    table = csv_text(["participant_id"], [row[:1] for row in own])
    return {"participants.csv": table, **{f"interviews/{row[0]}.txt": transcript(row[0]) for row in own}}


def survey(**more: Any) -> dict[str, Any]:
    left = {key: told for key, told in STUDY["survey"].items() if key not in ("site", "group")}
    return {"survey": {**left, **more}, "framework": STUDY["framework"]}


def survey_files(items: list[tuple[str, ...]] = ITEMS) -> dict[str, str]:
    header = ["item_id", "column", "construct", "text_th", "text_en", "scale", "reversed", "wave", "pair"]
    rows = [(i, th, c, th, en, "agree5", *rest) for i, c, th, en, *rest in items]
    return {"survey/items.csv": csv_text(header, rows), "survey/responses.csv": responses()}


CODEBOOK = csv_text(
    ["code_id", "label_en"],
    [("attitude_open", "Openness"), ("attitude_fear", "Fear"), ("skills", "Skills"), ("faster", "Faster service")],
)
CODING = csv_text(["participant", "start", "end", "code", "coder", "text"], coding_rows())
CONSENT = {"participants": {"consent": "all"}}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = copy_project(tmp_path_factory.mktemp("strands"))
    root = project.root
    fill(root, "survey-alone", "survey", survey(), survey_files())
    fill(
        root, "interviews-alone", "interviews", CONSENT, {**people(), "codebook.csv": CODEBOOK, "coding/c.csv": CODING}
    )
    fill(root, "uncoded", "interviews", CONSENT, people())
    config = yaml.safe_load((ROOT / "config" / "config.yml").read_text(encoding="utf-8"))
    config["analysis"]["agreement"]["replicates"] = config["analysis"]["saturation"]["orders"] = 50
    config |= {"formats": ["html"], "studies": ["survey-alone", "interviews-alone", "uncoded"]}
    project.write("config/config.yml", yaml.safe_dump(config, allow_unicode=True))
    project.build()
    return project


def test_built(project: Project) -> None:
    for name in ("survey-alone", "interviews-alone", "uncoded"):
        print(name)
        for folder in ("data/processed", "results"):
            print(
                *sorted(p.relative_to(project.root).as_posix() for p in (project.root / folder / name).rglob("*.*")),
                sep="\n",
            )
