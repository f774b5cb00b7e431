"""A walk-through for reviewers: the notebook, run on the tables of the study, as one HTML page."""

from pathlib import Path

import thongthin.contract.tables
import thongthin.present.walkthrough_figures  # noqa: F401 (and draw with it)
from thongthin.basics.files import write_text
from thongthin.present.notebooks import execute, to_html
from thongthin.present.render.composition import WORDS

NOTICE = [(language, words.running_notice) for language, words in WORDS.items()]


def run_notebook(*, notebook: str, tables: list[str], fonts: str, html: str, study: str, provenance: str) -> None:
    """Run a notebook in the project folder (the current one) and write it as HTML.

    Args:
        notebook: the .ipynb file.
        tables: what it reads: tables of the study, the configuration, study.yml.
        fonts: folder of the web fonts.
        html: the page to write.
        study: name of the study, which the notebook finds in THONGTHIN_STUDY.
        provenance: `simulated` puts a notice at the top.
    """
    executed = execute(Path(notebook), Path(), {"THONGTHIN_STUDY": study})
    write_text(html, to_html(executed, Path(fonts), NOTICE if provenance == "simulated" else ()))


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(run_notebook, globals()["snakemake"])
