"""What blocked a refresh and what a release holds back, with offending rows and their source lines: for `why`, and for Dagster's checks."""

import json
from pathlib import Path
from typing import Any

from orchestration.common.questions import passed_over
from orchestration.errors import BadInput, JiqunError
from orchestration.paths import Warehouse

Record = dict[str, Any]


def why_of(place: Warehouse) -> Record:
    """Of the last refresh where it left a report, and of the current release where there is one.

    Raises:
        BadInput: The warehouse has neither.
    """
    from orchestration.releasing.store import current

    report, release = _report(place.root / "last_refresh.json"), current(place)
    if not report and release is None:
        raise BadInput(f"{place.root} was never refreshed", "`jiqun refresh` makes the first release.")
    is_refused = bool(report) and report.get("outcome") != "released"
    database = place.build / "build.duckdb" if is_refused else release.database if release else None
    checks = [*_failed_tests(report), *_problems(report)]
    if report.get("gate"):
        checks += [_check(result) for result in report["gate"].get("results", ()) if result["outcome"] != "pass"]
    elif release and not is_refused:
        checks += [
            _check(result) for result in _read(release.database, "select * from audit.gate_results where outcome != 'pass' order by all")
        ]
    for check in checks:
        check["lines"] = lines_of(database, check["rows"])
    keys = ("run", "outcome", "started_at", "finished_at", "release_id", "error", "hint")
    return {
        "last_refresh": {key: report.get(key) for key in keys} if report else None,
        "release_id": release.id if release else None,
        "checks": sorted(checks, key=lambda check: ("error", "fail", "warn").index(check["outcome"])),
        "held_back": _read(release.database, _HELD_BACK) if release else [],
    }


_HELD_BACK = f"""
select question.reason, question.quarantine_id, source.file_name, question.source_id, question.line_number, question.printed,
    question.suggestion, line.text
from audit.quarantine as question
left join marts.dim_sources as source using (source_id)
left join audit.document_lines as line on question.source_id = line.source_id and question.line_number = line.line_number
order by {passed_over("question.reason")}, question.reason, source.file_name, question.line_number, question.quarantine_id
"""


def _report(path: Path) -> Record:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise JiqunError(f"The report of the last refresh cannot be read: {path}: {error}", "Refresh again: it is written anew.") from error
    return stored if isinstance(stored, dict) else {}


def _check(result: Record) -> Record:
    """An expectation that did not pass, from a gate record or from `audit.gate_results` (whose sample is text)."""
    sample = result.get("sample") or []
    rows = json.loads(sample) if isinstance(sample, str) and sample.lstrip().startswith(("[", "{")) else sample
    return {
        "check": f"{result.get('table') or result.get('suite')}: {result['expectation']}",
        "severity": result["severity"],
        "outcome": result["outcome"],
        "observed": result["observed"],
        "count": result.get("unexpected_count"),
        "rows": [row for row in (rows if isinstance(rows, list) else [rows]) if isinstance(row, dict)],
    }


def _failed_tests(report: Record) -> list[Record]:
    """Models and tests of dbt that failed, as it reported them."""
    return [
        {
            "check": f"dbt {test['resource_type']} {test['name']}",
            "severity": test.get("severity", "critical"),
            "outcome": "fail" if test.get("failures") else "error",
            "observed": test.get("message") or "",
            "count": test.get("failures"),
            "rows": test.get("rows", []),
        }
        for test in report.get("tests") or ()
        if test.get("status") != "skipped"
    ]


def _problems(report: Record) -> list[Record]:
    """What kept the gate from being asked at all."""
    problems = (report.get("gate") or {}).get("problems", ())
    return [{"check": "gate", "severity": "critical", "outcome": "error", "observed": text, "count": None, "rows": []} for text in problems]


def lines_of(database: Path | None, rows: list[Record]) -> list[Record]:
    """The source lines of offending rows: those they name, or those of the thing whose id they hold."""
    from orchestration.asking.explaining import KINDS
    from orchestration.common.sql import literal

    places = {(row["source_id"], row["line_number"]) for row in rows if row.get("source_id") and row.get("line_number")}
    queries = [
        f"select source_id, line_number from {table} where {key} in ({', '.join(literal(value) for value in wanted)})"
        for table, key in KINDS.values()
        if table not in ("marts.dim_sources", "marts.dim_clusters") and (wanted := {str(row[key]) for row in rows if row.get(key)})
    ]
    # What has no line of its own leads to the listings that speak of it.
    for key in ("cluster_id", "locality_id", "industry_id"):
        if wanted := {str(row[key]) for row in rows if row.get(key)}:
            among = ", ".join(map(literal, sorted(wanted)))
            queries.append(f"select source_id, line_number from marts.fct_cluster_listings where {key} in ({among})")
    if database is None or not (places or queries):
        return []
    named = [f"select {literal(source_id)}, {int(number)}" for source_id, number in sorted(places)]
    return _read(
        database,
        f"""
        select distinct file_name, line.line_number, line.text
        from ({" union ".join([*named, *queries])}) as found (source_id, line_number)
        inner join audit.document_lines as line using (source_id, line_number)
        left join marts.dim_sources using (source_id)
        order by all limit 50
        """,
    )


def _read(database: Path, sql: str) -> list[Record]:
    """Rows of a database that may be gone, half built or busy: then there is nothing to add to what the report says."""
    import duckdb

    from orchestration.common.tracing import records

    if not database.is_file():
        return []
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            return records(connection, sql)
    except duckdb.Error:
        return []
