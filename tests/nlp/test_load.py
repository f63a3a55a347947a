from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from kg.errors import MissingAnnotation
from kg.nlp.load import EXTRACTORS, default_path, load, model_digest, model_name


def test_the_shipped_pipeline_loads_with_our_components_in_order(nlp: Language) -> None:
    ours = [name for name in nlp.pipe_names if name in EXTRACTORS]
    assert ours == list(EXTRACTORS)
    assert nlp.pipe_names.index("kg_boundaries") < nlp.pipe_names.index("parser")


def test_components_find_what_they_require(nlp: Language) -> None:
    assert not any(nlp.analyze_pipes()["problems"].values())


def test_a_model_without_parser_or_entities_is_refused_by_what_it_lacks(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(MissingAnnotation, match=r"a dependency parser and an entity recogniser"):
        load(str(tmp_path / "blank"))


def test_a_model_of_another_language_is_refused(tmp_path: Path) -> None:
    spacy.blank("de").to_disk(tmp_path / "blank")
    with pytest.raises(MissingAnnotation, match='its language is "de"'):
        load(str(tmp_path / "blank"))


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(MissingAnnotation, match="en_core_web_nowhere"):
        load("en_core_web_nowhere")


@pytest.mark.parametrize("model", ["nomodel", "../etc"])
def test_a_model_that_is_not_there_has_no_name(model: str) -> None:
    with pytest.raises(MissingAnnotation, match="not found"):
        model_name(model)


def test_a_folder_without_a_pipeline_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingAnnotation, match="holds no spaCy pipeline"):
        model_name(str(tmp_path))


def test_the_model_is_named_with_its_version_and_digest() -> None:
    assert model_name() == "en_news_ud_sm-0.1.0"
    assert model_digest() == model_digest(str(default_path()))


def test_the_weights_stay_below_their_size() -> None:
    size = sum(p.stat().st_size for p in default_path().rglob("*") if p.is_file())
    assert size < 60_000_000  # what a package may weigh, by the project's own rule
