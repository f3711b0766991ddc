"""What two releases differ in: by entity and field, counted in full and listed to a limit."""

import json
from dataclasses import asdict

import pytest

from orchestration.releasing.difference import Change, Row, diff, render

CHANGED = """
update marts.fct_statistics set value = 36 where statistic_id in ('a-s1', 'a-s2');
update marts.dim_clusters set name_en = null where cluster_id = 'b-c3';
delete from marts.fct_awards where award_id = 'a-a1';
insert into marts.fct_awards values ('a-a2', 'a', 'Contest', 'the other');
"""


@pytest.fixture(scope="module")
def published(world_in, tmp_path_factory):
    """Releases differ in what is in them, wherever they lie: these two are made once, and only read."""
    return world_in(tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="module")
def first(published):
    return published.publish("r1")


@pytest.fixture(scope="module")
def two(first, published):
    inputs = [{"path": "press/a.txt", "sha256": "1" * 64}, {"path": "new.txt", "sha256": "2" * 64}]
    return first, published.publish("r2", published.build(sql=CHANGED), inputs=inputs)


def table(found, name):
    return next(table for table in found.tables if table.table == name)


def test_a_release_does_not_differ_from_itself(two):
    found = diff(two[0], two[0])
    assert found.is_empty
    assert "The same inputs and the same content." in list(render(found))


def test_changes_are_told_by_row_and_field_with_before_and_after(two):
    found = diff(*two)
    statistics = table(found, "marts.fct_statistics")
    assert (statistics.added_count, statistics.gone_count, statistics.changed_count) == (0, 0, 2)
    assert statistics.changed_columns == {"value": 2}
    assert statistics.changed[0] == Change(("a-s1",), "Yueqing / market_share / over 35.5%", "value", 35.5, 36.0, "other documents")
    assert table(found, "marts.dim_clusters").changed == (Change(("b-c3",), "", "name_en", "Cluster 3", None, "other documents"),)


def test_rows_of_one_release_only_are_added_or_gone(two):
    awards = table(diff(*two), "marts.fct_awards")
    assert awards.added == (Row(("a-a2",), "Contest / the other", "other documents"),)
    assert awards.gone == (Row(("a-a1",), "Contest / the Yueqing cluster", "other documents"),)


def test_the_other_way_round_what_was_added_is_gone(two):
    awards = table(diff(*reversed(two)), "marts.fct_awards")
    assert [row.key for row in awards.gone] == [("a-a2",)]


def test_raw_files_added_gone_and_changed_are_told(two):
    inputs = diff(*two).inputs
    assert (inputs.added, inputs.gone, inputs.changed) == (("new.txt",), (), ("press/a.txt",))
    assert diff(*reversed(two)).inputs.gone == ("new.txt",)


def test_tables_that_are_the_same_are_not_told(two):
    found = diff(*two)
    assert {t.table for t in found.tables} == {"marts.fct_statistics", "marts.dim_clusters", "marts.fct_awards"}
    assert found.other_tables == ("marts.clusters",)


def test_a_limit_cuts_lists_and_not_counts_and_says_so(two):
    found = diff(*two, limit=1)
    statistics = table(found, "marts.fct_statistics")
    assert (statistics.changed_count, len(statistics.changed)) == (2, 1)
    assert "  ~ ... 1 more rows" in list(render(found))
    assert len(table(diff(*two, limit=None), "marts.fct_statistics").changed) == 2


def test_a_column_that_only_one_release_has_is_told_and_not_compared(first, world):
    second = world.publish("r2", world.build(sql="alter table marts.dim_industries add column isic4_class varchar"))
    industries = table(diff(first, second), "marts.dim_industries")
    assert (industries.columns_added, industries.columns_gone, industries.changed_count) == (("isic4_class",), (), 0)
    assert table(diff(second, first), "marts.dim_industries").columns_gone == ("isic4_class",)


def test_a_difference_is_one_json_document(two):
    assert json.loads(json.dumps(asdict(diff(*two)), default=str))["inputs"]["added"] == ["new.txt"]


def reasons(found):
    """Table, first key and reason of every row that differs."""
    return {(t.table, row.key[0], row.reason) for t in found.tables for row in (*t.added, *t.gone, *t.changed)}


def test_a_row_of_a_new_a_changed_or_a_missing_document_says_so(first, world):
    changed = "update marts.dim_sources set file_name = 'press/b.txt' where source_id = 'd'"
    second = world.publish("r2", world.build("a", "c", "d:440000", sql=changed))
    found = reasons(diff(first, second, None))
    for expected in (
        ("marts.fct_cluster_listings", "c-l0", "new document"),
        ("marts.dim_clusters", "c-c0", "new document"),
        ("marts.fct_awards", "d-a1", "changed document"),
        ("marts.dim_localities", "d-p3", "changed document"),
        ("marts.dim_industries", "b-i3", "changed document"),
    ):
        assert expected in found
    assert ("marts.fct_awards", "c-a1", "document gone") in reasons(diff(second, first, None))


def test_a_row_that_a_person_decided_says_so(first, world):
    decided = """
        update marts.fct_cluster_listings set locality_id = 'a-p9' where listing_id = 'a-l1';
        update marts.dim_clusters set name_en = 'Another' where cluster_id = 'a-c1';
        insert into audit.provenance values ('fct_cluster_listings', 'a-l1', 'locality_id', 'a', 2, 0, 6, 'curated_decision');
    """
    found = reasons(diff(first, world.publish("r2", world.build(sql=decided), code_digest="a decision more")))
    assert ("marts.fct_cluster_listings", "a-l1", "curation") in found
    assert ("marts.dim_clusters", "a-c1", "curation") in found


def test_what_no_document_and_no_person_explains_is_the_code(first, world):
    other = world.publish("r3", world.build(sql=CHANGED), code_digest="other code")
    assert {reason for _, _, reason in reasons(diff(first, other))} == {"code"}


def test_a_changed_side_car_is_the_reason_of_its_documents_rows(first, world):
    inputs = [{"path": "press/a.txt.meta.yml", "sha256": "1" * 64}]
    second = world.publish("r2", world.build(sql="update marts.dim_sources set title = 'New' where source_id = 'a'"), inputs=inputs)
    assert ("marts.dim_sources", "a", "changed side-car") in reasons(diff(first, second))
