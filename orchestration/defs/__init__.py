"""The thin Dagster layer: each asset calls one step of `orchestration.refresh.Refresh`."""
