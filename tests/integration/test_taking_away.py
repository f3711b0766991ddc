"""The real release in other people's tools: every example, the queries of the README, and what the descriptions promise."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import sqlalchemy
from nbclient import NotebookClient

from orchestration.paths import DBT_PROJECT, ROOT, Warehouse
from orchestration.releasing.descriptions import read_descriptions
from orchestration.releasing.store import current
from orchestration.releasing.tables import RELEASED
from tests import needs
from tests.pages import PAGES, commands_in
from tools.readme_queries import README, block, filled

EXAMPLES = ROOT / "examples"
FOR_ANALYSTS = (ROOT / "docs" / "for_analysts.md").read_text(encoding="utf-8")


def run_example(*command, release):
    ran = subprocess.run(
        [*map(str, command), str(release)], check=False, capture_output=True, text=True, timeout=120, encoding="utf-8", cwd=ROOT
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_duckdb_example_shows_meanings_provinces_and_repairs(released: Path) -> None:
    out = run_example(sys.executable, EXAMPLES / "with_duckdb.py", release=released / "current")
    for fact in ("cluster_id: The cluster", "Zhejiang", "Renhuai, Zunyi"):
        assert fact in out


def test_the_pandas_example_reads_the_database_the_map_layer_and_the_spreadsheet(released: Path) -> None:
    out = run_example(sys.executable, EXAMPLES / "with_pandas.py", release=released / "current")
    for fact in ("nearly", "geometry.coordinates", "110000", "北京市"):
        assert fact in out


def test_the_polars_example_counts_listings(released: Path) -> None:
    assert "Zhejiang" in run_example(sys.executable, EXAMPLES / "with_polars.py", release=released / "current")


def test_the_r_example_reads_the_spreadsheet_and_the_map_layer(released: Path, marts) -> None:
    rscript = needs.program("Rscript", "r-base-core")
    libraries = [rscript, "-e", "quit(status = !all(sapply(c('readxl', 'jsonlite'), requireNamespace, quietly = TRUE)))"]
    if subprocess.run(libraries, check=False, capture_output=True).returncode:
        needs.missing("R has no readxl or jsonlite: apt-get install r-cran-readxl r-cran-jsonlite")
    out = run_example(rscript, EXAMPLES / "with_r.R", release=released / "current")
    ((clusters, located),) = marts.execute("select count(*), count(latitude) from marts.clusters").fetchall()
    for fact in ("Zhejiang", "nearly", "110000", "北京市", f"{located} of {clusters} clusters have a point"):
        assert fact in out


def test_duckdbs_own_shell_answers_what_the_page_types_into_it(released: Path, tmp_path: Path) -> None:
    (tmp_path / "warehouse").symlink_to(released)
    (tmp_path / "examples").symlink_to(EXAMPLES)
    interactive, queries = sorted(set(re.findall(r"`(duckdb -readonly [^`]*)`", FOR_ANALYSTS)), key=len)
    (first,) = re.findall(r"then `(from [^`]*;)`", FOR_ANALYSTS)
    shell = {"cwd": tmp_path, "env": {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}}

    def typed(command: str, line: str | None = None) -> str:
        ran = subprocess.run(["/bin/sh", "-ec", command], input=line, capture_output=True, check=True, text=True, **shell)
        assert ran.stderr == ""
        return ran.stdout

    assert "Yueqing low-voltage electrical equipment" in typed(f"{interactive} -csv", first)
    assert "Zhejiang province (25)" in typed(queries)


def test_a_dashboard_that_speaks_sqlalchemy_finds_the_tables_and_their_words_and_changes_nothing(released: Path, tmp_path: Path) -> None:
    (parameters,) = re.findall(r"`(\{\"connect_args.*?\})`", FOR_ANALYSTS)
    (uri,) = re.findall(r"SQLAlchemy URI `(.*?)`", FOR_ANALYSTS)
    # A copy: another test of this process may have the release open in another way, and DuckDB opens a file in one.
    shutil.copy(released / "current" / "jiqun.duckdb", tmp_path)
    engine = sqlalchemy.create_engine(
        uri.replace("/absolute/path/warehouse/releases/<release_id>", str(tmp_path)), **json.loads(parameters)
    )
    tables = sqlalchemy.inspect(engine)
    assert "clusters" in tables.get_view_names("marts")
    assert tables.get_columns("clusters", schema="marts")[0]["comment"].startswith("The cluster, one across sources")
    with engine.connect() as asked:
        assert asked.execute(sqlalchemy.text("select count(*) from marts.dim_provinces")).scalar() == 34
        with pytest.raises(sqlalchemy.exc.ProgrammingError, match="read-only"):
            asked.execute(sqlalchemy.text("create table marts.mine (i int)"))


def test_the_notebook_runs_from_beginning_to_end_and_leads_to_the_marked_line(released: Path, monkeypatch) -> None:
    monkeypatch.setenv("JIQUN_RELEASE", str(released / "current"))
    notebook = nbformat.read(EXAMPLES / "notebook.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "committed without output: nobody's run is anybody's truth"
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(EXAMPLES)}}).execute()
    shown = {cell.id: str(cell.outputs) for cell in notebook.cells if cell.cell_type == "code"}
    assert "Chinese 100 Industrial Clusters" in shown["open"]
    assert "Zhejiang" in shown["count"]
    assert "nearly" in shown["figures"]
    assert "<mark>Electrical Industrial Cluster</mark>" in shown["trace"]
    assert "slipped_label" in shown["repairs"]


def test_the_answers_in_the_readme_are_those_of_a_release_made_now(released: Path) -> None:
    text = README.read_text(encoding="utf-8")
    assert text == filled(text, block(current(Warehouse(released)))), "run `make queries`"


# What a page may show and a release that others share must not meet: they change it, or do not end.
_LEAVE_ALONE = {"add", "refresh", "remove", "rollback", "site"}
_PLACEHOLDER = re.compile(r"[A-Z]+|\.\.\.|previous")  # there is one release


def test_the_questions_that_the_pages_ask_of_a_release_are_answered(jiqun, released: Path) -> None:
    shown = {words for page in PAGES for words in commands_in(page) if words and not words[0].startswith("-")}
    asked = [words for words in sorted(shown) if words[0] not in _LEAVE_ALONE and not any(map(_PLACEHOLDER.fullmatch, words))]
    assert {"query", "explain", "status", "why", "releases", "verify", "review"} <= {words[0] for words in asked}
    for words in asked:
        ran = jiqun(*words, "--warehouse", released)
        assert ran.status == 0, f"jiqun {shlex.join(words)}: {ran.err}"


def test_the_page_of_the_models_holds_every_model_its_sql_and_the_columns_that_were_built(released: Path, marts) -> None:
    page = (released / "current" / "site" / "models.html").read_text(encoding="utf-8")
    models = sorted((DBT_PROJECT / "models").rglob("*.sql"))
    assert [model.stem for model in models if f'"model.jiqun.{model.stem}"' not in page] == []
    for model in models:
        assert json.dumps(model.read_text(encoding="utf-8").strip(), ensure_ascii=False)[1:-1].replace("<", r"\u003c") in page, model
    columns = marts.execute("select column_name, data_type from duckdb_columns() where table_name = 'fct_cluster_listings'").fetchall()
    shown = page[page.index('{"errors":null') :]
    shown = shown[shown.index('"model.jiqun.fct_cluster_listings"') :]
    assert [name for name, kind in columns if not re.search(rf'"index":\d+,"name":"{name}","type":"{re.escape(kind)}"', shown)] == []


def test_the_page_of_the_models_knows_no_clock_no_run_and_no_folder(released: Path) -> None:
    page = (released / "current" / "site" / "models.html").read_text(encoding="utf-8")
    parsed = json.loads((released / "dbt" / "manifest.json").read_text(encoding="utf-8"))["metadata"]
    for fact in (parsed["invocation_id"], parsed["generated_at"], parsed["generated_at"][:10], str(released), str(ROOT)):
        assert fact not in page


def test_every_cluster_is_on_the_map_layer_within_china(released: Path, marts) -> None:
    features = json.loads((released / "current" / "clusters.geojson").read_text(encoding="utf-8"))["features"]
    assert {feature["id"] for feature in features} == {i for (i,) in marts.execute("select cluster_id from marts.clusters").fetchall()}
    points = [feature["geometry"]["coordinates"] for feature in features if feature["geometry"]]
    assert points
    assert all(73 < longitude < 136 and 17 < latitude < 54 for longitude, latitude in points)


def test_a_column_that_is_ever_null_says_when(marts) -> None:
    docs = read_descriptions(DBT_PROJECT / "models")
    silent = []
    for table in RELEASED:
        for name, column in docs[table.full_name].columns.items():
            (count,) = marts.execute(f'select count(*) from {table.full_name} where "{name}" is null').fetchone()
            if count and "null" not in column.description.lower():
                silent.append(f"{table.full_name}.{name}")
    assert not silent
