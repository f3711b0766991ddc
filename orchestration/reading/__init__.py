"""Documents to observations: bytes, lines, layouts. Pure functions; no Dagster, no database."""
