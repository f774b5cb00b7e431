"""What the check tells of the people of a study: how their words are signed, who is named in vain, what Git holds."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import pandas as pd

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.contract.documents import documents_of, source_of
from thongthin.contract.loading import StudySettings
from thongthin.contract.privacy import DECISIONS, PEOPLE
from thongthin.contract.study import People
from thongthin.interviews.signatures import People as Counts
from thongthin.interviews.signatures import shared, signature

_QUOTE = re.compile(r"\{\{< *quote +(\S+?) *>\}\}")
# What kind of place a site is, in its name; in prose it is often left out.
_KINDS = re.compile(
    r"เทศบาล(?:นคร|เมือง|ตำบล)?|องค์การบริหารส่วน(?:ตำบล|จังหวัด)|อบต\.|ตำบล|อำเภอ|จังหวัด"
    r"|\b(?:City|Town|Subdistrict|Provincial|Municipality|Administrative|Organi[sz]ation|District|Province)\b"
)
# Seconds that Git may take to tell what it holds.
_LIMIT = 10.0
# What names people, in the folder of a study.
_CONFIDENTIAL = (DECISIONS, PEOPLE, "interviews/", "coding/", "participants.", "quotes.", "survey/responses")


def tell_unknown_people(said: People, participants: pd.DataFrame, problems: Problems) -> None:
    """A notice for ids in study.yml (`quoting`, `publishing`) that no participant has."""
    known = set(participants["participant_id"])
    for name in ("quoting", "publishing"):
        ids = getattr(said, name)
        left = sorted(set(ids) - known) if isinstance(ids, list) else []
        if left:
            listed = ", ".join(left)
            problems.notice(
                "unknown-participant",
                f"No participant is called so: {listed}.",
                f"ไม่มีผู้ให้ข้อมูลรหัสนี้: {listed}",
                column=f"participants.{name}",
                hint_en="Write ids of participants.csv, or all.",
                hint_th="เขียนรหัสตาม participants.csv หรือ all",
            )


def tell_signatures(
    tables: Mapping[str, pd.DataFrame], people: Counts, settings: StudySettings, problems: Problems
) -> None:
    """A notice of the quotes that group and site would tell too much of, with what to write where more hold the role.

    Args:
        problems: bound to sites.csv.
    """
    if "quotes" not in tables or tables["quotes"].empty:
        return
    participants, k = tables["participants"], settings.analysis.privacy.k
    for (site, group), quotes in tables["quotes"].groupby(["site_id", "group"], sort=False):
        signed = signature(str(site), str(group), participants, people, k)
        if signed.group and signed.site:
            continue
        n = shared(str(site), str(group), participants, people)
        by_en = "its site" if signed.site else "its group" if signed.group else "the id alone"
        by_th = "พื้นที่" if signed.site else "กลุ่ม" if signed.group else "รหัสเท่านั้น"
        listed = ", ".join(quotes["quote_id"])
        problems.notice(
            "signature",
            f'Group "{group}" at site "{site}" is {n} people, as far as is known, fewer than {k}; quotes of them are'
            f" signed by {by_en}: {listed}.",
            f'กลุ่ม "{group}" ที่พื้นที่ "{site}" มี {n} คนเท่าที่ทราบ น้อยกว่า {k} คน คำพูดจึงลงที่มาด้วย{by_th}: {listed}',
            column="people",
            hint_en=f'If more people hold this role there, say so in the column people of the site: "{group} 25".',
            hint_th=f'หากมีผู้ดำรงบทบาทนี้มากกว่านี้ ให้ระบุในคอลัมน์ people ของพื้นที่: "{group} 25"',
        )


def tell_sentences(
    root: Path, tables: Mapping[str, pd.DataFrame], people: Counts, settings: StudySettings, problems: Problems
) -> None:
    """A notice where the sentence beside a quote says the site that its signature leaves out, since few are there.

    Args:
        root: the folder of the project.
    """
    if "quotes" not in tables or tables["quotes"].empty:
        return
    k, participants = settings.analysis.privacy.k, tables["participants"]
    called = {
        site: [own for own in (_short(th), _short(en)) if len(own) > 2]
        for site, th, en in zip(*(tables["sites"][c] for c in ("site_id", "name_th", "name_en")), strict=True)
    }
    few: dict[str, tuple[str, int]] = {}
    for quote, site, group in zip(*(tables["quotes"][c] for c in ("quote_id", "site_id", "group")), strict=True):
        n = shared(site, group, participants, people)
        if n < k and not signature(site, group, participants, people, k).site:
            few[quote] = (site, n)
    for document in documents_of(root, settings.name):
        for language in get_args(Language):
            path = source_of(root, settings.name, document, language)
            for quote, row, beside in _quoted(path):
                site, n = few.get(quote, ("", 0))
                if said := next((own for own in called.get(site, ()) if own in beside), ""):
                    here = problems.at(path.relative_to(root).as_posix())
                    _tell_sentence(quote, said, n, row, here)


def _tell_sentence(quote: str, said: str, n: int, row: int, problems: Problems) -> None:
    problems.notice(
        "named-site",
        f'The text beside the quote "{quote}" says "{said}", where {n} people of its group are known.',
        f'ข้อความข้างคำพูด "{quote}" กล่าวถึง "{said}" ซึ่งมีคนในกลุ่มนี้เท่าที่ทราบ {n} คน',
        row=row,
        hint_en="Together with the signature this tells who spoke: say it of the group, or of all.",
        hint_th="เมื่ออ่านรวมกับที่มาของคำพูดจะรู้ว่าใครพูด ให้กล่าวถึงกลุ่มหรือโดยรวมแทน",
    )


def _quoted(path: Path) -> Iterator[tuple[str, int, str]]:
    """The quotes of a document: id, line, and the paragraphs beside it."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, start=1):
        for quote in _QUOTE.findall(line):
            yield quote, number, _beside(lines, number)


def _beside(lines: list[str], number: int) -> str:
    """The nearest paragraphs before and after a line, counted from 1."""
    before = next((line for line in reversed(lines[: number - 1]) if line.strip()), "")
    after = next((line for line in lines[number:] if line.strip()), "")
    return f"{before}\n{after}"


def _short(site: str) -> str:
    """What is left of the name of a site without what kind of place it is."""
    return _KINDS.sub(" ", site).strip()


def tell_tracked(root: Path, folder: str, problems: Problems) -> None:
    """A notice of files that name people and that Git tracks, or keeps in its history.

    Args:
        root, folder: the folder of the project, and that of the study in it.
    """
    tracked = [path for path in _git(root, "ls-files", "-z", "--", folder) if _is_confidential(path, folder)]
    if tracked:
        _tell_files(tracked, problems, folder)
        return
    names = [f"{folder}/{name}" for name in (DECISIONS, PEOPLE, "interviews")]
    if commits := _git(root, "log", "--all", "-z", "--format=%h", "-n", "1", "--", *names):
        problems.notice(
            "in-history",
            f"Files that name people stand in the history of Git (last in commit {commits[0].strip()}).",
            f"ประวัติของ Git มีไฟล์ที่ระบุตัวบุคคล (ล่าสุดใน commit {commits[0].strip()})",
            file=folder,
            hint_en="Whoever gets the repository gets them: give it to nobody, or begin a new one without its history.",
            hint_th="ผู้ที่ได้คลังนี้ไปจะได้ไฟล์เหล่านั้นด้วย อย่าส่งต่อ หรือเริ่มคลังใหม่ที่ไม่มีประวัติ",
        )


def _tell_files(paths: list[str], problems: Problems, folder: str) -> None:
    shown, left = ", ".join(paths[:3]), len(paths) - 3
    more_en, more_th = (f" and {left} more", f" และอีก {left} ไฟล์") if left > 0 else ("", "")
    problems.notice(
        "tracked",
        f"Git tracks files that name people: {shown}{more_en}.",
        f"Git ติดตามไฟล์ที่ระบุตัวบุคคล: {shown}{more_th}",
        file=folder,
        hint_en=f"Take them out of the next commit: git rm -r --cached {folder}",
        hint_th=f"นำออกจาก commit ถัดไป: git rm -r --cached {folder}",
    )


def _is_confidential(path: str, folder: str) -> bool:
    return path.removeprefix(f"{folder}/").startswith(_CONFIDENTIAL)


def _git(root: Path, *words: str) -> list[str]:
    """What Git says, in its parts; nothing where there is no Git, or no repository."""
    try:
        done = subprocess.run(
            ["git", *words],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LIMIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [part for part in done.stdout.split("\0") if part.strip()] if done.returncode == 0 else []
