"""Projects (`.qdpx`) and codebooks (`.qdc`) in the exchange format of coding tools, REFI-QDA 1.0.

NVivo, ATLAS.ti, MAXQDA, QualCoder, Taguette and others write it. In order: the project file (`.qde`) is found in the
archive, whatever its case and folder; it is read element by element, so that its size doesn't matter; plain texts are
read from the archive, never from elsewhere; then references are followed. Namespaces are not looked at (tools write
them in several ways), nor are elements and attributes that are not known here.

How the format goes into the shape of `CodedFile`, where it isn't plain: a passage of a picture, film or recording is a
selection without position; a code given to a whole document is one that is `whole`; a recording's transcript is a
source of its own, unless it is one of the project's texts anyway; variables of a document are a case of that document.
QualCoder's cases refer to documents by what their files are called.
Left out are codes given to notes or cases, graphs, and what QualCoder marked to tell speakers apart.

Fails, with problems, on what `readers.archive` refuses, an archive without project file or with several, a text in an
unknown encoding or outside the archive's folder, positions that are no numbers, an element without id, ids that stand
twice, references to what is not there, and codings without a code. Several coders whom the file does not list are
called by their ids, and told; a single one counts as not told.

Source: REFI-QDA Standard 1.5 and its schemas Project.xsd and Codebook.xsd, 18 March 2019, qdasoftware.org.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, NamedTuple

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.read.coding.model import Case, CodedFile, Kind, Memo, NamedSet, Selection, Source, ToolCode, Unit
from thongthin.read.coding.positions.snippets import visible_text
from thongthin.read.coding.qualcoder import leave_out_speakers
from thongthin.read.coding.refi_elements import (
    Marked,
    children_of,
    guid_of,
    integer_of,
    name_of_source,
    nearest,
    quoted_by_name,
    text_of,
    without_mirrored,
)
from thongthin.read.coding.refi_files import project_file, text_in
from thongthin.read.files.archive import Archive, Refused, file_chunks, local_name, records

SOURCES: dict[str, Kind] = {
    "TextSource": "text",
    "PDFSource": "pdf",
    "PictureSource": "picture",
    "AudioSource": "audio",
    "VideoSource": "video",
}
AREAS = ("PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection")
SELECTIONS = ("PlainTextSelection", "TranscriptSelection", *AREAS)
PARTS = ("Project", "User", "CodeBook", "Variable", "Case", "Transcript", "SyncPoint", "Note", "Link", "Set")
RECORDS = frozenset((*PARTS, *SOURCES, *SELECTIONS))
# What our own exports note in the description of a code, one line each: the columns of the codebook.
DETAILS = ("code_id", "label_th", "label_en", "definition_th", "definition_en", "factor", "valence")

LISTED, COMPARED = 10, 100  # so many places are named in a message, and so many names are compared with the texts

On = Literal["project", "source", "code", "case", "selection"]

_DETAIL = re.compile(rf"({'|'.join(DETAILS)}): ?(.*)")
_ESCAPE = re.compile(r"\\([\\nr])")


def read_refi(path: Path, problems: Problems) -> CodedFile | None:
    """All that a project or codebook holds; None, with a problem, if it can't be read.

    Ids are the GUIDs of the file in lower case without braces; a selection's `place` ends in its own, which is what a
    memo on a selection is `about`.

    Args:
        path: a `.qdpx`, a `.qdc`, or the `.qde` from within a project.
        problems: bound to the file with `Problems.at`.
    """
    try:
        if path.suffix.lower() == ".qdpx":
            with Archive(path) as archive:
                name = project_file(archive)
                project = _Project(problems, lambda text: text_in(archive, name, text, problems))
                project.read(archive.chunks(name))
        else:
            project = _Project(problems, lambda _: None)
            project.read(file_chunks(path))
    except Refused as refused:
        refused.report(problems)
        return None
    coded = project.coded_file()
    leave_out_speakers(coded)
    return coded


def details_in(description: str) -> dict[str, str]:
    """What our own export noted in the description of a code, by column of the codebook; empty for other descriptions.

    >>> details_in("code_id: speed\\nlabel_en: Speed")
    {'code_id': 'speed', 'label_en': 'Speed'}
    """
    lines = [found for line in description.split("\n") if (found := _DETAIL.fullmatch(line.strip(" \r\t")))]
    details = {line[1]: _ESCAPE.sub(lambda sign: {"n": "\n", "r": "\r"}.get(sign[1], "\\"), line[2]) for line in lines}
    return details if details.get("code_id") else {}


class _NoteRef(NamedTuple):
    note: str
    on: On
    about: str


@dataclass
class _Project:
    """What has been read of a project so far, by id; `read` fills it, `coded_file` follows the references."""

    problems: Problems
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
    note_refs: list[_NoteRef] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    cases: dict[str, ET.Element] = field(default_factory=dict)
    sets: list[ET.Element] = field(default_factory=list)
    dangling: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    uncoded: list[str] = field(default_factory=list)  # the places of codings without a code
    unknown_user: str = ""  # the only coder whom the file does not list

    # --- reading, element by element ------------------------------------------------------------------------

    def read(self, chunks: Iterable[bytes]) -> None:
        """Take in a project file or codebook; raises `Refused` where it is neither."""
        known = False
        for element, around in records(chunks, RECORDS):
            name = local_name(element)
            root = around[0] if around else element
            if local_name(root) in ("Project", "CodeBook"):
                known = True
            if name in SOURCES:
                self._add_source(element, SOURCES[name])
            elif name in SELECTIONS:
                self._add_selection(element, name, around)
            elif name == "Transcript":
                self._add_transcript(element, around)
            elif name == "SyncPoint":
                self.sync_points[guid_of(element)] = integer_of(element.get("position", ""))
            elif name == "User":
                self.users[guid_of(element)] = one_line(element.get("name") or element.get("id") or "")
            elif name == "CodeBook":
                for codes in children_of(element, "Codes"):
                    self._add_codes(codes, "")
            elif name == "Variable":
                if self._is_new(element, self.variables, "Variable"):
                    self.variables[guid_of(element)] = one_line(element.get("name", ""))
            elif name == "Note":
                self._add_note(element)
            elif name == "Link":
                self.links.append((guid_of(element, "originGUID"), guid_of(element, "targetGUID")))
            elif name == "Case":
                if self._is_new(element, self.cases, "Case"):
                    self.cases[guid_of(element)] = element
                    self._add_description(element, "case", guid_of(element))
            elif name == "Set":
                self.sets.append(element)
            else:
                self.positions = True
                self._add_description(element, "project", "")
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
            if self._is_new(element, self.codes, "Code"):
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

    def _add_source(self, element: ET.Element, kind: Kind) -> None:
        if not self._is_new(element, self.sources, local_name(element)):
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
        if recording is None or not self._is_new(element, {}, "Transcript"):
            return
        name = element.get("name") or recording.get("name") or ""
        source = Source(id_, name, self._text_of(element))
        self.transcripts.append((guid_of(recording), source, element.get("plainTextPath", "").lower()))
        self._add_description(element, "source", id_)

    def _add_selection(self, element: ET.Element, name: str, around: Sequence[ET.Element]) -> None:
        source = nearest(around, ("Note", "Transcript", *SOURCES))
        if source is None or local_name(source) == "Note" or nearest(around, AREAS) is not None:
            return
        id_, source_id = guid_of(element), guid_of(source)
        if self.source_of_selection.setdefault(id_, source_id) != source_id and id_:
            self._report_double("Selection", id_)
        start: int | str | None = None
        end: int | str | None = None
        quoted, what = "", "selection"
        if name == "PlainTextSelection":
            start, end = (integer_of(element.get(key, "")) for key in ("startPosition", "endPosition"))
            if start is None or end is None or not 0 <= start <= end:
                self._report_position(element, source)
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
                self.uncoded.append(f"{mark.what} {mark.id}")
            codes = by_user.setdefault(guid_of(coding, "creatingUser") or mark.user, {})
            codes.update(dict.fromkeys(self._references(coding, "CodeRef", f"{mark.what} {mark.id}")))
        self.marked.extend(mark._replace(codes=tuple(codes), user=user) for user, codes in by_user.items())
        return bool(by_user)

    def _add_note(self, element: ET.Element) -> None:
        if not self._is_new(element, self.notes, "Note"):
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
            _NoteRef(note, on, about) for note in self._references(element, "NoteRef", f"{on} {about}".strip())
        ]

    def _references(self, element: ET.Element, name: str, place: str) -> Iterator[str]:
        """The ids that an element refers to by child elements of a name."""
        for reference in children_of(element, name):
            target = guid_of(reference, "targetGUID") or guid_of(reference)
            if target:
                yield target
            else:
                self.dangling.setdefault((name, ""), []).append(place)

    def _text_of(self, element: ET.Element) -> str | None:
        inline = next(children_of(element, "PlainTextContent"), None)
        path = element.get("plainTextPath", "")
        if path and (inline is None or not inline.text):
            return self.stored_text(path)
        return None if inline is None else inline.text or ""

    # --- following the references ---------------------------------------------------------------------------

    def coded_file(self) -> CodedFile:
        """The whole in the common shape; what is referred to and not there becomes a problem."""
        parts: dict[str, list[str]] = {}  # of a recording
        for recording, transcript, path in self.transcripts:
            same = self.source_of_path.get(path, "") if path else ""
            if same:
                self.same_source[transcript.id] = same
            else:
                self.sources.setdefault(transcript.id, transcript)
                parts.setdefault(recording, []).append(transcript.id)

        def sources_of(ids: Iterable[str]) -> tuple[str, ...]:
            same = [self.same_source.get(id_, id_) for id_ in ids]
            return tuple(dict.fromkeys(id_ for one in same for id_ in (one, *parts.get(one, ()))))

        self._look_for_users()
        quoting = self._names_quote()
        selections = [self._selection(mark, quoting) for mark in without_mirrored(self.marked)]
        cases = [self._case(id_, element, sources_of) for id_, element in self.cases.items()]
        sets = [
            NamedSet(
                element.get("name", ""),
                sources_of(self._followed(element, "MemberSource", "set", {**self.sources, **self.same_source})),
                tuple(self._followed(element, "MemberCode", "set", self.codes)),
            )
            for element in self.sets
        ]
        memos = self._memos()
        self._report_dangling()
        units: tuple[Unit, ...] = ()
        if self.positions:
            # NVivo runs on .NET, whose strings are UTF-16.
            nvivo = "nvivo" in self.tool.lower()
            units = ("utf16", "code_points", "utf8") if nvivo else ("code_points", "utf16", "utf8")
        return CodedFile(
            self.problems.file,
            "refi",
            self.tool,
            list(self.sources.values()),
            list(self.codes.values()),
            selections,
            memos,
            cases,
            sets,
            units,
        )

    def _look_for_users(self) -> None:
        """Note a single coder whom the file does not list; tell several."""
        times = Counter(mark.user for mark in self.marked if mark.codes and mark.user and not self.users.get(mark.user))
        if len(times) == 1:
            (self.unknown_user,) = times
        elif times:
            listed = ", ".join(f'"{id_}" ({number})' for id_, number in times.items())
            self.problems.notice(
                "unknown-users",
                f"The file does not list these coders, so they are called by their ids (passages): {listed}.",
                f"ไฟล์ไม่มีชื่อของผู้ลงรหัสเหล่านี้ จึงเรียกตามรหัสประจำตัว (จำนวนข้อความ): {listed}",
                hint_en="If the file lists the same people under other ids, export the project from the tool again.",
                hint_th="หากเป็นคนเดียวกับผู้ที่ไฟล์ระบุชื่อไว้ด้วยรหัสอื่น ให้ส่งออกโครงการจากโปรแกรมอีกครั้ง",
            )

    def _names_quote(self) -> bool:
        """Whether the names of selections are their passages, or names that people gave.

        They are if most of them are as long as their passages, and at least one reads as its source does, where the
        file stores any text to compare with.
        """
        named = [mark for mark in self.marked if mark.named and mark.quoted.strip()]
        fitting = [mark for mark in named if quoted_by_name(mark)]
        if 2 * len(fitting) < len(named) or not fitting:
            return False
        looked_at = fitting[:: len(fitting) // COMPARED + 1]
        texts = {mark.source: self.sources[mark.source].text for mark in looked_at if mark.source in self.sources}
        visible = {id_: visible_text(text) for id_, text in texts.items() if text is not None}
        compared = [mark for mark in looked_at if mark.source in visible]
        return not compared or any(visible_text(mark.quoted).rstrip("….") in visible[mark.source] for mark in compared)

    def _selection(self, mark: Marked, quoting: bool) -> Selection:
        start, end = (self.sync_points.get(at) if isinstance(at, str) else at for at in (mark.start, mark.end))
        for code in mark.codes:
            if code not in self.codes:
                self.dangling.setdefault(("CodeRef", code), []).append(f"{mark.what} {mark.id}")
        return Selection(
            self.same_source.get(mark.source, mark.source),
            start if end is not None else None,
            end if start is not None else None,
            tuple(code for code in mark.codes if code in self.codes),
            self._user(mark.user),
            mark.quoted if not mark.named else quoted_by_name(mark) if quoting or mark.quoted.isspace() else "",
            f"{mark.what} {mark.id}".strip(),
            whole=mark.what == "source",
        )

    def _user(self, id_: str) -> str:
        """The name of a user; for several whom the file does not list, the id; for a single one, nothing."""
        return self.users.get(id_) or ("" if id_ == self.unknown_user else id_)

    def _case(self, id_: str, element: ET.Element, sources_of: Callable[[Iterable[str]], tuple[str, ...]]) -> Case:
        name = one_line(element.get("name", ""))
        if local_name(element) == "Case":
            known = {**self.source_of_file, **self.same_source, **dict.fromkeys(self.sources)}
            sources = [known[id_] or id_ for id_ in self._followed(element, "SourceRef", "case", known)]
            passages = self._followed(element, "SelectionRef", "case", self.source_of_selection)
            sources = sources or [self.source_of_selection[passage] for passage in passages]
        else:
            id_ = id_.removeprefix("variables of ")
            sources, name = [id_], self.sources[id_].name
        values: dict[str, str] = {}
        for value in children_of(element, "VariableValue"):
            for variable in self._followed(value, "VariableRef", f'case "{name}"', self.variables):
                values[self.variables[variable]] = next(
                    (one_line(v.text or "") for v in value if local_name(v).endswith("Value")), ""
                )
        return Case(id_, name, sources_of(sources), values)

    def _followed(self, element: ET.Element, name: str, what: str, known: Container[str]) -> list[str]:
        """The ids that an element refers to, without those that aren't there."""
        place = f'{what} "{one_line(element.get("name", ""))}"' if element.get("name") else what
        targets = list(self._references(element, name, place))
        for target in targets:
            if target not in known:
                self.dangling.setdefault((name, target), []).append(place)
        return [target for target in targets if target in known]

    def _memos(self) -> list[Memo]:
        """The descriptions, and each note for every element that refers to it or is linked to it."""
        places: tuple[tuple[On, Container[str]], ...] = (
            ("source", self.sources),
            ("code", self.codes),
            ("case", self.cases),
            ("selection", self.source_of_selection),
        )
        refs = list(self.note_refs)
        for ends in self.links:
            for id_, other in (ends, ends[::-1]):
                if id_ in self.notes and (on := next((on for on, ids in places if other in ids), None)):
                    refs.append(_NoteRef(id_, on, other))
        about: dict[str, list[tuple[On, str]]] = {id_: [] for id_ in self.notes}
        for ref in dict.fromkeys(refs):
            if ref.note in about:
                about[ref.note].append((ref.on, ref.about))
            else:
                self.dangling.setdefault(("NoteRef", ref.note), []).append(f"{ref.on} {ref.about}".strip())
        return self.memos + [
            replace(self.notes[id_], on=on, about=other, coder=self._user(self.notes[id_].coder))
            for id_, whats in about.items()
            for on, other in whats or [("project", "")]
        ]

    # --- problems -------------------------------------------------------------------------------------------

    def _report(self, kind: str, en: str, th: str) -> None:
        self.problems.add(
            kind,
            en,
            th,
            hint_en="Export the project from the tool again; if it stays so, delete the element in the tool.",
            hint_th="ส่งออกโครงการจากโปรแกรมอีกครั้ง หากยังพบอีก ให้ลบรายการนั้นในโปรแกรม",
        )

    def _tell_lost_cases(self) -> None:
        """A notice of the cases whose documents the file doesn't know; QualCoder's exports are often so."""
        lost = [place for (name, _), places in self.dangling.items() if name == "SourceRef" for place in places]
        if lost:
            names = ", ".join(dict.fromkeys(place.removeprefix("case").strip() for place in lost))
            self.problems.notice(
                "lost-cases",
                f"Which documents belong to these cases is not told by this file: {names}.",
                f"ไฟล์นี้ไม่บอกว่าเอกสารใดเป็นของกรณีเหล่านี้: {names}",
                hint_en="This matters only if variables are kept (coding: keep). Of QualCoder, take the folder .qda.",
                hint_th="มีผลเฉพาะเมื่อเก็บตัวแปร (coding: keep) หากใช้ QualCoder ให้ใช้โฟลเดอร์ .qda แทน",
            )

    def _is_new(self, element: ET.Element, known: Container[str], what: str) -> bool:
        """Whether an element has an id and is the first to have it; else a problem is added."""
        id_ = guid_of(element)
        if not id_:
            name = one_line(element.get("name", ""))
            self._report("no-id", f'{what} "{name}" has no id (guid).', f'{what} "{name}" ไม่มีรหัสประจำตัว (guid)')
        elif id_ in known:
            self._report_double(what, id_)
        return bool(id_) and id_ not in known

    def _report_double(self, what: str, id_: str) -> None:
        en, th = f"{what} {id_}: this id stands for two things.", f"{what} {id_}: รหัสประจำตัวนี้ใช้กับสองสิ่ง"
        self._report("double-id", en, th)

    def _report_position(self, element: ET.Element, source: ET.Element) -> None:
        start, end = (one_line(element.get(key, "")) for key in ("startPosition", "endPosition"))
        name, id_ = one_line(source.get("name", "")), guid_of(element)
        self._report(
            "position",
            f'Selection {id_} in "{name}": "{start}" to "{end}" is no passage of a text.',
            f'ข้อความที่เลือก {id_} ใน "{name}": ตำแหน่ง "{start}" ถึง "{end}" ไม่ใช่ช่วงของข้อความ',
        )

    def _report_dangling(self) -> None:
        self._tell_lost_cases()
        if self.uncoded:
            listed = ", ".join(dict.fromkeys(self.uncoded[:LISTED]))
            more = len(self.uncoded) - LISTED
            more_en, more_th = (f" and {more} more", f" และอีก {more} แห่ง") if more > 0 else ("", "")
            self._report(
                "coding-without-code",
                f"Codings that name no code (CodeRef): {listed}{more_en}.",
                f"การลงรหัสที่ไม่ระบุรหัส (CodeRef): {listed}{more_th}",
            )
        for (reference, target), places in self.dangling.items():
            if reference == "SourceRef":
                continue
            en, th = _REFERENCES[reference]
            more_en, more_th = (f" ({len(places)} times)", f" ({len(places)} ครั้ง)") if len(places) > 1 else ("", "")
            self._report(
                "dangling-reference",
                f'{places[0]}{more_en}: refers to a {en} that is not in this file ("{target}").',
                f'{places[0]}{more_th}: อ้างถึง{th}ที่ไม่มีในไฟล์นี้ ("{target}")',
            )


_REFERENCES = {
    "CodeRef": ("code", "รหัส"),
    "MemberCode": ("code", "รหัส"),
    "MemberSource": ("document", "เอกสาร"),
    "SelectionRef": ("passage", "ข้อความที่เลือก"),
    "VariableRef": ("variable", "ตัวแปร"),
    "NoteRef": ("note", "บันทึก"),
}
