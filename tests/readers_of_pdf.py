"""Other readers of PDF than that of a build: the text of each page."""

from __future__ import annotations

import io
import shutil
import subprocess

import pytest
from pypdf import PdfReader


def poppler_pages(document: bytes) -> list[str]:
    program = shutil.which("pdftotext")
    if not program:
        pytest.skip("poppler (pdftotext) is not on this computer")
    done = subprocess.run([program, "-raw", "-", "-"], input=document, capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")


def pypdf_pages(document: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(document)).pages]
