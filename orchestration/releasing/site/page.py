"""The page of a release: one self-contained HTML file for people. Puts data, map and figures into the templates; decides nothing.

It reads from `file://`, without a request, and for reading without script. Its content security policy admits the one style sheet and the
one script by their hashes, so that markup from a source could not run even if it got through the escaping. Same release and
history, same bytes.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import compress

from orchestration.common.collector import at_rest
from orchestration.common.tracing import shortened
from orchestration.releasing.site import figures
from orchestration.releasing.site.data import Cluster, Page, read_page
from orchestration.releasing.site.map import WIDTH, draw_map

if TYPE_CHECKING:
    from jinja2 import Environment

    from orchestration.releasing.site.history import HistoryEntry

TEMPLATES = Path(__file__).parent / "templates"

# Above this many clusters rows and records are packed, and shown by the script as they are asked for.
PACKED_ABOVE = 1000
PAGE_SIZE = 200
# Unicode's Cc, Cf, Cs, Zl and Zp but for tab and line feed.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
QUARANTINE_SHOWN = 200
LONGEST_QUOTE = 600
STATISTICS_SHOWN = 24
COMPARISONS_SHOWN = 6


def build_site(database: Path, target: Path, *, release_id: str, history: Sequence["HistoryEntry"]) -> None:
    """Write the page of a release.

    Args:
        database: The release's DuckDB file; opened read-only.
        target: The file to write, `site/index.html`.
        release_id: The id of the release, shown and cited.
        history: This release and those before it, newest first.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with at_rest():
        html = render(_read(database), release_id=release_id, history=history)
    target.write_text(html, encoding="utf-8")


def _read(database: Path) -> Page:
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        return read_page(connection)


def render(page: Page, *, release_id: str, history: Sequence["HistoryEntry"]) -> str:
    """The page as HTML."""
    environment = _environment()
    drawing = draw_map()
    dots, dot_of = figures.dots(page.clusters, drawing)
    is_packed = len(page.clusters) > PACKED_ABOVE
    html = environment.get_template("page.html.j2").render(
        page=page,
        release_id=release_id,
        history=history,
        numbers={source.row.source_id: number for number, source in enumerate(page.sources, start=1)},
        shown=page.clusters[:PAGE_SIZE] if is_packed else page.clusters,
        packed=_packed(environment, page, dot_of) if is_packed else "",
        page_size=PAGE_SIZE,
        first_of_province=_first_of_province(page.clusters),
        statistics_shown=STATISTICS_SHOWN,
        comparisons_shown=COMPARISONS_SHOWN,
        quarantine_shown=QUARANTINE_SHOWN,
        width=WIDTH,
        height=drawing.height,
        outlines={outline.code: outline.path for outline in drawing.outlines},
        dots=dots,
        dot_of=dot_of,
        shades=figures.shades(province.clusters for province in page.provinces),
        province_bars=figures.province_bars(page.provinces),
        division_bars=figures.division_bars(page.clusters),
        comparisons=figures.comparisons(page.tallies, page.sources),
    )
    return inert(html)


def inert(html: str) -> str:
    """Control, format and bidirectional characters as visible code points, so that nothing a source wrote hides or reorders text.

    For whole pages: our own markup holds none of them but line feeds and tabs, which stay.
    """
    # Almost every text holds none, which is told in a fifth of the time.
    if html.replace("\n", "").replace("\t", "").isprintable():
        return html
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", html)


def _environment() -> "Environment":
    """Templates with everything escaped as it is put in; style and script come in whole, with the hash that admits them."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": figures.day,
        "quantity": figures.quantity,
        "figure": lambda statistic: figures.quantity(statistic.value, statistic.unit),
        "shortened": shortened,
        "cut": lambda text: text if not text or len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]} […]",
        "witnesses": lambda evidence: re.split(r"; (?=[a-z]+: )", evidence or ""),
        "words": lambda text: (text or "").replace("_", " "),
    }
    for name in ("style", "script"):
        text = (TEMPLATES / {"style": "page.css", "script": "page.js"}[name]).read_text(encoding="utf-8")
        environment.globals[name] = Markup(text)
        environment.globals[f"{name}_hash"] = f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
    return environment


def _packed(environment: "Environment", page: Page, dot_of: dict[str, int]) -> str:
    """All rows and records as the markup they would be in the page, deflated: a tenth of the size, and nothing to lay out."""
    import orjson

    parts: Any = environment.get_template("record.html.j2").module
    rows = [parts.row(cluster, dot_of.get(cluster.row.cluster_id), mark_province=False) for cluster in page.clusters]
    records = {f"c-{cluster.row.cluster_id}": inert(parts.record(cluster, page.sources)) for cluster in page.clusters}
    return b64encode(compress(orjson.dumps({"rows": inert("".join(rows)), "records": records}))).decode()


def _first_of_province(clusters: Sequence[Cluster]) -> set[str]:
    """The clusters whose rows a province on the map leads to where there is no script."""
    first: dict[str, str] = {}
    for cluster in clusters:
        first.setdefault(cluster.row.province_code, cluster.row.cluster_id)
    return set(first.values())
