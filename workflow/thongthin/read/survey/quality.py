"""The quality of survey responses: what is flagged by rule, what is left out, and how many remain.

Rules (`RULES`, in the order in which a response that breaks several is counted):

1. `preview`: somebody tried the form out;
2. `out_of_frame`: not of the population, as study.yml says; always left out;
3. `duplicate`: the id of the respondent stood before, or the answers to all items, the site, the group and the day are
   those of a response before, and that can hardly be chance: one answer throughout is given by many, so that answers
   are weighed by how rare they are, and those to a scale by where they depart from the respondent's usual one;
4. `speeding`: given in fewer seconds than study.yml asks for (Leiner 2019);
5. `straight_lining`: one answer to all items of a scale, reversed ones included, if it has as many items as study.yml
   says (a long string that spans the scale: Johnson 2005, Meade and Craig 2012);
6. `incomplete`: fewer of the items asked were answered than study.yml asks for; "don't know", "not applicable" and a
   refusal are answers in this sense, an empty cell is not;
7. `answered_unasked`: an answer where the skip pattern says that nothing was asked.

A flag leaves nobody out: that is what study.yml declares (`survey.rules.exclude`). The flow from received to analysed
is what APA's reporting standards ask for (Appelbaum et al. 2018). Weights are divided by their mean over the responses
that are analysed, so that they sum to the number of respondents.

Nothing fails but an analysis of nobody.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.basics.problems import CannotAnalyse
from thongthin.contract.answer_scales import CATEGORY, CHOSEN
from thongthin.contract.non_answers import REASONS
from thongthin.contract.tables import ALL, TABLES
from thongthin.read.survey.skip_patterns import asked

RULES = ("preview", "out_of_frame", "duplicate", "speeding", "straight_lining", "incomplete", "answered_unasked")
STEPS = ("received", *RULES, "analysed")

# Reasons that somebody gave: the question was dealt with, though not answered.
GIVEN = ("dont_know", "not_applicable", "refused")

Flags = npt.NDArray[np.bool_]


class CheckedResponses(NamedTuple):
    """The tables `responses`, `survey_flags`, `survey_flow` and `survey_nonanswers`."""

    responses: pd.DataFrame
    flags: pd.DataFrame
    flow: pd.DataFrame
    nonanswers: pd.DataFrame


def check_responses(
    received: pd.DataFrame,
    nonanswer_cells: pd.DataFrame,
    items: pd.DataFrame,
    sites: Sequence[str],
    *,
    straight_lining: int,
    incomplete: float,
    speeding: float | None,
    exclude: Collection[str],
) -> CheckedResponses:
    """Flag responses, leave out those that the study declares, and count both.

    Args:
        received, nonanswer_cells, items: tables `survey_received`, `nonanswer_cells`, `items`.
        sites: ids, in the order of the flow.
        straight_lining: least number of items of a scale.
        incomplete: least share of the items asked that was dealt with, 0 to 1.
        speeding: least seconds; None asks for none.
        exclude: rules whose responses are left out; `out_of_frame` always is.

    Raises:
        CannotAnalyse: nobody remains.
    """
    received = received.reset_index(drop=True)
    out_of_frame = (received["out_of_frame"] != "").to_numpy()
    was_asked = asked(items, received)
    flagged: dict[str, tuple[Flags, Sequence[str] | None]] = {
        "preview": (received["preview"].to_numpy(dtype=bool), None),
        "out_of_frame": (out_of_frame, list(received["out_of_frame"])),
        "duplicate": _duplicates(received, items),
        "speeding": _speeding(received, speeding),
        "straight_lining": _straight_lining(received, items, straight_lining),
        "incomplete": _incomplete(received, nonanswer_cells, items, was_asked, incomplete),
        "answered_unasked": _answered_unasked(received, was_asked),
    }
    # What is out of the frame was not read, so that no other rule can be judged there.
    masks = {rule: flagged[rule][0] & (~out_of_frame | (rule in ("preview", "out_of_frame"))) for rule in RULES}
    leaves_out = {rule: rule == "out_of_frame" or rule in exclude for rule in RULES}
    left_out = np.logical_or.reduce([masks[rule] for rule in RULES if leaves_out[rule]])
    if len(received) and left_out.all():
        raise CannotAnalyse(
            "Every response is left out by a rule of study.yml (survey.rules).\n"
            "ทุกคำตอบถูกตัดออกตามกฎใน study.yml (survey.rules)"
        )
    analysed = received[~left_out].reset_index(drop=True)
    columns = [column.name for column in TABLES["responses"].columns]
    responses = analysed[[*columns, *items["item_id"]]]
    weights = responses["weight"].to_numpy(dtype="float64")
    if len(weights):
        responses = responses.assign(weight=weights / weights.mean() if np.ptp(weights) else 1.0)
    return CheckedResponses(
        responses,
        _flag_table(received, {rule: (masks[rule], flagged[rule][1]) for rule in RULES}, leaves_out),
        _flow(received["site_id"], masks, leaves_out, left_out, sites),
        _nonanswers(responses, nonanswer_cells, items),
    )


def flagged_and_kept(flow: pd.DataFrame, exclude: Collection[str]) -> list[tuple[str, str]]:
    """A sentence in English and in Thai for each rule that flags responses which are analysed all the same.

    Args:
        flow: table `survey_flow`.
        exclude: rules whose responses are left out.
    """
    counts = flow[flow["site_id"] == ALL].set_index("step")["flagged"]
    return [
        (
            f"Responses that the rule {rule} flags, and that are analysed: {counts[rule]}.",
            f"คำตอบที่เข้าเกณฑ์ {rule} และยังอยู่ในการวิเคราะห์: {counts[rule]}",
        )
        for rule in RULES
        if rule != "out_of_frame" and rule not in exclude and counts[rule]
    ]


# --- the rules ----------------------------------------------------------------------------------------------------


def _duplicates(received: pd.DataFrame, items: pd.DataFrame) -> tuple[Flags, Sequence[str]]:
    """Whose id or whose answers (all of them, with site, group and day) stood before, and whose these were."""
    frame = received[["site_id", "group", "submitted_on", *items["item_id"]]]
    groups = frame.groupby(list(frame.columns), sort=False, dropna=False).ngroup().to_numpy()
    _, first, inverse = np.unique(groups, return_index=True, return_inverse=True)
    earlier = first[inverse]
    anything = ~_empty(received, list(items["item_id"])).all(axis=1) if len(items) else np.zeros(len(frame), dtype=bool)
    same = (earlier < np.arange(len(frame))) & anything
    same[same] = _telling(received, items, np.flatnonzero(same))
    repeats = (received["repeats"] != "").to_numpy()
    ids = received["respondent_id"].to_numpy(dtype=object)
    return same | repeats, list(np.where(repeats, received["repeats"].to_numpy(dtype=object), ids[earlier]))


def _telling(received: pd.DataFrame, items: pd.DataFrame, rows: npt.NDArray[np.intp]) -> Flags:
    """Which of these responses say so much that two respondents hardly give them by chance: less than once in 20
    such surveys.

    Their bits are counted: of categories, choices and amounts, how rare the answer is; of a scale, which items depart
    from the respondent's most usual answer, and to what. Straight lines thus say nothing.
    """
    bits = np.zeros(len(rows))
    for scale, own in items.groupby("scale", sort=False):
        columns = list(own["item_id"])
        numeric = bool(own["numeric"].any()) if "numeric" in own else False
        if scale in (CATEGORY, CHOSEN) or numeric:
            for column in columns:
                cells = received[column].astype(str)
                share = cells.map(cells.value_counts(normalize=True)).to_numpy(dtype="float64")
                bits += -np.log2(share[rows])
            continue
        answers = received[columns].to_numpy(dtype="float64")
        points = max(len(np.unique(answers[~np.isnan(answers)])), 2)
        own_rows = np.where(np.isnan(answers[rows]), -1.0, answers[rows])
        usual = np.array([max(np.unique(row, return_counts=True)[1]) for row in own_rows]) if len(rows) else np.zeros(0)
        k = len(columns)
        apart = k - usual
        bits += [_log2_choose(k, int(d)) + d * np.log2(points) for d in apart]
    return np.asarray(bits >= np.log2(20 * max(len(received), 1)))


def _log2_choose(n: int, k: int) -> float:
    return math.log2(math.comb(n, k))


def _speeding(received: pd.DataFrame, least: float | None) -> tuple[Flags, Sequence[str]]:
    seconds = received["seconds"].to_numpy(dtype="float64")
    fast = seconds < least if least is not None else np.zeros(len(seconds), dtype=bool)
    return fast, [f"{s:.0f} s" if is_fast else "" for s, is_fast in zip(seconds, fast, strict=True)]


def _straight_lining(received: pd.DataFrame, items: pd.DataFrame, least: int) -> tuple[Flags, Sequence[str]]:
    """Who gave one answer to all items of a scale, and which; only scales of `least` items that measure constructs."""
    found = np.zeros(len(received), dtype=bool)
    said = np.full(len(received), "", dtype=object)
    for scale, own in items[(items["construct"] != "") & ~items["scale"].isin([CATEGORY, CHOSEN])].groupby("scale"):
        if len(own) < least:
            continue
        answers = received[list(own["item_id"])].to_numpy(dtype="float64")
        one = (answers == answers[:, :1]).all(axis=1)
        said[one & ~found] = [f"{scale}: {value:.10g}" for value in answers[one & ~found, 0]]
        found |= one
    return found, list(said)


def _incomplete(
    received: pd.DataFrame,
    cells: pd.DataFrame,
    items: pd.DataFrame,
    was_asked: Mapping[str, Flags],
    least: float,
) -> tuple[Flags, Sequence[str]]:
    """Who dealt with fewer than `least` of the items asked, and with how many of how many; choices do not count."""
    counted = list(items.loc[items["scale"] != CHOSEN, "item_id"])
    dealt_with = ~_empty(received, counted)
    place = {item: position for position, item in enumerate(counted)}
    row = pd.Series(np.arange(len(received)), index=received["respondent_id"])
    given = cells[cells["reason"].isin(GIVEN) & cells["item_id"].isin(counted)]
    dealt_with[row[given["respondent_id"]].to_numpy(), given["item_id"].map(place).to_numpy(dtype=int)] = True
    asked_of = np.ones_like(dealt_with)
    for item, truth in was_asked.items():
        if item in place:
            asked_of[:, place[item]] = truth | dealt_with[:, place[item]]
    done, total = (dealt_with & asked_of).sum(axis=1), asked_of.sum(axis=1)
    few = done < least * total
    return few, [f"{d}/{t}" if is_few else "" for d, t, is_few in zip(done, total, few, strict=True)]


def _answered_unasked(received: pd.DataFrame, was_asked: Mapping[str, Flags]) -> tuple[Flags, Sequence[str]]:
    """Who answered what was not asked, and which items."""
    which = np.full(len(received), "", dtype=object)
    for item, truth in was_asked.items():
        answered = ~truth & ~_empty(received, [item])[:, 0]
        which[answered] = [f"{before} {item}".strip() for before in which[answered]]
    return which != "", list(which)


def _empty(frame: pd.DataFrame, columns: Sequence[str]) -> Flags:
    """Which cells hold no answer: rows x columns."""
    return np.column_stack(
        [(frame[c].isna() | (frame[c] == "")).to_numpy(dtype=bool) for c in columns]
        or [np.empty((len(frame), 0), bool)]
    )


# --- the tables ---------------------------------------------------------------------------------------------------


def _flag_table(
    received: pd.DataFrame, flagged: Mapping[str, tuple[Flags, Sequence[str] | None]], leaves_out: Mapping[str, bool]
) -> pd.DataFrame:
    """Table `survey_flags`, by respondent in the order of the file, then by rule."""
    parts = []
    for order, (rule, (mask, details)) in enumerate(flagged.items()):
        rows = np.flatnonzero(mask)
        parts.append(
            pd.DataFrame(
                {
                    "row": rows,
                    "order": order,
                    "respondent_id": received["respondent_id"].to_numpy(dtype=object)[rows],
                    "rule": rule,
                    "detail": [details[row] if details is not None else "" for row in rows.tolist()],
                    "excluded": leaves_out[rule],
                }
            )
        )
    table = pd.concat(parts, ignore_index=True).sort_values(["row", "order"])
    table["excluded"] = table["excluded"].astype(bool)
    return table[[column.name for column in TABLES["survey_flags"].columns]].reset_index(drop=True)


def _flow(
    site_of: pd.Series,
    masks: Mapping[str, Flags],
    leaves_out: Mapping[str, bool],
    left_out: Flags,
    sites: Sequence[str],
) -> pd.DataFrame:
    """Table `survey_flow`: who was received, left out by each rule (each by the first that does so) and analysed."""
    flagged = {**masks, "received": np.logical_or.reduce(list(masks.values()))}
    flagged["analysed"] = flagged["received"] & ~left_out
    counted = {"received": np.ones(len(site_of), dtype=bool), "analysed": ~left_out}
    remain = np.ones(len(site_of), dtype=bool)
    for rule in RULES:
        counted[rule] = masks[rule] & remain if leaves_out[rule] else np.zeros(len(site_of), dtype=bool)
        remain &= ~counted[rule]
    of_site = {site: (site_of == site).to_numpy(dtype=bool) for site in sites}
    of_site[ALL] = np.ones(len(site_of), dtype=bool)
    return pd.DataFrame(
        [
            (step, site, int((counted[step] & own).sum()), int((flagged[step] & own).sum()))
            for step in STEPS
            for site, own in of_site.items()
        ],
        columns=[column.name for column in TABLES["survey_flow"].columns],
    )


def flow_of_all(respondents: pd.Series, sites: Sequence[str]) -> pd.DataFrame:
    """Table `survey_flow` where no rule is applied: all who were received are analysed.

    Args:
        respondents: how many there are, by site.
        sites: all site ids.
    """
    of_site = {site: int(respondents.get(site, 0)) for site in sites}
    of_site[ALL] = sum(of_site.values())
    return pd.DataFrame(
        [(step, site, 0 if step in RULES else n, 0) for step in STEPS for site, n in of_site.items()],
        columns=[column.name for column in TABLES["survey_flow"].columns],
    )


def _nonanswers(responses: pd.DataFrame, cells: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Table `survey_nonanswers`: for each item and reason, of how many of the responses analysed; empty is the rest."""
    own = cells[cells["respondent_id"].isin(responses["respondent_id"])]
    known = own.groupby(["item_id", "reason"]).size()
    ids = list(items["item_id"])
    without = dict(zip(ids, _empty(responses, ids).sum(axis=0), strict=True))
    rows = []
    for item in ids:
        counts = {reason: int(known.get((item, reason), 0)) for reason in REASONS}
        counts["empty"] = int(without[item]) - sum(counts.values())
        rows += [(item, reason, n, n / len(responses) if len(responses) else np.nan) for reason, n in counts.items()]
    return pd.DataFrame(rows, columns=[column.name for column in TABLES["survey_nonanswers"].columns])
