"""Which files of a project go into the package of a study, and what is known of the study and of its making."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from thongthin.basics.records import records
from thongthin.contract.tables import read_cells
from thongthin.present.evidence.audience import Audience

Plain = dict[str, Any]

# The code: what a build runs, and what tells of it.
CODE_FILES = (
    *("paper.py", "Snakefile", "LICENSE", "pyproject.toml", "requirements.lock", "requirements-build.lock"),
    *("config/config.yml", "report/_quarto.yml"),
)
CODE_FOLDERS = (
    *(
        "workflow",
        "profiles/default",
        "notebooks",
        "tests/results",
        "report/_extensions",
        "report/styles",
        "config/schema",
    ),
    "docs",
)
# Of the study: everything in the open package, of which the results have what is only made on the way left out.
_WORKING_COPY, _PUBLIC = "working_copy", "public"
_LITTER = (".", "~$")


@dataclass(frozen=True)
class Package:
    """The package of a study.

    Args:
        root: the project folder.
        study: name of the study, which is built (and published, for the public package).
        audience: whom the package is for.
        described: what study.yml says.
        record: made_from.json.
        written_on: the date of the study, which stands for the day of the package.
        changed: code and settings that are not those of the build.
    """

    root: Path
    study: str
    audience: Audience
    described: Plain
    record: Plain
    changed: tuple[str, ...] = ()

    @property
    def results(self) -> str:
        """The folder of the results in the package."""
        return f"results/{self.study}" + ("" if self.audience == "open" else f"/{_PUBLIC}")

    @property
    def title(self) -> Mapping[str, str]:
        return _both(self.described.get("title"))

    @property
    def authors(self) -> list[Plain]:
        """The authors: `name` in both languages, and what else study.yml says of them."""
        return [{**own, "name": _both(own.get("name"))} for own in self.described.get("authors") or []]

    @property
    def date(self) -> str:
        return str(self.described.get("date") or "")

    @property
    def engine(self) -> str:
        """What rendered the documents, with its versions where a build has said them."""
        path = self.root / "results" / self.study / "article" / "engine.txt"
        return path.read_text(encoding="utf-8").strip() if path.is_file() else str(self.record["engine"])

    def locked(self, name: str) -> str:
        """The version of a package in the lock; "" if it is not there."""
        path = self.root / "requirements.lock"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        found = re.search(rf"^{re.escape(name)}==(\S+)", text, re.MULTILINE)
        return found[1] if found else ""

    def files(self) -> list[str]:
        """Paths of the files of the project that go into the package, sorted."""
        paths = {self.root / name for name in CODE_FILES}
        for folder in CODE_FOLDERS:
            paths.update((self.root / folder).rglob("*"))
        paths.update(self._of_study())
        found = (path.relative_to(self.root) for path in paths if path.is_file())
        return sorted(path.as_posix() for path in found if not _is_litter(path))

    def _of_study(self) -> Iterator[Path]:
        if self.audience == "public":
            yield from (self.root / self.results).rglob("*")
            return
        for folder in (
            f"data/raw/{self.study}",
            f"report/{self.study}",
            f"data/processed/{self.study}",
            "results/fonts",
        ):
            yield from (self.root / folder).rglob("*")
        for path in (self.root / self.results).rglob("*"):
            parts = path.relative_to(self.root / self.results).parts
            if not {_WORKING_COPY, _PUBLIC} & {*parts}:
                yield path

    @cached_property
    def exhibits(self) -> list[dict[str, str]]:
        """The exhibits of the documents, as `list_exhibits` lists them."""
        frame = read_cells(self.root / self.results / "exhibits.csv")
        return [{str(k): str(v) for k, v in own.items()} for own in records(frame)]

    @cached_property
    def took(self) -> dict[str, tuple[float, float]]:
        """Rule -> seconds, and most memory in MB, of the build; of a rule that ran several times, all together."""
        found: dict[str, tuple[float, float]] = {}
        for path in sorted((self.root / "logs" / self.study / "benchmarks").rglob("*.tsv")):
            rule = path.relative_to(self.root / "logs" / self.study / "benchmarks").parts[0].removesuffix(".tsv")
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file, delimiter="\t"):
                    seconds, memory = found.get(rule, (0.0, 0.0))
                    found[rule] = (seconds + _number(row["s"]), max(memory, _number(row["max_rss"])))
        return found

    def documents(self) -> list[str]:
        """The documents, sorted."""
        names = [name for name in self.files() if name.startswith(f"{self.results}/")]
        return [name for name in names if name.count("/") == self.results.count("/") + 1 and _is_document(Path(name))]

    def tables(self) -> list[str]:
        """The result tables, sorted."""
        return [n for n in self.files() if n.startswith(f"{self.results}/tables/") and n.endswith(".csv")]


def package_of(root: Path, study: str, audience: Audience) -> Package:
    """The package of a study that is built.

    Raises:
        OSError: it is not.
    """
    record = json.loads((root / "results" / study / "made_from.json").read_text(encoding="utf-8"))
    return Package(root, study, audience, dict(record["study.yml"]), record)


def _is_document(path: Path) -> bool:
    return path.name.split(".")[0] in ("article", "supplement") and path.suffix in (".html", ".pdf", ".docx")


def _is_litter(path: Path) -> bool:
    return "__pycache__" in path.parts or any(part.startswith(_LITTER) for part in path.parts)


def _both(name: Any) -> dict[str, str]:
    """A text in both languages, of which one may stand for the other."""
    if not isinstance(name, Mapping):
        return {"th": str(name or ""), "en": str(name or "")}
    th, en = str(name.get("th") or ""), str(name.get("en") or "")
    return {"th": th or en, "en": en or th}


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
