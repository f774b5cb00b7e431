"""What a renderer is given: a working copy, read once more as a document, in which every element is on the list.

The check of the articles has read what people wrote, by the study as it was then; what is rendered has the tables in
their places, and is read anew. Whatever came in on another way is refused here, before either engine sees it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from thongthin.present.render import pandoc
from thongthin.present.render.decoding import Decoding
from thongthin.present.render.failure import render_error
from thongthin.present.render.lines import FRONT_MATTER_KEYS
from thongthin.present.render.nodes import Node
from thongthin.present.render.refusals import refusals, refused_in_metadata

METADATA = "metadata.yml"
# The one in C reads it in a tenth of the time; not every installation has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def metadata_of(folder: Path) -> dict[str, Any]:
    """What `metadata.yml` of a working copy says, which this package wrote."""
    found: dict[str, Any] = yaml.load((folder / METADATA).read_text(encoding="utf-8"), Loader=_LOADER)
    return found


def read_held(folder: Path) -> bytes:
    """pandoc's tree of a working copy (as JSON), with what `metadata.yml` says.

    Args:
        folder: the working copy (see `thongthin.present.render.working_copy`).

    Raises:
        RenderError: pandoc can't read it, not in time, or warns; or it holds what no document may hold.
    """
    text = (folder / "article.qmd").read_bytes()
    options = ("--sandbox", "--fail-if-warnings", pandoc.reader(text), f"--metadata-file={METADATA}", "--to=json")
    try:
        data, _ = pandoc.run(text, *options, folder=folder)
        parsed = json.loads(data)
        refused = _refused(parsed, metadata_of(folder))
    except pandoc.PandocFailed as error:
        raise render_error("pandoc", None, folder, str(error)) from error
    except RecursionError as error:
        raise render_error("pandoc", None, folder, "too many elements within each other") from error
    if refused:
        raise render_error("pandoc", None, folder, "\n".join(refused))
    return data


def blocks_held(tree: bytes) -> list[Node]:
    """The elements of such a tree, in which requests are spans with the attributes `shortcode` and `argument`."""
    return Decoding([]).blocks(json.loads(tree)["blocks"])


def _refused(parsed: dict[str, Any], metadata: dict[str, Any]) -> list[str]:
    """What stands in a document and may not: a line each, in English and in Thai."""
    found = [f"{one.en}\n{one.th}" for one in refusals(Decoding([]).blocks(parsed["blocks"]), made=True)]
    more = [f'"{key}"' for key in sorted(parsed["meta"].keys() - metadata.keys() - FRONT_MATTER_KEYS)]
    more += [f'"{one}"' for one in refused_in_metadata(parsed["meta"])]
    return found + [f"Metadata that no document has: {one}\nข้อมูลส่วนหัวที่ใช้ไม่ได้: {one}" for one in more]
