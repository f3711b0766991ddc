"""Asks the suites inside the database and binds the answers to content hashes. The rules themselves stand in `expectations/`."""
