"""The words of table headers in both languages, and the role each gives its column.

A cell is a header only where every word of it is a header's: `Industrial clusters` is one, `Electronics industrial cluster` is not.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from orchestration.reading.keys import HAN, simplified
from orchestration.reading.layout import Cell, Grid
from orchestration.reading.tables.number_columns import number_column


class Role(StrEnum):
    """What a column holds."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    INDUSTRY = "industry"
    OTHER = "other"

    __hash__ = str.__hash__  # Enum's own is Python, and roles are keys in the innermost loop


PLACES = (Role.TOWN, Role.COUNTY, Role.CITY)  # the finest first: it is the listing's locality

# `region` may be a province or any place: it is the province only beside a column of places.
HEADER_WITHIN = 5  # rows; titles may stand above a table's header

_REGION = "region"
_FILLER = "filler"
_WORDS: dict[str, str] = {
    word: role
    for role, words in {
        Role.PROVINCE: "province prov municipality 省份 省区 省市 省 自治区 直辖市 省级 省级行政区",
        _REGION: "region area 地区 区域 地域 地方",
        Role.CITY: "city prefecture location locality place where seat based"
        " 城市 所在地 地市 地级市 市 市州 州市 市县 县市 县级市 地点 集聚地 产地 地名 属地 承载地"
        " 设区市 地州市 师市 盟市 州 地级以上市 产区 原产地 主产地 货源地 地址 行政区 行政区划"
        " 归属地 地理位置 位置 落户地 集中地 发源地 主要分布",
        Role.COUNTY: "county district banner 区县 县区 县 区 旗 县域",
        Role.TOWN: "town township village subdistrict 乡镇 镇街 镇 乡 街道 村 镇区 园区 开发区 团场",
        Role.INDUSTRY: "cluster industry industrial product sector speciality item specialty specialisation specialization specialised"
        " specialized trade goods make made produce produced base 产业集群 集群 产业 行业 产品 产业基地 基地 块状经济 门类 主营 主产 领域"
        " 产业带 聚落 专业镇 品类 类目 品种 称号 货品 商品",
        Role.OTHER: "no number rank ranking year remark note source batch serial id prize medal score points"
        " 序号 编号 排名 年份 年度 批次 备注 来源 序 奖项 奖级 名次 等次 得分 总分",
        _FILLER: "name of the and main leading key pillar level autonomous what they it is are in or known for"
        " 名称 优势 主导 特色 主要 支柱 重点 所在 所属 类别 类型 名 及 和 与 的 "
        "拟认定 认定 培育 示范 申报 推荐 命名 授予 荣誉 代表 拳头 主打 主 核心 方向 细分"
        " 分布 别 中国 经营 全称 简称 出口 集聚 工业 主攻 首位 入选 获批 拟 覆盖 涉及 牵头"
        " 获奖 优胜 入围 胜出 winning",
    }.items()
    for word in words.split(" ")
}
_WORDS |= {word.removesuffix("y") + "ies" if word.endswith("y") else word + "s": role for word, role in _WORDS.items() if word.isascii()}
_LATIN_WORD = re.compile(r"[a-z]+")
_HAN_WORD = re.compile("|".join(sorted((word for word in _WORDS if HAN.match(word)), key=len, reverse=True)))
# What the rows of another table are: a column of its name makes it no table of clusters; one of their number (`Firms`, 企业数) does not.
_OTHER_THING = re.compile(
    r"(?:company|firm|enterprise|employer|school|shop|store|hotel|team|job|vacancy|(?:unit )?price)(?: name)?"
    r"|(?:企业|公司|单位|学校|店铺|商家|职位|岗位|品牌)(?:名称)?|(?:规格)?型号|规格|数量|时效|运费|价格|单价",
    re.IGNORECASE,
)
_CLUSTER = re.compile(r"cluster|集群|块状经济", re.IGNORECASE)
_KNOWN_FOR = re.compile(
    r"(?:(?:best|well|mainly)\s)?(?:known|famous|good|noted)\sfor|what(?:\s(?:for|it\smakes|they\smake))?", re.IGNORECASE
)
_WHERE = re.compile(r"where(?:\s(?:it|they)(?:['’]s|\s(?:is|are|comes?))?)?\s?(?:made|produced|from)?", re.IGNORECASE)
_PREFECTURE = re.compile(r"prefecture|地级|地市|市州|州市", re.IGNORECASE)
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")


def header_roles(cells: Sequence[Cell]) -> list[Role] | None:
    """The roles of the columns where this row is a header, None where it is not.

    A header names an industry column and one more; columns it calls something else are others. Clusters with nothing but their
    numbers begin with their places: `Anping wire mesh | 9,800 | 61.4`, `7 | 清河县羊绒制品产业集群`.
    """
    named = [role_of(cell.text) if cell.text else None for cell in cells]
    is_alone = len({role for role in named if role} - {Role.OTHER}) < 2
    if Role.INDUSTRY not in named or (is_alone and not _are_clusters_with_others(cells)):
        return None
    if any(_OTHER_THING.fullmatch(cell.text.strip()) for cell in cells) and not any(_CLUSTER.search(cell.text) for cell in cells):
        return None
    has_places = any(role in PLACES for role in named)
    roles = _of_two_levels([Role(_region(has_places) if role == _REGION else role or Role.OTHER) for role in named], cells)
    while not cells[len(roles) - 1].text:
        roles.pop()
    return _once(roles, cells)


def _of_two_levels(roles: list[Role], cells: Sequence[Cell]) -> list[Role]:
    """Of two columns of cities the one that does not say `prefecture`, else the second, lies in the other."""
    cities = [column for column, role in enumerate(roles) if role is Role.CITY]
    if len(cities) == 2 and Role.COUNTY not in roles:
        finer = next((column for column in reversed(cities) if not _PREFECTURE.search(cells[column].text)), cities[-1])
        roles[finer] = Role.COUNTY
    return roles


def _are_clusters_with_others(cells: Sequence[Cell]) -> bool:
    """Whether a header names clusters and, beside them, their numbers or something else that headers name."""
    are_clusters = any(_CLUSTER.search(cell.text) for cell in cells if cell.text and role_of(cell.text) == Role.INDUSTRY)
    others = [cell.text for cell in cells if cell.text and role_of(cell.text) != Role.INDUSTRY]
    return are_clusters and any(role_of(text) == Role.OTHER or number_column(text) for text in others)


def _once(roles: list[Role], cells: Sequence[Cell]) -> list[Role]:
    """Each role once: of several industry columns (`主导产业`, `集群名称`) the one of the cluster's name, else the first."""
    named = [column for column, role in enumerate(roles) if role is Role.INDUSTRY]
    chosen = next((column for column in named if _CLUSTER.search(cells[column].text)), named[0])
    kept: set[Role] = set()
    for column, role in enumerate(roles):
        if role in kept or (role is Role.INDUSTRY and column != chosen):
            roles[column] = Role.OTHER
        kept.add(roles[column])
    return roles


def has_cluster_table(grids: Sequence[Grid]) -> bool:
    """Whether one of a document's marked tables has a header of this subject's columns."""
    return any(header_roles(row) for grid in grids for row in grid[:HEADER_WITHIN])


def _region(has_places: bool) -> Role:
    return Role.PROVINCE if has_places else Role.CITY


@lru_cache(maxsize=50_000)
def role_of(text: str) -> str | None:
    """The role one header cell names, None where a word of it is no header's word.

    What stands in brackets explains; of alternatives (`City/county`) the first counts. The head of a name comes last (`Cluster location`,
    `产业集群所在地`) unless `of` says otherwise (`Name of cluster`).
    """
    if _KNOWN_FOR.fullmatch(text.strip()):
        return Role.INDUSTRY
    if _WHERE.fullmatch(text.strip()):
        return Role.CITY
    if len(text) > 60 or not _WORDS.keys() >= set(_LATIN_WORD.findall(_BRACKETS.sub("", text).lower())):
        return None
    bare = _BRACKETS.sub(" ", simplified(text).lower()).strip()
    roles = [_roles_of_words(piece) for piece in re.split(r"[/、,|]|\b(?:of|or)\b", bare) if piece.strip()]
    if any(found is None for found in roles):
        return None
    return next((found[-1] for found in roles if found), None)


def _roles_of_words(text: str) -> list[str] | None:
    words = _LATIN_WORD.findall(text)
    if not _WORDS.keys() >= set(words):
        return None
    if HAN.search(text):
        if HAN.search(_HAN_WORD.sub("", text)):
            return None
        words += _HAN_WORD.findall(text)
    return [role for word in words if (role := _WORDS[word]) != _FILLER]
