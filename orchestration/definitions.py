"""The table of contents of this Dagster code location: assets from raw to release, their checks, and what starts a run."""

import dagster as dg

from orchestration.defs.automation import hourly, lost_runs, raw_changed
from orchestration.defs.conforming import conformed, reference_tables
from orchestration.defs.gate import gate
from orchestration.defs.job import refresh_job
from orchestration.defs.reading import observations
from orchestration.defs.release import release
from orchestration.defs.remote import remote_hourly, remote_job, remote_sources
from orchestration.defs.run import RefreshRun

definitions = dg.Definitions(
    assets=[*reference_tables(), remote_sources, observations, conformed, release],
    asset_checks=[gate],
    jobs=[refresh_job, remote_job],
    schedules=[hourly, remote_hourly],
    sensors=[raw_changed, lost_runs],
    resources={"refresh_run": RefreshRun()},
    executor=dg.in_process_executor,
)
