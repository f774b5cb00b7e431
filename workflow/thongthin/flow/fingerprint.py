"""A fingerprint of the code that a script runs: an edited function reruns the rules that use it, and only those.

Snakemake sees neither an edited module nor what a script imports from it. So every rule takes as a parameter the hash
of its script together with each definition of this package that the script reaches: functions, classes and constants
are followed by name, across modules. Comments, docstrings and formatting do not count. Where a name can't be followed
(a module handed around as a value, a star import), the whole module counts: a rule may then run once too often, but
never too seldom.
"""

from __future__ import annotations

import ast
import hashlib
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
WHOLE = "*"

Reference = tuple[str, str]  # (module, name of a definition in it); WHOLE stands for all of it


def _nodes(*tops: ast.AST) -> list[ast.AST]:
    """All nodes below and with `tops`: `ast.walk` without the generators, which take most of the time of a plan."""
    found, open_ = [], list(tops)
    while open_:
        node = open_.pop()
        found.append(node)
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                open_ += [item for item in value if isinstance(item, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                open_.append(value)
    return found


def _without_docstrings(node: ast.AST) -> ast.AST:
    for child in _nodes(node):
        if not isinstance(child, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if ast.get_docstring(child, clean=False) is not None:
            child.body = child.body[1:] or [ast.Pass()]
    return node


def _imports(nodes: list[ast.AST], package: str) -> dict[str, Reference]:
    """Names that the import statements among `nodes` bind to modules or definitions of this package."""
    bound: dict[str, Reference] = {}
    for child in nodes:
        if isinstance(child, ast.ImportFrom):
            base = child.module or ""
            if child.level:
                parents = package.split(".")[: len(package.split(".")) - child.level + 1]
                base = ".".join([*parents, *([child.module] if child.module else [])])
            for alias in child.names:
                if base.split(".")[0] != PACKAGE.name:
                    continue
                inner = f"{base}.{alias.name}"
                target = (inner, WHOLE) if _file(inner) else (base, alias.name)
                bound[alias.asname or alias.name] = target
        elif isinstance(child, ast.Import):
            for alias in child.names:
                if alias.name.split(".")[0] == PACKAGE.name:
                    bound[alias.asname or alias.name.split(".")[0]] = (alias.name, WHOLE)
    return bound


def _file(module: str) -> str | None:
    path = os.path.join(PACKAGE.parent, *module.split("."))  # of strings: it is asked some 20,000 times
    return next((p for p in (f"{path}.py", os.path.join(path, "__init__.py")) if os.path.isfile(p)), None)


class _Source:
    """One module, or a script: its definitions by name, what it does on import, and what its names stand for."""

    def __init__(self, module: str, path: Path) -> None:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        _without_docstrings(tree)
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        self.definitions: dict[str, list[ast.stmt]] = {}
        self.on_import: list[ast.stmt] = []
        self.package = package
        self.imports = _imports(_nodes(*(s for s in tree.body if not _is_definition(s))), package)
        for statement in tree.body:
            names = _defined(statement)
            for name in names:
                self.definitions.setdefault(name, []).append(statement)
            if isinstance(statement, ast.Import | ast.ImportFrom):
                # What comes from elsewhere is a definition too: other code under the same name is other code.
                for alias in statement.names:
                    name = alias.asname or alias.name.split(".")[0]
                    if name not in self.imports:
                        self.definitions.setdefault(name, []).append(_single(statement, alias))
            elif not names and not _is_main(statement):
                self.on_import.append(statement)

    @cache  # noqa: B019 - sources are kept anyway
    def references_of(self, name: str, module: str) -> frozenset[Reference]:
        """What the definition `name` refers to, or, as "", what runs on import."""
        return frozenset(self.references(self.definitions[name] if name else self.on_import, module))

    def references(self, statements: list[ast.stmt], module: str) -> set[Reference]:
        """What the statements refer to: definitions of their own module, and of others through imports."""
        found: set[Reference] = set()
        for statement in statements:
            nodes = _nodes(statement)
            imports = {**self.imports, **_imports(nodes, self.package)}
            if WHOLE in imports:
                found.add(imports[WHOLE])
            attributes = [n for n in nodes if isinstance(n, ast.Attribute)]
            bases = {id(a.value): a for a in attributes if isinstance(a.value, ast.Name)}
            for name in (n for n in nodes if isinstance(n, ast.Name)):
                if name.id in self.definitions:
                    found.add((module, name.id))
                if name.id in imports:
                    target, what = imports[name.id]
                    attribute = bases.get(id(name))
                    if what == WHOLE and attribute is not None and name.id != PACKAGE.name:
                        found.add((target, attribute.attr))
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
        return [n.id for t in targets for n in _nodes(t) if isinstance(n, ast.Name)]
    return []


@cache
def _source(module: str) -> _Source:
    path = _file(module)
    assert path is not None
    return _Source(module, Path(path))


def reached(script: Path, found_by_name: Iterable[Reference] = ()) -> dict[Reference, list[ast.stmt]]:
    """Every definition that a script reaches, as (module, name) -> its statements, the script's own included.

    Args:
        found_by_name: what the script runs besides, by names that do not stand in its text.
    """
    start = _Source("__script__", script)
    own = [s for statements in start.definitions.values() for s in statements] + start.on_import
    found: dict[Reference, list[ast.stmt]] = {("__script__", WHOLE): own}
    open_ = [*start.references(own, "__script__"), *start.imports.values(), *found_by_name]
    while open_:
        module, name = reference = open_.pop()
        if module == "__script__" or reference in found or _file(module) is None:
            continue
        source = _source(module)
        if (module, "") not in found:  # importing a module runs what stands outside its definitions, and its parents
            found[module, ""] = source.on_import
            open_ += source.references_of("", module)
            open_.append((module.rpartition(".")[0], ""))
        if name == "":
            continue
        if name == WHOLE:
            found[reference] = []
            open_ += [(module, n) for n in source.definitions] + list(source.imports.values())
        elif name in source.definitions:
            found[reference] = source.definitions[name]
            open_ += source.references_of(name, module)
        elif name in source.imports:
            open_.append(source.imports[name])
        elif _file(f"{module}.{name}"):
            open_.append((f"{module}.{name}", WHOLE))
    return found


def fingerprint(script: Path, found_by_name: Iterable[Reference] = ()) -> str:
    """Hash of the code that a script runs, 16 hexadecimal digits. Raises SyntaxError where the code is broken.

    Args:
        found_by_name: see `reached`.
    """
    digest = hashlib.sha256()
    for (module, name), statements in sorted(reached(script, found_by_name).items()):
        parts = [_digest(statement) for statement in statements]
        digest.update(repr((module, name, parts)).encode())
    return digest.hexdigest()[:16]


@cache
def _digest(statement: ast.stmt) -> str:
    return hashlib.sha256(ast.dump(statement).encode()).hexdigest()
