"""A tiny warehouse: hand-made builds with the tables of the contract, and gate records that really vouch for them."""

import atexit
import os
import re
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
import pytest

from expectations.suite import Expectation, Suite
from orchestration.gating.hashing import table_hashes
from orchestration.gating.record import ExpectationResult, GateRecord, answers_digest, suites_digest
from orchestration.paths import Warehouse
from orchestration.releasing import publishing
from orchestration.releasing.store import Release
from orchestration.releasing.tables import TABLES

SCHEMA = """
create schema marts; create schema audit; create schema intermediate;
create table intermediate.private as select 1 as secret;
create table marts.dim_sources (source_id varchar, file_name varchar, sha256 varchar, published_on date, publisher varchar,
    title varchar, url varchar, licence varchar);
create table marts.dim_localities (locality_id varchar, name_en varchar, name_zh varchar, latitude double);
create table marts.dim_clusters (cluster_id varchar, name_en varchar, source_count integer);
create table marts.bridge_clusters_localities (cluster_id varchar, locality_id varchar, place_ordinal bigint);
create table marts.fct_cluster_listings (listing_id varchar, source_id varchar, cluster_id varchar, locality_id varchar,
    industry_id varchar, province_code_gb2260 varchar, locality_printed varchar, industry_printed varchar, is_repaired boolean);
create table marts.fct_province_tallies (tally_id varchar, source_id varchar, measure varchar, declared_count bigint, quote varchar);
create table marts.fct_awards (award_id varchar, source_id varchar, contest_name varchar, quote varchar);
create table marts.fct_statistics (statistic_id varchar, source_id varchar, subject_name varchar, measure varchar, value double,
    quote varchar);
create table audit.line_ledger (source_id varchar, line_number integer, fate varchar, detail varchar);
create table audit.document_lines (source_id varchar, line_number integer, text varchar);
create table audit.alternatives (listing_id varchar, field varchar, ordinal bigint, alternative varchar);
create table audit.provenance (table_name varchar, row_id varchar, column_name varchar, source_id varchar, line_number integer,
    char_start integer, char_end integer, rule varchar);
create table audit.declared_totals (total_id varchar, source_id varchar, measure varchar, quote varchar);
create view marts.clusters as
    select c.cluster_id, c.name_en as name, count(*) as listings, any_value(p.latitude) as latitude, 120.5::double as longitude
    from build.marts.dim_clusters as c left join build.marts.fct_cluster_listings as l using (cluster_id)
    left join build.marts.dim_localities as p using (locality_id)
    where c.name_en <> 'build.marts.x' group by all;
"""

# Every other table of a release: its key and its label are all that releasing knows of it.
OTHERS = ";".join(
    f"create table {table.full_name} ({', '.join(f'{column} varchar' for column in (*table.key, *table.label))})"
    for table in TABLES
    if not re.search(rf"(?:table|view) {table.full_name} ", SCHEMA)
)
PROVINCES = "insert into marts.dim_provinces values ('330000', 'Zhejiang'), ('440000', 'Guangdong')"

# Rows of one source, `{s}` its id and `{p}` its province. Written in an order no release keeps.
SOURCE = """
insert into marts.dim_sources values ('{s}', 'press/{s}.txt', 'sha-{s}', date '2010-06-01', 'Press', 'Title of {s}', null, null);
insert into marts.dim_localities select '{s}-p' || i, 'Place ' || i, '乐清', 28.1 + i from range(9, -1, -1) t(i);
insert into marts.dim_industries select '{s}-i' || i, 'Industry ' || i from range(10) t(i);
insert into marts.dim_clusters select '{s}-c' || i, 'Cluster ' || i, 1 from range(9, -1, -1) t(i);
insert into marts.fct_cluster_listings
    select '{s}-l' || i, '{s}', '{s}-c' || i, '{s}-p' || i, '{s}-i' || i, '{p}', 'Leqing, Wenzhou', 'Valves', false from range(10) t(i);
insert into marts.fct_province_tallies values ('{s}-t1', '{s}', 'listed_clusters', 10, 'Zhejiang (10)');
insert into marts.fct_awards values ('{s}-a1', '{s}', 'Contest', 'the Yueqing cluster');
insert into marts.fct_statistics select '{s}-s' || i, '{s}', 'Yueqing', 'market_share', 35.5, 'over 35.5%' from range(10) t(i);
insert into audit.line_ledger select '{s}', i, 'used', 'listing' from range(1, 11) t(i);
insert into audit.document_lines select '{s}', i, 'Leqing, Wenzhou' || chr(9) || 'Valves' from range(1, 11) t(i);
insert into audit.repairs values ('{s}-r1', 'province', 'Anhui', 'Zhejiang');
insert into audit.alternatives values ('{s}-l0', 'province', 1, 'Anhui');
insert into audit.quarantine values ('{s}-q1', '=cmd()', 'no such place');
insert into audit.provenance
    select 'fct_cluster_listings', '{s}-l' || i, 'industry_printed', '{s}', i + 1, 0, 6, 'printed' from range(10) t(i);
insert into audit.declared_totals values ('{s}-t2', '{s}', 'listed_clusters', '100 clusters');
insert into audit.review_questions values ('{s}-v1', 'place', 'Leqing', 'Yueqing');
"""

SUITES = tuple(
    Suite(t.full_name, t.key, (Expectation(f"{t.name}_rows", "ExpectTableRowCountToBeBetween", {"min_value": 0}, "It is there."),))
    for t in TABLES
)


@cache
def build_of(sources: tuple[str, ...], sql: str) -> Path:
    """A build database, made once per test run; tests get copies."""
    path = Path(mkdtemp(prefix="jiqun-builds-")) / "build.duckdb"
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"{SCHEMA}{OTHERS};{PROVINCES}")
        for source in sources:
            s, _, p = source.partition(":")
            connection.execute(SOURCE.format(s=s, p=p or "330000"))
        connection.execute(sql)
    return path


def record_of(build: Path, fingerprint: str, answers: Path) -> GateRecord:
    """What the gate would write about a build that passes every suite."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{build}' as build (read_only); use build")
        tables = {table: content for table, content in table_hashes(connection).items() if table in {suite.table for suite in SUITES}}
    results = tuple(
        ExpectationResult(suite.table, e.id, e.digest, e.severity, "pass", 'it\'s "there"', None, ({"a": 1},))
        for suite in SUITES
        for e in suite.expectations
    )
    return GateRecord(fingerprint, suites_digest(SUITES, answers), answers_digest(answers), tables, results)


@dataclass
class World:
    """One warehouse under test and what it is fed."""

    root: Path

    @property
    def warehouse(self) -> Warehouse:
        return Warehouse(self.root / "warehouse")

    def build(self, *sources: str, sql: str = "") -> Path:
        """A build database of these sources (`a`, or `a:440000` for one of another province), changed by `sql` at the end."""
        path = self.root / f"build-{len(list(self.root.glob('build-*')))}" / "build.duckdb"
        path.parent.mkdir()
        shutil.copyfile(build_of(sources or ("a", "b:440000"), sql), path)
        return path

    def arguments(self, build: Path, release_id: str, **changes: Any) -> dict[str, Any]:
        """All that `publish` asks for, with a record that vouches for this build."""
        answers = self.root / "answers"
        answers.mkdir(exist_ok=True)
        return {
            "warehouse": self.warehouse,
            "build_database": build,
            "record": record_of(build, f"{release_id}-fingerprint", answers),
            "release_id": release_id,
            "fingerprint": f"{release_id}-fingerprint",
            "suites_digest": suites_digest(SUITES, answers),
            "inputs": [{"path": "press/a.txt", "sha256": "0" * 64}],
            "code_digest": "c0de",
            "site": draw,
            "models": self.root / "models",
            **changes,
        }

    def publish(self, release_id: str, build: Path | None = None, **changes: Any) -> Release:
        """Publish a build, by default that of the two usual sources."""
        return publishing.publish(publishing.Publication(**self.arguments(build or self.build(), release_id, **changes)))

    def refusing(self, build: Path, release_id: str) -> GateRecord:
        """A record whose first expectation failed."""
        record = self.arguments(build, release_id)["record"]
        first = replace(record.results[0], outcome="fail")
        return replace(record, results=(first, *record.results[1:]))

    def names(self) -> list[str]:
        """What lies in the folder of releases."""
        return sorted(path.name for path in self.warehouse.releases.iterdir())


def draw(database: Path, page: Path) -> None:
    """A page that reads the database, as the real one does."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute("select name from marts.clusters order by all").fetchall()
    page.write_text(f"<p>{len(rows)} clusters</p>", encoding="utf-8")


@pytest.fixture(scope="session")
def world_in() -> type[World]:
    return World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture(scope="session")
def before_and_next(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, dict[str, Any]]:
    """A warehouse with release r1, and all that it takes to publish r2: made once, copied by `after_one_release`."""
    world = World(tmp_path_factory.mktemp("template"))
    world.publish("r1")
    return world, world.arguments(world.build("a", "b:440000", "c"), "r2")


@pytest.fixture(scope="session")
def usual(before_and_next: tuple[World, dict[str, Any]]) -> Release:
    """Release r1 of the two usual sources, to be read only."""
    world, _ = before_and_next
    return Release("r1", world.warehouse.releases / "r1")


@pytest.fixture
def after_one_release(world: World, before_and_next: tuple[World, dict[str, Any]]) -> tuple[World, dict[str, Any]]:
    """A warehouse with release r1, and all that it takes to publish r2 there."""
    template, arguments = before_and_next
    shutil.copytree(template.warehouse.root, world.warehouse.root, symlinks=True)
    return world, arguments | {"warehouse": world.warehouse}


@pytest.fixture
def published(after_one_release: tuple[World, dict[str, Any]]) -> World:
    """A warehouse of one's own with release r1 of the two usual sources."""
    return after_one_release[0]


@pytest.fixture(scope="session")
def two_releases_once(before_and_next: tuple[World, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> World:
    """A warehouse with releases r1 and r2, made once."""
    template, arguments = before_and_next
    world = World(tmp_path_factory.mktemp("two"))
    shutil.copytree(template.warehouse.root, world.warehouse.root, symlinks=True)
    publishing.publish(publishing.Publication(**arguments | {"warehouse": world.warehouse}))
    return world


@pytest.fixture
def two_releases(world: World, two_releases_once: World) -> World:
    """A warehouse with release r1 and r2, which is current."""
    shutil.copytree(two_releases_once.warehouse.root, world.warehouse.root, symlinks=True)
    return world


@pytest.fixture
def in_child() -> Callable[[Callable[[], object]], int]:
    """Run something in a child process and return how that ended: its exit status, or minus the signal that killed it."""

    def run(work: Callable[[], object]) -> int:
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                work()
                status = 0
            finally:
                os._exit(status)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    return run


def die(*_: object) -> None:
    """Be killed, as by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def killed_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make publishing die after one of its steps, by name; `nothing` is before the first."""

    def patch(name: str) -> None:
        steps = {"nothing": [lambda work: None]} | {
            step.__name__: [step] for step in (*publishing.CHECKS, *publishing.WRITES, publishing.flip)
        }
        steps[name].append(die)

        def walk(work: publishing.Publication) -> None:
            for step in chain.from_iterable(steps.values()):
                step(work)

        monkeypatch.setattr(publishing, "CHECKS", (walk,))

    return patch
