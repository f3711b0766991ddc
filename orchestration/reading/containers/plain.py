"""Plain text: its lines. Tables in it (tabs, columns) are a matter of layouts."""

from orchestration.reading.containers.contents import Contents, split_lines


def read(text: str) -> Contents:
    """The lines of a text."""
    return Contents(split_lines(text))
