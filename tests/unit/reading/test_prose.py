"""Running text in small: sentences, names of clusters, titles, tallies, and what holds of any text at all."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.paths import SEEDS
from orchestration.reading.layout import Document, Reading
from orchestration.reading.layouts.prose import LAYOUT
from orchestration.reading.phrases.contests import find_contest, find_organiser, find_tallies
from orchestration.reading.phrases.figures import find_figures
from orchestration.reading.phrases.names import find_spots
from orchestration.reading.phrases.names_chinese import find_chinese
from orchestration.reading.phrases.names_english import find_english
from orchestration.reading.phrases.titles import find_titles
from orchestration.reading.promises import check
from orchestration.reading.sidecar import SideCar
from orchestration.reading.text.sentences import LONGEST, passages, sentences
from orchestration.reading.words.lexicon import Lexicon

LEXICON = Lexicon.load(SEEDS)


def document(*lines: str) -> Document:
    return Document("0" * 16, "page.txt", "text/plain", lines, (), SideCar(), 2021)


def read(*lines: str) -> Reading:
    return LAYOUT.read(document(*lines), LEXICON)


def split(*lines: str) -> list[str]:
    return [sentence.text for passage in passages(lines) for sentence in sentences(passage)]


def test_a_page_of_one_sentence_that_names_a_cluster_is_worth_a_reading_and_one_of_another_thing_is_not() -> None:
    head = ("Place: Wenzhou", "Date: 2010-01-01", "")
    assert LAYOUT.score(document(*head, "Wenzhou is home to a footwear cluster."), LEXICON) >= 0.3
    assert LAYOUT.score(document(*head, "Wenzhou is home to a football club."), LEXICON) < 0.3


# -- sentences ---------------------------------------------------------------------------------------------------------


def test_full_stops_of_abbreviations_and_decimals_end_no_sentence() -> None:
    assert split("Mr. Wang of the U.S. firm sold 5.5 million pairs. He left.") == [
        "Mr. Wang of the U.S. firm sold 5.5 million pairs.",
        "He left.",
    ]


def test_chinese_sentences_end_at_their_own_marks() -> None:
    assert split("江苏6个；浙江3个。“很好。”他说。") == ["江苏6个；", "浙江3个。", "“很好。”", "他说。"]


def test_a_paragraph_wrapped_at_a_width_is_one_passage_whose_sentences_know_their_lines() -> None:
    lines = (
        "The Jinjiang footwear cluster counts roughly 3,000 manufacturers and",
        "suppliers. It has 200,000 workers.",
    )
    first, second = (sentence for passage in passages(lines) for sentence in sentences(passage))
    assert first.text.endswith("manufacturers and suppliers.")
    assert list(first.lines) == [1, 2]
    line, start, end = second.span(7, 14)
    assert lines[line - 1][start:end] == "200,000"


def test_what_stands_on_one_endless_line_is_cut() -> None:
    assert max(len(text) for text in split("cluster of 5 firms, " * 5_000)) <= LONGEST


# -- names -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Ningbo Magnetic Material Industrial Cluster,", [("Ningbo", "Magnetic Material Industrial Cluster")]),
        ("Suzhou's nanotechnology cluster", [("Suzhou", "nanotechnology cluster")]),
        ("the biomedicine cluster in Taizhou, Jiangsu province", [("Taizhou", "biomedicine cluster")]),
        ("Keqiao is home to a textile cluster", [("Keqiao", "textile cluster")]),
        ("the textile clusters in Shaoxing and Wujiang", [("Shaoxing", "textile clusters"), ("Wujiang", "textile clusters")]),
        (
            "the Hangzhou Digital Security, Ningbo Magnetic Material and Wenzhou Electrical Industrial Clusters",
            [("Hangzhou", "Digital Security"), ("Ningbo", "Magnetic Material"), ("Wenzhou", "Electrical Industrial Clusters")],
        ),
        ("the Greater Bay Area advanced battery cluster", [("Greater Bay Area", "advanced battery cluster")]),
        ("Wuxi's Internet of Things cluster", [("Wuxi", "Internet of Things cluster")]),
        ("200 Zhejiang-based industrial clusters earned", []),
        ("a number of world-class advanced manufacturing clusters in Zhejiang", []),
        ("A team in Nanjing found a star cluster", []),
    ],
)
def test_english_names_have_their_place_and_industry(text: str, expected: list[tuple[str, str]]) -> None:
    names = find_english(text, find_spots(text, LEXICON, 2021))
    assert [(text[slice(*(n.locality or n.province))], text[slice(*n.industry)]) for n in names] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("浙江省宁波市磁性材料产业集群", [("宁波市", "磁性材料产业集群")]),
        ("温州市乐清电气集群", [("温州市乐清", "电气集群")]),
        ("永嘉桥头纽扣集群", [("永嘉桥头", "纽扣集群")]),
        ("绍兴打造现代纺织产业集群", [("绍兴", "现代纺织产业集群")]),
        ("绍兴现代纺织、永康五金、海宁皮革等15个省级产业集群", [("绍兴", "现代纺织"), ("永康", "五金"), ("海宁", "皮革")]),
        ("广州市、深圳市的智能装备产业集群", [("广州市、深圳市", "智能装备产业集群")]),
        ("晋江、石狮两市纺织服装产业集群", [("晋江、石狮", "纺织服装产业集群")]),
        ("云浮大理石产业集群", [("云浮", "大理石产业集群")]),
        ("成渝地区电子信息先进制造集群", [("成渝地区", "电子信息先进制造集群")]),
        ("江蘇省蘇州市納米新材料集群", [("蘇州市", "納米新材料集群")]),
        ("江苏有10个产业集群", []),
        ("浙江要加快打造世界级先进制造业集群", []),
    ],
)
def test_chinese_names_have_their_place_and_industry(text: str, expected: list[tuple[str, str]]) -> None:
    names = find_chinese(text, find_spots(text, LEXICON, 2021), LEXICON)
    assert [(text[slice(*(n.locality or n.province))], text[slice(*n.industry)]) for n in names] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中国纺织工业联合会授予石狮市“中国休闲服装名城”称号", ["休闲服装"]),
        ("海宁素有“中国皮革之都”的美誉", []),
        ('Shengzhou was named "China Necktie City" in 2003', ["Necktie"]),
        ('Yueqing is often referred to as "China\'s Capital of Electronics"', []),
    ],
)
def test_a_title_conferred_names_a_cluster_and_a_nickname_does_not(text: str, expected: list[str]) -> None:
    titles = find_titles(text, find_spots(text, LEXICON, 2021))
    assert [text[slice(*title.name.industry)] for title in titles if title.is_conferred] == expected


def test_a_title_may_have_its_place_behind_a_mark() -> None:
    text = "复评通过的有中国制笔之乡·浙江桐庐分水、中国伞城·浙江上虞崧厦、中国陶瓷之都（德化）。"
    titles = find_titles(text, find_spots(text, LEXICON, 2017))
    told = [(text[slice(*title.name.locality)], text[slice(*title.name.industry)]) for title in titles if title.name.locality]
    assert told == [("桐庐分水", "制笔"), ("上虞崧厦", "伞"), ("德化", "陶瓷")]


# -- contests ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jiangsu, the only one to beat Zhejiang, took six spots.", {"Jiangsu": 6}),
        ("Hunan and Shandong had four and three winners respectively.", {"Hunan": 4, "Shandong": 3}),
        ("with six from Jiangsu and five from Guangdong", {"Jiangsu": 6, "Guangdong": 5}),
        ("Jiangsu won ten places, Guangdong seven and Zhejiang four.", {"Jiangsu": 10, "Guangdong": 7, "Zhejiang": 4}),
        ("其中，江苏、广东各6个，浙江3个，安徽、陕西各1个入选", {"江苏": 6, "广东": 6, "浙江": 3, "安徽": 1, "陕西": 1}),
        ("江苏、广东分别有6个和5个集群入选", {"江苏": 6, "广东": 5}),
    ],
)
def test_counts_go_to_the_provinces_they_are_said_of(text: str, expected: dict[str, int]) -> None:
    tallies = find_tallies(text, find_spots(text, LEXICON, 2021), find_figures(text))
    found = {text[t.province.start : t.province.end]: int(t.count.value) for t in tallies if t.province}
    assert found == expected


def test_the_contest_and_its_organiser_are_named_in_full() -> None:
    text = (
        "The Ministry of Industry and Information Technology announced winners of the Contest for Advanced Manufacturing Clusters in China."
    )
    contest = find_contest(text)
    assert contest is not None
    assert text[slice(*contest)] == "Contest for Advanced Manufacturing Clusters in China"
    assert text[slice(*find_organiser(text, contest))] == "Ministry of Industry and Information Technology"


# -- documents ---------------------------------------------------------------------------------------------------------


def test_a_figure_beside_a_cluster_that_is_not_understood_is_asked_about() -> None:
    reading = read("The Ningbo Magnetic Material Cluster has a vibration index of 4,500 units per turn.")
    assert [(q.line_number, q.printed) for q in reading.questions] == [(1, "4,500")]


def test_the_same_figure_told_twice_is_one_statistic() -> None:
    reading = read("温州市乐清电气集群产值超1200亿元。", "另据介绍，乐清电气集群产值超1200亿元。")
    assert [(s.measure, s.value) for s in reading.statistics] == [("output_value", 1.2e11)]


def test_a_product_of_the_cluster_is_its_own_subject() -> None:
    reading = read(
        "The Hangzhou Digital Security Cluster is old. Its key video monitor products account for nearly half the global market."
    )
    assert [(s.subject_type, s.subject_name) for s in reading.statistics] == [("product", "Its key video monitor products")]
    assert reading.statistics[0].listing_observation_id == reading.listings[0].observation_id


def test_two_clusters_with_two_figures_respectively_have_one_each() -> None:
    reading = read("平顶山市的尼龙新材料、漯河市的休闲食品两个产业集群营收分别突破500亿元和2000亿元。")
    assert [(s.subject_name, s.value, s.qualifier) for s in reading.statistics] == [
        ("平顶山市的尼龙新材料", 5e10, "over"),
        ("漯河市的休闲食品", 2e11, "over"),
    ]


def test_a_name_over_a_line_break_keeps_what_one_line_prints_or_is_asked_about() -> None:
    kept = read("In the far north of Zhejiang province, Cixi hosts a large household appliance", "cluster with many firms.")
    assert [o.industry_printed for o in kept.listings] == ["household appliance"]
    asked = read("In the far north of Zhejiang province the old city of Cixi hosts a household", "appliance cluster with many firms.")
    assert not asked.listings
    assert [q.reason for q in asked.questions] == ["the name of a cluster runs over a line break"]


@pytest.mark.parametrize("lines", [(), ("",), ("\t", " "), ("cluster",), ("集群",), ("。", "...")])
def test_next_to_nothing_is_read_as_nothing(lines: tuple[str, ...]) -> None:
    reading = read(*lines)
    assert not reading.listings
    assert sorted(reading.fates) == list(range(1, len(lines) + 1))
    assert 0 <= LAYOUT.score(document(*lines), LEXICON) <= 1


VOCABULARY = """
    the Hangzhou Ningbo Zhejiang province Jiangsu cluster clusters Industrial textile and , , . each took two spots 25 winners
    over 10 billion yuan In 2020 its It namely half of percent market output Contest for 浙江省 宁波市 磁性材料 产业集群 集群 、 ， 。
    各 3个 超 百亿元 的 有 企业 1.2万 家 占 全国 三分之一 “中国 名镇” 授予 该集群 ( ) " ;
"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n", "\n\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join), st.booleans())
def test_of_any_text_every_span_is_exact_every_line_has_one_fate_and_awards_have_their_listing(text: str, glued: bool) -> None:
    lines = tuple((re.sub(r"(?<=[一-鿿，。、]) (?=[一-鿿，。、\d])", "", text) if glued else text).split("\n"))
    reading = read(*lines)
    check(reading, document(*lines))
    listed = {listing.observation_id for listing in reading.listings}
    for award in reading.awards:
        assert award.listing_observation_id in listed


def test_a_plan_is_asked_about_and_not_published_as_a_fact() -> None:
    reading = read(
        "来源：浙江日报 2021-03-24",
        "到2025年，全省拥有4个万亿级产业集群。",
        "Investment in the Nantong chemical cluster is expected to hit $3 billion.",
    )
    assert not reading.statistics
    assert [q.printed for q in reading.questions] == ["4", "$3 billion"]


def test_a_size_in_the_name_of_what_is_counted_is_its_threshold() -> None:
    reading = read("2020年，全省拥有14个千亿级产业集群。")
    assert [(s.measure, s.value, s.threshold_value, s.threshold_unit) for s in reading.statistics] == [("cluster_count", 14, 1e11, "CNY")]


def test_combined_figures_are_said_of_the_clusters_together() -> None:
    reading = read("Keqiao's textile cluster and Haining's leather cluster reported combined sales of 310 billion yuan in 2022.")
    assert [(s.subject_type, s.subject_name) for s in reading.statistics] == [
        ("cluster_group", "Keqiao's textile cluster and Haining's leather cluster")
    ]


def test_a_name_in_full_without_a_known_place_is_asked_about() -> None:
    reading = read("The Foobar Leather Industrial Cluster is famous.", "星河市皮革产业集群闻名全国。")
    assert not reading.listings
    assert [q.printed for q in reading.questions] == ["Foobar Leather Industrial Cluster", "星河市皮革产业集群"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Jiaxing fur cluster's output shrank by 12 percent to 4.6 billion yuan.", [("growth_rate", -12), ("output_value", 4.6e9)]),
        ("南安市水暖厨卫产业集群占据全国四成以上市场份额。", [("market_share", 40)]),
        ("The Jiaxing fur cluster exported goods worth $3 million.", [("export_value", 3e6)]),
        ("德化陶瓷产业集群从业人员10万余人，产品出口到190多个国家。", [("employee_count", 1e5), ("export_destination_count", 190)]),
    ],
)
def test_the_words_around_a_figure_tell_its_measure(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(s.measure, s.value) for s in read(text).statistics] == expected
