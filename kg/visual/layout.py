"""Where each vertex of a drawing stands: computed in advance, the same on every machine.

Connected parts are drawn by forces one by one (linked vertices attract, all repel each other), then
laid out side by side and freed from overlaps. Positions are rounded after every step, so that
last-bit differences between processors do not grow into another picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Indices = NDArray[np.int64]

SEED = 7
GRAIN = 1024.0  # steps per unit; a power of two, so that rounding is exact
EXACT_BELOW = 260  # vertices; above, far repulsion is computed on a grid
EDGE = 24.0  # pixels of a usual link beyond what its ends take
GRID = 128
PIVOTS = 24
ASPECT = 1.2  # width to height of the usual canvas beside a panel
FIRST_ASPECT = 1.7  # before labels are pushed apart, which mostly moves them up and down
EVENNESS = 0.65  # 0 leaves distances as the forces made them, 1 spreads them evenly
LOOSENESS = 0.8  # area of the drawing to that of all boxes in it, where boxes hold labels
LOOSENESS_OF_MANY = 3.5  # the same for large parts, whose boxes hold none
MOST_STRETCH = 2.0  # more would show a chain as a heap
GAP = 36.0  # between connected parts, in pixels
LABEL_ROOM_BELOW = 160  # vertices; more labels than that cannot stand on one screen anyway


@dataclass(frozen=True, slots=True)
class Box:
    """The room of one vertex in pixels, around its middle: `half_width`, `above` and `below`."""

    half_width: float
    above: float
    below: float


def positions(boxes: Sequence[Box], links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Whole-pixel positions of vertices 0 … n-1, given their room and who is linked.

    The middle of the drawing is near (0, 0); y grows downwards as on a screen.
    """
    count = len(boxes)
    if not count:
        return []
    edges = _simple_edges(links)
    room = np.array([(b.half_width, b.above, b.below) for b in boxes], dtype=np.float64)
    places = np.zeros((count, 2))
    parts = _connected_parts(count, edges)
    drawn = [_draw_part(part, edges, room) for part in parts]
    for part, points in zip(parts, _packed(drawn, [room[p] for p in parts]), strict=True):
        places[part] = points
    low, high = places.min(axis=0), places.max(axis=0)
    middle = np.rint((low + high) / 2)
    return [(int(x), int(y)) for x, y in np.rint(places - middle)]


def _simple_edges(links: Sequence[tuple[int, int]]) -> Indices:
    pairs = sorted({(min(a, b), max(a, b)) for a, b in links if a != b})
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _connected_parts(count: int, edges: Indices) -> list[Indices]:
    """Vertices of each connected part, largest part first, each in ascending order."""
    names = np.arange(count, dtype=np.int64)
    while True:
        before = names.copy()
        if len(edges):
            lowest = np.minimum(names[edges[:, 0]], names[edges[:, 1]])
            np.minimum.at(names, edges[:, 0], lowest)
            np.minimum.at(names, edges[:, 1], lowest)
        names = names[names]
        if np.array_equal(before, names):
            break
    order = np.argsort(names, kind="stable")
    cuts = np.flatnonzero(np.diff(names[order])) + 1
    return sorted(np.split(order, cuts), key=lambda p: (-len(p), int(p[0])))


def _draw_part(part: Indices, edges: Indices, room: Points) -> Points:
    if len(part) == 1:
        return np.zeros((1, 2))
    local = np.searchsorted(part, edges[np.isin(edges[:, 0], part)])
    own_room = room[part]
    if len(part) == 2:
        points = np.array([[0.0, 0.0], [1.0, 0.0]])
    else:
        points = _filled(_evened(_level(_settled(_start(len(part), local), local))))
    points = _scaled(points, local, own_room)
    return _without_overlaps(points, own_room)


# ---------------------------------------------------------------------------------------- start


def _start(count: int, edges: Indices) -> Points:
    """A rough drawing from distances to a few far-apart vertices (Brandes and Pich, PivotMDS)."""
    jitter = np.random.Generator(np.random.PCG64(SEED)).random((count, 2)) - 0.5
    distances = _pivot_distances(count, edges, min(PIVOTS, count))
    squares = distances * distances
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    centred = _grained(centred)
    inner = _grained(centred.T @ centred / count)
    first = _main_axis(inner, None)
    second = _main_axis(inner, first)
    points = np.stack([centred @ first, centred @ second], axis=1)
    spread = np.sqrt((points * points).mean(axis=0))
    points = points / np.where(spread > 1e-6, spread, 1.0)
    return _grained((points + jitter * 0.35) * np.sqrt(count))


def _pivot_distances(count: int, edges: Indices, pivots: int) -> Points:
    starts, neighbours = _adjacency(count, edges)
    degrees = np.diff(starts)
    pivot = int(np.argmax(degrees))
    nearest = np.full(count, np.iinfo(np.int64).max)
    columns = []
    for _ in range(pivots):
        column = _steps_from(pivot, count, starts, neighbours)
        columns.append(column)
        nearest = np.minimum(nearest, column)
        pivot = int(np.argmax(nearest))
    return np.stack(columns, axis=1).astype(np.float64)


def _adjacency(count: int, edges: Indices) -> tuple[Indices, Indices]:
    """Neighbours of vertex v are `neighbours[starts[v]:starts[v + 1]]`."""
    ends = np.concatenate([edges, edges[:, ::-1]])
    ends = ends[np.argsort(ends[:, 0], kind="stable")]
    starts = np.searchsorted(ends[:, 0], np.arange(count + 1))
    return starts.astype(np.int64), ends[:, 1]


def _steps_from(origin: int, count: int, starts: Indices, neighbours: Indices) -> Indices:
    steps = np.full(count, -1, dtype=np.int64)
    steps[origin] = 0
    front = np.array([origin], dtype=np.int64)
    distance = 0
    while len(front):
        distance += 1
        around = np.concatenate([neighbours[starts[v] : starts[v + 1]] for v in front])
        front = np.unique(around[steps[around] < 0])
        steps[front] = distance
    return steps


def _main_axis(matrix: Points, without: Points | None) -> Points:
    """The main direction of a symmetric matrix, perpendicular to `without` if given."""
    size = len(matrix)
    axis = np.arange(1.0, size + 1.0) / size
    for _ in range(60):
        if without is not None:
            axis = axis - without * float((axis * without).sum())
        axis = matrix @ axis
        length = float(np.sqrt((axis * axis).sum()))
        if length < 1e-9:
            return np.zeros(size)
        axis = _grained(axis / length * GRAIN) / GRAIN
    return axis


# --------------------------------------------------------------------------------------- forces


def _settled(points: Points, edges: Indices) -> Points:
    """The drawing after forces have moved it, in units of about one edge length."""
    count = len(points)
    exact = count < EXACT_BELOW
    rounds = min(260, 20 * count) if exact else max(70, min(160, 400_000 // count))
    degrees = np.bincount(edges.ravel(), minlength=count).astype(np.float64)
    mass = 1.0 + np.sqrt(degrees)  # hubs push more, so that their leaves stand around them
    heat = 0.3 * np.sqrt(count)
    cooling = (0.02 / heat) ** (1.0 / rounds)
    for _ in range(rounds):
        force = _repulsion_exact(points, mass) if exact else _repulsion_on_grid(points, mass)
        force += _attraction(points, edges, degrees)
        force -= points * (0.06 * mass)[:, None] / np.sqrt(count) * np.array([1.0, ASPECT])
        strength = np.sqrt((force * force).sum(axis=1, keepdims=True)) + 1e-9
        points = _grained(points + force / strength * np.minimum(strength, heat))
        heat *= cooling
    return points


def _repulsion_exact(points: Points, mass: Points) -> Points:
    apart = points[:, None, :] - points[None, :, :]
    squares = (apart * apart).sum(axis=2) + 0.01
    return np.asarray((apart * (mass[None, :] / squares)[:, :, None]).sum(axis=1) * mass[:, None])


def _repulsion_on_grid(points: Points, mass: Points) -> Points:
    """Repulsion of all by all: masses on a grid, convolved with the force of one (by FFT)."""
    low, high = points.min(axis=0), points.max(axis=0)
    cell = float((high - low).max()) / (GRID - 3) + 1e-6
    spots = (points - low) / cell + 1.0
    corner = np.floor(spots).astype(np.int64)
    share = spots - corner
    shape = (2 * GRID, 2 * GRID)
    flat, weights = _corners(corner, share)
    density = np.bincount(flat, (weights * mass).ravel(), minlength=shape[0] * shape[1])
    waves = np.fft.rfft2(density.reshape(shape))
    force = np.empty_like(points)
    for axis, kernel in enumerate(_kernels(shape, cell)):
        field = np.fft.irfft2(waves * kernel, s=shape).ravel()
        force[:, axis] = (field[flat].reshape(4, -1) * weights).sum(axis=0)
    return force * mass[:, None]


def _corners(corner: Indices, share: Points) -> tuple[Indices, Points]:
    """The four cells around each point (flat index), and the share of the point in each."""
    right, down = share[:, 0], share[:, 1]
    base = corner[:, 0] * (2 * GRID) + corner[:, 1]
    flat = np.concatenate([base, base + 1, base + 2 * GRID, base + 2 * GRID + 1])
    weights = np.stack(
        [(1 - right) * (1 - down), (1 - right) * down, right * (1 - down), right * down]
    )
    return flat, weights


def _kernels(shape: tuple[int, int], cell: float) -> list[NDArray[np.complex128]]:
    steps = np.fft.fftfreq(shape[0], 1.0 / shape[0]) * cell
    dx, dy = steps[:, None], steps[None, :]
    squares = dx * dx + dy * dy + cell * cell
    return [np.fft.rfft2(dx / squares), np.fft.rfft2(dy / squares)]


def _attraction(points: Points, edges: Indices, degrees: Points) -> Points:
    """Springs; those of hubs are weaker, so that a hub does not pull all into one clump."""
    if not len(edges):
        return np.zeros_like(points)
    source, target = edges[:, 0], edges[:, 1]
    apart = points[target] - points[source]
    length = np.sqrt((apart * apart).sum(axis=1)) + 1e-9
    least = np.minimum(degrees[source], degrees[target])
    pull = apart * (length / (1.0 + 0.15 * least))[:, None]
    force = np.empty_like(points)
    for axis in (0, 1):
        force[:, axis] = np.bincount(source, pull[:, axis], minlength=len(points))
        force[:, axis] -= np.bincount(target, pull[:, axis], minlength=len(points))
    return force


# ----------------------------------------------------------------------------------------- room


def _level(points: Points) -> Points:
    """The drawing turned so that it is wider than high, as screens are."""
    away = points - points.mean(axis=0)
    spread = away.T @ away
    half = (spread[0, 0] - spread[1, 1]) / 2
    long = half + float(np.sqrt(half * half + spread[0, 1] * spread[0, 1]))
    axis = np.array([long, spread[0, 1]])
    length = float(np.sqrt((axis * axis).sum()))
    if length < 1e-9:  # as high as wide and straight, or no higher than wide
        axis, length = (np.array([1.0, 0.0]) if half >= 0 else np.array([0.0, 1.0])), 1.0
    right, down = _grained(axis / length * GRAIN) / GRAIN
    return _grained(away @ np.array([[right, -down], [down, right]]))


def _evened(points: Points) -> Points:
    """The drawing with its crowded middle spread and its far outskirts drawn in.

    Directions stay; each distance from the middle moves towards the one it would have were all
    vertices spread evenly over an ellipse.
    """
    middle = points.mean(axis=0)
    away = (points - middle) / np.array([ASPECT, 1.0])
    distance = np.sqrt((away * away).sum(axis=1))
    ranks = np.empty(len(points))
    ranks[np.argsort(distance, kind="stable")] = np.arange(1.0, len(points) + 1.0)
    reach = float(np.sort(distance)[int(0.9 * (len(points) - 1))])
    even = np.sqrt(ranks / len(points)) * reach
    factor = (1 - EVENNESS) + EVENNESS * even / np.maximum(distance, 1e-3)
    return _grained((points - middle) * factor[:, None])


def _filled(points: Points) -> Points:
    """The drawing stretched a little towards the shape of a screen."""
    size = points.max(axis=0) - points.min(axis=0)
    if min(size) < 1e-6:
        return points
    wanted = FIRST_ASPECT if len(points) <= LABEL_ROOM_BELOW else ASPECT
    too_wide = float(size[0] / size[1]) / wanted
    stretch = float(np.sqrt(min(MOST_STRETCH, max(1 / MOST_STRETCH, too_wide))))
    return _grained(points * np.array([1 / stretch, stretch]))


def _scaled(points: Points, edges: Indices, room: Points) -> Points:
    """The drawing in pixels: large enough that vertices and labels find their room."""
    size = points.max(axis=0) - points.min(axis=0)
    longest = float(size.max())
    area = max(float(size[0] * size[1]), longest * longest / 4) + 1e-6  # a line has no area
    loose = LOOSENESS if len(points) <= LABEL_ROOM_BELOW else LOOSENESS_OF_MANY
    wanted = float((2 * room[:, 0] * (room[:, 1] + room[:, 2])).sum()) * loose
    apart = points[edges[:, 0]] - points[edges[:, 1]]
    usual = float(np.sort(np.sqrt((apart * apart).sum(axis=1)))[len(edges) // 2]) + 1e-6
    edge = EDGE + 2 * float(room[:, 1].mean())
    return _grained(points * max(float(np.sqrt(wanted / area)), edge / usual))


def _without_overlaps(points: Points, room: Points) -> Points:
    """The drawing with boxes pushed apart until none covers another, or patience ends."""
    rounds = 400 if len(points) <= LABEL_ROOM_BELOW else 24
    for _ in range(rounds):
        first, second = _near_pairs(points, room)
        push = _pushes(points, room, first, second)
        if not len(push[0]):
            break
        first, second, shift = push
        for axis in (0, 1):
            moves = np.bincount(second, shift[:, axis], minlength=len(points))
            moves -= np.bincount(first, shift[:, axis], minlength=len(points))
            points[:, axis] += moves
        points = _grained(points)
    return points


def _pushes(
    points: Points, room: Points, first: Indices, second: Indices
) -> tuple[Indices, Indices, Points]:
    """Which pairs overlap, and how the second of each moves (the first moves as far back)."""
    apart = points[second] - points[first]
    width = room[first, 0] + room[second, 0] - np.abs(apart[:, 0])
    above = apart[:, 1] < 0  # the second stands higher: its lower half meets the first's upper one
    touch = np.where(above, room[second, 2] + room[first, 1], room[first, 2] + room[second, 1])
    height = touch - np.abs(apart[:, 1])
    hit = (width > 0) & (height > 0)
    sideways = (width < height)[hit]
    sign = np.where(apart[hit] < 0, -1.0, 1.0)
    shift = np.zeros((int(hit.sum()), 2))
    shift[:, 0] = np.where(sideways, width[hit] * sign[:, 0], 0.0)
    shift[:, 1] = np.where(sideways, 0.0, height[hit] * sign[:, 1])
    return first[hit], second[hit], shift * 0.45


def _near_pairs(points: Points, room: Points) -> tuple[Indices, Indices]:
    """Pairs that can overlap: all of them if few, else those in the same or the next cell."""
    count = len(points)
    if count <= LABEL_ROOM_BELOW:
        upper = np.triu_indices(count, 1)
        return upper[0].astype(np.int64), upper[1].astype(np.int64)
    cell = max(2 * float(room[:, 0].max()), float((room[:, 1] + room[:, 2]).max()))
    spots = np.floor((points - points.min(axis=0)) / cell).astype(np.int64)
    columns = int(spots[:, 1].max()) + 3
    keys = spots[:, 0] * columns + spots[:, 1]
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    found = [_matches(order, ordered, step) for step in (0, 1, columns - 1, columns, columns + 1)]
    return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])


def _matches(order: Indices, keys: Indices, step: int) -> tuple[Indices, Indices]:
    """Pairs of points whose cells lie `step` apart (within one cell, each pair once)."""
    low = np.searchsorted(keys, keys + step, side="left")
    high = np.searchsorted(keys, keys + step, side="right")
    if step == 0:
        low = np.arange(1, len(keys) + 1)
    counts = np.maximum(high - low, 0)
    first = np.repeat(np.arange(len(keys)), counts)
    offsets = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[first], order[np.repeat(low, counts) + offsets]


def _packed(drawings: Sequence[Points], rooms: Sequence[Points]) -> list[Points]:
    """Connected parts moved so that none covers another, together about as wide as a screen.

    The largest stands at the upper left, the others where they leave the least of the screen
    empty; vertices without links stand in rows below.
    """
    boxes = [_extent(points, room) for points, room in zip(drawings, rooms, strict=True)]
    sizes = np.array([high - low + GAP for low, high in boxes])
    linked = sum(len(points) > 1 for points in drawings)
    options = [_arranged(sizes, linked, width) for width in _widths(sizes)]
    corners = min(options, key=_waste(sizes))
    return [
        points - low + corner
        for points, (low, _), corner in zip(drawings, boxes, corners, strict=True)
    ]


def _arranged(sizes: Points, linked: int, width: float) -> Points:
    """Upper left corners of boxes: the first `linked` fitted together, the others in rows below."""
    corners = _corners_in(sizes[:linked], width)
    right, down = (corners + sizes[:linked]).max(axis=0) if linked else (0.0, 0.0)
    rows = _rows(sizes[linked:], width)
    middle = np.array([max(0.0, (width - float(right)) / 2), 0.0])
    return np.concatenate([corners + middle, rows + np.array([0.0, float(down)])])


def _rows(sizes: Points, width: float) -> Points:
    """Upper left corners of boxes in rows, each row in the middle of the width."""
    corners = np.zeros((len(sizes), 2))
    start, left, down = 0, 0.0, 0.0
    for i, (wide, _) in enumerate(sizes):
        if left > 0 and left + float(wide) > width + 1e-6:
            corners[start:i, 0] += (width - left) / 2
            down += float(sizes[start:i, 1].max())
            start, left = i, 0.0
        corners[i] = left, down
        left += float(wide)
    corners[start:, 0] += (width - left) / 2
    return corners


def _widths(sizes: Points) -> list[float]:
    """Widths to try for the whole drawing."""
    least = float(sizes[:, 0].max())
    usual = float(np.sqrt(sizes.prod(axis=1).sum() * ASPECT))
    return sorted({max(least, usual * factor) for factor in (0.9, 1.0, 1.1, 1.2, 1.35, 1.5)})


def _waste(sizes: Points) -> Callable[[Points], float]:
    """How high a screen must be, in pixels, that shows parts with these corners at full size."""

    def height(corners: Points) -> float:
        width, depth = (corners + sizes).max(axis=0)
        return max(float(width) / ASPECT, float(depth))

    return height


def _corners_in(sizes: Points, width: float) -> Points:
    """Upper left corners of boxes in a strip of a width, each as high up as it fits.

    The skyline is the lower rim of what is placed: (left, right, down) from left to right.
    """
    skyline = [(0.0, width, 0.0)]
    corners = np.zeros((len(sizes), 2))
    for i, (wide, high) in enumerate(sizes):
        down, left = min(_places(skyline, float(wide), width))
        corners[i] = left, down
        skyline = _lowered(skyline, left, left + float(wide), down + float(high))
    return corners


def _places(
    skyline: Sequence[tuple[float, float, float]], wide: float, width: float
) -> Iterator[tuple[float, float]]:
    """Where a box can stand, as (down, left): at the left end of each step."""
    for i, (left, _, _) in enumerate(skyline):
        if left + wide > width + 1e-6:
            break
        under = (down for a, _, down in skyline[i:] if a < left + wide - 1e-6)
        yield max(under), left


def _lowered(
    skyline: Iterable[tuple[float, float, float]], left: float, right: float, down: float
) -> list[tuple[float, float, float]]:
    """The skyline with a box put below it; steps that come to lie equally deep are joined."""
    cut = [(left, right, down)]
    for a, b, c in skyline:
        if a < left:
            cut.append((a, min(b, left), c))
        if b > right:
            cut.append((max(a, right), b, c))
    joined: list[tuple[float, float, float]] = []
    for a, b, c in sorted(cut):
        if joined and abs(joined[-1][2] - c) < 1e-6:
            joined[-1] = (joined[-1][0], b, c)
        elif b - a > 1e-6:
            joined.append((a, b, c))
    return joined


def _extent(points: Points, room: Points) -> tuple[Points, Points]:
    low = np.stack([points[:, 0] - room[:, 0], points[:, 1] - room[:, 1]], axis=1).min(axis=0)
    high = np.stack([points[:, 0] + room[:, 0], points[:, 1] + room[:, 2]], axis=1).max(axis=0)
    return low, high


def _grained(values: Points) -> Points:
    return np.rint(values * GRAIN) / GRAIN
