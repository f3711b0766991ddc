"""One refresh, from decision to summary, on the engine it is given. Order and retries are Dagster's; each step is its own room's work."""
