"""A study whose sites say where they lie: its maps from sites.csv to the documents, and to what is published."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from PIL import Image
from project import Project

SAID = {
    "en": "![Sites.](figures/{}){{#fig-{} fig-alt='Map of the sites.'}}",
    "th": "![พื้นที่](figures/{}){{#fig-{} fig-alt='แผนที่พื้นที่'}}",
}


@pytest.fixture(scope="module")
def mapped(small: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small study with the coordinates of its sites, and both maps in its articles."""
    project = small.copy(tmp_path_factory.mktemp("mapped"))
    header, *rows = (project.root / "data/raw/small/sites.csv").read_text(encoding="utf-8-sig").splitlines()
    placed = [f"{row},16.{40 + 5 * n},102.{80 - 7 * n},4001" for n, row in enumerate(rows)]
    project.write("data/raw/small/sites.csv", "\n".join([f"{header},latitude,longitude,code", *placed, ""]))
    for language, said in SAID.items():
        path = f"report/small/article.{language}.qmd"
        figures = "\n\n".join(said.format(name, name.replace("_", "-")) for name in ("theme_map", "scale_map"))
        text = (project.root / path).read_text(encoding="utf-8")
        first = text.index("\n## ") if "\n## " in text else text.index("\n# ", text.index("\n# ") + 1)
        project.write(path, f"{text[:first]}\n\n{figures}\n{text[first:]}")
    settings = yaml.safe_load((project.root / "config/config.yml").read_text(encoding="utf-8"))
    project.write("config/config.yml", yaml.safe_dump({**settings, "formats": ["html"]}))
    project.build("results/small/exhibits.csv", *(f"results/small/article.{language}.html" for language in SAID))
    return project


def test_places_set_off_what_shows_them_and_stand_in_the_documents(mapped: Project) -> None:
    places = mapped.table("data/processed/small/site_places.csv")
    assert {row["known_by"] for row in places} == {"coordinates"}
    assert {row["place_en"] for row in places} == {"Mueang Khon Kaen, Khon Kaen"}
    numbers = mapped.table("results/small/article/figures/theme_map.csv")
    assert any(row["key"].startswith("themes_by_site.S01.") for row in numbers)
    for language, most in (("en", "largest for "), ("th", "มากที่สุด ")):
        folder = mapped.root / "results/small/article" / language / "figures"
        page = (mapped.root / f"results/small/article.{language}.html").read_text(encoding="utf-8")
        for name in ("theme_map", "scale_map"):
            told = (folder / f"{name}.txt").read_text(encoding="utf-8").strip()
            assert most in told and told.split(" (")[0] in page
            with Image.open(folder / f"{name}.png") as picture:
                assert picture.width > 1800
    exhibits = [row["name"] for row in mapped.table("results/small/exhibits.csv") if row["kind"] == "figure"]
    assert {"theme_map", "scale_map"} <= set(exhibits)


def test_a_map_of_few_is_not_published_and_places_only_with_a_map(mapped: Project, simulated: Project) -> None:
    public = Path("results/small/public")
    mapped.build(f"{public}/article", f"{public}/names")
    told = (mapped.root / public / "article/en/figures/theme_map.txt").read_text(encoding="utf-8")
    assert told.startswith("This figure is not published")
    assert mapped.table(f"{public}/article/figures/theme_map.csv") == []
    assert (mapped.root / public / "names/site_places.csv").is_file()
    assert not (simulated.root / public / "names/site_places.csv").exists()
