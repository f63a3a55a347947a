from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import spacy
from spacy.lookups import Lookups

from kg.nlp import encoder
from kg.nlp.load import check
from kg.training.package import NAME, make_pipeline

sys.path.insert(0, str(Path(__file__).parents[1] / "nlp"))
import small_annotator


@pytest.fixture
def lemmas() -> Lookups:
    tables = Lookups()
    tables.add_table("lemma_rules", {"verb": [["ed", ""]]})
    tables.add_table("lemma_exc", {"verb": {"went": ["go"]}})
    tables.add_table("lemma_index", {"verb": ["sign", "go"]})
    return tables


def test_the_packaged_folder_loads_alone_and_carries_extraction(
    tmp_path: Path, lemmas: Lookups, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "_opened", small_annotator.PlayedGraph)
    annotator = small_annotator.write(tmp_path / "annotator")
    made = make_pipeline(annotator, lemmas, version="9.9.9", description="made for a test")
    made.to_disk(tmp_path / "pipeline")
    nlp = spacy.load(tmp_path / "pipeline")
    check(nlp, "packaged")
    assert nlp.pipe_names == ["kg_boundaries", "kg_annotator", "lemmatizer", "kg_entities"]
    assert not any(nlp.analyze_pipes()["problems"].values())
    text = "A headline\n\nBerg went home. Others signed it."
    assert nlp(text).to_json() == made(text).to_json()


def test_the_package_says_what_it_is(tmp_path: Path, lemmas: Lookups) -> None:
    nlp = make_pipeline(small_annotator.write(tmp_path / "annotator"), lemmas, version="9.9.9")
    nlp.to_disk(tmp_path / "pipeline")
    meta = json.loads((tmp_path / "pipeline" / "meta.json").read_text("utf-8"))
    assert (meta["lang"], meta["name"], meta["version"]) == ("en", NAME, "9.9.9")
    assert meta["license"] == "CC BY-SA 4.0"
    assert meta["labels"]["kg_annotator"] == ["PERSON", "GPE"]
