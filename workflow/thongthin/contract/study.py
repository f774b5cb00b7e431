"""The contract with the people who fill in a study: `config/config.yml` and `data/raw/<study>/study.yml`.

Unknown keys are refused with the nearest known one; what a study says under `analysis:` overrides the configuration.
The JSON schemas under `config/schema/` that editors use for completion are made from these models:
`python -m thongthin.contract.study` writes them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import reduce
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from thongthin.basics.files import is_large_survey
from thongthin.basics.language import Language
from thongthin.basics.one_language import notice_one_language
from thongthin.basics.problems import Problems, did_you_mean
from thongthin.basics.yaml_models import (
    Bilingual,
    BilingualList,
    Day,
    InBothLanguages,
    KeyPath,
    Section,
    one_language_keys,
)
from thongthin.basics.yaml_sentences import IDENTIFIER as IDENTIFIER
from thongthin.basics.yaml_sentences import ORCID
from thongthin.basics.yaml_source import key_name, load_yaml, validate
from thongthin.contract.answer_scales import (
    BUILT_IN,
    CATEGORY,
    CHOSEN,
    FROM_FILE,
    AnswerScale,
    NumericScale,
    Point,
    comparable,
)
from thongthin.contract.bands import CONVENTIONS, LABELS, LIMITS, Convention
from thongthin.contract.categories import MISSING, Category, DeclaredCategories
from thongthin.contract.checklists import CHECKLISTS
from thongthin.contract.schema.models import ModelKind
from thongthin.contract.strands import Part, Strand, applies, collected, parts_of
from thongthin.contract.tables import ALL, Table

# Folders beside those of the studies.
RESERVED = {"fonts", "benchmarks"}
# A scale of more points than these is one of numbers.
MOST_POINTS = 1000

Identifier = Annotated[str, Field(pattern=IDENTIFIER)]
# What a study renders: its article, and a supplement with all that a journal does not print.
Document = Literal["article", "supplement"]
DOCUMENTS: tuple[Document, ...] = ("article", "supplement")
Format = Literal["html", "pdf", "docx"]
CodingFormat = Literal["refi", "taguette", "qualcoder", "rqda", "nvivo", "word", "segments", "units"]
# What a position in a text counts: Unicode code points, UTF-16 code units, bytes of UTF-8.
PositionUnit = Literal["code_points", "utf16", "utf8"]


# --- analysis -----------------------------------------------------------------------------------------------------


class ThemeAnalysis(Section):
    coders: str = Field(
        default="any",
        description="Who must have found a theme: `any` or `all` of those who coded the interview, or the coder named.",
    )
    confidence: float = Field(default=0.95, gt=0, lt=1, description="Level of the exact intervals of shares.")
    deviant_share: float = Field(
        default=0.25,
        ge=0,
        lt=0.5,
        description="Deviant cases: those who speak of a theme where at most this share of the site or group does, and"
        " those who do not where at most this share does not; likewise for enabling and hindering.",
    )
    deviant_members: int = Field(
        default=4, ge=2, description="Members that a site or group must have for somebody to be deviant in it."
    )
    replicates: int = Field(
        default=10_000,
        ge=99,
        le=1_000_000,
        description="Random tables drawn for an exact test where there are too many tables to enumerate.",
    )


class CooccurrenceAnalysis(Section):
    within: int = Field(
        default=100, ge=0, description="Passages with at most so many characters between them are near each other."
    )


class LeastAgreement(Section):
    """How much agreement a study asks for; a build that falls short stops once its tables are written."""

    alpha: float | None = Field(
        default=None, le=1, description="Least Krippendorff's alpha over all codes; left out, none is asked for."
    )
    each_code: bool = Field(default=False, description="Whether each code must reach it as well.")


class AgreementAnalysis(Section):
    unit: Literal["segment", "turn", "participant", "character"] = Field(
        default="turn",
        description="What coders are compared on: each passage that somebody coded, each turn of a participant, each"
        " whole interview, or each character.",
    )
    text: Literal["all", "coded"] = Field(
        default="all", description="Whether units that nobody gave any code count, too."
    )
    replicates: int = Field(default=1000, ge=0, le=100_000, description="Bootstrap replicates; 0: no interval.")
    confidence: float = Field(default=0.95, gt=0, lt=1, description="Level of the interval.")
    least: LeastAgreement = Field(default_factory=LeastAgreement)


class SaturationAnalysis(Section):
    of: Literal["codes", "themes"] = Field(default="codes", description="What is counted as new in an interview.")
    base_size: int = Field(default=4, ge=1, description="The first interviews, whose codes are the base.")
    run_length: int = Field(default=2, ge=1, description="Interviews in a run; runs overlap.")
    threshold: float = Field(
        default=0.05, ge=0, lt=1, description="Saturation: new codes of a run are at most this share of the base."
    )
    orders: int = Field(default=1000, ge=0, le=100_000, description="Random orders of the interviews; 0: none.")
    spread: float = Field(default=0.9, gt=0, lt=1, description="Share of the random orders between the limits.")


class QuoteAnalysis(Section):
    most_from_one: float = Field(
        default=0.3, gt=0, le=1, description="Largest share of an article's quotes that one participant may supply."
    )
    sites_per_theme: int = Field(default=2, ge=1, description="Sites from which a theme that is quoted has quotes.")
    local_themes: list[Identifier] = Field(
        default_factory=list, description="Themes of one site, which need no quotes from another."
    )
    on_failure: Literal["report", "stop"] = Field(
        default="report", description="Whether an unmet rule is reported only, or stops the build."
    )


class ReportingAnalysis(Section):
    open_items: Literal["report", "stop"] = Field(
        default="report",
        description="Whether open items of COREQ, SRQR and GRAMMS are reported only, or stop the build.",
    )


class Band(Section):
    above: float = Field(description="Means above this value, up to the next band, are read with this label.")
    label: Bilingual


def bands_of(convention: Convention) -> list[Band]:
    """The five bands of a convention, highest first."""
    pairs = zip(LIMITS[convention], LABELS, strict=True)
    return [Band(above=above, label=Bilingual(th=th, en=en)) for above, (th, en) in pairs]


def _named_bands(bands: Any) -> Any:
    """The name of a convention stands for its bands."""
    if not isinstance(bands, str):
        return bands
    if bands not in CONVENTIONS:
        hint_en, hint_th = did_you_mean(bands, CONVENTIONS)
        raise ValueError(f'there is no convention "{bands}". {hint_en} | ไม่มีเกณฑ์ "{bands}" {hint_th}')
    return [band.model_dump() for band in bands_of(bands)]


class ScaleAnalysis(Section):
    bands: Annotated[list[Band], BeforeValidator(_named_bands, json_schema_input_type=list[Band] | Convention)] = Field(
        default_factory=lambda: bands_of("rounding"),
        min_length=1,
        description="How means on a five-point scale are read, highest band first; or the name of a convention:"
        " `rounding` (above 4.50 is the highest), or `class_intervals` of 0.80 (above 4.20 is the highest).",
    )
    answered: float = Field(
        default=0.5,
        gt=0,
        le=1,
        description="Least share of the items of a scale that a score is made from; 1: complete respondents only.",
    )
    confidence: float = Field(default=0.95, gt=0, lt=1, description="Level of the intervals of scales and items.")
    alpha_interval: Literal["feldt", "bootstrap"] = Field(
        default="feldt", description="Interval of Cronbach's alpha: from Feldt's distribution, or of a bootstrap."
    )
    replicates: int = Field(
        default=1000, ge=0, le=100_000, description="Bootstrap replicates of reliability; 0: omega has no interval."
    )
    random_sets: int = Field(
        default=1000, ge=100, le=100_000, description="Random data sets that a parallel analysis compares with."
    )
    percentile: float = Field(
        default=0.95, gt=0, lt=1, description="Percentile of random eigenvalues that a dimension must exceed."
    )

    @model_validator(mode="after")
    def _descending(self) -> ScaleAnalysis:
        above = [band.above for band in self.bands]
        if above != sorted(set(above), reverse=True):
            raise ValueError("the bands must be listed from the highest to the lowest | ต้องเรียงช่วงคะแนนจากสูงสุดไปต่ำสุด")
        return self


class SampleAnalysis(Section):
    margin: float = Field(
        default=0.05, gt=0, lt=0.5, description="Half the width of the interval of a share that a sample is to give."
    )
    confidence: float = Field(default=0.95, gt=0, lt=1, description="Level of that interval.")
    power: float = Field(
        default=0.80, gt=0, lt=1, description="Power with which the smallest detectable difference of sites is found."
    )


class ComparisonAnalysis(Section):
    test: Literal["auto", "ranks", "welch"] = Field(
        default="auto",
        description="Which test of sites and groups counts: ranks, Welch's of means, or chosen for each scale by rule.",
    )
    correction: Literal["holm", "benjamini_hochberg"] = Field(
        default="holm", description="How p is corrected for several tests."
    )
    significance: float = Field(default=0.05, gt=0, lt=1, description="Level below which a difference is significant.")
    confidence: float = Field(default=0.95, gt=0, lt=1, description="Level of the intervals of effect sizes.")
    replicates: int = Field(
        default=10_000, ge=100, description="Tables drawn for an exact test where there are too many to enumerate."
    )


class ModelAnalysis(Section):
    robust: Literal["HC0", "HC1", "HC2", "HC3"] = Field(default="HC3", description="Heteroskedasticity-robust errors.")
    confidence: float = Field(default=0.95, gt=0, lt=1, description="Level of the intervals.")
    replicates: int = Field(
        default=9999,
        ge=0,
        le=1_000_000,
        description="Draws of the wild cluster bootstrap where sites are fewer than 40; 0: none.",
    )
    sample: int = Field(
        default=20_000, ge=100, description="Of more complete respondents than these, so many are drawn at random."
    )


class MissingAnalysis(Section):
    imputations: int = Field(default=20, ge=2, le=1000, description="Data sets that multiple imputation completes.")
    iterations: int = Field(default=10, ge=1, le=1000, description="Rounds of the chained equations for each.")


class Analysis(Section):
    """Choices of the analysis, with their defaults."""

    seed: int = Field(default=2566, ge=0, description="Seed of everything random.")
    themes: ThemeAnalysis = Field(default_factory=ThemeAnalysis)
    cooccurrence: CooccurrenceAnalysis = Field(default_factory=CooccurrenceAnalysis)
    agreement: AgreementAnalysis = Field(default_factory=AgreementAnalysis)
    sample: SampleAnalysis = Field(default_factory=SampleAnalysis)
    scales: ScaleAnalysis = Field(default_factory=ScaleAnalysis)
    saturation: SaturationAnalysis = Field(default_factory=SaturationAnalysis)
    quotes: QuoteAnalysis = Field(default_factory=QuoteAnalysis)
    reporting: ReportingAnalysis = Field(default_factory=ReportingAnalysis)
    comparison: ComparisonAnalysis = Field(default_factory=ComparisonAnalysis)
    model: ModelAnalysis = Field(default_factory=ModelAnalysis)
    missing: MissingAnalysis = Field(default_factory=MissingAnalysis)


# --- config/config.yml --------------------------------------------------------------------------------------------


class Report(Section):
    engine: Literal["auto", "quarto", "embedded"] = Field(
        default="auto", description="What renders the article; `auto` takes Quarto where it is on PATH and can be used."
    )


class Config(Section):
    """`config/config.yml`: which studies are built, into what, and the defaults of their analysis."""

    studies: list[Identifier] = Field(min_length=1, description="Folders under data/raw/ to build.")
    languages: list[Language] = Field(default=["th", "en"], min_length=1)
    formats: list[Format] = Field(default=["html", "pdf", "docx"], min_length=1)
    report: Report = Field(default_factory=Report)
    analysis: Analysis = Field(default_factory=Analysis)


# --- data/raw/<study>/study.yml -----------------------------------------------------------------------------------


class Author(Section):
    name: Bilingual
    affiliation: Bilingual | None = None
    email: str | None = None
    orcid: str | None = Field(default=None, pattern=ORCID)
    corresponding: bool = False


class Labelled(Section):
    id: Identifier
    label: Bilingual


class Group(Labelled):
    one: Bilingual | None = Field(default=None, description="What one member is called, below a quote.")


def _one_group() -> list[Group]:
    """The group of a study that tells none apart."""
    label = Bilingual(th="ผู้ให้ข้อมูล", en="Participants")
    return [Group(id="participants", label=label, one=Bilingual(th="ผู้ให้ข้อมูล", en="participant"))]


class People(Section):
    """What the authors state of everybody in participants.csv."""

    consent: Literal["all"] | None = Field(
        default=None,
        description="`all`: everybody listed in participants.csv consented; the column consent can then be left empty.",
    )


class Fieldwork(Section):
    from_: Day = Field(alias="from", description="First day of fieldwork.")
    to: Day = Field(description="Last day of fieldwork.")

    @model_validator(mode="after")
    def _in_order(self) -> Fieldwork:
        if self.to < self.from_:
            raise ValueError("fieldwork ends before it begins | วันสิ้นสุดการเก็บข้อมูลอยู่ก่อนวันเริ่มต้น")
        return self


class Framework(Section):
    """The conceptual framework: its ids are what `factor` in the codebook and `construct` of the items name."""

    factors: list[Labelled] = Field(default_factory=list)
    outcomes: list[Labelled] = Field(default_factory=list)


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


def _told_apart(categories: list[CategoryLabels]) -> list[CategoryLabels]:
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


SurveyFormat = Literal[
    "csv", "xlsx", "google_forms", "kobo", "limesurvey", "qualtrics", "spss", "stata", "jamovi", "r", "parquet"
]


class RowsWhere(Section):
    """Rows of the response file, told by what stands in one of its columns."""

    column: str = Field(description="Header of the column.")
    values: list[CellText] = Field(default_factory=list, description="What stands in it; an empty text: nothing does.")
    below: float | None = Field(default=None, description="Or: a number below this one.")
    above: float | None = Field(default=None, description="Or: a number above this one.")

    @model_validator(mode="after")
    def _says_which(self) -> RowsWhere:
        if not self.values and self.below is None and self.above is None:
            raise ValueError("give values, below or above | ให้ระบุ values, below หรือ above")
        return self


class Codes(Section):
    """What some values of the response file mean: that there is no answer, and why; or that they are answers."""

    values: list[CellText] = Field(min_length=1, description="As they stand in the cells, or as the file labels them.")
    meaning: Literal["missing", "dont_know", "not_applicable", "refused", "answer"] = Field(
        default="missing", description="Why there is no answer; `answer` where there is one."
    )
    columns: list[str] = Field(
        default_factory=list, description="Ids of items or headers of columns; left out, all columns with answers."
    )


class ResponseRules(Section):
    """Rules by which responses are flagged; only rows out of the frame, and those of `exclude`, are left out."""

    out_of_frame: list[RowsWhere] = Field(
        default_factory=list,
        description="Rows of people who are not of the population (elsewhere, too young): not read, always left out.",
    )
    preview: list[RowsWhere] = Field(
        default_factory=list, description="Rows of people who tried the form out; those that Qualtrics marks are known."
    )
    straight_lining: int = Field(
        default=8, ge=3, description="The same answer to all items of a scale is flagged if it has so many items."
    )
    incomplete: float = Field(
        default=0.5, ge=0, le=1, description="Responses to a smaller share of the items asked are flagged."
    )
    speeding: float | None = Field(
        default=None, gt=0, description="Responses given in fewer seconds are flagged; left out, none is."
    )
    exclude: list[Literal["preview", "duplicate", "speeding", "straight_lining", "incomplete", "answered_unasked"]] = (
        Field(default_factory=list, description="Rules whose rows are left out of the analysis.")
    )

    @property
    def thresholds(self) -> dict[str, Any]:
        """What responses are judged by once they are read (see `response_quality.check_responses`)."""
        return self.model_dump(include={"straight_lining", "incomplete", "speeding", "exclude"})


def _text_keys(answers: Any) -> Any:
    """A number that is a key needs no quotes in YAML."""
    return {str(key): answer for key, answer in answers.items()} if isinstance(answers, dict) else answers


def _of_all(people: Any) -> Any:
    """One number is the population of all sites together."""
    return {ALL: people} if type(people) is int else _text_keys(people)


def _by_site_or_for_all(people: dict[str, int]) -> dict[str, int]:
    if ALL in people and len(people) > 1:
        raise ValueError("give one number for all, or one a site | ให้ระบุจำนวนเดียวสำหรับทุกพื้นที่ หรือระบุทีละพื้นที่")
    return people


Population = Annotated[
    dict[str, Annotated[int, Field(ge=1)]],
    BeforeValidator(_of_all, json_schema_input_type=int | dict[str, int]),
    AfterValidator(_by_site_or_for_all),
]


class SamplingDesign(Section):
    """How respondents were drawn; standard errors and intervals of means and shares follow from it."""

    strata: str | None = Field(
        default=None, description="Header of the column with the stratum, where each stratum was drawn by itself."
    )
    clusters: str | None = Field(
        default=None,
        description="Header of the column with the cluster (primary sampling unit: school, village), where clusters"
        " were drawn first, and people in them.",
    )
    nested: bool = Field(
        default=False, description="Whether clusters are numbered anew in each stratum: 1 of one is not 1 of another."
    )
    population: Population = Field(
        default_factory=dict,
        description="For the finite population correction: the clusters that there are in the population (people,"
        " without clusters), one number a stratum as it stands in the file, or one number without strata.",
    )

    @model_validator(mode="after")
    def _consistent(self) -> SamplingDesign:
        if not (self.strata or self.clusters or self.population):
            raise ValueError(
                "a design names strata, clusters or population | แบบแผนการสุ่มต้องระบุ strata, clusters หรือ population"
            )
        if self.nested and not (self.strata and self.clusters):
            raise ValueError("nested needs both strata and clusters | nested ต้องมีทั้ง strata และ clusters")
        if self.strata and ALL in self.population:
            raise ValueError(
                "population: with strata, give a number for each, by its name in the file"
                " | population: เมื่อมี strata ต้องระบุจำนวนของแต่ละชั้นภูมิ ตามชื่อในไฟล์"
            )
        if not self.strata and self.population and ALL not in self.population:
            raise ValueError("population: without strata, give one number | population: เมื่อไม่มี strata ให้ระบุจำนวนเดียว")
        return self


def _in_its_folder(name: str) -> str:
    if PurePosixPath(name.replace("\\", "/")).name != name or PureWindowsPath(name).drive:
        raise ValueError(
            f'"{name}" is no name of a file in the folder of the study; copy the file there'
            f' | "{name}" ไม่ใช่ชื่อไฟล์ในโฟลเดอร์ของการศึกษา โปรดคัดลอกไฟล์มาไว้ที่นั่น'
        )
    return name


# What a study is made of stands in its folder: whoever gets the folder can build it.
FileName = Annotated[str, AfterValidator(_in_its_folder)]


class ResponseFile(Section):
    """One of several response files of a survey: all respondents of a wave, or a part of them.

    Headers of columns that are not named here are those that stand beside `files`.
    """

    file: FileName = Field(description="Name of the file in survey/.")
    wave: Literal["before", "after"] | None = Field(
        default=None, description="When it was answered, where the same people were asked twice; for all files or none."
    )
    format: SurveyFormat | None = Field(default=None, description="What wrote the file; left out, it is recognised.")
    form: FileName | None = Field(default=None, description="Name of the XLSForm, or of LimeSurvey's .lss, in survey/.")
    sheet: str | None = Field(default=None, description="Worksheet; the first one if left out.")
    site: str | None = Field(default=None, description="Header of the column that holds the site in this file.")
    of_site: str | None = Field(default=None, description="Id of the site that all responses of this file are of.")
    group: str | None = Field(default=None, description="Header of the column that holds the group in this file.")
    of_group: str | None = Field(default=None, description="Id of the group that all responses of this file are of.")
    respondent: str | None = Field(default=None, description="Header of the column that identifies the respondent.")
    submitted: str | None = Field(default=None, description="Header of the column with the time of the answer.")
    started: str | None = Field(default=None, description="Header of the column with the time at which it was begun.")
    duration: str | None = Field(default=None, description="Header of the column with the time taken, in seconds.")
    weight: str | None = Field(default=None, description="Header of the column with the weight of the respondent.")
    columns: dict[str, str] = Field(
        default_factory=dict,
        description="Columns that have other headers in this file than in the first one: header here, header there."
        " The same header twice: a column that the other files do not have.",
    )

    @model_validator(mode="after")
    def _one_way(self) -> ResponseFile:
        for header, constant in (("site", "of_site"), ("group", "of_group")):
            if getattr(self, header) and getattr(self, constant):
                raise ValueError(f"give {header} or {constant}, not both | ให้ระบุ {header} หรือ {constant} อย่างใดอย่างหนึ่ง")
        return self


class Survey(Section):
    file: FileName | None = Field(
        default=None, description="Name of the response file in survey/ (.xlsx, .csv, .sav, .dta, .rds ...)."
    )
    files: list[ResponseFile] = Field(
        default_factory=list,
        description="In place of `file`, several files of one survey: waves (before, after) of the same people, or"
        " parts to be put one below the other.",
    )
    format: SurveyFormat | None = Field(default=None, description="What wrote the file; left out, it is recognised.")
    form: FileName | None = Field(default=None, description="Name of the XLSForm, or of LimeSurvey's .lss, in survey/.")
    sheet: str | None = Field(default=None, description="Worksheet; the first one if left out.")
    site: str | None = Field(
        default=None,
        description="Header of the column that holds the site (its id or a name of it); left out, all responses are of"
        " the one site of the study.",
    )
    sites: dict[str, list[CellText]] = Field(
        default_factory=dict, description="Other names of sites in the response file, by the id of the site."
    )
    group: str | None = Field(default=None, description="Header of the column that holds the group.")
    respondent: str | None = Field(default=None, description="Header of the column that identifies the respondent.")
    submitted: str | None = Field(default=None, description="Header of the column with the time of the answer.")
    started: str | None = Field(default=None, description="Header of the column with the time at which it was begun.")
    duration: str | None = Field(default=None, description="Header of the column with the time taken, in seconds.")
    weight: str | None = Field(default=None, description="Header of the column with the weight of the respondent.")
    design: SamplingDesign | None = Field(
        default=None,
        description="How the sample was drawn, if not one by one from all: errors and intervals then allow for it.",
    )
    scales: dict[Identifier, Scale] = Field(
        default_factory=dict, description="Answer scales, or names of built-in ones (agreement5, level5 ...)."
    )
    categories: dict[Identifier, Annotated[list[CategoryLabels], Field(min_length=1), AfterValidator(_told_apart)]] = (
        Field(
            default_factory=dict,
            description="Of items of the scale `category`: their categories, in the order in which they are shown.",
        )
    )
    nonanswers: dict[Literal["dont_know", "not_applicable", "refused", "missing"], list[CellText]] = Field(
        default_factory=dict, description="Words and codes that are no answers, beside the usual ones, by reason."
    )
    codes: list[Codes] = Field(
        default_factory=list,
        description="Values that stand for no answer (99, -1), in the columns named or in all; or that are answers.",
    )
    draw: int = Field(
        default=50_000,
        ge=1_000,
        description="Of a survey too large to be held (millions of responses), so many are drawn at random for models,"
        " dimensionality, change and missing data; all else is computed from every response.",
    )
    rules: ResponseRules = Field(default_factory=ResponseRules)
    population: Population = Field(
        default_factory=dict,
        description="People that the survey is about: one number for all sites together, or one a site, by its id.",
    )
    unmatched: Literal["keep", "leave_out"] = Field(
        default="keep",
        description="What becomes of respondents of one wave alone: `keep` counts them where they answered,"
        " `leave_out` takes them as out of the frame.",
    )

    @property
    def file_names(self) -> list[str]:
        """Names of the response files in survey/, each once, in their order."""
        return list(dict.fromkeys([self.file] if self.file else [own.file for own in self.files]))

    @property
    def in_waves(self) -> bool:
        """Whether each wave has files of its own."""
        return any(own.wave for own in self.files)

    @property
    def asks_group(self) -> bool:
        """Whether it is known of which group a respondent is."""
        return bool(self.group) or any(own.group or own.of_group for own in self.files)

    def is_large(self, folder: Path) -> bool:
        """Whether the survey is counted and not held; several files never are.

        Args:
            folder: survey/ of the study.
        """
        return bool(self.file) and is_large_survey(folder / str(self.file))

    @property
    def answer_scales(self) -> dict[str, AnswerScale]:
        """Every scale that items.csv can name: the built-in ones, and those declared, which come first."""
        return {**BUILT_IN, **{name: scale.answer_scale for name, scale in self.scales.items()}}

    @property
    def declared_categories(self) -> dict[str, DeclaredCategories]:
        """The categories that are declared, by item."""
        return {
            item: DeclaredCategories(Category(own.id, own.th, own.en, tuple(own.also)) for own in categories)
            for item, categories in self.categories.items()
        }

    @model_validator(mode="after")
    def _which_files(self) -> Survey:
        if bool(self.file) == bool(self.files):
            raise ValueError(
                "give file (one file of responses) or files (several) "
                "| ให้ระบุ file (ไฟล์คำตอบไฟล์เดียว) หรือ files (หลายไฟล์) อย่างใดอย่างหนึ่ง"
            )
        if not self.files:
            return self
        for key in ("format", "form", "sheet"):
            if getattr(self, key):
                raise ValueError(
                    f"{key}: write it beside the file that it is about, under files "
                    f"| {key}: ให้ย้ายไปไว้กับไฟล์ที่เกี่ยวข้องใต้ files"
                )
        named = [(own.file, own.sheet) for own in self.files]
        if double := next((file for file, sheet in named if named.count((file, sheet)) > 1), None):
            raise ValueError(
                f'files: "{double}" stands twice; give the sheets, if there are several '
                f'| files: "{double}" ซ้ำกัน หากมีหลายแผ่นงานให้ระบุ sheet'
            )
        waves = {own.wave for own in self.files}
        if len(waves) == 2 and None in waves:
            raise ValueError("files: give each file its wave, or none of them | files: ให้ระบุ wave ของทุกไฟล์ หรือไม่ระบุเลย")
        if len(waves) == 1 and None not in waves:
            (wave,) = waves
            raise ValueError(
                f'files: all are of the wave "{wave}"; until there is a file of the other one, leave wave out '
                f'| files: ทุกไฟล์เป็นช่วง "{wave}" ตราบใดที่ยังไม่มีไฟล์ของอีกช่วง ให้เว้น wave'
            )
        return self

    @model_validator(mode="after")
    def _no_reserved_scale(self) -> Survey:
        for name in sorted({CATEGORY, FROM_FILE, CHOSEN} & set(self.scales)):
            raise ValueError(f'scales: "{name}" is reserved | scales: "{name}" เป็นชื่อสงวน')
        return self


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


Answers = Annotated[dict[str, Bilingual], BeforeValidator(_text_keys)]


class Reporting(Section):
    """Answers to the items of reporting checklists, by number of the item."""

    coreq: Answers = Field(default_factory=dict, description="COREQ, items 1 to 32.")
    srqr: Answers = Field(default_factory=dict, description="SRQR, items 1 to 21.")
    gramms: Answers = Field(default_factory=dict, description="GRAMMS, items 1 to 6.")

    @model_validator(mode="after")
    def _items_exist(self) -> Reporting:
        for name in CHECKLISTS:
            last = len(CHECKLISTS[name].items)
            for number in getattr(self, name):
                if number not in map(str, range(1, last + 1)):
                    raise ValueError(
                        f"{name}: there is no item {number}; the items are 1 to {last}"
                        f" | {name}: ไม่มีข้อ {number} มีข้อ 1 ถึง {last}"
                    )
        return self


class OutcomeModel(Section):
    """What goes with the outcome: the regression of one construct on others, and the models beside it."""

    outcome: Identifier
    predictors: list[Identifier] = Field(min_length=1)
    kinds: list[ModelKind] = Field(
        default_factory=lambda: list(get_args(ModelKind)),
        min_length=1,
        description="The models to compare, in this order: `ols` (least squares, robust errors), `cluster` (errors by"
        " site), `ordinal` (proportional odds), `mixed` (sites as random intercepts).",
    )
    item: Identifier | None = Field(
        default=None,
        description="The item whose answers the ordinal model explains; left out, the score rounded to whole points.",
    )


class NamedModel(OutcomeModel):
    """A further model, with the id by which its tables and numbers are asked for."""

    id: Identifier = Field(
        description="Comes before the row in the names of its numbers (outcome_model.<id>.attitude.beta) and after the"
        " name of its tables (tables/outcome_model-<id>.md)."
    )


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


class Study(Section):
    """`study.yml`: what a study is, who made it, and how its files are to be read."""

    title: Bilingual
    authors: list[Author] = Field(min_length=1)
    strands: list[Strand] | None = Field(
        default=None,
        min_length=1,
        description="What was collected: [survey], [interviews], or [interviews, survey]; left out: interviews, and a"
        " survey if there is `survey`.",
    )
    keywords: BilingualList = Field(default_factory=lambda: BilingualList(th=[], en=[]))
    province: Bilingual | None = None
    district: Bilingual | None = None
    provenance: Literal["field", "simulated"] = Field(
        description="`simulated` puts a notice on every page of every rendering of the article."
    )
    ethics: Bilingual | None = Field(default=None, description="The sentence on ethics approval.")
    date: Day = Field(description="Date printed on and stored in the documents.")
    fieldwork: Fieldwork | None = Field(default=None, description="Left out, dates of interviews can be any.")
    participants: People = Field(default_factory=People)
    groups: list[Group] = Field(
        default_factory=_one_group,
        min_length=1,
        description="Groups of participants; left out, all participants are one group.",
    )
    framework: Framework = Field(
        default_factory=Framework, description="Left out, codes are tied to no factor, and items to no construct."
    )
    interviews: Interviews = Field(default_factory=Interviews)
    coding: Coding = Field(default_factory=Coding)
    survey: Survey | None = None
    model: OutcomeModel | None = None
    models: list[NamedModel] = Field(
        default_factory=list, description="Further models, beside `model` or in its place."
    )
    qca: Configurations | None = None
    reporting: Reporting = Field(default_factory=Reporting)
    analysis: dict[str, Any] = Field(default_factory=dict, description="Choices that differ from config/config.yml.")

    @property
    def constructs(self) -> dict[str, Bilingual]:
        """Label of every construct (factors, then outcomes) by its id."""
        return {c.id: c.label for c in [*self.framework.factors, *self.framework.outcomes]}

    @property
    def outcome_models(self) -> dict[str, OutcomeModel]:
        """Every model by its id; `model` has none (an empty text)."""
        return {**({"": self.model} if self.model else {}), **{model.id: model for model in self.models}}

    @property
    def collected(self) -> frozenset[Strand]:
        """The strands that the study has."""
        return collected(self.strands, survey=self.survey is not None)

    @model_validator(mode="after")
    def _consistent(self) -> Study:
        for name, entries in (
            ("groups", self.groups),
            ("framework", [*self.framework.factors, *self.framework.outcomes]),
        ):
            ids = [entry.id for entry in entries]
            if ALL in ids:
                raise ValueError(f'{name}: "{ALL}" is reserved for totals | {name}: "{ALL}" สงวนไว้สำหรับผลรวม')
            for id_ in sorted({i for i in ids if ids.count(i) > 1}):
                raise ValueError(f'"{id_}" stands twice among the {name} | "{id_}" ซ้ำกันใน {name}')
        self._check_models()
        for construct in [s.construct_ for s in self.qca.sets if s.construct_] if self.qca else ():
            if construct not in self.constructs:
                hint_en, hint_th = did_you_mean(construct, self.constructs)
                raise ValueError(
                    f'qca: "{construct}" is neither a factor nor an outcome of the framework. {hint_en}'
                    f' | qca: ไม่มี "{construct}" ใน framework {hint_th}'
                )
        for group in [s.group for s in self.qca.sets if s.group] if self.qca else ():
            if group not in (known := [g.id for g in self.groups]):
                hint_en, hint_th = did_you_mean(group, known)
                raise ValueError(f'qca: "{group}" is not a group. {hint_en} | qca: ไม่มีกลุ่ม "{group}" {hint_th}')
        return self

    def _check_models(self) -> None:
        """Raise ValueError unless the models name constructs of the framework, each once, and have ids of their own."""
        ids = [model.id for model in self.models]
        taken = {ALL, "intercept", *get_args(ModelKind), *self.constructs}
        for id_ in ids:
            if ids.count(id_) > 1:
                raise ValueError(f'models: "{id_}" stands twice | models: "{id_}" ซ้ำกัน')
            if id_ in taken:
                raise ValueError(
                    f'models: "{id_}" is the name of a construct or is reserved; take another id'
                    f' | models: "{id_}" เป็นชื่อตัวแปรหรือคำสงวน โปรดใช้ id อื่น'
                )
        for id_, model in self.outcome_models.items():
            where = f'models, "{id_}"' if id_ else "model"
            for construct in [model.outcome, *model.predictors]:
                if construct not in self.constructs:
                    hint_en, hint_th = did_you_mean(construct, self.constructs)
                    raise ValueError(
                        f'{where}: "{construct}" is neither a factor nor an outcome of the framework. {hint_en}'
                        f' | {where}: ไม่มี "{construct}" ใน framework {hint_th}'
                    )
            if len(set(model.predictors)) < len(model.predictors):
                raise ValueError(f"{where}: a predictor stands twice | {where}: มีตัวแปรทำนายซ้ำกัน")
            if len(set(model.kinds)) < len(model.kinds):
                raise ValueError(f"{where}: a kind stands twice | {where}: มีชนิดตัวแบบซ้ำกันใน kinds")
            if model.outcome in model.predictors:
                raise ValueError(f"{where}: the outcome is among its predictors | {where}: ตัวแปรตามซ้ำกับตัวแปรทำนาย")


class StudySettings(BaseModel):
    """All that the configuration and `study.yml` say of one study, after both were checked."""

    name: str
    config: Config
    study: Study
    analysis: Analysis
    parts: frozenset[Part]

    def models(self, *parts: str) -> list[dict[str, Any]]:
        """The models of the study as plain data: id ("" of `model`), outcome, predictors, and further keys if named."""
        kept = {"outcome", "predictors", *parts}
        return [{"id": id_, **own.model_dump(include=kept)} for id_, own in self.study.outcome_models.items()]

    def choice(self, dotted: str) -> Any:
        """A choice of the analysis by its dotted name, as plain data: ``choice("agreement.unit")``."""
        value = reduce(getattr, dotted.split("."), self.analysis)
        if isinstance(value, list):
            return [v.model_dump() if isinstance(v, BaseModel) else v for v in value]
        return value.model_dump() if isinstance(value, BaseModel) else value


def _merged(base: dict[str, Any], override: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _merged(base[key], override[key])
        if isinstance(base.get(key), dict) and isinstance(override.get(key), dict)
        else override.get(key, base.get(key))
        for key in {**base, **override}
    }


def load_config(root: Path, problems: Problems, asked: Collection[str] | None = None) -> Config | None:
    """`config/config.yml` under the project folder `root`; None, with problems added, if it is wrong.

    Args:
        asked: the studies that the caller is about; whether others that are listed have a folder is no matter. None:
            all that are listed.
    """
    here = problems.at("config/config.yml")
    data, lines = load_yaml(root / "config" / "config.yml", here)
    if data is None:
        return None
    config = validate(Config, data, lines, here)
    if config:
        for position, name in enumerate(config.studies):
            if asked is not None and name not in asked:
                continue
            if name in RESERVED:
                here.add(
                    "reserved-name",
                    f'A study cannot be called "{name}".',
                    f'ใช้ชื่อการศึกษา "{name}" ไม่ได้',
                    row=lines.get(("studies", position)),
                    column="studies",
                )
            if not (root / "data" / "raw" / name).is_dir():
                present = [p.name for p in (root / "data" / "raw").glob("*") if p.is_dir()]
                hint_en, hint_th = did_you_mean(name, present)
                here.add(
                    "unknown-study",
                    f'There is no study folder "data/raw/{name}".',
                    f'ไม่มีโฟลเดอร์ "data/raw/{name}"',
                    row=lines.get(("studies", position)),
                    column="studies",
                    hint_en=hint_en,
                    hint_th=hint_th,
                )
    return config


def read_study(path: Path, problems: Problems) -> Study | None:
    """A `study.yml` by itself; None, with problems added, if it is wrong."""
    data, lines = load_yaml(path, problems)
    return None if data is None else validate(Study, data, lines, problems)


def listed_studies(root: Path) -> list[str]:
    """Studies that `config/config.yml` lists and that have a folder, whatever else is wrong with it; else every folder.

    With them, the studies are checked even where the configuration can't be used.
    """
    data, _ = load_yaml(root / "config" / "config.yml", Problems())
    folders = sorted(path.name for path in (root / "data" / "raw").glob("*") if path.is_dir())
    listed = data.get("studies") if isinstance(data, dict) else None
    return [name for name in folders if name in listed] if isinstance(listed, list) else folders


def has_table(table: Table, settings: StudySettings, raw: Path) -> bool:
    """Whether a study has a table; of a survey of millions of responses, not every row that was received is kept.

    Args:
        raw: the folder of the study in data/raw.
    """
    survey = settings.study.survey
    if table.name == "survey_received" and survey and survey.is_large(raw / "survey"):
        return False
    return applies(table.rule, settings.parts)


def source_of(root: Path, study: str, document: Document, language: Language) -> Path:
    """The source of a document under the project folder `root`."""
    return root / "report" / study / f"{document}.{language}.qmd"


def documents_of(root: Path, study: str) -> list[Document]:
    """The documents of a study: the article, and the supplement if it stands there in any language."""
    has_supplement = any((root / "report" / study).glob("supplement.*.qmd"))
    return ["article", "supplement"] if has_supplement else ["article"]


def load_study(root: Path, name: str, config: Config, problems: Problems) -> StudySettings | None:
    """`study.yml` of the study `name`, with its analysis laid over the configuration's; None if it is wrong."""
    here = problems.at(f"data/raw/{name}/study.yml")
    data, lines = load_yaml(root / "data" / "raw" / name / "study.yml", here)
    if data is None:
        return None
    study = validate(Study, data, lines, here)
    override = data.get("analysis") if isinstance(data, dict) else None
    under: KeyPath = ("analysis",)
    merged = _merged(config.analysis.model_dump(), override if isinstance(override, dict) else {})
    analysis = validate(Analysis, merged, lines, here, under)
    if study is None or analysis is None:
        return None
    _notice_one_language(study, lines, here)
    parts = parts_of(data, root / "data" / "raw" / name)
    return StudySettings(name=name, config=config, study=study, analysis=analysis, parts=parts)


def _notice_one_language(study: Study, lines: Mapping[KeyPath, int], problems: Problems) -> None:
    """A notice for each language in which texts are given alone; texts of one list or group count by its key."""
    found = [(path, language) for path, language in one_language_keys(study)]
    for given in dict.fromkeys(language for _, language in found):
        paths = [path for path, language in found if language == given]
        notice_one_language(problems, given, keys=[key_name(path) for path in paths], row=lines.get(paths[0]))


def schemas() -> dict[str, str]:
    """File name -> text of the JSON schemas for editors."""
    study = Study.model_json_schema()
    study["$defs"].update({name: d for name, d in Analysis.model_json_schema()["$defs"].items()})
    study["$defs"]["Analysis"] = {k: v for k, v in Analysis.model_json_schema().items() if k != "$defs"}
    study["properties"]["analysis"] = {"$ref": "#/$defs/Analysis"}
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in (("config", Config.model_json_schema()), ("study", study))
    }


def is_identifier(text: str) -> bool:
    """Whether `text` can stand in file names, rule wildcards and value keys (letters, digits, - and _)."""
    return re.fullmatch(IDENTIFIER, text) is not None


if __name__ == "__main__":
    from thongthin.basics.files import write_text

    for file, text in schemas().items():
        write_text(Path(__file__).parents[3] / "config" / "schema" / file, text)


# What a terminal, or the eye, could be led astray by: controls, formats (writing direction ...), surrogates, and other
# line ends. Zero-width signs are among them; `shown` takes those out that may well stand in a name.
# Names that Windows keeps for devices, whatever their ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


def new_id(name: str, prefix: str, number: int, taken: Collection[str]) -> str:
    """An id made from a name: the one word of it that has letters and digits, its Latin letters, or a number.

    Args:
        prefix, number: of the id where the name gives none ("p", 7: "p07").
        taken: ids that are taken, upper and lower case alike, as on most disks.

    >>> [new_id(name, "p", 7, ()) for name in ("Interview P01 (final)", "ปลัด", "Somchai J.")]
    ['P01', 'p07', 'Somchai_J']
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[A-Za-z0-9]+", plain) if re.search("[A-Za-z]", word) and word[-1].isdigit()]
    slug = re.sub(r"[^A-Za-z0-9_-]+", "_", plain).strip("_-")
    numbered = f"{prefix}{number:02d}"
    made = name if is_identifier(name) else words[0] if len(words) == 1 else slug
    if not is_identifier(made) or made == ALL or _DEVICES.fullmatch(made):
        made = numbered
    lower = {id_.casefold() for id_ in taken}
    tries = [made, *(f"{made}_{n}" for n in range(2, len(lower) + 3))]
    return next(id_ for id_ in tries if id_.casefold() not in lower)
