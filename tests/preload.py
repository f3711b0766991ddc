"""What every refresh imports and looks up, whatever warehouse it is of: once, in the process that `tests/forked.py` forks commands from.

dbt parses here without its static parser, which keeps threads: a fork loses them, and the next parse would wait for them for ever.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.common.imports import for_good, without
from orchestration.conforming.dbt import run_dbt
from orchestration.gating.runner import warm
from orchestration.paths import SEEDS
from orchestration.reading.lexicon import Lexicon

with for_good():
    import dagster  # noqa: F401
    import duckdb  # noqa: F401

    with without("dbt.version"):
        import dagster_dbt  # noqa: F401

    from orchestration.reading import corpus, reader  # noqa: F401
with TemporaryDirectory() as folder:
    run_dbt(["parse", "--no-static-parser"], build_database=Path(folder) / "build.duckdb", target=Path(folder))
warm()
Lexicon.load(SEEDS).towns("")
