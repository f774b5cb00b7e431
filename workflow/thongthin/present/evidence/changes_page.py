"""A document as it was rendered, with what differs from another build marked where it stands, and told at its head."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from thongthin.basics.language import Language

Record = dict[str, Any]

_LINK = re.compile(
    r'<a (?P<before>[^>]*?)href="evidence\.(?:th|en)\.html#/(?P<place>[^"]+)"(?P<after>[^>]*)>(?P<text>.*?)</a>', re.S
)
_BODY = re.compile(r"<body[^>]*>")
_STYLE = (
    "<style>mark.changed{background:#ffe08a;color:inherit;padding:0 .15em;outline:1px solid #8a6500}"
    "mark.changed del{opacity:.75;margin-inline-end:.3em}"
    ".changes{max-width:60em;margin:1em auto;padding:.5em 1em;border:2px solid #8a6500;font-family:inherit}"
    ".changes summary{font-weight:bold}.changes li{overflow-wrap:anywhere}</style>"
)
_WORDS = {
    "en": ("What changed", "numbers in the text", "cells of tables", "Why", "was", "none", "claims"),
    "th": ("สิ่งที่เปลี่ยนไป", "ตัวเลขในเนื้อความ", "ช่องในตาราง", "เพราะอะไร", "เดิม", "ไม่มี", "เงื่อนไขของข้อความ"),
}


def marked_article(
    text: str,
    found: Record,
    language: Language,
    causes: list[str] | None = None,
    claims: Mapping[str, list[str]] | None = None,
) -> str:
    """The HTML of a document with its changed numbers and cells marked.

    Args:
        text: as it was rendered: its numbers and cells are links to their evidence.
        found: as `changes` returns it.
        causes: those in words, in the order of `found`; None: their names.
        claims: those that differ in words, by their id; None: none.
    """
    words = _WORDS[language]
    told_claims = claims or {}
    numbers = {own["key"]: own for own in found["numbers"] if _reads_otherwise(own, language)}
    cells = {(own["table"], *own["at"]): own for own in found["cells"] if own.get("at")}

    def mark(link: re.Match[str]) -> str:
        kind, _, place = unquote(html.unescape(link["place"])).partition("/")
        if kind == "value" and place in numbers:
            was = numbers[place]["before"]
            return _marked(link, was[f"text_{language}"] if was else words[5], words[4])
        if kind == "claim" and place in told_claims:
            title = html.escape(told_claims[place][0])
            return f'<mark class="changed" title="{title}">{html.escape(place)}{link[0]}</mark>'
        if kind == "table" and tuple(place.split("/")) in cells:
            return _marked(link, cells[tuple(place.split("/"))]["before"] or words[5], words[4])
        return link[0]

    told = causes if causes is not None else [str(cause["name"]) for cause in found["causes"]]
    counts = f"{len(numbers)} {words[1]}, {len(cells)} {words[2]}, {len(told_claims)} {words[6]}"
    head = (
        f'<details class="changes" open><summary>{words[0]}: {counts}</summary>'
        f"<p>{words[3]}:</p><ol>{_list(told)}</ol>"
        + (f"<p>{words[6]}:</p><ul>{_list(told_claims.values())}</ul>" if told_claims else "")
        + "</details>"
    )
    marked = _LINK.sub(mark, text)
    body = _BODY.search(marked)
    at = body.end() if body else 0
    return f"{marked[:at]}{_STYLE}{head}{marked[at:]}"


def _list(items: Iterable[str | list[str]]) -> str:
    lines = (item if isinstance(item, list) else [item] for item in items)
    return "".join(f"<li>{'<br>'.join(map(html.escape, own))}</li>" for own in lines)


def _reads_otherwise(own: Record, language: Language) -> bool:
    was, now = own["before"], own["after"]
    return was is None or now is None or bool(was[f"text_{language}"] != now[f"text_{language}"])


def _marked(link: re.Match[str], was: str, word: str) -> str:
    before = html.escape(was)
    return f'<mark class="changed" title="{word}: {before}"><del>{before}</del>{link[0]}</mark>'
