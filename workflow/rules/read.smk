"""
Reads what people made into tidy tables.

Needs   data/raw/{study}/
Gives   data/processed/{study}/, the reference lists in results/{study}/article/, and results/{study}/tables/ survey_flow,
        survey_nonanswers
Steps   read_sites, read_participants, read_codebook, read_interviews, read_coding, read_quotes, read_references;
        read_survey and check_responses, or, of a survey of millions of responses, count_large_survey
"""


rule read_sites:
    """Where: the sites of the study, and where they lie."""
    input:
        study=ancient("data/raw/{study}/study.yml"),
        sites=lambda w: PLAN.optional_table(w.study, "sites"),
    output:
        sites_table="data/processed/{study}/sites.csv",
        places_table="data/processed/{study}/site_places.csv",
    params:
        settings=PLAN.settings("province", "district"),
        content=content("data/raw/{study}/sites.*"),
        code=code_of("read_sites"),
    log:
        "logs/{study}/read_sites.log",
    benchmark:
        "logs/{study}/benchmarks/read_sites.tsv"
    script:
        "../scripts/read_sites.py"


rule read_participants:
    """Who: the participants of the study."""
    input:
        study=ancient("data/raw/{study}/study.yml"),
        sites="data/processed/{study}/sites.csv",
        participants=lambda w: PLAN.table_file(w.study, "participants"),
    output:
        participants_table="data/processed/{study}/participants.csv",
    params:
        settings=PLAN.settings("groups", "fieldwork", "participants"),
        content=content("data/raw/{study}/participants.*"),
        code=code_of("read_participants"),
    log:
        "logs/{study}/read_participants.log",
    benchmark:
        "logs/{study}/benchmarks/read_participants.tsv"
    script:
        "../scripts/read_participants.py"


rule read_codebook:
    """The codebook: every code with its theme, labels, factor and valence."""
    input:
        study=ancient("data/raw/{study}/study.yml"),
        codebook=lambda w: PLAN.table_file(w.study, "codebook"),
    output:
        codes="data/processed/{study}/codes.csv",
    params:
        settings=PLAN.settings("framework"),
        content=content("data/raw/{study}/codebook.*"),
        code=code_of("read_codebook"),
    log:
        "logs/{study}/read_codebook.log",
    benchmark:
        "logs/{study}/benchmarks/read_codebook.tsv"
    script:
        "../scripts/read_codebook.py"


rule read_interviews:
    """The interviews as normalised text, whole and in speaker turns; whose the speakers' labels are."""
    input:
        study=ancient("data/raw/{study}/study.yml"),
        participants="data/processed/{study}/participants.csv",
        interviews=lambda w: PLAN.interviews(w.study),
    output:
        transcripts="data/processed/{study}/transcripts.csv",
        turns="data/processed/{study}/turns.csv",
        speakers="data/processed/{study}/speakers.csv",
    params:
        settings=PLAN.settings("interviews"),
        content=content("data/raw/{study}/interviews/*"),
        code=code_of("read_interviews"),
    log:
        "logs/{study}/read_interviews.log",
    benchmark:
        "logs/{study}/benchmarks/read_interviews.tsv"
    script:
        "../scripts/read_interviews.py"


rule read_coding:
    """The coded segments, whatever tool they were made in, placed in the transcripts."""
    input:
        study=ancient("data/raw/{study}/study.yml"),
        codes="data/processed/{study}/codes.csv",
        transcripts="data/processed/{study}/transcripts.csv",
        turns="data/processed/{study}/turns.csv",
        interviews=lambda w: PLAN.interviews(w.study),
        coding=lambda w: PLAN.coding(w.study),
    output:
        codings="data/processed/{study}/codings.csv",
        coverage="data/processed/{study}/coverage.csv",
        skipped="data/processed/{study}/skipped.csv",
        coding_sources="data/processed/{study}/coding_sources.csv",
        reanchored="data/processed/{study}/reanchored.csv",
        memos="data/processed/{study}/memos.csv",
        case_variables="data/processed/{study}/case_variables.csv",
    params:
        settings=PLAN.settings("coding", "participants"),
        content=content("data/raw/{study}/coding/**/*", "data/raw/{study}/interviews/*"),
        code=code_of("read_coding"),
    log:
        "logs/{study}/read_coding.log",
    benchmark:
        "logs/{study}/benchmarks/read_coding.tsv"
    script:
        "../scripts/read_coding.py"


rule read_quotes:
    """The quotes that the article may show, each found in its transcript."""
    input:
        participants="data/processed/{study}/participants.csv",
        codes=lambda w: PLAN.tables(w.study, "codes"),
        transcripts="data/processed/{study}/transcripts.csv",
        turns="data/processed/{study}/turns.csv",
        quotes=lambda w: PLAN.optional_table(w.study, "quotes"),
    output:
        quotes_table="data/processed/{study}/quotes.csv",
    params:
        withdrawn=lambda w: PLAN.studies[w.study].study.participants.withdrawn,
        content=content("data/raw/{study}/quotes.*"),
        code=code_of("read_quotes"),
    log:
        "logs/{study}/read_quotes.log",
    benchmark:
        "logs/{study}/benchmarks/read_quotes.tsv"
    script:
        "../scripts/read_quotes.py"


rule read_survey:
    """The items of the survey and its answers as numbers."""
    input:
        study=ancient("data/raw/{study}/study.yml"),
        sites="data/processed/{study}/sites.csv",
        items_file=lambda w: PLAN.table_file(w.study, "survey/items"),
        responses=lambda w: PLAN.responses(w.study),
    output:
        items_table="data/processed/{study}/items.csv",
        answer_scales="data/processed/{study}/answer_scales.csv",
        categories="data/processed/{study}/categories.csv",
        received="data/processed/{study}/survey_received.csv",
        nonanswer_cells="data/processed/{study}/nonanswer_cells.csv",
        sample_design="data/processed/{study}/sample_design.csv",
    params:
        settings=PLAN.settings("survey", "groups", "framework", "fieldwork"),
        content=content("data/raw/{study}/survey/*"),
        code=code_of("read_survey"),
    log:
        "logs/{study}/read_survey.log",
    benchmark:
        "logs/{study}/benchmarks/read_survey.tsv"
    wildcard_constraints:
        study=PLAN.of_size(large=False),
    script:
        "../scripts/read_survey.py"


rule check_responses:
    """Which responses a rule flags, which the study leaves out, and those that are analysed."""
    input:
        sites="data/processed/{study}/sites.csv",
        items_table="data/processed/{study}/items.csv",
        received="data/processed/{study}/survey_received.csv",
        nonanswer_cells="data/processed/{study}/nonanswer_cells.csv",
    output:
        responses="data/processed/{study}/responses.csv",
        survey_flags="data/processed/{study}/survey_flags.csv",
        survey_flow="results/{study}/tables/survey_flow.csv",
        survey_nonanswers="results/{study}/tables/survey_nonanswers.csv",
    params:
        rules=lambda w: PLAN.studies[w.study].study.survey.rules.thresholds,
        code=code_of("check_responses"),
    log:
        "logs/{study}/check_responses.log",
    benchmark:
        "logs/{study}/benchmarks/check_responses.tsv"
    wildcard_constraints:
        study=PLAN.of_size(large=False),
    script:
        "../scripts/check_responses.py"


rule count_large_survey:
    """A survey of millions of responses: every answer checked and counted, and some responses drawn at random."""
    input:
        study=ancient("data/raw/{study}/study.yml"),
        sites="data/processed/{study}/sites.csv",
        items_file=lambda w: PLAN.table_file(w.study, "survey/items"),
        survey_file=lambda w: PLAN.responses(w.study)[0],
    output:
        items_table="data/processed/{study}/items.csv",
        answer_scales="data/processed/{study}/answer_scales.csv",
        categories="data/processed/{study}/categories.csv",
        nonanswer_cells="data/processed/{study}/nonanswer_cells.csv",
        sample_design="data/processed/{study}/sample_design.csv",
        responses="data/processed/{study}/responses.csv",
        survey_flags="data/processed/{study}/survey_flags.csv",
        counts="data/processed/{study}/survey_counts.json",
        survey_flow="results/{study}/tables/survey_flow.csv",
        survey_nonanswers="results/{study}/tables/survey_nonanswers.csv",
    params:
        answered=PLAN.choice("scales.answered"),
        seed=PLAN.choice("seed"),
        settings=PLAN.settings("survey", "groups", "framework", "fieldwork"),
        content=content("data/raw/{study}/survey/*"),
        code=code_of("count_large_survey"),
    threads: 2
    log:
        "logs/{study}/count_large_survey.log",
    benchmark:
        "logs/{study}/benchmarks/count_large_survey.tsv"
    wildcard_constraints:
        study=PLAN.of_size(large=True),
    script:
        "../scripts/count_large_survey.py"


rule read_references:
    """The works cited, as two lists for the citation processor: Thai (Buddhist Era) and English (Common Era)."""
    input:
        references=lambda w: PLAN.optional_file(w.study, "references.yml"),
    output:
        references_th="results/{study}/article/references.th.json",
        references_en="results/{study}/article/references.en.json",
    params:
        content=content("data/raw/{study}/references.yml"),
        code=code_of("read_references"),
    log:
        "logs/{study}/read_references.log",
    benchmark:
        "logs/{study}/benchmarks/read_references.tsv"
    script:
        "../scripts/read_references.py"
