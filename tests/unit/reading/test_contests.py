"""Contests of clusters: what they are called, who won, and how many of the winners each province has."""

from collections.abc import Callable

import pytest

from orchestration.paths import SEEDS
from orchestration.reading.documents import Decoded
from orchestration.reading.layout import Document
from orchestration.reading.layouts.prose import LAYOUT
from orchestration.reading.phrases.contests import find_contest
from orchestration.reading.reader import read_document
from orchestration.reading.sidecar import SideCar
from orchestration.reading.words.lexicon import Lexicon

LEXICON = Lexicon.load(SEEDS)


def won(*lines: str) -> list[str]:
    reading = LAYOUT.read(Document("0" * 16, "page.txt", "text/plain", lines, (), SideCar(), 2022), LEXICON)
    return [award.quote for award in reading.awards]


def counted(*lines: str) -> list[tuple[str | None, int]]:
    reading = LAYOUT.read(Document("0" * 16, "page.txt", "text/plain", lines, (), SideCar(), 2022), LEXICON)
    return [(tally.province_printed, tally.declared_count) for tally in reading.tallies]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("在首届“浙商杯”产业集群擂台赛中，", "“浙商杯”产业集群擂台赛"),
        ("全省产业集群“争先创优”竞赛结果", "全省产业集群“争先创优”竞赛"),
        ("“先进制造业集群竞赛”结果揭晓", "先进制造业集群竞赛"),
        ("荣获中国产业集群创新奖", "中国产业集群创新奖"),
        ("2020年先进制造业集群项目中标结果公示", "先进制造业集群项目"),
        ("the annual cluster competitiveness contest", "annual cluster competitiveness contest"),
        ("It is the China Industrial Cluster Awards night.", "China Industrial Cluster Awards"),
    ],
)
def test_a_contest_of_clusters_is_known_by_its_name(text: str, name: str) -> None:
    found = find_contest(text)
    assert found is not None
    assert text[slice(*found)] == name


@pytest.mark.parametrize("text", ["产业集群发展奖励办法", "第八届全国工程机械维修技能大赛在徐州落幕", "The Best Factory Award of 2019"])
def test_other_contests_and_rules_of_grants_are_none(text: str) -> None:
    assert find_contest(text) is None


def test_prizes_make_winners_and_those_who_lost_or_only_took_part_are_none() -> None:
    assert won(
        "第二届产业集群创新大赛落幕，浏阳烟花爆竹产业集群夺得一等奖；醴陵陶瓷产业集群、樟树中药材产业集群获二等奖。",
        "",
        "参赛的永康五金产业集群未获名次。",
    ) == ["浏阳烟花爆竹产业集群", "醴陵陶瓷产业集群", "樟树中药材产业集群"]
    assert won(
        "The provincial contest for industrial clusters ended on Saturday. First prize went to the Chenghai toy cluster in Shantou. "
        "The Chaozhou ceramics cluster, last year's champion, did not enter."
    ) == ["Chenghai toy cluster"]


def test_what_stands_behind_the_name_of_a_prize_won_it() -> None:
    assert won(
        "The China Industrial Cluster Awards were handed out in Yiwu on Tuesday night.",
        "",
        "**Gold**: Yongkang hardware cluster (Zhejiang)",
        "",
        "**Silver**: Jinjiang sportswear cluster (Fujian); Danyang eyewear cluster (Jiangsu)",
    ) == ["Yongkang hardware cluster", "Jinjiang sportswear cluster", "Danyang eyewear cluster"]


def test_the_other_winners_are_told_in_the_next_sentence() -> None:
    assert won(
        "先进制造业集群竞赛决赛优胜者一共15家，江苏6家。另外两家是南京软件和信息服务集群、徐州工程机械集群。",
    ) == ["南京软件和信息服务集群", "徐州工程机械集群"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In the national cluster contest Jiangsu leads the table with ten winners overall, ahead of Guangdong (seven).",
            [("Jiangsu", 10), ("Guangdong", 7)],
        ),
        ("In the national cluster contest Jiangsu has six winners, while Shanghai and Hunan have one apiece.", "Shanghai Hunan"),
        ("在先进制造业集群竞赛中，浏阳烟花产业集群获一等奖，其余6个集群获得优秀奖。", []),
    ],
)
def test_counts_of_winners_by_province(text: str, expected: list[tuple[str, int]] | str) -> None:
    if isinstance(expected, str):
        assert {(province, 1) for province in expected.split()} <= set(counted(text))
    else:
        assert counted(text) == expected


def test_a_line_of_counts_is_no_sentence_and_tells_them_all_the_same() -> None:
    lines = (
        "The national cluster contest has 20 winners from all over China, the ministry said.",
        "",
        "Winners: Jiangsu 5, Hunan 2, others 13",
    )
    assert counted(*lines) == [(None, 20), ("Jiangsu", 5), ("Hunan", 2)]


def test_a_column_of_winners_is_theirs_and_no_cluster_of_that_name(make_decoded: Callable[..., Decoded]) -> None:
    text = (
        "# 产业集群擂台赛落幕\n\n由省协会主办的产业集群擂台赛昨天落幕，18个产业集群同台打擂。\n\n"
        "| 奖项 | 获奖集群 | 所在地 |\n|---|---|---|\n| 金奖 | 袜业产业集群 | 诸暨市 |\n"
        "| 银奖 | 童装产业集群 | 吴兴区 |\n| 银奖 | 水泵产业集群 | 温岭市 |\n"
    )
    records = read_document(make_decoded(text, "a.md"), LEXICON)
    assert [award.quote for award in records["awards"]] == ["袜业产业集群", "童装产业集群", "水泵产业集群"]  # type: ignore[union-attr]
    assert len(records["listings"]) == 3
    assert records["tallies"] == []


def test_a_list_right_below_words_about_winners_is_theirs_beside_those_of_the_sentence(make_decoded: Callable[..., Decoded]) -> None:
    text = (
        "2022年10月，国家先进制造业集群决赛揭榜，湖北武汉汽车集群榜上有名。\n\n同批胜出的还有：\n\n"
        "- 江苏南通海工装备集群\n- 四川成都高端能源装备集群\n- 广东深圳智能装备集群\n\n"
        "至此，45个国家级集群全部产生。其中江苏10个、广东7个。\n"
    )
    records = read_document(make_decoded(text, "a.md"), LEXICON)
    assert [award.quote for award in records["awards"]] == ["海工装备集群", "高端能源装备集群", "智能装备集群", "湖北武汉汽车集群"]  # type: ignore[union-attr]
    told = [(tally.measure, tally.province_printed, tally.declared_count) for tally in records["tallies"]]  # type: ignore[union-attr]
    assert told == [("contest_winners", None, 45), ("contest_winners", "江苏", 10), ("contest_winners", "广东", 7)]


def test_a_list_of_what_a_body_recognised_is_no_contest(make_decoded: Callable[..., Decoded]) -> None:
    text = "经专家评审，现将3个产业集群名单予以公布。\n\n1. 安平县丝网产业集群\n2. 清河县羊绒产业集群\n3. 辛集市皮革产业集群\n"
    records = read_document(make_decoded(text), LEXICON)
    assert records["awards"] == []
    assert [(tally.measure, tally.declared_count) for tally in records["tallies"]] == [("listed_clusters", 3)]  # type: ignore[union-attr]
