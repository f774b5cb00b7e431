"""What study.yml says of a qualitative comparative analysis: sets, how they are calibrated, conditions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from thongthin.basics.yaml_models import (
    Identifier,
    Section,
)
from thongthin.basics.yaml_sentences import IDENTIFIER as IDENTIFIER


class Anchors(Section):
    """The raw values that fix a fuzzy set; from the lowest to the highest, or from the highest to the lowest."""

    fully_out: float = Field(description="Full non-membership: cases here and beyond are out of the set.")
    crossover: float = Field(description="The point at which a case is neither in nor out.")
    fully_in: float = Field(description="Full membership: cases here and beyond are in the set.")
    curve: Literal["logistic", "linear"] = Field(default="logistic", description="How membership runs between them.")

    @model_validator(mode="after")
    def _in_order(self) -> Anchors:
        if not (self.fully_out < self.crossover < self.fully_in or self.fully_out > self.crossover > self.fully_in):
            raise ValueError(
                "the crossover must lie between fully_out and fully_in | ค่า crossover ต้องอยู่ระหว่าง fully_out กับ fully_in"
            )
        return self


class CalibratedSet(Section):
    """A set that cases belong to by degrees: what is measured, and how it becomes a membership.

    Either a `theme` of the interviews with its `measure`, or a `construct` of the survey.
    """

    id: Identifier
    theme: Identifier | None = Field(default=None, description="A theme of the codebook.")
    measure: Literal["present", "participants", "passages", "characters", "enabling_share", "balance"] | None = Field(
        default=None,
        description="What of the theme: whether it counts (`present`), the share of a site's `participants` for whom it"
        " does, its `passages` or their `characters` (a site: mean of its participants), the enabling passages as a"
        " share of the enabling and hindering ones (`enabling_share`) or less the hindering ones (`balance`).",
    )
    construct_: Identifier | None = Field(
        default=None, alias="construct", description="A factor or outcome that the survey measures."
    )
    wave: Literal["single", "before", "after"] = Field(default="single", description="Wave of the construct.")
    group: Identifier | None = Field(default=None, description="Only respondents of this group count.")
    anchors: Anchors | None = Field(default=None, description="Not for `present`, which is in or out.")

    @model_validator(mode="after")
    def _one_source(self) -> CalibratedSet:
        if (self.theme is None) == (self.construct_ is None):
            raise ValueError("give either a theme or a construct | ให้ระบุ theme หรือ construct อย่างใดอย่างหนึ่ง")
        if self.theme and not self.measure:
            raise ValueError("a theme needs a measure | theme ต้องมี measure")
        if self.construct_ and self.measure:
            raise ValueError("measure is for a theme only | measure ใช้กับ theme เท่านั้น")
        if self.theme and (self.group or self.wave != "single"):
            raise ValueError("group and wave are for a construct only | group และ wave ใช้กับ construct เท่านั้น")
        if (self.measure == "present") == (self.anchors is not None):
            raise ValueError(
                "give anchors, except with the measure present, which is in or out"
                " | ต้องระบุ anchors ยกเว้น measure: present ซึ่งมีเพียงอยู่หรือไม่อยู่ในเซต"
            )
        return self


class Condition(CalibratedSet):
    """A condition, with the direction in which theory expects it to contribute to the outcome."""

    expected: Literal["present", "absent"] | None = Field(
        default=None, description="Directional expectation, for the intermediate solution; left out: none."
    )


class Robustness(Section):
    """Small changes, one at a time, under which the solutions are looked at again."""

    crossover: list[float] = Field(
        default=[-0.1, 0.1],
        description="Each crossover moves by these shares of the way to full non-membership (-) or membership (+).",
    )
    consistency: list[float] = Field(default=[-0.05, 0.05], description="Added to the cutoff of consistency.")
    frequency: list[int] = Field(default=[1], description="Added to the cutoff of frequency.")

    @model_validator(mode="after")
    def _small(self) -> Robustness:
        if any(not -1 < share < 1 or not share for share in self.crossover):
            raise ValueError("crossover: shares between -1 and 1, not 0 | crossover: ค่าระหว่าง -1 กับ 1 ที่ไม่ใช่ 0")
        return self


class Configurations(Section):
    """Qualitative comparative analysis: which configurations of conditions go with the outcome."""

    cases: Literal["participant", "site"]
    outcome: CalibratedSet
    conditions: list[Condition] = Field(min_length=2, max_length=12)
    consistency: float = Field(default=0.8, gt=0, le=1, description="Least inclusion of a sufficient configuration.")
    pri: float = Field(default=0.5, ge=0, le=1, description="Least PRI of a sufficient configuration; 0: none.")
    frequency: int = Field(default=1, ge=1, description="Configurations of fewer cases are remainders.")
    negated: bool = Field(default=True, description="Whether the negated outcome is analysed as well.")
    robustness: Robustness = Field(default_factory=Robustness)

    @property
    def sets(self) -> list[CalibratedSet]:
        """The outcome, then the conditions."""
        return [self.outcome, *self.conditions]

    @model_validator(mode="after")
    def _consistent(self) -> Configurations:
        ids = [s.id for s in self.sets]
        for id_ in sorted({i for i in ids if ids.count(i) > 1}):
            raise ValueError(
                f'"{id_}" stands twice among outcome and conditions | "{id_}" ซ้ำกันใน outcome และ conditions'
            )
        if self.cases == "participant" and any(s.measure == "participants" for s in self.sets):
            raise ValueError("measure participants: only with cases: site | measure: participants ใช้ได้เมื่อ cases: site")
        return self
