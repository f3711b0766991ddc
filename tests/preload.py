"""What every refresh imports, whatever warehouse it is of: imported once, by the process that `tests/forked.py` forks commands from."""

from orchestration.common.imports import for_good, without
from orchestration.conforming.dbt import _dbt
from orchestration.gating.runner import warm

with for_good():
    import dagster  # noqa: F401
    import duckdb  # noqa: F401

    with without("dbt.version"):
        import dagster_dbt  # noqa: F401
_dbt()
warm()
