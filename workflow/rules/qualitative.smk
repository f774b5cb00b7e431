"""
Analyses the interviews: which themes, where, together with which, how they compare, and how far the coders agree.

Needs   data/processed/{study}/ sites, participants, codes, transcripts, turns, codings, coverage, skipped, quotes
Gives   results/{study}/tables/ themes_by_*, codes_by_group, theme_cooccurrence, code_cooccurrence, valence_*,
        theme_spread, deviant_cases, framework_matrix, theme_tests, agreement, agreement_*, disagreements,
        saturation, saturation_curve; results/{study}/coding/
Steps   count_themes, count_cooccurrence, balance_valence, compare_themes, explore_differences, measure_agreement,
        measure_saturation, export_coding
"""


rule count_themes:
    """How many participants speak of each theme: by participant, site, and group (coders: {params.coders})."""
    input:
        sites="data/processed/{study}/sites.csv",
        participants="data/processed/{study}/participants.csv",
        codes="data/processed/{study}/codes.csv",
        codings="data/processed/{study}/codings.csv",
        coverage="data/processed/{study}/coverage.csv",
    output:
        themes_by_participant="results/{study}/tables/themes_by_participant.csv",
        themes_by_site="results/{study}/tables/themes_by_site.csv",
        themes_by_group="results/{study}/tables/themes_by_group.csv",
        themes_by_site_group="results/{study}/tables/themes_by_site_group.csv",
        codes_by_group="results/{study}/tables/codes_by_group.csv",
    params:
        coders=PLAN.choice("themes.coders"),
        groups=lambda w: [group.id for group in PLAN.studies[w.study].study.groups],
        confidence=PLAN.choice("themes.confidence"),
        code=code_of("count_themes"),
    log:
        "logs/{study}/count_themes.log",
    benchmark:
        "logs/{study}/benchmarks/count_themes.tsv"
    script:
        "../scripts/count_themes.py"


rule count_cooccurrence:
    """Which themes, and which codes, occur together: in interviews, in turns, in overlapping passages, nearby."""
    input:
        codes="data/processed/{study}/codes.csv",
        turns="data/processed/{study}/turns.csv",
        codings="data/processed/{study}/codings.csv",
        coverage="data/processed/{study}/coverage.csv",
        skipped="data/processed/{study}/skipped.csv",
    output:
        theme_cooccurrence="results/{study}/tables/theme_cooccurrence.csv",
        code_cooccurrence="results/{study}/tables/code_cooccurrence.csv",
    params:
        coders=PLAN.choice("themes.coders"),
        within=PLAN.choice("cooccurrence.within"),
        code=code_of("count_cooccurrence"),
    log:
        "logs/{study}/count_cooccurrence.log",
    benchmark:
        "logs/{study}/benchmarks/count_cooccurrence.tsv"
    script:
        "../scripts/count_cooccurrence.py"


rule balance_valence:
    """Which themes help and which hinder: for each participant, by site, by group."""
    input:
        sites="data/processed/{study}/sites.csv",
        participants="data/processed/{study}/participants.csv",
        codes="data/processed/{study}/codes.csv",
        codings="data/processed/{study}/codings.csv",
        coverage="data/processed/{study}/coverage.csv",
    output:
        valence_by_participant="results/{study}/tables/valence_by_participant.csv",
        valence_balance="results/{study}/tables/valence_balance.csv",
    params:
        coders=PLAN.choice("themes.coders"),
        groups=lambda w: [group.id for group in PLAN.studies[w.study].study.groups],
        confidence=PLAN.choice("themes.confidence"),
        code=code_of("balance_valence"),
    log:
        "logs/{study}/balance_valence.log",
    benchmark:
        "logs/{study}/benchmarks/balance_valence.tsv"
    script:
        "../scripts/balance_valence.py"


rule compare_themes:
    """Which themes sites and groups share, who stands against the rest, and what shows it: the framework matrix."""
    input:
        participants="data/processed/{study}/participants.csv",
        codes="data/processed/{study}/codes.csv",
        codings="data/processed/{study}/codings.csv",
        quotes="data/processed/{study}/quotes.csv",
        themes_by_participant="results/{study}/tables/themes_by_participant.csv",
        themes_by_site="results/{study}/tables/themes_by_site.csv",
        themes_by_group="results/{study}/tables/themes_by_group.csv",
        valence_by_participant="results/{study}/tables/valence_by_participant.csv",
    output:
        theme_spread="results/{study}/tables/theme_spread.csv",
        deviant_cases="results/{study}/tables/deviant_cases.csv",
        framework_matrix="results/{study}/tables/framework_matrix.csv",
    params:
        coders=PLAN.choice("themes.coders"),
        deviant_share=PLAN.choice("themes.deviant_share"),
        deviant_members=PLAN.choice("themes.deviant_members"),
        code=code_of("compare_themes"),
    log:
        "logs/{study}/compare_themes.log",
    benchmark:
        "logs/{study}/benchmarks/compare_themes.tsv"
    script:
        "../scripts/compare_themes.py"


rule explore_differences:
    """Exploratory tests: whether a theme goes with the site, or with the group, of those who speak of it."""
    input:
        participants="data/processed/{study}/participants.csv",
        codes="data/processed/{study}/codes.csv",
        themes_by_participant="results/{study}/tables/themes_by_participant.csv",
    output:
        theme_tests="results/{study}/tables/theme_tests.csv",
    params:
        replicates=PLAN.choice("themes.replicates"),
        seed=PLAN.choice("seed"),
        code=code_of("explore_differences"),
    log:
        "logs/{study}/explore_differences.log",
    benchmark:
        "logs/{study}/benchmarks/explore_differences.tsv"
    script:
        "../scripts/explore_differences.py"


rule measure_agreement:
    """How far the coders agree, code by code, unit by unit, pair by pair and over all; every disagreement listed."""
    input:
        participants="data/processed/{study}/participants.csv",
        codes="data/processed/{study}/codes.csv",
        transcripts="data/processed/{study}/transcripts.csv",
        turns="data/processed/{study}/turns.csv",
        codings="data/processed/{study}/codings.csv",
        coverage="data/processed/{study}/coverage.csv",
        skipped="data/processed/{study}/skipped.csv",
    output:
        agreement="results/{study}/tables/agreement.csv",
        agreement_units="results/{study}/tables/agreement_units.csv",
        agreement_sets="results/{study}/tables/agreement_sets.csv",
        agreement_levels="results/{study}/tables/agreement_levels.csv",
        agreement_unitizing="results/{study}/tables/agreement_unitizing.csv",
        agreement_pairs="results/{study}/tables/agreement_pairs.csv",
        disagreements="results/{study}/tables/disagreements.csv",
    params:
        unit=PLAN.choice("agreement.unit"),
        text=PLAN.choice("agreement.text"),
        replicates=PLAN.choice("agreement.replicates"),
        confidence=PLAN.choice("agreement.confidence"),
        seed=PLAN.choice("seed"),
        code=code_of("measure_agreement"),
    log:
        "logs/{study}/measure_agreement.log",
    benchmark:
        "logs/{study}/benchmarks/measure_agreement.tsv"
    script:
        "../scripts/measure_agreement.py"


rule measure_saturation:
    """After how many interviews nothing new came up ({params.of}), as interviewed and over random orders."""
    input:
        sites="data/processed/{study}/sites.csv",
        participants="data/processed/{study}/participants.csv",
        codes="data/processed/{study}/codes.csv",
        codings="data/processed/{study}/codings.csv",
        coverage="data/processed/{study}/coverage.csv",
    output:
        saturation="results/{study}/tables/saturation.csv",
        saturation_curve="results/{study}/tables/saturation_curve.csv",
    params:
        of=PLAN.choice("saturation.of"),
        coders=PLAN.choice("themes.coders"),
        base_size=PLAN.choice("saturation.base_size"),
        run_length=PLAN.choice("saturation.run_length"),
        threshold=PLAN.choice("saturation.threshold"),
        orders=PLAN.choice("saturation.orders"),
        spread=PLAN.choice("saturation.spread"),
        seed=PLAN.choice("seed"),
        code=code_of("measure_saturation"),
    log:
        "logs/{study}/measure_saturation.log",
    benchmark:
        "logs/{study}/benchmarks/measure_saturation.tsv"
    script:
        "../scripts/measure_saturation.py"


rule export_coding:
    """The coding for other programs: a REFI-QDA project and codebook, one quote a row, codes by respondent."""
    input:
        sites="data/processed/{study}/sites.csv",
        participants="data/processed/{study}/participants.csv",
        transcripts="data/processed/{study}/transcripts.csv",
        codes="data/processed/{study}/codes.csv",
        codings="data/processed/{study}/codings.csv",
        coverage="data/processed/{study}/coverage.csv",
        memos="data/processed/{study}/memos.csv",
    output:
        project="results/{study}/coding/coding.qdpx",
        codebook="results/{study}/coding/codebook.qdc",
        segments=multiext("results/{study}/coding/segments", ".csv", ".xlsx"),
        by_respondent=multiext("results/{study}/coding/codes_by_respondent", ".csv", ".xlsx"),
    params:
        study="{study}",
        language=PLAN.config.languages[0],
        title=lambda w: getattr(PLAN.studies[w.study].study.title, PLAN.config.languages[0]),
        date=lambda w: PLAN.studies[w.study].study.date.isoformat(),
        groups=lambda w: [group.model_dump() for group in PLAN.studies[w.study].study.groups],
        coders=PLAN.choice("themes.coders"),
        code=code_of("export_coding"),
    log:
        "logs/{study}/export_coding.log",
    benchmark:
        "logs/{study}/benchmarks/export_coding.tsv"
    script:
        "../scripts/export_coding.py"
