"""What everybody reads is made of what is published: nothing that is left out comes through a table or a file."""

from pathlib import Path

import pandas as pd
import pytest

from thongthin.basics.problems import CannotAnalyse
from thongthin.contract.analysis import Analysis
from thongthin.contract.published import LEFT_OUT, Published, read_published, write_published
from thongthin.contract.tables import TABLES
from thongthin.present.labels import Labels
from thongthin.present.public.look import look_through
from thongthin.present.public.recomputed import recomputed
from thongthin.present.public.shown import hidden_addresses, keys_of, public_table, public_values

ANALYSIS = Analysis().model_dump()
NAMES = {
    "sites": pd.DataFrame({"site_id": ["S01", "S02"], "name_th": ["ก", "ข"], "name_en": ["A", "B"], "type": ["", ""]}),
    "codes": pd.DataFrame(
        {
            "code_id": ["t1", "t2"],
            "parent_id": ["", ""],
            "theme_id": ["t1", "t2"],
            "label_th": ["หนึ่ง", "สอง"],
            "label_en": ["One", "Two"],
            "position": [1, 2],
        }
    ),
}


def themes(secret: int) -> Published:
    """Themes by site, with the count of one cell left out and that of another said by a word."""
    rows = [
        ("S01", "t1", secret, 5),
        ("S01", "t2", 4, 5),
        ("S02", "t1", 3, 6),
        ("S02", "t2", 1, 6),
        ("all", "t1", 5, 11),
        ("all", "t2", 5, 11),
    ]
    frame = pd.DataFrame(rows, columns=["site_id", "theme_id", "participants", "denominator"])
    frame["share"] = frame["participants"] / frame["denominator"]
    frame = frame.assign(low=0.1, high=0.9, segments=frame["participants"] * 2)
    hidden = pd.DataFrame(False, index=frame.index, columns=frame.columns)
    words = pd.DataFrame("", index=frame.index, columns=frame.columns)
    hidden.loc[0, ["participants", "share", "low", "high", "segments"]] = True
    hidden.loc[3, ["participants", "share"]] = True
    words.loc[3, ["participants", "share"]] = "some"
    return Published("themes_by_site", frame, hidden, words)


def written(folder: Path, secret: int) -> Published:
    own = themes(secret)
    write_published(folder / "themes_by_site.csv", own.frame, own.hidden, own.words)
    return read_published(folder / "themes_by_site.csv")


def test_a_file_holds_marks_and_words_and_is_the_same_whatever_it_leaves_out(tmp_path: Path) -> None:
    one, two = written(tmp_path / "a", 2), written(tmp_path / "b", 1)
    text = (tmp_path / "a" / "themes_by_site.csv").read_text("utf-8-sig")
    assert text == (tmp_path / "b" / "themes_by_site.csv").read_text("utf-8-sig")
    assert text.splitlines()[1].split(",")[2] == LEFT_OUT
    assert text.splitlines()[4].split(",")[2] == "some"
    assert one.hidden.equals(two.hidden)
    assert pd.isna(one.frame["participants"].iloc[0])
    assert one.words["share"].iloc[3] == "some"


def test_both_fillings_are_tables_that_fit_and_differ_only_in_the_gaps(tmp_path: Path) -> None:
    own = written(tmp_path, 2)
    first, second = own.filled(0), own.filled(1)
    assert (first["participants"] != second["participants"]).tolist() == own.hidden["participants"].tolist()
    assert first["participants"].dtype == "int64"
    assert first["denominator"].equals(second["denominator"])


def test_an_article_table_shows_marks_words_and_all_that_is_published(tmp_path: Path) -> None:
    tables = {"themes_by_site": written(tmp_path, 2)}
    hidden = hidden_addresses(tables)
    first = {**NAMES, "themes_by_site": tables["themes_by_site"].filled(0)}
    ways = (first, {**NAMES, "themes_by_site": tables["themes_by_site"].filled(1)})
    labels = Labels.of("en", NAMES)
    keys = keys_of("themes_by_site", ways, labels, ANALYSIS)
    words = {cell: next((w for key in own if (w := hidden.get(key, ""))), "") for cell, own in keys.items()}
    text = public_table("themes_by_site", ways, labels, ANALYSIS, words)
    lines = [line for line in text.split("\n") if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    one, two = cells[2], cells[3]
    assert one[1] == "\\[c\\]"
    assert one[2] == "3\N{NO-BREAK SPACE}(50.0)"
    assert two[2] == "some"
    assert "left out" in text


def test_shares_are_computed_again_from_the_counts_that_are_published(tmp_path: Path) -> None:
    own = written(tmp_path, 2)
    found = recomputed({"themes_by_site": own})
    assert found.followed == 4  # of six shares, one is left out and one is a word
    assert found.numbers > found.counts > found.followed
    wrong = own._replace(frame=own.frame.assign(share=own.frame["share"] + 0.01))
    assert recomputed({"themes_by_site": wrong}).followed == 0


def test_values_that_are_left_out_read_as_the_mark_or_the_word(tmp_path: Path) -> None:
    tables = {"themes_by_site": written(tmp_path, 2)}
    values = public_values(tables, [], ["interview_lengths.P01.turns"], hidden_addresses(tables)).set_index("key")
    assert values.loc["themes_by_site.S01.t1.participants", "text_en"] == LEFT_OUT
    assert pd.isna(values.loc["themes_by_site.S01.t1.participants", "value"])
    assert values.loc["themes_by_site.S02.t2.participants", "text_th"] == "บางคน"
    assert values.loc["themes_by_site.S02.t1.participants", "text_en"] == "3"
    assert values.loc["interview_lengths.P01.turns", "text_en"] == LEFT_OUT


def test_words_that_must_not_stand_are_found_in_word_files_and_across_tags(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>ลุงสม<b>ศักดิ์</b></p>", encoding="utf-8")
    (tmp_path / "b.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    look_through(tmp_path, [])
    with pytest.raises(CannotAnalyse, match=r"a\.html"):
        look_through(tmp_path, ["ลุงสมศักดิ์"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.csv"]


def test_every_number_that_may_be_left_out_has_something_to_stand_in_for_it() -> None:
    for table in TABLES.values():
        columns = [c.name for c in table.columns]
        empty = pd.DataFrame(columns=columns)
        assert Published(table.name, empty, pd.DataFrame(columns=columns), empty).filled(0).empty


def test_a_heading_keeps_its_words(tmp_path: Path) -> None:
    own = themes(2)
    own.hidden.loc[own.frame["site_id"] == "S01", "denominator"] = True
    write_published(tmp_path / "themes_by_site.csv", own.frame, own.hidden, own.words)
    read = read_published(tmp_path / "themes_by_site.csv")
    ways = tuple({**NAMES, "themes_by_site": read.filled(way)} for way in (0, 1))
    head = public_table("themes_by_site", ways, Labels.of("en", NAMES), ANALYSIS, {}).split("\n")[0]  # type: ignore[arg-type]
    assert [cell.replace("\N{NO-BREAK SPACE}", " ").strip() for cell in head.strip("|").split("|")][1:3] == [
        "A (*n* = \\[c\\])",
        "B (*n* = 6)",
    ]
