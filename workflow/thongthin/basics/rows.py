"""Rows as messages name them."""

from __future__ import annotations

from collections.abc import Iterable

# So many runs of rows are listed; the rows after them are counted.
_RUNS = 8


def rows_said(rows: Iterable[int], word: tuple[str, str] = ("row", "แถว")) -> tuple[str, str]:
    """Rows as people say them, in English and in Thai: "row 4", "rows 2-25, 31 and 40"; of many, the first ones.

    Args:
        word: what is counted, in English and in Thai.
    """
    runs: list[list[int]] = []
    for row in sorted({int(row) for row in rows}):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    said = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    many = len(runs) > 1 or runs[0][0] < runs[0][1]
    left = sum(last - first + 1 for first, last in runs[_RUNS:])
    listed, last = (said[:_RUNS], "") if left else (said[:-1], said[-1])
    en, th = ", ".join(listed), ", ".join(listed)
    if left:
        en, th = f"{en} and {left} more", f"{th} และอีก {left} {word[1].removesuffix('ที่')}"
    else:
        en, th = (f"{en} and {last}", f"{th} และ {last}") if listed else (last, last)
    return f"{word[0]}{'s' * many} {en}", f"{word[1]} {th}"
