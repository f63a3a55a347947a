from __future__ import annotations

import base64
import hashlib
import html as html_text
import json
import os
import re
import stat
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest
from page_networks import actor, dispute, evidence, link, random_network

from kg.errors import OutputError
from kg.visual.page import page, write_page

ROOT = Path(__file__).resolve().parents[2]


class Reader(HTMLParser):
    """What a browser would see of a page: elements with attributes, and texts of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside = False
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside = tag in ("script", "style", "title")
        if self.inside:
            self.texts.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            tag, attributes, text = self.texts.pop()
            self.texts.append((tag, attributes, text + data))

    def text(self, tag: str) -> list[str]:
        return [text for name, _, text in self.texts if name == tag]

    def data(self, name: str) -> object:
        found = [text for _, attributes, text in self.texts if attributes.get("id") == name]
        return json.loads(found[0])


def policy(reader: Reader) -> str:
    return next(
        a["content"] or ""
        for _, a in reader.elements
        if a.get("http-equiv") == "Content-Security-Policy"
    )


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_names_exactly_the_scripts_and_the_style_of_the_page() -> None:
    reader = Reader(page(dispute(), title="Dispute"))
    runnable = [
        text for tag, attributes, text in reader.texts if tag == "script" and not attributes
    ]
    allowed = re.findall("sha256-([^']+)'", policy(reader))
    assert [digest(t) for t in [*runnable, *reader.text("style")]] == allowed
    assert len(runnable) == 2
    assert "unsafe" not in policy(reader)
    assert policy(reader).startswith("default-src 'none'")


def test_nothing_is_loaded_from_elsewhere() -> None:
    reader = Reader(page(dispute(), title="Dispute"))
    for tag, attributes in reader.elements:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base"), tag
        assert not {"src", "href", "srcset", "data", "action"} & set(attributes), (tag, attributes)
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
    assert "url(" not in reader.text("style")[0]
    assert "@import" not in reader.text("style")[0]


def test_our_script_never_parses_html() -> None:
    script = Reader(page(dispute(), title="Dispute")).texts[-1][2]
    for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert sink not in script


HOSTILE = '</script><script>alert(1)</script><!--<img src=x onerror="alert(2)">{{ 7*7 }}&amp;\'"'


def hostile() -> nx.MultiDiGraph[str]:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node(actor(HOSTILE), label=HOSTILE, type=HOSTILE, kind="actor", country=HOSTILE)
    network.add_node(actor("b"), label="\ud800 lone", type="state", kind="actor")
    found = evidence(
        HOSTILE,
        title=HOSTILE,
        publisher=HOSTILE,
        speaker=HOSTILE,
        cue=HOSTILE,
        force=HOSTILE,
        url="javascript:alert(3)",
        date=HOSTILE,
    )
    link(network, actor(HOSTILE), HOSTILE, actor("b"), [found])
    return network


def test_hostile_text_stays_in_its_element() -> None:
    plain = Reader(page(dispute(), title="Dispute"))
    reader = Reader(page(hostile(), title=HOSTILE, about={HOSTILE: [HOSTILE]}))
    assert [tag for tag, _ in reader.elements] == [tag for tag, _ in plain.elements]
    assert reader.text("title") == [HOSTILE]
    nodes = reader.data("kg-nodes")
    assert isinstance(nodes, list)
    assert HOSTILE in [node["label"] for node in nodes]


def test_the_page_can_be_written_whatever_the_text() -> None:
    page(hostile(), title="a\ud800b").encode("utf-8")


def test_the_same_network_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "import sys, hashlib; sys.path.insert(0, 'tests/visual')\n"
        "from page_networks import random_network; from kg.visual.page import page\n"
        "html = page(random_network(300, 700), title='t')\n"
        "print(hashlib.sha256(html.encode()).hexdigest())"
    )
    digests = set()
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_the_page_says_what_it_leaves_out() -> None:
    reader = Reader(page(dispute(), title="Dispute", max_nodes=4))
    nodes, facts = reader.data("kg-nodes"), reader.data("kg-facts")
    assert isinstance(nodes, list)
    assert isinstance(facts, dict)
    assert len(nodes) == 4
    assert (facts["actors"], facts["links"]) == (10, 11)


def test_an_empty_network_makes_a_page() -> None:
    reader = Reader(page(nx.MultiDiGraph(), title="Nothing"))
    assert reader.data("kg-nodes") == []


@pytest.mark.parametrize(("nodes", "edges", "most"), [(500, 1500, 1.2e6), (5000, 15000, 6e6)])
def test_size_stays_in_its_budget(nodes: int, edges: int, most: float) -> None:
    html = page(random_network(nodes, edges), title="Large", max_nodes=nodes)
    assert len(html.encode()) <= most


def test_emoji_and_accents_are_kept() -> None:
    html = page(dispute(), title="Ōsaka – “Тарск” 🕊")
    assert html_text.unescape(html).count("Ōsaka – “Тарск” 🕊") == 2
    assert "the accord stands 🕊 and binds us" in html


def test_writing_is_utf8_in_an_ascii_locale(tmp_path: Path) -> None:
    code = (
        "import sys, networkx; from kg.visual.page import page, write_page\n"
        "write_page(page(networkx.MultiDiGraph(), title='\\u014csaka'), sys.argv[1])"
    )
    target = tmp_path / "page.html"
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}
    environment["PYTHONCOERCECLOCALE"] = "0"
    subprocess.run([sys.executable, "-c", code, str(target)], env=environment, check=True)
    assert "Ōsaka" in target.read_text("utf-8")


def test_a_page_replaces_the_one_before_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "graph.html"
    target.write_text("old")
    assert write_page("new", target) == target
    assert target.read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["graph.html"]
    assert stat.S_IMODE(target.stat().st_mode) & stat.S_IRUSR


def test_a_page_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    target = tmp_path / "absent" / "graph.html"
    with pytest.raises(OutputError, match=r"graph\.html: cannot write the page: No such file"):
        write_page("x", target)


def test_writing_over_a_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "graph.html").mkdir()
    with pytest.raises(OutputError):
        write_page("x", tmp_path / "graph.html")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.html"]
