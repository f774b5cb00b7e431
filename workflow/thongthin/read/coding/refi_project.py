"""A project or codebook in the exchange format REFI-QDA, taken in element by element, so that its size doesn't matter.

Namespaces are not looked at (tools write them in several ways), nor are elements and attributes that are unknown here.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from thongthin.basics.language import one_line
from thongthin.read.coding.model import Kind, Memo, Source, ToolCode
from thongthin.read.coding.refi_elements import (
    Marked,
    children_of,
    guid_of,
    integer_of,
    name_of_source,
    nearest,
    text_of,
)
from thongthin.read.coding.refi_faults import Faults
from thongthin.read.files.archive import Refused
from thongthin.read.files.xml_records import local_name, records

SOURCES: dict[str, Kind] = {
    "TextSource": "text",
    "PDFSource": "pdf",
    "PictureSource": "picture",
    "AudioSource": "audio",
    "VideoSource": "video",
}
AREAS = ("PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection")
SELECTIONS = ("PlainTextSelection", "TranscriptSelection", *AREAS)
# What our own exports note in the description of a code, one line each: the columns of the codebook.
DETAILS = ("code_id", "label_th", "label_en", "definition_th", "definition_en", "factor", "valence")


On = Literal["project", "source", "code", "case", "selection"]

_DETAIL = re.compile(rf"({'|'.join(DETAILS)}): ?(.*)")
_ESCAPE = re.compile(r"\\([\\nr])")


def details_in(description: str) -> dict[str, str]:
    """What our own export noted in the description of a code, by column of the codebook; empty for other descriptions.

    >>> details_in("code_id: speed\\nlabel_en: Speed")
    {'code_id': 'speed', 'label_en': 'Speed'}
    """
    lines = [found for line in description.split("\n") if (found := _DETAIL.fullmatch(line.strip(" \r\t")))]
    details = {line[1]: _ESCAPE.sub(lambda sign: {"n": "\n", "r": "\r"}.get(sign[1], "\\"), line[2]) for line in lines}
    return details if details.get("code_id") else {}


class NoteRef(NamedTuple):
    note: str
    on: On
    about: str


@dataclass
class Project:
    """What has been read of a project so far, by id; references are not followed yet.

    Args:
        stored_text: gives a text of the archive by its path as the file has it.
    """

    faults: Faults
    stored_text: Callable[[str], str | None]
    tool: str = ""
    positions: bool = False  # whether it is a project, not a codebook alone
    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, ToolCode] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    same_source: dict[str, str] = field(default_factory=dict)  # of a PDF's plain text: the PDF
    source_of_path: dict[str, str] = field(default_factory=dict)
    source_of_file: dict[str, str] = field(default_factory=dict)  # by what its stored file is called, without ending
    transcripts: list[tuple[str, Source, str]] = field(default_factory=list)  # recording, transcript, path
    sync_points: dict[str, int | None] = field(default_factory=dict)
    marked: list[Marked] = field(default_factory=list)
    source_of_selection: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Memo] = field(default_factory=dict)
    note_refs: list[NoteRef] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    cases: dict[str, ET.Element] = field(default_factory=dict)
    sets: list[ET.Element] = field(default_factory=list)

    def read(self, chunks: Iterable[bytes]) -> None:
        """Take in a project file or codebook; raises `Refused` where it is neither."""
        takers: dict[str, Callable[[ET.Element, Sequence[ET.Element]], None]] = {
            **dict.fromkeys(SOURCES, self._add_source),
            **dict.fromkeys(SELECTIONS, self._add_selection),
            "Transcript": self._add_transcript,
            "SyncPoint": self._add_sync_point,
            "User": self._add_user,
            "CodeBook": self._add_codebook,
            "Variable": self._add_variable,
            "Note": self._add_note,
            "Link": self._add_link,
            "Case": self._add_case,
            "Set": lambda element, _: self.sets.append(element),
            "Project": self._add_project,
        }
        known = False
        for element, around in records(chunks, takers.keys()):
            root = around[0] if around else element
            known = known or local_name(root) in ("Project", "CodeBook")
            takers[local_name(element)](element, around)
            if not around:
                self.tool = one_line(root.get("origin", ""))
        if not known:
            raise Refused(
                "not-refi",
                "This is no project or codebook of a coding tool (REFI-QDA).",
                "ไฟล์นี้ไม่ใช่โครงการหรือสมุดรหัสของโปรแกรมลงรหัส (REFI-QDA)",
                "In the coding tool, export the project as REFI-QDA (.qdpx).",
                "ในโปรแกรมลงรหัส ให้ส่งออกโครงการเป็น REFI-QDA (.qdpx)",
            )

    def _add_codes(self, parent: ET.Element, parent_id: str) -> None:
        for element in children_of(parent, "Code"):
            if self.faults.is_new(element, self.codes, "Code"):
                id_, description = guid_of(element), text_of(element, "Description")
                self.codes[id_] = ToolCode(
                    id_,
                    element.get("name", ""),
                    parent_id,
                    description,
                    element.get("isCodable", "true").strip().lower() not in ("false", "0"),
                    details_in(description),
                )
                self._add_note_refs(element, "code", id_)
            self._add_codes(element, guid_of(element) or parent_id)

    def _add_source(self, element: ET.Element, _: Sequence[ET.Element]) -> None:
        kind = SOURCES[local_name(element)]
        if not self.faults.is_new(element, self.sources, local_name(element)):
            return
        id_ = guid_of(element)
        bodies = [*children_of(element, "Representation"), *children_of(element, "TextDescription")]
        body = element if kind == "text" else next(iter(bodies), None)
        text = self._text_of(body) if body is not None else None
        self.sources[id_] = Source(id_, name_of_source(element), text, kind)
        for attribute in ("richTextPath", "path"):
            file = element.get(attribute, "").lower().rpartition("/")[2].rpartition(".")[0]
            if file:
                self.source_of_file.setdefault(file, id_)
        if kind == "text":
            self.source_of_path.setdefault(element.get("plainTextPath", "").lower(), id_)
        elif body is not None:
            self.same_source[guid_of(body)] = id_
        for part in dict.fromkeys([element, *bodies]):
            self._add_description(part, "source", id_)
            self._add_codings(part, Marked(id_, None, None, (), "", "", "source", id_))
            if next(children_of(part, "VariableValue"), None) is not None:
                self.cases.setdefault(f"variables of {id_}", part)

    def _add_transcript(self, element: ET.Element, around: Sequence[ET.Element]) -> None:
        recording = nearest(around, SOURCES)
        id_ = guid_of(element)
        if recording is None or not self.faults.is_new(element, {}, "Transcript"):
            return
        name = element.get("name") or recording.get("name") or ""
        source = Source(id_, name, self._text_of(element))
        self.transcripts.append((guid_of(recording), source, element.get("plainTextPath", "").lower()))
        self._add_description(element, "source", id_)

    def _add_selection(self, element: ET.Element, around: Sequence[ET.Element]) -> None:
        name = local_name(element)
        source = nearest(around, ("Note", "Transcript", *SOURCES))
        if source is None or local_name(source) == "Note" or nearest(around, AREAS) is not None:
            return
        id_, source_id = guid_of(element), guid_of(source)
        if self.source_of_selection.setdefault(id_, source_id) != source_id and id_:
            self.faults.report_double("Selection", id_)
        start: int | str | None = None
        end: int | str | None = None
        quoted, what = "", "selection"
        if name == "PlainTextSelection":
            start, end = (integer_of(element.get(key, "")) for key in ("startPosition", "endPosition"))
            if start is None or end is None or not 0 <= start <= end:
                self.faults.report_position(element, source)
                return
            quoted = element.get("name", "")
        elif name == "TranscriptSelection":
            start, end = guid_of(element, "fromSyncPoint") or None, guid_of(element, "toSyncPoint") or None
        else:
            what = {"PDFSelection": "area", "PictureSelection": "area"}.get(name, "time span")
            quoted = "".join(text_of(body, "PlainTextContent") for body in children_of(element, "Representation"))
        named = name == "PlainTextSelection"
        mark = Marked(source_id, start, end, (), guid_of(element, "creatingUser"), quoted, what, id_, named)
        if not self._add_codings(element, mark):
            self.marked.append(mark)
        self._add_description(element, "selection", id_)

    def _add_codings(self, element: ET.Element, mark: Marked) -> bool:
        """Add `mark` once for each coder who gave it codes in `element`; whether there is one."""
        by_user: dict[str, dict[str, None]] = {}
        codings = [*children_of(element, "Coding"), *([element] if next(children_of(element, "CodeRef"), None) else [])]
        for coding in children_of(element, "Coding"):
            self._add_note_refs(coding, "selection" if mark.what != "source" else "source", mark.id)
        for coding in codings:
            if next(children_of(coding, "CodeRef"), None) is None:
                self.faults.uncoded.append(f"{mark.what} {mark.id}")
            codes = by_user.setdefault(guid_of(coding, "creatingUser") or mark.user, {})
            codes.update(dict.fromkeys(self.faults.references(coding, "CodeRef", f"{mark.what} {mark.id}")))
        self.marked.extend(mark._replace(codes=tuple(codes), user=user) for user, codes in by_user.items())
        return bool(by_user)

    def _add_project(self, element: ET.Element, _: Sequence[ET.Element]) -> None:
        self.positions = True
        self._add_description(element, "project", "")

    def _add_user(self, element: ET.Element, _: Sequence[ET.Element]) -> None:
        self.users[guid_of(element)] = one_line(element.get("name") or element.get("id") or "")

    def _add_codebook(self, element: ET.Element, _: Sequence[ET.Element]) -> None:
        for codes in children_of(element, "Codes"):
            self._add_codes(codes, "")

    def _add_variable(self, element: ET.Element, _: Sequence[ET.Element]) -> None:
        if self.faults.is_new(element, self.variables, "Variable"):
            self.variables[guid_of(element)] = one_line(element.get("name", ""))

    def _add_case(self, element: ET.Element, _: Sequence[ET.Element]) -> None:
        if self.faults.is_new(element, self.cases, "Case"):
            self.cases[guid_of(element)] = element
            self._add_description(element, "case", guid_of(element))

    def _add_sync_point(self, element: ET.Element, _: Sequence[ET.Element]) -> None:
        self.sync_points[guid_of(element)] = integer_of(element.get("position", ""))

    def _add_link(self, element: ET.Element, _: Sequence[ET.Element]) -> None:
        self.links.append((guid_of(element, "originGUID"), guid_of(element, "targetGUID")))

    def _add_note(self, element: ET.Element, _: Sequence[ET.Element]) -> None:
        if not self.faults.is_new(element, self.notes, "Note"):
            return
        parts = [text_of(element, "Description").strip(), self._text_of(element) or ""]
        text = "\n\n".join(part for part in parts if part.strip())
        self.notes[guid_of(element)] = Memo(
            "project", "", text, element.get("name", ""), guid_of(element, "creatingUser")
        )

    def _add_description(self, element: ET.Element, on: On, about: str) -> None:
        """What a tool's user wrote about an element: in place, or in notes that it refers to."""
        if text := text_of(element, "Description").strip():
            self.memos.append(Memo(on, about, text))
        self._add_note_refs(element, on, about)

    def _add_note_refs(self, element: ET.Element, on: On, about: str) -> None:
        self.note_refs += [
            NoteRef(note, on, about) for note in self.faults.references(element, "NoteRef", f"{on} {about}".strip())
        ]

    def _text_of(self, element: ET.Element) -> str | None:
        inline = next(children_of(element, "PlainTextContent"), None)
        path = element.get("plainTextPath", "")
        if path and (inline is None or not inline.text):
            return self.stored_text(path)
        return None if inline is None else inline.text or ""
