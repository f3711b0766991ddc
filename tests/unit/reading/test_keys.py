"""Keys of industries: what of a print is the industry, and what only says that it is a cluster."""

import pytest

from orchestration.reading.keys import industry_key


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("Steel structures industrial cluster", "steel structure"),
        ("Rubber (applied in engineering) industrial cluster", "rubber applied in engineering"),
        ("Women's wear manufacturing base", "women wear"),
        ("Bearings characteristic industrial cluster", "bearing"),
        ("Plastics industrial park", "plastic"),
        ("電氣產業集群", "电气"),
        ("大唐袜业特色产业集群", "大唐袜业"),
        ("信创中小企业特色产业集群", "信创"),
        ("永康五金名城", "永康五金"),
        ("纺织产业带", "纺织"),
        ("灯具生产基地", "灯具"),
    ],
)
def test_words_that_only_say_cluster_are_dropped(printed: str, key: str) -> None:
    assert industry_key(printed) == key


@pytest.mark.parametrize("printed", ["chain", "belt", "织带", "输送带", "产业", "industry"])
def test_products_named_like_a_cluster_word_keep_it(printed: str) -> None:
    assert industry_key(printed) == printed


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("Ceramics", "ceramic"), ("Batteries", "battery"), ("Watches", "watch"), ("Boxes", "box"), ("Potatoes", "potato"), ("Shoes", "shoe")],
)
def test_plurals_share_the_key_of_their_singular(plural: str, singular: str) -> None:
    assert industry_key(plural) == industry_key(singular) == singular


def test_glasses_are_not_glass() -> None:
    assert industry_key("Glasses") == "glasses"
    assert industry_key("Glass") == "glass"
