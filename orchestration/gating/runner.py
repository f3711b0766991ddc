"""Asks the suites of candidate marts and makes the gate record: the hashes before, every question, and the hashes after.

Great Expectations is imported late, and only by what runs here.
"""

import logging
import math
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from expectations import SUITES
from expectations.suite import Expectation, Suite
from orchestration.common.imports import for_good, put_off
from orchestration.errors import GateRefused, JiqunError
from orchestration.gating.examined import Examined, opened
from orchestration.gating.offenders import offending_rows
from orchestration.gating.record import ExpectationResult, GateRecord, Outcome, answers_digest, suites_digest
from orchestration.paths import ANSWERS

if TYPE_CHECKING:
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.datasource.fluent.interfaces import Batch

SAMPLE_ROWS = 5
SAMPLE_CHARACTERS = 200


# What Great Expectations imports for expectations that no suite here has (distributions, and charts of them): a third of its import.
_SELDOM = ("altair", "scipy.stats")


def warm() -> None:
    """Import Great Expectations (2 s of CPU) and nothing else, so that a caller can do it while something else runs."""
    with for_good():
        for name in _SELDOM:
            put_off(name)
        import great_expectations  # noqa: F401  (for what it leaves imported)


def run_gate(build_database: Path, *, fingerprint: str, suites: Sequence[Suite] | None = None, answers: Path = ANSWERS) -> GateRecord:
    """Ask every suite about a build database, which stays as it is.

    Args:
        build_database: The DuckDB file; no other connection of this process may have it open for writing.
        fingerprint: Of the inputs and code it was built from.
        suites: Those of `expectations` unless a test says otherwise.
        answers: Folder of the hand-checked answer tables.

    Returns:
        The record, whatever it says: a refusal is an answer, not an exception.

    Raises:
        GateRefused: The build database cannot be opened, or one of its tables not be read.
    """
    with opened(build_database, answers) as examined:
        return examine(examined, fingerprint=fingerprint, suites=SUITES if suites is None else suites, answers=answers)


def examine(examined: Examined, *, fingerprint: str, suites: Sequence[Suite], answers: Path) -> GateRecord:
    """Ask every suite about candidate marts, wherever they are; see `run_gate`."""
    asked = {suite.table for suite in suites}
    try:
        before = examined.hashes(asked)
    except JiqunError as error:
        raise GateRefused(error.message, error.hint) from error
    results = tuple(run_suites(examined, suites))
    changed = sorted(table for table, content in examined.hashes(asked).items() if before.get(table) != content)
    answered = {(result.table, result.expectation) for result in results}
    problems = [
        *(f"suite {suite.table} is empty" for suite in suites if not suite.expectations),
        *(f"{suite.table} {e.id} was not answered" for suite in suites for e in suite.expectations if (suite.table, e.id) not in answered),
        *(f"table {table} is missing from the build" for table in sorted(asked - set(before))),
        *(f"table {table} changed while it was examined" for table in changed),
    ]
    return GateRecord(
        fingerprint=fingerprint,
        suites_digest=suites_digest(suites, answers),
        answers_digest=answers_digest(answers),
        tables=before,
        results=results,
        problems=tuple(problems),
    )


def run_suites(examined: Examined, suites: Sequence[Suite]) -> Iterator[ExpectationResult]:
    """The answers to these suites, in their order. One data context for all, one batch a table."""
    tables = sorted({suite.table for suite in suites} & examined.tables())
    with _quiet(), examined.batches(_context(), tables) as batches:
        for suite in suites:
            if suite.table not in batches:
                yield from (_unasked(suite, expectation, f"there is no table {suite.table}") for expectation in suite.expectations)
            else:
                yield from _Examination(examined, suite, batches[suite.table]).results()


@contextmanager
def _quiet() -> Iterator[None]:
    """Great Expectations logs to standard error what its results say already."""
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            logger.setLevel(level)


def _context() -> Any:
    """An ephemeral data context, silent."""
    import great_expectations as gx

    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    return context


def _unasked(suite: Suite, expectation: Expectation, error: BaseException | str) -> ExpectationResult:
    message = str(error).strip() or type(error).__name__
    return _result(suite, expectation, "error", f"could not be asked: {_shortened(message.splitlines()[0])}")


def _result(  # noqa: PLR0917  # the fields of the record, in its order
    suite: Suite, expectation: Expectation, outcome: Outcome, observed: str, count: int | None = None, sample: Sequence[dict[str, Any]] = ()
) -> ExpectationResult:
    return ExpectationResult(
        suite.table, expectation.id, expectation.digest, expectation.severity, outcome, observed, count, _sample(sample)
    )


@dataclass(frozen=True, slots=True)
class _Examination:
    """One suite asked of one batch: together where that works, one by one where it does not."""

    examined: Examined
    suite: Suite
    batch: "Batch"

    def results(self) -> Iterator[ExpectationResult]:
        together, rows = self._validated_together(), self._counted_together()
        for expectation in self.suite.expectations:
            try:
                yield self._answer(expectation, together.get(expectation.id), rows)
            except Exception as error:  # noqa: BLE001  # one rule that cannot be asked must not keep the others from being asked
                yield _unasked(self.suite, expectation, error)

    def _validated_together(self) -> "dict[str, ExpectationValidationResult]":
        """The whole suite in one go, by expectation id. Those that cannot even be made are left out, and met again one by one."""
        import great_expectations as gx

        made = []
        for expectation in self.suite.expectations:
            try:
                made.append(self._made(expectation))
            except Exception:  # noqa: BLE001  # made again, and reported, by `_answer`
                continue
        if not made:
            return {}
        try:
            suite = gx.ExpectationSuite(self.suite.table, expectations=made)
            found = self.batch.validate(suite, result_format="BASIC").results
        except Exception:  # noqa: BLE001  # asked again one by one
            return {}
        return {str((result.expectation_config.meta or {})["id"]): result for result in found if result.expectation_config}

    def _counted_together(self) -> dict[str, int]:
        """The numbers of rows that the rules look at, by query, in one statement: where each is one, Spark spends most on planning them."""
        queries = list(dict.fromkeys(_examined(e) for e in self.suite.expectations if _query(e) is not None))
        counts = ", ".join(f"({_counting(query)}) as n{place}" for place, query in enumerate(queries))
        try:
            return dict(zip(queries, self._rows(f"select {counts}")[0].values(), strict=True)) if queries else {}
        except Exception:  # noqa: BLE001  # counted again one by one
            return {}

    def _answer(self, expectation: Expectation, found: "ExpectationValidationResult | None", rows: Mapping[str, int]) -> ExpectationResult:
        if found is None or _exception_in(found):
            # A query that fails takes those it was bundled with along: alone, a sound rule gets its answer.
            found = self.batch.validate(self._made(expectation), result_format="BASIC")
        if exception := _exception_in(found):
            return _unasked(self.suite, expectation, exception)
        count, observed = self._observed(expectation, found.result, rows)
        if found.success:
            return _result(self.suite, expectation, "pass", observed, count)
        outcome: Outcome = "warn" if expectation.severity == "warning" else "fail"
        return _result(self.suite, expectation, outcome, observed, count, self._offending(expectation))

    def _observed(self, expectation: Expectation, result: dict[str, Any], rows: Mapping[str, int]) -> tuple[int | None, str]:
        if _query(expectation) is not None:
            count, query = int(result["observed_value"]), _examined(expectation)
            examined = rows[query] if query in rows else self._rows(_counting(query))[0]["n"]
            return count, f"{count} of {examined}" if examined or count else "nothing to examine"
        if "unexpected_count" in result:
            count = int(result["unexpected_count"] or 0)  # null where the table is empty
            return count, f"{count} of {result['element_count']}" if result["element_count"] else "nothing to examine"
        return None, _shortened(str(result["observed_value"]))

    def _offending(self, expectation: Expectation) -> list[dict[str, Any]]:
        if (query := offending_rows(expectation)) is None:
            return []
        rows = self._rows(f"select * from ({query}) order by all limit {SAMPLE_ROWS}")
        if _query(expectation) is not None:
            return rows
        told = (*self.suite.key, *self.suite.label, "source_id", "line_number", expectation.kwargs["column"])
        return [{name: value for name, value in row.items() if name in told} for row in rows]

    def _rows(self, query: str) -> list[dict[str, Any]]:
        return self.examined.rows(self.suite.table, query)

    def _made(self, expectation: Expectation) -> Any:
        """The expectation as an object of Great Expectations, its SQL in the words of the engine."""
        import great_expectations as gx

        query = _query(expectation)
        kind: Callable[..., Any] = getattr(gx.expectations, expectation.type) if query is None else _counted_rows()
        worded = {"unexpected_rows_query": self.examined.worded(query)} if query else {}
        return kind(**(dict(expectation.kwargs) | worded), severity=expectation.severity, meta={"id": expectation.id})


@cache
def _counted_rows() -> type[Any]:
    """Great Expectations' own rule in SQL, but that each query is asked once: it asks for the rows as well, and tells of them nowhere."""
    from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation

    class CountedRowsExpectation(UnexpectedRowsExpectation):
        metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.row_count",)

        def _validate(self, metrics: dict[str, Any], *arguments: Any, **options: Any) -> Any:
            return super()._validate({**metrics, "unexpected_rows_query.table": ()}, *arguments, **options)

    return CountedRowsExpectation


def _query(expectation: Expectation) -> str | None:
    query = expectation.kwargs.get("unexpected_rows_query")
    return query if isinstance(query, str) else None


def _examined(expectation: Expectation) -> str:
    """Of a rule in SQL, the query for the rows that it looks at."""
    return expectation.examined or "select 1 from {batch}"


def _counting(query: str) -> str:
    return f"select count(*) as n from ({query})"


def _exception_in(result: "ExpectationValidationResult") -> str:
    """The message of what kept an expectation from being evaluated; empty where nothing did. It comes plain or by metric."""
    info = result.exception_info or {}
    for part in [info, *(value for value in info.values() if isinstance(value, dict))]:
        if part.get("raised_exception"):
            return str(part.get("exception_message") or "an exception without a message")
    return ""


def _sample(rows: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    shown = [{name: _shown(value) for name, value in row.items()} for row in rows]
    return tuple(sorted(shown, key=lambda row: [str(value) for value in row.values()])[:SAMPLE_ROWS])


def _shown(value: object) -> object:
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return _shortened(str(value))


def _shortened(text: str) -> str:
    return text if len(text) <= SAMPLE_CHARACTERS else text[: SAMPLE_CHARACTERS - 1] + "…"
