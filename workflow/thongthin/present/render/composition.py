"""What a document says, with everything in it that it asks its study for: the text that both engines render.

The document is the article or its supplement, in one language. What it shows of the study is put beside it, and nothing
else: a number, quote or work that it does not show leaves every byte here as it is, so that the document need not be
rendered again. Whatever comes from the study is plain text, and is escaped here or put into JSON, which the filters
treat as plain text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

import yaml

from thongthin.basics.files import write_text
from thongthin.basics.language import Language, format_date
from thongthin.basics.markdown import escape_markdown
from thongthin.contract.documents import Document, is_blind, written
from thongthin.contract.study import Author, Study
from thongthin.present.render.blind import identifying, with_coders, withheld, without_authors, without_names
from thongthin.present.render.characters import replacements
from thongthin.present.render.requested import Named, named_in
from thongthin.present.render.source import read_source
from thongthin.present.render.thai_words import names_of_places, unbroken_words
from thongthin.present.render.tree import tree_of
from thongthin.read.references import LOCALES

OTHER: dict[Language, Language] = {"th": "en", "en": "th"}
# Of the first and the second list of references, by the language of the article.
STYLES: dict[Language, tuple[str, str]] = {
    "th": ("styles/thai.csl", "styles/translated.csl"),
    "en": ("styles/english.csl", "styles/thai.csl"),
}


@dataclass(frozen=True)
class Words:
    """What the article says by itself in one language."""

    figure: str
    table: str
    section: str
    keywords: str
    ethics: str
    corresponding: str
    translated: str
    skip: str
    contents: str
    abstract: str
    enlarge: str
    page_links: str
    evidence_of: str
    name: str
    supplement: str
    notice: str
    running_notice: str


WORDS: dict[Language, Words] = {
    "th": Words(
        figure="ภาพที่",
        table="ตารางที่",
        section="หัวข้อ",
        keywords="คำสำคัญ:",
        ethics="จริยธรรมการวิจัย",
        corresponding="ผู้ประพันธ์บรรณกิจ",
        translated="แปลจากภาษาอังกฤษ",
        skip="ข้ามไปยังเนื้อหา",
        contents="สารบัญ",
        abstract="บทคัดย่อ",
        enlarge="ขยายหรือย่อภาพที่",
        page_links="ภาษาและสารบัญ",
        evidence_of="หลักฐานของข้อความนี้",
        name="ภาษาไทย",
        supplement="เอกสารประกอบบทความ:",
        notice="ข้อมูลจำลอง: ข้อมูลทั้งหมดในบทความนี้สร้างขึ้นเพื่อการสาธิต มิใช่ข้อมูลจริง",
        running_notice="ข้อมูลจำลอง มิใช่ข้อมูลจริง",
    ),
    "en": Words(
        figure="Figure",
        table="Table",
        section="Section",
        keywords="Keywords:",
        ethics="Ethics.",
        corresponding="Corresponding author",
        translated="translated from Thai",
        skip="Skip to the article",
        contents="Contents",
        abstract="Abstract",
        enlarge="Enlarge or shrink figure",
        page_links="Language and contents",
        evidence_of="Evidence of this statement",
        name="English",
        supplement="Supplement to:",
        notice="Simulated data: all data in this article were made up for demonstration.",
        running_notice="Simulated data, not collected in the field",
    ),
}


class Quote(TypedDict):
    """What was said, and by whom. `translation` is into the article's language, empty where there is none."""

    text: str
    translation: str
    language: Language
    participant: str
    group: str
    site: str


def compose(  # noqa: PLR0913 - the tables and choices, each by its name
    folder: Path,
    *,
    study: Study,
    document: Document = "article",
    language: Language,
    languages: Collection[Language] = ("th", "en"),
    article: Path,
    values: Mapping[str, str],
    quotes: Mapping[str, Quote],
    references: Mapping[Language, Path],
    tables: Path,
    sites: Collection[str] = (),
    coders: Collection[str] = (),
    left_out: Collection[int] = (),
    marked: Collection[str] = (),
    named: Named | None = None,
) -> None:
    """Write what a document says into a folder: the same content gives the same bytes.

    `article.qmd` is the text with its tables and included files in it; `values.json`, `quotes.json` and
    `references.{th,en}.json` hold the values, quotes and works that it names; `words.json` the Thai words in them that
    are not to be broken (see `thai_words`); `metadata.yml` is what `metadata` says.

    Args:
        folder: where to; made if it is not there.
        study: what `study.yml` says.
        document: whether it is the article or its supplement, or a copy of either without names.
        language: of the document.
        languages: in which the document is made.
        article: the source, `report/<study>/<document>.<language>.qmd`; it must have passed `check_article`.
        values: how each value reads in this language, by its key.
        quotes: by their id.
        references: CSL-JSON of the study's works in both languages.
        tables: folder of the tables, as Markdown.
        sites: the names of the sites, in either language.
        coders: ids of those who coded the interviews: a copy without names does not say them.
        left_out: first lines of the blocks of the article that the study has not what it takes for.
        marked: the claims whose sentences are marked, since they do not hold.
        named: what it shows of the study, with its tables, where its tree was read already.

    Raises:
        OSError: a source can't be read.
        PandocFailed: pandoc can't read it, or not in time.
    """
    source = read_source(article, left_out, tables)
    text = source.text
    names: list[str] = []
    if is_blind(document):
        names = identifying(study, sites)
        text, named = without_names(tree_of(source), names, language, coders)
        study = without_authors(study)
    elif named is None:
        named = named_in(tree_of(source).blocks)
    text = with_coders(text)
    shown = {key: withheld(values[key], names, language, markdown=False) for key in values if key in named.values}
    said = {id_: _said(quote, language) for id_, quote in quotes.items() if id_ in named.quotes}
    works = {
        own: [work for work in json.loads(path.read_text(encoding="utf-8")) if work["id"] in named.works]
        for own, path in references.items()
    }
    data = metadata(study, language, document, languages)
    if marked:
        data["thongthin"]["marked"] = sorted(marked)
    quoted = [part for quote in said.values() for part in quote.values()]
    printed = "\n".join([text, _yaml(data), *shown.values(), *quoted, *map(_json, works.values())])
    words = unbroken_words(printed, [*names_of_places(sites), *_people(study, works["th"])])
    if missing := _missing(printed):
        data["thongthin"]["missing-characters"] = missing
    write_text(folder / "article.qmd", text)
    write_text(folder / "metadata.yml", _yaml(data))
    write_text(folder / "values.json", _json(shown))
    write_text(folder / "quotes.json", _json(said))
    write_text(folder / "words.json", _json(words))
    for own, cited in works.items():
        write_text(folder / f"references.{own}.json", _json(cited))


def _people(study: Study, works: list[dict[str, Any]]) -> list[str]:
    """The names of the authors of the study and of the works in Thai."""
    cited = [name for work in works for role in ("author", "editor") for name in work.get(role, ())]
    return [*(author.name.th for author in study.authors), *(part for name in cited for part in name.values())]


def metadata(
    study: Study, language: Language, document: Document = "article", languages: Collection[Language] = ("th", "en")
) -> dict[str, Any]:
    """What the document says about itself, as metadata of Quarto and pandoc (texts in Markdown).

    Title, subtitle (the title in the other language, if it has one), authors and keywords have their usual names; what
    only our templates and filters read stands under `thongthin`.
    """
    other, words = OTHER[language], WORDS[language]
    names = [escape_markdown(getattr(author.name, language)) for author in study.authors]
    keywords = [escape_markdown(word) for word in getattr(study.keywords, language)]
    labels = {"fig": words.figure, "tbl": words.table}
    crossref = {f"{kind}-{use}": word for kind, word in labels.items() for use in ("title", "prefix")}
    crossref["sec-prefix"] = words.section
    own: dict[str, Any] = {
        "subtitle-lang": other,
        "in-order": written(document) == "supplement",
        "contents": words.contents,
        "running-title": _running_title(study, language, document),
        "name": document,
        "skip": words.skip,
        "enlarge": words.enlarge,
        "page-links": words.page_links,
        "blind": is_blind(document),
        "byline": ", ".join(names),
        "front": _front(study, language),
        "date": {"year": study.date.year, "month": study.date.month, "day": study.date.day},
        "document": {"authors": names, "keywords": keywords},
        "filled": _filled(study, language),
        "abstract-names": {"own": words.abstract, "other": WORDS[other].abstract},
        "authors": [_author(author, language) for author in study.authors],
        "crossref": crossref,
        "references": _lists(language),
    }
    if not is_blind(document):  # which leads nowhere, since it travels alone
        own |= {"evidence": f"evidence.{language}.html", "evidence-of": words.evidence_of}
    if other in languages:  # the page of the other language stands beside this one
        own["other"] = {"lang": other, "name": WORDS[other].name, "file": f"{document}.{other}.html"}
    if notice := _notice_languages(study, language):
        own["notice"] = [
            {"lang": tongue, "text": WORDS[tongue].notice, "running": WORDS[tongue].running_notice} for tongue in notice
        ]
    return {
        "lang": language,
        "title": _title(study, language, document),
        **({"subtitle": _title(study, other, document)} if study.title.th != study.title.en else {}),
        "author": names,
        "keywords": keywords,
        "thongthin": own,
    }


def _filled(study: Study, language: Language) -> dict[str, dict[str, str]]:
    """What stands in the blocks of the text that only have a name: the keywords in both languages, and ethics."""
    filled = {
        place: {
            "lang": tongue,
            "label": WORDS[tongue].keywords,
            "text": escape_markdown(", ".join(getattr(study.keywords, tongue))),
        }
        for place, tongue in (("keywords", language), ("keywords-translated", OTHER[language]))
        if getattr(study.keywords, tongue) and (tongue == language or study.keywords.th != study.keywords.en)
    }
    if study.ethics:
        ethics = escape_markdown(getattr(study.ethics, language))
        filled["ethics"] = {"lang": language, "label": WORDS[language].ethics, "text": ethics}
    return filled


def _author(author: Author, language: Language) -> dict[str, Any]:
    """An author with what is known of them, for formats that have a place for each."""
    known = {
        "name": getattr(author.name, language),
        "affiliation": getattr(author.affiliation, language) if author.affiliation else "",
        "email": author.email or "",
    }
    said: dict[str, Any] = {key: escape_markdown(text) for key, text in known.items() if text}
    return {**said, **({"orcid": author.orcid} if author.orcid else {}), "corresponding": author.corresponding}


def _lists(language: Language) -> dict[str, dict[str, str]]:
    """The lists of references: of what they are made, in which style and language."""
    tongues, styles = (language, OTHER[language], "en"), (*STYLES[language], STYLES["en"][0])
    return {
        place: {"data": f"references.{tongue}.json", "style": style, "lang": LOCALES[tongue]}
        for place, tongue, style in zip(("first", "second", "foreign"), tongues, styles, strict=True)
    }


def _missing(text: str) -> list[dict[str, str]]:
    """What stands in the place of characters that no font of the PDF has."""
    return [
        {"code": f"{ord(character):X}", "instead": escape_markdown(instead)}
        for character, instead in replacements(text).items()
    ]


def _title(study: Study, language: Language, document: Document) -> str:
    title = escape_markdown(getattr(study.title, language))
    return f"{WORDS[language].supplement} {title}" if written(document) == "supplement" else title


def _running_title(study: Study, language: Language, document: Document) -> str:
    """The title in the head of each page: no more than what stands before its colon."""
    title = re.split(r":\s", getattr(study.title, language))[0]
    return escape_markdown(f"{WORDS[language].supplement} {title}" if written(document) == "supplement" else title)


def _notice_languages(study: Study, language: Language) -> list[Language]:
    """Languages of the notice, the article's first; none for data from the field."""
    return [language, OTHER[language]] if study.provenance == "simulated" else []


def _front(study: Study, language: Language) -> list[str]:
    """The lines below the authors: affiliations (with names, if they differ), correspondence, ORCID, date."""
    members: dict[str, list[str]] = {}
    for author in study.authors:
        if author.affiliation:
            members.setdefault(getattr(author.affiliation, language), []).append(getattr(author.name, language))
    lines = [
        escape_markdown(f"{', '.join(names)}: {affiliation}" if len(names) < len(study.authors) else affiliation)
        for affiliation, names in members.items()
    ]
    for author in study.authors:
        name = getattr(author.name, language)
        if author.corresponding:
            email = f" ({author.email})" if author.email else ""
            lines.append(escape_markdown(f"{WORDS[language].corresponding}: {name}{email}"))
        if author.orcid:
            lines.append(f"{escape_markdown(name)}: <https://orcid.org/{author.orcid}>")
    return [*lines, format_date(study.date, language)]


def _said(quote: Quote, language: Language) -> dict[str, str]:
    """The words to show, their language, and who said them."""
    source = ", ".join(quote[key] for key in ("participant", "group", "site") if quote[key])
    if quote["translation"] and quote["language"] != language:
        attribution = f"{source} ({WORDS[language].translated})"
        return {"text": quote["translation"], "language": language, "attribution": attribution}
    return {"text": quote["text"], "language": quote["language"], "attribution": source}


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _yaml(content: Any) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)
