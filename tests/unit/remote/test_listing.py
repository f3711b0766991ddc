"""`raw/sources.yml`: each entry stands or falls alone."""

from datetime import date
from pathlib import Path

import pytest

from orchestration.errors import BadInput
from orchestration.reading.sidecar import SideCar
from orchestration.remote.listing import Source, Wrong, read_listing

GOOD = {"name": "a", "url": "https://example.org/a.html", "file_name": "a.html"}


def _entry(**changes: object) -> str:
    lines = [f"{key}: {value}" for key, value in (GOOD | changes).items() if value is not None]
    return "- " + "\n  ".join(lines) + "\n"


def _read(tmp_path: Path, text: str) -> list[Source | Wrong]:
    (tmp_path / "sources.yml").write_text(text, encoding="utf-8")
    return read_listing(tmp_path)


def test_no_list_is_no_source(tmp_path: Path) -> None:
    assert read_listing(tmp_path) == []


def test_an_entry_is_a_source_with_the_facts_for_its_side_car(tmp_path: Path) -> None:
    (source,) = _read(tmp_path, _entry(title="鞋业集群", as_of_date="2015-06-30"))
    assert source == Source("a", GOOD["url"], "a.html", SideCar(title="鞋业集群", as_of_date=date(2015, 6, 30)))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"titel": "misspelt"}, "'titel'"),
        ({"accessed_on": "2015-01-01"}, "'accessed_on'"),
        ({"url": None}, "url is missing"),
        ({"url": "/etc/hosts"}, "no scheme"),
        ({"name": "../b"}, "name must be"),
        ({"file_name": "../b.txt"}, "'../b.txt'"),
        ({"file_name": ".hidden"}, "'.hidden'"),
        ({"file_name": "b.txt.meta.yml"}, "b.txt.meta.yml"),
        ({"as_of_date": "'soon'"}, "as_of_date must be a date"),
        ({"title": "[a, b]"}, "title must be text"),
    ],
)
def test_a_wrong_entry_is_named_and_the_others_stay(tmp_path: Path, changes: dict[str, object], named: str) -> None:
    wrong, good = _read(tmp_path, _entry(**{"name": "b"} | changes) + _entry())
    assert isinstance(wrong, Wrong)
    assert named in wrong.error.message
    assert isinstance(good, Source)


def test_a_name_given_twice_is_wrong_the_second_time(tmp_path: Path) -> None:
    first, second = _read(tmp_path, _entry() + _entry(url="https://example.org/b.html"))
    assert isinstance(first, Source)
    assert isinstance(second, Wrong)


@pytest.mark.parametrize("text", ["name: a\n", "- [unclosed\n", "just text\n"])
def test_a_file_that_is_no_list_is_bad_input(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match=r"sources\.yml"):
        _read(tmp_path, text)
