"""The pictures of the README are those that its command takes."""

import re
import struct
from pathlib import Path

from orchestration.paths import ROOT
from tests import needs
from tools.screenshots import PICTURES, SHOTS, take


def size(picture: Path) -> tuple[int, int]:
    """Width and height, from the head of a PNG."""
    return struct.unpack(">II", picture.read_bytes()[16:24])


def test_command_takes_every_picture_of_the_readme_from_a_release(released: Path, tmp_path: Path) -> None:
    needs.program("chromium", "chromium")
    needs.font("zh", "fonts-wqy-microhei")
    taken = take(released / "current" / "site" / "index.html", tmp_path)
    shown = re.findall(r"docs/pictures/([\w.-]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(picture.name for picture in taken) == sorted(path.name for path in PICTURES.iterdir())
    for shot, picture in zip(SHOTS, taken, strict=True):
        assert size(picture) == size(PICTURES / shot.name) == (shot.width, shot.height)
        assert picture.stat().st_size > 30_000, "an empty window is smaller"
