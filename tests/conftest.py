"""What many tests share: the pipeline, loaded once, and where the optional shared data lies."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The shipped pipeline with all components."""
    from kg.nlp.load import load

    return load()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the two real articles, their annotation and the scorers; skips without it."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("wants the shared evaluation data beside the checkout")
    return SHARED
