"""The page of the models in a real browser: dbt's own documentation, opened from the disk of an analyst who has no network."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

LISTINGS = "#!/model/model.jiqun.fct_cluster_listings"


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def page(window, released: Path, asked: list[str]) -> Page:
    page = window()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((released / "current" / "site" / "index.html").as_uri())
    page.get_by_role("link", name="How the tables are made").click()
    expect(page.get_by_role("heading", name="How the tables of a release are made")).to_be_visible()
    return page


def test_page_of_the_models_opens_from_the_page_of_the_release_and_asks_nobody_for_anything(page: Page, asked: list[str], released) -> None:
    site = (released / "current" / "site").as_uri()
    assert [url for url in asked if not url.startswith(("data:", f"{site}/index.html", f"{site}/models.html"))] == []


def test_model_is_shown_with_its_columns_their_types_and_its_sql(page: Page) -> None:
    page.goto(page.url.partition("#")[0] + LISTINGS)
    expect(page.get_by_role("heading", name="fct_cluster_listings")).to_be_visible()
    row = page.locator("tr", has_text="locality_printed").first
    expect(row).to_contain_text("VARCHAR")
    expect(row).to_contain_text("as printed")
    expect(page.locator("code", has_text="int_listings_clustered").first).to_be_visible()


def test_lineage_of_a_model_is_drawn(page: Page) -> None:
    page.goto(page.url.partition("#")[0] + LISTINGS)
    page.get_by_title("View Lineage Graph").click()
    drawn = "d => d.some((value, at) => at % 4 === 3 && value)"
    page.wait_for_function(
        f"""() => [...document.querySelectorAll("canvas")].some((c) => c.width
        && ({drawn})(c.getContext("2d").getImageData(0, 0, c.width, c.height).data))"""
    )
