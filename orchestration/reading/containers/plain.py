"""Plain text: its lines. Tables in it (tabs, columns) are a matter of layouts."""

from orchestration.reading.containers.contents import Contents, split_lines
from orchestration.reading.containers.front import with_front


def read(text: str) -> Contents:
    """The lines of a text."""
    return with_front(split_lines(text))
