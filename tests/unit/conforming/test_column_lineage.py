"""Which columns a column comes from, as the compiled SQL of a model says."""

from pathlib import Path

import pytest

from orchestration.conforming.column_lineage import ColumnLineage, tell

SCHEMA = {("raw", "listings"): {"observation_id": "VARCHAR", "place": "VARCHAR"}, ("raw", "sources"): {"id": "VARCHAR", "as_of": "DATE"}}
SQL = """
with listings as (select observation_id as listing_id, place from "build"."raw"."listings"),
final as (
    select listings.listing_id, upper(coalesce(listings.place, sources.id)) as printed, count(*) as seen
    from listings left join build.raw.sources as sources on true group by all
)
select * from final
"""


def test_a_column_comes_from_those_its_expression_reads_through_any_number_of_steps() -> None:
    told = tell(SQL, SCHEMA)
    assert told == {
        "listing_id": [(("raw", "listings"), "observation_id")],
        "printed": [(("raw", "listings"), "place"), (("raw", "sources"), "id")],
        "seen": [],
    }


def test_a_file_that_is_read_is_the_table_of_its_folder_and_name(tmp_path: Path) -> None:
    (tmp_path / "industries").mkdir()
    (tmp_path / "industries" / "isic4.csv").write_text("isic4_class,title\n", encoding="utf-8")
    sql = f"with source as (select * from read_csv('{tmp_path}/industries/isic4.csv', header = true)) select title as name from source"
    assert tell(sql, {}) == {"name": [(("industries", "isic4"), "title")]}


def test_what_was_told_once_is_remembered_for_those_who_may_not_wait(tmp_path: Path) -> None:
    memory = tmp_path / "lineage.json"
    assert ColumnLineage(memory, SCHEMA, may_tell=False).of(SQL) == {}
    first = ColumnLineage(memory, SCHEMA, may_tell=True)
    told = first.of(SQL)
    first.remember()
    assert ColumnLineage(memory, SCHEMA, may_tell=False).of(SQL) == told != {}


def test_sql_that_cannot_be_parsed_is_told_of_and_ends_no_run(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("WARNING", "jiqun"):
        assert ColumnLineage(tmp_path / "lineage.json", SCHEMA, may_tell=True).of("select from where (") == {}
    assert "could not be followed" in caplog.text


@pytest.mark.parametrize("content", ["{torn", "[]"])
def test_a_memory_that_is_not_ours_is_made_again(tmp_path: Path, content: str) -> None:
    (tmp_path / "lineage.json").write_text(content, encoding="utf-8")
    assert ColumnLineage(tmp_path / "lineage.json", SCHEMA, may_tell=True).of(SQL)
