"""A headless browser for the tests of the page; they are skipped where none is installed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from page_browser import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1440,900",
)


@pytest.fixture(scope="session")
def make_browser(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., Browser]]:
    """Starts a browser with further flags; it is closed with the session."""
    webdriver = pytest.importorskip(
        "selenium.webdriver", reason="wants selenium (the extra 'browser') to drive a browser"
    )
    binary = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("wants chromium and chromedriver (Debian: chromium, chromium-driver)")
    started: list[Any] = []

    def start(*flags: str) -> Browser:
        folder = tmp_path_factory.mktemp("browser")
        options = webdriver.ChromeOptions()
        options.binary_location = binary
        for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}", *flags):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = webdriver.ChromeService(executable_path=driver)
        started.append(webdriver.Chrome(options=options, service=service))
        return Browser(started[-1], folder)

    yield start
    for one in started:
        one.quit()


@pytest.fixture(scope="session")
def shared_browser(make_browser: Callable[..., Browser]) -> Browser:
    return make_browser()


@pytest.fixture
def browser(shared_browser: Browser) -> Iterator[Browser]:
    """A browser; the test fails if the page wrote to the console or asked for anything."""
    yield shared_browser
    assert shared_browser.messages() == []
    assert shared_browser.requests() == []
