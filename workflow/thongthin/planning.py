"""What the Snakefile needs to know before it can plan: the settings of each study, its files, the hash of each script.

Nothing is planned on wrong input: the configuration and all files of the studies are checked first, and every problem is
shown in one list. A check that passed is remembered with the state of the files (names, sizes, times) and of the code
that checked them, so that a build with nothing to do need not repeat it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from thongthin.files import write_text
from thongthin.fingerprint import fingerprint
from thongthin.problems import Problems, ProblemsFound
from thongthin.study import StudySettings, load_config, load_study

SCRIPTS = Path(__file__).parents[1] / "scripts"

# What office programs and operating systems leave behind in folders.
LITTER = ("~$", ".", "Thumbs.db", "desktop.ini")


def files_in(folder: Path, *suffixes: str) -> list[str]:
    """Files directly in `folder`, sorted by name, as paths with forward slashes; office litter is left out."""
    if not folder.is_dir():
        return []
    return sorted(
        path.as_posix()
        for path in folder.iterdir()
        if path.is_file() and not path.name.startswith(LITTER) and (not suffixes or path.suffix.lower() in suffixes)
    )


class Plan:
    """All studies of the configuration, checked, and where their files are.

    Raises:
        ProblemsFound: something is wrong with the configuration or a study; the message lists everything.
    """

    def __init__(self, root: Path = Path()) -> None:
        self.root = root
        problems = Problems()
        config = load_config(root, problems)
        settings = [load_study(root, name, config, problems) for name in config.studies] if config else []
        if problems.found:
            # The rest of the studies' files is checked as well, so that one list shows everything.
            self._check(config.studies if config else [], problems)
            raise ProblemsFound(problems)
        assert config is not None
        self.config = config
        self.studies: dict[str, StudySettings] = {s.name: s for s in settings if s}
        self._check_once(problems)

    def _check(self, studies: list[str], problems: Problems) -> None:
        from thongthin.check import check_study

        for name in studies:
            if (self.root / "data" / "raw" / name).is_dir():
                check_study(self.root, name, problems)

    def _check_once(self, problems: Problems) -> None:
        record = self.root / ".snakemake" / "thongthin-checked.json"
        state = self._state()
        if record.is_file() and record.read_text(encoding="utf-8") == state:
            return
        self._check(list(self.studies), problems)
        problems.raise_if_any()
        write_text(record, state)

    def _state(self) -> str:
        """Names, sizes and times of every input, and the code that checks them, as text."""
        inputs = [self.root / "config" / "config.yml"]
        for name in self.studies:
            for folder in (self.root / "data" / "raw" / name, self.root / "report" / name):
                inputs += sorted(path for path in folder.rglob("*") if path.is_file())
        entries = [(p.as_posix(), p.stat().st_size, p.stat().st_mtime_ns) for p in inputs]
        code = fingerprint(Path(__file__).with_name("check.py"))
        return json.dumps({"code": code, "inputs": entries}, ensure_ascii=False, indent=0)

    def choice(self, dotted: str) -> Callable[[Any], Any]:
        """An input function for Snakemake: a choice of the analysis of the job's study, by its dotted name."""
        return lambda wildcards: self.studies[wildcards.study].choice(dotted)

    def raw(self, study: str) -> Path:
        """The study folder."""
        return Path("data/raw") / study

    def table_file(self, study: str, stem: str) -> str:
        """A table of the study folder that may be .csv or .xlsx."""
        return next(iter(self.optional_table(study, stem)), f"data/raw/{study}/{stem}.csv")

    def optional_table(self, study: str, stem: str) -> list[str]:
        """The same for a table that a study may do without: no or one path."""
        return [p for p in files_in((self.raw(study) / stem).parent, ".csv", ".xlsx") if Path(p).stem == Path(stem).name]

    def interviews(self, study: str) -> list[str]:
        return files_in(self.raw(study) / "interviews", ".docx", ".txt", ".md")

    def coding(self, study: str) -> list[str]:
        return files_in(self.raw(study) / "coding", ".csv", ".xlsx")

    def article_sources(self, study: str) -> list[str]:
        return sorted(p.as_posix() for p in (Path("report") / study).rglob("*") if p.is_file())


@cache
def code_of(script: str) -> str:
    """Hash of the code that `workflow/scripts/<script>.py` runs, and of the locked versions it runs with."""
    lock = SCRIPTS.parents[1] / "requirements.lock"
    packages = hashlib.sha256(lock.read_bytes()).hexdigest()[:16] if lock.is_file() else ""
    return f"{fingerprint(SCRIPTS / f'{script}.py')}-{packages}"
