"""What an article can show by name: its tables and figures, what each is made from, and the labels that they share.

Up to here everything is an id; `Labels` gives each id its name in one language, in the order in which it is shown
(sites as in sites.csv, themes as in the codebook, constructs as in the framework). A name applies to a study if the
result tables that it is made from have rows; where one has none, `why_not` says what the study lacks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thongthin.basics.language import Language
from thongthin.contract.tables import ALL
from thongthin.contract.units import Unit

if TYPE_CHECKING:
    import pandas as pd

Tables = Mapping[str, "pd.DataFrame"]
Text = Mapping[str, str]  # language -> text

# Name of an article table -> the tables that it is made from; all of them must have rows.
ARTICLE_TABLES: dict[str, tuple[str, ...]] = {
    "participants": ("participants", "sample", "sites"),
    "interviews": ("interview_lengths", "sites"),
    "themes_by_site": ("themes_by_site", "sites", "codes"),
    "themes_by_group": ("themes_by_group", "codes"),
    "codebook": ("codes",),
    "coding_sources": ("coding_sources",),
    "agreement": ("agreement", "codes"),
    "agreement_units": ("agreement_units", "agreement_sets"),
    "agreement_unitizing": ("agreement_unitizing", "codes"),
    "agreement_pairs": ("agreement_pairs",),
    "disagreements": ("disagreements", "codes", "sites"),
    "themes_by_site_group": ("themes_by_site_group", "sites", "codes"),
    "theme_spread": ("theme_spread", "sites", "codes"),
    "deviant_cases": ("deviant_cases", "sites", "codes"),
    "framework_matrix": ("framework_matrix", "sites", "codes"),
    "valence_balance": ("valence_balance", "sites", "codes"),
    "theme_tests": ("theme_tests", "codes"),
    "theme_cooccurrence": ("theme_cooccurrence", "codes"),
    "saturation": ("saturation", "sites"),
    "quotes_by_theme": ("quotes_by_theme", "codes"),
    "coreq": ("reporting_coreq",),
    "srqr": ("reporting_srqr",),
    "gramms": ("reporting_gramms",),
    "sample_size": ("sample_size", "survey_response_by_site", "survey_representativity", "sites"),
    "power": ("power",),
    "joint_display": ("joint_display", "joint_ranking", "sites"),
    "survey_flow": ("survey_flow", "sites"),
    "survey_nonanswers": ("survey_nonanswers", "items"),
    "scale_reliability": ("scale_reliability", "scale_dimensionality"),
    "scale_dimensionality": ("scale_dimensionality",),
    "scale_summary": ("scale_statistics",),
    "scale_statistics": ("scale_statistics", "sites"),
    "design_effects": ("sample_design", "scale_statistics"),
    "group_statistics": ("group_statistics",),
    "item_statistics": ("item_statistics", "item_rest", "items"),
    "item_answers": ("item_answers", "item_statistics", "items"),
    "respondents": ("category_answers", "categories", "items"),
    "respondents_by_group": ("category_answers_by_group", "categories", "items"),
    "site_comparison": ("site_comparison", "site_comparison_pairs", "sites"),
    "site_comparison_pairs": ("site_comparison", "site_comparison_pairs", "sites"),
    "group_comparison": ("group_comparison", "group_comparison_pairs"),
    "group_comparison_pairs": ("group_comparison", "group_comparison_pairs"),
    "category_comparison": ("category_comparison", "items"),
    "before_after": ("before_after", "sites"),
    "before_after_effects": ("before_after", "sites"),
    "before_after_by_group": ("before_after_by_group",),
    "mcnemar": ("mcnemar", "items", "sites"),
    "mcnemar_by_group": ("mcnemar_by_group", "items"),
    "outcome_model": ("outcome_model", "outcome_model_fit"),
    "outcome_model_classical": ("outcome_model", "outcome_model_fit"),
    "model_comparison": ("model_terms", "model_fits"),
    "model_diagnostics": ("model_diagnostics", "model_collinearity"),
    "proportional_odds": ("proportional_odds",),
    "missing_items": ("missing_items", "missing_data", "items"),
    "imputation_comparison": ("imputation_comparison",),
    "qca_sets": ("qca_sets", "codes"),
    "qca_calibration": ("qca_sets", "codes"),
    "qca_necessity": ("qca_necessity", "qca_sets", "codes"),
    "qca_truth_table": ("qca_fit", "qca_sets", "codes"),
    "qca_solutions": ("qca_fit", "qca_sets", "codes"),
    "qca_robustness": ("qca_fit", "qca_sets", "codes"),
    "qca_robust_terms": ("qca_fit", "qca_sets", "codes"),
}
FIGURES: dict[str, tuple[str, ...]] = {
    "themes_by_site": ("themes_by_site", "sites", "codes"),
    "theme_intervals": ("themes_by_site", "sites", "codes"),
    "valence_balance": ("valence_balance", "sites", "codes"),
    "saturation": ("saturation", "sites"),
    "dimensionality": ("scale_dimensionality", "scale_eigenvalues"),
    "factor_profile": ("scale_statistics", "sites", "items"),
    "item_answers": ("item_answers", "items"),
    "before_after": ("before_after", "sites", "items"),
    "joint_display": ("joint_display", "sites", "items"),
    "qca_xy": ("qca_fit", "qca_sets", "codes"),
}

# The tables of a model: of one of the `models` of study.yml they have its id behind a hyphen.
OF_A_MODEL = (
    *("outcome_model", "outcome_model_classical", "model_comparison", "model_diagnostics"),
    *("proportional_odds", "imputation_comparison"),
)

WAVES = ("single", "before", "after")

_NO_SCALES = (
    "no item of survey/items.csv belongs to a construct, or the study has no survey",
    "ไม่มีข้อคำถามใน survey/items.csv ที่ระบุตัวแปร หรือการศึกษานี้ไม่มีแบบสอบถาม",
)
_NO_THEMES = ("no interview was coded for a theme", "ไม่มีบทสัมภาษณ์ที่ลงรหัสประเด็น")
_NO_INTERVIEWS = ("nobody was interviewed", "การศึกษานี้ไม่มีการสัมภาษณ์")
_NO_SURVEY = ("the study has no survey, or nobody answered it", "การศึกษานี้ไม่มีแบบสอบถาม หรือไม่มีผู้ตอบ")
_NO_JOINT = (
    "no factor has both a theme in the codebook (column factor) and items in the survey (column construct)",
    "ไม่มีปัจจัยใดที่มีทั้งประเด็นในสมุดรหัส (คอลัมน์ factor) และข้อคำถามในแบบสอบถาม (คอลัมน์ construct)",
)
_NO_SECOND_CODER = ("no interview was coded by two coders", "ไม่มีบทสัมภาษณ์ที่มีผู้ลงรหัสสองคน")
_NO_ITEMS = (
    "the survey has no items with a scale, or the study has no survey",
    "แบบสอบถามไม่มีข้อคำถามที่ใช้มาตรวัด หรือการศึกษานี้ไม่มีแบบสอบถาม",
)
_NO_MODEL = (
    "study.yml names no such model, or no respondent has all of its scores",
    "ไม่ได้ระบุตัวแบบนี้ใน study.yml หรือไม่มีผู้ตอบที่มีคะแนนครบทุกตัวแปรของตัวแบบ",
)
_NO_QCA = ("study.yml names no qca", "ไม่ได้ระบุ qca ใน study.yml")
_NO_PAIRS = (
    "fewer than two sites took part in the survey, or the study has no survey",
    "มีพื้นที่ที่ตอบแบบสอบถามไม่ถึงสองแห่ง หรือการศึกษานี้ไม่มีแบบสอบถาม",
)
_NO_CATEGORIES = (
    "no item of the survey has the scale category, or all were answered in free words, or the study has no survey",
    "แบบสอบถามไม่มีข้อคำถามแบบ category หรือตอบเป็นข้อความอิสระทั้งหมด หรือการศึกษานี้ไม่มีแบบสอบถาม",
)
_NO_GROUPS = (
    "fewer than two groups took part in the survey, or the survey does not say who belongs to which, or has no scales",
    "มีกลุ่มที่ตอบแบบสอบถามไม่ถึงสองกลุ่ม หรือแบบสอบถามไม่ได้ระบุกลุ่มของผู้ตอบ หรือไม่มีตัวแปร",
)
# What a study lacks where a table has no rows, in English and in Thai.
_LACKING: dict[str, tuple[str, str]] = {
    "sample": ("nothing was collected", "ยังไม่มีข้อมูล"),
    "sites": ("sites.csv lists no site", "sites.csv ไม่มีพื้นที่"),
    "codes": (
        "the codebook is empty, or no interview is coded yet",
        "สมุดรหัสว่างเปล่า หรือยังไม่มีบทสัมภาษณ์ที่ลงรหัส",
    ),
    "coding_sources": ("no interview was coded", "ไม่มีบทสัมภาษณ์ที่ลงรหัส"),
    "themes_by_site": _NO_THEMES,
    "themes_by_group": _NO_THEMES,
    "agreement": _NO_SECOND_CODER,
    "agreement_units": _NO_SECOND_CODER,
    "agreement_sets": _NO_SECOND_CODER,
    "agreement_unitizing": _NO_SECOND_CODER,
    "agreement_pairs": _NO_SECOND_CODER,
    "disagreements": (
        "the coders agree on every unit, or no interview was coded by two coders",
        "ผู้ลงรหัสเห็นตรงกันทุกหน่วย หรือไม่มีบทสัมภาษณ์ที่มีผู้ลงรหัสสองคน",
    ),
    "themes_by_site_group": _NO_THEMES,
    "theme_spread": _NO_THEMES,
    "framework_matrix": _NO_THEMES,
    "theme_tests": _NO_THEMES,
    "deviant_cases": (
        "nobody stands against most others of a site or group by the rule of the configuration",
        "ไม่มีผู้ให้ข้อมูลที่ต่างจากส่วนใหญ่ของพื้นที่หรือกลุ่มตามเกณฑ์ที่ตั้งไว้",
    ),
    "valence_balance": (
        "no theme has enabling or hindering codes, or nobody was coded for one",
        "ไม่มีประเด็นที่มีรหัสด้านส่งเสริมหรือขัดขวาง หรือไม่มีการลงรหัสดังกล่าว",
    ),
    "theme_cooccurrence": ("the codebook has fewer than two themes", "สมุดรหัสมีประเด็นไม่ถึงสองประเด็น"),
    "saturation": ("no interview was read for every code", "ไม่มีบทสัมภาษณ์ที่อ่านครบทุกรหัส"),
    "quotes_by_theme": ("the article shows no quotes", "บทความไม่มีคำพูดที่ยกมา"),
    "participants": _NO_INTERVIEWS,
    "interview_lengths": _NO_INTERVIEWS,
    "reporting_coreq": _NO_INTERVIEWS,
    "reporting_srqr": _NO_INTERVIEWS,
    "survey_flow": _NO_SURVEY,
    "survey_nonanswers": ("every item was answered by everybody", "ทุกคนตอบครบทุกข้อ"),
    "reporting_gramms": ("it is for studies with both interviews and a survey", "ใช้กับการศึกษาที่มีทั้งการสัมภาษณ์และแบบสอบถาม"),
    "sample_size": _NO_SURVEY,
    "survey_response_by_site": _NO_SURVEY,
    "survey_representativity": _NO_SURVEY,
    "power": _NO_SCALES,
    "joint_display": _NO_JOINT,
    "joint_ranking": _NO_JOINT,
    "sample_design": (
        "study.yml does not say how the sample was drawn (survey.design)",
        "study.yml ไม่ได้ระบุแบบแผนการสุ่มตัวอย่าง (survey.design)",
    ),
    "items": _NO_ITEMS,
    "item_answers": (
        "the survey has no items with points of a scale, or the study has no survey",
        "แบบสอบถามไม่มีข้อคำถามที่ตอบเป็นระดับของมาตรวัด หรือการศึกษานี้ไม่มีแบบสอบถาม",
    ),
    "item_statistics": _NO_ITEMS,
    "item_rest": _NO_SCALES,
    "scale_reliability": _NO_SCALES,
    "scale_dimensionality": _NO_SCALES,
    "scale_eigenvalues": _NO_SCALES,
    "scale_statistics": _NO_SCALES,
    "group_statistics": (
        "the survey does not say which group respondents belong to, or has no scales",
        "แบบสอบถามไม่ได้ระบุกลุ่มของผู้ตอบ หรือไม่มีตัวแปร",
    ),
    "site_comparison": _NO_SCALES,
    "site_comparison_pairs": _NO_PAIRS,
    "group_comparison": _NO_GROUPS,
    "group_comparison_pairs": _NO_GROUPS,
    "category_comparison": (
        "no item of the survey has the scale category or two answers, or the study has no survey",
        "แบบสอบถามไม่มีข้อคำถามแบบ category หรือแบบสองคำตอบ หรือการศึกษานี้ไม่มีแบบสอบถาม",
    ),
    "category_answers": _NO_CATEGORIES,
    "category_answers_by_group": (
        "the survey does not say which group respondents belong to, or no item has the scale category",
        "แบบสอบถามไม่ได้ระบุกลุ่มของผู้ตอบ หรือไม่มีข้อคำถามแบบ category",
    ),
    "categories": _NO_CATEGORIES,
    "mcnemar_by_group": (
        "no question with two answers was asked before and after of respondents whose group is known",
        "ไม่มีข้อคำถามแบบสองคำตอบที่ถามทั้งก่อน (before) และหลัง (after) จากผู้ตอบที่ระบุกลุ่ม",
    ),
    "mcnemar": (
        "no question with two answers was asked before and after",
        "ไม่มีข้อคำถามแบบสองคำตอบที่ถามทั้งก่อน (before) และหลัง (after)",
    ),
    "before_after_by_group": (
        "no construct has items of both waves, before and after, or the survey does not say who belongs to which group",
        "ไม่มีตัวแปรที่มีข้อคำถามทั้งก่อน (before) และหลัง (after) หรือแบบสอบถามไม่ได้ระบุกลุ่มของผู้ตอบ",
    ),
    "before_after": (
        "no construct has items of both waves, before and after, in survey/items.csv",
        "ไม่มีตัวแปรที่มีข้อคำถามทั้งก่อน (before) และหลัง (after) ใน survey/items.csv",
    ),
    "outcome_model": _NO_MODEL,
    "outcome_model_fit": _NO_MODEL,
    "model_terms": _NO_MODEL,
    "model_fits": _NO_MODEL,
    "model_diagnostics": _NO_MODEL,
    "model_collinearity": _NO_MODEL,
    "proportional_odds": (
        "study.yml names no ordinal model, or its outcome is a number",
        "ไม่ได้ระบุตัวแบบเรียงลำดับใน study.yml หรือตัวแปรตามเป็นจำนวน",
    ),
    "missing_items": _NO_ITEMS,
    "missing_data": _NO_ITEMS,
    "imputation_comparison": _NO_MODEL,
    "qca_sets": _NO_QCA,
    "qca_necessity": _NO_QCA,
    "qca_fit": _NO_QCA,
}


def why_not(sources: Collection[str], filled: Collection[str]) -> tuple[str, str] | None:
    """Why something cannot be shown, in English and in Thai; None if it can.

    Args:
        sources: names of the tables that it is made from, an entry of `ARTICLE_TABLES` or `FIGURES`.
        filled: names of the tables that have rows.
    """
    return next((_LACKING[source] for source in sources if source not in filled), None)


def filled(tables: Tables) -> set[str]:
    """Names of the tables that have something to show: rows, and not all of them counting nobody."""
    names = set()
    for name, frame in tables.items():
        counts = frame[[column for column in ("n", "denominator") if column in frame]]
        if len(frame) and (counts.empty or (counts > 0).any(axis=None)):
            names.add(name)
    return names


@dataclass(frozen=True)
class Labels:
    """What everything is called in one language: id -> label, in the order in which it is shown.

    Attributes:
        themes: the codes without parent.
        bands: labels of the interpretation bands, highest first; band 1 is the first.
        band_limits: the means above which these bands lie.
        inferences: what the article concludes from both strands, by construct; Markdown, as it is written there.
    """

    language: Language
    sites: dict[str, str]
    groups: dict[str, str]
    codes: dict[str, str]
    themes: dict[str, str]
    constructs: dict[str, str]
    items: dict[str, str]
    bands: list[str]
    band_limits: list[float]
    inferences: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        language: Language,
        tables: Tables,
        groups: Mapping[str, Text] | None = None,
        constructs: Mapping[str, Text] | None = None,
        bands: Sequence[Mapping[str, Any]] = (),
        inferences: Mapping[str, Text] | None = None,
    ) -> Labels:
        """Labels from the tables `sites`, `codes` and `items` (those that are there) and from the study.

        Args:
            groups, constructs: id -> language -> label, in the order of study.yml.
            bands: as in the configuration (`analysis.scales.bands`).
            inferences: language -> construct -> what the article concludes, in Markdown.
        """

        def column(table: str, key: str, label: str, theme: bool = False) -> dict[str, str]:
            if table not in tables:
                return {}
            frame = tables[table]
            frame = frame.sort_values("position") if "position" in frame else frame
            frame = frame[frame["parent_id"] == ""] if theme else frame
            return dict(zip(frame[key], frame[f"{label}_{language}"], strict=True))

        return cls(
            language=language,
            sites=column("sites", "site_id", "name"),
            groups={id_: label[language] for id_, label in (groups or {}).items()},
            codes=column("codes", "code_id", "label"),
            themes=column("codes", "code_id", "label", theme=True),
            constructs={id_: label[language] for id_, label in (constructs or {}).items()},
            items=column("items", "item_id", "text"),
            bands=[band["label"][language] for band in bands],
            band_limits=[band["above"] for band in bands],
            inferences=(inferences or {}).get(language, {}),
        )

    def say(self, en: str, th: str) -> str:
        """The text in the language of the labels."""
        return th if self.language == "th" else en

    @property
    def all_sites(self) -> str:
        """What all sites together are called; of one site, its name."""
        return self.say("All sites", "ทุกพื้นที่") if len(self.sites) != 1 else next(iter(self.sites.values()))

    @property
    def sites_and_all(self) -> dict[str, str]:
        """The sites, and all of them together under `ALL`; of one site that alone: it would say the same twice."""
        return {**(self.sites if len(self.sites) != 1 else {}), ALL: self.all_sites}

    @property
    def of_sites(self) -> Unit:
        """The sites, without a total."""
        return Unit.sites(self.sites, total=False)

    @property
    def of_sites_and_all(self) -> Unit:
        """The sites, then all together."""
        return Unit.sites(self.sites)

    @property
    def of_groups(self) -> Unit:
        """The groups, without a total."""
        return Unit.groups(self.groups)

    def names(self, unit: Unit) -> dict[str, str]:
        """What the members of a unit are called, in their order, with `all` where it has a total."""
        if unit.part == "group":
            return {**self.groups, ALL: self.say("All", "รวม")} if unit.total else self.groups
        return self.sites_and_all if unit.total else self.sites

    def one(self, unit: Unit) -> str:
        """What one of the unit is called, as a heading."""
        return self.say(unit.en.capitalize(), unit.th)

    def site(self, site_id: str) -> str:
        """Name of a site, or of all of them together."""
        return self.all_sites if site_id == ALL else self.sites[site_id]

    def scale(self, construct: str, wave: str) -> str:
        """Name of a construct, or of all items together, with the wave if it was asked twice."""
        name = self.say("All items", "ทุกข้อ") if construct == ALL else self.constructs[construct]
        return self._in_wave(name, wave)

    def item(self, item_id: str, wave: str) -> str:
        """Text of an item, with the wave if it was asked twice and the text does not say so itself."""
        text = self.items[item_id]
        twice = [id_ for id_, other in self.items.items() if other == text]
        return self._in_wave(text, wave) if len(twice) > 1 else text

    def _in_wave(self, label: str, wave: str) -> str:
        waves = {"before": self.say("before", "ก่อน"), "after": self.say("after", "หลัง")}
        return f"{label} ({waves[wave]})" if wave in waves else label
