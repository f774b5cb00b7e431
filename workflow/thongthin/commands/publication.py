"""Whether anything of a study may be published as yet: what was looked for, what people decided, what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.commands.check_privacy import Finding, findings, undecided
from thongthin.contract.loading import read_study
from thongthin.contract.privacy import DECISIONS, Decisions, read_decisions, words_of
from thongthin.contract.public import still_open
from thongthin.contract.study import Study
from thongthin.read.identifiers import KINDS

# Tables whose texts are published: with them, what was decided to be replaced would be.
_PUBLISHED = ("codebook.csv", "quotes.csv", "survey/items.csv")
# Kinds that no invented text needs: they are asked about in simulated studies, too, where they would be published.
_CERTAIN = ("citizen_id", "passport", "phone", "email", "line_id", "bank_account", "plate", "address")
# What may tell participants apart.
_TELLING = ("site_id", "group", "sex", "age_band")


def publication_of(root: Path, name: str, quoted: Collection[str]) -> dict[str, Any]:
    """What stands about the publication of a study, as plain data: `open` (reasons in English and Thai) and the rest.

    Args:
        root: the folder of the project.
        quoted: ids of the quotes that the documents show.
    """
    tables: dict[str, pd.DataFrame] = {}
    check_study(root, name, Problems(), found=tables)
    folder = f"data/raw/{name}"
    study = read_study(root / folder / "study.yml", Problems())
    assert study is not None
    found = findings(root, folder, study, tables)
    decisions = read_decisions(root / folder, Problems().at(f"{folder}/{DECISIONS}"))
    left = undecided(found, decisions)
    people = _quoted_people(tables, quoted)
    reasons = still_open(study, len(left), people, _participants(tables))
    reasons += _still_there(found, decisions, folder)
    reasons += _invented(found, decisions, folder) if study.provenance == "simulated" else []
    return {
        "open": [list(reason) for reason in reasons],
        "identifiers": _by_kind(found, decisions),
        "decisions": dict(Counter(_said(decision) for decision in decisions.decisions)),
        "unique": _unique(tables),
        "study": _of_study(study),
    }


def _quoted_people(tables: dict[str, pd.DataFrame], quoted: Collection[str]) -> list[str]:
    if "quotes" not in tables:
        return []
    quotes = tables["quotes"]
    return sorted(set(quotes.loc[quotes["quote_id"].isin(list(quoted)), "participant_id"]))


def _participants(tables: dict[str, pd.DataFrame]) -> list[str]:
    """Those whose interviews are in the tables."""
    return sorted(tables["transcripts"]["participant_id"]) if "transcripts" in tables else []


def _still_there(found: Iterable[Finding], decisions: Decisions, folder: str) -> list[tuple[str, str]]:
    """What was decided to be replaced and would be published as it is."""
    places = {f"{folder}/{name}" for name in _PUBLISHED}
    left = set()
    for finding in found:
        decision = decisions.of(finding.words)
        if decision and decision.instead and finding.place.file in places:
            left.add(words_of(finding.words))
    if not left:
        return []
    return [
        (
            f"{len(left)} texts are to be replaced and still stand in quotes, codes or items: publish the copy that"
            " pseudonymise makes",
            f"ยังมี {len(left)} ข้อความที่ตัดสินใจให้แทนที่ แต่ยังอยู่ในคำพูดที่ยกมา รหัส หรือข้อคำถาม ให้เผยแพร่สำเนาที่ pseudonymise สร้าง",
        )
    ]


def _invented(found: Iterable[Finding], decisions: Decisions, folder: str) -> list[tuple[str, str]]:
    """Numbers and addresses in the published texts of a simulated study: somebody may have them."""
    places = {f"{folder}/{name}" for name in _PUBLISHED}
    left = {
        words_of(finding.words)
        for finding in found
        if finding.kind in _CERTAIN and finding.place.file in places and decisions.of(finding.words) is None
    }
    return [(f"{len(left)} identifiers are not decided", f"ยังไม่ตัดสินใจ {len(left)} รายการ")] if left else []


def _said(decision: Any) -> str:
    return "keep" if decision.keep else "replace" if decision.replace else "generalise"


def _by_kind(found: Iterable[Finding], decisions: Decisions) -> dict[str, dict[str, int]]:
    """Distinct texts of each kind that was looked for: found, and decided."""
    texts: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for finding in found:
        texts.setdefault(finding.kind, set()).add(words_of(finding.words))
    return {
        kind: {"found": len(own), "decided": sum(decisions.of(words) is not None for words in own)}
        for kind, own in texts.items()
    }


def _unique(tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """How many participants are the only ones of their combination of what is known of them, and the least such set."""
    if "participants" not in tables or tables["participants"].empty:
        return {}
    own = tables["participants"]
    columns = [column for column in _TELLING if column in own and own[column].ne("").any()]
    sizes = own.groupby(columns)["participant_id"].transform("size")
    return {"participants": len(own), "columns": columns, "alone": int((sizes == 1).sum()), "least": int(sizes.min())}


def _of_study(study: Study) -> dict[str, Any]:
    said = study.privacy
    return {
        "provenance": study.provenance,
        "legal_basis": said.legal_basis,
        "sensitive": list(said.sensitive),
        "retention": said.retention.model_dump() if said.retention else None,
        "by_site": said.by_site,
        "sensitive_themes": list(said.sensitive_themes),
        "allow": [allowed.model_dump() for allowed in said.allow],
        "withdrawn": len(study.participants.withdrawn),
    }
