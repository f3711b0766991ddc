"""The figures of `docs/accuracy.md`: verdicts added up by kind of document, language and split, as Markdown. No measuring."""

import math
from collections import Counter
from collections.abc import Callable, Iterable

from tests.accuracy.corpus import Answer
from tests.accuracy.damaged import Tables
from tests.accuracy.published import Refreshed, Row
from tests.accuracy.scoring import KINDS, Score, Verdict, place_is_right

_TITLES = {"listing": "Listings", "statistic": "Statistics", "tally": "Counts declared", "award": "Awards"}
# Per kind of fact: the least share of the published that is right, and of the facts stated that are published (issue of the readers).
_BARS = {"listing": (0.98, 0.90), "statistic": (0.95, 0.80)}
_HEAD = ("documents", "stated", "published", "right", "wrong", "right of published", "found of stated", "not found", "of these asked about")


def total(verdicts: Iterable[Verdict], kind: str) -> Score:
    """The counts of one kind of fact over these verdicts."""
    score = Score()
    for verdict in verdicts:
        if verdict.kind == kind:
            score += verdict.score
    return score


def false_listings(verdicts: Iterable[Verdict]) -> int:
    """Listings published of documents that hold no cluster."""
    return sum(v.score.published for v in verdicts if v.kind == "listing" and v.document.kind == "none")


def render(refreshed: Refreshed, verdicts: list[Verdict]) -> str:
    """The whole page."""
    splits = _splits(verdicts)
    return "\n".join(
        [
            "# Accuracy\n",
            "Written by `make accuracy`; not edited by hand. One refresh reads the documents of `tests/documents` together; the rows it",
            "would release are held against answer tables written before any reader saw the documents. A listing is right where province,",
            "most specific place with the code of its year, and industry are all right; an industry conformed to none is right as printed.",
            "A figure is right with measure, value, unit, qualifier and threshold, and with nothing wrong said of its place and year.",
            "*Not found* is what was stated and not published right; it is *asked about* where a row of quarantine or review prints it.",
            "Of the held-back third nothing but its sums is told.\n",
            f"The gate {_gate(refreshed)} this refresh.\n",
            *_bars(verdicts),
            *_split(verdicts),
            *(line for kind in KINDS for line in _section(kind, splits["open documents"])),
            *_causes(splits),
        ]
    )


def damage(tables: dict[str, Tables]) -> str:
    """The section on damaged tables."""
    rows = [
        (kind, str(t.rows), _share(t.published / t.rows), _share(t.province_right / t.published), _share(t.place_right / t.published))
        for kind, t in tables.items()
    ]
    return "\n".join(
        [
            "## Damaged tables\n",
            "Clean tables of a hundred rows drawn from the gazetteer of 2010, damaged by seed, three tables a kind, then refreshed.",
            "The bar, on its row: 85 % of the rows published, of these 99.7 % with the right province and 99 % with the right place.\n",
            *_table(("damage", "rows printed", "published", "right province of published", "right place of published"), rows),
        ]
    )


def _gate(refreshed: Refreshed) -> str:
    return {0: "passed", 3: "refused"}.get(refreshed.status, f"was not reached (exit status {refreshed.status}) by")


def _bars(verdicts: list[Verdict]) -> list[str]:
    rows = []
    for kind, (precision, recall) in _BARS.items():
        for name, chosen in _splits(verdicts).items():
            score = total(chosen, kind)
            rows.append((f"{_TITLES[kind]}, {name}", "right of published", f"{precision:.0%}", _share(score.precision)))
            rows.append((f"{_TITLES[kind]}, {name}", "found of stated", f"{recall:.0%}", _share(score.recall)))
            if kind == "statistic":
                dated = f"{_share(score.undated / score.right) if score.right else '–'}"
                rows.append((f"{_TITLES[kind]}, {name}", "of the right, published without their year", "", dated))
            if kind == "listing":
                rows.append((f"{_TITLES[kind]}, {name}", "of the rest asked about", "95%", _share(score.asked_share)))
    rows.append(("Documents without a cluster", "listings published", "0", str(false_listings(verdicts))))
    return ["## Against the bars\n", *_table(("what", "figure", "bar", "measured"), rows)]


def _splits(verdicts: list[Verdict]) -> dict[str, list[Verdict]]:
    return {
        "open documents": [v for v in verdicts if not v.document.is_held_back],
        "held-back documents": [v for v in verdicts if v.document.is_held_back],
    }


def _split(verdicts: list[Verdict]) -> list[str]:
    rows = [(f"{_TITLES[kind]}, {name}", *_cells(total(chosen, kind))) for kind in KINDS for name, chosen in _splits(verdicts).items()]
    return ["## By split\n", *_table(("facts", *_HEAD), rows)]


def _section(kind: str, verdicts: list[Verdict]) -> list[str]:
    def grouped(by: Callable[[Verdict], str]) -> list[tuple[str, ...]]:
        names = sorted({by(v) for v in verdicts})
        scores = {name: total((v for v in verdicts if by(v) == name), kind) for name in names}
        return [(name, *_cells(score)) for name, score in scores.items() if score.answers or score.published or name == "none"]

    languages = {"en": "English", "zh": "Chinese"}
    rows = [
        *grouped(lambda v: v.document.kind),
        *grouped(lambda v: languages[v.document.language]),
        ("all open", *_cells(total(verdicts, kind))),
    ]
    return [f"## {_TITLES[kind]} of the open documents, by kind and language\n", *_table(("documents of kind", *_HEAD), rows)]


def _cells(score: Score) -> tuple[str, ...]:
    return (
        *(str(n) for n in (score.documents, score.answers, score.published, score.right, score.wrong)),
        *(_share(score.precision), _share(score.recall), str(score.to_ask), str(score.asked)),
    )


def _causes(splits: dict[str, list[Verdict]]) -> list[str]:
    """What went wrong with listings, counted by split."""
    counts = {split: _causes_of([v for v in verdicts if v.kind == "listing"]) for split, verdicts in splits.items()}
    causes = sorted({name for counted in counts.values() for name in counted})
    return [
        "## Listings that went wrong\n",
        *_table(("cause", *counts), [(name, *(str(counted[name]) for counted in counts.values())) for name in causes]),
    ]


def _causes_of(listings: list[Verdict]) -> Counter[str]:
    counts = Counter(cause(row, v.missed) for v in listings for row in v.wrong)
    counts.update("not published, nobody asked" for v in listings for answer in v.lost if not _is_published_wrong(answer, v))
    counts.update("not published, asked about" for v in listings for answer in v.missed if answer not in v.lost)
    return counts


def cause(row: Row, missed: tuple[Answer, ...]) -> str:
    """What is wrong with a listing that was published, as far as an answer is near it."""
    near = [answer for answer in missed if answer.printed in row["industry_printed"]]
    if any(place_is_right(answer, row) for answer in near):
        return "published wrong: industry"
    if any(row["province"] in answer.province_code for answer in near):
        return "published wrong: place"
    return "published wrong: province" if near else "published wrong: names no cluster of the document"


def _is_published_wrong(answer: Answer, verdict: Verdict) -> bool:
    return any(answer.printed in row["industry_printed"] for row in verdict.wrong)


def _share(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.1%}"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(head)} |", "|" + "---|" * len(head), *(f"| {' | '.join(row)} |" for row in rows), ""]
