"""A place and a trade it is widely known for in one sentence, whatever the words between."""

from collections.abc import Callable

import pytest

from orchestration.reading.clusters import beside
from orchestration.reading.documents import Decoded
from orchestration.reading.phrases.names import find_spots
from orchestration.reading.reader import read_document
from orchestration.reading.words.lexicon import Lexicon


def found(text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    names = beside.find_beside(text, find_spots(text, lexicon, 2018), lexicon)
    return [(text[slice(*name.locality)], text[slice(*name.industry)]) for name in names if name.locality]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Wenling is pumps and shoes.", [("Wenling", "pumps"), ("Wenling", "shoes")]),
        ("One in eight household appliances, so they say, starts life in Shunde.", [("Shunde", "household appliances")]),
        ("The furniture showrooms of Lecong and Longjiang run along the road.", [("Lecong", "furniture"), ("Longjiang", "furniture")]),
        ("I took a bus to Dongyang for the redwood furniture.", [("Dongyang", "redwood furniture")]),
        ("Shuitou handles most of the stone slabs traded in China.", [("Shuitou", "stone slabs")]),
        ("Qixian in Shanxi lives off glassware.", [("Qixian", "glassware")]),
        ("江苏灌云，靠情趣内衣年入数十亿元；", [("灌云", "情趣内衣")]),
        ("全世界每三双袜子里，就有一双出自大唐人之手。", [("大唐", "袜子")]),
        ("小商品、飾品、襪子 → 浙江義烏，不用懷疑", [("義烏", "小商品"), ("義烏", "飾品"), ("義烏", "襪子")]),
        ("做水泵：温岭大溪、福安。", [("温岭大溪", "水泵")]),
        ("打火機 → 以前溫州，現在都跑到湖南邵東去了", [("邵東", "打火機")]),
        ("離大唐不遠的山下湖，家家戶戶都跟珍珠打交道", [("山下湖", "珍珠")]),
    ],
)
def test_a_place_stands_beside_what_it_is_known_for(text: str, told: list[tuple[str, str]], lexicon: Lexicon):
    assert found(text, lexicon) == told


@pytest.mark.parametrize(
    "text",
    [
        "普寧流沙以前做襯衫。",
        "海宁皮革城周末延长营业至晚上八点。",  # a market
        "Wenling does not make pumps.",
        "Unlike Wenling, we have no pumps.",
        "Yongkang used to make hardware.",
        "A lorry on its way to Wenling carried pumps.",
        "The Wenling Pumps Association met on Friday.",
        "Huangyan has a plastic bottle crate in every yard.",  # plastic is no trade there
    ],
)
def test_a_name_or_a_denial_is_no_trade(text: str, lexicon: Lexicon):
    assert found(text, lexicon) == []


def test_a_place_that_only_tells_where_another_lies_owns_nothing(lexicon: Lexicon):
    assert found("Liushi, over in Yueqing, does low-voltage electrical equipment.", lexicon) == [
        ("Liushi", "low-voltage electrical equipment")
    ]


def test_each_place_behind_a_trade_and_its_colon_is_known_for_it(lexicon: Lexicon):
    assert found("眼鏡：丹陽便宜、深圳橫崗中高階", lexicon) == [("丹陽", "眼鏡"), ("深圳橫崗", "眼鏡")]


def test_a_forum_without_full_stops_is_read_where_it_is_full_of_such_places(lexicon: Lexicon, make_decoded: Callable[..., Decoded]):
    lines = ["請益找廠", "小家電：慈溪、順德，廉江做電飯煲的便宜", "泳裝葫蘆島興城，不要問我為什麼", "推 zzz: 揚州杭集的牙刷也不錯"]
    read = read_document(make_decoded("\n".join(lines)), lexicon)
    assert [listing.industry_printed for listing in read["listings"]] == ["小家電", "小家電", "電飯煲", "泳裝", "牙刷"]


def test_a_capitalised_term_within_a_name_is_no_trade(lexicon: Lexicon):
    assert found("The China Textile Council met in Keqiao.", lexicon) == []
