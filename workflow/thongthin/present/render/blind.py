"""The copy for reviewers who are not to know who wrote the article: no names, affiliations, ethics number, thanks.

What the study says of its authors is left out, so that no template can print it and no file have it among its
properties. In the text, sections and paragraphs that speak of the authors by their office (acknowledgements, funding,
contributions) go, and so does each name wherever else it stands. References are left as they are: works of one's own
are cited like those of others, as journals ask.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from thongthin.basics.language import Language
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.yaml_models import Bilingual
from thongthin.contract.study import Study
from thongthin.present.render.markup import DIV, mask

WITHHELD: dict[Language, str] = {"th": "[ปกปิดไว้ระหว่างการประเมิน]", "en": "[withheld for review]"}

# How headings and bold beginnings of paragraphs that speak of the authors begin, in small letters.
OF_AUTHORS = (
    *(
        "acknowledg",
        "funding",
        "financial support",
        "author contribution",
        "authors' contribution",
        "authors’ contribution",
    ),
    *("contributions of", "about the author", "author note", "author information", "orcid", "correspond"),
    *("กิตติกรรมประกาศ", "คำขอบคุณ", "ขอขอบคุณ", "แหล่งทุน", "แหล่งเงินทุน", "ทุนสนับสนุน", "ทุนวิจัย", "การสนับสนุนทุน"),
    *("การสนับสนุนทางการเงิน", "บทบาทของผู้", "บทบาทผู้", "การมีส่วนร่วมของผู้", "ประวัติผู้", "เกี่ยวกับผู้", "ผู้ประพันธ์บรรณกิจ"),
)
# The number of an approval: digits with a letter, a point, a stroke ... among them ("HE663001", "COA 12/2566").
_NUMBER = re.compile(r"[A-Za-z\u0e00-\u0e7f]*\d[\w./-]*\d|[A-Za-z]{2,}\d+")
_LEAST_NUMBER = 5
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<text>.*?)[ \t]*(?:\{[^}\n]*\})?[ \t]*$")
_BOLD = re.compile(r"^(?:\*\*|__)(?P<text>.+?)(?:\*\*|__)")


def without_authors(study: Study) -> Study:
    """A study that says nothing of its authors, nor of the committee that approved it."""
    ethics = Bilingual(th=WITHHELD["th"], en=WITHHELD["en"]) if study.ethics else None
    return study.model_copy(update={"authors": [], "ethics": ethics})


def identifying(study: Study, besides: Collection[str] = ()) -> list[str]:
    """What tells who wrote an article: names, affiliations, addresses, ORCID iDs, ethics numbers; the longest first.

    Args:
        besides: what the study speaks of itself, such as the names of its sites: these are no secret.
    """
    found: set[str] = set()
    for author in study.authors:
        for own in (author.name, author.affiliation):
            found |= {own.th, own.en} if own else set()
        found |= {text for text in (author.email, author.orcid) if text}
    for text in (study.ethics.th, study.ethics.en) if study.ethics else ():
        numbers = (number for number in _NUMBER.findall(text) if not number.isdecimal())
        found |= {number for number in numbers if len(number) >= _LEAST_NUMBER}
    return sorted(found - {*besides}, key=lambda text: (-len(text), text))


def withheld(text: str, names: Collection[str], language: Language, *, markdown: bool = True) -> str:
    """The text with what stands in place of each of the names.

    Args:
        markdown: whether the text is Markdown, in which names may be escaped.
    """
    instead = escape_markdown(WITHHELD[language]) if markdown else WITHHELD[language]
    for name in names:
        text = _standing(name).sub(lambda _: instead, text)
    return text


def _standing(name: str) -> re.Pattern[str]:
    """Where a name stands, escaped or not. One of a single word must stand alone: it may be a part of another word."""
    own = r"\s+".join("".join(rf"\\?{re.escape(sign)}" for sign in word) for word in name.split())
    thai = re.search(r"[\u0e00-\u0e7f]", name) and " " in name  # words of Thai prose stand next to each other
    return re.compile(own if thai else rf"(?<!\w){own}(?!\w)")


def without_offices(text: str) -> str:
    """Markdown without the sections and paragraphs that speak of the authors; each line stands where it stood."""
    lines = text.split("\n")
    for number in _of_authors(mask(text).split("\n")):
        lines[number] = ""
    return "\n".join(lines)


def _of_authors(lines: list[str]) -> Iterator[int]:
    """The numbers of these lines."""
    under = depth = 0  # level of the heading whose section goes, and how many blocks are open in it
    for number, line in enumerate(lines):
        heading, bold, fence = _HEADING.match(line), _BOLD.match(line), DIV.match(line)
        if fence and under:
            depth += 1 if fence["rest"] else -1
        if depth < 0 or (heading and under and len(heading["marks"]) <= under):  # the section ends with its block
            under = depth = 0
        if heading and not under and _speaks_of_authors(heading["text"]):
            under = len(heading["marks"])
        if under or (bold and _speaks_of_authors(bold["text"])):
            yield number


def _speaks_of_authors(title: str) -> bool:
    return re.sub(r"^[\d.\s]+|[*_]", "", title).strip().lower().startswith(OF_AUTHORS)
