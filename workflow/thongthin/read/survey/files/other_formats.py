"""Survey files that are not read, and which export of their tool is: one sentence each, in English and in Thai."""

from __future__ import annotations

from pathlib import Path

_ANY = (
    "Export it from the form or program where it comes from in one of these formats, or save it so in Excel.",
    "ส่งออกจากแบบฟอร์มหรือโปรแกรมต้นทางเป็นรูปแบบดังกล่าว หรือบันทึกเป็นรูปแบบนั้นใน Excel",
)
_SHEET = (
    "This is only a link to a Google Sheet. Open it and choose File > Download > Microsoft Excel (.xlsx).",
    "ไฟล์นี้เป็นเพียงลิงก์ไปยัง Google ชีต ให้เปิดแล้วเลือก ไฟล์ > ดาวน์โหลด > Microsoft Excel (.xlsx)",
)
_EXCEL = ("Open it in Excel and save it as .xlsx.", "เปิดใน Excel แล้วบันทึกเป็น .xlsx")
_R = (
    'In R: load("file.RData"); ls() shows the names of its objects; saveRDS(the_table, "answers.rds").',
    'ใน R ใช้คำสั่ง load("file.RData") ดูชื่อวัตถุด้วย ls() แล้วบันทึกด้วย saveRDS(ชื่อตาราง, "answers.rds")',
)
_SPSS = (
    "Open it in SPSS and save the data as .sav (File > Save As; for .por: File > Open > Data first).",
    "เปิดใน SPSS แล้วบันทึกข้อมูลเป็น .sav (File > Save As หากเป็น .por ให้เปิดด้วย File > Open > Data ก่อน)",
)
_OUTPUT = (
    "This holds results or commands of SPSS, no answers. Bring the data file (.sav).",
    "ไฟล์นี้เก็บผลลัพธ์หรือคำสั่งของ SPSS ไม่ใช่คำตอบ ให้ใช้ไฟล์ข้อมูล (.sav)",
)
_SAS = (
    'In SAS: proc export data=answers outfile="answers.sav" dbms=sav; (or dbms=csv).',
    'ใน SAS ใช้คำสั่ง proc export data=answers outfile="answers.sav" dbms=sav; (หรือ dbms=csv)',
)
_LIMESURVEY = (
    "This is the survey itself. In LimeSurvey, export the answers under Responses > Export as CSV, and put the "
    "structure (.lss) beside them.",
    "ไฟล์นี้เป็นตัวแบบสอบถาม ให้ส่งออกคำตอบจาก LimeSurvey ที่ Responses > Export เป็น CSV แล้ววางไฟล์โครงสร้าง (.lss) ไว้ข้างกัน",
)
_ARCHIVE = (
    "Unpack it and bring the file of answers that is in it (.csv, .xlsx, .sav).",
    "แตกไฟล์แล้วใช้ไฟล์คำตอบที่อยู่ข้างใน (.csv, .xlsx, .sav)",
)
_TEXT = (
    "This is a document, no table. Export the answers from the form itself as .csv or .xlsx.",
    "ไฟล์นี้เป็นเอกสาร ไม่ใช่ตาราง ให้ส่งออกคำตอบจากแบบฟอร์มเป็น .csv หรือ .xlsx",
)
_EXPORTS: dict[str, tuple[str, str]] = {
    ".gsheet": _SHEET,
    ".url": _SHEET,
    ".webloc": _SHEET,
    ".numbers": (
        "In Numbers, choose File > Export To > Excel or CSV.",
        "ใน Numbers เลือก ไฟล์ > ส่งออกไปที่ > Excel หรือ CSV",
    ),
    ".xlsm": _EXCEL,
    ".xlsb": _EXCEL,
    ".xltx": _EXCEL,
    ".fods": ("Open it in LibreOffice and save it as .ods or .xlsx.", "เปิดใน LibreOffice แล้วบันทึกเป็น .ods หรือ .xlsx"),
    ".tsv": ("Rename it to .csv: tabs between the cells are recognised.", "เปลี่ยนนามสกุลเป็น .csv โปรแกรมรู้จักตัวคั่นแบบแท็บ"),
    ".txt": (
        "If it is a table with commas or tabs between its cells, rename it to .csv.",
        "หากเป็นตารางที่คั่นด้วยจุลภาคหรือแท็บ ให้เปลี่ยนนามสกุลเป็น .csv",
    ),
    ".tab": ("Rename it to .csv: tabs between the cells are recognised.", "เปลี่ยนนามสกุลเป็น .csv โปรแกรมรู้จักตัวคั่นแบบแท็บ"),
    ".por": _SPSS,
    ".sps": _OUTPUT,
    ".spv": _OUTPUT,
    ".sas7bdat": _SAS,
    ".xpt": _SAS,
    ".rdata": _R,
    ".rda": _R,
    ".jasp": (
        "In JASP, choose Export Data and save it as .csv.",
        "ใน JASP เลือก Export Data แล้วบันทึกเป็น .csv",
    ),
    ".omt": ("This is a template of jamovi; bring the .omv file.", "ไฟล์นี้เป็นแม่แบบของ jamovi ให้ใช้ไฟล์ .omv"),
    ".qsf": (
        "This is the Qualtrics survey itself. Export the answers under Data & Analysis > Export & Import > Export Data "
        "as CSV.",
        "ไฟล์นี้เป็นตัวแบบสอบถามของ Qualtrics ให้ส่งออกคำตอบที่ Data & Analysis > Export & Import > Export Data เป็น CSV",
    ),
    ".lss": _LIMESURVEY,
    ".lsa": _LIMESURVEY,
    ".lsq": _LIMESURVEY,
    ".lsg": _LIMESURVEY,
    ".vv": (
        "In LimeSurvey, export the answers under Responses > Export as CSV.",
        "ใน LimeSurvey ให้ส่งออกคำตอบที่ Responses > Export เป็น CSV",
    ),
    ".zip": _ARCHIVE,
    ".7z": _ARCHIVE,
    ".rar": _ARCHIVE,
    ".gz": _ARCHIVE,
    ".pdf": _TEXT,
    ".doc": _TEXT,
    ".docx": _TEXT,
    ".html": (
        "This is a page. Export the answers as .csv or .xlsx where it comes from; a page that holds one table can be "
        "opened in Excel and saved as .xlsx.",
        "ไฟล์นี้เป็นหน้าเว็บ ให้ส่งออกคำตอบเป็น .csv หรือ .xlsx จากต้นทาง หากเป็นหน้าเว็บที่มีตารางเดียว เปิดใน Excel แล้วบันทึกเป็น .xlsx ได้",
    ),
    ".json": (
        "Export the answers as .csv or .xlsx (KoboToolbox: Data > Downloads > XLS).",
        "ส่งออกคำตอบเป็น .csv หรือ .xlsx (KoboToolbox: Data > Downloads > XLS)",
    ),
    ".mdb": (
        "Open it in Access and export the table of answers as .xlsx (External Data > Excel).",
        "เปิดใน Access แล้วส่งออกตารางคำตอบเป็น .xlsx (External Data > Excel)",
    ),
}
_EXPORTS |= {".htm": _EXPORTS[".html"], ".accdb": _EXPORTS[".mdb"], ".xml": _EXPORTS[".json"]}


def how_to_export(path: Path) -> tuple[str, str]:
    """What to do with a file that is not read, by its ending, in English and in Thai."""
    return _EXPORTS.get(path.suffix.lower(), _ANY)
