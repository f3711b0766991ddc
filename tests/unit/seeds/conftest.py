"""The committed gazetteer, read once."""

import csv

import pytest

from orchestration.paths import SEEDS


def _rows(name):
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def seeds():
    return {name: _rows(f"gazetteer/{name}.csv") for name in ("provinces", "divisions", "towns", "zones", "successions")}


@pytest.fixture(scope="session")
def divisions_of(seeds):
    """Level and year -> the divisions at the end of that year, by code."""

    def of(level, year):
        return {
            row["code"]: row
            for row in seeds["divisions"]
            if row["level"] == level and int(row["valid_from"]) <= year <= int(row["valid_to"] or 9999)
        }

    return of
