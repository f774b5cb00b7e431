"""The page itself: one file that opens from disk and asks for nothing, with its words in one language."""

from __future__ import annotations

import contextlib
import hashlib
import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pypandoc

from thongthin.basics.files import write_text
from thongthin.basics.language import Language
from thongthin.present.evidence.steps import methods
from thongthin.present.evidence.words import WORDS

HERE = Path(__file__).parent


def page(data: Mapping[str, Any], *, language: Language, title: str, simulated: bool) -> str:
    """The page as HTML.

    Args:
        data: as `gather` returns it; texts in it are shown as text, but for the methods, which are HTML of our own.
        title: of the study.
    """
    words = WORDS[language]
    pieces = {
        "language": language,
        "title": html.escape(f"{words['evidence']}: {title}"),
        "heading": html.escape(words["evidence"]),
        "study": html.escape(title),
        "search": html.escape(words["search"]),
        "skip": html.escape(words["skip"]),
        "scripts": html.escape(words["scripts"]),
        "left_out": f'<p class="left-out">{html.escape(words["left_out"])}</p>' * (data["audience"] == "public"),
        "notice": f'<p class="notice">{html.escape(words["simulated"])}</p>' * simulated,
        "style": (HERE / "page.css").read_text(encoding="utf-8"),
        "program": _program(),
        "words": _script(words),
        "data": _script(data),
    }
    template = (HERE / "page.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda place: pieces[place[1]], template)


def _program() -> str:
    """The scripts of the page as one, which leaves no names behind."""
    parts = [(HERE / name).read_text(encoding="utf-8") for name in ("page.js", "page_codings.js")]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "\nshow();\n})();"


def _script(content: Any) -> str:
    """JSON that can stand within a script element: nothing in it can end the element."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def methods_as_html(path: Path, keep: Path | None = None) -> dict[str, str]:
    """What docs/methods.md says of each rule, as HTML with formulas in MathML; nothing where there are no guides.

    Args:
        keep: where it is kept for other studies to take, as long as the text and pandoc are the same; by default the
            environment (`.venv`), if Python runs in one.
    """
    if not path.is_file():
        return {}
    text = path.read_text(encoding="utf-8")
    keep = keep or (Path(sys.prefix) if sys.prefix != sys.base_prefix else None)
    made_from = "\n".join([version("pypandoc_binary"), Path(__file__).read_text(encoding="utf-8"), text])
    place = keep / f"thongthin-methods-{_digest(made_from)}.json" if keep else None
    if place:
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            kept = json.loads(place.read_text(encoding="utf-8"))
            if kept["digest"] == _digest(json.dumps(kept["methods"])):
                return dict(kept["methods"])
    made = _as_html(methods(text))
    if place:
        with contextlib.suppress(OSError):  # an environment that nobody may write to
            write_text(place, json.dumps({"digest": _digest(json.dumps(made)), "methods": made}))
    return made


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _as_html(sections: Mapping[str, str]) -> dict[str, str]:
    different = list(dict.fromkeys(sections.values()))
    mark = "SECTION-OF-METHODS-ENDS"
    text = f"\n\n{mark}\n\n".join(re.sub(r"^### ", "##### ", section) for section in different)
    program = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
    done = subprocess.run(
        [str(program if program.exists() else pypandoc.get_pandoc_path()), "--from=markdown", "--to=html", "--mathml"],
        input=text.encode("utf-8"),
        capture_output=True,
        check=True,
    )
    made = done.stdout.decode("utf-8").split(f"<p>{mark}</p>")
    plain = [re.sub(r"</?a\b[^>]*>", "", re.sub(r' id="[^"]*"', "", own)).strip() for own in made]
    of = dict(zip(different, plain, strict=True))
    return {rule: of[section] for rule, section in sections.items()}
