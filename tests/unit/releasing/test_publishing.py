"""What a publish makes, what it refuses, and what it leaves as it was."""

import json
import os
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import yaml

from orchestration.errors import BadInput, GateRefused, JiqunError
from orchestration.paths import DBT_PROJECT, Warehouse
from orchestration.releasing import copying, publishing
from orchestration.releasing.store import current, looks_whole
from orchestration.releasing.tables import RELEASED, TABLES
from orchestration.releasing.verifying import verify


def rows(release, query):
    with duckdb.connect(str(release.database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_release_has_the_files_of_the_contract_and_verifies(usual):
    found = sorted(path.relative_to(usual.path).as_posix() for path in usual.path.rglob("*") if path.is_file())
    parquet = sorted(f"parquet/{table.full_name}.parquet" for table in RELEASED)
    taken_away = ["CITATION.txt", "clusters.geojson", "datapackage.json", "jiqun.duckdb", "jiqun.xlsx", "manifest.json"]
    assert found == [*taken_away, *parquet, "site/index.html"]
    assert verify(usual) == []
    assert looks_whole(usual.path)


def test_current_is_a_relative_link_so_that_a_warehouse_can_be_moved(published):
    assert published.warehouse.current.readlink() == Path("releases/r1")
    moved = published.root / "elsewhere"
    published.warehouse.root.rename(moved)
    assert verify(current(Warehouse(moved))) == []


def test_a_release_holds_the_allow_list_and_nothing_else(world):
    build = world.build(sql="create schema planted; create table planted.t as select 1; create table marts.planted as select 2 as i")
    release = world.publish("r1", build)
    found = rows(release, "select distinct schema_name || '.' || table_name from duckdb_columns() where not internal")
    assert {name for (name,) in found} == {table.full_name for table in RELEASED}
    assert rows(release, "select schema_name from duckdb_schemas() where not internal and schema_name <> 'main' order by 1") == [
        ("audit",),
        ("marts",),
    ]


def test_the_keys_are_those_that_dbt_tests():
    tested = {}
    for path in (DBT_PROJECT / "models").rglob("*.yml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", ()):
            keys = [test["has_keys"]["arguments"]["primary"] for test in model.get("data_tests", ()) if "has_keys" in test]
            tested |= {model["name"]: tuple(keys[0])} if keys else {}
    assert {table.name: table.key for table in TABLES} == {table.name: tested.get(table.name) for table in TABLES}


@pytest.mark.parametrize("table", [table.full_name for table in TABLES if table.name != "clusters"])
def test_a_build_that_lacks_a_table_is_refused_by_its_name(after_one_release, table):
    world, arguments = after_one_release
    build = world.build()
    with duckdb.connect(str(build)) as connection:
        connection.execute(f"drop table {table}")
    arguments["build_database"] = build
    with pytest.raises(GateRefused, match=table.replace(".", r"\.")):
        publishing.publish(publishing.Publication(**arguments))


def test_views_are_views_that_read_under_any_name_of_the_file(usual):
    assert rows(usual, "select count(*), any_value(name) is not null from marts.clusters") == [(20, True)]
    with duckdb.connect() as connection:
        connection.execute(f"attach '{usual.database}' as anything (read_only)")
        assert connection.execute("select count(*) from anything.marts.clusters").fetchall() == [(20,)]
        (sql,) = connection.execute("select sql from duckdb_views() where view_name = 'clusters'").fetchone()
    assert "FROM marts.dim_clusters" in sql
    assert "'build.marts.x'" in sql, "a string that looks like the build's name is left alone"


def test_a_view_on_a_private_table_is_refused(world):
    build = world.build(sql="create or replace view marts.clusters as select secret::varchar as cluster_id from build.intermediate.private")
    with pytest.raises(GateRefused, match=r"marts\.clusters reads what a release does not hold"):
        world.publish("r1", build)


def test_the_file_is_of_a_format_that_duckdb_1_2_reads(usual):
    with duckdb.connect() as connection:
        connection.execute(f"attach '{usual.database}' as r (read_only)")
        assert connection.execute("select tags['storage_version'] from duckdb_databases() where database_name = 'r'").fetchone() == (
            "v1.2.0+",
        )


def test_descriptions_of_the_dbt_yaml_are_comments_in_the_file(world):
    models = world.root / "models" / "marts"
    models.mkdir(parents=True)
    (models / "docs.md").write_text("{% docs source_id %}\nThe document's own\nid.\n{% enddocs %}", encoding="utf-8")
    (models / "marts.yml").write_text(
        """
models:
  - name: dim_sources
    description: One row per document.
    columns: [{name: source_id, description: '{{ doc("source_id") }}'}]
  - name: clusters
    description: One row per cluster; it's a view.
""",
        encoding="utf-8",
    )
    release = world.publish("r1")
    assert rows(release, "select comment from duckdb_tables() where table_name = 'dim_sources'") == [("One row per document.",)]
    assert rows(release, "select comment from duckdb_views() where view_name = 'clusters'") == [("One row per cluster; it's a view.",)]
    comments = rows(release, "select comment from duckdb_columns() where table_name = 'dim_sources' and column_name = 'source_id'")
    assert comments == [("The document's own id.",)]


def test_descriptions_are_those_that_stand_when_a_release_is_made(world):
    models = world.root / "models" / "marts"
    models.mkdir(parents=True)
    for release_id, said in (("r1", "One row per document."), ("r2", "A row for each document.")):
        (models / "marts.yml").write_text(f"models: [{{name: dim_sources, description: {said}}}]", encoding="utf-8")
        release = world.publish(release_id)
        assert rows(release, "select comment from duckdb_tables() where table_name = 'dim_sources'") == [(said,)]


def test_the_answers_of_the_gate_are_a_table_of_the_release(usual):
    assert rows(usual, "select count(*), count(distinct suite), min(outcome), any_value(observed) from audit.gate_results") == [
        (19, 19, "pass", 'it\'s "there"')
    ]


def test_released_files_are_read_only_and_duckdb_leaves_nothing_beside_them(usual):
    rows(usual, "from marts.clusters")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in usual.path.rglob("*") if path.is_file()}
    assert modes == {0o444}
    assert verify(usual) == []


def test_the_manifest_says_what_the_release_was_made_from(usual):
    manifest = usual.manifest
    assert manifest["release_id"] == "r1"
    assert manifest["inputs"] == [{"path": "press/a.txt", "sha256": "0" * 64}]
    assert manifest["code_digest"] == "c0de"
    assert manifest["gate_record"]["outcome"] == "released"
    assert manifest["tables"]["marts.fct_cluster_listings"]["row_count"] == 20
    assert manifest["versions"]["duckdb"] == duckdb.__version__
    assert manifest["accepted_changes"] == []


# The gate record


def edited(record):
    return replace(record, tables={**record.tables, "marts.fct_awards": record.tables["marts.dim_sources"]})


def of_fewer_answers(record):
    return replace(record, results=record.results[1:])


def with_a_problem(record):
    return replace(record, problems=("suite x is empty",))


def without_answers(record):
    return replace(record, results=())


@pytest.mark.parametrize("spoil", [edited, of_fewer_answers, with_a_problem, without_answers])
def test_a_record_that_does_not_vouch_for_the_build_refuses(world, spoil):
    arguments = world.arguments(world.build(), "r1")
    with pytest.raises(GateRefused):
        publishing.publish(publishing.Publication(**arguments | {"record": spoil(arguments["record"])}))
    assert current(world.warehouse) is None
    assert world.names() == []


def test_a_record_that_says_no_refuses(world):
    build = world.build()
    with pytest.raises(GateRefused, match="1 failed"):
        world.publish("r1", build, record=world.refusing(build, "r1"))


@pytest.mark.parametrize("other", [{"fingerprint": "of other inputs"}, {"suites_digest": "of other suites"}])
def test_a_record_of_other_inputs_or_suites_refuses(world, other):
    with pytest.raises(GateRefused):
        world.publish("r1", **other)


def test_a_build_changed_after_the_gate_refuses(world):
    build = world.build()
    arguments = world.arguments(build, "r1")
    with duckdb.connect(str(build)) as connection:
        connection.execute("update marts.dim_clusters set name_en = 'Other' where cluster_id = 'a-c0'")
    with pytest.raises(GateRefused, match=r"marts\.clusters|marts\.dim_clusters"):
        publishing.publish(publishing.Publication(**arguments))


def test_a_copy_that_is_not_what_the_gate_examined_refuses(published, monkeypatch):
    def losing_a_row(work):
        publishing.copy_tables(work)
        with duckdb.connect(str(work.folder / "jiqun.duckdb")) as connection:
            connection.execute("delete from marts.fct_awards where award_id = 'a-a1'")

    steps = tuple(losing_a_row if step is publishing.copy_tables else step for step in publishing.WRITES)
    monkeypatch.setattr(publishing, "WRITES", steps)
    with pytest.raises(GateRefused, match=r"marts\.fct_awards"):
        published.publish("r2")
    assert current(published.warehouse).id == "r1"
    assert published.names() == ["r1"]


# The build database


def test_a_log_beside_the_build_is_refused_not_replayed(world):
    build = world.build()
    arguments = world.arguments(build, "r1")
    build.with_name("build.duckdb.wal").write_bytes(b"left over")
    with pytest.raises(JiqunError, match=r"build\.duckdb\.wal"):
        publishing.publish(publishing.Publication(**arguments))


@pytest.mark.parametrize("damage", ["missing", "empty", "torn", "no database"])
def test_a_damaged_build_is_named(world, damage):
    build = world.build()
    arguments = world.arguments(build, "r1")
    if damage == "missing":
        build.unlink()
    elif damage == "torn":
        os.truncate(build, build.stat().st_size // 2)
    else:
        build.write_bytes(b"" if damage == "empty" else b"\0" * 100_000)
    with pytest.raises(JiqunError, match=r"build\.duckdb|lacks|not what the gate examined|could not be written"):
        publishing.publish(publishing.Publication(**arguments))
    assert current(world.warehouse) is None


def test_a_build_that_is_still_open_for_writing_in_this_process_is_refused_clearly(world):
    build = world.build()
    arguments = world.arguments(build, "r1")
    with duckdb.connect(str(build)), pytest.raises(JiqunError, match=r"cannot be opened"):
        publishing.publish(publishing.Publication(**arguments))


# The same release again


def test_publishing_the_same_again_changes_nothing(published):
    first = current(published.warehouse)
    before = {path: path.stat().st_ino for path in first.path.rglob("*")}
    link = os.lstat(published.warehouse.current).st_ino
    again = published.publish("r1")
    assert {path: path.stat().st_ino for path in again.path.rglob("*")} == before
    assert os.lstat(published.warehouse.current).st_ino == link


def test_a_kept_release_is_only_flipped_to(published):
    first = current(published.warehouse)
    made = first.manifest["created_at"]
    published.publish("r2", published.build("a", "b:440000", sql="update marts.fct_statistics set value = 36"))
    assert current(published.warehouse).id == "r2"
    assert published.publish("r1").manifest["created_at"] == made
    assert current(published.warehouse).id == "r1"


def test_a_damaged_release_of_the_same_id_goes_aside_and_is_made_again(published):
    release = current(published.warehouse)
    for _ in range(2):
        (release.path / "parquet" / "marts.dim_sources.parquet").unlink()
        assert verify(published.publish("r1")) == []
        assert published.names() == [".damaged-r1", "r1"], "one damaged copy is kept to be looked at, and no more"


def test_two_results_from_the_same_inputs_and_code_are_an_error_that_names_the_table(published):
    other = published.build(sql="update marts.dim_industries set name_en = 'Other' where industry_id = 'a-i1'")
    with pytest.raises(JiqunError, match=r"marts\.dim_industries: the same inputs and code gave two results"):
        published.publish("r1", other)


@pytest.mark.parametrize("release_id", ["", "..", "a/b", "r1.tmp-1", ".r", "a b", "r\n"])
def test_an_id_that_is_no_folder_name_is_refused(world, release_id):
    with pytest.raises(BadInput, match="cannot be a release id"):
        world.publish(release_id)


def test_a_page_that_cannot_be_drawn_releases_nothing(world):
    def broken(database, page):
        raise JiqunError("no page")

    with pytest.raises(JiqunError, match="no page"):
        world.publish("r1", site=broken)
    assert current(world.warehouse) is None
    assert world.names() == []


# The same bytes


def test_the_same_tables_make_the_same_bytes_whatever_order_threads_and_moment(world, world_in, monkeypatch):
    big = "insert into audit.document_lines select 'z', i, 'line ' || (i * 7919 % 1000) from range(300000) t(i)"
    shuffled = f"{big} order by hash(i)"
    first = world.publish("r1", world.build(sql=big))
    connect = duckdb.connect

    def single(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.execute("set threads = 1")
        return connection

    monkeypatch.setattr(copying.duckdb, "connect", single)
    (world.root / "again").mkdir()
    second = world_in(world.root / "again").publish("r1", world.build(sql=shuffled))
    names = ["CITATION.txt", "clusters.geojson", "datapackage.json", "jiqun.xlsx", *(f"parquet/{t.full_name}.parquet" for t in RELEASED)]
    assert [first.manifest["files"][name] for name in names] == [second.manifest["files"][name] for name in names]
    assert first.manifest["tables"] == second.manifest["tables"]


def test_parquet_holds_exactly_the_rows_of_the_tables(usual):
    for table in RELEASED:
        file = usual.path / "parquet" / f"{table.full_name}.parquet"
        difference = f"(from {table.full_name} except all from '{file}') union all (from '{file}' except all from {table.full_name})"
        assert rows(usual, difference) == []


def test_a_table_without_rows_is_published_empty(world):
    release = world.publish("r1", world.build(sql="delete from marts.fct_awards"))
    assert rows(release, f"select count(*) from '{release.path}/parquet/marts.fct_awards.parquet'") == [(0,)]


# The Data Package


def test_the_data_package_is_valid_and_describes_every_file(world):
    from frictionless import Package

    models = world.root / "models" / "marts"
    models.mkdir(parents=True)
    (models / "marts.yml").write_text(
        """
models:
  - name: fct_awards
    description: One row per winner.
    data_tests: [{has_keys: {arguments: {primary: [award_id], foreign: {source_id: dim_sources}}}}]
    columns:
      - name: award_id
        description: The award.
      - name: source_id
        description: The document.
""",
        encoding="utf-8",
    )
    release = world.publish("r1")
    descriptor = json.loads((release.path / "datapackage.json").read_text(encoding="utf-8"))
    package = Package.from_descriptor(descriptor, basepath=str(release.path))
    assert list(package.metadata_validate(descriptor)) == []
    assert package.validate().valid
    assert {resource["path"] for resource in descriptor["resources"]} == {f"parquet/{table.full_name}.parquet" for table in RELEASED}
    for resource in descriptor["resources"]:
        stated = release.manifest["files"][resource["path"]]
        assert (resource["hash"], resource["bytes"]) == (f"sha256:{stated['sha256']}", stated["bytes"])
    (awards,) = [resource for resource in descriptor["resources"] if resource["name"] == "marts.fct_awards"]
    assert awards["description"] == "One row per winner."
    assert awards["schema"]["primaryKey"] == ["award_id"]
    assert awards["schema"]["foreignKeys"] == [
        {"fields": ["source_id"], "reference": {"resource": "marts.dim_sources", "fields": ["source_id"]}}
    ]
    assert awards["schema"]["fields"][0] == {
        "name": "award_id",
        "type": "string",
        "description": "The award.",
    }


def test_a_damaged_parquet_file_makes_the_data_package_invalid(published):
    from frictionless import Package

    release = current(published.warehouse)
    path = release.path / "parquet" / "marts.fct_awards.parquet"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert not Package(str(release.path / "datapackage.json")).validate().valid


def test_properties_that_cannot_be_read_are_named(world):
    (world.root / "models").mkdir()
    (world.root / "models" / "broken.yml").write_text("models: [", encoding="utf-8")
    with pytest.raises(JiqunError, match=r"broken\.yml cannot be read as dbt properties"):
        world.publish("r1")


# What others left


def test_left_overs_of_a_killed_publish_are_swept(published):
    for left in ("r2.tmp-4242", ".removed.tmp-r0"):
        (published.warehouse.releases / left / "parquet").mkdir(parents=True)
    (published.warehouse.root / ".current.tmp-4242").symlink_to("releases/r2")
    shutil.copy(published.build(), published.warehouse.releases / "r2.tmp-4242" / "jiqun.duckdb.wal")
    published.publish("r1")
    assert published.names() == ["r1"]
    assert not os.path.lexists(published.warehouse.root / ".current.tmp-4242")


@pytest.mark.parametrize("target", ["releases/gone", "/etc", "../elsewhere", "releases/r1/parquet"])
def test_a_current_that_points_nowhere_good_is_mended_by_a_publish(published, target):
    published.warehouse.current.unlink()
    published.warehouse.current.symlink_to(target)
    with pytest.raises(JiqunError):
        current(published.warehouse)
    published.publish("r1")
    assert current(published.warehouse).id == "r1"
