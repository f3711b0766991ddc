"""The industry lexicon as readers ask it: is this key a trade, and of which industry? What cannot be told is conforming's matter."""

import csv
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from orchestration.reading.keys import HAN

_PRONOUN = "it"  # at the end of several words; alone it may be information technology


class Trades:
    """Industries by the keys of their terms (`keys.industry_key`).

    Args:
        file: `industry_terms.csv`, read at the first question; None for none.
    """

    def __init__(self, file: Path | None) -> None:
        self._trades_file = file

    @cached_property
    def _trades(self) -> dict[str, str]:
        """The industry of each term; of one that several have as a keyword, the one it is by itself."""
        rows = sorted(rows_of(self._trades_file), key=lambda row: row["match"], reverse=True) if self._trades_file else []
        return {row["term_key"]: row["industry_id"] for row in rows}

    def industry_of(self, key: str, *, exact: bool = False) -> str | None:
        """The industry that a key names, or that its longest end does."""
        return self._trades.get(key) if exact else self._trades.get(self.trade_of(key) or "")

    def is_trade(self, key: str) -> bool:
        """Whether a key (`keys.industry_key`) is a term of some industry, or ends in one: `pen`, `ballpoint pen`, 女鞋."""
        return self.trade_of(key) is not None

    def is_term(self, key: str) -> bool:
        """Whether a key is a term of some industry as it stands."""
        return key in self._trades

    def longest_term(self, text: str, start: int, stop: int) -> int:
        """Where the longest Han term ends that begins at `start` of a text in simplified characters; `start` where there is none."""
        sizes = self._term_sizes.get(text[start : start + 2], ())
        return next((start + size for size in sizes if start + size <= stop and text[start : start + size] in self._trades), start)

    @cached_property
    def _term_sizes(self) -> dict[str, tuple[int, ...]]:
        """For the first two characters of Han terms, how long those terms are, the longest first."""
        sizes: dict[str, set[int]] = {}
        for key in self._trades:
            if len(key) > 1 and HAN.search(key):
                sizes.setdefault(key[:2], set()).add(len(key))
        return {begin: tuple(sorted(of, reverse=True)) for begin, of in sizes.items()}

    def trade_of(self, key: str) -> str | None:
        """The longest end of a key that is a term of some industry."""
        words = key.split(" ")
        ends = (
            [key[first:] for first in range(max(1, len(key) - 1))]
            if HAN.search(key)
            else [" ".join(words[first:]) for first in range(len(words))]
        )
        return next((end for end in ends if end in self._trades and (end != _PRONOUN or end == key)), None)


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a seed."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
