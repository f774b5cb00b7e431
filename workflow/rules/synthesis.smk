"""
Brings the strands together: how much was collected, and every number that the article can ask for.

Needs   data/processed/{study}/, results/{study}/tables/
Gives   results/{study}/tables/ sample, values
Steps   describe_sample, collect_values
"""


def result_tables(wildcards):
    """The result tables that the study has, by name: without a survey or a model there are fewer."""
    study = PLAN.studies[wildcards.study].study
    rules_ = ["describe_sample", "count_themes", "count_cooccurrence", "measure_agreement"]
    if study.survey:
        rules_ += ["measure_reliability", "describe_items", "describe_scales", "compare_sites", "compare_before_after"]
    if study.model:
        rules_ += ["fit_outcome_model"]
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
