"""The door of `kg serve`: lets questions through to a SPARQL server on this machine, nothing else.

A web page can send requests to servers on the reader's own machine, and after DNS rebinding read
their answers as its own. So only requests that name this machine as their host come in, none that
writes, and no query that would make the server call another machine or overflow its stack.
"""

from __future__ import annotations

import contextlib
import http.client
import logging
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kg.errors import QueryError
from kg.queries.querytext import offline

log = logging.getLogger(__name__)

QUERY_PATHS = frozenset(("/query", "/sparql"))
READ_PATHS = frozenset(("/", "/yasgui.min.js", "/yasgui.min.css", "/logo.svg", "/store"))
"""What else may be read: Oxigraph's query page, and graphs as a whole."""

HOSTS = frozenset(("localhost", "127.0.0.1", "::1"))

MOST_BYTES = 10_000_000
"""Longest body of a request."""

MOST_CHARACTERS = 15_000
OPERATORS = "!+-*/|&^"
MOST_OPERATORS = 3_000
"""Of a query: the parser calls itself for each link of a chain, and some 8,000 links overflow its
stack.
"""

HEADERS = {
    # the query page would fetch lists of prefixes from elsewhere
    "Content-Security-Policy": "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'",
    "X-Content-Type-Options": "nosniff",
}

_BLOCK = 64 * 1024
_MOST_DIGITS = 20
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"

Pairs = list[tuple[str, str]]


class Proxy(ThreadingHTTPServer):
    """Listens at `host` and `port` (0: a free one), and asks the server at `inner`.

    Raises:
        OSError: If the port is taken.
    """

    daemon_threads = True

    def __init__(self, host: str, port: int, inner: str):
        self.inner = inner
        self.hosts = HOSTS | {host}
        super().__init__((host, port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Note that a reader went away in the middle of an answer."""
        log.debug("a request of %s ended early", client_address, exc_info=True)


class _Refused(Exception):
    """Why a request is not passed on, and with which status."""

    def __init__(self, status: int, reason: str):
        super().__init__(reason)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Proxy

    def do_any(self) -> None:
        """Pass the request on, or say why not."""
        try:
            body = self._body()  # read in any case, or the answer would be lost with it
            self._check_host()
            self._pass_on(body)
        except _Refused as refusal:
            self._say(refusal.status, str(refusal))

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_any

    def _body(self) -> bytes:
        size = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not (size.isascii() and size.isdecimal()):
            raise _Refused(411, "a request with a body says its length")
        if len(size) > _MOST_DIGITS:  # Python reads no number of thousands of digits
            raise _Refused(400, "the length of the request is no number that can be")
        if int(size) > MOST_BYTES:
            raise _Refused(413, f"{int(size):,} bytes are more than the {MOST_BYTES:,} taken here")
        return self.rfile.read(int(size))

    def _check_host(self) -> None:
        given = self.headers.get_all("Host") or ["nobody"]
        try:
            names = {urllib.parse.urlsplit(f"//{host}").hostname for host in given}
        except ValueError:  # half an IPv6 address
            names = {None}
        if not names <= self.server.hosts:
            raise _Refused(403, f"this server answers to localhost, not to {given[0]}")

    def _pass_on(self, body: bytes) -> None:
        url = urllib.parse.urlsplit(self.path)
        if self.command in ("GET", "HEAD") and url.path in READ_PATHS:
            self._forward(self.command, f"{url.path}?{url.query}" if url.query else url.path)
        elif url.path in QUERY_PATHS and self.command in ("GET", "HEAD", "POST"):
            self._ask(url, body)
        elif url.path in READ_PATHS | QUERY_PATHS | {"/update"}:
            raise _Refused(403, "this server is for reading only")
        else:
            raise _Refused(404, f"{url.path}: not here; queries go to /query")

    def _ask(self, url: urllib.parse.SplitResult, body: bytes) -> None:
        """Send the query on in a form made anew, so that it is the one that was judged."""
        pairs = urllib.parse.parse_qsl(url.query, keep_blank_values=True)
        if self.command == "POST":
            pairs += self._posted(body)
        if not pairs:
            return self._forward(self.command, url.path)  # the description of the service
        queries = [value for name, value in pairs if name == "query"]
        if len(queries) != 1 or any(name == "update" for name, _ in pairs):
            raise _Refused(400, "one query and no update is what can be asked at once")
        if (
            len(queries[0]) > MOST_CHARACTERS
            or sum(queries[0].count(sign) for sign in OPERATORS) > MOST_OPERATORS
        ):
            raise _Refused(400, f"the query is too long: {MOST_CHARACTERS} characters can be")
        try:
            offline(queries[0])
        except QueryError as error:
            raise _Refused(400, str(error)) from error
        return self._forward("POST", url.path, urllib.parse.urlencode(pairs).encode("ascii"))

    def _posted(self, body: bytes) -> Pairs:
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _Refused(400, f"the request is not UTF-8: {error}") from error
        kind = self.headers.get_content_type()
        if kind == _QUERY:
            return [("query", text)]
        if kind == _FORM:
            return urllib.parse.parse_qsl(text, keep_blank_values=True)
        raise _Refused(415, f"a query comes as {_FORM} or {_QUERY}")

    def _forward(self, method: str, path: str, form: bytes | None = None) -> None:
        headers = {"Accept": self.headers.get("Accept", "*/*")}
        if form is not None:
            headers["Content-Type"] = _FORM
        inner = http.client.HTTPConnection(self.server.inner)
        with contextlib.closing(inner):
            try:
                inner.request(method, path, body=form, headers=headers)
                answer = inner.getresponse()
            except (OSError, http.client.HTTPException) as error:
                raise _Refused(502, f"the store does not answer: {error}") from error
            self._give(answer)

    def _give(self, answer: http.client.HTTPResponse) -> None:
        self.send_response(answer.status)
        length = answer.getheader("Content-Length")
        chunked = length is None and self.request_version >= "HTTP/1.1"
        framing = {"Transfer-Encoding": "chunked"} if chunked else {"Content-Length": length}
        if not chunked:
            self.close_connection = length is None
        kind = {"Content-Type": answer.getheader("Content-Type")}
        for name, value in {**HEADERS, **kind, **framing}.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        while block := answer.read1(_BLOCK):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(block), block) if chunked else block)
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _say(self, status: int, reason: str) -> None:
        body = f"{reason}\n".encode()
        self.close_connection = True
        self.send_response(status)
        headers = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}
        for name, value in {**HEADERS, **headers, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Log what the standard library would print."""
        log.debug(format, *args)
