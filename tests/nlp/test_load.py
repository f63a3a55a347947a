from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import MissingAnnotation
from kg.nlp.load import (
    EXTRACTORS,
    add_boundaries,
    check,
    default_path,
    load,
    model_digest,
    model_name,
    parser_name,
)


def test_the_shipped_pipeline_loads_with_our_components_in_order(nlp: Language) -> None:
    ours = [name for name in nlp.pipe_names if name in EXTRACTORS]
    assert ours == list(EXTRACTORS)
    parser = parser_name(nlp)
    assert parser is not None
    assert nlp.pipe_names.index("kg_boundaries") < nlp.pipe_names.index(parser)


def test_components_find_what_they_require(nlp: Language) -> None:
    assert not any(nlp.analyze_pipes()["problems"].values())


def test_a_model_without_parser_or_entities_is_refused_by_what_it_lacks(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(
        MissingAnnotation,
        match=r"lacks a dependency parser, an entity recogniser, lemmas and part-of-speech tags",
    ):
        load(str(tmp_path / "blank"))


@Language.factory("test_all_in_one", assigns=["token.dep", "token.tag", "token.lemma", "doc.ents"])
def make_all_in_one(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return lambda doc: doc


def test_components_are_known_by_what_they_assign() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("test_all_in_one", name="whatever")
    check(nlp, "it")
    add_boundaries(nlp)
    assert nlp.pipe_names == ["kg_boundaries", "whatever"]


def test_boundaries_that_are_there_already_stay_alone() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_boundaries")
    nlp.add_pipe("test_all_in_one")
    add_boundaries(nlp)
    assert nlp.pipe_names == ["kg_boundaries", "test_all_in_one"]


@pytest.mark.parametrize(
    ("factory", "lacking"),
    [
        ("parser", "lacks an entity recogniser, lemmas and part-of-speech tags; it has: parser"),
        ("ner", "lacks a dependency parser, lemmas and part-of-speech tags; it has: ner"),
        ("tagger", "lacks a dependency parser, an entity recogniser and lemmas; it has: tagger"),
    ],
)
def test_a_model_is_refused_by_what_no_component_assigns(factory: str, lacking: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(factory)
    with pytest.raises(MissingAnnotation, match=lacking):
        check(nlp, "it")


def test_a_component_that_no_package_offers_is_named(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    config = (tmp_path / "config.cfg").read_text("utf-8")
    config = config.replace("pipeline = []", 'pipeline = ["far"]')
    config = config.replace(
        "[components]", '[components]\n\n[components.far]\nfactory = "far_fetched"'
    )
    (tmp_path / "config.cfg").write_text(config, "utf-8")
    with pytest.raises(MissingAnnotation, match='offers its component "far_fetched"'):
        load(str(tmp_path))


def test_a_library_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: object) -> Language:
        raise ModuleNotFoundError("No module named 'onnxruntime'", name="onnxruntime")

    monkeypatch.setattr(spacy, "load", absent)
    with pytest.raises(MissingAnnotation, match="needs the library onnxruntime"):
        load("some_model")


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
    assert model_name() == "en_news_ud_trf-0.1.0"
    assert model_digest() == model_digest(str(default_path()))


def test_the_weights_stay_below_their_size() -> None:
    size = sum(p.stat().st_size for p in default_path().rglob("*") if p.is_file())
    assert size < 60_000_000  # what a package may weigh, by the project's own rule
