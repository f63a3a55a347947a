"""A read-only SPARQL endpoint over the embedded store, for a browser or another tool.

The server is Oxigraph's own (`pip install oxigraph`), whose start page is a query editor.
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.stores.local import LocalStore

STARTING = 20.0
"""Seconds within which the server has to answer; it takes a fraction of one."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running endpoint: `url` is the query page, `query_url` speaks SPARQL 1.1 Protocol."""

    url: str
    process: subprocess.Popen[bytes]

    @property
    def query_url(self) -> str:
        """Where queries go; without GRAPH they ask the union of all graphs."""
        return f"{self.url}/query"

    def wait(self) -> None:
        """Return when the server has ended.

        Raises:
            StoreError: If it ended by itself, in error.
        """
        if status := self.process.wait():
            raise StoreError(f"{self.url}: the server ended with status {status}")


@contextlib.contextmanager
def serving(folder: Path | str, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[Server]:
    """A server over the store in `folder` until the end of the `with`; port 0 takes a free one.

    It shows the store as it was at the start, and nothing can be written through it.

    Raises:
        StoreError: If there is no store, no `oxigraph` program, or the port is taken.
    """
    folder = Path(folder)
    LocalStore(folder, read_only=True).close()  # says better than the server what is wrong
    address = f"{host}:{port or _free_port(host)}"
    process = subprocess.Popen(
        [
            oxigraph(),
            "serve-read-only",
            f"--location={folder}",
            f"--bind={address}",
            "--union-default-graph",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        server = Server(f"http://{address}", process)
        _wait_for(server)
        yield server
    finally:
        process.terminate()
        process.wait()


def oxigraph() -> str:
    """The path of the `oxigraph` program, beside this Python or on the PATH.

    Raises:
        StoreError: If it is not installed.
    """
    here = str(Path(sys.executable).parent)
    if found := shutil.which("oxigraph", path=here) or shutil.which("oxigraph"):
        return found
    raise StoreError("the program `oxigraph` is not installed: pip install oxigraph")


def _free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(server: Server) -> None:
    deadline = time.monotonic() + STARTING
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise StoreError(f"{server.url}: the server did not start; is the port taken?")
        try:
            # whoever holds the port may say nothing: ask briefly, then look at our process again
            with opener.open(server.query_url + "?query=ASK%7B%7D", timeout=1.0):
                pass
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise StoreError(f"{server.url}: the server does not answer")
