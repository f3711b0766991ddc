"""A reader gets from an id to the printed line, from a wrong id to the right one, and from a refusal to its reason."""

import json
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.asking.blockers import lines_of, why_of
from orchestration.asking.explaining import missing_evidence
from orchestration.commands.explain import explain
from orchestration.commands.why import why
from orchestration.common.tracing import segments
from orchestration.errors import BadInput
from orchestration.paths import DBT_PROJECT, Warehouse
from orchestration.releasing.site.serving import serve
from tests.terminal import shown_on_a_terminal

TABLE, ARTICLE = "a9175d87f7a6e4c8", "f39f7fba967055bf"


@pytest.fixture
def warehouse(make_release: Callable[..., Path], tmp_path: Path) -> Path:
    """A warehouse whose current release is the sample."""
    release = tmp_path / "releases" / "r1"
    release.mkdir(parents=True)
    make_release(97).rename(release / "jiqun.duckdb")
    (release / "manifest.json").write_text('{"release_id": "r1"}', encoding="utf-8")
    (tmp_path / "current").symlink_to("releases/r1")
    return tmp_path


@pytest.fixture
def told(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], dict]:
    """What `explain --json` says of an id."""

    def tell(thing: str) -> dict:
        explain(thing, warehouse, as_json=True)
        return json.loads(capsys.readouterr().out)

    return tell


def test_cluster_leads_to_the_marked_lines_of_every_source(told: Callable[[str], dict]) -> None:
    statements = told("cl-0004")["statements"]
    assert [statement["source"]["source_id"] for statement in statements] == [TABLE, ARTICLE]
    for statement in statements:
        marked = [line["text"][start:end] for line in statement["lines"] for start, end in line["marks"]]
        assert statement["row"]["industry_printed"] in marked
        assert statement["row"]["locality_printed"] in marked


def test_values_stand_beside_their_print_and_rule(told: Callable[[str], dict]) -> None:
    values = {value["column_name"]: value for value in told(f"{TABLE}-l0004")["statements"][0]["values"]}
    assert values["province_code_gb2260"]["printed"] == "Zhejiang province (25)"
    assert values["province_code_gb2260"]["published"] == "Zhejiang (330000)"
    assert values["locality_id"]["rule"] == "exact name in the province"


def test_place_comes_with_its_chain_and_codes(told: Callable[[str], dict]) -> None:
    place = told("cl-0004")["place"]
    assert place["chain"] == ["Leqing", "Wenzhou", "Zhejiang"]
    assert place["locality"]["county_code_gb2260"] == place["locality"]["current_county_code_gb2260"] == "330382"


@pytest.mark.parametrize("thing", [f"{TABLE}-l0058", "rep-0058", "cl-0058"])
def test_repair_is_told_with_rule_and_evidence(told: Callable[[str], dict], thing: str) -> None:
    (repair,) = told(thing)["statements"][0]["repairs"]
    assert (repair["printed"], repair["published"], repair["rule"]) == ("Linqing Ki", "Linqing", "trailing junk dropped")
    assert "gazetteer" in repair["evidence"]


def test_what_other_evidence_would_have_published_is_told_with_its_weight_and_why_it_did_not(
    told: Callable[[str], dict], warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    province, industry = told("cl-0058")["statements"][0]["otherwise"]
    assert (province["field"], province["alternative"], province["reason"]) == ("province", "Anhui", "the label has slipped")
    assert (industry["field"], industry["rule"], industry["points"]) == ("industry", "keyword", 3)
    explain("cl-0058", warehouse)
    out = capsys.readouterr().out
    assert "otherwise province: Anhui  [printed_label]\n      not so, because the label has slipped" in out
    assert "otherwise industry: Bearings (ISIC 2814)  [keyword, 3 points]" in out
    assert "otherwise nothing" not in out


def test_where_nothing_else_answers_to_the_print_it_says_so(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    explain(f"{TABLE}-l0004", warehouse)
    assert "otherwise nothing: no other place, label or industry answers to the print" in capsys.readouterr().out


def test_release_of_before_alternatives_were_kept_is_explained_without_them(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect(str(warehouse / "current" / "jiqun.duckdb")) as connection:
        connection.execute("drop table audit.alternatives")
    explain("cl-0058", warehouse)
    assert "otherwise" not in capsys.readouterr().out


def test_award_and_statistic_mark_their_quote(told: Callable[[str], dict]) -> None:
    for thing in (f"{ARTICLE}-a0002", f"{ARTICLE}-s0002"):
        statement = told(thing)["statements"][0]
        (line,) = statement["lines"]
        assert [line["text"][start:end] for start, end in line["marks"]] == [statement["row"]["quote"]]


def test_cluster_is_told_with_all_that_speaks_of_it(told: Callable[[str], dict]) -> None:
    cluster = told(f"{ARTICLE}-l0002")
    assert [item["listing_id"] for item in cluster["named_by"]] == [f"{TABLE}-l0004", f"{ARTICLE}-l0002"]
    assert len(cluster["awards"]) == 1
    assert [item["measure"] for item in cluster["statistics"]] == ["market_share", "product_types", "product_models"]


def test_tally_is_told_with_the_listings_it_counts(told: Callable[[str], dict]) -> None:
    tally = told("tal-w330000")
    assert tally["published"]["declared_count"] == len(tally["listed"]) == 3


def test_total_is_told_with_the_line_that_declares_it_and_all_it_counts(told: Callable[[str], dict]) -> None:
    total = told("tot-0001")
    assert total["published"]["declared_count"] == 100
    assert len(total["listed"]) == 97
    assert total["statements"][0]["lines"][0]["text"] == "Chinese 100 Industrial Clusters"


def test_source_is_told_with_the_fate_of_its_lines(told: Callable[[str], dict]) -> None:
    source = told(TABLE)
    assert sum(source["fates"].values()) == source["published"]["line_count"]
    assert source["held_back"][0]["quarantine_id"] == "qua-0001"


def test_held_back_thing_is_told_with_reason_suggestion_and_context(told: Callable[[str], dict]) -> None:
    held = told("qua-0001")
    assert "order of labels" in held["published"]["reason"]
    lines = held["statements"][0]["lines"]
    assert [bool(line["marks"]) for line in lines] == [False, False, True, False, False]


def test_every_reason_to_hold_a_place_back_has_the_evidence_that_is_missing() -> None:
    sql = (DBT_PROJECT / "models" / "intermediate" / "int_listings_held_back.sql").read_text(encoding="utf-8")
    decided = sql[sql.index("when undecided.observation_id is null and listings.place_count") : sql.index("end as reason")]
    reasons = [" ".join(re.findall("'([^']+)'", outcome)) for outcome in re.split(r"\b(?:then|else)\b", decided)[1:]]
    assert len(reasons) > 7
    missing = [missing_evidence(re.sub(" +", " ", reason)) for reason in reasons]
    assert missing_evidence("something nobody foresaw") not in missing
    assert len(set(missing)) > 5


def test_held_back_thing_says_in_the_terminal_what_is_missing(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect(str(warehouse / "current" / "jiqun.duckdb")) as connection:
        connection.execute("update audit.quarantine set reason = 'several places of Zhejiang answer to the name'")
    explain("qua-0001", warehouse)
    out = capsys.readouterr().out
    assert "withheld   several places of Zhejiang answer to the name" in out
    assert "missing    what tells the places of this name apart" in out


@pytest.mark.parametrize(
    ("wrong", "right"), [("cl-00044", "cl-0004"), ("leqing voltage", "cl-0004"), (f"{TABLE}-l005", f"{TABLE}-l0050"), ("x'; drop", "page")]
)
def test_unknown_id_is_refused_with_the_nearest(warehouse: Path, wrong: str, right: str) -> None:
    with pytest.raises(BadInput) as refusal:
        explain(wrong, warehouse)
    assert refusal.value.exit_status == 2
    assert wrong in refusal.value.message
    assert right in refusal.value.hint


def test_piped_text_marks_with_signs_and_sends_no_control_characters(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect(str(warehouse / "current" / "jiqun.duckdb")) as connection:
        connection.execute("update audit.document_lines set text = text || chr(27) || '[31m' || chr(8238) where line_number = 21")
    explain("cl-0004", warehouse)
    out = capsys.readouterr().out
    assert "    21 │ \t>>>Leqing, Wenzhou<<<\t>>>Medium" in out
    assert "\\x1b[31m\\u202e" in out
    assert "\x1b" not in out


def test_terminal_text_marks_with_style(warehouse: Path) -> None:
    code = f"from pathlib import Path; from orchestration.commands.explain import explain; explain('cl-0004', Path({str(warehouse)!r}))"
    out = shown_on_a_terminal(code)
    assert b"\x1b[1;4;33mLeqing, Wenzhou\x1b[0m" in out
    assert b">>>" not in out


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], [("abcdef", False)]),
        ([(1, 3)], [("a", False), ("bc", True), ("def", False)]),
        ([(1, 3), (2, 4)], [("a", False), ("bcd", True), ("ef", False)]),
        ([(0, 2), (2, 4)], [("abcd", True), ("ef", False)]),
        ([(4, 99)], [("abcd", False), ("ef", True)]),
        ([(9, 12)], [("abcdef", False)]),
    ],
)
def test_marks_cut_a_line_without_losing_a_character(marks: list[tuple[int, int]], expected: list[tuple[str, bool]]) -> None:
    assert list(segments("abcdef", marks)) == expected


def test_why_without_a_report_tells_what_the_release_warns_of_and_holds_back(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    why(warehouse)
    out = capsys.readouterr().out
    assert "WARN  fct_province_tallies: declared counts equal listed counts (9 rows)" in out
    assert f"li_fung/000_{TABLE}.txt:114 │ Anhui province (1)\tBishan" in out
    assert "accept it if the label slipped" in out


def test_why_tells_the_failing_expectation_its_rows_and_their_lines(warehouse: Path, make_release: Callable[..., Path]) -> None:
    (warehouse / "build").mkdir()
    make_release(97).rename(warehouse / "build" / "build.duckdb")
    failing = {
        "table": "marts.fct_cluster_listings",
        "expectation": "confidence_is_high",
        "severity": "critical",
        "outcome": "fail",
        "observed": "1 of 100 rows",
        "unexpected_count": 1,
        "sample": [{"listing_id": f"{TABLE}-l0058", "confidence": 0.2}],
    }
    report = {
        "outcome": "refused",
        "error": "The gate refused",
        "gate": {"outcome": "refused", "problems": [], "results": [{**failing, "outcome": "pass"}, failing]},
        "tests": [{"resource_type": "test", "name": "assert_sums", "status": "fail", "failures": 2, "message": "Got 2 results"}],
    }
    (warehouse / "last_refresh.json").write_text(json.dumps(report), encoding="utf-8")
    told = why_of(Warehouse(warehouse))
    assert told["last_refresh"]["error"] == "The gate refused"
    assert [check["check"] for check in told["checks"]] == ["dbt test assert_sums", "marts.fct_cluster_listings: confidence_is_high"]
    (line,) = told["checks"][1]["lines"]
    assert (line["line_number"], line["text"]) == (78, "\tLinqing Ki\tAxle bearing industrial cluster")


@pytest.mark.parametrize("key", ["listing_id", "cluster_id", "locality_id", "industry_id"])
def test_a_row_that_breaks_a_rule_leads_to_its_lines_by_whatever_id_it_has(warehouse: Path, key: str) -> None:
    database = warehouse / "current" / "jiqun.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        thing, number = connection.execute(
            f"select {key}, line_number from marts.fct_cluster_listings where {key} is not null order by all limit 1"
        ).fetchone()
    lines = lines_of(database, [{key: thing}])
    assert number in [line["line_number"] for line in lines]
    assert all(line["text"] for line in lines)


def test_why_still_answers_where_the_refused_build_is_gone(warehouse: Path) -> None:
    report = {"outcome": "refused", "started_at": "", "error": "x", "gate": {"results": [], "problems": ["no suite for marts.clusters"]}}
    (warehouse / "last_refresh.json").write_text(json.dumps(report), encoding="utf-8")
    assert [check["observed"] for check in why_of(Warehouse(warehouse))["checks"]] == ["no suite for marts.clusters"]


def test_commands_name_the_first_step_where_nothing_was_refreshed(tmp_path: Path) -> None:
    for ask in (lambda: why(tmp_path), lambda: explain("x", tmp_path)):
        with pytest.raises(BadInput) as refusal:
            ask()
        assert "jiqun refresh" in refusal.value.hint


@pytest.fixture
def address(warehouse: Path) -> Iterator[str]:
    """Where the page of the sample warehouse is served."""
    page = warehouse / "releases" / "r1" / "site" / "index.html"
    page.parent.mkdir()
    page.write_text("first", encoding="utf-8")
    with serve(Warehouse(warehouse), 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_site_follows_current_at_every_request(address: str, warehouse: Path) -> None:
    assert urllib.request.urlopen(address).read() == b"first"
    second = warehouse / "releases" / "r2"
    (second / "site").mkdir(parents=True)
    (second / "site" / "index.html").write_text("second", encoding="utf-8")
    (second / "manifest.json").write_text("{}", encoding="utf-8")
    (warehouse / "next").symlink_to("releases/r2")
    (warehouse / "next").replace(warehouse / "current")
    assert urllib.request.urlopen(address).read() == b"second"


def test_site_sends_strict_headers_and_nothing_but_the_page(address: str) -> None:
    answer = urllib.request.urlopen(address)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "Python" not in answer.headers["Server"]
    for path in ("../manifest.json", "..%2fmanifest.json", "../jiqun.duckdb", "none.html"):
        with pytest.raises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(address + path)
        assert refusal.value.code == 404


def test_site_answers_to_names_of_this_machine_only(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(urllib.request.Request(address, headers={"Host": "elsewhere.example"}))
    assert refusal.value.code == 421


def test_site_names_a_port_that_is_taken(address: str, warehouse: Path) -> None:
    with pytest.raises(BadInput, match="cannot be used"):
        serve(Warehouse(warehouse), int(address.split(":")[2].strip("/")))
