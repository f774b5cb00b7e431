"""What is made from the models of config.yml and study.yml: no key is described a second time by hand.

The schemas for editors, the tables of keys in `config/README.md` and in the guides `docs/configuration.md` and
`docs/th/configuration.md`, and the comments behind keys in `config/config.yml`.
`python -m thongthin.contract.configuration` writes them all again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from thongthin.basics.files import write_text
from thongthin.basics.language import Language
from thongthin.basics.yaml_models import said
from thongthin.contract import claims
from thongthin.contract.analysis import Analysis
from thongthin.contract.study import Config, Study

# What stands between these lines of a page is the table of keys.
BEGIN, END = "<!-- keys: made by python -m thongthin.contract.configuration -->", "<!-- up to here -->"
# The pages that have the table, the languages in which each explains the keys, and the heads of its columns.
PAGES: dict[str, tuple[Language, ...]] = {
    "config/README.md": ("en", "th"),
    "docs/configuration.md": ("en",),
    "docs/th/configuration.md": ("th",),
}
_HEADS: dict[tuple[Language, ...], str] = {
    ("en", "th"): "| key | default | English | ไทย |",
    ("en",): "| key | default | what it says |",
    ("th",): "| คีย์ | ค่าเริ่มต้น | ความหมาย |",
}
_NONE: dict[Language, str] = {"en": "none", "th": "ไม่มี"}
# A line of config.yml: indentation, key, what stands behind the colon, a comment.
_LINE = re.compile(r"( *)([\w-]+):(|\s[^#\n]*?)(\s+#[^\n]*)?")
# Comments begin in this column, or behind a value that reaches it.
_COMMENTS_FROM = 26


class Key(NamedTuple):
    """A key of config.yml: its dotted name, its default as YAML ("" if it has none), what is said of it."""

    name: str
    default: str
    en: str
    th: str
    comment: str


def keys(model: type[BaseModel] = Config, under: str = "") -> Iterator[Key]:
    """The keys of config.yml that hold a value, in the order of the models."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from keys(field.annotation, f"{under}{name}.")
            continue
        en, th, note = said(field)
        possible = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
        yield Key(f"{under}{name}", _default(field), en, th, note or " | ".join(possible))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return ""
    value = field.get_default(call_default_factory=True)
    if value in (None, []):
        return "none"
    return yaml.safe_dump(value, default_flow_style=True).removesuffix("\n...\n").strip()


def with_key_table(page: str, languages: tuple[Language, ...]) -> str:
    """The text of a page with the table of keys made anew.

    Args:
        languages: those in which the keys are explained, a column each.

    Raises:
        ValueError: the page has no such table.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no table stands between {BEGIN!r} and {END!r}")
    head = _HEADS[languages]
    lines = [head, "|---" * (head.count("|") - 1) + "|"]
    for key in keys():
        default = {"": "", "none": _NONE[languages[0]]}.get(key.default, f"`{key.default}`")
        cells = [f"`{key.name}`", default, *(key.en if language == "en" else key.th for language in languages)]
        lines.append(f"| {' | '.join(cells)} |".replace("|  |", "| |"))
    return "\n".join([f"{before}{BEGIN}", "", *lines, "", f"{END}{after}"])


def with_comments(config: str) -> str:
    """The text of a config.yml with the comments behind its keys made anew; all else stays as it is."""
    comments = {tuple(key.name.split(".")): key.comment for key in keys()}
    lines, path, indents = [], list[str](), list[int]()
    for line in config.split("\n"):
        found = _LINE.fullmatch(line)
        if found:
            while indents and indents[-1] >= len(found[1]):
                indents.pop()
                path.pop()
            indents.append(len(found[1]))
            path.append(found[2])
            comment = comments.get(tuple(path))
            if comment is not None:
                bare = f"{found[1]}{found[2]}:{found[3]}".rstrip()
                line = f"{bare:{_COMMENTS_FROM - 1}} # {comment}" if comment else bare
        lines.append(line)
    return "\n".join(lines)


def schemas() -> dict[str, str]:
    """File name -> text of the JSON schemas for editors."""
    study, analysis = Study.model_json_schema(), Analysis.model_json_schema()
    study["$defs"].update(analysis["$defs"])
    study["$defs"]["Analysis"] = {k: v for k, v in analysis.items() if k != "$defs"}
    study["properties"]["analysis"] = {"$ref": "#/$defs/Analysis"}
    config = Config.model_json_schema()
    made: dict[str, dict[str, Any]] = {"config": config, "study": study, "claims": claims.json_schema()}
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in made.items()
    }


def write(root: Path) -> None:
    """Write the schemas, the tables and the comments again in the folders `config/` and `docs/` of the project."""
    for name, text in schemas().items():
        write_text(root / "config" / "schema" / name, text)
    config = root / "config" / "config.yml"
    write_text(config, with_comments(config.read_text(encoding="utf-8")))
    for page, languages in PAGES.items():
        write_text(root / page, with_key_table((root / page).read_text(encoding="utf-8"), languages))


if __name__ == "__main__":
    write(Path(__file__).parents[3])
