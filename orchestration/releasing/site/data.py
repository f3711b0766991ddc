"""What the page says, read from a release's database: one query a section, grouped here. No markup, no geometry.

Text is handed on as the source printed it; making it inert is the templates' business (`site.py`), for all of it in one place.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from orchestration.common.questions import passed_over
from orchestration.common.tracing import MarkedLine, Span, marked_lines, rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Provinces whose English name is not their pinyin without tones: what somebody typing pinyin looks for.
_NO_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")
_PROVINCE_PINYIN = {"150000": "neimenggu", "540000": "xizang", "610000": "shanxi", "810000": "xianggang", "820000": "aomen"}

# With its strength in words: of twenty thousand clusters, each expression that a template evaluates costs a tenth of a second.
_ALTERNATIVES = """
    select
        listing_id, upper(field[1]) || field[2:] as field, alternative, reason,
        replace(rule, '_', ' ') || coalesce(printf(', points %g', points), printf(', %.2f', confidence), '') as strength
    from audit.alternatives order by listing_id, audit.alternatives.field desc, ordinal
"""


@dataclass(slots=True)
class Print:
    """One source's naming of a cluster, as printed."""

    listing: Any
    lines: list[MarkedLine]
    repairs: list[Any]
    alternatives: list[Any]


@dataclass(slots=True)
class Cluster:
    """One row of the table and its record."""

    row: Any
    key: str  # what the search finds beyond what the row shows
    prints: list[Print] = field(default_factory=list)
    awards: list[Any] = field(default_factory=list)
    statistics: list[Any] = field(default_factory=list)

    @property
    def is_repaired(self) -> bool:
        """Whether any source's naming of it was repaired."""
        return any(print_.listing.is_repaired or print_.repairs for print_ in self.prints)

    @property
    def place(self) -> str:
        """Its place, the narrowest name first: `Yueqing, Wenzhou`."""
        return ", ".join(dict.fromkeys(name for name in (self.row.town, self.row.county, self.row.prefecture) if name))

    @property
    def sources(self) -> list[int]:
        """The sources that name it, by their number on the page."""
        return sorted({print_.listing.source for print_ in self.prints})


@dataclass(slots=True)
class Source:
    """One document, and what became of its lines."""

    row: Any
    fates: Counter[str]

    @property
    def is_conserved(self) -> bool:
        """Whether the ledger has as many lines as the document."""
        return bool(self.fates.total() == self.row.line_count)


@dataclass(slots=True)
class Suite:
    """One expectation suite and its outcomes."""

    name: str
    results: list[Any]

    @property
    def outcomes(self) -> Counter[str]:
        """How many expectations ended how."""
        return Counter(result.outcome for result in self.results)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many published rows of a table, read by hand as well, are as the hand says."""

    table: str
    right: int
    examined: int


@dataclass(slots=True)
class Page:
    """Everything the page says."""

    clusters: list[Cluster]
    provinces: list[Any]
    sources: list[Source]
    tallies: list[Any]
    statistics: list[Any]
    repairs: list[Any]
    quarantine: list[Any]
    suites: list[Suite]

    @property
    def outcomes(self) -> Counter[str]:
        """How many expectations ended how, over all suites."""
        return sum((suite.outcomes for suite in self.suites), Counter())

    @property
    def accuracy(self) -> list[Accuracy]:
        """Agreement with the answer tables that people made, a table each, where the gate could ask."""
        found = []
        for suite in self.suites:
            for result in suite.results:
                counts = re.fullmatch(r"(\d+) of (\d+)", result.observed or "")
                if counts and result.expectation == "agrees_with_the_answers":
                    wrong, examined = map(int, counts.groups())
                    found.append(Accuracy(suite.name.rsplit(".", 1)[-1].removeprefix("fct_"), examined - wrong, examined))
        return found

    @property
    def fates(self) -> Counter[str]:
        """What became of all lines."""
        return sum((source.fates for source in self.sources), Counter())

    @property
    def conserved(self) -> float:
        """Lines of all sources that the ledger has, in percent."""
        lines = sum(source.row.line_count for source in self.sources)
        missing = sum(abs(source.row.line_count - source.fates.total()) for source in self.sources)
        return 100 * (1 - missing / lines) if lines else 100


def read_page(connection: "DuckDBPyConnection") -> Page:
    """Read everything the page says."""
    sources = _sources(connection)
    return Page(
        clusters=_clusters(connection),
        provinces=_provinces(connection),
        sources=sources,
        tallies=_tallies(connection),
        statistics=_statistics(connection),
        repairs=rows(connection, "select * from audit.repairs order by source_id, line_number, repair_id"),
        quarantine=_quarantine(connection),
        suites=_suites(connection),
    )


def search_text(text: str) -> str:
    """Lower case, without accents and apostrophes: `Xi'an Lüliang` -> `xian luliang`. The page's script does the same to what is typed."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        if not text.isalpha():  # letters alone hold no accent: most Chinese names
            text = "".join(c for c in text if not unicodedata.combining(c))
    return text.translate(_NO_APOSTROPHES).lower()


def _clusters(connection: "DuckDBPyConnection") -> list[Cluster]:
    """Clusters with everything said of them, province by province (those with most clusters first), then by place and name."""
    found = rows(
        connection,
        """
        select
            shown.cluster_id, shown.name, shown.province, shown.prefecture, shown.county, shown.town,
            province.name_zh as province_zh, dim.province_code_gb2260 as province_code,
            place.locality_id, place.name_en as place, place.name_zh as place_zh, place.level, place.prefecture_name_zh as prefecture_zh,
            place.prefecture_code_gb2260 as prefecture_code, place.county_code_gb2260 as county_code,
            place.current_county_code_gb2260 as current_county_code, shown.latitude, shown.longitude,
            shown.industry, industry.name_zh as industry_zh, industry.isic4_division as division, industry.isic4_class as class_code,
            industry.isic4_title as class_title, industry.classified_by,
            shown.first_listed_on, shown.last_listed_on
        from marts.clusters as shown
        inner join marts.dim_clusters as dim using (cluster_id)
        left join marts.dim_provinces as province using (province_code_gb2260)
        left join marts.dim_localities as place on dim.locality_id = place.locality_id
        left join marts.dim_industries as industry on dim.industry_id = industry.industry_id
        order by
            count(*) over (partition by dim.province_code_gb2260) desc, dim.province_code_gb2260 nulls last,
            shown.prefecture nulls first, shown.county nulls first, shown.town nulls first, shown.name, shown.cluster_id
        """,
    )
    prints = _prints(connection)
    awards = _grouped(rows(connection, "select * from marts.fct_awards order by award_id"), "cluster_id")
    statistics = _grouped(_statistics(connection), "cluster_id")
    return [
        Cluster(row, _key(row, prints[row.cluster_id]), prints[row.cluster_id], awards[row.cluster_id], statistics[row.cluster_id])
        for row in found
    ]


def _prints(connection: "DuckDBPyConnection") -> dict[str, list[Print]]:
    """Per cluster, each source's naming of it with the lines it was read from."""
    listings = rows(
        connection,
        """
        select listing.*, source.number as source
        from marts.fct_cluster_listings as listing
        inner join (select source_id, row_number() over (order by as_of_date, source_id) as number from marts.dim_sources) as source
            using (source_id)
        order by listing.as_of_date, listing.source_id, listing.ordinal
        """,
    )
    spans: dict[str, list[Span]] = defaultdict(list)
    for row_id, *span in connection.execute(
        """
        select distinct row_id, source_id, line_number, char_start, char_end from audit.provenance
        where table_name = 'fct_cluster_listings' and line_number is not null
        """
    ).fetchall():
        spans[row_id].append(Span(*span))
    lines = {(source_id, number): text for source_id, number, text in connection.execute(
        """
        select source_id, line_number, text from audit.document_lines
        semi join (
            select source_id, line_number from audit.provenance where table_name = 'fct_cluster_listings'
            union select source_id, line_number from marts.fct_cluster_listings
        ) using (source_id, line_number)
        """
    ).fetchall()}  # fmt: skip
    repairs = _grouped(rows(connection, "select * from audit.repairs order by line_number, field, repair_id"), "listing_id")
    alternatives = _grouped(rows(connection, _ALTERNATIVES), "listing_id")
    prints: dict[str, list[Print]] = defaultdict(list)
    for listing in listings:
        own = Span(listing.source_id, listing.line_number, listing.char_start, listing.char_end)
        marked = marked_lines(lines, [own, *spans[listing.listing_id]])
        prints[listing.cluster_id].append(Print(listing, marked, repairs[listing.listing_id], alternatives[listing.listing_id]))
    return prints


def _key(row: Any, prints: Sequence[Print]) -> str:
    """What else the search should find a cluster by: hanzi, pinyin of its province, its codes, and each print of it."""
    words = [row.cluster_id, row.place_zh, row.prefecture_zh, row.province_zh, _PROVINCE_PINYIN.get(row.province_code), row.industry_zh]
    words += [row.county_code, row.class_code, _traditional("".join(filter(None, (row.place_zh, row.prefecture_zh, row.industry_zh))))]
    for print_ in prints:
        words += [print_.listing.province_printed, print_.listing.locality_printed, print_.listing.industry_printed]
    return " ".join(dict.fromkeys(search_text(word) for word in words if word))


@cache
def _converter() -> Any:
    """OpenCC's simplified-to-traditional converter, loaded once."""
    from opencc import OpenCC

    return OpenCC("s2t")


@lru_cache(maxsize=100_000)
def _traditional(text: str) -> str:
    """`乐清市` -> `樂清市`, for readers who type so."""
    return str(_converter().convert(text)) if text else ""


def _provinces(connection: "DuckDBPyConnection") -> list[Any]:
    return rows(
        connection,
        """
        select province.province_code_gb2260 as code, province.name_en, province.name_zh, count(cluster.cluster_id) as clusters
        from marts.dim_provinces as province left join marts.dim_clusters as cluster using (province_code_gb2260)
        group by all order by clusters desc, code
        """,
    )


def _sources(connection: "DuckDBPyConnection") -> list[Source]:
    fates: dict[str, Counter[str]] = defaultdict(Counter)
    for source_id, fate, lines in connection.execute(
        "select source_id, fate, count(*) from audit.line_ledger group by all order by all"
    ).fetchall():
        fates[source_id][fate] = lines
    found = rows(
        connection,
        """
        select source.*, count(listing.listing_id) as listings, count(*) filter (listing.is_repaired) as repaired
        from marts.dim_sources as source left join marts.fct_cluster_listings as listing using (source_id)
        group by all order by source.as_of_date, source_id
        """,
    )
    return [Source(row, fates[row.source_id]) for row in found]


def _tallies(connection: "DuckDBPyConnection") -> list[Any]:
    """Declared counts per province, and those of a source as a whole (no province)."""
    return rows(
        connection,
        """
        select
            source_id, measure, province_code_gb2260, province.name_en as province, declared_count, listed_count, line_number,
            tally_id as id
        from marts.fct_province_tallies left join marts.dim_provinces as province using (province_code_gb2260)
        union all
        select source_id, measure, null, null, declared_count, coalesce(listed_count, 0), line_number, total_id from audit.declared_totals
        order by source_id, measure, line_number, id
        """,
    )


def _statistics(connection: "DuckDBPyConnection") -> list[Any]:
    return rows(connection, "select * from marts.fct_statistics order by source_id, line_number, char_start, statistic_id")


def _quarantine(connection: "DuckDBPyConnection") -> list[Any]:
    return rows(
        connection,
        f"""
        select question.*, source.title, source.file_name
        from audit.quarantine as question left join marts.dim_sources as source using (source_id)
        order by {passed_over("question.reason")}, question.source_id, question.line_number, question.quarantine_id
        """,
    )


def _suites(connection: "DuckDBPyConnection") -> list[Suite]:
    results = rows(connection, "select * from audit.gate_results order by suite, expectation")
    return [Suite(name, found) for name, found in _grouped(results, "suite").items()]


def _grouped(found: Iterable[Any], column: str) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in found:
        groups[getattr(row, column)].append(row)
    return groups
