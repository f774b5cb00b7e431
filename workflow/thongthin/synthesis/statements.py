"""Statements on how a study was done, from its data and from study.yml: what checklists are answered with."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

import pandas as pd

from thongthin.basics.language import Language, format_date, format_number
from thongthin.basics.records import records
from thongthin.contract.study import Study
from thongthin.contract.tables import ALL

LANGUAGES: tuple[Language, ...] = ("th", "en")
OPEN = "open"


class Facts(NamedTuple):
    """What statements are made from.

    Attributes:
        study: what study.yml says.
        tables: processed and result tables by name, those that the study has.
        analysis: the choices of the analysis, as nested plain data.
        language: of the sentences.
    """

    study: Study
    tables: Mapping[str, pd.DataFrame]
    analysis: Mapping[str, Any]
    language: Language

    def say(self, en: str, th: str) -> str:
        return th if self.language == "th" else en

    def n(self, number: Any, format: str = "count") -> str:
        """A number as it reads in a sentence."""
        return format_number(number, format, self.language)

    def groups(self, people: pd.DataFrame) -> str:
        """How many people belong to each group, in brackets behind a space: `` (Officials 6, Citizens 6)``.

        Empty where there is one group.
        """
        counted = ", ".join(
            f"{getattr(group.label, self.language)} {self.n((people['group'] == group.id).sum())}"
            for group in self.study.groups
        )
        return f" ({counted})" if len(self.study.groups) > 1 else ""

    def label(self, table: str, key: str, column: str) -> dict[str, str]:
        """id -> name in the language of the sentences."""
        frame = self.tables[table]
        return dict(zip(frame[key], frame[f"{column}_{self.language}"], strict=True))


def _sample(facts: Facts) -> str:
    people = facts.tables["participants"]
    n, groups = facts.n(len(people)), facts.groups(people)
    return facts.say(f"Participants: {n}{groups}.", f"ผู้ให้ข้อมูล {n} คน{groups}")


def _frame(facts: Facts) -> str:
    people, names = facts.tables["participants"], facts.label("sites", "site_id", "name")
    counts = people["site_id"].value_counts().reindex(list(names), fill_value=0)
    if len(names) > MOST_SITES:
        sites, low, high = (facts.n(n) for n in (len(names), counts.min(), counts.max()))
        return facts.say(
            f"There are {sites} sites, with {low} to {high} participants each.",
            f"มี {sites} พื้นที่ พื้นที่ละ {low} ถึง {high} คน",
        )
    said = "; ".join(
        f"{name} {facts.n(counts[site])}{facts.groups(people[people['site_id'] == site])}"
        for site, name in names.items()
    )
    return facts.say(f"Participants by site: {said}.", f"ผู้ให้ข้อมูลจำแนกตามพื้นที่: {said}")


def _sites(facts: Facts) -> str:
    names = facts.label("sites", "site_id", "name")
    places = [facts.study.district, facts.study.province]
    where = ", ".join(getattr(place, facts.language) for place in places if place)
    n = facts.n(len(names))
    listed = f": {'; '.join(names.values())}" if len(names) <= MOST_SITES else ""
    return facts.say(
        f"Sites{where and f' in {where}'} ({n}){listed}.", f"พื้นที่ศึกษา{where and f'ใน{where}'} {n} แห่ง{listed}"
    )


def _dates(facts: Facts) -> str:
    said = ""
    if period := facts.study.fieldwork:
        begin, end = (format_date(day, facts.language) for day in (period.from_, period.to))
        said = facts.say(f"Fieldwork lasted from {begin} to {end}.", f"เก็บข้อมูลตั้งแต่ {begin} ถึง {end}")
    days = [datetime.date.fromisoformat(day) for day in facts.tables["participants"]["interviewed_on"] if day]
    if not days:
        return said
    first, last = (format_date(day, facts.language) for day in (min(days), max(days)))
    interviews = facts.say(f"The interviews were held between {first} and {last}.", f"สัมภาษณ์ระหว่าง {first} ถึง {last}")
    return f"{said} {interviews}".strip()


def _in_language(text: str, facts: Facts) -> str:
    """The usual words for a sex in the language of the answer; any other text of the participants as it stands."""
    for en, th in (("female", "หญิง"), ("male", "ชาย")):
        if text.casefold() in (en, th):
            return facts.say(en, th)
    return text


def _people(facts: Facts) -> str:
    parts = []
    for column, en, th in (("sex", "Sex", "เพศ"), ("age_band", "Age", "อายุ")):
        values = [_in_language(value, facts) for value in facts.tables["participants"][column] if value]
        if values:
            listed = ", ".join(f"{value} ({facts.n(values.count(value))})" for value in sorted(set(values)))
            parts.append(facts.say(f"{en}: {listed}.", f"{th}: {listed}"))
    return " ".join(parts)


def _length(facts: Facts) -> str:
    sample = facts.tables["sample"].set_index(["quantity", "site_id"])["n"]
    characters, turns = (facts.n(sample[quantity, ALL]) for quantity in ("characters", "turns"))
    return facts.say(
        f"Length of the transcripts: {characters} characters; turns of participants: {turns}.",
        f"บทถอดความมี {characters} อักขระ เป็นช่วงพูดของผู้ให้ข้อมูล {turns} ช่วง",
    )


def _saturation(facts: Facts) -> str:
    table, choices = facts.tables["saturation"], facts.analysis["saturation"]
    row = table[table["site_id"] == ALL].iloc[0]
    base, run = facts.n(choices["base_size"]), facts.n(choices["run_length"])
    limit = facts.n(choices["threshold"], "share")
    what = facts.say({"codes": "codes", "themes": "themes"}[row["of"]], {"codes": "รหัส", "themes": "ประเด็น"}[row["of"]])
    rule = facts.say(
        f"base of {base} interviews, runs of {run}, at most {limit} new {what}; Guest, Namey and Chen, 2020",
        f"ฐาน {base} บท ช่วงละ {run} บท {what}ใหม่ไม่เกิน{limit} ตาม Guest, Namey & Chen, 2020",
    )
    if pd.isna(row["first_ratio"]):
        return facts.say(
            f"Saturation could not be assessed: there are {facts.n(row['n'])} interviews that were read for every code"
            f" ({rule}).",
            f"ประเมินความอิ่มตัวไม่ได้ เพราะมีบทสัมภาษณ์ที่อ่านครบทุกรหัส {facts.n(row['n'])} บท ({rule})",
        )
    if pd.isna(row["point"]):
        last = facts.n(row["last_ratio"], "share")
        return facts.say(
            f"Saturation was not reached: the last run still brought {last} new {what} ({rule}).",
            f"ยังไม่ถึงจุดอิ่มตัว ช่วงสุดท้ายยังได้{what}ใหม่{last} ({rule})",
        )
    said = facts.say(
        f"Over all sites, saturation was reached at {row['notation']} interviews ({rule}).",
        f"เมื่อรวมทุกพื้นที่ ถึงจุดอิ่มตัวที่ {row['notation']} บท ({rule})",
    )
    if pd.isna(row["point_median"]):
        return said
    orders, median = facts.n(choices["orders"]), facts.n(row["point_median"])
    reached = facts.n(row["reached"], "share")
    return said + facts.say(
        f" In {orders} random orders of the interviews {reached} reached it; the median point is {median}.",
        f" เมื่อสุ่มลำดับบทสัมภาษณ์ {orders} ครั้ง ถึงจุดอิ่มตัว{reached} มัธยฐานอยู่ที่ {median} บท",
    )


def _coders(facts: Facts) -> str:
    coverage = facts.tables["coverage"]
    readers = coverage.groupby("participant_id")["coder"].nunique()
    coders, twice, whole = (facts.n(n) for n in (coverage["coder"].nunique(), (readers > 1).sum(), len(readers)))
    return facts.say(
        f"Coders: {coders}. Of {whole} interviews coded, {twice} were read by more than one coder.",
        f"ผู้ลงรหัส {coders} คน จากบทสัมภาษณ์ที่ลงรหัส {whole} บท มี {twice} บทที่ผู้ลงรหัสอ่านมากกว่าหนึ่งคน",
    )


def _agreement(facts: Facts) -> str:
    table = facts.tables["agreement"]
    row = table[table["code_id"] == ALL].iloc[0]
    if pd.isna(row["alpha"]):
        return facts.say(
            "Agreement of the coders is undefined: their decisions do not vary.",
            "คำนวณความสอดคล้องของผู้ลงรหัสไม่ได้ เพราะการตัดสินไม่มีความแปรผัน",
        )
    alpha = facts.n(row["alpha"], "coefficient")
    interval = ""
    if not pd.isna(row["alpha_low"]):
        low, high = (facts.n(row[column], "coefficient") for column in ("alpha_low", "alpha_high"))
        level = f"{100 * facts.analysis['agreement']['confidence']:g}%"
        interval = facts.say(f" ({level} interval {low} to {high})", f" (ช่วงความเชื่อมั่น {level} {low} ถึง {high})")
    return facts.say(
        f"Agreement of the coders over all codes: Krippendorff’s α = {alpha}{interval}.",
        f"ความสอดคล้องของผู้ลงรหัสรวมทุกรหัส: α ของคริปเพนดอร์ฟ = {alpha}{interval}",
    )


def _codebook(facts: Facts) -> str:
    codes = facts.tables["codes"]
    whole = len(codes)
    themes = int((codes["parent_id"] == "").sum())
    defined = int((codes[f"definition_{facts.language}"] != "").sum())
    return facts.say(
        f"Themes in the codebook: {facts.n(themes)}; codes below them: {facts.n(whole - themes)}; with a definition:"
        f" {facts.n(defined)} of {facts.n(whole)}.",
        f"สมุดรหัสมี {facts.n(themes)} ประเด็น และรหัสย่อย {facts.n(whole - themes)} รหัส"
        f" มีนิยาม {facts.n(defined)} จาก {facts.n(whole)} รายการ",
    )


def _framework(facts: Facts) -> str:
    codes, framework = facts.tables["codes"], facts.study.framework
    if not facts.study.constructs:
        return ""
    factors, outcomes = facts.n(len(framework.factors)), facts.n(len(framework.outcomes))
    tied, whole = facts.n((codes["factor"] != "").sum()), facts.n(len(codes))
    return facts.say(
        f"Conceptual framework: factors {factors}, outcomes {outcomes}; tied to one of them: {tied} of {whole} codes.",
        f"กรอบแนวคิดมี {factors} ปัจจัย และ {outcomes} ผลลัพธ์ รหัส {tied} จาก {whole} รายการผูกกับกรอบแนวคิด",
    )


def _software(facts: Facts) -> str:
    return facts.say(
        "Transcripts, coding and results were managed with Thongthin, an open and repeatable workflow in Python.",
        "จัดการบทถอดความ การลงรหัส และผล ด้วย Thongthin ซึ่งเป็นกระบวนการเปิดเผยที่ทำซ้ำได้ในภาษา Python",
    )


def _quotes(facts: Facts) -> str:
    table = facts.tables["quotes_by_theme"].set_index(["article", "theme_id"])
    place = (facts.language, ALL)
    n, participants, sites = (facts.n(table.loc[place, column]) for column in ("n", "participants", "sites"))
    return facts.say(
        f"Quotations in the article: {n}, from {participants} participants at {sites} sites; each names participant,"
        " group and site.",
        f"บทความยกคำพูด {n} รายการ จากผู้ให้ข้อมูล {participants} คน ใน {sites} พื้นที่ ทุกรายการระบุผู้ให้ข้อมูล กลุ่ม และพื้นที่",
    )


def _traceable(facts: Facts) -> str:
    return facts.say(
        "Every coded segment and every quotation was found word for word in its transcript, and the numbers of the"
        " article are computed from the data.",
        "ข้อความที่ลงรหัสและคำพูดที่ยกมาทุกรายการตรงกับบทถอดความทุกตัวอักษร และตัวเลขในบทความคำนวณจากข้อมูล",
    )


def _themes(facts: Facts) -> str:
    table = facts.tables["themes_by_site"]
    names = facts.label("codes", "code_id", "label")
    own = table[(table["site_id"] == ALL) & (table["denominator"] > 0)]
    own = own.sort_values("participants", ascending=False, kind="stable")
    said = "; ".join(
        facts.say(
            f"{names[row['theme_id']]} ({facts.n(row['participants'])} of {facts.n(row['denominator'])})",
            f"{names[row['theme_id']]} ({facts.n(row['participants'])} จาก {facts.n(row['denominator'])})",
        )
        for row in records(own.head(MOST_THEMES))
    )
    if len(own) > MOST_THEMES:
        more = facts.n(len(own) - MOST_THEMES)
        said += facts.say(f"; and {more} more", f" และอีก {more} ประเด็น")
    return facts.say(
        f"Themes, with the number of participants who speak of them: {said}.",
        f"ประเด็นและจำนวนผู้ให้ข้อมูลที่กล่าวถึง: {said}",
    )


def _consent(facts: Facts) -> str:
    n = facts.n(len(facts.tables["participants"]))
    return facts.say(
        f"Consent is recorded for all {n} participants whose interviews were used.",
        f"มีบันทึกความยินยอมของผู้ให้ข้อมูลที่ใช้บทสัมภาษณ์ครบทั้ง {n} คน",
    )


def _ethics(facts: Facts) -> str:
    return str(getattr(facts.study.ethics, facts.language)) if facts.study.ethics else ""


def _title(facts: Facts) -> str:
    return str(getattr(facts.study.title, facts.language))


def _respondents(facts: Facts) -> str:
    table, items = facts.tables["sample_size"].set_index("site_id")["n"], facts.tables["items"]
    n, asked = facts.n(table[ALL]), facts.n((items["construct"] != "").sum())
    names = facts.label("sites", "site_id", "name")
    listed = ", ".join(f"{name} {facts.n(table[site])}" for site, name in names.items())
    by_site = f" ({listed})" if len(names) <= MOST_SITES else ""
    return facts.say(
        f"Respondents of the survey: {n}{by_site}; items that measure factors and outcomes: {asked}.",
        f"ผู้ตอบแบบสอบถาม {n} คน{by_site} ข้อคำถามที่วัดปัจจัยและผลลัพธ์ {asked} ข้อ",
    )


def _joint(facts: Facts) -> str:
    table = facts.tables["joint_display"]
    factors, sites = facts.n(table["construct"].nunique()), facts.n(len(facts.tables["sites"]))
    return facts.say(
        "After each strand was analysed by itself, a joint display set interviews and survey side by side: factors and"
        f" outcomes {factors}, sites {sites}.",
        f"หลังวิเคราะห์แต่ละวิธีแยกกัน ได้จัดแสดงผลสัมภาษณ์กับแบบสอบถามคู่กัน รวมปัจจัยและผลลัพธ์ {factors} ตัว พื้นที่ {sites} แห่ง",
    )


def _ranking(facts: Facts) -> str:
    table = facts.tables["joint_ranking"]
    own = table[(table["measure"] == "index") & table["tau"].notna()]
    said = "; ".join(
        f"{getattr(facts.study.constructs[construct], facts.language)} {facts.n(tau, 'coefficient')}"
        for construct, tau in zip(own["construct"], own["tau"], strict=True)
    )
    return said and facts.say(
        "Agreement of interviews (balance of enabling and hindering statements) and survey (mean) on the order of the"
        f" sites, Kendall’s τ-b: {said}.",
        f"ความสอดคล้องของลำดับพื้นที่ระหว่างสัมภาษณ์ (ดุลข้อความส่งเสริมกับขัดขวาง) กับแบบสอบถาม (ค่าเฉลี่ย) τ-b ของเคนดอลล์: {said}",
    )


class Statement(NamedTuple):
    """A sentence or two on one matter.

    Attributes:
        say: makes it; empty where the tables hold nothing on the matter.
        needs: tables that it is made from; all of them must have rows.
        source: where it comes from, `data` or `study.yml`.
        fits: whether a study has anything to say on the matter, as far as its study.yml tells.
    """

    say: Callable[[Facts], str]
    needs: tuple[str, ...]
    source: str = "data"
    fits: Callable[[Study], bool] = lambda study: True

    def can_be_made(self, study: Study, has: Collection[str]) -> bool:
        """Whether it can be made of the tables that have rows."""
        return self.fits(study) and set(has).issuperset(self.needs)


# By the name that the items of the checklists use. Where there are quotes in the article, `quote_checks` has rows.
STATEMENTS: dict[str, Statement] = {
    "sample": Statement(_sample, ("participants",)),
    "frame": Statement(_frame, ("participants", "sites")),
    "sites": Statement(_sites, ("sites",)),
    "dates": Statement(_dates, ("participants",)),
    "people": Statement(_people, ("participants",)),
    "length": Statement(_length, ("sample",)),
    "saturation": Statement(_saturation, ("saturation",)),
    "coders": Statement(_coders, ("coverage",)),
    "agreement": Statement(_agreement, ("agreement",)),
    "codebook": Statement(_codebook, ("codes",)),
    "framework": Statement(_framework, ("codes",)),
    "software": Statement(_software, ("transcripts",)),
    "quotes": Statement(_quotes, ("quote_checks", "quotes_by_theme")),
    "traceable": Statement(_traceable, ("transcripts",)),
    "themes": Statement(_themes, ("themes_by_site", "codes")),
    "respondents": Statement(_respondents, ("sample_size", "items", "sites")),
    "joint": Statement(_joint, ("joint_display", "sites")),
    "ranking": Statement(_ranking, ("joint_ranking",)),
    # People who do not exist consent to nothing.
    "consent": Statement(_consent, ("participants",), fits=lambda study: study.provenance == "field"),
    "ethics": Statement(_ethics, (), "study.yml", fits=lambda study: study.ethics is not None),
    "title": Statement(_title, (), "study.yml"),
}


# Longer lists are summed up.
MOST_SITES = 10
MOST_THEMES = 15
