"""A document takes the place of what the last build made of it, once all its languages and formats are rendered."""

from pathlib import Path

from thongthin.basics.files import write_bytes


def publish_document(*, rendered: list[str], documents: list[str]) -> None:
    """Copy each file to its place.

    Args:
        rendered: what was rendered.
        documents: where it goes, in the same order.
    """
    for source, place in zip(rendered, documents, strict=True):
        write_bytes(place, Path(source).read_bytes())


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(publish_document, globals()["snakemake"])
