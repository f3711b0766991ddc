"""The page of a real release in a real browser, from `file://`: everything people can do there, and that it holds together."""

import re
import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from orchestration.paths import Warehouse
from orchestration.releasing.site.history import HistoryEntry
from orchestration.releasing.site.page import PAGE_SIZE, build_site
from orchestration.releasing.site.serving import HOST, serve
from tests.browser.conftest import DESKTOP, PHONE
from tests.unit.conftest import build_release

Opened = Callable[..., Page]
YUEQING = "Yueqing low-voltage electrical equipment"


@pytest.fixture(scope="session")
def address(released: Path) -> str:
    return (released / "current" / "site" / "index.html").as_uri()


@pytest.fixture
def opened(window: Callable[..., Page], address: str) -> Opened:
    def open_page(fragment: str = "", **options: object) -> Page:
        page = window(reduced_motion="reduce", **options)
        page.goto(address + fragment)
        return page

    return open_page


@pytest.fixture
def page(opened: Opened) -> Page:
    return opened()


@pytest.fixture(scope="session")
def ask(released: Path) -> Callable[[str], list]:
    """Asks the release that the page shows: each test's second witness."""

    def ask(sql: str) -> list:
        with duckdb.connect(str(released / "current" / "jiqun.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return ask


def names(page: Page) -> list[str]:
    """The clusters that the table shows."""
    return page.locator("#table tbody th").all_inner_texts()


def record(page: Page) -> Locator:
    """The record that is open."""
    return page.locator(".record:target")


def test_page_opens_from_the_disk_and_asks_nobody_for_anything(window, address: str) -> None:
    page, asked = window(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Industrial clusters of China")
    assert asked == [address]


def test_hundred_clusters_take_less_than_300_kilobytes(released: Path, ask) -> None:
    ((clusters,),) = ask("select count(*) from marts.clusters")
    assert (released / "current" / "site" / "index.html").stat().st_size < 300_000 * max(clusters, 100) / 100


def test_table_shows_every_cluster_of_the_release(page: Page, ask) -> None:
    assert sorted(names(page)) == sorted(name for (name,) in ask("select name from marts.clusters"))


# The map


def test_map_is_one_stop_of_the_keyboard_and_arrows_go_from_province_to_province(page: Page, ask) -> None:
    page.get_by_role("link", name="Take away").focus()
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_attribute("data-p", "330000")
    page.keyboard.press("ArrowRight")
    expect(focused).to_have_attribute("data-p", "320000")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    zhejiang = sorted(name for (name,) in ask("select name from marts.clusters where province = 'Zhejiang'"))
    assert sorted(names(page)) == zhejiang
    expect(focused).to_have_attribute("aria-current", "true")
    page.keyboard.press("Space")
    expect(page.locator("#count")).to_have_text("102 clusters")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.map')")


def test_province_clicked_on_the_map_filters_the_table_and_fills_the_map_with_named_places(page: Page) -> None:
    page.locator('.map a[data-p="440000"]').click(position={"x": 60, "y": 30})
    expect(page.locator("#p")).to_have_value("440000")
    expect(page.locator("#count")).to_have_text("13 of 102 clusters")
    expect(page.locator(".map .names text").first).to_be_visible()
    assert "Zhongshan" in page.locator(".map .names").text_content()
    shown = page.locator('.dots circle:not(.off)[data-q="Yueqing"]')
    assert shown.count() == 0


def test_place_on_the_map_leads_to_its_clusters(page: Page) -> None:
    page.locator('.dots circle[data-q="Yongkang"]').dispatch_event("click")
    assert sorted(names(page)) == ["Yongkang electric tools", "Yongkang hardware"]


@pytest.mark.parametrize(("chart", "label", "field"), [("f-provinces", "Jiangsu", "#p"), ("f-divisions", "Textiles", "#d")])
def test_bar_of_a_chart_filters_the_table_and_a_second_click_takes_it_back(page: Page, chart: str, label: str, field: str) -> None:
    bar = page.locator(f"svg[aria-labelledby={chart}] g", has_text=label).first
    count = bar.locator(".v").text_content()
    bar.click()
    expect(page.locator("#count")).to_have_text(f"{count} of 102 clusters")
    expect(page.locator(field)).not_to_have_value("")
    bar.click()
    expect(page.locator("#count")).to_have_text("102 clusters")


# Filters, search, order

FILTERS = {
    "#p": ("370000", "province = 'Shandong'"),
    "#d": ("13", "isic4_division = '13'"),
    "#s": ("2", "cluster_id in (select cluster_id from marts.fct_cluster_listings where source_id like '6320%')"),
    "#r": ("1", "cluster_id in (select cluster_id from marts.fct_cluster_listings where is_repaired)"),
}


@pytest.mark.parametrize("chosen", [("#p",), ("#d",), ("#s",), ("#r",), ("#p", "#d"), ("#s", "#r")], ids=" ".join)
def test_filters_show_what_the_same_question_in_sql_answers(page: Page, ask, chosen: tuple[str, ...]) -> None:
    for field in chosen:
        page.select_option(field, FILTERS[field][0])
    expected = sorted(name for (name,) in ask(f"select name from marts.clusters where {' and '.join(FILTERS[f][1] for f in chosen)}"))
    assert expected
    assert sorted(names(page)) == expected
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#count")).to_have_text("102 clusters")


@pytest.mark.parametrize(
    "words", ["Low-voltage electrical", "yueqing", "乐清", "樂清市", "低压电器", "浙江 leqing", "330382", "YUEQING wenzhou"]
)
def test_search_finds_a_cluster_in_english_pinyin_hanzi_and_by_its_print(page: Page, words: str) -> None:
    page.get_by_label("Search").fill(words)
    assert YUEQING in names(page)
    assert len(names(page)) < 3


def test_search_that_finds_nothing_says_so(page: Page) -> None:
    expect(page.locator("#none")).to_be_hidden()
    page.get_by_label("Search").fill("atlantis")
    expect(page.locator("#count")).to_have_text("0 of 102 clusters")
    expect(page.locator("#none")).to_contain_text("Take a filter back")
    assert names(page) == []


def test_column_sorts_up_and_down(page: Page) -> None:
    header = page.get_by_role("columnheader", name="Cluster")
    for direction, is_descending in (("ascending", False), ("descending", True)):
        header.get_by_role("button").click()
        expect(header).to_have_attribute("aria-sort", direction)
        assert names(page) == sorted(names(page), key=str.lower, reverse=is_descending)


# The record of a cluster


def test_row_opens_its_record_and_escape_returns_to_the_row(page: Page) -> None:
    page.get_by_role("link", name=YUEQING).click()
    expect(record(page).get_by_role("heading", level=3)).to_have_text(YUEQING)
    expect(record(page)).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(record(page)).to_have_count(0)
    expect(page.locator(":focus")).to_have_text(YUEQING)
    page.keyboard.press("Enter")
    expect(record(page)).to_be_visible()
    record(page).get_by_role("link", name="Close").click()
    expect(record(page)).to_have_count(0)


def test_record_marks_in_the_printed_lines_exactly_the_spans_of_the_release(page: Page, ask) -> None:
    page.get_by_role("link", name=YUEQING).click()
    for number, text in ask(
        f"""
        select line_number, text[char_start + 1:char_end]
        from marts.fct_cluster_listings join audit.document_lines using (source_id, line_number) join marts.clusters using (cluster_id)
        where name = '{YUEQING}'
        """
    ):
        line = record(page).locator(f'.print li[value="{number}"]')
        assert "".join(line.locator("mark").all_inner_texts()).replace(" ", "").endswith(re.sub(r"\s", "", text))
    colours = [record(page).locator(css).first.evaluate("e => getComputedStyle(e).backgroundColor") for css in ("mark", ".print")]
    assert colours[0] != colours[1]


def test_record_tells_repairs_with_both_witnesses_other_sources_awards_and_figures(page: Page, ask) -> None:
    page.get_by_role("link", name=YUEQING).click()
    opened = record(page)
    expect(opened.locator("del")).to_have_text("Leqing, Wenzhou")
    expect(opened.locator("ins")).to_have_text("Yueqing")
    expect(opened.locator(".fix li")).to_contain_text(["gazetteer: Yueqing", "document: order and counts"])
    expect(opened.locator(".print")).to_have_count(2)
    expect(opened).to_contain_text("Named by 2 sources, taken as one cluster")
    ((year,),) = ask(f"select launched_year from marts.fct_awards join marts.clusters using (cluster_id) where name = '{YUEQING}'")
    expect(opened).to_contain_text(f"launched in {year}")
    for figure in ("65 %", "over 6,000", "over 25,000"):
        expect(opened).to_contain_text(figure)
    expect(opened.locator("q", has_text="over 6,000 types of products")).to_be_visible()


def test_record_says_what_else_it_could_have_been_and_why_it_is_not(page: Page) -> None:
    page.get_by_role("link", name="Linyi crop protection machinery").click()
    record(page).get_by_text("What else it could have been").click()
    other = record(page).locator(".else li", has_text="Linyi 临邑县 (371424, county in Shandong)")
    expect(other).to_be_visible()
    expect(other).to_contain_text("Not so: by the same rule, a prefecture is meant before a county")


def test_record_leads_to_its_source(page: Page) -> None:
    page.get_by_role("link", name=YUEQING).click()
    record(page).get_by_role("link", name="Chinese 100 Industrial Clusters").click()
    expect(record(page)).to_have_count(0)
    expect(page.locator("#s-1 h3")).to_be_in_viewport()


def test_address_of_a_record_opens_it(opened: Opened, ask) -> None:
    ((cluster_id,),) = ask(f"select cluster_id from marts.clusters where name = '{YUEQING}'")
    expect(record(opened(f"#c-{cluster_id}")).get_by_role("heading", level=3)).to_have_text(YUEQING)


# Quality and history


def test_quality_card_says_what_the_audit_tables_say(page: Page, ask) -> None:
    ((passed, asked, repairs, lines, conserved),) = ask(
        """
        select
            (select count(*) filter (outcome = 'pass') from audit.gate_results), (select count(*) from audit.gate_results),
            (select count(*) from audit.repairs), (select sum(line_count) from marts.dim_sources),
            100 * (select count(*) from audit.line_ledger) / (select sum(line_count) from marts.dim_sources)
        """
    )
    cards = page.locator("#quality .cards > div")
    expect(cards.nth(0)).to_contain_text(f"{passed} of {asked}")
    expect(cards.nth(1)).to_contain_text("103 of 103")
    expect(cards.nth(2).locator(".big")).to_contain_text(str(repairs))
    expect(cards.nth(3).locator(".big")).to_contain_text(f"{conserved:g} %")
    expect(cards.nth(3)).to_contain_text(f"of {lines} source lines")
    expect(page.locator(".strip div", has_text="held back")).to_contain_text(str(ask("select count(*) from audit.quarantine")[0][0]))
    suites = cards.nth(0).locator("details")
    suites.locator("summary").first.click()
    expect(suites.first).to_contain_text("marts.fct_cluster_listings")


def test_history_says_what_each_release_changed(window, released: Path, tmp_path: Path) -> None:
    history = [
        HistoryEntry("2" * 16, "", 2, 102, ("new document: Three clusters", "clusters: 2 added, 1 changed")),
        HistoryEntry("1" * 16, "2026-01-02T03:04:05.000+00:00", 1, 100, ("first release",)),
    ]
    build_site(released / "current" / "jiqun.duckdb", tmp_path / "index.html", release_id="2" * 16, history=history)
    page = window()
    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_role("link", name="Releases", exact=True).click()
    entries = page.locator(".history li")
    expect(entries.first).to_be_in_viewport()
    expect(entries).to_contain_text(["clusters: 2 added, 1 changed", "2026-01-02 03:04 UTC"])


# Without script, on a phone, in the dark, for everybody


def test_without_script_everything_can_be_read(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    assert len(names(page)) == 102
    expect(page.locator("#filters")).to_be_hidden()
    page.locator('.map a[data-p="320000"]').click(position={"x": 30, "y": 30})
    expect(page.locator("#p-320000")).to_be_in_viewport()
    page.get_by_role("link", name=YUEQING).click()
    expect(record(page).locator("mark").first).to_be_visible()
    record(page).get_by_role("link", name="Close").click()
    expect(record(page)).to_have_count(0)


def test_phone_shows_everything_within_its_width(opened: Opened) -> None:
    page = opened(viewport=PHONE, is_mobile=True, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.get_by_label("Search").fill("乐清")
    page.get_by_role("link", name=YUEQING).tap()
    box = record(page).bounding_box()
    assert (box["x"], box["width"]) == (0, PHONE["width"])
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    overflowing = "[...document.querySelectorAll('.record:target *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
    assert page.evaluate(overflowing) == 0


def test_dark_is_dark_and_light_is_light(opened: Opened) -> None:
    for scheme, brightness in (("light", range(200, 256)), ("dark", range(60))):
        paper = opened(color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        assert all(int(value) in brightness for value in re.findall(r"\d+", paper)[:3]), (scheme, paper)


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESKTOP), ("dark", DESKTOP), ("dark", PHONE)])
def test_axe_finds_no_violation(opened: Opened, scheme: str, viewport: dict) -> None:
    page = opened(color_scheme=scheme, viewport=viewport)
    assert_accessible(page)
    page.select_option("#p", "330000")
    page.get_by_role("link", name=YUEQING).click()
    assert_accessible(page)


def assert_accessible(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


# Large, hostile, served


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of 1,202 clusters, whose rows and records are packed."""
    folder = tmp_path_factory.mktemp("large")
    target = folder / "index.html"
    build_site(build_release(folder / "jiqun.duckdb", 1200), target, release_id="3" * 16, history=[])
    return target.as_uri()


def test_large_release_unpacks_searches_pages_and_opens_records(window, large: str) -> None:
    page = window()
    page.goto(large)
    expect(page.locator("#count")).to_have_text("1,202 clusters")
    assert len(names(page)) == PAGE_SIZE
    page.get_by_role("button", name="Show more").click()
    assert len(names(page)) == 2 * PAGE_SIZE
    page.get_by_label("Search").fill("乐清")
    assert 0 < len(names(page)) < PAGE_SIZE
    page.locator("#table tbody a").last.click()
    expect(record(page).locator("mark").first).to_be_visible()


def test_text_of_a_source_runs_nothing_in_the_page(window, tmp_path: Path) -> None:
    hostile = """<img src=x onerror=alert(1)><script>alert(2)</script>"' onmouseover=alert(3) \u202edesrever"""
    database = build_release(tmp_path / "jiqun.duckdb", 12)
    with duckdb.connect(str(database)) as connection:
        for table, column in (
            ("dim_clusters", "name_en"),
            ("dim_sources", "title"),
            ("dim_localities", "name_zh"),
            ("fct_cluster_listings", "locality_printed"),
        ):
            connection.execute(f"update marts.{table} set {column} = ? || coalesce({column}, '')", [hostile])
        connection.execute("update audit.document_lines set text = ? || text", [hostile])
    build_site(database, tmp_path / "index.html", release_id="4" * 16, history=[])
    page, dialogs = window(), []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_label("Search").fill("onerror")
    page.locator("#table tbody a").first.hover()
    page.locator("#table tbody a").first.click()
    expect(record(page).get_by_role("heading", level=3)).to_contain_text("<script>alert(2)</script>")
    expect(record(page)).to_contain_text("[U+202E]desrever")
    assert dialogs == []


def test_served_page_works_under_the_headers_it_is_served_with(window, released: Path) -> None:
    with serve(Warehouse(released), 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        page = window()
        page.goto(f"http://{HOST}:{server.server_port}/")
        page.get_by_label("Search").fill("乐清")
        assert names(page) == [YUEQING]
        server.shutdown()
