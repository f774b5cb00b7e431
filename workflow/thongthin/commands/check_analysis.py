"""What the check tells of the choices of a study: models, configurations, populations, and what falls short."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.commands.foreseen import foresee
from thongthin.contract.checklists import CHECKLISTS
from thongthin.contract.loading import StudySettings
from thongthin.contract.qca import Configurations
from thongthin.contract.study import OutcomeModel
from thongthin.contract.survey import Survey
from thongthin.contract.tables import ALL
from thongthin.interviews.quote_checks import quote_checks
from thongthin.interviews.quote_checks import shortfalls as unmet_rules
from thongthin.present.value_keys import Rows
from thongthin.read.study import no_rows
from thongthin.statistics.weights import carries_weights
from thongthin.synthesis.reporting import open_items
from thongthin.synthesis.reporting import shortfalls as unanswered
from thongthin.synthesis.robustness import too_few_cases


def check_analysis(settings: StudySettings, tables: Mapping[str, pd.DataFrame], problems: Problems) -> None:
    """Whether what study.yml asks of the analysis can be done with the data."""
    coders = sorted(set(tables["coverage"]["coder"]))
    wanted = settings.analysis.themes.coders
    if coders and wanted not in {"any", "all", *coders}:
        hint_en, hint_th = did_you_mean(wanted, ["any", "all", *coders])
        problems.add(
            "unknown-coder",
            f'"{wanted}" is not a coder of this study.',
            f'ไม่มีผู้ลงรหัส "{wanted}" ในการศึกษานี้',
            column="analysis.themes.coders",
            hint_en=hint_en,
            hint_th=hint_th,
        )
    themes = set(tables["codes"].loc[tables["codes"]["parent_id"] == "", "code_id"])
    asked = {
        "quotes.local_themes": settings.analysis.quotes.local_themes,
        "themes.mapped": settings.analysis.themes.mapped,
    }
    for column, theme in ((column, theme) for column, named in asked.items() for theme in named):
        if len(tables["codes"]) and theme not in themes:
            hint_en, hint_th = did_you_mean(theme, themes)
            problems.add(
                "unknown-theme",
                f'"{theme}" is not a theme of the codebook.',
                f'ไม่มีประเด็น "{theme}" ในสมุดรหัส',
                column=f"analysis.{column}",
                hint_en=hint_en,
                hint_th=hint_th,
            )
    _check_mapped(settings, problems)
    if settings.study.qca:
        _check_configurations(settings.study.qca, tables, problems)
    survey = settings.study.survey if "responses" in tables else None
    if survey:
        _check_population(survey, tables, problems)
    for id_, model in settings.study.outcome_models.items():
        _check_model(f"models, {id_}" if id_ else "model", model, tables, problems)
    if survey and settings.study.outcome_models and carries_weights(tables["responses"]):
        problems.notice(
            "unweighted-models",
            "Respondents have weights. Descriptions use them; models and tests leave them out, and say so below their"
            " tables.",
            "ผู้ตอบมีค่าน้ำหนัก สถิติพรรณนาถ่วงน้ำหนัก ส่วนตัวแบบและการทดสอบไม่ได้ถ่วงน้ำหนัก ซึ่งระบุไว้ใต้ตาราง",
            column="survey.weight",
            hint_en="Say in the article that models describe the respondents, and not the population.",
            hint_th="ระบุในบทความว่าตัวแบบอธิบายเฉพาะผู้ตอบ ไม่ใช่ประชากร",
        )
    if survey and len(tables["responses"]) and "group" in tables["responses"] and not problems.found:
        for own in foresee(
            settings.study,
            tables,
            answered=settings.choice("scales.answered"),
            most=settings.choice("model.sample"),
            seed=settings.choice("seed"),
        ):
            problems.notice("undefined", own.en, own.th, column=own.column, hint_en=own.hint_en, hint_th=own.hint_th)


def _check_mapped(settings: StudySettings, problems: Problems) -> None:
    """Whether the constructs that a map is to show are there."""
    for construct in settings.analysis.scales.mapped:
        if settings.study.survey and construct not in settings.study.constructs:
            hint_en, hint_th = did_you_mean(construct, settings.study.constructs)
            problems.add(
                "unknown-construct",
                f'There is no construct "{construct}" in study.yml (framework).',
                f'ไม่มีตัวแปร "{construct}" ใน study.yml (framework)',
                column="analysis.scales.mapped",
                hint_en=hint_en,
                hint_th=hint_th,
            )


def _check_model(where: str, model: OutcomeModel, tables: Mapping[str, pd.DataFrame], problems: Problems) -> None:
    """Whether the survey measures what a model of study.yml names."""
    measured = set(tables["items"]["construct"]) if "items" in tables else set()
    for construct in [model.outcome, *model.predictors]:
        if construct not in measured and ("items" not in tables or len(tables["items"])):
            hint_en, hint_th = did_you_mean(construct, measured - {""})
            problems.add(
                "unmeasured-construct",
                f'The model needs "{construct}", but no item of the survey measures it.',
                f'ตัวแบบใช้ "{construct}" แต่ไม่มีข้อคำถามใดในแบบสอบถามวัดตัวแปรนี้',
                column=where,
                hint_en=hint_en,
                hint_th=hint_th,
            )
    items = tables.get("items", pd.DataFrame({"item_id": [], "minimum": []}))
    scaled = list(items.loc[items["minimum"].notna(), "item_id"])
    if model.item and scaled and model.item not in scaled:
        hint_en, hint_th = did_you_mean(model.item, scaled)
        problems.add(
            "unknown-item",
            f'The model explains the answers to "{model.item}", which is no item with a scale.',
            f'ตัวแบบอธิบายคำตอบของ "{model.item}" ซึ่งไม่ใช่ข้อคำถามที่ใช้มาตรวัด',
            column=f"{where}.item",
            hint_en=hint_en,
            hint_th=hint_th,
        )


def _check_configurations(qca: Configurations, tables: Mapping[str, pd.DataFrame], problems: Problems) -> None:
    """Whether the sets of the analysis of configurations can be measured; a notice if the cases are few for them."""
    codes = tables["codes"]
    themes = set(codes.loc[codes["parent_id"] == "", "code_id"])
    valent = set(codes.loc[codes["valence"].isin(["enabling", "hindering"]), "theme_id"])
    items = tables.get("items")
    measured = set(items["construct"]) - {""} if items is not None else set()
    for own in qca.sets:
        where = "qca.outcome" if own is qca.outcome else "qca.conditions"
        if own.theme and len(codes) and own.theme not in themes:
            hint_en, hint_th = did_you_mean(own.theme, themes)
            problems.add(
                "unknown-theme",
                f'The set "{own.id}" needs the theme "{own.theme}", which is not in the codebook.',
                f'เซต "{own.id}" ใช้ประเด็น "{own.theme}" ซึ่งไม่มีในสมุดรหัส',
                column=where,
                hint_en=hint_en,
                hint_th=hint_th,
            )
        elif own.theme and len(codes) and own.measure in ("enabling_share", "balance") and own.theme not in valent:
            problems.add(
                "no-valence",
                f'The set "{own.id}" is measured by {own.measure}, but no code of the theme "{own.theme}" is enabling'
                " or hindering.",
                f'เซต "{own.id}" วัดด้วย {own.measure} แต่ไม่มีรหัสใดในประเด็น "{own.theme}" เป็น enabling หรือ hindering',
                column=where,
                hint_en="Fill in the column valence of the codebook, or take another measure.",
                hint_th="เติมคอลัมน์ valence ในสมุดรหัส หรือใช้การวัดอื่น",
            )
        if own.construct_ and own.construct_ not in measured and (items is None or len(items)):
            hint_en, hint_th = did_you_mean(own.construct_, measured)
            problems.add(
                "unmeasured-construct",
                f'The set "{own.id}" needs "{own.construct_}", but no item of the survey measures it.',
                f'เซต "{own.id}" ใช้ "{own.construct_}" แต่ไม่มีข้อคำถามใดในแบบสอบถามวัดตัวแปรนี้',
                column=where,
                hint_en=hint_en,
                hint_th=hint_th,
            )
        elif own.construct_ and items is not None and len(items):
            waves = sorted(set(items.loc[items["construct"] == own.construct_, "wave"]))
            if own.wave not in waves:
                problems.add(
                    "unmeasured-construct",
                    f'The set "{own.id}" needs "{own.construct_}" in the wave "{own.wave}", but the survey has it in:'
                    f" {', '.join(waves)}.",
                    f'เซต "{own.id}" ใช้ "{own.construct_}" ในช่วง "{own.wave}" แต่แบบสอบถามมีเฉพาะ: {", ".join(waves)}',
                    column=where,
                )
    cases = len(tables["sites"]) if qca.cases == "site" else tables["coverage"]["participant_id"].nunique()
    if cases and (few := too_few_cases(len(qca.conditions), cases)):
        problems.notice("few-cases", f"{few[0]}.", few[1], column="qca.conditions",
                        hint_en="Use fewer conditions, or say in the article why these are needed.",
                        hint_th="ลดจำนวนเงื่อนไข หรืออธิบายเหตุผลในบทความ")  # fmt: skip


def notice_shortfalls(
    settings: StudySettings,
    tables: Mapping[str, pd.DataFrame],
    rows: Rows,
    shown: Mapping[str, list[str]],
    problems: Problems,
) -> None:
    """Notices of the rules that the quotes do not keep, and of the items that the reporting checklists leave open.

    Args:
        rows: as from `rows_of_study`.
        shown: language -> ids of the quotes in its article.
    """
    rules = settings.choice("quotes")
    quotes_stop = rules.pop("on_failure") == "stop"
    checks = no_rows("quote_checks")
    if "quotes" in tables and "codes" in tables:
        checks = quote_checks(shown, tables["quotes"], tables["codes"], len(tables["sites"]), **rules)
    for article in shown:
        for en, th in unmet_rules(checks, article):
            problems.notice(
                "quote-balance",
                en,
                th,
                file=f"report/{settings.name}/article.{article}.qmd",
                hint_en="Choose other quotes, or name themes of one site in study.yml: analysis.quotes.local_themes.",
                hint_th="เลือกคำพูดอื่น หรือระบุประเด็นเฉพาะพื้นที่ใน analysis.quotes.local_themes ของ study.yml",
                stops_later=quotes_stop,
            )
    has = {*rows, *(name for name, frame in tables.items() if len(frame)), *(["quote_checks"] if len(checks) else [])}
    for en, th in unanswered({key: open_items(key, settings.study, has) for key in CHECKLISTS}):
        problems.notice(
            "open-items",
            en,
            th,
            file=f"data/raw/{settings.name}/study.yml",
            column="reporting",
            hint_en="Answer them under reporting in study.yml; the questions stand in the table of the checklist.",
            hint_th="ตอบไว้ใต้ reporting ใน study.yml คำถามอยู่ในตารางของรายการตรวจสอบ",
            stops_later=settings.choice("reporting")["open_items"] == "stop",
        )


def _check_population(survey: Survey, tables: Mapping[str, pd.DataFrame], problems: Problems) -> None:
    """Whether the population by site is that of the sites, and no smaller than those who answered."""
    sites = list(tables["sites"]["site_id"])
    column = "survey.population"
    if not survey.population or not sites:
        return
    if ALL not in survey.population:
        for site in survey.population:
            if site not in sites:
                hint_en, hint_th = did_you_mean(site, sites)
                problems.add(
                    "unknown-site",
                    f'"{site}" is not a site of sites.csv.',
                    f'ไม่มีพื้นที่ "{site}" ใน sites.csv',
                    column=column,
                    hint_en=hint_en,
                    hint_th=hint_th,
                )
        for site in sites:
            if site not in survey.population:
                problems.add(
                    "missing-population",
                    f'The site "{site}" has no population.',
                    f'ไม่ได้ระบุจำนวนประชากรของพื้นที่ "{site}"',
                    column=column,
                    hint_en="Give it for every site, or one number for all sites together.",
                    hint_th="ระบุให้ครบทุกพื้นที่ หรือระบุจำนวนเดียวสำหรับทุกพื้นที่รวมกัน",
                )
    answered = tables["responses"]["site_id"].value_counts().to_dict()
    answered[ALL] = len(tables["responses"])
    for site, people in survey.population.items():
        if answered.get(site, 0) > people:
            problems.add(
                "small-population",
                f'"{site}" has {answered[site]:,} respondents, but a population of {people:,}.',
                f'"{site}" มีผู้ตอบ {answered[site]:,} คน แต่ระบุประชากรไว้ {people:,} คน',
                column=column,
                hint_en="Give the number of people whom the survey is about.",
                hint_th="ระบุจำนวนคนทั้งหมดที่แบบสอบถามมุ่งศึกษา",
            )
