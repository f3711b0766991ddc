"""Bad input: a message that names the file and the next step, the other documents released, nothing lost, no release touched."""

import json
from pathlib import Path

import pytest

from tests.integration.receivers import Hook, serving

BAD = {
    "empty.txt": b"",
    "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
    "undecodable.txt": "江苏省无锡市".encode("gb18030") + b"\xff\xff\xff\x81" + "产业集群".encode() + b"\xfe\xfe",
    "no_layout.txt": b"qwerty zxcv\nasdf ghjk\nuiop bnm\n",
}


@pytest.fixture
def spoilt(raw: Path) -> Path:
    """The two shipped documents among every kind of bad file."""
    for name, data in BAD.items():
        (raw / name).write_bytes(data)
    shipped = next(raw.rglob("004*.txt"))
    (raw / "twin.txt").write_bytes(shipped.read_bytes())
    (raw / "unknown_key.txt").write_text("Yueqing makes switches.\n", encoding="utf-8")
    (raw / "unknown_key.txt.meta.yml").write_text("titel: misspelt\n", encoding="utf-8")
    (raw / "broken_yaml.txt").write_text("Wenling makes shoes.\n", encoding="utf-8")
    (raw / "broken_yaml.txt.meta.yml").write_text("title: [unclosed\n", encoding="utf-8")
    (raw / "orphan.txt.meta.yml").write_text("title: a side-car without its document\n", encoding="utf-8")
    (raw / "dangling.txt").symlink_to(raw / "nowhere.txt")
    return raw


def test_bad_files_are_named_and_the_good_ones_released(jiqun, spoilt: Path, warehouse: Path) -> None:
    ran = jiqun("refresh", "--raw", spoilt, "--warehouse", warehouse, "--json")
    assert ran.status == 0, ran.out + ran.err
    assert ran.json["outcome"] == "released"
    why = jiqun("why", "--warehouse", warehouse).out
    for name in (*BAD, "twin.txt", "unknown_key.txt", "broken_yaml.txt", "orphan.txt.meta.yml"):
        assert name in why, f"{name} is not named in:\n{why}"
    assert "titel" in why
    query = "select count(*) from marts.fct_cluster_listings"
    assert jiqun("query", query, "--warehouse", warehouse, "--format", "csv").out.split()[-1] == "103"


def test_nothing_but_bad_files_is_bad_input_and_people_are_told(jiqun, tmp_path: Path, warehouse: Path) -> None:
    before = (warehouse / "current").readlink()
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "empty.txt").write_bytes(b"")
    hook = Hook()
    with serving(hook.server) as port:
        ran = jiqun("refresh", "--raw", tmp_path / "raw", "--warehouse", warehouse, JIQUN_ALERT_WEBHOOK=f"http://127.0.0.1:{port}")
    assert ran.status == 2
    assert "empty.txt" in ran.err
    assert (warehouse / "current").readlink() == before
    (told,) = hook.got
    assert (told["kind"], told["serving"]) == ("refresh failed", before.name)
    assert "empty.txt" in told["why"]


@pytest.mark.parametrize("make", [True, False], ids=["empty", "missing"])
def test_a_raw_folder_with_nothing_in_it_is_bad_input(jiqun, tmp_path: Path, warehouse: Path, make: bool) -> None:
    folder = tmp_path / "no-documents"
    if make:
        folder.mkdir()
    before = (warehouse / "current").readlink()
    ran = jiqun("refresh", "--raw", folder, "--warehouse", warehouse)
    assert ran.status == 2
    assert str(folder) in ran.err
    assert (warehouse / "current").readlink() == before


def test_an_unknown_option_is_bad_input(jiqun) -> None:
    assert jiqun("refresh", "--fast").status == 2


def test_a_version_that_lost_most_of_its_rows_is_held_back_and_told_of_and_the_last_good_stays(jiqun, raw: Path, warehouse: Path) -> None:
    table = next(raw.rglob("000*.txt"))
    lines = table.read_text(encoding="utf-8").split("\n")
    table.write_text("\n".join(lines[:30]), encoding="utf-8")
    (raw / "b.txt").write_text("The Foshan Ceramics Industrial Cluster makes half of the country's tiles.\n", encoding="utf-8")
    serves, hook = (warehouse / "current").readlink().name, Hook()
    with serving(hook.server) as port:
        listening = {"JIQUN_ALERT_WEBHOOK": f"http://127.0.0.1:{port}", "JIQUN_LOG": "json"}
        ran = jiqun("refresh", "--raw", raw, "--warehouse", warehouse, "--json", **listening)
    assert ran.status == 0, ran.err
    (told,) = (got for got in hook.got if got["kind"] == "document held back")
    assert (told["what"], told["serving"]) == (table.relative_to(raw).as_posix(), serves)
    lines = [json.loads(line) for line in ran.err.splitlines() if line.startswith("{")]
    assert {"run_id", "release_id", "level", "message", "time"} <= lines[0].keys()
    assert told["run_id"] in {line["run_id"] for line in lines}
    assert "held back    li_fung/000" in ran.err
    assert "listings" in ran.err
    counts = jiqun(
        "query",
        "select file_name, count(*) from marts.fct_cluster_listings join marts.dim_sources using (source_id) group by 1 order by 1",
        "--warehouse",
        warehouse,
        "--format",
        "csv",
    ).out.splitlines()[1:]
    assert counts == ["b.txt,1", "li_fung/000_a9175d87f7a6e4c8.txt,100", "zhejiang_gov/004_f39f7fba967055bf.txt,3"]
    assert "li_fung/000" in jiqun("why", "--warehouse", warehouse).out
    assert "li_fung/000" in jiqun("status", "--raw", raw, "--warehouse", warehouse).out
    again = jiqun("refresh", "--raw", raw, "--warehouse", warehouse, "--json")
    assert again.json["outcome"] == "nothing new"
    accepted = jiqun("refresh", "--raw", raw, "--warehouse", warehouse, "--accept-change", "the list was shortened", "--json")
    assert accepted.status == 0, accepted.err
    query = "select count(*) from marts.fct_cluster_listings"
    assert int(jiqun("query", query, "--warehouse", warehouse, "--format", "csv").out.split()[-1]) < 30
