"""The one job: the command line, the UI, the sensor and the schedule all run this."""

import dagster as dg

refresh_job = dg.define_asset_job(
    "refresh",
    # Remote sources are asked by a job of their own: a refresh uses no network.
    selection=dg.AssetSelection.all() - dg.AssetSelection.groups("remote"),
    executor_def=dg.in_process_executor,
    description="Read what is in raw, conform it, gate it, release it.",
)
