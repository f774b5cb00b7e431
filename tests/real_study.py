"""A study folder made of real data: 57 interviews with scientists, and a survey of journalists in five countries.

The interviews come from World after Covid (github.com/grossmania/wac, MIT licence), the survey is the Worlds of
Journalism extract of tidycomm. Nothing of either is kept here: the folder is made from the files beside the project.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from project import Project

QUESTIONS = {
    "Q1": "What will be the most significant positive change after the pandemic?",
    "Q2": "What kind of wisdom will people need to capitalise on it?",
    "Q3": "What will be the most significant negative change?",
    "Q4": "What kind of wisdom will people need to overcome it?",
    "Q5": "What one piece of wisdom should people have now?",
}
# Where the decisions of the two coders stand: code -> (column stem, question whose answer was judged).
TWO_CODERS = {
    "outsider_q1": ("Q1_Outside", "Q1"),
    "outsider_q3": ("Q3_Outside", "Q3"),
    "dialectic": ("Dialectic", "Q1"),
}
CODERS = ("CC", "OM")
SITES = {
    "SC-US": "Social cognition, US",
    "SC-Non-US": "Social cognition, elsewhere",
    "Non-SC-US": "Other fields, US",
    "Non-SC-Non-US": "Other fields, elsewhere",
}

STUDY = """\
title: {th: World after Covid, en: World after Covid}
authors:
  - {name: {th: Test, en: Test}, affiliation: {th: Test, en: Test}}
keywords: {th: [wisdom], en: [wisdom]}
province: {th: World, en: World}
provenance: field
ethics: {th: Public data., en: Public data.}
date: 2022-06-30
fieldwork: {from: 2020-06-01, to: 2020-12-31}
groups:
  - {id: Male, label: {th: Male, en: Men}}
  - {id: Female, label: {th: Female, en: Women}}
framework:
  factors:
    - {id: autonomy, label: {th: Autonomy, en: Autonomy}}
    - {id: ethics, label: {th: Ethics, en: Ethics}}
  outcomes:
    - {id: trust, label: {th: Trust, en: Trust}}
survey:
  file: responses.csv
  site: country
  scales:
    likert: {min: 1, max: 5}
model: {outcome: trust, predictors: [autonomy, ethics]}
analysis:
  agreement: {unit: participant}
"""

ARTICLE = """\
---
lang: %(lang)s
---

# Introduction

{{< value agreement.outsider_q1.kappa >}}, {{< value agreement.outsider_q3.kappa >}} [@krippendorff2011]

{{< value agreement.dialectic.kappa >}}

There were {{< value sample.interviews.all.n >}} interviews and {{< value sample.respondents.all.n >}} journalists.

See @tbl-agreement, @tbl-comparison and @fig-profile.

::: {#tbl-agreement}

{{< include tables/agreement.md >}}

Agreement of the coders
:::

::: {#tbl-comparison}

{{< include tables/site_comparison.md >}}

Comparison of the sites
:::

::: {#tbl-model}

{{< include tables/outcome_model.md >}}

What goes with trust
:::

![Mean of each scale by country](figures/factor_profile){#fig-profile fig-alt="Means of the scales in five countries."}

![Themes by group](figures/themes_by_site){#fig-themes fig-alt="Shares of interviewees with each theme."}

# References {.unnumbered}

::: {#refs}
:::

# Translated References {.unnumbered}

::: {#refs-translated}
:::
"""

REFERENCES = """\
- id: krippendorff2011
  type: webpage
  issued: 2011
  URL: https://repository.upenn.edu/asc_papers/43
  th: {author: [{given: Klaus, family: Krippendorff}], title: "Computing Krippendorff's Alpha-Reliability"}
  en: {author: [{given: Klaus, family: Krippendorff}], title: "Computing Krippendorff's Alpha-Reliability"}
"""


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def make_real_study(project: Project, data: Path, name: str = "world-after-covid") -> str:
    """Write the study `name` and its articles into the project; returns the name."""
    raw = project.root / "data" / "raw" / name
    people = pd.read_csv(data / "interviews_wac" / "transcripts.csv", encoding="cp1252")
    matrix = pd.read_csv(data / "interviews_wac" / "codes.csv").set_index("Name")
    judged = pd.read_csv(data / "interviews_wac" / "outside_dialectic_codes.csv", encoding="cp1252").set_index("Name")
    people["id"] = people["Name"].map(lambda n: re.sub(r"[^A-Za-z0-9]+", "-", n))
    people["site"] = people["Field"] + "-" + people["Location"]
    ids = dict(zip(people["Name"], people["id"], strict=True))

    answers: dict[tuple[str, str], tuple[int, int, str]] = {}  # (participant, question) -> start, end, text
    for person in people.itertuples():
        text = ""
        for question, asked in QUESTIONS.items():
            answer = re.sub(r"\s+", " ", str(getattr(person, question))).strip()
            text += f"Interviewer: {asked}\nScientist: "
            answers[person.id, question] = (len(text), len(text) + len(answer), answer)
            text += answer + "\n"
        project.write(f"data/raw/{name}/interviews/{person.id}.txt", text)

    themes = sorted({column.rsplit("_", 1)[0] for column in matrix.columns})
    codes = {theme: slug(theme) for theme in themes}
    segments = [
        (ids[who], column.rsplit("_", 1)[1].upper(), codes[column.rsplit("_", 1)[0]], "team")
        for column in matrix.columns
        for who in matrix.index[matrix[column] == 1]
    ]
    coverage = [(ids[who], "team", code) for who in matrix.index for code in codes.values()]
    for code, (stem, question) in TWO_CODERS.items():
        for coder in CODERS:
            decisions = judged[f"{stem}_{coder}"].dropna()
            coverage += [(ids[who], coder, code) for who in decisions.index]
            segments += [(ids[who], question, code, coder) for who in decisions.index[decisions == 1]]
    coding = pd.DataFrame(
        [
            (who, *answers[who, question][:2], code, coder, answers[who, question][2])
            for who, question, code, coder in segments
        ],
        columns=["participant", "start", "end", "code", "coder", "text"],
    ).drop_duplicates()

    (raw / "coding").mkdir(parents=True)
    (raw / "survey").mkdir()
    coding.to_csv(raw / "coding" / "segments.csv", index=False)
    pd.DataFrame(coverage, columns=["participant", "coder", "code"]).to_csv(
        raw / "coding" / "coverage.csv", index=False
    )
    labels = {**{code: theme for theme, code in codes.items()}, **{code: code.replace("_", " ") for code in TWO_CODERS}}
    pd.DataFrame(
        {"code_id": list(labels), "parent_id": "", "label_th": list(labels.values()), "label_en": list(labels.values())}
    ).assign(definition_th="", definition_en="", factor="", valence="").to_csv(raw / "codebook.csv", index=False)
    pd.DataFrame(
        {
            "participant_id": people["id"],
            "site_id": people["site"],
            "group": people["Gender"],
            "role": people["Position"],
        }
    ).assign(sex=people["Gender"], age_band="", interviewed_on="", consent="yes").to_csv(
        raw / "participants.csv", index=False
    )

    survey = pd.read_csv(data / "survey_woj" / "WoJ.csv")
    survey.to_csv(raw / "survey" / "responses.csv", index=False)
    scales = {"autonomy_": "autonomy", "ethics_": "ethics", "trust_": "trust"}
    items = [(c, construct) for c in survey for prefix, construct in scales.items() if c.startswith(prefix)]
    frame = pd.DataFrame(items, columns=["item_id", "construct"])
    frame["text_th"] = frame["text_en"] = frame["item_id"].str.replace("_", " ")
    frame["reversed"] = frame["item_id"].eq("ethics_1").map({True: "yes", False: "no"})
    frame.assign(column=frame["item_id"], scale="likert", wave="", pair="").to_csv(
        raw / "survey" / "items.csv", index=False
    )
    sites = {**SITES, **{country: country for country in sorted(survey["country"].unique())}}
    pd.DataFrame({"site_id": list(sites), "name_th": list(sites.values()), "name_en": list(sites.values())}).assign(
        type=["interviews"] * len(SITES) + ["survey"] * (len(sites) - len(SITES))
    ).to_csv(raw / "sites.csv", index=False)

    project.write(f"data/raw/{name}/study.yml", STUDY)
    project.write(f"data/raw/{name}/references.yml", REFERENCES)
    for language in ("th", "en"):
        project.write(f"report/{name}/article.{language}.qmd", ARTICLE % {"lang": language})
    project.write("config/config.yml", f"studies: [{name}]\n")
    return name
