"""The pages of a PDF as pictures, with their text: a browser's own viewer would begin at the first page each time."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass, field

import pypdfium2

# Pixels a point: sharp enough to read on a screen of twice the usual fineness.
SCALE = 2.0


@dataclass
class PdfPages:
    """Draws the pages that are asked for; the library must not be asked twice at once."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _data: bytes = b""
    _pdf: pypdfium2.PdfDocument | None = None
    _drawn: dict[int, bytes] = field(default_factory=dict)

    def texts(self, data: bytes) -> list[str]:
        """What stands on each page of a PDF."""
        with self._lock:
            return [page.get_textpage().get_text_range() for page in self._open(data)]

    def picture(self, data: bytes, number: int) -> bytes | None:
        """A page of a PDF, counted from 1, as PNG; None if there is none."""
        with self._lock:
            pdf = self._open(data)
            if not 1 <= number <= len(pdf):
                return None
            if number not in self._drawn:
                out = io.BytesIO()
                pdf[number - 1].render(scale=SCALE).to_pil().save(out, "PNG")
                self._drawn[number] = out.getvalue()
            return self._drawn[number]

    def _open(self, data: bytes) -> pypdfium2.PdfDocument:
        if self._pdf is None or self._data is not data:
            if self._pdf is not None:
                self._pdf.close()
            self._data, self._drawn = data, {}
            self._pdf = pypdfium2.PdfDocument(data)
        return self._pdf
