"""The lists of packages say the same: pyproject.toml (what is needed), the locks, environment.yml."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from thongthin.commands.setup import QUARTO

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
GROUPS = PROJECT["dependency-groups"]
TEST_DEPENDENCIES = [Requirement(text) for text in GROUPS["test"] + GROUPS["docs"]]
SLURM_DEPENDENCIES = [Requirement(text) for text in GROUPS["slurm"]]
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-test.lock")
SLURM_LOCK = "requirements-slurm.lock"

# The conda packages without the parts that are not used here.
NAMES_ON_CONDA = {"snakemake-minimal": "snakemake", "matplotlib-base": "matplotlib"}


def locked(*locks: str) -> list[str]:
    """The entries of the locks, each in one line: `name==version ; marker --hash=sha256:...`."""
    text = "".join((ROOT / lock).read_text(encoding="utf-8") for lock in locks).replace("\\\n", " ")
    return [" ".join(line.split()) for line in text.splitlines() if line.strip() and not line.startswith("#")]


def conda() -> dict[str, SpecifierSet]:
    """The packages of environment.yml, those from PyPI among them, under their names on PyPI."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    texts = [text for entry in listed for text in (entry["pip"] if isinstance(entry, dict) else [entry])]
    found = [Requirement(text) for text in texts]
    return {NAMES_ON_CONDA.get(package.name, package.name): package.specifier for package in found}


def test_every_locked_package_has_a_version_and_hashes_and_no_address() -> None:
    entries = locked(*LOCKS, SLURM_LOCK)
    assert len(entries) > 100
    entry = re.compile(r"[a-z0-9._-]+==[\w.!+]+( ; [^@]+?)?( --hash=sha256:[0-9a-f]{64})+")
    assert [line for line in entries if not entry.fullmatch(line)] == []
    assert not [line for line in entries if "://" in line]


def versions(*locks: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in locked(*locks):
        name, version = line.split()[0].split("==")
        found.setdefault(name, []).append(version)
    return found


def test_the_locks_satisfy_what_the_project_asks_for() -> None:
    for packages, locks in (
        (DEPENDENCIES, LOCKS[:1]),
        (TEST_DEPENDENCIES, LOCKS),
        (SLURM_DEPENDENCIES, (LOCKS[0], SLURM_LOCK)),
    ):
        found = versions(*locks)
        for package in packages:
            assert package.name in found, f"{package.name} is not in {locks[-1]}"
            for version in found[package.name]:
                assert package.specifier.contains(version), f"locked is {package.name} {version}, not {package}"


def test_a_build_has_no_packages_that_only_tests_need() -> None:
    build, test = versions("requirements.lock"), versions("requirements-test.lock")
    # What a build needs on some machines only, tests may need on all: then in the same version.
    conditional = {line.split("==")[0] for line in locked("requirements.lock") if " ; " in line}
    assert not (set(build) - conditional) & set(test)
    assert all(build[name] == test[name] for name in set(build) & set(test))
    # Some of what tests use is what the packages of a build need themselves.
    assert {"mypy", "pytest-xdist", "ruff", "zensical"} <= {package.name for package in TEST_DEPENDENCIES} & set(test)


def test_the_one_source_package_is_one_of_the_lock_and_what_builds_it_is_locked() -> None:
    said = re.search(
        r'FROM_SOURCE = "(.+)"', (ROOT / "workflow/thongthin/commands/setup.py").read_text(encoding="utf-8")
    )
    assert said and said[1] in versions("requirements.lock")
    assert list(versions("requirements-build.lock")) == ["setuptools"]


def test_the_conda_environment_has_what_the_project_asks_for_in_the_same_versions() -> None:
    assert conda() == {
        **{package.name: package.specifier for package in DEPENDENCIES},
        "python": SpecifierSet(PROJECT["project"]["requires-python"]),
        "pip": SpecifierSet(),
        "quarto": Requirement(QUARTO).specifier,
    }


def test_the_results_are_checked_with_the_packages_of_a_build_alone(tmp_path: Path) -> None:
    """Not with those of the project's own tests, which `tests/conftest.py` asks for."""
    (tmp_path / "tests" / "results").mkdir(parents=True)
    (tmp_path / "tests" / "conftest.py").write_text("import a_package_of_the_tests\n", encoding="utf-8")
    (tmp_path / "tests" / "results" / "test_one.py").write_text("def test_one(): pass\n", encoding="utf-8")
    script = (
        "from check_subject import check_subject\n"
        "check_subject(study='small', tests=['tests/results'], checks='checks.txt')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(str(ROOT / "workflow" / part) for part in ("", "scripts"))},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "test_one" in (tmp_path / "checks.txt").read_text(encoding="utf-8")


def test_the_profile_of_a_cluster_keeps_what_the_default_one_says() -> None:
    profiles = {
        name: yaml.safe_load((ROOT / "profiles" / name / "config.yaml").read_text(encoding="utf-8"))
        for name in ("default", "slurm")
    }
    own = {key: value for key, value in profiles["default"].items() if key != "cores"}
    assert own.items() <= profiles["slurm"].items()
