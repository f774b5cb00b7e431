include: "workflow/Snakefile"


# It stands here because Snakemake takes its default target from this file, never from one that is included.
rule all:
    """Everything: each study that is planned, built, checked, and listed in its manifest."""
    input:
        expand("results/{study}/manifest.csv", study=PLAN.studies),
