"""The commands on releases as a person or a program meets them: exit status, what goes to standard output, what to standard error."""

import json
import sys

import pytest

from orchestration import cli
from orchestration.releasing.store import current


@pytest.fixture
def jiqun(two_releases, monkeypatch, capsys):
    """Run `jiqun ARGUMENTS` in this process on a warehouse with releases r1 and r2: exit status, standard output, standard error."""

    def run(*words, warehouse=None):
        monkeypatch.setattr(sys, "argv", ["jiqun", *words])
        monkeypatch.setenv("JIQUN_WAREHOUSE", str(warehouse or two_releases.warehouse.root))
        try:
            cli.main()
        except SystemExit as error:
            return int(error.code or 0), *capsys.readouterr()
        return 0, *capsys.readouterr()

    run.world = two_releases
    return run


def test_releases_are_listed_with_the_current_one_marked(jiqun):
    status, out, _ = jiqun("releases")
    assert status == 0
    assert [line[:4] for line in out.splitlines()] == ["* r2", "  r1"]
    status, out, _ = jiqun("releases", "--json")
    assert [(release["release_id"], release["is_current"]) for release in json.loads(out)] == [("r2", True), ("r1", False)]


def test_a_warehouse_without_releases_says_what_makes_the_first(jiqun, tmp_path):
    assert jiqun("releases", "--json", warehouse=tmp_path / "new")[:2] == (0, "[]\n")
    for words in (("query", "select 1"), ("verify",), ("diff",), ("rollback", "previous")):
        status, out, err = jiqun(*words, warehouse=tmp_path / "new")
        assert (status, out) == (2, "")
        assert "jiqun refresh" in err
    assert not (tmp_path / "new").exists()


def test_rolling_back_flips_and_says_so(jiqun):
    status, out, _ = jiqun("rollback", "previous", "--json")
    assert (status, json.loads(out)["release_id"], json.loads(out)["before"]) == (0, "r1", "r2")
    assert current(jiqun.world.warehouse).id == "r1"


@pytest.mark.parametrize("words", [("rollback", "r9"), ("verify", "r9"), ("diff", "r1", "r9")])
def test_an_unknown_release_is_status_2_with_a_suggestion(jiqun, words):
    status, out, err = jiqun(*words)
    assert (status, out) == (2, "")
    assert "Did you mean" in err
    assert current(jiqun.world.warehouse).id == "r2"


def test_a_whole_release_verifies_with_its_certificate(jiqun):
    status, out, _ = jiqun("verify")
    assert status == 0
    assert out.startswith("Release r2\n")
    assert json.loads(jiqun("verify", "r1", "--json")[1]) == {"release_id": "r1", "is_valid": True, "problems": []}


def test_a_damaged_release_is_status_1_and_named(jiqun):
    (jiqun.world.warehouse.releases / "r2" / "site" / "index.html").unlink()
    status, out, err = jiqun("verify", "--json")
    assert (status, json.loads(out)["is_valid"]) == (1, False)
    assert json.loads(out)["problems"] == [{"where": "site/index.html", "what": "it is missing"}]
    assert "not what was published" in err
    assert jiqun("rollback", "r2")[0] == 1


def test_a_difference_is_text_or_json(jiqun):
    status, out, _ = jiqun("diff")
    assert status == 0
    assert out.startswith("r1 -> r2\n")
    assert json.loads(jiqun("diff", "r1", "r2", "--json", "--limit", "1")[1])["after"] == "r2"


def test_a_query_answers_on_standard_output_alone(jiqun):
    assert jiqun("query", "select count(*) as n from clusters", "--format", "csv") == (0, "n\n30\n", "")
    assert json.loads(jiqun("query", "select 1 as n", "--json")[1]) == [{"n": 1}]


def test_a_query_that_would_do_more_than_read_is_status_2(jiqun):
    status, out, err = jiqun("query", "copy (select 1) to 'x.csv'")
    assert (status, out) == (2, "")
    assert "only reads" in err


def test_a_query_that_takes_too_long_is_status_1(jiqun):
    assert jiqun("query", "select count(*) from range(1000000000000)", "--timeout", "0.1")[0] == 1


def test_a_query_of_a_warehouse_whose_current_release_is_gone_is_refused(jiqun):
    link = jiqun.world.warehouse.current
    link.unlink()
    link.symlink_to("releases/gone")
    status, out, err = jiqun("query", "select 1")
    assert (status, out) == (1, "")
    assert "which is gone" in err
    assert jiqun("releases")[0] == 0
    assert jiqun("rollback", "r1")[0] == 0
    assert jiqun("query", "select 1 as n", "--format", "csv")[:2] == (0, "n\n1\n")
