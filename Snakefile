include: "workflow/Snakefile"


# It stands here because Snakemake takes its default target from this file, never from one that is included.
rule all:
    """Everything: each study that is planned, built, checked, and listed in its manifest."""
    input:
        expand("results/{study}/manifest.csv", study=PLAN.studies),


rule draft:
    """The documents, whatever their sentences are bound to: what does not hold is marked, and there is no manifest."""
    input:
        [
            f"results/{study}/{document}.{language}.{format}"
            for study in PLAN.studies
            for document in PLAN.documents(study)
            for language in PLAN.config.languages
            for format in PLAN.config.formats
        ],
