"""Which participant a document of a coding tool is, and which code of the codebook a code of the tool is.

Names are compared as people write them: without case, endings of files, and doubled spaces. A document may be named by
more than its participant ("P01_SK", "Interview P01.docx"), as long as it names only one; failing that, it is known by
its text. Two codes may bear one name, under different parents; then the parents decide, be it that the tool knows them
or that they stand in the name ("Budget.Shortage", "Budget > Shortage").

Nothing is guessed: what fits several, or none, is not found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import pandas as pd

from thongthin.basics.language import normalise_text, one_line
from thongthin.basics.records import records
from thongthin.read.coding.model import Source, ToolCode

ENDINGS = {".docx", ".doc", ".txt", ".md", ".rtf", ".pdf", ".odt", ".html", ".htm"}
# What parts a code from those above it, where they stand in its name: Taguette, ATLAS.ti (old and new), MAXQDA, people.
_PATHS = [re.compile(sign) for sign in (r"\.", "::", r":\s", r"\\", r"\s>\s", "/")]


class Participants:
    """The participants of a study, to be found by the documents of a tool.

    Args:
        texts: the transcript of each participant, normalised.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._ids = {_key(id_): id_ for id_ in texts}
        self._by_text: dict[str, list[str]] = {}
        for id_, text in texts.items():
            if text:
                self._by_text.setdefault(_visible(text), []).append(id_)

    def find(self, source: Source) -> str | None:
        """The participant whose interview the document is; None if it is nobody's, or could be several people's."""
        candidates = self.candidates(source)
        return candidates[0] if len(candidates) == 1 else None

    def candidates(self, source: Source) -> list[str]:
        """The participants whose interview the document could be, as far as its name and its text tell; sorted."""
        name = _key(PurePosixPath(source.name.replace("\\", "/")).name)
        stem = name.removesuffix(next((ending for ending in ENDINGS if name.endswith(ending)), ""))
        for written in (name, stem, _key(source.name)):
            if written in self._ids:
                return [self._ids[written]]
        # Thai stands beside an id without a space.
        alone = r"(?<![a-z0-9]){}(?![a-z0-9])".format
        named = {id_ for key, id_ in self._ids.items() if key in stem and re.search(alone(re.escape(key)), stem)}
        same = self._by_text.get(_visible(source.text), []) if source.text else []
        return sorted(named) if len(named) == 1 or not same else sorted(same)


class Codebook:
    """The codes of a study, to be found by those of a tool.

    Args:
        codes: table `codes`.

    Attributes:
        ids: the codes in the order of the codebook.
        names: all that they are called, ids and labels.
    """

    def __init__(self, codes: pd.DataFrame) -> None:
        self.ids = list(codes["code_id"])
        self.names: list[str] = []
        self._named: dict[str, set[str]] = {}
        self._names: dict[str, set[str]] = {id_: set() for id_ in self.ids}
        self._parents = dict(zip(self.ids, codes["parent_id"], strict=True)) if "parent_id" in codes else {}
        labels = [column for column in ("code_id", "label_th", "label_en") if column in codes]
        for row in records(codes[labels]):
            for name in filter(None, map(str, row.values())):
                self.names.append(name)
                self._named.setdefault(_key(name), set()).add(row["code_id"])
                self._names[row["code_id"]].add(_key(name))

    def find(self, code: ToolCode, tool: Mapping[str, ToolCode]) -> str | None:
        """The code of the study that a code of the tool is; None if it is none, or could be several.

        Args:
            tool: all codes of the tool by id.
        """
        candidates = self.candidates(code, tool)
        return candidates[0] if len(candidates) == 1 else None

    def candidates(self, code: ToolCode, tool: Mapping[str, ToolCode]) -> list[str]:
        """The codes of the study that a code of the tool could be, in the order of the codebook; as `find`."""
        if code.details.get("code_id") in self._names:
            return [code.details["code_id"]]
        above = [tool[id_].name for id_ in _above(code, tool)]
        if found := self._called([code.name, *above]):
            return found
        for sign in _PATHS:
            name, *parts = reversed(sign.split(code.name))
            if parts and (found := self._called([name, *parts], whole=True)):
                return found
        return []

    def _called(self, names: Sequence[str], whole: bool = False) -> list[str]:
        """The codes that are called by the first of the names; of several, those below codes of the next names.

        Args:
            whole: whether even a single one must be below codes of all names.
        """
        candidates = self._named.get(_key(names[0]), set())
        found = {id_: id_ for id_ in candidates}  # each, and the code above it that was compared last
        for name in names[1:]:
            if len(found) <= 1 and not whole:
                break
            parents = {id_: self._parents.get(last, "") for id_, last in found.items()}
            narrower = {id_: up for id_, up in parents.items() if _key(name) in self._names.get(up, set())}
            if not narrower and not whole:
                break
            found = narrower
        # Where the codes above leave it open, an id is nobody's label. Not before: an id may well be made of a label
        # that several codes bear.
        ids = {id_ for id_ in found if _key(id_) == _key(names[0])}
        return [id_ for id_ in self.ids if id_ in (ids or found)]


def _above(code: ToolCode, tool: Mapping[str, ToolCode]) -> list[str]:
    """The ids of the codes above one, the nearest first."""
    found: list[str] = []
    while code.parent in tool and code.parent not in found:
        found.append(code.parent)
        code = tool[code.parent]
    return found


def path_of(code: ToolCode, tool: Mapping[str, ToolCode]) -> str:
    """A code with those above it, for messages: "Budget > Shortage"; arguments as for `Codebook.find`."""
    return " > ".join([*(tool[id_].name for id_ in reversed(_above(code, tool))), code.name])


def _visible(text: str) -> str:
    """A text without white space, which tools change."""
    return "".join(normalise_text(text).split())


def _key(text: str) -> str:
    return one_line(text).casefold()
