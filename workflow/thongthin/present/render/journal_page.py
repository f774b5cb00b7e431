"""The page and the type that a journal asks for, as the templates of the PDF, of Word and of the screen take them."""

from __future__ import annotations

import re
from typing import Any

from thongthin.contract.journal import GUTTER, PAPER, Font, Journal, Page

# Points and twentieths of a point in a cm.
POINTS, TWIPS = 72 / 2.54, 1440 / 2.54
STANDARD_FONT, STANDARD_PAGE = Font(), Page()
# The sizes of the type of tables beside that of the text (see `setting.columns`), and the least of them.
_TABLES, _LEAST = {"normal": 10, "small": 8.5}, 7.5


def page_of(journal: Journal) -> dict[str, Any]:
    """What the templates are told of page and type; nothing of those that they are made for.

    Returns:
        Lengths of CSS and Typst as text; as numbers, in points, `text` and `column`, the widths of the text and of a
        column, `half`, half of the text's height, and `normal` and `small`, the sizes of the type of tables.
    """
    page, font = journal.page, journal.font
    if (page, font) == (STANDARD_PAGE, STANDARD_FONT):
        return {}
    width, height = PAPER[page.size]
    own = page.margins
    lengths = {"width": width, "height": height, "gutter": GUTTER, "top": own.top, "bottom": own.bottom}
    lengths |= {"left": own.left, "right": own.right}
    sizes = {name: max(_LEAST, round(size * font.size / STANDARD_FONT.size, 1)) for name, size in _TABLES.items()}
    return {
        **{name: f"{length:g}cm" for name, length in lengths.items()},
        "body": f"{font.size:g}pt",
        "serif": font.family != STANDARD_FONT.family,
        "two": page.columns == 2,
        "text": round(page.text[0] * POINTS),
        "column": round(page.column * POINTS),
        "half": int(page.text[1] * POINTS / 2),
        **sizes,
    }


def section_of_word(page: Page, columns: int) -> str:
    """Size, margins and columns of a section of a Word document, in the order of its schema."""
    width, height = (round(length * TWIPS) for length in PAPER[page.size])
    own = page.margins
    sides = {name: round(getattr(own, name) * TWIPS) for name in ("top", "right", "bottom", "left")}
    two = f'<w:cols w:num="2" w:space="{round(GUTTER * TWIPS)}"/>' if columns == 2 else ""
    return (
        ('<w:type w:val="continuous"/>' if page.columns == 2 else "")
        + f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar '
        + " ".join(f'w:{name}="{length}"' for name, length in sides.items())
        + f' w:header="720" w:footer="720" w:gutter="0"/>{two}'
    )


def styles_of_word(styles: bytes, font: Font) -> bytes:
    """The styles of Word with the journal's type: all sizes by the same share, in half points."""
    if font == STANDARD_FONT:
        return styles
    text = styles.decode("utf-8").replace(f'"{STANDARD_FONT.word}"', f'"{font.word}"')
    share = font.word_size / STANDARD_FONT.word_size
    text = re.sub(
        r'(<w:sz(?:Cs)? w:val=")(\d+)"', lambda found: f'{found[1]}{max(15, round(int(found[2]) * share))}"', text
    )
    return text.encode("utf-8")
