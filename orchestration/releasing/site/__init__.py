"""The page of a release and of its models: what it asks (`data`, `history`), what is drawn (`figures`, `map`), how it looks (`templates/`).

`page` puts it together, `serving` shows it on this machine, `models` draws how the tables are made.
"""
