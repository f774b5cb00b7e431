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

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.read.coding.model import Case, CodedFile, Memo, NamedSet, Reader, Selection, Unit
from thongthin.read.coding.positions.snippets import visible_text
from thongthin.read.coding.qualcoder import leave_out_speakers
from thongthin.read.coding.refi_elements import Marked, children_of, quoted_by_name, without_mirrored
from thongthin.read.coding.refi_faults import Faults
from thongthin.read.coding.refi_files import project_file, text_in
from thongthin.read.coding.refi_project import NoteRef, On, Project
from thongthin.read.files.archive import Archive, Refused, file_chunks
from thongthin.read.files.xml_records import local_name

COMPARED = 100  # so many names of selections are compared with the texts


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
                project = Project(Faults(problems), lambda text: text_in(archive, name, text, problems))
                project.read(archive.chunks(name))
        else:
            project = Project(Faults(problems), lambda _: None)
            project.read(file_chunks(path))
    except Refused as refused:
        refused.report(problems)
        return None
    coded = _followed_through(project)
    leave_out_speakers(coded)
    return coded


def _followed_through(project: Project) -> CodedFile:
    """The whole in the common shape; what is referred to and not there becomes a problem."""
    parts: dict[str, list[str]] = {}  # of a recording
    for recording, transcript, path in project.transcripts:
        same = project.source_of_path.get(path, "") if path else ""
        if same:
            project.same_source[transcript.id] = same
        else:
            project.sources.setdefault(transcript.id, transcript)
            parts.setdefault(recording, []).append(transcript.id)

    def sources_of(ids: Iterable[str]) -> tuple[str, ...]:
        same = [project.same_source.get(id_, id_) for id_ in ids]
        return tuple(dict.fromkeys(id_ for one in same for id_ in (one, *parts.get(one, ()))))

    names = _names_of_users(project)
    quoting = _names_quote(project)
    selections = [_selection(project, mark, quoting, names) for mark in without_mirrored(project.marked)]
    cases = [_case(project, id_, element, sources_of) for id_, element in project.cases.items()]
    sets = [
        NamedSet(
            element.get("name", ""),
            sources_of(_followed(project, element, "MemberSource", "set", {**project.sources, **project.same_source})),
            tuple(_followed(project, element, "MemberCode", "set", project.codes)),
        )
        for element in project.sets
    ]
    memos = _memos(project, names)
    project.faults.report_lost()
    units: tuple[Unit, ...] = ()
    if project.positions:
        # NVivo runs on .NET, whose strings are UTF-16.
        nvivo = "nvivo" in project.tool.lower()
        units = ("utf16", "code_points", "utf8") if nvivo else ("code_points", "utf16", "utf8")
    return CodedFile(
        project.faults.problems.file,
        "refi",
        project.tool,
        list(project.sources.values()),
        list(project.codes.values()),
        selections,
        memos,
        cases,
        sets,
        units,
    )


def _names_of_users(project: Project) -> dict[str, str]:
    """Name by id of user: none for a single coder whom the file does not list; several such keep ids, and are told."""
    names = {id_: name for id_, name in project.users.items() if name}
    times = Counter(mark.user for mark in project.marked if mark.codes and mark.user and mark.user not in names)
    if len(times) == 1:
        return {**names, **dict.fromkeys(times, "")}
    if times:
        listed = ", ".join(f'"{id_}" ({number})' for id_, number in times.items())
        project.faults.problems.notice(
            "unknown-users",
            f"The file does not list these coders, so they are called by their ids (passages): {listed}.",
            f"ไฟล์ไม่มีชื่อของผู้ลงรหัสเหล่านี้ จึงเรียกตามรหัสประจำตัว (จำนวนข้อความ): {listed}",
            hint_en="If the file lists the same people under other ids, export the project from the tool again.",
            hint_th="หากเป็นคนเดียวกับผู้ที่ไฟล์ระบุชื่อไว้ด้วยรหัสอื่น ให้ส่งออกโครงการจากโปรแกรมอีกครั้ง",
        )
    return names


def _names_quote(project: Project) -> bool:
    """Whether the names of selections are their passages, or names that people gave.

    They are if most of them are as long as their passages, and at least one reads as its source does, where the
    file stores any text to compare with.
    """
    named = [mark for mark in project.marked if mark.named and mark.quoted.strip()]
    fitting = [mark for mark in named if quoted_by_name(mark)]
    if 2 * len(fitting) < len(named) or not fitting:
        return False
    looked_at = fitting[:: len(fitting) // COMPARED + 1]
    texts = {mark.source: project.sources[mark.source].text for mark in looked_at if mark.source in project.sources}
    visible = {id_: visible_text(text) for id_, text in texts.items() if text is not None}
    compared = [mark for mark in looked_at if mark.source in visible]
    return not compared or any(visible_text(mark.quoted).rstrip("….") in visible[mark.source] for mark in compared)


def _selection(project: Project, mark: Marked, quoting: bool, names: Mapping[str, str]) -> Selection:
    start, end = (project.sync_points.get(at) if isinstance(at, str) else at for at in (mark.start, mark.end))
    for code in mark.codes:
        if code not in project.codes:
            project.faults.lost("CodeRef", code, f"{mark.what} {mark.id}")
    return Selection(
        project.same_source.get(mark.source, mark.source),
        start if end is not None else None,
        end if start is not None else None,
        tuple(code for code in mark.codes if code in project.codes),
        names.get(mark.user, mark.user),
        mark.quoted if not mark.named else quoted_by_name(mark) if quoting or mark.quoted.isspace() else "",
        f"{mark.what} {mark.id}".strip(),
        whole=mark.what == "source",
    )


def _case(
    project: Project, id_: str, element: ET.Element, sources_of: Callable[[Iterable[str]], tuple[str, ...]]
) -> Case:
    name = one_line(element.get("name", ""))
    if local_name(element) == "Case":
        known = {**project.source_of_file, **project.same_source, **dict.fromkeys(project.sources)}
        sources = [known[id_] or id_ for id_ in _followed(project, element, "SourceRef", "case", known)]
        passages = _followed(project, element, "SelectionRef", "case", project.source_of_selection)
        sources = sources or [project.source_of_selection[passage] for passage in passages]
    else:
        id_ = id_.removeprefix("variables of ")
        sources, name = [id_], project.sources[id_].name
    values: dict[str, str] = {}
    for value in children_of(element, "VariableValue"):
        for variable in _followed(project, value, "VariableRef", f'case "{name}"', project.variables):
            values[project.variables[variable]] = next(
                (one_line(v.text or "") for v in value if local_name(v).endswith("Value")), ""
            )
    return Case(id_, name, sources_of(sources), values)


def _followed(project: Project, element: ET.Element, name: str, what: str, known: Container[str]) -> list[str]:
    """The ids that an element refers to, without those that aren't there."""
    place = f'{what} "{one_line(element.get("name", ""))}"' if element.get("name") else what
    targets = list(project.faults.references(element, name, place))
    for target in targets:
        if target not in known:
            project.faults.lost(name, target, place)
    return [target for target in targets if target in known]


def _memos(project: Project, names: Mapping[str, str]) -> list[Memo]:
    """The descriptions, and each note for every element that refers to it or is linked to it."""
    places: tuple[tuple[On, Container[str]], ...] = (
        ("source", project.sources),
        ("code", project.codes),
        ("case", project.cases),
        ("selection", project.source_of_selection),
    )
    refs = list(project.note_refs)
    for ends in project.links:
        for id_, other in (ends, ends[::-1]):
            if id_ in project.notes and (on := next((on for on, ids in places if other in ids), None)):
                refs.append(NoteRef(id_, on, other))
    about: dict[str, list[tuple[On, str]]] = {id_: [] for id_ in project.notes}
    for ref in dict.fromkeys(refs):
        if ref.note in about:
            about[ref.note].append((ref.on, ref.about))
        else:
            project.faults.lost("NoteRef", ref.note, f"{ref.on} {ref.about}".strip())
    return project.memos + [
        replace(note, on=on, about=other, coder=names.get(note.coder, note.coder))
        for note, whats in ((project.notes[id_], whats) for id_, whats in about.items())
        for on, other in whats or [("project", "")]
    ]


REFI = Reader("refi", "REFI-QDA", (".qdpx", ".qde"), lambda path, problems, *_: read_refi(path, problems))
