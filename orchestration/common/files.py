"""Files that survive a power cut, and folders that go away whole. Knows nothing of releases."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def sha256(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_below(folder: Path) -> Iterator[str]:
    """Relative paths (forward slashes) of everything below a folder that is not a folder itself, sorted; links are not followed."""
    found = []
    for top, folders, names in os.walk(folder):
        links = [name for name in folders if Path(top, name).is_symlink()]
        found += [Path(top, name).relative_to(folder).as_posix() for name in (*names, *links)]
    yield from sorted(found)


def sync(path: Path) -> None:
    """Wait until a file's content, or a folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def freeze(folder: Path) -> None:
    """Make every file below read-only and durable, then every folder, deepest first.

    Folders stay writable: the files' own mode keeps DuckDB from opening them for writing, and a person can still delete a warehouse.
    """
    for top, _, names in os.walk(folder, topdown=False):
        for name in names:
            path = Path(top, name)
            path.chmod(0o444)
            sync(path)
        sync(Path(top))


def point(link: Path, target: str) -> None:
    """Make a symbolic link point to a target in one atomic step: a reader sees the old target or the new one."""
    temporary = link.with_name(f".{link.name}.tmp-{os.getpid()}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)
    sync(link.parent)


def write_text(path: Path, text: str) -> None:
    """Write a small file in one step: who reads it meets the old text or the new. What a kill leaves is named `.<name>.tmp-<pid>`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp-{os.getpid()}")
    temporary.write_text(text, encoding="utf-8", newline="")
    sync(temporary)
    temporary.replace(path)
    sync(path.parent)


def remove(folder: Path) -> None:
    """Remove a folder so that nobody sees half of it: out of sight by one rename first, then file by file."""
    hidden = folder if folder.name.startswith(".") else folder.with_name(f".removed.tmp-{folder.name}")
    if hidden != folder:
        shutil.rmtree(hidden, ignore_errors=True)
        folder.rename(hidden)
    shutil.rmtree(hidden)
