"""The gate record: what was asked of which content, and the answers. The one thing a release asks for; evaluates nothing itself.

A record holds no clock, path or machine: the same content and the same suites give the same record. It proves what was examined; it
is not signed, so whoever may write the warehouse may forge it. What it rules out is every way of publishing by mistake.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from expectations.suite import Severity, Suite
from orchestration.errors import GateRefused
from orchestration.gating.hashing import TableHash, hash_rows
from orchestration.paths import ANSWERS

RECORD_VERSION = 1

Outcome = Literal["pass", "fail", "warn", "error"]

GATE_RESULTS = "audit.gate_results"
GATE_RESULTS_COLUMNS = {
    "suite": "string",
    "expectation": "string",
    "severity": "string",
    "outcome": "string",
    "observed": "string",
    "unexpected_count": "integer",
    "sample": "string",
}

_BUILD_AGAIN = "Run the whole job: `jiqun refresh`."


@dataclass(frozen=True, slots=True)
class ExpectationResult:
    """The answer to one expectation.

    Attributes:
        table: `schema.table` of its suite.
        expectation: Its id.
        definition: Digest of the expectation as it was asked.
        severity: As declared.
        outcome: `warn` is a failed warning; `error` means that it could not be asked, and refuses whatever the severity.
        observed: For people: "3 of 103 rows", or why it could not be asked.
        unexpected_count: Offending rows; None where the rule is about the table as a whole or could not be asked.
        sample: A few offending rows, the smallest first, whatever the engine's row order.
    """

    table: str
    expectation: str
    definition: str
    severity: Severity
    outcome: Outcome
    observed: str
    unexpected_count: int | None
    sample: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class GateRecord:
    """Every answer of one gate run, bound to the content it was about.

    Attributes:
        fingerprint: Of inputs and code, as the refresh decided it.
        suites_digest: Of every expectation asked, and of the answer tables (`suites_digest`).
        answers_digest: Of the answer tables alone.
        tables: Content hash of every table examined, the same before and after.
        results: In the order of the suites.
        problems: What kept the gate from being asked in full; any problem refuses.
    """

    fingerprint: str
    suites_digest: str
    answers_digest: str
    tables: Mapping[str, TableHash]
    results: tuple[ExpectationResult, ...]
    problems: tuple[str, ...] = ()
    record_version: int = RECORD_VERSION

    @property
    def outcome(self) -> Literal["released", "refused"]:
        """`released` where nothing failed, nothing could not be asked, and something was asked."""
        blocked = any(result.outcome in ("fail", "error") for result in self.results)
        return "refused" if blocked or self.problems or not self.results else "released"

    @property
    def summary(self) -> dict[str, int]:
        """How many expectations had each outcome."""
        counts = Counter[str](result.outcome for result in self.results)
        return {outcome: counts[outcome] for outcome in ("pass", "fail", "warn", "error")}

    @property
    def build_id(self) -> str:
        """Digest of the content of the build: of the hashes of its tables."""
        return _digest({table: asdict(content) for table, content in self.tables.items()})

    @property
    def digest(self) -> str:
        """Of the whole record; stands in its file and in the manifest of the release."""
        return _digest(self._content())

    def to_json(self) -> dict[str, Any]:
        """The record as one JSON document, its own digest last."""
        return {**self._content(), "digest": self.digest}

    def _content(self) -> dict[str, Any]:
        return {
            "record_version": self.record_version,
            "fingerprint": self.fingerprint,
            "suites_digest": self.suites_digest,
            "answers_digest": self.answers_digest,
            "build_id": self.build_id,
            "outcome": self.outcome,
            "summary": self.summary,
            "problems": list(self.problems),
            "tables": {table: asdict(self.tables[table]) for table in sorted(self.tables)},
            "results": [{**asdict(result), "sample": list(result.sample)} for result in self.results],
        }

    def save(self, path: Path) -> None:
        """Write the record; the same record is always the same bytes."""
        path.write_text(json.dumps(self.to_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "GateRecord":
        """Read a record that `save` wrote.

        Raises:
            GateRefused: There is none, it is not whole, or it is not what was written.
        """
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise GateRefused(f"there is no gate record {path.name}: the gate has not been asked about this build", _BUILD_AGAIN) from None
        except (OSError, ValueError) as error:
            raise GateRefused(f"gate record {path.name} cannot be read: {error}", _BUILD_AGAIN) from error
        return cls.from_json(document)

    @classmethod
    def from_json(cls, document: object) -> "GateRecord":
        """The record of a JSON document that `to_json` made.

        Raises:
            GateRefused: The document is of another version, not whole, or was edited.
        """
        version = document.get("record_version") if isinstance(document, dict) else None
        if not isinstance(document, dict) or version != RECORD_VERSION:
            raise GateRefused(f"the gate record is of version {version}, this code reads version {RECORD_VERSION}", _BUILD_AGAIN)
        try:
            record = cls(
                fingerprint=document["fingerprint"],
                suites_digest=document["suites_digest"],
                answers_digest=document["answers_digest"],
                tables={table: TableHash(**content) for table, content in document["tables"].items()},
                results=tuple(ExpectationResult(**{**result, "sample": tuple(result["sample"])}) for result in document["results"]),
                problems=tuple(document["problems"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise GateRefused(f"the gate record is not whole: {error!r}", _BUILD_AGAIN) from error
        if document != record.to_json():
            raise GateRefused("the gate record was edited: its digest is not that of its content", _BUILD_AGAIN)
        return record

    def check(self, candidate: Mapping[str, TableHash], fingerprint: str, suites_digest: str) -> None:
        """Let these tables be released, or refuse with the exact reason.

        Args:
            candidate: Content hashes of the tables about to be released, recomputed from the copy: all of them examined tables, besides
                `audit.gate_results` as this record fills it. That none is missing is for the release to see to.
            fingerprint: Of the inputs and code the release is to be of.
            suites_digest: Of the suites as they stand now (`suites_digest`).

        Raises:
            GateRefused: The record is of another build or of other suites, is incomplete, says no, or is about other content.
        """
        for reason in self._reasons_against(candidate, fingerprint, suites_digest):
            raise GateRefused(reason, "See `jiqun why`." if self.outcome == "refused" else _BUILD_AGAIN)

    def _reasons_against(self, candidate: Mapping[str, TableHash], fingerprint: str, suites_digest: str) -> Iterable[str]:
        if self.fingerprint != fingerprint:
            yield f"the gate record is of other inputs or code: of {self.fingerprint[:16]}, not of {fingerprint[:16]}"
        if self.suites_digest != suites_digest:
            yield "the gate record is of other suites or answer tables than those that stand now"
        asked = [(result.table, result.expectation, result.definition) for result in self.results]
        if _digest_of_suites(asked, self.answers_digest) != suites_digest:
            yield f"the gate record does not answer exactly the expectations of the suites: it holds {len(asked)} answers"
        if self.outcome != "released":
            yield self.refusal
        if unasked := sorted(set(self.tables) - {result.table for result in self.results}):
            yield f"nothing was asked about {', '.join(unasked)}"
        expected = {**self.tables, GATE_RESULTS: self.gate_results_hash()}
        for table in sorted(set(candidate) - set(expected)):
            yield f"the gate has not examined {table}"
        if not candidate:
            yield "there is nothing to release"
        for table in sorted(candidate):
            if candidate[table] != expected[table]:
                yield (
                    f"{table} is not what the gate examined: {expected[table].row_count} rows with hash {expected[table].hash[:16]} "
                    f"were, {candidate[table].row_count} rows with hash {candidate[table].hash[:16]} are"
                )

    @property
    def refusal(self) -> str:
        """Why this record refuses, in one sentence for people; empty where it does not."""
        if self.outcome == "released":
            return ""
        failed = [f"{r.table} {r.expectation} ({r.observed})" for r in self.results if r.outcome == "fail"]
        unasked = [f"{r.table} {r.expectation} ({r.observed})" for r in self.results if r.outcome == "error"]
        parts = list(self.problems)
        parts += [f"{len(failed)} failed: {_first_few(failed)}"] if failed else []
        parts += [f"{len(unasked)} could not be asked: {_first_few(unasked)}"] if unasked else []
        parts += [] if self.results else ["no expectation was asked"]
        return "the gate refused: " + "; ".join(parts)

    def gate_results_hash(self) -> TableHash:
        """The content hash that `audit.gate_results` must have in a release of this record."""
        return hash_rows(GATE_RESULTS_COLUMNS, gate_results_rows(self))


def gate_results_rows(record: GateRecord) -> list[tuple[object, ...]]:
    """The rows of `audit.gate_results`, in the order of `GATE_RESULTS_COLUMNS`; `sample` is a JSON array, null where empty."""
    return [
        (
            result.table,
            result.expectation,
            result.severity,
            result.outcome,
            result.observed,
            result.unexpected_count,
            json.dumps(result.sample, ensure_ascii=False) if result.sample else None,
        )
        for result in record.results
    ]


def suites_digest(suites: Sequence[Suite], answers: Path = ANSWERS) -> str:
    """Digest of everything a verdict depends on besides the build: every expectation, and the answer tables."""
    asked = [(suite.table, expectation.id, expectation.digest) for suite in suites for expectation in suite.expectations]
    return _digest_of_suites(asked, answers_digest(answers))


def answers_digest(answers: Path = ANSWERS) -> str:
    """Digest of the answer tables: names and bytes of every CSV file under this folder."""
    files = sorted(answers.rglob("*.csv"), key=lambda path: path.relative_to(answers).as_posix())
    return _digest([(path.relative_to(answers).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in files])


def _digest_of_suites(asked: Iterable[tuple[str, str, str]], answers: str) -> str:
    return _digest({"expectations": sorted(asked), "answers": answers})


def _first_few(items: Sequence[str]) -> str:
    return "; ".join(items[:3]) + (f"; and {len(items) - 3} more" if len(items) > 3 else "")


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
