"""The models of statsmodels, imported without what it takes most of its time to import, and never needs here.

It imports libraries for formulas and for tables of another kind where they are installed; here it gets arrays. One of
them, polars, starts threads as it is imported, after which the warm process could not fork (`basics.warm_server`).
"""

from __future__ import annotations

from thongthin.basics.absent import without

__all__ = ["OLS", "Logit", "OrderedModel", "PerfectSeparationError"]

with without("polars", "formulaic"):
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.miscmodels.ordinal_model import OrderedModel
    from statsmodels.regression.linear_model import OLS
    from statsmodels.tools.sm_exceptions import PerfectSeparationError
