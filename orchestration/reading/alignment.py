"""Labels that slipped against their rows, put back: a monotone alignment of labels to rows.

Labels stay in order and each covers a block of rows, possibly none. What a block costs: for each row, how badly its place fits the
label's province (the gazetteer); for each label, how far its block's length is from the count it declares, and a little for how far
it begins from where it is printed. Numbers in, numbers out: no documents, no text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf

# Weights measured on damaged copies of tables (tests/unit/reading/test_damage.py prints the campaign's figures).
_COUNT_WEIGHT = 0.6  # per row too many or too few, where the declared counts sum to the rows
_COUNT_WEIGHT_IN_DOUBT = 0.25  # where they do not: rows were lost or counts misread
_PRINT_WEIGHT = 0.02  # per row between the block's begin and the label's printed row
_PRINT_MOST = 0.2
_UNKNOWN = 0.5  # what a row costs under every label where its place says nothing
_MARGIN_MOST = 3.0  # alternatives dearer than this are as good as none; bounds the work
_MARGIN_SCALE = 0.22  # see `_confidence`


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

    Args:
        labels: In printed order.
        rows: Per row, how well its place fits each province (`Lexicon.provinces_of`); empty where nothing is known.

    Returns:
        One entry a row; empty where there are no labels.
    """
    if not labels or not rows:
        return []
    blocks = [_Blocks(label, rows, _count_weight(labels, len(rows))) for label in labels]
    ahead, behind = _forward(blocks, len(rows)), _backward(blocks, len(rows))
    best = ahead[-1][-1]
    costs = _costs_through(blocks, ahead, behind, best, len(rows))
    return [_choose(row_costs, best) for row_costs in costs]


def _count_weight(labels: Sequence[Label], row_count: int) -> float:
    total = sum(label.declared or 0 for label in labels)
    return _COUNT_WEIGHT if total == row_count else _COUNT_WEIGHT_IN_DOUBT


class _Blocks:
    """What the blocks `[begin, end)` of one label cost, in parts: `fit[end] - fit[begin] + begins[begin] + count(end - begin)`."""

    def __init__(self, label: Label, rows: Sequence[dict[str, float]], count_weight: float) -> None:
        self.declared = label.declared or 0
        self.weight = count_weight if label.declared is not None else 0.0
        self.fit = [0.0]
        total = 0.0
        provinces = tuple(label.provinces.items())
        for row in rows:
            if row and provinces:
                total += 1.0 - max([similarity * row.get(province, 0.0) for province, similarity in provinces])
            else:
                total += _UNKNOWN
            self.fit.append(total)
        self.begins = [min(_PRINT_WEIGHT * abs(begin - label.row), _PRINT_MOST) for begin in range(len(rows) + 1)]

    def cost(self, begin: int, end: int) -> float:
        count = self.weight * abs(end - begin - self.declared)
        return self.fit[end] - self.fit[begin] + self.begins[begin] + count


def _forward(blocks: list[_Blocks], row_count: int) -> list[list[float]]:
    """`ahead[j][b]`: the cheapest way for the first j labels to cover the first b rows."""
    ahead = [[0.0] + [inf] * row_count]
    for block in blocks:
        begins = [cost - fit + begin for cost, fit, begin in zip(ahead[-1], block.fit, block.begins, strict=True)]
        reached = _nearest(begins, block.declared, block.weight)
        ahead.append([cost + fit for cost, fit in zip(reached, block.fit, strict=True)])
    return ahead


def _backward(blocks: list[_Blocks], row_count: int) -> list[list[float]]:
    """`behind[j][a]`: the cheapest way for the labels from j on to cover the rows from a on."""
    behind = [[inf] * row_count + [0.0]]
    for block in reversed(blocks):
        ends = [cost + fit for cost, fit in zip(behind[-1], block.fit, strict=True)]
        reached = _nearest(ends[::-1], block.declared, block.weight)[::-1]
        behind.append([cost - fit + begin for cost, fit, begin in zip(reached, block.fit, block.begins, strict=True)])
    return behind[::-1]


def _nearest(values: list[float], declared: int, weight: float) -> list[float]:
    """`min over a <= b of values[a] + weight * |b - a - declared|`, for every b.

    Blocks too long (`b - a > declared`) grow dearer with b: a running minimum. Those too short are the last `declared` starts.
    """
    falling = [value + weight * a for a, value in enumerate(values)]
    reached, longest = [], inf
    for b in range(len(values)):
        if b >= declared:
            a = b - declared
            longest = min(longest, values[a] - weight * a)
        shorter = min(falling[max(0, b - declared) : b + 1]) + weight * (declared - b)
        reached.append(min(longest + weight * (b - declared), shorter))
    return reached


def _costs_through(
    blocks: list[_Blocks], ahead: list[list[float]], behind: list[list[float]], best: float, row_count: int
) -> list[dict[int, float]]:
    """Per row and label, the cheapest whole alignment with that row under that label, where it is within the margin of the best.

    A block begins and ends only where some alignment within the margin does, which leaves few of them.
    """
    limit = best + _MARGIN_MOST
    cuts = [
        [row for row, (before, after) in enumerate(zip(ahead[j], behind[j], strict=True)) if before + after <= limit]
        for j in range(len(blocks) + 1)
    ]
    costs: list[dict[int, float]] = [{} for _ in range(row_count)]
    for j, block in enumerate(blocks):
        for begin in cuts[j]:
            for end in cuts[j + 1]:
                if end <= begin or (cost := ahead[j][begin] + block.cost(begin, end) + behind[j + 1][end]) > limit:
                    continue
                for row in range(begin, end):
                    if cost < costs[row].get(j, inf):
                        costs[row][j] = cost
    return costs


def _choose(costs: dict[int, float], best: float) -> Aligned:
    """The label of the cheapest alignment; on a tie the earlier label, with no confidence."""
    label = min(costs, key=lambda j: (costs[j], j))
    others = [cost for j, cost in costs.items() if j != label]
    return Aligned(label, _confidence(min(others, default=best + _MARGIN_MOST) - best))


def _confidence(margin: float) -> float:
    """A margin as a probability: the logistic curve that fits how often alignments of that margin were right in the campaign."""
    return round(1.0 / (1.0 + exp(-margin / _MARGIN_SCALE)) * 2.0 - 1.0, 4)
