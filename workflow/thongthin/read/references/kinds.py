"""What other programs call the kinds of works, and which of ours each is."""

from __future__ import annotations

from collections.abc import Mapping

from thongthin.basics.language import Language
from thongthin.read.references.works import Kind

# By the name of the kind in small letters. Names of CSL's types: the schema of CSL 1.0.2.
BIBTEX: dict[str, Kind] = {
    "article": "article-journal", "periodical": "article-journal", "suppperiodical": "article-journal",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book", "proceedings": "book",
    "mvproceedings": "book", "booklet": "book",
    "inbook": "chapter", "incollection": "chapter", "suppbook": "chapter", "suppcollection": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference",
    "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis",
    "report": "report", "techreport": "report",
    "online": "webpage", "electronic": "webpage", "www": "webpage",
    "legislation": "legislation", "legal": "legislation",
    "dataset": "dataset", "software": "software",
}  # fmt: skip
RIS: dict[str, Kind] = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "JFULL": "article-journal", "INPR": "article-journal",
    "NEWS": "article-newspaper",
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "CHAP": "chapter", "ECHAP": "chapter",
    "CONF": "paper-conference", "CPAPER": "paper-conference",
    "THES": "thesis", "RPRT": "report", "GOVDOC": "report",
    "STAT": "legislation", "BILL": "legislation",
    "ELEC": "webpage", "BLOG": "webpage", "ICOMM": "webpage",
    "PCOMM": "interview", "DATA": "dataset", "COMP": "software",
}  # fmt: skip
ENDNOTE: dict[str, Kind] = {
    "journal article": "article-journal", "electronic article": "article-journal",
    "newspaper article": "article-newspaper",
    "book": "book", "edited book": "book", "electronic book": "book",
    "book section": "chapter", "electronic book section": "chapter",
    "conference proceedings": "paper-conference", "conference paper": "paper-conference",
    "thesis": "thesis", "report": "report", "government document": "report",
    "statute": "legislation", "bill": "legislation", "legal rule or regulation": "legislation",
    "web page": "webpage", "blog": "webpage", "interview": "interview", "personal communication": "interview",
    "dataset": "dataset", "computer program": "software",
}  # fmt: skip
CSL: dict[str, Kind] = {
    "article-journal": "article-journal", "article-newspaper": "article-newspaper", "book": "book",
    "chapter": "chapter", "paper-conference": "paper-conference", "thesis": "thesis", "report": "report",
    "legislation": "legislation", "bill": "legislation", "regulation": "legislation", "webpage": "webpage",
    "post": "webpage", "post-weblog": "webpage", "interview": "interview", "personal_communication": "interview",
    "dataset": "dataset", "software": "software",
}  # fmt: skip
# The nearest kind, where there is none of that name; which is told.
_NEAREST: dict[str, Kind] = {
    "article": "article-journal", "article-magazine": "article-journal", "mgzn": "article-journal",
    "magazine article": "article-journal", "unpublished": "report", "manuscript": "report", "manual": "report",
    "patent": "report", "entry-encyclopedia": "chapter", "entry-dictionary": "chapter", "entry": "chapter",
    "inreference": "chapter", "encyclopedia": "chapter", "dictionary": "chapter", "ency": "chapter", "dict": "chapter",
}  # fmt: skip
# The kind of a thesis that BibTeX says by the kind of the entry.
GENRES: dict[str, dict[Language, str]] = {
    "phdthesis": {"th": "วิทยานิพนธ์ปริญญาดุษฎีบัณฑิต", "en": "Doctoral dissertation"},
    "mastersthesis": {"th": "วิทยานิพนธ์ปริญญามหาบัณฑิต", "en": "Master's thesis"},
}


def kind_of(kinds: Mapping[str, Kind], said: str, *, url: bool) -> tuple[Kind, bool]:
    """Our kind, and whether it is the same or only the nearest one.

    Args:
        kinds: those of the file's format.
        said: as the file calls it.
        url: the work has an address, so that without a kind it is taken for a page.
    """
    if kind := kinds.get(said):
        return kind, True
    return _NEAREST.get(said.lower(), "webpage" if url else "report"), False
