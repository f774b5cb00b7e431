"""Citations and both lists of references, as pandoc's citeproc writes them for all formats at once.

Cross-references look like citations, and are none. What cites is told apart by a number of its own
(`citationHash`, which nothing else uses here), since a format may show it in another place.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from thongthin.present.render import pandoc
from thongthin.present.setting.thai import kind_of
from thongthin.present.setting.trees import (
    Element,
    Elements,
    Format,
    change,
    copied,
    each,
    give,
    id_of,
    para,
    raw_block,
    value_of,
)

# Works two lists out of one set of citations.
FILTER = "_extensions/thongthin/two_reference_lists.lua"
_LISTS = ("refs", "refs-translated")


def cites(element: Element) -> bool:
    """Whether an element cites works."""
    return element["t"] == "Cite" and not kind_of(element["c"][0][0]["citationId"])


class References:
    """The citations of a document, which are numbered in its tree, and its lists.

    Args:
        folder: the working copy.
        tree: what pandoc read.

    Raises:
        PandocFailed: pandoc failed, or took too long.
    """

    def __init__(self, folder: Path, tree: dict[str, Any]) -> None:
        self.cited: list[Elements] = []
        self.lists: dict[str, Element] = {}
        self.placed: set[str] = set()  # the lists that the text has a place for
        citations: Elements = []
        places: Elements = []
        for element in each(tree["blocks"]):
            if cites(element):
                element["c"][0][0]["citationHash"] = len(citations)
                citations.append(element)
            elif element["t"] == "Div" and id_of(element) in _LISTS:
                places.append(element)
        if not citations and not places:  # as in most supplements
            return
        own = {"references": tree["meta"]["thongthin"]["c"]["references"]}
        asked = {
            "pandoc-api-version": tree["pandoc-api-version"],
            "meta": {"thongthin": {"t": "MetaMap", "c": own}},
            "blocks": [*(para([one]) for one in citations), *places],
        }
        options = ("--from=json", "--fail-if-warnings", f"--lua-filter={FILTER}", "--to=json")
        data, _ = pandoc.run(json.dumps(asked).encode(), *options, folder=folder, limit=pandoc.WRITING)
        made = json.loads(data)["blocks"]
        self.cited = [block["c"] for block in made[: len(citations)]]
        self.lists = {id_of(block): block for block in made[len(citations) :]}
        self.placed = {id_of(block) for block in places}

    def set(self, blocks: Elements, format_: Format) -> None:
        """Put citations and lists as they are printed in their places."""
        if not self.cited and not self.lists:
            return

        def cited(cite: Element) -> Elements | None:
            return copied(self.cited[cite["c"][0][0]["citationHash"]]) if cites(cite) else None

        def listed(block: Element) -> Element | None:
            return finished(self.lists[id_of(block)], format_) if id_of(block) in self.lists else None

        change(blocks, {"Cite": cited, "Div": listed})
        blocks += [finished(one, format_) for name, one in self.lists.items() if name not in self.placed]


def finished(made: Element, format_: Format) -> Element:
    """A list as the format has it."""
    block: Element = copied(made)
    if format_ == "docx":
        give(block, "custom-style", "Bibliography")
    elif format_ == "pdf":
        language = (value_of(block, "lang") or "")[:2]
        opening = raw_block("typst", f'#references(lang: "{language}")[')
        block["c"][1] = [opening, *block["c"][1], raw_block("typst", "]")]
    return block
