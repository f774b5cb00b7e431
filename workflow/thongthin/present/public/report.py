"""The privacy report of a publication, in the words of an ethics committee and a data editor; and its README."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from thongthin.basics.language import Language
from thongthin.contract.published import LEFT_OUT, WORDS
from thongthin.contract.strands import NEEDS
from thongthin.contract.tables import TABLES
from thongthin.read.identifiers import KINDS

Plain = Mapping[str, Any]
# Rules whose numbers need the rows of the data: nobody can compute them from what is published.
_FROM_ROWS = (
    *NEEDS["model"],
    *("measure_reliability", "check_dimensionality", "compare_scales", "compare_before_after", "measure_agreement"),
    *("measure_saturation", "describe_missing", "count_cooccurrence", "analyse_configurations"),
)
_BASIS = {
    "research": (
        "research, PDPA section 24(1), with the safeguards below; sensitive data: section 26(5)(d)",
        "การวิจัย ตาม พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล มาตรา 24(1) พร้อมมาตรการด้านล่าง ข้อมูลอ่อนไหวตามมาตรา 26(5)(ง)",
    ),
    "consent": ("explicit consent of everybody", "ความยินยอมโดยชัดแจ้งของทุกคน"),
    None: ("not said", "ไม่ได้ระบุ"),
}
_SIGNED = {
    "both": ("group and site", "กลุ่มและพื้นที่"),
    "site": ("site", "พื้นที่"),
    "group": ("group", "กลุ่ม"),
    "none": ("neither", "ไม่ระบุทั้งสองอย่าง"),
}
_SENSITIVE = {
    "political_opinions": ("political opinions", "ความคิดเห็นทางการเมือง"),
    "health": ("health", "สุขภาพ"),
    "ethnicity": ("ethnicity", "เชื้อชาติ"),
    "religion": ("religion", "ศาสนา"),
    "criminal_record": ("criminal records", "ประวัติอาชญากรรม"),
    "none": ("none", "ไม่มี"),
}
_STYLE = """
body { max-width: 52rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; color: #1b1b1b; line-height: 1.6;
  font-family: "Sarabun", "Noto Sans Thai", "Leelawadee UI", "Thonburi", sans-serif; overflow-wrap: anywhere; }
table { border-collapse: collapse; margin: 0.5rem 0 1rem; } th, td { padding: 0.2rem 0.8rem 0.2rem 0; text-align: left;
  border-bottom: 1px solid #ccc; } td.n, th.n { text-align: right; }
"""


class _Page:
    """HTML in one language, piece by piece; all text in it is escaped."""

    def __init__(self, language: Language) -> None:
        self.at = 1 if language == "th" else 0
        self.parts: list[str] = []

    def say(self, both: Sequence[str]) -> str:
        return both[self.at]

    def head(self, en: str, th: str) -> None:
        self.parts.append(f"<h2>{html.escape(self.say((en, th)))}</h2>")

    def text(self, en: str, th: str) -> None:
        self.parts.append(f"<p>{html.escape(self.say((en, th)))}</p>")

    def items(self, rows: Sequence[Sequence[str]]) -> None:
        self.parts.append("<ul>" + "".join(f"<li>{html.escape(self.say(row))}</li>" for row in rows) + "</ul>")

    def table(self, header: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> None:
        """A table; all columns but the first are numbers."""

        def row(cells: Sequence[str], tag: str) -> str:
            made = (f"<{tag}{' class=n' * (at > 0)}>{html.escape(c)}</{tag}>" for at, c in enumerate(cells))
            return "<tr>" + "".join(made) + "</tr>"

        self.parts.append("<table>" + row([self.say(h) for h in header], "th"))
        self.parts += [row(cells, "td") for cells in rows]
        self.parts.append("</table>")


def report(publication: Plain, protection: Plain, title: str, language: Language) -> str:
    """The privacy report in one language, as HTML.

    Args:
        publication: as from `commands.publication.publication_of`.
        protection: as from `synthesis.protection.told.protection_of`.
        title: of the study.
    """
    page = _Page(language)
    _law(page, publication["study"])
    _identifiers(page, publication)
    _tables(page, protection, publication["study"])
    _people(page, publication, protection)
    _left(page, protection)
    heading = page.say(("Privacy report", "รายงานการคุ้มครองข้อมูลส่วนบุคคล"))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{html.escape(f'{heading}: {title}')}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{html.escape(heading)}</h1>\n<p>{html.escape(title)}</p>\n" + "\n".join(page.parts) + "\n</body></html>\n"
    )


def _law(page: _Page, study: Plain) -> None:
    page.head("Law and consent", "กฎหมายและความยินยอม")
    if study["provenance"] == "simulated":
        page.text(
            "The data are simulated: nobody is behind them. Tables and quotes are protected all the same, as those of"
            " real people would be.",
            "ข้อมูลเป็นข้อมูลจำลอง ไม่มีบุคคลจริง แต่ตารางและคำพูดได้รับการปกป้องเช่นเดียวกับข้อมูลของบุคคลจริง",
        )
    basis, sensitive = _BASIS[study["legal_basis"]], [_SENSITIVE[own] for own in study["sensitive"]]
    kinds = [", ".join(own[at] for own in sensitive) or ("not said", "ไม่ได้ระบุ")[at] for at in (0, 1)]
    retention = study["retention"] or {"en": "not said", "th": "ไม่ได้ระบุ"}
    page.items(
        [
            (f"Legal basis: {basis[0]}.", f"ฐานทางกฎหมาย: {basis[1]}"),
            (f"Sensitive data: {kinds[0]}.", f"ข้อมูลอ่อนไหว: {kinds[1]}"),
            (f"Retention: {retention['en']}", f"การเก็บรักษา: {retention['th']}"),
            (f"Participants who withdrew: {study['withdrawn']}.", f"ผู้ถอนตัว: {study['withdrawn']} คน"),
        ]
    )


def _identifiers(page: _Page, publication: Plain) -> None:
    page.head("Identifiers: looked for, found, decided", "ข้อมูลระบุตัวบุคคล: สิ่งที่ตรวจหา พบ และตัดสินใจแล้ว")
    page.text(
        "Looked through: interviews, quotes, open answers, memos, codes, names and properties of files. Each text"
        " counts once.",
        "ตรวจบทสัมภาษณ์ คำพูดที่ยกมา คำตอบปลายเปิด บันทึก รหัส ชื่อไฟล์และคุณสมบัติของไฟล์ นับข้อความละหนึ่งครั้ง",
    )
    rows = [
        [page.say(KINDS.get(kind, (kind, kind))), str(own["found"]), str(own["decided"])]
        for kind, own in publication["identifiers"].items()
    ]
    page.table([("Kind", "ชนิด"), ("Found", "พบ"), ("Decided", "ตัดสินใจแล้ว")], rows)
    said = publication["decisions"]
    n = [said.get(kind, 0) for kind in ("keep", "replace", "generalise")]
    page.text(
        f"Decisions: {n[0]} may stand (each with its reason), {n[1]} are replaced, {n[2]} are said in wider words.",
        f"การตัดสินใจ: คงไว้ {n[0]} รายการ (มีเหตุผลทุกรายการ) แทนที่ {n[1]} รายการ ใช้คำที่กว้างขึ้น {n[2]} รายการ",
    )


def _tables(page: _Page, protection: Plain, study: Plain) -> None:
    k, least = protection["k"], protection["least"]
    page.head("Tables: what is left out", "ตาราง: สิ่งที่ไม่เผยแพร่")
    page.items(
        [
            (
                f"Answers that fewer than {k} respondents gave are left out ({LEFT_OUT}), with so many others that each"
                f" could be another number, in a range at least {k} wide, with everything that is published the same:"
                " counts of all, of sites and of groups, their totals, means and standard deviations.",
                f"ไม่แสดงคำตอบที่มีผู้ตอบน้อยกว่า {k} คน ({LEFT_OUT}) และไม่แสดงช่องอื่นเท่าที่จำเป็น"
                f" จนค่าที่ไม่แสดงแต่ละค่าเป็นไปได้ในช่วงกว้างอย่างน้อย {k} โดยที่ทุกค่าที่เผยแพร่ยังเหมือนเดิม"
                " ทั้งจำนวนรวม รายพื้นที่ รายกลุ่ม ค่าเฉลี่ย และส่วนเบี่ยงเบนมาตรฐาน",
            ),
            (
                f"Sites and groups of fewer than {least} respondents are not told apart.",
                f"ไม่แยกพื้นที่และกลุ่มที่มีผู้ตอบน้อยกว่า {least} คน",
            ),
            (
                f"Participants are not counted by parts of fewer than {k}"
                + (
                    "; they agreed to be reported by site."
                    if study["by_site"]
                    else "; by site, words stand for counts."
                ),
                f"ไม่นับผู้ให้ข้อมูลในส่วนย่อยที่มีน้อยกว่า {k} คน"
                + (" ผู้ให้ข้อมูลยินยอมให้รายงานตามพื้นที่" if study["by_site"] else " และรายพื้นที่ใช้คำแทนจำนวน"),
            ),
            (
                "Not protected: how many gave no answer, and how many responses were left out by which rule.",
                "ไม่ได้ปกป้อง: จำนวนผู้ไม่ตอบ และจำนวนคำตอบที่ตัดออกตามกฎแต่ละข้อ",
            ),
        ]
    )
    if study["allow"]:
        page.text("Cells that may stand though they count few:", "ช่องที่อนุญาตให้แสดงแม้นับคนน้อย:")
        allowed = [f"{own['table']} {', '.join(own['row'].values())}: {own['reason']}" for own in study["allow"]]
        page.items([(text, text) for text in allowed])
    rows = [[name, str(n), str(out)] for name, (n, out) in protection["tables"].items() if out]
    page.table([("Table", "ตาราง"), ("Numbers", "จำนวนค่า"), ("Left out", "ไม่แสดง")], rows)
    listed = ", ".join(protection["not_published"])
    page.text(
        f"Not published, since their rows are people, passages or few cases: {listed}.",
        f"ไม่เผยแพร่ เพราะแต่ละแถวเป็นบุคคล ข้อความ หรือกรณีจำนวนน้อย: {listed}",
    )


def _people(page: _Page, publication: Plain, protection: Plain) -> None:
    page.head("People: who could be found", "บุคคล: ใครอาจถูกระบุตัวได้")
    signed = protection["signatures"]
    if signed:
        kinds = [", ".join(f"{_SIGNED[kind][at]} ({n})" for kind, n in signed.items()) for at in (0, 1)]
        page.text(
            f"Quotes are signed with the id of the participant and: {kinds[0]}. The fewest people who share a"
            f" signature: {protection['least_shared']}. Nothing else that is published joins an id to anything.",
            f"คำพูดที่ยกมาระบุรหัสผู้ให้ข้อมูลและ: {kinds[1]} จำนวนคนน้อยที่สุดที่ใช้ที่มาเดียวกันคือ {protection['least_shared']} คน"
            " สิ่งที่เผยแพร่อื่นไม่เชื่อมรหัสกับข้อมูลใด",
        )
    if own := publication["unique"]:
        columns = ", ".join(own["columns"])
        page.text(
            f"In the data, which are not published, {own['alone']} of {own['participants']} participants are the only"
            f" ones of their combination ({columns}); k of the records is {own['least']}. No published table combines"
            " these for a person.",
            f"ในข้อมูลซึ่งไม่เผยแพร่ ผู้ให้ข้อมูล {own['alone']} จาก {own['participants']} คน มีลักษณะรวมกันไม่ซ้ำใคร"
            f" ({columns}) ค่า k ของข้อมูลคือ {own['least']} ไม่มีตารางใดที่เผยแพร่รวมลักษณะเหล่านี้ของบุคคล",
        )


def _left(page: _Page, protection: Plain) -> None:
    page.head("What risk is left", "ความเสี่ยงที่เหลือ")
    page.items(
        [
            (
                "Whoever knows the setting may know somebody by what a quote tells. Quotes are the words that authors"
                " chose; the check asks about roles that one person holds at a site.",
                "ผู้ที่รู้จักพื้นที่อาจรู้ว่าใครพูดจากเรื่องที่เล่าในคำพูดที่ยกมา ผู้เขียนเป็นผู้เลือกคำพูดเหล่านี้"
                " และโปรแกรมถามถึงตำแหน่งที่มีผู้ดำรงเพียงคนเดียวในพื้นที่",
            ),
            (
                "Names without titles that no list knows, nicknames that are words, faces and voices are not found by"
                " any rule.",
                "ชื่อที่ไม่มีคำนำหน้าและไม่อยู่ในรายชื่อใด ชื่อเล่นที่เป็นคำทั่วไป ใบหน้าและเสียง ไม่มีกฎใดตรวจพบ",
            ),
            (
                "Where everybody of a site or group gave one answer, it is known what each of them answered.",
                "หากทุกคนในพื้นที่หรือกลุ่มตอบเหมือนกัน ย่อมรู้คำตอบของแต่ละคน",
            ),
        ]
    )
    numbers, counts, followed = protection["recomputed"]
    page.text(
        f"Of {numbers} published numbers {counts} are counts; {followed} others were computed again from these and came"
        " out the same.",
        f"จากค่าที่เผยแพร่ {numbers} ค่า เป็นจำนวนนับ {counts} ค่า และอีก {followed} ค่าคำนวณซ้ำจากจำนวนนับเหล่านี้ได้ผลตรงกัน",
    )
    there = {TABLES[name].rule for name in protection["tables"]}
    tables = [name for name in protection["tables"] if TABLES[name].rule in _FROM_ROWS]
    if there & set(_FROM_ROWS):
        listed = ", ".join(tables)
        page.text(
            f"These tables need the rows of the data, and cannot be computed again from what is published: {listed}.",
            f"ตารางเหล่านี้ต้องใช้แถวข้อมูล จึงคำนวณซ้ำจากสิ่งที่เผยแพร่ไม่ได้: {listed}",
        )


def readme(title: Mapping[str, str], protection: Plain) -> str:
    """What stands in the folder, in Thai and in English, as Markdown."""
    words = [", ".join(said["th"] for said in WORDS.values()), ", ".join(said["en"] for said in WORDS.values())]
    return f"""# {title["th"]}

โฟลเดอร์นี้มีเฉพาะสิ่งที่เผยแพร่ได้ ทุกอย่างสร้างจาก `tables/`, `names/` และ `quotes.csv` ในโฟลเดอร์นี้เท่านั้น

| ไฟล์ | เนื้อหา |
|---|---|
| `article.*`, `supplement.*` | บทความและเอกสารประกอบ |
| `privacy-report.th.html` | สิ่งที่ตรวจหา พบ ตัดสินใจ และไม่เผยแพร่ รวมถึงความเสี่ยงที่เหลือ |
| `evidence.th.html`, `exhibits.csv` | ที่มาของทุกค่าในเอกสาร |
| `tables/` | ตารางผล `{LEFT_OUT}` คือค่าที่ไม่เผยแพร่ คำว่า {words[0]} ใช้แทนจำนวนคน |
| `names/` | ชื่อพื้นที่ รหัส ข้อคำถาม และคำตอบ |
| `quotes.csv` | คำพูดที่เอกสารยกมา พร้อมที่มาที่มีคนร่วมกันอย่างน้อย {protection["k"]} คน |
| `article/` | ตารางและภาพของเอกสาร พร้อมตัวเลข |
| `words.json`, `protection.json` | คำที่ข้อมูลกำหนด และจำนวนค่าที่ไม่เผยแพร่ของแต่ละตาราง |
| `manifest.csv` | รายการไฟล์ทั้งหมดพร้อมค่าแฮช |

ห้ามนำไฟล์อื่นจากโฟลเดอร์ของการศึกษามาเพิ่ม ไฟล์เหล่านั้นอาจระบุตัวบุคคลได้

# {title["en"]}

This folder holds only what may be published. All of it is made from its `tables/`, `names/` and `quotes.csv`.

| file | holds |
|---|---|
| `article.*`, `supplement.*` | the article and its supplement |
| `privacy-report.en.html` | what was looked for, found, decided and left out, and what risk is left |
| `evidence.en.html`, `exhibits.csv` | where every number of the documents is from |
| `tables/` | the result tables; `{LEFT_OUT}` is a number that is left out; {words[1]} stand for counts of people |
| `names/` | what sites, codes, items and answers are called |
| `quotes.csv` | the quotes of the documents, with a signature that at least {protection["k"]} people share |
| `article/` | the documents' tables and figures, with their numbers |
| `words.json`, `protection.json` | words that the data decide, and how much of each table is left out |
| `manifest.csv` | every file with its hash |

Add nothing else from the folders of the study: it may tell who somebody is.
"""
