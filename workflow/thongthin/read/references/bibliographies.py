"""Bibliographies that reference managers write: BibTeX and biblatex, RIS, XML of EndNote, CSL-JSON.

Each field of a file either has a key of references.yml, or is kept under its own name as left over. Kinds of works for
which references.yml has no form become the nearest one and are told. Sources of the formats: the biblatex manual
(chapter 2), the RIS specification as Zotero and EndNote write it, EndNote's XML export, the schema of CSL-JSON 1.0.2.

Fails, with problems, on a file that can't be read, is in none of these formats, or is broken.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

from thongthin.basics.problems import Problems
from thongthin.basics.text import read_text
from thongthin.read.files.archive import Refused
from thongthin.read.files.xml_records import local_name, parse_xml
from thongthin.read.references.bibtex import BibEntry, read_bibtex, split_commas, split_names
from thongthin.read.references.gathering import Imported, is_address, written_date
from thongthin.read.references.kinds import BIBTEX, CSL, ENDNOTE, GENRES, RIS, kind_of
from thongthin.read.references.latex import plain
from thongthin.read.references.names import is_body, with_comma, without_comma, written_name

FORMATS = (".bib", ".ris", ".xml", ".json")


def read_bibliography(path: Path, problems: Problems) -> list[Imported] | None:
    """The works of a file, in its order; None with a problem added if it can't be read.

    Args:
        path: a file whose name ends in one of `FORMATS`.
        problems: collector, already bound to the file.
    """
    readers: dict[str, Callable[[str, Problems], list[Imported] | None]] = {
        ".bib": _bibtex, ".ris": _ris, ".xml": _endnote, ".json": _csl_json,
    }  # fmt: skip
    reader = readers.get(path.suffix.lower())
    if reader is None:
        problems.add(
            "unknown-bibliography",
            f'Files that end in "{path.suffix}" are not read here.',
            f'ไม่รองรับไฟล์นามสกุล "{path.suffix}" ที่นี่',
            hint_en="Export from Zotero, Mendeley or EndNote as BibTeX (.bib), RIS (.ris), EndNote XML (.xml) or"
            " CSL-JSON (.json).",
            hint_th="ส่งออกจาก Zotero, Mendeley หรือ EndNote เป็น BibTeX (.bib), RIS (.ris), EndNote XML (.xml) หรือ"
            " CSL-JSON (.json)",
        )
        return None
    text = read_text(path, problems)
    found = None if text is None else reader(text, problems)
    if found == [] and not problems.found:
        problems.add(
            "no-works",
            "No work stands in this file.",
            "ไม่มีงานใดในไฟล์นี้",
            hint_en="Was it exported in another format than its name says?",
            hint_th="ไฟล์ส่งออกเป็นรูปแบบอื่นที่ไม่ตรงกับนามสกุลหรือไม่",
        )
        return None
    return found


# --- BibTeX -----------------------------------------------------------------------------------------------------------

_BIB_KEYS = {
    "journal": "container-title", "journaltitle": "container-title", "booktitle": "container-title",
    "publisher": "publisher", "school": "publisher", "institution": "publisher", "organization": "publisher",
    "address": "publisher-place", "location": "publisher-place", "volume": "volume", "edition": "edition",
    "version": "version", "shorttitle": "title-short", "type": "genre",
}  # fmt: skip
_BIB_TAKEN = {
    "author", "editor", "translator", "title", "subtitle", "booksubtitle", "year", "month", "day", "date", "urldate",
    "number", "issue", "pages", "doi", "url", "howpublished", "note", "langid", "language",
}  # fmt: skip
_READ_ON = re.compile(
    r"(?:(?:last )?(?:accessed|retrieved|visited)(?: on)?|สืบค้น(?:เมื่อ)?|เข้าถึง(?:เมื่อ)?)[:,\s]*(?P<date>.+)", re.IGNORECASE
)


def _bibtex(text: str, problems: Problems) -> list[Imported]:
    return [_of_bibtex(entry) for entry in read_bibtex(text, problems)]


def _of_bibtex(entry: BibEntry) -> Imported:
    values = {name: plain(value) for name, value in entry.fields.items()}
    work = Imported(entry.key, entry.line, f"@{entry.kind}")
    work.type, work.sure = kind_of(BIBTEX, entry.kind, url=_is_online(values))
    for title, sub in (("title", "subtitle"), ("booktitle", "booksubtitle")):
        if values.get(sub):
            values[title] = ": ".join(filter(None, [values.get(title, ""), values[sub]]))
    work.put("title", values.get("title", ""), "title")
    for role in ("author", "editor", "translator"):
        for name in split_names(entry.fields.get(role, "")):
            if plain(name).lower() == "others":
                work.leave(role, "and others")
            else:
                work.add_name(role, _bib_name(name))
    for name, key in _BIB_KEYS.items():
        work.put(key, values.get(name, ""), name)
    number = {"report": "number", "thesis": "number", "software": "version"}.get(work.type, "issue")
    work.put(number, values.get("number", ""), "number")
    work.put("issue", values.get("issue", ""), "issue")
    work.put("page", values.get("pages", ""), "pages")
    work.put("DOI", values.get("doi", ""), "doi")
    # An address keeps its tildes and hyphens, which mean something else in a text.
    work.put("URL", re.sub(r"\\(.)", r"\1", entry.fields.get("url", "")).strip("{} "), "url")
    _bib_dates(work, values)
    published = re.sub(r"\\url\s*|[{}]", "", entry.fields.get("howpublished", ""))
    if is_address(published):
        work.put("URL", published, "howpublished")
    else:
        work.leave("howpublished", values.get("howpublished", ""))
    read = _READ_ON.fullmatch(values.get("note", ""))
    if read and written_date(read["date"]):
        work.put_date("accessed", read["date"], "note")
    else:
        work.leave("note", values.get("note", ""))
    if work.type == "thesis" and entry.kind in GENRES:
        work.facts.setdefault("genre", GENRES[entry.kind][work.language])
    for name, value in values.items():
        if name not in _BIB_TAKEN and name not in _BIB_KEYS:
            work.leave(name, value)
    return work


def _is_online(values: dict[str, str]) -> bool:
    return bool(values.get("url")) or is_address(values.get("howpublished", ""))


def _bib_dates(work: Imported, values: dict[str, str]) -> None:
    work.put_date("issued", values.get("date", ""), "date")
    year, month, day = (values.get(part, "") for part in ("year", "month", "day"))
    work.put_date("issued", year, "year")
    named = written_date(f"{month} 2000") if month and not re.search(r"\d", month) else None
    parts = [work.facts.get("issued", "")[:4], named[5:7] if named else month, day]
    dated = written_date("-".join(filter(None, parts))) if month and parts[0] else None
    if dated:
        work.put_date("issued", dated, "month")
    else:
        work.leave("month", month)
        work.leave("day", day)
    work.put_date("accessed", values.get("urldate", ""), "urldate")


def _bib_name(written: str) -> dict[str, str]:
    """A name of BibTeX: ``First von Last``, ``von Last, First``, ``von Last, Jr, First``, ``{A body}``."""
    written = written.strip()
    if re.fullmatch(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", written):
        return {"literal": plain(written)}
    parts = [plain(part) for part in split_commas(written)]
    if len(parts) == 1 or is_body(plain(written)):
        return without_comma(plain(written))
    family, *rest = parts
    return with_comma([family, rest[-1], *rest[:-1]])


# --- RIS --------------------------------------------------------------------------------------------------------------

_RIS_LINE = re.compile(r"^([A-Z][A-Z0-9])  ?- ?(.*)$")
_RIS_KEYS = {
    "TI": "title", "T1": "title", "JF": "container-title", "T2": "container-title", "BT": "container-title",
    "JO": "container-title", "PB": "publisher", "CY": "publisher-place", "PP": "publisher-place", "VL": "volume",
    "DO": "DOI", "UR": "URL", "M3": "genre", "ST": "title-short",
}  # fmt: skip
_RIS_NAMES = {"AU": "author", "A1": "author", "A2": "editor", "ED": "editor", "A4": "translator"}


def _ris(text: str, problems: Problems) -> list[Imported]:
    works: list[Imported] = []
    fields: list[tuple[str, str]] = []
    begin = 0
    for number, line in enumerate(text.splitlines(), start=1):
        match = _RIS_LINE.match(line.strip("\ufeff \t"))
        if match and match[1] == "TY":
            if fields:
                _report_unfinished(problems, begin)
                works.append(_of_ris(fields, begin))
            fields, begin = [("TY", match[2].strip())], number
        elif match and match[1] == "ER":
            if fields:
                works.append(_of_ris(fields, begin))
            fields = []
        elif match and fields:
            fields.append((match[1], match[2].strip()))
        elif line.strip() and fields and len(fields) > 1:  # a long text goes on in the next line
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
    if fields:
        _report_unfinished(problems, begin)
        works.append(_of_ris(fields, begin))
    return works


def _report_unfinished(problems: Problems, line: int) -> None:
    problems.notice(
        "ris",
        "The record that begins here has no end (ER); what stands in it was read.",
        "ระเบียนที่เริ่มตรงนี้ไม่มีบรรทัดปิดท้าย (ER) จึงอ่านเท่าที่มี",
        row=line,
    )


def _of_ris(fields: list[tuple[str, str]], begin: int) -> Imported:
    kind = fields[0][1].upper()
    first: dict[str, str] = {}
    for tag, value in fields:
        first.setdefault(tag, value)
    work = Imported(first.get("ID", ""), begin, kind)
    work.type, work.sure = kind_of(RIS, kind, url="UR" in first)
    number = {"report": "number", "software": "version", "dataset": "version"}.get(work.type, "issue")
    keys = {**_RIS_KEYS, "IS": number, "CP": number, "ET": "version" if number == "version" else "edition"}
    names = _RIS_NAMES if kind != "EDBOOK" else {**_RIS_NAMES, "AU": "editor", "A1": "editor"}
    for tag in ("JF", "T2"):  # the whole name of a journal before an abbreviated one
        work.put("container-title", first.get(tag, ""), tag)
    for tag, value in fields[1:]:
        if tag in names:
            work.add_name(names[tag], written_name(value))
        elif tag in keys:
            work.put(keys[tag], value, tag)
        elif tag in ("PY", "Y1", "DA"):
            work.put_date("issued", value, tag)
        elif tag == "Y2":
            work.put_date("accessed", value, tag)
        elif tag not in ("SP", "EP", "ID", "LA"):
            work.leave(tag, value)
    work.put("page", "-".join(filter(None, [first.get("SP", ""), first.get("EP", "")])), "SP")
    return work


# --- EndNote ----------------------------------------------------------------------------------------------------------

# What EndNote notes for itself.
_ENDNOTE_OWN = {"database", "source-app", "rec-number", "foreign-keys", "ref-type"}
_ENDNOTE_KEYS = {
    "titles/title": "title", "titles/secondary-title": "container-title", "periodical/full-title": "container-title",
    "titles/short-title": "title-short", "publisher": "publisher", "pub-location": "publisher-place",
    "volume": "volume", "edition": "edition", "electronic-resource-num": "DOI", "pages": "page", "work-type": "genre",
}  # fmt: skip
_ENDNOTE_NAMES = {
    "contributors/authors/author": "author",
    "contributors/secondary-authors/author": "editor",
    "contributors/subsidiary-authors/author": "translator",
}


def _endnote(text: str, problems: Problems) -> list[Imported] | None:
    # The declaration may name another encoding than that of the text, which is decoded by now.
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    try:
        root = parse_xml([body.encode("utf-8", "replace")])
    except Refused as refused:
        refused.report(problems)
        return None
    records = [element for element in root.iter() if local_name(element) == "record"]
    return [_of_endnote(record, number) for number, record in enumerate(records, start=1)]


def _of_endnote(record: ET.Element, number: int) -> Imported:
    kinds = [element for element in record if local_name(element) == "ref-type"]
    kind = (kinds[0].get("name") or (kinds[0].text or "")) if kinds else ""
    fields = [
        (path, value) for child in record if local_name(child) not in _ENDNOTE_OWN for path, value in _leaves(child, "")
    ]
    work = Imported(next((value for path, value in fields if path == "label"), ""), number, kind)
    work.type, work.sure = kind_of(ENDNOTE, kind.lower(), url=any(path.startswith("urls/") for path, _ in fields))
    keys = {
        **_ENDNOTE_KEYS,
        "number": {"report": "number", "software": "version", "dataset": "version"}.get(work.type, "issue"),
    }
    names = _ENDNOTE_NAMES
    if kind.lower() == "edited book":
        names = {**names, "contributors/authors/author": "editor"}
    for path, value in fields:
        if path in names:
            work.add_name(names[path], written_name(value))
        elif path in keys:
            work.put(keys[path], value, path)
        elif path.startswith("urls/") and path.endswith("/url"):
            work.put("URL", value, "urls")
        elif path == "dates/year":
            work.put_date("issued", value, path)
        elif path == "dates/pub-dates/date":
            year = work.facts.get("issued", "")[:4]
            work.put_date("issued", written_date(f"{value} {year}") or value, path)
        elif path == "access-date":
            work.put_date("accessed", value, path)
        elif path not in ("label", "language"):
            work.leave(path, value)
    return work


def _leaves(element: ET.Element, under: str) -> list[tuple[str, str]]:
    """Paths and texts of what has no further elements in it; pieces of one text in several styles are one."""
    path = f"{under}{local_name(element)}"
    below = [child for child in element if local_name(child) != "style"]
    if below:
        return [leaf for child in below for leaf in _leaves(child, f"{path}/")]
    text = " ".join("".join(element.itertext()).split())
    return [(path, text)] if text else []


# --- CSL-JSON ---------------------------------------------------------------------------------------------------------

_CSL_KEYS = ("title", "title-short", "container-title", "genre", "publisher", "publisher-place", "volume", "issue",
             "page", "number", "version", "edition", "URL", "DOI")  # fmt: skip
_CSL_OTHER = {"shortTitle": "title-short", "event-place": "", "publisher-place": "publisher-place"}


def _csl_json(text: str, problems: Problems) -> list[Imported] | None:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        problems.add(
            "json",
            "This file is no JSON: it does not go on as it must.",
            "ไฟล์นี้ไม่ใช่ JSON ที่ถูกต้อง",
            row=getattr(error, "lineno", None),
            hint_en="Export it again as CSL-JSON.",
            hint_th="ส่งออกใหม่เป็น CSL-JSON",
        )
        return None
    items = data.get("items", [data]) if isinstance(data, dict) else data
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return [_of_csl(item, number) for number, item in enumerate(entries, start=1) if {"title", "type"} & item.keys()]


def _of_csl(item: dict[str, Any], number: int) -> Imported:
    kind = str(item.get("type", ""))
    work = Imported(str(item.get("citation-key") or item.get("id") or ""), number, kind)
    work.type, work.sure = kind_of(CSL, kind, url="URL" in item)
    for name, value in item.items():
        key = _CSL_OTHER.get(name, name)
        if name in ("author", "editor", "translator") and isinstance(value, list):
            for person in value:
                work.add_name(name, _csl_name(person) if isinstance(person, dict) else written_name(str(person)))
        elif name in ("issued", "accessed"):
            work.put_date(name, _csl_date(value), name)
        elif key in _CSL_KEYS:
            work.put(key, re.sub(r"</?(?:i|b|sub|sup|span|sc)\b[^>]*>", "", str(value)), name)
        elif name not in ("id", "type", "citation-key", "language"):
            work.leave(name, json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value))
    return work


def _csl_name(person: dict[str, Any]) -> dict[str, str]:
    said = {part: " ".join(str(value).split()) for part, value in person.items()}
    if said.get("literal"):
        return {"literal": said["literal"]}
    family = " ".join(filter(None, [said.get("non-dropping-particle"), said.get("family")]))
    given = " ".join(filter(None, [said.get("given"), said.get("dropping-particle")]))
    if not (family and given):
        return {"literal": family or given}
    return {"given": given, "family": family, **({"suffix": said["suffix"]} if said.get("suffix") else {})}


def _csl_date(value: Any) -> str:
    """A date of CSL-JSON as text; what is no single day, month or year stays as it is."""
    if not isinstance(value, dict):
        return str(value)
    parts = value.get("date-parts")
    if isinstance(parts, list) and len(parts) == 1 and isinstance(parts[0], list) and len(value) == 1:
        return "-".join(str(part) for part in parts[0] if part not in (None, ""))
    written = value.get("raw") or value.get("literal")
    return str(written) if written and len(value) == 1 else json.dumps(value, ensure_ascii=False)
