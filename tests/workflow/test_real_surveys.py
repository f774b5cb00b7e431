"""Studies made of real surveys: as SPSS writes them and as a spreadsheet does, read and analysed by the workflow.

The data are those that stand beside the project (see its README there); nothing of them is kept here.
"""

from __future__ import annotations

import csv
import itertools
import re
from pathlib import Path

import pandas as pd
import pytest
from project import ROOT, Project, copy_project
from scipy.stats import kruskal, linregress, wilcoxon
from studies import SITES, STUDY, csv_text, make_study

from thongthin.basics.problems import Problems
from thongthin.contract.loading import load_config, load_study
from thongthin.contract.tables import TABLES, read_table
from thongthin.present.value_keys import possible_rows

DATA = ROOT.parent / "shared" / "data"
ARTICLE = "---\nlang: %s\n---\n\n# A\n\n{{< value sample.respondents.all.n >}}\n"
REVERSED_BFI = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}
ALPHAS = {
    "bfi": {"A": 0.70, "C": 0.73, "E": 0.76, "N": 0.81, "O": 0.60},
    "utaut2": {
        **{"PE": 0.940, "EE": 0.933, "SI": 0.965, "FC": 0.758},
        **{"HM": 0.930, "PV": 0.964, "HAB": 0.883, "INT": 0.981},
    },
}

# What the article on the municipalities of Chile shows: every table and figure of a survey of amounts.
SHOWN_TABLES = [
    *("scale_summary", "scale_statistics", "item_statistics", "scale_reliability", "site_comparison"),
    *("before_after", "before_after_effects", "model_comparison", "imputation_comparison", "missing_items"),
]
SHOWN_FIGURES = ["factor_profile", "before_after"]

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real data do not stand beside the project"),
]


def study_of(project: Project, name: str, frame: pd.DataFrame, scales: list[str], points: int, file: str) -> None:
    """The small study with another survey: its items are the columns that begin with the name of a scale."""
    items = [(c, s) for c in frame for s in sorted(scales, key=len, reverse=True) if c.rstrip("0123456789") == s]
    written = csv_text(
        ["item_id", "construct", "text_th", "text_en", "scale", "reversed"],
        [(c, s, f"ข้อ {c}", f"Item {c}", "points", "yes" if c in REVERSED_BFI else "no") for c, s in items],
    )
    factors = [{"id": s, "label": {"th": f"ตัวแปร {s}", "en": s}} for s in scales]
    study = {
        "framework": {"factors": [*STUDY["framework"]["factors"], *factors]},
        "survey": {"file": file, "site": "site", "scales": {"points": {"min": 1, "max": points}}},
        "model": None,
    }
    files = {"survey/responses.csv": None, "survey/items.csv": written}
    make_study(
        project.root,
        name=name,
        study=study,
        files={**files, "article.th.qmd": ARTICLE % "th", "article.en.qmd": ARTICLE % "en"},
        config={"studies": [name], "analysis": {"agreement": {"replicates": 0}}},
    )


def alphas(project: Project, name: str) -> dict[str, float]:
    tables = ["scale_reliability", "site_comparison", "survey_flow", "item_statistics"]
    project.build(*(f"results/{name}/tables/{table}.csv" for table in tables))
    return {
        row["construct"]: float(row["alpha"]) for row in project.table(f"results/{name}/tables/scale_reliability.csv")
    }


def test_an_spss_file_of_2800_answers(tmp_path: Path) -> None:
    """bfi: five scales of five items, seven of them reversed, answers missing; as .sav with a missing code."""
    import pyreadstat

    project = copy_project(tmp_path)
    frame = pd.read_csv(DATA / "survey_bfi" / "bfi.csv").drop(columns=["rownames", "education", "age"])
    frame["site"] = frame.pop("gender").map({1: 1.0, 2: 2.0})
    study_of(project, "bfi", frame, list(ALPHAS["bfi"]), 6, "bfi.sav")
    items = [column for column in frame if column != "site"]
    pyreadstat.write_sav(
        frame.fillna(9).astype(float),
        str(project.root / "data/raw/bfi/survey/bfi.sav"),
        variable_value_labels={"site": {1.0: "S01", 2.0: "S02"}},
        missing_ranges={item: [9] for item in items},
    )
    found = alphas(project, "bfi")
    assert {scale: round(alpha, 2) for scale, alpha in found.items()} == ALPHAS["bfi"]
    flow = {(row["step"], row["site_id"]): int(row["n"]) for row in project.table("results/bfi/tables/survey_flow.csv")}
    assert flow["received", "all"] == flow["analysed", "all"] == 2800
    assert (flow["analysed", "S01"], flow["analysed", "S02"]) == (919, 1881)
    n = {(row["item_id"], row["site_id"]): row for row in project.table("results/bfi/tables/item_statistics.csv")}
    assert int(n["A1", "all"]["n"]) == int(frame["A1"].notna().sum())
    assert float(n["A1", "all"]["mean"]) == pytest.approx(frame["A1"].mean(), abs=1e-9)
    missing = {row["reason"] for row in project.table("results/bfi/tables/survey_nonanswers.csv") if row["n"] != "0"}
    assert missing == {"missing"}  # the code that the file declares


def test_a_workbook_of_216_answers_on_seven_points(tmp_path: Path) -> None:
    """utaut2: eight scales whose columns do not stand in their order, and an open answer; as .xlsx."""
    project = copy_project(tmp_path)
    with (DATA / "survey_utaut2" / "utaut2_216.csv").open(encoding="utf-8-sig", newline="") as stream:
        frame = pd.DataFrame(list(csv.DictReader(stream)))
    frame.insert(0, "site", ["S01", "S02", "S03"] * 72)
    study_of(project, "utaut2", frame, list(ALPHAS["utaut2"]), 7, "utaut2.xlsx")
    numbers = frame.apply(
        lambda column: pd.to_numeric(column) if column.name not in ("site", "qualitative") else column
    )
    numbers.to_excel(project.root / "data/raw/utaut2/survey/utaut2.xlsx", index=False)
    found = alphas(project, "utaut2")
    assert {scale: round(alpha, 3) for scale, alpha in found.items()} == ALPHAS["utaut2"]
    sites = project.table("results/utaut2/tables/site_comparison.csv")
    assert {(row["n"], row["k"], row["df"]) for row in sites} == {("216", "3", "2")}


def municipal_article(language: str) -> str:
    tables = [f"::: {{#tbl-{n}}}\n{{{{< include tables/{n}.md >}}}}\n\n{n}\n:::\n" for n in SHOWN_TABLES]
    figures = [f'![{n}](figures/{n}){{#fig-{n} fig-alt="{n}"}}\n' for n in SHOWN_FIGURES]
    values = [
        f"{{{{< value scale_statistics.egov.{wave}.all.{n} >}}}}" for wave in ("before", "after") for n in ("mean", "n")
    ]
    return "\n".join([f"---\nlang: {language}\n---\n\n# A\n", f"({'; '.join(values)})\n", *tables, *figures])


def test_345_municipalities_of_chile_as_a_whole_study(tmp_path: Path) -> None:
    """The e-government index, a number with decimals, in 2019 and 2021: the means that were published, in an article.

    Published: 4.56 in 2019 (337 municipalities), 3.74 in 2021 (333).
    """
    project, name = copy_project(tmp_path), "chile"
    years = {y: pd.read_csv(DATA / f"municipal_egov_chile/local_gov_indicators_{y}.csv") for y in (2019, 2021)}
    frame = years[2019][["cut_com", "region", "egi", "iadm25"]].merge(
        years[2021][["cut_com", "egi"]], on="cut_com", suffixes=("_2019", "_2021"), validate="1:1"
    )
    regions = {region: f"C{number:02d}" for number, region in enumerate(sorted(frame["region"].unique()), start=1)}
    items = [
        ("egi_2019", "egov", "ดัชนี", "Index", "index", "before", "egi"),
        ("egi_2021", "egov", "ดัชนี", "Index", "index", "after", "egi"),
        ("iadm25", "staff", "ตัวชี้วัด IADM25", "Indicator IADM25", "percent", "", ""),
    ]
    constructs = {"egov": "E-government index", "staff": "IADM25"}
    of = [{"id": id_, "label": {"th": f"ตัวแปร {id_}", "en": label}} for id_, label in constructs.items()]
    study = {
        "framework": {"factors": [*STUDY["framework"]["factors"], of[1]], "outcomes": [of[0]]},
        "survey": {
            "file": "municipalities.csv",
            "site": "region",
            "respondent": "cut_com",
            "scales": {
                "index": {"min": 0, "max": 10, "numeric": True},
                "percent": {"min": 0, "max": 100, "numeric": True, "unit": {"th": "ร้อยละ", "en": "%"}},
            },
        },
        "model": {"outcome": "egov", "predictors": ["staff"]},
    }
    sites = [*SITES, *((id_, region, region, "region") for region, id_ in regions.items())]
    make_study(
        project.root,
        name=name,
        study=study,
        files={
            "sites.csv": csv_text(["site_id", "name_th", "name_en", "type"], sites),
            "survey/responses.csv": None,
            "survey/municipalities.csv": frame.to_csv(index=False, na_rep="NA"),
            "survey/items.csv": csv_text(
                ["item_id", "construct", "text_th", "text_en", "scale", "wave", "pair"], items
            ),
            **{f"article.{language}.qmd": municipal_article(language) for language in ("th", "en")},
        },
        config={"studies": [name], "analysis": {"agreement": {"replicates": 0}}},
    )
    project.build()
    results = f"results/{name}"

    def rows(table: str) -> list[dict[str, str]]:
        return project.table(f"{results}/tables/{table}.csv")

    means = {
        row["wave"]: row for row in rows("scale_statistics") if (row["construct"], row["site_id"]) == ("egov", "all")
    }
    assert {wave: (f"{float(row['mean']):.2f}", row["n"]) for wave, row in means.items()} == {
        "before": ("4.56", "337"),
        "after": ("3.74", "333"),
    }
    assert all(row["band"] == "" for row in rows("scale_statistics"))
    own = frame.groupby("region")["egi_2019"].agg(["mean", "std", "count"])
    by_site = {row["site_id"]: row for row in rows("scale_statistics") if row["wave"] == "before"}
    for region, site in regions.items():
        assert [float(by_site[site][n]) for n in ("mean", "sd", "n")] == pytest.approx(list(own.loc[region]))
    both = frame.dropna(subset=["egi_2019", "egi_2021"])
    change = next(row for row in rows("before_after") if row["site_id"] == "all")
    assert (int(change["n"]), len(both)) == (326, 326)
    assert float(change["mean_change"]) == pytest.approx((both["egi_2021"] - both["egi_2019"]).mean())
    assert float(change["w"]) == wilcoxon(both["egi_2021"], both["egi_2019"], zero_method="wilcox").statistic
    site = next(row for row in rows("site_comparison") if row["wave"] == "before")
    groups = [values.dropna() for _, values in frame.groupby("region")["egi_2019"]]
    assert float(site["h"]) == pytest.approx(kruskal(*groups).statistic)
    # What an article can ask for is what was computed: no frequencies of amounts, no ordinal model.
    problems = Problems()
    config = load_config(project.root, problems)
    assert config is not None
    settings = load_study(project.root, name, config, problems)
    assert settings is not None
    processed = {path.stem: read_table(path) for path in (project.root / "data/processed" / name).glob("*.csv")}
    possible = {
        ".".join((table, *row, column.name))
        for table, places in possible_rows(settings.study, processed).items()
        for row in itertools.product(*places)
        for column in TABLES[table].value_columns
    }
    assert possible == {row["key"] for row in rows("values")}
    # Amounts have no frequencies, no top of the scale and no ordered categories.
    assert not rows("item_answers")
    assert all(row["top_two"] == "" for row in rows("item_statistics"))
    fits = {row["model"]: (row["state"], row["reason"]) for row in rows("model_fits")}
    assert fits["ordinal"] == ("impossible", "numbers")
    assert fits["ols"] == ("fitted", "")
    complete = frame.dropna(subset=["egi_2021", "iadm25"])
    slope = next(row for row in rows("outcome_model") if row["term"] == "staff")
    assert float(slope["estimate"]) == pytest.approx(linregress(complete["iadm25"], complete["egi_2021"]).slope)
    for language, no_model in (
        ("th", "วิเคราะห์ไม่ได้เพราะตัวแปรตามเป็นจำนวน"),
        ("en", "cannot be fitted, since the outcome is a number"),
    ):
        page = (project.root / results / f"article.{language}.html").read_text(encoding="utf-8")
        assert "(4.56; 337; 3.74; 333)" in re.sub(r"</?a\b[^>]*>", "", page)  # each leads to its evidence
        assert no_model in page
        assert {"pdf", "docx"} <= {path.suffix[1:] for path in (project.root / results).glob(f"article.{language}.*")}
