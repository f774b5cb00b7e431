"""What a text asks its study for, in its place: numbers, quotes, figures, and names for what comes from the study.

`{{< value key >}}` and `{{< quote id >}}` stand in the working copy as spans with the attributes `shortcode` and
`argument`. Both come as plain text from `values.json` and `quotes.json` beside the text, and stay plain text. Of
sentences that are bound to a claim, and of what their authors think, the second leave no trace; the first keep their
claim as the place of their evidence.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any

from thongthin.present.setting.trees import (
    ENDING,
    LONGEST_NAME,
    Element,
    Elements,
    Format,
    Meta,
    attr,
    change,
    change_down,
    children,
    classes_of,
    div,
    give,
    para,
    raw,
    said,
    span,
    value_of,
    words_of,
)

_SIGNS = re.compile(r"[^0-9A-Za-z]")
_BRACKET = re.compile(r"(.*) (\([^()]*\))", re.DOTALL)


class Requests:
    """The requests of one document in one format.

    Args:
        folder: the working copy.
        meta: what the head of the document says under `thongthin`.

    In Word and on a screen, what comes from the study has a name, by which it is found when a document comes back:
    "v12_site_S01" is the twelfth value. A copy without names has the number alone: keys can hold the initials of
    coders.
    """

    def __init__(self, folder: Path, meta: Meta, format_: Format) -> None:
        self.folder, self.format = folder, format_
        self.named = format_ in ("html", "docx")
        self.blind = "blind" in meta
        self.nameless_claims = "evidence-of" not in meta
        self.marked: Collection[str] = {said(one) for one in meta.listed("marked")}
        self.count: Counter[str] = Counter()

    def fill(self, blocks: Elements) -> None:
        """Put what is asked for into the text.

        Raises:
            LookupError: it asks for what the working copy does not have.
        """
        if self.named:
            name_paragraphs(blocks, within=self.format == "docx")
        change(blocks, {"Para": self.quote})
        change(blocks, {"Span": self.value, "Image": self.figure})
        change(blocks, {"Span": self.claim})

    @cached_property
    def values(self) -> dict[str, str]:
        found: dict[str, str] = self._read("values.json")
        return found

    @cached_property
    def quotes(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = self._read("quotes.json")
        return found

    def _read(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def name(self, letter: str, key: str, *, alone: bool) -> str:
        """The name of what is shown: a letter, its number and, unless that stands alone, its key."""
        self.count[letter] += 1
        if not self.named:
            return ""
        number = f"{letter}{self.count[letter]}"
        return number if alone else f"{number}_{_SIGNS.sub('_', _bytes(key))}"[:LONGEST_NAME]

    def value(self, request: Element) -> Element | Elements | None:
        """A number of the study, in a span that says where its evidence is told."""
        if not (kind := value_of(request, "shortcode")):
            return None
        key = value_of(request, "argument") or ""
        if kind != "value" or key not in self.values:
            raise LookupError(f"{{{{< {kind} {key} >}}}}: there is no such {kind}")
        shown = words_of(self.values[key])
        if key.startswith("words."):  # which may be long, and are no number to be followed
            return shown
        if self.format == "pdf" and len(shown) > 1:  # Typst would break a line inside the Thai word ร้อยละ
            shown = [raw("typst", "#box["), *shown, raw("typst", "];")]
        return span(shown, attr(self.name("v", key, alone=self.blind), evidence=f"value/{key}"))

    def quote(self, paragraph: Element) -> Elements | None:
        """A block quote, with who said it below."""
        request = paragraph["c"][0] if len(paragraph["c"]) == 1 else None
        if not request or request["t"] != "Span" or value_of(request, "shortcode") != "quote":
            return None
        key = value_of(request, "argument") or ""
        if key not in self.quotes:
            raise LookupError(f"{{{{< quote {key} >}}}}: there is no such quote")
        words = self.quotes[key]
        name = self.name("q", key, alone=self.blind)
        by = span(self.whole_bracket(f"— {words['attribution']}"), attr(evidence=f"quote/{key}"))
        quoted = self.styled("quotation", words_of(f"“{words['text']}”"), words["language"], name)
        return [{"t": "BlockQuote", "c": [quoted, self.styled("attribution", [by])]}]

    def styled(self, style: str, line: Elements, language: str | None = None, name: str = "") -> Element:
        """A paragraph with a style of its own; pandoc's Typst writer knows none, and drops the language."""
        if self.format == "pdf":
            call = f'#{style}(lang: "{language}")[' if language is not None else f"#{style}["
            return para([raw("typst", call), *line, raw("typst", "]")])
        own = attr(name, [style])
        own[2] += [["lang", language]] if language is not None else []
        own[2] += [["custom-style", style]] if self.format == "docx" else []
        return div([para(line)], own)

    def whole_bracket(self, line: str) -> Elements:
        """A line; in the PDF, what stands in brackets at its end, as "(translated from Thai)", is not broken."""
        found = _BRACKET.fullmatch(line) if self.format == "pdf" else None
        if not found:
            return words_of(line)
        box = [raw("typst", "#box["), *words_of(found[2]), raw("typst", "];")]
        return [*words_of(f"{found[1]} "), *box]

    def figure(self, image: Element) -> Element:
        """An image as the file that suits the format; behind what its author says of it stands what the data say."""
        target = image["c"][2]
        stem = ENDING.sub("", target[0])
        file = self.folder / f"{stem}.txt"
        data = file.read_text(encoding="utf-8").rstrip() if file.is_file() else ""
        if data:
            give(image, "fig-alt", f"{value_of(image, 'fig-alt') or ''} {data}")
        if stem == target[0]:
            target[0] += ".png" if self.format == "docx" else ".svg"
        return image

    def claim(self, sentence: Element) -> Element | Elements | None:
        """A sentence that is bound to a claim; in a draft, that of a claim that does not hold is highlighted."""
        claim, content = value_of(sentence, "claim"), sentence["c"][1]
        if claim is None:
            return content if "interpretation" in classes_of(sentence) else None
        if claim in self.marked and self.format == "pdf":
            content = [raw("typst", "#highlight["), *content, raw("typst", "]")]
        elif claim in self.marked:
            content = [span(content, attr(classes=["mark"]))]
        name = self.name("c", claim, alone=self.nameless_claims)
        return span(content, attr(name, ["claim"], evidence=f"claim/{claim}"))


def _bytes(key: str) -> str:
    """A key with a sign for each of its bytes."""
    return key.encode("utf-8").decode("latin-1")


def name_paragraphs(blocks: Elements, *, within: bool) -> None:
    """Give each paragraph a name, made of what it says, by which it is found again wherever it has moved.

    Args:
        within: the name is that of a span around what it says (in Word a bookmark), rather than of one before it.
    """
    seen: Counter[str] = Counter()

    def name(block: Element) -> None:
        line = block["c"]
        if not line or (len(line) == 1 and _is_no_text(line[0])):
            return
        digest = hashlib.sha1(_said(line).encode("utf-8"), usedforsecurity=False).hexdigest()[:8]
        seen[digest] += 1
        own = attr(f"p_{digest}" + (f"_{seen[digest]}" if seen[digest] > 1 else ""))
        block["c"] = [span(line, own)] if within else [span([], own), *line]

    change_down(blocks, {"Para": name, "Plain": name}, leave=("Table", "Figure"))


def _is_no_text(element: Element) -> bool:
    return element["t"] in ("Image", "Math") or value_of(element, "shortcode") == "quote"


def _said(line: Elements) -> str:
    """What a line says: its words, and the names of what it asks for and cites."""
    pieces = []
    for element in line:
        kind = element["t"]
        if kind in ("Space", "SoftBreak", "LineBreak"):
            pieces.append(" ")
        elif kind == "Str":
            pieces.append(element["c"])
        elif kind in ("Code", "Math"):
            pieces.append(element["c"][1])
        elif kind == "Cite":
            pieces += [f"@{citation['citationId']}" for citation in element["c"][0]]
        elif kind == "Span" and value_of(element, "shortcode"):
            pieces.append(value_of(element, "argument") or "")
        elif kind not in ("Note", "Image", "RawInline"):
            pieces += [_said(part) for part in children(element)]
    return "".join(pieces)
