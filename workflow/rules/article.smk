"""
Says it, in Thai and in English: tables, figures, notebooks, the article; checks that all holds together.

Needs   results/{study}/tables/, report/{study}/{article,supplement}.{language}.qmd, report/ (styles, extension),
        notebooks/
Gives   results/{study}/{article,supplement}.{language}.{html,pdf,docx}, notebooks/, checks.txt, requirements.txt,
        manifest.csv
Steps   write_tables, draw_*, make_fonts, render_article, run_notebook, check_results, check_requirements, write_manifest
"""

# Processed tables that are shown, or that name things, as far as the study has them.
LABELLED = (
    *("sites", "participants", "codes", "coding_sources", "quotes"),
    *("items", "categories", "sample_design"),
)


def figures_of(wildcards):
    """The figures that a document shows in one language, for the screen (SVG) and for Word (PNG)."""
    folder = f"results/{wildcards.study}/article/{wildcards.language}/figures"
    asked = PLAN.asked(wildcards.study, wildcards.document)
    return [f"{folder}/{name}.{kind}" for name in asked.figures for kind in ("svg", "png")]


rule write_tables:
    """The tables that the article and the supplement show, in both languages."""
    input:
        tables=result_tables,
        labels=lambda w: PLAN.tables(w.study, *LABELLED),
    output:
        th=directory("results/{study}/article/th/tables"),
        en=directory("results/{study}/article/en/tables"),
    params:
        names=lambda w: PLAN.asked(w.study).tables,
        groups=PLAN.labels("groups"),
        constructs=PLAN.labels("constructs"),
        inferences=lambda w: PLAN.inferences(w.study),
        analysis=lambda w: PLAN.studies[w.study].analysis.model_dump(),
        code=code_of("write_tables"),
    log:
        "logs/{study}/write_tables.log",
    benchmark:
        "logs/{study}/benchmarks/write_tables.tsv"
    script:
        "../scripts/write_tables.py"


rule draw_themes_by_site:
    """Heat map: how many participants of each site speak of each theme."""
    input:
        tables=[
            "results/{study}/tables/themes_by_site.csv",
            "data/processed/{study}/sites.csv",
            "data/processed/{study}/codes.csv",
        ],
    output:
        th=multiext("results/{study}/article/th/figures/themes_by_site", ".svg", ".png"),
        en=multiext("results/{study}/article/en/figures/themes_by_site", ".svg", ".png"),
    params:
        code=code_of("draw_themes_by_site"),
    log:
        "logs/{study}/draw_themes_by_site.log",
    benchmark:
        "logs/{study}/benchmarks/draw_themes_by_site.tsv"
    script:
        "../scripts/draw_themes_by_site.py"


rule draw_saturation:
    """Curves: codes found by each interview, as interviewed and over random orders, with the point of saturation."""
    input:
        tables=[
            "results/{study}/tables/saturation.csv",
            "results/{study}/tables/saturation_curve.csv",
            "data/processed/{study}/sites.csv",
        ],
    output:
        th=multiext("results/{study}/article/th/figures/saturation", ".svg", ".png"),
        en=multiext("results/{study}/article/en/figures/saturation", ".svg", ".png"),
    params:
        code=code_of("draw_saturation"),
    log:
        "logs/{study}/draw_saturation.log",
    benchmark:
        "logs/{study}/benchmarks/draw_saturation.tsv"
    script:
        "../scripts/draw_saturation.py"


rule draw_theme_intervals:
    """Dots and exact intervals: how many participants of each site speak of each theme."""
    input:
        tables=[
            "results/{study}/tables/themes_by_site.csv",
            "data/processed/{study}/sites.csv",
            "data/processed/{study}/codes.csv",
        ],
    output:
        th=multiext("results/{study}/article/th/figures/theme_intervals", ".svg", ".png"),
        en=multiext("results/{study}/article/en/figures/theme_intervals", ".svg", ".png"),
    params:
        confidence=PLAN.choice("themes.confidence"),
        code=code_of("draw_theme_intervals"),
    log:
        "logs/{study}/draw_theme_intervals.log",
    benchmark:
        "logs/{study}/benchmarks/draw_theme_intervals.tsv"
    script:
        "../scripts/draw_theme_intervals.py"


rule draw_valence_balance:
    """Diverging bars: how many passages of each site enable and how many hinder, theme by theme."""
    input:
        tables=[
            "results/{study}/tables/valence_balance.csv",
            "data/processed/{study}/sites.csv",
            "data/processed/{study}/codes.csv",
        ],
    output:
        th=multiext("results/{study}/article/th/figures/valence_balance", ".svg", ".png"),
        en=multiext("results/{study}/article/en/figures/valence_balance", ".svg", ".png"),
    params:
        code=code_of("draw_valence_balance"),
    log:
        "logs/{study}/draw_valence_balance.log",
    benchmark:
        "logs/{study}/benchmarks/draw_valence_balance.tsv"
    script:
        "../scripts/draw_valence_balance.py"


rule draw_dimensionality:
    """Scree plots: the eigenvalues of each scale beside those of random data."""
    input:
        tables=[
            "results/{study}/tables/scale_dimensionality.csv",
            "results/{study}/tables/scale_eigenvalues.csv",
        ],
    output:
        th=multiext("results/{study}/article/th/figures/dimensionality", ".svg", ".png"),
        en=multiext("results/{study}/article/en/figures/dimensionality", ".svg", ".png"),
    params:
        constructs=PLAN.labels("constructs"),
        percentile=PLAN.choice("scales.percentile"),
        code=code_of("draw_dimensionality"),
    log:
        "logs/{study}/draw_dimensionality.log",
    benchmark:
        "logs/{study}/benchmarks/draw_dimensionality.tsv"
    script:
        "../scripts/draw_dimensionality.py"


rule draw_factor_profile:
    """Dots and intervals: the mean of each scale at each site."""
    input:
        tables=[
            "results/{study}/tables/scale_statistics.csv",
            "data/processed/{study}/sites.csv",
            "data/processed/{study}/items.csv",
        ],
    output:
        th=multiext("results/{study}/article/th/figures/factor_profile", ".svg", ".png"),
        en=multiext("results/{study}/article/en/figures/factor_profile", ".svg", ".png"),
    params:
        constructs=PLAN.labels("constructs"),
        bands=PLAN.choice("scales.bands"),
        confidence=PLAN.choice("scales.confidence"),
        code=code_of("draw_factor_profile"),
    log:
        "logs/{study}/draw_factor_profile.log",
    benchmark:
        "logs/{study}/benchmarks/draw_factor_profile.tsv"
    script:
        "../scripts/draw_factor_profile.py"


rule draw_item_answers:
    """Stacked bars: how each item was answered."""
    input:
        tables=[
            "results/{study}/tables/item_answers.csv",
            "data/processed/{study}/items.csv",
            "data/processed/{study}/answer_scales.csv",
        ],
    output:
        th=multiext("results/{study}/article/th/figures/item_answers", ".svg", ".png"),
        en=multiext("results/{study}/article/en/figures/item_answers", ".svg", ".png"),
    params:
        constructs=PLAN.labels("constructs"),
        code=code_of("draw_item_answers"),
    log:
        "logs/{study}/draw_item_answers.log",
    benchmark:
        "logs/{study}/benchmarks/draw_item_answers.tsv"
    script:
        "../scripts/draw_item_answers.py"


rule draw_before_after:
    """Dumbbells: the means before and after, at each site."""
    input:
        tables=[
            "results/{study}/tables/before_after.csv",
            "data/processed/{study}/sites.csv",
            "data/processed/{study}/items.csv",
        ],
    output:
        th=multiext("results/{study}/article/th/figures/before_after", ".svg", ".png"),
        en=multiext("results/{study}/article/en/figures/before_after", ".svg", ".png"),
    params:
        constructs=PLAN.labels("constructs"),
        code=code_of("draw_before_after"),
    log:
        "logs/{study}/draw_before_after.log",
    benchmark:
        "logs/{study}/benchmarks/draw_before_after.tsv"
    script:
        "../scripts/draw_before_after.py"


rule draw_joint_display:
    """Two panels of dots and intervals: how each factor fares in the interviews and in the survey, by site."""
    input:
        tables=[
            "results/{study}/tables/joint_display.csv",
            "data/processed/{study}/sites.csv",
            "data/processed/{study}/items.csv",
        ],
    output:
        th=multiext("results/{study}/article/th/figures/joint_display", ".svg", ".png"),
        en=multiext("results/{study}/article/en/figures/joint_display", ".svg", ".png"),
    params:
        constructs=PLAN.labels("constructs"),
        confidence=PLAN.choice("scales.confidence"),
        code=code_of("draw_joint_display"),
    log:
        "logs/{study}/draw_joint_display.log",
    benchmark:
        "logs/{study}/benchmarks/draw_joint_display.tsv"
    script:
        "../scripts/draw_joint_display.py"


rule draw_qca_xy:
    """XY plots: the memberships of the cases in the solutions and in the outcome."""
    input:
        tables=[
            "results/{study}/tables/qca_fit.csv",
            "results/{study}/tables/qca_sets.csv",
            "results/{study}/tables/qca_calibration.csv",
            "results/{study}/tables/qca_solutions.csv",
            "data/processed/{study}/sites.csv",
            "data/processed/{study}/codes.csv",
        ],
    output:
        th=multiext("results/{study}/article/th/figures/qca_xy", ".svg", ".png"),
        en=multiext("results/{study}/article/en/figures/qca_xy", ".svg", ".png"),
    params:
        constructs=PLAN.labels("constructs"),
        code=code_of("draw_qca_xy"),
    log:
        "logs/{study}/draw_qca_xy.log",
    benchmark:
        "logs/{study}/benchmarks/draw_qca_xy.tsv"
    script:
        "../scripts/draw_qca_xy.py"


rule make_fonts:
    """The fonts of the documents: Sarabun, made so that Thai text can be copied out of a PDF."""
    output:
        fonts=directory("results/fonts"),
    params:
        code=code_of("make_fonts"),
    log:
        "logs/make_fonts.log",
    benchmark:
        "logs/benchmarks/make_fonts.tsv"
    script:
        "../scripts/make_fonts.py"


rule render_article:
    """The article, or its supplement, in one language and every format (engine: {params.engine})."""
    input:
        ancient("results/{study}/requirements.txt"),  # no article of a study that falls short
        article="report/{study}/{document}.{language}.qmd",
        parts=lambda w: PLAN.article_parts(w.study),
        report=lambda w: PLAN.report_files(),
        study=ancient("data/raw/{study}/study.yml"),
        sites="data/processed/{study}/sites.csv",
        values="results/{study}/tables/values.csv",
        quotes=lambda w: PLAN.tables(w.study, "quotes"),
        references_th="results/{study}/article/references.th.json",
        references_en="results/{study}/article/references.en.json",
        tables="results/{study}/article/{language}/tables",
        figures=figures_of,
        fonts="results/fonts",
    output:
        documents=expand("results/{{study}}/{{document}}.{{language}}.{format}", format=PLAN.config.formats),
    params:
        language="{language}",
        document="{document}",
        folder="results/{study}/{document}/{language}",
        left_out=lambda w: PLAN.left_out(w.study, w.document, w.language),
        engine=PLAN.engine,
        settings=PLAN.settings("title", "authors", "keywords", "ethics", "provenance", "date", "groups", labels=True),
        content=content("report/{study}/**/*md", "report/_quarto.yml", "report/_extensions/**/*", "report/styles/*"),
        code=code_of("render_article"),
    log:
        "logs/{study}/render_{document}.{language}.log",
    benchmark:
        "logs/{study}/benchmarks/render_{document}.{language}.tsv"
    script:
        "../scripts/render_article.py"


# The part of a study that each walk-through needs, if any, and what it reads, as far as the study has it.
READ_BY = {
    "01_data": (None, ("sites", "participants", "transcripts", "turns", "items", "responses", "sample")),
    "02_coding_and_agreement": (
        "coding",
        (
            *("participants", "codes", "turns", "codings", "coverage", "skipped"),
            *("agreement", "agreement_units", "disagreements", "themes_by_site"),
        ),
    ),
}


def notebooks_of(study):
    """The walk-throughs that are of a study."""
    return [name for name, (needs, _) in READ_BY.items() if needs is None or needs in PLAN.studies[study].parts]


def notebook_tables(wildcards):
    """The tables that a walk-through reads; the one of the data reads the counts of a survey as well."""
    counts = PLAN.survey_counts(wildcards.study) if wildcards.notebook == "01_data" else []
    return [*PLAN.tables(wildcards.study, *READ_BY[wildcards.notebook][1]), *counts]


rule run_notebook:
    """A walk-through for reviewers, run on the study and exported to HTML."""
    input:
        ancient("config/config.yml"),
        ancient("data/raw/{study}/study.yml"),
        notebook="notebooks/{notebook}.ipynb",
        tables=notebook_tables,
        fonts="results/fonts",
    output:
        html="results/{study}/notebooks/{notebook}.html",
    params:
        study="{study}",
        provenance=lambda w: PLAN.studies[w.study].study.provenance,
        settings=PLAN.choice("themes.coders"),
        content=content("notebooks/{notebook}.ipynb"),
        code=code_of("run_notebook"),
    log:
        "logs/{study}/run_notebook.{notebook}.log",
    benchmark:
        "logs/{study}/benchmarks/run_notebook.{notebook}.tsv"
    script:
        "../scripts/run_notebook.py"


# The coding for other programs, as `export_coding` writes it.
EXPORTED = (
    "coding.qdpx",
    "codebook.qdc",
    "segments.csv",
    "segments.xlsx",
    "codes_by_respondent.csv",
    "codes_by_respondent.xlsx",
)


def built(wildcards):
    """Everything that a study comes to, apart from its tables."""
    results = f"results/{wildcards.study}"
    return [
        f"{results}/tables/values.csv",
        *(f"{results}/coding/{name}" for name in EXPORTED if "coding" in PLAN.studies[wildcards.study].parts),
        *expand(
            f"{results}/{{document}}.{{language}}.{{format}}",
            document=PLAN.documents(wildcards.study),
            language=PLAN.config.languages,
            format=PLAN.config.formats,
        ),
        *expand(f"{results}/notebooks/{{notebook}}.html", notebook=notebooks_of(wildcards.study)),
        *(f"data/processed/{wildcards.study}/{table.name}.csv" for table in processed_tables(wildcards)),
        *PLAN.survey_counts(wildcards.study),
    ]


def processed_tables(wildcards):
    """The processed tables that the study has."""
    settings = PLAN.studies[wildcards.study]
    raw = Path("data/raw", wildcards.study)
    return [t for t in TABLES.values() if t.folder == "processed" and has_table(t, settings, raw)]


rule check_results:
    """Whether what was built holds together: the tests that must pass for any study."""
    input:
        built,
        result_tables,
        files_in(Path("tests/results"), ".py"),
    output:
        checks="results/{study}/checks.txt",
    params:
        study="{study}",
        tests="tests/results",
        code=code_of("check_results"),
    log:
        "logs/{study}/check_results.log",
    benchmark:
        "logs/{study}/benchmarks/check_results.tsv"
    script:
        "../scripts/check_results.py"


rule check_requirements:
    """Whether the study keeps what its configuration asks for: agreement, balance of quotes, reporting."""
    input:
        agreement=lambda w: PLAN.tables(w.study, "agreement"),
        quote_checks=lambda w: PLAN.tables(w.study, "quote_checks"),
        reporting=lambda w: PLAN.tables(w.study, "reporting_coreq", "reporting_srqr", "reporting_gramms"),
    output:
        requirements="results/{study}/requirements.txt",
    params:
        languages=PLAN.config.languages,
        least=PLAN.choice("agreement.least"),
        quotes_stop=lambda w: PLAN.choice("quotes.on_failure")(w) == "stop",
        open_items_stop=lambda w: PLAN.choice("reporting.open_items")(w) == "stop",
        code=code_of("check_requirements"),
    log:
        "logs/{study}/check_requirements.log",
    benchmark:
        "logs/{study}/benchmarks/check_requirements.tsv"
    script:
        "../scripts/check_requirements.py"


rule write_manifest:
    """The manifest: every table, figure, notebook and document with its hash."""
    input:
        built=built,
        tables=result_tables,
        shown=expand("results/{{study}}/article/{language}/tables", language=PLAN.config.languages),
        scores=lambda w: PLAN.tables(w.study, "scale_scores"),
        references=expand("results/{{study}}/article/references.{language}.json", language=["th", "en"]),
        fonts="results/fonts",
        figures=lambda w: [
            path
            for document in PLAN.documents(w.study)
            for language in PLAN.config.languages
            for path in figures_of(SimpleNamespace(study=w.study, document=document, language=language))
        ],
        checks="results/{study}/checks.txt",
        requirements="results/{study}/requirements.txt",
    output:
        manifest="results/{study}/manifest.csv",
        engine_file="results/{study}/article/engine.txt",
    params:
        engine=PLAN.engine,
        code=code_of("write_manifest"),
    log:
        "logs/{study}/write_manifest.log",
    benchmark:
        "logs/{study}/benchmarks/write_manifest.tsv"
    script:
        "../scripts/write_manifest.py"
