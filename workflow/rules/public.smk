"""
Makes what may be published, from what may be published: asked for by `paper.py publish`, and no part of a build.

Needs   results/{study}/tables/, data/processed/{study}/, data/raw/{study}/, report/{study}/
Gives   results/{study}/publication.json, results/{study}/public/
Steps   check_publication, protect_tables, show_public, compose_public, render_public, read_public, publish_study
"""

PUBLIC = "results/{study}/public"
# What result tables are read with, and holds no answer of anybody, as far as the study has it.
CALLED = ("sites", "codes", "items", "answer_scales", "categories")
# Where sites lie is published only where a document shows it.
PLACES = "site_places"


def named_for_public(wildcards):
    """The tables that name what the published tables are about."""
    on_a_map = any(PLACES in figures()[name].reads for name in shown(PLAN, wildcards.study, "figures"))
    return PLAN.tables(wildcards.study, *CALLED, *([PLACES] if on_a_map else []))


rule check_publication:
    """Whether anything may be published: identifiers that nobody decided about, consent, what the study says of the law."""
    input:
        ancient("data/raw/{study}/study.yml"),
        "results/{study}/tables/values.csv",
    output:
        publication="results/{study}/publication.json",
    params:
        study="{study}",
        quoted=lambda w: shown(PLAN, w.study, "quotes"),
        content=content("data/raw/{study}/**/*"),
        code=code_of("check_publication"),
    log:
        "logs/{study}/check_publication.log",
    benchmark:
        "logs/{study}/benchmarks/check_publication.tsv"
    script:
        "../scripts/check_publication.py"


rule protect_tables:
    """The tables that may be published, with what few people stand behind left out; quotes as they are signed."""
    input:
        study=ancient("data/raw/{study}/study.yml"),
        publication="results/{study}/publication.json",
        sites_file=lambda w: PLAN.optional_table(w.study, "sites"),
        results=result_tables,
        named=named_for_public,
        people=lambda w: PLAN.tables(w.study, "participants", "quotes"),
        claims=lambda w: [path for path in [f"report/{w.study}/claims.yml"] if Path(path).is_file()],
    output:
        tables=directory(f"{PUBLIC}/tables"),
        names=directory(f"{PUBLIC}/names"),
        quotes=f"{PUBLIC}/quotes.csv",
        words=f"{PUBLIC}/words.json",
        protection=f"{PUBLIC}/protection.json",
    params:
        privacy=PLAN.choice("privacy"),
        sets=lambda w: sets_of(PLAN.studies[w.study].study, []),
        groups=PLAN.labels("groups"),
        constructs=PLAN.labels("constructs"),
        level=PLAN.choice("comparison.significance"),
        bands=PLAN.choice("scales.bands"),
        asked=lambda w: shown(PLAN, w.study, "values"),
        quoted=lambda w: shown(PLAN, w.study, "quotes"),
        settings=PLAN.settings("privacy", "participants", "reporting"),
        content=content("data/raw/{study}/sites.*", "report/{study}/claims.yml"),
        code=code_of("protect_tables"),
    log:
        "logs/{study}/protect_tables.log",
    benchmark:
        "logs/{study}/benchmarks/protect_tables.tsv"
    script:
        "../scripts/protect_tables.py"


rule show_public:
    """The article's tables and figures as they are published, made from the published tables alone."""
    input:
        tables=f"{PUBLIC}/tables",
        names=f"{PUBLIC}/names",
        quotes=f"{PUBLIC}/quotes.csv",
    output:
        shown=directory(f"{PUBLIC}/article"),
    params:
        wanted=lambda w: PLAN.tables_shown(w.study),
        figures=lambda w: {name: PLAN.needs_of_figure(w, name) for name in shown(PLAN, w.study, "figures")},
        groups=PLAN.labels("groups"),
        constructs=PLAN.labels("constructs"),
        inferences=lambda w: PLAN.inferences(w.study),
        analysis=lambda w: PLAN.studies[w.study].analysis.model_dump(),
        code=code_of("show_public"),
    log:
        "logs/{study}/show_public.log",
    benchmark:
        "logs/{study}/benchmarks/show_public.tsv"
    script:
        "../scripts/show_public.py"


rule compose_public:
    """What a document says in one language for the public: with the published tables, numbers and signatures."""
    input:
        article="report/{study}/{document}.{language}.qmd",
        parts=lambda w: PLAN.article_parts(w.study),
        study=ancient("data/raw/{study}/study.yml"),
        tables=f"{PUBLIC}/tables",
        words=f"{PUBLIC}/words.json",
        names=f"{PUBLIC}/names",
        quotes=f"{PUBLIC}/quotes.csv",
        references_th="results/{study}/article/references.th.json",
        references_en="results/{study}/article/references.en.json",
        shown=f"{PUBLIC}/article",
    output:
        text=directory(f"{OWN}/public/text"),
    params:
        language="{language}",
        document="{document}",
        languages=PLAN.config.languages,
        left_out=lambda w: PLAN.left_out(w.study, w.document, w.language),
        named=lambda w: PLAN.named(w.study, w.document, w.language),
        settings=PLAN.settings("title", "authors", "keywords", "ethics", "provenance", "date", "groups", labels=True),
        content=PLAN.written,
        code=code_of("compose_public"),
    log:
        "logs/{study}/compose_public_{document}.{language}.log",
    benchmark:
        "logs/{study}/benchmarks/compose_public_{document}.{language}.tsv"
    script:
        "../scripts/compose_public.py"


rule render_public:
    """A document as it is published, in one language and every format (engine: {params.engine})."""
    input:
        text=f"{OWN}/public/text",
        shown=f"{PUBLIC}/article",
        report=lambda w: PLAN.report_files(),
        fonts="results/fonts",
    output:
        rendered=[f"{OWN}/public/rendered.{format}" for format in PLAN.config.formats],
        tree=f"{OWN}/public/tree.json",
    params:
        folder=f"{OWN}/public/working_copy",
        figures=lambda w: PLAN.figures_shown(w.study, w.document, w.language),
        language="{language}",
        engine=PLAN.engine,
        journal=PLAN.config.report.journal,
        content=content(
            "report/_quarto.yml",
            "report/_extensions/**/*",
            "report/styles/*",
            f"report/styles/{PLAN.config.report.journal}/*",
        ),
        program=PLAN.quarto,
        code=code_of("render_public"),
    log:
        "logs/{study}/render_public_{document}.{language}.log",
    benchmark:
        "logs/{study}/benchmarks/render_public_{document}.{language}.tsv"
    script:
        "../scripts/render_public.py"


rule read_public:
    """Whether a published document says what the published tables say: every number and row is read out of its files."""
    input:
        tree=f"{OWN}/public/tree.json",
        text=f"{OWN}/public/text",
        rendered=[f"{OWN}/public/rendered.{format}" for format in PLAN.config.formats],
        tables=f"{PUBLIC}/tables",
        words=f"{PUBLIC}/words.json",
    output:
        counted=f"{OWN}/public/read_back.csv",
    params:
        language="{language}",
        code=code_of("read_public"),
    log:
        "logs/{study}/read_public_{document}.{language}.log",
    benchmark:
        "logs/{study}/benchmarks/read_public_{document}.{language}.tsv"
    script:
        "../scripts/read_public.py"


rule publish_study:
    """What may be published, whole: documents, evidence, what was left out and why; and a look whether all is well."""
    input:
        publication="results/{study}/publication.json",
        made_from="results/{study}/made_from.json",
        tables=f"{PUBLIC}/tables",
        names=f"{PUBLIC}/names",
        quotes=f"{PUBLIC}/quotes.csv",
        words=f"{PUBLIC}/words.json",
        protection=f"{PUBLIC}/protection.json",
        shown=f"{PUBLIC}/article",
        rendered=lambda w: [
            f"results/{w.study}/{document}/{language}/public/rendered.{format}"
            for document in documents_of(Path(), w.study)
            for language in EVERY["language"]
            for format in EVERY["format"]
        ],
        counted=lambda w: [
            f"results/{w.study}/{document}/{language}/public/read_back.csv"
            for document in documents_of(Path(), w.study)
            for language in EVERY["language"]
        ],
        sources=lambda w: list(PLAN.sources(w.study)),
        parts=lambda w: PLAN.article_parts(w.study),
    output:
        manifest=f"{PUBLIC}/manifest.csv",
    params:
        study="{study}",
        left_out=lambda w: PLAN.sources(w.study),
        title=lambda w: PLAN.studies[w.study].study.title.model_dump(),
        simulated=lambda w: PLAN.studies[w.study].study.provenance == "simulated",
        groups=PLAN.labels("groups"),
        constructs=PLAN.labels("constructs"),
        privacy=PLAN.choice("privacy"),
        content=content(
            "report/{study}/**/*",
            "data/raw/{study}/p*.*",
            "docs/methods.md",
            "workflow/thongthin/present/evidence/page*.*",
        ),
        code=code_of("publish_study"),
    log:
        "logs/{study}/publish_study.log",
    benchmark:
        "logs/{study}/benchmarks/publish_study.tsv"
    script:
        "../scripts/publish_study.py"
