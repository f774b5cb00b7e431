"""The tables of the models: side by side, checks of the linear one, proportional odds, missing answers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.outcome import why_undefined
from thongthin.present.tables.parts import (
    EM_SPACE,
    MOST_COLUMNS,
    NBSP,
    degrees,
    equation,
    label_and_numbers,
    number,
    order,
    percent,
    pipe_table,
    table_note,
    unweighted_models,
)

Record = Mapping[Hashable, Any]

# Stars of p, the smallest first.
STARS = ((0.001, "\\*\\*\\*"), (0.01, "\\*\\*"), (0.05, "\\*"))
INFINITE = "∞"


@made_from("model_terms", "model_fits", also=("sample_size",))
def model_comparison(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The models of the outcome: terms as rows, models as columns, how they fit below."""
    choices = analysis["model"]
    fits = {row["model"]: row for row in tables["model_fits"].to_dict("records")}
    terms = {(row["model"], row["term"]): row for row in tables["model_terms"].to_dict("records")}
    names = {
        "ols": labels.say("Linear", "เชิงเส้น"),
        "cluster": labels.say("By site", "จัดกลุ่มตามพื้นที่"),
        "ordinal": labels.say("Ordinal (OR)", "เรียงลำดับ (OR)"),
        "mixed": labels.say("Mixed", "ผสม"),
    }
    rows: list[list[str]] = []
    for term in dict.fromkeys(tables["model_terms"]["term"]):
        own = [_coefficient(terms[kind, term], fits[kind], labels) for kind in fits]
        rows.append([escape_markdown(_term(term, labels)), *(estimate for estimate, _ in own)])
        rows.append(["", *(interval for _, interval in own)])
    test = [number(fit["statistic"], "statistic", labels) + _stars(fit["p"]) for fit in fits.values()]
    both = [
        ", ".join(degrees(fit[df], labels) for df in ("df1", "df2") if not pd.isna(fit[df]))
        if not pd.isna(fit["statistic"])
        else UNDEFINED
        for fit in fits.values()
    ]
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
        rows.append(["ICC", *(_with_interval(fit, "icc", "coefficient", labels) for fit in fits.values())])
    level = f"{100 * choices['confidence']:g}%"
    outcome = escape_markdown(labels.constructs[next(iter(fits.values()))["outcome"]])
    sentences = [
        labels.say(
            f"Outcome: {outcome}. Coefficients with {level} confidence intervals below.",
            f"ตัวแปรตาม: {outcome} ใต้ค่าสัมประสิทธิ์คือช่วงความเชื่อมั่นร้อยละ {100 * choices['confidence']:g}",
        ),
        *(_said_of(fit, labels, choices["robust"]) for fit in fits.values()),
    ]
    if "ordinal" in fits and len(fits) > 1:
        sentences.append(
            labels.say(
                "AIC and BIC of the ordinal model cannot be compared with the others.",
                "ค่า AIC และ BIC ของตัวแบบเรียงลำดับเทียบกับตัวแบบอื่นไม่ได้",
            )
        )
    sentences.append(_untested(tables["model_terms"], names, labels))
    sentences.append(_sampled(next(iter(fits.values())), labels))
    sentences.append(unweighted_models(tables, labels).strip())
    sentences.append(
        f"\\**p*{NBSP}<{NBSP}.05, \\*\\**p*{NBSP}<{NBSP}.01, \\*\\*\\**p*{NBSP}<{NBSP}.001{labels.say('.', '')}"
    )
    header = [labels.say("Predictor", "ตัวแปรทำนาย"), *(names[kind] for kind in fits)]
    widths = label_and_numbers(len(fits), 18)
    return pipe_table(header, rows, widths) + table_note(labels, " ".join(filter(None, sentences)))


def _term(term: Any, labels: Labels) -> str:
    if term == ALL:
        return labels.say("All predictors", "ทุกตัวแปร")
    return {"intercept": labels.say("Intercept", "ค่าคงที่"), **labels.constructs}[str(term)]


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


def _with_interval(row: Record, name: str, form: str, labels: Labels) -> str:
    if pd.isna(row[name]):
        return UNDEFINED
    value, low, high = (number(row[column], form, labels) for column in (name, f"{name}_low", f"{name}_high"))
    return f"{value} \\[{low},{NBSP}{high}\\]"


def _said_of(fit: Record, labels: Labels, robust: str) -> str:
    """What the model is, which intervals are shown, and what is to be known of it: by rule, from the table."""
    kind, reason = fit["model"], fit["reason"]
    sites, draws = (number(fit[name], "count", labels) for name in ("sites", "draws"))
    names = {
        "ols": labels.say("Linear", "เชิงเส้น"),
        "cluster": labels.say("By site", "จัดกลุ่มตามพื้นที่"),
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
        text = labels.say(
            f"By site: the same with errors clustered by site ({sites} sites), for respondents of a site may be alike.",
            f"จัดกลุ่มตามพื้นที่: ตัวแบบเดิมที่ใช้ค่าคลาดเคลื่อนแบบจัดกลุ่มตามพื้นที่ ({sites} แห่ง) เพราะผู้ตอบในพื้นที่เดียวกันอาจคล้ายกัน",
        )
        if not fit["draws"]:
            few = labels.say(
                " Sites are few, so that these errors are too small.", " พื้นที่มีน้อย ค่าคลาดเคลื่อนนี้จึงน้อยกว่าความเป็นจริง"
            )
            return text + (few if reason == "few_sites" else "")
        weights = {"webb": labels.say("Webb’s", "เว็บบ์"), "rademacher": labels.say("Rademacher", "ราเดอมาเคอร์")}
        return text + labels.say(
            f" Since sites are few, *p* and intervals come from a restricted wild cluster bootstrap"
            f" ({weights[fit['bootstrap']]} weights, {draws} draws).",
            f" เนื่องจากพื้นที่มีน้อย ค่า *p* และช่วงจึงมาจากไวลด์คลัสเตอร์บูตสแตรปแบบมีข้อจำกัด (น้ำหนัก{weights[fit['bootstrap']]}"
            f" {draws} รอบ)",
        )
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
    if reason == "few_sites":
        text += labels.say(
            f" With {sites} sites their variance is hardly known.",
            f" พื้นที่มีเพียง {sites} แห่ง จึงประมาณความแปรปรวนระหว่างพื้นที่ได้หยาบมาก",
        )
    return text


def _untested(terms: pd.DataFrame, names: Mapping[str, str], labels: Labels) -> str:
    """Which coefficients are not tested, since their error is zero but for rounding."""
    own = terms[terms["reason"] == "no_error"].to_dict("records")
    listed = "; ".join(f"{names[row['model']]}: {escape_markdown(_term(row['term'], labels))}" for row in own)
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


@made_from("model_diagnostics", "model_collinearity")
def model_diagnostics(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Checks of the linear model: statistic, degrees of freedom, p or limit, and whether something was found."""
    checks = {
        "normality": labels.say("Residuals are normal", "ค่าคลาดเคลื่อนแจกแจงปกติ"),
        "heteroskedasticity": labels.say("Their variance is constant", "ความแปรปรวนคงที่"),
        "specification": labels.say("The form is linear", "ความสัมพันธ์เป็นเชิงเส้น"),
        "influence": labels.say("No respondent decides alone", "ไม่มีผู้ตอบคนเดียวที่ชี้ขาดผล"),
        "collinearity": labels.say("Predictors tell different things", "ตัวแปรทำนายไม่ซ้ำซ้อนกัน"),
        "condition": labels.say("... taken together", "… เมื่อพิจารณารวมกัน"),
    }
    tests = {
        "shapiro_wilk": labels.say("Shapiro–Wilk *W*", "ชาพิโร-วิลก์ *W*"),
        "dagostino_pearson": labels.say("D’Agostino–Pearson *K*^2^", "ดาโกสติโน-เพียร์สัน *K*^2^"),
        "breusch_pagan": labels.say("Breusch–Pagan χ^2^", "บรอยช์-เพแกน χ^2^"),
        "reset": labels.say("RESET *F*", "RESET *F*"),
        "cook": labels.say("largest Cook’s *D*", "ค่า *D* ของคุกสูงสุด"),
        "vif": labels.say("largest VIF", "ค่า VIF สูงสุด"),
        "condition_number": labels.say("condition number", "เลขภาวะ"),
    }
    said = {
        "yes": labels.say("no", "ไม่ใช่"),
        "no": labels.say("yes", "ใช่"),
        "undefined": UNDEFINED,
    }
    frame = order(tables["model_diagnostics"], check=checks)
    rows = []
    for row in frame.to_dict("records"):
        tested = not pd.isna(row["p"])
        limit = equation("*p*", number(row["p"], "p", labels)) if tested else ""
        if not tested and row["check"] in ("influence", "collinearity", "condition"):
            limit = f"≤{NBSP}{number(row['limit'], 'count', labels)}"
        both = [degrees(row[df], labels) for df in ("df1", "df2") if not pd.isna(row[df])]
        rows.append(
            [
                checks[row["check"]],
                tests[row["test"]],
                number(row["statistic"], "statistic", labels),
                ", ".join(both) or UNDEFINED,
                limit or UNDEFINED,
                said[row["found"]],
            ]
        )
    header = [
        labels.say("Assumption", "ข้อตกลงเบื้องต้น"),
        labels.say("Check", "วิธีตรวจสอบ"),
        labels.say("Statistic", "ค่าสถิติ"),
        "*df*",
        labels.say("*p* or limit", "*p* หรือเกณฑ์"),
        labels.say("Holds", "เป็นไปตามข้อตกลง"),
    ]
    collinearity = order(tables["model_collinearity"], term=labels.constructs)
    factors = "; ".join(
        f"{escape_markdown(labels.constructs[row['term']])} {number(row['vif'], 'statistic', labels)}"
        for row in collinearity.to_dict("records")
    )
    cases = frame.set_index("check")["cases"].get("influence")
    above = number(cases, "count", labels)
    level = number(analysis["comparison"]["significance"], "p", labels).rstrip("0")
    n = number(frame["n"].iloc[0], "count", labels)
    note = labels.say(
        f"Linear model, *n*{NBSP}={NBSP}{n}. A test found something where *p* is below {level}. Cook’s *D* lies above"
        f" 4/*n* for {above} respondents. Variance inflation factors (VIF): {factors}.",
        f"ตัวแบบเชิงเส้น *n*{NBSP}={NBSP}{n} ถือว่าไม่เป็นไปตามข้อตกลงเมื่อ *p* ต่ำกว่า"
        f" {level} มีผู้ตอบ {above} คนที่ค่า *D* ของคุกเกิน 4/*n* ค่า VIF: {factors}",
    )
    found = set(frame.loc[frame["found"] == "yes", "check"])
    if "heteroskedasticity" in found:
        note += labels.say(
            " Unequal variances are what robust errors allow for.",
            " ค่าคลาดเคลื่อนมาตรฐานแบบทนทานรองรับความแปรปรวนที่ไม่คงที่แล้ว",
        )
    if "specification" in found:
        note += labels.say(
            " The relation is not a straight line: coefficients are averages.",
            " ความสัมพันธ์ไม่เป็นเส้นตรง ค่าสัมประสิทธิ์จึงเป็นค่าเฉลี่ยโดยรวม",
        )
    return pipe_table(header, rows, [30, 24, 11, 10, 14, 11], texts=2) + table_note(labels, note)


@made_from("proportional_odds")
def proportional_odds(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Brant's test of the ordinal model: of all predictors, and of each."""
    frame = order(tables["proportional_odds"], term=[ALL, *labels.constructs])
    rows = [
        [
            escape_markdown(_term(row["term"], labels)),
            number(row["statistic"], "statistic", labels),
            degrees(row["df"], labels),
            number(row["p"], "p", labels),
        ]
        for row in frame.to_dict("records")
    ]
    header = [labels.say("Predictor", "ตัวแปรทำนาย"), "χ^2^", "*df*", "*p*"]
    first = frame.iloc[0]
    n, levels = (number(first[name], "count", labels) for name in ("n", "categories"))
    level = analysis["comparison"]["significance"]
    note = labels.say(
        f"Brant’s test that coefficients are the same at every split of the {levels} categories (*n*{NBSP}={NBSP}{n}).",
        f"การทดสอบของแบรนต์ว่าค่าสัมประสิทธิ์เท่ากันในทุกจุดแบ่งของ {levels} ระดับ (*n*{NBSP}={NBSP}{n})",
    )
    if pd.isna(first["p"]):
        note += labels.say(
            " It is undefined: there are fewer than three categories, or one is too rare.",
            " หาค่าไม่ได้ เพราะมีไม่ถึงสามระดับหรือบางระดับมีผู้ตอบน้อยเกินไป",
        )
    elif first["p"] < level:
        note += labels.say(
            " The odds are not proportional: the odds ratios are averages over the splits.",
            " ออดส์ไม่เป็นสัดส่วน อัตราส่วนออดส์จึงเป็นค่าเฉลี่ยของทุกจุดแบ่ง",
        )
    else:
        note += labels.say(" Taken together, nothing speaks against it.", " โดยรวมไม่พบหลักฐานคัดค้าน")
    return pipe_table(header, rows, [52, 16, 16, 16]) + table_note(labels, note)


@made_from("missing_items", "missing_data", "items")
def missing_items(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many answers to each item are missing, in percent, by site and over all."""
    waves = dict(zip(tables["items"]["item_id"], tables["items"]["wave"], strict=True))
    frame = tables["missing_items"]
    names = {ALL: labels.all_sites, **labels.sites_and_all}
    present = set(frame.loc[frame["n"] > 0, "site_id"])
    sites = [site for site in names if site in present]
    if len(sites) > MOST_COLUMNS:
        sites = [ALL]
    cells = {(row["item_id"], row["site_id"]): row for row in frame.to_dict("records")}
    shown = [item for item in labels.items if (item, ALL) in cells and cells[item, ALL]["missing"] > 0]
    rows = [
        [
            escape_markdown(labels.item(item, waves[item])),
            number(cells[item, ALL]["missing"], "count", labels),
            *(percent(cells[item, site]["share"]) for site in sites),
        ]
        for item in shown
    ]
    header = [labels.say("Item", "ข้อคำถาม"), labels.say("Missing", "ไม่มีคำตอบ")]
    header += [f"{escape_markdown(names[site])} {labels.say('(%)', '(ร้อยละ)')}" for site in sites]
    whole = len({item for item, _ in cells}) - len(shown)
    note = labels.say(
        f"Respondents without an answer on the scale. Items answered by everybody: {whole} (not shown).",
        f"ผู้ตอบที่ไม่มีคำตอบตามมาตรวัด ข้อที่ทุกคนตอบ {whole} ข้อ (ไม่แสดง)",
    )
    over_all = {row["of"]: row for row in tables["missing_data"].to_dict("records")}
    if (row := over_all.get("items")) and not pd.isna(row["p"]):
        complete, respondents = (number(row[name], "count", labels) for name in ("complete", "n"))
        test = (
            f"χ^2^({degrees(row['df'], labels)}){NBSP}={NBSP}{number(row['statistic'], 'statistic', labels)},"
            f" {equation('*p*', number(row['p'], 'p', labels))}"
        )
        note += labels.say(
            f" Little’s test that answers are missing completely at random: {test} ({row['patterns']} patterns,"
            f" {complete} of {respondents} respondents complete).",
            f" การทดสอบของลิตเติลว่าข้อมูลขาดหายแบบสุ่มโดยสมบูรณ์: {test} ({row['patterns']} รูปแบบ"
            f" ข้อมูลครบ {complete} จาก {respondents} คน)",
        )
    if not rows:
        sentence = labels.say("Every respondent answered every item.\n", "ผู้ตอบทุกคนตอบครบทุกข้อ\n")
        return sentence
    return pipe_table(header, rows, label_and_numbers(len(sites) + 1, 14)) + table_note(labels, note)


@made_from("imputation_comparison", also=("sample_size",))
def imputation_comparison(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The linear model of complete respondents beside that of multiply imputed answers."""
    frame = tables["imputation_comparison"]
    rows = []
    for row in frame.to_dict("records"):
        cells = [escape_markdown(_term(row["term"], labels))]
        for end in ("_complete", ""):
            low, high = (number(row[f"{limit}{end}"], "decimal", labels) for limit in ("low", "high"))
            estimate = number(row[f"estimate{end}"], "decimal", labels)
            interval = "" if UNDEFINED in (low, high) else f" \\[{low},{NBSP}{high}\\]"
            cells += [f"{estimate}{interval}", number(row[f"p{end}"], "p", labels)]
        rows.append([*cells, number(row["fmi"], "coefficient", labels), number(row["change"], "coefficient", labels)])
    complete, imputed = labels.say("Complete", "ข้อมูลครบ"), labels.say("Imputed", "แทนค่า")
    interval = f"{100 * analysis['model']['confidence']:g}% CI"
    header = [labels.say("Predictor", "ตัวแปรทำนาย")]
    header += [f"{complete}: *b* \\[{interval}\\]", "*p*", f"{imputed}: *b* \\[{interval}\\]", "*p*", "FMI"]
    header.append(labels.say("Change", "ผลต่าง"))
    first = frame.iloc[0]
    numbers = {name: number(first[name], "count", labels) for name in ("n_complete", "n", "imputations")}
    note = labels.say(
        f"Complete: {numbers['n_complete']} respondents with all scores; imputed: {numbers['n']} respondents,"
        f" {numbers['imputations']} imputations of items by chained equations with predictive mean matching, pooled by"
        " Rubin’s rules. FMI: fraction of missing information; change: in standard errors of the complete model.",
        f"ข้อมูลครบ: ผู้ตอบที่มีคะแนนครบ {numbers['n_complete']} คน แทนค่า: ผู้ตอบ {numbers['n']} คน แทนค่ารายข้อ"
        f" {numbers['imputations']} ชุดด้วยสมการลูกโซ่และการจับคู่ค่าพยากรณ์ รวมผลด้วยกฎของรูบิน FMI คือสัดส่วนสารสนเทศที่ขาดหาย"
        " ผลต่างคิดเป็นจำนวนเท่าของค่าคลาดเคลื่อนมาตรฐานของตัวแบบข้อมูลครบ",
    )
    note += _turned(frame, analysis["comparison"]["significance"], labels)
    note += _why_no_comparison(frame, labels)
    note += unweighted_models(tables, labels)
    return pipe_table(header, rows, [25, 22, 8, 22, 8, 7, 8]) + table_note(labels, note)


def _turned(frame: pd.DataFrame, level: float, labels: Labels) -> str:
    """Which coefficients are significant in one of the two models only, of those that both have tested."""
    both = frame[frame["p"].notna() & frame["p_complete"].notna()]
    if both.empty:
        return ""
    turned = both.loc[(both["p"] < level) != (both["p_complete"] < level), "term"]
    if turned.empty:
        return labels.say(" The same coefficients are significant in both.", " สัมประสิทธิ์ที่มีนัยสำคัญเป็นชุดเดียวกันทั้งสองตัวแบบ")
    which = ", ".join(escape_markdown(_term(term, labels)) for term in turned)
    return labels.say(
        f" Missing answers matter for what is significant: {which}.", f" ข้อมูลที่ขาดหายมีผลต่อนัยสำคัญของ: {which}"
    )


def _why_no_comparison(frame: pd.DataFrame, labels: Labels) -> str:
    """Why one of the two models has no numbers, or no tests."""
    note = ""
    for column, en, th in (("reason_complete", "Complete", "ข้อมูลครบ"), ("reason", "Imputed", "แทนค่า")):
        for reason in dict.fromkeys(frame.loc[frame[column] != "", column]):
            why = why_undefined({"reason": reason, "concerned": ""}, labels)
            note += labels.say(f" {en}: undefined, since {why}.", f" {th}: หาค่าไม่ได้เพราะ{why}")
    return note
