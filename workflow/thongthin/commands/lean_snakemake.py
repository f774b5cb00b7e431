"""Snakemake, imported without what no build of ours asks for.

Half of the time in which Snakemake is imported goes to a database that it could keep its records in (they are kept in
files), and to reports. For those, stand-ins are imported: what they stand for is asked for by name, in the words of a
build or in its profile, or never. For each script, Snakemake imports what reads notebooks, and uses it for notebooks
only: it is loaded when it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from thongthin.basics.absent import without

# How the database is asked for, in a profile and on the command line.
_ASKED = "persistence-backend"


def import_snakemake(words: Iterable[str]) -> Callable[[list[str]], None]:
    """The command of Snakemake, which will be given these words."""
    given = [*words]
    place = given.index("--workflow-profile") + 1 if "--workflow-profile" in given else 0
    profile = Path(given[place] if place else "profiles/default") / "config.yaml"
    settings = profile.read_text(encoding="utf-8") if profile.is_file() else ""
    if any(_ASKED in part for part in (settings, *given)):
        from snakemake.cli import main
    else:
        with without("numpy", "requests"):  # for values and addresses that no profile and no rule of ours has
            import smart_open  # noqa: F401 (as Snakemake does)
            import yte  # noqa: F401 (as Snakemake does)
        with _standing_in(_stand_ins()):
            from snakemake.cli import main
        _load_when_used("nbformat")
        from snakemake_interface_report_plugins.registry import ReportPluginRegistry

        ReportPluginRegistry.__new__(ReportPluginRegistry).plugins = {}
    found: Callable[[list[str]], None] = main
    return found


def _stand_ins() -> dict[str, Mapping[str, Any]]:
    """What Snakemake takes of these modules for records in files: the models of pydantic."""
    from pydantic import BaseModel, ConfigDict, Field

    class Record(BaseModel):
        model_config = ConfigDict(from_attributes=True)

    def field(sa_column: object = None, **options: Any) -> Any:
        return Field(**options)

    return {
        "sqlalchemy": {"Column": lambda _: None, "JSON": None},
        "sqlmodel": {"SQLModel": Record, "Field": field},
        "snakemake.persistence.db": {"DbPersistence": None},
    }


def _load_when_used(name: str) -> None:
    """Have a module in its place that is loaded when something of it is asked for."""
    if name in sys.modules:
        return
    sys.modules[name] = ModuleType(name)

    def load(attribute: str) -> Any:
        if sys.modules.get(name) is own:
            del sys.modules[name]
        return getattr(import_module(name), attribute)

    own = sys.modules[name]
    vars(own)["__getattr__"] = load


@contextmanager
def _standing_in(modules: Mapping[str, Mapping[str, Any]]) -> Iterator[None]:
    """Have these modules in the place of those that were not imported yet; afterwards, they are gone."""
    standing = [name for name in modules if name not in sys.modules]
    for name in standing:
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(modules[name])
    try:
        yield
    finally:
        for name in standing:
            del sys.modules[name]
