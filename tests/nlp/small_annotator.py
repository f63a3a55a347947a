"""A trained annotator in small: real files, made-up weights, and a graph that is only played.

What the graph gives depends on its inputs alone, as the real one's outputs do.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from kg.nlp.encoder import Weights
from kg.nlp.pieces import CLS, SEP, UNKNOWN

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,!?\"'-“”’"
LABELS = {
    "upos": ["NOUN", "VERB", "PROPN", "PUNCT"],
    "xpos": ["NN", "VBD", "NNP", "."],
    "morph": ["", "Number=Sing", "Number=Plur"],
    "dep": ["ROOT", "nsubj", "obj", "punct"],
    "entities": ["O", "B-PERSON", "I-PERSON", "B-GPE", "I-GPE"],
}
WIDTH = 100


def tokenizer_json() -> bytes:
    """A word-piece tokenizer that knows letters only, its special pieces where BERT has them."""
    names = [f"[unused{i}]" for i in range(SEP + 1)]
    names[UNKNOWN], names[CLS], names[SEP] = "[UNK]", "[CLS]", "[SEP]"
    names += [*LETTERS, *(f"##{letter}" for letter in LETTERS)]
    vocabulary = {name: i for i, name in enumerate(names)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.enable_truncation(16)
    tokenizer.enable_padding(length=16)
    return tokenizer.to_str().encode()


def weights(**limits: int) -> Weights:
    """Weights for `LABELS`; the graph's bytes hold nothing."""
    rng = np.random.default_rng(0)
    tags = len(LABELS["entities"])
    heads = io.BytesIO()
    np.savez(
        heads,
        labels=rng.normal(size=(len(LABELS["dep"]), WIDTH + 1, WIDTH + 1)).astype(np.float16),
        transitions=rng.normal(size=(tags, tags)).astype(np.float32),
        first_transition=np.zeros(tags, np.float32),
        last_transition=np.zeros(tags, np.float32),
    )
    labels = json.dumps(LABELS | {"limits": limits}).encode()
    return Weights(b"no graph", heads.getvalue(), tokenizer_json(), labels)


def write(folder: Path, **limits: int) -> Path:
    """A folder of such weights."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in weights(**limits).files().items():
        (folder / name).write_bytes(data)
    return folder


class PlayedGraph:
    """Stands for an opened graph: outputs drawn by chance, from a seed that the inputs give."""

    def __init__(self, graph: bytes) -> None:
        self.longest = 0

    def run(self, names: Sequence[str], inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        """The outputs by name, with a batch axis of one."""
        assert {len(values) for values in inputs.values()} == {1}
        self.longest = max(self.longest, inputs["ids"].shape[1])
        n = inputs["first"].shape[1]
        rng = np.random.default_rng(
            np.concatenate([inputs[k][0] for k in ("ids", "shape", "first")])
        )
        shapes = {"starts": (n,), "arcs": (n, n), "dependent": (n, WIDTH), "governor": (n, WIDTH)}
        shapes["entities"] = (n, len(LABELS["entities"]))
        return [
            rng.integers(len(LABELS[name]), size=(1, n))
            if name in LABELS and name not in shapes
            else rng.normal(size=(1, *shapes[name])).astype(np.float32) * 4
            for name in names
        ]
