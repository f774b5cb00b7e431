"""What of code and settings is told to have changed since a build."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from thongthin.basics.problems import Problems
from thongthin.contract.loading import load_config, load_study
from thongthin.flow import since_built
from thongthin.flow.since_built import changed_code, changed_settings

ROOT = Path(__file__).parents[3]
STUDY = "khon-kaen"


def recorded() -> dict[str, Any]:
    """What a build with the settings that stand here would record."""
    config = load_config(ROOT, Problems(), [STUDY])
    assert config
    own = load_study(ROOT, STUDY, config, Problems())
    assert own
    return {
        "analysis": own.analysis.model_dump(),
        "config": config.model_dump(mode="json", exclude={"studies", "analysis"}),
    }


def test_settings_that_differ_are_named_and_others_are_not() -> None:
    record = recorded()
    assert list(changed_settings(ROOT, STUDY, record)) == []
    before = copy.deepcopy(record)
    before["analysis"]["comparison"]["significance"] = 0.01
    before["config"]["formats"] = ["html"]
    named = ["config/config.yml: analysis.comparison.significance", "config/config.yml: formats"]
    assert list(changed_settings(ROOT, STUDY, before)) == named
    assert list(changed_settings(ROOT, STUDY, {"analysis": before["analysis"]})) == named[:1], (
        "as earlier builds wrote it"
    )


def test_settings_that_cannot_be_read_are_named_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.yml").write_text("studies: [", encoding="utf-8")
    assert list(changed_settings(tmp_path, STUDY, recorded())) == ["config/config.yml"]


def test_code_that_differs_is_named_by_the_scripts_that_run_it(monkeypatch: pytest.MonkeyPatch) -> None:
    now = {"check": "1", "compare_scales": "2", "draw_figure qca_xy": "3", "new": "4", "same": "5"}
    monkeypatch.setattr(since_built, "codes", lambda: now)
    record = {"codes": {"check": "0", "compare_scales": "0", "draw_figure qca_xy": "0", "same": "5", "gone": "6"}}
    names = ["compare_scales.py", "draw_figure.py (qca_xy)", "gone.py", "new.py"]
    assert list(changed_code(record)) == [f"workflow/scripts/{name}" for name in names]
