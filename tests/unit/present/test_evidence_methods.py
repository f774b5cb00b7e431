"""What docs/methods.md says is made HTML once for an environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from thongthin.present.evidence import page

GUIDE = """\
# Methods

### Counting — `count_themes`

Of $n$ participants, *each* counts once.
"""


def test_it_is_made_once_and_again_where_it_is_damaged_or_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = tmp_path / "methods.md"
    guide.write_text(GUIDE, encoding="utf-8")
    made = page.methods_as_html(guide, tmp_path)
    assert "<em>each</em>" in made["count_themes"] and "<math" in made["count_themes"]
    (kept,) = tmp_path.glob("thongthin-methods-*.json")
    with monkeypatch.context() as again:
        again.setattr(page, "_as_html", lambda _: pytest.fail("made again"))
        assert page.methods_as_html(guide, tmp_path) == made
    kept.write_text(kept.read_text(encoding="utf-8").replace("each", "none"), encoding="utf-8")
    assert page.methods_as_html(guide, tmp_path) == made
    guide.write_text(GUIDE.replace("each", "one"), encoding="utf-8")
    assert "<em>one</em>" in page.methods_as_html(guide, tmp_path)["count_themes"]
    assert page.methods_as_html(tmp_path / "none.md", tmp_path) == {}
