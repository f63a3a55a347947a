"""Take the picture of a page that the README shows.

    python tests/visual/screenshot.py graphs/demo/graph.html graphs/demo-page.png [--select NAME]

Wants chromium, chromedriver and selenium; with Pillow the file is smaller.
"""

from __future__ import annotations

import argparse
import base64
import io
import shutil
import tempfile
import time
from pathlib import Path

from conftest import BROWSERS, FLAGS
from page_browser import Browser
from selenium import webdriver

ENTER = "\ue007"


def picture(page: Path, select: str, *, width: int, height: int) -> bytes:
    """The page as PNG, in the light theme, with an actor or agreement selected."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        options = webdriver.ChromeOptions()
        options.binary_location = next(filter(None, map(shutil.which, BROWSERS)))
        for flag in (*FLAGS, f"--user-data-dir={name}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
        driver = webdriver.Chrome(options=options, service=service)
        try:
            screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
            light = [{"name": "prefers-color-scheme", "value": "light"}]
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": light})
            browser = Browser(driver, Path(name))
            browser.visit(page.resolve().as_uri())
            browser.press("#search", select, ENTER)
            browser.run("document.activeElement.blur()")
            time.sleep(1)  # the view may still move
            shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
            return base64.b64decode(shot["data"])
        finally:
            driver.quit()


def smaller(png: bytes) -> bytes:
    """The same picture in fewer bytes, if Pillow is there."""
    try:
        from PIL import Image
    except ImportError:
        return png
    with Image.open(io.BytesIO(png)) as image:
        out = io.BytesIO()
        image.convert("RGB").save(out, "PNG", optimize=True)
    return min(png, out.getvalue(), key=len)


def main() -> None:
    """Take the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--select", default="Belmora", help="actor or agreement to select")
    parser.add_argument("--width", type=int, default=1400)
    parser.add_argument("--height", type=int, default=900)
    given = parser.parse_args()
    png = picture(given.page, given.select, width=given.width, height=given.height)
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_bytes(smaller(png))


if __name__ == "__main__":
    main()
