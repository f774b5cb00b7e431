"""Sentences that compare or count: which are, what covers them, and signs typed before values that bring their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from thongthin.basics.language import Language
from thongthin.present.claims.bound import bound_in, word_of
from thongthin.present.claims.signs import typed_before
from thongthin.present.manuscript.comparing import counted, unbound
from thongthin.present.manuscript.passages import Manuscript
from thongthin.present.manuscript.reader import read_manuscript
from thongthin.present.render.tree import Document, read_document


def document(folder: Path, text: str, language: Language = "en") -> Document:
    path = folder / f"article.{language}.qmd"
    path.write_text(f"---\nlang: {language}\n---\n\n{text}\n", encoding="utf-8")
    return read_document(path)


def manuscript(folder: Path, text: str, language: Language = "en") -> Manuscript:
    return read_manuscript(document(folder, text, language), "article", language, f"report/x/article.{language}.qmd")


@pytest.mark.parametrize(
    ("language", "sentence", "word"),
    [
        ("en", "Budget scores higher than attitude.", "higher"),
        ("en", "All participants speak of it.", "All"),
        ("en", "It rose from one to the other.", "rose"),
        ("en", "Attitude is not significant.", "significant"),
        ("en", "They spoke of their work.", ""),
        ("en", "Money ends with the purchase.", ""),
        ("en", "Skills matter more [@somebody2020].", ""),  # the finding of a work that is cited
        ("en", "One said: “nobody has more than we have”.", ""),
        ("th", "งบประมาณสูงกว่าทัศนคติ", "สูงกว่า"),
        ("th", "ผู้ให้ข้อมูลส่วนใหญ่พูดถึง", "ส่วนใหญ่"),
        ("th", "เจ้าหน้าที่เล่าถึงงานของตน", ""),
    ],
)
def test_which_sentences_compare(tmp_path: Path, language: Language, sentence: str, word: str) -> None:
    heading = {"en": "# Findings", "th": "# ผลการวิจัย"}[language]
    found = list(unbound(manuscript(tmp_path, f"{heading}\n\n{sentence}", language)))
    assert [one.word for one in found] == ([word] if word else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "[Budget scores higher than attitude]{claim=x}.",
        "[Budget is worth more than money]{.interpretation}.",
        "They differ most in {{< value words.most >}}.",
    ],
)
def test_what_covers_them(tmp_path: Path, sentence: str) -> None:
    assert not list(unbound(manuscript(tmp_path, f"# Findings\n\n{sentence}")))


def test_a_claim_covers_only_its_own_words(tmp_path: Path) -> None:
    text = "# Findings\n\n[Budget scores higher]{claim=x}, and most people say so."
    assert [one.word for one in unbound(manuscript(tmp_path, text))] == ["most"]
    assert counted(manuscript(tmp_path, text)).unbound == 1


def test_the_method_is_not_asked(tmp_path: Path) -> None:
    text = "# Method\n\nMost items were reversed.\n\n# Findings\n\n## Sites\n\nMost say so."
    found = list(unbound(manuscript(tmp_path, text)))
    assert [(one.section.title, one.line) for one in found] == [("Sites", 13)]


def test_bound_sentences_have_their_place(tmp_path: Path) -> None:
    read = document(tmp_path, "# Findings\n\nWe see [that *most*\n{{< value a.b.c >}} differ]{claim=x}.")
    (found,) = bound_in(read, "report/x")
    assert (found.claim, found.file, found.line) == ("x", "report/x/article.en.qmd", 7)
    assert found.text == "that most {{< value a.b.c >}} differ"
    assert word_of("words.Most_different") == "words.most_different"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (r"(*p*\ {{< value outcome_model.skills.p >}})", False),
        (r"(*p*\ =\ {{< value outcome_model.skills.p >}})", True),
        ("(*p* < {{< value outcome_model.skills.p >}})", True),
        ("($p =$ {{< value outcome_model.skills.p >}})", True),
        ("(b = {{< value outcome_model.skills.estimate >}}, *p* {{< value outcome_model.skills.p >}})", False),
        ("(b = {{< value outcome_model.skills.estimate >}})", False),
    ],
)
def test_signs_that_were_typed(tmp_path: Path, text: str, refused: bool) -> None:
    assert bool(list(typed_before(document(tmp_path, f"# Findings\n\n{text}")))) == refused
