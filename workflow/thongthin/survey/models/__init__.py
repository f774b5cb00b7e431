"""What goes with the outcome: one outcome on the same factors, by models that differ in what they assume.

`data` takes the complete respondents; `linear` fits by least squares, with errors that are robust to unequal variances
or to what respondents of a site have in common, and `wild_bootstrap` tests the latter where sites are few; `ordinal`
takes the outcome as ordered categories; `mixed` lets sites differ in their level; `diagnostics` checks the residuals
and the predictors of the linear model; `comparison` lays the models side by side.
"""

from thongthin.survey.models.data import INTERCEPT
from thongthin.survey.models.linear import fit_outcome_model

__all__ = ["INTERCEPT", "fit_outcome_model"]
