"""What study.yml says of the survey: its files, scales, categories, rules, and the design of its sample."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from thongthin.basics.files import is_large_survey
from thongthin.basics.yaml_models import (
    Identifier,
    Section,
)
from thongthin.basics.yaml_sentences import IDENTIFIER as IDENTIFIER
from thongthin.contract.answer_scales import BUILT_IN, CATEGORY, CHOSEN, FROM_FILE, AnswerScale
from thongthin.contract.categories import Category, DeclaredCategories
from thongthin.contract.identifiers import FileName
from thongthin.contract.scales import CategoryLabels, CellText, Scale, told_apart
from thongthin.contract.tables import ALL

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


def text_keys(answers: Any) -> Any:
    """A number that is a key needs no quotes in YAML."""
    return {str(key): answer for key, answer in answers.items()} if isinstance(answers, dict) else answers


def _of_all(people: Any) -> Any:
    """One number is the population of all sites together."""
    return {ALL: people} if type(people) is int else text_keys(people)


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
    categories: dict[Identifier, Annotated[list[CategoryLabels], Field(min_length=1), AfterValidator(told_apart)]] = (
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
