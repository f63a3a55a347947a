"""Networks for the tests of the page: an invented border dispute, and larger ones by seed."""

from __future__ import annotations

import random
from collections.abc import Iterable

import networkx as nx

from kg.queries.network import Evidence

BASE = "https://w3id.org/newskg/"

ACTORS = [
    ("arvenia", "Arvenia", "state"),
    ("velmark", "Velmark", "state"),
    ("arvenian-foreign-ministry", "Arvenian Foreign Ministry", "government_body"),
    ("oda-verrin", "Oda Verrin", "person"),
    ("tarsk-authorities", "Tarsk Region Authorities", "de_facto_state"),
    ("peacekeepers", "Joint Peacekeeping Force", "peacekeepers"),
    ("northern-wire", "Northern Wire", "media"),
    ("tarsk-residents", "Residents of Tarsk", "population"),
    ("lone-observer", "Zoë Lone", "person"),
]


def actor(name: str) -> str:
    return f"{BASE}actor/{name}"


def agreement(name: str) -> str:
    return f"{BASE}agreement/{name}"


def evidence(
    words: str | None = "both sides will keep the valley road open",
    *,
    article: str = "day-1",
    start: int = 0,
    **more: object,
) -> Evidence:
    iri = f"{BASE}article/{article}"
    values = {
        "statement": f"{iri}/statement/{start}-{start + 40}",
        "article": iri,
        "title": f"Talks resume ({article})",
        "date": "2024-03-01",
        "publisher": "Northern Wire",
        "url": f"https://news.example/{article}",
        "speaker": "Arvenia",
        "cue": "say",
        "force": "assert",
        "polarity": "positive",
        "words": words,
        "start": start,
        "end": start + 40,
        "confidence": 0.9,
        "before": "On the first day of the talks Arvenia’s delegation said ",
        "after": ", and left the hall.",
    }
    return Evidence(**(values | more))  # type: ignore[arg-type]


def link(
    network: nx.MultiDiGraph[str],
    source: str,
    relation: str,
    target: str,
    found: Iterable[Evidence] = (),
) -> None:
    items = list(found)
    network.add_edge(
        source,
        target,
        key=relation,
        relation=relation,
        weight=max(1, len(items)),
        first=None,
        last=None,
        evidence=items,
    )


def dispute() -> nx.MultiDiGraph[str]:
    """Nine actors (one of them alone) and an agreement, statements of three days."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for i, (name, label, kind) in enumerate(ACTORS):
        network.add_node(
            actor(name), label=label, kind="actor", type=kind, country=None, mentions=9 - i
        )
    network.add_node(
        agreement("tarsk-accord"),
        label="Tarsk Accord",
        kind="agreement",
        type="peace_treaty",
        country=None,
        mentions=4,
    )
    said = evidence("Velmark must pull its guns back from the ridge", force="call_on")
    accused = evidence(
        "Arvenia broke the accord at dawn",
        article="day-2",
        speaker="Velmark",
        force="accuse",
        date="2024-03-05",
        publisher="Daily Harbour",
        confidence=0.6,
    )
    joined = evidence("the accord stands 🕊 and binds us", article="day-3", date="2024-04-02")
    link(network, actor("arvenia"), "calls-on", actor("velmark"), [said])
    link(network, actor("arvenia"), "says-about", actor("tarsk-residents"), [said])
    link(network, actor("velmark"), "accuses", actor("arvenia"), [accused])
    link(network, actor("velmark"), "says-about", agreement("tarsk-accord"), [accused])
    link(network, actor("arvenia"), "party-to", agreement("tarsk-accord"), [joined])
    link(network, actor("velmark"), "party-to", agreement("tarsk-accord"), [joined])
    link(network, actor("oda-verrin"), "speaks-for", actor("arvenian-foreign-ministry"), [said])
    link(network, actor("arvenian-foreign-ministry"), "part-of", actor("arvenia"))
    link(network, actor("tarsk-authorities"), "asks", actor("peacekeepers"), [joined])
    link(network, actor("peacekeepers"), "addresses", actor("northern-wire"), [joined])
    link(network, actor("tarsk-authorities"), "says-about", actor("velmark"), [joined])
    return network


def random_network(nodes: int, edges: int, *, seed: int = 1) -> nx.MultiDiGraph[str]:
    """A network with a few hubs and many small actors, as news has it."""
    dice = random.Random(seed)
    kinds = ["state", "government_body", "person", "organization", "media", "group"]
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for i in range(nodes):
        network.add_node(
            actor(f"n{i}"),
            label=f"Office of Affairs {i}",
            kind="actor",
            type=kinds[i % len(kinds)],
            country=None,
            mentions=max(1, 40 // (i + 1)),
        )
    weights = [1 / (i + 1) ** 0.75 for i in range(nodes)]
    relations = ["says-about", "calls-on", "accuses", "supports"]
    links: dict[tuple[int, int, str], Evidence] = {}
    while len(links) < edges:
        a, b = dice.choices(range(nodes), weights, k=2)
        relation = dice.choice(relations)
        if a == b or (a, b, relation) in links:
            continue
        n = len(links)
        links[a, b, relation] = evidence(
            f"the talks of round {n} will go on until the two sides agree to withdraw their "
            "heavy weapons from the valley and to open the road",
            article=f"article-{n % (edges // 10 + 1)}",
            start=n * 50,
            date=f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
            speaker=f"Office of Affairs {a}",
        )
    for (a, b, relation), found in links.items():
        link(network, actor(f"n{a}"), relation, actor(f"n{b}"), [found])
    return network
