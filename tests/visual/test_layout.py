from __future__ import annotations

import itertools
import random

import networkx as nx
import pytest
from steps import steps

from kg.visual.layout import Box, positions

SMALL = Box(half_width=40, above=16, below=36)
DOT = Box(half_width=12, above=13, below=15)


def test_nothing_has_no_positions() -> None:
    assert positions([], []) == []


def test_one_vertex_stands_in_the_middle() -> None:
    ((x, y),) = positions([SMALL], [])
    assert abs(x) <= SMALL.half_width
    assert abs(y) <= SMALL.below


def test_boxes_of_a_small_drawing_do_not_overlap() -> None:
    graph = nx.barabasi_albert_graph(45, 2, seed=3)
    placed = positions([SMALL] * 45, list(graph.edges))
    for (ax, ay), (bx, by) in itertools.combinations(placed, 2):
        beside = abs(ax - bx) >= 2 * SMALL.half_width - 2
        below = abs(ay - by) >= SMALL.above + SMALL.below - 2
        assert beside or below, ((ax, ay), (bx, by))


def test_linked_vertices_stand_nearer_than_others() -> None:
    graph = nx.connected_caveman_graph(6, 8)
    placed = positions([DOT] * 48, list(graph.edges))

    def distance(a: int, b: int) -> float:
        (ax, ay), (bx, by) = placed[a], placed[b]
        return float(((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5)

    linked = [distance(a, b) for a, b in graph.edges]
    all_pairs = [distance(a, b) for a, b in itertools.combinations(range(48), 2)]
    assert sum(linked) / len(linked) < 0.3 * sum(all_pairs) / len(all_pairs)


def test_unlinked_parts_do_not_lie_on_each_other() -> None:
    links = [(0, 1), (1, 2), (3, 4)]
    placed = positions([SMALL] * 7, links)
    parts = [{0, 1, 2}, {3, 4}, {5}, {6}]
    for one, other in itertools.combinations(parts, 2):
        for a, b in itertools.product(one, other):
            (ax, ay), (bx, by) = placed[a], placed[b]
            assert abs(ax - bx) >= 2 * SMALL.half_width or abs(ay - by) >= SMALL.above


def test_a_pair_stands_close_together() -> None:
    (ax, ay), (bx, by) = positions([SMALL] * 2, [(0, 1)])
    assert ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 < 400


@pytest.mark.parametrize("count", [30, 400])
def test_order_and_doubles_of_links_do_not_matter(count: int) -> None:
    links = list(nx.barabasi_albert_graph(count, 2, seed=5).edges)
    mixed = [(b, a) for a, b in links] + links
    random.Random(2).shuffle(mixed)
    assert positions([DOT] * count, links) == positions([DOT] * count, mixed)


def test_self_loops_are_no_links() -> None:
    assert positions([DOT] * 3, [(0, 1), (1, 1), (2, 2)]) == positions([DOT] * 3, [(0, 1)])


def test_a_large_drawing_spreads_its_vertices() -> None:
    graph = nx.barabasi_albert_graph(900, 2, seed=4)
    placed = positions([DOT] * 900, list(graph.edges))
    assert len(set(placed)) == 900
    squares = {(x // 60, y // 60) for x, y in placed}
    assert len(squares) > 180  # the boxes alone, packed without gaps, would fill 168


def test_work_grows_with_the_number_of_vertices() -> None:
    def work(vertices: int) -> int:
        links = list(nx.barabasi_albert_graph(vertices, 3, seed=1).edges)
        return steps(lambda: positions([DOT] * vertices, links))

    assert work(2000) < 15 * work(200)


def shape(placed: list[tuple[int, int]]) -> float:
    xs, ys = zip(*placed, strict=True)
    return (max(xs) - min(xs) + 80) / (max(ys) - min(ys) + 52)


@pytest.mark.parametrize(
    "links", [nx.path_graph(30), nx.star_graph(40), nx.gnm_random_graph(40, 60, 1)]
)
def test_a_drawing_has_about_the_shape_of_a_screen(links: nx.Graph[int]) -> None:
    placed = positions([SMALL] * len(links), list(links.edges))
    assert 0.6 < shape(placed) < 2.4


def test_vertices_without_links_stand_in_rows_below() -> None:
    graph = nx.star_graph(12)
    placed = positions([SMALL] * 33, list(graph.edges))
    lowest = max(y for _, y in placed[:13])
    alone = placed[13:]
    assert min(y for _, y in alone) > lowest
    rows = {y for _, y in alone}
    assert 1 < len(rows) < 7
    assert 0.6 < shape(placed) < 2.4


def test_many_small_parts_are_drawn_apart() -> None:
    links = [(i, i + 1) for i in range(0, 4998, 3)]
    assert len(set(positions([DOT] * 5000, links))) == 5000
