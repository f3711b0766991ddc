"""How commands speak: JSON on standard output where asked, text for people otherwise. No colour or cursor movement off a terminal."""

import json
import sys
import unicodedata
from typing import Any

_KEPT = frozenset("\n\t")
# What Excel, LibreOffice and their Chinese editions take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def printable(text: str) -> str:
    """Text from a source made safe for a terminal: control, format and bidirectional characters are shown escaped, not sent."""
    if text.isprintable():
        return text
    return "".join(
        c if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else c.encode("unicode_escape").decode()
        for c in text
    )


def say(text: str) -> None:
    """One line for people, on standard error, so that standard output stays the command's answer."""
    print(printable(text), file=sys.stderr, flush=True)


def answer(text: str) -> None:
    """The command's answer as text, on standard output."""
    print(printable(text))


def answer_json(document: Any) -> None:
    """The command's answer as one JSON document on standard output; dates and paths become strings."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")
