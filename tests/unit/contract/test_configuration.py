"""What config/ says of each key is made from the models: schemas, the table of the README, comments in config.yml."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from thongthin.basics.language import has_thai
from thongthin.basics.problems import Problems
from thongthin.contract.configuration import BEGIN, PAGES, keys, schemas, with_comments, with_key_table, write
from thongthin.contract.loading import load_config
from thongthin.contract.study import Config

ROOT = Path(__file__).parents[3]
CONFIG = ROOT / "config" / "config.yml"
AGAIN = "is out of date; write it again with: python -m thongthin.contract.configuration"


@pytest.mark.parametrize("name", ["config", "study", "claims"])
def test_schemas_for_editors_are_current(name: str) -> None:
    path = ROOT / "config" / "schema" / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == schemas()[path.name], f"{path.name} {AGAIN}"


@pytest.mark.parametrize("page", PAGES)
def test_the_tables_of_keys_are_current(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert with_key_table(text, PAGES[page]) == text, f"{page} {AGAIN}"


def test_the_comments_are_current() -> None:
    text = CONFIG.read_text(encoding="utf-8")
    assert with_comments(text) == text, f"config/config.yml {AGAIN}"


def test_every_key_is_explained_in_both_languages() -> None:
    names = [key.name for key in keys()]
    assert len(names) == len(set(names)) > 40
    assert [key.name for key in keys() if not key.en.endswith(".") or has_thai(key.en) or not has_thai(key.th)] == []


def test_every_key_names_the_same_words_in_both_languages() -> None:
    def named(text: str) -> set[str]:
        return {word for word in re.findall(r"`([^`]+)`", text) if not has_thai(word)}

    assert [key.name for key in keys() if named(key.en) != named(key.th)] == []


@pytest.mark.parametrize(("page", "none"), [("docs/configuration.md", "none"), ("docs/th/configuration.md", "ไม่มี")])
def test_a_guide_explains_every_key_in_its_own_language(page: str, none: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for key in keys():
        default = {"": " ", "none": f" {none} "}.get(key.default, f" `{key.default}` ")
        assert f"| `{key.name}` |{default}| {key.th if none == 'ไม่มี' else key.en} |\n" in text


def test_the_committed_configuration_states_every_key_and_its_default() -> None:
    problems = Problems()
    config = load_config(ROOT, problems)
    assert config, problems.found
    assert config.analysis == Config(studies=["x"]).analysis
    stated = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    for key in keys():
        at = stated
        for part in key.name.split("."):
            assert part in at, f"config.yml lacks {key.name}"
            at = at[part]


def test_the_default_of_the_table_is_what_stands_in_yaml() -> None:
    shown = {key.name: key.default for key in keys()}
    assert shown["languages"] == "[th, en]"
    assert shown["analysis.agreement.least.each_code"] == "false"
    assert shown["analysis.scales.bands"] == "rounding"
    assert (shown["studies"], shown["analysis.quotes.local_themes"]) == ("", "none")


def test_what_was_changed_by_hand_is_mended_and_all_else_stays(tmp_path: Path) -> None:
    pages = {page: (ROOT / page).read_text(encoding="utf-8") for page in PAGES}
    config = CONFIG.read_text(encoding="utf-8")
    own = re.sub(r"unit: turn .*", "unit: segment  # mine", config).replace("studies:", '# a "b: c" # d\nstudies:')
    for page, text in pages.items():
        (tmp_path / page).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / page).write_text(text.replace("| `100` |", "| `99` |"), encoding="utf-8")
    (tmp_path / "config" / "config.yml").write_text(own, encoding="utf-8")
    write(tmp_path)
    assert {page: (tmp_path / page).read_text(encoding="utf-8") for page in PAGES} == pages
    written = (tmp_path / "config" / "config.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(written) == yaml.safe_load(own)
    assert "    unit: segment         # segment | turn | participant | character\n" in written
    assert '# a "b: c" # d\n' in written


@pytest.mark.parametrize("page", ["# Configuration\n", f"# Configuration\n{BEGIN}\n"])
def test_a_page_without_the_table_is_told(page: str) -> None:
    with pytest.raises(ValueError, match="no table stands between"):
        with_key_table(page, ("en", "th"))


def test_editors_take_the_claims_of_the_demonstration_and_tell_of_slips() -> None:
    schema = json.loads(schemas()["claims.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    path = ROOT / "report" / "khon-kaen" / "claims.yml"
    assert path.read_text(encoding="utf-8").startswith(
        "# yaml-language-server: $schema=../../config/schema/claims.schema.json\n"
    )
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert list(validator.iter_errors(content)) == []
    slips = [{"claim": 3}, {"nouns": {"site": {"one": "site"}}}, {"differences": [{"section": "a"}]}, {"words": []}]
    assert all(list(validator.iter_errors(content | slip)) for slip in slips)
