"""The choices of the analysis of interviews and their coding: parts of `contract.analysis`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from thongthin.basics.yaml_models import Identifier, Section, described


class ThemeAnalysis(Section):
    coders: str = described(
        "A participant has a theme if `any` or `all` of those who coded the interview found it, or the coder"
        " named here.",
        "ถือว่าผู้ให้ข้อมูลกล่าวถึงประเด็นเมื่อผู้ลงรหัสคนใดคนหนึ่งพบ (`any`) ทุกคนพบ (`all`) หรือผู้ลงรหัสที่ระบุชื่อพบ",
        note="any | all | the id of one coder / รหัสของผู้ลงรหัสคนหนึ่ง",
        default="any",
    )
    confidence: float = described(
        "Level of the exact intervals of shares of participants.",
        "ระดับความเชื่อมั่นของช่วงแบบแม่นตรง (exact) ของสัดส่วนผู้ให้ข้อมูล",
        default=0.95,
        gt=0,
        lt=1,
    )
    deviant_share: float = described(
        "Deviant cases: who speaks of a theme where at most this share of the site or group does, and who"
        " does not where at most this share does not; likewise for enabling and hindering.",
        "กรณีที่ต่างออกไป: ผู้ที่กล่าวถึงประเด็นซึ่งในพื้นที่หรือกลุ่มมีผู้กล่าวถึงไม่เกินสัดส่วนนี้ และผู้ที่ไม่กล่าวถึงเมื่อมีผู้ไม่กล่าวถึงไม่เกินสัดส่วนนี้"
        " ด้านส่งเสริมและขัดขวางใช้เกณฑ์เดียวกัน",
        default=0.25,
        ge=0,
        lt=0.5,
    )
    deviant_members: int = described(
        "A site or group must have so many members for somebody to be deviant in it.",
        "จำนวนสมาชิกขั้นต่ำของพื้นที่หรือกลุ่มที่จะระบุกรณีที่ต่างออกไปได้",
        default=4,
        ge=2,
    )
    replicates: int = described(
        "Random tables drawn for an exact test of a theme where there are too many to enumerate.",
        "จำนวนตารางสุ่มของการทดสอบแบบแม่นตรง เมื่อมีตารางมากเกินกว่าจะแจกแจงได้ครบ",
        default=10_000,
        ge=99,
        le=1_000_000,
    )
    mapped: list[str] = described(
        "The themes that `theme_map` shows, by id, in this order; without any, those in which sites differ most.",
        "ประเด็นที่ `theme_map` แสดง ระบุ id เรียงตามลำดับ หากไม่ระบุ แสดงประเด็นที่ต่างกันมากที่สุดระหว่างพื้นที่",
        default=[],
    )


class CooccurrenceAnalysis(Section):
    within: int = described(
        "Passages are near each other if at most so many characters lie between them.",
        "ถือว่าข้อความสองแห่งอยู่ใกล้กันเมื่อห่างกันไม่เกินจำนวนอักขระนี้",
        note="characters / อักขระ",
        default=100,
        ge=0,
    )


class LeastAgreement(Section):
    """How much agreement a study asks for; a build that falls short stops once its tables are written."""

    alpha: float | None = described(
        "Least alpha over all codes; a build that falls short stops once its tables are written.",
        "ค่าแอลฟาต่ำสุดรวมทุกรหัส หากต่ำกว่านี้การสร้างจะหยุดหลังเขียนตารางแล้ว",
        default=None,
        le=1,
    )
    each_code: bool = described("Whether each code must reach it as well.", "ทุกรหัสต้องถึงค่านี้ด้วยหรือไม่", default=False)


class AgreementAnalysis(Section):
    unit: Literal["segment", "turn", "participant", "character"] = described(
        "What coders are compared on: each `segment` (passage that somebody coded), each `turn` of a"
        " participant, each `participant`, or each `character`.",
        "หน่วยที่ใช้เทียบผู้ลงรหัส: แต่ละข้อความที่มีผู้ลงรหัส (`segment`) แต่ละช่วงพูด (`turn`) แต่ละคน (`participant`)"
        " หรือแต่ละอักขระ (`character`)",
        default="turn",
    )
    text: Literal["all", "coded"] = described(
        "Whether `all` units count, or only those that somebody gave a code (`coded`).",
        "นับทุกหน่วย (`all`) หรือเฉพาะหน่วยที่มีผู้ให้รหัส (`coded`)",
        default="all",
    )
    replicates: int = described(
        "Bootstrap replicates of the interval of alpha; 0 leaves it out.",
        "จำนวนรอบบูตสแตรปของช่วงความเชื่อมั่นแอลฟา 0 คือไม่คำนวณ",
        default=1000,
        ge=0,
        le=100_000,
    )
    confidence: float = described(
        "Level of the interval of alpha.", "ระดับความเชื่อมั่นที่ใช้คำนวณช่วงของแอลฟา", default=0.95, gt=0, lt=1
    )
    least: LeastAgreement = Field(default_factory=LeastAgreement)


class SaturationAnalysis(Section):
    of: Literal["codes", "themes"] = described(
        "What is counted as new in an interview: `codes` as they were given, or `themes` with the codes below them.",
        "สิ่งที่นับว่าใหม่ในบทสัมภาษณ์: รหัสตามที่ลงไว้ (`codes`) หรือประเด็นรวมรหัสย่อย (`themes`)",
        default="codes",
    )
    base_size: int = described(
        "So many first interviews are the base of saturation.",
        "จำนวนบทสัมภาษณ์แรกที่ใช้เป็นฐานของความอิ่มตัว",
        note="interviews / บทสัมภาษณ์",
        default=4,
        ge=1,
    )
    run_length: int = described(
        "So many interviews are looked at together for something new; each run begins one interview after the"
        " one before.",
        "จำนวนบทสัมภาษณ์ในหนึ่งช่วง แต่ละช่วงเลื่อนไปหนึ่งบท",
        note="interviews / บทสัมภาษณ์",
        default=2,
        ge=1,
    )
    threshold: float = described(
        "Saturation is reached with the first run whose new codes are at most this share of those of the base.",
        "ถือว่าอิ่มตัวเมื่อรหัสใหม่ในช่วงไม่เกินสัดส่วนนี้ของรหัสในฐาน",
        default=0.05,
        ge=0,
        lt=1,
    )
    orders: int = described(
        "Random orders of the interviews, to see how far the point depends on their order; 0 leaves them out.",
        "จำนวนลำดับสุ่มของบทสัมภาษณ์ เพื่อดูว่าจุดอิ่มตัวขึ้นกับลำดับเพียงใด 0 คือไม่คำนวณ",
        default=1000,
        ge=0,
        le=100_000,
    )
    spread: float = described(
        "Share of the random orders that lie between the limits given.",
        "สัดส่วนของลำดับสุ่มที่อยู่ระหว่างขอบล่างและขอบบน",
        default=0.9,
        gt=0,
        lt=1,
    )


class QuoteAnalysis(Section):
    most_from_one: float = described(
        "Largest share of an article's quotes that one participant may supply.",
        "สัดส่วนสูงสุดของคำพูดในบทความที่มาจากผู้ให้ข้อมูลคนเดียวได้",
        default=0.3,
        gt=0,
        le=1,
    )
    sites_per_theme: int = described(
        "A theme that is quoted has quotes from at least so many sites.",
        "ประเด็นที่ยกคำพูดมาต้องมีคำพูดจากอย่างน้อยกี่พื้นที่",
        default=2,
        ge=1,
    )
    local_themes: list[Identifier] = described(
        "Themes that are a matter of one site, and need no quotes from another.",
        "ประเด็นเฉพาะพื้นที่ ซึ่งไม่ต้องมีคำพูดจากพื้นที่อื่น",
        default_factory=list,
    )
    on_failure: Literal["report", "stop"] = described(
        "What follows where these rules are not met: a notice (`report`), or no article (`stop`).",
        "เมื่อไม่เป็นไปตามเกณฑ์ข้างต้น: แจ้งให้ทราบ (`report`) หรือไม่สร้างบทความ (`stop`)",
        default="report",
    )


class ReportingAnalysis(Section):
    open_items: Literal["report", "stop"] = described(
        "What follows where items of COREQ, SRQR and GRAMMS are open: a notice (`report`), or no article (`stop`).",
        "เมื่อยังมีข้อของ COREQ, SRQR และ GRAMMS ที่ไม่มีคำตอบ: แจ้งให้ทราบ (`report`) หรือไม่สร้างบทความ (`stop`)",
        default="report",
    )
