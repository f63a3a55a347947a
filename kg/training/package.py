"""Puts a trained annotator together with what runs before and after it: the pipeline that ships."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.lookups import Lookups

import kg.nlp.boundaries
import kg.nlp.consistency  # they register their components
from kg.nlp.annotator import Annotator
from kg.training.lemmas import add_lemmatizer

assert kg.nlp.boundaries.make_boundaries and kg.nlp.consistency.make_consistency

NAME = "news_ud_trf"
VERSION = "0.1.0"
LICENSE = "CC BY-SA 4.0"
DESCRIPTION = (
    "English news: tags, morphology, Universal Dependencies, lemmas, sentences and named entities, "
    "from a small transformer that runs in onnxruntime on a processor."
)


def make_pipeline(
    annotator: Path,
    lemmas: Lookups,
    *,
    version: str = VERSION,
    license_: str = LICENSE,
    description: str = DESCRIPTION,
) -> Language:
    """The pipeline around a trained annotator's folder, ready for `to_disk`.

    `lemmas` are the tables of spaCy's rule lemmatizer.
    """
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_boundaries")
    component = nlp.add_pipe("kg_annotator")
    assert isinstance(component, Annotator)
    component.from_disk(annotator)
    add_lemmatizer(nlp, lemmas)
    nlp.add_pipe("kg_entities")
    nlp.meta.update(
        name=NAME,
        version=version,
        license=license_,
        description=description,
        author="The kg authors",
        spacy_version=">=3.8.7,<3.9.0",
    )
    return nlp
