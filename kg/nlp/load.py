"""Loads the language pipeline that runs before extraction, ours or any installed one, and checks
it.
"""

from __future__ import annotations

import functools
import hashlib
import warnings
from importlib import resources
from pathlib import Path

import spacy
from spacy.language import Language

from kg.errors import MissingAnnotation

DEFAULT_MODEL = "news_ud_sm"
"""The pipeline that ships in `kg/weights`."""

EXTRACTORS = (
    "kg_dates",
    "kg_actors",
    "kg_statements",
    "kg_speech_pronouns",
    "kg_agreements",
    "kg_events",
)
"""Our components, in the order in which each may use what the former found."""


def load(
    model: str | None = None,
    *,
    gazetteers: tuple[str, ...] = (),
    instruments: tuple[str, ...] = (),
) -> Language:
    """The pipeline with our components: `model` is ours, an installed package's name, or a folder.

    `gazetteers` and `instruments` are Turtle files that add to or override the shipped gazetteer
    and the shipped registry of known agreements.

    Raises:
        MissingAnnotation: If there is no such pipeline, it is not English, does not fit this
            spaCy, or lacks tagger, parser, lemmas or entities.
    """
    nlp = _base(model or DEFAULT_MODEL)
    check(nlp, model or DEFAULT_MODEL)
    nlp.add_pipe("kg_boundaries", before="parser")
    configs = {
        "kg_actors": {"gazetteers": list(gazetteers)},
        "kg_speech_pronouns": {"gazetteers": list(gazetteers)},
        "kg_agreements": {"instruments": list(instruments)},
    }
    for name in EXTRACTORS:
        nlp.add_pipe(name, config=configs.get(name, {}))
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
        raise MissingAnnotation(
            f"model {model}: lacks {' and '.join(missing)}; it has: "
            f"{', '.join(nlp.pipe_names) or 'nothing'}"
        )


def model_name(model: str | None = None) -> str:
    """Name and version of a pipeline, for reports and run records: "en_news_ud_sm-0.1.0"."""
    try:
        meta = spacy.util.load_meta(_folder(model) / "meta.json")
    except (OSError, ValueError) as error:
        raise MissingAnnotation(f"model {model}: the folder holds no spaCy pipeline") from error
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


@functools.cache
def model_digest(model: str | None = None) -> str:
    """SHA-256 over the names and bytes of a pipeline's files, hexadecimal."""
    folder, digest = _folder(model), hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _folder(model: str | None) -> Path:
    if model in (None, DEFAULT_MODEL):
        return default_path()
    assert model is not None
    if Path(model).is_dir():
        return Path(model)
    try:
        package = spacy.util.get_package_path(model)
    except (ImportError, TypeError, ValueError) as error:
        raise MissingAnnotation(
            f"model {model}: not found as a spaCy pipeline or folder"
        ) from error
    return next((p.parent for p in sorted(package.glob("*/meta.json"))), package)
