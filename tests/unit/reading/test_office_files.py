"""Spreadsheets, Word files, JSON, YAML and front matter: what they become, and what of them is refused."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from orchestration.reading.containers import container_of
from orchestration.reading.containers.contents import Contents, Unreadable
from orchestration.reading.documents import Decoded, Found, Refusal, decode_document
from orchestration.reading.layouts import LAYOUTS
from orchestration.reading.observations import Fate, Listing
from orchestration.reading.promises import check
from orchestration.reading.reader import choose, read_document
from orchestration.reading.words.lexicon import Lexicon

Raw = Callable[..., Path]
Read = list[tuple[str | None, str | None, str]]

ROWS = [
    ("省份", "城市", "产业集群", "企业数"),
    ("浙江省", "乐清市", "电气", 1200),
    (None, "永康市", "五金", 800.0),
    ("广东省", "佛山市", "家具", 3),
]
LISTED: Read = [("浙江省", "乐清市", "电气"), ("浙江省", "永康市", "五金"), ("广东省", "佛山市", "家具")]


def workbook(rows: list[tuple[object, ...]] = ROWS, merged: tuple[str, ...] = (), sheets: int = 1) -> bytes:
    book = openpyxl.Workbook()
    for number in range(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
    return saved(book)


def word_file(paragraphs: tuple[str, ...], rows: list[tuple[object, ...]], after: str = "") -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(rows, table.rows, strict=True):
        for text, cell in zip(row, cells.cells, strict=True):
            cell.text = "" if text is None else str(text)
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph(after)
    return saved(document)


def saved(file: object) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def archive(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return buffer.getvalue()


def contents(data: bytes, name: str) -> Contents:
    return container_of(name, data).read(data)


def decoded(raw: Raw, name: str, data: bytes | str) -> Decoded:
    return decode_document(Found(raw(**{name: data}) / name, name))


def refused(raw: Raw, name: str, data: bytes | str) -> Refusal:
    with pytest.raises(Refusal) as error:
        decoded(raw, name, data)
    return error.value


def listed(read: Decoded, lexicon: Lexicon) -> Read:
    choice = choose(read.document, lexicon, LAYOUTS)
    assert choice.layout and choice.layout.name == "grid"
    check(choice.layout.read(read.document, lexicon), read.document)
    records = read_document(read, lexicon)
    assert not [line for line in records["lines"] if line.fate is Fate.QUARANTINED]
    return [(x.province_key, x.locality_printed, x.industry_printed) for x in records["listings"] if isinstance(x, Listing)]


TITLE = ("产业集群名单", None, None, None)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", workbook()),
        ("merged.xlsx", workbook([TITLE, *ROWS], ("A1:D1", "A3:A4"))),
        ("a.docx", word_file(("关于产业集群的通知",), ROWS, "来源：某部，2010年6月")),
        ("named as text.txt", workbook()),
        (
            "a.json",
            '[{"省份":"浙江省","城市":"乐清市","产业集群":"电气"},{"省份":"浙江省","城市":"永康市","产业集群":"五金"},'
            '{"省份":"广东省","城市":"佛山市","产业集群":"家具"}]',
        ),
        (
            "nested.json",
            '{"title":"名单","data":[{"省份":"浙江省","列表":[{"城市":"乐清市","产业集群":"电气"},{"城市":"永康市","产业集群":"五金"}]},'
            '{"省份":"广东省","列表":[{"城市":"佛山市","产业集群":"家具"}]}]}',
        ),
        (
            "headed.yaml",
            "浙江省:\n- {城市: 乐清市, 产业集群: 电气}\n- {城市: 永康市, 产业集群: 五金}\n广东省:\n- {城市: 佛山市, 产业集群: 家具}\n",
        ),
        (
            "a.yml",
            "- 省份: 浙江省\n  城市: 乐清市\n  产业集群: 电气\n- {省份: 浙江省, 城市: 永康市, 产业集群: 五金}\n"
            "- {省份: 广东省, 城市: 佛山市, 产业集群: 家具}\n",
        ),
    ],
)
def test_tables_of_other_formats_are_read_as_any_table(name: str, data: bytes | str, raw: Raw, lexicon: Lexicon) -> None:
    assert listed(decoded(raw, name, data), lexicon) == LISTED


@pytest.mark.parametrize(
    ("data", "name"),
    [(workbook([TITLE, *ROWS], ("A1:D1", "A3:A4"), sheets=2), "a.xlsx"), (word_file(("x\ny",), ROWS), "a.docx")],
)
def test_every_cell_stands_where_it_says(data: bytes, name: str) -> None:
    made = contents(data, name)
    assert made.grids
    for cell in (cell for grid in made.grids for row in grid for cell in row):
        assert made.lines[cell.line_number - 1][cell.char_start : cell.char_end] == cell.text


def test_a_spreadsheets_values_are_taken_as_people_read_them() -> None:
    from datetime import datetime

    made = contents(workbook([("a", 6.0, 6.5, True, datetime(2010, 6, 30), None)]), "a.xlsx")
    assert made.lines == ("a\t6\t6.5\ttrue\t2010-06-30",)


def test_sheets_keep_their_names_where_there_are_several() -> None:
    assert contents(workbook([("x", "y")], sheets=2), "a.xlsx").lines == ("Sheet", "x\ty", "Sheet1", "x\ty")


def test_a_formula_is_never_run_and_asked_for_where_its_value_is_not_stored(raw: Raw) -> None:
    refusal = refused(raw, "a.xlsx", workbook([("x", "=1+1")]))
    assert "formula in B1" in refusal.reason
    assert "save it" in refusal.hint


def test_paragraphs_and_tables_of_a_word_file_keep_their_order() -> None:
    lines = contents(word_file(("before",), [("a", "b"), ("c", "d"), ("e", "f")], "after"), "a.docx").lines
    assert lines == ("before", "a\tb", "c e\td", "\tf", "after")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", archive(**{"evil.txt": b"x"}), "holds no word/document.xml"),
        ("a.docx", b"just text", "named a Word file but holds something else"),
        ("a.xlsx", workbook()[:-200], "truncated or damaged"),
        ("a.docx", archive(**{"word/document.xml": b"<x/>"}), "cannot be opened"),
        ("a.xlsx", archive(**{"xl/workbook.xml": b"<x/>"}), "cannot be opened"),
        ("a.docx", archive(**{"word/document.xml": b"\0" * 8_000_000}), "unpacks to 8,000,000 bytes"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"x" * 9, "named a Word file"),
        ("a.json", "{", "broken JSON"),
        ("a.json", "[" * 100_000, "broken JSON"),
        ("a.yaml", "a: [", "broken YAML"),
        ("a.yaml", "&a [*a]", "nested too deeply"),
        ("a.html", b"x" * (16 * 1024 * 1024 + 1), "at most 16,777,216"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(name: str, data: bytes | str, reason: str, raw: Raw) -> None:
    refusal = refused(raw, name, data)
    assert reason in refusal.reason
    assert refusal.hint


def test_aliases_of_yaml_are_counted_as_they_are_walked() -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(Unreadable, match="more than"):
        container_of("a.yaml").read("\n".join(["a0: &a0 x", *levels, "records: [{x: *a8}]"]))


FRONT = "---\ntitle: 浙江的集群\ndate: 2012-05-06\nlayout: post\n---\n"


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_front_matter_says_what_a_side_car_says(name: str, raw: Raw, lexicon: Lexicon) -> None:
    read = decoded(raw, name, FRONT + "浙江省乐清市电气产业集群\n浙江省永康市五金产业集群\n")
    assert read.document.side_car.title == "浙江的集群"
    assert read.document.year == 2012
    fates = [(line.text, line.fate, line.detail) for line in read_document(read, lexicon)["lines"]]
    assert fates[:5] == [(line, Fate.BOILERPLATE, "front matter") for line in FRONT.splitlines()]
    assert {fate for _, fate, _ in fates[5:]} == {Fate.USED}


def test_a_side_car_outweighs_front_matter(raw: Raw) -> None:
    folder = raw(**{"a.md": FRONT + "x", "a.md.meta.yml": "title: ours"})
    assert decode_document(Found(folder / "a.md", "a.md")).document.side_car.title == "ours"


@pytest.mark.parametrize("text", ["---\nA rule, then text.\n---\n", "---\ntitle: [\n", "---\n", "----\na: b\n----\n"])
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert contents_of_text(text).front == 0


def contents_of_text(text: str) -> Contents:
    return container_of("a.txt").read(text)
