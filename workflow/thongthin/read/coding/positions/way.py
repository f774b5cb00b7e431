"""The way from the text that positions count in to the transcript."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import numpy as np

from thongthin.basics.language import normalise_with_map
from thongthin.read.coding.positions.alignment import Alignment
from thongthin.read.coding.positions.pieces import Ink, Span


class Way:
    """From code points of a text to those of the transcript.

    Attributes:
        normal: the text, normalised.
        kind: whether it is the ``same`` as the transcript, or but for ``white_space`` (which may be missing altogether:
            tools join paragraphs without anything between them), or has ``drifted``: one of the two was edited.
    """

    def __init__(self, text: str, transcript: str) -> None:
        self.normal, self._starts, self._ends = normalise_with_map(text)
        self.kind: Literal["same", "white_space", "drifted"] = "same"
        if self.normal != transcript:
            self._here, self._there = Ink(self.normal), Ink(transcript)
            self.kind = "white_space" if self._here.text == self._there.text else "drifted"

    @cached_property
    def _alignment(self) -> Alignment:
        return Alignment(self._here, self._there)

    def normal_span(self, start: int, end: int) -> Span:
        """A passage of the text in the normalised text."""
        return int(self._starts[start]), int(self._ends[end])

    def stored_start(self, start: int) -> int:
        """Where in the text a passage begins that begins there in the normalised text."""
        return int(np.searchsorted(self._starts, start, side="right")) - 1

    def words(self, span: Span) -> str:
        """The visible characters of a passage of the normalised text, if that is not the transcript."""
        first, last = self._ink(span)
        return self._here.text[first:last]

    def to_transcript(self, span: Span, *, once: bool = False) -> Span | None:
        """Where a passage of the normalised text stands in the transcript; None where nothing proves it.

        Args:
            once: whether its words stand exactly once in both.
        """
        if self.kind == "same":
            return span
        first, last = self._ink(span)
        if first >= last:  # white space alone
            return (0, 0) if self.kind == "white_space" else None
        at: int | None = first
        if self.kind == "drifted":
            at = self._alignment.find(first, last, once=once)
        return None if at is None else (int(self._there.at[at]), int(self._there.at[at + last - first - 1]) + 1)

    def _ink(self, span: Span) -> Span:
        first, last = np.searchsorted(self._here.at, span)
        return int(first), int(last)
