"""The choices of the analysis, with their defaults: `analysis` in config.yml, and in study.yml where a study differs.

What each is for is said here, in both languages; from it are made the tables in config/README.md and the guides, the
comments in config.yml and the schemas for editors (`configuration`).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from thongthin.basics.nearest import did_you_mean
from thongthin.basics.yaml_models import Bilingual, Section, described
from thongthin.contract.bands import CONVENTIONS, LABELS, LIMITS, Convention
from thongthin.contract.interview_analysis import (
    AgreementAnalysis,
    CooccurrenceAnalysis,
    QuoteAnalysis,
    ReportingAnalysis,
    SaturationAnalysis,
    ThemeAnalysis,
)
from thongthin.contract.privacy import PrivacyAnalysis


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


Bands = Annotated[list[Band], BeforeValidator(_named_bands, json_schema_input_type=list[Band] | Convention)]


class ScaleAnalysis(Section):
    bands: Annotated[list[Band], BeforeValidator(_named_bands, json_schema_input_type=list[Band] | Convention)] = (
        described(
            "How means of answers from 1 to 5 are read, highest first: a mean above `above` has this `label`. Or"
            " the name of a convention: `rounding` (these bands: 4.51–5.00 is the highest), or `class_intervals`"
            " of (5 − 1)/5 = 0.80 (4.21–5.00 is the highest).",
            "การแปลผลค่าเฉลี่ยของมาตรวัด 1-5 เรียงจากสูงไปต่ำ ค่าเฉลี่ยที่สูงกว่า `above` แปลผลด้วย `label` หรือระบุชื่อเกณฑ์:"
            " `rounding` (สูงสุด 4.51–5.00) หรือ `class_intervals` อันตรภาคชั้น 0.80 (สูงสุด 4.21–5.00)",
            note="how means on a five-point scale are read; or / หรือ: rounding | class_intervals",
            default="rounding",
            validate_default=True,
            min_length=1,
        )
    )
    answered: float = described(
        "Least share of the items of a scale that a score is made from; with `1`, only respondents who"
        " answered all of them have a score.",
        "สัดส่วนขั้นต่ำของข้อคำถามในตัวแปรที่ต้องตอบจึงจะมีคะแนน `1` คือใช้เฉพาะผู้ที่ตอบครบทุกข้อ",
        note="of the items of a scale / ของข้อคำถามในตัวแปร; 1: complete respondents only / เฉพาะผู้ที่ตอบครบ",
        default=0.5,
        gt=0,
        le=1,
    )
    confidence: float = described(
        "Level of the intervals of means, shares and reliability.",
        "ระดับความเชื่อมั่นของค่าเฉลี่ย สัดส่วน และความเที่ยง",
        default=0.95,
        gt=0,
        lt=1,
    )
    alpha_interval: Literal["feldt", "bootstrap"] = described(
        "Interval of Cronbach's alpha: `feldt` (from its distribution) or `bootstrap`.",
        "ช่วงความเชื่อมั่นของแอลฟา: `feldt` (จากการแจกแจง) หรือ `bootstrap`",
        default="feldt",
    )
    replicates: int = described(
        "Bootstrap replicates of reliability; with `0` McDonald's omega has no interval.",
        "จำนวนครั้งของบูตสแตรปสำหรับความเที่ยง `0` คือไม่มีช่วงความเชื่อมั่นของโอเมกา",
        default=1000,
        ge=0,
        le=100_000,
    )
    random_sets: int = described(
        "Random data sets that the parallel analysis compares with.",
        "จำนวนชุดข้อมูลสุ่มในการวิเคราะห์คู่ขนาน",
        default=1000,
        ge=100,
        le=100_000,
    )
    percentile: float = described(
        "Percentile of random eigenvalues that a dimension must exceed.",
        "เปอร์เซ็นไทล์ของค่าไอเกนจากข้อมูลสุ่มที่มิติหนึ่ง ๆ ต้องสูงกว่า",
        default=0.95,
        gt=0,
        lt=1,
    )
    mapped: list[str] = described(
        "The constructs that `scale_map` shows, by id, in this order; without any, those in which sites differ most.",
        "ตัวแปรที่ `scale_map` แสดง ระบุ id เรียงตามลำดับ หากไม่ระบุ แสดงตัวแปรที่ต่างกันมากที่สุดระหว่างพื้นที่",
        default=[],
    )

    @model_validator(mode="after")
    def _descending(self) -> ScaleAnalysis:
        above = [band.above for band in self.bands]
        if above != sorted(set(above), reverse=True):
            raise ValueError("the bands must be listed from the highest to the lowest | ต้องเรียงช่วงคะแนนจากสูงสุดไปต่ำสุด")
        return self


class SampleAnalysis(Section):
    margin: float = described(
        "The sizes of Yamane and Cochran are for estimating a share within this much.",
        "ขนาดตัวอย่างของยามาเน่และคอแครนคำนวณให้สัดส่วนคลาดเคลื่อนไม่เกินค่านี้",
        note="half the width of the interval of a share / ครึ่งหนึ่งของช่วงความเชื่อมั่นของสัดส่วน",
        default=0.05,
        gt=0,
        lt=0.5,
    )
    confidence: float = described(
        "Level of the interval of a share, of the margin reached, and of the interval of the effect size *w*; Yamane's"
        " size is for 95 %.",
        "ระดับความเชื่อมั่นที่ใช้กับช่วงของสัดส่วน ความคลาดเคลื่อนที่ได้จริง และขนาดอิทธิพล *w* (ยามาเน่ใช้ร้อยละ 95 เสมอ)",
        default=0.95,
        gt=0,
        lt=1,
    )
    power: float = described(
        "Power with which the smallest detectable difference between sites would be found.",
        "อำนาจการทดสอบที่ใช้หาความแตกต่างระหว่างพื้นที่ที่เล็กที่สุดซึ่งตรวจพบได้",
        note="of the smallest difference of sites that can be detected / ของความแตกต่างที่เล็กที่สุดที่ตรวจพบได้",
        default=0.80,
        gt=0,
        lt=1,
    )


class ComparisonAnalysis(Section):
    test: Literal["auto", "ranks", "welch"] = described(
        "Which test of sites and groups counts: of `ranks` (Kruskal-Wallis, Mann-Whitney), Welch's test of"
        " means with Games and Howell's of pairs (`welch`), or the one that a documented rule takes for each"
        " scale (`auto`); both are always in the tables.",
        "การทดสอบความแตกต่างระหว่างพื้นที่และกลุ่มที่ใช้: ใช้อันดับ (`ranks`) ค่าเฉลี่ยตามวิธีของเวลช์"
        " และรายคู่ตามวิธีของเกมส์-ฮาวเวลล์ (`welch`) หรือเลือกตามเกณฑ์ของแต่ละตัวแปร (`auto`)",
        default="auto",
    )
    correction: Literal["holm", "benjamini_hochberg"] = described(
        "How p is corrected for several tests (Games and Howell's needs none): Holm (`holm`), or Benjamini"
        " and Hochberg (`benjamini_hochberg`).",
        "วิธีปรับค่า p เมื่อทดสอบหลายครั้ง (วิธีของเกมส์-ฮาวเวลล์ไม่ต้องปรับ): ของโฮล์ม (`holm`)"
        " หรือของเบนจามินีและฮอคเบิร์ก (`benjamini_hochberg`)",
        default="holm",
    )
    significance: float = described(
        "Level below which a difference is called significant.", "ระดับนัยสำคัญ", default=0.05, gt=0, lt=1
    )
    confidence: float = described(
        "Level of the intervals of effect sizes.", "ระดับความเชื่อมั่นของช่วงขนาดอิทธิพล", default=0.95, gt=0, lt=1
    )
    replicates: int = described(
        "Tables drawn for an exact test where there are too many to enumerate.",
        "จำนวนตารางที่สุ่มสำหรับการทดสอบแบบแม่นตรงเมื่อแจกแจงทั้งหมดไม่ไหว",
        default=10_000,
        ge=100,
    )


class ModelAnalysis(Section):
    robust: Literal["HC0", "HC1", "HC2", "HC3"] = described(
        "Heteroskedasticity-robust errors of the regression: `HC0` to `HC3`.",
        "ค่าคลาดเคลื่อนมาตรฐานแบบทนทานของการถดถอย `HC0` ถึง `HC3`",
        default="HC3",
    )
    confidence: float = described(
        "Level of the intervals of the regression.", "ระดับความเชื่อมั่นของสัมประสิทธิ์ถดถอย", default=0.95, gt=0, lt=1
    )
    replicates: int = described(
        "Draws of the wild cluster bootstrap, which tests coefficients where sites are fewer than 40; 0 leaves it out.",
        "จำนวนรอบของไวลด์คลัสเตอร์บูตสแตรป ซึ่งใช้ทดสอบสัมประสิทธิ์เมื่อมีพื้นที่น้อยกว่า 40 แห่ง 0 คือไม่คำนวณ",
        default=9999,
        ge=0,
        le=1_000_000,
    )
    sample: int = described(
        "Of more complete respondents than these, models are fitted to so many drawn at random, and say so.",
        "หากมีผู้ตอบที่ข้อมูลครบมากกว่านี้ จะสุ่มมาเท่านี้เพื่อวิเคราะห์ตัวแบบ และระบุไว้ในผล",
        note="respondents / ผู้ตอบ",
        default=20_000,
        ge=100,
    )


class MissingAnalysis(Section):
    imputations: int = described(
        "Data sets that multiple imputation completes.", "จำนวนชุดข้อมูลที่แทนค่าในการแทนค่าพหุ", default=20, ge=2, le=1000
    )
    iterations: int = described(
        "Rounds of the chained equations for each of them.", "จำนวนรอบของสมการลูกโซ่ในแต่ละชุด", default=10, ge=1, le=1000
    )


class Analysis(Section):
    """Choices of the analysis, with their defaults."""

    seed: int = described(
        "Seed of everything random: the same seed gives the same numbers.",
        "ค่าเริ่มต้นของการสุ่ม ค่าเดิมให้ผลเดิม",
        default=2566,
        ge=0,
    )
    claims: Literal["stop", "notice"] = described(
        "What follows where a sentence bound to a claim does not hold: no documents (`stop`), or a notice (`notice`).",
        "เมื่อประโยคที่ผูกกับเงื่อนไขไม่เป็นจริงแล้ว: ไม่สร้างเอกสาร (`stop`) หรือแจ้งให้ทราบ (`notice`)",
        default="stop",
    )
    typed_numbers: Literal["stop", "notice"] = described(
        "What follows where a result is typed in a document instead of asked for: nothing is built (`stop`), or it is"
        " told (`notice`).",
        "เมื่อพิมพ์ตัวเลขผลการวิจัยลงในเอกสารแทนการเรียกด้วยชื่อ: ไม่สร้างผลลัพธ์ (`stop`) หรือแจ้งให้ทราบ (`notice`)",
        default="stop",
    )
    languages_differ: Literal["stop", "notice"] = described(
        "What follows where the documents of two languages differ in what they show and ask for, and claims.yml does"
        " not list it: nothing is built (`stop`), or it is told (`notice`), as it always is while one is hardly begun.",
        "เมื่อเอกสารสองภาษาแสดงหรือเรียกค่าไม่ตรงกันโดยไม่ได้ระบุไว้ใน claims.yml: ไม่สร้างผลลัพธ์ (`stop`) หรือแจ้งให้ทราบ (`notice`)"
        " ระหว่างที่ภาษาหนึ่งเพิ่งเริ่มเขียนจะเป็นเพียงการแจ้ง",
        default="stop",
    )
    themes: ThemeAnalysis = Field(default_factory=ThemeAnalysis)
    cooccurrence: CooccurrenceAnalysis = Field(default_factory=CooccurrenceAnalysis)
    agreement: AgreementAnalysis = Field(default_factory=AgreementAnalysis)
    saturation: SaturationAnalysis = Field(default_factory=SaturationAnalysis)
    quotes: QuoteAnalysis = Field(default_factory=QuoteAnalysis)
    reporting: ReportingAnalysis = Field(default_factory=ReportingAnalysis)
    sample: SampleAnalysis = Field(default_factory=SampleAnalysis)
    scales: ScaleAnalysis = Field(default_factory=ScaleAnalysis)
    comparison: ComparisonAnalysis = Field(default_factory=ComparisonAnalysis)
    model: ModelAnalysis = Field(default_factory=ModelAnalysis)
    missing: MissingAnalysis = Field(default_factory=MissingAnalysis)
    privacy: PrivacyAnalysis = Field(default_factory=PrivacyAnalysis)
