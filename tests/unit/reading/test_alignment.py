from orchestration.reading.tables.alignment import Label, align

A, B, C = {"a": 1.0}, {"b": 1.0}, {"c": 1.0}


def labels(*rows_and_counts: tuple[int, int | None]) -> list[Label]:
    return [Label(row, count, {name: 1.0}) for (row, count), name in zip(rows_and_counts, "abc", strict=False)]


def under(aligned_labels: list[Label], rows: list[dict[str, float]]) -> str:
    return "".join("abc"[entry.label] for entry in align(aligned_labels, rows))


def test_rows_stay_under_their_printed_labels_where_all_agree() -> None:
    aligned = align(labels((0, 2), (2, 1)), [A, A, B])
    assert [entry.label for entry in aligned] == [0, 0, 1]
    assert min(entry.confidence for entry in aligned) > 0.99


def test_slipped_labels_are_put_back_by_places_and_counts() -> None:
    assert under(labels((0, 2), (1, 2), (2, 2)), [A, A, B, B, C, C]) == "aabbcc"


def test_counts_decide_where_places_say_nothing() -> None:
    assert under(labels((0, 2), (2, 3)), [A, {}, {}, {}, B]) == "aabbb"


def test_places_decide_where_a_count_is_wrong() -> None:
    assert under(labels((0, 9), (2, 2)), [A, A, B, B]) == "aabb"


def test_a_label_may_have_no_row_left() -> None:
    assert under(labels((0, 1), (1, 1), (2, 1)), [A, C]) == "ac"


def test_labels_without_counts_follow_the_places() -> None:
    assert under(labels((0, None), (1, None)), [A, A, A, B]) == "aaab"


def test_a_row_that_could_be_under_either_label_has_no_confidence() -> None:
    aligned = align(labels((0, None), (2, None)), [A, {"a": 0.5, "b": 0.5}, B])
    assert aligned[1].confidence < 0.6
    assert aligned[0].confidence > aligned[1].confidence < aligned[2].confidence


def test_without_labels_nothing_is_aligned() -> None:
    assert align([], [A, B]) == []
    assert align(labels((0, 1)), []) == []


def test_an_alignment_is_the_cheapest_of_all() -> None:
    """Against every way to cut the rows, on a table small enough to try them all."""
    from itertools import combinations_with_replacement

    from orchestration.reading.tables.alignment import _Blocks, _count_weight, _Fit

    rows = [A, {"a": 0.4, "b": 0.7}, {}, B, {"c": 0.6}, A, C]
    three = labels((0, 2), (4, 1), (5, 3))
    blocks = [_Blocks(label, _Fit(label.provinces, rows), _count_weight(three, len(rows))) for label in three]

    def total(cuts: tuple[int, ...]) -> float:
        return sum(block.cost(begin, end) for block, begin, end in zip(blocks, (0, *cuts), (*cuts, len(rows)), strict=True))

    best = min(combinations_with_replacement(range(len(rows) + 1), 2), key=total)
    assert [entry.label for entry in align(three, rows)] == [sum(row >= cut for cut in best) for row in range(len(rows))]
