"""Telling people what went wrong: what an alert says (`alert.py`) and the ways it is sent (`senders.py`). Decides nothing about a run."""
