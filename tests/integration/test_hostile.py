"""Documents made to do harm: no crash, no hang, nothing published without its source, and no byte of them run as anything."""

import csv
import io
import re
import time
import unicodedata
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.errors import BadInput
from orchestration.paths import SEEDS
from orchestration.reading.documents import Found, Refusal, decode_document, find_documents
from orchestration.reading.keys import place_key
from orchestration.reading.reader import read_document
from orchestration.reading.sidecar import load_side_car
from orchestration.reading.words.lexicon import Lexicon

NAMES = ("a.txt", "a.csv", "a.tsv", "a.html", "a.md", "a.json", "a.yml", "a.pdf", "a.xlsx", "a.docx", "a", "a.bin")
PIECES = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        *(
            "Zhejiang province (25)\tYueqing, Wenzhou\tShoes\n",
            "浙江省\t温州市\t电气产业集群\n",
            "Province,City,Industry\n",
            "| a | b |\n|---|---|\n",
        ),
        *(
            "<table><tr><td rowspan=99999>",
            "</td>",
            "<!--",
            "<![CDATA[",
            "&#0;",
            "&#x110000;",
            '"',
            '"' * 999,
            "\0",
            "\ufeff",
            "\u202e",
            "\ud800",
        ),
        *(
            "\t" * 500,
            "\n" * 500,
            "(" * 500,
            "[" * 5000,
            "{" * 5000,
            "a" * 9999,
            "集群" * 999,
            "、" * 999,
            "1" * 400,
            "9" * 30 + " billion yuan\n",
        ),
        *(
            "---\ntitle: x\n---\n",
            "%PDF-1.7\n",
            "PK\x03\x04",
            "&anchor [*anchor]",
            "'; drop table marts.dim_clusters; --",
            "../../etc/passwd",
        ),
    )
)
CONTENTS = st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=20), st.text(max_size=20).map(str.encode)), max_size=12).map(
    b"".join
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load(SEEDS)


def read_safely(folder: Path, name: str, content: bytes, lexicon: Lexicon) -> None:
    """One document through the whole reading: refused by name, or every line with its fate and every row with its line."""
    path = folder / name
    path.write_bytes(content)
    began = time.perf_counter()
    try:
        decoded = decode_document(Found(path, name))
    except Refusal as refusal:
        assert name in refusal.message
        assert refusal.hint
        return
    finally:
        assert time.perf_counter() - began < 10
    read = read_document(decoded, lexicon)
    assert time.perf_counter() - began < 10 + 60 * len(content) / 1e6
    lines = len(decoded.document.lines)
    assert [line.line_number for line in read["lines"]] == list(range(1, lines + 1))
    assert all(1 <= row.line_number <= lines for kind in ("listings", "tallies", "awards", "statistics") for row in read[kind])
    assert not [q for q in read["questions"] if "the reader failed" in q.reason], f"a reader failed on {content!r}"


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(name=st.sampled_from(NAMES), content=CONTENTS)
def test_any_bytes_are_read_or_refused_by_name(tmp_path: Path, lexicon: Lexicon, name: str, content: bytes) -> None:
    read_safely(tmp_path, name, content, lexicon)


@pytest.mark.torture
@settings(max_examples=100_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(NAMES), content=CONTENTS)
def test_a_hundred_thousand_files_are_read_or_refused_by_name(tmp_path: Path, lexicon: Lexicon, name: str, content: bytes) -> None:
    read_safely(tmp_path, name, content, lexicon)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    st.one_of(CONTENTS, st.sampled_from([b"title: ../../../etc/passwd", b"layout: ../../etc/passwd", b"title: !!python/name:os.system"]))
)
def test_any_side_car_is_understood_or_refused(content: bytes) -> None:
    try:
        load_side_car(content[:1500], "a.txt.meta.yml")
    except BadInput as error:
        assert "a.txt.meta.yml" in error.message


def test_a_side_car_or_name_leads_nowhere_outside_the_raw_folder(tmp_path: Path, lexicon: Lexicon) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (tmp_path / "secret.txt").write_text("Wenzhou Yueqing Electrical Industrial Cluster\n", encoding="utf-8")
    (raw / "a.txt").write_text("Wenzhou Yueqing Electrical Industrial Cluster\n", encoding="utf-8")
    (raw / "a.txt.meta.yml").write_text("layout: ../secret.txt\nurl: file:///etc/passwd\ntitle: ../../secret.txt\n", encoding="utf-8")
    (raw / "link.txt.meta.yml").symlink_to(tmp_path / "secret.txt")
    (raw / "link.txt").symlink_to("../secret.txt")
    found, refused = find_documents(raw)
    assert [file.file_name for file in found] == ["a.txt"]
    assert {r.file_name for r in refused} == {"link.txt", "link.txt.meta.yml"}
    read = read_document(decode_document(found[0]), lexicon)
    assert read["listings"] == []
    assert "does not exist" in read["questions"][0].reason


@pytest.mark.parametrize("name", ["a.yml", "a.json", "a.html", "a.md", "a.txt"])
@pytest.mark.parametrize("opening", ["[", '{"a":', "- ", "<div>", "> "])
def test_a_document_nested_without_end_does_not_take_the_process_down(tmp_path: Path, lexicon: Lexicon, name: str, opening: str) -> None:
    read_safely(tmp_path, name, opening.encode() * (10_000 if name in ("a.md", "a.txt") else 100_000), lexicon)


@pytest.mark.parametrize("character", ["a", "集", "\t", "1 ", "(", "、", ", "])
def test_an_endless_line_takes_seconds_and_is_refused_or_read(tmp_path: Path, lexicon: Lexicon, character: str) -> None:
    began = time.perf_counter()
    read_safely(tmp_path, "endless.txt", character.encode() * 10_000_000, lexicon)
    read_safely(tmp_path, "long.txt", b"Zhejiang: " + character.encode() * 100_000, lexicon)
    assert time.perf_counter() - began < 60


# А as in Cyrillic, ο as in Greek, ԝ as in Cyrillic: look-alikes of the Latin letters they stand for.
LOOK_ALIKES = {
    "a": "а",
    "e": "е",
    "o": "о",
    "c": "с",
    "p": "р",
    "x": "х",
    "y": "у",
    "i": "і",
    "W": "Ԝ",
    "H": "Н",
    "N": "Ν",
    "u": "υ",
    "v": "ν",
}


@pytest.mark.parametrize("place", ["Wenzhou", "Ningbo", "Xiaoshan", "Yueqing", "Hangzhou", "Yiwu"])
def test_a_name_with_a_look_alike_letter_is_not_the_name(place: str) -> None:
    made = [place[:at] + LOOK_ALIKES[c] + place[at + 1 :] for at, c in enumerate(place) if c in LOOK_ALIKES]
    made += [place + "о", "с" + place]
    assert made
    assert not [name for name in made if place_key(name) == place_key(place)]


HOSTILE_CELLS = (
    "<script>alert(1)</script> shoes",
    "<img src=x onerror=alert(1)> valves",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "'; drop table marts.dim_clusters; --",
    "${jndi:ldap://x} {{ 7*7 }} {% raw %}",
    "../../../../etc/passwd",
    "\u202etxt.exe gnihtolc",
    "Shoes\x1b[2J\x1b]0;owned\x07",
    "</script><b>Furniture",
)


@pytest.fixture(scope="module")
def harmed(released: Path, jiqun, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse refreshed from the shipped documents and hostile ones."""
    import shutil

    from orchestration.paths import RAW

    folder = tmp_path_factory.mktemp("hostile")
    raw, warehouse = folder / "raw", folder / "warehouse"
    shutil.copytree(RAW, raw)
    shutil.copytree(released, warehouse, symlinks=True)
    places = ("Wenzhou", "Ningbo", "Yueqing", "Cixi", "Taizhou", "Jiaxing", "Huzhou", "Yiwu", "Shaoxing", "Lishui")
    rows = [["Province", "City", "Industry"], *(["Zhejiang", place, cell] for place, cell in zip(places, HOSTILE_CELLS, strict=True))]
    with (raw / "=cells <b>.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    look_alikes = [
        ["Province", "City", "Industry"],
        ["Zhejiang", "Wenzhоu", "Lighters"],
        ["Zhejiang", "Wenlingа", "Pumps"],
        ["Zhejiang", "Yongkang", "Doors"],
    ]
    with (raw / "look_alikes.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(look_alikes)
    (raw / "a\x1b[31m\n.txt").write_text("Wenzhou Yueqing Electrical Industrial Cluster\n", encoding="utf-8")
    ran = jiqun("refresh", "--raw", raw, "--warehouse", warehouse)
    if ran.status == 3:  # what the gate refused is held back by name, and the rest is released
        ran = jiqun("refresh", "--raw", raw, "--warehouse", warehouse)
    assert ran.status == 0, ran.out + ran.err
    assert "\x1b" not in ran.out + ran.err
    return warehouse


def test_nothing_of_a_hostile_document_is_run_on_a_page_in_a_spreadsheet_or_on_a_terminal(harmed: Path, jiqun) -> None:
    page = (harmed / "current" / "site" / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "</script><b>" not in page
    assert "\u202e" not in page
    for table in ("marts.fct_cluster_listings", "marts.clusters", "audit.quarantine", "audit.document_lines", "marts.dim_sources"):
        for form in ("csv", "table"):
            ran = jiqun("query", f"select * from {table}", "--warehouse", harmed, "--format", form)
            assert ran.status == 0, ran.err
            controls = {c for c in ran.out if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\r\t"}
            assert form == "csv" or not controls
            if form == "csv":
                assert not [cell for row in csv.reader(io.StringIO(ran.out)) for cell in row if re.match(r"[=+@]|-\D", cell)]
    why = jiqun("why", "--warehouse", harmed)
    assert why.status == 0
    assert "\x1b" not in why.out
    assert "\u202e" not in why.out


def test_a_place_with_a_look_alike_letter_is_published_only_as_a_repair(harmed: Path) -> None:
    with duckdb.connect(str(harmed / "current" / "jiqun.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from marts.fct_cluster_listings").fetchone() >= (103,)
        silent = connection.execute(
            "select locality_printed from marts.fct_cluster_listings where locality_printed in ('Wenzhоu', 'Wenlingа') "
            "and locality_id is not null and listing_id not in (select listing_id from audit.repairs where listing_id is not null)"
        ).fetchall()
    assert silent == []
