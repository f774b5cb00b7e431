"""What a reporting checklist is: items in sections."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One item of a checklist: short name and guiding question in both languages, and what answers it.

    Args:
        answers, adds: names of statements; see the module.
    """

    en: str
    th: str
    question_en: str
    question_th: str
    answers: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of a checklist, as its source divides it."""

    en: str
    th: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Checklist:
    """A checklist: its name, and its sections in order.

    Args:
        mixed: whether it is for studies of both strands only.
    """

    name: str
    sections: tuple[Section, ...]
    mixed: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """All items; the first is number 1."""
        return tuple(item for section in self.sections for item in section.items)
