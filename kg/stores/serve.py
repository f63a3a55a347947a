"""A read-only SPARQL endpoint over the embedded store, for a browser or another tool.

The server is Oxigraph's own (`pip install oxigraph`), whose start page is a query editor; before
it stands a door that lets only questions in.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.stores.local import LocalStore
from kg.stores.proxy import Proxy

STARTING = 20.0
"""Seconds within which the server has to answer; it takes a fraction of one."""

_PR_SET_PDEATHSIG = 1


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

    It shows the store as it was at the start. What may come in is told in `kg.stores.proxy`. A
    SIGTERM ends the `with` by SystemExit, unless the program has its own handler.

    Raises:
        StoreError: If there is no store, no `oxigraph` program, or the port is taken.
    """
    folder = Path(folder)
    LocalStore(folder, read_only=True).close()  # says better than the server what is wrong
    program, hidden = oxigraph(), _hidden_host()
    inner = f"{hidden}:{_free_port(hidden)}"
    with (
        _told_to_end(),
        _listening(host, port, inner) as proxy,
        _running(program, folder, inner) as process,
    ):
        threading.Thread(target=proxy.serve_forever, args=(0.1,), daemon=True).start()
        try:
            yield Server(f"http://{host}:{proxy.server_port}", process)
        finally:
            proxy.shutdown()


def _listening(host: str, port: int, inner: str) -> Proxy:
    try:
        return Proxy(host, port, inner)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        reason = "is taken by another program" if taken else f"cannot be used ({error.strerror})"
        raise StoreError(f"port {port} {reason}; name another with --port") from error
    except OverflowError as error:
        raise StoreError(f"port {port}: there are ports from 1 to 65535; 0 takes one") from error


@contextlib.contextmanager
def _told_to_end() -> Iterator[None]:
    """SIGTERM raises SystemExit, so that the server is ended too; without, it would live on."""
    if not _in_main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _exit)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _exit(number: int, _: object) -> None:
    raise SystemExit(128 + number)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _ending_with_us() -> Callable[[], None] | None:
    """What a child does first so that the system ends it when this process is killed; Linux only.

    The system looks at the thread that started the child, hence the main one only.
    """
    if not sys.platform.startswith("linux") or not _in_main_thread():
        return None
    prctl = ctypes.CDLL(None).prctl  # found here: little is safe between fork and exec

    def end_with_parent() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM.value)

    return end_with_parent


@contextlib.contextmanager
def _running(program: str, folder: Path, address: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [
            program,
            "serve-read-only",
            f"--location={folder}",
            f"--bind={address}",
            "--union-default-graph",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_ending_with_us(),
    )
    try:
        _wait_for(process, f"http://{address}")
        yield process
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


def _hidden_host() -> str:
    """An address of this machine that no web page guesses, where the system has several."""
    if not sys.platform.startswith("linux"):
        return "127.0.0.1"
    return ".".join(["127", *(str(1 + secrets.randbelow(254)) for _ in range(3))])


def _free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + STARTING
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise StoreError(f"Oxigraph's server did not start (status {process.returncode})")
        try:
            # whoever holds the port may say nothing: ask briefly, then look at our process again
            with opener.open(f"{url}/query?query=ASK%7B%7D", timeout=1.0):
                pass
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise StoreError(f"Oxigraph's server does not answer within {STARTING:g} seconds")
