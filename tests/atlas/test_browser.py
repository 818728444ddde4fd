"""The pages in a real browser, opened from the disk: no error, no request elsewhere, everything that can be done works,
and axe finds nothing against WCAG 2.2 AA. Skipped, saying so, where there is no Chromium.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, Request

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK, WALL = 390, 1280, 1920
KINDS = (
    "index.html",
    "regions.html",
    "province/32.html",
    "region/620300.html",
    "indicators.html",
    "indicator/requests.received.html",
    "indicator/response.hotlines_merged.html",
    "reports.html",
    "report",
    "findings.html",
    "compare.html",
    "data.html",
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, which fails the test for any error and any request that is not for a file of the disk."""
    context = browser.new_context(viewport={"width": DESK, "height": 900}, locale="en-GB", accept_downloads=True)
    opened = context.new_page()
    wrong: list[str] = []

    def seen(request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            wrong.append(f"request for {request.url}")

    opened.on("request", seen)
    opened.on("requestfailed", lambda request: wrong.append(f"not found: {request.url}"))
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def address(atlas: Path, name: str) -> str:
    """A page's address; `report` is a report of middling length."""
    reports = sorted((atlas / "report").iterdir(), key=lambda file: file.stat().st_size)
    path = reports[len(reports) // 2] if name == "report" else atlas / name
    return path.as_uri()


@pytest.mark.parametrize("name", KINDS)
def test_a_page_opens_without_error_and_axe_finds_nothing(page: Page, atlas: Path, name: str) -> None:
    page.goto(address(atlas, name))
    page.evaluate(AXE)
    for details in page.locator("details").all()[:2]:
        details.evaluate("node => node.open = true")
    for scheme, rules in (("light", RULES), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        result = page.evaluate("rules => axe.run({ runOnly: rules, preload: false })", rules)
        told = [(v["id"], v["nodes"][0]["html"][:200], v["nodes"][0]["failureSummary"]) for v in result["violations"]]
        assert told == []


@pytest.mark.parametrize("width", [PHONE, DESK, WALL])
def test_no_page_is_wider_than_the_screen(page: Page, atlas: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for name in KINDS:
        page.goto(address(atlas, name))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_on_paper_colours_are_light_and_nothing_to_press_is_printed(page: Page, atlas: Path) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    for name in ("region/320813.html", "compare.html"):
        page.goto(address(atlas, name))
        page.wait_for_selector("svg a")
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        accent = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')")
        assert accent.strip() == "#0f5c73"
        assert not [button for button in page.locator("button, select, nav").all() if button.is_visible()]


def test_every_page_opens(page: Page, atlas: Path) -> None:
    # Of each kind a few: a folder's pages are of one template.
    folders = {file.parent for file in atlas.rglob("*.html")}
    for file in [file for folder in sorted(folders) for file in sorted(folder.glob("*.html"))[:9]]:
        page.goto(file.as_uri(), wait_until="domcontentloaded")
        assert page.locator("h1").count() == 1, file
        assert page.title(), file


def test_the_language_is_switched_and_kept_on_other_pages(page: Page, atlas: Path) -> None:
    page.goto(address(atlas, "index.html"))
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title() == "Overview · Gongkai"
    page.get_by_role("button", name="中文").click()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.title() == "总览 · 公开"
    assert page.get_by_text("Government disclosure reports").count() == 1
    assert not page.get_by_text("Government disclosure reports").is_visible()
    page.get_by_role("link", name="指标", exact=True).click()
    assert page.get_by_role("heading", name="指标").is_visible()


def test_the_language_goes_with_a_link_where_the_browser_keeps_nothing(page: Page, atlas: Path) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('none'); } })")
    page.goto(address(atlas, "index.html"))
    page.get_by_role("button", name="中文").click()
    page.get_by_role("link", name="地区", exact=True).click()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


def test_a_number_shows_what_it_is_by_pointer_by_keyboard_and_by_tap(page: Page, atlas: Path) -> None:
    page.goto(address(atlas, "report"))
    panel = page.locator("#panel")
    numbers = page.locator(".text a.n")
    numbers.nth(3).hover()
    assert page.locator(".text a.chosen").count() == 1
    assert panel.get_by_text("Indicator").is_visible()
    assert panel.get_by_text("Rule").is_visible()
    page.locator(".text a.out").first.hover()
    assert panel.get_by_text("Why it is no measured number").is_visible()
    numbers.nth(5).focus()
    assert panel.get_by_text("Period").is_visible()
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": PHONE, "height": 844})
    assert not panel.is_visible()
    numbers.nth(3).click()
    assert panel.is_visible()
    panel.get_by_role("button", name="Close").click()
    assert not panel.is_visible()


def test_a_point_of_a_chart_leads_to_its_sentence(page: Page, atlas: Path) -> None:
    page.goto(address(atlas, "region/320813.html"))
    page.locator("figure.chart svg a").first.click()
    page.wait_for_url("**/report/*.html*")
    assert page.locator(".text a.chosen").is_visible()


def test_a_finding_leads_to_its_number(page: Page, atlas: Path) -> None:
    page.goto(address(atlas, "findings.html"))
    page.get_by_role("link", name="see the sentence").first.click()
    page.wait_for_url("**/report/*.html*")
    assert page.locator(".text a.chosen + .flag, .text a.chosen ~ .flag").first.is_visible()


def test_a_list_is_filtered(page: Page, atlas: Path) -> None:
    page.goto(address(atlas, "reports.html"))
    all_rows = page.locator("#list tbody tr:visible").count()
    page.get_by_label("Filter").fill("南川")
    assert 0 < page.locator("#list tbody tr:visible").count() < all_rows


def test_what_is_chosen_to_compare_is_what_is_shown_and_downloaded(page: Page, atlas: Path, tmp_path: Path) -> None:
    page.goto(f"{address(atlas, 'compare.html')}#indicator=requests.received")
    page.wait_for_selector("#result tbody tr")
    assert page.get_by_label("Indicator").input_value() == "requests.received"
    page.get_by_role("button", name="Clear").click()
    assert page.get_by_text("There is no value for this choice.").is_visible()
    page.get_by_label("江苏省淮安市洪泽区").check()
    page.get_by_label("甘肃省金昌市").check()
    page.get_by_label("From").select_option("2018")
    rows = page.locator("#result tbody tr")
    assert rows.count() == 2
    assert page.locator("#figure svg a").count() == len(page.locator("#result tbody a.value").all())
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    waiting.value.save_as(tmp_path / "shown.csv")
    with (tmp_path / "shown.csv").open(encoding="utf-8-sig", newline="") as stream:
        downloaded = list(csv.DictReader(stream))
    shown = [text.replace(",", "") for text in page.locator("#result tbody a.value").all_inner_texts()]
    assert [row["value"] for row in downloaded] == shown
    assert {row["body"] for row in downloaded} == {"江苏省淮安市洪泽区", "甘肃省金昌市"}
    kept = page.url
    page.goto("about:blank")
    page.goto(kept)
    page.wait_for_selector("#result tbody tr")
    assert rows.count() == 2


def test_a_comparison_can_be_made_in_chinese_too(page: Page, atlas: Path) -> None:
    page.goto(address(atlas, "compare.html") + "?lang=zh")
    page.wait_for_selector("#result tbody tr")
    page.get_by_label("指标").select_option("fees.charged")
    page.wait_for_function("document.querySelector('#result-title').textContent.includes('收')")


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page, atlas: Path) -> None:
    page.goto(address(atlas, "index.html"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
