"""Places with a trade right behind them: 绍兴轻纺、嵊州领带、海宁皮革 in a sentence about clusters, 醴陵的陶瓷、邵东的五金和打火机.

Two such pairs beside the word for clusters name clusters, as nobody says 集群 behind each; a lone one is only worth a question.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestration.reading.keys import industry_key
from orchestration.reading.phrases.names import Name, Spot, glued_chains, join
from orchestration.reading.phrases.names_chinese import names_industry
from orchestration.reading.words.lexicon import Lexicon

_ABOUT = re.compile(
    r"集群|集聚区|集聚區|[一-鿿]{2}小[镇鎮]|块状经济|塊狀經濟|专业[镇鎮]|專業鎮|[产產][业業](?:[带帶]|聚落)|特色[产產][业業]|[产產][业業]基地|特色[经經][济濟]|[县縣]域[经經][济濟]"
)
_OF = re.compile(r"[的之]?")
_WORD = re.compile(
    r"[一-鿿A-Za-z]{2,12}?(?=[、，。；：！？（）()和与與及以等均都也已并在“”\"《》\s两三四五六七八九十\d]|[产產][量值]|[远遠享畅暢驰馳闻聞][销銷誉譽名]|$)"
)
_TAIL = re.compile(
    r"(?:(?:特色)?[产產][业業]集群|集群|[块塊][状狀][经經][济濟]|(?:特色|[时時]尚|智造|[创創]意|文化|[风風]情|[产產][业業]|科技|甜蜜|智慧)*小[镇鎮])$"
)
_ENDS = re.compile(
    r"[、，。；：:！？!（）()和与與及以等均都也已并在”\"\s…]|[两三四五六七八九十\d]+[大个個]|[产產][业業]集群|集群|[块塊][状狀]|$"
)
_SHORT = re.compile(r"[茶鞋伞傘笔筆灯燈锁鎖瓷酒纸紙](?=[、和与與及等])")  # 安溪的茶和藤铁
_ITEM = re.compile(r"的?[一-鿿]{2,8}[、和与與及等]")
_GOES_ON = re.compile(r"[厂廠城场場市协協商店会會公博展机機学學院校行街路村]|集团|企业|品牌|节")  # it is a firm, a market or a fair
_AND = re.compile(r"[、和与與及]")
_NO_END = re.compile(r"(?:市[场場]|[厂廠]|公司|[协協][会會])$")  # 濮院羊毛衫市场 is a market
_NO_BEGIN = "以是有做除"
_LONGEST = 10  # characters of a trade
_FEWEST = 2  # pairs
_MANY = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """A place and the trade behind it.

    Attributes:
        chain: The place.
        start: Where the trade begins.
        end: Where it ends.
        is_term: The trade is a term of the lexicon as printed.
        is_bounded: A mark stands behind the trade, or a word that is no part of a name: 温州鞋业 before 、, not before 发展.
    """

    chain: tuple[Spot, ...]
    start: int
    end: int
    is_term: bool
    is_bounded: bool = True

    @property
    def name(self) -> Name:
        """The pair as the name of a cluster."""
        return join(self.chain[0].start, self.end, (self.start, self.end), self.chain)


def find_pairs(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> list[Pair]:
    """Places of a sentence with trades right behind them, in order."""
    return list(_pairs(text, spots, lexicon)) if len(spots) else []


def clusters_of(text: str, pairs: Sequence[Pair], *, has_clusters: bool) -> list[Pair]:
    """The pairs that are clusters: several in a sentence about clusters, or many of known trades in a document that names some.

    Args:
        text: The sentence.
        pairs: What `find_pairs` found in it.
        has_clusters: Whether the document names a cluster by the word.
    """
    bounded = [pair for pair in pairs if pair.is_bounded]
    terms, places = sum(pair.is_term for pair in bounded), len({pair.chain for pair in bounded})
    are_several = places >= _FEWEST and terms >= _FEWEST and 2 * terms >= len(bounded)
    are_many = places >= _MANY and terms == len(bounded)
    return bounded if (are_several and _ABOUT.search(text)) or (are_many and has_clusters) else []


def are_incomplete(text: str, spots: Sequence[Spot], pairs: Sequence[Pair]) -> bool:
    """Whether a place stands among pairs whose trade nobody knows: 汉川市马口镇的制线、仙桃市彭场镇的无纺布."""
    paired = {pair.chain for pair in pairs}
    chains = [chain for chain in glued_chains(text, spots) if tuple(chain) not in paired and not chain[-1].is_province]
    return any(_ITEM.match(text, chain[-1].end) for chain in chains)


def _pairs(text: str, spots: Sequence[Spot], lexicon: Lexicon) -> Iterator[Pair]:
    starts = {spot.start for spot in spots}
    for chain in glued_chains(text, spots):
        of = _OF.match(text, chain[-1].end)
        start = of.end() if of else chain[-1].end
        while found := _trade(text, start, lexicon):
            end, is_term, is_bounded = found
            if "的" in text[start:end] or any(start <= other < end for other in starts):
                break  # 蓝城阳美的玉器 is of a place nobody knows
            yield Pair(tuple(chain), start, end, is_term, is_bounded)
            more = _AND.match(text, end)
            if more is None or more.end() in starts or (more.group() == "、" and not (of and of.group())):
                break
            start = more.end()


def _trade(text: str, start: int, lexicon: Lexicon) -> tuple[int, bool, bool] | None:
    """Where the trade ends that begins here, whether it is a term, and whether a mark stands behind it.

    The longest term with a mark behind it, else a name that ends in one, else a term that no longer name begins with.
    """
    if not text[start : start + 1].isalnum():
        return None  # 梧州，人工宝石: a clause begins there
    if _SHORT.match(text, start):
        return start + 1, True, True
    ends = range(min(len(text), start + _LONGEST), start + 1, -1)
    terms = [
        end for end in ends if text[end - 1].isalnum() and "、" not in text[start:end] and lexicon.is_term(industry_key(text[start:end]))
    ]
    if bounded := next((end for end in terms if _ENDS.match(text, end)), None):
        return bounded, True, True
    word = _WORD.match(text, start) if text[start] not in _NO_BEGIN else None
    if (
        word
        and (name := _TAIL.sub("", word.group()))
        and not _NO_END.search(name)
        and names_industry(name)
        and lexicon.is_trade(industry_key(name))
    ):
        return start + len(name), word.group()[-1] in "镇鎮" and lexicon.is_term(industry_key(name)), True
    return (terms[0], True, False) if terms and not _GOES_ON.match(text, terms[0]) else None
