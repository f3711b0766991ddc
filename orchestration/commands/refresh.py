"""`jiqun refresh`: read what is new in raw, build, gate, release."""

import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.commands.options import AsJson, RawFolder, WarehouseFolder
from orchestration.common.console import answer, answer_json, say
from orchestration.common.lock import hold
from orchestration.deciding import fingerprint
from orchestration.deciding.held_back import write_held
from orchestration.errors import BadInput, JiqunError
from orchestration.paths import ENGINES, Warehouse
from orchestration.releasing.rolled_back import rolled_back


def refresh(  # noqa: PLR0917  # one option each
    raw: RawFolder,
    warehouse: WarehouseFolder,
    as_json: AsJson = False,
    timings: Annotated[bool, typer.Option("--timings", help="Say where the time went.")] = False,
    engine: Annotated[
        str, typer.Option(envvar="JIQUN_ENGINE", help="Where the work is done: duckdb, in this process, or spark (docs/scale.md).")
    ] = "duckdb",
    accept_change: Annotated[
        str,
        typer.Option(
            metavar="REASON", help="Release although rows were lost or exploded beyond the bounds; the reason goes to the manifest."
        ),
    ] = "",
) -> None:
    """Read what is new in raw, build, gate, release.

    Exit status: 0 released or nothing new, 2 bad input, 3 gate refused, 4 another refresh holds the warehouse, 1 anything else.
    """
    if engine not in ENGINES:
        raise BadInput(f"There is no engine {engine}", f"Engines: {', '.join(ENGINES)}.")
    place = Warehouse(warehouse)
    config = {"accept_change": accept_change, "engine": engine}
    if accept_change:
        write_held(place, ())
    taken = _fingerprint(raw, place)
    if is_current(place, taken.release_id):
        report: dict[str, Any] = {"outcome": "nothing new", "release_id": taken.release_id}
    elif (standing := rolled_back(place)) and taken.release_id in standing.releases:
        report = {"outcome": "rolled back", "release_id": standing.to, "rolled_back": asdict(standing)}
        told = standing.why_not(taken.release_id)
        say(f"Rolled back: nothing new. {told.message}.\n{told.hint}")
    else:
        with hold(place):
            report = _run(raw, place, config)
            # A refusal that new documents are behind holds those back; the rest has its own chance at once.
            while report["outcome"] == "refused" and report["held_back"]:
                for name, reason in report["held_back"].items():
                    say(f"held back    {name}: {reason}")
                report = _run(raw, place, config)
    report["where"] = str(place.current)
    if as_json:
        answer_json(report)
    else:
        _print_summary(report, timings=timings)
    if report["outcome"] in ("refused", "failed"):
        raise _as_error(report)


def is_current(place: Warehouse, release_id: str) -> bool:
    """True where the current release is the one these inputs and this code make, and its files are all there."""
    from orchestration.releasing.store import looks_whole

    return place.current.is_symlink() and place.current.readlink().name == release_id and looks_whole(place.current.resolve())


def _fingerprint(raw: Path, place: Warehouse) -> fingerprint.Fingerprint:
    if not raw.is_dir():
        raise BadInput(f"There is no raw folder {raw}", "Make it and put documents there, or name another with --raw.")
    taken = fingerprint.take(raw, place)
    if not taken.inputs:
        raise BadInput(f"The raw folder {raw} holds no document", "Put documents there: `jiqun add FILE`.")
    return taken


def _run(raw: Path, place: Warehouse, config: dict[str, Any]) -> dict[str, Any]:
    """Run the Dagster job in this process, and return what it wrote down."""
    os.environ["JIQUN_RAW"], os.environ["JIQUN_WAREHOUSE"] = str(raw.absolute()), str(place.root.absolute())
    from sqlalchemy.exc import OperationalError

    from orchestration.commands.job import run_job
    from orchestration.commands.progress import shown

    try:
        with shown():
            run_id, failure = run_job(place, config)
    except (OSError, OperationalError) as error:
        said = str(error).splitlines()[0]
        free = shutil.disk_usage(place.root).free / 1e6
        raise JiqunError(
            f"Dagster cannot keep its run in {place.dagster_home}: {said}",
            f"Free space on the disk of {place.root} ({free:,.0f} MB are free) or make it writable, and refresh again.",
        ) from error
    written = place.root / "last_refresh.json"
    report: dict[str, Any] = json.loads(written.read_text(encoding="utf-8")) if written.exists() else {}
    if report.get("run") != run_id:
        raise JiqunError(
            f"The refresh was stopped before it could say what came of it (run {run_id})",
            "Nothing is half published: `jiqun status` says which release is current. Refresh again.",
        )
    if report["outcome"] == "failed" and not report["error"]:
        report["error"] = f"The run failed in Dagster, {failure}"
    return report


def _as_error(report: dict[str, Any]) -> JiqunError:
    error = JiqunError(
        report["error"] or "The gate refused this build; the current release is untouched.", report.get("hint") or "See `jiqun why`."
    )
    error.exit_status = report.get("exit_status", 1)
    return error


def _print_summary(report: dict[str, Any], *, timings: bool) -> None:
    if report["outcome"] == "nothing new":
        answer(f"Nothing new: release {report['release_id']} is made from exactly this.\nRelease      {report['where']}")
        return
    if report["outcome"] == "rolled back":
        answer(f"Release      {report['release_id']} at {report['where']}")
        return
    for title, text in summary_lines(report):
        answer(f"{title:<12} {text}")
    for refusal in report.get("documents", {}).get("refusals", ()):
        say(f"refused      {refusal}")
    if timings:
        for name, seconds in report["timings"].items():
            say(f"{'  ' + name.partition('.')[2] if '.' in name else name:<20}{seconds:8.2f} s")


def summary_lines(report: dict[str, Any]) -> list[tuple[str, str]]:
    """The report of a run for people: what was read, published, held back, asked and released."""
    lines = []
    if documents := report.get("documents"):
        refused = f", {documents['refused']} refused" if documents["refused"] else ""
        lines.append(("Read", f"{documents['read']} documents, {documents['lines']} lines{refused}"))
    if published := report.get("published"):
        lines.append(("Published", f"{published['listings']} listings of {published['clusters']} clusters, {published['repairs']} repairs"))
        lines.append(("Quarantined", f"{published['quarantined']} things not published (jiqun why)"))
    if gate := report["gate"]:
        outcomes = [result["outcome"] for result in gate["results"]]
        counts = ", ".join(f"{outcomes.count(o)} {o}" for o in ("pass", "warn", "fail", "error") if o in outcomes)
        lines.append(("Gate", f"{'passed' if gate['outcome'] == 'released' else 'refused'}: {counts}"))
    if report["release_id"]:
        lines.append(("Release", f"{report['release_id']} at {report['where']}"))
    return lines
