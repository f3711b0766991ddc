"""Dagster's SQLite event log with its connections kept open.

Dagster 1.13 opens, commits with a sync to disk, and closes a connection for every event, several times for a check. With two hundred
checks a refresh that is over half of its wall time (measured: 38 of 66 s on a busy disk, 1,849 commits and 2,229 closes). Nothing
else about the storage is changed: same files, same tables, readable by Dagster's own class.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

# A webserver looks into the logs of many runs: so many stay open, the one least recently used is closed first.
_KEPT = 8


class EventLog(SqliteEventLogStorage):
    """One kept connection per database, and a sync to disk at checkpoints only.

    A killed process loses nothing that was committed; a power cut may lose the last events of a run, never the file (SQLite's
    write-ahead log with `synchronous=NORMAL`). What a release is depends on none of it.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        super().__init__(str(Path(base_dir) / "events"), inst_data)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> "EventLog":
        """Dagster's own makes its own class whatever it is called on."""
        return cls(inst_data=inst_data, **config_value)

    @cached_property
    def supports_asset_checks(self) -> bool:
        """Dagster opens another connection at every answer of a check to see whether the table is still there."""
        return bool(super().supports_asset_checks)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock, self._engine(shard).begin() as connection:
            yield connection

    def _engine(self, shard: str) -> Engine:
        if shard in self._engines:
            self._engines.move_to_end(shard)
            return self._engines[shard]
        engine = create_engine(
            self.conn_string_for_shard(shard),
            poolclass=QueuePool,
            pool_size=1,
            # The lock lets one thread in at a time; which one it is differs between Dagster's own threads.
            connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
        )
        event.listen(engine, "connect", lambda connection, _: connection.execute("pragma synchronous=normal"))
        if shard not in self._initialized_dbs:
            self._initdb(engine)
            self._initialized_dbs.add(shard)
        self._engines[shard] = engine
        if len(self._engines) > _KEPT:
            self._engines.popitem(last=False)[1].dispose()
        return engine

    def delete_events(self, run_id: str) -> None:
        """Forget a run: its rows in the index, and its own database, which Dagster leaves behind."""
        if engine := self._engines.pop(run_id, None):
            engine.dispose()
        self._initialized_dbs.discard(run_id)
        with self.index_connection() as connection:
            self.delete_events_for_run(connection, run_id)
        for suffix in ("", "-wal", "-shm"):
            Path(self.path_for_shard(run_id) + suffix).unlink(missing_ok=True)

    def dispose(self) -> None:
        """Close what is open."""
        while self._engines:
            self._engines.popitem()[1].dispose()
        super().dispose()
