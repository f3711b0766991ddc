"""A rollback lasts: refreshes leave it so, and say how to return, until raw or the code change."""

from pathlib import Path


def test_rolled_back_release_stays_away_until_something_changes(jiqun, raw: Path, warehouse: Path) -> None:
    where = ("--raw", raw, "--warehouse", warehouse)
    older = (warehouse / "current").readlink()
    (raw / "tiles.txt").write_text("The Foshan Ceramics Industrial Cluster makes half of the country's tiles.\n", encoding="utf-8")
    assert jiqun("refresh", *where).status == 0
    newer = (warehouse / "current").readlink().name
    assert jiqun("rollback", "previous", "--reason", "tiles are wrong", "--warehouse", warehouse).status == 0

    ran = jiqun("refresh", *where, "--json")
    assert (ran.status, ran.json["outcome"]) == (0, "rolled back")
    assert "tiles are wrong" in ran.err
    assert f"jiqun rollback {newer}" in ran.err
    assert (warehouse / "current").readlink() == older
    assert f"Rolled back from {newer}" in jiqun("status", *where).out

    (raw / "tiles.txt").unlink()
    assert jiqun("refresh", *where, "--json").json["outcome"] == "nothing new"
    (raw / "tiles.txt").write_text("The Foshan Ceramics Industrial Cluster makes most of the country's tiles.\n", encoding="utf-8")
    assert jiqun("refresh", *where, "--json").json["outcome"] == "released"
    assert jiqun("status", *where, "--json").json["rolled_back"] is None
