"""`jiqun why`: why the last refresh was blocked, and what the current release holds back."""

from itertools import groupby

from orchestration.asking.blockers import Record, why_of
from orchestration.commands.options import AsJson, WarehouseFolder
from orchestration.common.console import answer, answer_json
from orchestration.paths import Warehouse

_SHOWN = 10


def why(warehouse: WarehouseFolder, as_json: AsJson = False) -> None:
    """Say what blocked the last refresh, with offending rows and their source lines, and what is held back, with what would settle it."""
    told = why_of(Warehouse(warehouse))
    if as_json:
        answer_json(told)
        return
    _tell_attempt(told["last_refresh"])
    for check in told["checks"]:
        _tell_check(check)
    _tell_held_back(told["held_back"])


def _tell_attempt(report: Record | None) -> None:
    if report is None:
        answer("No report of a refresh is kept; this is what the current release says of itself.")
        return
    answer(f"Last refresh  {report['outcome']}, {report['finished_at'] or report['started_at']}")
    if report["error"]:
        answer(f"              {report['error']}")
    if report["hint"]:
        answer(f"              {report['hint']}")


def _tell_check(check: Record) -> None:
    count = f" ({check['count']} rows)" if check["count"] else ""
    answer(f"\n{check['outcome'].upper():<6}{check['check']}{count}")
    if check["observed"]:
        answer(f"      {check['observed']}")
    for row in check["rows"][:_SHOWN]:
        answer("      " + ", ".join(f"{name}={value}" for name, value in row.items()))
    for line in check["lines"][:_SHOWN]:
        answer(f"      {line['file_name']}:{line['line_number']} │ {line['text']}")


def _tell_held_back(held_back: list[Record]) -> None:
    if not held_back:
        answer("\nNothing is held back.")
        return
    answer(f"\nHeld back ({len(held_back)})")
    for reason, group in groupby(held_back, key=lambda item: item["reason"]):
        items = list(group)
        answer(f"  {reason} ({len(items)})")
        for item in items[:_SHOWN]:
            where = f"{item['file_name'] or 'unreadable'}" + (f":{item['line_number']}" if item["line_number"] else "")
            answer(f"    {item['quarantine_id']}  {where} │ {item['text'] or item['printed']}")
            if item["suggestion"]:
                answer(f"      {item['suggestion']}")
        if len(items) > _SHOWN:
            answer(f"    and {len(items) - _SHOWN} more: --json has all")
