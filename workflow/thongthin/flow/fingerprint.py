"""A fingerprint of the code that a script runs: an edited function reruns the rules that use it, and only those.

Snakemake sees neither an edited module nor what a script imports from it. So every rule takes as a parameter the hash
of its script together with each definition of this package that the script reaches: functions, classes and constants
are followed by name, across modules. Comments, docstrings and formatting do not count. Where a name can't be followed
(a module handed around as a value, a star import), the whole module counts: a rule may then run once too often, but
never too seldom.

Taking a module apart is what costs time, and depends on its text and on which modules there are. So what was found can
be kept in a file: after an edit only the edited module is taken apart again.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from thongthin.basics.files import write_text

PACKAGE = Path(__file__).parents[1]
WHOLE = "*"
SCRIPT = "__script__"

Reference = tuple[str, str]  # (module, name of a definition in it); WHOLE stands for all of it


class Part(NamedTuple):
    """A definition of a module, or all that the module does on import: the hash of its code, and what it refers to."""

    code: str
    references: tuple[Reference, ...]


class Source(NamedTuple):
    """A module or a script taken apart: what its names stand for, its definitions by name, what it does on import."""

    imports: dict[str, Reference]
    definitions: dict[str, Part]
    on_import: Part


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all below it; `ast.walk` gives the same in twice the time."""
    open_ = [node]
    while open_:
        node = open_.pop()
        yield node
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, ast.AST):
                open_.append(value)
            elif isinstance(value, list):
                open_ += [child for child in value if isinstance(child, ast.AST)]


def _without_docstring(node: ast.AST) -> None:
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and (
        ast.get_docstring(node, clean=False) is not None
    ):
        node.body = node.body[1:] or [ast.Pass()]


def _imports(nodes: Iterable[ast.AST], package: str) -> dict[str, Reference]:
    """Names that the import statements among the nodes bind to modules or definitions of this package."""
    bound: dict[str, Reference] = {}
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*parents, *([node.module] if node.module else [])])
            for alias in node.names:
                if base.split(".")[0] != PACKAGE.name:
                    continue
                inner = f"{base}.{alias.name}"
                target = (inner, WHOLE) if _file(inner) else (base, alias.name)
                bound[alias.asname or alias.name] = target
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == PACKAGE.name:
                    bound[alias.asname or alias.name.split(".")[0]] = (alias.name, WHOLE)
    return bound


@cache
def _file(module: str) -> Path | None:
    path = PACKAGE.parent.joinpath(*module.split("."))
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()), None)


def _taken_apart(module: str, path: Path) -> Source:
    """The source of one module, or of a script. Raises SyntaxError where the code is broken."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    _without_docstring(tree)
    nodes = {id(statement): list(_walk(statement)) for statement in tree.body}
    for node in (node for found in nodes.values() for node in found):
        _without_docstring(node)
    imports = _imports((node for s in tree.body if not _is_definition(s) for node in nodes[id(s)]), package)
    definitions: dict[str, list[ast.stmt]] = {}
    on_import: list[ast.stmt] = []
    for statement in tree.body:
        names = _defined(statement)
        for name in names:
            definitions.setdefault(name, []).append(statement)
        if isinstance(statement, ast.Import | ast.ImportFrom):
            # What comes from elsewhere is a definition too: other code under the same name is other code.
            for alias in statement.names:
                name = alias.asname or alias.name.split(".")[0]
                if name not in imports:
                    definitions.setdefault(name, []).append(_single(statement, alias))
        elif not names and not _is_main(statement):
            on_import.append(statement)

    def part(statements: list[ast.stmt]) -> Part:
        found: set[Reference] = set()
        for statement in statements:
            below = nodes.get(id(statement), [])
            found |= _references(below, {**imports, **_imports(below, package)}, definitions.keys(), module)
        code = repr([ast.dump(statement) for statement in statements])
        return Part(hashlib.sha256(code.encode()).hexdigest(), tuple(sorted(found)))

    return Source(imports, {name: part(statements) for name, statements in definitions.items()}, part(on_import))


def _references(
    nodes: list[ast.AST], imports: Mapping[str, Reference], definitions: Iterable[str], module: str
) -> set[Reference]:
    """What the nodes refer to: definitions of their own module, and of others through imports."""
    found = {imports[WHOLE]} if WHOLE in imports else set()
    bases = {id(a.value): a.attr for a in nodes if isinstance(a, ast.Attribute) and isinstance(a.value, ast.Name)}
    for name in (node for node in nodes if isinstance(node, ast.Name)):
        if name.id in definitions:
            found.add((module, name.id))
        if name.id in imports:
            target, what = imports[name.id]
            if what == WHOLE and id(name) in bases and name.id != PACKAGE.name:
                found.add((target, bases[id(name)]))
            else:
                found.add((target, what))
    return found


def _is_definition(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)


def _single(statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> ast.stmt:
    if isinstance(statement, ast.Import):
        return ast.Import([alias])
    return ast.ImportFrom(statement.module, [alias], statement.level)


def _is_main(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and "__main__" in ast.dump(statement.test)


def _defined(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
    return []


class Sources:
    """The modules of this package taken apart, each when it is asked for; those that were kept need not be again.

    Args:
        kept: the file of `keep`; None, or one that fits no more: nothing was kept.
    """

    def __init__(self, kept: Path | None = None) -> None:
        _file.cache_clear()  # modules come and go
        # What is found in a module depends on this code, on how Python reads code, and on which modules there are.
        names = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
        basis = repr((sys.version, Path(__file__).read_text(encoding="utf-8"), PACKAGE.name, names))
        self._basis = hashlib.sha256(basis.encode()).hexdigest()
        self._sources: dict[str, Source] = {}
        self._known: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            read = json.loads(kept.read_text(encoding="utf-8")) if kept else {}
            if read["basis"] == self._basis:
                self._known = dict(read["sources"])
        self._used: dict[str, Source] = {}

    def keep(self, file: Path) -> None:
        """Write what was found in the modules that were asked for."""
        write_text(file, json.dumps({"basis": self._basis, "sources": self._used}, ensure_ascii=False))

    def of(self, module: str, path: Path | None = None) -> Source:
        """A module taken apart, or, with a path of its own, a script. Raises SyntaxError where the code is broken."""
        if not path and module in self._sources:
            return self._sources[module]
        file = path or _file(module)
        assert file is not None
        key = hashlib.sha256(f"{module} {file.name}\n".encode() + file.read_bytes()).hexdigest()
        source = _of_json(self._known[key]) if key in self._known else _taken_apart(module, file)
        self._used[key] = source
        if not path:
            self._sources[module] = source
        return source


def _of_json(kept: Any) -> Source:
    def part(written: Any) -> Part:
        code, references = written
        return Part(code, tuple((module, name) for module, name in references))

    imports, definitions, on_import = kept
    return Source(
        {name: (module, what) for name, (module, what) in imports.items()},
        {name: part(written) for name, written in definitions.items()},
        part(on_import),
    )


def reached(
    script: Path, sources: Sources | None = None, found_by_name: Iterable[Reference] = ()
) -> dict[Reference, str]:
    """Every definition that a script reaches, as (module, name) -> hash of its code, the script's own included.

    Args:
        found_by_name: what the script runs besides, by names that do not stand in its text.
    """
    sources = sources or Sources()
    start = sources.of(SCRIPT, script)
    found: dict[Reference, str] = {(SCRIPT, name): part.code for name, part in start.definitions.items()}
    found[SCRIPT, ""] = start.on_import.code
    open_ = [*found_by_name, *start.imports.values()]
    for part in (*start.definitions.values(), start.on_import):
        open_ += part.references
    while open_:
        module, name = reference = open_.pop()
        if module == SCRIPT or reference in found or _file(module) is None:
            continue
        source = sources.of(module)
        if (module, "") not in found:  # importing a module runs what stands outside its definitions, and its parents
            found[module, ""] = source.on_import.code
            open_ += source.on_import.references
            open_.append((module.rpartition(".")[0], ""))
        if name == "":
            continue
        if name == WHOLE:
            found[reference] = ""
            open_ += [(module, n) for n in source.definitions] + list(source.imports.values())
        elif name in source.definitions:
            found[reference] = source.definitions[name].code
            open_ += source.definitions[name].references
        elif name in source.imports:
            open_.append(source.imports[name])
        elif _file(f"{module}.{name}"):
            open_.append((f"{module}.{name}", WHOLE))
    return found


def fingerprint(script: Path, sources: Sources | None = None, found_by_name: Iterable[Reference] = ()) -> str:
    """Hash of the code that a script runs, 16 hexadecimal digits. Raises SyntaxError where the code is broken.

    Args:
        found_by_name: see `reached`.
    """
    return hashlib.sha256(repr(sorted(reached(script, sources, found_by_name).items())).encode()).hexdigest()[:16]


class Start(NamedTuple):
    """A script, and what it runs by names that do not stand in its text (see `reached`)."""

    script: Path
    found_by_name: tuple[Reference, ...] = ()


def fingerprints(starts: Mapping[str, Start], kept: Path | None = None) -> dict[str, str]:
    """The fingerprints of several scripts, by name.

    Args:
        kept: file of what was found in each module, read if it stands, and written.
    """
    sources = Sources(kept)
    found = {name: fingerprint(start.script, sources, start.found_by_name) for name, start in starts.items()}
    if kept:
        sources.keep(kept)
    return found
