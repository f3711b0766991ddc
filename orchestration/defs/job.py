"""The one job: the command line, the UI, the sensor and the schedule all run this."""

import dagster as dg

refresh_job = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Read what is in raw, conform it, gate it, release it.",
)
