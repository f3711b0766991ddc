"""One refresh, from decision to summary: read, conform, gate, release. Each step is a method that a Dagster asset calls.

The order, the retries and the display are Dagster's (`defs/`); what each step does is its own room's. Knows neither Dagster
nor the command line.
"""

import json
import logging
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.common.files import write_text
from orchestration.conforming.dbt import NodeResult
from orchestration.deciding import admission, fingerprint, held_back
from orchestration.deciding.fingerprint import Fingerprint, Input
from orchestration.errors import BadInput, GateRefused, JiqunError
from orchestration.paths import Warehouse
from orchestration.raw.removing import forget_returned, kept_bytes
from orchestration.reading.corpus import HeldBack
from orchestration.refreshing.built import column_types, documents_behind, failure_named, offending_rows, row_counts, untested
from orchestration.refreshing.engines import Engine
from orchestration.refreshing.timing import Timings
from orchestration.releasing.rolled_back import forget as forget_rollback
from orchestration.releasing.rolled_back import rolled_back
from orchestration.releasing.store import current_or_none, open_release, releases

if TYPE_CHECKING:
    from orchestration.gating.record import GateRecord
    from orchestration.reading.corpus import CorpusSummary

log = logging.getLogger("jiqun")

# Raw may be written to while it is read. A reading that saw other bytes than the fingerprint is thrown away and made again.
_READING_TRIES = 3


@dataclass(slots=True)
class Refresh:
    """One run on one warehouse. Steps leave their results in the build folder, so that a step may run in a process of its own.

    Attributes:
        raw: The raw folder.
        warehouse: The warehouse it refreshes; its lock is held by whoever made this object.
        run_id: Dagster's id of the run, for the record.
        engine: Where the work is done.
        accept_change: Why a change beyond the bounds against the last release is accepted; None where none is.
    """

    raw: Path
    warehouse: Warehouse
    run_id: str
    engine: Engine
    accept_change: str | None = None
    timings: Timings = field(default_factory=Timings)
    error: BaseException | None = None
    report: dict[str, Any] = field(default_factory=dict)
    raw_rows: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.report = {
            "run": self.run_id,
            "started_at": _now(),
            "outcome": "failed",
            "release_id": None,
            "gate": None,
            "tests": [],
            "held_back": {},
            "error": None,
        }

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        """Time a step, and remember what ended it: Dagster keeps a step's exception to itself, and `finish` needs it."""
        try:
            with self.timings.span(name):
                yield
        except BaseException as error:
            self.error = error
            raise

    @property
    def build(self) -> Path:
        """The private folder of this build."""
        return self.warehouse.build

    @property
    def build_database(self) -> Path:
        """The private DuckDB file the models are built in."""
        return self.warehouse.build_database

    @property
    def dbt_target(self) -> Path:
        """Where dbt keeps its manifest and its partial parse between runs."""
        return self.warehouse.dbt_target

    def read(self) -> "CorpusSummary":
        """Read every document of raw into a new build database, schema `raw`.

        Raises:
            BadInput: There is no document, or none that could be read.
            JiqunError: Raw kept changing while it was read.
        """
        with self._step("read"):
            self._sweep()
            for _ in range(_READING_TRIES):
                before = fingerprint.take(self.raw, self.warehouse)
                self._clear_build()
                log.info("Reading %d files of %s", len(before.inputs), self.raw)
                summary = self.engine.read(self.raw, self._held(before), before.versions)
                if before.digest == fingerprint.take(self.raw, self.warehouse).digest:
                    break
            else:
                raise JiqunError(f"{self.raw} kept changing while it was read", "Refresh again when the files are in place.")
            if not summary.documents:
                refusals = "".join(f"\n       {refusal}" for refusal in summary.refusals)
                raise BadInput(f"No document in {self.raw} could be read{refusals}", "Mend these, or put other documents there.")
        with self._step("load"):
            self.raw_rows = self.engine.load()
        (self.build / "fingerprint.json").write_text(json.dumps(asdict(before)), encoding="utf-8")
        self.report["documents"] = {
            "read": summary.documents,
            "refused": summary.refused,
            "refusals": list(summary.refusals),
            "lines": self.raw_rows["lines"],
            "bytes": summary.bytes,
        }
        return summary

    def _held(self, taken: Fingerprint) -> dict[str, HeldBack]:
        reasons = held_back.held(self.warehouse)
        return {
            item.path: HeldBack(reasons[item.path].reason, admission.stored_document(self.warehouse, item.read) if item.read else None)
            for item in taken.inputs
            if item.read != item.sha256
        }

    def conform(self, selection: Sequence[str] = ()) -> list[NodeResult]:
        """Build the models and run their tests on the build database; all of them, or those of a dbt selection.

        Failing tests are results, not exceptions: `require_conformed` refuses them once Dagster has been told of each.
        """
        log.info("Conforming")
        select = ["--select", *selection] if selection else []
        with self._step("conform"):
            results = self.engine.conform(["build", *select])
        for kind in ("model", "seed", "test"):
            self.timings.add(f"conform.{kind}s", sum(r.seconds for r in results if r.resource_type == kind))
        self.report["tests"] = [asdict(r) | {"rows": offending_rows(self.build_database, r)} for r in results if r.is_bad]
        (self.build / "dbt_results.json").write_text(json.dumps([asdict(r) for r in results]), encoding="utf-8")
        return results

    def require_conformed(self, results: Sequence[NodeResult]) -> None:
        """Refuse to go on from a model that failed, or from a test that found rows.

        Raises:
            GateRefused: Names the first few.
        """
        bad = [r for r in results if r.is_bad and r.status != "skipped"]
        if not bad:
            return
        named = "; ".join(failure_named(self.build_database, each) for each in bad[:5])
        self._hold_back(documents_behind(self.build_database, bad))
        self.error = GateRefused(f"{len(bad)} of dbt's models and tests failed: {named}", "See `jiqun why`.")
        raise self.error

    def gate(self) -> "GateRecord":
        """Ask every suite about the candidate marts, and bind the answers to their content hashes."""
        log.info("Gating")
        from expectations import SUITES
        from orchestration.gating.offenders import offending_sources

        with self._step("gate"):
            lost = self._regressions()
            record = self.engine.gate(self.fingerprint().digest)
            said = [f"{name}: {reason}" for name, reason in sorted(lost.items())]
            not_passed = untested(self.dbt_target / "manifest.json", self._stored("dbt_results.json"))
            record = replace(record, problems=(*record.problems, *not_passed, *said))
            record.save(self.build / "gate.json")
            if record.outcome == "refused":
                behind = offending_sources(self.build_database, record, SUITES)
                new = {name: source_id for source_id, name in self._newcomers().items()}
                self._hold_back(
                    {source_id: f"its rows fail {', '.join(rules[:3])}" for source_id, rules in behind.items()}
                    | {new[name]: reason for name, reason in lost.items()}
                )
        self.report |= {"gate": record.to_json(), "regressions": lost}
        return record

    def _regressions(self) -> dict[str, str]:
        """New versions of documents that lost too much against the one last released, with the reason; none where that is accepted."""
        import duckdb

        release = current_or_none(self.warehouse)
        if release is None or self.accept_change:
            return {}
        changed = {name: source_id for source_id, name in self._newcomers().items()}
        with duckdb.connect(str(self.build_database), read_only=True) as build, open_release(release) as before:
            return dict(admission.regressions(build, before, changed))

    def _newcomers(self) -> dict[str, str]:
        release = current_or_none(self.warehouse)
        inputs = release.manifest["inputs"] if release else ()
        return admission.newcomers(self.fingerprint(), {item["path"]: item.get("read", item["sha256"]) for item in inputs})

    def _hold_back(self, behind: Mapping[str, str]) -> None:
        """Hold back the new documents among those behind a refusal, so that the next refresh releases the others.

        Documents that the current release was made from were fine before: they stay, and the refusal stands.
        """
        taken, new = self.fingerprint(), self._newcomers()
        release = current_or_none(self.warehouse)
        admitted = {item["path"]: item.get("read", item["sha256"]) or None for item in release.manifest["inputs"]} if release else {}
        items = [
            held_back.Held(new[source_id], item.sha256, taken.code_digest, reason, admitted.get(item.path))
            for source_id, reason in behind.items()
            for item in taken.inputs
            if item.path == new.get(source_id)
        ]
        held_back.write_held(self.warehouse, (held_back.held(self.warehouse) | {item.file_name: item for item in items}).values())
        self.report["held_back"] = {item.file_name: item.reason for item in items}

    def release(self) -> Path:
        """Publish what passed: an immutable folder, and one flip.

        Raises:
            GateRefused: There is no gate record for exactly these tables, inputs and code, or it says no.
            JiqunError: A person rolled this very release back.
        """
        from expectations import SUITES
        from orchestration.gating.record import GateRecord, suites_digest
        from orchestration.releasing.publishing import Publication, publish
        from orchestration.releasing.retention import KEPT_RELEASES, retain

        log.info("Releasing")
        with self._step("release"):
            taken = self.fingerprint()
            if fingerprint.take(self.raw, self.warehouse).code_digest != taken.code_digest:
                raise JiqunError("Code, models, seeds or suites changed while this build was made", "Refresh again.")
            if (standing := rolled_back(self.warehouse)) and taken.release_id in standing.releases:
                raise standing.why_not(taken.release_id)
            removed = forget_returned(self.warehouse, taken)
            work = Publication(
                self.warehouse,
                self.build_database,
                GateRecord.load(self.build / "gate.json"),
                release_id=taken.release_id,
                fingerprint=taken.digest,
                suites_digest=suites_digest(SUITES),
                inputs=[asdict(item) for item in taken.inputs],
                code_digest=taken.code_digest,
                site=partial(self._draw_pages, taken.release_id),
                accept_change=self.accept_change,
                removed=removed,
            )
            release = publish(work)
            forget_rollback(self.warehouse)
        retain(self.warehouse, keep=KEPT_RELEASES)
        admission.keep_admitted(self.warehouse, self.raw, taken, besides=kept_bytes(removed))
        rows = row_counts(self.build_database)
        self.report |= {
            "outcome": "released",
            "release_id": release.id,
            "published": {
                "listings": rows["marts", "fct_cluster_listings"],
                "clusters": rows["marts", "dim_clusters"],
                "repairs": rows["audit", "repairs"],
                "quarantined": rows["audit", "quarantine"],
            },
        }
        return release.path

    def _draw_pages(self, release_id: str, database: Path, target: Path) -> None:
        from orchestration.releasing.site.history import read_history
        from orchestration.releasing.site.models import draw_models
        from orchestration.releasing.site.page import build_site

        with self.timings.span("release.page"):
            build_site(database, target, release_id=release_id, history=read_history(database, release_id, releases(self.warehouse)))
            draw_models(self.dbt_target / "manifest.json", column_types(self.build_database), target.with_name("models.html"))

    def fingerprint(self) -> Fingerprint:
        """What this build was made from, as recorded when it was read."""
        stored = self._stored("fingerprint.json")
        return Fingerprint(stored["digest"], stored["code_digest"], tuple(Input(**item) for item in stored["inputs"]))

    def _stored(self, name: str) -> Any:
        """What an earlier step of this build wrote down.

        Raises:
            GateRefused: That step has not run on this build, or what it wrote is torn.
        """
        try:
            return json.loads((self.build / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise GateRefused(
                f"This build has no {name}: a step before this one has not run", "Run the whole job: `jiqun refresh`."
            ) from None
        except ValueError as error:
            raise GateRefused(f"{self.build / name} is damaged: {error}", "Run the whole job: `jiqun refresh`.") from error

    def finish(self) -> None:
        """Write what came of this run where `jiqun why` and `jiqun status` look for it."""
        error = self.error
        if isinstance(error, JiqunError):
            self.report |= {"error": error.message, "hint": error.hint, "exit_status": error.exit_status}
        elif error is not None and not isinstance(error, Exception):
            # Ctrl-C, a cancel in the UI, a service that is stopped.
            hint = "Nothing it did is readable and nothing needs repair: refresh again."
            self.report |= {"error": "The run was interrupted", "hint": hint, "exit_status": 1}
        elif error is not None:
            self.report |= {"error": f"{type(error).__name__}: {error}", "hint": "", "exit_status": 1}
        if self.report["outcome"] != "released" and (self._gate_said_no() or isinstance(error, GateRefused)):
            self.report |= {"outcome": "refused", "exit_status": GateRefused.exit_status}
        self.report |= {"finished_at": _now(), "timings": self.timings.seconds}
        report = json.dumps(self.report, ensure_ascii=False, indent=1, default=str)
        write_text(self.warehouse.root / "last_refresh.json", report)

    def _gate_said_no(self) -> bool:
        gate = self.report["gate"]
        return bool(self.report["tests"]) or (gate is not None and gate["outcome"] == "refused")

    def _sweep(self) -> None:
        """Clear what killed processes were about to rename; what is not this run's loses nothing but the time of hashing again."""
        for left in self.warehouse.root.glob(".*.json.tmp-*"):
            left.unlink(missing_ok=True)

    def _clear_build(self) -> None:
        # A new folder, not emptied files: a left-over write-ahead log would be replayed into the next database of its name.
        shutil.rmtree(self.build, ignore_errors=True)
        if self.build.exists():
            raise JiqunError(f"{self.build} cannot be cleared", "Remove it by hand; it holds nothing that is needed.")
        self.build.mkdir(parents=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
