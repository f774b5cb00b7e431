"""After how many interviews nothing new came up, at each site and over all, and what each interview brought."""

from thongthin.contract.tables import read_table, write_table
from thongthin.interviews.saturation import Of, presence, saturation_tables


def measure_saturation(
    *,
    sites: str,
    participants: str,
    codes: str,
    codings: str,
    coverage: str,
    saturation: str,
    saturation_curve: str,
    of: Of,
    coders: str,
    base_size: int,
    run_length: int,
    threshold: float,
    orders: int,
    spread: float,
    seed: int,
) -> None:
    """Write the two tables of saturation.

    Args:
        of, base_size, run_length, threshold, orders, spread: as in the configuration (`analysis.saturation`).
        coders: whose coding counts, `any`, `all` or the id of one coder.
        seed: of the random orders.
    """
    present = presence(
        read_table(codings, "codings"),
        read_table(coverage, "coverage"),
        read_table(codes, "codes"),
        of=of,
        coders=coders,
    )
    table, curve = saturation_tables(
        present,
        read_table(participants, "participants"),
        read_table(sites, "sites")["site_id"],
        of=of,
        base_size=base_size,
        run_length=run_length,
        threshold=threshold,
        orders=orders,
        spread=spread,
        seed=seed,
    )
    write_table(table, saturation)
    write_table(curve, saturation_curve)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(measure_saturation, globals()["snakemake"])
