"""HTTP to a triplestore with the standard library: sign-in, repeats, and refusals in words.

Secrets leave in the Authorization header and nowhere else: no message or log line holds them, not
even where a server repeats them.
"""

from __future__ import annotations

import html
import http.client
import logging
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit, urlunsplit

from kg.errors import StoreError
from kg.stores.credentials import WHERE_CREDENTIALS, Auth, Credentials, credentials
from kg.stores.parts import Body

log = logging.getLogger(__name__)

WAITS = (0.2, 1.0, 3.0)
"""Seconds before each repeat of a request that a passing fault stopped."""

TIMEOUT = 300.0
"""Seconds of silence until a server is taken for dead; indexing a large graph takes minutes."""

_PASSING = frozenset({408, 429, 502, 503, 504})
_SHOWN = 200  # characters of a server's message that a person reads


class Refused(StoreError):
    """The server answered, with a status that means no."""

    def __init__(self, message: str, status: int):
        super().__init__(message)
        self.status = status


class Unreachable(StoreError):
    """No answer came: nobody listens, the line broke, or the server keeps failing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said, with a status that means yes."""

    status: int
    body: bytes


class Transport:
    """Sends requests to one server, signed as `auth` says.

    Requests must be safe to repeat, since a broken line leaves open whether one arrived.
    """

    def __init__(
        self,
        url: str,
        *,
        auth: Auth | None = None,
        timeout: float = TIMEOUT,
        waits: Collection[float] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self.server = shown_url(url)
        self._auth = auth
        self._timeout = timeout
        self._waits = WAITS if waits is None else tuple(waits)
        self._sleep = sleep
        host = urlsplit(url).hostname or ""
        self._credentials = credentials(auth, host) if auth else None
        self._reached = False
        self._challenges: dict[str, dict[str, str]] = {}
        self._digest = _digest_handler(self._credentials)
        self._opener = _opener(direct=_is_loopback(host))
        if auth and urlsplit(url).scheme == "http" and not _is_loopback(host):
            log.warning("%s: credentials travel unencrypted; use https where you can", self.server)

    def send(
        self,
        method: str,
        url: str,
        *,
        body: Body | None = None,
        headers: Mapping[str, str] | None = None,
        also: Collection[int] = (),
    ) -> Answer:
        """The server's answer; statuses in `also` count as success besides those below 300.

        A server that never answered yet is not waited for: its address is rather wrong.

        Raises:
            Refused: If the server says no.
            Unreachable: If no answer came, after all repeats.
        """
        waits = list(self._waits)
        while True:
            try:
                return self._signed(method, url, body, headers or {}, also)
            except _Passing as fault:
                if not waits or not self._reached:
                    raise Unreachable(f"{shown_url(url)}: {fault}") from fault
                log.info("%s: %s; trying again", shown_url(url), fault)
            self._sleep(waits.pop(0))

    def _signed(
        self,
        method: str,
        url: str,
        body: Body | None,
        headers: Mapping[str, str],
        also: Collection[int],
    ) -> Answer:
        """One request, or two where a digest challenge has to be met first."""
        fresh = False
        while True:
            request = _request(method, url, body, headers)
            self._sign(request)
            answer = self._once(request, body)
            if answer.status < 300 or answer.status in also:
                return Answer(answer.status, answer.body)
            challenge = answer.challenge if self._auth == "digest" else None
            if answer.status == 401 and challenge and not fresh:
                self._challenges[urlsplit(url).path] = challenge
                fresh = True
                continue
            if answer.status in _PASSING:
                raise _Passing(f"{answer.status} {self._said(answer)}".strip())
            raise Refused(self._refusal(answer, url, body), answer.status)

    def _sign(self, request: urllib.request.Request) -> None:
        if self._credentials is None:
            return
        secret = self._credentials.secret
        if self._auth == "bearer":
            value = f"Bearer {secret}"
        elif self._auth == "basic":
            value = f"Basic {self._credentials.base64}"
        else:
            challenge = self._challenges.get(urlsplit(request.full_url).path)
            # a challenge once met signs later requests at once: no body goes out twice
            signature = challenge and self._digest.get_authorization(request, challenge)
            if not signature:
                return
            value = f"Digest {signature}"
        request.add_unredirected_header("Authorization", value)

    def _once(self, request: urllib.request.Request, body: Body | None) -> _Reply:
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                self._reached = True
                return _Reply(response.status, response.read(), response.headers)
        except urllib.error.HTTPError as error:
            self._reached = True
            with error:
                return _Reply(error.code, _read_some(error), error.headers)
        except (OSError, http.client.HTTPException) as error:
            raise _Passing(_line_fault(error, body, self._timeout)) from error

    def _said(self, reply: _Reply) -> str:
        """The server's own words: one line, no markup, no control characters, no secret."""
        text = plain_line(reply.body.decode("utf-8", errors="replace"))
        if self._credentials is not None:
            for secret in (self._credentials.secret, self._credentials.base64):
                text = text.replace(secret, "***") if secret else text
        return text[:_SHOWN]

    def _refusal(self, reply: _Reply, url: str, body: Body | None) -> str:
        reason = http.client.responses.get(reply.status, "")
        what = f"{shown_url(url)}: {reply.status} {reason}".rstrip()
        said = self._said(reply)
        advice = _advice(reply, self._auth, body)
        return "; ".join(part for part in (f"{what} ({said})" if said else what, advice) if part)


class _Passing(Exception):
    """A fault that may be gone in a moment."""


class _Reply:
    def __init__(self, status: int, body: bytes, headers: Message):
        self.status = status
        self.body = body
        self.headers = headers

    @property
    def schemes(self) -> list[str]:
        """The ways to sign in that the server names."""
        offers = self.headers.get_all("WWW-Authenticate") or []
        return [offer.split(" ", 1)[0].lower() for offer in offers]

    @property
    def challenge(self) -> dict[str, str] | None:
        for offer in self.headers.get_all("WWW-Authenticate") or []:
            scheme, _, rest = offer.partition(" ")
            if scheme.lower() == "digest":
                items = [item for item in urllib.request.parse_http_list(rest) if item]
                return urllib.request.parse_keqv_list(items)
        return None


def checked_url(url: str) -> str:
    """The URL, if it may be used: http or https, a host, and no credentials in it.

    Raises:
        StoreError: Otherwise; the message shows the URL without its secrets.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StoreError(
            f"{shown_url(url)}: a store's URL begins with http:// or https:// and a host"
        )
    if parts.username is not None or parts.password is not None:
        raise StoreError(
            f"{shown_url(url)}: no credentials in the URL, where logs would keep them; "
            f"use {WHERE_CREDENTIALS}"
        )
    return url


def shown_url(url: str) -> str:
    """The URL without user, password, query and fragment."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def plain_line(text: str) -> str:
    """The first line of words in an answer, be it HTML, JSON or text."""
    text = re.sub(r"(?is)<(head|style|script)\b.*?</\1\s*>|<!--.*?-->", " ", text)
    text = html.unescape(re.sub(r"<[^<>]*>", "\n", text))
    lines = (
        " ".join("".join(c if c.isprintable() else " " for c in line).split())
        for line in text.splitlines()
    )
    return next((line for line in lines if any(c.isalnum() for c in line)), "")


def _advice(reply: _Reply, auth: Auth | None, body: Body | None) -> str:
    """What to do about a status, where we know."""
    status = reply.status
    if status == 401:
        return _sign_in_advice(reply.schemes, auth)
    if status == 403:
        return "this user may not do that here; use one who may write"
    if status in (404, 405, 501):
        return "is the URL the base of the store, and --store the right kind?"
    if status == 413:
        size = f"{body.size:,} bytes are" if body else "the request is"
        return f"{size} more than the server or a proxy takes: raise its limit, {_BULK}"
    if 300 <= status < 400:
        return f"it moved to {shown_url(reply.headers.get('Location', '?'))}: give that URL"
    return ""


def _sign_in_advice(schemes: Collection[str], auth: Auth | None) -> str:
    wanted = [scheme for scheme in schemes if scheme in ("basic", "digest", "bearer")]
    if auth is None or (wanted and auth not in wanted):
        way = (
            " or ".join(f"--auth {scheme}" for scheme in wanted) or "--auth basic, digest or bearer"
        )
        return f"it wants {way}, with {WHERE_CREDENTIALS}"
    return (
        f"the credentials were not accepted; they come from {WHERE_CREDENTIALS}; "
        f"where they are right, the server may want another --auth than {auth}"
    )


_BULK = "or load in bulk (graphs/LOADING.md)"


def _line_fault(error: Exception, body: Body | None, timeout: float) -> str:
    """Why no answer came."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, ConnectionRefusedError):
        return "connection refused: no server listens there"
    if isinstance(cause, TimeoutError):
        return f"no answer within {timeout:g} seconds"
    if isinstance(cause, (ConnectionError, http.client.HTTPException)):
        return f"the connection broke ({type(cause).__name__}){_size_hint(body)}"
    return str(cause)


def _size_hint(body: Body | None) -> str:
    if body is None or body.size < 1_000_000:
        return ""
    return f"; {body.size:,} bytes may be more than it takes: raise its limit, {_BULK}"


def _request(
    method: str, url: str, body: Body | None, headers: Mapping[str, str]
) -> urllib.request.Request:
    size = {} if body is None else {"Content-Length": str(body.size)}
    request = urllib.request.Request(url, data=body, method=method, headers={**headers, **size})
    request.add_header("User-Agent", "kg-news")
    return request


def _read_some(error: urllib.error.HTTPError) -> bytes:
    with suppress(OSError, http.client.HTTPException):  # a cut-off explanation is still a refusal
        return error.read(64 * 1024)
    return b""


def _digest_handler(who: Credentials | None) -> urllib.request.HTTPDigestAuthHandler:
    """Computes digest signatures; when to send them is decided in `Transport`.

    Left to itself, the handler of the standard library meets a challenge anew for every request,
    and so sends every body twice.
    """
    return urllib.request.HTTPDigestAuthHandler(_OnePassword(who))


class _OnePassword(urllib.request.HTTPPasswordMgr):
    """Gives the same credentials for every realm; the transport talks to one server only."""

    def __init__(self, who: Credentials | None):
        super().__init__()
        self._who = who

    def find_user_password(self, realm: str, authuri: str) -> tuple[str | None, str | None]:
        return (self._who.user, self._who.secret) if self._who else (None, None)


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


class _Connection(http.client.HTTPConnection):
    """Reads the answer of a server that stops listening in the middle of a body, such as 413."""

    def send(self, data: object) -> None:
        if self.sock is None:
            self.connect()
        with suppress(BrokenPipeError, ConnectionResetError):
            super().send(data)  # type: ignore[arg-type]  # typeshed's union is private


class _SecureConnection(_Connection, http.client.HTTPSConnection):
    """The same over TLS."""


class _HTTP(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Connection, req)


class _HTTPS(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_SecureConnection, req)


def _opener(*, direct: bool) -> urllib.request.OpenerDirector:
    """An opener that follows no redirects: a POST would come back as a GET, with credentials."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler({} if direct else None),
        _HTTP(),
        _HTTPS(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
