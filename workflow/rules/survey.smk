"""
Analyses the survey: scales, items, differences between sites, change, and what goes with the outcome.

Needs   data/processed/{study}/ sites, items, responses, categories, nonanswer_cells, sample_design; and of a survey of
        millions of responses its counts, which others get here
Gives   data/processed/{study}/survey_counts.json
        results/{study}/tables/ scale_*, item_*, group_statistics, site_comparison*, group_comparison*,
        category_comparison, category_answers*, before_after*, mcnemar*, outcome_model*, model_*, proportional_odds, missing_*,
        imputation_comparison
Steps   measure_reliability, check_dimensionality, score_scales, count_answers, describe_items, describe_scales,
        compare_scales, compare_categories, compare_before_after, fit_outcome_model, compare_models,
        describe_missing, compare_imputation
"""


def answering_groups(wildcards):
    """The groups that respondents can belong to; none where the survey does not ask."""
    study = PLAN.studies[wildcards.study].study
    return [group.id for group in study.groups] if study.survey.asks_group else []


rule measure_reliability:
    """Whether the items of each scale belong together: Cronbach's alpha, McDonald's omega, item-rest correlations."""
    input:
        items_table="data/processed/{study}/items.csv",
        responses="data/processed/{study}/responses.csv",
        counts="data/processed/{study}/survey_counts.json",
    output:
        scale_reliability="results/{study}/tables/scale_reliability.csv",
        item_rest="results/{study}/tables/item_rest.csv",
    params:
        alpha_interval=PLAN.choice("scales.alpha_interval"),
        confidence=PLAN.choice("scales.confidence"),
        replicates=PLAN.choice("scales.replicates"),
        seed=PLAN.choice("seed"),
        code=code_of("measure_reliability"),
    log:
        "logs/{study}/measure_reliability.log",
    benchmark:
        "logs/{study}/benchmarks/measure_reliability.tsv"
    script:
        "../scripts/measure_reliability.py"


rule check_dimensionality:
    """Whether each scale measures one thing: parallel analysis, sampling adequacy, test of sphericity."""
    input:
        items_table="data/processed/{study}/items.csv",
        responses="data/processed/{study}/responses.csv",
    output:
        scale_dimensionality="results/{study}/tables/scale_dimensionality.csv",
        scale_eigenvalues="results/{study}/tables/scale_eigenvalues.csv",
    params:
        random_sets=PLAN.choice("scales.random_sets"),
        percentile=PLAN.choice("scales.percentile"),
        seed=PLAN.choice("seed"),
        parts=kept.parts_of("check_dimensionality"),
        code=code_of("check_dimensionality"),
    log:
        "logs/{study}/check_dimensionality.log",
    benchmark:
        "logs/{study}/benchmarks/check_dimensionality.tsv"
    script:
        "../scripts/check_dimensionality.py"


rule score_scales:
    """The score of each respondent on each scale."""
    input:
        items_table="data/processed/{study}/items.csv",
        responses="data/processed/{study}/responses.csv",
    output:
        scale_scores="results/{study}/tables/scale_scores.csv",
    params:
        answered=PLAN.choice("scales.answered"),
        code=code_of("score_scales"),
    log:
        "logs/{study}/score_scales.log",
    benchmark:
        "logs/{study}/benchmarks/score_scales.tsv"
    script:
        "../scripts/score_scales.py"


rule count_answers:
    """How often each answer and each score occurs at each site and in each group: what the tables below are made of."""
    input:
        items_table="data/processed/{study}/items.csv",
        responses="data/processed/{study}/responses.csv",
        scale_scores="results/{study}/tables/scale_scores.csv",
    output:
        counts="data/processed/{study}/survey_counts.json",
    params:
        code=code_of("count_answers"),
    log:
        "logs/{study}/count_answers.log",
    benchmark:
        "logs/{study}/benchmarks/count_answers.tsv"
    wildcard_constraints:
        study=PLAN.of_size(large=False),
    script:
        "../scripts/count_answers.py"


rule describe_items:
    """Mean, spread, interpretation and answers of each item, by site and by group of respondents."""
    input:
        sites="data/processed/{study}/sites.csv",
        items_table="data/processed/{study}/items.csv",
        responses="data/processed/{study}/responses.csv",
        sample_design="data/processed/{study}/sample_design.csv",
        counts="data/processed/{study}/survey_counts.json",
        categories="data/processed/{study}/categories.csv",
    output:
        item_statistics="results/{study}/tables/item_statistics.csv",
        item_group_statistics="results/{study}/tables/item_group_statistics.csv",
        item_answers="results/{study}/tables/item_answers.csv",
        item_answers_by_site="results/{study}/tables/item_answers_by_site.csv",
        item_answers_by_group="results/{study}/tables/item_answers_by_group.csv",
        category_answers="results/{study}/tables/category_answers.csv",
        category_answers_by_group="results/{study}/tables/category_answers_by_group.csv",
    params:
        groups=answering_groups,
        bands=PLAN.choice("scales.bands"),
        confidence=PLAN.choice("scales.confidence"),
        code=code_of("describe_items"),
    log:
        "logs/{study}/describe_items.log",
    benchmark:
        "logs/{study}/benchmarks/describe_items.tsv"
    script:
        "../scripts/describe_items.py"


rule describe_scales:
    """Mean, spread and interpretation of each scale, by site and by group of respondents."""
    input:
        sites="data/processed/{study}/sites.csv",
        items_table="data/processed/{study}/items.csv",
        responses="data/processed/{study}/responses.csv",
        scale_scores="results/{study}/tables/scale_scores.csv",
        sample_design="data/processed/{study}/sample_design.csv",
        counts="data/processed/{study}/survey_counts.json",
    output:
        scale_statistics="results/{study}/tables/scale_statistics.csv",
        group_statistics="results/{study}/tables/group_statistics.csv",
    params:
        groups=answering_groups,
        bands=PLAN.choice("scales.bands"),
        confidence=PLAN.choice("scales.confidence"),
        code=code_of("describe_scales"),
    log:
        "logs/{study}/describe_scales.log",
    benchmark:
        "logs/{study}/benchmarks/describe_scales.tsv"
    script:
        "../scripts/describe_scales.py"


rule compare_scales:
    """Whether sites and groups differ, and which: a test of each scale chosen by rule, and corrected tests of pairs."""
    input:
        sites="data/processed/{study}/sites.csv",
        items_table="data/processed/{study}/items.csv",
        counts="data/processed/{study}/survey_counts.json",
    output:
        site_comparison="results/{study}/tables/site_comparison.csv",
        site_comparison_pairs="results/{study}/tables/site_comparison_pairs.csv",
        group_comparison="results/{study}/tables/group_comparison.csv",
        group_comparison_pairs="results/{study}/tables/group_comparison_pairs.csv",
    params:
        groups=answering_groups,
        test=PLAN.choice("comparison.test"),
        correction=PLAN.choice("comparison.correction"),
        confidence=PLAN.choice("comparison.confidence"),
        code=code_of("compare_scales"),
    log:
        "logs/{study}/compare_scales.log",
    benchmark:
        "logs/{study}/benchmarks/compare_scales.tsv"
    script:
        "../scripts/compare_scales.py"


rule compare_categories:
    """Whether answers by category go with the site, and with the group."""
    input:
        sites="data/processed/{study}/sites.csv",
        items_table="data/processed/{study}/items.csv",
        counts="data/processed/{study}/survey_counts.json",
    output:
        category_comparison="results/{study}/tables/category_comparison.csv",
    params:
        groups=answering_groups,
        replicates=PLAN.choice("comparison.replicates"),
        seed=PLAN.choice("seed"),
        correction=PLAN.choice("comparison.correction"),
        confidence=PLAN.choice("comparison.confidence"),
        code=code_of("compare_categories"),
    log:
        "logs/{study}/compare_categories.log",
    benchmark:
        "logs/{study}/benchmarks/compare_categories.tsv"
    script:
        "../scripts/compare_categories.py"


rule compare_before_after:
    """What changed: tests of the scales, and of the questions of yes or no, asked for before and after."""
    input:
        sites="data/processed/{study}/sites.csv",
        items_table="data/processed/{study}/items.csv",
        responses="data/processed/{study}/responses.csv",
        scale_scores="results/{study}/tables/scale_scores.csv",
    output:
        before_after="results/{study}/tables/before_after.csv",
        before_after_by_group="results/{study}/tables/before_after_by_group.csv",
        mcnemar="results/{study}/tables/mcnemar.csv",
        mcnemar_by_group="results/{study}/tables/mcnemar_by_group.csv",
    params:
        groups=answering_groups,
        correction=PLAN.choice("comparison.correction"),
        confidence=PLAN.choice("comparison.confidence"),
        code=code_of("compare_before_after"),
    log:
        "logs/{study}/compare_before_after.log",
    benchmark:
        "logs/{study}/benchmarks/compare_before_after.tsv"
    script:
        "../scripts/compare_before_after.py"


rule fit_outcome_model:
    """What goes with each outcome: linear regression on the factors with robust errors."""
    input:
        scale_scores="results/{study}/tables/scale_scores.csv",
    output:
        outcome_model="results/{study}/tables/outcome_model.csv",
        outcome_model_fit="results/{study}/tables/outcome_model_fit.csv",
    params:
        models=lambda w: PLAN.studies[w.study].models(),
        robust=PLAN.choice("model.robust"),
        confidence=PLAN.choice("model.confidence"),
        sample=PLAN.choice("model.sample"),
        seed=PLAN.choice("seed"),
        code=code_of("fit_outcome_model"),
    log:
        "logs/{study}/fit_outcome_model.log",
    benchmark:
        "logs/{study}/benchmarks/fit_outcome_model.tsv"
    script:
        "../scripts/fit_outcome_model.py"


rule compare_models:
    """The models of each outcome beside each other: robust, clustered, ordinal, mixed; checks of the linear one."""
    input:
        items_table="data/processed/{study}/items.csv",
        responses="data/processed/{study}/responses.csv",
        scale_scores="results/{study}/tables/scale_scores.csv",
        sample_design="data/processed/{study}/sample_design.csv",
    output:
        model_terms="results/{study}/tables/model_terms.csv",
        model_fits="results/{study}/tables/model_fits.csv",
        model_thresholds="results/{study}/tables/model_thresholds.csv",
        proportional_odds="results/{study}/tables/proportional_odds.csv",
        model_diagnostics="results/{study}/tables/model_diagnostics.csv",
        model_collinearity="results/{study}/tables/model_collinearity.csv",
    params:
        models=lambda w: PLAN.studies[w.study].models("kinds", "item"),
        robust=PLAN.choice("model.robust"),
        confidence=PLAN.choice("model.confidence"),
        significance=PLAN.choice("comparison.significance"),
        replicates=PLAN.choice("model.replicates"),
        sample=PLAN.choice("model.sample"),
        seed=PLAN.choice("seed"),
        code=code_of("compare_models"),
    log:
        "logs/{study}/compare_models.log",
    benchmark:
        "logs/{study}/benchmarks/compare_models.tsv"
    script:
        "../scripts/compare_models.py"


rule describe_missing:
    """Which answers are missing: how many, where, and whether completely at random (Little's test)."""
    input:
        sites="data/processed/{study}/sites.csv",
        items_table="data/processed/{study}/items.csv",
        responses="data/processed/{study}/responses.csv",
        nonanswer_cells="data/processed/{study}/nonanswer_cells.csv",
        scale_scores="results/{study}/tables/scale_scores.csv",
    output:
        missing_items="results/{study}/tables/missing_items.csv",
        missing_data="results/{study}/tables/missing_data.csv",
    params:
        models=lambda w: PLAN.studies[w.study].models(),
        sample=PLAN.choice("model.sample"),
        seed=PLAN.choice("seed"),
        code=code_of("describe_missing"),
    log:
        "logs/{study}/describe_missing.log",
    benchmark:
        "logs/{study}/benchmarks/describe_missing.tsv"
    script:
        "../scripts/describe_missing.py"


rule compare_imputation:
    """Whether missing answers matter: the model of complete respondents beside that of imputed answers."""
    input:
        items_table="data/processed/{study}/items.csv",
        responses="data/processed/{study}/responses.csv",
        scale_scores="results/{study}/tables/scale_scores.csv",
    output:
        imputation_comparison="results/{study}/tables/imputation_comparison.csv",
    params:
        models=lambda w: PLAN.studies[w.study].models(),
        imputations=PLAN.choice("missing.imputations"),
        iterations=PLAN.choice("missing.iterations"),
        robust=PLAN.choice("model.robust"),
        confidence=PLAN.choice("model.confidence"),
        sample=PLAN.choice("model.sample"),
        seed=PLAN.choice("seed"),
        code=code_of("compare_imputation"),
    log:
        "logs/{study}/compare_imputation.log",
    benchmark:
        "logs/{study}/benchmarks/compare_imputation.tsv"
    script:
        "../scripts/compare_imputation.py"
