"""YAML that people edit: every fault in words of each language, at its line; and nothing that ends in a traceback."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel
from studies import STUDY

from thongthin.basics.problems import Problem, Problems
from thongthin.basics.yaml_models import one_language_keys
from thongthin.basics.yaml_source import load_yaml, validate
from thongthin.contract.loading import read_study
from thongthin.contract.study import Config, Study
from thongthin.read.references import read_references

ROOT = Path(__file__).parents[3]


def loaded(path: Path, text: str | bytes) -> tuple[Any, list[Problem]]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    problems = Problems(file=path.name)
    return load_yaml(path, problems)[0], problems.found


def thai_only(problem: Problem) -> None:
    """The Thai sentence and hint hold no English word but keys, names and what the file holds."""
    for text in (problem.th, problem.hint_th):
        rest = re.sub(
            r"\"[^\"]*\"|'[^']*'|`[^`]*`|ORCID|true|false|th:|\w+:\s|YAML|study\.yml|docs/\S+|new-study", "", text
        )
        assert not re.search(r"[A-Za-z]{2,}", rest.replace("id:", "")), rest
    for text in (problem.en, problem.hint_en):
        assert not re.search("[ก-๛]", re.sub(r'"[^"]*"', "", text)), text


# What people write, the line that is wrong, and what is said of it.
SYNTAX = [
    ("title: Digital: a study\n", 1, "A colon stands within text without quotation marks"),
    ("title:\n  th: ก: ข\n", 2, "A colon stands within text without quotation marks"),
    ("title:\n\tth: x\n", 2, "This line is indented with a tab."),
    ("title:\n  th: x\n\ten: y\n", 3, "This line is indented with a tab."),
    ('a: 1\ntitle: "abc\nx: 1\n', 2, "A quotation mark is opened here and not closed."),
    ("title: 'abc\nx: 1\n", 1, "A quotation mark is opened here and not closed."),
    ("title: 'It's so'\n", 1, "Something stands after the closing quotation mark."),
    ('title: "a" b\n', 1, "Something stands after the closing quotation mark."),
    ("k: 1\na: [1, 2\nb: 3\n", 2, "A bracket [ or { is opened here and not closed"),
    ("a: {x: 1\nb: 3\n", 1, "A bracket [ or { is opened here and not closed"),
    ("a: [1,, 2]\n", 1, "A bracket [ or { is opened here and not closed, or a comma is missing or too much"),
    ("a:\n   b: 1\n  c: 2\n", 3, "This line does not begin where the keys of its group do"),
    ("a: 1\ntitle\nb: 2\n", 3, "This line has no key"),
    ("a: @me\n", 1, "A text that begins with @"),
    ("a: *x\n", 1, "A text that begins with @, `, %, & or *"),
    ("a: !x y\n", 1, "A text that begins with !"),
    ("a: !!python/object:os.system x\n", 1, "A text that begins with !"),
    ('a: "C:\\Users"\n', 1, "A \\ within"),
    ("a: 1\n---\nb: 2\n", 2, "A line of --- or ... divides the file in two."),
    ("a: - b\n", 1, "A list and something else stand in one place."),
    ("- a\nb: c\n", 2, "A list and something else stand in one place."),
    ("a: {{x}}\n", 1, "A key is a word"),
    ("a: ]b\n", 1, "A text that begins with ], } or a comma"),
    ("a: | text\n", 1, "Text stands behind | or >"),
    ("a: &x 1\nb: &x 2\n", 2, "The name behind & stands twice."),
    ("a: 1\na: 2\n", 2, 'The key "a" stands twice in the same place.'),
]


@pytest.mark.parametrize(("text", "row", "en"), SYNTAX, ids=[repr(case[0]) for case in SYNTAX])
@pytest.mark.parametrize("library", ["C", "Python"])
def test_what_is_wrong_with_the_syntax(
    tmp_path: Path, text: str, row: int, en: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if library == "Python":  # an installation without libyaml says the same
        from thongthin.basics import yaml_source

        plain = type("_Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": {}})
        monkeypatch.setattr(yaml_source, "_Loader", plain)
    _, (problem, *others) = loaded(tmp_path / "study.yml", text)
    assert not others and problem.en.startswith(en)
    assert problem.row == row or (library == "Python" and abs((problem.row or 0) - row) <= 1)
    assert problem.hint_en and problem.hint_th
    thai_only(problem)


@pytest.mark.parametrize(
    ("wrong", "mended", "data"),
    [
        ("title: Digital: a study", 'title: "Digital: a study"', {"title": "Digital: a study"}),
        ("email: @home", 'email: "@home"', {"email": "@home"}),
        ("title: !important", 'title: "!important"', {"title": "!important"}),
        ("a: 'It's so'", "a: 'It''s so'", {"a": "It's so"}),
        ('a: "C:\\Users"', 'a: "C:\\\\Users"', {"a": "C:\\Users"}),
        ("a: [b, c", "a: [b, c]", {"a": ["b", "c"]}),
        ("a: | text", "a: |\n  text", {"a": "text"}),
        ("a: - b", "a:\n- b", {"a": ["b"]}),
        ("a: ]b", 'a: "]b"', {"a": "]b"}),
    ],
)
def test_what_a_hint_says_mends_it(tmp_path: Path, wrong: str, mended: str, data: Any) -> None:
    assert loaded(tmp_path / "x.yml", wrong)[1]
    assert loaded(tmp_path / "x.yml", mended) == (data, [])


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "null\n", "~", "---\n", "\ufeff\n"])
def test_an_empty_file_is_told_and_an_empty_list_of_works_is_none(tmp_path: Path, text: str) -> None:
    _, (problem,) = loaded(tmp_path / "study.yml", text)
    assert (problem.kind, problem.en) == ("empty-file", "This file is empty: no key stands in it.")
    thai_only(problem)
    (tmp_path / "references.yml").write_text(text, encoding="utf-8")
    problems = Problems(file="references.yml")
    assert read_references(tmp_path / "references.yml", problems) == [] and not problems.found


@pytest.mark.parametrize(
    ("text", "what"),
    [("hello\n", "plain text"), ("- a\n", "a list"), ("a:1\nb:2\n", "plain text"), ("12\n", "plain text")],
)
def test_a_file_that_is_no_group_of_keys(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "study.yml").write_text(text, encoding="utf-8")
    problems = Problems(file="study.yml")
    assert read_study(tmp_path / "study.yml", problems) is None
    assert [p.en for p in problems] == [f"This file must be a group of keys, but is {what}."]
    thai_only(problems.found[0])


@pytest.mark.parametrize(
    "text", ["- see above\n", "- id: a\n  title: x\n- also this one\n", "- [1, 2]\n", "- null\n", "a: 1\n"]
)
def test_a_work_that_is_no_group_of_keys(tmp_path: Path, text: str) -> None:
    (tmp_path / "references.yml").write_text(text, encoding="utf-8")
    problems = Problems(file="references.yml")
    read_references(tmp_path / "references.yml", problems)
    assert problems.found
    for problem in problems:
        assert problem.row
        thai_only(problem)


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 21)
)


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, "{a: " * 50_000, "- " * 200_000 + "x", "? " * 50_000, BOMB, "a: &a [*a]\n", "a: &a\n  b: *a\n"],
    ids=["brackets", "braces", "dashes", "keys", "bomb", "own list", "own group"],
)
def test_what_would_exhaust_the_machine_is_a_message(tmp_path: Path, text: str) -> None:
    began = time.process_time()
    data, (problem,) = loaded(tmp_path / "study.yml", text)
    assert data is None and time.process_time() - began < 2
    assert problem.row == (None if problem.row is None else problem.row)
    thai_only(problem)


def test_what_stands_without_quotes_is_what_was_written(tmp_path: Path) -> None:
    text = "a: no\nb: 12:30\nc: 012\nd: 2023-09-15\ne: 1_000\nf: 1.5\ng: true\nh:\ni: on\nj: 0\nk: -3\n"
    text += "base: &b {x: 1}\nl: {<<: *b}\n"
    data, problems = loaded(tmp_path / "study.yml", text)
    assert not problems and data == {
        **{
            "a": "no",
            "b": "12:30",
            "c": "012",
            "d": "2023-09-15",
            "e": 1000,
            "f": 1.5,
            "g": True,
            "h": None,
            "i": "on",
        },
        **{"j": 0, "k": -3, "base": {"x": 1}, "l": {"x": 1}},
    }


def test_texts_are_normalised_as_in_tables(tmp_path: Path) -> None:
    data, _ = loaded(tmp_path / "study.yml", "ค\u0e4dา: น\u0e4d\u0e49า\u200bใส\u00a0ๆ\n")
    assert data == {"คำ": "น้ำใส ๆ"}


def every_wrong_value(schema: Any, path: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    """A wrong value for every key of a valid file: of each other type, too small, too large, too long, not spelt so."""
    wrong: list[Any] = [
        "no such thing!",
        -7,
        10**9,
        1.5,
        True,
        [],
        {},
        [[]],
        {"nope": 1},
        [None],
        None,
        "",
        "\u0e01" * 500,
    ]
    found = [(path, value) for value in wrong] if path else []
    if isinstance(schema, dict):
        for key, below in schema.items():
            found += every_wrong_value(below, (*path, key))
    elif isinstance(schema, list):
        found += every_wrong_value(schema[0], (*path, 0)) if schema else []
    return found


def with_value(content: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    if isinstance(content, dict):
        return {**content, path[0]: with_value(content[path[0]], path[1:], value)}
    return [with_value(content[0], path[1:], value), *content[1:]]


FULL = {
    **STUDY,
    "reporting": {"coreq": {"1": {"th": "ก", "en": "a"}}},
    "coding": {"files": [{"file": "a", "format": "refi", "unit": "utf8"}], "keep": ["memos"]},
    "authors": [{**STUDY["authors"][0], "orcid": "0000-0002-1825-0097"}],
    "qca": {
        "cases": "site",
        "outcome": {"id": "O", "construct": "success", "anchors": {"fully_out": 1, "crossover": 2, "fully_in": 3}},
        "conditions": [{"id": "A", "theme": "attitude", "measure": "present", "expected": "present"}] * 1
        + [{"id": "B", "theme": "skills", "measure": "present"}],
        "robustness": {"crossover": [0.1]},
    },
}


@pytest.mark.parametrize(("model", "content"), [(Study, FULL), (Config, Config(studies=["x"]).model_dump())])
def test_whatever_is_wrong_is_said_in_words_of_each_language(model: type[BaseModel], content: dict[str, Any]) -> None:
    problems = Problems(file="study.yml")
    validate(model, content, {}, problems)
    assert problems.found == []
    told = 0
    for path, value in every_wrong_value(content):
        problems = Problems(file="study.yml")
        validate(model, with_value(content, path, value), {}, problems)
        for problem in problems:
            told += 1
            assert "does not fit here" not in problem.en, (path, value, problem)
            assert not re.search(r"valid|Input|should|pydantic|String|List", problem.en), problem.en
            rest = re.sub(r"\"[^\"]*\"|\([^)]*\)|" + "|".join(KEYS), "", problem.th)
            assert not re.search("[A-Za-z]{3,}", rest), (problem.th, rest)
    assert told > 500


# Keys and words of study.yml that a Thai sentence names.
KEYS = sorted(
    {
        *re.findall(r"[a-z_]{3,}", str(Study.model_json_schema())),
        "ORCID",
        "model",
        "framework",
        "numeric",
        "true",
        "false",
    },
    key=len,
    reverse=True,
)


def mutated(text: str, random_: random.Random) -> str:
    """A text with one to three accidents: something lost, put in, doubled or cut off."""
    for _ in range(random_.randrange(1, 4)):
        at = random_.randrange(len(text))
        to = min(len(text), at + random_.choice([1, 3, 10, 200]))
        sign = random_.choice([*"\"':{}[]-&*!|>%@`#,\t\n \u200e“?", "\n- ", ": ", "<<: ", "---\n"])
        text = random_.choice([text[:at] + text[to:], text[:at] + sign + text[at:], text[:to] + text[at:], text[:at]])
        text = text or "x"
    return text


@pytest.mark.parametrize("name", ["study.yml", "references.yml"])
def test_accidents_end_in_messages_of_both_languages(tmp_path: Path, name: str) -> None:
    whole = (ROOT / "data" / "raw" / "khon-kaen" / name).read_text(encoding="utf-8")
    random_, path = random.Random(name), tmp_path / name
    for _ in range(100):
        path.write_text(mutated(whole, random_), encoding="utf-8")
        problems = Problems(file=name)
        read_study(path, problems) if name == "study.yml" else read_references(path, problems)
        for problem in problems:
            assert problem.th and not problem.en.startswith("The structure of this file cannot be read")
            assert "does not fit here" not in problem.en
            assert re.search("[ก-ฮ]", problem.th)


def test_texts_in_one_language_are_told_once(tmp_path: Path) -> None:
    content = {
        **STUDY,
        "title": "การศึกษา",
        "keywords": ["ก", "ข"],
        "province": {"th": "ขอนแก่น"},
        "groups": [{"id": "official", "label": {"en": "Officials", "th": None}}, *STUDY["groups"][1:]],
    }
    problems = Problems(file="study.yml")
    study = validate(Study, content, {}, problems)
    assert study and not problems.found
    assert (study.title.en, study.keywords.en, study.province.en) == ("การศึกษา", ["ก", "ข"], "ขอนแก่น")
    assert study.groups[0].label.th == "Officials"
    assert list(one_language_keys(study)) == [
        (("title",), "th"), (("keywords",), "th"), (("province",), "th"), (("groups", 0, "label"), "en"),
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["2024-09-15", "15/9/2567", "15 กันยายน 2567", "๑๕ ก.ย. ๒๕๖๗", "15 September 2024"])
def test_days_are_written_as_in_tables(tmp_path: Path, written: str) -> None:
    problems = Problems(file="study.yml")
    study = validate(Study, {**STUDY, "date": written}, {}, problems)
    assert study and str(study.date) == "2024-09-15"
