import pytest

from orchestration.reading.layout import Cell
from orchestration.reading.words.lexicon import Lexicon
from orchestration.reading.words.places import place_parts, places_apart, split_place


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Chongfu, Tongxiang, Jiaxing", [["Chongfu", "Tongxiang", "Jiaxing"]]),
        ("Shaoxing", [["Shaoxing"]]),
        ("New district of Wuxi", [["New district", "Wuxi"]]),
        ("Wenzhou Yueqing", [["Yueqing", "Wenzhou"]]),
        ("Yueqing Wenzhou", [["Yueqing", "Wenzhou"]]),
        ("Liaocheng New District", [["New District", "Liaocheng"]]),
        ("Inner Mongolia", [["Inner Mongolia"]]),
        ("Shunde (Foshan)", [["Shunde", "Foshan"]]),
        ("Guangdong's Foshan", [["Foshan", "Guangdong"]]),
        ("Yuyao and Cixi, Ningbo", [["Yuyao", "Ningbo"], ["Cixi", "Ningbo"]]),
        ("Linqing Ki", [["Linqing Ki"]]),
        ("江苏泰州泰兴黄桥镇", [["黄桥镇", "泰兴", "泰州", "江苏"]]),
        ("浙江省宁波市、温州市", [["宁波市", "浙江省"], ["温州市", "浙江省"]]),
        ("广州、佛山和惠州", [["广州"], ["佛山"], ["惠州"]]),
        ("呼和浩特市", [["呼和浩特市"]]),
        ("Keqiao (Shaoxing (Zhejiang province))", [["Keqiao", "Shaoxing", "Zhejiang province"]]),
        ("Zhili town (Wuxing district, Huzhou), Zhejiang", [["Zhili town", "Wuxing district", "Huzhou", "Zhejiang"]]),
        ("Guangdong, Foshan, Shunde", [["Shunde", "Foshan", "Guangdong"]]),
        ("浙江省,乐清市", [["乐清市", "浙江省"]]),
        ("浙江省诸暨市大唐镇", [["大唐镇", "诸暨市", "浙江省"]]),
        ("第八师石河子市", [["石河子市"]]),
        ("兵团第八师", [["兵团第八师"]]),
        ("新疆生产建设兵团第八师石河子市", [["石河子市", "新疆"]]),
        ("湖州吴兴的织里", [["织里", "吴兴", "湖州"]]),
        ("许昌的禹州", [["禹州", "许昌"]]),
        ("  ", []),
        ("12", []),
    ],
)
def test_a_printed_place_is_taken_apart(lexicon: Lexicon, text: str, places: list[list[str]]) -> None:
    parts = split_place(text, lexicon, 2010)
    split: list[list[str]] = [[] for _ in {part.place_ordinal for part in parts}]
    for part in parts:
        assert text[part.start : part.end] == part.printed
        split[part.place_ordinal - 1].append(part.printed)
    assert split == places


@pytest.mark.parametrize(
    ("text", "shortened"),
    [("Linqing Ki", "linqing"), ("Dezhou fJI", "dezhou"), ("Linqing", None), ("Yueqing City", None), ("New district", None)],
)
def test_a_name_of_several_words_is_known_without_its_last(lexicon: Lexicon, text: str, shortened: str | None) -> None:
    (part,) = split_place(text, lexicon, 2010)
    assert part.shortened_key == shortened


def test_the_records_stand_where_the_cell_stands(lexicon: Lexicon) -> None:
    line = "Fujian\tNan'an, Quanzhou\t"
    first, second = place_parts("o", "s", Cell("Nan'an, Quanzhou", 3, 7, 23), lexicon, 2010)
    assert [line[p.char_start : p.char_end] for p in (first, second)] == ["Nan'an", "Quanzhou"]
    assert (first.key, first.part_ordinal, first.line_number, second.part_ordinal) == ("nanan", 1, 3, 2)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("江苏丹阳、浙江温州、广东深圳横岗", ["江苏丹阳", "浙江温州", "广东深圳横岗"]),
        ("浙江浦江、浙江义乌", ["浙江浦江、浙江义乌"]),
        ("成都市、德阳市", ["成都市、德阳市"]),
        ("四川成都、重庆", ["四川成都、重庆"]),
    ],
)
def test_places_of_several_provinces_are_places_of_their_own(lexicon: Lexicon, text: str, pieces: list[str]) -> None:
    found = places_apart((Cell(text, 1, 3, 3 + len(text)),), lexicon, 2018)
    assert [(cell.text, cell.char_end - cell.char_start) for (cell,) in found] == [(piece, len(piece)) for piece in pieces]
