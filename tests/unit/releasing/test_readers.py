"""Readers while releases come and go: no error, and one release for each set of queries."""

import os
import traceback

import pytest

from orchestration.releasing import publishing
from orchestration.releasing.retention import retain
from orchestration.releasing.store import current, open_release


def read_until(warehouse, stop, report):
    """Ask the current release again and again, as `jiqun query` does; what goes wrong goes into the report."""
    reads, seen = 0, set()
    try:
        while not stop.exists():
            release = current(warehouse)
            with open_release(release) as connection:
                (documents,) = connection.execute("select count(*) from marts.dim_sources").fetchone()
                (listings,) = connection.execute("select count(*) from marts.fct_cluster_listings").fetchone()
                (read,) = connection.execute("select count(*) from marts.clusters").fetchone()
            assert listings == read == documents * 10, f"a mixture: {documents} documents, {listings} listings, {read} clusters"
            assert documents == release.manifest["tables"]["marts.dim_sources"]["row_count"]
            reads, seen = reads + 1, seen | {release.id}
        report.write_text(f"{reads} {len(seen)}", encoding="utf-8")
    finally:
        if not report.exists():
            report.write_text(traceback.format_exc(), encoding="utf-8")
        os._exit(0)


def start(world, count):
    """Reading processes; returns what stops them and gives each one's number of reads and of releases seen."""
    stop = world.root / "stop"
    reports = [world.root / f"reader-{number}" for number in range(count)]
    pids = []
    for report in reports:
        if (pid := os.fork()) == 0:
            read_until(world.warehouse, stop, report)
        pids.append(pid)

    def finish():
        stop.touch()
        for pid in pids:
            os.waitpid(pid, 0)
        said = [report.read_text(encoding="utf-8") for report in reports]
        assert [text for text in said if not text.replace(" ", "").isdigit()] == []
        return [tuple(map(int, text.split())) for text in said]

    return finish


def test_four_readers_meet_no_error_through_thirty_flips(two_releases):
    world = two_releases
    finish = start(world, 4)
    for number in range(30):
        publishing.point_current(world.warehouse, f"r{number % 2 + 1}")
        with open_release(current(world.warehouse)) as connection:
            connection.execute("from marts.clusters").fetchall()
    assert all(reads and seen for reads, seen in finish())


@pytest.mark.torture
def test_eight_readers_meet_no_error_through_a_hundred_releases_of_which_few_are_kept(after_one_release):
    world, _ = after_one_release
    sources = ("a", "b:440000", "c", "d")
    finish = start(world, 8)
    for number in range(100):
        world.publish(f"r{number + 2}", world.build(*sources[: 2 + number % 3]), accept_change="a document comes and goes")
        retain(world.warehouse, 5)
    reads = finish()
    assert all(count > 20 and seen > 5 for count, seen in reads), reads
    assert len(world.names()) <= 5 + 8
