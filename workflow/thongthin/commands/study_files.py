"""The files that a new study begins with, by its strands: what each is for, in both languages."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args, get_origin

import pandas as pd
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from thongthin.basics.console import command
from thongthin.basics.language import Language
from thongthin.basics.yaml_models import Bilingual
from thongthin.basics.yaml_sentences import IDENTIFIER
from thongthin.basics.yaml_source import flow_line
from thongthin.commands.strand_checks import SECTIONS
from thongthin.contract.documents import source_of
from thongthin.contract.strands import Strand
from thongthin.contract.study import Study
from thongthin.contract.survey import Survey
from thongthin.contract.tables import TABLES
from thongthin.present.claims.file import NAME as CLAIMS
from thongthin.read.codebook import CODEBOOK
from thongthin.read.files.sheets import Columns
from thongthin.read.frame import PARTICIPANTS, SITES
from thongthin.read.quotes import QUOTES
from thongthin.read.survey.items import ITEMS

# What people fill in, in the order of docs/prepare-a-study.md: what it is in Thai and in English, and, of a table, its
# columns and the published table that has their labels.
FILES: dict[str, tuple[str, str, Columns | None, str]] = {
    "study.yml": ("การศึกษานี้คืออะไร", "what the study is", None, ""),
    "sites.csv": (
        "พื้นที่ แถวละหนึ่งแห่ง (หากมีแห่งเดียว เว้นว่างได้)",
        "the sites, one a row (can be left empty if there is one)",
        SITES,
        "sites",
    ),
    "participants.csv": ("ผู้ให้ข้อมูล แถวละหนึ่งคน", "who was interviewed, one a row", PARTICIPANTS, "participants"),
    "interviews/": (
        "บทสัมภาษณ์ คนละหนึ่งไฟล์ ชื่อไฟล์คือรหัสผู้ให้ข้อมูล: P01.docx, P02.txt, P03.md, P04.vtt",
        "the interviews, one file a participant, named by the id: P01.docx, P02.txt, P03.md, P04.vtt",
        None,
        "",
    ),
    "codebook.csv": ("สมุดรหัส แถวละหนึ่งรหัส", "the codes, one a row", CODEBOOK, "codes"),
    "coding/": (
        "ไฟล์ที่ส่งออกจากโปรแกรมลงรหัส ตามที่โปรแกรมให้มา",
        "what the coding tool exports, as it comes",
        None,
        "",
    ),
    "quotes.csv": (
        "คำพูดที่บทความยกมาได้ (ไม่มีก็ได้)",
        "quotes that the article may show (can be left empty)",
        QUOTES,
        "quotes",
    ),
    "survey/items.csv": (
        "ข้อคำถามของแบบสอบถาม และวางไฟล์คำตอบไว้ข้างกัน (เมื่อมี survey ใน study.yml)",
        "the items of the survey, with the file of responses beside it (read with `survey` in study.yml)",
        ITEMS,
        "items",
    ),
    "references.yml": ("เอกสารอ้างอิง", "the works cited", None, ""),
}


# The strand that a file is of, where it is of one.
STRANDS: dict[str, Strand] = {
    **dict.fromkeys(("participants.csv", "interviews/", "codebook.csv", "coding/", "quotes.csv"), "interviews"),
    "survey/items.csv": "survey",
}


# Columns of items.csv and sites.csv that are not published, or not in a table of that name.
UNPUBLISHED = {
    "people": (
        "จำนวนคนในพื้นที่ ทั้งหมดหรือแยกกลุ่ม: official 180, citizen 21450",
        "People at the site, all or by group: official 180, citizen 21450",
    ),
    "latitude": ("ละติจูดเป็นองศา เช่น 16.4467 (เว้นว่างได้)", "Latitude in degrees, such as 16.4467 (may be empty)"),
    "longitude": ("ลองจิจูดเป็นองศา เช่น 102.8330", "Longitude in degrees, such as 102.8330"),
    "code": (
        "รหัสของกรมการปกครอง: จังหวัด 2 หลัก อำเภอ 4 หลัก หรือตำบล 6 หลัก (เว้นว่างได้)",
        "Official code of the province (2 digits), district (4) or subdistrict (6) (may be empty)",
    ),
    "column": ("หัวคอลัมน์ในไฟล์คำตอบ หากไม่ใช่ item_id", "Header in the file of responses, if it is not the item_id"),
    "choice": ("คำตอบที่เลือกได้ ของคำถามที่เลือกได้หลายข้อ", "The answer meant, of a question with several answers"),
}


def readme(name: str, languages: Sequence[Language], kind: Kind = "mixed") -> str:
    """What goes where in the folders of the study, in Thai and in English."""
    check = f"`{command('check', name)}`"
    drafts = {strand: f"`{line}`" for strand, line in zip(strands_of(kind), drafting(name, kind), strict=True)}
    lines = [
        f"# {name}",
        "",
        f"เติมไฟล์ในโฟลเดอร์นี้ตามลำดับ สั่ง {check} ได้ทุกเมื่อเพื่อดูว่ายังขาดสิ่งใด แทนชื่อบุคคลด้วยรหัสก่อนนำไฟล์มาวาง"
        " คำอธิบายทีละขั้นอยู่ใน `docs/th/prepare-a-study.md`",
        "",
        f"Fill in the files of this folder in this order; {check} says at any time what is still missing. Replace names"
        " of persons by ids before files come here. `docs/prepare-a-study.md` explains each step.",
        "",
        "| ไฟล์ / file | ใส่อะไร | what goes there |",
        "|---|---|---|",
        *(f"| `{file}` | {FILES[file][0]} | {FILES[file][1]} |" for file in fills_in(kind)),
        *_prose_listed(name, languages),
        "",
    ]
    if "interviews" in drafts:
        lines += [
            f"เมื่อวางบทสัมภาษณ์และไฟล์ลงรหัสแล้ว คำสั่ง {drafts['interviews']} จะร่าง `participants.csv`, `codebook.csv`"
            " และ (หากไฟล์บอก) `sites.csv` ให้ ที่เหลือคือสิ่งที่มีแต่ผู้วิจัยเท่านั้นที่รู้"
            " บทสัมภาษณ์ที่ยังไม่ได้ลงรหัสก็ตรวจและสร้างบทความฉบับร่างได้",
            "",
            f"Once interviews and coding are there, {drafts['interviews']} drafts `participants.csv`, `codebook.csv`"
            " and, where the files tell, `sites.csv`. What is left is what only you can know. Interviews that nobody"
            " has coded yet can be checked, and built into a first article, as well.",
            "",
        ]
    if "survey" in drafts:
        lines += [
            f"เมื่อวางไฟล์คำตอบแบบสอบถามใน `survey/` แล้ว คำสั่ง {drafts['survey']} (แทน FILE ด้วยชื่อไฟล์)"
            " จะร่าง `survey/items.csv` และส่วน `survey` ของ `study.yml` ให้",
            "",
            f"Once the file of responses is in `survey/`, {drafts['survey']} (with its name for FILE) drafts"
            " `survey/items.csv` and the part `survey` of `study.yml`.",
            "",
        ]
    what_th, what_en = ("คำตอบแบบสอบถาม", "Answers") if kind == "survey" else ("บทสัมภาษณ์", "Interviews")
    lines += [
        f"{what_th}เป็นความลับ Git จึงไม่เก็บโฟลเดอร์นี้ (`.gitignore`) เพื่อไม่ให้ `git add .` ครั้งแรกพาข้อมูลเข้าไปในประวัติ"
        " ซึ่งลบออกได้ยาก"
        f" หากตัดสินใจว่าเผยแพร่ได้ ให้สั่ง `git add -f data/raw/{name}` หรือเพิ่มบรรทัด `!/data/raw/{name}/` ใน `.gitignore`"
        " ส่วนบทความใน `report/` Git เก็บตามปกติ จึงอย่าพิมพ์ชื่อจริงลงไป",
        "",
        f"{what_en} are confidential. So that a first `git add .` doesn't put them into the history, from where they"
        " are hard to take out again, git leaves this folder out (`.gitignore`). If you decide that they can be"
        f" published: `git add -f data/raw/{name}`, or a line `!/data/raw/{name}/` in `.gitignore`. The article in"
        " `report/` is kept by git as usual: let no real name stand in it.",
        "",
        "ตารางเป็น `.csv` (จาก Excel ให้บันทึกแบบ CSV UTF-8) หรือ `.xlsx` ชื่อเดียวกัน อย่างใดอย่างหนึ่ง แถวแรกคือชื่อคอลัมน์ด้านล่าง"
        " ซึ่งที่มี `*` ขาดไม่ได้",
        "",
        "Tables are `.csv` (from Excel: save as “CSV UTF-8”) or `.xlsx` of the same name, one of both. The first row"
        " holds the columns below; those with `*` must be there.",
    ]
    return "\n".join([*lines, *_columns_listed(kind)]) + "\n"


def _prose_listed(name: str, languages: Sequence[Language]) -> list[str]:
    """What people write, and what it is."""
    articles = ", ".join(f"`report/{name}/article.{language}.qmd`" for language in languages)
    return [
        f"| {articles} | บทความ ตาม `docs/th/article-format.md` | the article, as `docs/article-format.md` shows |",
        f"| `report/{name}/{CLAIMS}` | สิ่งที่ต้องเป็นจริงสำหรับประโยคในบทความ ตาม `docs/th/claims.md` (ไม่ใช้ก็ได้) "
        "| what must hold for its sentences, as `docs/claims.md` shows (can be left as it is) |",
    ]


def _columns_listed(kind: Kind) -> list[str]:
    """The columns of every table that is to be filled in, with what they are for."""
    lines = []
    for file in fills_in(kind):
        _, _, columns, table = FILES[file]
        if columns:
            labels = {c.name: (c.th, c.en) for c in TABLES[table].columns} | UNPUBLISHED
            lines += ["", f"## {file}", "", "| คอลัมน์ / column | ไทย | English |", "|---|---|---|"]
            for column in columns.all:
                star = " *" if column in columns.required else ""
                lines.append(f"| `{column}`{star} | {labels[column][0]} | {labels[column][1]} |")
    return lines


def files_of(name: str, languages: Sequence[Language], kind: Kind = "mixed") -> dict[str, pd.DataFrame | str]:
    """Everything that is written for a new study, by path in the project folder; tables are without rows."""
    folder = f"data/raw/{name}"
    texts = {"study.yml": study_template(datetime.date.today(), kind), "references.yml": _skeleton("references.yml")}
    files: dict[str, pd.DataFrame | str] = {f"{folder}/README.md": readme(name, languages, kind)}
    for file in fills_in(kind):
        if columns := FILES[file][2]:
            files[f"{folder}/{file}"] = pd.DataFrame(columns=list(columns.all), dtype=str)
        elif file in texts:
            files[f"{folder}/{file}"] = texts[file]
    for language in languages:
        path = source_of(Path(), name, "article", language)
        files[path.as_posix()] = _skeleton(f"{kind}.{language}.qmd")
    files[f"report/{name}/{CLAIMS}"] = _skeleton(CLAIMS)
    return files


# What a new study can be.
Kind = Literal["mixed", "interviews", "survey"]


KINDS: tuple[Kind, ...] = get_args(Kind)


# What each key of study.yml says, in Thai and in English.
KEYS = {
    "title": ("ชื่อเรื่อง", "Title"),
    "authors": ("ผู้เขียน ตามลำดับ", "Authors, in order"),
    "strands": (
        "ข้อมูลที่เก็บ: [interviews] สัมภาษณ์ [survey] แบบสอบถาม หรือ [interviews, survey] ทั้งสองอย่าง",
        "What was collected: [interviews], [survey], or [interviews, survey]",
    ),
    "keywords": ("คำสำคัญ", "Keywords"),
    "province": ("จังหวัด", "Province"),
    "district": ("อำเภอ", "District"),
    "provenance": (
        "ข้อมูลภาคสนาม (field) หรือข้อมูลจำลอง (simulated ซึ่งจะแจ้งไว้ทุกหน้า)",
        "Data from the field, or simulated, which is told on every page",
    ),
    "ethics": ("ประโยคเรื่องการรับรองจริยธรรมการวิจัย", "The sentence on ethics approval"),
    "date": ("วันที่ในเอกสาร", "Date printed on the documents"),
    "fieldwork": ("ช่วงเก็บข้อมูล", "Period of fieldwork"),
    "participants": (
        "หากผู้ให้ข้อมูลทุกคนยินยอม: consent: all แทนการเติมคอลัมน์ consent ทีละคน",
        "If everybody consented: consent: all, in place of the column consent",
    ),
    "groups": (
        "กลุ่มผู้ให้ข้อมูล เช่น official, citizen หากไม่ระบุ ทุกคนอยู่กลุ่มเดียวกัน",
        "Groups of participants, such as official, citizen; left out, all are one group",
    ),
    "framework": (
        "กรอบแนวคิด: ปัจจัยและผลลัพธ์ รหัสเหล่านี้ใช้ใน codebook.csv และ items.csv",
        "Conceptual framework: factors and outcomes, whose ids codebook.csv and items.csv use",
    ),
    "interviews": (
        "ใครเป็นผู้พูดในบทสัมภาษณ์ หากชื่อผู้พูดบอกเองไม่ได้ (ไม่ใช่โฟลเดอร์ interviews)",
        "Whose words the turns of the interviews are, where their labels do not say",
    ),
    "coding": ("วิธีอ่านไฟล์ลงรหัส หากไฟล์บอกเองไม่ได้", "How the coding is to be read, where the files do not say"),
    "survey": (
        "แบบสอบถาม: คำสั่ง paper.py describe-survey เขียนร่างส่วนนี้จากไฟล์คำตอบได้",
        "The survey: paper.py describe-survey drafts this part from the file of responses",
    ),
    "model": ("ตัวแบบถดถอย", "The regression"),
    "models": ("ตัวแบบถดถอยเพิ่มเติม แต่ละตัวมี id ของตนเอง", "Further regressions, each with an id of its own"),
    "qca": ("การวิเคราะห์เชิงเปรียบเทียบเชิงคุณภาพ", "Qualitative comparative analysis"),
    "reporting": ("คำตอบของรายการตรวจสอบ ตามเลขข้อ", "Answers to reporting checklists, by number of the item"),
    "privacy": (
        "การคุ้มครองผู้ให้ข้อมูล ต้องระบุก่อนเผยแพร่",
        "How the people of the study are protected; needed for what is published",
    ),
    "analysis": ("การวิเคราะห์ที่ต่างจาก config/config.yml", "Choices that differ from config/config.yml"),
}


STUDY_HEAD = """\
# yaml-language-server: $schema=../../../config/schema/study.schema.json
# เติมหลังเครื่องหมาย : ส่วนที่มี # นำหน้าไม่มีก็ได้ (ลบ # ออกเมื่อใช้) ข้อความที่มี : หรือ # ให้ใส่ใน "..."
# คำอธิบายและตัวอย่าง: docs/th/prepare-a-study.md
# Fill in after each colon. What has a # in front may be left out (take the # away to use it). Text with : or # in it
# goes into "...". All of it explained, with examples: docs/prepare-a-study.md
"""


# Of two keys one of which must be there: the usual one, and the other.
ONE_OF: dict[tuple[type[BaseModel], str], str] = {(Survey, "file"): "files"}


# What people write on from.
SKELETON = Path(__file__).parent / "skeleton"


def strands_of(kind: Kind) -> list[Strand]:
    """The strands that a kind of study has."""
    return [strand for strand in get_args(Strand) if kind in ("mixed", strand)]


def study_template(date: datetime.date | None = None, kind: Kind = "mixed") -> str:
    """A `study.yml` with nothing in it yet: keys that must be there, and the others behind a #.

    Args:
        date: of the documents, to begin with; None leaves it open.
        kind: of the study; keys of a strand that it has not are left out, and `strands` says so.
    """
    lines = [STUDY_HEAD.rstrip("\n")]
    others = {key for strand, keys in SECTIONS.items() if strand not in strands_of(kind) for key in keys}
    others |= {"reporting"} if kind == "survey" else set()  # the checklists are of interviews
    given = {"strands": flow_line("strands", strands_of(kind)), **({"date": f"date: {date}"} if date else {})}
    for name, field in Study.model_fields.items():
        if name in others:
            continue
        th, en = KEYS[name]
        own = [given[name]] if name in given else _entry(name, field, brief=not field.is_required())
        stands = field.is_required() or (name == "strands" and kind != "mixed")
        lines += ["", f"# {th}", f"# {en}", *(own if stands else _commented(own))]
    return "\n".join(lines) + "\n"


def _entry(key: str, field: FieldInfo, *, brief: bool) -> list[str]:
    """A key with nothing behind it, and below it the keys of its group.

    Args:
        brief: whether optional keys that are groups themselves are only named.
    """
    kind = next((k for k in get_args(field.annotation) if k is not type(None)), None)
    many = get_origin(field.annotation) is list
    group = kind if kind and get_origin(field.annotation) is not dict else field.annotation
    if group is Bilingual:
        return [f"{key}:  # ข้อความ หรือ / text, or {{th: ..., en: ...}}"]
    if not (isinstance(group, type) and issubclass(group, BaseModel)):
        hint = _hint(field)
        return [f"{key}:  # {hint}" if hint else f"{key}:"]
    below, named = [], []
    for name, inner in group.model_fields.items():
        own = _entry(inner.alias or name, inner, brief=brief)
        if other := ONE_OF.get((group, name)):
            below.append(f"{name}:  # หรือ / or: {other}")
        elif name in (ONE_OF[one] for one in ONE_OF if one[0] is group):
            continue
        elif inner.is_required():
            below += own
        elif len(own) > 1 and not brief:
            below += _commented(own)
        else:
            named.append(inner.alias or name)
    if named:
        below.append(f"# เพิ่มได้ / may follow: {', '.join(named)}")
    first = "  - " if many else "  "
    return [f"{key}:", *((first if n == 0 else " " * len(first)) + line for n, line in enumerate(below))]


def _commented(lines: Sequence[str]) -> list[str]:
    return [f"# {line}" for line in lines]


def _hint(field: FieldInfo) -> str:
    """What can stand behind a key that is no group, as far as its type says."""
    if get_origin(field.annotation) is Literal:
        return " | ".join(get_args(field.annotation))
    if get_origin(field.annotation) is list:
        return "[..., ...]"
    if field.annotation is datetime.date:
        return "2024-09-15"
    if any(getattr(rule, "pattern", None) == IDENTIFIER for rule in field.metadata):
        return "อักษรละติน ตัวเลข - _ / Latin letters, digits, - and _"
    return ""


def fills_in(kind: Kind) -> list[str]:
    """What people fill in of a kind of study: names of files and folders, in the order of `FILES`."""
    return [file for file in FILES if file not in STRANDS or STRANDS[file] in strands_of(kind)]


def drafting(name: str, kind: Kind) -> list[str]:
    """The commands that draft files of a new study from what was exported."""
    folder = f"data/raw/{name}"
    commands = {
        "interviews": command("describe-coding", "--study", name, "--drafts"),
        "survey": command("describe-survey", f"{folder}/survey/FILE", "--drafts", folder),
    }
    return [commands[strand] for strand in strands_of(kind)]


def _skeleton(file: str) -> str:
    return (SKELETON / file).read_text(encoding="utf-8")
