"""What an alert says: what happened, why, where to look, and which release readers still see. Sends nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

_LONGEST_WHY = 600


class Kind(StrEnum):
    """What people are told about."""

    GATE_REFUSED = "gate refused"
    DOCUMENT_HELD_BACK = "document held back"
    REFRESH_FAILED = "refresh failed"
    SOURCE_UNREACHABLE = "source unreachable"


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that somebody should know.

    Attributes:
        kind: Which kind of thing.
        what: The document, source or run it happened to.
        why: The reason, for people.
        look: Where to look or what to do next.
        serving: The release that readers still see; None where nothing was ever released.
        run_id: The run it happened in; empty outside one.
    """

    kind: Kind
    what: str
    why: str
    look: str
    serving: str | None
    run_id: str = ""

    @property
    def title(self) -> str:
        """One line, for a subject."""
        return f"jiqun: {self.kind}: {self.what}"

    @property
    def text(self) -> str:
        """The whole message."""
        serving = f"release {self.serving} still serves" if self.serving else "no release was ever made"
        run = f"\nRun:   {self.run_id}" if self.run_id else ""
        why = " ".join(self.why.split())
        # dbt quotes whole stacks; the beginning says what it is, `look` says where the rest is.
        why = why if len(why) <= _LONGEST_WHY else f"{why[:_LONGEST_WHY]} ..."
        return f"{self.title}\nWhy:   {why}\nLook:  {self.look}{run}\nNow:   {serving}"

    def to_json(self) -> dict[str, Any]:
        """The message as a webhook gets it; `text` is the key that chat programs show."""
        return {"text": self.text, **asdict(self)}


def alerts_of(report: Mapping[str, Any], serving: str | None) -> Iterator[Alert]:
    """What is to be told of a refresh; nothing where it released everything it met.

    Args:
        report: What the refresh wrote down (`last_refresh.json`).
        serving: The release that readers see after it.
    """
    run = report["run"]
    for name, reason in report["held_back"].items():
        look = f"Mend {name} in the raw folder, or accept it: jiqun refresh --accept-change REASON. Its last released version is kept."
        yield Alert(Kind.DOCUMENT_HELD_BACK, name, reason, look, serving, run)
    if report["outcome"] == "released" or report["held_back"]:
        return
    why = report["error"] or _broken(report)
    if report["outcome"] == "refused":
        yield Alert(Kind.GATE_REFUSED, "nothing new was released", why, report.get("hint") or "jiqun why", serving, run)
    else:
        yield Alert(Kind.REFRESH_FAILED, "nothing new was released", why, report.get("hint") or _of_run(run), serving, run)


def _broken(report: Mapping[str, Any]) -> str:
    """The rules that were broken, where no error says it."""
    gate = report["gate"] or {}
    broken = [f"{r['table']} {r['expectation']} ({r['observed']})" for r in gate.get("results", ()) if r["outcome"] in ("fail", "error")]
    broken += gate.get("problems", ())
    return "; ".join(broken[:5]) + (f"; and {len(broken) - 5} more" if len(broken) > 5 else "") or "the run ended without saying why"


def _of_run(run_id: str) -> str:
    return f"The run's page in Dagster: /runs/{run_id}" if run_id else "Dagster's page of runs"


def lost_run(run_id: str, why: str, serving: str | None) -> Alert:
    """A run that ended without a report: its process died, or it never began."""
    return Alert(Kind.REFRESH_FAILED, "a run ended without a report", why, _of_run(run_id), serving, run_id)
