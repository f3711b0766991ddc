"""The gate tested by mutation: for every expectation a seeded defect that this very expectation must catch, on a build that is clean.

An expectation without a defect here fails the suite, and so does a defect of an expectation that is gone. What Great Expectations
answers is held against a plain SQL statement of the same rule. The kill rate is printed.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from expectations import SUITES
from expectations.suite import Expectation
from orchestration.gating.answers import TABLES as ANSWER_TABLES
from orchestration.gating.examined import opened
from orchestration.gating.record import ExpectationResult
from orchestration.gating.runner import run_gate, run_suites

LISTINGS, LOCALITIES, STATISTICS = "marts.fct_cluster_listings", "marts.dim_localities", "marts.fct_statistics"
AS_TABLE = "create table marts.made as from marts.clusters; drop view marts.clusters; alter table marts.made rename to clusters; "

DEFECTS = {
    "marts.dim_sources": {
        "id_is_of_the_bytes": "update marts.dim_sources set sha256 = sha256('other bytes') where file_name like '%table%'",
        "file_name_is_relative": "update marts.dim_sources set file_name = 'a/../../etc/passwd' where file_name like '%table%'",
        "dates_are_plausible": "update marts.dim_sources set published_on = '2109-01-23' where file_name like '%table%'",
        "facts_precede_publication": "update marts.dim_sources set published_on = '2009-01-23' where file_name like '%table%'",
        "facts_are_within_the_gazetteer": "update marts.dim_sources set as_of_date = '1975-06-30' where file_name like '%table%'",
        "titled": "update marts.dim_sources set title = null where file_name like '%table%'",
        "language_is_known": "update marts.dim_sources set language = 'fr' where file_name like '%table%'",
        "nothing_is_passed_over": """
            insert into marts.dim_sources by name select 'unread' as source_id, 'unread.txt' as file_name;
            insert into audit.document_lines values ('unread', 1, 'There are 200 clusters in Zhejiang.')""",
        "text_is_clean": "update marts.dim_sources set title = title || '<script>' where file_name like '%table%'",
    },
    "marts.dim_provinces": {
        "there_are_34": "delete from marts.dim_provinces where name_en = 'Macao'",
        "codes_belong_together": "update marts.dim_provinces set iso_3166_2 = 'CN-SX' where name_en = 'Shaanxi'",
        "types_are_as_constituted": "update marts.dim_provinces set type = 'province' where name_en = 'Tibet'",
        "named_in_both_scripts": "update marts.dim_provinces set name_en = '浙江' where name_en = 'Zhejiang'",
        "regions_are_known": "update marts.dim_provinces set region = 'The South' where name_en = 'Guangdong'",
    },
    LOCALITIES: {
        "lies_in_its_province": "update marts.dim_localities set latitude = longitude, longitude = latitude where name_en = 'Yiwu'",
        "coordinates_are_pairs": "update marts.dim_localities set longitude = null where name_en = 'Yiwu'",
        "located": "update marts.dim_localities set latitude = null, longitude = null where name_en = 'Yiwu'",
        "codes_nest": "update marts.dim_localities set county_code_gb2260 = '330482' where name_en = 'Yiwu'",
        "level_has_its_codes": "update marts.dim_localities set county_code_gb2260 = null where name_en = 'Yiwu'",
        "successor_is_known": "update marts.dim_localities set current_county_code_gb2260 = null where name_en = 'Yiwu'",
        "named_in_both_scripts": "update marts.dim_localities set name_zh = 'Yiwu' where name_en = 'Yiwu'",
        "no_letters_of_ocr": "update marts.dim_localities set name_en = 'Dezhou fJI' where name_en = 'Dezhou'",
        "periods_are_ordered": "update marts.dim_localities set valid_to = 1990 where name_en = 'Yiwu'",
        "is_referred_to": "insert into marts.dim_localities by name (select '330381-1987' as locality_id, 'Rui''an' as name_en)",
        "text_is_clean": "update marts.dim_localities set name_en = 'Yiwu' || chr(8238) where name_en = 'Yiwu'",
    },
    "marts.dim_industries": {
        "isic_nests": "update marts.dim_industries set isic4_section = 'G' where industry_id = 'fur'",
        "classified_is_titled": "update marts.dim_industries set isic4_title = null where industry_id = 'fur'",
        "classification_is_explained": "update marts.dim_industries set classified_by = '' where industry_id = 'fur'",
        "mostly_classified": "update marts.dim_industries set isic4_division = null where industry_id = 'fur'",
        "is_an_industry_not_a_cluster": "update marts.dim_industries set name_en = 'Fur industrial cluster' where industry_id = 'fur'",
        "no_letters_of_ocr": "update marts.dim_industries set name_en = 'Fur fJI' where industry_id = 'fur'",
        "is_referred_to": "insert into marts.dim_industries by name (select 'toys' as industry_id, 'Toys' as name_en)",
        "text_is_clean": "update marts.dim_industries set name_zh = e'毛\\t皮' where industry_id = 'fur'",
    },
    "marts.dim_clusters": {
        "agrees_with_its_listings": "update marts.dim_clusters set source_count = 1 where cluster_id = 'c1'",
        "listed_first_before_last": "update marts.dim_clusters set first_listed_on = '2022-01-01' where cluster_id = 'c1'",
        "locality_lies_in_its_province": "update marts.dim_clusters set province_code_gb2260 = '320000' where cluster_id = 'c1'",
        "one_per_place_and_industry": """
            insert into marts.dim_clusters select * replace ('c9' as cluster_id) from marts.dim_clusters
            where cluster_id = 'c1'""",
        "told_apart_by_name": "update marts.dim_clusters set name_en = 'Yiwu small commodities' where cluster_id = 'c1'",
        "text_is_clean": "update marts.dim_clusters set name_en = '**' || name_en where cluster_id = 'c1'",
    },
    "marts.bridge_clusters_localities": {
        "own_locality_comes_first": "update marts.bridge_clusters_localities set place_ordinal = 3 - place_ordinal where cluster_id = 'c2'",
        "counted_without_gaps": "update marts.bridge_clusters_localities set place_ordinal = 3 where place_ordinal = 2",
        "each_place_once": "insert into marts.bridge_clusters_localities values ('c3', '330483104', 2)",
        "lies_in_the_province_of_its_cluster": "insert into marts.bridge_clusters_localities values ('c3', '371400-1995', 2)",
    },
    LISTINGS: {
        "span_is_the_print": "update marts.fct_cluster_listings set char_start = char_start - 1, char_end = char_end - 1 where ordinal = 2",
        "prints_are_not_empty": "update marts.fct_cluster_listings set locality_printed = ' ' where ordinal = 2",
        "locality_lies_in_its_province": "update marts.fct_cluster_listings set province_code_gb2260 = '320000' where ordinal = 2",
        "locality_existed_then": "update marts.dim_localities set valid_from = 2014 where name_en = 'Yiwu'",
        "date_is_its_sources": "update marts.fct_cluster_listings set as_of_date = '2019-01-23' where ordinal = 2",
        "agrees_with_its_cluster": "update marts.fct_cluster_listings set industry_id = 'fur' where ordinal = 2",
        "listed_once_by_a_source": "update marts.fct_cluster_listings set cluster_id = 'c2' where ordinal = 3",
        "confidence_is_a_share": "update marts.fct_cluster_listings set confidence = 95 where ordinal = 2",
        "repairs_are_on_record": "delete from audit.repairs where printed = 'Dezhou fJI'",
        "another_province_in_print_is_a_repair": """
            update marts.fct_cluster_listings set province_printed = 'Jiangsu province (16)'
            where ordinal = 2""",
        "agrees_with_the_answers": "update marts.dim_localities set county_code_gb2260 = '330781' where name_en = 'Yiwu'",
        "answers_are_published": "delete from marts.fct_cluster_listings where ordinal = 2",
    },
    "marts.fct_province_tallies": {
        "declared_is_a_count": "update marts.fct_province_tallies set declared_count = 0 where tally_id = 't1'",
        "listed_is_what_is_listed": "update marts.fct_province_tallies set listed_count = 4 where tally_id = 't1'",
        "reconciled_means_equal": "update marts.fct_province_tallies set declared_count = 25 where tally_id = 't1'",
        "reconciled_where_listed": "update marts.fct_province_tallies set declared_count = 25, is_reconciled = false where tally_id = 't1'",
        "quote_is_printed": "update marts.fct_province_tallies set quote = 'Zhejiang province (25)' where tally_id = 't1'",
        "agrees_with_the_answers": "update marts.fct_province_tallies set province_code_gb2260 = '320000' where tally_id = 't1'",
    },
    "marts.fct_awards": {
        "winner_is_listed": "update marts.fct_awards set cluster_id = 'c2'",
        "won_once": "insert into marts.fct_awards select * replace ('a2' as award_id) from marts.fct_awards",
        "winners_within_the_declared_number": """
            insert into marts.fct_awards
            select * exclude (n) replace ('a' || n as award_id) from marts.fct_awards cross join range(2, 4) as more(n)""",
        "launched_before_it_was_told": "update marts.fct_awards set launched_year = 2029",
        "quote_is_printed": "update marts.fct_awards set quote = 'Wenzhou Leqing Electrical Industrial Cluster'",
        "agrees_with_the_answers": "update marts.fct_awards set winner_count_declared = 25",
        "text_is_clean": "update marts.fct_awards set organiser = 'Ministry of Industry &amp; Trade'",
    },
    STATISTICS: {
        "qualifier_is_known": "update marts.fct_statistics set qualifier = 'more than' where statistic_id = 's2'",
        "subject_type_is_known": "update marts.fct_statistics set subject_type = 'town' where statistic_id = 's2'",
        "value_is_a_number": "update marts.fct_statistics set value = 'nan' where statistic_id = 's2'",
        "shares_are_within_hundred": "update marts.fct_statistics set value = 6500 where statistic_id = 's1'",
        "counts_are_whole": "update marts.fct_statistics set value = 6000.5 where statistic_id = 's2'",
        "only_change_and_profit_are_negative": "update marts.fct_statistics set value = -1e10 where statistic_id = 's3'",
        "money_has_its_currency": "update marts.fct_statistics set currency = 'USD' where statistic_id = 's3'",
        "thresholds_are_whole": "update marts.fct_statistics set threshold_unit = null where statistic_id = 's4'",
        "year_is_plausible": "update marts.fct_statistics set year = 1020 where statistic_id = 's4'",
        "has_a_figure_in_print": "update marts.fct_statistics set quote = 'of the national market' where statistic_id = 's1'",
        "stated_once": """
            insert into marts.fct_statistics select * replace ('s9' as statistic_id) from marts.fct_statistics
            where statistic_id = 's1'""",
        "subject_is_found": "update marts.fct_statistics set cluster_id = null where statistic_id = 's1'",
        "quote_is_printed": "update marts.fct_statistics set char_end = char_end + 1 where statistic_id = 's1'",
        "agrees_with_the_answers": "update marts.fct_statistics set qualifier = 'about' where statistic_id = 's1'",
        "text_is_clean": "update marts.fct_statistics set subject_name = subject_name || chr(7) where statistic_id = 's1'",
    },
    "marts.clusters": {
        "has_every_cluster": AS_TABLE + "delete from marts.clusters where cluster_id = 'c3'",
        "counts_are_those_of_the_facts": AS_TABLE + "update marts.clusters set award_count = 0 where cluster_id = 'c1'",
        "province_is_named": AS_TABLE + "update marts.clusters set province = '330000' where cluster_id = 'c1'",
        "readable": AS_TABLE + "update marts.clusters set industry = null where cluster_id = 'c1'",
        "located": AS_TABLE + "update marts.clusters set latitude = null where cluster_id = 'c1'",
    },
    "audit.line_ledger": {
        "blank_lines_are_blank": "update audit.line_ledger set fate = 'blank' where fate = 'used' and line_number = 5",
        "fates_are_explained": "update audit.line_ledger set detail = '' where line_number = 9",
        "sources_are_mostly_understood": "update audit.line_ledger set fate = 'quarantined' where line_number in (3, 4)",
        "corpus_is_understood": "update audit.line_ledger set fate = 'quarantined' where fate = 'used' and line_number > 1",
    },
    "audit.document_lines": {
        "numbered_without_gap": "update audit.document_lines set line_number = 10 where text like 'Source:%'",
        "a_line_is_one_line": "update audit.document_lines set text = e'Source:\\nResearch Centre' where text like 'Source:%'",
    },
    "audit.repairs": {
        "published_differs_from_print": "update audit.repairs set published = printed where repair_id = 'r1'",
        "rule_and_evidence_are_given": "update audit.repairs set rule = ' ' where repair_id = 'r1'",
        "two_witnesses_agree": "update audit.repairs set evidence = 'gazetteer: Dezhou and no other' where repair_id = 'r1'",
        "says_what_was_printed_and_published": "update audit.repairs set published = 'Dengzhou' where repair_id = 'r1'",
        "confidence_is_a_share": "update audit.repairs set confidence = -1 where repair_id = 'r1'",
    },
    "audit.alternatives": {
        "field_is_known": "update audit.alternatives set field = 'cluster' where field = 'locality'",
        "differs_from_what_is_published": "update audit.alternatives set alternative_id = '370000' where field = 'province'",
        "says_what_speaks_for_it_and_why_it_is_not_published": "update audit.alternatives set reason = '' where field = 'province'",
        "weighed_by_confidence_or_points": "update audit.alternatives set points = null where field = 'industry'",
    },
    "audit.quarantine": {
        "reason_is_given": "update audit.quarantine set reason = null",
        "suggestion_is_given": "update audit.quarantine set suggestion = ''",
        "line_is_of_the_document": "update audit.quarantine set line_number = 99",
    },
    "audit.provenance": {
        "every_fact_is_traced": "delete from audit.provenance where row_id = 's1'",
        "traces_lead_to_published_rows": "update audit.provenance set row_id = 's9' where row_id = 's1'",
        "prints_are_at_their_spans": """
            update audit.provenance set char_end = char_end - 1
            where column_name = 'locality_printed' and line_number = 4""",
    },
    "audit.declared_totals": {
        "counts_are_those_of_the_facts": "update audit.declared_totals set tallied_count = 6 where total_id = 't6'",
        "provinces_sum_to_the_total": "update audit.declared_totals set declared_count = 6, is_reconciled = false where total_id = 't6'",
        "quote_is_printed": "update audit.declared_totals set quote = 'Chinese 100 Industrial Clusters' where total_id = 't6'",
    },
    "audit.review_questions": {
        "kind_is_known": "update audit.review_questions set kind = 'other'",
        "can_be_answered": "update audit.review_questions set suggestion = null",
        "line_is_of_the_document": "update audit.review_questions set line_number = 99",
    },
}

EXPECTATIONS = {(suite.table, expectation.id): (suite, expectation) for suite in SUITES for expectation in suite.expectations}
SEEDED = {(table, name): sql for table, defects in DEFECTS.items() for name, sql in defects.items()}

# How the clean build would have been written down by hand.
ANSWERS = {
    "listings": f"""
        select source_id, ordinal, line_number, province_printed, f.province_code_gb2260 as province_code, locality_printed,
            level as place_level, d.name_zh as place_name_zh, d.name_en as place_name_en, county_code_gb2260 as county_code,
            current_county_code_gb2260 as current_county_code, prefecture_code_gb2260 as prefecture_code, industry_printed,
            isic4_section, isic4_division, isic4_class
        from {LISTINGS} as f left join {LOCALITIES} as d using (locality_id) left join marts.dim_industries using (industry_id)""",
    "tallies": """
        select source_id, province_code_gb2260 as province_code, measure, declared_count, line_number from marts.fct_province_tallies""",
    "awards": f"""
        select a.source_id, contest_name, organiser, launched_year, winner_count_declared, locality_printed, industry_printed, a.line_number
        from marts.fct_awards as a join {LISTINGS} as f on f.source_id = a.source_id and f.cluster_id = a.cluster_id""",
    "statistics": f"""
        select s.*, locality_printed, quote as contains
        from {STATISTICS} as s left join {LISTINGS} as f on f.source_id = s.source_id and f.cluster_id = s.cluster_id""",
}

ANSWERED = {"listings": LISTINGS, "tallies": "marts.fct_province_tallies", "awards": "marts.fct_awards", "statistics": STATISTICS}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a clean build database, and the answer tables of its sources."""
    folder = tmp_path_factory.mktemp("gate")
    with duckdb.connect(str(folder / "build.duckdb")) as connection:
        connection.execute((Path(__file__).parent / "clean_build.sql").read_text(encoding="utf-8"))
        for kind, query in ANSWERS.items():
            for (source,) in connection.execute(f"select distinct source_id from ({query})").fetchall():
                (folder / "answers" / source).mkdir(parents=True, exist_ok=True)
                file = folder / "answers" / source / f"{kind}.csv"
                connection.execute(f"copy (select * exclude (source_id) from ({query}) where source_id = '{source}') to '{file}' (header)")
    return folder


@pytest.fixture(scope="module")
def verdicts(clean: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[ExpectationResult, int]]:
    """What each expectation says of its defect, and what plain SQL counts."""
    mutant = tmp_path_factory.mktemp("mutants") / "mutant.duckdb"
    found = {}
    for key in sorted(EXPECTATIONS.keys() & SEEDED.keys()):
        suite, expectation = EXPECTATIONS[key]
        shutil.copyfile(clean / "build.duckdb", mutant)
        with duckdb.connect(str(mutant)) as connection:
            connection.execute(SEEDED[key])
        needs_answers = "answers." in str(expectation.kwargs)  # reading them for each of the others would double the time
        with opened(mutant, clean / ("answers" if needs_answers else "none")) as examined:
            (result,) = run_suites(examined, [replace(suite, expectations=(expectation,))])
            counted = examined.connection.execute(_plain_sql(suite.table, expectation)).fetchone()
        found[key] = (result, counted[0])
    return found


def _plain_sql(table: str, expectation: Expectation) -> str:
    """How many rows offend, by a statement that Great Expectations has no part in."""
    arguments = expectation.kwargs
    match expectation.type:
        case "UnexpectedRowsExpectation":
            return f"select count(*) from ({arguments['unexpected_rows_query'].format(batch=f'(select * from {table})')})"
        case "ExpectColumnValuesToNotBeNull":
            return f"select count(*) from {table} where {arguments['column']} is null"
        case "ExpectColumnValuesToBeInSet":
            values = ", ".join(f"'{value}'" for value in arguments["value_set"])
            return f"select count(*) from {table} where {arguments['column']} not in ({values})"
        case "ExpectColumnValuesToBeBetween":
            bounds = f"{arguments['min_value']} and {arguments['max_value']}"
            return f"select count(*) from {table} where {arguments['column']} not between {bounds}"
        case "ExpectTableRowCountToEqual":
            return f"select abs(count(*) - {arguments['value']}) from {table}"
    raise AssertionError(f"no plain SQL for {expectation.type}")


def test_a_clean_build_passes_every_expectation(clean: Path) -> None:
    record = run_gate(clean / "build.duckdb", fingerprint="f", answers=clean / "answers")
    assert record.outcome == "released"
    assert record.summary == {"pass": len(EXPECTATIONS), "fail": 0, "warn": 0, "error": 0}
    assert [result.observed for result in record.results if result.observed == "nothing to examine"] == []


def test_every_expectation_has_a_seeded_defect() -> None:
    assert sorted(EXPECTATIONS.keys() - SEEDED.keys()) == []


def test_every_seeded_defect_is_of_an_expectation() -> None:
    assert sorted(SEEDED.keys() - EXPECTATIONS.keys()) == []


@pytest.mark.parametrize("key", sorted(SEEDED), ids=".".join)
def test_the_defect_is_caught(key: tuple[str, str], verdicts: dict[tuple[str, str], tuple[ExpectationResult, int]]) -> None:
    result, _ = verdicts[key]
    assert result.outcome == ("warn" if EXPECTATIONS[key][1].severity == "warning" else "fail"), result.observed
    assert result.sample or EXPECTATIONS[key][1].type == "ExpectTableRowCountToEqual"


@pytest.mark.parametrize("key", sorted(SEEDED), ids=".".join)
def test_the_answer_is_that_of_plain_sql(key: tuple[str, str], verdicts: dict[tuple[str, str], tuple[ExpectationResult, int]]) -> None:
    result, counted = verdicts[key]
    assert counted > 0
    assert result.unexpected_count in (None, counted)


@pytest.mark.parametrize(("kind", "column"), [(kind, column) for kind, columns in ANSWER_TABLES.items() for column in columns], ids=str)
def test_precision_is_of_every_answered_value(clean: Path, kind: str, column: str) -> None:
    suite, expectation = EXPECTATIONS[ANSWERED[kind], "agrees_with_the_answers"]
    wrong = f"{column} || 'x'" if ANSWER_TABLES[kind][column] == "varchar" else f"{column} + 1"
    with opened(clean / "build.duckdb", clean / "answers") as examined:
        examined.connection.execute(f"update answers.{kind} set {column} = {wrong} where {column} is not null")
        (result,) = run_suites(examined, [replace(suite, expectations=(expectation,))])
    assert result.outcome == "fail"


def test_every_defect_is_caught(verdicts: dict[tuple[str, str], tuple[ExpectationResult, int]], capsys: pytest.CaptureFixture[str]) -> None:
    killed = sum(result.outcome in ("fail", "warn") for result, _ in verdicts.values())
    with capsys.disabled():
        print(f"\ngate mutations: {killed} of {len(EXPECTATIONS)} expectations caught their defect ({killed / len(EXPECTATIONS):.0%})")
    assert killed == len(EXPECTATIONS)
