"""A load streams: memory does not grow with what is loaded."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from load_memory import taken_apart

pytest.importorskip("resource", reason="wants getrusage")

GRAPHS = 300
GROWTH = 8.0
"""Megabytes that a longer dump may cost; holding its lines would cost more than 25."""


def grown(folder: Path, *, sort_bytes: int) -> float:
    """Megabytes that a dump four times as long takes more."""
    short, long = (taken_apart(n, folder, sort_bytes=sort_bytes) for n in (GRAPHS, 4 * GRAPHS))
    return long - short


def test_a_dump_four_times_as_long_takes_no_more_memory(tmp_path: Path) -> None:
    assert grown(tmp_path, sort_bytes=1024 * 1024) < GROWTH


def test_lines_that_are_held_would_show(tmp_path: Path) -> None:
    assert grown(tmp_path, sort_bytes=10**9) > GROWTH
