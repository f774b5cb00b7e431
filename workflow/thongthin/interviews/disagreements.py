"""Where the coders disagree, as a list that a team can sit down with.

A row is a unit to which one coder gave a code and another, who read it for that code, did not: who gave it and who did
not, the passages in question with what stands before and after them, and what the others gave there instead. Codes are
taken as they were given, so that it shows where one coder used a theme and the other one of its codes.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.records import records
from thongthin.basics.thai_words import cuts
from thongthin.interviews.agreement import Comparison
from thongthin.interviews.decisions import overlaps

# At most so many code points are shown on either side of a passage; a turn that begins or ends in the outer half of
# them begins or ends what is shown.
CONTEXT = 80
CUT = "…"
BETWEEN = f" {CUT} "
TOGETHER = "; "

COLUMNS = [
    "code_id",
    "unit_id",
    "site_id",
    "participant_id",
    "start",
    "end",
    "kind",
    "coders_yes",
    "coders_no",
    "instead",
    "before",
    "text",
    "after",
]


def disagreements_table(
    comparison: Comparison,
    codings: pd.DataFrame,
    codes: pd.DataFrame,
    transcripts: pd.DataFrame,
    participants: pd.DataFrame,
) -> pd.DataFrame:
    """The units to which one coder gave a code and another, who read them for it, did not; not rolled up.

    Args:
        comparison: as from `agreement.compare`; not by `character`, which would list every part of a passage that
            boundaries cut.
        codings, codes, transcripts, participants: the tables of these names.

    Returns:
        Table `disagreements`, by codebook and position in the text: code_id, unit_id, site_id, participant_id, start,
        end (of the unit), kind, coders_yes, coders_no (joined by "; "), instead (the codes that the latter gave text
        that the passages cover, joined by "; "), before, text (the passages that were given the code, joined by
        " … "), after (what stands around them, on one line, with "…" where a turn is cut; no word is). The kind is
        `uncoded` if those who did not give the code gave these passages no other, `boundary` if they gave another code
        of the same theme, and `other_theme` else.
    """
    decisions = comparison.as_coded
    no = decisions.read & ~decisions.present
    found = np.argwhere(decisions.present.any(axis=1) & no.any(axis=1))
    coders = np.array(decisions.coders, dtype=object)
    passages, given = _marks(codings, decisions.units)
    place = {code_id: number for number, code_id in enumerate(decisions.codes)}
    theme = dict(zip(codes["code_id"], codes["theme_id"], strict=True))
    site = dict(zip(participants["participant_id"], participants["site_id"], strict=True))
    transcript = dict(zip(transcripts["participant_id"], transcripts["text"], strict=True))
    rows = []
    for (code, at), unit_row in zip(found, records(decisions.units.iloc[found[:, 1]]), strict=True):
        code_id = decisions.codes[code]
        own = passages[code_id, at]
        against = set(coders[no[code, :, at]])
        instead = {
            other
            for other, coder, start, end in given[at]
            if coder in against and any(start < stop and end > begin for begin, stop in own)
        }
        kind = "uncoded" if not instead else "other_theme"
        if theme[code_id] in {theme[other] for other in instead}:
            kind = "boundary"
        participant = unit_row["participant_id"]
        text = transcript[participant]
        rows.append(
            {
                "code_id": code_id,
                "unit_id": unit_row["unit_id"],
                "site_id": site[participant],
                "participant_id": participant,
                "start": unit_row["start"],
                "end": unit_row["end"],
                "kind": kind,
                "coders_yes": TOGETHER.join(coders[decisions.present[code, :, at]]),
                "coders_no": TOGETHER.join(coders[no[code, :, at]]),
                "instead": TOGETHER.join(sorted(instead, key=place.__getitem__)),
                "before": _before(text, min(begin for begin, _ in own)),
                "text": BETWEEN.join(own.values()),
                "after": _after(text, max(stop for _, stop in own)),
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def _marks(
    codings: pd.DataFrame, units: pd.DataFrame
) -> tuple[dict[tuple[str, int], dict[tuple[int, int], str]], dict[int, list[tuple[str, str, int, int]]]]:
    """What was marked in the units, by their place in the table.

    Returns:
        By code and unit, the distinct passages: start and end -> text. By unit, who gave which code where: code, coder,
        start, end. Both by position in the text.
    """
    segment, unit = overlaps(codings, units)
    marks = codings.iloc[segment][["code_id", "coder", "start", "end", "text"]].assign(unit=unit)
    marks = marks.sort_values(["unit", "start", "end", "code_id", "coder"], kind="stable")
    passages: dict[tuple[str, int], dict[tuple[int, int], str]] = defaultdict(dict)
    given: dict[int, list[tuple[str, str, int, int]]] = defaultdict(list)
    for code_id, coder, start, end, text, at in marks.itertuples(index=False, name=None):
        passages[code_id, at].setdefault((start, end), text)
        given[at].append((code_id, coder, start, end))
    return passages, given


def _before(text: str, at: int) -> str:
    window = text[max(at - CONTEXT, 0) : at]
    if at <= CONTEXT:
        return one_line(window)
    turn = window.find("\n", 0, CONTEXT // 2)
    if turn >= 0:
        return one_line(window[turn:])
    # Where the window begins, a word may have begun already: it is read from the letters before it.
    begin = max(at - 2 * CONTEXT, 0)
    first = next(place for place in cuts(text[begin:at]) if begin + place >= at - CONTEXT)
    return f"{CUT} {one_line(text[begin + first : at])}".rstrip()


def _after(text: str, at: int) -> str:
    window = text[at : at + CONTEXT]
    if len(text) <= at + CONTEXT:
        return one_line(window)
    turn = window.rfind("\n", CONTEXT // 2)
    if turn >= 0:
        return one_line(window[:turn])
    last = max(place for place in cuts(text[at : at + 2 * CONTEXT]) if place <= CONTEXT)
    return f"{one_line(text[at : at + last])} {CUT}".lstrip()
