"""The contract with the people who fill in a study: `config/config.yml` and `data/raw/<study>/study.yml`.

Unknown keys are refused with the nearest known one; what a study says under `analysis:` overrides the configuration.
The JSON schemas under `config/schema/` that editors use for completion are made from these models:
`python -m thongthin.study` writes them.
"""

from __future__ import annotations

import datetime
import json
import re
from functools import reduce
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from thongthin.language import Language
from thongthin.problems import Problems, did_you_mean
from thongthin.tables import ALL
from thongthin.yaml_source import KeyPath, load_yaml, validate

# Folders beside those of the studies.
RESERVED = {"fonts", "benchmarks"}
IDENTIFIER = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"

Identifier = Annotated[str, Field(pattern=IDENTIFIER)]
# What a study renders: its article, and a supplement with all that a journal does not print.
Document = Literal["article", "supplement"]
DOCUMENTS: tuple[Document, ...] = ("article", "supplement")
Format = Literal["html", "pdf", "docx"]


class Section(BaseModel):
    """A group of keys; one that is not listed here is refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Bilingual(Section):
    """The same text in both languages."""

    th: str = Field(min_length=1, description="Thai")
    en: str = Field(min_length=1, description="English")


class BilingualList(Section):
    th: list[str]
    en: list[str]


# --- analysis -----------------------------------------------------------------------------------------------------


class ThemeAnalysis(Section):
    coders: str = Field(
        default="any",
        description="Who must have found a theme: `any` or `all` of those who coded the interview, or the coder named.",
    )


class AgreementAnalysis(Section):
    unit: Literal["turn", "participant"] = Field(
        default="turn", description="What coders are compared on: each turn of a participant, or each whole interview."
    )
    replicates: int = Field(default=1000, ge=0, le=100_000, description="Bootstrap replicates; 0: no interval.")
    confidence: float = Field(default=0.95, gt=0, lt=1, description="Level of the interval.")


class Band(Section):
    above: float = Field(description="Means above this value, up to the next band, are read with this label.")
    label: Bilingual


def _default_bands() -> list[Band]:
    labels = [
        (4.50, "มากที่สุด", "highest"),
        (3.50, "มาก", "high"),
        (2.50, "ปานกลาง", "moderate"),
        (1.50, "น้อย", "low"),
        (0.00, "น้อยที่สุด", "lowest"),
    ]
    return [Band(above=above, label=Bilingual(th=th, en=en)) for above, th, en in labels]


class ScaleAnalysis(Section):
    bands: list[Band] = Field(
        default_factory=_default_bands, description="How means on a five-point scale are read, highest band first."
    )

    @model_validator(mode="after")
    def _descending(self) -> ScaleAnalysis:
        above = [band.above for band in self.bands]
        if above != sorted(set(above), reverse=True):
            raise ValueError("the bands must be listed from the highest to the lowest | ต้องเรียงช่วงคะแนนจากสูงสุดไปต่ำสุด")
        return self


class ComparisonAnalysis(Section):
    significance: float = Field(default=0.05, gt=0, lt=1, description="Level below which a difference is significant.")


class ModelAnalysis(Section):
    robust: Literal["HC0", "HC1", "HC2", "HC3"] = Field(default="HC3", description="Heteroskedasticity-robust errors.")
    confidence: float = Field(default=0.95, gt=0, lt=1, description="Level of the intervals.")


class Analysis(Section):
    """Choices of the analysis, with their defaults."""

    seed: int = Field(default=2566, ge=0, description="Seed of everything random.")
    themes: ThemeAnalysis = Field(default_factory=ThemeAnalysis)
    agreement: AgreementAnalysis = Field(default_factory=AgreementAnalysis)
    scales: ScaleAnalysis = Field(default_factory=ScaleAnalysis)
    comparison: ComparisonAnalysis = Field(default_factory=ComparisonAnalysis)
    model: ModelAnalysis = Field(default_factory=ModelAnalysis)


# --- config/config.yml --------------------------------------------------------------------------------------------


class Report(Section):
    engine: Literal["auto", "quarto", "embedded"] = Field(
        default="auto", description="What renders the article; `auto` takes Quarto where it is on PATH."
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
    affiliation: Bilingual
    email: str | None = None
    orcid: str | None = Field(default=None, pattern=r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")
    corresponding: bool = False


class Labelled(Section):
    id: Identifier
    label: Bilingual


class Group(Labelled):
    one: Bilingual | None = Field(default=None, description="What one member is called, below a quote.")


class Fieldwork(Section):
    from_: datetime.date = Field(alias="from", description="First day of fieldwork.")
    to: datetime.date = Field(description="Last day of fieldwork.")

    @model_validator(mode="after")
    def _in_order(self) -> Fieldwork:
        if self.to < self.from_:
            raise ValueError("fieldwork ends before it begins | วันสิ้นสุดการเก็บข้อมูลอยู่ก่อนวันเริ่มต้น")
        return self


class Framework(Section):
    """The conceptual framework: its ids are what `factor` in the codebook and `construct` of the items name."""

    factors: list[Labelled] = Field(min_length=1)
    outcomes: list[Labelled] = Field(default_factory=list)


class Answer(Section):
    value: int
    th: str
    en: str


class Scale(Section):
    """An answer scale: either its `answers` in words, lowest first, or the numbers from `min` to `max`."""

    answers: list[Answer] = Field(default_factory=list)
    min: int | None = None
    max: int | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Scale:
        if self.answers:
            values = [answer.value for answer in self.answers]
            if self.min is not None or self.max is not None:
                raise ValueError("give either answers or min and max | ให้ระบุ answers หรือ min กับ max อย่างใดอย่างหนึ่ง")
            if len(values) < 2 or values != sorted(set(values)):
                raise ValueError(
                    "list at least two answers, lowest first, each value once"
                    " | ต้องมีคำตอบอย่างน้อยสองค่า เรียงจากต่ำไปสูง และไม่ซ้ำกัน"
                )
        elif self.min is None or self.max is None or self.min >= self.max:
            raise ValueError(
                "give answers, or min and a larger max | ให้ระบุ answers หรือระบุ min และ max โดย max ต้องมากกว่า min"
            )
        return self

    @property
    def values(self) -> list[int]:
        """All values that an answer can have, lowest first."""
        if self.answers:
            return [answer.value for answer in self.answers]
        assert self.min is not None and self.max is not None
        return list(range(self.min, self.max + 1))


class Survey(Section):
    file: str = Field(description="Name of the response file in survey/ (.xlsx or .csv).")
    sheet: str | None = Field(default=None, description="Worksheet; the first one if left out.")
    site: str = Field(description="Header of the column that holds the site (its id or its name in either language).")
    group: str | None = Field(default=None, description="Header of the column that holds the group.")
    respondent: str | None = Field(default=None, description="Header of the column that identifies the respondent.")
    submitted: str | None = Field(default=None, description="Header of the column with the time of the answer.")
    scales: dict[Identifier, Scale] = Field(min_length=1)


class OutcomeModel(Section):
    outcome: Identifier
    predictors: list[Identifier] = Field(min_length=1)


class Study(Section):
    """`study.yml`: what a study is, who made it, and how its files are to be read."""

    title: Bilingual
    authors: list[Author] = Field(min_length=1)
    keywords: BilingualList
    province: Bilingual
    district: Bilingual | None = None
    provenance: Literal["field", "simulated"] = Field(
        description="`simulated` puts a notice on every page of every rendering of the article."
    )
    ethics: Bilingual
    date: datetime.date = Field(description="Date printed on and stored in the documents.")
    fieldwork: Fieldwork
    groups: list[Group] = Field(min_length=1, description="Groups of participants.")
    framework: Framework
    survey: Survey | None = None
    model: OutcomeModel | None = None
    analysis: dict[str, Any] = Field(default_factory=dict, description="Choices that differ from config/config.yml.")

    @property
    def constructs(self) -> dict[str, Bilingual]:
        """Label of every construct (factors, then outcomes) by its id."""
        return {c.id: c.label for c in [*self.framework.factors, *self.framework.outcomes]}

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
        if self.model:
            for construct in [self.model.outcome, *self.model.predictors]:
                if construct not in self.constructs:
                    hint_en, hint_th = did_you_mean(construct, self.constructs)
                    raise ValueError(
                        f'model: "{construct}" is neither a factor nor an outcome of the framework. {hint_en}'
                        f' | model: ไม่มี "{construct}" ใน framework {hint_th}'
                    )
            if len(set(self.model.predictors)) < len(self.model.predictors):
                raise ValueError("model: a predictor stands twice | model: มีตัวแปรทำนายซ้ำกัน")
            if self.model.outcome in self.model.predictors:
                raise ValueError("model: the outcome is among its predictors | model: ตัวแปรตามซ้ำกับตัวแปรทำนาย")
        return self


class StudySettings(BaseModel):
    """All that the configuration and `study.yml` say of one study, after both were checked."""

    name: str
    config: Config
    study: Study
    analysis: Analysis

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


def load_config(root: Path, problems: Problems) -> Config | None:
    """`config/config.yml` under the project folder `root`; None, with problems added, if it is wrong."""
    here = problems.at("config/config.yml")
    data, lines = load_yaml(root / "config" / "config.yml", here)
    if data is None:
        return None
    config = validate(Config, data, lines, here)
    if config:
        for position, name in enumerate(config.studies):
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
    return StudySettings(name=name, config=config, study=study, analysis=analysis)


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
    from thongthin.files import write_text

    for file, text in schemas().items():
        write_text(Path(__file__).parents[2] / "config" / "schema" / file, text)
