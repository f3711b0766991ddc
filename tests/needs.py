"""Programs that tests ask for and pip cannot install: Debian has them, and `.ci/run` installs them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

# Debian keeps the programs of a Postgres server beside the path, a folder a version.
_POSTGRES = [str(folder) for folder in Path("/usr/lib/postgresql").glob("*/bin")]


def program(name: str, package: str) -> str:
    """The path of a program. Where it is missing the test is skipped, or fails where `JIQUN_SKIP_NOTHING` is set, as it is in CI."""
    if path := shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *_POSTGRES])):
        return path
    return missing(f"{name} is not installed: apt-get install {package}")


def font(language: str, package: str) -> None:
    """Skip, or fail, where no font has the characters of a language."""
    if not subprocess.run([program("fc-list", "fontconfig"), f":lang={language}"], capture_output=True, check=True).stdout:
        missing(f"no font has the characters of {language}: apt-get install {package}")


def missing(reason: str) -> str:
    """Skip the test for this reason, or fail it where nothing may be skipped."""
    if os.environ.get("JIQUN_SKIP_NOTHING"):
        pytest.fail(reason)
    pytest.skip(reason)
