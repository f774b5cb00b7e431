"""The documents of a study: which there are, in which formats, and where their text stands."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from thongthin.basics.language import Language
from thongthin.basics.yaml_sentences import IDENTIFIER as IDENTIFIER

# What a study renders: its article, and a supplement with all that a journal does not print.
Document = Literal["article", "supplement"]
DOCUMENTS: tuple[Document, ...] = ("article", "supplement")
Format = Literal["html", "pdf", "docx", "xml"]  # xml: JATS, for the systems of journals


def source_of(root: Path, study: str, document: Document, language: Language) -> Path:
    """The source of a document under the project folder `root`."""
    return root / "report" / study / f"{document}.{language}.qmd"


def documents_of(root: Path, study: str) -> list[Document]:
    """The documents of a study: the article, and the supplement if it stands there in any language."""
    has_supplement = any((root / "report" / study).glob("supplement.*.qmd"))
    return ["article", "supplement"] if has_supplement else ["article"]
