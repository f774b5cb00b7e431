"""The tables that compare themes: by site and group, spread, deviant cases, framework matrix, balance, tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.interviews.evidence import SEPARATOR
from thongthin.interviews.valence import valent_themes
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.interviews import counts_if
from thongthin.present.tables.parts import (
    NBSP,
    Column,
    Record,
    number,
    order,
    percent,
    spread,
    table,
    table_note,
    under,
)

# Beyond these, the article refers to the file: ids of evidence in a cell, deviant cases, groups with intervals.
MOST_IDS = 3
MOST_CASES = 40
MOST_INTERVALS = 3
ZERO_WIDTH_SPACE = "\u200b"


@made_from(
    "themes_by_site_group",
    "sites",
    "codes",
    th="จำนวนผู้ให้ข้อมูลของแต่ละกลุ่มในแต่ละพื้นที่ที่กล่าวถึงแต่ละประเด็น: n จาก N สัดส่วน และช่วงแบบแม่นตรง",
)
def themes_by_site_group(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many participants of each group at each site speak of each theme: n of N, share and exact interval."""
    frame = tables["themes_by_site_group"]
    frame = order(frame[frame["denominator"] > 0], theme_id=labels.themes, site_id=labels.sites, group=labels.groups)
    groups = [group for group in labels.groups if group in set(frame["group"])]
    with_interval = len(groups) <= MOST_INTERVALS
    cells = {(row["theme_id"], row["site_id"], row["group"]): row for row in records(frame)}

    def speak(group: str) -> Callable[[Record], str]:
        def cell(row: Record) -> str:
            own = cells.get((row["theme_id"], row["site_id"], group))
            if own is None:
                return UNDEFINED
            count, share = _of("participants", "denominator")(own), percent(own["share"])
            return f"{count}, {share} {_interval(own)}" if with_interval else f"{count} ({share})"

        return cell

    columns = [
        Column(("Theme and site", "ประเด็นและพื้นที่"), 0, lambda row: escape_markdown(labels.sites[row["site_id"]])),
        *(Column(escape_markdown(labels.groups[group]), 0, speak(group)) for group in groups),
    ]
    rows = under(frame.drop_duplicates(["theme_id", "site_id"]), "theme_id", _heading(labels))
    note = labels.say(
        "Participants who speak of the theme, of those whose interviews were coded, and their percentage.",
        "จำนวนผู้ให้ข้อมูลที่กล่าวถึงประเด็น ต่อจำนวนที่บทสัมภาษณ์ได้รับการลงรหัส และค่าร้อยละ",
    )
    note += f" {counts_if(labels, analysis)}"
    if with_interval:
        note += _interval_note(labels, analysis)
    return table(spread(columns, 30), rows, labels) + table_note(labels, note)


@made_from("theme_spread", "sites", "codes", th="ประเด็นใดพบทุกพื้นที่ พบบางพื้นที่ หรือพบพื้นที่เดียว และเช่นเดียวกันสำหรับกลุ่ม")
def theme_spread(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Which themes all sites share, which only some or one of them speak of; the same for groups."""
    frame = order(tables["theme_spread"], theme_id=labels.themes)
    numbers = {site: str(place) for place, site in enumerate(labels.sites, start=1)}
    groups = {group: escape_markdown(label) for group, label in labels.groups.items()}
    spreads = {
        "shared": labels.say("shared", "พบทุกแห่ง"),
        "partial": labels.say("partial", "พบบางแห่ง"),
        "distinct": labels.say("distinct", "พบแห่งเดียว"),
        "absent": labels.say("absent", "ไม่พบ"),
        "": UNDEFINED,
    }
    columns = [
        Column(("Theme", "ประเด็น"), 29, lambda row: escape_markdown(labels.themes[row["theme_id"]])),
        Column(("Participants", "ผู้ให้ข้อมูล"), 14, _of("participants", "denominator")),
        Column(("Sites", "พื้นที่"), 9, _of("sites", "sites_read")),
        Column(
            ("Across sites", "การกระจายตามพื้นที่"),
            20,
            lambda row: spreads[row["site_spread"]] + _where(row["site_ids"], row["site_spread"], numbers),
        ),
        Column(("Groups", "กลุ่ม"), 9, _of("groups", "groups_read")),
        Column(
            ("Across groups", "การกระจายตามกลุ่ม"),
            19,
            lambda row: spreads[row["group_spread"]] + _where(row["group_ids"], row["group_spread"], groups),
        ),
    ]
    sites = "; ".join(f"{numbers[id_]}{NBSP}={NBSP}{escape_markdown(name)}" for id_, name in labels.sites.items())
    note = labels.say(
        "Participants, sites and groups in which somebody speaks of the theme, of those that were coded for it. Shared:"
        f" all of them; distinct: one; partial: several, named in brackets. Sites: {sites}.",
        "จำนวนผู้ให้ข้อมูล พื้นที่ และกลุ่มที่มีผู้กล่าวถึงประเด็น ต่อจำนวนที่ได้รับการลงรหัส พบทุกแห่งคือพบในทุกพื้นที่ (กลุ่ม)"
        f" พบแห่งเดียวหรือบางแห่งระบุไว้ในวงเล็บ พื้นที่: {sites}",
    )
    return table(columns, frame, labels) + table_note(labels, note)


@made_from("deviant_cases", "sites", "codes", th="ผู้ให้ข้อมูลที่ต่างจากคนส่วนใหญ่ในพื้นที่หรือกลุ่มของตน และต่างในเรื่องใด")
def deviant_cases(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Participants who stand against most others of their site or group, and where they do."""
    frame = order(tables["deviant_cases"], theme_id=labels.themes)
    shown = frame.head(MOST_CASES)
    reasons = {
        "present": labels.say("speaks of it", "กล่าวถึง"),
        "absent": labels.say("does not speak of it", "ไม่กล่าวถึง"),
        "enabling": labels.say("says what enables", "กล่าวด้านส่งเสริม"),
        "hindering": labels.say("says what hinders", "กล่าวด้านขัดขวาง"),
    }
    others = {
        "enabling": labels.say("only hindering", "เฉพาะด้านขัดขวาง"),
        "hindering": labels.say("only enabling", "เฉพาะด้านส่งเสริม"),
    }
    speak = _of("participants", "denominator")

    def part(row: Record) -> str:
        return escape_markdown(labels.sites[row["site_id"]] if row["part"] == "site" else labels.groups[row["group"]])

    def who_speak(row: Record) -> str:
        return f"{speak(row)} {others[row['reason']]}" if row["reason"] in others else speak(row)

    columns = [
        Column(("Theme and participant", "ประเด็นและผู้ให้ข้อมูล"), 22, lambda row: escape_markdown(row["participant_id"])),
        Column(("Differs", "ความแตกต่าง"), 20, lambda row: escape_markdown(reasons[row["reason"]]), left=True),
        Column(("From most of", "จากส่วนใหญ่ของ"), 24, part, left=True),
        Column(("Who speak of it", "ผู้ที่กล่าวถึง"), 16, who_speak, left=True),
        Column(("Evidence", "หลักฐาน"), 18, lambda row: _ids(row, labels), left=True),
    ]
    themes = analysis["themes"]
    few, most = (f"{100 * share:g}" for share in (themes["deviant_share"], 1 - themes["deviant_share"]))
    members = number(themes["deviant_members"], "count", labels)
    note = labels.say(
        f"Participants who speak of a theme where at most {few}% of their site or group do, who do not where at least"
        f" {most}% do, or who name the other side where at least {most}% name only one; of at least {members} who were"
        " coded (who take a side), themselves included.",
        f"ผู้ให้ข้อมูลที่กล่าวถึงประเด็นซึ่งในพื้นที่หรือกลุ่มมีผู้กล่าวถึงไม่เกินร้อยละ {few} ที่ไม่กล่าวถึงประเด็นซึ่งมีผู้กล่าวถึงอย่างน้อยร้อยละ"
        f" {most} หรือที่กล่าวอีกด้านหนึ่งเมื่ออย่างน้อยร้อยละ {most} กล่าวเพียงด้านเดียว จากผู้ให้ข้อมูลอย่างน้อย {members} คน"
        " (นับรวมตนเอง)",
    )
    if len(shown) < len(frame):
        cases, whole = (number(n, "count", labels) for n in (len(shown), len(frame)))
        note += labels.say(f" The first {cases} of {whole} cases.", f" แสดง {cases} จาก {whole} กรณี")
    rows = under(shown, "theme_id", _heading(labels))
    return table(columns, rows, labels) + table_note(labels, note + _ids_note(labels))


@made_from(
    "framework_matrix", "sites", "codes", th="เมทริกซ์กรอบการวิเคราะห์: แต่ละประเด็นและพื้นที่มีผู้กล่าวถึงกี่คน ในข้อความใด และด้านใด"
)
def framework_matrix(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The framework matrix: for each theme and site how many speak of it, in which passages, on which side."""
    frame = order(tables["framework_matrix"], theme_id=labels.themes, site_id=labels.sites)
    frame = frame[frame["denominator"] > 0]
    sided = set(valent_themes(tables["codes"]))

    def passages(side: str) -> Callable[[Record], str]:
        return lambda row: number(row[side], "count", labels) if row["theme_id"] in sided else UNDEFINED

    columns = [
        Column(("Theme and site", "ประเด็นและพื้นที่"), 24, lambda row: escape_markdown(labels.sites[row["site_id"]])),
        Column(("Evidence", "หลักฐาน"), 26, lambda row: _ids(row, labels), left=True),
        Column(("Participants", "ผู้ให้ข้อมูล"), 12, _of("participants", "denominator")),
        Column(("Passages", "ข้อความ"), 10, "segments", "count"),
        Column(("Enabling", "ส่งเสริม"), 10, passages("enabling")),
        Column(("Hindering", "ขัดขวาง"), 10, passages("hindering")),
        Column(("Both", "ทั้งสอง"), 8, passages("both")),
    ]
    note = labels.say(
        "Participants who speak of the theme, of those coded; distinct passages, and of these the enabling and the"
        " hindering ones and those that are both (–: the theme has no such codes).",
        "จำนวนผู้ให้ข้อมูลที่กล่าวถึงประเด็น ต่อจำนวนที่ได้รับการลงรหัส จำนวนข้อความที่ไม่ซ้อนกัน และในจำนวนนี้ที่เป็นด้านส่งเสริม ด้านขัดขวาง"
        " และทั้งสองด้าน (– คือประเด็นไม่มีรหัสดังกล่าว)",
    )
    rows = under(frame, "theme_id", _heading(labels))
    return table(columns, rows, labels) + table_note(labels, note + _ids_note(labels))


@made_from("valence_balance", "sites", "codes", th="จำนวนผู้ให้ข้อมูลและข้อความด้านส่งเสริมและด้านขัดขวาง ของแต่ละพื้นที่และแต่ละกลุ่ม")
def valence_balance(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many participants and passages of each site and each group enable, and how many hinder."""
    frame = tables["valence_balance"]
    frame = frame[(frame["denominator"] > 0) & ((frame["site_id"] == ALL) | (frame["group"] == ALL))]
    groups = [*labels.groups, ALL] if len(labels.groups) > 1 else [ALL]
    # The sites, then the groups of all sites, then everybody.
    frame = order(frame, theme_id=labels.themes, site_id=[*labels.sites, ALL], group=groups)

    def part(row: Record) -> str:
        return escape_markdown(labels.site(row["site_id"]) if row["group"] == ALL else labels.groups[row["group"]])

    def passages(row: Record) -> str:
        sides = ("enabling", "both", "hindering")
        return f"{NBSP}:{NBSP}".join(number(row[f"passages_{side}"], "count", labels) for side in sides)

    columns = [
        Column(("Theme", "ประเด็น"), 27, part),
        Column(("Only enabling", "ส่งเสริมเท่านั้น"), 11, "participants_enabling", "count"),
        Column(("Both", "ทั้งสองด้าน"), 9, "participants_both", "count"),
        Column(("Only hindering", "ขัดขวางเท่านั้น"), 11, "participants_hindering", "count"),
        Column(("Share enabling", "ร้อยละด้านส่งเสริม"), 21, lambda row: f"{percent(row['share'])} {_interval(row)}"),
        Column(("Passages", "ข้อความ"), 13, passages),
        Column(("Index", "ดัชนี"), 8, "index", "decimal"),
    ]
    note = labels.say(
        "Participants by the sides that they take. Share enabling: percentage who name something enabling, alone or"
        " with something hindering, of those who take a side. Passages: enabling : both : hindering. Index: enabling"
        " minus hindering passages, divided by their sum; −1 all hinder, 1 all enable.",
        "จำนวนผู้ให้ข้อมูลตามด้านที่กล่าวถึง ร้อยละด้านส่งเสริมคือผู้ที่กล่าวด้านส่งเสริม (ด้านเดียวหรือทั้งสองด้าน) จากผู้ที่กล่าวด้านใดด้านหนึ่ง"
        " ข้อความ: ส่งเสริม : ทั้งสองด้าน : ขัดขวาง ดัชนีคือผลต่างของข้อความด้านส่งเสริมกับด้านขัดขวางหารด้วยผลรวม (−1 ขัดขวางทั้งหมด"
        " 1 ส่งเสริมทั้งหมด)",
    )
    rows = under(frame, "theme_id", _heading(labels))
    return table(columns, rows, labels) + table_note(labels, note + _interval_note(labels, analysis))


@made_from("theme_tests", "codes", th="การทดสอบเชิงสำรวจว่าประเด็นสัมพันธ์กับพื้นที่และกับกลุ่มหรือไม่")
def theme_tests(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Exploratory tests: whether themes go with the site, and with the group."""
    frame = tables["theme_tests"]
    parts = {"site": labels.say("sites", "พื้นที่"), "group": labels.say("groups", "กลุ่ม")}
    tested = [part for part in parts if frame.loc[frame["part"] == part, "p"].notna().any()]
    tested = tested or ["site"]
    cells = {(row["part"], row["theme_id"]): row for row in records(frame)}
    themes = [theme for theme in labels.themes if any(cells[part, theme]["n"] for part in tested)]

    def tested_by(part: str) -> list[Column]:
        def cell(name: str, form: str) -> Callable[[Record], str]:
            return lambda row: number(cells[part, row["theme_id"]][name], form, labels)

        return [
            Column(f"*p*, {parts[part]}", 0, cell("p", "p")),
            Column(("*p* corr.", "*p* ปรับ"), 0, cell("p_corrected", "p")),
            Column("*V*", 0, cell("v", "coefficient")),
        ]

    columns = [Column(("Theme", "ประเด็น"), 0, lambda row: escape_markdown(labels.themes[row["theme_id"]]))]
    for part in tested:
        columns += tested_by(part)
    n = sorted({int(row["n"]) for row in cells.values() if row["n"]})
    people = "–".join(number(value, "count", labels) for value in dict.fromkeys([n[0], n[-1]]))
    drawn = (frame["method"] == "monte_carlo").any()
    draws = number(analysis["themes"]["replicates"], "count", labels)
    note = labels.say(
        "Exploratory: participants were not drawn at random and no hypothesis was set beforehand."
        f" Fisher–Freeman–Halton tests over participants (*n*{NBSP}={NBSP}{people}); *p* corr.: Holm’s correction over"
        " the themes; *V*: Cramér’s *V*, corrected for bias.",
        "ผลเชิงสำรวจ: ผู้ให้ข้อมูลไม่ได้มาจากการสุ่มและไม่ได้ตั้งสมมติฐานไว้ล่วงหน้า การทดสอบฟิชเชอร์-ฟรีแมน-ฮาลตันระดับผู้ให้ข้อมูล"
        f" (*n*{NBSP}={NBSP}{people}) *p* ปรับ คือค่าที่ปรับด้วยวิธีของโฮล์มข้ามประเด็น *V* คือ *V* ของคราเมอร์ที่ปรับความเอนเอียง",
    )
    if drawn:
        note += labels.say(f" *p* from {draws} random tables.", f" ค่า *p* จากตารางสุ่ม {draws} ตาราง")
    if frame.loc[frame["part"].isin(tested) & (frame["n"] > 0), "p"].isna().any():
        note += labels.say(" –: everybody or nobody speaks of it.", " เครื่องหมาย – คือทุกคนกล่าวถึงหรือไม่มีใครกล่าวถึง")
    rows = [{"theme_id": theme} for theme in themes]
    return table(spread(columns, 12), rows, labels) + table_note(labels, note)


def _heading(labels: Labels) -> Callable[[str], str]:
    """What names the rows of a theme, above them."""
    return lambda theme: escape_markdown(labels.themes[theme])


def _of(count: str, whole: str) -> Callable[[Record], str]:
    """A cell: so many of so many."""
    return lambda row: f"{row[count]}/{row[whole]}"


def _interval(row: Record) -> str:
    low, high = percent(row["low"]), percent(row["high"])
    return f"\\[{low},{NBSP}{high}\\]"


def _interval_note(labels: Labels, analysis: dict[str, Any]) -> str:
    level = f"{100 * analysis['themes']['confidence']:g}"
    return labels.say(
        f" In brackets: exact (Clopper–Pearson) {level}% confidence interval, in percent.",
        f" ในวงเล็บคือช่วงความเชื่อมั่นแบบแม่นตรง (คลอปเปอร์-เพียร์สัน) ร้อยละ {level} หน่วยเป็นร้อยละ",
    )


def _where(ids: str, spread: str, names: dict[str, str]) -> str:
    """The sites or groups of a theme that not all share."""
    if spread not in ("partial", "distinct"):
        return ""
    return f" ({', '.join(names[id_] for id_ in ids.split(SEPARATOR))})"


def _ids(row: Record, labels: Labels) -> str:
    """The first ids of the evidence of a cell: its segments, the best first, and its quotes."""
    said = []
    for column, mark in (("segment_ids", ""), ("quote_ids", "*")):
        ids = [id_ for id_ in row[column].split(SEPARATOR) if id_]
        if ids:
            # Ids may be longer than their column is wide.
            shown = ", ".join(escape_markdown(id_).replace("_", f"_{ZERO_WIDTH_SPACE}") for id_ in ids[:MOST_IDS])
            more = f" (+{number(len(ids) - MOST_IDS, 'count', labels)})" if len(ids) > MOST_IDS else ""
            said.append(f"{mark}{shown}{mark}{more}")
    return "; ".join(said) or UNDEFINED


def _ids_note(labels: Labels) -> str:
    return labels.say(
        f" Evidence: up to {MOST_IDS} segments, best first, by their id in the table of codings; in italics quotes.",
        f" หลักฐาน: รหัสข้อความในตารางการลงรหัส ไม่เกิน {MOST_IDS} รหัส เรียงจากที่ชัดเจนที่สุด ตัวเอนคือรหัสคำพูด",
    )
