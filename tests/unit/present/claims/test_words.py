"""Words that data decide: numbers, lists and shares in both languages, choices, and what is said where it is open."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.present.claims.bound import Bound
from thongthin.present.claims.conditions import Fault
from thongthin.present.claims.counting_words import counted, listed, number_word, of_all, ordinal_word
from thongthin.present.claims.evaluation import Evaluation
from thongthin.present.claims.file import ClaimsFile, read_claims
from thongthin.present.claims.judging import broken, judge, say_words
from thongthin.present.claims.known import Known
from thongthin.present.claims.words import Speech, reads

SITE = ("site", "sites", "พื้นที่")


@pytest.mark.parametrize(
    ("number", "en", "th"),
    [
        (0, "zero", "ศูนย์"),
        (1, "one", "หนึ่ง"),
        (10, "ten", "สิบ"),
        (11, "eleven", "สิบเอ็ด"),
        (12, "twelve", "สิบสอง"),
        (20, "twenty", "ยี่สิบ"),
        (21, "twenty-one", "ยี่สิบเอ็ด"),
        (45, "forty-five", "สี่สิบห้า"),
        (99, "ninety-nine", "เก้าสิบเก้า"),
        (1234, "1,234", "1,234"),
    ],
)
def test_numbers(number: int, en: str, th: str) -> None:
    assert (number_word(number, "en"), number_word(number, "th")) == (en, th)


@pytest.mark.parametrize(
    ("number", "en", "th"),
    [
        (1, "first", "ที่หนึ่ง"),
        (3, "third", "ที่สาม"),
        (6, "sixth", "ที่หก"),
        (12, "twelfth", "ที่สิบสอง"),
        (20, "twentieth", "ที่ยี่สิบ"),
        (22, "twenty-second", "ที่ยี่สิบสอง"),
        (101, "101st", "ที่ 101"),
        (112, "112th", "ที่ 112"),
    ],
)
def test_places_in_an_order(number: int, en: str, th: str) -> None:
    assert (ordinal_word(number, "en"), ordinal_word(number, "th")) == (en, th)


def test_lists_have_the_joints_of_their_language() -> None:
    assert listed(["a", "b", "c"], "en") == "a, b and c"
    assert listed(["a", "b"], "en") == "a and b"
    assert listed(["การสื่อสาร", "โครงสร้างพื้นฐาน"], "th") == "การสื่อสารและโครงสร้างพื้นฐาน"
    assert listed(["ทักษะ", "การสื่อสาร", "งบประมาณ"], "th") == "ทักษะ การสื่อสาร และงบประมาณ"
    assert listed(["QCA", "การสื่อสาร"], "th") == "QCA และการสื่อสาร"
    assert [listed([], language) for language in ("en", "th")] == ["none", "ไม่มี"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "among", "en", "th"),
    [
        (6, 6, "all six sites", "ทั้งหกพื้นที่"),
        (2, 2, "both sites", "ทั้งสองพื้นที่"),
        (1, 1, "the only site", "พื้นที่เดียวที่มี"),
        (2, 3, "two of the three sites", "สองในสามพื้นที่"),
        (0, 3, "none of the three sites", "ไม่มีพื้นที่ใด"),
    ],
)
def test_how_many_of_how_many(number: int, among: int, en: str, th: str) -> None:
    assert (of_all(number, among, SITE, "en"), of_all(number, among, SITE, "th")) == (en, th)


def test_without_a_noun() -> None:
    assert [of_all(n, 3, None, "en") for n in (0, 2, 3)] == ["none", "two of three", "all three"]
    assert [of_all(n, 3, None, "th") for n in (0, 2, 3)] == ["ไม่มี", "สองในสาม", "ทั้งสาม"]
    assert [counted(n, SITE, "en") for n in (0, 1, 2)] == ["no sites", "one site", "two sites"]
    assert [counted(n, SITE, "th") for n in (0, 2)] == ["ไม่มีพื้นที่ใด", "สองพื้นที่"]


CLAIMS = """\
sites_differ:
  - largest(1, site_comparison.*.single.epsilon_squared) = [skills]
  - smallest(1, site_comparison.*.single.epsilon_squared) = [attitude]
open_one: significant(site_comparison.skills.single.p)
words:
  most_different: names(largest(2, site_comparison.*.single.epsilon_squared))
  strong: names(site_comparison.*.single.epsilon_squared > 0.35)
  how_many: how_many(site_comparison.*.single.epsilon_squared > 0.35, factor)
  sites: number(sample.sites.all.n, site)
  after: ordinal(saturation.all.point)
  attitude_too:
    - {when: site_comparison.attitude.single.epsilon_squared > 0.05, th: แม้ในทัศนคติ, en: even in attitude}
    - {th: ยกเว้นทัศนคติ, en: but for attitude}
  open_word: names(significant(site_comparison.*.single.p))
names:
  skills: {th: ทักษะ, en: skills}
nouns:
  factor: {one: factor, several: factors, th: ด้าน}
  site: {one: site, several: sites, th: พื้นที่}
"""
NAMES: dict[Language, dict[str, str]] = {
    "th": {"skills": "ทักษะของบุคลากร", "budget": "งบประมาณ", "attitude": "ทัศนคติ"},
    "en": {"skills": "digital skills of staff", "budget": "budget", "attitude": "attitude"},
}


def known() -> Known:
    worth = {
        f"site_comparison.{f}.single.epsilon_squared": e
        for f, e in (("skills", 0.4), ("budget", 0.3), ("attitude", 0.1))
    }
    worth |= {f"site_comparison.{f}.single.p": math.nan for f in ("skills", "budget", "attitude")}
    worth |= {"sample.sites.all.n": 3, "saturation.all.point": 6}
    text = [f"{value:g}" for value in worth.values()]
    return Known.computed(
        pd.DataFrame({"key": list(worth), "value": list(worth.values()), "text_th": text, "text_en": text}), {}
    )


@pytest.fixture
def file(tmp_path: Path) -> ClaimsFile:
    path = tmp_path / "claims.yml"
    path.write_text(CLAIMS, encoding="utf-8")
    problems = Problems()
    read = read_claims(path, problems.at("claims.yml"))
    assert not problems.found
    return read


def test_words_of_a_study(file: ClaimsFile) -> None:
    said, unsaid = say_words(file, known(), 0.05, NAMES)
    texts = reads(said)
    assert texts["en"]["words.most_different"] == "skills and budget"
    assert texts["th"]["words.most_different"] == "ทักษะและงบประมาณ"
    assert texts["en"]["words.Most_different"] == "Skills and budget"
    assert texts["en"]["words.strong"] == "skills"
    assert (texts["en"]["words.how_many"], texts["th"]["words.how_many"]) == ("one of the three factors", "หนึ่งในสามด้าน")
    assert (texts["en"]["words.sites"], texts["th"]["words.sites"]) == ("three sites", "สามพื้นที่")
    assert (texts["en"]["words.after"], texts["th"]["words.after"]) == ("sixth", "ที่หก")
    assert texts["th"]["words.attitude_too"] == "แม้ในทัศนคติ"
    assert texts["en"]["words.open_word"] == "–"
    assert [finding.claim for finding in unsaid] == ["words.open_word"]


def test_a_name_that_nobody_gave_is_asked_for(file: ClaimsFile) -> None:
    file.names.clear()
    speech = Speech(Evaluation(known()), file, {"th": {}, "en": {}})
    with pytest.raises(Fault) as caught:
        speech.say(file.words["most_different"])
    assert "names: skills: {th: ..., en: ...}" in caught.value.hint_en


def test_what_does_not_hold_is_told_with_its_sentence_and_its_values(file: ClaimsFile) -> None:
    sentences = [
        Bound("sites_differ", "report/x/article.en.qmd", 12, "They differ most in skills."),
        Bound("open_one", "report/x/article.th.qmd", 14, "มีนัยสำคัญ"),
        Bound("words.open_word", "report/x/article.th.qmd", 15, "{{< value words.open_word >}}"),
    ]
    found = judge(file, known(), 0.05, [one.claim for one in sentences])
    _, unsaid = say_words(file, known(), 0.05, NAMES)
    told = broken([*found, *unsaid], sentences)
    assert [finding.holds for finding in found] == [True, True, None]
    assert len(told) == 2
    en, th = told[0]
    assert en.startswith("report/x/article.th.qmd, line 14: “มีนัยสำคัญ”")
    assert "claims.yml, line 4" in en
    assert "now: site_comparison.skills.single.p nan" in en
    assert "ไม่จริงและไม่เท็จ" in th


def test_a_false_claim_names_all_values(file: ClaimsFile) -> None:
    other = known()
    changed = {**other.worth, "site_comparison.attitude.single.epsilon_squared": 0.35}
    other.worth = changed
    found = judge(file, other, 0.05, ["sites_differ"])
    assert [finding.holds for finding in found] == [True, False]
    assert len(found[1].values) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [1, {b: c}]", ""),
        ("a b: x.y = 1", '"a b"'),
        ("words: {x: 3}", ""),
        ("words: {x: [{when: a.b.c = 1, th: ก}]}", ""),
        ("names: {x: skills}", ""),
        ("- a", "must be a group of keys"),
        ("a: 1\na: 2", "stands twice"),
    ],
)
def test_a_file_that_can_not_be_read_is_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "claims.yml"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    assert read_claims(path, problems.at("claims.yml")).claims == {}
    assert problems.found
    assert said in " ".join(problem.en for problem in problems.found)
