"""Which themes help and which hinder, for each participant, by site and by group."""

from thongthin.contract.tables import read_table, write_table
from thongthin.contract.units import Unit
from thongthin.interviews import valence


def balance_valence(
    *,
    sites: str,
    participants: str,
    codes: str,
    codings: str,
    coverage: str,
    valence_by_participant: str,
    valence_balance: str,
    coders: str,
    groups: list[str],
    confidence: float,
) -> None:
    """Write which side each participant takes on each theme, and the balance.

    Args:
        coders: whose coding counts, `any`, `all` or the id of one coder.
        groups: ids of all groups, in the order of the study.
        confidence: level of the exact intervals of shares.
    """
    book = read_table(codes, "codes")
    people = read_table(participants, "participants")
    units = [Unit.sites(read_table(sites, "sites")["site_id"]), Unit.groups(groups, total=True)]
    sides = valence.valence_by_participant(
        read_table(codings, "codings"), read_table(coverage, "coverage"), book, coders
    )
    write_table(sides, valence_by_participant)
    write_table(valence.valence_balance(sides, people, units, book, confidence), valence_balance)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(balance_valence, globals()["snakemake"])
