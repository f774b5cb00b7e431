"""Snakemake compares the parameters of steps without importing pandas.

Wherever pandas is installed, Snakemake 9 imports it to see whether a parameter is one of its tables, a quarter of a
second at every start. Where nobody has imported it, none is. `install` is called by the Snakefile.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from snakemake.persistence import PersistenceBase


def install() -> None:
    """Have the records of this process look for tables of pandas only where there can be any."""
    PersistenceBase._serialize_param = property(serialiser)


def serialiser(records: Any) -> Callable[[Any], Any]:
    """What writes a parameter down to be compared, of Snakemake's own."""
    own = records._serialize_param_pandas if "pandas" in sys.modules else records._serialize_param_builtin
    return own  # type: ignore[no-any-return]
