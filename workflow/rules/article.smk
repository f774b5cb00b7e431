"""
Says it, in Thai and in English: tables, figures, notebooks, the article; checks that all holds together.

Needs   results/{study}/tables/, report/{study}/{article,supplement}.{language}.qmd, report/ (styles, extension),
        notebooks/
Gives   results/{study}/{article,supplement}{,.blind}.{language}.{html,pdf,docx}, notebooks/, checks.txt, requirements.txt,
        manifest.csv
Steps   write_tables, draw_figure, make_fonts, check_claims, compose_document, render_document, read_back,
        publish_document, run_notebook, check_document, check_subject, check_results, check_requirements, write_manifest
"""

# Every language and format in which documents are made.
EVERY = {"language": PLAN.config.languages, "format": PLAN.config.formats}


# Where the text and the documents of a language stand before they are published.
OWN = "results/{study}/{document}/{language}"


def source_of_document(wildcards):
    """What people wrote of a document; a copy without names is made of the same."""
    return source_of(Path(), wildcards.study, wildcards.document, wildcards.language).as_posix()


def figures_of(wildcards):
    """The figures that a document shows in one language, for the screen (SVG), for Word (PNG), and in words."""
    shown = PLAN.figures_shown(wildcards.study, wildcards.document, wildcards.language)
    return figure_files(wildcards.study, wildcards.language, shown)


def figure_files(study, language, names):
    """The files of figures."""
    kinds = ("svg", "png", "txt")
    return [f"results/{study}/article/{language}/figures/{name}.{kind}" for name in names for kind in kinds]


def drawn(wildcards):
    """The figures of a study, in both languages, and their numbers: each is drawn in both, even if one shows it."""
    every = [(document, language) for document in PLAN.documents(wildcards.study) for language in EVERY["language"]]
    names = sorted({name for own in every for name in PLAN.figures_shown(wildcards.study, *own)})
    numbers = [f"results/{wildcards.study}/article/figures/{name}.csv" for name in names]
    return [*numbers, *(path for language in ("th", "en") for path in figure_files(wildcards.study, language, names))]


def of_every_document(path):
    """An input function: a path with the wildcards {study}, {document}, {language} and {format}, for every document."""
    return lambda w: list(dict.fromkeys(expand(path, study=w.study, document=PLAN.documents(w.study), **EVERY)))


# The tables that sites, codes and items have their names from.
NAMES = ("sites", "codes", "items")


def tables_of(wildcards):
    """What the tables that the documents show are made from, and their labels."""
    shown = [article_tables()[table_of(name)[0]] for name in PLAN.tables_shown(wildcards.study)]
    return PLAN.tables(wildcards.study, *dict.fromkeys([*NAMES, *(table for own in shown for table in own.reads)]))


rule write_tables:
    """The tables that the article and the supplement show, in both languages, and as CSV with the keys of their cells."""
    input:
        tables=tables_of,
    output:
        th=directory("results/{study}/article/th/tables"),
        en=directory("results/{study}/article/en/tables"),
        cells=directory("results/{study}/article/tables"),
    params:
        names=lambda w: PLAN.tables_shown(w.study),
        groups=PLAN.labels("groups"),
        constructs=PLAN.labels("constructs"),
        inferences=lambda w: PLAN.inferences(w.study),
        analysis=lambda w: PLAN.studies[w.study].analysis.model_dump(),
        parts=kept.parts_of("write_tables"),
        code=code_of("write_tables"),
    log:
        "logs/{study}/write_tables.log",
    benchmark:
        "logs/{study}/benchmarks/write_tables.tsv"
    script:
        "../scripts/write_tables.py"


rule draw_figure:
    """A figure of the article, in both languages, and its numbers as CSV: what it is made from and how is declared where it is drawn."""
    input:
        tables=lambda w: PLAN.tables(w.study, *figures()[w.figure].reads),
    output:
        th=multiext("results/{study}/article/th/figures/{figure}", ".svg", ".png", ".txt"),
        en=multiext("results/{study}/article/en/figures/{figure}", ".svg", ".png", ".txt"),
        numbers="results/{study}/article/figures/{figure}.csv",
    params:
        name="{figure}",
        needs=PLAN.needs_of_figure,
        code=lambda w: code_of(f"draw_figure {w.figure}"),
    log:
        "logs/{study}/draw_{figure}.log",
    benchmark:
        "logs/{study}/benchmarks/draw_{figure}.tsv"
    script:
        "../scripts/draw_figure.py"


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


rule check_claims:
    """Whether each sentence that is bound to a claim still holds, and what words the data give; no document before it."""
    input:
        values="results/{study}/tables/values.csv",
        tables=lambda w: PLAN.tables(w.study, *NAMES, "categories"),
        claims=lambda w: [path for path in [f"report/{w.study}/claims.yml"] if Path(path).is_file()],
    output:
        findings="results/{study}/claims.json",
        words="results/{study}/article/words.json",
    params:
        bound=lambda w: PLAN.bound(w.study),
        sets=lambda w: sets_of(PLAN.studies[w.study].study, []),
        groups=PLAN.labels("groups"),
        constructs=PLAN.labels("constructs"),
        level=PLAN.choice("comparison.significance"),
        stop=lambda w: PLAN.choice("claims")(w) == "stop" and not config.get("draft"),
        content=content("report/{study}/claims.yml"),
        code=code_of("check_claims"),
    log:
        "logs/{study}/check_claims.log",
    benchmark:
        "logs/{study}/benchmarks/check_claims.tsv"
    script:
        "../scripts/check_claims.py"


rule compose_document:
    """What the article, or its supplement, says in one language, with the numbers, tables and quotes that it asks for."""
    input:
        article=source_of_document,
        parts=lambda w: PLAN.article_parts(w.study),
        study=ancient("data/raw/{study}/study.yml"),
        sites="data/processed/{study}/sites.csv",
        values="results/{study}/tables/values.csv",
        words="results/{study}/article/words.json",
        quotes=lambda w: PLAN.tables(w.study, "quotes"),
        participants=lambda w: PLAN.tables(w.study, "participants"),
        sites_file=lambda w: PLAN.optional_table(w.study, "sites"),
        coverage=lambda w: PLAN.tables(w.study, "coverage") if is_blind(w.document) else [],
        references_th="results/{study}/article/references.th.json",
        references_en="results/{study}/article/references.en.json",
        tables="results/{study}/article/{language}/tables",
    output:
        text=directory(f"{OWN}/text"),
    params:
        language="{language}",
        document="{document}",
        languages=PLAN.config.languages,
        left_out=lambda w: PLAN.left_out(w.study, w.document, w.language),
        named=lambda w: PLAN.named(w.study, w.document, w.language),
        mark=bool(config.get("draft")),
        k=PLAN.choice("privacy.k"),
        settings=PLAN.settings("title", "authors", "keywords", "ethics", "provenance", "date", "groups", labels=True),
        content=PLAN.written,
        code=code_of("compose_document"),
    log:
        "logs/{study}/compose_{document}.{language}.log",
    benchmark:
        "logs/{study}/benchmarks/compose_{document}.{language}.tsv"
    script:
        "../scripts/compose_document.py"


rule render_document:
    """The article, or its supplement, in one language and every format (engine: {params.engine})."""
    input:
        ancient("results/{study}/requirements.txt"),  # no article of a study that falls short
        text=f"{OWN}/text",
        figures=figures_of,
        report=lambda w: PLAN.report_files(),
        fonts="results/fonts",
    output:
        rendered=[f"{OWN}/rendered.{format}" for format in PLAN.config.formats],
        tree=f"{OWN}/tree.json",
        pages=f"{OWN}/pages.json",
    params:
        folder=f"{OWN}/working_copy",
        engine=PLAN.engine,
        program=PLAN.quarto,
        journal=PLAN.config.report.journal,
        content=content(
            "report/_quarto.yml",
            "report/_extensions/**/*",
            "report/styles/*",
            f"report/styles/{PLAN.config.report.journal}/*",
        ),
        code=code_of("render_document"),
    log:
        "logs/{study}/render_{document}.{language}.log",
    benchmark:
        "logs/{study}/benchmarks/render_{document}.{language}.tsv"
    script:
        "../scripts/render_document.py"


rule read_back:
    """Whether a document says what the tables say: every number and row is read out of its finished files."""
    input:
        f"{OWN}/pages.json",  # looked for beside the PDF
        tree=f"{OWN}/tree.json",
        text=f"{OWN}/text",
        rendered=[f"{OWN}/rendered.{format}" for format in PLAN.config.formats],
        values="results/{study}/tables/values.csv",
        words="results/{study}/article/words.json",
    output:
        counted=f"{OWN}/read_back.csv",
    params:
        language="{language}",
        code=code_of("read_back"),
    log:
        "logs/{study}/read_back_{document}.{language}.log",
    benchmark:
        "logs/{study}/benchmarks/read_back_{document}.{language}.tsv"
    script:
        "../scripts/read_back.py"


rule publish_document:
    """The article, or its supplement, takes the place of the last one, once it is whole in every language and format.

    What fails on the way, here or anywhere before, so leaves the last good documents as they are.
    """
    input:
        lambda w: expand(f"{OWN}/read_back.csv", **w, language=EVERY["language"]),
        lambda w: expand("logs/{study}/checks/{document}.{language}.txt", **w, language=EVERY["language"]),
        rendered=lambda w: expand(f"{OWN}/rendered.{{format}}", **w, **EVERY),
    output:
        documents=expand("results/{{study}}/{{document}}.{language}.{format}", **EVERY),
    params:
        code=code_of("publish_document"),
    log:
        "logs/{study}/publish_{document}.log",
    benchmark:
        "logs/{study}/benchmarks/publish_{document}.tsv"
    script:
        "../scripts/publish_document.py"


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
    "03_themes": (
        "coding",
        ("participants", "codes", "themes_by_participant", "themes_by_site", "theme_spread"),
    ),
    "04_survey": (
        "survey",
        (
            *("items", "responses", "survey_flow", "scale_statistics", "scale_reliability"),
            *("site_comparison", "outcome_model"),
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
        settings=lambda w: [
            PLAN.choice("themes.coders")(w),
            PLAN.choice("themes.confidence")(w),
            PLAN.choice("scales.answered")(w),
            PLAN.settings("model")(w),
        ],
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
    documents = of_every_document("results/{study}/{document}.{language}.{format}")(wildcards)
    return [*documents, *built_beside_documents(wildcards)]


def built_beside_documents(wildcards):
    """The same without the documents."""
    results = f"results/{wildcards.study}"
    return [
        f"{results}/tables/values.csv",
        *(f"{results}/{name}" for name in ("made_from.json", "article/made_from.json", "exhibits.csv")),
        *pages_of_evidence(wildcards),
        *(f"{results}/coding/{name}" for name in EXPORTED if "coding" in PLAN.studies[wildcards.study].parts),
        *expand(f"{results}/notebooks/{{notebook}}.html", notebook=notebooks_of(wildcards.study)),
        *tables_built(wildcards),
    ]


def tables_built(wildcards):
    """What was read, as tables, and the counts of the survey."""
    tables = [f"data/processed/{wildcards.study}/{table.name}.csv" for table in processed_tables(wildcards)]
    return [*tables, *PLAN.survey_counts(wildcards.study)]


def pages_of_evidence(wildcards):
    """The pages of evidence, one a language."""
    return expand("results/{study}/evidence.{language}.html", study=wildcards.study, language=PLAN.config.languages)


def processed_tables(wildcards):
    """The processed tables that the study has."""
    settings = PLAN.studies[wildcards.study]
    raw = Path("data/raw", wildcards.study)
    return [t for t in TABLES.values() if t.folder == "processed" and has_table(t, settings, raw)]


# The tests of a document, and those of each subject, with what it is about.
OF_DOCUMENT = "tests/results/test_result_document.py"
SUBJECTS = {
    "tables": lambda w: [*result_tables(w), *tables_built(w), f"results/{w.study}/tables/values.csv"],
    "shown": lambda w: [
        *drawn(w),
        *expand("results/{study}/notebooks/{notebook}.html", study=w.study, notebook=notebooks_of(w.study)),
        *expand("results/{study}/article/references.{language}.json", study=w.study, language=["th", "en"]),
    ],
    "evidence": lambda w: [*pages_of_evidence(w), f"results/{w.study}/exhibits.csv"],
    "leads": lambda w: [
        *pages_of_evidence(w),
        *(path for path in of_every_document(f"{OWN}/rendered.{{format}}")(w) if path.endswith(".html")),
    ],
}
if "html" not in PLAN.config.formats:  # no other format leads to the page of evidence
    del SUBJECTS["leads"]
SHARED_BY_TESTS = ["tests/results/built.py", "tests/results/conftest.py"]


rule check_document:
    """Whether a document is whole in every format: the tests that must pass for any document."""
    input:
        ancient("config/config.yml"),
        ancient("data/raw/{study}/study.yml"),
        ancient(source_of_document),
        [f"{OWN}/rendered.{format}" for format in PLAN.config.formats],
        f"{OWN}/pages.json",
        SHARED_BY_TESTS,
        tests=[OF_DOCUMENT],
    output:
        checks="logs/{study}/checks/{document}.{language}.txt",
    params:
        study="{study}",
        document="{document}.{language}",
        code=code_of_tests("check_document"),
    log:
        "logs/{study}/check_{document}.{language}.log",
    benchmark:
        "logs/{study}/benchmarks/check_{document}.{language}.tsv"
    script:
        "../scripts/check_document.py"


rule check_subject:
    """Whether what was built of a subject holds together: the tests that must pass for any study."""
    input:
        ancient("config/config.yml"),
        ancient("data/raw/{study}/study.yml"),
        SHARED_BY_TESTS,
        lambda w: SUBJECTS[w.subject](w),
        tests=["tests/results/test_result_{subject}.py"],
    output:
        checks="logs/{study}/checks/{subject}.txt",
    params:
        study="{study}",
        code=code_of_tests("check_subject"),
    log:
        "logs/{study}/check_{subject}.log",
    benchmark:
        "logs/{study}/benchmarks/check_{subject}.tsv"
    wildcard_constraints:
        subject="|".join(SUBJECTS),
    script:
        "../scripts/check_subject.py"


rule check_results:
    """Whether all that was built holds together: without it no manifest, and no finished build."""
    input:
        passed=lambda w: [
            *of_every_document("logs/{study}/checks/{document}.{language}.txt")(w),
            *(f"logs/{w.study}/checks/{subject}.txt" for subject in SUBJECTS),
        ],
    output:
        checks="results/{study}/checks.txt",
    params:
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
        shown=[
            *expand("results/{{study}}/article/{language}/tables", language=PLAN.config.languages),
            "results/{study}/article/tables",
        ],
        scores=lambda w: PLAN.tables(w.study, "scale_scores"),
        references=expand("results/{{study}}/article/references.{language}.json", language=["th", "en"]),
        fonts="results/fonts",
        figures=drawn,
        texts=of_every_document(f"{OWN}/text"),
        rendered=of_every_document(f"{OWN}/rendered.{{format}}"),
        trees=of_every_document(f"{OWN}/tree.json"),
        counted=of_every_document(f"{OWN}/read_back.csv"),
        checks="results/{study}/checks.txt",
        requirements="results/{study}/requirements.txt",
        claims="results/{study}/claims.json",
        words="results/{study}/article/words.json",
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
