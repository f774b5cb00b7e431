"""The text of an article: its code and comments, its shortcodes, blocks that may be left out, included files."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from thongthin.basics.language import one_sara_am
from thongthin.basics.text import decoded

# A block of this class is part of the document only where the study has all that it asks for.
IF_AVAILABLE = "if-available"

# What lines show of code and comments, quotations and lists around it. Whether pandoc sees the same, `seen` asks it.
CODE = re.compile(
    r"\\[\\`<]"
    r"|^(?P<before>[ \t>]*(?:(?:[-*+]|\(?\w{1,4}[.)])[ \t>]+)*)(?P<fence>(?P<mark>[`~])(?P=mark){2,})"
    r"(?P<info>(?:(?!(?P=mark))[^\n])*)\n(?P<block>.*?)(?:^[ \t>]*(?P=fence)(?P=mark)*[ \t]*$|\Z)"
    r"|(?P<comment><!--.*?(?:-->|\Z))"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?P<inline>(?:(?!\n[ \t]*\n).)+?)(?<!`)(?P=ticks)(?!`)(?P<raw>\{=\w+\})?",
    re.MULTILINE | re.DOTALL,
)

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)

SHORTCODE = re.compile(r"(?P<open>\{+)\{<\s*(?P<name>[^\s>]*)\s*(?P<arguments>.*?)\s*>\}\}+")

DIV = re.compile(r"^ {0,3}:{3,}[ \t]*(?P<rest>.*?)[ \t]*:*$")


def mask(text: str) -> str:
    """The text with front matter, code and comments blanked out: every other character stands where it stood."""

    return CODE.sub(lambda m: m[0] if m[0][0] == "\\" else blank(m), FRONT_MATTER.sub(blank, text, count=1))


def blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def optional_blocks(text: str) -> list[tuple[int, int]]:
    """The first and the last line of each block that may be left out, counted from 1."""
    blocks: list[tuple[int, int]] = []
    open_divs: list[tuple[int, bool]] = []
    for number, line in enumerate(mask(text).split("\n"), start=1):
        div = DIV.match(line)
        if div and div["rest"]:
            open_divs.append((number, not open_divs and div["rest"] == f"{{.{IF_AVAILABLE}}}"))
        elif div and open_divs:
            start, optional = open_divs.pop()
            if optional:
                blocks.append((start, number))
    return blocks


def without_blocks(text: str, left_out: Collection[int]) -> str:
    """The text without the blocks that begin at these lines, and without the marks of the other blocks that may be
    left out; each line stands where it stood."""
    lines = text.split("\n")
    for start, end in optional_blocks(text):
        for number in range(start, end + 1) if start in left_out else (start, end):
            lines[number - 1] = ""
    return "\n".join(lines)


def without_comments(text: str) -> str:
    """The text without comments, which renderers would put into a page unseen; each line stands where it stood."""
    return CODE.sub(lambda m: re.sub(r"[^\n]", "", m[0]) if m["comment"] else m[0], text)


def read(path: Path) -> str:
    """A file of an article that was checked."""
    return plain(decoded(path.read_bytes()) or "")


def plain(text: str) -> str:
    """The text with one kind of line end, and with sara am as the tables of the study have it."""
    return one_sara_am(text.replace("\r\n", "\n").replace("\r", "\n"))
