"""Figures told from running text: value, qualifier and unit, in both languages, and what is no figure."""

import time

import pytest

from orchestration.reading.phrases.figures import find_figures, han_value


def told(text: str) -> list[tuple[str, float, str, str]]:
    return [(text[f.start : f.end], f.value, f.qualifier, f.unit) for f in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("over 6,000 types of products", [("over 6,000", 6000, "over", "count")]),
        ("contributes 55.5 percent of the output", [("55.5 percent", 55.5, "exactly", "percent")]),
        ("account for nearly half the global market", [("nearly half", 50, "nearly", "percent")]),
        ("almost a quarter of China's output", [("almost a quarter", 25, "nearly", "percent")]),
        ("two thirds of the market", [("two thirds", 66.67, "exactly", "percent")]),
        ("over half a million workers", [("over half a million", 500_000, "over", "count")]),
        ("over one and a half million workers", [("over one and a half million", 1_500_000, "over", "count")]),
        ("sales were one and a half times those of 2009", []),
        ("some 10,000 hardware companies", [("some 10,000", 10_000, "about", "count")]),
        ("less than 3 billion U.S. dollars", [("less than 3 billion U.S. dollars", 3e9, "under", "USD")]),
        ("RMB 3.5bn and €2 million", [("RMB 3.5bn", 3.5e9, "exactly", "CNY"), ("€2 million", 2e6, "exactly", "EUR")]),
        ("twenty-five clusters", [("twenty-five", 25, "exactly", "count")]),
        ("200,000+ workers", [("200,000+", 200_000, "over", "count")]),
        ("企业1.2万余家", [("1.2万余", 12_000, "over", "count")]),
        ("超千亿元的有14个", [("超千亿元", 1e11, "over", "CNY"), ("14", 14, "exactly", "count")]),
        ("產值逾1,600億元人民幣", [("逾1,600億元人民幣", 1.6e11, "over", "CNY")]),
        ("出口额近80亿美元", [("近80亿美元", 8e9, "nearly", "USD")]),
        ("占全国的六成以上", [("六成以上", 60, "over", "percent")]),
        ("约占全球产量的三分之一", [("约占全球产量的三分之一", 33.33, "about", "percent")]),
        ("不足一半", [("不足一半", 50, "under", "percent")]),
        ("年产运动鞋10亿双以上", [("10亿", 1e9, "over", "count")]),
        ("税收9.8亿元", [("9.8亿元", 9.8e8, "exactly", "CNY")]),
        ("GDP of CN¥ 55.9 billion", [("CN¥ 55.9 billion", 5.59e10, "exactly", "CNY")]),
        ("profits of Rmb780m", [("Rmb780m", 7.8e8, "exactly", "CNY")]),
        ("8.31m people work there", [("8.31m", 8.31e6, "exactly", "count")]),
        ("> 220,000 workers", [("> 220,000", 220_000, "over", "count")]),
        ("one guitar in seven", [("one guitar in seven", 14.29, "exactly", "percent")]),
        ("90-odd firms", [("90-odd", 90, "over", "count")]),
        ("占全国的1/3", [("1/3", 33.33, "exactly", "percent")]),
        ("佔市場六成五左右", [("六成五左右", 65, "about", "percent")]),
        ("企业超万家", [("超万", 10_000, "over", "count")]),
    ],
)
def test_value_qualifier_and_unit_are_told(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In 2020 the contest began",
        "on March 26 at the 2021 conference",
        "the 14th plan for 5G and the Top 500",
        "一批企业十分重视第三届大会，万里挑一",
        "2021年3月26日",
        "one of the largest",
        "a bridge 800m long, 3 km from the 2021/22 fair",
        "今年前11个月",
    ],
)
def test_years_dates_ordinals_and_names_are_no_figures(text: str) -> None:
    assert told(text) == []


def test_a_conversion_in_brackets_is_the_same_sum_not_another() -> None:
    assert told("earned over 10 billion yuan ($1.52 billion)") == [("over 10 billion yuan", 1e10, "over", "CNY")]


@pytest.mark.parametrize(
    ("numeral", "value"), [("三百五十", 350), ("1.2万亿", 1.2e12), ("千亿", 1e11), ("十五", 15), ("二〇二〇", 2020), ("两千三百", 2300)]
)
def test_han_numerals_have_their_value(numeral: str, value: float) -> None:
    assert han_value(numeral) == value


@pytest.mark.parametrize("text", ["1" * 200_000, "one hundred " * 20_000, "一二三四五" * 40_000, "1,234 " * 30_000, "(" * 100_000 + "1"])
def test_a_long_hostile_line_takes_linear_time(text: str) -> None:
    begun = time.process_time()
    find_figures(text)
    assert time.process_time() - begun < 10
