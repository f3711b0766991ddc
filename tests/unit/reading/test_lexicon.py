import pytest

from orchestration.reading.words.lexicon import Lexicon

ZHEJIANG, JIANGSU, SHANGHAI = "330000", "320000", "310000"


@pytest.mark.parametrize(
    ("keys", "province"),
    [
        (["chongfu", "tongxiang", "jiaxing"], ZHEJIANG),
        (["wenling", "taizhou"], ZHEJIANG),
        (["jingjiang", "taizhou"], JIANGSU),
        (["wenlnig", "taizhou"], ZHEJIANG),
        (["jinshan"], SHANGHAI),
        (["new", "wuxi"], JIANGSU),
        (["温岭市", "台州市"], ZHEJIANG),
        (["yuyoa", "ningbo"], ZHEJIANG),
    ],
)
def test_the_province_a_place_fits_best(lexicon: Lexicon, keys: list[str], province: str) -> None:
    weights = lexicon.provinces_of(keys, 2010)
    assert max(weights, key=lambda code: weights[code]) == province


def test_names_of_two_provinces_fit_both(lexicon: Lexicon) -> None:
    weights = lexicon.provinces_of(["taizhou"], 2010)
    assert weights[ZHEJIANG] == weights[JIANGSU] == 1.0


def test_nothing_is_known_of_a_name_that_is_no_place(lexicon: Lexicon) -> None:
    assert lexicon.provinces_of(["xyzzyplugh"], 2010) == {}


def test_names_are_those_of_the_year(lexicon: Lexicon) -> None:
    assert {place.code for place in lexicon.candidates("jiaonan", 2010)} == {"370284"}
    assert {place.code for place in lexicon.candidates("jiaonan", 2012)} == {"370284"}  # given up within the year
    assert {place.name_zh for place in lexicon.candidates("襄樊市", 2010)} == {"襄樊市"}
    assert lexicon.is_place("黄桥镇", towns=True)
    assert not lexicon.is_place("黄桥镇")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the Wenzhou Yueqing Electrical Industrial Cluster", ["Wenzhou", "Yueqing"]),
        ("Yueqing City, in Zhejiang province", ["Yueqing City", "Zhejiang province"]),
        ("200 Zhejiang-based clusters of Inner Mongolia", ["Zhejiang", "Inner Mongolia"]),
        ("She said that He County is one", ["He County"]),
        ("Humen Town in Dongguan", ["Humen Town", "Dongguan"]),
        ("江苏泰州泰兴黄桥镇的乐器", ["江苏", "泰州", "泰兴", "黄桥镇"]),
        ("廣東省佛山市順德區樂從鎮傢俱", ["廣東省", "佛山市", "順德區", "樂從鎮"]),
        ("临沭的复合肥、费县的板材", ["临沭", "费县"]),
        ("高标准高要求推广安全生产，公开平台，提高平均水平", []),
        ("眉山东坡、其中山东", ["眉山", "东坡", "山东"]),
        ("no place at all", []),
    ],
)
def test_places_are_found_in_running_text(lexicon: Lexicon, text: str, names: list[str]) -> None:
    assert [text[span.start : span.end] for span in lexicon.find_places(text, 2010)] == names


def test_offsets_hold_where_simplifying_changes_lengths(lexicon: Lexicon) -> None:
    text = "面积㎞ 樂清市"
    (span,) = lexicon.find_places(text, 2010)
    assert text[span.start : span.end] == "樂清市"
    assert span.key == "乐清市"
