"""The site of the documentation: `python3 tools/run.py tools.site [FOLDER]` builds it into `site/`, or into FOLDER.

Pages are the Markdown files of the project, in folders as here, so that links from one to another hold in both places;
a link to what is no page (code, a licence) becomes plain text. Zensical makes HTML of them. Formulas, which are TeX as
GitHub reads it, become MathML here, which browsers set by themselves: the pages ask no other host for anything, and can
be read from a disk.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
# The pages, in the order of the navigation: title -> file.
PAGES = {
    "Thongthin": "README.md",
    "ภาษาไทย": "README.th.md",
    "บทเรียน": "docs/th/tutorial.md",
    "วิธีเตรียมการศึกษา": "docs/th/prepare-a-study.md",
    "รูปแบบของบทความ": "docs/th/article-format.md",
    "การตั้งค่า": "docs/th/configuration.md",
    "ปกป้องผู้ให้ข้อมูล": "docs/th/protection.md",
    "บนคลัสเตอร์": "docs/th/clusters.md",
    "Tutorial": "docs/tutorial.md",
    "Prepare a study": "docs/prepare-a-study.md",
    "The article": "docs/article-format.md",
    "Configuration": "docs/configuration.md",
    "All keys": "config/README.md",
    "Methods": "docs/methods.md",
    "Data dictionary": "docs/data-dictionary.md",
    "The demonstration study": "docs/demonstration-study/README.md",
    "Architecture": "docs/architecture.md",
    "The house and its map": "docs/map.md",
    "With Snakemake alone": "docs/snakemake.md",
    "Protect people": "docs/protection.md",
    "On a cluster": "docs/clusters.md",
    "Contribute": "CONTRIBUTING.md",
    "Changes": "CHANGELOG.md",
}
PICTURES = "docs/images"
STYLE = """
:root { --md-text-font: "Sarabun", "Noto Sans Thai", "Leelawadee UI", "Thonburi", sans-serif; }
.math.display { display: block; margin: 0.6em 0; padding: 0.2em 0; overflow: auto hidden; }
.md-typeset table:not([class]) { font-size: 0.65rem; }
"""
# Code comes first, so that a dollar within it begins no formula.
CODE_OR_MATH = re.compile(
    r"(?P<display>^(?P<indent>[ ]*)```math\n(?P<shown>.*?)^(?P=indent)```$)"
    r"|(?P<code>^(?P<fence>[ ]*```).*?^(?P=fence)$|`[^`\n]+`)"
    r"|\$(?P<inline>[^\s$](?:[^$\n]*[^\s$])?)\$",
    re.MULTILINE | re.DOTALL,
)
HEADING = re.compile(r"^(?P<text>#{1,6} (?P<title>[^\n]+?)) *$")
LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^\[\]]*)\]\((?P<target>[^()\s#:]+)(?P<anchor>#[^()\s]*)?\)")


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading: letters with their marks, digits and hyphens, in lower case."""
    kept = (c for c in heading.lower() if c in " -_" or unicodedata.category(c)[0] in "LMN")
    return "".join(kept).replace(" ", "-")


def with_anchors(text: str) -> str:
    """Markdown whose headings carry the anchors of GitHub; others leave out the marks of Thai letters."""
    seen: Counter[str] = Counter()

    def named(found: re.Match[str]) -> str:
        if not found["title"]:
            return found[0]
        name = anchor(found["title"])
        seen[name] += 1
        return f"{found['text']} {{#{name}{f'-{seen[name] - 1}' if seen[name] > 1 else ''}}}"

    # Lines of code that begin with a number sign are no headings.
    return re.sub(rf"^[ ]*```.*?^[ ]*```$|{HEADING.pattern}", named, text, flags=re.MULTILINE | re.DOTALL)


def with_mathml(text: str) -> str:
    """Markdown with its formulas as MathML; raises ValueError where one is no TeX that can be set."""
    return CODE_OR_MATH.sub(_set, text)


def _set(found: re.Match[str]) -> str:
    if found["code"]:
        return found["code"]
    display = found["display"] is not None
    return mathml(found["shown"] if display else found["inline"], display=display)


def mathml(tex: str, *, display: bool) -> str:
    """A formula as MathML, within what keeps Markdown from reading it."""
    from latex2mathml.converter import convert

    made = str(convert(" ".join(tex.split()), display="block" if display else "inline"))
    if re.search(r"\\|<mi>&</mi>", made):
        raise ValueError(f"this formula has something that cannot be set: {tex.strip()}")
    return f'<span class="math{" display" if display else ""}">{re.sub("[*_]", _entity, made)}</span>'


def _entity(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};"


def with_links(text: str, page: str) -> str:
    """The text of a page, its links to what is not on the site taken away."""

    def kept(found: re.Match[str]) -> str:
        path = os.path.normpath(PurePosixPath(page).parent / found["target"]).replace(os.sep, "/")
        there = path in PAGES.values() or (path.startswith(f"{PICTURES}/") and (ROOT / path).is_file())
        return found[0] if there else found["text"]

    return LINK.sub(kept, text)


def stage(folder: Path) -> None:
    """Write the pages and what Zensical is told into a folder."""
    for page in PAGES.values():
        target = folder / "pages" / page
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (ROOT / page).read_text(encoding="utf-8")
        target.write_text(with_mathml(with_anchors(with_links(text, page))), encoding="utf-8", newline="\n")
    shutil.move(folder / "pages" / "README.md", folder / "pages" / "index.md")
    for path in sorted((folder / "pages").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        home = os.path.relpath(folder / "pages" / "README.md", path.parent).replace(os.sep, "/")
        path.write_text(text.replace(f"]({home}", f"]({home[:-9]}index.md"), encoding="utf-8", newline="\n")
    shutil.copytree(ROOT / PICTURES, folder / "pages" / PICTURES)
    (folder / "pages" / "style.css").write_text(STYLE, encoding="utf-8", newline="\n")
    entries = ", ".join(f'{{"{title}" = "{page}"}}' for title, page in {**PAGES, "Thongthin": "index.md"}.items())
    (folder / "zensical.toml").write_text(
        "[project]\n"
        'site_name = "Thongthin"\n'
        'docs_dir = "pages"\n'
        'site_dir = "site"\n'
        "use_directory_urls = false\n"  # so that pages can be opened from a disk
        'extra_css = ["style.css"]\n'
        f"nav = [{entries}]\n"
        "[project.theme]\n"
        'variant = "classic"\n'
        "font = false\n"  # otherwise pages ask a host for fonts
        'features = ["navigation.top", "toc.follow"]\n'
        "[project.markdown_extensions.toc]\n"
        "permalink = true\n"
        "[project.markdown_extensions.tables]\n"
        "[project.markdown_extensions.attr_list]\n"
        "[project.markdown_extensions.pymdownx.superfences]\n",
        encoding="utf-8",
        newline="\n",
    )


def build(target: Path) -> str:
    """Build the site into a folder, which is replaced; returns what Zensical said.

    Raises:
        RuntimeError: it found something wrong, such as a link that leads nowhere.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stage(folder)
        command = [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", "zensical.toml"]
        environment = {**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
        said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
        if done.returncode != 0:
            raise RuntimeError(said)
        if target.exists():
            shutil.rmtree(target)
        shutil.move(folder / "site", target)
    return said


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"
    build(out)
    print(f"The site stands in {out} / เว็บไซต์อยู่ใน {out}: index.html")
