"""Zip archives that Office files are: whether one is whole and of a size that can be read, before any library unpacks it."""

import zipfile
from io import BytesIO

from orchestration.reading.containers.contents import Unreadable

MOST_UNPACKED = 256 * 1024 * 1024
_MOST_RATIO = 200  # Office's own XML packs to a tenth, at most a fiftieth; a bomb to a thousandth
_SMALL = 1024 * 1024  # below it, a ratio says nothing
_MOST_FILES = 10_000
_AGAIN = "open it in its own program, save it, and add it again"


def names_of(data: bytes) -> frozenset[str]:
    """The names within a zip archive; none where it is not a whole one."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError):
        return frozenset()


def check_archive(data: bytes) -> None:
    """Holds an archive to sizes that can be read. Nothing is unpacked: Python's reader never gives more than the size declared.

    Raises:
        Unreadable: Truncated, encrypted, or of a size or ratio no document has.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            files = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise Unreadable("a zip archive (such as .docx and .xlsx are) that is truncated or damaged", "fetch it again") from error
    unpacked = sum(file.file_size for file in files)
    if len(files) > _MOST_FILES or unpacked > MOST_UNPACKED:
        raise Unreadable(f"{unpacked:,} bytes in {len(files):,} files once unpacked (at most {MOST_UNPACKED:,})", "split the document")
    for file in files:
        if file.flag_bits & 1:
            raise Unreadable("an encrypted zip archive", "remove its password and add it again")
        if file.file_size > max(_SMALL, _MOST_RATIO * file.compress_size):
            raise Unreadable(f"{file.filename} within it unpacks to {file.file_size:,} bytes out of {file.compress_size:,}", _AGAIN)
