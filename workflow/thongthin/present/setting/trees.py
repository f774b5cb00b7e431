"""pandoc's trees, as its JSON has them: elements made, read and walked through.

An element is a dict with its kind, `t`, and its content, `c`; see the types of pandoc-types 1.23. Walks change a tree
in place, and give back its lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Literal

Element = dict[str, Any]
Elements = list[Element]
Attr = list[Any]  # id, classes, attributes

# What is written: a page, Typst of which a PDF is set, Word, JATS.
Format = Literal["html", "pdf", "docx", "xml"]

# What a function makes of an element: nothing (it stays), another one, or several in its place.
Change = Callable[[Element], Element | Elements | None]


class Finished(list[Element]):
    """What was made of an element, and is not looked into any more."""


SPACE: Element = {"t": "Space"}
# Names of bookmarks in Word have no more letters.
LONGEST_NAME = 40
# The ending of the name of a file.
ENDING = re.compile(r"\.[0-9A-Za-z]+\Z")
_BREAKS = {"Space", "SoftBreak", "LineBreak"}
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


def attr(identifier: str = "", classes: Iterable[str] = (), **attributes: str) -> Attr:
    """Attributes of an element; `_` in a name stands for "-"."""
    return [identifier, [*classes], [[name.replace("_", "-"), value] for name, value in attributes.items()]]


def text(words: str) -> Element:
    return {"t": "Str", "c": words}


def raw(format_: str, code: str) -> Element:
    """Code of a format in a line."""
    return {"t": "RawInline", "c": [format_, code]}


def raw_block(format_: str, code: str) -> Element:
    return {"t": "RawBlock", "c": [format_, code]}


def strong(content: Elements) -> Element:
    return {"t": "Strong", "c": content}


def span(content: Elements, own: Attr) -> Element:
    return {"t": "Span", "c": [own, content]}


def link(content: Elements, target: str, own: Attr) -> Element:
    return {"t": "Link", "c": [own, content, [target, ""]]}


def plain(content: Elements) -> Element:
    return {"t": "Plain", "c": content}


def para(content: Elements) -> Element:
    return {"t": "Para", "c": content}


def div(content: Elements, own: Attr) -> Element:
    return {"t": "Div", "c": [own, content]}


def words_of(line: str) -> Elements:
    """A text as elements of a line: its words, and between them spaces and the ends of lines."""
    found: Elements = []
    word, gap = "", ""

    def end_gap() -> None:
        nonlocal gap
        if gap:
            found.append({"t": "SoftBreak"} if "\n" in gap or "\r" in gap else dict(SPACE))
            gap = ""

    for letter in line:
        if letter in " \t\n\r":
            if word:
                found.append(text(word))
                word = ""
            gap += letter
        else:
            end_gap()
            word += letter
    if word:
        found.append(text(word))
    end_gap()
    return found


def attr_of(element: Element) -> Attr | None:
    """The attributes of an element, if its kind has any."""
    kind = element["t"]
    if kind in ("Span", "Link", "Image", "Code", "Div", "CodeBlock", "Figure", "Table"):
        own: Attr = element["c"][0]
        return own
    return element["c"][1] if kind == "Header" else None


def id_of(element: Element) -> str:
    own = attr_of(element)
    return str(own[0]) if own else ""


def classes_of(element: Element) -> list[str]:
    own = attr_of(element)
    return own[1] if own else []


def value_of(element: Element, name: str) -> str | None:
    """What an attribute of an element says."""
    own = attr_of(element)
    return next((value for key, value in own[2] if key == name), None) if own else None


def give(element: Element, name: str, value: str | None) -> None:
    """Set an attribute of an element, or take it away."""
    own = attr_of(element)
    assert own is not None
    for place, (key, _) in enumerate(own[2]):
        if key == name:
            own[2][place : place + 1] = [] if value is None else [[name, value]]
            return
    if value is not None:
        own[2].append([name, value])


def stringify(content: Any) -> str:
    """The text of elements, as pandoc's function of this name has it: without notes, with the signs of quotations."""
    pieces: list[str] = []
    _say(content, pieces)
    return "".join(pieces)


def _say(content: Any, pieces: list[str]) -> None:
    for element in content if isinstance(content, list) else [content]:
        kind = element["t"]
        if kind == "Str":
            pieces.append(element["c"])
        elif kind in _BREAKS:
            pieces.append(" ")
        elif kind in ("Code", "Math"):
            pieces.append(element["c"][1])
        elif kind == "Quoted":
            opening, closing = _QUOTES[element["c"][0]["t"]]
            pieces.append(opening)
            _say(element["c"][1], pieces)
            pieces.append(closing)
        elif kind == "Cite":
            _say(element["c"][1], pieces)
        elif kind != "Note":
            for part in children(element):
                _say(part, pieces)


def children(element: Element) -> Iterator[Elements]:
    """The lists of elements that stand right within an element, in the order of the text."""
    kind, content = element["t"], element.get("c")
    if kind in _OWN:
        yield content  # type: ignore[misc]
    elif kind in _SECOND:
        yield content[1]  # type: ignore[index]
    elif kind == "Table":
        for block in content[1][1]:  # type: ignore[index]
            yield from children(block)
        for row in rows_of(element, heads=True):
            for cell in row[1]:
                yield cell[4]
    elif kind == "Cite":
        for citation in content[0]:  # type: ignore[index]
            yield citation["citationPrefix"]
            yield citation["citationSuffix"]
        yield content[1]  # type: ignore[index]
    elif kind == "Header":
        yield content[2]  # type: ignore[index]
    elif kind == "Figure":
        yield content[1][1]  # type: ignore[index]
        yield content[2]  # type: ignore[index]
    elif kind in ("BulletList", "LineBlock"):
        yield from content  # type: ignore[misc]
    elif kind == "OrderedList":
        yield from content[1]  # type: ignore[index]
    elif kind == "DefinitionList":
        for term, definitions in content:  # type: ignore[union-attr]
            yield term
            yield from definitions


_OWN = frozenset(
    "Para Plain BlockQuote Emph Underline Strong Strikeout Superscript Subscript SmallCaps Note".split()  # noqa: SIM905
)
_SECOND = frozenset(["Span", "Link", "Image", "Div", "Quoted"])


def rows_of(table: Element, *, heads: bool = False) -> Iterator[list[Any]]:
    """The rows of a table (attributes and cells): those of its bodies, or with its head and foot."""
    _, _, _, head, bodies, foot = table["c"]
    if heads:
        yield from head[1]
    for body in bodies:
        if heads:
            yield from body[2]
        yield from body[3]
    if heads:
        yield from foot[1]


def each(elements: Elements) -> Iterator[Element]:
    """Every element, in the order of the text."""
    for element in elements:
        yield element
        for part in children(element):
            yield from each(part)


def change(elements: Elements, changes: Mapping[str, Change]) -> Elements:
    """Put in the place of each element what the function of its kind makes of it, those within it first."""
    place = 0
    for element in elements[:]:
        kind = element["t"]
        if kind in _OWN:  # these kinds are most of those that hold others
            change(element["c"], changes)
        elif kind in _SECOND:
            change(element["c"][1], changes)
        elif kind not in _LEAVES:
            for part in children(element):
                change(part, changes)
        place += _put(elements, place, changes[kind](element)) if kind in changes else 1
    return elements


_LEAVES = _BREAKS | {"Str", "Code", "Math", "RawInline", "RawBlock", "CodeBlock", "HorizontalRule"}


def _put(elements: Elements, place: int, made: Element | Elements | None) -> int:
    """Put what was made of it in the place of an element; returns how many stand there now."""
    if made is None:
        return 1
    several = made if isinstance(made, list) else [made]
    elements[place : place + 1] = several
    return len(several)


def change_down(
    elements: Elements,
    changes: Mapping[str, Change],
    of_lists: Callable[[Elements], None] | None = None,
    leave: Collection[str] = (),
) -> Elements:
    """As `change`, but each element before those within it.

    Args:
        of_lists: changes each list of elements first.
        leave: kinds of elements that nothing is changed in.
    """
    if of_lists:
        of_lists(elements)
    place = 0
    for element in elements[:]:
        kind, count, made = element["t"], 1, None
        if kind in changes:
            made = changes[kind](element)
            count = _put(elements, place, made)
        if kind not in leave and not isinstance(made, Finished):
            for own in (element,) if made is None else elements[place : place + count]:
                if own["t"] not in _LEAVES:
                    for part in children(own):
                        change_down(part, changes, of_lists, leave)
        place += count
    return elements


def change_lists(elements: Elements, of_lists: Callable[[Elements], None]) -> Elements:
    """Change each list of elements, those within its elements first."""
    for element in elements:
        if element["t"] not in _LEAVES:
            for part in children(element):
                change_lists(part, of_lists)
    of_lists(elements)
    return elements


class Meta:
    """What the head of a document says, as pandoc has it."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content

    @classmethod
    def of(cls, value: Any) -> Meta:
        return cls(value["c"] if value and value["t"] == "MetaMap" else {})

    def within(self, name: str) -> Meta:
        """The part under a name; empty where there is none."""
        return Meta.of(self.content.get(name))

    def __contains__(self, name: str) -> bool:
        value = self.content.get(name)
        return value is not None and value != {"t": "MetaBool", "c": False}

    def said(self, name: str) -> str:
        return said(self.content.get(name))

    def inlines(self, name: str) -> Elements:
        return inlines_of(self.content.get(name))

    def listed(self, name: str) -> list[Any]:
        value = self.content.get(name)
        return value["c"] if value and value["t"] == "MetaList" else []


def said(value: Any) -> str:
    """The text of a value of the head."""
    if value is None:
        return ""
    if value["t"] == "MetaBool":
        return "true" if value["c"] else "false"
    return str(value["c"]) if value["t"] == "MetaString" else stringify(value["c"])


def inlines_of(value: Any) -> Elements:
    """A value of the head as elements of a line, which are new."""
    if value is None:
        return []
    if value["t"] == "MetaString":
        return words_of(value["c"])
    blocks = value["c"]
    lines = blocks if value["t"] == "MetaInlines" else [line for block in blocks for line in block.get("c", [])]
    made: Elements = copied(lines)
    return made


def copied(content: Any) -> Any:
    """A copy of elements that shares nothing with them."""
    if isinstance(content, dict):
        return {key: copied(value) for key, value in content.items()}
    return [copied(value) for value in content] if isinstance(content, list) else content
