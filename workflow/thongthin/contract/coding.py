"""What study.yml says of interviews and their coding: whose labels are whose, and how files count."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from thongthin.basics.yaml_models import (
    Section,
)
from thongthin.basics.yaml_sentences import IDENTIFIER as IDENTIFIER
from thongthin.contract.identifiers import FileName

CodingFormat = Literal["refi", "taguette", "qualcoder", "rqda", "nvivo", "word", "segments", "units"]
# What a position in a text counts: Unicode code points, UTF-16 code units, bytes of UTF-8.
PositionUnit = Literal["code_points", "utf16", "utf8"]
# A label may be a number: people who speak in turn as 1 and 2.
SpeakerLabel = Annotated[str, BeforeValidator(lambda label: str(label) if type(label) is int else label)]


class Interviews(Section):
    """Whose words the turns of the interviews are, where their labels do not say. All of it may be left out.

    A label is written as it stands in the transcripts, without colon and time. ``P03/Speaker 1`` speaks of the
    interview P03 alone.
    """

    interviewer: list[SpeakerLabel] = Field(default_factory=list, description="Labels of those who ask.")
    participant: list[SpeakerLabel] = Field(default_factory=list, description="Labels of those who are studied.")
    other: list[SpeakerLabel] = Field(
        default_factory=list, description="Labels of others: an observer, an interpreter, a neighbour who came by."
    )
    not_speakers: list[SpeakerLabel] = Field(
        default_factory=list, description="What looks like a label and is none; it is read as text."
    )
    label: str | None = Field(
        default=None,
        description="What a label looks like, where it is of no usual shape: `{name}` is the label, `{time}` a time,"
        ' such as "[{time}] {name}:".',
    )
    unlabelled: Literal["participant"] | None = Field(
        default=None, description="Whose words a transcript without any label is."
    )

    @model_validator(mode="after")
    def _consistent(self) -> Interviews:
        if self.label is not None and self.label.count("{name}") != 1:
            raise ValueError(
                'label must hold {name} once, such as "[{time}] {name}:" '
                '| label ต้องมี {name} หนึ่งครั้ง เช่น "[{time}] {name}:"'
            )
        listed = [*self.interviewer, *self.participant, *self.other, *self.not_speakers]
        for label in sorted({one for one in listed if listed.count(one) > 1}):
            raise ValueError(f'"{label}" stands twice among the labels | "{label}" ซ้ำกันในรายการชื่อผู้พูด')
        return self


class CodingFile(Section):
    """How a file in coding/ is to be read, where it does not say so itself."""

    file: FileName = Field(description="Name of the file in coding/.")
    format: CodingFormat | None = Field(default=None, description="Left out, it is recognised.")
    coder: str | None = Field(default=None, description="Who coded, where the file does not say.")
    unit: PositionUnit | None = Field(
        default=None, description="What positions count; left out, it is found out by comparing with the texts."
    )
    unplaced: Literal["stop", "leave_out"] = Field(
        default="stop",
        description="What becomes of passages that can't be placed in the transcript: `stop` names them and builds"
        " nothing, `leave_out` names and counts them and goes on without them.",
    )


class Coding(Section):
    """How the coding is to be read. All of it may be left out."""

    files: list[CodingFile] = Field(default_factory=list)
    coder: str | None = Field(default=None, description="Who coded, in every file that does not say.")
    read: dict[str, list[str]] = Field(
        default_factory=dict,
        description="Who read interviews in which they marked nothing: participants, by coder. They count as read for"
        " all codes; an interview that nobody read is in no count.",
    )
    keep: list[Literal["memos", "variables", "sets"]] = Field(
        default_factory=list,
        description="What else of a coding tool's file goes into data/processed/, which is made to be published: by"
        " default nothing, since memos and variables of cases can tell who somebody is.",
    )
