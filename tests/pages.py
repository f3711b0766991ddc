"""The pages of the documentation, and the commands that stand in them."""

import re
import shlex
from pathlib import Path

from orchestration.paths import ROOT

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def commands_in(page: Path) -> set[tuple[str, ...]]:
    """The words behind `jiqun` wherever a page shows it as code: before a pipe, a redirection or a comment."""
    text = page.read_text(encoding="utf-8")
    blocks = [*re.findall(r"```\w*\n(.*?)```", text, re.DOTALL), *re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE)]
    code = [line for block in blocks for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", text)
    found = (re.match(r"(?:\$ )?(?:\S*/)?jiqun(?: +(.*))?$", line.strip()) for line in code)
    return {_before_the_shell(shlex.split(match[1] or "", comments=True)) for match in found if match}


def _before_the_shell(words: list[str]) -> tuple[str, ...]:
    ends = [number for number, word in enumerate(words) if word in ("|", ">", "<", "&&")]
    return tuple(words[: min(ends, default=len(words))])
