"""What is kept of a measurement from one day to the next. What is measured is no test's matter."""

from pathlib import Path

from benchmarks.measuring import Cost, Row
from benchmarks.page import noted


def measured(what: str, seconds: float) -> Row:
    return Row(what, "a second", 1.0, [Cost(seconds)], [Cost(1)])


def test_a_row_shows_its_ratios_of_the_last_days_before_this_one(tmp_path: Path) -> None:
    runs = tmp_path / "runs.csv"
    runs.write_text("page,day,what,yardstick,ratio\n", encoding="utf-8")
    for day, seconds in (("2026-01-01", 4), ("2026-01-02", 5), ("2026-01-03", 3), ("2026-01-03", 2)):
        noted([measured("a flip, twice", seconds)], "performance", day, runs)
    noted([measured("a flip, twice", 9)], "growth", "2026-01-03", runs)
    earlier = noted([measured("a flip, twice", 1), measured("new", 1)], "performance", "2026-01-04", runs)
    assert earlier == {("a flip, twice", "a second"): ["5.00×", "2.00×"]}
