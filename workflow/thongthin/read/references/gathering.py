"""What a bibliography file says of a work, gathered into the keys of `references.yml`, whatever program wrote it.

Every field of the file goes somewhere: to a key, or, where there is none for it, to what is left over and told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from thongthin.basics.language import BUDDHIST_ERA, DateProblem, Language, arabic_digits, has_thai, parse_date
from thongthin.read.references.names import Name
from thongthin.read.references.works import Kind

_YEAR = re.compile(r"(?:[คพ]\.?\s?ศ\.?\s*)?(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?[-/\s]*")
_MONTH_AND_YEAR = re.compile(r"(\d{4})[-/\s]+([^\W\d_]\S*)|([^\W\d_]\S*?),?\s+(\d{4})")

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_EDITION = re.compile(
    rf"(?:พิมพ์)?(?:ครั้งที่)?\s*(?:(\d+)(?:st|nd|rd|th)?|({'|'.join(_ORDINALS)}))\.?(?:\s*ed(?:ition|n)?\.?)?", re.IGNORECASE
)


@dataclass
class Imported:
    """A work as a file has it, in one language.

    Attributes:
        key: what the file calls it, perhaps "".
        place: line of a text, or number of the record.
        said: the kind as the file calls it.
        type: the kind as references.yml calls it.
        sure: whether that is the same kind, not only the nearest one.
        facts: by keys of references.yml; names as lists, dates as text (2021-03).
        left: fields without a place, by their names in the file.
    """

    key: str
    place: int
    said: str
    type: Kind = "report"
    sure: bool = True
    facts: dict[str, Any] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """Thai where the title has a Thai letter."""
        return "th" if has_thai(str(self.facts.get("title", ""))) else "en"

    def put(self, key: str, value: str, name: str) -> None:
        """Take up a field called `name`; what the key holds already stays, and another value is left over."""
        value = " ".join(value.split())
        value = {"page": pages, "DOI": bare_doi, "edition": edition}.get(key, str)(value)
        if value and self.facts.setdefault(key, value) != value:
            self.leave(name, value)

    def leave(self, name: str, value: str) -> None:
        """Note a field for which there is no place."""
        if value.strip():
            self.left[name] = f"{self.left[name]}; {value}" if name in self.left else value

    def add_name(self, role: str, name: Name) -> None:
        """Add a person or a body in a role: author, editor, translator."""
        if any(name.values()):
            self.facts.setdefault(role, []).append(name)

    def put_date(self, key: str, written: str, name: str) -> None:
        """Take up a date; a more exact one of the same year takes the place of one that is there."""
        if not written.strip():
            return
        date, known = written_date(written), self.facts.get(key, "")
        if date is None or (known and not (date.startswith(known) or known.startswith(date))):
            self.leave(name, written)
        elif len(date) > len(known):
            self.facts[key] = date


def written_date(text: str) -> str | None:
    """A date as references.yml has it, in the Common Era: 2021, 2021-03 or 2021-03-30; None if it is none.

    Args:
        text: ``2564``, ``2021/03/30/``, ``March 2021``, ``30 มีนาคม 2566`` ...
    """
    text = arabic_digits(" ".join(text.split())).strip(" .,")
    try:
        return parse_date(text).date.isoformat()
    except DateProblem:
        pass
    match = _YEAR.fullmatch(text)
    if not match:
        named = _MONTH_AND_YEAR.fullmatch(text)
        try:
            return (
                parse_date(f"1 {named[2] or named[3]} {named[1] or named[4]}").date.isoformat()[:7] if named else None
            )
        except DateProblem:
            return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    year -= BUDDHIST_ERA if year >= 2400 else 0
    if not (month or day):
        return str(year)
    try:
        date = parse_date(f"{year}-{month}-{day or 1}").date.isoformat()
    except DateProblem:
        return None
    return date if day else date[:7]


def pages(text: str) -> str:
    """Pages with one hyphen between them: ``319--340`` and ``319–340`` are 319-340."""
    return re.sub(r"\s*(?:--+|[‐-―])\s*", "-", text.strip())


def edition(text: str) -> str:
    """The number of an edition: ``2nd ed.``, ``Second`` and ``พิมพ์ครั้งที่ ๒`` are 2; what is none stays as it is."""
    match = _EDITION.fullmatch(arabic_digits(text.strip()))
    if match is None:
        return text
    return match[1] or str(_ORDINALS.index(match[2].lower()) + 1)


def is_address(text: str) -> bool:
    """Whether a text is the address of a page."""
    return bool(re.fullmatch(r"(?:https?://|www\.)\S+", text.strip(), re.IGNORECASE))


def bare_doi(text: str) -> str:
    """A DOI without what stands before it in an address."""
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.IGNORECASE)
