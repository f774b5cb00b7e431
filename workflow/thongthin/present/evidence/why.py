"""Which of the causes that differ between two builds lie on the way to a table, and to a claim."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from thongthin.contract.tables import TABLES
from thongthin.present.evidence.made import Made, Record, upstream
from thongthin.present.evidence.steps import Step, steps


class Why:
    """Which causes lie on the way to a table."""

    def __init__(self, causes: list[Record], made: Made) -> None:
        self.causes, self.made = causes, made
        workflow = made.root / "workflow"
        self.steps = steps(workflow) if workflow.is_dir() else {}
        self._known: dict[tuple[str, str], list[int]] = {}

    def of(self, rule: str, table: str) -> list[int]:
        """The places of these causes."""
        if (rule, table) not in self._known:
            rules, raw = upstream(self.made.record["steps"], [self._path(table)])
            way = {rule, *rules}
            known = [self.steps[own] for own in way if own in self.steps]
            self._known[rule, table] = [
                place for place, cause in enumerate(self.causes) if _lies_on(cause, way, set(raw), known)
            ]
        return self._known[rule, table]

    def of_claim(self, tables: Iterable[str], files: Collection[str]) -> list[int]:
        """The places of the causes on the way to a claim.

        Args:
            tables: result tables that its conditions look at.
            files: of the study's prose, whose sentence or conditions differ.
        """
        found = {place for name in tables for place in self.of(TABLES[name].rule, name)}
        settings = self.steps[JUDGED].settings if JUDGED in self.steps else ()
        for place, cause in enumerate(self.causes):
            named = {"prose": files, "setting": settings}.get(cause["kind"], ())
            found |= {place} if cause["name"] in named else set()
        return sorted(found)

    def _path(self, table: str) -> str:
        return f"results/{self.made.study}/tables/{table}.csv"


# The step that judges claims.
JUDGED = "check_claims"
# What decides which steps there are.
_OF_ALL = {"strands"}


def _lies_on(cause: Record, way: set[str], raw: set[str], known: list[Step]) -> bool:
    """Whether a cause lies on a way of rules.

    Args:
        raw: files that no rule makes, at its beginning.
        known: the rules on the way, as far as they are known.
    """
    kind = cause["kind"]
    if kind == "data":
        return cause["rule"] in way
    if kind == "file":
        return cause["name"] in raw
    if kind == "setting":
        name = cause["name"]
        settings = {name for own in known for name in own.settings}
        return not settings or any(
            name == own or name.startswith(f"{own}.") or own.startswith(f"{name}.") for own in settings
        )
    if kind == "code":
        return bool(way & {name.split(" ")[0] for name in cause["scripts"]})
    if kind == "study":
        section = cause["name"].split(".")[0]
        return not known or section in _OF_ALL or any(section in own.described for own in known)
    return bool(kind == "packages")
