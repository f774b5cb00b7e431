"""The models of an outcome side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.design import of_clusters
from thongthin.present.tables.diagnostics import both_df
from thongthin.present.tables.outcome import term_name, why_undefined
from thongthin.present.tables.parts import (
    EM_SPACE,
    NBSP,
    Record,
    matrix,
    number,
    table_note,
    unweighted_models,
    with_limits,
)

# Stars of p, the smallest first.
STARS = ((0.001, "\\*\\*\\*"), (0.01, "\\*\\*"), (0.05, "\\*"))
INFINITE = "∞"


@made_from(
    "model_terms",
    "model_fits",
    also=("sample_size", "sample_design"),
    th="ตัวแบบต่าง ๆ ของตัวแปรตาม: แถวคือตัวแปรทำนาย คอลัมน์คือตัวแบบ ใต้ตารางคือความเหมาะสมของตัวแบบ",
)
def model_comparison(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The models of the outcome: terms as rows, models as columns, how they fit below."""
    choices = analysis["model"]
    fits = {row["model"]: row for row in records(tables["model_fits"])}
    terms = {(row["model"], row["term"]): row for row in records(tables["model_terms"])}
    names = {
        "ols": labels.say("Linear", "เชิงเส้น"),
        "cluster": _clustered_name(fits, labels),
        "ordinal": labels.say("Ordinal (OR)", "เรียงลำดับ (OR)"),
        "mixed": labels.say("Mixed", "ผสม"),
    }
    rows: list[list[str]] = []
    for term in dict.fromkeys(tables["model_terms"]["term"]):
        own = [_coefficient(terms[kind, term], fits[kind], labels) for kind in fits]
        rows.append([escape_markdown(term_name(term, labels)), *(estimate for estimate, _ in own)])
        rows.append(["", *(interval for _, interval in own)])
    test = [number(fit["statistic"], "statistic", labels) + _stars(fit["p"]) for fit in fits.values()]
    both = [UNDEFINED if pd.isna(fit["statistic"]) else both_df(fit, labels) for fit in fits.values()]
    rows += [
        ["*n*", *(number(fit["n"], "count", labels) for fit in fits.values())],
        ["*R*^2^", *(number(fit["r2"], "coefficient", labels) for fit in fits.values())],
        [labels.say("*F* or χ^2^", "*F* หรือ χ^2^"), *test],
        [f"{EM_SPACE}*df*", *both],
        *(
            [name, *(number(fit[name.lower()], "statistic", labels) for fit in fits.values())]
            for name in ("AIC", "BIC")
        ),
    ]
    if "mixed" in fits:
        rows.append(
            [
                "ICC",
                *(
                    with_limits(fit["icc"], fit["icc_low"], fit["icc_high"], "coefficient", labels)
                    for fit in fits.values()
                ),
            ]
        )
    sentences = _comparison_note(tables, fits, names, labels, choices)
    kinds = {kind: names[kind] for kind in fits}
    whole = matrix(labels.say("Predictor", "ตัวแปรทำนาย"), kinds, rows, 18)
    return whole + table_note(labels, " ".join(filter(None, sentences)))


def _comparison_note(
    tables: Tables, fits: Mapping[str, Record], names: Mapping[str, str], labels: Labels, choices: dict[str, Any]
) -> list[str]:
    """The sentences of the note on models side by side; "" for those that do not apply."""
    level = f"{100 * choices['confidence']:g}"
    first = next(iter(fits.values()))
    outcome = escape_markdown(labels.constructs[first["outcome"]])
    apart = labels.say(
        "AIC and BIC of the ordinal model cannot be compared with the others.",
        "ค่า AIC และ BIC ของตัวแบบเรียงลำดับเทียบกับตัวแบบอื่นไม่ได้",
    )
    return [
        labels.say(
            f"Outcome: {outcome}. Coefficients with {level}% confidence intervals below.",
            f"ตัวแปรตาม: {outcome} ใต้ค่าสัมประสิทธิ์คือช่วงความเชื่อมั่นร้อยละ {level}",
        ),
        *(_said_of(fit, labels, choices["robust"]) for fit in fits.values()),
        apart if "ordinal" in fits and len(fits) > 1 else "",
        _untested(tables["model_terms"], names, labels),
        _sampled(first, labels),
        unweighted_models(tables, labels).strip(),
        f"\\**p*{NBSP}<{NBSP}.05, \\*\\**p*{NBSP}<{NBSP}.01, \\*\\*\\**p*{NBSP}<{NBSP}.001{labels.say('.', '')}",
    ]


def _stars(p: Any) -> str:
    return "" if pd.isna(p) else next((stars for level, stars in STARS if p < level), "")


def _coefficient(term: Record, fit: Record, labels: Labels) -> tuple[str, str]:
    """A coefficient with its stars, and its interval: of the odds ratio, or of the bootstrap, where there is one."""
    ratio, bootstrap = term["model"] == "ordinal", fit["draws"] > 0
    value, low, high = ("odds_ratio", "odds_low", "odds_high") if ratio else ("estimate", "low", "high")
    if pd.isna(term[value]):
        return UNDEFINED, ""
    estimate = number(term[value], "decimal", labels) + _stars(term["p_bootstrap" if bootstrap else "p"])
    if bootstrap:
        low, high = "low_bootstrap", "high_bootstrap"
    limits = [number(term[limit], "decimal", labels) for limit in (low, high)]
    if pd.isna(term["se"]):
        return estimate, ""
    if bootstrap:
        open_ends = (f"−{INFINITE}", INFINITE)
        limits = [
            end if pd.isna(term[c]) else text for c, text, end in zip((low, high), limits, open_ends, strict=True)
        ]
    return estimate, f"\\[{limits[0]},{NBSP}{limits[1]}\\]"


def _said_of(fit: Record, labels: Labels, robust: str) -> str:
    """What the model is, which intervals are shown, and what is to be known of it: by rule, from the table."""
    kind = fit["model"]
    names = {
        "ols": labels.say("Linear", "เชิงเส้น"),
        "cluster": _clustered_name({kind: fit}, labels),
        "ordinal": labels.say("Ordinal", "เรียงลำดับ"),
        "mixed": labels.say("Mixed", "ผสม"),
    }
    if fit["state"] in ("impossible", "separated", "unconverged", "exact"):
        why = why_undefined(fit, labels)
        if fit["state"] == "exact":
            return labels.say(f"{names[kind]}: not tested, since {why}.", f"{names[kind]}: ไม่ทดสอบเพราะ{why}")
        return labels.say(f"{names[kind]}: cannot be fitted, since {why}.", f"{names[kind]}: วิเคราะห์ไม่ได้เพราะ{why}")
    if kind == "ols":
        return labels.say(
            f"Linear: least squares with heteroskedasticity-robust standard errors ({robust}), for respondents drawn"
            " independently.",
            f"เชิงเส้น: กำลังสองน้อยที่สุด ใช้ค่าคลาดเคลื่อนมาตรฐานแบบทนทาน ({robust}) ซึ่งถือว่าผู้ตอบถูกสุ่มมาอย่างเป็นอิสระต่อกัน",
        )
    if kind == "cluster":
        return _said_of_clusters(fit, labels)
    if kind == "ordinal":
        levels = number(fit["categories"], "count", labels)
        item = escape_markdown(labels.items[fit["item"]]) if fit["item"] else ""
        of = labels.say(
            f"answers to “{item}”" if item else "score in whole points",
            f"คำตอบข้อ “{item}”" if item else "คะแนนปัดเป็นจำนวนเต็ม",
        )
        return labels.say(
            f"Ordinal: odds ratios of the proportional odds model ({of}, {levels} categories); *R*^2^: McFadden’s.",
            f"เรียงลำดับ: อัตราส่วนออดส์จากตัวแบบออดส์สัดส่วน ({of} {levels} ระดับ) *R*^2^ ของแมคแฟดเดน",
        )
    return _said_of_mixed(fit, labels)


def _said_of_clusters(fit: Record, labels: Labels) -> str:
    return _of_the_design(fit, labels) if fit["clusters"] else _of_sites(fit, labels)


def _of_the_design(fit: Record, labels: Labels) -> str:
    text = labels.say(
        f"By cluster: the same with the errors of the design of the sample ({of_clusters(fit, labels)}).",
        f"จัดกลุ่มตามคลัสเตอร์: ตัวแบบเดิมที่ใช้ค่าคลาดเคลื่อนตามแบบแผนการสุ่มตัวอย่าง ({of_clusters(fit, labels)})",
    )
    if not fit["draws"]:
        few = labels.say(
            " Clusters are few, so that these errors are rather too small.",
            " คลัสเตอร์มีน้อย ค่าคลาดเคลื่อนนี้จึงมักน้อยกว่าความเป็นจริง",
        )
        return text + (few if fit["reason"] == "few_clusters" else "")
    return text + _bootstrapped(fit, labels, labels.say("clusters", "คลัสเตอร์"))


def _of_sites(fit: Record, labels: Labels) -> str:
    sites = number(fit["sites"], "count", labels)
    text = labels.say(
        f"By site: the same with errors clustered by site ({sites} sites), for respondents of a site may be alike.",
        f"จัดกลุ่มตามพื้นที่: ตัวแบบเดิมที่ใช้ค่าคลาดเคลื่อนแบบจัดกลุ่มตามพื้นที่ ({sites} แห่ง) เพราะผู้ตอบในพื้นที่เดียวกันอาจคล้ายกัน",
    )
    if not fit["draws"]:
        few = labels.say(
            " Sites are few, so that these errors are too small.", " พื้นที่มีน้อย ค่าคลาดเคลื่อนนี้จึงน้อยกว่าความเป็นจริง"
        )
        return text + (few if fit["reason"] == "few_sites" else "")
    return text + _bootstrapped(fit, labels, labels.say("sites", "พื้นที่"))


def _clustered_name(fits: Mapping[Any, Record], labels: Labels) -> str:
    """What the model with clustered errors is called: by what they are clustered."""
    if "cluster" in fits and fits["cluster"]["clusters"]:
        return labels.say("By cluster", "จัดกลุ่มตามคลัสเตอร์")
    return labels.say("By site", "จัดกลุ่มตามพื้นที่")


def _bootstrapped(fit: Record, labels: Labels, few: str) -> str:
    """That p and intervals come from the bootstrap, since there are few of what errors are clustered by."""
    weights = {"webb": labels.say("Webb’s", "เว็บบ์"), "rademacher": labels.say("Rademacher", "ราเดอมาเคอร์")}
    draws = number(fit["draws"], "count", labels)
    return labels.say(
        f" Since {few} are few, *p* and intervals come from a restricted wild cluster bootstrap"
        f" ({weights[fit['bootstrap']]} weights, {draws} draws).",
        f" เนื่องจาก{few}มีน้อย ค่า *p* และช่วงจึงมาจากไวลด์คลัสเตอร์บูตสแตรปแบบมีข้อจำกัด (น้ำหนัก{weights[fit['bootstrap']]}"
        f" {draws} รอบ)",
    )


def _said_of_mixed(fit: Record, labels: Labels) -> str:
    sites = number(fit["sites"], "count", labels)
    text = labels.say(
        "Mixed: sites as random intercepts; *R*^2^: marginal; AIC and BIC by maximum likelihood;"
        " ICC: intraclass correlation.",
        "ผสม: จุดตัดสุ่มตามพื้นที่ *R*^2^ เฉพาะตัวแปรทำนาย AIC และ BIC จากภาวะน่าจะเป็นสูงสุด ICC คือสหสัมพันธ์ภายในชั้น",
    )
    if fit["state"] == "singular":
        return text + labels.say(
            " The variance of sites is estimated at zero (singular fit), so that coefficients are those of the linear"
            " model.",
            " ความแปรปรวนระหว่างพื้นที่ประมาณได้เป็นศูนย์ (singular) ค่าสัมประสิทธิ์จึงเท่ากับของตัวแบบเชิงเส้น",
        )
    if fit["reason"] == "few_sites":
        text += labels.say(
            f" With {sites} sites their variance is hardly known.",
            f" พื้นที่มีเพียง {sites} แห่ง จึงประมาณความแปรปรวนระหว่างพื้นที่ได้หยาบมาก",
        )
    return text


def _untested(terms: pd.DataFrame, names: Mapping[str, str], labels: Labels) -> str:
    """Which coefficients are not tested, since their error is zero but for rounding."""
    own = records(terms[terms["reason"] == "no_error"])
    listed = "; ".join(f"{names[row['model']]}: {escape_markdown(term_name(row['term'], labels))}" for row in own)
    return listed and labels.say(
        f"Not tested, since the error is zero but for rounding: {listed}.",
        f"ไม่ทดสอบเนื่องจากค่าคลาดเคลื่อนเป็นศูนย์เมื่อไม่นับการปัดเศษ: {listed}",
    )


def _sampled(fit: Record, labels: Labels) -> str:
    """That the model was fitted to a random sample, if it was."""
    if not fit["available"] > fit["n"] > 0:
        return ""
    n, available = (number(fit[name], "count", labels) for name in ("n", "available"))
    return labels.say(
        f"Fitted to a random sample of {n} of {available} complete respondents.",
        f"วิเคราะห์จากผู้ตอบที่สุ่มมา {n} คน จากผู้ตอบที่มีคะแนนครบ {available} คน",
    )
