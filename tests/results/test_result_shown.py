"""What the documents show beside their text, and the notebooks: figures, references."""

from __future__ import annotations

import json

import pytest
from built import Build, loads
from PIL import Image


def test_notebooks_need_no_network(build: Build) -> None:
    for path in build.results.glob("notebooks/*.html"):
        assert not loads(path.read_text(encoding="utf-8")), path.name


def test_figures_show_something(build: Build) -> None:
    figures = sorted(build.results.glob("article/*/figures/*.png"))
    if not figures:
        pytest.skip("the articles show no figure")
    for path in figures:
        with Image.open(path) as image:
            colours = image.convert("L").getcolors(maxcolors=image.width * image.height) or []
            ink = 1 - max(count for count, _ in colours) / (image.width * image.height)
        assert ink > 0.01, f"{path.name} is all but empty"


def test_both_languages_list_the_same_works(build: Build) -> None:
    lists = [
        {work["id"] for work in json.loads(path.read_text(encoding="utf-8"))}
        for path in sorted(build.results.glob("article/references.*.json"))
    ]
    assert len(lists) == 2
    assert lists[0] == lists[1]
