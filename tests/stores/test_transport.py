"""Requests are signed, repeated and refused as they should be; no secret gets out."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from store_servers import PASSWORD, TOKEN, USER, StubStore, free_port, graph_iri

from kg.errors import StoreError
from kg.stores.parts import Body
from kg.stores.transport import (
    Refused,
    Transport,
    Unreachable,
    checked_url,
    plain_line,
    shown_url,
)

Stub = Callable[..., StubStore]
TRIPLE = Body.of(b'<https://example.test/s> <https://example.test/p> "o" .\n')


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_USER", USER)
    monkeypatch.setenv("KG_STORE_PASSWORD", PASSWORD)
    monkeypatch.setenv("KG_STORE_TOKEN", TOKEN)


def put(stub: StubStore, transport: Transport, body: Body = TRIPLE) -> int:
    url = f"{stub.url}/data?graph={graph_iri(1)}"
    return transport.send(
        "PUT", url, body=body, headers={"Content-Type": "application/n-triples"}
    ).status


class Waits(list[float]):
    """Notes how long it should have slept."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def always(_: object) -> bool:
    return True


# --- signing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("auth", ["basic", "digest", "bearer"])
@pytest.mark.usefixtures("signed_in")
def test_each_way_to_sign_in_opens_the_door(auth, stub_of: Stub) -> None:
    stub = stub_of(auth=auth)
    assert put(stub, Transport(stub.url, auth=auth)) == 201


@pytest.mark.usefixtures("signed_in")
def test_digest_is_asked_for_once_and_then_signs_at_once(stub_of: Stub) -> None:
    stub = stub_of(auth="digest")
    transport = Transport(stub.url, auth="digest")
    for _ in range(3):
        put(stub, transport)
    assert len(stub.seen) == 1 + 3  # one challenge, no body sent twice after it


@pytest.mark.usefixtures("signed_in")
def test_digest_meets_a_new_challenge_when_the_old_one_has_run_out(stub_of: Stub) -> None:
    stub = stub_of(auth="digest")
    transport = Transport(stub.url, auth="digest")
    put(stub, transport)
    stub.nonce = "nonce-2"
    assert put(stub, transport) == 204


@pytest.mark.parametrize("auth", ["basic", "digest", "bearer"])
def test_wrong_secret_is_said_and_not_shown(
    auth, stub_of: Stub, signed_in: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE_PASSWORD", "wrong-Wort-78")
    monkeypatch.setenv("KG_STORE_TOKEN", "wrong-Wort-78")
    stub = stub_of(auth=auth)
    with pytest.raises(Refused, match=r"401 .*not accepted.*KG_STORE_") as refused:
        put(stub, Transport(stub.url, auth=auth))
    assert "wrong-Wort" not in str(refused.value)
    assert len(stub.seen) <= 2  # nobody's account is locked by guessing on


@pytest.mark.parametrize(
    ("given", "wanted"), [(None, "basic"), (None, "digest"), ("basic", "digest")]
)
@pytest.mark.usefixtures("signed_in")
def test_refusal_says_which_way_the_server_wants(given, wanted: str, stub_of: Stub) -> None:
    stub = stub_of(auth=wanted)
    with pytest.raises(Refused, match=f"401 .*--auth {wanted}.*KG_STORE_USER.*netrc"):
        put(stub, Transport(stub.url, auth=given))


@pytest.mark.usefixtures("signed_in")
def test_secret_that_the_server_repeats_is_blotted_out(stub_of: Stub) -> None:
    stub = stub_of()
    transport = Transport(stub.url, auth="basic")
    words = f"Bad header Basic {transport._credentials.base64} for {PASSWORD}"
    stub.fail(always, 400, body=words.encode())
    with pytest.raises(Refused) as refused:
        put(stub, transport)
    assert "Bad header" in str(refused.value)
    assert PASSWORD not in str(refused.value)
    assert transport._credentials.base64 not in str(refused.value)


@pytest.mark.usefixtures("signed_in")
def test_credentials_over_plain_http_are_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    Transport("http://127.0.0.1:1", auth="basic")
    assert not caplog.records
    Transport("http://store.test/", auth="basic")
    assert "unencrypted" in caplog.text
    assert PASSWORD not in caplog.text


# --- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", [f"http://{USER}:{PASSWORD}@store.test/x", f"https://{TOKEN}@x.test"]
)
def test_credentials_in_the_url_are_refused_and_not_shown(url: str) -> None:
    with pytest.raises(StoreError, match="no credentials in the URL") as refused:
        checked_url(url)
    assert PASSWORD not in str(refused.value)
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize("url", ["store.test", "ftp://store.test", "file:///etc/passwd", "http://"])
def test_url_that_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="begins with http"):
        checked_url(url)


def test_shown_url_drops_the_query() -> None:
    assert shown_url(f"https://store.test/a?token={TOKEN}#x") == "https://store.test/a"


def test_redirect_is_told_and_not_followed(stub_of: Stub) -> None:
    stub, other = stub_of(), stub_of()
    stub.fail(always, 301, headers={"Location": f"{other.url}/data?x={TOKEN}"})
    with pytest.raises(Refused, match=f"301 .*moved to {other.url}/data: give that URL") as moved:
        put(stub, Transport(stub.url))
    assert TOKEN not in str(moved.value)
    assert not other.seen


def test_loopback_is_spoken_to_directly(stub_of: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    stub = stub_of()
    assert put(stub, Transport(stub.url)) == 201


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "advice"),
    [(403, "may not do that"), (404, "--store the right kind"), (405, "--store the right kind")],
)
def test_refusal_says_what_to_do(status: int, advice: str, stub_of: Stub) -> None:
    stub = stub_of()
    stub.fail(always, status)
    with pytest.raises(Refused, match=f"{status} .*{advice}"):
        put(stub, Transport(stub.url))


def test_page_of_html_becomes_one_plain_line(stub_of: Stub) -> None:
    stub = stub_of()
    page = b"""<html><head><title>500</title><style>p {}</style></head>
    <body><script>x()</script><h1>Disk &amp; log \x1b[31mfull</h1><p>more</p></body></html>"""
    stub.fail(always, 500, body=page)
    with pytest.raises(Refused) as refused:
        put(stub, Transport(stub.url))
    assert "500 Internal Server Error (Disk & log [31mfull)" in str(refused.value)


def test_endless_message_is_cut() -> None:
    assert plain_line("<p>" + "x" * 10 + "</p>") == "x" * 10
    assert plain_line("<<<>>>") == ""


def test_too_large_a_body_is_explained_though_nobody_read_it(stub_of: Stub) -> None:
    stub = stub_of()
    stub.fail(always, 413, unread=True)
    with pytest.raises(StoreError, match=r"413 .*20,000,000 bytes .*raise its limit.*LOADING\.md"):
        put(stub, Transport(stub.url, waits=()), Body.of(b"x" * 20_000_000))


# --- faults that pass -----------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 502, 503, 504, 0])
def test_passing_fault_is_tried_again(status: int, stub_of: Stub) -> None:
    stub, waits = stub_of(), Waits()
    transport = Transport(stub.url, sleep=waits)
    put(stub, transport)
    stub.fail(always, status, times=2)
    assert put(stub, transport) == 204
    assert waits == [0.2, 1.0]
    assert stub.seen[-1].body == b"".join(TRIPLE)  # whole again, each time


@pytest.mark.parametrize("status", [503, 0])
def test_lasting_fault_ends_after_a_few_tries(status: int, stub_of: Stub) -> None:
    stub, waits = stub_of(), Waits()
    transport = Transport(stub.url, sleep=waits)
    put(stub, transport)
    stub.fail(always, status, times=99, body=b"overloaded")
    with pytest.raises(Unreachable, match="503 overloaded" if status else "connection broke"):
        put(stub, transport)
    assert len(stub.seen) == 1 + 1 + len(waits) == 5


@pytest.mark.parametrize("status", [400, 403, 500])
def test_lasting_refusal_is_not_tried_again(status: int, stub_of: Stub) -> None:
    stub = stub_of()
    stub.fail(always, status, times=99)
    with pytest.raises(Refused):
        put(stub, Transport(stub.url))
    assert len(stub.seen) == 1


def test_server_that_is_away_is_told_at_once() -> None:
    waits = Waits()
    url = f"http://127.0.0.1:{free_port()}/data"
    with pytest.raises(Unreachable, match="connection refused: no server listens there"):
        Transport(url, sleep=waits).send("GET", url)
    assert waits == []


def test_unknown_host_is_told() -> None:
    url = "http://no-such-host.invalid/"
    with pytest.raises(Unreachable, match=r"http://no-such-host\.invalid/: "):
        Transport(url).send("GET", url)


def test_silent_server_is_left(stub_of: Stub) -> None:
    stub = stub_of()
    stub.fail(always, 204, seconds=1.5, times=9)
    with pytest.raises(Unreachable, match=r"no answer within 0\.2 seconds"):
        put(stub, Transport(stub.url, timeout=0.2, waits=()))


def test_answer_that_is_no_http_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        # the backlog accepts; closing answers with a reset
        transport = Transport(url, timeout=0.2, waits=())
        with pytest.raises(Unreachable):
            transport.send("GET", url)
