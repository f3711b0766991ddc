"""A place and a trade it is widely known for in one sentence, whatever the words between."""

import pytest

from orchestration.reading import beside
from orchestration.reading.lexicon import Lexicon
from orchestration.reading.names import find_spots


def found(text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    names = beside.find_beside(text, find_spots(text, lexicon, 2018), lexicon)
    return [(text[slice(*name.locality)], text[slice(*name.industry)]) for name in names if name.locality]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Wenling is pumps and shoes.", [("Wenling", "pumps"), ("Wenling", "shoes")]),
        ("One in eight household appliances, so they say, starts life in Shunde.", [("Shunde", "household appliances")]),
        ("The furniture showrooms of Lecong and Longjiang run along the road.", [("Lecong", "furniture"), ("Longjiang", "furniture")]),
        ("江苏灌云，靠情趣内衣年入数十亿元；", [("灌云", "情趣内衣")]),
        ("全世界每三双袜子里，就有一双出自大唐人之手。", [("大唐", "袜子")]),
        ("離大唐不遠的山下湖，家家戶戶都跟珍珠打交道", [("山下湖", "珍珠")]),
    ],
)
def test_a_place_stands_beside_what_it_is_known_for(text: str, told: list[tuple[str, str]], lexicon: Lexicon):
    assert found(text, lexicon) == told


@pytest.mark.parametrize(
    "text",
    [
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
