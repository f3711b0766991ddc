"""The page of a real release in a real browser, from `file://`: what people can do there, and that it holds together."""

from pathlib import Path

from playwright.sync_api import expect


def test_page_opens_from_the_disk_and_asks_nobody_for_anything(window, released: Path) -> None:
    page = window()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((released / "current" / "site" / "index.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("Industrial clusters of China")
    assert len(asked) == 1
