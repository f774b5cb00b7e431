"""
Leads from every number to what it is made from: the record of a build, the list of exhibits, the page of evidence.

Needs   everything that the documents show, data/raw/{study}/, report/{study}/
Gives   results/{study}/made_from.json, exhibits.csv, evidence.{language}.html
Steps   record_sources, list_exhibits, write_evidence
"""

# Rules that only bring together or look at what others have made: nothing in an article comes from them.
AROUND = ("all", "record_sources", "list_exhibits", "write_evidence", "write_manifest", "check_results")


# What builds take beside the code that fingerprints follow and the files of a study: rules, filters, styles, notebooks.
LOOKS = (
    *("Snakefile", "workflow/Snakefile", "workflow/rules/*.smk", "notebooks/*.ipynb", "docs/methods.md"),
    *("report/_quarto.yml", "report/_extensions/**/*", "report/styles/**/*"),
    "workflow/thongthin/present/evidence/page*.*",
)


def steps_of(wildcards):
    """What each rule takes and gives in a study, of those that run once: the way from raw files to tables."""
    own, parts = {"study": wildcards.study}, PLAN.studies[wildcards.study].parts
    found = {}
    for rule in workflow.rules:
        if rule.name in AROUND or set(rule.wildcard_names) != {"study"} or not applies(rule.name, parts):
            continue
        given = [str(path.apply_wildcards(own)) for path in rule.output]
        if any(
            path.startswith(f"results/{wildcards.study}/public") for path in given
        ):  # made from what an article shows
            continue
        if rule.is_producer(given[0]):  # of a large survey, another rule makes the same
            taken = rule.expand_input(type(wildcards)(fromdict=own))[0]
            found[rule.name] = {"inputs": sorted(set(map(str, taken))), "outputs": given}
    return found


def of_people(wildcards):
    """Every file that people made for a study."""
    folders = [Path(folder) / wildcards.study for folder in ("data/raw", "report")]
    paths = (path for folder in folders for path in folder.rglob("*"))
    return sorted(path.as_posix() for path in paths if path.is_file() and not path.name.startswith((".", "~$")))


rule record_sources:
    """What a build is made from: the hash of every file of the study, the settings, the code and the packages."""
    input:
        files=of_people,
        configuration=ancient("config/config.yml"),
    output:
        made_from="results/{study}/made_from.json",
        of_data="results/{study}/article/made_from.json",
    params:
        study="{study}",
        steps=steps_of,
        codes=lambda w: codes(),
        packages=lambda w: packages(),
        engine=PLAN.engine,
        analysis=lambda w: PLAN.studies[w.study].analysis.model_dump(),
        described=lambda w: PLAN.studies[w.study].study.model_dump(mode="json"),
        configured=PLAN.config.model_dump(mode="json", exclude={"studies", "analysis"}),
        looks=list(LOOKS),
        content=content("data/raw/{study}/**/*", "report/{study}/**/*", *LOOKS),
        code=code_of("record_sources"),
    log:
        "logs/{study}/record_sources.log",
    benchmark:
        "logs/{study}/benchmarks/record_sources.tsv"
    script:
        "../scripts/record_sources.py"


rule list_exhibits:
    """Every exhibit of the documents: table, figure, quote, number, with its key, its rule and where it stands."""
    input:
        sources=lambda w: list(PLAN.sources(w.study)),
        parts=lambda w: PLAN.article_parts(w.study),
        values="results/{study}/tables/values.csv",
        words="results/{study}/article/words.json",
    output:
        exhibits="results/{study}/exhibits.csv",
    params:
        study="{study}",
        left_out=lambda w: PLAN.sources(w.study),
        content=content("report/{study}/**/*"),
        code=code_of("list_exhibits"),
    log:
        "logs/{study}/list_exhibits.log",
    benchmark:
        "logs/{study}/benchmarks/list_exhibits.tsv"
    script:
        "../scripts/list_exhibits.py"


rule write_evidence:
    """The page that leads from each number, quote, table and figure to what it is made from, in both languages."""
    input:
        # Not what the authors write: the page need not be made anew with every word.
        made_from="results/{study}/article/made_from.json",
        exhibits="results/{study}/exhibits.csv",
        tables=result_tables,
        values="results/{study}/tables/values.csv",
        processed=lambda w: [f"data/processed/{w.study}/{table.name}.csv" for table in processed_tables(w)],
        cells="results/{study}/article/tables",
        printed=expand("results/{{study}}/article/{language}/tables", language=["th", "en"]),
        drawn=lambda w: [path for path in drawn(w) if path.endswith(".csv")],
        claims="results/{study}/claims.json",
    output:
        pages=expand("results/{{study}}/evidence.{language}.html", language=PLAN.config.languages),
    params:
        study="{study}",
        audience=lambda w: PLAN.audience(w.study),
        title=lambda w: PLAN.studies[w.study].study.title.model_dump(),
        simulated=lambda w: PLAN.studies[w.study].study.provenance == "simulated",
        models=lambda w: PLAN.studies[w.study].models(),
        answered=PLAN.choice("scales.answered"),
        groups=PLAN.labels("groups"),
        constructs=PLAN.labels("constructs"),
        content=content("docs/methods.md", "workflow/thongthin/present/evidence/page*.*", "workflow/rules/*.smk"),
        code=code_of("write_evidence"),
    log:
        "logs/{study}/write_evidence.log",
    benchmark:
        "logs/{study}/benchmarks/write_evidence.tsv"
    script:
        "../scripts/write_evidence.py"
