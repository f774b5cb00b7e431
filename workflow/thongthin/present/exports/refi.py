"""The study's coding as a project (`.qdpx`) and its codebook (`.qdc`) for any coding tool, in REFI-QDA 1.0.

In the project: each coder is a user; each interview a text of its own, named by its participant, as the transcript
stands (LF, UTF-8, no byte-order mark); each coded passage one selection with a coding for each coder and code; each
participant a case with site, group, role, sex and age band; each site a set. Positions are code points, as the standard
says. `readers.coding.refi` reads it back as it was: what a code of ours has and one of the standard has not stands in
the description of the code, one line each.

The same tables give the same bytes: ids are made from what they stand for, times are the date that is given, and
nothing is packed, since packing differs from one machine to the next. XML can't hold control characters; in names,
definitions and memos each becomes the replacement character U+FFFD. Transcripts are not in the XML.

Fails on a codebook without codes (ValueError), and on coding of a participant that has no transcript (KeyError).

Source: REFI-QDA Standard 1.5 and its schemas Project.xsd and Codebook.xsd, 18 March 2019, qdasoftware.org.
"""

from __future__ import annotations

import io
import re
import unicodedata
import uuid
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from thongthin.read.coding.refi_project import DETAILS

VARIABLES = {"site": "site_id", "group": "group", "role": "role", "sex": "sex", "age_band": "age_band"}
NAME_LENGTH = 100  # of a selection; ATLAS.ti cuts there too

_HEADER = '<?xml version="1.0" encoding="utf-8"?>\n'
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Of a thing, by kind and id, the ids of its notes.
Notes = Mapping[tuple[str, str], Sequence[str]]


def project_qdpx(  # noqa: PLR0913 - the tables and choices, each by its name
    *,
    study: str,
    title: str,
    language: Literal["th", "en"],
    created: date,
    sites: pd.DataFrame,
    participants: pd.DataFrame,
    transcripts: pd.DataFrame,
    codes: pd.DataFrame,
    codings: pd.DataFrame,
    memos: pd.DataFrame | None = None,
) -> bytes:
    """A `.qdpx` of the whole coding.

    Args:
        study: name of the study's folder; ids are made from it, so that a tool can merge projects of two studies.
        title: name of the project.
        language: of the names of codes and sites.
        created: stands as the time of everything.
        sites, participants, transcripts, codes, codings, memos: the tables of these names. A memo goes to the
            participant, code or segment whose id is its `name`, otherwise to the project.
    """
    ids = _Ids(study)
    time = f"{created.isoformat()}T00:00:00Z"
    coders = sorted({*codings["coder"], *([] if memos is None else memos["coder"])} - {""})
    texts = dict(zip(transcripts["participant_id"], transcripts["text"], strict=True))
    known = {
        "source": set(texts),
        "case": set(participants["participant_id"]),
        "code": set(codes["code_id"]),
        "selection": set(codings["segment_id"]),
    }
    notes = _notes(memos, known, ids)
    selections = _selections(codings, codes, texts, notes, time, ids)

    files = {f"sources/{ids('source', participant)}.txt": text for participant, text in texts.items()}
    files["project.qde"] = _HEADER + _element(
        "Project",
        _group("Users", (_element("User", guid=ids("user", coder), name=coder) for coder in coders)),
        _element("CodeBook", _codes(codes, language, notes, ids)),
        _group("Variables", (_variable(name, ids) for name in VARIABLES)),
        _group("Cases", (_case(row, row.participant_id in texts, ids) for row in _rows(participants))),
        _group(
            "Sources",
            (
                _element(
                    "TextSource",
                    *selections.get(participant, ()),
                    *_note_refs(notes, "source", participant),
                    guid=ids("source", participant),
                    name=participant,
                    plainTextPath=f"internal://{ids('source', participant)}.txt",
                    creationDateTime=time,
                )
                for participant in texts
            ),
        ),
        _group("Notes", (_note(memo, time, ids) for memo in _rows(memos))),
        _group("Links", _links(notes, ids)),  # a case has no place for a note
        _group("Sets", (_set(row, participants, texts, language, ids) for row in _rows(sites))),
        *_note_refs(notes, "project", ""),
        xmlns="urn:QDA-XML:project:1.0",
        name=title,
        origin="Thongthin",
        creationDateTime=time,
    )
    return _packed(files, created)


def _notes(
    memos: pd.DataFrame | None, known: Mapping[str, Collection[str]], ids: _Ids
) -> dict[tuple[str, str], list[str]]:
    """The notes of each thing; a memo about something that is not in the project is one of the project.

    Args:
        known: ids of what a memo can be about, by kind.
    """
    notes: dict[tuple[str, str], list[str]] = {}
    for memo in _rows(memos):
        on = (memo.about, memo.name) if memo.name in known.get(memo.about, ()) else ("project", "")
        notes.setdefault(on, []).append(ids("note", memo.memo_id))
    return notes


def _packed(files: Mapping[str, str], created: date) -> bytes:
    """Texts by name as an archive that is the same wherever it is made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in sorted(files.items()):
            info = zipfile.ZipInfo(name, (max(created.year, 1980), created.month, created.day, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16  # otherwise they tell the operating system
            archive.writestr(info, content.encode("utf-8", "replace"))
    return stream.getvalue()


def codebook_qdc(codes: pd.DataFrame, *, study: str, language: Literal["th", "en"]) -> bytes:
    """A `.qdc` of the codebook, with the ids that the codes have in `project_qdpx`.

    Args:
        codes: the table of this name.
        study, language: as for `project_qdpx`.
    """
    root = _element(
        "CodeBook", _codes(codes, language, {}, _Ids(study)), xmlns="urn:QDA-XML:codebook:1.0", origin="Thongthin"
    )
    return (_HEADER + root).encode("utf-8", "replace")


class _Ids:
    """GUIDs (UUID version 5) of what is called by a kind and a key within a study."""

    def __init__(self, study: str) -> None:
        self._study = uuid.uuid5(uuid.NAMESPACE_URL, f"thongthin:{study}")

    def __call__(self, kind: str, *key: str | int) -> str:
        return str(uuid.uuid5(self._study, "\x1f".join(map(str, (kind, *key)))))


# --- the parts of a project ---------------------------------------------------------------------------------------


def _codes(codes: pd.DataFrame, language: str, notes: Notes, ids: _Ids) -> str:
    if codes.empty:
        raise ValueError("a codebook without codes cannot be written as REFI-QDA")
    rows = list(_rows(codes.sort_values("position")))
    known = {row.code_id for row in rows}
    below: dict[str, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in known else "", []).append(row)

    def code(row: Any) -> str:
        return _element(
            "Code",
            _element("Description", text=_description(row)),
            *_note_refs(notes, "code", row.code_id),
            *map(code, below.get(row.code_id, ())),
            guid=ids("code", row.code_id),
            name=getattr(row, f"label_{language}"),
            isCodable="true",
        )

    return _group("Codes", map(code, below[""]))


def _description(row: Any) -> str:
    """What `details_in` of the reader reads."""
    details = ((key, str(getattr(row, key))) for key in DETAILS)
    escaped = ((key, re.sub(r"[\\\n\r]", lambda sign: _ESCAPED[sign[0]], value)) for key, value in details if value)
    return "\n".join(f"{key}: {value}" for key, value in escaped)


_ESCAPED = {"\\": r"\\", "\n": r"\n", "\r": r"\r"}


def _variable(name: str, ids: _Ids) -> str:
    return _element("Variable", guid=ids("variable", name), name=name, typeOfVariable="Text")


def _case(row: Any, interviewed: bool, ids: _Ids) -> str:
    values = (
        _element(
            "VariableValue",
            _element("VariableRef", targetGUID=ids("variable", name)),
            _element("TextValue", text=getattr(row, column)),
        )
        for name, column in VARIABLES.items()
        if getattr(row, column)
    )
    source = [_element("SourceRef", targetGUID=ids("source", row.participant_id))] if interviewed else []
    return _element("Case", *values, *source, guid=ids("case", row.participant_id), name=row.participant_id)


def _set(site: Any, participants: pd.DataFrame, texts: Mapping[str, str], language: str, ids: _Ids) -> str:
    here = participants.loc[participants["site_id"] == site.site_id, "participant_id"]
    return _element(
        "Set",
        *(
            _element("MemberSource", targetGUID=ids("source", participant))
            for participant in here
            if participant in texts
        ),
        guid=ids("set", site.site_id),
        name=f"{site.site_id} {getattr(site, f'name_{language}')}",
    )


def _selections(
    codings: pd.DataFrame, codes: pd.DataFrame, texts: Mapping[str, str], notes: Notes, time: str, ids: _Ids
) -> dict[str, list[str]]:
    """The selections of each participant: one for each passage, in the order of the text."""
    position = dict(zip(codes["code_id"], codes["position"], strict=True))
    rows = sorted(
        _rows(codings), key=lambda row: (row.participant_id, row.start, row.end, row.coder, position[row.code_id])
    )
    selections: dict[str, list[str]] = {}
    for (participant, start, end), passage in groupby(rows, attrgetter("participant_id", "start", "end")):
        coded = list(passage)
        of_first = {"creatingUser": ids("user", coded[0].coder)} if coded[0].coder else {}
        selection = _element(
            "PlainTextSelection",
            *(_coding(row, notes, time, ids) for row in coded),
            guid=ids("selection", participant, start, end),
            name=_beginning(texts[participant][start:end]),
            startPosition=str(start),
            endPosition=str(end),
            **of_first,
            creationDateTime=time,
        )
        selections.setdefault(participant, []).append(selection)
    return selections


def _coding(row: Any, notes: Notes, time: str, ids: _Ids) -> str:
    return _element(
        "Coding",
        _element("CodeRef", targetGUID=ids("code", row.code_id)),
        *_note_refs(notes, "selection", row.segment_id),
        guid=ids("coding", row.participant_id, row.start, row.end, row.coder, row.code_id),
        **({"creatingUser": ids("user", row.coder)} if row.coder else {}),
        creationDateTime=time,
    )


def _beginning(passage: str) -> str:
    """A passage on one line, as long as it was, or cut with an ellipsis where a character ends."""
    line = re.sub(r"\s", " ", passage)
    if len(line) <= NAME_LENGTH:
        return line
    end = NAME_LENGTH
    while end > 1 and (unicodedata.category(line[end]).startswith("M") or "\u200d" in line[end - 1 : end + 1]):
        end -= 1
    return line[:end] + "…"


def _note(memo: Any, time: str, ids: _Ids) -> str:
    return _element(
        "Note",
        _element("PlainTextContent", text=memo.text),
        guid=ids("note", memo.memo_id),
        name=memo.title,
        **({"creatingUser": ids("user", memo.coder)} if memo.coder else {}),
        creationDateTime=time,
    )


def _links(notes: Notes, ids: _Ids) -> Iterable[str]:
    for (on, name), of_one in notes.items():
        for note in of_one if on == "case" else ():
            link = ids("link", note)
            yield _element("Link", guid=link, direction="OneWay", originGUID=note, targetGUID=ids("case", name))


def _note_refs(notes: Notes, on: str, name: str) -> list[str]:
    return [_element("NoteRef", targetGUID=note) for note in notes.get((on, name), ())]


# --- XML ----------------------------------------------------------------------------------------------------------


def _element(name: str, /, *children: str, text: str = "", **attributes: str) -> str:
    start = "".join([name, *(f" {key}={quoteattr(_xml(value))}" for key, value in attributes.items())])
    if not children:
        return f"<{start}>{escape(_xml(text), {chr(13): '&#13;'})}</{name}>" if text else f"<{start}/>"
    return "\n".join([f"<{start}>", *filter(None, children), f"</{name}>"])


def _group(name: str, children: Iterable[str]) -> str:
    """An element that must not be there without children."""
    listed = list(children)
    return _element(name, *listed) if listed else ""


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _rows(table: pd.DataFrame | None) -> Iterable[Any]:
    return [] if table is None else table.itertuples(index=False)
