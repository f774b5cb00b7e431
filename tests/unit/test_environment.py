"""The three lists of packages say the same: pyproject.toml (what is needed), requirements.lock, environment.yml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from thongthin.commands.setup import QUARTO

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
TEST_DEPENDENCIES = [Requirement(text) for text in PROJECT["dependency-groups"]["test"]]

# The conda packages without the parts that are not used here.
NAMES_ON_CONDA = {"snakemake-minimal": "snakemake", "matplotlib-base": "matplotlib"}


def locked() -> list[str]:
    """The entries of the lock, each in one line: `name==version ; marker --hash=sha256:...`."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    return [" ".join(line.split()) for line in text.splitlines() if line.strip() and not line.startswith("#")]


def conda() -> dict[str, SpecifierSet]:
    """The packages of environment.yml, those from PyPI among them, under their names on PyPI."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    texts = [text for entry in listed for text in (entry["pip"] if isinstance(entry, dict) else [entry])]
    found = [Requirement(text) for text in texts]
    return {NAMES_ON_CONDA.get(package.name, package.name): package.specifier for package in found}


def test_every_locked_package_has_a_version_and_hashes_and_no_address() -> None:
    entries = locked()
    assert len(entries) > 100
    entry = re.compile(r"[a-z0-9._-]+==[\w.!+]+( ; [^@]+?)?( --hash=sha256:[0-9a-f]{64})+")
    assert [line for line in entries if not entry.fullmatch(line)] == []
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_lock_satisfies_what_the_project_asks_for() -> None:
    versions: dict[str, list[str]] = {}
    for line in locked():
        name, version = line.split()[0].split("==")
        versions.setdefault(name, []).append(version)
    for package in DEPENDENCIES + TEST_DEPENDENCIES:
        assert package.name in versions, f"{package.name} is not in requirements.lock"
        for version in versions[package.name]:
            assert package.specifier.contains(version), f"requirements.lock has {package.name} {version}, not {package}"


def test_the_conda_environment_has_what_the_project_asks_for_in_the_same_versions() -> None:
    assert conda() == {
        **{package.name: package.specifier for package in DEPENDENCIES},
        "python": SpecifierSet(PROJECT["project"]["requires-python"]),
        "pip": SpecifierSet(),
        "quarto": Requirement(QUARTO).specifier,
    }
