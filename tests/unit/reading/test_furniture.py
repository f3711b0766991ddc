import pytest

from orchestration.reading.layout import Cell
from orchestration.reading.tables.furniture import declared_total, furniture
from orchestration.reading.tables.headers import Role, header_roles


@pytest.mark.parametrize(
    ("line", "detail", "facts"),
    [
        ("Source: Li&Fung Research Centre, Industrial Clusters Series, June 2010, Issue 6.", "source note", {"as_of_date": "2010-06-30"}),
        ("资料来源：某研究中心，2012年2月", "source note", {"as_of_date": "2012-02-29"}),
        ("Source: somebody", "source note", {}),
        ("23/1/2019", "date", {"published_on": "2019-01-23"}),
        ("1/23/2019", "date", {"published_on": "2019-01-23"}),
        ("3/4/2019", "date", {}),
        ("2019-01-23", "date", {"published_on": "2019-01-23"}),
        ("2019年1月23日", "date", {"published_on": "2019-01-23"}),
        ("January 2019", "date", {}),
        ("- 12 -", "page number", {}),
        ("Page 3 of 10", "page number", {}),
        ("第 3 页", "page number", {}),
        ("https://example.org/a?b", "address", {}),
        ("|---|:-:|", "rule", {}),
    ],
)
def test_lines_around_a_table_are_named(line: str, detail: str, facts: dict[str, str]) -> None:
    found = furniture(line)
    assert found is not None
    assert (found.detail, found.facts) == (detail, facts)


@pytest.mark.parametrize("line", ["MONTHLY UPDATE ON CHINA", "Steel industrial cluster", "Yueqing", "浙江省", "12 clusters"])
def test_other_lines_are_no_furniture(line: str) -> None:
    assert furniture(line) is None


@pytest.mark.parametrize(
    ("title", "total"),
    [
        ("Chinese 100 Industrial Clusters", 100),
        ("The 25 advanced manufacturing clusters", 25),
        ("全国100个产业集群", 100),
        ("现将12个先进制造业集群名单予以公布。", 12),
        ("江苏（3个）：无锡物联网集群", None),
        ("5 乐清市低压电气产业集群", None),
        ("2011年产业集群名单", None),
        ("2010 industrial clusters", None),
        ("Industrial clusters", None),
        ("Table 3.1  Selected shoe clusters", None),
        ("Table 4 Selected shoe clusters", None),
    ],
)
def test_a_title_may_promise_a_number(title: str, total: int | None) -> None:
    assert declared_total(title) == total


@pytest.mark.parametrize(
    ("texts", "roles"),
    [
        (["Provinces/municipalities/ regions (number of clusters)", "City/county", "Industrial clusters"], "province city industry"),
        (["No.", "Name of cluster", "Location"], "other industry city"),
        (["省份", "城市", "区县", "产业集群名称", "产值（亿元）"], "province city county industry other"),
        (["地区", "产业集群"], "city industry"),
        (["地区", "所在地", "主导产业"], "province city industry"),
        (["Cluster location", "Leading products"], "city industry"),
        (["產業集群", "縣區", "鄉鎮"], "industry county town"),
        (["备注", "主导产业", "团场/园区", "所属师市"], "other industry town city"),
        (["优势品类", "产业带所在地"], "industry city"),
        (["设区市", "县（市、区）", "拟认定集群名称"], "city county industry"),
    ],
)
def test_headers_in_both_languages_name_their_columns(texts: list[str], roles: str) -> None:
    assert header_roles([Cell(text, 1, 0, len(text)) for text in texts]) == [Role(role) for role in roles.split()]


@pytest.mark.parametrize(
    "texts",
    [
        ["New district of Wuxi", "Electronics industrial cluster"],
        ["Zhejiang", "Yueqing", "Electrical"],
        ["City"],
        ["City", "County"],
        ["浙江省", "产业集群"],
    ],
)
def test_rows_are_no_headers(texts: list[str]) -> None:
    assert header_roles([Cell(text, 1, 0, len(text)) for text in texts]) is None
