"""What of a document is not on the list of what may stand there (`thongthin.present.render.allowed`).

The check of the articles tells of it with file, line and column; the embedded renderer asks once more before it writes,
when tables are in their places. What reaches a format has been held against the list, its addresses above all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from thongthin.basics.addresses import is_address
from thongthin.present.render.allowed import ELEMENTS, FIGURE, MADE, MEANT, REFERABLE, Allowed
from thongthin.present.render.nodes import Node
from thongthin.present.render.source import CLOSE, OPEN, SIGN
from thongthin.read.references import CROSS_REFERENCE

# Code that Quarto, or what it calls, would run.
_RUN = re.compile(r"\{(?P<engine>[^{}\n]+)\}(?:\s|\Z)|(?P<r>[rR])\s")
_TAG = re.compile(r"<[^<>]*>")
# What has a name of its own in Quarto, and what to do instead: (class, attribute or shortcode, English, Thai).
INSTEAD = [
    (r"panel-tabset", "Write the parts one after the other.", "เขียนแต่ละส่วนต่อกันไป"),
    (r"columns?|column-.*|layout.*|aside|margin", "The article has one column.", "บทความจัดหน้าเป็นคอลัมน์เดียว"),
    (r"callout-.*|title|icon|collapse|appearance", "Write it as a paragraph.", "เขียนเป็นย่อหน้าธรรมดา"),
    (
        r"content-(visible|hidden)|(when|unless)-.*",
        "The article says the same in every format.",
        "บทความทุกรูปแบบมีเนื้อหาเหมือนกัน",
    ),
    (r"var|meta|env", "Use {{< value key >}}.", "ใช้ {{< value key >}}"),
]


@dataclass(frozen=True)
class Refusal:
    """Something that is not on the list: on which element, what it is, and what is allowed instead.

    Attributes:
        kind: of the problem.
        en, th: whole sentences.
        hint: in English and in Thai.
        offset: where in the `text` of the element.
    """

    node: Node
    kind: str
    en: str
    th: str
    hint: tuple[str, str] = ("", "")
    offset: int = 0


def refusals(blocks: Iterable[Node], *, made: bool = False) -> Iterator[Refusal]:
    """Everything in a document that is not on the list, in the order of the text.

    Args:
        made: whether the build put it together, with its tables and shortcodes.
    """
    for block in blocks:
        for node in block.walk():
            own = ELEMENTS.get(node.kind)
            if own is None:
                yield _element(node)
                continue
            yield from _braces(node, own, MADE.get(node.kind, Allowed()) if made else Allowed())
            yield from _CONTENT.get(node.kind, _nothing)(node)


def refused_in_metadata(meta: Any) -> Iterator[str]:
    """What is raw in the metadata of a document (pandoc's JSON), is an image, or leads where no link may."""
    if isinstance(meta, list):
        for part in meta:
            yield from refused_in_metadata(part)
    elif isinstance(meta, dict):
        kind, content = meta.get("t"), meta.get("c")
        if kind in ("RawInline", "RawBlock", "Image"):
            yield str(kind)
        elif kind == "Link" and isinstance(content, list) and not is_address(str(content[2][0])):
            yield str(content[2][0])
        for part in meta.values():
            yield from refused_in_metadata(part)


def no_part(
    node: Node, kind: str, name: str, en: str, th: str, hint: tuple[str, str] = ("", ""), offset: int = 0
) -> Refusal:
    """The refusal of what is called `name`."""
    meant = next(((e, t) for names, e, t in INSTEAD if re.fullmatch(names, name)), hint)
    if not meant[0]:
        meant = ("See docs/article-format.md for what can be used.", "ดูสิ่งที่ใช้ได้ใน docs/th/article-format.md")
    ending = ("is not part of the article format.", "ไม่อยู่ในรูปแบบบทความที่ใช้ได้")
    return Refusal(node, kind, f"{en} {ending[0]}", f"{th} {ending[1]}", meant, offset)


def _element(node: Node) -> Refusal:
    """The refusal of an element that is not on the list."""
    shown = said(node.text)
    if node.kind == "Shortcode":
        own = (f'The shortcode "{shown}"', f'ชอร์ตโค้ด "{shown}"')
        return no_part(node, "shortcode", node.text, *own, MEANT["shortcode"])
    if node.more == "html" and _TAG.fullmatch(node.text):
        return no_part(node, "raw-html", "", f'The HTML tag "{shown}"', f'แท็ก HTML "{shown}"', MEANT["raw"])
    if node.kind == "RawInline" and node.more == "tex":
        return no_part(node, "raw-tex", "", f'The TeX command "{shown}"', f'คำสั่ง TeX "{shown}"', MEANT["raw"])
    if node.kind in ("RawInline", "RawBlock"):
        return no_part(node, "raw-block", "", f'Raw "{node.more}" code', f'รหัส "{node.more}" โดยตรง', MEANT["raw"])
    own = (f"What stands here ({node.kind})", f"สิ่งที่อยู่ตรงนี้ ({node.kind})")
    return no_part(node, "element", node.kind, *own, MEANT["raw"])


def _braces(node: Node, own: Allowed, also: Allowed) -> Iterator[Refusal]:
    """What stands in the braces of an element, and may not.

    Args:
        own: what may stand there, whoever wrote it.
        also: what else may.
    """
    keys = [*(f".{name}" for name in sorted(own.classes)), *(f"{key}=" for key, _ in own.attributes)]
    listed = ", ".join([*(["#id"] if own.identifier else []), *keys])
    here = (f"Here may stand: {listed}.", f"ตรงนี้ใช้ได้: {listed}")
    here = here if listed else ("No braces stand here.", "ตรงนี้ใส่วงเล็บปีกกาไม่ได้")
    for name in node.classes:
        if name not in own.classes | also.classes:
            yield no_part(node, "class", name, f'The class "{said(name)}"', f'คลาส "{said(name)}"', here)
    known = dict((*own.attributes, *also.attributes))
    for name, value in node.attributes.items():
        if name not in known:
            key = said(name)
            yield no_part(node, "attribute", name, f'The attribute "{key}"', f'แอตทริบิวต์ "{key}"', here)
        elif _signed(value):
            yield _misplaced(node, "an attribute", "แอตทริบิวต์")
        elif not known[name].fullmatch(value):
            shown = f"{name}={said(value)}"
            yield no_part(node, "attribute", "", f'"{shown}"', f'"{shown}"', MEANT.get(name, ("", "")))
    yield from refused_identifier(node, own)


def refused_identifier(node: Node, own: Allowed) -> Iterator[Refusal]:
    """The refusal of the id of an element, if it may not have it."""
    name, kind = node.identifier, CROSS_REFERENCE.match(node.identifier)
    if not name or (own.identifier and own.identifier.fullmatch(name) and not kind):
        return
    if kind and not name.startswith(REFERABLE):
        if node.kind != "Header":  # whose id may be made of its words; one that is written is found in the text
            yield no_part(node, "cross-reference", kind[0], f'A numbered "{kind[1]}"', f'การให้เลข "{kind[1]}"')
    elif kind and not _BEARERS[kind[0]](node):
        en, th = _BEARER[kind[0]]
        yield Refusal(
            node,
            "misplaced-id",
            f'The id "{said(name)}" does not stand on {en}.',
            f'รหัส "{said(name)}" ไม่ได้อยู่กับ{th}',
            (
                "See docs/article-format.md for how headings, tables and figures are written.",
                "ดูวิธีเขียนหัวข้อ ตาราง และรูปใน docs/th/article-format.md",
            ),
        )
    elif own.identifier is None or not own.identifier.fullmatch(name):
        yield no_part(node, "id", "", f'The id "{said(name)}"', f'รหัส "{said(name)}"', MEANT["id"])


_BEARER = {
    "fig-": ("a figure", "รูป"),
    "tbl-": ("the block of a table", "กล่องของตาราง"),
    "sec-": ("a heading", "หัวข้อ"),
}
_BEARERS: dict[str, Callable[[Node], bool]] = {
    "fig-": lambda node: node.kind in ("Figure", "Image", "Div"),
    "tbl-": lambda node: node.kind == "Div",
    "sec-": lambda node: node.kind == "Header",
}


def _link(node: Node) -> Iterator[Refusal]:
    if _signed(node.text) or _signed(node.more):
        yield _misplaced(node, "a link", "ลิงก์")
    elif not is_address(node.text):
        shown = said(node.text)
        yield no_part(node, "address", "", f'The address "{shown}"', f'ที่อยู่ "{shown}"', MEANT["address"])


def _image(node: Node) -> Iterator[Refusal]:
    if _signed(node.text) or _signed(node.more):
        yield _misplaced(node, "a figure", "รูป")
    elif not FIGURE.fullmatch(node.text):
        shown = said(node.text)
        en, th = f'"{shown}" is not a figure of the study.', f'"{shown}" ไม่ใช่รูปของการศึกษานี้'
        yield Refusal(node, "image", en, th, MEANT["image"])


def _code(node: Node) -> Iterator[Refusal]:
    run = _RUN.match(node.text)
    if _signed(node.text):
        yield _misplaced(node, "code", "โค้ด")
    elif run:
        name = said((run["engine"] or run["r"]).split(",")[0])
        own = (f'Code that is run ("{name}")', f'โค้ดที่สั่งให้ทำงาน ("{name}")')
        yield no_part(node, "code-cell", name, *own, MEANT["code"])


def _math(node: Node) -> Iterator[Refusal]:
    if _signed(node.text):
        yield _misplaced(node, "a formula", "สูตร")


def _nothing(node: Node) -> Iterator[Refusal]:
    return iter(())


_CONTENT = {
    "Link": _link,
    "Image": _image,
    "Code": _code,
    "CodeBlock": _code,
    "Math": _math,
}


def _misplaced(node: Node, en: str, th: str) -> Refusal:
    return no_part(node, "shortcode", "", f"A shortcode in {en}", f"ชอร์ตโค้ดใน{th}", MEANT["shortcode"])


def _signed(text: str) -> bool:
    return OPEN in text or CLOSE in text


def said(text: str) -> str:
    """A name as a message shows it: on one line, not too long, with signs as shortcodes."""
    short = SIGN.sub("{{< ... >}}", " ".join(text.split()))
    return f"{short[:80]}..." if len(short) > 80 else short
