"""
Analyses the interviews: which themes, where, together with which, and how far the coders agree.

Needs   data/processed/{study}/ sites, participants, codes, turns, codings, coverage
Gives   results/{study}/tables/ themes_by_*, theme_cooccurrence, agreement, disagreements
Steps   count_themes, count_cooccurrence, measure_agreement
"""


rule count_themes:
    """How many participants speak of each theme: by participant, by site, by group (coders: {params.coders})."""
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
    params:
        coders=PLAN.choice("themes.coders"),
        groups=lambda w: [group.id for group in PLAN.studies[w.study].study.groups],
        code=code_of("count_themes"),
    log:
        "logs/{study}/count_themes.log",
    benchmark:
        "logs/{study}/benchmarks/count_themes.tsv"
    script:
        "../scripts/count_themes.py"


rule count_cooccurrence:
    """Which themes occur together: in the same interviews, in the same turns."""
    input:
        codes="data/processed/{study}/codes.csv",
        turns="data/processed/{study}/turns.csv",
        codings="data/processed/{study}/codings.csv",
        coverage="data/processed/{study}/coverage.csv",
    output:
        theme_cooccurrence="results/{study}/tables/theme_cooccurrence.csv",
    params:
        coders=PLAN.choice("themes.coders"),
        code=code_of("count_cooccurrence"),
    log:
        "logs/{study}/count_cooccurrence.log",
    benchmark:
        "logs/{study}/benchmarks/count_cooccurrence.tsv"
    script:
        "../scripts/count_cooccurrence.py"


rule measure_agreement:
    """How far the coders agree, code by code and over all, with bootstrap intervals; every disagreement listed."""
    input:
        codes="data/processed/{study}/codes.csv",
        turns="data/processed/{study}/turns.csv",
        codings="data/processed/{study}/codings.csv",
        coverage="data/processed/{study}/coverage.csv",
    output:
        agreement="results/{study}/tables/agreement.csv",
        disagreements="results/{study}/tables/disagreements.csv",
    params:
        unit=PLAN.choice("agreement.unit"),
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
