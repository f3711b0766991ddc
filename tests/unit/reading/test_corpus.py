import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from orchestration.paths import RAW, SEEDS
from orchestration.reading.corpus import raw_schema, read_corpus
from orchestration.reading.documents import Decoded
from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts.tab_table import LAYOUT
from orchestration.reading.observations import TABLES, Fate, Question
from orchestration.reading.promises import BrokenPromise, check
from orchestration.reading.reader import read_document
from orchestration.reading.sidecar import SideCar
from orchestration.reading.words.lexicon import Lexicon

TABLE = "Province\tCity\tIndustrial cluster\nJilin (1)\tTonghua\tSteel industrial cluster\n"


def records(out: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / f"{table}.ndjson").read_text(encoding="utf-8").splitlines()]


def test_every_record_class_has_its_file_even_where_empty(raw: Callable[..., Path], tmp_path: Path) -> None:
    summary = read_corpus(raw(), tmp_path / "out", SEEDS)
    assert {path.name: path.stat().st_size for path in (tmp_path / "out").iterdir()} == {f"{table}.ndjson": 0 for table in TABLES}
    assert (summary.documents, summary.refused) == (0, 0)


def test_reading_again_gives_the_same_bytes(tmp_path: Path) -> None:
    for out in ("a", "b"):
        read_corpus(RAW, tmp_path / out, SEEDS)
    for table in TABLES:
        assert (tmp_path / "a" / f"{table}.ndjson").read_bytes() == (tmp_path / "b" / f"{table}.ndjson").read_bytes()


def test_what_cannot_be_read_is_told_and_the_rest_is_read(raw: Callable[..., Path], tmp_path: Path) -> None:
    folder = raw(
        **{
            "a.txt": TABLE,
            "b.txt": b"",
            "c.txt": b"%PDF-1.4",
            "copy.txt": TABLE,
            "d.txt": "x",
            "d.txt.meta.yml": "titel: x",
            "e.txt.meta.yml": "",
        }
    )
    summary = read_corpus(folder, tmp_path / "out", SEEDS)
    questions = {q["file_name"]: (q["source_id"], q["reason"]) for q in records(tmp_path / "out", "questions")}
    assert (summary.documents, summary.refused, len(summary.refusals)) == (1, 5, 5)
    assert list(questions) == ["b.txt", "c.txt", "copy.txt", "d.txt", "e.txt.meta.yml"]
    (source,) = records(tmp_path / "out", "sources")
    assert questions["copy.txt"] == (source["source_id"], "the same bytes as a.txt")
    assert len(records(tmp_path / "out", "listings")) == 1


def test_a_document_in_no_known_layout_is_held_back_line_by_line(make_decoded: Callable[..., Decoded], lexicon: Lexicon) -> None:
    read = read_document(make_decoded("lorem ipsum\n\ndolor sit amet\n"), lexicon, (LAYOUT,))
    assert [(line.fate, line.line_number) for line in read["lines"]] == [(Fate.QUARANTINED, 1), (Fate.BLANK, 2), (Fate.QUARANTINED, 3)]
    assert [question.line_number for question in read["questions"]] == [None, 1, 3]
    assert read["sources"][0].layout is None


def test_the_side_car_overrides_the_layout(make_decoded: Callable[..., Decoded], lexicon: Lexicon) -> None:
    text = "prose about one industrial cluster\n" * 9 + TABLE
    assert read_document(make_decoded(text), lexicon, (LAYOUT,))["sources"][0].layout is None
    assert read_document(make_decoded(text, side_car=SideCar(layout="tab_table")), lexicon, (LAYOUT,))["sources"][0].layout == "tab_table"


def test_a_layout_that_does_not_exist_is_named_with_those_that_do(make_decoded: Callable[..., Decoded], lexicon: Lexicon) -> None:
    read = read_document(make_decoded(TABLE, side_car=SideCar(layout="tabel")), lexicon, (LAYOUT,))
    assert "'tabel' does not exist; layouts: tab_table" in read["questions"][0].reason


class Broken:
    """A reader that breaks a promise, or crashes."""

    name = "broken"

    def __init__(self, change: Callable[[Reading], None]) -> None:
        self.change = change

    def score(self, document: Document, lexicon: Lexicon) -> float:
        return 1.0

    def read(self, document: Document, lexicon: Lexicon) -> Reading:
        reading = LAYOUT.read(document, lexicon)
        self.change(reading)
        return reading


def _lose_a_line(reading: Reading) -> None:
    del reading.fates[2]


def _invent_a_line(reading: Reading) -> None:
    reading.fates[3] = (Fate.USED, "listing")


def _move_a_span(reading: Reading) -> None:
    reading.listings[0] = replace(reading.listings[0], char_start=0)


def _change_a_quote(reading: Reading) -> None:
    reading.tallies[0] = replace(reading.tallies[0], quote="Jilin (7)")


def _use_a_line_for_nothing(reading: Reading) -> None:
    reading.fates[1] = (Fate.USED, "listing")


def _hold_back_without_asking(reading: Reading) -> None:
    reading.fates[1] = (Fate.QUARANTINED, "why")


def _crash(reading: Reading) -> None:
    raise KeyError("oh")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_lose_a_line, "line 2 has no fate"),
        (_invent_a_line, "line 3 has no fate, or does not exist"),
        (_move_a_span, "line 2, 0-42 is not 'Steel industrial cluster' (Listing)"),
        (_change_a_quote, "line 2, 0-9 is not 'Jilin (7)' (Tally)"),
        (_use_a_line_for_nothing, "line 1 is called used and nothing refers to it"),
        (_hold_back_without_asking, "line 1 is held back and nothing asks about it"),
        (_crash, "KeyError: 'oh'"),
    ],
)
def test_a_reader_that_breaks_a_promise_leaves_its_document_in_quarantine(
    make_decoded: Callable[..., Decoded], lexicon: Lexicon, change: Callable[[Reading], None], told: str
) -> None:
    read = read_document(make_decoded(TABLE), lexicon, (Broken(change),))
    assert told in read["questions"][0].reason
    assert {line.fate for line in read["lines"]} == {Fate.QUARANTINED}
    assert read["listings"] == []


def test_a_blank_line_is_blank_and_no_other(make_document: Callable[..., Document]) -> None:
    reading = Reading(fates={1: (Fate.BOILERPLATE, "x")}, questions=[Question(None, "a", 1, "x", "y", "z")])
    with pytest.raises(BrokenPromise, match="line 1 is blank"):
        check(reading, make_document(" \n"))


def test_the_schema_names_every_column_with_its_type() -> None:
    schema = raw_schema()
    assert list(schema) == list(TABLES)
    assert schema["sources"]["as_of_date"] == "DATE"
    assert schema["lines"] == {"source_id": "VARCHAR", "line_number": "BIGINT", "text": "VARCHAR", "fate": "VARCHAR", "detail": "VARCHAR"}
    assert schema["listings"]["aligned_confidence"] == "DOUBLE"
    assert schema["listings"]["is_locality_filled_down"] == "BOOLEAN"


def test_of_a_text_that_fits_no_layout_well_the_sentence_is_read_and_every_other_line_is_asked_about(
    make_decoded: Callable[..., Decoded], lexicon: Lexicon
) -> None:
    text = "Places to visit\nsee map\n\nWenzhou is home to a footwear cluster.\n"
    records = read_document(make_decoded(text), lexicon)
    assert [listing.locality_printed for listing in records["listings"]] == ["Wenzhou"]
    assert [question.line_number for question in records["questions"]] == [1, 2]
