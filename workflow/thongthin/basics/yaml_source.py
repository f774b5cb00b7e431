"""YAML files that people edit: read with the line of every key, so that a problem can name it.

Texts are normalised as those of tables are. What stands without quotes is a number, true, false, null or text: words
such as no and 12:30, and dates, stay what was written, and whoever reads them decides. Before a file is made into data
it is looked through, piece by piece, so that brackets in brackets, and names that repeat each other, end in a message.

Fails, with a problem instead of a traceback, on a missing or empty file, one that is no YAML or no group of keys, and a
key that stands twice in one place (which YAML readers accept in silence, keeping the last).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from thongthin.basics.language import normalise_text
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.basics.text import read_text
from thongthin.basics.yaml_models import KeyPath
from thongthin.basics.yaml_sections import Parts, key_types, section_hint
from thongthin.basics.yaml_sentences import Said, short, syntax_fault, value_fault

Model = TypeVar("Model", bound=BaseModel)

# More keys with nothing behind them than these are told in one list.
_BLANK = 3
# How deep groups may stand within each other, and how many pieces a file may be, names behind * put in.
_DEPTH = 40
_PIECES = 500_000
# Characters of a text, as in a cell of a table.
_LONGEST = 32_767


# The loader in C reads a reference list in a tenth of the time; not every installation has it.
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Without YAML 1.1's other spellings of truth and numbers (no, 012, 12:30), and without dates."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


_UNQUOTED = (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", "[-+]?(?:0|[1-9][0-9_]{0,300})", "-+0123456789"),
    ("float", r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan", "-+0123456789."),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("merge", "<<", "<"),
)
for _kind, _written, _first in _UNQUOTED:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"(?:{_written})$"), list(_first))


class _TooMuch(Exception):
    """More than is read; `row` is the line where it became too much."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def _look_through(text: str) -> None:
    """Raise `_TooMuch` where groups stand too deep within each other, or repeat each other without end.

    Pieces are counted as they come, without calling back: the loader itself would run out of memory or stack.
    """
    sizes: dict[str, int] = {}
    open_: list[tuple[str | None, int]] = []
    total = 0
    for event in yaml.parse(text, Loader=_Loader):
        row = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_.pop()
            if anchor:
                sizes[anchor] = total - before
            continue
        if isinstance(event, yaml.AliasEvent):
            if event.anchor in {anchor for anchor, _ in open_}:
                raise _TooMuch(row)  # it holds itself
            total += sizes.get(event.anchor or "", 1)
        elif isinstance(event, yaml.NodeEvent):
            total += 1
            if isinstance(event, yaml.CollectionStartEvent):
                open_.append((event.anchor, total - 1))
        if total > _PIECES or len(open_) > _DEPTH:
            raise _TooMuch(row)


def key_name(path: KeyPath) -> str:
    """A key path as messages carry it, entries of lists counted from 1: ``groups[1].label.th``."""
    name = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return name.removeprefix(".")


def _lines(node: yaml.Node, path: KeyPath, lines: dict[KeyPath, int], problems: Problems) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        node.value = normalise_text(node.value)
        if len(node.value) > _LONGEST:
            _report_long(node, path, problems)
    elif isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                key.value = normalise_text(key.value)
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            lines[(*path, name)] = key.start_mark.line + 1
            if name in seen:
                problems.add(
                    "duplicate-key",
                    f'The key "{name}" stands twice in the same place.',
                    f'คีย์ "{name}" ปรากฏซ้ำในที่เดียวกัน',
                    hint_en=f"It first stands in line {seen[name]}. Keep one of them.",
                    hint_th=f"ปรากฏครั้งแรกในบรรทัดที่ {seen[name]} ให้เก็บไว้เพียงแห่งเดียว",
                    row=key.start_mark.line + 1,
                    column=key_name((*path, name)),
                )
            seen.setdefault(name, key.start_mark.line + 1)
            _lines(value, (*path, name), lines, problems)
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            _lines(item, (*path, position), lines, problems)


def _report_long(node: yaml.ScalarNode, path: KeyPath, problems: Problems) -> None:
    problems.add(
        "long-text",
        f"This text is {len(node.value):,} characters long; more than {_LONGEST:,} are no entry of this file.",
        f"ข้อความนี้ยาว {len(node.value):,} อักขระ ค่าหนึ่งยาวได้ไม่เกิน {_LONGEST:,} อักขระ",
        row=node.start_mark.line + 1,
        column=key_name(path),
        hint_en="Was a quotation mark opened and not closed, or another text pasted here?",
        hint_th="เปิดเครื่องหมายคำพูดแล้วไม่ได้ปิด หรือวางข้อความอื่นผิดที่หรือไม่",
    )


def flow_line(key: str, content: Any) -> str:
    """A key with its content on one line of YAML, ready to be put into a file: ``groups: [{id: official}]``."""
    written = yaml.safe_dump(
        {key: content}, default_flow_style=True, allow_unicode=True, sort_keys=False, width=1_000_000
    )
    return written.strip().removeprefix("{").removesuffix("}")


def load_yaml(
    path: Path, problems: Problems, top: Literal["mapping", "list"] = "mapping", *, may_be_empty: bool = False
) -> tuple[Any, dict[KeyPath, int]]:
    """Content of a YAML file and the line of every key path; (None, {}) with a problem added if it can't be read.

    Args:
        path: the file; messages name it as `problems.file`.
        problems: collector, already bound to the file with `Problems.at`.
        top: what the whole file must be: a group of keys, or a list (which may be empty: None without a problem).
        may_be_empty: whether a group of keys may be empty as well.
    """
    text = read_text(path, problems)
    if text is None:
        return None, {}
    lines: dict[KeyPath, int] = {}
    try:
        _look_through(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is not None and not _is_null(node):
            if not isinstance(node, yaml.MappingNode if top == "mapping" else yaml.SequenceNode):
                _report_top(node, top, problems)
                return None, {}
            _lines(node, (), lines, problems)
            return loader.construct_document(node), lines
    except _TooMuch as error:
        problems.add(
            "yaml",
            "Brackets or groups stand too deep within each other here, or repeat each other without end.",
            "วงเล็บหรือกลุ่มของคีย์ซ้อนกันลึกเกินไปตรงนี้ หรืออ้างถึงกันไม่รู้จบ",
            row=error.row,
            hint_en="Is it the right file? A study.yml has a few levels only.",
            hint_th="เป็นไฟล์ที่ถูกต้องหรือไม่ study.yml มีเพียงไม่กี่ระดับ",
        )
        return None, {}
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        fault = syntax_fault(error, text)
        problems.add("yaml", fault.en, fault.th, row=fault.row, hint_en=fault.hint_en, hint_th=fault.hint_th)
        return None, {}
    if top == "mapping" and not may_be_empty:
        problems.add(
            "empty-file",
            "This file is empty: no key stands in it.",
            "ไฟล์นี้ว่างเปล่า ไม่มีคีย์ใดเลย",
            hint_en="Fill it in as docs/prepare-a-study.md shows, or take a copy of the one that new-study writes.",
            hint_th="กรอกตามตัวอย่างใน docs/th/prepare-a-study.md หรือคัดลอกจากไฟล์ที่คำสั่ง new-study เขียน",
        )
    return None, {}


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _report_top(node: yaml.Node, top: str, problems: Problems) -> None:
    """Add the problem that a file is a text, a list or a group where it must be something else."""
    row = node.start_mark.line + 1
    if top == "list":
        problems.add(
            "yaml",
            "This file must be a list of works.",
            "ไฟล์นี้ต้องเป็นรายการของงานที่อ้างอิง",
            row=row,
            hint_en='Each work begins with "- id: ..." at the beginning of a line, its other keys below it.',
            hint_th='แต่ละงานขึ้นต้นบรรทัดด้วย "- id: ..." คีย์อื่นอยู่ในบรรทัดถัดไป',
        )
        return
    what = ("a list", "รายการ") if isinstance(node, yaml.SequenceNode) else ("plain text", "ข้อความธรรมดา")
    problems.add(
        "yaml",
        f"This file must be a group of keys, but is {what[0]}.",
        f"ไฟล์นี้ต้องเป็นกลุ่มของคีย์ แต่เป็น{what[1]}",
        row=row,
        hint_en='Each line is a key, a colon, a space, and what it says: "provenance: field".',
        hint_th='แต่ละบรรทัดคือคีย์ ตามด้วย : ช่องว่าง และค่า เช่น "provenance: field"',
    )


def _known_keys(model: type[BaseModel], path: KeyPath) -> list[str]:
    """Field names of the model that the parent of `path` stands for."""
    current: Any = model
    for part in path[:-1]:
        is_model = isinstance(current, type) and issubclass(current, BaseModel)
        if is_model and isinstance(part, str) and part in key_types(current):
            current = key_types(current)[part]
        # Unwrap list[X], dict[str, X], X | None down to the model inside.
        while not (isinstance(current, type) and issubclass(current, BaseModel)):
            inner = [a for a in get_args(current) if a is not type(None)]
            if not inner:
                return []
            current = inner[-1]
    if isinstance(current, type) and issubclass(current, BaseModel):
        return list(key_types(current))
    return []


def validate(
    model: type[Model],
    data: Any,
    lines: dict[KeyPath, int],
    problems: Problems,
    under: KeyPath = (),
    parts: Parts | None = None,
) -> Model | None:
    """`data` as a `model`, or None with one problem for each thing that is wrong.

    Args:
        under: key path in the file at which `data` stands, for the line numbers.
        parts: the models that the file is made of, by where they stand, for hints; by default the one.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        errors = error.errors()
        blank = [e for e in errors if e["input"] is None and e["type"] != "extra_forbidden"]
        if len(blank) > _BLANK:  # a file that is hardly begun: one list of what it still needs
            paths = [(*under, *e["loc"]) for e in blank]
            names = [key_name(path[:-1] if path[-1] in ("th", "en") else path) for path in paths]
            keys = ", ".join(dict.fromkeys(names))
            problems.add(
                "missing-key",
                f"Not filled in yet, or in part: {keys}.",
                f"ยังไม่ได้กรอก หรือกรอกไม่ครบ: {keys}",
                row=lines.get(paths[0]),
            )
            errors = [e for e in errors if e not in blank]
        for e in errors:
            where: KeyPath = (*under, *e["loc"])
            if e["type"] == "invalid_key":  # a number, which is no number of an entry
                where = (*where[:-1], str(where[-1]))
            line = next((lines[where[:n]] for n in range(len(where), -1, -1) if where[:n] in lines), None)
            kind, fault = _fault(model, dict(e), parts or {under: model})
            problems.add(kind, fault.en, fault.th, row=line, column=key_name(tuple(p for p in where if p != "[key]")),
                         hint_en=fault.hint_en, hint_th=fault.hint_th)  # fmt: skip
        return None


def _fault(model: type[BaseModel], error: dict[str, Any], parts: Parts) -> tuple[str, Said]:
    """The kind of problem that an error of pydantic is, and what is said of it."""
    kind, place, found, facts = error["type"], error["loc"], error["input"], error.get("ctx", {})
    is_key = bool(place) and place[-1] == "[key]"
    last = place[-2 if is_key else -1] if place else ""
    name = str(last + 1) if isinstance(last, int) and kind != "invalid_key" else str(last)
    if kind in {"extra_forbidden", "invalid_key"}:
        known = _known_keys(model, place)
        hint = section_hint(name, parts, known) or did_you_mean(name, known)
        return "unknown-key", Said(f'"{name}" is not a known key here.', f'ไม่รู้จักคีย์ "{name}" ในตำแหน่งนี้', *hint)
    if kind == "missing" or (found is None and kind != "value_error"):
        return "missing-key", value_fault("missing", name, found, facts)
    if kind in {"literal_error", "enum"}:
        possible = re.findall(r"'([^']*)'", facts["expected"]) or [facts["expected"]]
        *others, last_one = (f'"{word}"' for word in possible)
        listed = ", ".join(others)
        return "wrong-value", Said(
            f"{short(found)} is not possible here; possible are {listed + ' or ' * bool(listed)}{last_one}.",
            f"ใช้ค่า {short(found)} ไม่ได้ ค่าที่ใช้ได้คือ {listed + ' หรือ ' * bool(listed)}{last_one}",
            *did_you_mean(str(found), possible),
        )
    if kind == "value_error":  # our own: both languages, and perhaps a hint in both
        en, th, *hint = error["msg"].removeprefix("Value error, ").split(" | ")
        return "wrong-value", Said(en, th, *(hint or ("", "")))
    return "wrong-value", value_fault(kind, name, found, facts, is_key=is_key)
