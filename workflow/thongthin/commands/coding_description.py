"""What a file of coding holds, told part by part in English and Thai."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from thongthin.basics.console import command
from thongthin.basics.language import one_line
from thongthin.basics.records import records
from thongthin.commands.coding_in_study import InStudy
from thongthin.commands.parts import Part, shown
from thongthin.read.coding import Coding, own_positions
from thongthin.read.coding.model import CodedFile, Source, ToolCode
from thongthin.read.coding.names import Codebook, path_of
from thongthin.read.coding.positions import Convention, describe, describe_fit
from thongthin.read.coding.recognise import NAMES

KINDS = {"pdf": "PDF", "picture": "picture / ภาพ", "audio": "audio / เสียง", "video": "video / วิดีโอ"}


MEMOS = {
    "project": "the project / โครงการ",
    "source": "documents / เอกสาร",
    "code": "codes / รหัส",
    "case": "cases / กรณี",
    "selection": "passages / ข้อความ",
}


# So many values of a variable, and so many names in a line, are shown.
VALUES, LISTED_NAMES = 5, 20


def description(coded: CodedFile, study: InStudy | None = None, coding: Coding | None = None) -> list[Part]:
    """What the file holds, part by part; what it lacks has no lines.

    Args:
        study, coding: to compare with, and the file as it is read in that study.
    """
    of_source = Counter(selection.source for selection in coded.selections)
    of_code = Counter(code for selection in coded.selections for code in dict.fromkeys(selection.codes))
    person: dict[str, list[str]] = {}
    ours: dict[str, list[str]] = {}
    if study:
        participants, codebook, tool = study.participants(), Codebook(study.codes), {c.id: c for c in coded.codes}
        person = {source.id: participants.candidates(source) for source in coded.sources}
        ours = {code.id: codebook.candidates(code, tool) for code in coded.codes}
    parts = [
        Part(
            "Tool, format",
            "โปรแกรม รูปแบบ",
            [", ".join(dict.fromkeys(filter(None, [one_line(coded.tool), NAMES[coded.format]])))],
        ),
        Part(
            f"Documents: {len(coded.sources)} (characters stored; passages marked)",
            f"เอกสาร {len(coded.sources)} (อักขระที่เก็บไว้; ข้อความที่เลือก)",
            [
                f"{shown(source.name)}{_kind(source)}  {_size(source)}  {of_source[source.id]:,}"
                + (_match(person[source.id]) if study else "")
                for source in coded.sources
            ],
        ),
        _positions(coded, coding),
        Part(
            f"Codes: {len(coded.codes)} (passages; in brackets with those below)",
            f"รหัส {len(coded.codes)} (ข้อความ; ในวงเล็บคือรวมรหัสย่อย)",
            _tree(coded.codes, of_code, {id_: _match(found) for id_, found in ours.items()}),
        ),
        _coders(coded),
        Part(
            f"Cases: {len(coded.cases)} (documents)",
            f"กรณี {len(coded.cases)} (เอกสาร)",
            [f"{shown(case.name)}  {len(case.sources)}" for case in coded.cases],
        ),
        _variables(coded),
        Part(
            f"Sets: {len(coded.sets)} (documents; codes)",
            f"ชุด {len(coded.sets)} (เอกสาร; รหัส)",
            [f"{shown(group.name)}  {len(group.sources)}  {len(group.codes)}" for group in coded.sets],
        ),
        Part(
            f"Memos: {len(coded.memos)}",
            f"บันทึก {len(coded.memos)}",
            [f"{MEMOS[on]}  {times}" for on, times in sorted(Counter(memo.on for memo in coded.memos).items())],
        ),
    ]
    if study and coding:
        parts.append(_in_study(coded, study, coding, of_source, of_code, person, ours))
    return parts


def _kind(source: Source) -> str:
    return f" ({KINDS[source.kind]})" if source.kind in KINDS else ""


def _size(source: Source) -> str:
    return "–" if source.text is None else f"{len(source.text):,}"


def _match(found: Sequence[str]) -> str:
    """What something of the file is in the study: one thing, several, or nothing."""
    return f"  -> {' ? '.join(found) or '?'}"


def _tree(codes: Sequence[ToolCode], times: Mapping[str, int], match: Mapping[str, str]) -> list[str]:
    """The codes, each below the one above it; those that are above each other stand at the end."""
    known = {code.id: code for code in codes}
    below: dict[str, list[str]] = {}
    for code in codes:
        below.setdefault(code.parent if code.parent in known else "", []).append(code.id)
    lines: dict[str, tuple[int, int]] = {}  # id: depth, and with those below
    for root in [*below.get("", ()), *known]:
        if root in lines:
            continue
        waiting, order = [(root, 0)], []
        while waiting:
            id_, depth = waiting.pop()
            if id_ in lines:
                continue
            lines[id_] = depth, times.get(id_, 0)
            order.append(id_)
            waiting += [(child, depth + 1) for child in reversed(below.get(id_, ()))]
        for id_ in reversed(order):
            parent = known[id_].parent
            if id_ != root and parent in lines:
                lines[parent] = lines[parent][0], lines[parent][1] + lines[id_][1]
    return [
        f"{'  ' * min(depth, 20)}{shown(known[id_].name)}  {times.get(id_, 0) if known[id_].codable else '–'}"
        + (f" ({total})" if id_ in below else "")
        + match.get(id_, "")
        for id_, (depth, total) in lines.items()
    ]


def _coders(coded: CodedFile) -> Part:
    passages = Counter(selection.coder for selection in coded.selections)
    documents = Counter(coder for coder, _ in {(s.coder, s.source) for s in coded.selections})
    return Part(
        f"Coders: {len(passages)} (passages; documents)",
        f"ผู้ลงรหัส {len(passages)} (ข้อความ; เอกสาร)",
        [
            f"{shown(coder) if coder else '(the file does not tell / ไฟล์ไม่ระบุ)'}  {times:,}  {documents[coder]:,}"
            for coder, times in sorted(passages.items(), key=lambda item: (-item[1], item[0]))
        ],
    )


def _variables(coded: CodedFile) -> Part:
    values: dict[str, Counter[str]] = {}
    for case in coded.cases:
        for name, value in case.variables.items():
            if value:
                values.setdefault(name, Counter())[value] += 1
    lines = []
    for name, found in values.items():
        listed = ", ".join(shown(value) for value in sorted(found)[:VALUES])
        more = f" ... ({len(found)})" if len(found) > VALUES else ""
        lines.append(f"{shown(name)}  {found.total()}  {listed}{more}")
    return Part(
        f"Variables of cases: {len(values)} (cases; values)",
        f"ตัวแปรของกรณี {len(values)} (กรณี; ค่า)",
        lines,
    )


def _positions(coded: CodedFile, coding: Coding | None) -> Part:
    """How positions count, and in which documents: as compared with a study, else with the texts that are stored."""
    ways: dict[str, list[str]] = {}

    def note(way: tuple[str, str], name: str) -> None:
        ways.setdefault(f"{way[0]} / {way[1]}", []).append(name)

    compared = records(coding.coding_sources) if coding else []
    found = {row["source"]: Convention(row["unit"], row["newlines"]) for row in compared if row["unit"]}
    reports = own_positions(coded)
    by_position = {selection.source for selection in coded.selections if selection.start is not None}
    marked = {selection.source for selection in coded.selections if not selection.whole}
    for source in coded.sources:
        report, name = reports.get(source.id), shown(source.name)
        if way := found.get(source.name, found.get(f"{source.name} ({source.id})")):
            note(describe(way), name)
        elif report and report.convention:
            note(describe(report.convention), name)
        elif report and report.failed:
            en, th = ("several ways fit", "เข้าได้หลายวิธี") if report.ambiguous else ("no way fits", "ไม่มีวิธีใดเข้ากัน")
            fit_en, fit_th = describe_fit(report.fits[0])
            note((f"{en} ({fit_en})", f"{th} ({fit_th})"), name)
        elif source.id in by_position:
            note(("the file stores no text to compare with", "ไฟล์ไม่ได้เก็บข้อความไว้ให้เทียบ"), name)
        elif source.id in marked and source.kind in ("text", "pdf"):
            note(("no positions; passages are found by their text", "ไม่มีตำแหน่ง ใช้ตัวข้อความหาที่อยู่"), name)
    return Part(
        "How positions count (documents)",
        "วิธีนับตำแหน่ง (เอกสาร)",
        [
            f"{way}: {len(names)} ({', '.join(names[:VALUES])}{', ...' if len(names) > VALUES else ''})"
            for way, names in ways.items()
        ],
    )


def _in_study(
    coded: CodedFile,
    study: InStudy,
    coding: Coding,
    of_source: Mapping[str, int],
    of_code: Mapping[str, int],
    person: Mapping[str, Sequence[str]],
    ours: Mapping[str, Sequence[str]],
) -> Part:
    """What the study would get, and what would be missing in it."""
    tool = {code.id: code for code in coded.codes}
    counted = coding.coding_sources[["exact", "reanchored", "by_text"]].sum()
    lines = [
        f"segments / ข้อความที่ลงรหัส: {len(coding.codings):,}",
        f"passages placed / ระบุที่ได้: {counted['exact']:,} exactly / ตรงตำแหน่ง, "
        f"{counted['by_text']:,} by text / จากข้อความ, {counted['reanchored']:,} anew / หาที่ใหม่",
    ]

    def listed(en: str, th: str, names: Iterable[str]) -> None:
        if named := list(names):
            lines.append(f"{en} / {th}: {_names(named)}")

    listed(
        "marked documents without participant",
        "เอกสารที่มีการลงรหัสแต่ไม่พบผู้ให้ข้อมูล",
        (source.name for source in coded.sources if of_source[source.id] and len(person[source.id]) != 1),
    )
    listed(
        "codes given that are not in the codebook",
        "รหัสที่ใช้แต่ไม่มีในสมุดรหัส",
        (path_of(code, tool) for code in coded.codes if of_code[code.id] and len(ours[code.id]) != 1),
    )
    coded_people = _coded_people(coded, coding, study)
    listed(
        "participants without coding in this file",
        "ผู้ให้ข้อมูลที่ไม่มีการลงรหัสในไฟล์นี้",
        (participant for participant in study.transcripts["participant_id"] if participant not in coded_people),
    )
    if study.wrong:
        en, th = "the study's own files have problems", "ไฟล์ของการศึกษาเองมีปัญหา"
        lines.append(f"{en} / {th}: {study.wrong} ({command('check', study.name)})")
    return Part(f"In the study {study.name}", f"ในการศึกษา {study.name}", lines)


def _names(names: Sequence[str]) -> str:
    """Names one after the other, so many as people read."""
    more = f", ... ({len(names)})" if len(names) > LISTED_NAMES else ""
    return f"{', '.join(map(shown, names[:LISTED_NAMES]))}{more}"


def together(read: Sequence[tuple[CodedFile, Coding]], study: InStudy) -> Part:
    """What several files have in common, and whom none of them is about."""
    lines = []
    coders = sorted({selection.coder for own, _ in read for selection in own.selections} - {""})
    if coders:
        lines.append(f"coders / ผู้ลงรหัส: {', '.join(map(shown, coders))}")
    coded = set.union(*(_coded_people(own, coding, study) for own, coding in read)) if read else set()
    without = [participant for participant in study.transcripts["participant_id"] if participant not in coded]
    if without:
        lines.append("participants without coding in these files / ผู้ให้ข้อมูลที่ไม่มีการลงรหัสในไฟล์เหล่านี้: " + _names(without))
    return Part(f"All files together: {len(read)}", f"ทุกไฟล์รวมกัน {len(read)}", lines)


def _coded_people(coded: CodedFile, coding: Coding, study: InStudy) -> set[str]:
    """The participants of whom a file holds coding, whether or not it could be placed."""
    participants = study.participants()
    marked = {selection.source for selection in coded.selections}
    found = {participants.find(source) for source in coded.sources if source.id in marked}
    return {person for person in found if person} | set(coding.coverage["participant_id"])
