"""Who does something that is written down. Nothing else."""

import getpass
import os


def who() -> str:
    """The name of the user of this process, or the number where it has no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"user {os.getuid()}"
