from __future__ import annotations

import io
import itertools
import json
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import networkx as nx
import pytest
from page_browser import Browser
from page_networks import actor, agreement, dispute, evidence, link, random_network

from kg.visual.cards import AgreementCard, Part, Passage, Status, Voices
from kg.visual.disagreements import Disagreement, Side
from kg.visual.page import page
from kg.visual.selection import Excerpt

ENTER, ESCAPE, DOWN, RIGHT = "\ue007", "\ue00c", "\ue015", "\ue014"

PASSAGE = Passage(
    article="https://w3id.org/newskg/article/day-3",
    title="Talks resume (day-3)",
    date="2024-04-02",
    publisher="Northern Wire",
    url="https://news.example/day-3",
    start=10,
    end=16,
    words="signed",
    before="the two ",
    after=" at noon",
)


def voices(*claimants: str, polarity: str = "positive", disputed: bool = False) -> Voices:
    return Voices(claimants, polarity, "actual", (PASSAGE,), disputed)


CARD = AgreementCard(
    iri=agreement("tarsk-accord"),
    label="Tarsk Accord",
    type="peace_treaty",
    parts=(Part(actor("arvenia"), "Arvenia", "party", voices("Northern Wire")),),
    statuses=(
        Status("signed", (), "2024-04-01", None, "2024-04-02", voices("Arvenia")),
        Status(
            "violated", ("Arvenia",), None, None, "2024-04-02", voices("Velmark", disputed=True)
        ),
        Status(
            "violated",
            (),
            None,
            None,
            "2024-04-02",
            voices("Arvenia", polarity="negative", disputed=True),
        ),
    ),
)

QUARREL = Disagreement(
    kind="status",
    question="Tarsk Accord: violated or not violated?",
    about=(agreement("tarsk-accord"),),
    sides=(
        Side("violated", ("Velmark",), (PASSAGE,)),
        Side("not violated", ("Arvenia",), (PASSAGE,)),
    ),
)


@pytest.fixture
def opened(browser: Browser) -> Browser:
    browser.open(
        page(dispute(), title="Border dispute", agreements=[CARD], disagreements=[QUARREL])
    )
    return browser


def test_the_page_opens_without_network_and_draws_all(opened: Browser) -> None:
    assert opened.counts() == (10, 11, 3)
    assert opened.run("return performance.getEntriesByType('resource').length") == 0
    colours = opened.run(
        "const c = document.querySelector('#graph canvas'), g = c.getContext('2d');"
        "const d = new Uint32Array(g.getImageData(0, 0, c.width, c.height).data.buffer);"
        "return new Set(d).size"
    )
    assert colours > 20


def test_all_labels_of_a_small_graph_are_drawn_apart(opened: Browser) -> None:
    opened.wait("kgPage.labels.length")
    assert len(opened.run("return kgPage.labels")) == 10
    assert_apart(opened)


def assert_apart(browser: Browser) -> None:
    boxes = [label["box"] for label in browser.run("return kgPage.labels")]
    for (ax1, ay1, ax2, ay2), (bx1, by1, bx2, by2) in itertools.combinations(boxes, 2):
        assert ax2 <= bx1 or bx2 <= ax1 or ay2 <= by1 or by2 <= ay1


@pytest.mark.parametrize("size", [(1440, 900), (900, 700), (390, 844)])
def test_no_label_is_cut_off_at_first_sight(browser: Browser, size: tuple[int, int]) -> None:
    width, height = size
    screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    try:
        browser.open(page(random_network(60, 110), title="Offices"))
        browser.wait("kgPage.labels.length > 5")
        room = browser.run(
            "const g = document.getElementById('graph'); return [g.clientWidth, g.clientHeight]"
        )
        for label in browser.run("return kgPage.labels"):
            left, top, right, bottom = label["box"]
            assert left >= 0 and top >= 0 and right <= room[0] and bottom <= room[1], label
    finally:
        browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_most_prominent_are_labelled_at_first_sight(browser: Browser) -> None:
    browser.open(page(random_network(80, 240), title="Offices"))
    browser.wait("kgPage.labels.length > 5")
    labels = {label["text"] for label in browser.run("return kgPage.labels")}
    assert {f"Office of Affairs {i}" for i in range(6)} <= labels
    assert_apart(browser)


def test_search_completes_and_opens_the_evidence(opened: Browser) -> None:
    opened.press("#search", "vel")
    assert opened.text("#hits [aria-selected=true] bdi") == "Velmark"
    opened.press("#search", ENTER)
    assert opened.text("#panel h2") == "Velmark"
    assert "Arvenia broke the accord at dawn" in opened.text("#panel")


def test_search_looks_past_accents(opened: Browser) -> None:
    opened.press("#search", "LONÉ")
    assert opened.text("#hits [role=option] bdi") == "Zoë Lone"
    opened.press("#search", ESCAPE)
    assert opened.find("#search").get_attribute("value") == ""


def test_search_finds_statements_by_their_words(opened: Browser) -> None:
    opened.press("#search", "guns back")
    opened.press("#search", ENTER)
    assert opened.counts()[2] == 1
    assert "guns back" in opened.text("#chips")


def test_the_legend_filters_types_and_relations(opened: Browser) -> None:
    boxes = "#filters .group:nth-of-type(1) input[type=checkbox]"
    opened.click(boxes)  # the first are states
    assert opened.counts()[0] == 6  # one of them alone: he had no links before either
    opened.click(boxes)
    assert opened.counts() == (10, 11, 3)
    names = opened.run(
        "return [...document.querySelectorAll('#filters .legend .text')].map(e => e.textContent)"
    )
    at = names.index("accuses")
    opened.run("document.querySelectorAll('#filters .legend input')[arguments[0]].click()", at)
    assert opened.counts()[1] == 10


def test_only_keeps_one_kind_and_gives_all_back(opened: Browser) -> None:
    only = "document.querySelector('[aria-label=\"Only accuses\"]').click()"
    opened.run(only)
    assert opened.counts() == (3, 1, 1)
    opened.run(only)
    assert opened.counts() == (10, 11, 3)


def test_filters_by_force_source_date_and_confidence(opened: Browser) -> None:
    opened.run("document.querySelector('[aria-label=\"Only Daily Harbour\"]').click()")
    assert opened.counts() == (3, 2, 1)
    opened.run("document.querySelector('[aria-label=\"Only Daily Harbour\"]').click()")
    opened.run("document.querySelector('[aria-label=\"Only call on\"]').click()")
    assert opened.counts() == (5, 3, 1)
    opened.run("document.querySelector('[aria-label=\"Only call on\"]').click()")
    opened.run(
        "const r = document.getElementById('confidence'); r.value = 70;"
        "r.dispatchEvent(new Event('input'))"
    )
    assert opened.counts()[2] == 2
    opened.run("document.querySelector('#chips button').click()")
    opened.run(
        "const d = document.getElementById('from'); d.value = '2024-03-02';"
        "d.dispatchEvent(new Event('change'))"
    )
    assert opened.counts()[2] == 2
    assert "from=2024-03-02" in opened.run("return location.hash")


def test_the_words_are_marked_in_their_context(opened: Browser) -> None:
    opened.press("#search", "velmark", ENTER)
    assert opened.text("#panel mark") == "Velmark must pull its guns back from the ridge"
    assert opened.text("#panel blockquote") == (
        "On the first day of the talks Arvenia’s delegation said "
        "Velmark must pull its guns back from the ridge, and left the hall."
    )


def test_a_statement_leads_to_all_on_the_same_agreement(opened: Browser) -> None:
    opened.press("#search", "velmark", ENTER)
    more = "#panel .evidence .ties button.quiet"
    assert opened.text(more) == "All 2 on Tarsk Accord"
    opened.click(more)
    assert opened.text("#panel h2") == "Tarsk Accord"
    assert len(opened.driver.find_elements("css selector", "#panel .evidence")) == 2


def test_disagreements_show_both_sides_with_their_words(opened: Browser) -> None:
    opened.click("#tab-disagreements")
    assert opened.text("#view-disagreements .versus h3") == QUARREL.question
    sides = opened.run(
        "return [...document.querySelectorAll('.sides section')].map(s =>"
        " [s.querySelector('h4').textContent, s.querySelector('.holders').textContent,"
        " s.querySelector('mark').textContent])"
    )
    assert sides == [["violated", "Velmark", "signed"], ["not violated", "Arvenia", "signed"]]
    opened.run(
        "const d = document.getElementById('to'); d.value = '2024-03-30';"
        "d.dispatchEvent(new Event('change'))"
    )
    assert "No disagreement is left" in opened.text("#view-disagreements")


def test_the_panel_leads_to_disagreements(opened: Browser) -> None:
    opened.press("#search", "accord", ENTER)
    opened.click("#panel .dispute")
    assert opened.find("#dispute-0").is_displayed()
    assert "v=disagreements" in opened.run("return location.hash")


def test_without_disagreements_there_is_no_such_view(browser: Browser) -> None:
    browser.open(page(dispute(), title="Dispute"), "#v=disagreements")
    assert not browser.find("#tab-disagreements").is_displayed()
    assert browser.find("#view-graph").is_displayed()


def test_the_brush_chooses_dates(opened: Browser) -> None:
    opened.run(
        "const b = document.getElementById('bars'), r = b.getBoundingClientRect();"
        "b.setPointerCapture = () => {};"
        "const at = (t, share) => b.dispatchEvent(new PointerEvent(t, {bubbles: true,"
        " pointerId: 1, clientX: r.left + r.width * share, clientY: r.top + 5}));"
        "at('pointerdown', 0.01); at('pointermove', 0.05); at('pointerup', 0.05)"
    )
    assert opened.counts()[2] == 1


def test_a_click_on_a_node_shows_its_evidence(opened: Browser) -> None:
    click_on(opened, opened.run("return kgPage.place(0)"))
    opened.wait("document.querySelector('#panel .head')")
    assert opened.text("#panel h2") == "Arvenia"
    assert len(opened.driver.find_elements("css selector", "#panel .evidence")) == 3


def click_on(browser: Browser, place: dict[str, float]) -> None:
    """A click with the mouse at a place of the window, as the graph's library listens for it."""
    for kind in ("mousePressed", "mouseReleased"):
        mouse = {"type": kind, "x": place["x"], "y": place["y"], "button": "left", "clickCount": 1}
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", mouse)


def test_a_click_on_a_link_shows_its_statement_and_source(opened: Browser) -> None:
    wire, force = (index(opened, label) for label in ("Northern Wire", "Joint Peacekeeping Force"))
    a, b = (opened.run("return kgPage.place(arguments[0])", i) for i in (wire, force))
    click_on(opened, {"x": (a["x"] + b["x"]) / 2, "y": (a["y"] + b["y"]) / 2})
    opened.wait("document.querySelector('#panel .sentence')")
    panel = opened.text("#panel")
    assert "Joint Peacekeeping Force" in panel
    assert "the accord stands 🕊 and binds us" in panel
    assert "2 Apr 2024" in panel
    anchor = opened.find("#panel .where a")
    assert anchor.get_attribute("href") == "https://news.example/day-3"
    assert anchor.get_attribute("rel") == "noopener noreferrer"


def index(browser: Browser, label: str) -> int:
    rows = browser.run("return kgPage.csv('actors')").splitlines()
    names = json.loads(browser.text("#kg-nodes"))
    assert any(label in row for row in rows)
    return next(i for i, n in enumerate(names) if n["label"] == label)


def test_the_keyboard_reaches_graph_evidence_and_back(opened: Browser) -> None:
    opened.press("#graph", RIGHT)
    assert opened.text("#panel h2") == "Arvenia"
    opened.press("#graph", RIGHT)
    assert opened.text("#panel h2") != "Arvenia"
    opened.press("#graph", ENTER)
    assert opened.run("return document.activeElement.id") == "panel"
    opened.press("#panel", ESCAPE)
    assert opened.text("#panel h2") == "Evidence"
    assert opened.run("return document.activeElement.id") == "graph"
    opened.press("body", "/")
    assert opened.run("return document.activeElement.id") == "search"


def test_zoom_keys_change_the_scale(opened: Browser) -> None:
    before = opened.run("return kgPage.scale")
    opened.press("#graph", "+")
    opened.wait(f"kgPage.scale > {before}")
    opened.press("#graph", "0")
    opened.wait(f"Math.abs(kgPage.scale - {before}) < 0.01")


def test_only_the_neighbourhood(opened: Browser) -> None:
    opened.press("#search", "joint", ENTER)
    opened.click("#panel .actions button")
    assert opened.counts()[:2] == (3, 2)
    opened.click("#focusbar button")  # two steps
    assert opened.counts()[:2] == (4, 3)
    opened.click("#focusbar button:last-child")
    assert opened.counts()[:2] == (10, 11)


def test_the_path_between_two_actors(opened: Browser) -> None:
    opened.press("#search", "oda", ENTER)
    opened.click("#panel .actions button:nth-child(2)")
    opened.press("#search", "velm", ENTER)
    steps = opened.run(
        "return [...document.querySelectorAll('#panel .path > li > .name')].map(e => e.textContent)"
    )
    assert steps == ["Oda Verrin", "Arvenian Foreign Ministry", "Arvenia", "Velmark"]


def test_no_path_is_said(opened: Browser) -> None:
    opened.press("#search", "oda", ENTER)
    opened.click("#panel .actions button:nth-child(2)")
    opened.press("#search", "zo", ENTER)
    assert "No path joins them." in opened.text("#panel")


def test_the_address_brings_the_view_back(opened: Browser) -> None:
    opened.press("#search", "velmark", ENTER)
    opened.run("document.querySelector('[aria-label=\"Only accuses\"]').click()")
    opened.click("#tab-table")
    counts, address = opened.counts(), opened.run("return location.href")
    opened.driver.get("about:blank")
    opened.visit(address)
    assert opened.counts() == counts
    assert opened.text("#panel h2") == "Velmark"
    assert opened.find("#view-table").is_displayed()


def test_an_address_of_nonsense_changes_nothing(browser: Browser) -> None:
    words = "#n=<img src=x>&t=asteroid&from=' or 1=1&c=NaN&v=constructor&e=__proto__&depth=99"
    browser.open(page(dispute(), title="Dispute"), words.replace(" ", "%20"))
    assert browser.counts() == (10, 11, 3)


def test_the_list_holds_the_same_as_the_graph(opened: Browser) -> None:
    opened.click("#tab-list")
    found = opened.run(
        "return [...document.querySelectorAll('#view-list section')].map(s =>"
        " [s.querySelector('.name').textContent, s.querySelectorAll('.row').length])"
    )
    assert len(found) == 10
    assert dict(found)["Arvenia"] == 5
    assert sum(n for _, n in found) == 2 * 11


def test_the_table_sorts_and_gives_csv(opened: Browser) -> None:
    opened.click("#tab-table")
    head = "#view-table th:nth-child(4) button"
    words = "return document.querySelector('#view-table tbody td:nth-child(4)').textContent"
    opened.click(head)
    assert opened.run(words) == "Arvenia broke the accord at dawn"
    opened.click(head)
    assert opened.run(words) == "Velmark must pull its guns back from the ridge"
    assert opened.find("#view-table th:nth-child(4)").get_attribute("aria-sort") == "descending"
    text = opened.run("return kgPage.csv('statements')")
    assert text.startswith("\ufeffDate,Speaker,Force,Words")
    assert text.count("\r\n") == 4


def test_the_timeline_tells_statements_by_day(opened: Browser) -> None:
    opened.click("#tab-timeline")
    days = opened.run(
        "return [...document.querySelectorAll('#view-timeline h3 time')].map(e => e.textContent)"
    )
    assert days == ["1 Mar 2024", "5 Mar 2024", "2 Apr 2024"]


def test_cards_show_claims_in_order_of_time_with_their_words(opened: Browser) -> None:
    opened.press("#search", "accord", ENTER)
    opened.run(
        "[...document.querySelectorAll('#panel .actions button')]"
        ".find(b => b.textContent === 'Agreement card').click()"
    )
    card = opened.text("#view-agreements .card")
    assert card.index("signed") < card.index("violated")
    assert "denied" in card
    assert "according to Velmark" in card
    opened.click("#view-agreements .proof summary")
    opened.wait("document.querySelector('#view-agreements mark')")
    assert opened.text("#view-agreements mark") == "signed"


def test_the_citation_names_speaker_words_source_and_place(opened: Browser) -> None:
    opened.run(
        "window.copied = '';"
        "navigator.clipboard.writeText = (text) => {"
        " window.copied = text; return Promise.resolve() }"
    )
    opened.press("#search", "joint", ENTER)
    opened.click("#panel .where button")
    assert opened.run("return window.copied") == (
        "Arvenia: “the accord stands 🕊 and binds us” Talks resume (day-3), Northern Wire, "
        "2 Apr 2024, characters 0–40. https://news.example/day-3"
    )


def test_a_picture_can_be_saved(opened: Browser) -> None:
    opened.run(
        "window.saved = []; const make = URL.createObjectURL;"
        "URL.createObjectURL = (blob) => { window.saved.push(blob.type + ' ' + blob.size);"
        " return make.call(URL, blob) }; HTMLAnchorElement.prototype.click = () => {};"
        "document.querySelector('[data-export=png]').click()"
    )
    opened.wait("window.saved.length")
    kind, size = opened.run("return window.saved[0]").split()
    assert kind == "image/png"
    assert int(size) > 20_000


def test_drawing_and_network_are_well_formed(opened: Browser) -> None:
    drawn = ElementTree.fromstring(opened.run("return kgPage.svg()"))
    texts = [e.text for e in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert "Velmark" in texts
    network = nx.read_gexf(io.BytesIO(opened.run("return kgPage.gexf()").encode()))
    assert (network.number_of_nodes(), network.number_of_edges()) == (10, 11)


def test_the_drawing_has_title_and_legend(opened: Browser) -> None:
    drawn = ElementTree.fromstring(opened.run("return kgPage.svg()"))
    texts = [e.text for e in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert "Border dispute" in texts
    assert {"States", "Government bodies", "People", "De facto states"} <= set(texts)
    assert "Military" not in texts


def test_forces_are_off_until_asked_for(opened: Browser) -> None:
    first = opened.run("return kgPage.place(3)")
    time.sleep(0.3)
    assert opened.run("return kgPage.place(3)") == first
    opened.click("#physics")
    opened.wait(f"Math.abs(kgPage.place(3).x - {first['x']}) > 2")
    opened.click("#physics")


def test_the_other_theme_changes_ground_and_drawing(opened: Browser) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    before = opened.run(ground)
    opened.click("#theme")
    assert opened.run(ground) != before
    assert opened.text("#theme") == "Light"


def test_paper_shows_graph_legend_and_evidence_in_light(opened: Browser) -> None:
    opened.run("document.documentElement.dataset.theme = 'dark'")
    opened.press("#search", "velmark", ENTER)
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        opened.run("window.dispatchEvent(new Event('beforeprint'))")
        for shown in ("#graph canvas", "#filters .legend", "#panel blockquote"):
            assert opened.find(shown).is_displayed(), shown
        for hidden in ("#search", ".tools", ".float", "#strip"):
            assert not opened.find(hidden).is_displayed(), hidden
        assert opened.find("#graph canvas").size["height"] > 200
        assert opened.run("return document.documentElement.dataset.theme") == "light"
        opened.run("window.dispatchEvent(new Event('afterprint'))")
        assert opened.run("return document.documentElement.dataset.theme") == "dark"
    finally:
        opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_claims_that_contradict_each_other_are_marked(opened: Browser) -> None:
    opened.click("#tab-agreements")
    lines = opened.run(
        "return [...document.querySelectorAll('#view-agreements .claims > li')]"
        ".map(li => li.textContent)"
    )
    assert ["disputed" in line for line in lines] == [False, False, True, True]


def test_an_empty_graph_says_so(browser: Browser) -> None:
    browser.open(page(nx.MultiDiGraph(), title="Nothing"))
    assert "this graph is empty" in browser.find("#empty").text


def test_filters_that_leave_nothing_say_so(opened: Browser) -> None:
    opened.press("#words", "no such words", ENTER)
    assert opened.find("#empty").text == "Nothing is left with these filters."


def test_what_is_left_out_is_said(browser: Browser) -> None:
    browser.open(page(dispute(), title="Dispute", max_nodes=4))
    assert browser.find("#omitted").text == (
        "This page shows the 4 most important of 10 actors and agreements; 6 of them and 7 links "
        "are left out. A page made with a larger --max-nodes shows more."
    )


def test_an_excerpt_says_what_it_is_and_what_it_leaves_out(browser: Browser) -> None:
    part = Excerpt(ego=actor("velmark"), since="2024-03-02", until="2024-04")
    browser.open(page(dispute(), title="Dispute", excerpt=part))
    assert browser.find("#omitted").text == (
        "This page shows a part of the graph: what lies within one step of Velmark; only what is "
        "dated 2 Mar 2024 to Apr 2024. It holds 4 of all 10 actors and agreements; 6 of them and "
        "6 links are left out."
    )


def test_an_excerpt_that_holds_nothing_says_so(browser: Browser) -> None:
    browser.open(page(dispute(), title="Dispute", excerpt=Excerpt(since="2031")))
    assert browser.find("#empty").text == (
        "Nothing in this graph fits: only what is dated 2031 or later."
    )


def test_one_actor_alone_is_drawn_and_listed(browser: Browser) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node(actor("a"))  # no label, no type, no date
    browser.open(page(network, title="One"))
    browser.wait("kgPage.labels.length")
    assert browser.counts() == (1, 0, 0)
    browser.press("#graph", RIGHT)
    assert browser.text("#panel h2") == "a"
    browser.click("#tab-list")
    assert "no links" in browser.text("#view-list")
    browser.click("#tab-timeline")
    assert "No statements" in browser.text("#view-timeline")


def test_agreements_without_actors_make_a_page(browser: Browser) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node(agreement("x"), label="Accord", kind="agreement", type="agreement")
    browser.open(page(network, title="No actors", agreements=[CARD]))
    assert browser.find("#counters").text.split("\n")[:4] == ["0", "actors", "1", "agreements"]


def test_a_loop_can_be_clicked(browser: Browser) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    link(network, actor("a"), "criticizes", actor("a"), [evidence("we failed", date=None)])
    browser.open(page(network, title="Loop"))
    place = browser.run("return kgPage.loop(0)")
    click_on(browser, place)
    browser.wait("document.querySelector('#panel .sentence')")
    assert "we failed" in browser.text("#panel mark")


def test_a_graph_without_words_points_to_the_article(browser: Browser) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    link(network, actor("a"), "asks", actor("b"), [evidence(None, start=1200)])
    link(network, actor("a"), "says-about", actor("a"), [evidence(None, date=None)])
    browser.open(page(network, title="No words"))
    browser.press("#graph", RIGHT)
    assert "characters 1,200–1,240 of the article" in browser.text("#panel")


ATTACK = "</script><script>window.hit=1</script><img src=x onerror='window.hit=2'> href \u202e"


def test_hostile_articles_do_nothing(browser: Browser) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    values = {"label": ATTACK, "type": ATTACK, "kind": "actor", "country": ATTACK}
    network.add_node(actor("a"), **values)
    network.add_node(actor("b"), label="x" * 10_000, type="state", kind="actor")
    found = [
        evidence(
            ATTACK + ("w" * 3000),
            article=ATTACK + url,
            title=ATTACK,
            publisher=ATTACK,
            speaker=ATTACK,
            cue=ATTACK,
            force=ATTACK,
            date=date,
            url=url,
            before=ATTACK,
            after=ATTACK,
        )
        for url, date in [
            ("javascript:window.hit=3", "2024-01-01"),
            ("data:text/html,<script>window.hit=4</script>", ATTACK),
            ("https://news.example/'\"><b>", "2024-13-99"),
        ]
    ]
    link(network, actor("a"), ATTACK, actor("b"), found)
    claim = Voices((ATTACK,), ATTACK, ATTACK, (PASSAGE,))
    quarrel = Disagreement(
        "part", ATTACK, (actor("a"),), (Side(ATTACK, (ATTACK,), (PASSAGE,)), Side(ATTACK, (), ()))
    )
    card = AgreementCard(
        agreement(ATTACK), ATTACK, ATTACK, parts=(Part(ATTACK, ATTACK, ATTACK, claim),)
    )
    browser.open(
        page(
            network,
            title=ATTACK,
            about={ATTACK: ATTACK},
            agreements=[card],
            disagreements=[quarrel],
        )
    )
    browser.press("#search", "script", ENTER)
    for view in ("timeline", "table", "agreements", "disagreements", "list", "graph"):
        browser.click(f"#tab-{view}")
        assert_no_foreign_elements(browser)
    click_on(browser, browser.run("return kgPage.place(0)"))
    browser.click("#about-open")
    browser.run("document.querySelector('dialog .close').click()")
    assert_no_foreign_elements(browser)
    links = browser.run("return [...document.querySelectorAll('a')].map(a => a.protocol)")
    assert set(links) <= {"https:"}
    ElementTree.fromstring(browser.run("return kgPage.svg()"))
    ElementTree.fromstring(browser.run("return kgPage.gexf()"))


def test_marks_of_direction_turn_no_words_around(browser: Browser) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    said = evidence("we \u202ewill\u202c leave", before="said \u2067that ", after=" \u202esoon.")
    link(network, actor("a"), "asks", actor("b"), [said])
    browser.open(page(network, title="Marks"))
    browser.press("#graph", RIGHT)
    assert browser.text("#panel blockquote") == "… said that we will leave soon."
    browser.click("#tab-table")
    assert browser.text("#view-table td .words") == "we will leave"


def assert_no_foreign_elements(browser: Browser) -> None:
    assert browser.run("return window.hit") is None
    assert browser.run("return document.querySelectorAll('img, b b, iframe').length") == 0
    assert browser.run("return document.scripts.length") == 9


def test_csv_cells_are_no_formulas(browser: Browser) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found = evidence('=HYPERLINK("http://x","y")')
    link(network, actor("a"), "asks", actor("b"), [found])
    browser.open(page(network, title="Cells"))
    assert '"\'=HYPERLINK(""http://x"",""y"")"' in browser.run("return kgPage.csv('statements')")


def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Browser) -> None:
    phone = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    try:
        browser.open(page(dispute(), title="Border dispute on a small screen", agreements=[CARD]))
        assert browser.run("return document.documentElement.scrollWidth") == 390
        browser.press("#search", "velmark", ENTER)
        assert browser.find("#panel").is_displayed()
        assert_apart(browser)
    finally:
        browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_without_motion_the_view_jumps(make_browser: Callable[..., Browser]) -> None:
    calm = make_browser("--force-prefers-reduced-motion")
    calm.open(page(dispute(), title="Dispute"))
    before = calm.run("return kgPage.scale")
    calm.run(
        "document.getElementById('zoom-in').click();"
        "requestAnimationFrame(() => requestAnimationFrame(() => { window.soon = kgPage.scale }))"
    )
    calm.wait("window.soon")
    assert calm.run("return window.soon") == pytest.approx(1.4 * before)


@pytest.mark.parametrize(("nodes", "edges"), [(500, 1500), (2000, 6000)])
def test_large_graphs_stay_readable(browser: Browser, nodes: int, edges: int) -> None:
    browser.open(page(random_network(nodes, edges), title="Large", max_nodes=nodes))
    browser.wait("kgPage.labels.length")
    assert_apart(browser)
