"""The fingerprint changes with the code that a script runs, and with nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import amount
import pytest

from thongthin.flow import fingerprint as module
from thongthin.flow.fingerprint import Sources, Start, fingerprint, fingerprints, reached
from thongthin.present.catalogue import figures

SCRIPTS = Path(__file__).parents[3] / "workflow" / "scripts"

LIBRARY = '''"""A module."""
import math
from . import helper
from .helper import twice

LIMIT = 3  # the limit


def used(x):
    """What it does."""
    return twice(x) + LIMIT


def unused(x):
    return math.sqrt(x)
'''
HELPER = "FACTOR = 2\n\n\ndef twice(x):\n    return FACTOR * x\n\n\ndef thrice(x):\n    return 3 * x\n"
SCRIPT = "from thongthin.library import used\n\n\ndef step():\n    return used(1)\n"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "thongthin"
    folder.mkdir()
    for name, text in (("__init__", ""), ("library", LIBRARY), ("helper", HELPER)):
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    monkeypatch.setattr(module, "PACKAGE", folder)
    return folder


def hash_after(package: Path, name: str, old: str, new: str) -> str:
    """Fingerprint of the script after one replacement in a module (or, as "script", in the script itself)."""
    path = package.parent / "script.py" if name == "script" else package / f"{name}.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return hashed(package)


def hashed(package: Path) -> str:
    return fingerprint(package.parent / "script.py")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("library", "# the limit", "# another comment"),
        ("library", '"""What it does."""', '"""Said otherwise."""'),
        ("library", "twice(x) + LIMIT", "twice( x )  +  LIMIT"),
        ("library", "math.sqrt(x)", "math.cbrt(x)"),
        ("helper", "3 * x", "4 * x"),
        ("library", "import math\n", "import math\nimport json\n"),
    ],
    ids=["comment", "docstring", "formatting", "unused function", "unused function elsewhere", "unused import"],
)
def test_stays_the_same(package: Path, name: str, old: str, new: str) -> None:
    assert hashed(package) == hash_after(package, name, old, new)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("library", "twice(x) + LIMIT", "twice(x) - LIMIT"),
        ("library", "LIMIT = 3", "LIMIT = 4"),
        ("helper", "FACTOR * x", "x * FACTOR"),
        ("helper", "FACTOR = 2", "FACTOR = 5"),
        ("library", "LIMIT = 3", "print('on import')\nLIMIT = 3"),
        ("script", "used(1)", "used(2)"),
    ],
    ids=["function", "constant", "function of a function", "constant elsewhere", "on import", "script"],
)
def test_changes(package: Path, name: str, old: str, new: str) -> None:
    assert hashed(package) != hash_after(package, name, old, new)


@pytest.mark.parametrize(
    "script",
    [
        "import thongthin.helper\nf = thongthin.helper.thrice\n",
        "from thongthin import helper\nf = helper.thrice\n",
        "from thongthin import helper as h\nf = getattr(h, 'thrice')\n",
        "from thongthin.helper import *\n",
        "def f():\n    from thongthin.helper import thrice\n    return thrice\n",
        "from thongthin.library import helper\nf = helper.thrice\n",
    ],
    ids=["module", "from package", "as a value", "star", "inside a function", "through another module"],
)
def test_follows_every_kind_of_import(package: Path, script: str) -> None:
    (package.parent / "script.py").write_text(script, encoding="utf-8")
    assert hashed(package) != hash_after(package, "helper", "3 * x", "4 * x")


def test_after_an_edit_only_the_edited_module_is_taken_apart_again(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_apart: list[str] = []
    whole = module._taken_apart
    monkeypatch.setattr(module, "_taken_apart", lambda name, path: (taken_apart.append(name), whole(name, path))[1])
    scripts, kept = {"script": Start(package.parent / "script.py")}, package.parent / "kept.json"
    first = fingerprints(scripts, kept)
    assert sorted(taken_apart) == ["__script__", "thongthin", "thongthin.helper", "thongthin.library"]
    assert fingerprints(scripts, kept) == first == {"script": hashed(package)}
    taken_apart.clear()
    edited = hash_after(package, "helper", "FACTOR * x", "x * FACTOR")
    taken_apart.clear()
    assert fingerprints(scripts, kept) == {"script": edited} != first
    assert taken_apart == ["thongthin.helper"]


@pytest.mark.parametrize("damage", ["", "[]", '{"basis": ""}', "{"])
def test_a_damaged_record_of_modules_is_made_anew(package: Path, damage: str) -> None:
    scripts, kept = {"script": Start(package.parent / "script.py")}, package.parent / "kept.json"
    fingerprints(scripts, kept)
    whole = kept.read_bytes()
    kept.write_text(damage, encoding="utf-8")
    assert fingerprints(scripts, kept) == {"script": hashed(package)}
    assert kept.read_bytes() == whole


def test_a_module_that_was_added_counts_where_its_name_was_used(package: Path) -> None:
    scripts, kept = {"script": Start(package.parent / "script.py")}, package.parent / "kept.json"
    scripts["script"].script.write_text("from thongthin import later\n", encoding="utf-8")
    first = fingerprints(scripts, kept)
    (package / "later.py").write_text("x = 1\n", encoding="utf-8")
    assert fingerprints(scripts, kept) == {"script": hashed(package)} != first


def test_real_scripts_do_not_reach_each_others_methods() -> None:
    sources = Sources()
    modules = {
        name: {module for module, _ in reached(SCRIPTS / f"{name}.py", sources)}
        for name in ("measure_agreement", "compare_scales")
    }
    assert "thongthin.interviews.agreement" in modules["measure_agreement"]
    assert "thongthin.interviews.agreement" not in modules["compare_scales"]
    assert "thongthin.survey.comparisons" not in modules["measure_agreement"]


def test_a_figure_reaches_its_own_code_only() -> None:
    modules = {}
    for name in ("qca_xy", "themes_by_site"):
        own = figures()[name]
        modules[name] = {
            module for module, _ in reached(SCRIPTS / "draw_figure.py", found_by_name=[(own.module, own.name)])
        }
    assert "thongthin.present.figures.configurations" in modules["qca_xy"]
    assert "thongthin.present.figures.configurations" not in modules["themes_by_site"]
    assert "thongthin.present.figures.board" in modules["themes_by_site"]


def test_is_the_same_in_every_process() -> None:
    """Other processes see other hashes of strings and other addresses of objects."""
    step = 1 if amount.everything else amount.PART
    code = (
        "from pathlib import Path; from thongthin.flow.fingerprint import Start, fingerprints;"
        f"print(fingerprints({{p.stem: Start(p) for p in sorted(Path({str(SCRIPTS)!r}).glob('*.py'))[::{step}]}}))"
    )
    environments = [{**os.environ, "PYTHONPATH": str(SCRIPTS.parent), "PYTHONHASHSEED": seed} for seed in ("1", "2")]
    said = [subprocess.check_output([sys.executable, "-c", code], env=e, text=True) for e in environments]
    assert said[0] == said[1]
