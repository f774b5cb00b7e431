"""Whether the study keeps what its configuration asks for: agreement of coders, balance of quotes, reporting.

The tables stand by then, so that a team can look at what falls short. Fails with every shortfall in one list.
"""

from pathlib import Path
from typing import Any

from thongthin.basics.files import write_text
from thongthin.basics.problems import CannotAnalyse
from thongthin.contract.tables import read_table
from thongthin.interviews.agreement import agreement_shortfalls
from thongthin.interviews.quote_checks import shortfalls as unmet_rules
from thongthin.synthesis.reporting import shortfalls


def check_requirements(
    *,
    agreement: list[str],
    quote_checks: list[str],
    reporting: list[str],
    requirements: str,
    languages: list[str],
    least: dict[str, Any],
    quotes_stop: bool,
    open_items_stop: bool,
) -> None:
    """Write that all is kept.

    Args:
        agreement, quote_checks: the tables of these names, or nothing where no interview is coded.
        reporting: the tables of the checklists, if the study has any.
        languages: of the articles.
        least: the least agreement (`analysis.agreement.least`).
        quotes_stop, open_items_stop: whether unmet rules of quotes, and open items, stop the build.

    Raises:
        CannotAnalyse: something falls short.
    """
    said = [sentence for path in agreement for sentence in agreement_shortfalls(read_table(path, "agreement"), **least)]
    for path in quote_checks if quotes_stop else ():
        checks = read_table(path, "quote_checks")
        said += [sentence for language in languages for sentence in unmet_rules(checks, language)]
    if open_items_stop:
        for path in reporting:
            items = read_table(path)
            still_open = items.loc[items["source"] == "open", "item"].tolist()
            said += shortfalls({Path(path).stem.removeprefix("reporting_"): still_open})
    if said:
        raise CannotAnalyse(
            "The study does not keep what config/config.yml or study.yml (analysis) asks for. Its tables stand in"
            " results/, so that you can see why:\n"
            + "\n".join(f"  - {en}" for en, _ in said)
            + "\nการศึกษานี้ยังไม่เป็นไปตามเกณฑ์ใน config/config.yml หรือ study.yml (analysis) ดูสาเหตุได้จากตารางใน results/\n"
            + "\n".join(f"  - {th}" for _, th in said)
        )
    write_text(requirements, "kept / เป็นไปตามเกณฑ์\n")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(check_requirements, globals()["snakemake"])
