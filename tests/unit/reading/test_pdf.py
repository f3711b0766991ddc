"""PDF: words with positions become lines, tables by ruling or alignment, paragraphs; what has no text is refused."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.reading.containers import container_of
from orchestration.reading.containers.contents import Contents
from orchestration.reading.documents import Decoded, Found, Refusal, decode_document
from orchestration.reading.reader import read_document
from orchestration.reading.words.lexicon import Lexicon

_spec = importlib.util.spec_from_file_location("pdf_writer", Path(__file__).with_name("pdf_writer.py"))
assert _spec and _spec.loader
writer = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(writer)

ROWS = [
    ("Province", "City", "Industrial cluster"),
    ("Zhejiang", "Yueqing, Wenzhou", "Electrical appliances"),
    ("", "Yiwu, Jinhua", "Socks"),
    ("Jiangsu", "Pizhou, Xuzhou", "Wood processing"),
]
LISTED = [("zhejiang", "Yueqing, Wenzhou", "Electrical appliances"), ("zhejiang", "Yiwu, Jinhua", "Socks"),
          ("jiangsu", "Pizhou, Xuzhou", "Wood processing")]  # fmt: skip
XS = [50.0, 150.0, 300.0, 450.0]


def table(top: float, rows: list[tuple[str, ...]] = ROWS) -> list[tuple[float, float, str]]:
    return [(XS[column] + 4, top + 20 * row, text) for row, cells in enumerate(rows) for column, text in enumerate(cells) if text]


def contents(data: bytes) -> Contents:
    return container_of("a.pdf", data).read(data)


def decoded(raw: Callable[..., Path], data: bytes) -> Decoded:
    return decode_document(Found(raw(**{"a.pdf": data}) / "a.pdf", "a.pdf"))


def listed(read: Decoded, lexicon: Lexicon) -> list[tuple[str | None, str | None, str]]:
    return [(x.province_key, x.locality_printed, x.industry_printed) for x in read_document(read, lexicon)["listings"]]


def test_a_ruled_table_is_a_grid(raw: Callable[..., Path], lexicon: Lexicon) -> None:
    page = [(50, 60, "Industrial clusters of two provinces"), *table(115)]
    read = decoded(raw, writer.pdf(page, rules=writer.grid_rules(XS, [100, 120, 140, 160, 180])))
    assert listed(read, lexicon) == LISTED
    assert read.document.lines[0] == "Industrial clusters of two provinces"
    for cell in (cell for grid in read.document.cells for row in grid for cell in row):
        assert read.document.lines[cell.line_number - 1][cell.char_start : cell.char_end] == cell.text


def test_a_cell_ruled_over_several_rows_covers_them() -> None:
    rules = [(150, 140, 450, 140) if rule == (50, 140, 450, 140) else rule for rule in writer.grid_rules(XS, [100, 120, 140, 160, 180])]
    (grid,) = contents(writer.pdf(table(115), rules=rules)).grids
    assert grid[1][0] is grid[2][0]


def test_a_table_by_alignment_keeps_its_blank_cells(raw: Callable[..., Path], lexicon: Lexicon) -> None:
    read = decoded(raw, writer.pdf([(50, 60, "Industrial clusters of two provinces, as of June"), *table(115)]))
    assert read.document.lines[1:] == tuple("\t".join(row) for row in ROWS)
    assert listed(read, lexicon) == LISTED


def test_lines_broken_to_fit_the_page_are_one_again() -> None:
    lines = [
        (50, 60, "The Yueqing electrical cluster earned over"),
        (50, 74, "ten billion yuan."),
        (50, 88, "A new paragraph is not joined to it."),
        (50, 130, "浙江省乐清市电气产业集群和浙江省永康市五金"),
        (50, 144, "产业集群入选。"),
    ]
    assert contents(writer.pdf(lines)).lines == (
        "The Yueqing electrical cluster earned over ten billion yuan.",
        "A new paragraph is not joined to it.",
        "浙江省乐清市电气产业集群和浙江省永康市五金产业集群入选。",
    )


def test_pages_follow_one_another() -> None:
    assert contents(writer.pdf([(50, 60, "one")], [(50, 60, "two")])).lines == ("one", "two")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (writer.pdf([]), "without any text"),
        (writer.pdf([(50, 60, "x")])[:-300], "truncated"),
        (writer.encrypted(writer.pdf([(50, 60, "x")])), "encrypted"),
        (b"%PDF-1.7\nnothing\n%%EOF", "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data: bytes, reason: str, raw: Callable[..., Path]) -> None:
    with pytest.raises(Refusal) as error:
        decoded(raw, data)
    assert reason in error.value.reason
    assert error.value.hint
