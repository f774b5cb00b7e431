"""A look through all that is published, for words that people decided to replace and for the study's own people."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

from thongthin.basics.language import one_line
from thongthin.basics.problems import CannotAnalyse, Problems
from thongthin.contract.privacy import read_decisions
from thongthin.read.identifiers.material import read_people

# Shorter names of people are words of the language as well; a person decides about them where the check shows them.
_LEAST_LETTERS = 5
_TEXTS = {".html", ".md", ".csv", ".json", ".svg", ".qmd", ".txt"}
_TAG = re.compile(r"<[^>]*>")


def words_that_must_not_stand(folder: Path) -> list[str]:
    """What people decided to replace, and the names in people.csv.

    Args:
        folder: of the study in data/raw.
    """
    decided = [own.text for own in read_decisions(folder, Problems()).decisions if own.instead]
    names = [name for name in read_people(folder, Problems()) if len(name) >= _LEAST_LETTERS]
    return sorted({one_line(words) for words in (*decided, *names)})


def look_through(folder: Path, words: Collection[str]) -> None:
    """Look for words in everything of a folder.

    Raises:
        CannotAnalyse: one stands there; what was made is taken away again, since nobody may publish it.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        for text in texts_of(path) if words and path.is_file() else ():
            plain = one_line(text).casefold()
            if hits := sum(word.casefold() in plain for word in words):
                found[path] = hits
    if not found:
        return
    listed = ", ".join(path.relative_to(folder).as_posix() for path in found)
    for path in found:
        path.unlink()
    raise CannotAnalyse(
        "Names or texts that were to be replaced stand in what would be published, and these files were taken away:"
        f" {listed}. Look for them in the documents' own words, in quotes, codes and items.\n"
        f"ในสิ่งที่จะเผยแพร่มีชื่อหรือข้อความที่ตัดสินใจให้แทนที่ จึงลบไฟล์เหล่านี้แล้ว: {listed}"
        " ให้ตรวจเนื้อความของบทความ คำพูดที่ยกมา รหัส และข้อคำถาม"
    )


def texts_of(path: Path) -> Iterator[str]:
    """The text of a file as people read it; of a Word file, that of its parts. A PDF says what its HTML says."""
    if path.suffix in _TEXTS:
        text = path.read_text(encoding="utf-8", errors="replace")
        yield text
        yield _TAG.sub("", text)
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".xml"):
                    yield _TAG.sub("", archive.read(name).decode("utf-8", "replace"))
