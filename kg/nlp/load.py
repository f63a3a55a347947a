"""Loads the language pipeline that runs before extraction, ours or any installed one, and checks it."""

from __future__ import annotations

import functools
import warnings
from importlib import resources
from pathlib import Path

import spacy
from spacy.language import Language

from kg.errors import MissingAnnotation

DEFAULT_MODEL = "news_ud_sm"
"""The pipeline that ships in `kg/weights`."""

EXTRACTORS = ("kg_dates", "kg_actors", "kg_statements", "kg_agreements", "kg_events")
"""Our components, in the order in which each may use what the former found."""


def load(model: str | None = None, *, gazetteers: tuple[str, ...] = ()) -> Language:
    """The pipeline with our components: `model` is ours, an installed package's name, or a folder.

    `gazetteers` are Turtle files that add to or override the shipped gazetteer.

    Raises:
        MissingAnnotation: If there is no such pipeline, it is not English, does not fit this spaCy, or
            lacks tagger, parser, lemmas or entities.
    """
    nlp = _base(model or DEFAULT_MODEL)
    check(nlp, model or DEFAULT_MODEL)
    nlp.add_pipe("kg_boundaries", before="parser")
    for name in EXTRACTORS:
        config = {"gazetteers": list(gazetteers)} if name == "kg_actors" else {}
        nlp.add_pipe(name, config=config)
    return nlp


def default_path() -> Path:
    """The folder of the shipped pipeline."""
    return Path(str(resources.files("kg") / "weights" / DEFAULT_MODEL))


def _base(model: str) -> Language:
    try:
        with warnings.catch_warnings():
            # spaCy warns of a version mismatch and goes on; a pipeline that does not fit is refused
            warnings.filterwarnings("error", message=r"\[W095\]")
            return spacy.load(default_path() if model == DEFAULT_MODEL else model)
    except UserWarning as warning:
        raise MissingAnnotation(f"model {model}: {warning}") from warning
    except (OSError, ValueError) as error:
        raise MissingAnnotation(
            f"model {model}: not found as an installed spaCy pipeline or a folder ({error})"
        ) from error


def check(nlp: Language, model: str) -> None:
    """Refuse a pipeline that cannot carry extraction, saying what it lacks."""
    if nlp.lang != "en":
        raise MissingAnnotation(f'model {model}: its language is "{nlp.lang}", English is needed')
    have = set(nlp.pipe_names)
    missing = [
        what
        for what, names in (
            ("a dependency parser", {"parser"}),
            ("an entity recogniser", {"ner"}),
            ("lemmas", {"lemmatizer", "trainable_lemmatizer"}),
        )
        if not names & have
    ]
    if missing:
        raise MissingAnnotation(f"model {model}: lacks {' and '.join(missing)}; it has: "
                                f"{', '.join(nlp.pipe_names) or 'nothing'}")


@functools.cache
def model_label(model: str | None = None) -> str:
    """Name and version of a pipeline, for reports and run records."""
    meta = spacy.util.load_meta(
        default_path() / "meta.json" if model in (None, DEFAULT_MODEL) else _meta_path(model)
    )
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def _meta_path(model: str) -> Path:
    if Path(model).is_dir():
        return Path(model) / "meta.json"
    return Path(spacy.util.get_package_path(model)) / "meta.json"
