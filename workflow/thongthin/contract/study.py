"""The contract with the people who fill in a study: `config/config.yml` and `data/raw/<study>/study.yml`.

Unknown keys are refused with the nearest known one; what a study says under `analysis:` overrides the configuration.
The JSON schemas under `config/schema/` that editors use for completion, the tables of keys in `config/README.md` and in
the guides, and the comments in `config/config.yml` are made from these models: `python -m
thongthin.contract.configuration` writes them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from thongthin.basics.language import Language
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.yaml_models import (
    Bilingual,
    BilingualList,
    Day,
    Identifier,
    Section,
    described,
)
from thongthin.basics.yaml_sentences import IDENTIFIER as IDENTIFIER
from thongthin.basics.yaml_sentences import ORCID
from thongthin.contract.analysis import Analysis
from thongthin.contract.checklists import CHECKLISTS
from thongthin.contract.coding import Coding, Interviews
from thongthin.contract.documents import Format
from thongthin.contract.journal import STANDARD
from thongthin.contract.privacy import Privacy
from thongthin.contract.qca import Configurations
from thongthin.contract.schema.models import ModelKind
from thongthin.contract.strands import Strand, collected
from thongthin.contract.survey import Survey, text_keys
from thongthin.contract.tables import ALL

# Folders beside those of the studies.
RESERVED = {"fonts", "benchmarks"}


# --- config/config.yml --------------------------------------------------------------------------------------------


class Report(Section):
    engine: Literal["auto", "quarto", "embedded"] = described(
        "What renders the article: `quarto`, `embedded`, or `auto`: Quarto where it is installed (1.9.18 or newer).",
        "โปรแกรมที่จัดหน้าบทความ: `quarto`, `embedded` หรือ `auto` คือใช้ Quarto หากติดตั้งไว้ (รุ่น 1.9.18 ขึ้นไป)",
        default="auto",
    )
    evidence: Literal["auto", "public", "open"] = described(
        "What the page of evidence holds: `open`, rows of the data and transcripts as well; `public`, cells, rules and"
        " published quotes only; `auto`: `open` where the data are simulated, else `public`.",
        "หน้าหลักฐานมีอะไรบ้าง: `open` รวมแถวข้อมูลและบทถอดเทป `public` เฉพาะตัวเลข กฎ และคำพูดที่เผยแพร่แล้ว"
        " `auto` คือ `open` หากเป็นข้อมูลจำลอง นอกนั้น `public`",
        default="auto",
    )
    journal: Identifier = described(
        "The journal that the article is made for: a folder in `report/styles/` (`standard`, `thaijo-social`, `apa7`).",
        "วารสารที่จะส่งบทความ คือโฟลเดอร์ใน `report/styles/` (`standard`, `thaijo-social`, `apa7`)",
        default=STANDARD,
    )


class Config(Section):
    """`config/config.yml`: which studies are built, into what, and the defaults of their analysis."""

    studies: list[Identifier] = described(
        "Folders under `data/raw/` to build.", "โฟลเดอร์ใน `data/raw/` ที่จะสร้าง", min_length=1
    )
    languages: list[Language] = described(
        "Languages of the article.", "ภาษาของบทความ", default=["th", "en"], min_length=1
    )
    formats: list[Format] = described(
        "Formats of the article; `xml` is JATS, which the systems of journals take.",
        "รูปแบบไฟล์ของบทความ `xml` คือ JATS ที่ระบบของวารสารรับ",
        default=["html", "pdf", "docx"],
        min_length=1,
    )
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
    quoting: Literal["all"] | list[Identifier] | None = Field(
        default=None, description="Who consented to being quoted: `all`, or their ids. Needed for what is published."
    )
    publishing: Literal["all"] | list[Identifier] | None = Field(
        default=None, description="Who consented to the publication of tables made of what they said: `all`, or ids."
    )
    withdrawn: list[Identifier] = Field(
        default_factory=list,
        description="Who withdrew: their interviews, coding and quotes are left out of everything (`withdraw`).",
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


Answers = Annotated[dict[str, Bilingual], BeforeValidator(text_keys)]


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
    privacy: Privacy = Field(default_factory=Privacy)
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
