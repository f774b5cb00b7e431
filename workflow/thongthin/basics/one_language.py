"""Texts that a study gives in one language only: that one stands for both, and the check says so once a file.

Whoever writes one article, or has labels in one language, need not translate them to begin. A text that neither
language has is another matter: it is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from thongthin.basics.language import Language, has_thai
from thongthin.basics.problems import Problems
from thongthin.basics.rows import rows_said

if TYPE_CHECKING:
    import pandas as pd

# So many keys are listed; the rest are counted.
_LISTED = 12


def language_of(text: str) -> Language:
    """The language that a text is in: Thai if there is a Thai letter in it, else English."""
    return "th" if has_thai(text) else "en"


def fill_other_language(frame: pd.DataFrame, th: str, en: str, problems: Problems) -> pd.DataFrame:
    """The table with each empty cell of one column filled from the other, and one notice that tells where.

    Args:
        frame: cells of str under their row numbers, with one of the two columns or both.
        th, en: the column of Thai texts, and the one of English texts.

    Returns:
        A frame with both columns; cells are "" where neither language has a text.
    """
    import pandas as pd

    given = {name: frame[name] if name in frame else pd.Series("", index=frame.index, dtype=str) for name in (th, en)}
    for name, other in ((th, en), (en, th)):
        rows = [int(row) for row in frame.index[(given[name] == "") & (given[other] != "")]]
        if rows:
            notice_one_language(
                problems, "th" if other == th else "en", rows=rows, column=name, whole=name not in frame
            )
    return frame.assign(
        **{name: given[name].where(given[name] != "", given[other]) for name, other in ((th, en), (en, th))}
    )


def notice_one_language(
    problems: Problems,
    given: Language,
    *,
    keys: Sequence[str] = (),
    rows: Sequence[int] = (),
    column: str = "",
    whole: bool = False,
    row: int | None = None,
) -> None:
    """Add the notice that texts are given in one language, which stands for both.

    Args:
        problems: bound to the file.
        given: the language in which they are given.
        keys: of a YAML file: where they stand.
        rows, column: of a table: the rows in which `column`, which holds the other language, is empty.
        whole: the table has no such column.
        row: the line or row that the notice names as its place.
    """
    en, th = ("Thai", "ภาษาไทย") if given == "th" else ("English", "ภาษาอังกฤษ")
    other_en, other_th = ("English", "ภาษาอังกฤษ") if given == "th" else ("Thai", "ภาษาไทย")
    if whole:
        where = (f'there is no column "{column}"', f'ไม่มีคอลัมน์ "{column}"')
    elif rows:
        where = (
            f'the column "{column}" is empty in {rows_said(rows)[0]}',
            f'คอลัมน์ "{column}" ว่างใน{rows_said(rows)[1]}',
        )
    else:
        listed = ", ".join(keys[:_LISTED])
        more = len(keys) - _LISTED
        where = (
            listed + (f" and {more} more" if more > 0 else ""),
            listed + (f" และอีก {more} แห่ง" if more > 0 else ""),
        )
    problems.notice(
        "one-language",
        f"Given in {en} only, which stands for both languages: {where[0]}.",
        f"ระบุเฉพาะ{th} จึงใช้แทนทั้งสองภาษา: {where[1]}",
        row=row if row is not None else rows[0] if rows and not whole else None,
        column=column,
        hint_en=f"That is fine for a work in one language; for the article in {other_en}, fill in the {other_en} text.",
        hint_th=f"งานภาษาเดียวไม่ต้องแก้ หากต้องการบทความ{other_th} ให้เติมข้อความ{other_th}",
    )
