"""Labels that slipped against their rows, put back: a monotone alignment of labels to rows.

Labels stay in order and each covers a block of rows, possibly none. What a block costs: for each row, how badly its place fits the
label's province (the gazetteer); for each label, how far its block's length is from the count it declares, and a little for how far
it begins from where it is printed. Numbers in, numbers out: no documents, no text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, inf

# Weights measured on damaged copies of tables (tests/unit/reading/test_damage.py prints the campaign's figures).
_COUNT_WEIGHT = 0.6  # per row too many or too few, where the declared counts sum to the rows
_COUNT_WEIGHT_IN_DOUBT = 0.25  # where they do not: rows were lost or counts misread
_PRINT_WEIGHT = 0.02  # per row between the block's begin and the label's printed row
_PRINT_MOST = 0.2
_UNKNOWN = 0.5  # what a row costs under every label where its place says nothing
_MARGIN_MOST = 2.0  # alternatives dearer than this are as good as none
_REACH = 4.0  # beginnings dearer than the best by this are not followed; the campaign's figures are the same from 3 on
_MARGIN_SCALE = 0.22  # see `_confidence`

_Edge = tuple[int, int, float]  # begin and end of a block, and its cost


@dataclass(frozen=True, slots=True)
class Label:
    """One label: the row it is printed beside (0-based), the count it declares, and the provinces it may mean."""

    row: int
    declared: int | None
    provinces: dict[str, float]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The label a row belongs under, and how sure that is (0 to 1)."""

    label: int
    confidence: float


def align(labels: Sequence[Label], rows: Sequence[dict[str, float]]) -> list[Aligned]:
    """Puts every row under one of the labels.

    Time and memory grow with the rows, not with rows times labels: of the ways to place the first labels, only those within reach of
    the best are followed.

    Args:
        labels: In printed order.
        rows: Per row, how well its place fits each province (`Lexicon.provinces_of`); empty where nothing is known.

    Returns:
        One entry a row; empty where there are no labels.
    """
    if not labels or not rows:
        return []
    weight = _count_weight(labels, len(rows))
    # Long documents repeat their provinces: what a row costs is worked out once for each.
    fits = {meaning: _Fit(dict(meaning), rows) for meaning in dict.fromkeys(map(_meaning, labels))}
    blocks = [_Blocks(label, fits[_meaning(label)], weight) for label in labels]
    ahead, edges = _forward(blocks, _least(fits.values()))
    return _choose(edges, ahead, _behind(edges, len(rows)), ahead[-1][len(rows)], len(rows))


def _count_weight(labels: Sequence[Label], row_count: int) -> float:
    total = sum(label.declared or 0 for label in labels)
    return _COUNT_WEIGHT if total == row_count else _COUNT_WEIGHT_IN_DOUBT


class _Fit:
    """How badly each row's place fits a province, and the sums of that up to each row."""

    def __init__(self, provinces: dict[str, float], rows: Sequence[dict[str, float]]) -> None:
        self.of_rows = _fits(rows, provinces)
        self.summed = [0.0, *accumulate(self.of_rows)]


def _meaning(label: Label) -> tuple[tuple[str, float], ...]:
    return tuple(label.provinces.items())


class _Blocks:
    """What the blocks `[begin, end)` of one label cost."""

    def __init__(self, label: Label, fit: "_Fit", count_weight: float) -> None:
        self.row = label.row
        self.declared = label.declared or 0
        self.weight = count_weight if label.declared is not None else 0.0
        self.fit = fit.summed

    def cost(self, begin: int, end: int) -> float:
        """The places' misfit, the count's, and that of the printed position."""
        count = self.weight * abs(end - begin - self.declared)
        return self.fit[end] - self.fit[begin] + count + self.printed(begin)

    def printed(self, begin: int) -> float:
        """What beginning elsewhere than beside the label costs."""
        return min(_PRINT_WEIGHT * abs(begin - self.row), _PRINT_MOST)


def _fits(rows: Sequence[dict[str, float]], provinces: dict[str, float]) -> list[float]:
    """How badly each row's place fits the label, 0 to 1."""
    if not provinces:
        return [_UNKNOWN] * len(rows)
    # Rows of the same place share their weights: what they cost is worked out once.
    fits: dict[int, float] = {}
    for row in rows:
        if id(row) not in fits:
            fits[id(row)] = 1.0 - max(similarity * row.get(code, 0.0) for code, similarity in provinces.items()) if row else _UNKNOWN
    return [fits[id(row)] for row in rows]


def _least(fits: Iterable[_Fit]) -> list[float]:
    """`least[i]`: what the rows from i on cost at the very least, each under whichever label fits it best."""
    cheapest = [min(fits) for fits in zip(*(fit.of_rows for fit in fits), strict=True)]
    return [*accumulate(reversed(cheapest), initial=0.0)][::-1]


def _forward(blocks: list[_Blocks], least: list[float]) -> tuple[list[dict[int, float]], list[list[_Edge]]]:
    """The cheapest way for the first j labels to cover the first b rows, and every block on the ways that were followed."""
    ahead: list[dict[int, float]] = [{0: 0.0}]
    edges: list[list[_Edge]] = []
    for block in blocks[:-1]:
        begins = sorted(ahead[-1].items(), key=lambda item: item[1] + least[item[0]])
        taken, best = _blocks_within_reach(block, begins, least)
        edges.append([edge for edge in taken if ahead[-1][edge[0]] + edge[2] + least[edge[1]] <= best + _REACH])
        ahead.append(_cheapest((end, ahead[-1][begin] + cost) for begin, end, cost in edges[-1]))
    row_count = len(least) - 1
    edges.append([(begin, row_count, blocks[-1].cost(begin, row_count)) for begin in ahead[-1]])
    ahead.append(_cheapest((end, ahead[-1][begin] + cost) for begin, end, cost in edges[-1]))
    return ahead, edges


def _blocks_within_reach(block: _Blocks, begins: list[tuple[int, float]], least: list[float]) -> tuple[list[_Edge], float]:
    """One label's blocks from these begins, and the least that an alignment with one of them can cost; best begins first."""
    row_count = len(least) - 1
    taken: list[_Edge] = []
    fit, weight = block.fit, block.weight
    first, before = begins[0]
    end = min(first + block.declared, row_count)
    best = before + block.cost(first, end) + least[end]
    for begin, before in begins:
        slack = best + _REACH - before - least[begin]
        short = int(slack / weight) if weight else block.declared
        declared_end, at_begin, printed = begin + block.declared, fit[begin], block.printed(begin)
        for end in range(max(begin, declared_end - short), row_count + 1):
            cost = fit[end] - at_begin + weight * abs(end - declared_end) + printed  # block.cost, with what stays the same kept
            total = before + cost + least[end]
            if total <= best + _REACH:
                taken.append((begin, end, cost))
                best = min(best, total)
            elif end >= declared_end:  # from here on a longer block only costs more
                break
    return taken, best


def _cheapest(ways: Iterable[tuple[int, float]]) -> dict[int, float]:
    reached: dict[int, float] = {}
    for row, cost in ways:
        if cost < reached.get(row, inf):
            reached[row] = cost
    return reached


def _behind(edges: list[list[_Edge]], row_count: int) -> list[dict[int, float]]:
    """The cheapest way for the labels from j on to cover the rows from a on, over the blocks that were followed."""
    behind: list[dict[int, float]] = [{row_count: 0.0}]
    for taken in reversed(edges):
        behind.append(_cheapest((begin, cost + behind[-1].get(end, inf)) for begin, end, cost in taken))
    return behind[::-1]


def _choose(
    edges: list[list[_Edge]], ahead: list[dict[int, float]], behind: list[dict[int, float]], best: float, row_count: int
) -> list[Aligned]:
    """Per row the label of the cheapest alignment, and how much dearer the best alignment with another label is."""
    costs: list[dict[int, float]] = [{} for _ in range(row_count)]
    for label, taken in enumerate(edges):
        for begin, end, cost in taken:
            total = ahead[label][begin] + cost + behind[label + 1].get(end, inf)
            if total <= best + _MARGIN_MOST:
                for row in range(begin, end):
                    if total < costs[row].get(label, inf):
                        costs[row][label] = total
    return [_clearest(row_costs, best) for row_costs in costs]


def _clearest(costs: dict[int, float], best: float) -> Aligned:
    """On a tie the earlier label, with no confidence."""
    label = min(costs, key=lambda j: (costs[j], j))
    others = [cost for j, cost in costs.items() if j != label]
    return Aligned(label, _confidence(min(others, default=best + _MARGIN_MOST) - best))


def _confidence(margin: float) -> float:
    """0 for a tie, near 1 from a margin of 1 on: a cautious reading of the damage campaign.

    Of 6,499 rows of tables damaged twice as hard as the bar, those at 0.05 were right three times in four, at 0.85 in 99 %, at 0.95 in
    99.7 %, from 0.98 on always, unless the label of their province was lost altogether (five rows), which only the gazetteer can tell.
    """
    return round(2.0 / (1.0 + exp(-margin / _MARGIN_SCALE)) - 1.0, 4)
