"""A page of very many clusters: how long it takes to make, and how long its reader waits for what is asked of it."""

import shutil
from pathlib import Path

import duckdb

from benchmarks.measuring import Cost
from orchestration.releasing.site.page import build_site

PAGE = "index.html"

# What a reader asks for, a name and the script that asks it. Each is timed until the page is laid out again.
_ASKED = {
    "a province": "choose('p', '330000')",
    "no province": "choose('p', '')",
    "an industry": "choose('d', $('d').options[1].value)",
    "every industry": "choose('d', '')",
    "repaired ones": "choose('r', '1')",
    "any": "choose('r', '')",
    "a search of one letter": "choose('q', 'a')",
    "a search in pinyin": "choose('q', 'wenzhou')",
    "a search in hanzi": "choose('q', '浙江 机')",
    "everything": "choose('q', '')",
    "an order": "document.querySelector('thead button').click()",
    "the other order": "document.querySelector('thead button').click()",
}
_TIMED = """
(asked) => {
    const $ = (id) => document.getElementById(id);
    const choose = (id, value) => { $(id).value = value; $(id).dispatchEvent(new Event("input", { bubbles: true })); };
    const begin = performance.now();
    eval(asked);
    document.body.getBoundingClientRect();
    return (performance.now() - begin) / 1000;
}
"""


def draw(folder: Path) -> None:
    """The page of a build, which has no answers of a gate yet."""
    with duckdb.connect(str(folder / "build.duckdb")) as connection:
        connection.execute(
            "create table if not exists audit.gate_results "
            "(suite text, expectation text, severity text, outcome text, observed text, unexpected_count bigint, sample text)"
        )
    build_site(folder / "build.duckdb", folder / PAGE, release_id="0" * 16, history=[])


def waits(page: Path) -> dict[str, Cost]:
    """How long Chromium takes for each thing that is asked of a page."""
    from playwright.sync_api import sync_playwright

    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"]) as browser,
    ):
        window = browser.new_context(bypass_csp=True).new_page()
        window.goto(page.as_uri())
        window.wait_for_function("() => document.getElementById('count').textContent.endsWith('clusters')", timeout=120_000)
        return {what: Cost(window.evaluate(_TIMED, asked)) for what, asked in _ASKED.items()}
