"""The language of conditions: `largest(2, site_comparison.@factors.single.epsilon_squared) = [skills, budget]`.

A text becomes a tree of plain nodes here, or a fault with its column; nothing is ever run as code. What a tree comes to
is said by `thongthin.present.claims.evaluation`.

A key of a value may be a pattern: `*` stands for anything in its place but the total (`all`) and missing answers,
`{a, b}` for one of these, `@sites` for a set that the study has. Signs between values stand between spaces, since ids
may hold hyphens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken, VisitError

# A condition of more characters is none that people wrote; what is nested deeper is not followed.
LONGEST = 2000
_DEPTH = 25

_GRAMMAR = r"""
    ?start: disjunction
    ?disjunction: conjunction ("or" conjunction)*      -> either
    ?conjunction: negation ("and" negation)*           -> both
    ?negation: "not" negation                          -> negated
             | comparison
    ?comparison: sum (OPERATOR sum)*                   -> compared
    ?sum: atom (SIGN atom)*                            -> summed
    ?atom: NUMBER                                      -> number
         | SIGN NUMBER                                 -> signed
         | KEY                                         -> key
         | NAME                                        -> label
         | TEXT                                        -> label
         | NAME "(" [disjunction ("," disjunction)*] ")" -> call
         | "[" [entry ("," entry)*] "]"                -> listed
         | "(" disjunction ")"
    ?entry: SIGN? NUMBER                               -> signed
          | KEY                                        -> named_by_key
          | NAME                                       -> label
          | TEXT                                       -> label
    OPERATOR: "<=" | ">=" | "!=" | "≤" | "≥" | "≠" | "<" | ">" | "="
    SIGN.1: /[+−-](?=[\s\d.])/
    NUMBER.2: /(?:\d+(?:\.\d+)?|\.\d+)%?(?![\w.])/
    KEY.3: /[^\W\d]\w*(?:\.(?:\*|@\w+|\{[^{}]*\}|[^\s."'<>{}()\[\],=!*@]+))+/
    NAME: /[^\W\d][\w-]*/
    TEXT: /"[^"]*"/
    %ignore /\s+/
"""


@dataclass(frozen=True)
class Number:
    """A number as it is written in the condition."""

    value: float
    at: int


@dataclass(frozen=True)
class Key:
    """A key of values, or a pattern of keys: its places, the first of which is the table."""

    places: tuple[str, ...]
    at: int

    @property
    def written(self) -> str:
        return ".".join(self.places)


@dataclass(frozen=True)
class Label:
    """A name in a list, such as an id of a site."""

    name: str
    at: int


@dataclass(frozen=True)
class Listed:
    """A list of names or numbers."""

    entries: tuple[Label | Number, ...]
    at: int


@dataclass(frozen=True)
class Call:
    """A predicate or function with its arguments."""

    name: str
    arguments: tuple[Node, ...]
    at: int


@dataclass(frozen=True)
class Compared:
    """Two or more values with a sign between each two: `a > b >= c`."""

    operands: tuple[Node, ...]
    operators: tuple[str, ...]
    at: int


@dataclass(frozen=True)
class Summed:
    """Values that are added up or taken away; `signs` has one for each but the first."""

    terms: tuple[Node, ...]
    signs: tuple[str, ...]
    at: int


@dataclass(frozen=True)
class Joined:
    """Conditions joined by `and` or by `or`, or one behind `not`."""

    word: str
    parts: tuple[Node, ...]
    at: int


Node: TypeAlias = "Number | Key | Label | Listed | Call | Compared | Summed | Joined"


class Fault(Exception):
    """What is wrong with a condition, in English and in Thai, with hints and the column at which it stands, from 1."""

    def __init__(self, en: str, th: str, hint_en: str = "", hint_th: str = "", *, at: int = 1) -> None:
        super().__init__(en)
        self.en, self.th, self.hint_en, self.hint_th, self.at = en, th, hint_en, hint_th, at


_SAME_SIGN = {"≤": "<=", "≥": ">=", "≠": "!=", "−": "-"}


@v_args(inline=True)
class _Tree(Transformer[Token, Node]):
    """Makes the nodes from what lark has found."""

    def number(self, written: Token) -> Node:
        return Number(_number(written), _at(written))

    def signed(self, *written: Token) -> Node:
        *sign, digits = written
        return Number(-_number(digits) if sign and sign[0] != "+" else _number(digits), _at(written[0]))

    def key(self, written: Token) -> Node:
        return Key(tuple(_places(str(written))), _at(written))

    def label(self, written: Token) -> Node:
        return Label(str(written).strip('"'), _at(written))

    def named_by_key(self, written: Token) -> Node:
        return Label(str(written), _at(written))

    def call(self, name: Token, *arguments: Node | None) -> Node:
        return Call(str(name), tuple(own for own in arguments if own is not None), _at(name))

    def listed(self, *entries: Any) -> Node:
        there = tuple(entry for entry in entries if entry is not None)
        return Listed(there, there[0].at if there else 1)

    def compared(self, *parts: Any) -> Node:
        signs = tuple(_SAME_SIGN.get(sign, str(sign)) for sign in parts[1::2])
        return parts[0] if not signs else Compared(tuple(parts[::2]), signs, parts[0].at)

    def summed(self, *parts: Any) -> Node:
        signs = tuple(_SAME_SIGN.get(sign, str(sign)) for sign in parts[1::2])
        return parts[0] if not signs else Summed(tuple(parts[::2]), signs, parts[0].at)

    def either(self, *parts: Node) -> Node:
        return Joined("or", parts, parts[0].at) if len(parts) > 1 else parts[0]

    def both(self, *parts: Node) -> Node:
        return Joined("and", parts, parts[0].at) if len(parts) > 1 else parts[0]

    def negated(self, part: Node) -> Node:
        return Joined("not", (part,), part.at)


def _number(written: str) -> float:
    return float(written[:-1]) / 100 if written.endswith("%") else float(written)


def _at(written: Token) -> int:
    return written.column or 1


def _places(key: str) -> Iterator[str]:
    """The places of a key; a dot between braces divides none."""
    place, inside = "", False
    for character in key:
        inside = character == "{" or (inside and character != "}")
        if character == "." and not inside:
            yield place
            place = ""
        else:
            place += character
    yield place


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", maybe_placeholders=False)


def beforehand() -> None:
    """Make the parser from its grammar (see `basics.warm_server`)."""
    _parser()


@cache
def parsed(text: str) -> Node:
    """The tree of a condition.

    Raises:
        Fault: it can't be read.
    """
    if len(text) > LONGEST or _depth(text) > _DEPTH:
        raise Fault(
            f"This condition is longer or deeper than is read ({LONGEST:,} characters).",
            f"เงื่อนไขนี้ยาวหรือซ้อนลึกเกินกว่าที่อ่านได้ ({LONGEST:,} อักขระ)",
            "Divide it: a claim may list several conditions, all of which must hold.",
            "แบ่งออกเป็นหลายเงื่อนไขในรายการเดียวกัน ซึ่งต้องเป็นจริงทุกข้อ",
        )
    try:
        return _Tree().transform(_parser().parse(text))
    except UnexpectedInput as error:
        raise _unread(text, error) from None
    except VisitError as error:  # a number beyond all bounds
        raise Fault("This condition can't be read.", "อ่านเงื่อนไขนี้ไม่ได้") from error


def _depth(text: str) -> int:
    """How deep brackets and `not` stand within each other, at most."""
    depth = most = 0
    for character in text:
        depth += (character in "([") - (character in ")]")
        most = max(most, depth)
    return max(most, text.count("not ") // 2)


def _unread(text: str, error: UnexpectedInput) -> Fault:
    at = error.column if isinstance(error.column, int) and error.column > 0 else len(text) + 1
    hints = (
        "Such as: largest(1, table.*.column) = [name], a.b.c > d.e.f, significant(table.row.p). See docs/claims.md.",
        "ตัวอย่าง: largest(1, table.*.column) = [name], a.b.c > d.e.f, significant(table.row.p) ดู docs/th/claims.md",
    )
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return Fault("This condition ends too early.", "เงื่อนไขนี้ยังเขียนไม่จบ", *hints, at=len(text) + 1)
    rest = text[at - 1 :].split()
    found = str(error.token) if isinstance(error, UnexpectedToken) else rest[0] if rest else ""
    if isinstance(error, UnexpectedCharacters) or found:
        return Fault(f'"{found}" can\'t stand here.', f'"{found}" อยู่ตรงนี้ไม่ได้', *hints, at=at)
    return Fault("This condition can't be read.", "อ่านเงื่อนไขนี้ไม่ได้", *hints, at=at)


def keys_in(node: Node) -> Iterator[Key]:
    """The keys and patterns of a condition, in their order."""
    if isinstance(node, Key):
        yield node
    for inner in parts_of(node):
        yield from keys_in(inner)


def parts_of(node: Node) -> tuple[Node, ...]:
    """What a node is made of."""
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Compared):
        return node.operands
    if isinstance(node, Summed):
        return node.terms
    return node.parts if isinstance(node, Joined) else ()
