"""What a query from outside can do: read the release, and nothing else, for as long as it was given."""

import csv
import io
import json
import time

import duckdb
import pytest

from orchestration.asking import querying, writing
from orchestration.asking.querying import run_query, write_parquet
from orchestration.asking.writing import write_rows
from orchestration.errors import BadInput, JiqunError
from orchestration.releasing.store import Release


@pytest.fixture
def release(make_release, tmp_path):
    folder = tmp_path / "r1"
    folder.mkdir()
    with duckdb.connect(make_release(3).rename(folder / "jiqun.duckdb")) as connection:
        connection.execute(f"copy marts.clusters to '{folder}/clusters.parquet'")
    return Release("r1", folder)


def ask(release, sql, timeout=30):
    with run_query(release, sql, timeout) as rows:
        return [row for batch in rows.batches for row in batch]


def written(release, sql, form, capsys):
    with run_query(release, sql, 30) as rows:
        write_rows(rows, form)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) from marts.dim_sources",
        "from dim_sources select count(*);",
        "with s as (from audit.line_ledger) select count(distinct source_id) from s -- a comment",
        "select count(*) from range(2)",
        "select 2",
        "values (2)",
    ],
)
def test_the_release_can_be_asked_in_any_way_of_reading(release, sql):
    assert ask(release, sql) == [(2,)]


@pytest.mark.parametrize("sql", ["describe marts.clusters", "show all tables", "summarize marts.clusters", "from duckdb_columns() limit 3"])
def test_a_query_may_look_around_in_the_release(release, sql):
    assert ask(release, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from '{parquet}'",
        'select * from "{parquet}"',
        "select * from read_text('/etc/passwd')",
        "select * from read_blob('{parquet}')",
        "select * from parquet_metadata('{parquet}')",
        "select * from glob('/etc/*')",
        "select * from sniff_csv('/etc/passwd')",
        "select (select content from read_text('/etc/passwd'))",
        "with x as materialized (from read_text('/etc/passwd')) from x",
        "summarize from read_csv('/etc/passwd')",
        "describe select * from READ_CSV('/etc/passwd')",
        "select * from 'https://example.org/x.parquet'",
        "select * from query('select 1')",
        "select * from query_table('dim_sources')",
        "select * from json_execute_serialized_sql(json_serialize_sql('select 1'))",
        "select * from arrow_scan(1, 2, 3)",
        "select * from pandas_scan(1)",
        "select * from python_map_function(1)",
        "select * from enable_logging()",
        "select * from force_checkpoint()",
        "select * from duckdb_secrets()",
        "select * from rows",
        "attach '/tmp/other.duckdb'",
        "attach ':memory:' as m",
        "detach jiqun",
        "copy (select 1) to '/tmp/out.csv'",
        "copy marts.dim_sources from '/etc/passwd'",
        "export database '/tmp/out'",
        "install httpfs",
        "load httpfs",
        "pragma database_list",
        "pragma threads = 1",
        "set threads = 1",
        "set enable_external_access = true",
        "reset enable_external_access",
        "call pragma_version()",
        "create table t as select 1",
        "create temp table t as select 1",
        "create macro f() as 1",
        "insert into marts.dim_sources select * from marts.dim_sources",
        "update marts.dim_sources set file_name = ''",
        "delete from marts.dim_sources",
        "drop table marts.dim_sources",
        "alter table marts.dim_sources add column x integer",
        "checkpoint",
        "vacuum",
        "begin",
        "use memory",
        "prepare p as select 1",
        "explain analyze copy (select 1) to '/tmp/out.csv'",
        "select 1; select 2",
        "select 1; drop table marts.dim_sources",
        "",
        "  -- nothing",
        "selec 1",
        "select nothing from marts.dim_sources",
        "select '",
        "select 1 \x00",
    ],
)
def test_whatever_does_more_than_read_the_release_is_bad_input(release, sql):
    with pytest.raises(BadInput) as error:
        ask(release, sql.format(parquet=release.path / "clusters.parquet"))
    assert error.value.message


def test_a_query_that_takes_too_long_is_stopped(release):
    begin = time.monotonic()
    with pytest.raises(JiqunError, match=r"stopped after 0\.2 seconds") as error:
        ask(release, "select count(*) from range(1000000000000)", timeout=0.2)
    assert time.monotonic() - begin < 10
    assert "--timeout" in error.value.hint


def test_the_time_limit_covers_reading_the_rows(release):
    with pytest.raises(JiqunError, match="stopped after"), run_query(release, "from range(1000000000000)", 0.2) as rows:
        for _ in rows.batches:
            pass


def test_a_query_beyond_the_memory_limit_says_so(release, monkeypatch):
    monkeypatch.setattr(querying, "_LOCKS", ("set temp_directory = ''", "set memory_limit = '30MB'"))
    with pytest.raises(JiqunError, match="of memory"):
        ask(release, "select i, count(*) from range(30000000) as t(i) group by i")


def test_rows_are_streamed(release):
    with run_query(release, "from range(1000000000000)", 30) as rows:
        assert next(rows.batches)[0] == (0,)


def test_a_damaged_release_is_not_asked(release):
    release.database.with_name("jiqun.duckdb.wal").touch()
    with pytest.raises(JiqunError, match="wal"):
        ask(release, "select 1")


# How answers are written


def test_json_is_one_document_with_exact_values(release, capsys):
    sql = (
        "select 1 as a, 2 as a, 1.50::decimal(4, 2) as d, 'nan'::double as n, date '2010-06-01' as day, [1, null] as l, {'k': 'v'} as s, "
        "null as nothing, '=1+1' as text, '乐清' as han, chr(27) || '[31m' || chr(8238) as controls, '\\xAA'::blob as bytes, "
        "170141183460469231731687303715884105727 as huge"
    )
    text = written(release, sql, "json", capsys)
    assert json.loads(text) == [
        {
            **{"a": 1, "a_1": 2, "d": 1.5, "n": "nan", "day": "2010-06-01", "l": [1, None], "s": {"k": "v"}, "nothing": None},
            **{"text": "=1+1", "han": "乐清", "controls": "\x1b[31m\u202e", "bytes": "aa", "huge": 2**127 - 1},
        }
    ]
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_json_of_no_rows_is_an_empty_array(release, capsys):
    assert json.loads(written(release, "from marts.dim_sources where false", "json", capsys)) == []


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "－1"])
def test_csv_text_that_a_spreadsheet_would_run_gets_an_apostrophe(release, capsys, cell):
    ((_,), (found,)) = csv.reader(io.StringIO(written(release, f"select '{cell}' as x", "csv", capsys), newline=""))
    assert found == f"'{cell}"


def test_csv_numbers_stay_numbers_text_is_quoted_where_needed_and_empty_text_is_not_null(release, capsys):
    sql = """select -1 as n, 'a,"b"' as t, null as nothing, '' as e, true as b, date '2010-06-01' as d, '=x' as "=y" """
    assert written(release, sql, "csv", capsys) == 'n,t,nothing,e,b,d,\'=y\n-1,"a,""b""",,"",true,2010-06-01,\'=x\n'


def test_a_table_off_a_terminal_is_aligned_over_han_and_never_sends_controls(release, capsys):
    text = written(release, "select '乐清' as place, 1 as n union all select chr(27) || '[2J', 2 order by n", "table", capsys)
    assert text == "place    n\n乐清     1\n\\x1b[2J  2\n"


def test_a_long_table_is_cut_and_says_so(release, capsys, monkeypatch):
    monkeypatch.setattr(writing, "TABLE_ROWS", 3)
    with run_query(release, "from range(10)", 30) as rows:
        write_rows(rows, "table")
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 4
    assert "first 3 rows" in err


def test_a_file_appears_when_it_is_complete_and_none_is_overwritten(release, tmp_path):
    target = tmp_path / "out.csv"
    with run_query(release, "from range(5000)", 30) as rows:
        assert write_rows(rows, "csv", target) == 5000
    assert len(target.read_text(encoding="utf-8").splitlines()) == 5001
    with pytest.raises(BadInput, match="exists already"), run_query(release, "select 1", 30) as rows:
        write_rows(rows, "csv", target)


def test_a_file_of_a_query_that_failed_does_not_appear(release, tmp_path):
    with pytest.raises(JiqunError, match="stopped after"), run_query(release, "from range(1000000000000)", 0.2) as rows:
        write_rows(rows, "csv", tmp_path / "out.csv")
    assert list(tmp_path.glob("*out.csv*")) == []


def test_a_file_that_cannot_be_written_is_named(release, tmp_path):
    with pytest.raises(JiqunError, match=r"out\.csv could not be written"), run_query(release, "select 1", 30) as rows:
        write_rows(rows, "csv", tmp_path / "nowhere" / "out.csv")


@pytest.mark.parametrize(
    "sql",
    [
        "select 1 as n, 1.50::decimal(4, 2) as d, date '2010-06-01' as day, '=1+1' as text, '乐清' as han, [1, null] as l, null as nothing",
        "from marts.dim_sources; -- all of them",
        "describe marts.clusters",
    ],
)
def test_parquet_holds_exactly_what_the_query_answers(release, tmp_path, sql):
    target = tmp_path / "out.parquet"
    expected = ask(release, sql)
    assert write_parquet(release, sql, 30, target) == len(expected)
    assert duckdb.read_parquet(str(target)).fetchall() == expected


def test_ten_million_rows_go_to_a_parquet_file_in_less_memory_than_they_take(release, tmp_path, monkeypatch):
    monkeypatch.setattr(querying, "_LOCKS", ("set temp_directory = ''", "set memory_limit = '60MB'"))
    assert write_parquet(release, "from range(10000000)", 60, tmp_path / "out.parquet") == 10_000_000


@pytest.mark.parametrize(
    "sql",
    [
        "select 1) to '{folder}/other.csv' (format csv); copy (select 1",
        "copy marts.dim_sources to '{folder}/other.csv'",
        "from read_csv('{folder}/secret.csv')",
        "from '{folder}/secret.csv'",
    ],
)
def test_a_query_for_a_parquet_file_reaches_no_other_file(release, tmp_path, sql):
    (tmp_path / "secret.csv").write_text("secret\n", encoding="utf-8")
    with pytest.raises(BadInput):
        write_parquet(release, sql.format(folder=tmp_path), 30, tmp_path / "out.parquet")
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == ["secret.csv"]
