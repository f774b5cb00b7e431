"""Does what the tutorial says, in a copy of the project, and draws its pictures from what came out.

Tables, lines of study.yml, quote and prose are read from the page itself, so that what it tells and what it shows stay
one. Run it from the project folder, after `python3 paper.py setup`, with `python3 docs/tutorial/follow.py`: it builds
the study twice and writes `docs/images/tutorial-*`. `tests/unit/test_tutorial.py` takes the same steps without a build.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "tutorial.md"
IMAGES = ROOT / "docs" / "images"
STUDY = "waste"
# In which table the cells of each table of the page are filled in, by the first column of both.
TABLES = {"participant_id": "participants.csv", "code_id": "codebook.csv", "item_id": "survey/items.csv"}
MISTAKE, RIGHT = "s2", "s02"
NOTE = "<!-- ผลหมายความว่าอย่างไร"
COPIED = (
    "Snakefile",
    "config",
    "notebooks",
    "paper.py",
    "profiles",
    "report",
    "requirements.lock",
    "tests",
    "workflow",
)

# Pictures of text: columns before a line is broken, and how Typst sets them.
COLUMNS = 96
TERMINAL = """\
#set page(width: 600pt, height: auto, margin: 12pt, fill: rgb("#f6f8fa"))
#set text(fill: rgb("#24292f"), lang: "th")
#show raw: set text(font: ("DejaVu Sans Mono", "Sarabun"), size: 9.5pt)
#set par(leading: 0.55em)
"""
# Pictures of pages: pixels for a point, and colours.
SCALE, COLOURS = 1.25, 32


# --- the page ---------------------------------------------------------------------------------------------------------


def block(page: str, language: str) -> str:
    """The first block of code in a language, without its fences."""
    found = re.search(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    if not found:
        raise ValueError(f"no block of {language}")
    return found[1]


def cells(page: str) -> dict[str, list[dict[str, str]]]:
    """What the page says to fill in: rows by the table of the study that they belong to."""
    filled: dict[str, list[dict[str, str]]] = {}
    lines = page.splitlines()
    for place, line in enumerate(lines):
        header = _row(line)
        if header and header[0] in TABLES:
            rows = []
            for below in lines[place + 2 :]:
                if not below.startswith("|"):
                    break
                rows.append(dict(zip(header, _row(below), strict=True)))
            filled[TABLES[header[0]]] = rows
    return filled


def _row(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []


# --- what the reader does ---------------------------------------------------------------------------------------------


def put_in(project: Path) -> None:
    """Copy the material into the folder of the study."""
    shutil.copytree(ROOT / "docs" / "tutorial" / "files", project / "data" / "raw" / STUDY, dirs_exist_ok=True)


def fill_in(page: str, project: Path) -> None:
    """Fill in the cells and the lines of study.yml that the page shows, in drafts that stand already."""
    study = project / "data" / "raw" / STUDY
    for name, wanted in cells(page).items():
        with (study / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for own in wanted:
            key = next(iter(own))
            next(row for row in rows if row[key] == own[key]).update(own)
        with (study / name).open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.DictWriter(file, rows[0])
            table.writeheader()
            table.writerows(rows)
    path = study / "study.yml"
    path.write_text(with_lines(path.read_text(encoding="utf-8"), block(page, "yaml")), encoding="utf-8", newline="\n")


def with_lines(study: str, lines: str) -> str:
    """study.yml with the lines of the page: in place of a key that stands there with nothing in it, else at the end."""
    for part in re.split(r"\n(?=\w)", lines.rstrip("\n")):
        key = part.partition(":")[0]
        if there := re.search(rf"^{key}:.*\n(?: .*\n)*", study, re.MULTILINE):
            study = f"{study[: there.start()]}{part}\n{study[there.end() :]}"
        else:
            study = f"{study.rstrip()}\n\n{part}\n"
    return study


def mend(project: Path) -> None:
    """Put the right site in place of the one that was mistyped."""
    path = project / "data" / "raw" / STUDY / "participants.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(f",{MISTAKE},", f",{RIGHT},"), encoding="utf-8-sig", newline="\n")


def write(page: str, project: Path) -> None:
    """Add the quote, and put the prose of the page into the article in place of the note."""
    quotes = project / "data" / "raw" / STUDY / "quotes.csv"
    header = quotes.read_text(encoding="utf-8-sig").rstrip("\r\n")
    quotes.write_text(f"{header}\n{block(page, 'csv')}", encoding="utf-8-sig", newline="\n")
    article = project / "report" / STUDY / "article.th.qmd"
    lines = article.read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith(NOTE))
    lines[place] = block(page, "markdown").rstrip("\n")
    article.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


# --- pictures ---------------------------------------------------------------------------------------------------------


def width(text: str) -> int:
    """Columns that a text takes up: marks above and below a Thai letter take none."""
    return sum(unicodedata.category(character) not in {"Mn", "Cf"} for character in text)


def broken(line: str) -> list[str]:
    """A line in pieces that fit, broken at spaces, with what follows indented."""
    pieces = [""]
    for word in re.findall(r"\s*\S+", line) or [""]:
        if pieces[-1] and width(pieces[-1] + word) > COLUMNS:
            pieces.append(" " * (len(line) - len(line.lstrip()) + 2) + word.lstrip())
        else:
            pieces[-1] += word
    return pieces


def draw_terminal(command: str, lines: Sequence[str], picture: Path) -> None:
    """A terminal with a command and what it printed, as a small PNG whose letters depend on no font of the reader's."""
    import fontpkg_sarabun
    import typst

    shown = [*([f"$ {command}"] if command else []), *(piece for line in lines for piece in broken(line))]
    # A string of JSON is one of Typst.
    texts = [f"#box(height: 11pt, raw({json.dumps(line, ensure_ascii=False)}))" for line in shown]
    if command:
        texts[0] = f"#strong[{texts[0]}]"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "terminal.typ"
        page.write_text(TERMINAL + " \\\n".join(texts), encoding="utf-8")
        fonts = Path(fontpkg_sarabun.__file__).parent
        drawn = typst.compile(str(page), format="png", ppi=144, font_paths=[str(fonts)])
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    image.quantize(COLOURS).save(picture, optimize=True)


def tree(folder: Path, name: str, before: str = "") -> list[str]:
    """A folder and what is in it, as lines."""
    lines = [name] if not before else []
    entries = sorted(folder.iterdir(), key=lambda path: (path.is_dir(), path.name))
    for entry in entries:
        last = entry == entries[-1]
        lines.append(f"{before}{'└── ' if last else '├── '}{entry.name}{'/' if entry.is_dir() else ''}")
        if entry.is_dir():
            lines += tree(entry, "", before + ("    " if last else "│   ")) if any(entry.iterdir()) else []
    return lines


def draw_page(pdf: Path, wanted: str, picture: Path, around: tuple[int, int] | None = None) -> None:
    """The page of a PDF on which a text stands, as a small PNG; or only so many points above and below the text."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        if not (found := text.search(wanted).get_next()):
            continue
        image = page.render(scale=SCALE).to_pil()
        if around:
            _, bottom, _, top = text.get_charbox(found[0])
            edges = (page.get_height() - top - around[0], page.get_height() - bottom + around[1])
            first, last = (round(edge * SCALE) for edge in edges)
            image = image.crop((0, first, image.width, last))
        image.quantize(COLOURS).save(picture, optimize=True)
        document.close()
        return
    raise SystemExit(f"{pdf.name} does not say: {wanted}")


# --- all of it --------------------------------------------------------------------------------------------------------


def run(project: Path, *words: str) -> list[str]:
    """What a command of the launcher prints, in lines."""
    done = subprocess.run(
        [sys.executable, "paper.py", *words], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.stdout.decode("utf-8").splitlines()


def between(lines: Sequence[str], first: str, after: str) -> list[str]:
    """The lines from the one that begins with `first` to the one before that which begins with `after`."""
    begin = next(n for n, line in enumerate(lines) if line.startswith(first))
    return list(lines[begin : next(n for n, line in enumerate(lines) if n > begin and line.startswith(after))])


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "thongthin"
        (project / "data" / "raw").mkdir(parents=True)
        for name in COPIED:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, project / name)
        (project / ".venv").symlink_to(ROOT / ".venv", target_is_directory=True)
        follow(page, project)


def follow(page: str, project: Path) -> None:
    """Every step of the page, and the picture of each."""
    run(project, "new-study", STUDY)
    put_in(project)
    shown = [
        *tree(project / "data" / "raw" / STUDY, f"data/raw/{STUDY}/"),
        *tree(project / "report" / STUDY, f"report/{STUDY}/"),
    ]
    draw_terminal("", shown, IMAGES / "tutorial-folder.png")
    command = ("describe-coding", "--study", STUDY, "--drafts")
    told = run(project, *command)
    codes, drafts = between(told, "Codes:", "In the study"), between(told, "Drafts written", "For study.yml")
    typed = f"python3 paper.py {' '.join(command)}"
    draw_terminal(typed, ["...", *codes, "...", *drafts[:3]], IMAGES / "tutorial-coding.png")
    responses = f"data/raw/{STUDY}/survey/responses.csv"
    run(project, "describe-survey", responses, "--drafts", f"data/raw/{STUDY}")
    fill_in(page, project)
    wrong = run(project, "check", STUDY)
    if "\n".join(wrong).strip() != block(page, "text").strip():
        raise SystemExit("The check says otherwise than the page:\n" + "\n".join(wrong))
    draw_terminal(f"python3 paper.py check {STUDY}", wrong, IMAGES / "tutorial-mistake.png")
    mend(project)
    built = between(run(project, "build", STUDY), f"{STUDY}  (rendered by", "Done in")
    draw_terminal(f"python3 paper.py build {STUDY}", ["...", *built], IMAGES / "tutorial-build.png")
    article = project / "results" / STUDY / "article.th.pdf"
    draw_page(article, "ร้อยละของผู้ให้ข้อมูลที่", IMAGES / "tutorial-article.png")
    write(page, project)
    run(project, "build", STUDY)
    draw_page(article, "สี่กิโล", IMAGES / "tutorial-sentence.png", around=(90, 40))


if __name__ == "__main__":
    main()
