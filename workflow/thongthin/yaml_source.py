"""YAML files that people edit: read with the line of every key, so that a problem can name it.

Fails, with a problem instead of a traceback, on a missing file, broken YAML, and a key that stands twice in one place
(which YAML readers accept in silence, keeping the last).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from thongthin.problems import Problems, did_you_mean
from thongthin.readers.text import read_text

KeyPath = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

# The loader in C reads a reference list in a tenth of the time; not every installation has it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# More keys with nothing behind them than these are told in one list.
_BLANK = 3

SENTENCES = {
    "missing": ("is missing", "ยังไม่ได้ระบุ"),
    "int_parsing": ("must be a whole number", "ต้องเป็นจำนวนเต็ม"),
    "int_type": ("must be a whole number", "ต้องเป็นจำนวนเต็ม"),
    "int_from_float": ("must be a whole number", "ต้องเป็นจำนวนเต็ม"),
    "float_parsing": ("must be a number", "ต้องเป็นตัวเลข"),
    "float_type": ("must be a number", "ต้องเป็นตัวเลข"),
    "string_type": ("must be text", "ต้องเป็นข้อความ"),
    "list_type": ("must be a list", "ต้องเป็นรายการ (list)"),
    "dict_type": ("must be a group of keys", "ต้องเป็นกลุ่มของคีย์"),
    "string_too_short": ("must not be empty", "ต้องไม่ว่าง"),
    "too_short": ("holds too little", "มีรายการน้อยเกินไป"),
    "model_type": ("must be a group of keys", "ต้องเป็นกลุ่มของคีย์"),
    "date_from_datetime_parsing": ("must be a date such as 2023-09-15", "ต้องเป็นวันที่ เช่น 2023-09-15"),
    "date_parsing": ("must be a date such as 2023-09-15", "ต้องเป็นวันที่ เช่น 2023-09-15"),
    "date_type": ("must be a date such as 2023-09-15", "ต้องเป็นวันที่ เช่น 2023-09-15"),
}


def _lines(node: yaml.Node, path: KeyPath, lines: dict[KeyPath, int], problems: Problems) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            lines[(*path, name)] = key.start_mark.line + 1
            if name in seen:
                problems.add(
                    "duplicate-key",
                    f'The key "{name}" stands twice in the same place.',
                    f'คีย์ "{name}" ปรากฏซ้ำในที่เดียวกัน',
                    row=key.start_mark.line + 1,
                    column=".".join(map(str, (*path, name))),
                )
            seen.add(name)
            _lines(value, (*path, name), lines, problems)
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            _lines(item, (*path, position), lines, problems)


def flow_line(key: str, content: Any) -> str:
    """A key with its content on one line of YAML, ready to be put into a file: ``groups: [{id: official}]``."""
    written = yaml.safe_dump(
        {key: content}, default_flow_style=True, allow_unicode=True, sort_keys=False, width=1_000_000
    )
    return written.strip().removeprefix("{").removesuffix("}")


def load_yaml(path: Path, problems: Problems) -> tuple[Any, dict[KeyPath, int]]:
    """Content of a YAML file and the line of every key path; (None, {}) with a problem added if it can't be read.

    Args:
        path: the file; messages name it as `problems.file`.
        problems: collector, already bound to the file with `Problems.at`.
    """
    text = read_text(path, problems)
    if text is None:
        return None, {}
    lines: dict[KeyPath, int] = {}
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return None, {}
        _lines(node, (), lines, problems)
        return loader.construct_document(node), lines
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error) or type(error).__name__
        problems.add(
            "yaml",
            f"This is not valid YAML: {reason}.",
            f"โครงสร้าง YAML ไม่ถูกต้อง: {reason}",
            row=mark.line + 1 if mark else None,
            hint_en="Check the indentation (spaces, no tabs) and put text that holds a colon in quotes.",
            hint_th="ตรวจการย่อหน้า (ใช้ช่องว่าง ไม่ใช้แท็บ) และใส่เครื่องหมายคำพูดครอบข้อความที่มีเครื่องหมาย :",
        )
        return None, {}


def _known_keys(model: type[BaseModel], path: KeyPath) -> list[str]:
    """Field names of the model that the parent of `path` stands for."""
    current: Any = model
    for part in path[:-1]:
        is_model = isinstance(current, type) and issubclass(current, BaseModel)
        if is_model and isinstance(part, str) and part in _fields(current):
            current = _fields(current)[part]
        # Unwrap list[X], dict[str, X], X | None down to the model inside.
        while not (isinstance(current, type) and issubclass(current, BaseModel)):
            inner = [a for a in get_args(current) if a is not type(None)]
            if not inner:
                return []
            current = inner[-1]
    if isinstance(current, type) and issubclass(current, BaseModel):
        return list(_fields(current))
    return []


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def validate(
    model: type[Model], data: Any, lines: dict[KeyPath, int], problems: Problems, under: KeyPath = ()
) -> Model | None:
    """`data` as a `model`, or None with one problem for each thing that is wrong.

    Args:
        under: key path in the file at which `data` stands, for the line numbers.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        errors = error.errors()
        blank = [e for e in errors if e["input"] is None and e["type"] != "extra_forbidden"]
        if len(blank) > _BLANK:  # a file that is hardly begun: one list of what it still needs
            paths = [(*under, *e["loc"]) for e in blank]
            names = [".".join(map(str, path[:-1] if path[-1] in ("th", "en") else path)) for path in paths]
            keys = ", ".join(dict.fromkeys(names))
            problems.add(
                "missing-key",
                f"Not filled in yet, or in part: {keys}.",
                f"ยังไม่ได้กรอก หรือกรอกไม่ครบ: {keys}",
                row=lines.get(paths[0]),
            )
            errors = [e for e in errors if e not in blank]
        for e in errors:
            where = (*under, *e["loc"])
            line = next((lines[where[:n]] for n in range(len(where), -1, -1) if where[:n] in lines), None)
            key = ".".join(str(part) for part in where)
            hint = ("", "")
            if e["type"] == "extra_forbidden":
                kind, name = "unknown-key", str(e["loc"][-1])
                en, th = f'"{name}" is not a known key here.', f'ไม่รู้จักคีย์ "{name}" ในตำแหน่งนี้'
                hint = did_you_mean(name, _known_keys(model, e["loc"]))
            elif e["type"] in SENTENCES or e["input"] is None:
                kind = "missing-key" if e["type"] == "missing" or e["input"] is None else "wrong-value"
                said = "" if kind == "missing-key" else f" (here: {_short(e['input'])})"
                sentences = SENTENCES["missing" if kind == "missing-key" else e["type"]]
                en, th = (f'"{e["loc"][-1]}" {sentence}' for sentence in sentences)
                en, th = f"{en}{said}.", f"{th}{said.replace('here', 'ค่าที่พบ')}"
            elif e["type"] in {"literal_error", "enum"}:
                kind = "wrong-value"
                expected = e["ctx"]["expected"]
                en = f"{_short(e['input'])} is not possible here; possible are {expected}."
                th = f"ใช้ค่า {_short(e['input'])} ไม่ได้ ค่าที่ใช้ได้คือ {expected.replace(' or ', ' หรือ ')}"
                hint = did_you_mean(str(e["input"]), expected.replace("'", "").replace(" or ", ", ").split(", "))
            else:
                kind = "wrong-value"
                message = e["msg"].removeprefix("Value error, ")
                en, _, th = message.partition(" | ")
                th = th or f"ค่าไม่ถูกต้อง: {en}"
            problems.add(kind, en, th, row=line, column=key, hint_en=hint[0], hint_th=hint[1])
        return None


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
