"""
Analyses the survey: scales, items, differences between sites, change, and what goes with the outcome.

Needs   data/processed/{study}/ sites, items, responses
Gives   results/{study}/tables/ scale_*, item_*, site_comparison*, before_after, outcome_model*
Steps   measure_reliability, score_scales, describe_items, describe_scales, compare_sites, compare_before_after,
        fit_outcome_model
"""


rule measure_reliability:
    """Whether the items of each scale belong together: Cronbach's alpha and item-rest correlations."""
    input:
        items_table="data/processed/{study}/items.csv",
        responses="data/processed/{study}/responses.csv",
    output:
        scale_reliability="results/{study}/tables/scale_reliability.csv",
        item_rest="results/{study}/tables/item_rest.csv",
    params:
        code=code_of("measure_reliability"),
    log:
        "logs/{study}/measure_reliability.log",
    benchmark:
        "logs/{study}/benchmarks/measure_reliability.tsv"
    script:
        "../scripts/measure_reliability.py"


rule score_scales:
    """The score of each respondent on each scale."""
    input:
        items_table="data/processed/{study}/items.csv",
        responses="data/processed/{study}/responses.csv",
    output:
        scale_scores="results/{study}/tables/scale_scores.csv",
    params:
        code=code_of("score_scales"),
    log:
        "logs/{study}/score_scales.log",
    benchmark:
        "logs/{study}/benchmarks/score_scales.tsv"
    script:
        "../scripts/score_scales.py"


rule describe_items:
    """Mean, spread, interpretation and answers of each item."""
    input:
        sites="data/processed/{study}/sites.csv",
        items_table="data/processed/{study}/items.csv",
        responses="data/processed/{study}/responses.csv",
    output:
        item_statistics="results/{study}/tables/item_statistics.csv",
        item_answers="results/{study}/tables/item_answers.csv",
    params:
        bands=PLAN.choice("scales.bands"),
        code=code_of("describe_items"),
    log:
        "logs/{study}/describe_items.log",
    benchmark:
        "logs/{study}/benchmarks/describe_items.tsv"
    script:
        "../scripts/describe_items.py"


rule describe_scales:
    """Mean, spread and interpretation of each scale, by site."""
    input:
        sites="data/processed/{study}/sites.csv",
        items_table="data/processed/{study}/items.csv",
        scale_scores="results/{study}/tables/scale_scores.csv",
    output:
        scale_statistics="results/{study}/tables/scale_statistics.csv",
    params:
        bands=PLAN.choice("scales.bands"),
        code=code_of("describe_scales"),
    log:
        "logs/{study}/describe_scales.log",
    benchmark:
        "logs/{study}/benchmarks/describe_scales.tsv"
    script:
        "../scripts/describe_scales.py"


rule compare_sites:
    """Whether the sites differ, and which: Kruskal-Wallis and corrected pairwise tests."""
    input:
        sites="data/processed/{study}/sites.csv",
        items_table="data/processed/{study}/items.csv",
        scale_scores="results/{study}/tables/scale_scores.csv",
    output:
        site_comparison="results/{study}/tables/site_comparison.csv",
        site_comparison_pairs="results/{study}/tables/site_comparison_pairs.csv",
    params:
        code=code_of("compare_sites"),
    log:
        "logs/{study}/compare_sites.log",
    benchmark:
        "logs/{study}/benchmarks/compare_sites.tsv"
    script:
        "../scripts/compare_sites.py"


rule compare_before_after:
    """What changed: Wilcoxon signed-rank tests of the scales asked for before and after."""
    input:
        sites="data/processed/{study}/sites.csv",
        items_table="data/processed/{study}/items.csv",
        scale_scores="results/{study}/tables/scale_scores.csv",
    output:
        before_after="results/{study}/tables/before_after.csv",
    params:
        code=code_of("compare_before_after"),
    log:
        "logs/{study}/compare_before_after.log",
    benchmark:
        "logs/{study}/benchmarks/compare_before_after.tsv"
    script:
        "../scripts/compare_before_after.py"


rule fit_outcome_model:
    """What goes with the outcome: linear regression on the factors with robust errors."""
    input:
        scale_scores="results/{study}/tables/scale_scores.csv",
    output:
        outcome_model="results/{study}/tables/outcome_model.csv",
        outcome_model_fit="results/{study}/tables/outcome_model_fit.csv",
    params:
        outcome=lambda w: PLAN.studies[w.study].study.model.outcome,
        predictors=lambda w: PLAN.studies[w.study].study.model.predictors,
        robust=PLAN.choice("model.robust"),
        confidence=PLAN.choice("model.confidence"),
        code=code_of("fit_outcome_model"),
    log:
        "logs/{study}/fit_outcome_model.log",
    benchmark:
        "logs/{study}/benchmarks/fit_outcome_model.tsv"
    script:
        "../scripts/fit_outcome_model.py"
