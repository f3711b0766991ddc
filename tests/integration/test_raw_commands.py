"""Documents that people add and take out, from the command to the release."""

import subprocess
from pathlib import Path

import pytest

TABLE = "li_fung/000_a9175d87f7a6e4c8.txt"
TILES = "The Foshan Ceramics Industrial Cluster makes half of the country's tiles.\n"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", ["add", "remove"])
def test_command_has_help(jiqun, command: str) -> None:
    ran = jiqun(command, "--help")
    assert ran.status == 0
    assert command in ran.out


def test_added_document_is_pending_until_it_is_released(jiqun, raw: Path, warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "tiles.txt").write_text(TILES, encoding="utf-8")
    where = ("--raw", raw, "--warehouse", warehouse)
    ran = jiqun("add", tmp_path / "tiles.txt", "--publisher", "A House", "--title", "Tiles", "--as-of", "2015-03", *where)
    assert ran.status == 0, ran.err
    assert "a_house/tiles.txt" in ran.out
    assert "jiqun refresh" in ran.err
    assert jiqun("status", *where, "--json").json["pending"]["added"] == ["a_house/tiles.txt", "a_house/tiles.txt.meta.yml"]
    refreshed = jiqun("refresh", *where)
    assert refreshed.status == 0
    assert refreshed.err.count("Gating") == 1, "what a run does is said once, however many frameworks log"
    query = "select title, publisher, as_of_date from dim_sources where file_name = 'a_house/tiles.txt'"
    assert jiqun("query", query, "--warehouse", warehouse, "--json").json == [
        {"title": "Tiles", "publisher": "A House", "as_of_date": "2015-03-31"}
    ]


def test_what_cannot_be_added_is_bad_input_and_raw_is_as_it_was(jiqun, raw: Path, warehouse: Path, tmp_path: Path) -> None:
    before = files(raw)
    (tmp_path / "copy.txt").write_bytes((raw / TABLE).read_bytes())
    (tmp_path / "tiles.txt").write_text(TILES, encoding="utf-8")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    for arguments, words in (
        (["nowhere.txt"], "no such file"),
        ([tmp_path / "copy.txt"], TABLE),
        ([tmp_path / "picture.txt"], "PNG"),
        ([tmp_path / "tiles.txt", "--as-of", "yesterday"], "as_of_date"),
    ):
        ran = jiqun("add", *arguments, "--raw", raw, "--warehouse", warehouse)
        assert (ran.status, ran.out) == (2, "")
        assert words in ran.err
    ran = jiqun("remove", "001_a9175d87f7a6e4c8.txt", "--raw", raw, "--warehouse", warehouse)
    assert ran.status == 2
    assert "Did you mean 000_a9175d87f7a6e4c8.txt" in ran.err
    assert files(raw) == before


def test_document_taken_out_is_not_missed_and_can_be_brought_back(jiqun, raw: Path, warehouse: Path) -> None:
    where = ("--raw", raw, "--warehouse", warehouse)
    before, first = files(raw), (warehouse / "current").readlink()
    ran = jiqun("remove", TABLE, *where, "--json")
    assert ran.status == 0, ran.err
    assert jiqun("refresh", *where).status == 0
    assert (warehouse / "current").readlink() != first
    assert f"- raw {TABLE}" in jiqun("diff", "--warehouse", warehouse).out
    for command in ran.json["bring_back"]:
        subprocess.run(command, shell=True, check=True)
    assert files(raw) == before
    assert jiqun("refresh", *where).status == 0
    assert (warehouse / "current").readlink() == first


def test_document_that_vanished_is_missed_until_a_person_says_it_was_meant(jiqun, raw: Path, warehouse: Path) -> None:
    where = ("--raw", raw, "--warehouse", warehouse)
    first = (warehouse / "current").readlink()
    for path in (raw / TABLE, raw / f"{TABLE}.meta.yml"):
        path.unlink()
    refused = jiqun("refresh", *where)
    assert refused.status == 3
    assert "jiqun remove" in refused.err
    assert (warehouse / "current").readlink() == first
    assert jiqun("remove", TABLE, *where).status == 0
    assert jiqun("refresh", *where).status == 0
