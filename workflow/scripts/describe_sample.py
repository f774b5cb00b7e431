"""How much was collected, by site: participants (in all and by group), interviews, turns, segments, answers."""

import pandas as pd

from thongthin.tables import ALL, read_table, write_table


def describe_sample(
    *,
    sites: str,
    participants: str,
    codes: str,
    transcripts: str,
    turns: str,
    codings: str,
    coverage: str,
    survey: list[str],
    counts: list[str],
    sample: str,
) -> None:
    """Write `sample`: one row for each quantity and site, and for all sites together.

    Args:
        survey: items.csv and responses.csv, or nothing where the study has no survey.
        counts: of all responses, where responses.csv is a draw.
    """
    site_ids = list(read_table(sites, "sites")["site_id"])
    people = read_table(participants, "participants")
    site_of = people.set_index("participant_id")["site_id"]
    code_frame = read_table(codes, "codes")
    interviews = read_table(transcripts, "transcripts")
    answers = read_table(turns, "turns").query("role == 'participant'")
    segments = read_table(codings, "codings")

    def by_site(frame: pd.DataFrame) -> pd.Series:
        return frame["participant_id"].map(site_of).value_counts()

    quantities: dict[str, pd.Series] = {
        "participants": people["site_id"].value_counts(),
        **{f"participants_{group}": rows["site_id"].value_counts() for group, rows in people.groupby("group")},
        "interviews": by_site(interviews),
        "characters": interviews.groupby(interviews["participant_id"].map(site_of))["characters"].sum(),
        "turns": by_site(answers),
        "segments": by_site(segments),
    }
    for path in survey:
        if path.endswith("responses.csv"):
            quantities["respondents"] = read_table(path, "responses")["site_id"].value_counts()
    if counts:
        from thongthin.large_survey import SurveyCounts

        quantities["respondents"] = SurveyCounts.read(counts[0]).respondents.groupby("site_id")["n"].sum()
    rows = [
        {"quantity": quantity, "site_id": site, "n": int(counts.get(site, 0))}
        for quantity, counts in quantities.items()
        for site in site_ids
    ]
    rows += [{"quantity": q, "site_id": ALL, "n": int(counts.sum())} for q, counts in quantities.items()]
    whole = {
        "sites": len(site_ids),
        "codes": len(code_frame),
        "themes": code_frame["theme_id"].nunique(),
        "coders": pd.concat([segments["coder"], read_table(coverage, "coverage")["coder"]]).nunique(),
    }
    for path in survey:
        if path.endswith("items.csv"):
            whole["items"] = int((read_table(path, "items")["construct"] != "").sum())
    rows += [{"quantity": quantity, "site_id": ALL, "n": n} for quantity, n in whole.items()]
    write_table(pd.DataFrame(rows), sample)


if "snakemake" in globals():
    from thongthin.steps import run

    run(describe_sample, globals()["snakemake"])
