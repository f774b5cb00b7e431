"""The checks of a change, before it goes to others: `python3 paper.py test --changed [REVISION]`.

What changed is told by Git: since REVISION, or since the branch left `main`, with what is not committed yet. Looked at
are, of the whole project, what takes seconds (linter, formatters, types, the arrows of the house), and of the rooms
that were touched their unit tests: those that reach a changed module, and those that changed themselves. The whole
suite (`python3 paper.py test`) is what counts in the end.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Collection, Iterable
from pathlib import Path

from tools import house

ROOT = house.ROOT
TESTS = ROOT / "tests" / "unit"
# What else is tested by a file of its own: beginnings of paths -> tests.
OTHERS = {
    ("paper.py", "workflow/snakemake_logger_plugin_thongthin/"): "tests/unit/test_paper.py",
    ("pyproject.toml", "requirements", "environment.yml"): "tests/unit/test_environment.py",
    ("config/", "docs/data-dictionary.md"): "tests/unit/contract",
    ("benchmarks/",): "tests/unit/test_benchmarks.py",
    ("profiles/", "workflow/Snakefile", "workflow/rules/", "workflow/scripts/"): "tests/unit/flow",
    ("notebooks/", "report/"): "tests/unit/present",
}
ALWAYS = "tests/unit/tools"


def git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        sys.exit(f"Git cannot tell what changed: {done.stderr.strip()}\nGit บอกไม่ได้ว่ามีอะไรเปลี่ยน")
    return [line for line in done.stdout.split("\0" if "-z" in words else "\n") if line]


def changed_files(since: str | None) -> list[str]:
    """Paths of what changed and still stands, as Git writes them."""
    if since is None:
        has_main = subprocess.run(
            ["git", "rev-parse", "--verify", "-q", "main"], cwd=ROOT, capture_output=True, check=False
        )
        since = git("merge-base", "main", "HEAD")[0] if has_main.returncode == 0 else "HEAD"
    tracked = git("diff", "-z", "--name-only", "--diff-filter=d", since)
    return sorted({*tracked, *git("ls-files", "-z", "--others", "--exclude-standard")})


def reaching(modules: Iterable[str]) -> set[str]:
    """These modules and all that import one of them, directly or through others."""
    above: dict[str, set[str]] = {}
    for one in house.imports():
        above.setdefault(one.target, set()).add(one.source)
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += above.get(module, set())
    return found


def tests_of(changed: Collection[str]) -> list[str]:
    """The tests that concern a change, as words for pytest."""
    modules = {house.name_of(ROOT / p) for p in changed if p.startswith("workflow/thongthin/") and p.endswith(".py")}
    rooms = {house.room(module) for module in modules} - {""}
    concerned = reaching(modules)
    found = {ALWAYS}
    for path in (path for room in rooms for path in sorted((TESTS / room).glob("test_*.py"))):
        name = path.relative_to(ROOT).as_posix()
        if any(one.target in concerned for one in house.imports_of(path, name)):
            found.add(name)
    for beginnings, tests in OTHERS.items():
        if any(path.startswith(beginnings) for path in changed):
            found.add(tests)
    found |= {path for path in changed if path.startswith("tests/unit/") and Path(path).name.startswith("test_")}
    folders = {name for name in found if not name.endswith(".py")}
    return sorted(name for name in found if name in folders or name.rpartition("/")[0] not in folders)


def checks(changed: Collection[str]) -> list[list[str]]:
    """The commands to run, each as words for Python."""
    own = {"tests/unit/test_code_style.py"}  # which runs the same linters
    tests = [name for name in tests_of(changed) if name not in own]
    found = [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]]
    if any(path.endswith((".smk", "Snakefile")) for path in changed):
        found.append(["snakefmt", "--check", "workflow"])
    return [*found, ["pytest", "-q", "-n", "2", "--dist", "loadfile", *tests]]


def main(words: list[str]) -> int:
    changed = changed_files(words[0] if words else None)
    print(f"{len(changed)} changed files / ไฟล์ที่เปลี่ยน {len(changed)} ไฟล์", flush=True)
    failed = []
    for command in checks(changed):
        began = time.monotonic()
        print(f"\n{' '.join(command)}", flush=True)
        if subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode != 0:
            failed.append(command[0] if command[0] != "ruff" else " ".join(command[:2]))
        print(f"  {time.monotonic() - began:.0f} s", flush=True)
    if failed:
        print(f"\nNot yet / ยังไม่ผ่าน: {', '.join(failed)}")
        return 1
    print("\nAll well; the whole suite is: python3 paper.py test\nเรียบร้อย ชุดทดสอบทั้งหมดคือ: python3 paper.py test")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
