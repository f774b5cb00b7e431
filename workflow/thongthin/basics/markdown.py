"""Text that people wrote, put into Markdown so that it reads as it was written.

A quote, a table cell or a title may hold anything: asterisks, `{{< shortcodes >}}`, HTML, a pipe. Escaped, it comes out
of Quarto and pandoc as plain text, and can't become markup of any output format.
"""

from __future__ import annotations

import re

# A point between digits, and , ; / ? = can't start any markup, nor % but as the first sign of a document; left alone,
# numbers stay readable.
_MARKUP = re.compile(r"^%|(?<![0-9])\.|\.(?![0-9])|[!\"#$&'()*+\-:<>@\[\\\]^_`{|}~]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def escape_markdown(text: str) -> str:
    r"""`text` as Markdown that reads literally as `text`, in a paragraph, a heading, a table cell or a metadata value.

    Runs of white space (line breaks too) become one space, as they would on any page; control characters, which no
    document can hold, go.
    """
    text = _CONTROL.sub("", re.sub(r"[ \t\n\r\v\f]+", " ", text).strip(" "))
    return _MARKUP.sub(r"\\\g<0>", text)
