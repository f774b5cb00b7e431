"""The house in one picture, drawn from the code: rooms, arrows, and what stands behind every number.

    python3 tools/run.py tools.house    writes docs/map.md and docs/images/house.svg

Rooms are the folders of the package `thongthin`. A module may import from its own room and from the floors below, never
from a room beside or above it. The map follows each rule of the workflow: its script, the modules that the script
calls, the statistics behind them, the tables that it writes, and what the article shows of these.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from html import escape
from pathlib import Path

from thongthin.basics.files import write_text
from thongthin.contract.schema import TABLES
from thongthin.flow.fingerprint import Sources, reached
from thongthin.present.catalogue import Shown, article_tables, figures
from tools.site import anchor

ROOT = Path(__file__).parents[1]
WORKFLOW = ROOT / "workflow"
PACKAGE = WORKFLOW / "thongthin"

# From the ground up; what a room is for.
FLOORS: tuple[dict[str, str], ...] = (
    {"basics": "files, texts, messages"},
    {"contract": "what a study says, what a table is", "statistics": "arrays in, numbers out"},
    {
        "read": "any format to tidy tables",
        "interviews": "themes, agreement, saturation",
        "survey": "scales, comparisons, models",
    },
    {"synthesis": "strands together, configurations"},
    {"present": "tables, figures, documents"},
    {"commands": "what people call"},
    {"flow": "what holds the workflow together"},
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
CHAPTERS = ("read", "qualitative", "survey", "synthesis", "article", "evidence", "public")
# Tables that give names and order to nearly all that is shown; what is made from them alone is made from them, though.
FORMULAS = ("thongthin.statistics.", "thongthin.survey.models.")
NAMING = {"sites", "codes", "items", "categories"}


# Modules and arrows --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Import:
    """One import between modules of the package, and whether it is made when the module is loaded."""

    source: str
    target: str
    line: int
    on_load: bool


def name_of(path: Path) -> str:
    """The dotted name of a module: of a package that of its folder."""
    parts = path.relative_to(WORKFLOW).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    return {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def room(module: str) -> str:
    """The room that a module stands in; "" for the package itself."""
    return module.split(".")[1] if "." in module else ""


def imports_of(path: Path, source: str) -> Iterator[Import]:
    """What a module, or a script, imports from the package, wherever it says so."""
    text = path.read_text(encoding="utf-8")
    waiting: list[tuple[ast.AST, bool]] = [(statement, True) for statement in ast.parse(text).body]
    while waiting:
        node, on_load = waiting.pop()
        if isinstance(node, ast.ImportFrom | ast.Import):
            for name in _named(node):
                yield Import(source, name, node.lineno, on_load)
        elif isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):
            on_load = on_load and not _is_later(node)
            waiting += [(child, on_load) for child in ast.iter_child_nodes(node)]


def _named(node: ast.ImportFrom | ast.Import) -> list[str]:
    """The modules of the package that an import names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names if alias.name in modules()]
    inner = [f"{node.module}.{alias.name}" for alias in node.names]
    named = [name if name in modules() else str(node.module) for name in inner]
    return [name for name in dict.fromkeys(named) if name in modules()]


def _is_later(node: ast.AST) -> bool:
    """Whether what stands in a statement is not run when its module is loaded."""
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


@cache
def imports() -> tuple[Import, ...]:
    return tuple(found for name, path in modules().items() for found in imports_of(path, name))


def against_the_floors() -> list[str]:
    """Imports that do not point down, as sentences; modules outside every room, too."""
    wrong = [f"{name} stands in no room" for name in modules() if room(name) and room(name) not in FLOOR]
    for one in imports():
        here, there = room(one.source), room(one.target)
        if here and here != there and FLOOR.get(there, -1) >= FLOOR.get(here, -1):
            wrong.append(f"{one.source}, line {one.line}, imports {one.target}: {here} may not use {there}")
    return wrong


def circle() -> list[str]:
    """Modules that import each other in a circle when they are loaded; empty where there is none."""
    below: dict[str, set[str]] = {name: set() for name in modules()}
    for one in imports():
        # A package that gathers its own modules is no circle: they take from each other, not from it.
        if one.on_load and one.source != one.target:
            below[one.source].add(one.target)
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def arrows() -> dict[str, list[str]]:
    """Room -> the rooms that its modules import from, from the ground up."""
    used: dict[str, set[str]] = {name: set() for name in FLOOR}
    for one in imports():
        if room(one.source) != room(one.target):
            used[room(one.source)].add(room(one.target))
    return {name: [other for other in FLOOR if other in others] for name, others in used.items()}


# Rules ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """A rule of the workflow: its name, docstring, script, and the tables among its outputs."""

    name: str
    about: str
    script: str
    tables: tuple[str, ...]


def head(chapter: str) -> str:
    """The docstring that a rule file begins with."""
    text = (WORKFLOW / "rules" / f"{chapter}.smk").read_text(encoding="utf-8")
    return text.split('"""')[1]


def steps(chapter: str) -> list[str]:
    """The steps that the head of a rule file lists; a star stands for several."""
    return re.findall(r"\w+_[\w*]+", head(chapter).split("\nSteps ")[1])


def given(chapter: str) -> list[str]:
    """The tables, and whatever else has a name of their kind, that the head of a rule file says are made."""
    return re.findall(r"[\w*]+", head(chapter).split("\nGives ")[1].split("\nSteps ")[0])


def rules(chapter: str) -> list[Rule]:
    text = (WORKFLOW / "rules" / f"{chapter}.smk").read_text(encoding="utf-8")
    found = []
    for block in re.split(r"^(?=rule )", text, flags=re.MULTILINE)[1:]:
        name, about, script = (
            re.search(pattern, block)
            for pattern in (r"rule (\w+):", r'"""(.+)"""', r'script:\s+"\.\./scripts/(\w+)\.py"')
        )
        output = re.search(r"    output:\n(.*?)\n    \w", block, re.DOTALL)
        if not (name and about and script and output):
            raise ValueError(f"workflow/rules/{chapter}.smk: a rule without docstring, output or script\n{block[:80]}")
        tables = (table for table in re.findall(r"/(\w+)\.csv", output[1]) if table in TABLES)
        found.append(Rule(name[1], about[1], script[1], tuple(dict.fromkeys(tables))))
    return found


def called_by(script: str) -> list[str]:
    """The modules that a script calls, below the name of the package: its own subject, not what every script needs."""
    path = WORKFLOW / "scripts" / f"{script}.py"
    found = {one.target for one in imports_of(path, script)}
    return sorted(name for name in found if room(name) not in ("basics", "contract", "flow"))


@cache
def _sources() -> Sources:
    """The modules of the package, each of which is taken apart once."""
    return Sources()


def formulas_of(script: str) -> list[str]:
    """The modules with formulas (`statistics`, and the models of a survey) whose functions a script reaches."""
    found = {module for module, name in reached(WORKFLOW / "scripts" / f"{script}.py", _sources()) if name}
    return sorted(name for name in found if name.startswith(FORMULAS))


@cache
def methods() -> dict[str, str]:
    """Rule -> the anchor of its section in docs/methods.md, as GitHub makes it of the heading."""
    text = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    found = {}
    for heading in re.findall(r"^#+ (.+ — `\w+`.*)$", text, re.MULTILINE):
        found.update(dict.fromkeys(re.findall(r"`(\w+)`", heading.split(" — ")[1]), anchor(heading)))
    return found


def shown_from(tables: tuple[str, ...], made: dict[str, Shown]) -> list[str]:
    """The names of an article that are made from one of the tables."""
    own = {name: set(one.reads) - NAMING or set(one.reads) for name, one in made.items()}
    return [name for name, sources in own.items() if sources & set(tables)]


# What is written -----------------------------------------------------------------------------------------------------


def house_map() -> str:
    """The map as Markdown."""
    lines = [
        "# The house and its map",
        "",
        "Made from the code by `python3 tools/run.py tools.house`; a test holds it. [Architecture](architecture.md)"
        " tells why the house stands so, [methods](methods.md) what each rule computes, the"
        " [data dictionary](data-dictionary.md) what is in each table.",
        "",
        "## Rooms",
        "",
        "![The rooms of workflow/thongthin, floor upon floor](images/house.svg)",
        "",
        "A module imports from its own room and from the floors below it, never from a room beside or above.",
        "",
        "| room | what it is for | takes from |",
        "|---|---|---|",
    ]
    used = arrows()
    for rooms in reversed(FLOORS):
        for name, about in rooms.items():
            lines.append(f"| [`{name}`](../workflow/thongthin/{name}) | {about} | {', '.join(used[name])} |")
    lines += ["", "## From a rule to what the article shows", ""]
    lines += [
        "A rule and its script have one name. *Calls* are modules of `workflow/thongthin/`; those of `statistics/` and"
        " `survey/models/` have the formulas. Tables in *italics* stand in `data/processed/<study>/`, the others in"
        " `results/<study>/tables/`."
    ]
    for chapter in CHAPTERS:
        lines += ["", f"### [`workflow/rules/{chapter}.smk`](../workflow/rules/{chapter}.smk)", ""]
        lines += ["| rule, script | calls | writes | shown as table | shown as figure |", "|---|---|---|---|---|"]
        lines += [_row(rule) for rule in rules(chapter)]
    return "\n".join(lines) + "\n"


def _row(rule: Rule) -> str:
    called = [_link(name) for name in dict.fromkeys([*called_by(rule.script), *formulas_of(rule.script)])]
    written = [f"*`{name}`*" if TABLES[name].folder == "processed" else f"`{name}`" for name in rule.tables]
    shown = [[f"`{name}`" for name in shown_from(rule.tables, made)] for made in (article_tables(), figures())]
    script = f"[`{rule.name}`](../workflow/scripts/{rule.script}.py)"
    method = f" ([method](methods.md#{methods()[rule.name]}))" if rule.name in methods() else ""
    return f"| {script}{method} | {' | '.join(', '.join(cell) for cell in (called, written, *shown))} |"


def _link(module: str) -> str:
    path = modules()[module].relative_to(WORKFLOW).as_posix()
    return f"[`{module.split('.', 1)[1].replace('.', '/')}`](../workflow/{path})"


def house_picture() -> str:
    """The picture of the rooms as SVG, the ground floor below."""
    width, height, gap, left = 760, 64, 14, 20
    tall = len(FLOORS) * (height + gap) + gap
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{tall}" viewBox="0 0 {width} {tall}"'
        ' font-family="Sarabun, Helvetica, Arial, sans-serif" role="img">',
        "<title>The rooms of workflow/thongthin: each takes from the floors below it</title>",
        f'<rect width="{width}" height="{tall}" fill="#ffffff"/>',
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 10 5 0 10z" fill="#44546a"/></marker></defs>',
    ]
    space = width - 2 * left - 40
    for number, rooms in enumerate(reversed(FLOORS)):
        top = gap + number * (height + gap)
        each = (space - gap * (len(rooms) - 1)) / len(rooms)
        for place, (name, about) in enumerate(rooms.items()):
            x = left + place * (each + gap)
            middle = x + each / 2
            parts.append(
                f'<rect x="{x:.1f}" y="{top}" width="{each:.1f}" height="{height}" rx="6" fill="#eef2f6"'
                ' stroke="#44546a"/>'
                f'<text x="{middle:.1f}" y="{top + 27}" text-anchor="middle" font-size="17" font-weight="bold">'
                f"{name}</text>"
                f'<text x="{middle:.1f}" y="{top + 48}" text-anchor="middle" font-size="13">{escape(about)}</text>'
            )
    x = width - left - 12
    parts.append(
        f'<path d="M{x} {gap} V{tall - gap}" stroke="#44546a" stroke-width="2" marker-end="url(#tip)"/>'
        f'<text x="{x + 16}" y="{tall / 2:.0f}" font-size="13" text-anchor="middle"'
        f' transform="rotate(90 {x + 16} {tall / 2:.0f})">takes from</text>'
    )
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    write_text(ROOT / "docs" / "map.md", house_map())
    write_text(ROOT / "docs" / "images" / "house.svg", house_picture())
