"""What the documents show beside their text, and the notebooks: figures, references."""

from __future__ import annotations

import json

import pytest
from built import Build, loads
from PIL import Image


def test_notebooks_need_no_network(build: Build) -> None:
    for path in build.results.glob("notebooks/*.html"):
        assert not loads(path.read_text(encoding="utf-8")), path.name


def test_figures_are_wide_enough_for_print(build: Build) -> None:
    """That they show something is seen to where they are drawn."""
    figures = sorted(build.results.glob("article/*/figures/*.png"))
    if not figures:
        pytest.skip("the articles show no figure")
    for path in figures:
        with Image.open(path) as image:
            inches = image.width / image.info["dpi"][0]
            assert image.width >= 1500 and 5 < inches < 7, f"{path.name}: {image.width} dots, {inches:.1f} inches"


def test_both_languages_list_the_same_works(build: Build) -> None:
    lists = [
        {work["id"] for work in json.loads(path.read_text(encoding="utf-8"))}
        for path in sorted(build.results.glob("article/references.*.json"))
    ]
    assert len(lists) == 2
    assert lists[0] == lists[1]
