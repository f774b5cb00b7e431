"""What a condition comes to: true, false, or neither, where a value that it needs is undefined.

Values are compared as they are computed, not as they are printed. A pattern stands for a family of values, each with
the name of what fits; two families are compared name by name. Truth has three values (Kleene's strong logic): `and` is
false as soon as one part is, whatever is undefined beside it; `all`, `none`, `some`, `most` and `half` likewise.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias, TypeVar

from thongthin.basics.nearest import did_you_mean
from thongthin.present.claims.conditions import (
    Compared,
    Fault,
    Joined,
    Key,
    Label,
    Listed,
    Node,
    Number,
    Summed,
    keys_in,
    parsed,
)
from thongthin.present.claims.known import Known, column_of

_T = TypeVar("_T")

# Two values are equal if they differ by less than this share of the larger one: tables hold ten digits.
_SAME = 1e-9


@dataclass(frozen=True)
class Numbers:
    """A value, by the name ""; or a family of values, by name. NaN is undefined."""

    of: Mapping[str, float]


@dataclass(frozen=True)
class Truths:
    """Whether something holds, by the name ""; or of which of a family it does. None: that is undefined."""

    of: Mapping[str, bool | None]


@dataclass(frozen=True)
class Names:
    """Names of a family, or numbers, in order.

    Attributes:
        found: None where an undefined value leaves open which they are.
        among: all names of the family; empty if they are written in the condition.
        ordered: whether their order says something.
        tied: whether there are none since values are equal: they are then the same as no others.
    """

    found: tuple[str | float, ...] | None
    among: tuple[str, ...] = ()
    ordered: bool = False
    tied: bool = False


Result: TypeAlias = Numbers | Truths | Names


@dataclass
class Evaluation:
    """Evaluates conditions on the values of a study.

    Attributes:
        level: of significance (`analysis.comparison.significance`).
        used: the keys of the values that were looked at so far.
    """

    known: Known
    level: float = 0.05
    used: dict[str, None] = field(default_factory=dict)

    def holds(self, condition: str) -> bool | None:
        """Whether a condition holds; None where this is undefined.

        Raises:
            Fault: it can't be read, or speaks of what the study does not have.
        """
        node = parsed(condition)
        result = self.result(node)
        if not isinstance(result, Truths):
            raise Fault(
                "This says what something is, not that something holds.",
                "ข้อความนี้บอกว่าเป็นค่าใด แต่ไม่ได้บอกเงื่อนไขที่ต้องเป็นจริง",
                "Compare it, such as: largest(1, table.*.column) = [name].",
                "ให้เปรียบเทียบ เช่น largest(1, table.*.column) = [name]",
                at=node.at,
            )
        if next(keys_in(node), None) is None:
            raise Fault(
                "This speaks of no value of the study.", "เงื่อนไขนี้ไม่ได้กล่าวถึงค่าใดของการศึกษา", *KEY_HINTS, at=node.at
            )
        return plain(result, node)

    def result(self, node: Node) -> Result:
        """What a part of a condition comes to."""
        if isinstance(node, Number):
            return Numbers({"": node.value})
        if isinstance(node, Key):
            return self._of_key(node)
        if isinstance(node, Label):
            return Names((node.name,))
        if isinstance(node, Listed):
            entries = (entry.name if isinstance(entry, Label) else entry.value for entry in node.entries)
            return Names(tuple(entries))
        if isinstance(node, Joined):
            return self._joined(node)
        if isinstance(node, Summed):
            return self._summed(node)
        if isinstance(node, Compared):
            return self._compared(node)
        from thongthin.present.claims.predicates import FUNCTIONS  # these evaluate their arguments with this class

        if node.name not in FUNCTIONS:
            hints = did_you_mean(node.name, FUNCTIONS)
            raise Fault(f'There is no predicate "{node.name}".', f'ไม่มีคำสั่ง "{node.name}"', *hints, at=node.at)
        return FUNCTIONS[node.name](self, node)

    def value(self, key: str) -> float:
        """What a value is taken to be."""
        return self.known.value(key)

    def _of_key(self, key: Key) -> Numbers:
        fitting = self.known.fitting(key)
        for word, there in self.known.unknown_words(key):
            hints = did_you_mean(word, there)
            raise Fault(f'Nothing is called "{word}" there.', f'ไม่มี "{word}" ในตำแหน่งนั้น', *hints, at=key.at)
        self.used.update(dict.fromkeys(fitting.values()))
        return Numbers({name: self.value(own) for name, own in fitting.items()})

    def _joined(self, node: Joined) -> Truths:
        parts = [self.truths(part) for part in node.parts]
        if node.word == "not":
            return Truths({name: None if own is None else not own for name, own in parts[0].of.items()})
        together = _both if node.word == "and" else _either
        result = parts[0]
        for part in parts[1:]:
            names = _names_of_both(result.of, part.of, node)
            result = Truths({n: together(_at(result.of, n), _at(part.of, n)) for n in names})
        return result

    def _summed(self, node: Summed) -> Numbers:
        result = self.numbers(node.terms[0])
        for sign, term in zip(node.signs, node.terms[1:], strict=True):
            other = self.numbers(term)
            names = _names_of_both(result.of, other.of, node)
            change = operator.add if sign == "+" else operator.sub
            result = Numbers({n: change(_at(result.of, n), _at(other.of, n)) for n in names})
        return result

    def _compared(self, node: Compared) -> Truths:
        _refuse_percent(node)
        operands = [self.result(own) for own in node.operands]
        if any(isinstance(own, Names) for own in operands):
            return _compared_names(operands, node)
        result: Truths | None = None
        for sign, (left, right) in zip(node.operators, pairwise(node.operands), strict=True):
            a, b = self.numbers(left), self.numbers(right)
            names = _names_of_both(a.of, b.of, node)
            found = Truths({n: compare(sign, _at(a.of, n), _at(b.of, n)) for n in names})
            if result is None:
                result = found
            else:
                names = _names_of_both(result.of, found.of, node)
                result = Truths({n: _both(_at(result.of, n), _at(found.of, n)) for n in names})
        assert result is not None
        return result

    def numbers(self, node: Node) -> Numbers:
        """The values that a part of a condition stands for. Raises Fault where it stands for none."""
        result = self.result(node)
        if not isinstance(result, Numbers):
            raise Fault("A value is wanted here.", "ตรงนี้ต้องเป็นค่า", *KEY_HINTS, at=node.at)
        return result

    def truths(self, node: Node) -> Truths:
        """What a part of a condition says of each. Raises Fault where it says nothing that could hold."""
        result = self.result(node)
        if not isinstance(result, Truths):
            raise Fault(
                "Something that holds or not is wanted here.",
                "ตรงนี้ต้องเป็นเงื่อนไขที่เป็นจริงหรือไม่เป็นจริง",
                "Such as: table.*.column > 3.5.",
                "เช่น table.*.column > 3.5",
                at=node.at,
            )
        return result


KEY_HINTS = (
    "Such as: scale_statistics.skills.single.all.mean, as in {{< value ... >}}.",
    "เช่น scale_statistics.skills.single.all.mean เหมือนใน {{< value ... >}}",
)
_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compare(sign: str, a: float, b: float) -> bool | None:
    if math.isnan(a) or math.isnan(b):
        return None
    same = abs(a - b) <= _SAME * max(abs(a), abs(b))
    if sign in ("=", "!="):
        return same == (sign == "=")
    return "=" in sign if same else _OPERATORS[sign](a, b)


def _both(a: bool | None, b: bool | None) -> bool | None:
    return False if a is False or b is False else None if a is None or b is None else True


def _either(a: bool | None, b: bool | None) -> bool | None:
    return True if a or b else None if a is None or b is None else False


def _at(of: Mapping[str, _T], name: str) -> _T:
    return of[name] if name in of else of[""]


def _names_of_both(a: Mapping[str, object], b: Mapping[str, object], node: Node) -> list[str]:
    """The names of two families, which must be the same ones; a single value goes with any."""
    if "" in a or "" in b:
        return list(b if "" in a else a)
    if set(a) != set(b):
        apart = ", ".join(f'"{name}"' for name in sorted(set(a) ^ set(b))[:5])
        raise Fault(
            f"These two patterns do not fit the same names: {apart}.",
            f"รูปแบบสองข้างไม่ได้ตรงกับชื่อชุดเดียวกัน: {apart}",
            "Values are compared name by name.",
            "ค่าจะถูกเทียบกันชื่อต่อชื่อ",
            at=node.at,
        )
    return list(a)


def plain(truths: Truths, node: Node) -> bool | None:
    """Whether it holds of the one thing that is meant."""
    if set(truths.of) != {""}:
        raise Fault(
            "This pattern stands for several values: say of how many it must hold.",
            "รูปแบบนี้หมายถึงค่าหลายค่า ต้องระบุว่าเป็นจริงกี่ค่า",
            "Put it into all(...), none(...), some(...), most(...), half(...) or count(...).",
            "ใส่ไว้ใน all(...), none(...), some(...), most(...), half(...) หรือ count(...)",
            at=node.at,
        )
    return truths.of[""]


def _refuse_percent(node: Compared) -> None:
    """A share is between 0 and 1: whoever compares it with 50 means 50%."""
    shares = [own for own in node.operands if isinstance(own, Key) and column_of(own) == "share"]
    for own in node.operands if shares else ():
        if isinstance(own, Number) and abs(own.value) > 1:
            raise Fault(
                f"A share lies between 0 and 1, and is compared with {own.value:g}.",
                f"สัดส่วนอยู่ระหว่าง 0 ถึง 1 แต่ถูกเทียบกับ {own.value:g}",
                f"Write {own.value:g}% if percent are meant.",
                f"หากหมายถึงร้อยละ ให้เขียน {own.value:g}%",
                at=own.at,
            )


def _compared_names(operands: Sequence[Result], node: Compared) -> Truths:
    """Whether two lists of names are the same; in the same order, where one of them is ranked."""
    if len(operands) != 2 or node.operators[0] not in ("=", "!=") or not all(isinstance(o, Names) for o in operands):
        raise Fault(
            "Names can only be compared with = or !=, one list with another.",
            "ชื่อเทียบได้ด้วย = หรือ != เท่านั้น และเทียบรายการกับรายการ",
            "Such as: largest(1, table.*.column) = [name].",
            "เช่น largest(1, table.*.column) = [name]",
            at=node.at,
        )
    a, b = (own for own in operands if isinstance(own, Names))
    a, b = _named_as(a, b), _named_as(b, a)
    for own, other in ((a, b), (b, a)):
        refuse_unknown(own, other, node)
    if a.found is None or b.found is None:
        return Truths({"": None})
    same = a.found == b.found if a.ordered or b.ordered else set(a.found) == set(b.found)
    same = same and not (a.tied or b.tied)
    return Truths({"": same == (node.operators[0] == "=")})


def _named_as(written: Names, found: Names) -> Names:
    """Numbers that were written, such as points of a scale, as the names that the family has."""
    if written.among or not found.among or written.found is None:
        return written
    return Names(tuple(f"{name:g}" if isinstance(name, float) else name for name in written.found), (), written.ordered)


def refuse_unknown(written: Names, found: Names, node: Node) -> None:
    """Raise Fault for a name that the family has not."""
    for name in (written.found or ()) if not written.among and found.among else ():
        if name not in found.among:
            hints = did_you_mean(str(name), found.among)
            raise Fault(f'Nothing is called "{name}" there.', f'ไม่มี "{name}" ในกลุ่มนั้น', *hints, at=node.at)
