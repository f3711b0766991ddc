"""How many clusters a document says that it lists, wherever it says so, and who won the contest that a list stands below."""

import pytest

from orchestration.reading.keys import place_key
from orchestration.reading.observations import Tally
from orchestration.reading.reader import read_document
from orchestration.reading.tables.columns import label_text
from orchestration.reading.words.lexicon import Lexicon
from tests.unit.reading.conftest import decoded

LISTED = ["乐清市电气产业集群", "永康市五金产业集群", "海宁市皮革产业集群", "诸暨市袜业产业集群"]


def tallies(lexicon: Lexicon, *lines: str) -> list[tuple[str, str | None, int]]:
    records = read_document(decoded("\n".join(lines)), lexicon)
    told = [tally for tally in records["tallies"] if isinstance(tally, Tally)]
    return [(tally.measure, tally.province_printed, tally.declared_count) for tally in told]


@pytest.mark.parametrize(
    ("head", "foot", "expected"),
    [
        ("重点产业集群名单，本页共收录4个", "", [("listed_clusters", None, 4)]),
        ("浙江省公布名单，共4个", "", [("listed_clusters", "浙江省", 4)]),
        ("重点产业集群", "合计4个。", [("listed_clusters", None, 4)]),
        ("重点产业集群（第4批）", "", []),
        ("重点产业集群，涉及4个省份", "另有企业4家。", []),
        ("重点产业集群", "合计4个。下个版本补西藏。", [("listed_clusters", None, 4)]),
        ("重点产业集群", "以上共计5个地区。", [("listed_clusters", None, 5)]),
        ("重点产业集群", "Of the five bases on the current list, one could not be printed.", [("listed_clusters", None, 5)]),
        ("重点产业集群", "The four clusters accounted for 12 percent of exports.", []),
        ("重点产业集群 ('000 clusters)", "", []),
    ],
)
def test_a_number_beside_a_list_of_as_many_is_its_total(
    lexicon: Lexicon, head: str, foot: str, expected: list[tuple[str, str | None, int]]
) -> None:
    assert tallies(lexicon, head, *LISTED, foot) == expected


def test_a_whole_province_is_the_one_that_the_title_names(lexicon: Lexicon) -> None:
    text = "我委确定全省4个产业集群为重点成长型产业集群，现予公布。"
    assert tallies(lexicon, "浙江省发展改革委关于公布重点产业集群的通知", text, *LISTED) == [("listed_clusters", "浙江省", 4)]


def test_a_list_below_the_sentence_about_a_contest_is_of_its_winners_though_one_was_not_read(lexicon: Lexicon) -> None:
    text = "工业和信息化部公布先进制造业集群决赛优胜者名单，5个集群成为优胜者："
    lines = ["先进制造业集群优胜者公示", text, *LISTED, "（略）"]
    assert (len(read_document(decoded("\n".join(lines)), lexicon)["awards"]), tallies(lexicon, *lines)) == (
        4,
        [("contest_winners", None, 5)],
    )


def test_clusters_that_places_applied_for_together_are_winners(lexicon: Lexicon) -> None:
    text = "在先进制造业集群竞赛中，南通、泰州、扬州三市联合申报的海工装备集群，苏州的高端纺织集群双双获胜，宁波磁性材料集群也榜上有名。"
    assert len(read_document(decoded(text), lexicon)["awards"]) == 3


def test_a_total_is_believed_where_the_counts_of_the_provinces_come_to_it(lexicon: Lexicon) -> None:
    lines = ("5 leather bases are named here.", "Zhejiang (3)", "- Haining, leather", "- Tongxiang, fur", "- Wenzhou, shoes")
    told = tallies(lexicon, *lines, "Fujian (2)", "- Jinjiang, shoes", "- ???")
    assert ("listed_clusters", None, 5) in told


@pytest.mark.parametrize(
    ("label", "province", "count"),
    [
        ("江西（两个）", "江西", 2),
        ("江西（共2家）", "江西", 2),
        ("江西（2席）", "江西", 2),
        ("【江西（2个）】", "江西", 2),
        ("Jiangxi Province [2]", "Jiangxi Province", 2),
        ("Jiangxi (two)", "Jiangxi", 2),
        ("Jiangxi – 2 clusters", "Jiangxi", 2),
    ],
)
def test_the_label_of_a_province_may_count_in_words_and_any_brackets(lexicon: Lexicon, label: str, province: str, count: int) -> None:
    read = label_text(label, lexicon)
    assert read is not None
    assert (read.key, read.declared) == (place_key(province), count)


@pytest.mark.parametrize("label", ["Jiangxi (continued)", "江西（省级）", "江西（二期）"])
def test_a_remark_behind_a_province_is_no_count(lexicon: Lexicon, label: str) -> None:
    read = label_text(label, lexicon)
    assert read is not None
    assert read.declared is None


def test_the_counts_of_a_sentence_are_those_of_provinces_that_list_as_many(lexicon: Lexicon) -> None:
    table = [
        *("省份\t县市\t产业集群", "浙江\t乐清市\t电气产业集群", "浙江\t永康市\t五金产业集群"),
        *("江苏\t丹阳市\t眼镜产业集群", "江苏\t海门市\t家纺产业集群", "山东\t曹县\t木艺产业集群"),
    ]
    said = "截至2017年底共有5个，其中浙江2个、江苏2个、山东1个。"
    by_province = [("listed_clusters", "浙江", 2), ("listed_clusters", "江苏", 2), ("listed_clusters", "山东", 1)]
    assert [told for told in tallies(lexicon, said, *table) if told[1]] == by_province
    assert [told for told in tallies(lexicon, said.replace("江苏2", "江苏3"), *table) if told[1]] == []
