"""Whether the quotes of each article are balanced and attributed, and from where those of each theme come."""

from thongthin.contract.tables import read_table, write_table
from thongthin.interviews.quote_checks import quote_checks as checks_of
from thongthin.interviews.quote_checks import quotes_by_theme as by_theme


def check_quotes(
    *,
    sites: str,
    codes: str,
    quotes: str,
    quote_checks: str,
    quotes_by_theme: str,
    shown: dict[str, list[str]],
    most_from_one: float,
    sites_per_theme: int,
    local_themes: list[str],
) -> None:
    """Write the two tables of the quotes.

    Args:
        shown: language -> ids of the quotes in its article.
        most_from_one, sites_per_theme, local_themes: as in the configuration (`analysis.quotes`).
    """
    said, codebook = read_table(quotes, "quotes"), read_table(codes, "codes")
    table = checks_of(
        shown,
        said,
        codebook,
        len(read_table(sites, "sites")),
        most_from_one=most_from_one,
        sites_per_theme=sites_per_theme,
        local_themes=local_themes,
    )
    write_table(table, quote_checks)
    write_table(by_theme(shown, said, codebook), quotes_by_theme)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(check_quotes, globals()["snakemake"])
