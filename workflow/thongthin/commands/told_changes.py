"""What differs between two builds (`present.evidence.changes`), as lines for a terminal in English and in Thai."""

from __future__ import annotations

import json
from typing import Any

from thongthin.basics.language import one_line
from thongthin.commands.parts import Part, shown

Record = dict[str, Any]

_CUT = 160
_STATES = {"added": "added / เพิ่ม", "removed": "removed / ลบ", "changed": "changed / แก้ไข"}


def parts_of(found: Record) -> list[Part]:
    """Headings with lines: why, then what."""
    causes = found["causes"]
    seen = [own for own in found["numbers"] if _reads_otherwise(own)]
    edited = [line for own in found["sentences"] for line in _sentence(own)]
    return [
        Part("Why", "เพราะอะไร", [f"({place + 1}) {cause_line(cause)}" for place, cause in enumerate(causes)]),
        Part("Numbers in the text", "ตัวเลขในเนื้อความ", [line for own in seen for line in _number(own)]),
        Part("Numbers in the text that changed and read as before", "ตัวเลขในเนื้อความที่เปลี่ยนแต่พิมพ์เหมือนเดิม",
             [f"{own['key']}: {own['after']['text_en']}" for own in found["numbers"] if own not in seen]),
        Part("Cells of tables", "ช่องในตาราง", [_cell(own) for own in found["cells"]]),
        Part("Figures drawn from other numbers", "ภาพที่ตัวเลขเปลี่ยน", found["figures"]),
        Part("Quotes", "คำพูด", [_quote(own) for own in found["quotes"]]),
        Part("Claims", "เงื่อนไขของข้อความ", [line for own in found["claims"] for line in claim_lines(own)]),
        Part("Shown", "สิ่งที่แสดง", [_shown(own) for own in found["shown"]]),
        Part("Sentences that were edited", "ข้อความที่แก้ไข", edited),
        Part("Numbers of result tables that no document prints", "ตัวเลขในตารางผลที่ไม่ได้พิมพ์ในเอกสาร",
             [f"{table}: {count}" for table, count in found["others"].items()]),
    ]  # fmt: skip


_HOLDS = {True: "holds / เป็นจริง", False: "does not hold / ไม่เป็นจริง", None: "undefined / หาค่าไม่ได้"}


def claim_lines(own: Record) -> list[str]:
    """A claim that differs: what of it does, in both builds."""
    was, now, what = own["before"], own["after"], own["what"]
    why = " ".join(f"({place + 1})" for place in own["why"])
    if not (was and now):
        there = was or now
        lines = [f"{own['claim']}: {_STATES[what[0]]}, {_HOLDS[there['verdict']]} {why}".rstrip()]
        return lines + [f"  {text}" for text in there["sentence"].values() if text]
    verdicts = [_HOLDS[one["verdict"]] for one in (was, now)]
    verdict = " → ".join(verdicts) if "verdict" in what else verdicts[1]
    lines = [f"{own['claim']}: {verdict} {why}".rstrip()]
    if "conditions" in what:
        lines.append(f"  {'; '.join(was['conditions'])} → {'; '.join(now['conditions'])}")
    for part in ("sentence", "margin"):
        pairs = [(was[part][language], now[part][language]) for language in ("en", "th")] if part in what else []
        if part == "margin" and not now["verdict"]:  # which is told of claims that hold
            continue
        lines += [f"  {one or '–'} → {other or '–'}" for one, other in pairs if one != other]
    if "verdict" in what and "sentence" not in what:
        lines += [f"  {text}" for text in now["sentence"].values() if text]
    return lines


def cause_line(cause: Record) -> str:
    """What differs where a build begins, on one line."""
    kind = cause["kind"]
    if kind == "data":
        files = ", ".join(cause["files"])
        if cause["state"] == "changed":
            change = f"{_said(cause['before'])} → {_said(cause['after'])}"
            return f"{files}: {cause['name']} {cause['row']}, {cause['column']}: {change}"
        return f"{files}: {cause['name']} {shown(cause['row'])}: {_STATES[cause['state']]}"
    if kind in ("file", "prose"):
        return f"{cause['name']}: {_STATES[cause['state']]}"
    if kind == "code":
        return f"code / โค้ด: {', '.join(cause['places']) or '?'} ({', '.join(cause['scripts'])})"
    names = {"setting": "analysis.", "study": "study.yml: ", "packages": "requirements.lock: ", "engine": ""}
    return f"{names[kind]}{cause['name']}: {_said(cause['before'])} → {_said(cause['after'])}"


def _said(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return one_line(text)[:_CUT] or "–"


def _reads_otherwise(own: Record) -> bool:
    """Whether a reader sees the change of a number: it was printed otherwise, or came or went."""
    was, now = own["before"], own["after"]
    return not (was and now) or any(was[part] != now[part] for part in ("text_th", "text_en"))


def _number(own: Record) -> list[str]:
    was, now = own["before"], own["after"]
    by = f" ({own['by']:+.4g})" if own["by"] else ""
    why = " ".join(f"({place + 1})" for place in own["why"])
    change = f"{was['text_en'] if was else '–'} → {now['text_en'] if now else '–'}"
    lines = [f"{own['key']}: {change}{by} {why}".rstrip()]
    return lines + [
        f"  {said['document']}: {said[part]}" for said in own["said"] for part in ("said_en", "said_th") if said[part]
    ]


def _cell(own: Record) -> str:
    if not own["row"] and isinstance(own["before"], bool):
        return f"{own['table']}: {_STATES['added' if own['after'] else 'removed']}"
    return f"{own['table']}  {own['row']}, {own['column']}: {_said(own['before'])} → {_said(own['after'])}"


def _quote(own: Record) -> str:
    was, now = (one_line(own[part]["text"])[:_CUT] if own[part] else "–" for part in ("before", "after"))
    return f"{own['quote']}: {was} → {now}"


def _shown(own: Record) -> str:
    return f"{own['document']}, {own['kind']} {own['name']}: {_said(own['before'])} → {_said(own['after'])}"


def _sentence(own: Record) -> list[str]:
    removed = [f"  - {one_line(line)[:_CUT]}" for line in own["before"] if line.strip()]
    added = [f"  + {one_line(line)[:_CUT]}" for line in own["after"] if line.strip()]
    return [f"{own['file']}:{own['line']}", *removed, *added] if removed or added else []
