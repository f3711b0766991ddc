"""Front matter: the YAML between two lines of `---` at the top of a text, which says of the document what a side-car says."""

import re

from orchestration.reading.containers.contents import Contents

_MARK = re.compile(r"---\s*")
_END = re.compile(r"(?:---|\.\.\.)\s*")
_KEY = re.compile(r"[A-Za-z_][\w-]*\s*:(?:\s|$)|\s+\S|-\s|#|\s*$")
_MOST_LINES = 200


def with_front(lines: tuple[str, ...]) -> Contents:
    """Contents of these lines, their front matter told apart; a rule between two texts is none."""
    if not lines or not _MARK.fullmatch(lines[0].lstrip("\ufeff")):
        return Contents(lines)
    for index, line in enumerate(lines[1 : _MOST_LINES + 1], 1):
        if _END.fullmatch(line):
            return Contents(lines, (), index + 1, "\n".join(lines[1:index])) if index > 1 else Contents(lines)
        if not _KEY.match(line):
            break
    return Contents(lines)
