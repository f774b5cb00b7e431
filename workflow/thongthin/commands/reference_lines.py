"""Works as lines of `references.yml`, and where such lines go in a file that stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from thongthin.basics.language import Language
from thongthin.read.references import NAMES
from thongthin.read.references.gathering import Imported
from thongthin.read.references.works import CROSS_REFERENCE

# What is the same in both languages stands at the top of an entry, the rest under its language.
SHARED = ("issued", "accessed", "edition", "volume", "issue", "page", "number", "version", "URL", "DOI")
_OWN = (*NAMES, "title", "title-short", "container-title", "genre", "publisher", "publisher-place")
_CITABLE = re.compile(r"[A-Za-z0-9_]+(?:[.:-][A-Za-z0-9_]+)*")


def entry_of(th: Imported | None, en: Imported | None) -> dict[str, Any]:
    """An entry of references.yml, without its id: what both languages say alike at the top, the rest under each."""
    given = {language: work for language, work in (("th", th), ("en", en)) if work}
    first = next(iter(given.values()))
    entry: dict[str, Any] = {"type": first.type}
    under: dict[str, dict[str, Any]] = {
        language: {key: work.facts[key] for key in _OWN if key in work.facts} for language, work in given.items()
    }
    for key in SHARED:
        values = {language: work.facts[key] for language, work in given.items() if key in work.facts}
        if len(set(values.values())) <= 1 or key in ("issued", "accessed", "edition"):
            entry |= dict.fromkeys([key] if values else [], next(iter(values.values()), ""))
        else:
            for language, value in values.items():
                under[language][key] = value
    return entry | under


def differing(th: Imported, en: Imported) -> list[str]:
    """Keys that an entry has once and of which two entries say different things; that of the Thai one is taken."""
    once = [key for key in ("issued", "accessed", "edition") if {key} <= th.facts.keys() & en.facts.keys()]
    return [*(["type"] if th.type != en.type else []), *(key for key in once if th.facts[key] != en.facts[key])]


def id_of(th: Imported | None, en: Imported | None, taken: set[str]) -> str:
    """An id by which an article can cite a work, and that no other work has; `taken` takes it up.

    The key of the file, or else family name and year.
    """
    works = [work for work in (en, th) if work]
    keys = [work.key for work in works if _CITABLE.fullmatch(work.key) and not CROSS_REFERENCE.match(work.key)]
    name = next(iter(keys), "")
    if not name:
        people = [person for work in works for person in work.facts.get("author") or work.facts.get("editor") or ()]
        words = [re.sub(r"[^a-z]", "", (p.get("family") or p.get("literal") or "").lower()) for p in people]
        kind = works[0].type.split("-")[0]
        name = next((word for word in words if word), kind) + str(works[0].facts.get("issued", ""))[:4]
    free = name
    for number in range(1, len(taken) + 2):
        if free not in taken:
            break
        free = f"{name}{_letters(number)}"
    taken.add(free)
    return free


def _letters(number: int) -> str:
    """a, b ... z, aa, ab ... for 1, 2 ..."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def lines_of(name: str, entry: Mapping[str, Any]) -> str:
    """An entry as it stands in references.yml, its line end included."""
    lines = [f"- id: {_scalar(name)}"]
    for key, value in entry.items():
        if isinstance(value, Mapping):
            lines += edition_lines(key, value)
        else:
            lines.append(f"  {key}: {_scalar(value)}")
    return "\n".join(lines) + "\n"


def edition_lines(language: Language | str, said: Mapping[str, Any]) -> list[str]:
    """What a work is called in one language, as lines below its entry."""
    lines = [f"  {language}:"]
    for key, value in said.items():
        if key not in NAMES:
            lines.append(f"    {key}: {_scalar(value)}")
        elif len(value) == 1:
            lines.append(f"    {key}: [{_flow(value[0])}]")
        else:
            lines += [f"    {key}:", *(f"      - {_flow(name)}" for name in value)]
    return lines


def _flow(name: Mapping[str, str]) -> str:
    return yaml.safe_dump(dict(name), default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6).strip()


def _scalar(value: str) -> str:
    """A text as YAML: dates and numbers as people write them, quotation marks only where they are needed."""
    if re.fullmatch(r"[1-9]\d{0,8}|\d{4}-\d\d(?:-\d\d)?", value):
        return value
    return yaml.safe_dump(value, allow_unicode=True, width=10**6).removesuffix("\n").removesuffix("\n...")


def appended(text: str, entries: Sequence[str]) -> str:
    """The text of a references.yml with further entries behind those that stand; all else stays as it is.

    The `[]` of a file that new-study wrote makes room for the first entries.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    new = "\n".join(entries).replace("\n", end)
    empty = re.search(r"^\[\s*\][ \t]*\r?$", text, re.MULTILINE)
    if empty and not re.search(r"^- ", text, re.MULTILINE):
        return text[: empty.start()] + new.removesuffix(end) + text[empty.end() :].removeprefix("\r")
    if not text.strip():
        return text + new
    return text.rstrip("\r\n \t") + end + end + new
