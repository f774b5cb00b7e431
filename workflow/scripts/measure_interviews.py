"""How long each interview is, and how much of it is the participant's words."""

from thongthin.contract.tables import read_table, write_table


def measure_interviews(*, participants: str, transcripts: str, turns: str, interview_lengths: str) -> None:
    """Write `interview_lengths`: one row an interview, in the order of the participants.

    Args:
        participants, transcripts, turns: the tables of these names.
    """
    said = read_table(turns, "turns")
    said = said.assign(length=said["end"] - said["start"])
    own = said[said["role"] == "participant"].groupby("participant_id")["length"]
    texts = read_table(transcripts, "transcripts").set_index("participant_id")["characters"]
    people = read_table(participants, "participants").set_index("participant_id")[["site_id", "group"]]
    frame = people[people.index.isin(texts.index)].assign(characters=texts)
    frame["turns"] = own.size().reindex(frame.index, fill_value=0)
    frame["spoken"] = own.sum().reindex(frame.index, fill_value=0)
    whole = said.groupby("participant_id")["length"].sum().reindex(frame.index, fill_value=0)
    frame["share"] = frame["spoken"] / whole.where(whole > 0)
    write_table(frame.reset_index(), interview_lengths)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(measure_interviews, globals()["snakemake"])
