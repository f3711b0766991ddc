"""Takes the pictures of README.md: the page of the current release in a browser, as a reader sees it.

Run from the root: `python -m tools.screenshots [WAREHOUSE]`, or `make pictures`. Needs two Debian packages, which pip cannot install:
chromium, and fonts-wqy-microhei, without which hanzi are boxes.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from orchestration.errors import BadInput, JiqunError
from orchestration.paths import ROOT, Warehouse
from orchestration.releasing.store import current

if TYPE_CHECKING:
    from playwright.sync_api import Page

PICTURES = ROOT / "docs" / "pictures"
_NEXT = "apt-get install --no-install-recommends chromium fonts-wqy-microhei"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: the window, and what is done there before it is taken."""

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"]
    search: str = ""
    is_record: bool = False


SHOTS = (
    Shot("page.png", 1280, 1230, "light"),
    Shot("record.png", 1280, 1000, "dark", search="乐清", is_record=True),
    Shot("phone.png", 390, 1000, "light", search="乐清", is_record=True),
)


def take(page: Path, folder: Path = PICTURES) -> list[Path]:
    """Take all pictures of a release's page.

    Raises:
        BadInput: There is no browser, or no font with hanzi.
    """
    from playwright.sync_api import sync_playwright

    browser_path = shutil.which("chromium")
    if browser_path is None:
        raise BadInput("There is no chromium to take pictures with", _NEXT)
    if not subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=True).stdout:
        raise BadInput("No font on this machine has hanzi: they would be boxes", _NEXT)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"]) as browser:
        for shot in SHOTS:
            window = browser.new_page(
                viewport={"width": shot.width, "height": shot.height}, color_scheme=shot.scheme, reduced_motion="reduce"
            )
            window.goto(page.as_uri())
            _act(window, shot)
            window.screenshot(path=folder / shot.name)
    return [folder / shot.name for shot in SHOTS]


def _act(window: "Page", shot: Shot) -> None:
    if shot.search:
        window.locator("#clusters").scroll_into_view_if_needed()
        window.get_by_label("Search").fill(shot.search)
    if shot.is_record:
        window.locator("#table tbody a").first.click()


def main() -> None:
    """Take the pictures of the current release of a warehouse, `warehouse/` where none is named."""
    place = Warehouse(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "warehouse")
    release = current(place)
    if release is None:
        raise BadInput(f"{place.root} holds no release to take pictures of", "`make run` makes the first.")
    for picture in take(release.path / "site" / "index.html"):
        print(picture)


if __name__ == "__main__":
    try:
        main()
    except JiqunError as error:
        sys.exit(f"{error.message}\n{error.hint}")
