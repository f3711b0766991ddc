"""The two shipped documents, released: every published value held against the hand-made answer tables, by plain reading of both."""

import csv
from pathlib import Path

import duckdb
import pytest

from orchestration.paths import ANSWERS, RAW

TABLE, ARTICLE = "f37edffb7adb41f6", "6320995e068ecd37"


def answers(source_id: str, name: str) -> list[dict[str, str]]:
    with (ANSWERS / source_id / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


@pytest.fixture(scope="module")
def listings(marts) -> dict[str, list[dict]]:
    found = rows(
        marts,
        """
        select l.*, d.name_zh as place_name_zh, d.name_en as place_name_en, d.level, d.county_code_gb2260, d.current_county_code_gb2260,
            d.prefecture_code_gb2260, d.latitude, d.longitude, i.isic4_section, i.isic4_division, i.isic4_class
        from marts.fct_cluster_listings as l
        left join marts.dim_localities as d using (locality_id)
        left join marts.dim_industries as i on i.industry_id = l.industry_id
        order by l.source_id, l.ordinal
        """,
    )
    return {source: [r for r in found if r["source_id"] == source] for source in (TABLE, ARTICLE)}


SAME = {
    "ordinal": "ordinal",
    "line_number": "line_number",
    "locality_printed": "locality_printed",
    "industry_printed": "industry_printed",
    "province_code": "province_code_gb2260",
    "place_level": "level",
    "place_name_zh": "place_name_zh",
    "place_name_en": "place_name_en",
    "county_code": "county_code_gb2260",
    "current_county_code": "current_county_code_gb2260",
    "prefecture_code": "prefecture_code_gb2260",
}


@pytest.mark.parametrize("source_id", [TABLE, ARTICLE])
def test_every_listing_is_published_and_right(listings, source_id: str) -> None:
    expected = answers(source_id, "listings")
    assert len(listings[source_id]) == len(expected)
    wrong = [
        (answer["ordinal"], column, answer[name], found[column])
        for answer, found in zip(expected, listings[source_id], strict=True)
        for name, column in SAME.items()
        if answer[name] != ("" if found[column] is None else str(found[column]))
    ]
    assert not wrong


@pytest.mark.parametrize("source_id", [TABLE, ARTICLE])
def test_every_industry_has_section_and_division_and_the_class_the_print_allows(listings, source_id: str) -> None:
    pairs = list(zip(answers(source_id, "listings"), listings[source_id], strict=True))
    assert not [found for _, found in pairs if not (found["isic4_section"] and found["isic4_division"])]
    assert not [
        (answer["industry_printed"], name, answer[name], found[name])
        for answer, found in pairs
        for name in ("isic4_section", "isic4_division", "isic4_class")
        if answer[name] and answer[name] != found[name]
    ]


def test_every_listing_has_coordinates_within_china(listings) -> None:
    for listing in (*listings[TABLE], *listings[ARTICLE]):
        assert 18 < listing["latitude"] < 54, listing
        assert 73 < listing["longitude"] < 136, listing


def test_the_printed_province_is_kept_beside_the_published_one(listings) -> None:
    printed = [answer["province_printed"] for answer in answers(TABLE, "listings")]
    assert [listing["province_printed"] for listing in listings[TABLE]] == printed


def test_each_slipped_label_is_a_repair_with_both_witnesses(marts, listings) -> None:
    slipped = {
        found["listing_id"]
        for answer, found in zip(answers(TABLE, "listings"), listings[TABLE], strict=True)
        if _names(answer["province_printed"], marts)[1] != answer["province_code"]
    }
    repairs = rows(marts, "select * from audit.repairs where field = 'province'")
    assert len(slipped) == 11  # from the last row of Henan on, but those whose province is the same under either label
    assert {r["listing_id"] for r in repairs} == slipped
    for repair in repairs:
        assert repair["printed"] != repair["published"]
        assert "label" in repair["evidence"]
        assert "gazetteer" in repair["evidence"].lower()


def _names(printed: str, marts) -> tuple[str, str]:
    for code, name in marts.execute(
        "select province_code_gb2260, name_en from marts.dim_provinces order by length(name_en) desc"
    ).fetchall():
        if printed.startswith(name):
            return name, code
    raise AssertionError(printed)


def test_nothing_that_ocr_glued_on_survives_in_a_name(marts) -> None:
    names = [name for (name,) in marts.execute("select name_en from marts.dim_localities union select name from marts.clusters").fetchall()]
    assert not [name for name in names for junk in ("Ki", "OM", "fJI") if junk in name.split()]


@pytest.mark.parametrize("source_id", [TABLE, ARTICLE])
def test_every_declared_count_is_published(marts, source_id: str) -> None:
    found = rows(marts, f"select * from marts.fct_province_tallies where source_id = '{source_id}' and province_code_gb2260 is not null")
    assert {(t["province_code_gb2260"], t["measure"], t["declared_count"], t["line_number"]) for t in found} == {
        (a["province_code"], a["measure"], int(a["declared_count"]), int(a["line_number"])) for a in answers(source_id, "tallies")
    }


def test_nineteen_declared_counts_of_the_table_are_reconciled(marts) -> None:
    query = f"select count(*), sum(declared_count), bool_and(is_reconciled) from marts.fct_province_tallies where source_id = '{TABLE}'"
    assert marts.execute(query).fetchone() == (19, 100, True)


def test_the_articles_tallies_sum_to_its_declared_winners(marts) -> None:
    query = f"select count(*), sum(declared_count) from marts.fct_province_tallies where source_id = '{ARTICLE}'"
    assert marts.execute(query).fetchone() == (9, 25)


def test_three_winners_are_published_with_their_contest(marts) -> None:
    found = rows(marts, "select * from marts.fct_awards")
    expected = answers(ARTICLE, "awards")
    assert len(found) == len(expected)
    for award in found:
        for column in ("contest_name", "organiser", "launched_year", "winner_count_declared", "line_number"):
            assert str(award[column]) == expected[0][column]
        assert award["cluster_id"]


def test_every_figure_of_the_article_is_published_and_right(marts) -> None:
    found = rows(marts, "select * from marts.fct_statistics")
    expected = answers(ARTICLE, "statistics")
    assert len(found) == len(expected)
    for answer in expected:
        (match,) = [
            f
            for f in found
            if f["measure"] == answer["measure"] and f["value"] == float(answer["value"]) and f["line_number"] == int(answer["line_number"])
        ]
        for name in ("subject_type", "qualifier", "unit", "threshold_unit", "year"):
            assert str(match[name] if match[name] is not None else "") == answer[name], (answer, match)
        assert (match["threshold_value"] or 0) == float(answer["threshold_value"] or 0)
        assert answer["contains"] in match["quote"]
        assert match["subject_name"]


def test_yueqings_cluster_is_one_across_the_sources(marts) -> None:
    query = """
        select cluster_id, count(distinct source_id) from marts.fct_cluster_listings
        where locality_printed in ('Leqing, Wenzhou', 'Wenzhou Yueqing') group by cluster_id
    """
    assert [count for _, count in marts.execute(query).fetchall()] == [2]
    assert marts.execute("select count(*) from marts.dim_clusters where source_count = 2").fetchone() == (1,)


@pytest.mark.parametrize("file_name", [p.relative_to(RAW).as_posix() for p in sorted(RAW.rglob("*.txt"))])
def test_every_line_is_in_the_ledger_once(marts, file_name: str) -> None:
    lines = (RAW / file_name).read_text(encoding="utf-8").split("\n")
    query = "select line_number from audit.line_ledger join marts.dim_sources using (source_id) where file_name = ? order by 1"
    assert [n for (n,) in marts.execute(query, [file_name]).fetchall()] == list(range(1, len(lines) + 1))


def test_every_used_line_is_referred_to_by_a_published_row(marts) -> None:
    unreferred = """
        select source_id, line_number from audit.line_ledger where fate = 'used'
        except (
            select source_id, line_number from marts.fct_cluster_listings
            union select source_id, line_number from marts.fct_province_tallies
            union select source_id, line_number from marts.fct_awards union select source_id, line_number from marts.fct_statistics
            union select source_id, line_number from audit.provenance
        )
    """
    assert marts.execute(unreferred).fetchall() == []


def test_every_quarantined_line_is_in_quarantine(marts) -> None:
    query = """
        select source_id, line_number from audit.line_ledger where fate = 'quarantined'
        except select source_id, line_number from audit.quarantine
    """
    assert marts.execute(query).fetchall() == []


def document(marts, source_id: str) -> list[str]:
    (name,) = marts.execute("select file_name from marts.dim_sources where source_id = ?", [source_id]).fetchone()
    return (RAW / name).read_text(encoding="utf-8").split("\n")


def test_every_span_is_exactly_what_it_stands_for(marts) -> None:
    for listing in rows(marts, "select * from marts.fct_cluster_listings"):
        line = document(marts, listing["source_id"])[listing["line_number"] - 1]
        assert line[listing["char_start"] : listing["char_end"]] == listing["industry_printed"]
    for statistic in rows(marts, "select * from marts.fct_statistics"):
        line = document(marts, statistic["source_id"])[statistic["line_number"] - 1]
        assert line[statistic["char_start"] : statistic["char_end"]] == statistic["quote"]


@pytest.mark.parametrize("table", ["fct_province_tallies", "fct_awards", "fct_statistics"])
def test_every_quote_is_a_substring_of_its_document(marts, table: str) -> None:
    found = rows(marts, f"select source_id, quote from marts.{table}")
    assert found
    for row in found:
        assert row["quote"] in "\n".join(document(marts, row["source_id"]))


def test_the_table_is_of_june_2010_and_its_page_of_2019(marts) -> None:
    query = f"select cast(as_of_date as varchar), cast(published_on as varchar) from marts.dim_sources where source_id = '{TABLE}'"
    as_of, published = marts.execute(query).fetchone()
    assert as_of.startswith("2010-06")
    assert published == "2019-01-23"


def test_the_release_is_readable_from_its_folder_alone(released: Path) -> None:
    folder = (released / "current").resolve()
    assert {p.name for p in folder.iterdir()} >= {"datapackage.json", "jiqun.duckdb", "manifest.json", "parquet", "site"}
    parquet = folder / "parquet" / "marts.fct_cluster_listings.parquet"
    assert duckdb.sql(f"select count(*) from '{parquet}'").fetchone() == (103,)


def test_each_slipped_label_names_what_would_have_been_published_otherwise(marts) -> None:
    found = rows(
        marts,
        """
        select r.printed, a.alternative, a.rule, a.reason
        from audit.repairs as r
        left join audit.alternatives as a on a.listing_id = r.listing_id and a.field = r.field and a.ordinal = 1
        where r.rule = 'slipped_label'
        """,
    )
    assert len(found) == 11
    for row in found:
        assert row["rule"] == "printed_label"
        assert row["printed"].startswith(row["alternative"].split(" ")[0])
        assert "order and counts of the whole table put the row under" in row["reason"]


def test_a_name_of_several_places_names_the_others(marts) -> None:
    others = {
        (row["locality_printed"], row["alternative"]): row["reason"]
        for row in rows(
            marts,
            """
            select locality_printed, alternative, reason from audit.alternatives join marts.fct_cluster_listings using (listing_id)
            where field = 'locality'
            """,
        )
    }
    assert (
        others["Jinjiang, Quanzhou", "Jinjiang 锦江区 (510104, county in Sichuan)"]
        == '"Quanzhou", printed beside the name, is of elsewhere'
    )
    assert others["Linyi", "Linyi 临邑县 (371424, county in Shandong)"] == "by the same rule, a prefecture is meant before a county"
    assert not any(name.startswith("Wuxi") for name, _ in others), "one place bears the name"
