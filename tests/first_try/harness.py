"""From `new-study` to a finished article, as a person goes: the commands, the files copied as they are, what is typed.

What is typed is data (`Typed`), so that it can be counted: lines of study.yml, and cells of tables. Nothing else is
written by hand, and no exported file is touched.
"""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from project import Project

from thongthin.commands import check, describe_coding, describe_survey, new_study
from thongthin.commands.study_files import Kind


@dataclass(frozen=True)
class Typed:
    """What a person types.

    Attributes:
        lines: of study.yml, those of one key together; they take the place of what the new file has of that key. A line
            that begins with spaces is one of the draft, whose # is taken away, or else comes below `survey:`.
        cells: by table: the id of the row (what stands in its first column), the column, and the content.
    """

    lines: Sequence[str]
    cells: Mapping[str, Sequence[tuple[str, str, str]]] = field(default_factory=dict)

    @property
    def counted(self) -> str:
        """How much it is, as a sentence."""
        return f"files typed {self.files}, lines {self.number_of_lines}, cells {self.number_of_cells}"

    @property
    def files(self) -> int:
        return 1 + len(self.cells)

    @property
    def number_of_lines(self) -> int:
        return sum(len(entry.splitlines()) for entry in self.lines)

    @property
    def number_of_cells(self) -> int:
        return sum(map(len, self.cells.values()))


@dataclass(frozen=True)
class FirstTry:
    """A study as somebody brings it.

    Attributes:
        files: what is copied into the folder of the study, by path in it.
        faults: what of it readers stumble over, for people to read.
        coded: participant, coder, passage, name of the code: all that must come out.
        participants: how many there are.
        survey: the file of responses in survey/, if there is one.
        kind: what `new-study` is told that the study is.
        answered: by item of the survey, how many answered it, and the sum of the points or amounts that they gave.
    """

    name: str
    tool: str
    files: Mapping[str, bytes]
    typed: Typed
    faults: tuple[str, ...]
    coded: frozenset[tuple[str, str, str, str]]
    participants: int
    survey: str = ""
    kind: Kind = "mixed"
    answered: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Prepared:
    """A study in its project folder: what the commands printed, and whether the check passed."""

    said: Mapping[str, str]
    checked: bool


def prepare(root: Path, study: FirstTry) -> Prepared:
    """Take a study through every step before the build, in the project folder `root`."""
    folder = root / "data" / "raw" / study.name
    with contextlib.chdir(root):
        said = {"new-study": _run(new_study.main, study.name, f"--{study.kind}")[1]}
        for path, content in study.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        if study.kind != "survey":
            said["describe-coding"] = _run(describe_coding.main, "--study", study.name, "--drafts")[1]
        if study.survey:
            file = folder / "survey" / study.survey
            said["describe-survey"] = _run(describe_survey.main, str(file), "--drafts", str(folder))[1]
        _type(folder, study.typed)
        code, said["check"] = _run(check.main, study.name)
    return Prepared(said, code == 0)


# What holds of a study of which only this was asked for: all but the tests of the page of evidence.
TESTED = [f"tests/results/test_result_{of}.py" for of in ("document", "shown", "tables")]


def asked_of(project: Project, name: str, *, whole: bool) -> list[str]:
    """What a build of a study is asked for: all of it, or its articles and exports, and every table.

    A whole study has notebooks, the checks of its results and the manifest besides.
    """
    results = f"results/{name}"
    if whole:
        return [f"{results}/manifest.csv"]
    tables = project.tables_of(name)
    coded = [f"{results}/coding/coding.qdpx"] if f"data/processed/{name}/codings.csv" in tables else []
    return [f"{results}/article.th.html", f"{results}/article.en.html", *coded, *tables]


def _run(main: Callable[[list[str]], int], *words: str) -> tuple[int, str]:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = main(list(words))
    return code, printed.getvalue()


def _type(folder: Path, typed: Typed) -> None:
    path = folder / "study.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    for line in typed.lines:
        lines = list(_with_line(lines, line))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name, cells in typed.cells.items():
        table = folder / name
        with table.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
        for id_, column, content in cells:
            (row,) = [row for row in rows[1:] if row[0] == id_]
            row[rows[0].index(column)] = content
        with table.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(rows)


def _with_line(lines: Sequence[str], typed: str) -> Iterator[str]:
    """The lines of study.yml with one more; what the new file has of its key makes room, with what is below it."""
    if typed.startswith(" "):
        for line in lines:
            if line != f"#{typed}":
                yield line
            if line == (f"#{typed}" if f"#{typed}" in lines else "survey:"):
                yield typed
        return
    key, below, done = typed.partition(":")[0], False, False
    for line in lines:
        below = line.startswith(f"{key}:") or (below and line.startswith((" ", "#")) and bool(line.strip("# ")))
        if line.startswith(f"{key}:"):
            yield typed
            done = True
        elif not below:
            yield line
    if not done:
        yield typed
