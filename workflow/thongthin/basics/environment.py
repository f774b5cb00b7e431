"""The variables that programs of the workflow begin with, on every computer the same."""

from __future__ import annotations

import os
from pathlib import Path

# What somebody has set for Python or for plotting of their own.
PERSONAL = (
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONSTARTUP",
    "PYTHONOPTIMIZE",
    "PYTHONWARNINGS",
    "MATPLOTLIBRC",
    "MPLBACKEND",
)

# Where trees of texts are kept (`present.render.kept_trees`).
TREES = "THONGTHIN_TREES"
KEPT = ".snakemake/thongthin-kept"  # what builds keep, by study: answers of steps (flow.kept), tables of a check
FOLDER_OF_TREES = f"{KEPT}/_trees"


def prepare(workflow: Path) -> None:
    """Have the programs that this process starts find the package, and nothing that is somebody's own.

    Args:
        workflow: the folder `workflow/`.
    """
    os.environ["PYTHONPATH"] = str(workflow)
    os.environ["PYTHONNOUSERSITE"] = "1"
    os.environ["PYTHONIOENCODING"] = "utf-8"  # whatever this console is set to
    os.environ[TREES] = str(workflow.parent / FOLDER_OF_TREES)
    for name in PERSONAL:
        os.environ.pop(name, None)
