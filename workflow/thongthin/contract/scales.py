"""What study.yml says of answers: scales and their points, and the labels of categories."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from thongthin.basics.nearest import did_you_mean
from thongthin.basics.yaml_models import (
    Bilingual,
    Identifier,
    InBothLanguages,
    Section,
)
from thongthin.basics.yaml_sentences import IDENTIFIER as IDENTIFIER
from thongthin.contract.answer_scales import BUILT_IN, AnswerScale, NumericScale, Point, comparable
from thongthin.contract.categories import MISSING
from thongthin.contract.tables import ALL

# A scale of more points than these is one of numbers.
MOST_POINTS = 1000


class Answer(InBothLanguages):
    value: int
    th: str
    en: str
    also: list[str] = Field(default_factory=list, description="Other ways in which the answer is written.")


class Scale(Section):
    """An answer scale: its `answers`, lowest first, the numbers from `min` to `max`, or the name of a built-in one.

    With `numeric`, answers are amounts (age, minutes, an index): any number from `min` to `max`, decimals among them.
    """

    model_config = ConfigDict(json_schema_extra={"type": ["object", "string"]})

    answers: list[Answer] = Field(default_factory=list)
    min: int | None = Field(default=None, description="Lowest number, a whole one.")
    max: int | None = Field(default=None, description="Highest number, a whole one.")
    numeric: bool = Field(
        default=False, description="Answers are amounts: numbers from `min` to `max`, with decimals or without."
    )
    unit: Bilingual | None = Field(
        default=None, description="Unit of the amounts, which may stand behind the number (35 years)."
    )

    @model_validator(mode="before")
    @classmethod
    def _built_in(cls, scale: Any) -> Any:
        if not isinstance(scale, str):
            return scale
        if scale not in BUILT_IN:
            hint_en, hint_th = did_you_mean(scale, BUILT_IN)
            raise ValueError(f'"{scale}" is not a built-in scale. {hint_en} | ไม่มีมาตรวัดสำเร็จรูป "{scale}" {hint_th}')
        return {"answers": [{**point._asdict(), "also": list(point.also)} for point in BUILT_IN[scale].points]}

    @model_validator(mode="after")
    def _one_of_both(self) -> Scale:
        if self.unit and not self.numeric:
            raise ValueError("unit is for numeric scales only | unit ใช้กับมาตรวัดแบบ numeric เท่านั้น")
        if self.answers:
            if self.numeric:
                raise ValueError(
                    "a numeric scale has min and max, no answers | มาตรวัดแบบ numeric ใช้ min กับ max ไม่ใช้ answers"
                )
            values = [answer.value for answer in self.answers]
            if self.min is not None or self.max is not None:
                raise ValueError("give either answers or min and max | ให้ระบุ answers หรือ min กับ max อย่างใดอย่างหนึ่ง")
            if len(values) < 2 or values != sorted(set(values)):
                raise ValueError(
                    "list at least two answers, lowest first, each value once"
                    " | ต้องมีคำตอบอย่างน้อยสองค่า เรียงจากต่ำไปสูง และไม่ซ้ำกัน"
                )
            value_of: dict[str, int] = {}
            for answer in self.answers:
                for word in (answer.th, answer.en, *answer.also):
                    if value_of.setdefault(comparable(word), answer.value) != answer.value:
                        raise ValueError(f'"{word}" has two values | "{word}" มีสองค่า')
        elif self.min is None or self.max is None or self.min >= self.max:
            raise ValueError(
                "give answers, or min and a larger max | ให้ระบุ answers หรือระบุ min และ max โดย max ต้องมากกว่า min"
            )
        elif not self.numeric and self.max - self.min >= MOST_POINTS:
            raise ValueError(
                f"so many points ({self.max - self.min + 1:,}) are no scale: are the answers amounts? Add numeric: true"
                f" | จำนวนระดับมากเกินไป ({self.max - self.min + 1:,}) หากคำตอบเป็นจำนวน ให้เพิ่ม numeric: true"
            )
        return self

    @property
    def answer_scale(self) -> AnswerScale:
        """The scale as answers are read with it."""
        if self.answers:
            return AnswerScale(tuple(Point(a.value, a.th, a.en, tuple(a.also)) for a in self.answers))
        assert self.min is not None and self.max is not None
        if self.numeric:
            return NumericScale(limits=(self.min, self.max), units=(self.unit.th, self.unit.en) if self.unit else ())
        return AnswerScale.of_range(self.min, self.max)


def _as_text(cell: Any) -> Any:
    """A number that stands for the text of a cell needs no quotes in YAML."""
    return str(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else cell


CellText = Annotated[str, BeforeValidator(_as_text, json_schema_input_type=str | float)]


class CategoryLabels(InBothLanguages):
    """A category of an item of the scale `category`: its id, its labels, other ways in which the answer is written."""

    id: Identifier
    th: str = Field(min_length=1)
    en: str = Field(min_length=1)
    also: list[CellText] = Field(default_factory=list, description="Other ways in which the answer is written.")


def told_apart(categories: list[CategoryLabels]) -> list[CategoryLabels]:
    id_of: dict[str, str] = {}
    for own in categories:
        if own.id in (ALL, MISSING):
            raise ValueError(f'"{own.id}" is reserved | "{own.id}" เป็นคำสงวน')
        for word in (own.id, own.th, own.en, *own.also):
            if id_of.setdefault(comparable(word), own.id) != own.id:
                raise ValueError(f'"{word}" means two categories | "{word}" หมายถึงสองหมวด')
    if len({own.id for own in categories}) < len(categories):
        raise ValueError("each id may stand only once | ใช้ id ซ้ำกันไม่ได้")
    return categories
