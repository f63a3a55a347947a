"""A headless browser that opens pages from files, and tells what they did."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any


class Browser:
    """Opens pages from files, and tells what they did."""

    def __init__(self, driver: Any, folder: Path) -> None:
        self.driver = driver
        self._folder = folder
        self._opened = 0

    def open(self, html: str, fragment: str = "") -> None:
        """Opens a page and waits until it is ready."""
        self._opened += 1
        path = self._folder / f"page-{self._opened}.html"
        path.write_text(html, "utf-8")
        self.visit(path.as_uri() + fragment)

    def visit(self, address: str) -> None:
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(address)
        self.wait("document.body.dataset.ready")

    def run(self, script: str, *values: object) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script, *values)

    def wait(self, condition: str, seconds: float = 15) -> None:
        """Waits until a JavaScript expression is true."""
        end = time.monotonic() + seconds
        while not self.run(f"return Boolean({condition})"):
            assert time.monotonic() < end, f"{condition}: {self.messages()}"
            time.sleep(0.02)

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def text(self, selector: str) -> str:
        """The text of an element, seen or not."""
        return str(self.run("return document.querySelector(arguments[0]).textContent", selector))

    def counts(self) -> tuple[int, int, int]:
        """Nodes, edges and statements that are shown."""
        found = self.run("return kgPage.counts")
        return found["nodes"], found["edges"], found["statements"]

    def click(self, selector: str) -> None:
        self.find(selector).click()

    def press(self, selector: str, *keys: str) -> None:
        self.find(selector).send_keys(*keys)

    def messages(self) -> list[str]:
        """Errors and warnings of the console since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Addresses on a network that were asked for since the page was opened."""
        entries = [json.loads(e["message"])["message"] for e in self.driver.get_log("performance")]
        sent = [e["params"] for e in entries if e["method"] == "Network.requestWillBeSent"]
        addresses = [params["request"]["url"] for params in sent]
        return [a for a in addresses if a.startswith(("http:", "https:", "ws:", "wss:", "ftp:"))]
