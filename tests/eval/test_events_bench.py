"""Unit records about invented states, read with their own gazetteer, against pinned floors."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.api import extract
from kg.config import Settings
from kg.records import plain

sys.path.insert(0, str(Path(__file__).parent))
import bench_actors  # lies beside this file, not in the package

FLOORS = {("source", "acc"): 85, ("target", "acc"): 83, ("type", "acc"): 82, ("record", "acc"): 60}
"""UniversalPetrarch gets 78.0, 67.3, 66.4 and 44 by full codes."""


@pytest.fixture(scope="module")
def scores(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder, bench = tmp_path_factory.mktemp("bench"), shared / "eval" / "bench"
    records, kit = bench / "petrarch_unit.jsonl", shared / "eval"
    gazetteer = folder / "gazetteer.ttl"
    bench_actors.main(str(bench / "petrarch_unit_actors.jsonl"), str(gazetteer))
    made = folder / "articles.jsonl"
    run = [sys.executable, kit / "make_articles.py", "--bench", records, "--out", made]
    subprocess.run(run, check=True, capture_output=True)
    settings = dataclasses.replace(Settings(), gazetteers=(str(gazetteer),))
    items = extract([made], settings)
    lines = [json.dumps(plain(item)) + "\n" for item in items]
    (folder / "out.jsonl").write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, kit / "bench_gazetteer.py", "--bench", records]
    command += ["--pred", folder / "out.jsonl", "--json", folder / "scores.json"]
    subprocess.run(command, check=True, capture_output=True)
    found: dict[str, Any] = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(("row", "figure"), FLOORS)
def test_a_figure_stands_above_its_floor(scores: dict[str, Any], row: str, figure: str) -> None:
    assert scores[row][figure] >= FLOORS[row, figure]
