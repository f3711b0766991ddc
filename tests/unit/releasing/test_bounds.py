"""Changes too large to be published without a person's word, and those that are not."""

import pytest

from orchestration.errors import BadInput, GateRefused
from orchestration.releasing.publishing import rollback
from orchestration.releasing.store import current, find

USUAL = ("a", "b:440000")


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("delete from marts.fct_cluster_listings where listing_id in ('a-l1', 'a-l2', 'a-l3', 'b-l1')", "listings fell from 20 to 16"),
        ("update marts.fct_cluster_listings set cluster_id = 'a-c0' where source_id = 'a'", "clusters fell from 20 to 11"),
        ("update marts.fct_cluster_listings set locality_id = null where source_id = 'a'", "localities fell from 20 to 10"),
        ("update marts.fct_cluster_listings set industry_id = 'a-i0'", "industries fell from 20 to 1"),
        ("update marts.fct_cluster_listings set province_code_gb2260 = '330000'", "provinces covered fell from 2 to 1"),
        ("delete from marts.fct_province_tallies", "tallies fell from 2 to 0"),
        ("delete from marts.fct_awards", "awards fell from 2 to 0"),
        ("delete from marts.fct_statistics where source_id = 'b'", "statistics fell from 20 to 10"),
        ("insert into marts.fct_statistics from marts.fct_statistics", "statistics of the same documents rose from 20 to 40"),
        ("insert into marts.fct_cluster_listings from marts.fct_cluster_listings", "listings of the same documents rose from 20 to 40"),
    ],
)
def test_a_number_that_moved_too_far_refuses_and_says_from_where_to_where(published, sql, what):
    with pytest.raises(GateRefused, match=what) as error:
        published.publish("r2", published.build(sql=sql))
    assert "--accept-change" in error.value.hint
    assert current(published.warehouse).id == "r1"
    assert published.names() == ["r1"]


@pytest.mark.parametrize(
    "sql",
    [
        "delete from marts.fct_cluster_listings where listing_id = 'a-l1'",
        "delete from marts.fct_awards where award_id = 'a-a1'",
        "insert into marts.fct_statistics select 'more' || i, 'a', 's', 'm', 1, 'q' from range(8) t(i)",
        "delete from marts.dim_industries where industry_id = 'a-i1'",
    ],
)
def test_a_small_change_is_published(published, sql):
    published.publish("r2", published.build(sql=sql))
    assert current(published.warehouse).id == "r2"


def test_a_new_document_may_bring_any_number_of_rows(published):
    published.publish("r2", published.build(*USUAL, "c", "d", "e", "f"))
    assert current(published.warehouse).id == "r2"


def test_a_document_that_vanished_refuses(published):
    with pytest.raises(GateRefused, match="documents fell from 2 to 1"):
        published.publish("r2", published.build("b:440000"))


def test_a_document_taken_out_on_purpose_is_not_missed(published):
    published.publish("r2", published.build("b:440000"), removed=["press/a.txt"])
    assert current(published.warehouse).id == "r2"


def test_an_accepted_change_is_published_with_who_why_and_against_what(published):
    build = published.build(sql="delete from marts.fct_awards")
    release = published.publish("r2", build, accept_change=" the contest was void ")
    (accepted,) = release.manifest["accepted_changes"]
    assert accepted["change"].startswith("awards fell from 2 to 0")
    assert (accepted["reason"], accepted["against"]) == ("the contest was void", "r1")
    assert accepted["by"]
    assert accepted["at"]


def test_a_reason_where_nothing_needs_one_is_not_recorded(published):
    assert published.publish("r2", published.build(*USUAL, "c"), accept_change="just in case").manifest["accepted_changes"] == []


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_empty_reason_is_none(published, reason):
    with pytest.raises(BadInput, match="for a reason"):
        published.publish("r2", accept_change=reason)


def test_a_kept_release_is_held_to_the_bounds_too(published):
    published.publish("r2", published.build(*USUAL, "c"))
    with pytest.raises(GateRefused, match="documents fell from 3 to 2"):
        published.publish("r1")
    assert current(published.warehouse).id == "r2"


def test_accepting_the_way_back_to_a_kept_release_is_recorded_in_its_manifest(published):
    published.publish("r2", published.build(*USUAL, "c"))
    release = published.publish("r1", accept_change="c was withdrawn")
    assert {change["reason"] for change in release.manifest["accepted_changes"]} == {"c was withdrawn"}
    assert current(published.warehouse).id == "r1"


def test_what_was_accepted_once_needs_no_second_word_after_a_rollback(published):
    build = published.build(sql="delete from marts.fct_awards")
    published.publish("r2", build, accept_change="the contest was void")
    rollback(published.warehouse, find(published.warehouse, "r1"))
    published.publish("r2", build)
    assert current(published.warehouse).id == "r2"


def test_the_newest_readable_release_is_compared_with_where_the_current_one_is_damaged(published):
    second = published.publish("r2", published.build(*USUAL, "c"))
    second.database.unlink()
    with pytest.raises(GateRefused, match="since release r1: documents fell from 2 to 1"):
        published.publish("r3", published.build("a"))
