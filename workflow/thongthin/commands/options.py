"""What each command of the launcher takes on its line; what it does with it is said in `usage`.

The launcher imports this file, so it takes the standard library only.
"""

from __future__ import annotations

import argparse
from typing import Any


def number_of_cores(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of cores')
    return int(text)


def number_of_port(text: str) -> int:
    if not text.isdecimal() or not 1024 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f'"{text}" is not a port from 1024 to 65535')
    return int(text)


FLAG: dict[str, Any] = {"action": "store_true"}
# What each command takes; the names are the parameters of its function in the launcher.
OPTIONS: dict[str, dict[str, dict[str, Any]]] = {
    "build": {
        **{"studies": {"nargs": "*"}, "--cores": {"type": number_of_cores}, "--profile": {}},
        **dict.fromkeys(("--dry-run", "--explain", "--draft", "--fresh", "--blind", "--cold"), FLAG),
    },
    "check": {"studies": {"nargs": "*"}},
    "preview": {
        "study": {"nargs": "?"},
        "--language": {"choices": ["th", "en"]},
        "--pdf": FLAG,
        "--port": {"type": number_of_port},
        "--no-open": FLAG,
    },
    "new-study": {"name": {}, "--survey": FLAG, "--interviews": FLAG, "--mixed": FLAG},
    "describe-coding": {"files": {"nargs": "*"}, "--study": {}, "--drafts": {"nargs": "?", "const": ""}},
    "describe-survey": {"files": {"nargs": "+"}, "--waves": FLAG, "--form": {}, "--sheet": {}, "--drafts": {}},
    "import-references": {"words": {"nargs": "+"}, "--write": FLAG, "--pair": {"action": "append", "default": []}},
    "explain": {"words": {"nargs": "+"}, "--study": {}, "--all": FLAG, "--json": FLAG},
    "verify": {"what": {"nargs": "?"}, "--rebuild": FLAG, "--json": FLAG},
    "diff": {"before": {}, "after": {"nargs": "?"}, "--study": {}, "--html": {}, "--json": FLAG},
    "package": {"study": {"nargs": "?"}, "--open": FLAG, "--to": {}},
    "impact": {
        "place": {"nargs": "?"},
        "--if": {"action": "append", "default": [], "dest": "supposed"},
        **{"--study": {}, "--json": FLAG},
    },
    "pseudonymise": {"study": {}, "--key": {}},
    "withdraw": {"study": {}, "participants": {"nargs": "+"}},
    "publish": {"study": {}},
    "check-references": {"files": {"nargs": "+"}},
    "clean": {"studies": {"nargs": "*"}},
    "setup": {"--quarto": FLAG},
    "test": {},
}
