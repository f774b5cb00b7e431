"""What of a study may be published: by table, and why nothing may as yet.

A table is published only where no row of it is a person, a passage or a respondent, and it is a result. Everything else
(interviews, coding, quotes beside their participants, responses) is for the team and a bound reviewer.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from thongthin.contract.tables import TABLES, Table

if TYPE_CHECKING:  # who asks about tables need not wait for the models of study.yml
    from thongthin.contract.study import Study

# Columns by which a row is one person, what one person said, or what one coder did. (`text` of agreement names a text.)
_OF_ONE = {
    "participant_id",
    "case_id",
    "turn_id",
    "segment_id",
    "quote_id",
    "response_id",
    "respondent_id",
    "unit_id",
    "coder",
    "coder_a",
    "coder_b",
}
# Tables whose rows are few people for another reason: quotes by participant, configurations of few cases.
_OF_FEW = {"quote_checks", "qca_truth_table", "values"}


def is_public(table: Table) -> bool:
    """Whether a table may be published at all, once its small cells are suppressed."""
    names = {column.name for column in table.columns}
    return table.folder == "results" and not names & _OF_ONE and table.name not in _OF_FEW


def public_tables(names: Iterable[str]) -> list[str]:
    """Those of the tables named that may be published, in their order."""
    return [name for name in names if name in TABLES and is_public(TABLES[name])]


def still_open(
    study: Study, undecided: int, quoted: Iterable[str] = (), participants: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """Why nothing of a study may be published as yet, in English and in Thai; empty where all is said.

    Args:
        undecided: distinct identifiers that nobody decided about (`commands.check_privacy.undecided`).
        quoted: participants whose words the documents quote.
        participants: those whose interviews are analysed.
    """
    if study.provenance == "simulated":
        return []
    said, people = study.privacy, study.participants
    reasons = []
    if undecided:
        reasons.append((f"{undecided} identifiers are not decided", f"ยังไม่ตัดสินใจ {undecided} รายการ"))
    for key, missing, en, th in (
        ("privacy.legal_basis", not said.legal_basis, "the legal basis", "ฐานทางกฎหมาย"),
        ("privacy.sensitive", not said.sensitive, "what sensitive data there are", "ข้อมูลอ่อนไหวที่มี"),
        ("privacy.retention", not said.retention, "how long data are kept", "ระยะเวลาเก็บรักษาข้อมูล"),
        ("participants.publishing", not people.publishing, "who consented to publication", "ผู้ที่ยินยอมให้เผยแพร่"),
    ):
        if missing:
            reasons.append((f"study.yml does not say {en} ({key})", f"study.yml ไม่ได้ระบุ{th} ({key})"))
    if isinstance(people.publishing, list) and (left := sorted(set(participants) - set(people.publishing))):
        listed = ", ".join(left)
        reasons.append(
            (
                f"tables are made of what they said, and nothing says that these may be published: {listed}",
                f"ตารางสร้างจากคำพูดของผู้ที่ไม่ได้ระบุว่ายินยอมให้เผยแพร่: {listed}",
            )
        )
    refused = sorted(set(quoted) - set(people.quoting or ())) if people.quoting != "all" else []
    if refused:
        listed = ", ".join(refused)
        reasons.append((f"nothing says that they may be quoted: {listed}", f"ไม่ได้ระบุว่ายกคำพูดได้: {listed}"))
    return reasons


def open_list(reasons: Iterable[Iterable[str]]) -> str:
    """The reasons why nothing is published as yet, as people read them."""
    both = [tuple(reason) for reason in reasons]
    english = "\n".join(f"  - {en}" for en, _ in both)
    thai = "\n".join(f"  - {th}" for _, th in both)
    return (
        f"Nothing is published as yet:\n{english}\nDecide in privacy.yml and study.yml; the open build goes on.\n"
        f"ยังเผยแพร่ไม่ได้:\n{thai}\nให้ตัดสินใจใน privacy.yml และ study.yml ส่วนการสร้างภายในทำต่อได้ตามปกติ"
    )
