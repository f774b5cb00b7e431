"""What a coding says that may be damage or a slip, and is told: passages without a code, coders of next to nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from thongthin.problems import Problems
from thongthin.readers.coding.model import Selection

# A coder of at most so many passages is told where another has coded at least ten times as many.
_FEW, _TIMES = 2, 10


def tell_uncoded(selections: Iterable[Selection], problems: Problems) -> None:
    """A notice of the passages of a tool's file that carry no code: marked by the coder, or their code was lost.

    Args:
        problems: bound to the file.
    """
    bare = [
        selection
        for selection in selections
        if selection.judged and not (selection.codes or selection.undecided or selection.whole)
    ]
    if not bare:
        return
    places = ", ".join(selection.place for selection in bare[:3] if selection.place)
    en, th = (f" ({places}{' ...' if len(bare) > 3 else ''})",) * 2 if places else ("", "")
    problems.notice(
        "uncoded-passages",
        f"{len(bare)} passage{'s' * (len(bare) > 1)} of this file {'carry' if len(bare) > 1 else 'carries'} no code{en}.",
        f"ข้อความ {len(bare)} แห่งในไฟล์นี้ไม่มีรหัส{th}",
        hint_en="They count as read, and nothing else. If they were coded, export the file again.",
        hint_th="นับว่าอ่านแล้วเท่านั้น หากเคยลงรหัสไว้ ให้ส่งออกไฟล์ใหม่",
    )


def tell_rare_coders(segments: pd.DataFrame, problems: Problems) -> None:
    """A notice of each coder of next to nothing: perhaps the name of another, written wrongly or damaged.

    Args:
        segments: a row for each coded passage, with its `coder`.
        problems: bound to the folder.
    """
    counts = segments["coder"].value_counts()
    most = int(counts.max()) if len(counts) else 0
    others = ", ".join(f'"{coder[:40]}"' for coder, count in counts.items() if count * _TIMES > most)
    for coder in sorted(coder for coder, count in counts.items() if count <= _FEW and count * _TIMES <= most):
        number = int(counts[coder])
        problems.notice(
            "rare-coder",
            f'The coder "{coder[:40]}" has coded {number} passage{"s" * (number > 1)}; others up to {most}.',
            f'ผู้ลงรหัส "{coder[:40]}" ลงรหัสไว้ {number} แห่ง ส่วนคนอื่นมากถึง {most} แห่ง',
            hint_en=f"Is the name one of {others}? Then correct it: as it stands, this is a coder of its own.",
            hint_th=f"หมายถึง {others} หรือไม่ หากใช่โปรดแก้ชื่อ เพราะขณะนี้นับเป็นผู้ลงรหัสอีกคนหนึ่ง",
        )
