"""What a refresh of some documents came to: the candidate marts of its build, as plain rows per document."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).resolve().parents[2]
_MOST_SECONDS = 600

_FOUND = """localities.name_zh as place_zh, localities.level,
    localities.county_code_gb2260 as county, localities.prefecture_code_gb2260 as prefecture"""
_LISTED = f"""
    listings.line_number, listings.locality_printed, listings.industry_printed, listings.province_code_gb2260 as province, {_FOUND},
    listings.industry_id, industries.isic4_division as division, industries.classified_by"""
_OF_LISTING = """
    left join marts.dim_localities as localities on listings.locality_id = localities.locality_id
    left join marts.dim_industries as industries on listings.industry_id = industries.industry_id"""

QUERIES = {
    "listing": f"select listings.source_id, {_LISTED} from marts.fct_cluster_listings as listings {_OF_LISTING} order by listing_id",
    "award": f"""
        select awards.source_id, {_LISTED} from marts.fct_awards as awards
        inner join marts.fct_cluster_listings as listings
            on awards.cluster_id = listings.cluster_id and awards.source_id = listings.source_id
        {_OF_LISTING} order by award_id, listing_id""",
    "tally": """
        select source_id, line_number, province_code_gb2260 as province, measure, declared_count as value, quote
        from marts.fct_province_tallies
        union all
        select source_id, line_number, null, measure, declared_count, quote from audit.declared_totals
        order by all""",
    "statistic": f"""
        select statistics.source_id, line_number, quote, measure, value, qualifier, unit, threshold_value as threshold, year,
            statistics.province_code_gb2260 as province, {_FOUND}
        from marts.fct_statistics as statistics
        left join marts.dim_localities as localities on statistics.locality_id = localities.locality_id
        order by statistic_id""",
    "question": """
        select source_id, line_number, printed, reason from audit.quarantine
        union all
        select source_id, line_number, printed, kind || ': ' || suggestion from audit.review_questions
        order by all""",
}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Published:
    """What came of one document: rows by kind of fact, and what was asked about it."""

    facts: dict[str, list[Row]] = field(default_factory=lambda: {kind: [] for kind in QUERIES})


@dataclass(frozen=True, slots=True)
class Refreshed:
    """One refresh: the exit status of the command, and what it made of every document."""

    status: int
    documents: dict[str, Published]


def refresh(raw: Path, warehouse: Path) -> Refreshed:
    """Refresh a raw folder in one go into a new warehouse, by the command itself.

    The rows are those of the build: the ones a release would hold, whether or not the gate let them through. `status` says which.
    """
    command = [sys.executable, "-m", "orchestration.cli", "refresh", "--raw", str(raw), "--warehouse", str(warehouse)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_MOST_SECONDS, cwd=ROOT, check=False)
    build = warehouse / "build" / "build.duckdb"
    if not build.exists():
        raise RuntimeError(f"The refresh made no build:\n{done.stdout}{done.stderr}")
    return Refreshed(done.returncode, read(build))


def read(build: Path) -> dict[str, Published]:
    """The rows of a build database by file name; a document that was refused whole has one question, its own name."""
    with duckdb.connect(str(build), read_only=True) as connection:
        names = dict(connection.sql("select source_id, file_name from marts.dim_sources").fetchall())
        documents = {name: Published() for name in names.values()}
        for kind, query in QUERIES.items():
            answer = connection.sql(query)
            for values in answer.fetchall():
                row = dict(zip(answer.columns, values, strict=True))
                name = names.get(row.pop("source_id"), row.get("printed"))
                documents.setdefault(str(name), Published()).facts[kind].append(row)
    return documents
