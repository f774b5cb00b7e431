"""An interview with the labels that could be speakers', and what is known of each: whose words its turns are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from thongthin.read.interviews.labels import Candidate
from thongthin.read.interviews.words import Role, asks, is_speech

# What says whose a label is, strongest first (see `speakers`).
Evidence = Literal["study", "word", "participants", "head", "replies", "asks", "unlabelled", "open"]


class Turn(NamedTuple):
    """One turn: label, role and where its words stand (code points, half-open)."""

    speaker: str
    role: Role
    start: int
    end: int


class Known(NamedTuple):
    """A role, and what says so."""

    role: Role
    evidence: Evidence


@dataclass
class Interview:
    """One transcript: where its labels could be, and what is known of each label by its key."""

    participant: str
    text: str
    sequence: list[Candidate] = field(default_factory=list)
    known: dict[str, Known] = field(default_factory=dict)
    head: dict[str, Role] = field(default_factory=dict)  # names that the head gives
    counts: Counter[str] = field(default_factory=Counter)
    shown: dict[str, str] = field(default_factory=dict)  # key -> label as it mostly stands

    def count(self) -> None:
        self.counts = Counter(one.key for one in self.sequence)
        self.shown = {}
        for (key, label), _ in Counter((one.key, one.label) for one in self.sequence).most_common():
            self.shown.setdefault(key, label)

    def of(self, role: Role) -> set[str]:
        return {key for key, known in self.known.items() if known.role == role and self.counts[key]}

    def comes_back(self, key: str) -> bool:
        return self.counts[key] >= 2 and not is_speech(self.shown[key])


def question_shares(interview: Interview) -> dict[str, float]:
    """Key of each label -> share of its turns that hold a question."""
    found: dict[str, list[bool]] = {}
    for one, following in zip(interview.sequence, [*interview.sequence[1:], None], strict=False):
        words = interview.text[one.said : following.at if following else len(interview.text)]
        found.setdefault(one.key, []).append(asks(words.strip()))
    return {key: sum(said) / len(said) for key, said in found.items()}
