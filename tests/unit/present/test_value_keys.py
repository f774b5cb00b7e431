"""The keys that the check of the inputs accepts are those of the values that a build collects: no more, no fewer."""

from __future__ import annotations

import importlib.util
import itertools
import random
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
from result_frames import frames
from studies import make_study

from thongthin.basics.problems import Problems
from thongthin.contract.loading import StudySettings, load_config, load_study
from thongthin.contract.tables import TABLES, read_table
from thongthin.present.value_keys import Rows, check_value_key, domains, possible_rows
from thongthin.present.values import collect

SCRIPTS = Path(__file__).parents[3] / "workflow" / "scripts"


def script(name: str) -> Any:
    """The function of a script of the workflow."""
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, pd.DataFrame]:
    """Possible rows of the small study, and its values as the scripts of the workflow compute them."""
    root = tmp_path_factory.mktemp("project")
    raw = make_study(root)
    problems = Problems()
    config = load_config(root, problems)
    assert config is not None
    settings: StudySettings | None = load_study(root, "small", config, problems)
    assert settings is not None
    files = {name: str(root / "tables" / f"{name}.csv") for name in TABLES}

    def run(name: str, *tables: str, **further: Any) -> None:
        script(name)(**{table: files[table] for table in tables}, **further)

    study, interviews = str(raw / "study.yml"), sorted(str(p) for p in (raw / "interviews").iterdir())
    survey = {"items_table": files["items"], "received": files["survey_received"]}
    of_sites = {"sites_table": files["sites"], "places_table": files["site_places"]}
    run("read_sites", study=study, sites=[str(raw / "sites.csv")], **of_sites)
    people = {"participants": str(raw / "participants.csv"), "participants_table": files["participants"]}
    run("read_participants", "sites", study=study, **people)
    run("read_codebook", "codes", study=study, codebook=str(raw / "codebook.csv"))
    run("read_interviews", "participants", "transcripts", "turns", "speakers", study=study, interviews=interviews)
    placed = ("codings", "coverage", "skipped", "coding_sources", "reanchored", "memos", "case_variables")
    files_of_coders = [str(raw / "coding" / "coding.csv")]
    texts = ("codes", "transcripts", "turns")
    run("read_coding", *texts, *placed, study=study, interviews=interviews, coding=files_of_coders)
    items, responses = str(raw / "survey" / "items.csv"), str(raw / "survey" / "responses.csv")
    further = ("sites", "answer_scales", "categories", "nonanswer_cells", "sample_design")
    run("read_survey", *further, study=study, items_file=items, responses=[responses], **survey)
    flags = ("responses", "survey_flags", "survey_flow", "survey_nonanswers")
    rules = settings.study.survey.rules.thresholds if settings.study.survey else {}
    run("check_responses", "sites", "nonanswer_cells", *flags, rules=rules, **survey)

    coded = ("codes", "turns", "codings", "coverage")
    themes = ("themes_by_participant", "themes_by_site", "themes_by_group")
    agreement = {key: settings.choice(f"agreement.{key}") for key in ("unit", "text", "replicates", "confidence")}
    counting = {"coders": "any", "groups": ["official", "citizen"], "confidence": 0.95}
    bands = settings.choice("scales.bands")
    sample = ("sites", "participants", "transcripts", "turns", "codes", "codings", "coverage", "items")
    run("measure_interviews", "participants", "transcripts", "turns", "interview_lengths")
    people = ("sites", "participants", "codes", "codings", "coverage")
    run("count_themes", *people, *themes, "themes_by_site_group", "codes_by_group", **counting)
    run("count_cooccurrence", *coded, "skipped", "theme_cooccurrence", "code_cooccurrence", coders="any", within=100)
    run("balance_valence", *people, "valence_by_participant", "valence_balance", **counting)
    of_coders = ("agreement", "agreement_units", "agreement_sets", "agreement_levels", "agreement_unitizing")
    read = ("participants", "transcripts", *coded, "skipped")
    run("measure_agreement", *read, *of_coders, "agreement_pairs", "disagreements", seed=1, **agreement)
    run(
        "measure_saturation",
        *people,
        "saturation",
        "saturation_curve",
        coders="any",
        seed=1,
        **settings.choice("saturation"),
    )
    said = str(raw / "quotes.csv")
    quotes = {"codes": [files["codes"]], "quotes": [said], "quotes_table": files["quotes"]}
    run("read_quotes", "participants", "transcripts", "turns", withdrawn=[], **quotes)
    compared = ("participants", "codes", "codings", "quotes", *themes, "valence_by_participant")
    found = ("theme_spread", "deviant_cases", "framework_matrix")
    run("compare_themes", *compared, *found, coders="any", deviant_share=0.25, deviant_members=4)
    tested = ("participants", "codes", "themes_by_participant", "theme_tests")
    run("explore_differences", *tested, replicates=100, seed=1)
    rules = {key: value for key, value in settings.choice("quotes").items() if key != "on_failure"}
    quoted = ("sites", "codes", "quotes", "quote_checks", "quotes_by_theme")
    run("check_quotes", *quoted, shown={"th": ["q_open"], "en": ["q_open", "q_fast"]}, **rules)
    asked = {"items_table": files["items"]}
    choices = settings.choice("scales")
    random = {key: choices[key] for key in ("random_sets", "percentile")} | {
        "parts": str(root / "parts.json"),
        "code": "",
    }
    run("check_dimensionality", "responses", "scale_dimensionality", "scale_eigenvalues", seed=1, **random, **asked)
    run("score_scales", "responses", "scale_scores", answered=choices["answered"], **asked)
    held: dict[str, Any] = {"counts": files["sample"].replace("sample.csv", "survey_counts.json")}
    run("count_answers", "responses", "scale_scores", **asked, **held)
    counted = [files[table] for table in sample]
    run("describe_sample", "sample", tables=counted, counts=[held["counts"]])
    intervals = {key: choices[key] for key in ("alpha_interval", "confidence", "replicates")}
    run("measure_reliability", "responses", "scale_reliability", "item_rest", seed=1, **intervals, **asked, **held)
    groups = [group.id for group in settings.study.groups]
    described = {"groups": groups, "bands": bands, "confidence": choices["confidence"], **asked}
    answers = ("item_answers", "item_answers_by_site", "item_answers_by_group")
    run(
        "describe_items",
        "sites",
        "responses",
        "sample_design",
        "categories",
        "category_answers",
        "category_answers_by_group",
        "item_statistics",
        "item_group_statistics",
        *answers,
        **described,
        **held,
    )
    scored = ("sites", "responses", "scale_scores", "scale_statistics", "group_statistics")
    run("describe_scales", "sample_design", *scored, **described, **held)
    comparison = settings.choice("comparison")
    chosen = {key: comparison[key] for key in ("correction", "confidence")}
    tested = {"test": comparison["test"], **chosen, **asked}
    of_scales = [f"{part}_comparison{pairs}" for part in ("site", "group") for pairs in ("", "_pairs")]
    run("compare_scales", "sites", *of_scales, groups=groups, **tested, **held)
    drawn = {"groups": groups, "replicates": 100, "seed": 1, **chosen, **asked, **held}
    run("compare_categories", "sites", "category_comparison", **drawn)
    changes = ("before_after", "before_after_by_group", "mcnemar", "mcnemar_by_group")
    compared = {"groups": groups, **chosen, **asked}
    run("compare_before_after", "sites", "responses", "scale_scores", *changes, **compared)
    explained = {"models": settings.models(), "seed": 1}
    chosen = {key: settings.choice(f"model.{key}") for key in ("robust", "confidence", "sample")}
    run("fit_outcome_model", "scale_scores", "outcome_model", "outcome_model_fit", **explained, **chosen)
    fits = ("model_terms", "model_fits", "model_thresholds", "proportional_odds")
    checks = ("model_diagnostics", "model_collinearity")
    beside = {**explained, **chosen, **asked, "models": settings.models("kinds", "item")}
    read = ("responses", "scale_scores", "sample_design")
    run("compare_models", *read, *fits, *checks, **beside, replicates=99, significance=0.05)
    gone = ("missing_items", "missing_data")
    sampled = {"sample": 1000, **explained}
    run("describe_missing", "sites", "responses", "nonanswer_cells", "scale_scores", *gone, **sampled, **asked)
    completed = {"imputations": 2, "iterations": 1, **explained, **chosen}
    run("compare_imputation", "responses", "scale_scores", "imputation_comparison", **completed, **asked)
    size = ("sites", "sample_size", "survey_response_by_site")
    needed = {"margin": 0.05, "confidence": 0.95, "wanted_power": 0.8, "significance": 0.05, "population": {"all": 900}}
    run("assess_sample", *size, "survey_representativity", "power", **needed, **asked, **held)
    strands = ("themes_by_participant", "valence_by_participant", "scale_statistics", "group_statistics")
    both = ("sites", "participants", "codes", "quotes", *strands, "joint_display", "joint_ranking")
    run("join_strands", *both, groups=groups, constructs=list(settings.study.constructs), confidence=0.95)
    reported = ("participants", "coverage", "sample", "agreement", "saturation", "quote_checks", "quotes_by_theme")
    of_both = ("items", "sample_size", "joint_display", "joint_ranking")
    told = [files[table] for table in ("sites", "codes", "transcripts", "themes_by_site", *reported, *of_both)]
    checklists = ("reporting_coreq", "reporting_srqr", "reporting_gramms", "reporting_summary")
    run("fill_checklists", *checklists, study=study, tables=told, analysis=settings.analysis.model_dump())
    tables = {name: read_table(path) for name, path in files.items() if Path(path).exists()}
    return possible_rows(settings.study, tables), collect(tables, bands)


def test_every_value_of_a_build_can_be_asked_for(built: tuple[Rows, pd.DataFrame]) -> None:
    rows, values = built
    assert [key for key in values["key"] if check_value_key(key, rows)] == []


def test_everything_that_can_be_asked_for_is_built(built: tuple[Rows, pd.DataFrame]) -> None:
    rows, values = built
    possible = {
        ".".join((table, *row, column.name))
        for table, places in rows.items()
        for row in itertools.product(*places)
        for column in TABLES[table].value_columns
    }
    assert possible == set(values["key"])


@pytest.mark.parametrize(
    ("key", "en", "hint"),
    [
        ("themes_by_sites.S01.attitude.share", 'there is no table "themes_by_sites".', '"themes_by_site"'),
        ("sites.S01.name_en", 'there is no table "sites".', ""),
        ("themes_by_site.S1.attitude.share", 'the table "themes_by_site" has no row "S1".', '"S01"'),
        ("themes_by_site.S01.attitude_open.share", 'has no row "attitude_open".', '"attitude"'),
        ("themes_by_site.S01.attitude", 'the table "themes_by_site" has no number "".', '"share"'),
        ("themes_by_site.S01.attitude.share.x", 'has no number "share.x".', '"share"'),
        ("scale_reliability.speed.single.alpha", 'has no row "speed.single".', '"speed.after"'),
        ("theme_cooccurrence.skills.attitude.jaccard", 'has no row "skills.attitude".', '"attitude.skills"'),
        ("item_answers.A1.6.share", 'has no row "A1.6".', '"A1.5"'),
        ("outcome_model.speed.beta", 'has no row "speed".', '"attitude"'),
        ("sample.respondent.all.n", 'has no row "respondent.all".', '"respondents.all"'),
    ],
)
def test_wrong_keys_are_answered_with_the_nearest(
    built: tuple[Rows, pd.DataFrame], key: str, en: str, hint: str
) -> None:
    wrong = check_value_key(key, built[0])
    assert wrong is not None
    assert wrong[0].startswith(f'There is no value "{key}": ')
    assert en in wrong[0]
    assert f'ไม่มีค่า "{key}": ' in wrong[1]
    assert hint in wrong[2]
    assert hint in wrong[3]


def test_the_key_that_a_hint_writes_whole_is_there(built: tuple[Rows, pd.DataFrame]) -> None:
    rows, values = built
    wrong = check_value_key("scale_statistics.all.attitude.mean", rows)
    assert wrong is not None
    assert wrong[2].endswith('Written whole: "scale_statistics.attitude.single.all.mean".')
    assert wrong[3].endswith('เขียนเต็ม: "scale_statistics.attitude.single.all.mean"')
    random_ = random.Random(7)
    known, hinted, same = set(values["key"]), 0, 0
    for key in random_.sample(sorted(known), 400):
        table, *parts = key.split(".")
        for change in range(4):
            mistaken = list(parts)
            if change == 0:
                del mistaken[random_.randrange(len(mistaken))]
            elif change == 1:
                random_.shuffle(mistaken)
            elif change == 2:
                mistaken[random_.randrange(len(mistaken))] += "x"
            else:
                mistaken = mistaken[:1]
            wrong = check_value_key(".".join([table, *mistaken]), rows)
            if wrong is None:
                continue
            for hint in wrong[2:]:
                (whole,) = re.findall(r'(?:whole|เขียนเต็ม): "([^"]*)"', hint)
                assert check_value_key(whole, rows) is None and whole in known, (mistaken, hint)
            hinted += 1
            same += whole == key
    assert hinted > 1000 and same > hinted / 3


def test_nothing_is_kept_of_somebody_who_refused(tmp_path: Path) -> None:
    raw = make_study(tmp_path)
    with (raw / "participants.csv").open("a", encoding="utf-8", newline="") as stream:
        stream.write("P99,S01,citizen,,,,,no\n")
    study, sites = str(raw / "study.yml"), str(tmp_path / "sites.csv")
    places = str(tmp_path / "site_places.csv")
    script("read_sites")(study=study, sites=[str(raw / "sites.csv")], sites_table=sites, places_table=places)
    written = {"participants_table": str(tmp_path / "participants.csv")}
    script("read_participants")(study=study, sites=sites, participants=str(raw / "participants.csv"), **written)
    kept = (tmp_path / "participants.csv").read_text(encoding="utf-8-sig")
    assert "P01" in kept
    assert "P99" not in kept


def test_schemas_name_the_domains_that_there_are(tmp_path: Path) -> None:
    make_study(tmp_path)
    config = load_config(tmp_path, Problems())
    assert config
    settings = load_study(tmp_path, "small", config, Problems())
    assert settings
    named = {place for table in TABLES.values() for place in table.rows if isinstance(place, str)}
    of_qca = {"qca set", "qca outcome", "qca condition"}
    assert named == set(domains(settings.study, frames())) | of_qca
    assert all(table.value_columns for table in TABLES.values() if table.rows)
