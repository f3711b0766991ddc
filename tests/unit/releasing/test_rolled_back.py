"""A rollback lasts: what readers were switched away from is known until somebody goes back or something else is released."""

from pathlib import Path

import pytest

from orchestration.errors import JiqunError
from orchestration.paths import Warehouse
from orchestration.releasing.rolled_back import forget, is_rolled_back, remember, rolled_back


@pytest.fixture
def roll(tmp_path: Path):
    """Roll back to a release, by the record and the link alone."""
    warehouse = Warehouse(tmp_path)
    warehouse.current.symlink_to("releases/c")

    def to(name: str) -> tuple[str, ...]:
        remember(warehouse, before=warehouse.current.readlink().name, to=name, at="2026-01-02T03:04:05", by="someone", reason="wrong")
        warehouse.current.unlink()
        warehouse.current.symlink_to(f"releases/{name}")
        standing = rolled_back(warehouse)
        return standing.releases if standing else ()

    to.warehouse = warehouse
    return to


def test_nothing_is_rolled_back_at_first(tmp_path: Path) -> None:
    assert rolled_back(Warehouse(tmp_path)) is None


def test_each_release_switched_away_from_is_remembered(roll) -> None:
    assert roll("b") == ("c",)
    assert roll("a") == ("c", "b")
    assert [name for name in "abcd" if is_rolled_back(roll.warehouse, name)] == ["b", "c"]


def test_going_part_of_the_way_back_forgets_that_part(roll) -> None:
    roll("b")
    roll("a")
    assert roll("b") == ("c",)
    assert roll("c") == ()


def test_going_back_to_the_newest_at_once_forgets_all(roll) -> None:
    roll("b")
    roll("a")
    assert roll("c") == ()
    assert not (roll.warehouse.root / "rolled_back.json").exists()


def test_rolling_back_to_the_current_release_changes_nothing(roll) -> None:
    assert roll("c") == ()
    roll("b")
    assert roll("b") == ("c",)


def test_a_record_readers_do_not_stand_on_is_void(roll) -> None:
    roll("b")
    roll.warehouse.current.unlink()
    roll.warehouse.current.symlink_to("releases/d")
    assert not is_rolled_back(roll.warehouse, "c")


def test_another_release_ends_it(roll) -> None:
    roll("b")
    forget(roll.warehouse)
    assert rolled_back(roll.warehouse) is None


def test_the_way_back_names_who_when_why_and_the_command(roll) -> None:
    roll("b")
    told = rolled_back(roll.warehouse).why_not("c")
    assert told.message == "Release c was rolled back to b on 2026-01-02 by someone: wrong"
    assert "jiqun rollback c" in told.hint


@pytest.mark.parametrize("text", ["", "{", "[]", '{"to": "b"}'])
def test_a_torn_record_stops_rather_than_lets_everything_through(roll, text: str) -> None:
    roll("b")
    (roll.warehouse.root / "rolled_back.json").write_text(text, encoding="utf-8")
    with pytest.raises(JiqunError, match="cannot be read"):
        is_rolled_back(roll.warehouse, "c")
    assert roll("a") == ("b",)
