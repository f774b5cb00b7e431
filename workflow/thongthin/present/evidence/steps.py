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
_HEADING = re.compile(r"^### .*? — (?P<rules>`\w+`(?:, `\w+`)*)\s*$", re.MULTILINE)
_CODE_BELOW = re.compile(r'^if "snakemake" in globals\(\):', re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """A rule: the file that it stands in, what it does, what it is set to, the script that it runs.

    Attributes:
        settings: dotted names of the choices of the analysis that it takes.
        code: of the script's functions, without comments.
    """

    name: str
    file: str
    about: str
    settings: tuple[str, ...]
    script: str
    code: str


def steps(workflow: Path) -> dict[str, Step]:
    """Every rule, by its name.

    Args:
        workflow: the folder of this name.
    """
    found = {}
    for path in sorted((workflow / "rules").glob("*.smk")):
        for rule in _RULE.finditer(path.read_text(encoding="utf-8")):
            about = _ABOUT.search(rule["body"])
            script = workflow / "scripts" / f"{rule['name']}.py"
            found[rule["name"]] = Step(
                rule["name"],
                f"workflow/rules/{path.name}",
                about["about"] if about else "",
                tuple(dict.fromkeys(_CHOICE.findall(rule["body"]))),
                f"workflow/scripts/{script.name}",
                code_of_script(script) if script.is_file() else "",
            )
    return found


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
