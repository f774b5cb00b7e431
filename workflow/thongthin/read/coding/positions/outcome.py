"""Where the selections of a source stand, and what was found out about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from thongthin.read.coding.model import Unit
from thongthin.read.coding.positions.counting import Convention
from thongthin.read.coding.positions.fit import Fit, Settled, can_be_taken

How = Literal["exact", "reanchored", "by_text", ""]
Why = Literal["", "no_convention", "outside", "empty", "no_text", "not_found", "repeated", "elsewhere", "shortened"]


@dataclass(frozen=True)
class Placement:
    """Where a selection stands in the transcript.

    Attributes:
        start, end: code points, half-open; None where it could not be placed.
        how: ``exact`` by its positions; ``reanchored`` where they are of no use or one of the texts was edited: by what
            stands around it, or because its text stands once; ``by_text`` where the file gives nothing but the text;
            empty if it was not placed.
        why: if it was not placed: ``no_convention`` fits the source; its positions are ``outside`` the text, or cut a
            character, and there is no text to look for; it is ``empty``; it has ``no_text`` and no positions; its text
            is ``not_found``, was ``shortened`` by the tool, stands in several places (``repeated``), or stands
            ``elsewhere``, once, but not where the texts around it say.
        words: if it was not placed: what stands at its positions in the stored text, as far as that is known.
    """

    start: int | None = None
    end: int | None = None
    how: How = ""
    why: Why = ""
    words: str = ""


@dataclass(frozen=True)
class PositionReport:
    """What was found out about a source.

    Attributes:
        convention: the one taken; None if none was, or none was needed (`fits` is empty).
        settled: ``fit`` if the selections decided, ``usual`` if several fitted and one was usual, ``declared`` if the
            format or a person says how it counts, ``quotes`` if the text was edited and only those that were found by
            their text tell; empty without any.
        fits: every convention tried, those with the same passages together, the best first.
        text: whether the stored text is the ``same`` as the transcript once normalised, but for ``white_space``, or has
            ``drifted``.
        exact, reanchored, by_text, unplaced: numbers of selections.
        failed: whether there are selections that nothing but a convention could place, and none was found.
        decided: the unit that a person decided on, if it is spoken against.
    """

    convention: Convention | None
    settled: Settled
    fits: tuple[Fit, ...]
    text: Literal["same", "white_space", "drifted"]
    exact: int
    reanchored: int
    by_text: int
    unplaced: int
    failed: bool = False
    decided: Unit | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether the reason of that is that several conventions fit."""
        return self.failed and not self.decided and can_be_taken(self.fits[0])
