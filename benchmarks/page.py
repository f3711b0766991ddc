"""docs/performance.md and its picture, from measured rows."""

import csv
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measuring import Row
from orchestration.paths import ROOT

PAGE = ROOT / "docs" / "performance.md"
RUNS = ROOT / "benchmarks" / "runs.csv"
_COLUMNS = ("page", "day", "what", "yardstick", "ratio")
_DAYS = 3

_LINE = 26
_LEFT, _WIDTH = 330, 420


def write(rows: Sequence[Row], notes: str, page: Path = PAGE, title: str = "Performance", command: str = "make bench") -> None:
    """Write the page and, beside it, its picture; note the ratios, of which the page shows those of earlier days too."""
    page.with_suffix(".svg").write_text(_picture(rows), encoding="utf-8")
    earlier = noted(rows, page.stem, f"{datetime.now(UTC):%Y-%m-%d}")
    lines = [
        f"# {title}",
        "",
        f"Written by `{command}`; not edited by hand. Each row and its yardstick ran in turn on the same machine;",
        "times are medians, the ratio is the median of the rounds' ratios. Processes are whole ones, from start to exit, and their peak",
        "memory is that of all their processes together. Absolute times are of that machine and its mood; ratios hold, and those that the",
        "same row had on the last days before this one stand beside (`benchmarks/runs.csv` keeps all).",
        "",
        f"Machine: {os.cpu_count()} cores, {_cpu()}, {_memory_gib()} GiB, Python {platform.python_version()}, "
        f"load {os.getloadavg()[1]:.1f} while measured, {datetime.now(UTC):%Y-%m-%d}.",
        "",
        "| what | yardstick | measured | yardstick | ratio | earlier days | bar | rounds | peak memory |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_line(row, earlier.get((row.what, row.yardstick), ())) for row in rows),
        "",
        f"![Each row's ratio to its yardstick, as a share of its bar]({page.stem}.svg)",
        "",
        notes,
    ]
    page.write_text("\n".join(lines), encoding="utf-8")


def noted(rows: Sequence[Row], page: str, day: str, runs: Path = RUNS) -> dict[tuple[str, str], list[str]]:
    """Note what a day measured, in the place of what it measured before.

    Returns:
        By row and yardstick, the ratios of the last days before this one.
    """
    with runs.open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if (line["page"], line["day"]) != (page, day)]
    earlier: dict[tuple[str, str], list[str]] = {}
    for line in sorted((line for line in lines if line["page"] == page), key=lambda line: line["day"]):
        earlier.setdefault((line["what"], line["yardstick"]), []).append(f"{line['ratio']}×")
    lines += [dict(zip(_COLUMNS, (page, day, row.what, row.yardstick, f"{row.ratio:.2f}"), strict=True)) for row in rows]
    with runs.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
    return {row: ratios[1 - _DAYS :] for row, ratios in earlier.items()}


def _line(row: Row, earlier: Sequence[str]) -> str:
    mark = "" if row.ratio <= row.bar else " **missed**"
    cells = (
        row.what,
        row.yardstick,
        _shown(row.seconds),
        _shown(row.yardstick_seconds),
        f"{row.ratio:.2f}×",
        ", ".join(earlier),
        f"≤ {row.bar:g}×{mark}",
        str(len(row.measured)),
        f"{row.mib} MiB" if row.mib else "",
    )
    return f"| {' | '.join(cells)} |"


def _shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{1000 * seconds:.1f} ms"


def _picture(rows: Sequence[Row]) -> str:
    """A bar a row: its ratio as a share of what is allowed; the line is the bar."""
    most = max(1.25, *(row.ratio / row.bar for row in rows))
    at = _LEFT + _WIDTH / most
    height = _LINE * (len(rows) + 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 90} {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="100%" height="100%" fill="#fff"/><text x="{at}" y="16" text-anchor="middle" fill="#333">the bar</text>',
    ]
    for place, row in enumerate(rows):
        y = _LINE * (place + 1)
        width = _WIDTH * row.ratio / row.bar / most
        colour = "#2a6f97" if row.ratio <= row.bar else "#c1440e"
        text = row.what.replace("`", "").replace("&", "&amp;").replace("<", "&lt;")
        parts += [
            f'<text x="{_LEFT - 8}" y="{y + 17}" text-anchor="end" fill="#222">{text}</text>',
            f'<rect x="{_LEFT}" y="{y + 5}" width="{width:.1f}" height="16" fill="{colour}"/>',
            f'<text x="{_LEFT + width + 6:.1f}" y="{y + 17}" fill="#222">{row.ratio:.2f}× of {row.bar:g}×</text>',
        ]
    parts.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="22" y2="{height - 8}" stroke="#222" stroke-dasharray="4 3"/></svg>\n')
    return "\n".join(parts)


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())


def _memory_gib() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
