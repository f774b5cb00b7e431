"""How much was collected, by site: participants (in all and by group), interviews, turns, segments, answers."""

from pathlib import Path

import pandas as pd

from thongthin.contract.tables import ALL, read_table, write_table


def describe_sample(*, tables: list[str], counts: list[str], sample: str) -> None:
    """Write `sample`: one row for each quantity and site, and for all sites together.

    Args:
        tables: what there is of the processed tables: sites; participants, transcripts and turns of interviews; codes,
            codings and coverage where these are coded; items of a survey.
        counts: of the responses; none without a survey.
    """
    frames = {Path(path).stem: read_table(path) for path in tables}
    site_ids = list(frames["sites"]["site_id"])
    by_site = _of_interviews(frames) if "participants" in frames else {}
    if counts:
        from thongthin.survey.counts import SurveyCounts

        by_site["respondents"] = SurveyCounts.read(counts[0]).respondents.groupby("site_id")["n"].sum()
    rows = [
        {"quantity": quantity, "site_id": site, "n": int(found.get(site, 0))}
        for quantity, found in by_site.items()
        for site in site_ids
    ]
    rows += [{"quantity": quantity, "site_id": ALL, "n": int(found.sum())} for quantity, found in by_site.items()]
    whole = {"sites": len(site_ids), **(_lengths(frames["transcripts"]) if "transcripts" in frames else {})}
    if "codes" in frames:
        whole["codes"], whole["themes"] = len(frames["codes"]), frames["codes"]["theme_id"].nunique()
        whole["coders"] = pd.concat([frames[name]["coder"] for name in ("codings", "coverage")]).nunique()
    if "items" in frames:
        whole["items"] = int((frames["items"]["construct"] != "").sum())
    rows += [{"quantity": quantity, "site_id": ALL, "n": n} for quantity, n in whole.items()]
    write_table(pd.DataFrame(rows), sample)


def _of_interviews(frames: dict[str, pd.DataFrame]) -> dict[str, pd.Series]:
    """What was collected in interviews: quantity -> site -> how much."""
    people, interviews = frames["participants"], frames["transcripts"]
    site_of = people.set_index("participant_id")["site_id"]

    def by_site(frame: pd.DataFrame) -> pd.Series:
        return frame["participant_id"].map(site_of).value_counts()

    found = {
        "participants": people["site_id"].value_counts(),
        **{f"participants_{group}": rows["site_id"].value_counts() for group, rows in people.groupby("group")},
        "interviews": by_site(interviews),
        "characters": interviews.groupby(interviews["participant_id"].map(site_of))["characters"].sum(),
        "turns": by_site(frames["turns"].query("role == 'participant'")),
    }
    return found | ({"segments": by_site(frames["codings"])} if "codings" in frames else {})


def _lengths(transcripts: pd.DataFrame) -> dict[str, int]:
    """The characters of the shortest, the median and the longest interview; of none, no such rows."""
    if not len(transcripts):
        return {}
    characters = transcripts["characters"].astype(int)
    shortest, longest = int(characters.min()), int(characters.max())
    median = round(float(characters.median()))
    return {"shortest_interview": shortest, "median_interview": median, "longest_interview": longest}


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(describe_sample, globals()["snakemake"])
