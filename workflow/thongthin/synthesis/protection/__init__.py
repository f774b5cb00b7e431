"""Result tables for the public: what few people stand behind is left out of them, and cannot be computed from the rest.

`protect` takes the result tables of a study and says what of them may be published. Everything that is made for the
public is made of what it leaves: it reads no other number.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from thongthin.contract.public import public_tables
from thongthin.contract.study import Study
from thongthin.contract.tables import ALL
from thongthin.interviews.signatures import Signature
from thongthin.synthesis.protection.amounts import hide_dominated
from thongthin.synthesis.protection.interviews import protect_interviews
from thongthin.synthesis.protection.masks import Protected, Rules, protected_of
from thongthin.synthesis.protection.reporting import protect_reporting
from thongthin.synthesis.protection.survey import protect_survey

__all__ = ["Protected", "Rules", "protect", "rules_of"]


def rules_of(study: Study, privacy: Mapping[str, object]) -> Rules:
    """The rules of a study.

    Args:
        privacy: `analysis.privacy` as plain data.
    """
    return Rules(
        k=int(str(privacy["k"])),
        least=int(str(privacy["least_respondents"])),
        by_site=study.privacy.by_site,
        sensitive=frozenset(study.privacy.sensitive_themes),
        allow=tuple(study.privacy.allow),
    )


def protect(
    frames: Mapping[str, pd.DataFrame], study: Study, rules: Rules, signed: Mapping[str, Signature] | None = None
) -> dict[str, Protected]:
    """The result tables that may be published, by name, with what is left out of each.

    Args:
        frames: result tables by name, `codes` where the interviews are coded, and `items` where there is a survey.
        signed: how each quote is signed; a table that tells quotes by site and group tells no more.
    """
    tables = protected_of({name: frames[name] for name in public_tables(frames)}, rules)
    if "items" in frames:
        hide_dominated(tables, frames["items"])
    protect_survey(tables, rules)
    protect_interviews(tables, frames, rules)
    protect_reporting(tables, study, rules)
    if "joint_display" in tables:
        _sign(tables["joint_display"].frame, signed or {})
    return tables


def _sign(display: pd.DataFrame, signed: Mapping[str, Signature]) -> None:
    """Keep the quotes of each row whose signature says the site and the group of the row."""

    def kept(quotes: str, site: str, group: str) -> str:
        own = [(quote, signed[quote]) for quote in quotes.split() if quote in signed]
        return " ".join(q for q, says in own if (site == ALL or says.site) and (group == ALL or says.group))

    display["quotes"] = [
        kept(quotes, site, group)
        for quotes, site, group in zip(display["quotes"], display["site_id"], display["group"], strict=True)
    ]
