"""Figures on the two annotated articles against pinned floors; lowering one is its own commit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.records import plain

# (area, row, figure): floor in percent; what was measured when it was pinned is in the changelog
FLOORS = {
    ("statements", "DETECT content IoU>=.5", "F1"): 92,
    ("statements", "TYPE direct IoU>=.5", "F1"): 100,
    ("statements", "speaker resolved", "acc"): 90,
    ("statements", "force", "acc"): 85,
    ("actors", "mentions, name", "F1"): 97,
    ("actors", "mentions, metonym", "F1"): 97,
    ("actors", "mentions, nominal", "F1"): 90,
    ("actors", "mentions, pronoun", "F1"): 85,
    ("actors", "country (ISO3)", "acc"): 93,
    ("actors", "no over-merging", "acc"): 100,
    ("agreements", "mentions", "F1"): 92,
    ("agreements", "parties", "F1"): 90,
    ("agreements", "status values", "F1"): 75,
    ("events", "events found", "F1"): 88,
    ("events", "agents", "F1"): 90,
    ("events", "type, alternatives accepted", "acc"): 93,
    ("events", "polarity", "acc"): 95,
    ("dates", "value right", "F1"): 95,
    ("sections", "characters", "acc"): 99,
}


@pytest.fixture(scope="module")
def scores(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("eval")
    items = kg.extract([shared / "articles"])
    lines = [json.dumps(plain(item)) + "\n" for item in items]
    (folder / "out.jsonl").write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, shared / "eval" / "score.py", "--gold", shared / "gold"]
    command += ["--text", shared / "articles", "--pred", folder / "out.jsonl"]
    subprocess.run([*command, "--json", folder / "scores.json"], check=True, capture_output=True)
    found: dict[str, Any] = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(("area", "row", "figure"), FLOORS)
def test_a_figure_stands_above_its_floor(
    scores: dict[str, Any], area: str, row: str, figure: str
) -> None:
    assert scores[area][row][figure] >= FLOORS[area, row, figure]
