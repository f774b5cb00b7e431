"""Answers of the checklists that count people: for the public, what the authors say themselves stands there."""

from __future__ import annotations

from collections.abc import Mapping

from thongthin.contract.checklists import CHECKLISTS
from thongthin.contract.study import Study
from thongthin.synthesis.protection.masks import Protected, Rules

# Statements that count people by what they are, or say when they were met, or how quotes are signed.
_OF_PEOPLE = {"frame", "people", "dates", "quotes", "sample"}
INSTEAD = ("Answered for reviewers; not published.", "ตอบไว้สำหรับผู้ประเมิน ไม่เผยแพร่")


def protect_reporting(tables: Mapping[str, Protected], study: Study, rules: Rules) -> None:
    """Take the answers from the data out that tell of few."""
    secret = _OF_PEOPLE | ({"themes"} if rules.sensitive or not rules.by_site else set())
    for name, checklist in CHECKLISTS.items():
        if f"reporting_{name}" not in tables:
            continue
        frame = tables[f"reporting_{name}"].frame
        own = getattr(study.reporting, name)
        for number, item in enumerate(checklist.items, start=1):
            rows = frame["item"].astype(str).eq(str(number)) & frame["source"].str.contains("data")
            if secret & {*item.answers, *item.adds} and rows.any():
                said = own.get(str(number))
                frame.loc[rows, "answer_en"] = said.en if said else INSTEAD[0]
                frame.loc[rows, "answer_th"] = said.th if said else INSTEAD[1]
                frame.loc[rows, "source"] = "study.yml"
