"""What is checked of a change, and that the checks are the same wherever they are made."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

from tools import changed

ROOT = Path(__file__).parents[3]


def test_tests_of_a_module_are_those_of_its_room_that_reach_it() -> None:
    tests = changed.tests_of(["workflow/thongthin/statistics/proportions.py"])
    assert "tests/unit/statistics/test_proportions.py" in tests
    assert "tests/unit/statistics/test_corrections.py" not in tests, "it does not reach that module"
    assert not [name for name in tests if "/survey/" in name], "no module of that room changed"
    assert changed.ALWAYS in tests


def test_a_module_that_is_reached_through_others_counts_too() -> None:
    """`mean_tests` takes its intervals from `noncentral`."""
    tests = changed.tests_of(["workflow/thongthin/statistics/noncentral.py"])
    assert {"tests/unit/statistics/test_noncentral.py", "tests/unit/statistics/test_mean_tests.py"} <= set(tests)


def test_other_files_have_their_tests() -> None:
    assert "tests/unit/test_paper.py" in changed.tests_of(["paper.py"])
    assert "tests/unit/test_environment.py" in changed.tests_of(["requirements-test.lock"])
    assert "tests/unit/survey/test_scales.py" in changed.tests_of(["tests/unit/survey/test_scales.py"])
    tests = changed.tests_of(["workflow/rules/survey.smk", "tests/unit/flow/test_steps.py"])
    assert tests == ["tests/unit/flow", "tests/unit/tools"], "a test is not run twice"
    assert all((ROOT / name).exists() for name in changed.OTHERS.values())


def test_no_test_is_looked_for_of_what_is_not_there() -> None:
    assert changed.tests_of(["docs/methods.md", "LICENSE"]) == [changed.ALWAYS]


def test_hooks_the_suite_and_the_checks_of_a_change_run_the_same_commands() -> None:
    suite = set(
        re.findall(
            r'^        \("([^"]+)", ', (ROOT / "tests/unit/test_code_style.py").read_text(encoding="utf-8"), re.M
        )
    )
    assert len(suite) == 4
    assert {" ".join(command) for command in changed.checks(["workflow/Snakefile"])[:-1]} == suite
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    assert {hook["entry"].removeprefix("python3 tools/run.py ") for hook in hooks if hook["id"] != "house"} == suite


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## (\S+) \((.+)\)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert project["version"] == str(cited["version"]) == newest[1]
    assert newest[2] in ("unreleased", str(cited["date-released"]))
