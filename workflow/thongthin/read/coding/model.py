"""What a coding tool's file holds, in the tool's own terms: the one shape that every format is read into.

Nothing is judged here. Positions are as the tool counted them, into the text as the tool stored it; names of sources,
codes and coders are as people typed them there. `readers.coding` looks the names up in the study, `positions` finds out
how the tool counted, and only then does a selection become a coded segment.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from thongthin.basics.problems import Problems
from thongthin.contract.coding import CodingFormat, PositionUnit

Format = CodingFormat
Unit = PositionUnit
Kind = Literal["text", "pdf", "picture", "audio", "video"]

# First words of `Selection.place`, in Thai.
_PLACES = {
    "row": "แถวที่",
    "comment": "ความคิดเห็นที่",
    "highlight": "ไฮไลต์ที่",
    "coding": "การลงรหัสที่",
    "second coding": "การลงรหัสรอบที่สอง",
    "selection": "ส่วนที่เลือก",
    "passage": "ข้อความที่",
    "area": "พื้นที่ที่เลือก",
    "time span": "ช่วงเวลา",
    "source": "เอกสาร",
}


@dataclass(frozen=True)
class Source:
    """A document of the project.

    Attributes:
        id: unique in the file.
        name: as the tool shows it, often the name of the file that was imported.
        text: the plain text as the tool stored it, byte for byte once decoded (line ends, byte-order mark and all);
            None where the file holds none.
        kind: only texts have selections by position that can be read.
    """

    id: str
    name: str
    text: str | None = None
    kind: Kind = "text"


@dataclass(frozen=True)
class ToolCode:
    """A code of the tool's codebook; `parent` is the id of the code above it, "" for none.

    Attributes:
        codable: False for a mere folder of codes.
        details: what our own exports note (label_en, definition_th ...), by column of the codebook; else empty.
    """

    id: str
    name: str
    parent: str = ""
    description: str = ""
    codable: bool = True
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Selection:
    """A passage of a source with the codes that one coder gave it.

    Attributes:
        source: id of the source.
        start, end: as the tool counted, half-open; None where the file gives no positions but only the text.
        codes: ids of the codes; may be empty (a passage marked without code, or, in a table of units, one that was
            read and given no code: see `judged`).
        coder: as the file names them, "" where it does not say.
        quoted: the text of the passage as the file holds it, "" if it does not.
        place: where it stands in the file, for messages: "row 12", "selection 3f2a...", "comment 7".
        row: number of the row, for tables.
        judged: False for a unit that was left blank: nobody decided about it.
        undecided: ids of codes about which nobody decided here, while others were decided about (a blank cell among 0
            and 1).
        turn: id or number of the speaker's turn that is meant, where the file says neither position nor text.
        whole: whether the whole source is meant; it then has no position, text or turn.
        share: the smallest share of the source's characters that the tool may mean, where it says one; else 0.
    """

    source: str
    start: int | None
    end: int | None
    codes: tuple[str, ...]
    coder: str = ""
    quoted: str = ""
    place: str = ""
    row: int | None = None
    judged: bool = True
    undecided: tuple[str, ...] = ()
    turn: str = ""
    whole: bool = False
    share: float = 0.0


@dataclass(frozen=True)
class Memo:
    """A note, and what it is about: the id of a source, code, case or selection, or "" for the project."""

    on: Literal["project", "source", "code", "case", "selection"]
    about: str
    text: str
    title: str = ""
    coder: str = ""


@dataclass(frozen=True)
class Case:
    """A case (often a participant or a site), its sources, and its variables by name."""

    id: str
    name: str
    sources: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NamedSet:
    """A set (document group) with the ids of its sources and codes."""

    name: str
    sources: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass
class CodedFile:
    """All that one file holds.

    Attributes:
        file: path as the user knows it, for messages.
        tool: what wrote it, as far as the file says ("NVivo", "ATLAS.ti 8.4").
        units: what positions may count, the most usual of this format first; empty where the file has no positions.
    """

    file: str
    format: Format
    tool: str = ""
    sources: list[Source] = field(default_factory=list)
    codes: list[ToolCode] = field(default_factory=list)
    selections: list[Selection] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    sets: list[NamedSet] = field(default_factory=list)
    units: tuple[Unit, ...] = ("code_points", "utf16", "utf8")


def place_in_thai(place: str) -> str:
    """A `Selection.place` as a Thai sentence names it."""
    return next((th + place.removeprefix(en) for en, th in _PLACES.items() if place.startswith(en)), place)


@dataclass(frozen=True)
class Reader:
    """A format of coding, as its module registers it in `recognise`.

    Attributes:
        format: as study.yml names it.
        name: what people call it, in both languages where it is no name.
        endings: of files that are of this format, unless something in them says otherwise.
        read: gives what a file holds, or None with a problem. It gets the path, the problems, bound to the file, who
            coded where the file does not say, and the ids and labels of the codebook.
        folders: endings of folders that are.
        tables: what its sqlite files hold, by which they are known whatever they are called.
        is_own: tells whether a file with one of the endings is really of this format; None: each is.
        also: endings of further files that the tool writes, in formats that others read.
        hints: kind of problem -> what its hint says besides for this format, in English and in Thai.
    """

    format: Format
    name: str
    endings: tuple[str, ...]
    read: Callable[[Path, Problems, str | None, Collection[str]], CodedFile | None]
    folders: tuple[str, ...] = ()
    tables: frozenset[str] = frozenset()
    is_own: Callable[[Path], bool] | None = None
    also: tuple[str, ...] = ()
    hints: Mapping[str, tuple[str, str]] = field(default_factory=dict)
