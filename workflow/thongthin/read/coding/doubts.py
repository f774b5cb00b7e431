"""What a coding says that may be damage or a slip, and is told: coders of next to nothing."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from thongthin.basics.problems import Problems

# A coder of at most so many passages is told where another has coded at least ten times as many.
_FEW, _TIMES = 2, 10


def tell_rare_coders(segments: pd.DataFrame, problems: Problems) -> None:
    """A notice of each coder of next to nothing: perhaps the name of another, written wrongly or damaged.

    Args:
        segments: a row for each coded passage, with its `coder`.
        problems: bound to the folder.
    """
    counts = Counter(map(str, segments["coder"]))
    most = max(counts.values(), default=0)
    others = ", ".join(f'"{coder[:40]}"' for coder, count in sorted(counts.items()) if count * _TIMES > most)
    for coder in sorted(coder for coder, count in counts.items() if count <= _FEW and count * _TIMES <= most):
        number = counts[coder]
        problems.notice(
            "rare-coder",
            f'The coder "{coder[:40]}" has coded {number} passage{"s" * (number > 1)}; others up to {most}.',
            f'ผู้ลงรหัส "{coder[:40]}" ลงรหัสไว้ {number} แห่ง ส่วนคนอื่นมากถึง {most} แห่ง',
            hint_en=f"Is the name one of {others}? Then correct it: as it stands, this is a coder of its own.",
            hint_th=f"หมายถึง {others} หรือไม่ หากใช่โปรดแก้ชื่อ เพราะขณะนี้นับเป็นผู้ลงรหัสอีกคนหนึ่ง",
        )
