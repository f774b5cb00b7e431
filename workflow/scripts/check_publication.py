"""Whether anything of a study may be published: what was looked for and found, what is decided, what is open."""

import json
from pathlib import Path

from thongthin.basics.files import write_text
from thongthin.commands.publication import publication_of


def check_publication(*, study: str, quoted: list[str], publication: str) -> None:
    """Write what stands about the publication of the study as JSON.

    Args:
        quoted: ids of the quotes that its documents show.
    """
    found = publication_of(Path(), study, quoted)
    write_text(publication, json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(check_publication, globals()["snakemake"])
