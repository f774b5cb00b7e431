"""What several unit tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from thongthin.present.render.fonts import make_fonts


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fonts of the documents, in a folder with a Thai name."""
    folder = tmp_path_factory.mktemp("ฟอนต์")
    make_fonts(folder)
    return folder
