"""The documents of a study: which there are, in which formats, and where their text stands."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from thongthin.basics.language import Language
from thongthin.basics.yaml_sentences import IDENTIFIER as IDENTIFIER

# What a study writes: its article, and a supplement with all that a journal does not print.
Written = Literal["article", "supplement"]
# What it renders: these, and a copy of each for reviewers who are not to know who wrote it.
Document = Literal["article", "supplement", "article.blind", "supplement.blind"]
DOCUMENTS: tuple[Written, ...] = ("article", "supplement")
Format = Literal["html", "pdf", "docx", "xml"]  # xml: JATS, for the systems of journals
_BLIND = ".blind"


def written(document: Document) -> Written:
    """The document that a copy is made of; any other is its own."""
    return cast(Written, document.removesuffix(_BLIND))


def is_blind(document: Document) -> bool:
    """Whether a document is a copy without the names of its authors."""
    return document.endswith(_BLIND)


def source_of(root: Path, study: str, document: Document, language: Language) -> Path:
    """The source of a document under the project folder `root`."""
    return root / "report" / study / f"{written(document)}.{language}.qmd"


def documents_of(root: Path, study: str, *, blind: bool = False) -> list[Document]:
    """The documents of a study: the article, and the supplement if it stands there in any language.

    Args:
        blind: whether there is a copy without names of each, too.
    """
    has_supplement = any((root / "report" / study).glob("supplement.*.qmd"))
    own: list[Document] = ["article", "supplement"] if has_supplement else ["article"]
    return [*own, *(cast(Document, document + _BLIND) for document in own if blind)]
