"""The project file within an archive of the exchange format REFI-QDA, and the plain texts that it refers to."""

from __future__ import annotations

import codecs

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.read.files.archive import Archive, Refused, leads_out


def project_file(archive: Archive) -> str:
    found = [name for name in archive.names if name.lower().endswith(".qde") and not name.startswith("__MACOSX/")]
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f'"{name}"' for name in sorted(found)[:3])
        raise Refused(
            "two-projects",
            f"This archive holds {len(found)} project files: {listed}.",
            f"ไฟล์นี้มีไฟล์โครงการ {len(found)} ไฟล์: {listed}",
            "Export each project by itself.",
            "ส่งออกแต่ละโครงการแยกกัน",
        )
    raise Refused(
        "no-project",
        "This archive holds no project file (project.qde).",
        "ไฟล์นี้ไม่มีไฟล์โครงการ (project.qde)",
        "In the coding tool, export the project as REFI-QDA (.qdpx).",
        "ในโปรแกรมลงรหัส ให้ส่งออกโครงการเป็น REFI-QDA (.qdpx)",
    )


def text_in(archive: Archive, project: str, path: str, problems: Problems) -> str | None:
    """The plain text that a project file refers to; None for one that is elsewhere or not there."""
    scheme, sign, name = path.partition("://")
    name = (name if sign else path).replace("\\", "/")
    if sign and scheme.lower() != "internal":
        return None
    if not sign and leads_out(name) and ".." not in name.split("/"):
        return None  # the path of a file on somebody's machine
    if leads_out(name):
        problems.add(
            "path-outside",
            f'The project refers to a text outside its archive: "{one_line(path)}".',
            f'โครงการอ้างถึงข้อความนอกไฟล์: "{one_line(path)}"',
            hint_en="No coding tool writes such a path; where does this file come from?",
            hint_th="โปรแกรมลงรหัสไม่เขียนที่อยู่เช่นนี้ ไฟล์นี้มาจากที่ใด",
        )
        return None
    folder = project[: project.rfind("/") + 1]
    found = archive.find(f"{folder}sources/{name}") or archive.find(folder + name)
    if found is None:
        return None
    data = archive.read(found)
    marks = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
    try:
        return data.decode(marks.get(data[:2], "utf-8"))
    except UnicodeDecodeError:
        problems.add(
            "encoding",
            f'"{found}" is neither UTF-8 nor UTF-16 text.',
            f'"{found}" ไม่ใช่ข้อความ UTF-8 หรือ UTF-16',
            hint_en="Export the project from the tool again.",
            hint_th="ส่งออกโครงการจากโปรแกรมอีกครั้ง",
        )
        return None
