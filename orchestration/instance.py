"""What this process works on: its raw folder and warehouse, and the Dagster home of that warehouse. Imports no framework."""

import os
from pathlib import Path

from orchestration.paths import RAW, ROOT, Warehouse

SETTINGS = ROOT / "orchestration" / "defs" / "dagster.yaml"


def raw_folder() -> Path:
    """The raw folder of this process: `JIQUN_RAW`, else the checkout's."""
    return Path(os.environ.get("JIQUN_RAW") or RAW).absolute()


def warehouse() -> Warehouse:
    """The warehouse of this process: `JIQUN_WAREHOUSE`, else the checkout's."""
    return Warehouse(Path(os.environ.get("JIQUN_WAREHOUSE") or ROOT / "warehouse").absolute())


def prepare_home(place: Warehouse) -> Path:
    """Make the warehouse's Dagster home, and make it this process's and its children's.

    `dagster.yaml` there is ours and written again when ours has changed: after an upgrade a warehouse is run by the new settings. Whoever
    needs other settings (PostgreSQL, logs in a bucket) keeps them in a file of his own, named by `JIQUN_DAGSTER_YAML`.
    """
    home = place.dagster_home.absolute()
    home.mkdir(parents=True, exist_ok=True)
    wanted = Path(os.environ.get("JIQUN_DAGSTER_YAML") or SETTINGS).read_text(encoding="utf-8")
    settings = home / "dagster.yaml"
    if not settings.exists() or settings.read_text(encoding="utf-8") != wanted:
        temporary = settings.with_name(f".{settings.name}.{os.getpid()}")
        temporary.write_text(wanted, encoding="utf-8")
        temporary.replace(settings)
    os.environ["DAGSTER_HOME"] = str(home)
    return home
