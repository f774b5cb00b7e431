"""
Brings the strands together: how much was collected, every number that the article can ask for, and what reviewers ask.

Needs   data/processed/{study}/, results/{study}/tables/
Gives   results/{study}/tables/ sample, interview_lengths, sample_size, survey_response_by_site, survey_representativity, power, joint_*,
        values, quote_checks, quotes_by_theme, reporting_*, qca_*
Steps   describe_sample, measure_interviews, assess_sample, join_strands, check_quotes, fill_checklists, analyse_configurations, collect_values
"""


def result_tables(wildcards):
    """The result tables that the study has: without interviews, a survey, a model or configurations there are fewer."""
    parts = PLAN.studies[wildcards.study].parts
    # The scores of each respondent are a step on the way; `values` is made from all these.
    apart = ("score_scales", "collect_values")
    tables = [t for t in TABLES.values() if t.folder == "results" and t.rule not in apart and applies(t.rule, parts)]
    return [f"results/{wildcards.study}/tables/{table.name}.csv" for table in tables]


# What the sample is counted in, as far as the study has it.
SAMPLED = ("sites", "participants", "transcripts", "turns", "codes", "codings", "coverage", "items")


rule describe_sample:
    """How much was collected, by site: participants, interviews, segments, answers."""
    input:
        tables=lambda w: PLAN.tables(w.study, *SAMPLED),
        counts=lambda w: PLAN.survey_counts(w.study),
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


rule measure_interviews:
    """How long each interview is, and how much of it is the participant's words."""
    input:
        participants="data/processed/{study}/participants.csv",
        transcripts="data/processed/{study}/transcripts.csv",
        turns="data/processed/{study}/turns.csv",
    output:
        interview_lengths="results/{study}/tables/interview_lengths.csv",
    params:
        code=code_of("measure_interviews"),
    log:
        "logs/{study}/measure_interviews.log",
    benchmark:
        "logs/{study}/benchmarks/measure_interviews.tsv"
    script:
        "../scripts/measure_interviews.py"


rule assess_sample:
    """How many respondents the survey needed and reached, their spread over the sites, and what they can show."""
    input:
        sites="data/processed/{study}/sites.csv",
        items_table="data/processed/{study}/items.csv",
        counts="data/processed/{study}/survey_counts.json",
    output:
        sample_size="results/{study}/tables/sample_size.csv",
        survey_response_by_site="results/{study}/tables/survey_response_by_site.csv",
        survey_representativity="results/{study}/tables/survey_representativity.csv",
        power="results/{study}/tables/power.csv",
    params:
        population=lambda w: PLAN.studies[w.study].study.survey.population,
        margin=PLAN.choice("sample.margin"),
        confidence=PLAN.choice("sample.confidence"),
        wanted_power=PLAN.choice("sample.power"),
        significance=PLAN.choice("comparison.significance"),
        code=code_of("assess_sample"),
    log:
        "logs/{study}/assess_sample.log",
    benchmark:
        "logs/{study}/benchmarks/assess_sample.tsv"
    script:
        "../scripts/assess_sample.py"


rule join_strands:
    """Interviews and survey side by side, factor by factor: the joint display, and the agreement of both rankings."""
    input:
        sites="data/processed/{study}/sites.csv",
        participants="data/processed/{study}/participants.csv",
        codes="data/processed/{study}/codes.csv",
        quotes="data/processed/{study}/quotes.csv",
        scale_statistics="results/{study}/tables/scale_statistics.csv",
        group_statistics="results/{study}/tables/group_statistics.csv",
        themes_by_participant="results/{study}/tables/themes_by_participant.csv",
        valence_by_participant="results/{study}/tables/valence_by_participant.csv",
    output:
        joint_display="results/{study}/tables/joint_display.csv",
        joint_ranking="results/{study}/tables/joint_ranking.csv",
    params:
        groups=lambda w: [group.id for group in PLAN.studies[w.study].study.groups],
        constructs=lambda w: list(PLAN.studies[w.study].study.constructs),
        confidence=PLAN.choice("themes.confidence"),
        code=code_of("join_strands"),
    log:
        "logs/{study}/join_strands.log",
    benchmark:
        "logs/{study}/benchmarks/join_strands.tsv"
    script:
        "../scripts/join_strands.py"


rule collect_values:
    """Every number that the article can ask for: how it reads in Thai and English, and where it comes from."""
    input:
        tables=result_tables,
    output:
        values="results/{study}/tables/values.csv",
    params:
        bands=PLAN.choice("scales.bands"),
        parts=kept.parts_of("collect_values"),
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


# What answers of the checklists are made from, as far as the study has it.
REPORTED = (
    *("sites", "participants", "codes", "transcripts", "coverage", "items"),
    *("sample", "themes_by_site", "agreement", "saturation", "quote_checks", "quotes_by_theme"),
    *("sample_size", "joint_display", "joint_ranking"),
)


rule fill_checklists:
    """The reporting checklists COREQ, SRQR and GRAMMS: what the data and study.yml answer, and what is open."""
    input:
        study=ancient("data/raw/{study}/study.yml"),
        tables=lambda w: PLAN.tables(w.study, *REPORTED),
    output:
        reporting_coreq="results/{study}/tables/reporting_coreq.csv",
        reporting_srqr="results/{study}/tables/reporting_srqr.csv",
        reporting_gramms="results/{study}/tables/reporting_gramms.csv",
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
        qca_path_conditions="results/{study}/tables/qca_path_conditions.csv",
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
