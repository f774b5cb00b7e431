"""Transcripts as people and their tools write them, each as text or as the bytes of its file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from first_try.talks import Turn

SECONDS = 7  # of each turn


def _clock(turn: int) -> tuple[int, int]:
    """Minutes and seconds at which a turn begins."""
    return divmod(3 + SECONDS * turn, 60)


def labelled(turns: Sequence[Turn], asked: str, answered: str) -> str:
    """Typed by hand: each turn behind the label of its speaker."""
    return "\n".join(f"{asked if turn.asked else answered}: {turn.text}" for turn in turns)


def f4(turns: Sequence[Turn]) -> str:
    """f4 and MAXQDA: `I:` asks and `B:` answers, with the time behind each turn."""
    stamps = ("#{:02}:{:02}:{:02}-{}#".format(0, *_clock(n + 1), n % 10) for n in range(len(turns)))
    return "\n\n".join(f"{'I' if t.asked else 'B'}: {t.text} {stamp}" for t, stamp in zip(turns, stamps, strict=True))


def otter(turns: Sequence[Turn], asked: str, answered: str) -> str:
    """Otter: speaker and time on a line of their own, and a last line on where it comes from."""
    parts = (
        "{}  {}:{:02}\n{}\n".format(asked if turn.asked else answered, *_clock(n), turn.text)
        for n, turn in enumerate(turns)
    )
    return "\n".join(parts) + "\nTranscribed by https://otter.ai\n"


def whisper(turns: Sequence[Turn]) -> str:
    """WhisperX: a line a turn, and speakers by number; whoever speaks first is the first."""
    return "\n".join(f"[SPEAKER_0{int(not turn.asked)}]: {turn.text}" for turn in turns) + "\n"


def vtt(turns: Sequence[Turn], asked: str, answered: str) -> str:
    """Zoom: subtitles with a number, a span of time, and the speaker in front of the words."""
    cues = (
        "{}\n00:{:02}:{:02}.000 --> 00:{:02}:{:02}.500\n{}: {}\n".format(
            n + 1, *_clock(n), *_clock(n + 1), asked if turn.asked else answered, turn.text
        )
        for n, turn in enumerate(turns)
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def teams(turns: Sequence[Turn], title: str, asked: str, answered: str) -> list[str]:
    """Teams: what the meeting was, then for each turn a paragraph with speaker and time and one with the words."""
    lines = [f"{title}-20240305_100000-Meeting Recording", "March 5, 2024, 10:00AM", "12m 4s"]
    for n, turn in enumerate(turns):
        lines += ["{}   {}:{:02}".format(asked if turn.asked else answered, *_clock(n)), turn.text]
    return lines


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def paragraph(text: str) -> str:
    """A paragraph of a Word document."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table of a Word document."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(body: str, comments: str = "") -> bytes:
    """A Word document; the same bytes every time."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
    }
    if comments:
        parts["word/_rels/document.xml.rels"] = (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/comments"'
            ' Target="comments.xml"/></Relationships>'
        )
        parts["word/comments.xml"] = f'<w:comments xmlns:w="{_WORD}">{comments}</w:comments>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part, xml in parts.items():
            archive.writestr(zipfile.ZipInfo(part), f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return stream.getvalue()
