"""What every refresh imports and looks up, whatever warehouse it is of: once, in the process that `tests/forked.py` forks commands from.

Nothing here lets dbt parse: what it parses with keeps threads, which a fork loses, and the next parse would wait for them for ever.
"""

from orchestration.common.imports import for_good, without
from orchestration.conforming.dbt import _dbt
from orchestration.gating.runner import warm
from orchestration.paths import SEEDS
from orchestration.reading.lexicon import Lexicon

with for_good():
    import dagster  # noqa: F401
    import duckdb  # noqa: F401

    with without("dbt.version"):
        import dagster_dbt  # noqa: F401

    from orchestration.reading import corpus, reader  # noqa: F401
_dbt()
warm()
Lexicon.load(SEEDS).towns("")
