"""Reading, gating, releasing and running: see docs/architecture.md for the rooms."""
