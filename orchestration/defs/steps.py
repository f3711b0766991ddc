"""What every step of a refresh shares in Dagster: its pool, its owner, its retries, and the link to the room whose work it calls."""

import errno
import random
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import dagster as dg

from orchestration.asking.blockers import lines_of
from orchestration.paths import DBT_PROJECT, ROOT
from orchestration.refreshing.refresh import Refresh
from orchestration.releasing.descriptions import TableDoc, read_descriptions, read_meanings

# One run at a time among those whose steps are in this pool (dagster.yaml); the warehouse's lock stands behind it.
POOL = "warehouse"
OWNERS = ("team:warehouse",)

# What goes away by itself: a busy or interrupted device, a network file system that lost its server for a moment.
_TRANSIENT = frozenset(
    {errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.ECONNRESET, errno.ENETUNREACH, errno.EMFILE}
)
_MAX_RETRIES = 3
_SHOWN = 10


def is_transient(error: BaseException) -> bool:
    """Whether trying again in a few seconds may help. A refusal, bad input, a full disk and a wrong permission stay what they are."""
    import duckdb

    if isinstance(error, duckdb.IOException):
        return "lock" in str(error)
    return isinstance(error, OSError) and error.errno in _TRANSIENT


@contextmanager
def attempt(refresh: Refresh, retry_number: int = 0) -> Iterator[None]:
    """One attempt at a step: a transient error asks Dagster for another, later by an exponential back-off with jitter.

    Raises:
        dagster.RetryRequested: The error is transient.
    """
    refresh.error = None
    try:
        yield
    except Exception as error:
        if not is_transient(error):
            raise
        raise dg.RetryRequested(max_retries=_MAX_RETRIES, seconds_to_wait=2**retry_number * random.uniform(0.5, 1.5)) from error


def room(folder: str) -> dict[str, dg.MetadataValue]:
    """Metadata that says, and links in Dagster's page, where in the checkout the work of an asset stands and is described."""
    places = {"room": folder, "docs": "docs/architecture.md"}
    with warnings.catch_warnings():
        # Beta in Dagster 1.13, and the one kind of link to a file that its page draws; a test opens the page.
        warnings.simplefilter("ignore", dg.BetaWarning)
        files = [dg.LocalFileCodeReference(file_path=str(ROOT / path), label=path) for path in places.values()]
        links = dg.CodeReferencesMetadataValue(code_references=list(files))
    return {**{name: dg.MetadataValue.text(path) for name, path in places.items()}, "dagster/code_references": links}


def offending(refresh: Refresh, rows: list[dict[str, Any]]) -> dict[str, dg.MetadataValue]:
    """Metadata of a check that failed: the first offending rows, and the lines of the documents they came from."""
    told = {"sample": rows, "source_lines": lines_of(refresh.build_database, rows)}
    return {name: table(records) for name, records in told.items() if records}


def column_schemas(tables: Mapping[tuple[str, str], Mapping[str, str]]) -> dict[tuple[str, str], dg.TableSchema]:
    """The columns of tables by schema and model, each with what its model says of it, else with what its name means everywhere."""
    docs, meanings = read_descriptions(DBT_PROJECT / "models"), read_meanings(DBT_PROJECT / "models")

    def column(model: tuple[str, str], name: str, kind: str) -> dg.TableColumn:
        said = docs.get(".".join(model), TableDoc("")).columns
        return dg.TableColumn(name, kind, said[name].description if name in said else meanings.get(name))

    return {model: dg.TableSchema([column(model, *told) for told in types.items()]) for model, types in tables.items()}


def table(rows: Sequence[Mapping[str, object]], most: int = _SHOWN) -> dg.MetadataValue:
    """The first rows as Dagster draws them: every record with the same columns, every value as text."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    records = [dg.TableRecord({name: str(row.get(name, "")) for name in columns}) for row in rows[:most]]
    return dg.MetadataValue.table(records, schema=dg.TableSchema([dg.TableColumn(name) for name in columns]))
