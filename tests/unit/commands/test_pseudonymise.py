"""A copy of a study without the names in it: everywhere alike, with the coding in its place, and the key elsewhere."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from project import ROOT

from thongthin.basics.problems import Problems
from thongthin.commands import pseudonymise
from thongthin.commands.check import check_study
from thongthin.commands.pseudonymise import Replacing, moved, replaced
from thongthin.contract.privacy import Decision, Decisions

NAMES = {
    "นายกฤตวรันท์ ศรีกุดชุม": "ผู้บริหารคนหนึ่ง",
    "081-234-5678": "[โทรศัพท์]",
    "Somruedi Kaewnonsang": "[name]",
}


def decided(**texts: str) -> Decisions:
    return Decisions(decisions=[Decision(text=text, replace=instead) for text, instead in texts.items()])


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The demonstration, as if it were of the field, with three people named in its interviews, quotes and survey."""
    root = tmp_path / "project"
    raw = root / "data" / "raw" / "study"
    shutil.copytree(ROOT / "data" / "raw" / "khon-kaen", raw)
    shutil.copytree(ROOT / "config", root / "config")
    config = root / "config" / "config.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("khon-kaen", "study"), encoding="utf-8")
    study = raw / "study.yml"
    study.write_text(
        study.read_text(encoding="utf-8").replace("provenance: simulated", "provenance: field"), encoding="utf-8"
    )
    interview = raw / "interviews" / "P01.txt"
    text = interview.read_text(encoding="utf-8")
    said = "ครับ ผมเป็นนักวิชาการคอมพิวเตอร์"
    assert said in text
    planted = f"ครับ {'  '.join([*NAMES][:2])} Somruedi Kaewnonsang ผมเป็นนักวิชาการคอมพิวเตอร์"
    interview.write_text(text.replace(said, planted), encoding="utf-8")
    lines = ["decisions:", *(f'  - {{text: "{name}", replace: "{instead}"}}' for name, instead in NAMES.items())]
    (raw / "privacy.yml").write_text("\n".join([*lines, ""]), encoding="utf-8")
    monkeypatch.chdir(root)
    yield root


def test_the_copy_holds_the_study_without_the_names_and_the_key_is_outside(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pseudonymise.main(["study", "--key", str(tmp_path / "keys")]) == 0, capsys.readouterr().out
    copy = project / "data" / "raw" / f"study{pseudonymise.SUFFIX}"
    every = "\n".join(p.read_text(encoding="utf-8", errors="replace") for p in sorted(copy.rglob("*")) if p.is_file())
    assert not [name for name in NAMES if name in every]
    assert all(instead in every for instead in NAMES.values())
    key = pd.read_csv(tmp_path / "keys" / "study.key.csv")
    assert dict(zip(key["text"], key["places"], strict=True)) == dict.fromkeys(NAMES, 1)
    before, after = dict[str, pd.DataFrame](), dict[str, pd.DataFrame]()
    problems = Problems()
    check_study(project, "study", problems, found=before)
    check_study(project, copy.name, problems, found=after)
    assert [p for p in problems.found if copy.name in p.file and "report/" not in p.file] == []
    assert len(before["codings"]) == len(after["codings"]) > 200
    texts = after["transcripts"].set_index("participant_id")["text"]
    assert all(texts[c.participant_id][c.start : c.end] == c.text for c in after["codings"].itertuples())
    columns = ["participant_id", "code_id", "coder", "text"]
    others = [frame[frame["participant_id"] != "P01"][columns] for frame in (before["codings"], after["codings"])]
    assert sorted(map(tuple, others[0].to_numpy())) == sorted(map(tuple, others[1].to_numpy()))


def test_a_key_within_the_project_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pseudonymise.main(["study", "--key", "data"]) == 1
    assert "may not lie in the project folder" in capsys.readouterr().out
    assert not (project / "data" / "raw" / f"study{pseudonymise.SUFFIX}").exists()


def test_nothing_decided_makes_no_copy(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.remove(project / "data" / "raw" / "study" / "privacy.yml")
    assert pseudonymise.main(["study", "--key", str(tmp_path / "keys")]) == 1
    assert "Nothing is to be replaced" in capsys.readouterr().out


def test_longer_texts_are_replaced_before_the_shorter_ones_within_them() -> None:
    replacing = Replacing(decided(**{"สมชาย": "ก", "สมชาย ใจดี": "ข"}))
    assert replacing.text("สมชาย  ใจดี กับ สมชาย") == "ข กับ ก"


@pytest.mark.parametrize(
    ("position", "end", "new"), [(0, False, 0), (4, False, 4), (5, False, 4), (5, True, 6), (8, True, 6), (9, False, 7)]
)
def test_places_move_with_the_texts(position: int, end: bool, new: int) -> None:
    text, pieces = "abcdEFGHij", [(4, 8, "xy")]
    assert replaced(text, pieces) == "abcdxyij"
    assert moved(pieces)(position, end) == new
