"""The author's guides: the same in English and Thai, messages that the package has, and links that lead somewhere."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDES = ("prepare-a-study", "article-format", "configuration", "clusters", "protection", "tutorial")
LANGUAGES = ("en", "th")
PAGES = [ROOT / "README.md", ROOT / "README.th.md", ROOT / "data" / "raw" / "README.md"]
PAGES += [ROOT / "docs" / folder / f"{guide}.md" for folder in ("", "th") for guide in GUIDES]

# The heading of a table of mistakes, in both languages, and of the table of what is found of strands.
MISTAKES = re.compile(r"^\| (common mistake|what is found|ข้อผิดพลาดที่พบบ่อย|สิ่งที่พบ) \|")
# So many characters in a row, blanks aside, are looked for in the package. What differs in fewer is not noticed: it may
# be where a message puts something in.
GRAM = {"en": 10, "th": 8}
# What a message puts in by itself: what is quoted, numbers, endings of files, the names in the guide's own examples.
PUT_IN = re.compile(
    r'"[^"]*"|\.\.\.|\d[\d,./-]*%?|\S+\.(?:csv|xlsx|yml|txt|RData)|\.(?:docx|md|vtt|srt)\b'
    r"|\b(?:citizen|official|NVivo)\b|หญิง / Female, ชาย / Male"
)
HINT = re.compile("Hint:|คำแนะนำ:")
PICTURE_BYTES = 100_000


def path_of(guide: str, language: str) -> Path:
    return ROOT / "docs" / ("th" if language == "th" else "") / f"{guide}.md"


def read(guide: str, language: str) -> str:
    return path_of(guide, language).read_text(encoding="utf-8")


def is_thai(text: str) -> bool:
    return bool(re.search("[\u0e00-\u0e7f]", text))


def parts(text: str) -> list[tuple[str, str]]:
    """The lines of a page outside blocks of code with "text", those inside with "code"."""
    found, inside = [], False
    for line in text.splitlines():
        fence = line.lstrip().startswith("```") and not line.lstrip().startswith("````")
        found.append(("fence" if fence else "code" if inside else "text", line))
        inside ^= fence
    return found


def shape(text: str) -> list[str]:
    """What a page is made of, in order: headings by level, blocks of code, rows of tables, lists, pictures."""
    found = []
    for kind, line in parts(text):
        if kind == "fence":
            found.append("```" + line.strip().removeprefix("```"))
        elif kind == "text" and (mark := re.match(r"\s*(#+ |\||- |!\[)", line)):
            cells = len(re.findall(r"(?<!\\)\|", re.sub(r"`[^`]*`", "", line)))
            found.append(f"| {cells}" if mark[1] == "|" else mark[1].strip())
    return found


def code(text: str) -> list[str]:
    """The blocks of code, without remarks, which are translated, and without the tree of folders."""
    lines = [line for kind, line in parts(text) if kind == "code"]
    bare = [
        re.sub(r"\s+#(?!sec|tbl|fig|inference|refs|keywords|ethics| ).*|\s+# .*|^# .*:$", "", line) for line in lines
    ]
    return [line.rstrip() for line in bare if not re.match(r"\s+\S+(\.csv|\.yml|/)  |  article\.th", line)]


def names(text: str) -> Counter[str]:
    """What stands in code within the prose and is one word: keys, files, values, tables."""
    prose = "\n".join(line for kind, line in parts(text) if kind == "text" and not MISTAKES.match(line))
    return Counter(
        name
        for name in re.findall(r"`([^`\n]+)`", prose)
        if not is_thai(name) and re.search(r"\w", name) and " " not in name
    )


def messages(text: str) -> list[str]:
    """The messages that the tables of mistakes quote."""
    found, inside = [], False
    for kind, line in parts(text):
        inside = kind == "text" and (bool(MISTAKES.match(line)) or (inside and line.startswith("|")))
        if inside and not MISTAKES.match(line) and "|---" not in line:
            said = re.split(r"(?<!\\)\|", re.sub(r"`[^`]*`", lambda m: m[0].replace("|", "¦"), line))[-2]
            found += [message for message in re.findall(r"`([^`]+)`", said) if " " in message]
    return found


@cache
def grams(language: str) -> frozenset[str]:
    """Every run of so many characters in a text of the package or of the launcher, blanks aside."""
    size, found = GRAM[language], set()
    for path in [*(ROOT / "workflow" / "thongthin").rglob("*.py"), ROOT / "paper.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = re.sub(r"\s", "", node.value)
                if is_thai(text) or language == "en":
                    found.update(text[n : n + size] for n in range(len(text) - size + 1))
    return frozenset(found)


def unknown(message: str, language: str) -> list[str]:
    """What of a message stands in no text of the package."""
    size, known = GRAM[language], grams(language)
    left = []
    for piece in (piece for sentence in HINT.split(message) for piece in PUT_IN.split(sentence)):
        run = re.sub(r"\s", "", piece)
        covered = [False] * len(run)
        for n in range(len(run) - size + 1):
            if run[n : n + size] in known:
                covered[n : n + size] = [True] * size
        left += "".join(" " if here else letter for letter, here in zip(run, covered, strict=True)).split()
    return [word for word in left if len(word) >= size]


@pytest.mark.parametrize("guide", GUIDES)
def test_both_languages_have_the_same_parts_in_the_same_order(guide: str) -> None:
    assert shape(read(guide, "th")) == shape(read(guide, "en"))


@pytest.mark.parametrize("guide", GUIDES)
def test_both_languages_show_the_same_code(guide: str) -> None:
    assert code(read(guide, "th")) == code(read(guide, "en"))


@pytest.mark.parametrize("guide", GUIDES)
def test_whatever_key_file_or_table_one_language_names_the_other_names_too(guide: str) -> None:
    assert set(names(read(guide, "th"))) == set(names(read(guide, "en")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guide", ["prepare-a-study", "configuration"])
def test_messages_that_a_guide_quotes_are_those_of_the_package(guide: str, language: str) -> None:
    quoted = messages(read(guide, language))
    assert len(quoted) >= (60 if guide == "prepare-a-study" else 8)
    assert {message: words for message in quoted if (words := unknown(message, language))} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_that_nobody_says_is_noticed(language: str) -> None:
    said = {
        "en": '"S1" is not a place of sites.csv. Hint: Did you mean "S01"?',
        "th": 'ไม่มีสถานที่ "S1" ในตารางพื้นที่ คำแนะนำ: หมายถึง "S01" หรือเปล่า',
    }
    assert unknown(said[language], language)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files_and_headings_that_are_there(page: Path) -> None:
    text = "\n".join(line for kind, line in parts(page.read_text(encoding="utf-8")) if kind == "text")
    wrong = []
    for link in re.findall(r"(?<!`)!?\[[^\]]*\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text)):
        target, _, anchor = link.partition("#")
        if "://" in link:
            continue
        other = (page.parent / target).resolve() if target else page
        if not other.exists() or (anchor and anchor not in anchors(other)):
            wrong.append(link)
    assert wrong == []


def anchors(page: Path) -> set[str]:
    """Where a link into a page can lead: its headings, and the anchors that are set."""
    text = page.read_text(encoding="utf-8")
    headings = [line.lstrip("# ") for kind, line in parts(text) if kind == "text" and line.startswith("#")]
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_of_the_tutorial_are_all_shown_and_small(language: str) -> None:
    shown = set(re.findall(r"tutorial-\w+\.\w+", read("tutorial", language)))
    there = {path.name: path.stat().st_size for path in (ROOT / "docs" / "images").glob("tutorial-*")}
    assert set(there) == shown
    assert {name: size for name, size in there.items() if size > PICTURE_BYTES} == {}
