"""Loading into triplestores: one body of tests over all kinds, then what can go wrong."""

from __future__ import annotations

import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest
from store_servers import (
    BASE,
    PASSWORD,
    USER,
    OxigraphServer,
    Running,
    Seen,
    StubStore,
    counts,
    graph_iri,
    small_graphs,
    triples,
    write_nquads,
)

from kg import stores
from kg.errors import StoreError
from kg.stores import STORES, LoadError, Progress
from kg.stores.endpoint import RECORD_GRAPH, STAGING_GRAPH, Endpoint
from kg.stores.parts import Body, GraphPart
from kg.stores.transport import Refused

Stub = Callable[..., StubStore]
Target = Running | StubStore


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.stores.transport.WAITS", (0.0, 0.0, 0.0))


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_USER", USER)
    monkeypatch.setenv("KG_STORE_PASSWORD", PASSWORD)


def load(target: Target, source: Path, **options: object) -> stores.LoadReport:
    kind = target.kind if isinstance(target, Running) else kind_of(target)
    return stores.load(source, target.url, store=kind, **options)  # type: ignore[arg-type]


def kind_of(stub: StubStore) -> str:
    return next(name for name, profile in STORES.items() if profile is stub.profile)


# --- one contract, every kind of store ------------------------------------------------------------


@pytest.fixture(params=["oxigraph", "virtuoso", "fuseki", *(f"stub {name}" for name in STORES)])
def target(request: pytest.FixtureRequest, signed_in: None, stub_of: Stub) -> Target:
    """An empty store of each kind: the programs where they are at hand, and all by their rules."""
    kind = request.param
    if kind == "oxigraph":
        server = request.getfixturevalue("oxigraph_server")
        return Running("oxigraph", server.url, f"{server.url}/query")
    if kind in ("virtuoso", "fuseki"):
        running: Running = request.getfixturevalue(f"{kind}_server")
        endpoint = Endpoint(running.url, STORES[kind])
        for graph in running.graphs():
            endpoint.remove(graph)
        return running
    name = kind.removeprefix("stub ")
    return stub_of(name, **({"auth": "digest", "max_rows": 10_000} if name == "virtuoso" else {}))


def test_every_graph_arrives_whole_and_nothing_else(target: Target, source: Path) -> None:
    report = load(target, source)
    assert target.graphs() == counts(small_graphs())
    assert report.loaded == tuple(small_graphs())
    assert (report.skipped, report.graphs) == ((), 3)
    assert report.triples == sum(counts(small_graphs()).values())


def test_loading_twice_equals_loading_once(target: Target, source: Path) -> None:
    load(target, source)
    load(target, source)
    assert target.graphs() == counts(small_graphs())


def test_graph_is_replaced_and_its_neighbours_left(
    target: Target, source: Path, tmp_path: Path
) -> None:
    load(target, source)
    changed = {graph_iri(1): triples(1, count=2, tag="second")}
    load(target, write_nquads(tmp_path / "changed.nq.gz", changed))
    assert target.graphs() == counts(small_graphs() | changed)
    assert target.values(graph_iri(1)) == {"second 0", "second 1"}


def test_graph_of_more_than_10_000_triples_is_counted_rightly(
    target: Target, tmp_path: Path
) -> None:
    # reading it back would show 10,000 on Virtuoso
    large = {graph_iri(0): triples(0, count=10_500)}
    load(target, write_nquads(tmp_path / "large.nq.gz", large))
    assert target.graphs() == {graph_iri(0): 10_500}


def test_longest_literal_and_strange_words_arrive(target: Target, tmp_path: Path) -> None:
    subject = f"<{BASE}s> <{BASE}p>"
    hostile = '"Ağdam 😀 \\u0022} } ; DROP ALL # \\n"'
    held = [f"{subject} {hostile}", f'{subject} "{"x" * 60_000}"']
    load(target, write_nquads(tmp_path / "g.nq.gz", {f"{BASE}g?a=b&c=%20#d": held}))
    assert target.graphs() == {f"{BASE}g?a=b&c=%20#d": 2}
    lengths = sorted(len(value) for value in target.values(f"{BASE}g?a=b&c=%20#d"))
    assert lengths[-1] == 60_000


def test_interrupted_load_goes_on_where_it_stopped(target: Target, source: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(target, source, progress=stop)
    report = load(target, source, resume=True)
    assert report.skipped == (graph_iri(0), graph_iri(1))
    assert report.loaded == (graph_iri(2),)
    assert target.graphs() == counts(small_graphs())


def test_progress_is_told_graph_by_graph(target: Target, source: Path) -> None:
    told: list[Progress] = []
    load(target, source, progress=told.append)
    assert told == [Progress(graph_iri(n), n + 4, False, n + 1, 3) for n in range(3)]


def test_literal_of_70_kB_reaches_no_store_and_the_old_graph_stays(
    target: Target, source: Path, tmp_path: Path
) -> None:
    load(target, source)
    held = [*triples(1), f'<{BASE}s> <{BASE}p> "{"x" * 70_000}"']
    with pytest.raises(StoreError, match="70,000 bytes"):
        load(target, write_nquads(tmp_path / "long.nq.gz", {graph_iri(1): held}))
    assert target.graphs() == counts(small_graphs())


# --- what a store is sent -------------------------------------------------------------------------


def test_fuseki_is_spoken_to_by_its_rules(stub_of: Stub, source: Path) -> None:
    stub = stub_of("fuseki")
    load(stub, source)
    put = next(seen for seen in stub.seen if seen.method == "PUT")
    assert (put.path, put.query) == ("/news/data", {"graph": graph_iri(0)})
    assert put.headers["content-type"] == "application/n-triples"
    assert int(put.headers["content-length"]) == len(put.body)
    ask = next(seen for seen in stub.seen if seen.path == "/news/query")
    assert ask.method == "POST"
    assert ask.headers["accept"] == "application/sparql-results+json"


def test_every_write_names_its_graph_and_spares_the_rest(stub_of: Stub, source: Path) -> None:
    # an Oxigraph server answers PUT /store without `graph` by emptying the dataset
    stub = stub_of("oxigraph")
    neighbour = {f"{BASE}neighbour": triples(9)}
    load(stub, write_nquads(source.parent / "n.nq.gz", neighbour))
    load(stub, source)
    load(stub, write_nquads(source.parent / "empty.nq.gz", {}))
    assert all(seen.graph for seen in stub.seen if seen.path == "/store")
    assert stub.graphs() == counts(small_graphs() | neighbour)


@pytest.mark.parametrize("graph", ["", "no iri", "> } ; DROP ALL #"])
def test_graph_that_is_no_iri_is_never_sent(graph: str, stub_of: Stub) -> None:
    stub = stub_of("oxigraph")
    endpoint = Endpoint(stub.url, STORES["oxigraph"])
    for act in (endpoint.remove, endpoint.count, lambda name: endpoint.add(name, "")):
        with pytest.raises(StoreError, match="cannot name a graph"):
            act(graph)
    assert stub.seen == []


def test_verification_never_reads_a_graph_back(stub_of: Stub, source: Path) -> None:
    stub = stub_of()
    load(stub, source)
    assert stub.sent("GET") == []
    assert sum(b"COUNT" in seen.body for seen in stub.seen) == 3


def test_virtuoso_gets_each_graph_on_trial_first(
    stub_of: Stub, source: Path, signed_in: None
) -> None:
    stub = stub_of("virtuoso")
    load(stub, source)
    assert stub.sent("PUT") == [graph for n in range(3) for graph in (STAGING_GRAPH, graph_iri(n))]


@pytest.mark.usefixtures("signed_in")
def test_what_virtuoso_takes_by_half_never_touches_the_old_graph(
    stub_of: Stub, source: Path, tmp_path: Path
) -> None:
    stub = stub_of("virtuoso", auth="digest")
    load(stub, source)
    # a line that this store cannot read stands for all that we do not know of
    stub.fail(lambda seen: seen.graph == STAGING_GRAPH, 500, body=b"unsupported type text/plain")
    with pytest.raises(LoadError, match=r"500 .*unsupported type") as broken:
        load(stub, write_nquads(tmp_path / "n.nq.gz", small_graphs(tag="second")))
    assert all(value.startswith("first") for value in stub.values(graph_iri(0)))
    assert "holds its old triples or its new ones, whole" in str(broken.value)


def test_virtuoso_itself_still_takes_bad_data_by_half(
    virtuoso_server: Running, source: Path, signed_in: None
) -> None:
    # the reason for the trial graph; when this fails, trials can go
    load(virtuoso_server, source)
    endpoint = Endpoint(virtuoso_server.url, STORES["virtuoso"])
    with pytest.raises(Refused, match="500"):
        endpoint._put(graph_iri(0), _part(*NEW, "<broken\n"))
    assert virtuoso_server.values(graph_iri(0)) == {f"new {i}" for i in range(20)}


# --- what can go wrong ----------------------------------------------------------------------------


NEW = [f"{triple} .\n" for triple in triples(0, count=20, tag="new")]


def _part(*lines: str) -> GraphPart:
    return GraphPart(graph_iri(0), len(lines), "", Body.of("".join(lines).encode()))


def puts(number: int) -> Callable[[Seen], bool]:
    return lambda seen: seen.method == "PUT" and seen.graph == graph_iri(number)


def asks(number: int) -> Callable[[Seen], bool]:
    return lambda seen: graph_iri(number).encode() in _decoded(seen) and b"COUNT" in seen.body


def _decoded(seen: Seen) -> bytes:
    return urllib.parse.unquote_plus(seen.body.decode()).encode()


def test_bad_file_is_found_before_the_first_request(stub_of: Stub, tmp_path: Path) -> None:
    stub = stub_of()
    graphs = small_graphs() | {graph_iri(9): [f"<{BASE}s> <{BASE}p> _:b"]}
    with pytest.raises(StoreError, match="blank node"):
        load(stub, write_nquads(tmp_path / "g.nq.gz", graphs))
    assert stub.seen == []


def test_passing_fault_on_the_way_leaves_no_trace(stub_of: Stub, source: Path) -> None:
    stub = stub_of()
    for number, status in enumerate((503, 0, 429)):
        stub.fail(puts(number), status, times=2)
        stub.fail(asks(number), status)
    load(stub, source)
    assert stub.graphs() == counts(small_graphs())


@pytest.mark.parametrize("status", [0, 503])
def test_server_that_dies_half_way_leaves_a_clear_account(
    status: int, stub_of: Stub, source: Path
) -> None:
    stub = stub_of()
    stub.fail(lambda seen: puts(1)(seen) or bool(stub.faults[0].times < 999), status, times=999)
    with pytest.raises(LoadError) as broken:
        load(stub, source)
    said = str(broken.value)
    assert f"at graph {graph_iri(1)}" in said
    assert f"in the store: 1 of 3 graphs ({graph_iri(0)})" in said
    assert f"not in: 2 of 3 graphs ({graph_iri(1)}, {graph_iri(2)})" in said
    assert "safe to repeat" in said and "--resume" in said
    assert broken.value.report.loaded == (graph_iri(0),)
    assert broken.value.missing == (graph_iri(1), graph_iri(2))


@pytest.mark.parametrize("resume", [False, True])
def test_repeating_completes_a_load_that_broke(resume: bool, stub_of: Stub, source: Path) -> None:
    stub = stub_of()
    stub.fail(puts(2), 500)
    with pytest.raises(LoadError):
        load(stub, source)
    report = load(stub, source, resume=resume)
    assert len(report.skipped) == (2 if resume else 0)
    assert stub.graphs() == counts(small_graphs())


def test_store_that_may_hold_half_a_graph_is_said_to(stub_of: Stub, source: Path) -> None:
    stub = stub_of("sparql")
    stub.fail(puts(1), 500)
    with pytest.raises(LoadError, match=f"{graph_iri(1)} may hold a part of its triples"):
        load(stub, source)


def test_wrong_count_is_an_error(stub_of: Stub, source: Path) -> None:
    stub = stub_of()
    stub.fail(puts(1), 204)  # says yes and keeps nothing
    with pytest.raises(LoadError, match=f"sent 5 triples for {graph_iri(1)}.*counts 0") as broken:
        load(stub, source)
    assert graph_iri(1) in broken.value.missing


def test_too_large_a_graph_is_named(stub_of: Stub, source: Path) -> None:
    stub = stub_of()
    stub.fail(puts(1), 413, body=b"<html><h1>413 Request Entity Too Large</h1></html>")
    with pytest.raises(LoadError, match=rf"413 .*LOADING\.md\), at graph {graph_iri(1)}"):
        load(stub, source)


def test_refusal_at_the_door_changes_nothing(stub_of: Stub, source: Path) -> None:
    stub = stub_of(auth="basic")
    with pytest.raises(LoadError, match=r"401 .*--auth basic.*no graph was changed") as refused:
        load(stub, source)
    assert len(refused.value.missing) == 3
    assert stub.graphs() == {}


def test_page_that_is_no_sparql_answer_is_told(stub_of: Stub, source: Path) -> None:
    stub = stub_of()
    stub.fail(lambda seen: True, 200, body=b"<html>Welcome</html>", times=9)
    with pytest.raises(LoadError, match="no SPARQL results; is the URL"):
        load(stub, source)
    stub.faults.clear()
    stub.fail(lambda seen: True, 200, body=b'{"results": {"bindings": []}}', times=9)
    with pytest.raises(StoreError, match="no count in the answer"):
        Endpoint(stub.url, STORES["fuseki"]).count(graph_iri(0))


def test_unknown_store_is_told_with_the_known_ones(source: Path) -> None:
    with pytest.raises(StoreError, match="oxigraph, virtuoso, fuseki, sparql"):
        stores.load(source, "http://store.test", store="neo4j")


@pytest.mark.usefixtures("signed_in")
def test_credentials_do_not_go_to_a_second_server(source: Path) -> None:
    with pytest.raises(StoreError, match="one host"):
        stores.load(
            source, "https://a.test", store="sparql", auth="basic", query_url="https://b.test/q"
        )


def test_any_store_is_reached_by_three_addresses(stub_of: Stub, source: Path) -> None:
    stub = stub_of("oxigraph")
    report = stores.load(
        source,
        stub.url,
        store="sparql",
        graph_store_url=f"{stub.url}/store?timeout=9",
        query_url=f"{stub.url}/query",
    )
    assert report.graphs == 3
    put = next(seen for seen in stub.seen if seen.method == "PUT")
    assert put.query == {"timeout": "9", "graph": graph_iri(0)}
    assert stub.graphs() == counts(small_graphs())


# --- going on -------------------------------------------------------------------------------------


def broken_load(stub: StubStore, source: Path) -> None:
    stub.fail(puts(2), 500)
    with pytest.raises(LoadError):
        load(stub, source)
    assert RECORD_GRAPH in stub.graphs()


def test_another_file_is_not_taken_for_the_one_that_broke(
    stub_of: Stub, source: Path, tmp_path: Path
) -> None:
    stub = stub_of()
    broken_load(stub, source)
    other = write_nquads(tmp_path / "other.nq.gz", small_graphs(tag="second"))
    assert load(stub, other, resume=True).skipped == ()
    assert stub.values(graph_iri(0)) == {f"second {i}" for i in range(4)}


def test_graph_that_was_overwritten_meanwhile_is_sent_again(
    stub_of: Stub, source: Path, tmp_path: Path
) -> None:
    stub = stub_of()
    other = write_nquads(tmp_path / "other.nq.gz", small_graphs(tag="second"))
    broken_load(stub, source)
    stub.fail(puts(2), 500)
    with pytest.raises(LoadError):
        load(stub, other, resume=True)
    assert load(stub, source, resume=True).skipped == ()
    assert stub.values(graph_iri(0)) == {f"first {i}" for i in range(4)}


def test_record_is_not_believed_where_the_count_differs(stub_of: Stub, source: Path) -> None:
    stub = stub_of()
    broken_load(stub, source)
    endpoint = Endpoint(stub.url, STORES["fuseki"])
    endpoint.add(graph_iri(0), NEW[0])
    assert load(stub, source, resume=True).skipped == (graph_iri(1),)
    assert stub.graphs() == counts(small_graphs())


def test_record_is_written_on_the_way_too(
    stub_of: Stub, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a process that is killed writes none at its end
    monkeypatch.setattr("kg.stores.endpoint._RECORD_EVERY", 1)
    stub = stub_of()
    seen: list[int] = []
    load(stub, source, progress=lambda _: seen.append(stub.graphs()[RECORD_GRAPH]))
    assert seen == [2, 3, 4]


# --- the real thing, killed -----------------------------------------------------------------------


def test_killed_oxigraph_server_takes_the_rest_when_it_is_back(
    oxigraph_server: OxigraphServer, tmp_path: Path
) -> None:
    graphs = small_graphs(6)
    source = write_nquads(tmp_path / "g.nq.gz", graphs)

    def kill(progress: Progress) -> None:
        if progress.done == 3:
            oxigraph_server.kill()

    with pytest.raises(LoadError, match="3 of 6 graphs") as broken:
        stores.load(source, oxigraph_server.url, store="oxigraph", progress=kill)
    assert broken.value.missing == tuple(graph_iri(n) for n in (3, 4, 5))
    oxigraph_server.start()
    stores.load(source, oxigraph_server.url, store="oxigraph", resume=True)
    running = Running("oxigraph", oxigraph_server.url, f"{oxigraph_server.url}/query")
    assert running.graphs() == counts(graphs)


@pytest.mark.parametrize("password", ["wrong", None])
def test_virtuoso_says_no_to_a_wrong_password_and_keeps_its_data(
    password: str | None,
    virtuoso_server: Running,
    source: Path,
    signed_in: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load(virtuoso_server, source)
    if password:
        monkeypatch.setenv("KG_STORE_PASSWORD", password)
    else:
        monkeypatch.delenv("KG_STORE_PASSWORD")
    with pytest.raises(StoreError, match="KG_STORE_USER and KG_STORE_PASSWORD"):
        load(virtuoso_server, source)
    assert virtuoso_server.graphs() == counts(small_graphs())


@pytest.mark.usefixtures("signed_in")
def test_virtuoso_wants_digest_and_says_so(virtuoso_server: Running, source: Path) -> None:
    with pytest.raises(LoadError, match=r"401 .*another --auth than basic"):
        load(virtuoso_server, source, auth="basic")
