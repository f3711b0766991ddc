"""What English sentences say that places make: which pairs of place and trade are found, how sure they are, and when they are listed."""

from collections.abc import Callable

import pytest

from orchestration.reading.clusters.specialities import Speciality, find_specialities
from orchestration.reading.documents import Decoded
from orchestration.reading.phrases.names import find_spots
from orchestration.reading.reader import read_document
from orchestration.reading.words.lexicon import Lexicon

Pairs = list[tuple[str, str]]


def pairs(text: str, found: list[Speciality]) -> Pairs:
    told = {(text[slice(*one.name.locality)] if one.name.locality else "", text[slice(*one.name.industry)]) for one in found}
    return sorted(told, key=lambda pair: (text.index(pair[1]), text.index(pair[0])))


def find(text: str, lexicon: Lexicon) -> list[Speciality]:
    return list(find_specialities(text, find_spots(text, lexicon, 2019), lexicon))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You reach Shengzhou, which turns out 40 per cent of the planet's neckties.", [("Shengzhou", "neckties")]),
        ("Hangji produces one in three of the toothbrushes used worldwide.", [("Hangji", "toothbrushes")]),
        ("Zhongshan's Guzhen town produces 70 percent of China's lamps.", [("Zhongshan's Guzhen town", "lamps")]),
        ("Songxia specialises in umbrellas.", [("Songxia", "umbrellas")]),
        (
            "The biggest were Keqiao textiles (RMB 110bn) and Yongkang hardware (RMB 75bn).",
            [("Keqiao", "textiles"), ("Yongkang", "hardware")],
        ),
        ("Haining, known as the capital of leather, sits an hour from Shanghai.", [("Haining", "leather")]),
        ("Guzhen in Zhongshan is the lighting capital of China.", [("Guzhen in Zhongshan", "lighting")]),
        ("Caoxian, a county in Heze, Shandong, is the country's largest production base for hanfu.", [("Caoxian", "hanfu")]),
        ("Xingcheng in Liaoning province is a hub of swimwear manufacturing.", [("Xingcheng", "swimwear")]),
        ("Huidong county in Guangdong is a women's shoe hub.", [("Huidong county", "women's shoe")]),
        ("Linyi in Shandong is one of the country's biggest plywood clusters.", [("Linyi", "plywood")]),
        ("Ouhai, a district of Wenzhou proper, is where the glasses come from.", [("Ouhai", "glasses")]),
        ("Foshan's ceramics industry has moved part of its kilns to Jiangxi.", [("Foshan", "ceramics")]),
        ("In Anping, the wire-mesh industry employs 100,000 people.", [("Anping", "wire-mesh")]),
        ("The wig industry in Xuchang dates from the Ming dynasty.", [("Xuchang", "wig")]),
        ("The country's biggest toy factories are in Chenghai.", [("Chenghai", "toy")]),
        ("Zhengding county, Hebei, is dotted with furniture factories.", [("Zhengding county", "furniture")]),
        ("Linhai makes four out of five of China's artificial Christmas trees.", [("Linhai", "artificial Christmas trees")]),
        ("Xinji and Haining are both centres of the leather trade.", [("Xinji", "leather"), ("Haining", "leather")]),
        (
            "Shishi and Jinjiang specialise in casual wear and sports shoes respectively.",
            [("Shishi", "casual wear"), ("Jinjiang", "sports shoes")],
        ),
        (
            "The report praises clusters such as hosiery in Zhuji, hardware in Yongkang and leather in Haining.",
            [("Zhuji", "hosiery"), ("Yongkang", "hardware"), ("Haining", "leather")],
        ),
        (
            "Clusters have sprung up: Nankang for furniture, Jingdezhen for porcelain, Pingxiang for fireworks.",
            [("Nankang", "furniture"), ("Jingdezhen", "porcelain"), ("Pingxiang", "fireworks")],
        ),
        (
            "Towns such as Datang (socks), Songxia (umbrellas) and Qiaotou (buttons) grew rich.",
            [("Datang", "socks"), ("Songxia", "umbrellas"), ("Qiaotou", "buttons")],
        ),
        (
            "Products range from socks (Datang) and ties (Shengzhou) to lamps (Guzhen).",
            [("Datang", "socks"), ("Shengzhou", "ties"), ("Guzhen", "lamps")],
        ),
        (
            "Gaoyang county concentrates on towels, Qinghe county on cashmere, Ningjin county on cables.",
            [("Gaoyang county", "towels"), ("Qinghe county", "cashmere"), ("Ningjin county", "cables")],
        ),
        (
            "Weihai (fishing rods), Jiaozhou (wigs; 100 workshops in one suburb), Bazhou (glass and steel furniture).",
            [("Weihai", "fishing rods"), ("Jiaozhou", "wigs"), ("Bazhou", "glass and steel furniture")],
        ),
        ("Deyang is home to two giants and calls itself China's heavy machinery base.", [("Deyang", "heavy machinery")]),
        ("In Zhejiang, Ningbo is home to Youngor and makes one in six of the country's suits.", [("Ningbo", "suits")]),
        ("3. Luzhou and Renhuai: liquor.", [("Luzhou", "liquor"), ("Renhuai", "liquor")]),
        (
            "In the Pearl River Delta, Humen (women's wear) and Xintang (jeans) are known.",
            [("Humen", "women's wear"), ("Xintang", "jeans")],
        ),
        ("Most of the world's violins sold to schools are made in Huangqiao.", [("Huangqiao", "violins")]),
        ("Masks: Xiantao in Hubei province, followed by Changyuan.", [("Xiantao", "Masks"), ("Changyuan", "Masks")]),
        ("The town of Songxia, in Shangyu, sells three out of four umbrellas on the planet.", [("Songxia, in Shangyu", "umbrellas")]),
        ("Gaomi has been called the capital of safety shoes.", [("Gaomi", "safety shoes")]),
        ("Wuqing builds more bicycles than anywhere else in the country.", [("Wuqing", "bicycles")]),
    ],
)
def test_a_centre_of_a_trade_is_told_by_its_phrase(text: str, expected: Pairs, lexicon: Lexicon) -> None:
    assert pairs(text, [one for one in find(text, lexicon) if one.is_sure]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hangzhou is famous for its tea and silk, and every visitor buys some.", [("Hangzhou", "tea"), ("Hangzhou", "silk")]),
        ("Orders at Yiwu-based Christmas decoration makers fell by a fifth.", [("Yiwu", "Christmas decoration")]),
        ("Houjie in Dongguan makes furniture.", [("Houjie in Dongguan", "furniture")]),
        ("Huangqiao, a town of 200,000 people in Taixing, has been making violins since 1968.", [("Huangqiao", "violins")]),
        ("Baigou, south of Beijing, began with saddles, and it now ships bags.", [("Baigou", "bags")]),
        ("Dongyang is known throughout the country for its wood carving.", [("Dongyang", "wood carving")]),
        ("Magnetic materials have been made in Hengdian since 1980.", [("Hengdian", "Magnetic materials")]),
        ("Danyang in Jiangsu, known above all for lenses, is one of four.", [("Danyang", "lenses")]),
    ],
)
def test_what_a_place_makes_as_well_is_less_sure(text: str, expected: Pairs, lexicon: Lexicon) -> None:
    found = find(text, lexicon)
    assert pairs(text, found) == expected
    assert not any(one.is_sure for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Companies moved from Wenzhou to Anhui, where they make shoes.",
        "Wang worked in a shoe factory in Dongguan before he came home.",
        "Shanghai is the financial centre of China.",
        "Ningbo Shenzhou makes T-shirts for foreign brands.",
        "The exhibition in Guangzhou shows furniture, lamps and toys.",
        "Rizhao port handles steel and coal.",
        "Police in Jieyang seized fake shoes made in Puning.",
        "Suzhou is the city of gardens.",
        "Li Wei comes from Wenzhou and makes shoes in Milan.",
        "Cotton yarn in Shaoxing and polyester in Shengze lost 50 yuan.",
    ],
)
def test_what_happens_at_a_place_is_no_trade_of_it(text: str, lexicon: Lexicon) -> None:
    assert find(text, lexicon) == []


def listings(text: str, lexicon: Lexicon, make_decoded: Callable[..., Decoded]) -> tuple[Pairs, list[str]]:
    read = read_document(make_decoded(text), lexicon)
    found = [(listing.locality_printed or "", listing.industry_printed) for listing in read["listings"]]  # type: ignore[union-attr]
    return found, [question.printed for question in read["questions"]]  # type: ignore[union-attr]


def test_a_text_about_several_centres_lists_them_whatever_it_calls_them(lexicon: Lexicon, make_decoded: Callable[..., Decoded]) -> None:
    text = (
        "Small towns, world markets\n\nShengzhou turns out 40 per cent of the planet's neckties, and few of the people who tie one in the "
        "morning have ever heard of the place. Hangji produces one in three of the world's toothbrushes, most of them for hotels and "
        "airlines. Songxia specialises in umbrellas, as its signs will tell you in four languages.\n"
    )
    found, _ = listings(text, lexicon, make_decoded)
    assert found == [("Shengzhou", "neckties"), ("Hangji", "toothbrushes"), ("Songxia", "umbrellas")]


def test_what_a_place_makes_as_well_is_listed_where_it_is_known_for_it_and_else_asked_about(
    lexicon: Lexicon, make_decoded: Callable[..., Decoded]
) -> None:
    text = "Everybody speaks of clusters now, and few can say what one is. Houjie in Dongguan makes furniture. Longyou makes pianos too."
    found, asked = listings(text, lexicon, make_decoded)
    assert found == [("Houjie in Dongguan", "furniture")]
    assert asked == ["Longyou makes pianos too."]


def test_a_trade_told_again_by_its_kind_is_the_same(lexicon: Lexicon, make_decoded: Callable[..., Decoded]) -> None:
    text = "Jinjiang is China's sports shoe capital. About 3,000 shoe factories work in Jinjiang. A cluster, say its people.\n"
    assert listings(text, lexicon, make_decoded)[0] == [("Jinjiang", "sports shoe")]


def test_a_text_about_something_else_lists_nothing(lexicon: Lexicon, make_decoded: Callable[..., Decoded]) -> None:
    text = (
        "A week by train\n\nHangzhou is famous for its tea and silk, and every visitor buys some of either.\n"
        "From there take the train to Shaoxing, known for its rice wine and its bridges. Suzhou is the city of gardens.\n"
    )
    assert listings(text, lexicon, make_decoded) == ([], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Yuyao is a county-level city under Ningbo. Its plastics cluster is one of the biggest in the country.",
            [("Yuyao", "plastics cluster")],
        ),
        (
            "Huangqiao is a town in Taixing, Jiangsu province. The violin industry employs about 30,000 of its residents. A cluster, then.",
            [("Huangqiao", "violin industry")],
        ),
        (
            'Shaodong lies in Hunan. The city, called the "Hometown of Hardware Tools in China", has a cluster to show.',
            [("Shaodong", "Hardware Tools")],
        ),
        (
            "Zheng'an, a county under Zunyi, made no guitar until two brothers came from Guangzhou. Now the county calls itself the Guitar "
            "Capital of China. It is a cluster.",
            [("Zheng'an", "Guitar")],
        ),
        (
            "The second, Baigou, lies south of Xinji; it now ships 800 million bags a year. A cluster, say some.",
            [("Baigou", "bags")],
        ),
        (
            "CHONGQING BECOMES A LAPTOP CITY\n\nNobody made one before 2009. Chengdu, far to the west, has its own clusters.\n\n"
            "The city is also the country's motorcycle capital.",
            [("", "motorcycle")],
        ),
    ],
)
def test_a_cluster_without_its_place_is_of_the_place_spoken_of(
    text: str, expected: Pairs, lexicon: Lexicon, make_decoded: Callable[..., Decoded]
) -> None:
    assert listings(text, lexicon, make_decoded)[0] == expected


def test_a_share_of_all_there_is_made_here_is_a_cluster_of_a_text_about_nothing_else(
    lexicon: Lexicon, make_decoded: Callable[..., Decoded]
) -> None:
    text = (
        "A town built on tape\n\nYucheng, in eastern Henan, has one hotel. But nine of every ten steel tape measures sold in "
        'China, and perhaps half of those sold anywhere, were wound here. "My brother does hammers in Linyi," says a woman.\n'
    )
    assert listings(text, lexicon, make_decoded)[0] == [("Yucheng", "steel tape measures")]


@pytest.mark.parametrize(
    "text",
    [
        "Pujiang, forty minutes away, was China's crystal city until the clean-up of 2013.",
        "Datong will be a hub of hydrogen production.",
    ],
)
def test_what_a_place_was_until_some_year_or_wants_to_be_is_less_sure(text: str, lexicon: Lexicon) -> None:
    assert not any(one.is_sure for one in find(text, lexicon))
