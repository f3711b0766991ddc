"""What people take away from a release: a map layer, a spreadsheet in which nothing can run, Parquet that explains itself, citations."""

import json
import re
import zipfile
from datetime import date

import duckdb
import openpyxl
import pytest

from orchestration.common.sql import literal
from orchestration.releasing.exports import spreadsheet
from orchestration.releasing.tables import RELEASED

YAML = """
models:
  - name: clusters
    description: One row per cluster.
    columns: [{name: name, description: "Its place; it's an industry."}]
"""


@pytest.fixture
def described(world):
    models = world.root / "models" / "marts"
    models.mkdir(parents=True)
    (models / "marts.yml").write_text(YAML, encoding="utf-8")
    return world


def book_of(release):
    return openpyxl.load_workbook(release.path / "jiqun.xlsx")


# The map layer


def test_every_cluster_is_a_feature_at_its_point(usual):
    layer = json.loads((usual.path / "clusters.geojson").read_text(encoding="utf-8"))
    assert (layer["type"], layer["release_id"], len(layer["features"])) == ("FeatureCollection", "r1", 20)
    first = layer["features"][0]
    assert first == {
        "type": "Feature",
        "id": "a-c0",
        "geometry": {"type": "Point", "coordinates": [120.5, 28.1]},
        "properties": {"cluster_id": "a-c0", "name": "Cluster 0", "listings": 1},
    }


def test_a_cluster_without_a_point_is_a_feature_without_a_geometry(world):
    release = world.publish("r1", world.build(sql="update marts.dim_localities set latitude = null where locality_id = 'a-p3'"))
    layer = json.loads((release.path / "clusters.geojson").read_text(encoding="utf-8"))
    assert [feature["id"] for feature in layer["features"] if feature["geometry"] is None] == ["a-c3"]


# The spreadsheet


def test_the_spreadsheet_has_a_sheet_for_every_mart_with_every_row(described):
    release = described.publish("r1")
    book = book_of(release)
    marts = sorted(table.name for table in RELEASED if table.schema == "marts")
    assert book.sheetnames == ["About", "Columns", *marts]
    with duckdb.connect(str(release.database), read_only=True) as connection:
        for name in marts:
            (count,) = connection.execute(f"select count(*) from marts.{name}").fetchone()
            assert book[name].max_row == count + 1
    assert [cell.value for cell in book["clusters"][2]] == ["a-c0", "Cluster 0", 1, 28.1, 120.5]
    assert book["dim_sources"]["D2"].value.date() == date(2010, 6, 1)
    assert [cell.value for cell in book["Columns"][2]] == ["clusters", "name", "Its place; it's an industry."]
    assert book["clusters"].freeze_panes == "A2"


FORMULAS = ["=1+1", '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "＝1+1", "\t=1", "#N/A", "#REF!", "{=1}"]
CONTROLS = {0: r"\x00", 7: r"\x07", 13: r"\r", 27: r"\x1b", 0x202E: r"\u202e", 0xFFFE: r"\ufffe", 0xFFFF: r"\uffff"}
ODD = """
update marts.fct_statistics set value = 'nan'::double where statistic_id = 'a-s0';
update marts.fct_statistics set value = 'infinity'::double where statistic_id = 'a-s1';
update marts.dim_sources set published_on = date '1890-05-01' where source_id = 'a';
"""


@pytest.fixture(scope="module")
def odd(world_in, tmp_path_factory):
    """The spreadsheet of a release of odd texts and numbers: its path, and it opened. Quotes stand under what they are about."""
    world = world_in(tmp_path_factory.mktemp("odd"))
    quotes = {text: literal(text) for text in FORMULAS} | {str(code): f"'a' || chr({code}) || 'b'" for code in CONTROLS}
    quotes |= {"escape": "'_x003D_1'", "long": "repeat('a', 40000)"}
    awards = ", ".join(f"({literal('id ' + name)}, 'a', 'Contest', {quote})" for name, quote in quotes.items())
    release = world.publish("r1", world.build(sql=f"{ODD} insert into marts.fct_awards values {awards}"))
    book = book_of(release)
    return release.path / "jiqun.xlsx", book, {row[0].value: row[3] for row in book["fct_awards"].iter_rows(min_row=2)}


@pytest.mark.parametrize("text", FORMULAS)
def test_no_printed_text_becomes_a_formula_or_an_error(odd, text):
    path, _, quotes = odd
    cell = quotes[f"id {text}"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix is not text.startswith("{"), "it stays text when somebody edits the cell"
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f" in sheet or b't="e"' in sheet for sheet in sheets)


@pytest.mark.parametrize(("code", "shown"), CONTROLS.items())
def test_characters_that_no_spreadsheet_should_hold_are_shown_escaped(odd, code, shown):
    assert odd[2][f"id {code}"].value == f"a{shown}b"


def test_text_that_looks_like_a_spreadsheets_own_escape_is_told_from_one(odd):
    with zipfile.ZipFile(odd[0]) as archive:
        assert any(b"_x005F_x003D_1" in archive.read(name) for name in archive.namelist())


def test_text_longer_than_a_cell_says_that_it_was_cut(odd):
    assert odd[2]["id long"].value.endswith("a [... 8,000 more characters: see the Parquet file]")


@pytest.mark.parametrize("cell", ["E2", "E3"])
def test_a_number_that_is_none_is_a_text(odd, cell):
    assert odd[1]["fct_statistics"][cell].data_type == "s"


def test_a_day_before_the_spreadsheets_calendar_is_a_text(odd):
    assert odd[1]["dim_sources"]["D2"].value == "1890-05-01"


def test_a_table_too_large_is_left_out_and_the_first_sheet_says_so(world, monkeypatch):
    monkeypatch.setattr(spreadsheet, "ROWS_A_SHEET", 19)
    book = book_of(world.publish("r1"))
    about = [str(cell.value) for row in book["About"].iter_rows() for cell in row if cell.value is not None]
    assert "clusters" not in book.sheetnames
    assert "dim_sources" in book.sheetnames
    assert any(line.startswith("NOT COMPLETE: 6 of 11 tables have more than 19 rows") for line in about)
    assert any("see parquet/marts.clusters.parquet" in line for line in about)


# What a file says of itself


def test_parquet_files_describe_their_rows_and_columns(described):
    release = described.publish("r1")
    with duckdb.connect() as connection:
        file = literal(release.path / "parquet" / "marts.clusters.parquet")
        found = connection.execute(f"select decode(key), decode(value) from parquet_kv_metadata({file})").fetchall()
    told = dict(found)
    assert told["description"] == "One row per cluster."
    assert json.loads(told["columns"]) == {"name": "Its place; it's an industry."}
    assert "Release r1" in told["citation"]


def test_the_citation_names_the_release_and_every_source(usual):
    text = (usual.path / "CITATION.txt").read_text(encoding="utf-8")
    assert "Release r1, made from 2 documents" in text
    assert re.findall(r"(?m)^\[.*", text) == [f"[{s}] Press. Title of {s}. 2010-06-01. press/{s}.txt." for s in ("a", "b")]


def test_a_title_cannot_break_the_lines_of_a_citation(world):
    build = world.build(sql="update marts.dim_sources set title = 'A' || chr(10) || '[fake] B' || chr(27) || '[31m' where source_id = 'a'")
    text = (world.publish("r1", build).path / "CITATION.txt").read_text(encoding="utf-8")
    assert r"[a] Press. A [fake] B\x1b[31m. 2010-06-01. press/a.txt." in text.splitlines()


def test_the_citation_inside_other_files_names_some_sources_and_counts_the_rest(world):
    more = "insert into marts.dim_sources select 's' || i, 'more/' || i || '.txt', 'x', null, null, null, null, null from range(30) t(i)"
    release = world.publish("r1", world.build(sql=more))
    whole = (release.path / "CITATION.txt").read_text(encoding="utf-8")
    layer = json.loads((release.path / "clusters.geojson").read_text(encoding="utf-8"))
    package = json.loads((release.path / "datapackage.json").read_text(encoding="utf-8"))
    about = "\n".join(str(row[0].value) for row in book_of(release)["About"].iter_rows())
    assert whole.count("\n[") == 32
    for inside in (layer["citation"], package["citation"], about):
        assert inside.count("\n[") == 20
        assert "... and 12 more: CITATION.txt of the release names all." in inside
