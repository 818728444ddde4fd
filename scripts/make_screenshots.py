"""Pictures of the atlas for the README, made from the sample reports: docs/images/*.png.

Run after a change to the pages: `.venv/bin/python scripts/make_screenshots.py`. Needs Chromium and Chinese fonts
(apt-get install chromium fonts-noto-cjk).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
IMAGES = PROJECT / "docs" / "images"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDTH, HEIGHT = 1280, 800
# File, page and language. Of the report, the place where its first number stands.
PICTURES = (
    ("overview", "index.html", "en"),
    ("overview.zh", "index.html", "zh"),
    ("region", "region/320813.html", "en"),
    ("report", "report/*.html", "en"),
    ("compare", "compare.html", "en"),
)


def main() -> None:
    chromium = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
    if chromium is None:
        sys.exit("There is no Chromium: apt-get install chromium fonts-noto-cjk")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        gongkai = Path(sys.executable).with_name("gongkai")
        command = [gongkai, "run", "--quiet", "--inbox", PROJECT / "warehouse" / "inbox", "--warehouse", folder]
        subprocess.run(command, check=True)
        take(chromium, Path(folder) / "atlas")


def take(chromium: str, atlas: Path) -> None:
    """All pictures, of pages in their light colours."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        for name, path, language in PICTURES:
            # The page with most to show, where the path names several.
            file = max(atlas.glob(path), key=lambda found: found.stat().st_size)
            page.goto(f"{file.as_uri()}?lang={language}")
            page.wait_for_load_state("networkidle")
            if name == "report":
                number = page.locator(".text a.n").nth(1)
                number.scroll_into_view_if_needed()
                number.hover()
            page.screenshot(path=IMAGES / f"{name}.png")
            print(IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
