"""The page says what the release holds, runs nothing that a source wrote, and asks nobody for anything."""

import hashlib
import json
import re
import sys
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from zlib import decompress

import duckdb
import pytest

from orchestration.releasing.site.data import read_page
from orchestration.releasing.site.history import HistoryEntry
from orchestration.releasing.site.page import PACKED_ABOVE, PAGE_SIZE, build_site, inert, render

HISTORY = [
    HistoryEntry("2222222222222222", "", 2, 99, ("new document: Three clusters", "clusters: 2 added")),
    HistoryEntry("1111111111111111", "2026-01-02T03:04:05.000+00:00", 1, 97, ("first release",)),
]
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' onmouseover=alert(3) {{ 7*7 }} \u202edesrever\u2066 \x1b[31m"


class Outline(HTMLParser):
    """Every element of a page with its attributes, and the text that stands outside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside not in ("script", "style"):
            self.text += data

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] or "" for _, attributes in self.elements if attribute in attributes]


def draw(database: Path) -> str:
    target = database.parent / "site" / "index.html"
    build_site(database, target, release_id="2222222222222222", history=HISTORY)
    return target.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(make_release: Callable[..., Path]) -> str:
    return draw(make_release(97))


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    return Outline(page)


def test_hundred_clusters_stay_under_300_kilobytes(page: str) -> None:
    assert len(page.encode()) < 300_000


def test_same_release_and_history_give_the_same_bytes(make_release: Callable[..., Path]) -> None:
    assert draw(make_release(12)) == draw(make_release(12))


def test_page_refers_to_nothing_outside_itself_but_the_page_beside_it(outline: Outline) -> None:
    assert {reference for reference in outline.values("href") if not reference.startswith("#")} == {"models.html"}
    assert outline.values("src") == outline.values("srcset") == outline.values("style") == []
    assert not {tag for tag, _ in outline.elements} & {"link", "img", "iframe", "object", "embed", "base"}


def test_policy_admits_the_one_style_and_the_one_script_and_nothing_else(page: str, outline: Outline) -> None:
    policy = next(a["content"] for tag, a in outline.elements if a.get("http-equiv") == "Content-Security-Policy")
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert f"{tag}-src 'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_every_reference_within_the_page_has_its_target(outline: Outline) -> None:
    ids = outline.values("id")
    assert len(ids) == len(set(ids))
    within = {reference[1:] for reference in outline.values("href") if reference.startswith("#")}
    assert within - set(ids) == {"-"}  # closing a record goes nowhere
    assert {word for label in outline.values("aria-labelledby") for word in label.split()} <= set(ids)


def test_every_cluster_is_a_row_that_leads_to_its_record(page: str) -> None:
    rows = re.findall(r'<tr data-p.*?<a href="#(c-[^"]+)"', page, re.DOTALL)
    records = re.findall(r'<article class="record" id="([^"]+)"', page)
    assert len(rows) == 99
    assert rows == records


def test_record_shows_the_printed_lines_with_their_numbers_and_marks(page: str) -> None:
    record = page[page.index('id="c-cl-0004"') :]
    assert (
        '<li value="21">\t<mark>Leqing, Wenzhou</mark>\t<mark>Medium and low voltage electrical appliances industrial cluster</mark>'
        in record
    )
    assert '<li value="17"><mark>Zhejiang province (25)</mark>' in record
    assert "<mark>Wenzhou Yueqing</mark> <mark>Electrical Industrial Cluster</mark>" in record


def test_record_of_a_repaired_cluster_shows_print_and_both_witnesses(page: str) -> None:
    record = page[page.index('id="c-cl-0058"') :].split("</article>", maxsplit=1)[0]
    assert "<del>Linqing Ki</del> to <ins>Linqing</ins>" in record
    assert "gazetteer" in record
    assert "count agrees" in record


def test_text_of_a_source_is_inert_wherever_it_stands(make_release: Callable[..., Path]) -> None:
    database = make_release(12)
    clean = Outline(draw(database))
    with duckdb.connect(str(database)) as connection:
        columns = connection.execute(
            """
            select table_schema || '.' || table_name, column_name from information_schema.columns
            where table_schema in ('marts', 'audit') and table_name != 'clusters' and data_type = 'VARCHAR'
            and not regexp_matches(column_name, '_id$|_code_gb2260|^(table_name|column_name|fate|outcome|isic4_division)$')
            """
        ).fetchall()
        for table, column in columns:
            connection.execute(f"update {table} set {column} = '{HOSTILE.replace(chr(39), chr(39) * 2)}' || coalesce({column}, '')")
    html = draw(database)
    hostile = Outline(html)
    assert [tag for tag, _ in hostile.elements if tag in ("script", "img")] == [
        tag for tag, _ in clean.elements if tag in ("script", "img")
    ]
    assert {name for _, attributes in hostile.elements for name in attributes} <= {name for _, a in clean.elements for name in a} | {
        "title"
    }
    assert not [name for _, attributes in hostile.elements for name in attributes if name.startswith("on")]
    assert "{{ 7*7 }}" in hostile.text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", html)
    assert "[U+202E]desrever" in hostile.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Hui'an\t集群", "Hui'an\t集群"), ("a\u202eb", "a[U+202E]b"), ("a\x00b", "a[U+0000]b"), ("a\u200bb", "a[U+200B]b")],
)
def test_inert_shows_what_would_hide_or_reorder(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_inert_knows_every_character_that_unicode_calls_control_or_format() -> None:
    known = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert [character for character in known if inert(character) == character] == ["\t", "\n"]


def test_page_shows_what_the_gate_said_and_what_was_held_back(outline: Outline) -> None:
    assert "36 of 37" in outline.text
    assert "declared counts equal listed counts" in outline.text
    assert "The place is in no province that the order of labels allows" in outline.text
    assert "99 of 100" in outline.text


def test_place_is_found_by_its_names_in_every_script_and_by_its_print(page: str) -> None:
    row = next(row for row in page.split("<tr ") if 'href="#c-cl-0004"' in row)
    for word in ("乐清市", "樂清", "浙江", "leqing, wenzhou", "medium and low voltage"):
        assert word in row.split("data-k=")[1].split('"')[1]


def test_document_of_one_endless_line_does_not_fill_every_record_with_it(make_release: Callable[..., Path]) -> None:
    database = make_release(12)
    with duckdb.connect(str(database)) as connection:
        connection.execute("update audit.document_lines set text = text || repeat('word ', 20000)")
    html = draw(database)
    assert len(html.encode()) < 200_000
    assert "<mark>Leqing, Wenzhou</mark>" in html


def test_count_declared_for_a_whole_source_stands_beside_what_it_lists(outline: Outline) -> None:
    assert "Chinese 100 Industrial Clusters: 100 declared in all, 97 listed" in outline.text


def test_history_is_listed_newest_first(outline: Outline) -> None:
    assert outline.text.index("new document: Three clusters") < outline.text.index("2026-01-02 03:04")


def test_provinces_of_the_map_lead_to_their_first_row(outline: Outline) -> None:
    links = [a for tag, a in outline.elements if tag == "a" and a.get("data-p")]
    assert len(links) == 18
    assert links[0] == {"href": "#p-330000", "data-p": "330000", "aria-label": "Zhejiang 浙江省, 27 clusters"}


def test_large_release_is_packed_whole_and_begins_readable(make_release: Callable[..., Path]) -> None:
    html = draw(make_release(PACKED_ABOVE + 200))
    packed = re.search('id="packed">([^<]+)<', html)
    assert packed
    unpacked = json.loads(decompress(b64decode(packed[1])))
    assert unpacked["rows"].count("<tr ") == len(unpacked["records"]) == PACKED_ABOVE + 202
    assert html.count("<tr data-p") == PAGE_SIZE


def test_number_of_queries_does_not_grow_with_the_clusters(make_release: Callable[..., Path]) -> None:
    class Counting:
        def __init__(self, database: Path) -> None:
            self.connection = duckdb.connect(str(database), read_only=True)
            self.queries = 0

        def execute(self, sql: str) -> duckdb.DuckDBPyConnection:
            self.queries += 1
            return self.connection.execute(sql)

    few, many = Counting(make_release(3)), Counting(make_release(97))
    read_page(few)
    read_page(many)
    assert few.queries == many.queries


def test_release_without_any_cluster_is_still_a_page(make_release: Callable[..., Path]) -> None:
    database = make_release(3)
    with duckdb.connect(str(database)) as connection:
        for (table,) in connection.execute("select table_schema || '.' || table_name from information_schema.tables").fetchall():
            if table not in ("marts.clusters", "marts.dim_provinces"):
                connection.execute(f"delete from {table}")
    with duckdb.connect(str(database), read_only=True) as connection:
        assert "0 clusters in 0 of 34 provinces" in render(read_page(connection), release_id="x", history=[])
