"""What each rule of the workflow does: in words, with its method, its settings and its code."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_RULE = re.compile(r"^rule (?P<name>\w+):\n(?P<body>(?:(?:    .*)?\n)+)", re.MULTILINE)
_ABOUT = re.compile(r'^    """(?P<about>.*?)(?:"""|\n)', re.MULTILINE)
_CHOICE = re.compile(r'PLAN\.choice\("([\w.]+)"\)')
# What a rule takes of study.yml, and the sections of it that are called otherwise there.
_SECTIONS = re.compile(
    r'PLAN\.settings\((?P<named>[^()]*)\)|PLAN\.labels\("(?P<labels>\w+)"\)|PLAN\.(?P<files>interviews|responses)\('
    r"|(?<![/\w])study\.(?P<part>\w+)"
)
_CALLED = {
    "constructs": ("framework",),
    "outcome_models": ("model", "models"),
    "interviews": ("interviews", "participants"),
    "responses": ("survey",),
}
_FUNCTION = re.compile(r"^def (?P<name>\w+)\(.*\n(?:(?:    .*)?\n)+", re.MULTILINE)
_HEADING = re.compile(r"^### .*? — (?P<rules>`\w+`(?:, `\w+`)*)\s*$", re.MULTILINE)
_CODE_BELOW = re.compile(r'^if "snakemake" in globals\(\):', re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """A rule: the file that it stands in, what it does, what it is set to, the script that it runs.

    Attributes:
        settings: dotted names of the choices of the analysis that it takes.
        code: of the script's functions, without comments.
        described: sections of study.yml that it takes, but for the analysis.
    """

    name: str
    file: str
    about: str
    settings: tuple[str, ...]
    script: str
    code: str
    described: tuple[str, ...] = ()


def steps(workflow: Path) -> dict[str, Step]:
    """Every rule, by its name.

    Args:
        workflow: the folder of this name.
    """
    found = {}
    for path in sorted((workflow / "rules").glob("*.smk")):
        text = path.read_text(encoding="utf-8")
        functions = {own["name"]: own[0] for own in _FUNCTION.finditer(text)}
        for rule in _RULE.finditer(text):
            about = _ABOUT.search(rule["body"])
            script = workflow / "scripts" / f"{rule['name']}.py"
            found[rule["name"]] = Step(
                rule["name"],
                f"workflow/rules/{path.name}",
                about["about"] if about else "",
                tuple(dict.fromkeys(_CHOICE.findall(rule["body"]))),
                f"workflow/scripts/{script.name}",
                code_of_script(script) if script.is_file() else "",
                _described(rule["body"], functions),
            )
    return found


def _described(body: str, functions: Mapping[str, str]) -> tuple[str, ...]:
    """The sections of study.yml that a rule takes, itself or by a function of its file."""
    called = (text for name, text in functions.items() if re.search(rf"\b{name}\b", body))
    found: dict[str, None] = {}
    for text in (body, *called):
        for own in _SECTIONS.finditer(text):
            named = (
                re.findall(r'"(\w+)"', own["named"])
                if own["named"]
                else [own["labels"] or own["files"] or own["part"] or ""]
            )
            for section in named:
                found |= dict.fromkeys(_CALLED.get(section, (section,)))
        if re.search(r"\.models\(", text):
            found |= dict.fromkeys(_CALLED["outcome_models"])
    return tuple(found)


def code_of_script(path: Path) -> str:
    """The imports and functions of a script as Python writes them: an edited comment leaves them as they are."""
    text = _CODE_BELOW.split(path.read_text(encoding="utf-8"))[0]
    return "\n".join(ast.unparse(part) for part in ast.parse(text).body[1:])


def methods(text: str) -> dict[str, str]:
    """The section of docs/methods.md that tells of each rule, in Markdown, with its heading.

    Args:
        text: of that file. Headings of the third level end in the names of the rules that they are about.
    """
    found = {}
    for heading in _HEADING.finditer(text):
        end = re.compile(r"^#{1,3} ", re.MULTILINE).search(text, heading.end())
        section = text[heading.start() : end.start() if end else len(text)]
        found.update(dict.fromkeys(re.findall(r"\w+", heading["rules"]), section.strip()))
    return found


def setting(analysis: Mapping[str, Any], dotted: str) -> Any:
    """A choice of the analysis by its dotted name; None where there is none."""
    value: Any = analysis
    for part in dotted.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
