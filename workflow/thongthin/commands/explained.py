"""A trail (`present.evidence.trail`) as lines for a terminal, in English and in Thai."""

from __future__ import annotations

import json
from typing import Any

from thongthin.basics.language import one_line
from thongthin.commands.parts import Part, described

Record = dict[str, Any]

# So many ids, cells and passages are shown, unless all are asked for.
IDS, CELLS, PASSAGES = 30, 40, 3
SHORT_HASH = 16

_KINDS = {
    "number": ("number", "ค่า"),
    "quote": ("quote", "คำพูด"),
    "claim": ("claim", "เงื่อนไขของประโยค"),
    "table": ("table", "ตาราง"),
    "figure": ("figure", "ภาพ"),
}


def lines_of(trail: Record, study: str, *, whole: bool) -> str:
    """The trail of one thing.

    Args:
        whole: everything; else long lists are cut, and say so.
    """
    en, th = _KINDS[trail["kind"]]
    head = [f"{en} / {th}  {trail['key']}  ({study})"]
    if "reads" in trail:
        head = [f"{trail['reads']['en']} / {trail['reads']['th']}", *head]
    parts = [
        Part("Words", "คำพูด", _words(trail)),
        Part("Where it is said", "ปรากฏในข้อความ", _said(trail)),
        Part("Also shown in", "แสดงใน", _shown(trail)),
        Part("How near it is to turning", "ต้องเปลี่ยนเท่าใดผลจึงจะกลับกัน", _near(trail)),
        Part("Its conditions", "เงื่อนไข", _conditions(trail)),
        Part("The values that they look at", "ค่าที่ใช้ตัดสิน", _values(trail)),
        *_row(trail),
        Part("Sentences bound to conditions on it", "ประโยคที่ผูกกับเงื่อนไขของค่านี้", _claims(trail)),
        Part("Its cells and the numbers in them", "ช่องในตารางและตัวเลขในช่อง", _cells(trail, whole=whole)),
        Part("Made by", "สร้างโดย", _step(trail["step"], whole=whole)),
        Part("What it counts", "นับจากอะไร", _behind(trail.get("behind", {}), whole=whole)),
        Part("Passages", "ข้อความที่ลงรหัส", _passages(trail, whole=whole)),
        Part("On the way", "ผ่านขั้นตอน", [own["rule"] for own in trail["way"]] if whole else []),
        Part(
            "What it comes from",
            "มาจากอะไร",
            [f"{own['file']}  sha256 {own['sha256'][:SHORT_HASH]}" for own in trail["from"]],
        ),
        Part("In the page of evidence", "ในหน้าหลักฐาน", [_address(trail, study)]),
    ]
    return "\n".join(head) + "\n\n" + described(parts)


def _words(trail: Record) -> list[str]:
    if trail["kind"] != "quote" or "text" not in trail:
        return []
    translated = [trail[f"translation_{language}"] for language in ("th", "en")]
    who = " · ".join(filter(None, (trail["participant_id"], trail["group"], trail["site_id"], trail["code_id"])))
    return [one_line(trail["text"]), *(one_line(text) for text in translated if text), who]


def _said(trail: Record) -> list[str]:
    lines = []
    for own in trail["said"]:
        for language in ("en", "th"):
            if own[f"line_{language}"]:
                number = f" ({own['id']}, {own['number']})" if own["number"] else ""
                where = f"{own['document']}.{language}.qmd:{own[f'line_{language}']}"
                lines.append(f"{where}{number}  {own[f'said_{language}']}".rstrip())
    return lines


_HOLDS = {True: "holds / เป็นจริง", False: "does not hold / ไม่เป็นจริง", None: "undefined / หาค่าไม่ได้"}


def _conditions(trail: Record) -> list[str]:
    lines = []
    for own in trail.get("conditions", ()):
        lines.append(f"claims.yml:{own['line']}  {own['text']}  {_HOLDS[own['holds']]}")
        if own["margin"]:
            lines += [f"  {own['margin'][language]}" for language in ("en", "th")]
    return lines


def _near(trail: Record) -> list[str]:
    """By what a claim would turn first, and what to compare that with."""
    first = next((own for own in trail.get("conditions", ()) if own["nearest"]), None)
    if trail["kind"] != "claim" or first is None:
        return []
    lines = [first["margin"]["en"], first["margin"]["th"]]
    for turn in first["margin"]["turns"]:
        interval = " / ".join(filter(None, (turn["interval"]["en"], turn["interval"]["th"])))
        lines.append(f"{turn['key']}: {turn['from']:.10g} → {turn['to']:.10g}  {interval}".rstrip())
    return lines


def _values(trail: Record) -> list[str]:
    return [f"{own['key']}  {own['text_en']} / {own['text_th']}  ({own['value']})" for own in trail.get("values", ())]


def _claims(trail: Record) -> list[str]:
    lines = []
    for own in trail.get("claims", ()):
        lines += [own["claim"], *(f"  {line}" for line in (*_conditions(own), *_said(own)))]
    return lines


def _shown(trail: Record) -> list[str]:
    lines = []
    for own in trail.get("shown", ()):
        if own["kind"] == "table":
            lines.append(f"{own['name']}.csv  {own['row_en']}, {own['column_en']}: {own['text_en']}")
        else:
            lines.append(f"{own['name']}.csv")
    return lines


def _row(trail: Record) -> list[Part]:
    if "table" not in trail:
        return []
    own = trail["table"]
    column = own["column"]
    lines = [f"{'>' if name == column['name'] else ' '} {name} = {value}" for name, value in own["row"].items()]
    about = f"{column['en']} / {column['th']}" + (f" ({column['unit']})" if column["unit"] else "")
    return [Part("Its row", "แถวของค่านี้", [own["file"], f"{own['about']}", *lines, f"> {about}"])]


def _cells(trail: Record, *, whole: bool) -> list[str]:
    if "file" not in trail:
        return []
    cells = [own for own in trail["cells"] if own["keys"]]
    lines = [trail["file"]]
    lines += [f"{own['row_en']}, {own['column_en']}: {own['text_en']}  {' '.join(own['keys'])}" for own in cells]
    lines += trail["numbers"]
    return _cut(lines, CELLS, whole=whole)


def _step(step: Record, *, whole: bool) -> list[str]:
    lines = [f"{step['rule']} ({step['file']}): {step['about']}" if step["file"] else step["rule"]]
    if step["script"]:
        lines.append(f"{step['script']}  {step['code']}")
    for name, value in step["settings"].items():
        lines.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
    if step["method"]:
        method = step["method"].split("\n")
        ends = next((at for at, line in enumerate(method) if at > 1 and not line), len(method))
        lines += ["docs/methods.md:", *(method if whole else method[:ends])]
    if whole and step["source"]:
        lines += ["", *step["source"].split("\n")]
    return lines


def _behind(own: Record, *, whole: bool) -> list[str]:
    lines = []
    for name, en, th in (("respondents", "respondents", "ผู้ตอบ"), ("participants", "participants", "ผู้ให้ข้อมูล")):
        if name in own:
            ids = own[name]
            lines.append(f"{len(ids)} {en} / {th}")
            lines += [
                f"  {' '.join(ids if whole else ids[:IDS])}{' ...' if len(ids) > IDS and not whole else ''}"
            ] * bool(ids)
    for item in own.get("items", ()):
        answers = ", ".join(f"{value or '–'}: {count}" for value, count in item["answers"].items())
        lines.append(f"{item['item_id']}  {one_line(item['en'])} / {one_line(item['th'])}")
        lines.append(f"  {answers}" + ("  (reversed / กลับข้อ)" if item["reversed"] else ""))
    if own.get("codes"):
        lines.append(f"codes / รหัส: {' '.join(own['codes'])}")
    return lines


def _passages(trail: Record, *, whole: bool) -> list[str]:
    passages = trail.get("passages") or trail.get("behind", {}).get("passages", [])
    lines = []
    for own in passages if whole else passages[:PASSAGES]:
        coded = f"coded by / ลงรหัสโดย {', '.join(own['coded_by'])}" if own.get("coded_by") else ""
        others = f"; not by / ไม่ลงรหัสโดย {', '.join(own['not_by'])}" if own.get("not_by") else ""
        codes = " ".join(sorted({coding["code_id"] for coding in own.get("codings", ())}))
        lines.append(f"{own['participant_id']} {own['start']}-{own['end']}  {codes}  {coded}{others}".rstrip())
        for turn in own["turns"]:
            start, end = turn["marked"]
            text = turn["text"]
            if end > start:
                text = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
            lines.append(f"  {turn['turn_id']} {turn['speaker']}: {one_line(text)}")
    more = len(passages) - PASSAGES
    return lines if whole or more <= 0 else [*lines, f"... {more} more (--all) / และอีก {more} ข้อความ (--all)"]


def _cut(lines: list[str], most: int, *, whole: bool) -> list[str]:
    more = len(lines) - most
    return lines if whole or more <= 0 else [*lines[:most], f"... {more} more (--all) / และอีก {more} รายการ (--all)"]


def _address(trail: Record, study: str) -> str:
    view = {"number": "value"}.get(trail["kind"], trail["kind"])
    return f"results/{study}/evidence.en.html#/{view}/{trail['key']}"
