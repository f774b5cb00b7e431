"""Whether the quotes of an article are balanced: not all from one voice, not all from one place, all attributed.

Three rules, judged for the article of each language by itself, since a reader reads one:

- no participant supplies more than a given share of the quotes (a single quote is always allowed);
- a theme that is quoted has quotes from a given number of sites, or is marked as local. A quote belongs to the theme of
  its code; one without a code belongs to none. In a study of fewer sites, all of them will do;
- each quote names participant, group and site.

A quote that an article shows twice counts once. Nothing here fails; what is not met is told by `shortfalls`.

Source of the first rule: the practice of spreading quotations over participants in COREQ, item 29 (Tong, Sainsbury and
Craig 2007); the limits are the study's choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from thongthin.basics.language import format_number
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.interviews.themes import theme_ids

ARTICLES = ("th", "en")


def quotes_by_theme(
    shown: Mapping[str, Iterable[str]], quotes: pd.DataFrame, codes: pd.DataFrame, languages: Sequence[str] = ARTICLES
) -> pd.DataFrame:
    """From how many participants and sites the quotes of each article come.

    Args:
        shown: language -> ids of the quotes in its article; a language without article has none.
        quotes, codes: the tables of these names.
        languages: the articles to count, in order.

    Returns:
        Table `quotes_by_theme`, for each article every theme in the order of the codebook, then `all`, in which
        quotes without a code count too: article, theme_id, n (quotes), participants, sites.
    """
    parts = []
    for language in languages:
        own = _shown(shown.get(language, ()), quotes, codes)
        both = pd.concat([own[own["theme_id"] != ""], own.assign(theme_id=ALL)])
        counts = both.groupby("theme_id").agg(
            n=("quote_id", "size"), participants=("participant_id", "nunique"), sites=("site_id", "nunique")
        )
        counts = counts.reindex([*theme_ids(codes), ALL], fill_value=0)
        counts.index.name = "theme_id"
        parts.append(counts.reset_index().assign(article=language))
    return pd.concat(parts, ignore_index=True)


def quote_checks(
    shown: Mapping[str, Iterable[str]],
    quotes: pd.DataFrame,
    codes: pd.DataFrame,
    sites: int,
    *,
    most_from_one: float = 0.3,
    sites_per_theme: int = 2,
    local_themes: Iterable[str] = (),
) -> pd.DataFrame:
    """Which rules the quotes of each article keep.

    Args:
        shown, quotes, codes: as for `quotes_by_theme`.
        sites: number of sites of the study.
        most_from_one: largest share of quotes from one participant, 0 to 1.
        sites_per_theme: least number of sites from which a quoted theme has quotes.
        local_themes: themes of one site, which are let off.

    Returns:
        Table `quote_checks`, for each article one row for each participant quoted, each theme quoted, and one for the
        attribution: article, check, subject, n, share (NaN for sites), limit, local, met. No rows for an article
        without quotes.
    """
    local = set(local_themes)
    themes = theme_ids(codes)
    rows: list[dict[str, object]] = []
    for article, ids in shown.items():
        own = _shown(ids, quotes, codes)
        total = len(own)
        for participant, n in own.groupby("participant_id").size().items():
            met = n == 1 or n / total <= most_from_one + 1e-9
            rows.append(
                _row(article, "participant_share", participant, n, n / total, most_from_one, local=False, met=bool(met))
            )
        reached = own.groupby("theme_id")["site_id"].nunique()
        enough = min(sites_per_theme, sites)
        for theme in [theme for theme in themes if theme in reached.index]:
            n = int(reached[theme])
            met = n >= enough or theme in local
            rows.append(_row(article, "theme_sites", theme, n, float("nan"), enough, local=theme in local, met=met))
        if total:
            named = (own[["participant_id", "site_id", "group"]] != "").all(axis=1)
            n = int(named.sum())
            rows.append(_row(article, "attribution", ALL, n, n / total, 1.0, local=False, met=n == total))
    columns = ["article", "check", "subject", "n", "share", "limit", "local", "met"]
    kinds = ("str", "str", "str", "int64", "float64", "float64", "bool", "bool")
    return pd.DataFrame(rows, columns=columns).astype(dict(zip(columns, kinds, strict=True)))


def shortfalls(checks: pd.DataFrame, article: str) -> list[tuple[str, str]]:
    """What the quotes of an article lack, one sentence for each rule that is not met, in English and in Thai.

    Args:
        checks: table `quote_checks`.
        article: `th` or `en`.
    """
    unmet = checks[(checks["article"] == article) & ~checks["met"]]
    said = []
    for row in records(unmet[unmet["check"] == "participant_share"]):
        share, limit = (
            {language: format_number(row[column], "share", language) for language in ("en", "th")}
            for column in ("share", "limit")
        )
        said.append(
            (
                f"{row['subject']} supplies {share['en']} of the quotes; at most {limit['en']} should be from one"
                " participant.",
                f"คำพูดของ {row['subject']} คิดเป็น{share['th']} ของคำพูดทั้งหมด แต่ละคนไม่ควรเกิน{limit['th']}",
            )
        )
    few = unmet[unmet["check"] == "theme_sites"]
    if len(few):
        names, least = ", ".join(few["subject"]), int(few["limit"].iloc[0])
        said.append(
            (
                f"Quoted from fewer than {least} sites: {names}.",
                f"ประเด็นที่มีคำพูดจากพื้นที่ไม่ถึง {least} แห่ง: {names}",
            )
        )
    for row in records(unmet[unmet["check"] == "attribution"]):
        said.append(
            (
                f"Only {row['n']} of the quotes name participant, group and site.",
                f"มีคำพูดเพียง {row['n']} รายการที่ระบุผู้ให้ข้อมูล กลุ่ม และพื้นที่ครบ",
            )
        )
    return said


def _shown(ids: Iterable[str], quotes: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """The quotes of these ids, each once, with the theme of their code ("" without one)."""
    own = quotes[quotes["quote_id"].isin(set(ids))]
    themes = codes.set_index("code_id")["theme_id"]
    return own.assign(theme_id=own["code_id"].map(themes).fillna("").astype("str"))


def _row(
    article: str, check: str, subject: object, n: int, share: float, limit: float, *, local: bool, met: bool
) -> dict[str, object]:
    return {
        "article": article,
        "check": check,
        "subject": subject,
        "n": n,
        "share": share,
        "limit": limit,
        "local": local,
        "met": met,
    }
