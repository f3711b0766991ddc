from datetime import date

import pytest

from orchestration.errors import BadInput
from orchestration.reading.sidecar import SideCar, load_side_car


def load(text: str) -> SideCar:
    return load_side_car(text.encode(), "a.txt.meta.yml")


def test_dates_and_text_are_taken_as_written() -> None:
    read = load("title: Chinese 100\npublished_on: 2019-01-23\nas_of_date: 2010-06-30\n")
    assert (read.title, read.published_on, read.as_of_date, read.url) == ("Chinese 100", date(2019, 1, 23), date(2010, 6, 30), None)


def test_a_month_is_its_last_day() -> None:
    assert load("as_of_date: 2012-02").as_of_date == date(2012, 2, 29)


@pytest.mark.parametrize("text", ["", "# nothing\n", "title:\n"])
def test_an_empty_side_car_says_nothing(text: str) -> None:
    assert load(text) == SideCar()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("titel: x", "'titel'"),
        ("title: x\ntitle: y", "'title' is given twice"),
        ("title: 2019", "title must be text"),
        ("title: [a]", "title must be text"),
        ("as_of_date: soon", "as_of_date must be a date"),
        ("as_of_date: 2010", "as_of_date must be a date"),
        ("as_of_date: 2010-13", "as_of_date must be a date"),
        ("published_on: 2019-02-30", "broken YAML"),
        ("published_on: 2019-01-23 10:00:00", "published_on must be a date"),
        ("title: [", "broken YAML"),
        ("- a\n- b", "holds no `key: value` lines"),
        ("title: !!python/object/apply:os.getcwd []", "broken YAML"),
    ],
)
def test_a_wrong_side_car_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(BadInput) as error:
        load(text)
    assert error.value.message.startswith("a.txt.meta.yml: ")
    assert named in error.value.message
    assert error.value.hint


def test_an_unknown_key_is_answered_with_the_allowed_ones() -> None:
    with pytest.raises(BadInput) as error:
        load("titel: x")
    assert error.value.hint == "allowed keys: title, publisher, url, published_on, as_of_date, accessed_on, language, licence, layout"
