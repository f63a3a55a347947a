"""Loads the language pipeline that runs before extraction, ours or any installed one, and checks
it.
"""

from __future__ import annotations

import functools
import hashlib
import re
import warnings
from importlib import resources
from pathlib import Path

import spacy
from spacy.language import Language

from kg.errors import MissingAnnotation
from kg.nlp.tokenizing import split_glued

DEFAULT_MODEL = "news_ud_trf"
"""The pipeline that ships in `kg/weights`."""

NEEDED = (
    ("a dependency parser", ("token.dep",)),
    ("an entity recogniser", ("doc.ents",)),
    ("lemmas", ("token.lemma",)),
    ("part-of-speech tags", ("token.tag", "token.pos")),
)
"""What extraction reads, each as any of the attributes by which components say what they assign."""

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
            spaCy, lacks tagger, parser, lemmas or entities, or is ours and damaged.
    """
    nlp = base(model or DEFAULT_MODEL)
    check(nlp, model or DEFAULT_MODEL)
    _open(nlp, model or DEFAULT_MODEL)
    split_glued(nlp)
    add_boundaries(nlp)
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


def base(model: str) -> Language:
    """A pipeline as it comes, without our components.

    Raises:
        MissingAnnotation: If there is none, or it does not fit this spaCy.
    """
    try:
        with warnings.catch_warnings():
            # spaCy warns of a version mismatch and goes on; a pipeline that does not fit is refused
            warnings.filterwarnings("error", message=r"\[W095\]")
            return spacy.load(default_path() if model == DEFAULT_MODEL else model)
    except UserWarning as warning:
        raise MissingAnnotation(f"model {model}: {warning}") from warning
    except ImportError as error:
        raise MissingAnnotation(
            f"model {model}: needs the library {error.name}, which is not installed ({error})"
        ) from error
    except (OSError, ValueError) as error:
        component = re.search(r"\[E002\] Can't find factory for '([^']+)'", str(error))
        if component:
            raise MissingAnnotation(
                f'model {model}: no installed package offers its component "{component[1]}"; '
                "install what the model requires"
            ) from error
        raise MissingAnnotation(
            f"model {model}: not found as an installed spaCy pipeline or a folder ({error})"
        ) from error


def check(nlp: Language, model: str) -> None:
    """Refuse a pipeline that cannot carry extraction, saying what it lacks."""
    if nlp.lang != "en":
        raise MissingAnnotation(f'model {model}: its language is "{nlp.lang}", English is needed')
    have = {attribute for name in nlp.pipe_names for attribute in nlp.get_pipe_meta(name).assigns}
    missing = [what for what, attributes in NEEDED if have.isdisjoint(attributes)]
    if missing:
        raise MissingAnnotation(
            f"model {model}: lacks {_listed(missing)}; it has: "
            f"{', '.join(nlp.pipe_names) or 'nothing'}"
        )


def _open(nlp: Language, model: str) -> None:
    """Open the weights of our annotator, so that damage shows before any article is read."""
    for name in nlp.pipe_names:
        if nlp.get_pipe_meta(name).factory == "kg_annotator":
            try:
                nlp.get_pipe(name).open()  # type: ignore[attr-defined]  # spaCy says only "callable"
            except MissingAnnotation as error:
                raise MissingAnnotation(f"model {model}: {error}") from error


def _listed(items: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(items[:-1]), items[-1])))


def add_boundaries(nlp: Language) -> None:
    """Put `kg_boundaries` before the component that makes trees, unless it is there already."""
    if "kg_boundaries" not in nlp.pipe_names:
        nlp.add_pipe("kg_boundaries", before=parser_name(nlp))


def parser_name(nlp: Language) -> str | None:
    """The name of the component that makes trees; `None` where none does."""
    names = (n for n in nlp.pipe_names if "token.dep" in nlp.get_pipe_meta(n).assigns)
    return next(names, None)


def model_name(model: str | None = None) -> str:
    """Name and version of a pipeline, for reports and run records: "en_news_ud_trf-0.1.0"."""
    try:
        meta = spacy.util.load_meta(_folder(model) / "meta.json")
    except (OSError, ValueError) as error:
        raise MissingAnnotation(f"model {model}: the folder holds no spaCy pipeline") from error
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


@functools.cache
def model_digest(model: str | None = None) -> str:
    """SHA-256 over the names and bytes of a pipeline's files, its card left out; hexadecimal."""
    folder, digest = _folder(model), hashlib.sha256()
    for path in sorted(
        p for p in folder.rglob("*") if p.is_file() and p.suffix not in {".pyc", ".md"}
    ):
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
