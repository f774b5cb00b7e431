"""
Brings the strands together: how much was collected, every number that the article can ask for, and what reviewers ask.

Needs   data/processed/{study}/, results/{study}/tables/
Gives   results/{study}/tables/ sample, values, quote_checks, quotes_by_theme, reporting_*, qca_*
Steps   describe_sample, check_quotes, fill_checklists, analyse_configurations, collect_values
"""


def result_tables(wildcards):
    """The result tables that the study has, by name: without a survey or a model there are fewer."""
    study = PLAN.studies[wildcards.study].study
    rules_ = ["describe_sample", "count_themes", "count_cooccurrence", "measure_agreement"]
    rules_ += ["balance_valence", "compare_themes", "explore_differences"]
    rules_ += ["measure_saturation", "check_quotes", "fill_checklists"]
    if study.survey:
        rules_ += ["measure_reliability", "describe_items", "describe_scales", "compare_sites", "compare_before_after"]
    if study.model:
        rules_ += ["fit_outcome_model"]
    if study.qca:
        rules_ += ["analyse_configurations"]
    return [f"results/{wildcards.study}/tables/{table.name}.csv" for table in TABLES.values() if table.rule in rules_]


def survey_tables(wildcards):
    """Items and responses of a study that has a survey."""
    has = PLAN.studies[wildcards.study].study.survey is not None
    return [f"data/processed/{wildcards.study}/{name}.csv" for name in ("items", "responses") if has]


rule describe_sample:
    """How much was collected, by site: participants, interviews, segments, answers."""
    input:
        sites="data/processed/{study}/sites.csv",
        participants="data/processed/{study}/participants.csv",
        codes="data/processed/{study}/codes.csv",
        transcripts="data/processed/{study}/transcripts.csv",
        turns="data/processed/{study}/turns.csv",
        codings="data/processed/{study}/codings.csv",
        coverage="data/processed/{study}/coverage.csv",
        survey=survey_tables,
    output:
        sample="results/{study}/tables/sample.csv",
    params:
        code=code_of("describe_sample"),
    log:
        "logs/{study}/describe_sample.log",
    benchmark:
        "logs/{study}/benchmarks/describe_sample.tsv"
    script:
        "../scripts/describe_sample.py"


rule collect_values:
    """Every number that the article can ask for: how it reads in Thai and English, and where it comes from."""
    input:
        tables=result_tables,
    output:
        values="results/{study}/tables/values.csv",
    params:
        bands=PLAN.choice("scales.bands"),
        code=code_of("collect_values"),
    log:
        "logs/{study}/collect_values.log",
    benchmark:
        "logs/{study}/benchmarks/collect_values.tsv"
    script:
        "../scripts/collect_values.py"


rule check_quotes:
    """Whether the quotes of each article are balanced and attributed, and from where those of each theme come."""
    input:
        sites="data/processed/{study}/sites.csv",
        codes="data/processed/{study}/codes.csv",
        quotes="data/processed/{study}/quotes.csv",
    output:
        quote_checks="results/{study}/tables/quote_checks.csv",
        quotes_by_theme="results/{study}/tables/quotes_by_theme.csv",
    params:
        shown=lambda w: PLAN.quoted(w.study),
        most_from_one=PLAN.choice("quotes.most_from_one"),
        sites_per_theme=PLAN.choice("quotes.sites_per_theme"),
        local_themes=PLAN.choice("quotes.local_themes"),
        code=code_of("check_quotes"),
    log:
        "logs/{study}/check_quotes.log",
    benchmark:
        "logs/{study}/benchmarks/check_quotes.tsv"
    script:
        "../scripts/check_quotes.py"


# What answers of the checklists are made from: names of processed and of result tables.
REPORTED = (
    ["sites", "participants", "codes", "transcripts", "coverage"],
    ["sample", "themes_by_site", "agreement", "saturation", "quote_checks", "quotes_by_theme"],
)


rule fill_checklists:
    """The reporting checklists COREQ and SRQR: what the data and study.yml answer, and what is open."""
    input:
        study=ancient("data/raw/{study}/study.yml"),
        tables=[
            *(f"data/processed/{{study}}/{name}.csv" for name in REPORTED[0]),
            *(f"results/{{study}}/tables/{name}.csv" for name in REPORTED[1]),
        ],
    output:
        reporting_coreq="results/{study}/tables/reporting_coreq.csv",
        reporting_srqr="results/{study}/tables/reporting_srqr.csv",
        reporting_summary="results/{study}/tables/reporting_summary.csv",
    params:
        analysis=lambda w: {part: PLAN.choice(part)(w) for part in ("agreement", "saturation")},
        settings=PLAN.settings(
            "title",
            "province",
            "district",
            "provenance",
            "ethics",
            "fieldwork",
            "groups",
            "framework",
            "reporting",
            labels=True,
        ),
        code=code_of("fill_checklists"),
    log:
        "logs/{study}/fill_checklists.log",
    benchmark:
        "logs/{study}/benchmarks/fill_checklists.tsv"
    script:
        "../scripts/fill_checklists.py"


def qca_survey(wildcards):
    """Responses and scale scores, where the analysis of configurations takes a set from the survey."""
    needs = any(own.construct_ for own in PLAN.studies[wildcards.study].study.qca.sets)
    processed, tables = f"data/processed/{wildcards.study}", f"results/{wildcards.study}/tables"
    return [f"{processed}/responses.csv", f"{tables}/scale_scores.csv"] if needs else []


rule analyse_configurations:
    """Which configurations of conditions go with the outcome, and which with its absence (QCA)."""
    input:
        sites="data/processed/{study}/sites.csv",
        participants="data/processed/{study}/participants.csv",
        themes_by_participant="results/{study}/tables/themes_by_participant.csv",
        valence_by_participant="results/{study}/tables/valence_by_participant.csv",
        survey=qca_survey,
    output:
        qca_sets="results/{study}/tables/qca_sets.csv",
        qca_calibration="results/{study}/tables/qca_calibration.csv",
        qca_necessity="results/{study}/tables/qca_necessity.csv",
        qca_truth_table="results/{study}/tables/qca_truth_table.csv",
        qca_fit="results/{study}/tables/qca_fit.csv",
        qca_solutions="results/{study}/tables/qca_solutions.csv",
        qca_robustness="results/{study}/tables/qca_robustness.csv",
        qca_robust_terms="results/{study}/tables/qca_robust_terms.csv",
    params:
        qca=lambda w: PLAN.studies[w.study].study.qca.model_dump(by_alias=True),
        code=code_of("analyse_configurations"),
    log:
        "logs/{study}/analyse_configurations.log",
    benchmark:
        "logs/{study}/benchmarks/analyse_configurations.tsv"
    script:
        "../scripts/analyse_configurations.py"
