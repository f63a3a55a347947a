"""Our page beside the stock page of pyvis, on the same networks in the same headless browser.

    python tests/benchmarks/page.py [--patience 120] [--sizes 500/1500 5000/15000]

Prints, for each size, seconds of processor time to make the page, its bytes, seconds from opening
it until it can be used (median of three), and the ratio. Ours can be used when actors and labels
are drawn and a search for an actor has opened its evidence; the stock page when its loading bar is
gone. "Stock, still" is the stock page without arranging by forces, at our positions. The stock page
asks for two files on a network; it is given as little of one as the machine has.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
from pyvis.network import Network
from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException

from kg.visual.page import page
from kg.visual.payload import payload
from kg.visual.selection import selection

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "visual"))
from conftest import BROWSERS, FLAGS
from page_networks import random_network

OURS_READY = "window.kgPage && document.body.dataset.ready && kgPage.labels.length > 0"
STOCK_READY = (
    "typeof network !== 'undefined' && (!document.getElementById('loadingBar') ||"
    " document.getElementById('loadingBar').style.display === 'none')"
)
SELECT = """
const box = document.getElementById('search');
box.value = 'Office of Affairs 3';
box.dispatchEvent(new Event('input'));
box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'}));
return document.querySelectorAll('#panel .evidence').length;
"""


def ours(network: nx.MultiDiGraph[str]) -> str:
    """Our page with all vertices."""
    return page(network, title="Benchmark", max_nodes=network.number_of_nodes())


def stock(network: nx.MultiDiGraph[str]) -> str:
    """The page of pyvis as it comes, with the words of the first statement as title of a link."""
    drawn = Network(directed=True, cdn_resources="in_line")
    for iri, data in network.nodes(data=True):
        drawn.add_node(iri, label=data["label"], title=data["type"], group=data["type"])
    for source, target, data in network.edges(data=True):
        words = "\n".join(e.words for e in data["evidence"])
        drawn.add_edge(source, target, title=words, label=data["relation"])
    return str(drawn.generate_html())


def stock_still(network: nx.MultiDiGraph[str]) -> str:
    """The page of pyvis without forces, with the positions that our page has."""
    chosen = selection(network, max_nodes=network.number_of_nodes())
    places = {v.iri: row for v, row in zip(chosen.vertices, payload(chosen).nodes, strict=True)}
    drawn = Network(directed=True, cdn_resources="in_line")
    drawn.toggle_physics(False)
    for iri, data in network.nodes(data=True):
        x, y = places[iri]["x"], places[iri]["y"]
        drawn.add_node(iri, label=data["label"], title=data["type"], x=x, y=y, physics=False)
    for source, target, data in network.edges(data=True):
        words = "\n".join(e.words for e in data["evidence"])
        drawn.add_edge(source, target, title=words, label=data["relation"])
    return str(drawn.generate_html())


def driver(folder: Path) -> Any:
    """A fresh headless browser."""
    options = webdriver.ChromeOptions()
    options.binary_location = next(filter(None, map(shutil.which, BROWSERS)))
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.page_load_strategy = "none"
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    return webdriver.Chrome(options=options, service=service)


def opening(html: str, ready: str, patience: float, then: str | None = None) -> float | None:
    """Seconds until a page can be used; `None` if it cannot within the patience."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        path = Path(name) / "page.html"
        path.write_text(html, encoding="utf-8")
        browser = driver(Path(name))
        try:
            browser.get("about:blank")
            browser.set_script_timeout(patience)
            start = time.perf_counter()
            browser.get(path.as_uri())
            while time.perf_counter() - start < patience:
                if _is(browser, ready):
                    if then is not None:
                        assert browser.execute_script(then) > 0
                    browser.execute_async_script("requestAnimationFrame(() => arguments[0]())")
                    return time.perf_counter() - start
                time.sleep(0.01)
            return None
        finally:
            browser.quit()


def _is(browser: Any, condition: str) -> bool:
    try:
        return bool(browser.execute_script(f"return Boolean({condition})"))
    except (TimeoutException, WebDriverException):  # still loading, or too busy to answer
        return False


def measured(
    name: str,
    make: Callable[[nx.MultiDiGraph[str]], str],
    network: nx.MultiDiGraph[str],
    patience: float,
    runs: int,
) -> float | None:
    """Measure one kind of page and print a line; the seconds until it can be used."""
    start = time.process_time()
    html = make(network)
    built = time.process_time() - start
    ready, then = (OURS_READY, SELECT) if make is ours else (STOCK_READY, None)
    times = [opening(html, ready, patience, then) for _ in range(runs)]
    known = [t for t in times if t is not None]
    usable = statistics.median(known) if len(known) == runs else None
    told = f"{usable:7.2f} s" if usable is not None else f"> {patience:5.0f} s"
    print(f"  {name:13} built {built:5.2f} s  {len(html.encode()) / 1e6:5.2f} MB  usable {told}")  # noqa: T201
    return usable


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patience", type=float, default=120, help="seconds to wait for a page")
    parser.add_argument("--sizes", nargs="+", default=["500/1500", "5000/15000"])
    parser.add_argument(
        "--runs", type=int, default=3, help="of ours; the stock page is opened once"
    )
    given = parser.parse_args()
    page(random_network(5, 5), title="warm")
    for size in given.sizes:
        nodes, edges = map(int, size.split("/"))
        network = random_network(nodes, edges)
        print(f"{nodes:,} nodes, {edges:,} links")  # noqa: T201
        own = measured("ours", ours, network, given.patience, given.runs)
        still = measured("stock, still", stock_still, network, given.patience, 1)
        plain = measured("stock", stock, network, given.patience, 1)
        if own:
            ratios = [(given.patience if t is None else t) / own for t in (plain, still)]
            sign = "at least " if plain is None else ""
            print(f"  stock takes {sign}{ratios[0]:.0f} times as long, still {ratios[1]:.1f} times")  # noqa: T201


if __name__ == "__main__":
    main()
