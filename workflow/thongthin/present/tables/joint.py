"""The tables of both strands together, and of how far the sample carries them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from thongthin.basics.language import MINUS, UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import WAVES, Labels, Tables
from thongthin.present.tables.parts import (
    NBSP,
    Column,
    Record,
    degrees,
    equation,
    has_weights,
    number,
    order,
    percent,
    scale_column,
    spread,
    table,
    table_note,
)

# Of more sites than these, a cell gives the range instead of each.
LISTED_SITES = 6
# The rows of one factor in the joint display, by site and group.
Cells = Mapping[tuple[str, str], Record]

SIDES = {"+": "enabling", MINUS: "hindering", "±": "both"}


@made_from(
    "sample_size",
    "survey_response_by_site",
    "survey_representativity",
    "sites",
    also=("sample_design",),
    th="จำนวนผู้ตอบที่แต่ละพื้นที่ต้องมีและมีจริง และความคลาดเคลื่อนที่ได้",
)
def sample_size(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many respondents each site needed and has, and how precise that is."""
    choices = analysis["sample"]
    sizes = order(tables["sample_size"], site_id=labels.sites_and_all)
    response = tables["survey_response_by_site"].set_index("site_id")
    by_site = bool(response.loc[response.index != ALL, "population"].notna().all())
    own = response.to_dict("index")

    def population(row: Record) -> str:
        return _with_share(row["population"], own[row["site_id"]]["population_share"], labels)

    def margin(row: Record) -> str:
        text = percent(row["margin"])
        return text if text == UNDEFINED else f"±{text}"

    columns = [
        Column(("Site", "พื้นที่"), 24, lambda row: escape_markdown(labels.site(row["site_id"]))),
        Column(("Population (%)", "ประชากร (ร้อยละ)"), 18, population)
        if by_site
        else Column(("Population", "ประชากร"), 18, "population", "count"),
        Column(
            ("Respondents (%)", "ผู้ตอบ (ร้อยละ)"),
            17,
            lambda row: _with_share(row["n"], own[row["site_id"]]["share"], labels),
        ),
        *([Column(("Allocated", "จัดสรร"), 10, "allocated", "count")] if by_site else []),
        Column(("Yamane", "ยามาเน่"), 10, "yamane", "count"),
        Column(("Cochran", "คอแครน"), 10, "cochran", "count"),
        Column(("Margin (points)", "คลาดเคลื่อน (จุดร้อยละ)"), 15, margin),
    ]
    if not by_site:
        columns = spread(columns, 14)
    note = _sample_note(tables, labels, choices, by_site)
    several = len(labels.sites) > 1
    whole = table(columns, sizes, labels, bold=lambda row: several and row["site_id"] == ALL)
    return whole + table_note(labels, note)


def _with_share(count: Any, share: Any, labels: Labels) -> str:
    text = number(count, "count", labels)
    return text if pd.isna(share) else f"{text}{NBSP}({percent(share)})"


def _sample_note(tables: Tables, labels: Labels, choices: dict[str, Any], by_site: bool) -> str:
    level, margin = f"{100 * choices['confidence']:g}", f"{100 * choices['margin']:g}"
    note = labels.say(
        f"Yamane (1967) and Cochran (1977): respondents needed to estimate a share of the row’s own population within"
        f" {margin} percentage points (Cochran: at {level}% confidence, for a share of one half). Margin: what the"
        " respondents give, if they are like a random sample.",
        "ยามาเน่ (Yamane, 1967) และคอแครน (Cochran, 1977) คือจำนวนผู้ตอบที่ต้องใช้ในการประมาณสัดส่วน"
        f"ของประชากรในแถวนั้นให้คลาดเคลื่อนไม่เกิน {margin} จุดร้อยละ (คอแครน: ความเชื่อมั่นร้อยละ {level} สัดส่วนร้อยละ 50)"
        " คลาดเคลื่อน คือค่าที่ได้จากจำนวนผู้ตอบจริง"
        " หากเป็นเสมือนตัวอย่างสุ่ม",
    )
    if by_site:
        note += labels.say(
            " Allocated: Yamane’s size for all sites, in proportion to population.",
            " จัดสรร คือขนาดตัวอย่างของยามาเน่รวมทุกพื้นที่ แบ่งตามสัดส่วนประชากร",
        )
    if tables["sample_size"]["population"].isna().any():
        note += labels.say(
            f" {UNDEFINED}: a population that is not known counts as unlimited.",
            f" {UNDEFINED} คือไม่ทราบจำนวนประชากร คำนวณเสมือนไม่จำกัด",
        )
    test = tables["survey_representativity"].iloc[0]
    if pd.isna(test["p"]):
        return note
    statistic = equation(
        f"χ^2^({number(test['df'], 'count', labels)}, *N*{NBSP}={NBSP}{number(test['n'], 'count', labels)})",
        number(test["chi2"], "statistic", labels),
    )
    p, w = equation("*p*", number(test["p"], "p", labels)), equation("*w*", number(test["w"], "coefficient", labels))
    interval = f"[{', '.join(number(test[side], 'coefficient', labels) for side in ('low', 'high'))}]"
    note += labels.say(
        f" Respondents’ spread over the sites against the population’s: {statistic}, {p}, {w} {interval}.",
        f" การกระจายของผู้ตอบตามพื้นที่เทียบกับประชากร: {statistic}, {p}, {w} {interval}",
    )
    if test["least_expected"] < 5:
        note += labels.say(
            " A site has fewer than five expected: the test is rough.", " มีพื้นที่ที่ค่าคาดหมายต่ำกว่า 5 การทดสอบนี้จึงหยาบ"
        )
    return note


@made_from("power", also=("sample_design",), th="ความแตกต่างระหว่างพื้นที่ที่เล็กที่สุดซึ่งการเปรียบเทียบแต่ละตัวแปรตรวจพบได้")
def power(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The smallest difference between sites that the comparison of each scale could have found."""
    frame = order(tables["power"], construct=labels.constructs, wave=WAVES)
    columns = [
        scale_column(34, labels),
        Column("*n*", 9, "n", "count"),
        Column(("Sites", "พื้นที่"), 10, "k", "count"),
        Column("*df*", 13, lambda row: _pair(row, labels)),
        Column(("*f*, *F* test", "*f* การทดสอบ *F*"), 12, "f", "coefficient"),
        Column(("*f*, ranks", "*f* ลำดับที่"), 12, "f_ranks", "coefficient"),
        Column("η^2^", 10, "eta_squared", "coefficient"),
    ]
    wanted = number(frame["power"].iloc[0], "coefficient", labels)
    level = f"{frame['significance'].iloc[0]:g}".removeprefix("0")
    note = labels.say(
        f"Sensitivity: the smallest Cohen’s *f* that is found significant (*p* < {level}) with a power of {wanted},"
        " given the respondents reached (noncentral *F* distribution); ranks: the Kruskal–Wallis test, efficiency 3/π;"
        " η^2^: of the *f* of the *F* test. Cohen (1988) calls *f* = .10 small, .25 medium, .40 large. It says nothing"
        " of the effects that were observed.",
        f"ความไวของการทดสอบ: *f* ของโคเฮนที่เล็กที่สุดซึ่งจะพบว่ามีนัยสำคัญ (*p* < {level}) ด้วยอำนาจการทดสอบ {wanted}"
        " เมื่อมีผู้ตอบเท่าที่ได้ (การแจกแจง *F* แบบไม่เป็นศูนย์กลาง) ลำดับที่ คือการทดสอบครัสคัล-วัลลิส ประสิทธิภาพ 3/π"
        " ส่วน η^2^ คำนวณจาก *f* ของการทดสอบ *F*"
        " โคเฮน (1988) ถือว่า *f* = .10 เล็ก .25 ปานกลาง .40 ใหญ่ ค่าเหล่านี้มิได้บอกขนาดอิทธิพลที่พบ",
    )
    return table(columns, frame, labels) + table_note(labels, note)


def _pair(row: Record, labels: Labels) -> str:
    """Both degrees of freedom."""
    if pd.isna(row["df1"]):
        return UNDEFINED
    return f"{degrees(row['df1'], labels)}, {degrees(row['df2'], labels)}"


@made_from(
    "joint_display",
    "joint_ranking",
    "sites",
    also=("quotes", "sample_size"),
    th="หนึ่งแถวต่อหนึ่งปัจจัย: ผลจากการสัมภาษณ์ ผลจากแบบสอบถาม ความสอดคล้องกัน และข้อสรุปของผู้วิจัย",
)
def joint_display(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Each factor in one row: interviews, survey, how far they agree, and what the researchers conclude."""
    cells = {(row["construct"], row["site_id"], row["group"]): row for row in records(tables["joint_display"])}
    ranking = {(row["construct"], row["measure"]): row for row in records(tables["joint_ranking"])}
    people = dict(zip(tables["quotes"]["quote_id"], tables["quotes"]["participant_id"], strict=True))
    factors = [construct for construct in labels.constructs if (construct, ALL, ALL) in cells]
    of = {
        factor: {(site, group): row for (own, site, group), row in cells.items() if own == factor} for factor in factors
    }

    def concluded(row: Record) -> str:
        return re.sub(r"(?<!\\)\|", r"\\|", labels.inferences.get(row["construct"], UNDEFINED))

    columns = [
        Column(("Factor", "ปัจจัย"), 16, lambda row: escape_markdown(labels.scale(row["construct"], row["wave"]))),
        Column(("Interviews", "สัมภาษณ์"), 23, lambda row: _interviews(of[row["construct"]], people, labels), left=True),
        Column(("Survey", "แบบสอบถาม"), 15, lambda row: _survey(of[row["construct"]], labels), left=True),
        Column(
            ("τ-b, balance", "τ-b ตามดุล"),
            11,
            lambda row: _agreement(ranking[row["construct"], "index"], labels),
            left=True,
        ),
        Column(
            ("τ-b, share", "τ-b ตามสัดส่วน"),
            11,
            lambda row: _agreement(ranking[row["construct"], "share"], labels),
            left=True,
        ),
        Column(("Meta-inference", "ข้อสรุปร่วม"), 24, concluded, left=True),
    ]
    whole = table(columns, [cells[factor, ALL, ALL] for factor in factors], labels)
    return whole + table_note(labels, _display_note(tables, labels, analysis))


def _lead(text: str, labels: Labels) -> str:
    """What a part of a cell begins with; Thai has no italics to speak of."""
    return f"**{text}**" if labels.language == "th" else f"*{text}*"


def _by_group(own: Cells, column: str, labels: Labels) -> list[tuple[str, Record]]:
    """Name and row of each group that has a count in the column; none where there is one group only."""
    groups = labels.groups.items() if len(labels.groups) > 1 else ()
    rows = [(_lead(escape_markdown(label), labels), own[ALL, group]) for group, label in groups]
    return [(name, row) for name, row in rows if row[column]]


def _by_site(own: Cells, count: str, value: str, format: str, texts: Callable[[Record], str], labels: Labels) -> str:
    """Each site with a count, by its id; of many sites, the range of their values."""
    rows = {site: own[site, ALL] for site in labels.sites if own[site, ALL][count]}
    if len(rows) <= LISTED_SITES:
        listed = ", ".join(f"{escape_markdown(site)}{NBSP}{texts(row)}" for site, row in rows.items())
    else:
        values = [row[value] for row in rows.values()]
        low, high = (number(end, format, labels) for end in (min(values), max(values)))
        listed = labels.say(f"{low} to {high}", f"{low} ถึง {high}")
    return f"{_lead(labels.say('Sites', 'พื้นที่'), labels)} {listed}"


def _interviews(own: Cells, people: dict[str, str], labels: Labels) -> str:
    """Who speaks of the factor, on which side, by group and by site, and whose words illustrate it."""
    whole = own[ALL, ALL]
    if not whole["denominator"]:
        return UNDEFINED

    def counted(row: Record) -> str:
        n, total = (number(row[column], "count", labels) for column in ("participants", "denominator"))
        return f"{n}/{total}"

    def sides(row: Record) -> str:
        return NBSP.join(f"{sign}{row[f'participants_{side}']}" for sign, side in SIDES.items())

    interval = f"[{percent(whole['share_low'])}, {percent(whole['share_high'])}]"
    parts = [f"**{counted(whole)}** ({number(whole['share'], 'share', labels)} {interval})"]
    sided = any(whole[f"participants_{side}"] for side in SIDES.values())
    for name, row in _by_group(own, "denominator", labels):
        parts.append(f"{name} {counted(row)}" + (f" ({sides(row)})" if sided else ""))
    parts.append(_by_site(own, "denominator", "share", "share", counted, labels))
    if quoted := {people[id_] for id_ in whole["quotes"].split() if id_ in people}:
        said = ", ".join(escape_markdown(person) for person in sorted(quoted))
        parts.append(f"{_lead(labels.say('Quoted', 'คำพูดของ'), labels)} {said}")
    return "; ".join(parts)


def _survey(own: Cells, labels: Labels) -> str:
    """The mean with its interval, over all, by group and by site."""
    whole = own[ALL, ALL]
    if not whole["n"]:
        return UNDEFINED

    def mean(row: Record) -> str:
        return number(row["mean"], "decimal", labels)

    limits = ", ".join(number(whole[side], "decimal", labels) for side in ("mean_low", "mean_high"))
    parts = [f"**{mean(whole)}** [{limits}]"]
    parts += [f"{name}{NBSP}{mean(row)}" for name, row in _by_group(own, "n", labels)]
    return "; ".join([*parts, _by_site(own, "n", "mean", "decimal", mean, labels)])


def _agreement(row: Record, labels: Labels) -> str:
    """Kendall's tau with its p."""
    tau = number(row["tau"], "coefficient", labels)
    return tau if pd.isna(row["p"]) else f"{tau} ({equation('*p*', number(row['p'], 'p', labels))})"


def _display_note(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    level = f"{100 * analysis['themes']['confidence']:g}"
    note = labels.say(
        f"Interviews: participants who speak of the factor, of those coded, with exact {level}% interval; in brackets"
        " by group: + enabling statements only, − hindering only, ± both. Survey: mean with its interval. Agreement on"
        " the order of the sites: Kendall’s τ-b of the mean with the balance of enabling and hindering passages, and"
        " with the share who speak of the factor.",
        "สัมภาษณ์: ผู้ให้ข้อมูลที่กล่าวถึงปัจจัยต่อผู้ที่ได้รับการลงรหัส"
        f" พร้อมช่วงความเชื่อมั่นแบบแม่นตรงร้อยละ {level} ในวงเล็บรายกลุ่ม + กล่าวเชิงส่งเสริมเท่านั้น"
        " − เชิงขัดขวางเท่านั้น ± ทั้งสองด้าน แบบสอบถาม: ค่าเฉลี่ยพร้อมช่วงความเชื่อมั่น"
        " ความสอดคล้องของลำดับพื้นที่: τ-b ของเคนดอลล์ระหว่างค่าเฉลี่ยกับดุลข้อความส่งเสริมและขัดขวาง"
        " และกับสัดส่วนผู้กล่าวถึงปัจจัย",
    )
    if has_weights(tables):
        note += labels.say(" Means are weighted.", " ค่าเฉลี่ยถ่วงน้ำหนักผู้ตอบ")
    ranking = tables["joint_ranking"]
    ranking = ranking[ranking["p"].notna()]
    if len(ranking):
        sites, least = number(ranking["n"].max(), "count", labels), number(ranking["least_p"].min(), "p", labels)
        note += (
            labels.say(
                f" *p* is exact; with {sites} sites it cannot be smaller than {least}.",
                f" ค่า *p* แบบแม่นตรง เมื่อมี {sites} พื้นที่ ค่า *p* ต่ำกว่า {least} ไม่ได้",
            )
            if (ranking["method"] == "exact").all()
            else labels.say(
                f" *p* is that of the normal approximation, over {sites} sites.",
                f" ค่า *p* จากการประมาณด้วยการแจกแจงปกติ รวม {sites} พื้นที่",
            )
        )
    if len(labels.sites) <= LISTED_SITES:
        named = "; ".join(f"{escape_markdown(site)}: {escape_markdown(name)}" for site, name in labels.sites.items())
        note += f" {named}{labels.say('.', '')}"
    return note
