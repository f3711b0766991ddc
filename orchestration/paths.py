"""Where things are: the checkout's own folders, and the folders of a warehouse. Nothing is created or read here."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "raw"
DBT_PROJECT = ROOT / "dbt_project"
SEEDS = DBT_PROJECT / "seeds"
ANSWERS = ROOT / "tests" / "answers"

# Where a refresh may do its work (orchestration/refreshing/engines.py); here so that the fast commands import nothing more.
ENGINES = ("duckdb", "spark")

# In a raw folder: the list of remote sources, and what is said of `NAME.EXT` in `NAME.EXT.meta.yml`. No documents.
REMOTE_SOURCES = "sources.yml"
SIDE_CAR_SUFFIX = ".meta.yml"


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A warehouse folder. Readers know `current` and `releases`; the rest is private to refreshes."""

    root: Path

    @property
    def releases(self) -> Path:
        """Immutable releases, one folder each, named by release id."""
        return self.root / "releases"

    @property
    def current(self) -> Path:
        """The symbolic link that a publish flips."""
        return self.root / "current"

    @property
    def build(self) -> Path:
        """Private, disposable builds, one folder a run."""
        return self.root / "build"

    @property
    def readings(self) -> Path:
        """What reading documents came to, for as long as they stay as they are."""
        return self.root / "readings"

    @property
    def build_database(self) -> Path:
        """The private DuckDB file that holds the candidate marts of a build."""
        return self.build / "build.duckdb"

    @property
    def dbt_target(self) -> Path:
        """Where dbt keeps its manifest and its partial parse between runs."""
        return self.root / "dbt"

    @property
    def lock(self) -> Path:
        """Held (flock) by the one refresh that may write."""
        return self.root / "refresh.lock"

    @property
    def dagster_home(self) -> Path:
        """The Dagster instance of this warehouse."""
        return self.root / "dagster"
