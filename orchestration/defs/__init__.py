"""The thin Dagster layer: each asset calls one step of `orchestration.refreshing.refresh.Refresh`."""
