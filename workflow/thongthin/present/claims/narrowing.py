"""What one value touches of a condition, so that only this is evaluated anew as the value moves.

A pattern stands for many values, and most of what is said of them is said of each by itself: `table.*.mean > 3` is as
many comparisons as there are values, of which a single value touches one. The others, and all parts of a condition in
which the value does not occur, come out as they did before it moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from thongthin.present.claims.conditions import Call, Compared, Joined, Key, Node, Summed, keys_in, parts_of
from thongthin.present.claims.evaluation import Evaluation, Names, Numbers, Result, Truths
from thongthin.present.claims.known import Known

# What these say of a family, they say of each of its values by itself.
_OF_EACH = ("significant", "positive", "negative", "rises", "falls", "between", "one_of", "defined")


@dataclass
class Unmoved(Evaluation):
    """Evaluates a condition on the values as they are, and keeps what each of its parts comes to."""

    _kept: dict[int, tuple[Node, Result]] = field(default_factory=dict)
    _touched: dict[int, dict[str, set[str]]] = field(default_factory=dict)
    _narrow: dict[tuple[int, str], Node] = field(default_factory=dict)

    def result(self, node: Node) -> Result:
        found = super().result(node)
        self._kept[id(node)] = node, found  # with the node, lest another one come to stand in its place
        return found

    def kept(self, node: Node) -> Result | None:
        """What a part came to; None of what was no part of the condition."""
        _, found = self._kept.get(id(node), (None, None))
        return found

    def touched(self, node: Node, key: str) -> set[str] | None:
        """The names of a family of which something else may hold if a value moves; None: all, or what has no names."""
        if id(node) not in self._touched:
            self._touched[id(node)] = self._names_touched(node)
        names = self._touched[id(node)].get(key, set())
        found = self.kept(node)
        return None if names and ("" in names or not isinstance(found, Numbers | Truths) or "" in found.of) else names

    def _names_touched(self, node: Node) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        if isinstance(node, Key):
            for name, key in self.known.fitting(node).items():
                found.setdefault(key, set()).add(name)
        elif self._is_of_each(node):
            for part in parts_of(node):
                for key, names in self._names_touched(part).items():
                    found.setdefault(key, set()).update(names)
        else:
            for key in (own for inner in keys_in(node) for own in self.known.fitting(inner).values()):
                found.setdefault(key, set()).add("")
        return found

    def _is_of_each(self, node: Node) -> bool:
        """Whether what is said of a family is said of each of its values."""
        if isinstance(node, Call) and node.name not in _OF_EACH:
            return False
        return not any(isinstance(self.kept(part), Names) for part in parts_of(node)[:1])

    def narrow(self, node: Node, name: str) -> Node:
        """What is said of a family, of one of its names alone."""
        if (id(node), name) not in self._narrow:
            self._narrow[id(node), name] = self._narrowed(node, name)
        return self._narrow[id(node), name]

    def _narrowed(self, node: Node, name: str) -> Node:
        if isinstance(node, Key):
            fitting = self.known.fitting(node)
            return node if "" in fitting else Key(tuple(fitting[name].split(".")), node.at)
        if not self._is_of_each(node):
            return node
        parts = tuple(self._narrowed(part, name) for part in parts_of(node))
        if isinstance(node, Call):
            return replace(node, arguments=parts)
        if isinstance(node, Compared):
            return replace(node, operands=parts)
        if isinstance(node, Summed):
            return replace(node, terms=parts)
        return replace(node, parts=parts) if isinstance(node, Joined) else node


def unmoved(node: Node, known: Known, level: float) -> Unmoved:
    """What a condition, or a part of one, comes to as the values are.

    Raises:
        Fault: it can't be judged.
    """
    found = Unmoved(known, level)
    found.result(node)
    return found


def with_moved(result: Result, moved: Mapping[str, Result]) -> Result:
    """What a family came to, with that of some names put in the place of what it was.

    Args:
        moved: name -> what it came to by itself.
    """
    if isinstance(result, Numbers):
        return Numbers({**result.of, **{name: own.of[""] for name, own in moved.items() if isinstance(own, Numbers)}})
    if isinstance(result, Truths):
        return Truths({**result.of, **{name: own.of[""] for name, own in moved.items() if isinstance(own, Truths)}})
    raise AssertionError("names are of no family")
