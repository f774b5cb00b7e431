"""The models of the outcome beside each other, and what missing answers do to them."""

from typing import Literal

from thongthin.contract.schema.columns import ITEM, SITE, Column, N, P, Table, count, number, text
from thongthin.contract.schema.lacking import NO_ITEMS, NO_SUCH_MODEL

# Least squares with robust errors, with errors clustered by site, proportional odds, random intercepts of sites.
ModelKind = Literal["ols", "cluster", "ordinal", "mixed"]

MODEL = text("model", "ตัวแบบ", "Model", unit="ols, cluster, ordinal, or mixed")
MODEL_ID = text(
    "model_id", "รหัสตัวแบบ", "Model of study.yml", empty=True, unit="empty: `model`; else its id in `models`"
)
TERM = text("term", "ตัวแปรทำนาย", "Term")
DF = number("df", "องศาอิสระ", "df", "statistic", "empty: the normal distribution")
# Why data carry no model at all; single models have further reasons.
NO_MODEL = "few_respondents, constant_outcome, constant_predictors, dependent_predictors, one_respondent_decides"
CONCERNED = text("concerned", "ตัวแปรที่เกี่ยวข้อง", "Concerned", empty=True, unit="constructs that the reason is about")
TERM_REASON = text("reason", "เหตุผล", "Reason", empty=True, unit="no_error: its error is zero but for rounding")
LOW = number("low", "ขอบล่าง", "Lower limit")
HIGH = number("high", "ขอบบน", "Upper limit")

TABLES = (
    Table(
        "model_terms",
        "results",
        "compare_models",
        "The coefficients of each model of the outcome.",
        ("model_id", "model", "term"),
        (
            MODEL_ID,
            MODEL,
            TERM,
            N,
            number("estimate", "b", "b", unit="points of the outcome; ordinal: logarithm of the odds ratio"),
            number("se", "SE", "SE"),
            number("statistic", "t หรือ z", "t or z", "statistic"),
            DF,
            P,
            LOW,
            HIGH,
            number("beta", "เบตา", "Beta", "coefficient", "standard deviations; ordinal: of the latent outcome"),
            number("odds_ratio", "อัตราส่วนออดส์", "Odds ratio", unit="ordinal only"),
            number("odds_low", "ขอบล่างของอัตราส่วนออดส์", "Lower limit of the odds ratio", unit="ordinal only"),
            number("odds_high", "ขอบบนของอัตราส่วนออดส์", "Upper limit of the odds ratio", unit="ordinal only"),
            number("p_bootstrap", "ค่า p บูตสแตรป", "Bootstrap p", "p", "cluster only, below 40 sites"),
            number("low_bootstrap", "ขอบล่างบูตสแตรป", "Lower bootstrap limit", unit="empty if it has no end"),
            number("high_bootstrap", "ขอบบนบูตสแตรป", "Upper bootstrap limit", unit="empty if it has no end"),
            TERM_REASON,
        ),
        rows=("model.kind.term",),
        lacking=NO_SUCH_MODEL,
    ),
    Table(
        "model_fits",
        "results",
        "compare_models",
        "How each model of the outcome fits, and what is to be said of it.",
        ("model_id", "model"),
        (
            MODEL_ID,
            MODEL,
            text("outcome", "ตัวแปรตาม", "Outcome"),
            text("state", "สถานะ", "State", unit="fitted, singular, exact, separated, unconverged, or impossible"),
            text(
                "reason",
                "เหตุผล",
                "Reason",
                empty=True,
                unit="few_sites, few_clusters, single_psu, no_degrees_of_freedom, one_site, one_respondent_a_site,"
                " no_variance_within_sites, no_site_variance, one_category, too_few_answers, numbers, separation,"
                f" not_converged, exact, {NO_MODEL}",
            ),
            CONCERNED,
            N,
            count("available", "ผู้ตอบที่มีคะแนนครบ", "Complete respondents", "more than n: a random sample was drawn"),
            count("sites", "จำนวนพื้นที่", "Sites"),
            count("clusters", "จำนวนคลัสเตอร์", "Clusters", "of the design of the sample; 0: errors do not allow for it"),
            count("strata", "จำนวนชั้นภูมิ", "Strata", "as clusters"),
            number("categories", "จำนวนระดับ", "Categories", "count", "ordinal only"),
            text("item", "ข้อคำถาม", "Item", empty=True, unit="ordinal: whose answers it explains; empty: the score"),
            number("statistic", "F หรือไคสแควร์", "F or chi-square", "statistic", "ordinal, mixed: chi-square"),
            number("df1", "องศาอิสระ 1", "df1", "count"),
            number("df2", "องศาอิสระ 2", "df2", "count", "empty: chi-square"),
            P,
            number("r2", "R²", "R²", "coefficient", "ordinal: McFadden's; mixed: marginal"),
            number("r2_adjusted", "R² ปรับ", "Adjusted R²", "coefficient", "ols and cluster"),
            number("r2_conditional", "R² รวมพื้นที่", "Conditional R²", "coefficient", "mixed: with sites"),
            number("log_likelihood", "ล็อกภาวะน่าจะเป็น", "Log-likelihood", "statistic"),
            number("parameters", "จำนวนพารามิเตอร์", "Parameters", "count"),
            number("aic", "AIC", "AIC", "statistic"),
            number("bic", "BIC", "BIC", "statistic"),
            number("site_variance", "ความแปรปรวนระหว่างพื้นที่", "Variance of sites", unit="mixed only"),
            number("residual_variance", "ความแปรปรวนภายในพื้นที่", "Residual variance", unit="mixed only"),
            number("icc", "สหสัมพันธ์ภายในชั้น", "Intraclass correlation", "coefficient", "0 to 1; mixed only"),
            number("icc_low", "ขอบล่างของ ICC", "Lower limit of ICC", "coefficient"),
            number("icc_high", "ขอบบนของ ICC", "Upper limit of ICC", "coefficient"),
            number("site_statistic", "ไคสแควร์ของพื้นที่", "Chi-square of sites", "statistic", "likelihood ratio"),
            number("site_p", "ค่า p ของพื้นที่", "p of sites", "p", "that the variance of sites is 0"),
            text("bootstrap", "น้ำหนักบูตสแตรป", "Bootstrap weights", empty=True, unit="webb or rademacher"),
            count("draws", "จำนวนรอบบูตสแตรป", "Bootstrap draws", "0: none"),
        ),
        rows=("model.kind",),
        lacking=NO_SUCH_MODEL,
    ),
    Table(
        "model_thresholds",
        "results",
        "compare_models",
        "The thresholds between the categories of the ordinal model.",
        ("model_id", "threshold"),
        (
            MODEL_ID,
            text("threshold", "จุดแบ่ง", "Threshold", unit="such as 2|3"),
            Column("n", "integer", "จำนวนที่ไม่เกินจุดแบ่ง", "At or below", unit="respondents"),
            number("estimate", "ค่าประมาณ", "Estimate", "", "logits"),
            number("se", "SE", "SE", ""),
            number("low", "ขอบล่าง", "Lower limit", ""),
            number("high", "ขอบบน", "Upper limit", ""),
        ),
    ),
    Table(
        "proportional_odds",
        "results",
        "compare_models",
        "Whether the odds are proportional: Brant's test of the ordinal model, of each predictor and of all.",
        ("model_id", "term"),
        (
            MODEL_ID,
            TERM,
            N,
            count("categories", "จำนวนระดับ", "Categories"),
            number("statistic", "ไคสแควร์", "Chi-square", "statistic"),
            number("df", "องศาอิสระ", "df", "count"),
            P,
        ),
        rows=("model.predictor+all",),
        lacking=(
            "study.yml names no ordinal model, or its outcome is a number",
            "ไม่ได้ระบุตัวแบบเรียงลำดับใน study.yml หรือตัวแปรตามเป็นจำนวน",
        ),
    ),
    Table(
        "model_diagnostics",
        "results",
        "compare_models",
        "Checks of the linear model.",
        ("model_id", "check"),
        (
            MODEL_ID,
            text("check", "การตรวจสอบ", "Check"),
            text("test", "วิธีตรวจสอบ", "Test"),
            N,
            number("cases", "ผู้ตอบที่เกินเกณฑ์", "Cases", "count", "influence: respondents above 4/n"),
            number("statistic", "ค่าสถิติ", "Statistic", "statistic"),
            number("df1", "องศาอิสระ 1", "df1", "count"),
            number("df2", "องศาอิสระ 2", "df2", "count"),
            P,
            number("limit", "เกณฑ์", "Limit", "statistic", "of p, or of the statistic where it has no p"),
            text("found", "พบปัญหา", "Found something", unit="yes, no, or undefined"),
        ),
        rows=("model.check",),
        lacking=NO_SUCH_MODEL,
    ),
    Table(
        "model_collinearity",
        "results",
        "compare_models",
        "How far each predictor follows from the others.",
        ("model_id", "term"),
        (
            MODEL_ID,
            TERM,
            N,
            number("tolerance", "ค่าความคลาดเคลื่อนยินยอม", "Tolerance", "coefficient", "0 to 1"),
            number("vif", "VIF", "VIF", "statistic", "1 or more"),
        ),
        rows=("model.predictor",),
        lacking=NO_SUCH_MODEL,
    ),
    Table(
        "missing_items",
        "results",
        "describe_missing",
        "How much is missing: respondents without an answer to each item that concerns them, by site.",
        ("item_id", "site_id"),
        (
            ITEM,
            SITE,
            count("n", "จำนวนผู้ตอบ", "Respondents", "whom the item concerns"),
            count("missing", "ไม่มีคำตอบ", "Missing"),
            number("share", "สัดส่วนที่ไม่มีคำตอบ", "Share missing", "share", "of respondents, 0 to 1"),
        ),
        rows=("item in numbers", "site+all"),
        lacking=NO_ITEMS,
    ),
    Table(
        "missing_data",
        "results",
        "describe_missing",
        "How much is missing over all, and whether at random: Little's test.",
        ("of",),
        (
            text(
                "of", "ข้อมูล", "Of", unit="items (of all scales), scores (of `model`), scores-<id> (of one of `models`)"
            ),
            count("n", "จำนวนผู้ตอบ", "Respondents"),
            count("variables", "จำนวนตัวแปร", "Variables"),
            count("complete", "ผู้ตอบที่ข้อมูลครบ", "Complete respondents"),
            number("complete_share", "สัดส่วนผู้ตอบที่ข้อมูลครบ", "Share complete", "share", "0 to 1"),
            number("share", "สัดส่วนที่ไม่มีข้อมูล", "Share of values missing", "share", "0 to 1"),
            count(
                "patterns", "รูปแบบการขาดหาย", "Patterns", "different sets of variables that are missing, none included"
            ),
            number("statistic", "ไคสแควร์ของลิตเติล", "Little's chi-square", "statistic"),
            number("df", "องศาอิสระ", "df", "count"),
            P,
        ),
        rows=("what may be missing",),
        lacking=NO_ITEMS,
    ),
    Table(
        "imputation_comparison",
        "results",
        "compare_imputation",
        "Whether it matters: the linear model of complete respondents beside that of multiply imputed answers.",
        ("model_id", "term"),
        (
            MODEL_ID,
            TERM,
            count("n_complete", "จำนวนที่ข้อมูลครบ", "n complete"),
            number("estimate_complete", "b (ข้อมูลครบ)", "b (complete)"),
            number("se_complete", "SE (ข้อมูลครบ)", "SE (complete)"),
            number("low_complete", "ขอบล่าง (ข้อมูลครบ)", "Lower limit (complete)"),
            number("high_complete", "ขอบบน (ข้อมูลครบ)", "Upper limit (complete)"),
            number("p_complete", "ค่า p (ข้อมูลครบ)", "p (complete)", "p"),
            N,
            count("imputations", "จำนวนชุดที่แทนค่า", "Imputations"),
            number("estimate", "b", "b"),
            number("se", "SE", "SE"),
            number("statistic", "t", "t", "statistic"),
            number("df", "องศาอิสระ", "df", "statistic"),
            P,
            LOW,
            HIGH,
            number("fmi", "สัดส่วนสารสนเทศที่ขาดหาย", "Fraction of missing information", "coefficient", "0 to 1"),
            number("change", "ผลต่าง", "Change", "coefficient", "imputed less complete, in standard errors of complete"),
            text(
                "reason_complete",
                "เหตุผล (ข้อมูลครบ)",
                "Reason (complete)",
                empty=True,
                unit=f"why the numbers of complete respondents are undefined: exact, no_error, {NO_MODEL}",
            ),
            text("reason", "เหตุผล", "Reason", empty=True, unit="why those of imputed answers are undefined"),
        ),
        rows=("model.term",),
        lacking=NO_SUCH_MODEL,
    ),
)
