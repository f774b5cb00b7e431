"""What an article can show by name: its tables and figures, each declared where it is made.

A function of a module in `present/tables` or `present/figures` that carries `@made_from(...)` makes the table or figure
of its name. The declarations are read from the source and nothing is run for it: planning asks for the names, and what
each is made from, on every start, and importing all that draws would take a second each time.

A table or figure applies to a study if the tables that it is made from have rows; where one has none, `why_not` says
what the study lacks. The lists in docs/article-format.md, and in the same guide in Thai, are written by
`python -m thongthin.present.catalogue`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from thongthin.basics.files import write_text
from thongthin.basics.language import Language
from thongthin.contract.tables import TABLES
from thongthin.present.labels import Tables

HERE = Path(__file__).parent
DOCS = HERE.parents[2] / "docs"
DOCUMENTS: dict[Language, Path] = {"en": DOCS / "article-format.md", "th": DOCS / "th" / "article-format.md"}
# What stands between these lines of a document is made from the declarations.
BEGIN, END = "<!-- what can be shown: made by python -m thongthin.present.catalogue -->", "<!-- up to here -->"

# A declaration up to the end of the first line of what the function says of itself.
_DECLARATION = re.compile(r'^@made_from\(.*?^def .*?"""[^"\n]*', re.MULTILINE | re.DOTALL)

Maker = TypeVar("Maker", bound=Callable[..., Any])


def made_from(
    *sources: str, also: tuple[str, ...] = (), needs: tuple[str, ...] = (), th: str
) -> Callable[[Maker], Maker]:
    """Declare that a function makes the article table or the figure of its name.

    Args:
        sources: names of the tables that it is made from; all of them must have rows.
        also: further tables that it reads, as far as the study has them.
        needs: of a figure: choices of the analysis by their dotted names, given to the function by the last part of
            the name; "constructs" stands for their labels, "outcomes" for the ids of those that are. (Tables get all
            choices: they are made in one step.)
        th: what it shows, in Thai; in English the first line of the docstring says it.

    All arguments are written out in the source, where `declared` reads them.
    """
    return lambda maker: maker


@dataclass(frozen=True)
class Shown:
    """An article table or a figure: what it is called, which function makes it, and from what (see `made_from`).

    Attributes:
        module: where the function stands.
        about: what it shows, the first line of the function's docstring.
        th: the same in Thai.
    """

    name: str
    module: str
    about: str
    th: str
    sources: tuple[str, ...]
    also: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def reads(self) -> tuple[str, ...]:
        """Every table that the function may look at."""
        return (*self.sources, *self.also)

    @property
    def of_a_model(self) -> bool:
        """Whether it shows one model: of one of the `models` of study.yml, its name has the model's id behind it."""
        return any(column.name == "model_id" for source in self.sources for column in TABLES[source].columns)

    def maker(self) -> Callable[..., Any]:
        """The function itself, with what it imports."""
        found: Callable[..., Any] = getattr(import_module(self.module), self.name)
        return found


def declared(path: Path, module: str) -> list[Shown]:
    """What the functions of a source file are declared to make, in their order."""
    found = []
    # The declarations alone are parsed: with what the functions do, it would take five times as long.
    heads = (f'{head}"""\n' for head in _DECLARATION.findall(path.read_text(encoding="utf-8")))
    for node in (node for node in ast.parse("".join(heads)).body if isinstance(node, ast.FunctionDef)):
        for call in node.decorator_list:
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == made_from.__name__:
                about = (ast.get_docstring(node) or "").partition("\n")[0]
                sources = tuple(ast.literal_eval(argument) for argument in call.args)
                more = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords}
                found.append(Shown(node.name, module, about, sources=sources, **more))
    return found


def _of(folder: str) -> dict[str, Shown]:
    paths = sorted((HERE / folder).glob("*.py"))
    shown = [own for path in paths for own in declared(path, f"{__package__}.{folder}.{path.stem}")]
    return {own.name: own for own in shown}


def beforehand() -> None:
    """Read the declarations (see `basics.warm_server`)."""
    article_tables()
    figures()


@cache
def article_tables() -> dict[str, Shown]:
    """The article tables by name."""
    return _of("tables")


@cache
def figures() -> dict[str, Shown]:
    """The figures by name."""
    return _of("figures")


def table_of(name: str) -> tuple[str, str]:
    """The name of an article table without the model that stands behind a hyphen, and the id of that model, or ""."""
    table, _, model = name.partition("-")
    known = article_tables().get(table)
    return (table, model) if known and known.of_a_model else (name, "")


def why_not(shown: Shown, filled: Collection[str]) -> tuple[str, str] | None:
    """Why something cannot be shown, in English and in Thai; None if it can.

    Args:
        filled: names of the tables that have rows.
    """
    return next((TABLES[source].lacking for source in shown.sources if source not in filled), None)


def filled(tables: Tables) -> set[str]:
    """Names of the tables that have something to show: rows, and not all of them counting nobody."""
    names = set()
    for name, frame in tables.items():
        counts = [frame[column].tolist() for column in ("n", "denominator") if column in frame]
        if len(frame) and (not counts or any(n == n and n > 0 for own in counts for n in own)):
            names.add(name)
    return names


# The headings of the two lists, and what is said between them of the tables of a model, which it names.
HEADINGS: dict[Language, tuple[str, str, str, str]] = {
    "en": ("Table", "Figure", "shows", "made from"),
    "th": ("ตาราง", "รูป", "แสดง", "สร้างจาก"),
}
OF_A_MODEL: dict[Language, str] = {
    "en": "The tables of a model ({}) show `model` of `study.yml`; of one of `models` they have its id at the end,"
    " behind a hyphen: `outcome_model-short`.",
    "th": "ตารางของตัวแบบ ({}) แสดง `model` ใน `study.yml` ส่วนตารางของตัวแบบใน `models` มี id ของตัวแบบต่อท้าย"
    " คั่นด้วยยัติภังค์: `outcome_model-short`",
}


def described(language: Language) -> str:
    """The tables and figures by name as Markdown: what each shows, and which tables it is made from."""
    table, figure, shows, source = HEADINGS[language]
    parts = []
    for heading, of in ((table, article_tables()), (figure, figures())):
        lines = [f"| {heading} | {shows} | {source} |", "|---|---|---|"]
        for own in of.values():
            read = ", ".join(f"`{name}`" for name in own.reads)
            said = own.th if language == "th" else own.about.rstrip(".")
            lines.append(f"| `{own.name}` | {said} | {read} |")
        parts.append("\n".join(lines))
    of_a_model = ", ".join(f"`{name}`" for name, own in article_tables().items() if own.of_a_model)
    parts.insert(1, OF_A_MODEL[language].format(of_a_model))
    return "\n\n".join(parts)


def in_document(text: str, language: Language) -> str:
    """The text of docs/article-format.md, or of the same in Thai, with the lists as they should be."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{described(language)}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    for of, document in DOCUMENTS.items():
        write_text(document, in_document(document.read_text(encoding="utf-8"), of))
