"""The tab table as text out of a PDF has it. The rows of the first test are the shipped document's own, its answers made by hand."""

import csv
from collections.abc import Callable
from dataclasses import replace

import pytest

from orchestration.paths import ANSWERS, RAW
from orchestration.reading.documents import decode_document, find_documents
from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts.tab_table import LAYOUT
from orchestration.reading.observations import Fate
from orchestration.reading.promises import check
from orchestration.reading.words.lexicon import Lexicon

TABLE = "f37edffb7adb41f6"
HEADER = "Provinces (number of clusters)\tCity/county\tIndustrial clusters\n"


@pytest.fixture(scope="module")
def shipped(lexicon: Lexicon) -> tuple[Document, Reading]:
    found, _ = find_documents(RAW)
    document = next(d.document for d in map(decode_document, found) if d.document.source_id == TABLE)
    reading = LAYOUT.read(document, lexicon)
    check(reading, document)
    return document, reading


def answers(name: str) -> list[dict[str, str]]:
    with (ANSWERS / TABLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_listing_of_the_shipped_table_is_read_as_printed(shipped: tuple[Document, Reading]) -> None:
    read = [(x.ordinal, x.line_number, x.locality_printed, x.industry_printed) for x in shipped[1].listings]
    assert read == [(int(a["ordinal"]), int(a["line_number"]), a["locality_printed"], a["industry_printed"]) for a in answers("listings")]


def test_every_listing_of_the_shipped_table_is_aligned_with_its_province(shipped: tuple[Document, Reading], lexicon: Lexicon) -> None:
    provinces = [lexicon.provinces[x.aligned_province_key or ""] for x in shipped[1].listings]
    assert provinces == [a["province_code"] for a in answers("listings")]
    assert min(x.aligned_confidence or 0 for x in shipped[1].listings) > 0.99


def test_the_printed_label_is_kept_where_it_slipped(shipped: tuple[Document, Reading]) -> None:
    slipped = [x for x in shipped[1].listings if x.province_key != x.aligned_province_key]
    assert (slipped[0].locality_printed, slipped[0].province_printed, slipped[0].aligned_province_printed) == (
        "Changyuan, Xinxiang",
        "Liaoning province (3)",
        "Henan province (3)",
    )
    assert slipped[0].alignment_evidence == "label 8 of 19 declares 3; rows 82-84"


def test_every_declared_count_of_the_shipped_table_is_a_tally(shipped: tuple[Document, Reading]) -> None:
    read = {(t.province_printed, t.declared_count, t.line_number) for t in shipped[1].tallies if t.province_key}
    assert read == {(a["province_printed"], int(a["declared_count"]), int(a["line_number"])) for a in answers("tallies")}


def test_every_other_line_of_the_shipped_table_is_named(shipped: tuple[Document, Reading]) -> None:
    document, reading = shipped
    assert {n: reading.fates[n][1] for n in reading.fates if reading.fates[n][0] is Fate.BOILERPLATE} == {
        5: "page head",
        7: "date",
        13: "date",
        15: "table header",
        16: "column numbers",
        68: "column numbers",
        121: "source note",
    }
    assert [n for n, (fate, _) in reading.fates.items() if fate is Fate.BLANK] == [
        n for n, line in enumerate(document.lines, 1) if not line.strip()
    ]
    assert reading.facts == {
        "title": "Chinese 100 Industrial Clusters",
        "published_on": "2019-01-23",
        "as_of_date": "2010-06-30",
    }


def test_the_count_of_the_title_is_a_tally_of_no_province(shipped: tuple[Document, Reading]) -> None:
    (total,) = [t for t in shipped[1].tallies if not t.province_key]
    assert (total.declared_count, total.province_printed, total.quote) == (100, None, "Chinese 100 Industrial Clusters")


def read(lexicon: Lexicon, document: Document) -> tuple[list[tuple[str | None, str | None, str]], Reading]:
    reading = LAYOUT.read(document, lexicon)
    check(reading, document)
    return [(x.province_key, x.locality_printed, x.industry_printed) for x in reading.listings], reading


@pytest.mark.parametrize(
    "row",
    [
        "\tPizhou, Xuzhou\tWood processing industrial cluster",
        "Pizhou, Xuzhou\tWood processing industrial cluster\t",
        "\tPizhou, Xuzhou\t\tWood processing industrial cluster",
        "\t\tPizhou, Xuzhou\t\tWood processing industrial cluster\t\t",
        "  \t Pizhou, Xuzhou \t Wood processing industrial cluster  ",
        "\tPizhou, Xuzhou Wood processing industrial cluster",
        "Pizhou, Xuzhou Wood processing industrial cluster",
        "\tPizhou, XuzhouWood processing industrial cluster",
    ],
)
def test_lost_and_doubled_tabs_are_harmless(lexicon: Lexicon, make_document: Callable[..., Document], row: str) -> None:
    text = HEADER + "Jiangsu province (2)\tYixing, Wuxi\tCable industrial cluster\n" + row + "\n"
    listings, _ = read(lexicon, make_document(text))
    assert listings[1] == ("jiangsu", "Pizhou, Xuzhou", "Wood processing industrial cluster")


@pytest.mark.parametrize(
    "row",
    [
        "Jiangsu province (1)\tPizhou, Xuzhou\tWood industrial cluster",
        "Jiangsu province (1) Pizhou, Xuzhou\tWood industrial cluster",
        "Jiangsu province (1)Pizhou, Xuzhou\tWood industrial cluster",
        "\tJiangsu province (1)\tPizhou, Xuzhou\tWood industrial cluster",
        "Jiangsu province (1)\nPizhou, Xuzhou\tWood industrial cluster",
    ],
)
def test_a_label_is_found_wherever_its_tabs_went(lexicon: Lexicon, make_document: Callable[..., Document], row: str) -> None:
    listings, reading = read(lexicon, make_document(HEADER + row + "\n\tYixing, Wuxi\tCable industrial cluster\n"))
    assert listings[0] == ("jiangsu", "Pizhou, Xuzhou", "Wood industrial cluster")
    assert [(t.province_key, t.declared_count) for t in reading.tallies] == [("jiangsu", 1)]


@pytest.mark.parametrize(
    "label", ["Jiangsu provlnce (2)", "Jiangsu province (2", "Jiangsv (2)", "JIANGSU PROVINCE (2)", "Jiangsu  province(2)"]
)
def test_a_label_is_known_in_spite_of_damage(lexicon: Lexicon, make_document: Callable[..., Document], label: str) -> None:
    text = HEADER + f"{label}\tYixing, Wuxi\tCable industrial cluster\n\tPizhou, Xuzhou\tWood industrial cluster\n"
    listings, reading = read(lexicon, make_document(text))
    assert [x[1] for x in listings] == ["Yixing, Wuxi", "Pizhou, Xuzhou"]
    assert [(t.province_printed, t.declared_count) for t in reading.tallies] == [(label, 2)]
    assert {x.aligned_province_printed for x in reading.listings} == {label}


@pytest.mark.parametrize("again", ["Jiangsu province (2)", "Jiangsu province (continued)"])
def test_a_label_repeated_on_the_next_page_is_one_label(lexicon: Lexicon, make_document: Callable[..., Document], again: str) -> None:
    rows = ["Jiangsu province (2)\tYixing, Wuxi\tCable industrial cluster", again, "\tPizhou, Xuzhou\tWood industrial cluster"]
    listings, reading = read(lexicon, make_document(HEADER + "\n".join(rows)))
    assert [x[0] for x in listings] == ["jiangsu", "jiangsu"]
    assert [t.declared_count for t in reading.tallies] == [2]
    assert reading.fates[3] == (Fate.BOILERPLATE, "province label, repeated")


def test_two_clusters_in_one_cell_are_two_listings_with_their_own_spans(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    text = HEADER + "Fujian (2)\tJinjiang, Quanzhou\tTrainers industrial cluster Zipper industrial cluster\n"
    listings, reading = read(lexicon, make_document(text))
    assert [x[2] for x in listings] == ["Trainers industrial cluster", "Zipper industrial cluster"]
    assert [(x.char_start, x.char_end) for x in reading.listings] == [(30, 57), (58, 83)]


def test_brackets_that_are_no_counts_stay_in_the_industry(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    text = HEADER + "Hebei (1)\tTaocheng, Hengshui\tRubber (applied in engineering) industrial cluster\n"
    assert read(lexicon, make_document(text))[0] == [("hebei", "Taocheng, Hengshui", "Rubber (applied in engineering) industrial cluster")]


def test_a_blank_place_takes_the_one_above_even_beside_a_label(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    text = HEADER + "Jilin (2)\tTonghua\tPharmaceutical industrial cluster\nShanghai (1)\t\tSteel industrial cluster\n"
    listings, reading = read(lexicon, make_document(text))
    assert listings[1] == ("shanghai", "Tonghua", "Steel industrial cluster")
    assert (reading.listings[1].is_locality_filled_down, reading.listings[1].locality_line_number) == (True, 2)


def test_headers_and_footers_of_later_pages_are_no_rows(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    row = "Jilin (2)\tTonghua\tPharmaceutical industrial cluster\n"
    footer = "Cluster Monthly, a paper of some institute\n- 7 -\nhttps://example.org/page\n"
    text = HEADER + "1\t2\t3\n" + row + footer + HEADER + "1\t2\t3\n\tTonghua\tSteel industrial cluster\n" + footer.replace("7", "8")
    listings, reading = read(lexicon, make_document(text))
    assert len(listings) == 2
    assert {detail for fate, detail in reading.fates.values() if fate is Fate.BOILERPLATE} == {
        "table header",
        "table header, repeated",
        "column numbers",
        "repeated on every page",
        "page number",
        "address",
    }


def test_a_line_within_the_table_that_is_not_understood_is_asked_about(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    text = HEADER + "Jilin (1)\tTonghua\tPharmaceutical industrial cluster\nsee also the annex\nrubbish\twith\ttabs\tand\tmore\n"
    _, reading = read(lexicon, make_document(text))
    assert [(q.line_number, q.printed) for q in reading.questions] == [(3, "see also the annex"), (4, "rubbish\twith\ttabs\tand\tmore")]


def test_chinese_tables_are_read_alike(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    text = "省份（数量）\t市县\t产业集群\n浙江省（2个）\t乐清市\t电气产业集群\n\t\t断路器产业集群\n江苏（1）\t泰兴黄桥镇\t乐器产业集群\n"
    listings, reading = read(lexicon, make_document(text))
    assert listings == [
        ("浙江省", "乐清市", "电气产业集群"),
        ("浙江省", "乐清市", "断路器产业集群"),
        ("江苏", "泰兴黄桥镇", "乐器产业集群"),
    ]
    assert [t.declared_count for t in reading.tallies] == [2, 1]


def test_the_table_without_its_labels_is_read_without_provinces(lexicon: Lexicon, make_document: Callable[..., Document]) -> None:
    listings, reading = read(lexicon, make_document("City\tIndustrial cluster\nYueqing, Wenzhou\tElectrical industrial cluster\n"))
    assert listings == [(None, "Yueqing, Wenzhou", "Electrical industrial cluster")]
    assert reading.listings[0].aligned_province_key is None


def test_reading_twice_is_reading_once(lexicon: Lexicon, shipped: tuple[Document, Reading]) -> None:
    again = LAYOUT.read(replace(shipped[0]), lexicon)
    assert again == shipped[1]
