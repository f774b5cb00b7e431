"""A small, valid study for tests, written into a project folder of their own.

`make_study` writes `data/raw/<name>/`, `report/<name>/` and, unless one is there, `config/config.yml`: three sites, six
participants (an official and a citizen at each site), Thai interviews as .txt, .md and .docx, 21 coded segments by two
coders who do not always agree, a survey of 30 answers, three works, and a short article in each language that asks for
values, tables, a figure and quotes. All of it is made up here, and always comes out the same.

A test changes what it is about and leaves the rest:

    make_study(tmp_path)                                          # the valid study, named "small"
    make_study(tmp_path, study={"survey": None, "model": None})   # without these keys of study.yml
    make_study(tmp_path, files={"quotes.csv": None})              # without this file
    make_study(tmp_path, files={"sites.csv": "site_id,..."})      # with this one instead
    replace_text(folder / "participants.csv", "P01,S01", "P01,S99")
"""

from __future__ import annotations

import csv
import datetime
import io
import random
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml

SITES = [
    ("S01", "เทศบาลตำบลน้ำใส", "Nam Sai Subdistrict Municipality", "municipality"),
    ("S02", "องค์การบริหารส่วนตำบลทุ่งทอง", "Thung Thong Subdistrict Administrative Organisation", "organisation"),
    ("S03", "เทศบาลเมืองดอนหวาน", "Don Wan Town Municipality", "municipality"),
]

# participant, site, group, role, sex, age band, date (both eras are never mixed in one column)
PARTICIPANTS = [
    ("P01", "S01", "official", "ปลัดเทศบาล", "หญิง", "40-49", "5/3/2566"),
    ("P02", "S01", "citizen", "ผู้ใช้บริการ", "ชาย", "30-39", "6 มีนาคม 2566"),
    ("P03", "S02", "official", "นักวิชาการคอมพิวเตอร์", "ชาย", "30-39", "๙ มี.ค. ๒๕๖๖"),
    ("P04", "S02", "citizen", "เกษตรกร", "หญิง", "60-69", "2566-03-10"),
    ("P05", "S03", "official", "หัวหน้าสำนักปลัด", "หญิง", "50-59", "20/4/2566"),
    ("P06", "S03", "citizen", "ผู้ประกอบการ", "ชาย", "20-29", "21/4/2566"),
]

# Two answers of each participant; the first sentence of an answer is what the coders marked.
ANSWERS = {
    "P01": (
        "ผู้บริหารของเราเปิดรับเทคโนโลยีใหม่เสมอ ทุกคนเลยกล้าลองทำ",
        "เจ้าหน้าที่ใช้โปรแกรมเอกสารได้คล่อง เพราะอบรมกันทุกปี",
    ),
    "P02": (
        "เจ้าหน้าที่ยินดีสอนชาวบ้านใช้แอปด้วยรอยยิ้ม ผมประทับใจมาก",
        "เดี๋ยวนี้จ่ายค่าน้ำผ่านมือถือเสร็จในห้านาที เมื่อก่อนรอครึ่งวัน",
    ),
    "P03": (
        "คนในสำนักงานบางส่วนยังกลัวระบบใหม่ ต้องค่อย ๆ ชวน",
        "มีผมคนเดียวที่ดูแลเครื่องแม่ข่ายเป็น ถ้าผมลาก็ไม่มีใครแทน",
    ),
    "P04": (
        "ฉันพิมพ์ไม่เป็นแต่หลานช่วยกดให้ทุกครั้ง ก็พอไปได้",
        "ยื่นเรื่องครั้งเดียวไม่ต้องเดินหลายห้องแล้ว สะดวกขึ้นเยอะ",
    ),
    "P05": (
        "เราเห็นตรงกันว่าต้องเปลี่ยนเพื่อประชาชน จึงทำได้เร็ว",
        "พนักงานรุ่นใหม่วิเคราะห์ข้อมูลเองได้ ส่วนรุ่นพี่ยังต้องฝึก",
    ),
    "P06": (
        "ใบอนุญาตออกภายในวันเดียวจากเดิมเจ็ดวัน ร้านผมเปิดได้เร็ว",
        "หน้าเว็บบอกขั้นตอนชัดเจนไม่ต้องโทรถาม แต่บางเมนูหายาก",
    ),
}

CODES = [
    ("attitude", "", "ทัศนคติเชิงบวก", "Positive attitude", "attitude", "neutral"),
    ("attitude_open", "attitude", "เปิดรับสิ่งใหม่", "Openness", "attitude", "enabling"),
    ("attitude_fear", "attitude", "กังวลต่อระบบใหม่", "Fear of the new", "attitude", "hindering"),
    ("skills", "", "ทักษะดิจิทัล", "Digital skills", "skills", "neutral"),
    ("faster", "", "บริการเร็วขึ้น", "Faster service", "", "enabling"),
]

# participant, which answer (0, 1), code of SK, code of NP ("" = not marked)
MARKS = [
    ("P01", 0, "attitude_open", "attitude_open"),
    ("P01", 1, "skills", "skills"),
    ("P02", 0, "attitude_open", ""),
    ("P02", 1, "faster", "faster"),
    ("P03", 0, "attitude_fear", "attitude_fear"),
    ("P03", 1, "skills", "skills"),
    ("P04", 0, "skills", "skills"),
    ("P04", 1, "faster", "faster"),
    ("P05", 0, "attitude_open", "attitude_open"),
    ("P05", 1, "", "skills"),
    ("P06", 0, "faster", "faster"),
    ("P06", 1, "skills", ""),
]

QUOTES = [
    (
        "q_open",
        "P01",
        "attitude_open",
        ANSWERS["P01"][0],
        "Our leaders always welcome new technology, so everyone dares to try.",
    ),
    (
        "q_fast",
        "P06",
        "faster",
        ANSWERS["P06"][0],
        "The licence came within a day instead of seven; my shop opened early.",
    ),
]

AGREE = ["ไม่เห็นด้วยอย่างยิ่ง", "ไม่เห็นด้วย", "ไม่แน่ใจ", "เห็นด้วย", "เห็นด้วยอย่างยิ่ง"]
AGREE_EN = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]

# item, construct, Thai text, English text, reversed, wave, pair
ITEMS = [
    ("A1", "attitude", "บุคลากรเปิดรับเทคโนโลยี", "Staff welcome technology", "no", "", ""),
    ("A2", "attitude", "ผู้บริหารสนับสนุน", "Leaders give support", "no", "", ""),
    ("A3", "attitude", "บุคลากรกลัวการเปลี่ยนแปลง", "Staff fear change", "yes", "", ""),
    ("K1", "skills", "เจ้าหน้าที่ใช้ระบบเป็น", "Staff can use the system", "no", "", ""),
    ("K2", "skills", "เจ้าหน้าที่แก้ปัญหาได้", "Staff can solve problems", "no", "", ""),
    ("O1", "success", "บริการดิจิทัลประสบความสำเร็จ", "Digital service is a success", "no", "", ""),
    ("O2", "success", "ประชาชนพอใจบริการ", "Citizens are satisfied", "no", "", ""),
    ("B1", "speed", "บริการรวดเร็ว [ก่อน]", "Service was fast [before]", "no", "before", "fast"),
    ("B2", "speed", "บริการรวดเร็ว [หลัง]", "Service is fast [after]", "no", "after", "fast"),
    ("F1", "speed", "ขั้นตอนน้อย [ก่อน]", "Steps were few [before]", "no", "before", "steps"),
    ("F2", "speed", "ขั้นตอนน้อย [หลัง]", "Steps are few [after]", "no", "after", "steps"),
]
SITE_QUESTION = "ท่านอยู่ในพื้นที่ใด"
GROUP_QUESTION = "ท่านเป็น"
SEX_QUESTION = "เพศ"

STUDY: dict[str, Any] = {
    "title": {"th": "ท้องถิ่นดิจิทัล: การศึกษาขนาดเล็ก", "en": "Digital local government: a small study"},
    "authors": [
        {
            "name": {"th": "สมศรี ใจดี", "en": "Somsri Jaidee"},
            "affiliation": {"th": "มหาวิทยาลัยตัวอย่าง", "en": "Example University"},
            "email": "somsri@example.org",
            "corresponding": True,
        }
    ],
    "keywords": {"th": ["ท้องถิ่นดิจิทัล", "เทศบาล"], "en": ["digital local government", "municipality"]},
    "province": {"th": "ขอนแก่น", "en": "Khon Kaen"},
    "provenance": "simulated",
    "ethics": {"th": "ข้อมูลจำลองทั้งหมด จึงไม่ต้องขอจริยธรรม", "en": "All data are simulated; no approval was needed."},
    "date": datetime.date(2023, 9, 15),
    "fieldwork": {"from": datetime.date(2023, 3, 1), "to": datetime.date(2023, 5, 31)},
    "groups": [
        {"id": "official", "label": {"th": "เจ้าหน้าที่", "en": "Officials"}},
        {"id": "citizen", "label": {"th": "ประชาชน", "en": "Citizens"}},
    ],
    "framework": {
        "factors": [
            {"id": "attitude", "label": {"th": "ทัศนคติ", "en": "Attitude"}},
            {"id": "skills", "label": {"th": "ทักษะ", "en": "Skills"}},
        ],
        "outcomes": [
            {"id": "success", "label": {"th": "ความสำเร็จ", "en": "Success"}},
            {"id": "speed", "label": {"th": "ความรวดเร็ว", "en": "Speed"}},
        ],
    },
    "survey": {
        "file": "responses.csv",
        "site": SITE_QUESTION,
        "group": GROUP_QUESTION,
        "submitted": "ประทับเวลา",
        "scales": {
            "agree5": {
                "answers": [
                    {"value": value, "th": th, "en": en}
                    for value, (th, en) in enumerate(zip(AGREE, AGREE_EN, strict=True), start=1)
                ]
            }
        },
    },
    "model": {"outcome": "success", "predictors": ["attitude", "skills"]},
}

CONFIG: dict[str, Any] = {"analysis": {"languages_differ": "notice", "agreement": {"replicates": 50}}}

REFERENCES = """\
- id: somchai2021
  type: book
  issued: 2021
  th: {author: [{given: สมชาย, family: รักท้องถิ่น}], title: การบริหารท้องถิ่นดิจิทัล, publisher: สำนักพิมพ์ตัวอย่าง}
  en: {author: [{given: Somchai, family: Rakthongthin}], title: Digital local administration, publisher: Example Press}
- id: wipa2022
  type: article-journal
  issued: 2022
  volume: 5
  issue: 2
  page: 10-21
  th: {author: [{given: วิภา, family: ศรีสุข}], title: ทักษะดิจิทัลของบุคลากรท้องถิ่น, container-title: วารสารตัวอย่าง}
  en: {author: [{given: Wipa, family: Srisuk}], title: Digital skills of local staff, container-title: Example Journal}
- id: agency2020
  type: webpage
  issued: 2020
  accessed: 2023-03-30
  URL: https://www.example.org/digital
  th: {author: [{literal: สำนักงานตัวอย่าง}], title: แผนพัฒนารัฐบาลดิจิทัล}
  en: {author: [{literal: Example Agency}], title: Digital government plan}
"""

ARTICLE_TH = """\
---
lang: th
---

# บทคัดย่อ {.unnumbered}

การศึกษานี้สัมภาษณ์ผู้ให้ข้อมูล {{< value sample.participants.all.n >}} คน

# บทนำ {#sec-intro}

การบริหารท้องถิ่นดิจิทัลเป็นเรื่องสำคัญ [@somchai2021; @wipa2022] ตามแผนของ @agency2020

# วิธีการศึกษา {#sec-method}

ผู้ให้ข้อมูลมาจาก {{< value sample.sites.all.n >}} พื้นที่ บทสัมภาษณ์ถอดคำต่อคำ แล้วผู้ลงรหัส {{< value sample.coders.all.n >}} คนอ่านโดยอิสระต่อกันด้วยสมุดรหัสเดียวกัน ส่วนแบบสอบถามมีผู้ตอบ {{< value sample.respondents.all.n >}} คน ข้อคำถามเชิงลบกลับคะแนนก่อนวิเคราะห์ และเปรียบเทียบพื้นที่ด้วยการทดสอบครัสคัล-วัลลิส ข้อมูลทั้งหมดในการศึกษาขนาดเล็กนี้เขียนขึ้นเพื่อทดสอบระบบ จึงไม่บอกสิ่งใดเกี่ยวกับท้องถิ่นจริง

# ผลการศึกษา {#sec-findings}

ผู้ให้ข้อมูล{{< value themes_by_site.all.attitude.share >}} กล่าวถึงทัศนคติ ดัง @tbl-themes และ @fig-themes ใน @sec-intro ค่าแอลฟา {{< value agreement.all.alpha >}}

::: {#tbl-themes}
{{< include tables/themes_by_site.md >}}

ประเด็นจำแนกตามพื้นที่
:::

![ประเด็นจำแนกตามพื้นที่](figures/themes_by_site){#fig-themes fig-alt="แผนภาพแสดงสัดส่วนของผู้ที่กล่าวถึงแต่ละประเด็นในแต่ละพื้นที่"}

{{< quote q_open >}}

แบบสอบถามมีค่าความเชื่อมั่น {{< value scale_reliability.attitude.single.alpha >}} และค่า p {{< value site_comparison.attitude.single.p >}}

# เอกสารอ้างอิง {.unnumbered}

::: {#refs}
:::

# Translated References {.unnumbered}

::: {#refs-translated}
:::
"""  # noqa: E501

ARTICLE_EN = """\
---
lang: en
---

# Abstract {.unnumbered}

This study interviewed {{< value sample.participants.all.n >}} participants.

# Introduction {#sec-intro}

Digital local administration matters [@somchai2021; @wipa2022], as the plan of @agency2020 says.

# Method {#sec-method}

The participants came from {{< value sample.sites.all.n >}} sites. Their interviews were transcribed word for word, and {{< value sample.coders.all.n >}} coders read them independently with the same codebook. The survey was answered by {{< value sample.respondents.all.n >}} people; reversed items were turned round before the analysis, and the sites were compared with a Kruskal-Wallis test. All data of this small study were written to test the workflow, and say nothing of any real place.

# Findings {#sec-findings}

Attitude was mentioned by {{< value themes_by_site.all.attitude.share >}} of participants (@tbl-themes, @fig-themes, @sec-intro); alpha was {{< value agreement.all.alpha >}}.

::: {#tbl-themes}
{{< include tables/themes_by_site.md >}}

Themes by site
:::

![Themes by site](figures/themes_by_site){#fig-themes fig-alt="Heat map of the share of participants who mention each theme at each site"}

{{< quote q_fast >}}

The scale had an alpha of {{< value scale_reliability.attitude.single.alpha >}} and p was {{< value site_comparison.attitude.single.p >}}.

# References {.unnumbered}

::: {#refs}
:::

# Translated References {.unnumbered}

::: {#refs-translated}
:::
"""  # noqa: E501


def make_study(
    root: Path,
    *,
    name: str = "small",
    study: Mapping[str, Any] | None = None,
    files: Mapping[str, str | bytes | None] | None = None,
    config: Mapping[str, Any] | None = None,
) -> Path:
    """Write the small study into the project folder `root`, and give back its study folder.

    Args:
        name: of the study; several studies can stand in one project folder (the configuration lists the last one
            written only if `config` says so).
        study: keys of `study.yml` to put in place of the usual ones; None leaves a key out.
        files: whole files to put in place of the usual ones, by their path in the study folder (an article is
            `article.th.qmd` or `article.en.qmd`); None leaves a file out.
        config: keys of `config/config.yml`, as `study`; the default is this study, everything, few replicates.
    """
    folder = root / "data" / "raw" / name
    contents: dict[str, str | bytes | None] = {
        "study.yml": yaml_text(STUDY, study),
        "sites.csv": csv_text(["site_id", "name_th", "name_en", "type"], SITES),
        "participants.csv": csv_text(
            ["participant_id", "site_id", "group", "role", "sex", "age_band", "interviewed_on", "consent"],
            [(*row, "yes") for row in PARTICIPANTS],
        ),
        "codebook.csv": csv_text(
            ["code_id", "parent_id", "label_th", "label_en", "definition_th", "definition_en", "factor", "valence"],
            [(c, p, th, en, f"นิยามของ{th}", f"Definition of {en}", *rest) for c, p, th, en, *rest in CODES],
        ),
        "coding/coding.csv": csv_text(["participant", "start", "end", "code", "coder", "text"], coding_rows()),
        "quotes.csv": csv_text(
            ["quote_id", "participant_id", "code_id", "text", "translation_th", "translation_en"],
            [(quote, who, code, text, "", translation) for quote, who, code, text, translation in QUOTES],
        ),
        "survey/items.csv": csv_text(
            ["item_id", "column", "construct", "text_th", "text_en", "scale", "reversed", "wave", "pair"],
            [(i, th, c, th, en, "agree5", *rest) for i, c, th, en, *rest in ITEMS]
            + [("sex", SEX_QUESTION, "", SEX_QUESTION, "Sex", "category", "no", "", "")],
        ),
        "survey/responses.csv": responses(),
        "references.yml": REFERENCES,
        "article.th.qmd": ARTICLE_TH,
        "article.en.qmd": ARTICLE_EN,
    }
    for who, *_ in PARTICIPANTS:
        suffix = {"P05": "docx", "P06": "md"}.get(who, "txt")
        text = transcript(who)
        # One file as Windows Notepad writes it; one with sara am in two characters, as some keyboards do.
        text = text.replace("\n", "\r\n") if who == "P02" else text.replace("ำ", "ํา") if who == "P04" else text
        data = docx_bytes(text) if suffix == "docx" else text.encode("utf-8-sig" if who == "P02" else "utf-8")
        contents[f"interviews/{who}.{suffix}"] = data
    for file, content in {**contents, **(files or {})}.items():
        path = root / "report" / name / file if file.startswith("article.") else folder / file
        if content is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    settings = root / "config" / "config.yml"
    if config is not None or not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(yaml_text({"studies": [name], **CONFIG}, config), encoding="utf-8")
    return folder


def replace_text(path: Path, old: str, new: str) -> None:
    """Replace `old`, which must be in the UTF-8 file, by `new`, everywhere in it."""
    text = path.read_bytes().decode("utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_bytes(text.replace(old, new).encode("utf-8"))


def transcript(participant: str) -> str:
    """The interview as the reader normalises it: a question and an answer, twice."""
    first, second = ANSWERS[participant]
    return f"ผู้สัมภาษณ์: อะไรทำให้งานดิจิทัลของที่นี่เดินหน้าได้\nผู้ให้ข้อมูล: {first}\nผู้สัมภาษณ์: แล้วอะไรเปลี่ยนไปบ้าง\nผู้ให้ข้อมูล: {second}"


def coding_rows() -> list[tuple[Any, ...]]:
    """Rows of the coding table: participant, start, end, code, coder, text."""
    rows: list[tuple[Any, ...]] = []
    for who, answer, *codes in MARKS:
        marked = ANSWERS[who][answer].split()[0]
        start = transcript(who).index(marked)
        rows += [
            (who, start, start + len(marked), code, coder, marked)
            for coder, code in zip(["SK", "NP"], codes, strict=True)
            if code
        ]
    return rows


def responses(n: int = 30) -> str:
    """The survey as a form exports it: Thai headers, answers in words, ten respondents a site."""
    rng = random.Random(7)

    def answer(level: float) -> str:
        return AGREE[min(4, max(0, round(rng.gauss(level, 0.8))))]

    rows = []
    for i in range(n):
        site = i % len(SITES)
        attitude, skills = rng.gauss(2.4 + 0.5 * site, 0.7), rng.gauss(2.5, 0.7)
        level = {"attitude": attitude, "skills": skills, "success": (attitude + skills) / 2, "speed": 2.2}
        answers = [
            answer(4 - level[construct] if turned == "yes" else level[construct] + 0.8 * (wave == "after"))
            for _, construct, _, _, turned, wave, _ in ITEMS
        ]
        time = f"2023-04-{1 + i % 28:02d} 10:{i:02d}:00"
        group = ["เจ้าหน้าที่", "ประชาชน"][i % 2]
        rows.append((time, SITES[site][1], group, ["หญิง", "ชาย"][rng.randrange(2)], *answers))
    return csv_text(["ประทับเวลา", SITE_QUESTION, GROUP_QUESTION, SEX_QUESTION, *(item[2] for item in ITEMS)], rows)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A CSV file as text."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([header, *rows])
    return stream.getvalue()


def yaml_text(content: Mapping[str, Any], changes: Mapping[str, Any] | None = None) -> str:
    """`content` with some keys changed (None leaves a key out) as YAML."""
    changed = {**content, **(changes or {})}
    return yaml.safe_dump({k: v for k, v in changed.items() if v is not None}, allow_unicode=True, sort_keys=False)


def docx_bytes(text: str) -> bytes:
    """The smallest Word document with one paragraph a line; the same bytes every time."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n")
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{lines}</w:body></w:document>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part, xml in parts.items():
            archive.writestr(zipfile.ZipInfo(part), f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return stream.getvalue()
