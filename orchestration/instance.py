"""What this process works on: its raw folder and warehouse, and the Dagster home of that warehouse. To import it imports no framework."""

import fcntl
import logging
import os
from contextlib import redirect_stderr, redirect_stdout
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.errors import BadInput, JiqunError
from orchestration.paths import RAW, ROOT, Warehouse

if TYPE_CHECKING:
    import dagster as dg

_DEFS = ROOT / "orchestration" / "defs"
_POSTGRES = "postgresql+psycopg2://"


def raw_folder() -> Path:
    """The raw folder of this process: `JIQUN_RAW`, else the checkout's."""
    return Path(os.environ.get("JIQUN_RAW") or RAW).absolute()


def warehouse() -> Warehouse:
    """The warehouse of this process: `JIQUN_WAREHOUSE`, else the checkout's."""
    return Warehouse(Path(os.environ.get("JIQUN_WAREHOUSE") or ROOT / "warehouse").absolute())


def settings_text() -> str:
    """The `dagster.yaml` that the environment asks for. It names the variable that holds the address of Postgres, never the address.

    Raises:
        BadInput: Postgres is asked for by no address of it, or without its client installed; or `JIQUN_DAGSTER_YAML` names no file
            that can be read.
    """
    if own := os.environ.get("JIQUN_DAGSTER_YAML"):
        try:
            return Path(own).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise BadInput(f"JIQUN_DAGSTER_YAML names {own}, which cannot be read: {error}", "Name a file, or unset it.") from error
    address = os.environ.get("JIQUN_POSTGRES_URL")
    if address and not address.startswith(_POSTGRES):
        # SQLAlchemy 2.1 takes the bare "postgresql://" for another client than the one that Dagster's storage brings.
        raise BadInput(f"JIQUN_POSTGRES_URL does not begin with {_POSTGRES}", f"Write {_POSTGRES}user:password@host:5432/database.")
    if address and find_spec("dagster_postgres") is None:
        raise BadInput("JIQUN_POSTGRES_URL is set, but Dagster's storage for Postgres is not installed", "Run `make shared`, or unset it.")
    storage = "postgres" if address else "sqlite"
    return "".join((_DEFS / name).read_text(encoding="utf-8") for name in ("dagster.yaml", f"storage.{storage}.yaml"))


def prepare_home(place: Warehouse) -> Path:
    """Make the warehouse's Dagster home, and make it this process's and its children's.

    `dagster.yaml` there is ours and written again when ours has changed: after an upgrade a warehouse is run by the new settings. Whoever
    needs other settings (PostgreSQL, logs in a bucket) keeps them in a file of his own, named by `JIQUN_DAGSTER_YAML`.
    """
    home = place.dagster_home.absolute()
    home.mkdir(parents=True, exist_ok=True)
    wanted = settings_text()
    settings = home / "dagster.yaml"
    if not settings.exists() or settings.read_text(encoding="utf-8") != wanted:
        temporary = settings.with_name(f".{settings.name}.{os.getpid()}")
        temporary.write_text(wanted, encoding="utf-8")
        temporary.replace(settings)
    os.environ["DAGSTER_HOME"] = str(home)
    return home


def open_instance(place: Warehouse) -> "dg.DagsterInstance":
    """The Dagster instance of a warehouse, made at the first call, and brought up to date at the first of a newer Dagster.

    By one process at a time: two services that began at the same moment on a new home would each mark its databases with their version,
    and no process could read them after.

    Raises:
        JiqunError: Postgres is asked for and cannot be reached.
        sqlalchemy.exc.OperationalError: Its files cannot be written.
    """
    import dagster as dg

    logging.getLogger("alembic").setLevel(logging.WARNING)
    home = prepare_home(place)
    with (home / "storage.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        opened = _connected(home)
        stamp, kept_by = home / "storage.version", f"{dg.__version__} {type(opened.run_storage).__name__}"
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != kept_by:
            # It prints what it does, into whatever the command answers.
            with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
                opened.upgrade()
            stamp.write_text(kept_by, encoding="utf-8")
        return opened


def _connected(home: Path) -> "dg.DagsterInstance":
    import dagster as dg

    if not os.environ.get("JIQUN_POSTGRES_URL"):
        return dg.DagsterInstance.from_config(str(home))
    from dagster_postgres.utils import DagsterPostgresException

    try:
        return dg.DagsterInstance.from_config(str(home))
    except DagsterPostgresException as error:
        # "Too many retries"; what went wrong is its cause.
        said = str(error.__cause__ or error).splitlines()[0]
        raise JiqunError(f"Dagster cannot keep its runs in Postgres: {said}", "See to the server that JIQUN_POSTGRES_URL names.") from error
