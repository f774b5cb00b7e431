"""What is made from the models of config.yml and study.yml, in `config/`: no key is described a second time by hand.

The schemas for editors, the table of keys in `config/README.md`, and the comments behind keys in `config/config.yml`.
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
from thongthin.basics.yaml_models import said
from thongthin.contract.analysis import Analysis
from thongthin.contract.study import Config, Study

_HEAD = "| key | default | English | ไทย |\n|---|---|---|---|\n"
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


def with_key_table(readme: str) -> str:
    """The text of config/README.md with the table of keys made anew.

    Raises:
        ValueError: the text has no such table.
    """
    before, head, rest = readme.partition(_HEAD)
    if not head:
        raise ValueError(f"no table begins with {_HEAD!r}")
    _, blank, after = rest.partition("\n\n")
    shown = ((key, f"`{key.default}`" if key.default not in ("", "none") else key.default) for key in keys())
    rows = "\n".join(f"| `{key.name}` | {default} | {key.en} | {key.th} |" for key, default in shown)
    return f"{before}{head}{rows}{blank}{after}".replace("|  |", "| |")


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
    made: dict[str, dict[str, Any]] = {"config": Config.model_json_schema(), "study": study}
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in made.items()
    }


def write(folder: Path) -> None:
    """Write the schemas, the table and the comments again in the folder `config/` of the project."""
    for name, text in schemas().items():
        write_text(folder / "schema" / name, text)
    for name, made in (("README.md", with_key_table), ("config.yml", with_comments)):
        write_text(folder / name, made((folder / name).read_text(encoding="utf-8")))


if __name__ == "__main__":
    write(Path(__file__).parents[3] / "config")
