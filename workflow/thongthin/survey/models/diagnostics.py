"""Whether the linear model can be read as it stands: its residuals, its form, its respondents and its predictors.

Each check gives a number, the limit that is usual for it, and whether it found something. What it found is no reason to
drop the model, but has to be said: errors robust to unequal variances answer one of the checks, the models beside the
linear one others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from thongthin.survey.models.data import DEPENDENT, Array, ModelData, is_exact

# The checks, in the order of the table.
CHECKS = ("normality", "heteroskedasticity", "specification", "influence", "collinearity", "condition")
# So many residuals are the most for which the p of Shapiro and Wilk's test is known: Royston (1995).
MOST_FOR_SHAPIRO = 5000
LARGE_COOK = 1.0
LARGE_VIF = 10.0
LARGE_CONDITION = 30.0


def model_diagnostics(data: ModelData, *, significance: float = 0.05) -> pd.DataFrame:
    """Check the linear model.

    Args:
        significance: p below which a test has found something.

    Returns:
        Table `model_diagnostics`, one row a check:

        - `normality` of the residuals: Shapiro and Wilk's W, or D'Agostino and Pearson's K squared (chi-square) of more
          than 5000.
        - `heteroskedasticity`: Breusch and Pagan's test in Koenker's form (chi-square).
        - `specification`: RESET, whether squares and cubes of the fitted values add something (F).
        - `influence`: the largest of Cook's distances; found if above 1. `cases`: respondents above 4 / n.
        - `collinearity`: the largest variance inflation factor; found if above 10.
        - `condition`: condition number of the predictors with the intercept, each column scaled to length 1; found if
          above 30.

    Sources: Royston (1995), Applied Statistics 44(4), 547-551; D'Agostino and Pearson (1973), Biometrika 60(3),
    613-622; Koenker (1981), Journal of Econometrics 17(1), 107-112; Ramsey (1969), Journal of the Royal Statistical
    Society B 31(2), 350-371; Cook and Weisberg (1982), Residuals and Influence in Regression; Marquardt (1970),
    Technometrics 12(3), 591-612; Belsley, Kuh and Welsch (1980), Regression Diagnostics.
    """

    x, n = data.design, data.n
    checks: dict[str, dict[str, Any]] = {check: {} for check in CHECKS}
    if not data.reason:
        if not is_exact(data):
            checks |= _checks_of_residuals(data)
        checks["collinearity"] = {"statistic": inflation(data.x).max()}
        scaled = x / np.sqrt((x**2).sum(axis=0))
        checks["condition"] = {"statistic": float(np.linalg.cond(scaled))}
    names = {
        "heteroskedasticity": "breusch_pagan",
        "specification": "reset",
        "influence": "cook",
        "collinearity": "vif",
        "condition": "condition_number",
    }
    limits = {"influence": LARGE_COOK, "collinearity": LARGE_VIF, "condition": LARGE_CONDITION}
    rows = []
    for check, own in checks.items():
        row = {"check": check, "test": names.get(check, "shapiro_wilk"), "n": n} | own
        value = own.get("statistic", np.nan)
        beyond = value > limits[check] if check in limits else own.get("p", np.nan) < significance
        row["limit"] = limits.get(check, significance)
        row["found"] = "undefined" if np.isnan(value) else "yes" if beyond else "no"
        rows.append(row)
    names_of = ["check", "test", "n", "cases", "statistic", "df1", "df2", "p", "limit", "found"]
    return pd.DataFrame(rows).reindex(columns=names_of)


def _checks_of_residuals(data: ModelData) -> dict[str, dict[str, Any]]:
    """The checks that look at what the model leaves over, by name; a check that cannot be made has no numbers."""
    from scipy import stats

    x = data.design
    n, k = x.shape
    basis = np.linalg.qr(x)[0]
    fitted = basis @ (basis.T @ data.y)
    residuals = data.y - fitted
    squares = float(residuals @ residuals)
    checks: dict[str, dict[str, Any]] = {}
    if n <= MOST_FOR_SHAPIRO:
        w, p = stats.shapiro(residuals)
        checks["normality"] = {"test": "shapiro_wilk", "statistic": w, "p": p}
    else:
        k2, p = stats.normaltest(residuals)
        checks["normality"] = {"test": "dagostino_pearson", "statistic": k2, "df1": 2, "p": p}
    lm = n * _explained(residuals**2, basis)
    checks["heteroskedasticity"] = {"statistic": lm, "df1": k - 1, "p": stats.chi2.sf(lm, k - 1)}
    checks["specification"] = _reset(data.y, x, fitted, squares)
    leverage = (basis**2).sum(axis=1)
    cook = residuals**2 / (k * squares / (n - k)) * leverage / (1 - leverage) ** 2
    checks["influence"] = {"statistic": cook.max(), "cases": float((cook > 4 / n).sum())}
    return checks


def collinearity_table(data: ModelData) -> pd.DataFrame:
    """How far each predictor follows from the others.

    Returns:
        Table `model_collinearity`: term, n, tolerance (share of its variance that the others do not explain), vif (its
        inverse, by which the variance of the coefficient grows).
    """
    vif = np.full(len(data.predictors), np.nan) if data.reason else inflation(data.x)
    return pd.DataFrame({"term": data.predictors, "n": data.n, "tolerance": 1 / vif, "vif": vif})


def inflation(x: Array) -> Array:
    """Variance inflation factor of each predictor: the diagonal of the inverse of their correlation matrix.

    Args:
        x: respondents x predictors, none constant or determined by the others.

    Source: Marquardt (1970), Technometrics 12(3), 591-612.
    """
    correlation = np.atleast_2d(np.corrcoef(x, rowvar=False))
    return np.asarray(np.diag(np.linalg.inv(correlation)), dtype=float)


def _explained(y: Array, basis: Array) -> float:
    """R squared of the regression on columns that include an intercept (an orthonormal basis); NaN of a constant."""
    centred = y - y.mean()
    total = float(centred @ centred)
    if np.sqrt(total / len(y)) <= DEPENDENT * np.abs(y).max():
        return np.nan
    rest = y - basis @ (basis.T @ y)
    return 1 - float(rest @ rest) / total


def _reset(y: Array, x: Array, fitted: Array, squares: float) -> dict[str, float]:
    """F test that squares and cubes of the fitted values (standardised, which changes nothing) add something.

    Nothing where the fitted values do not vary, or take too few values to have a curve, or where nothing is left.
    """
    from scipy import stats

    n, k = x.shape
    spread = fitted.std()
    df2 = n - k - 2
    if spread <= DEPENDENT * y.std() or df2 < 1:
        return {}
    z = (fitted - fitted.mean()) / spread
    wider = np.column_stack([x, z**2, z**3])
    sizes = np.linalg.svd(wider / np.sqrt((wider**2).sum(axis=0)), compute_uv=False)
    if sizes[-1] <= DEPENDENT * sizes[0]:
        return {}
    basis = np.linalg.qr(wider)[0]
    rest = y - basis @ (basis.T @ y)
    left = float(rest @ rest)
    if left <= DEPENDENT**2 * squares:
        return {}
    f = max(squares - left, 0) / 2 / (left / df2)
    return {"statistic": f, "df1": 2, "df2": df2, "p": float(stats.f.sf(f, 2, df2))}
