"""The network: a small BERT encoder that also sees the case of words, with heads for tags, trees,
sentence starts and entities.

The encoder is all-MiniLM-L6-v2 (Wang et al. 2020; Apache-2.0): 6 layers of width 384, uncased. The
tree head scores arcs and labels by biaffine attention (Dozat and Manning 2017), the entity head is
a linear-chain CRF (Lafferty et al. 2001) that sums over unknown tags. Shapes: B stretches, T word
pieces, W words, K entity tags, L relation labels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.nlp.pieces import SHAPE_CODES

WIDTH, FEED_FORWARD, HEADS, LAYERS = 384, 1536, 12, 6
VOCABULARY, POSITIONS = 30_522, 512
WORD_WIDTH, SHAPE_WIDTH = 512, 32
ARC_WIDTH, LABEL_WIDTH = 256, 100
IMPOSSIBLE = -1e4
TAGGED = ("upos", "xpos", "morph")


class Batch(NamedTuple):
    """Stretches side by side, padded: `ids`, `mask`, `shape` are [B, T], the others [B, W]."""

    ids: Tensor
    mask: Tensor
    shape: Tensor
    first: Tensor
    last: Tensor
    words: Tensor


class Layer(nn.Module):
    """One block of self-attention and feed-forward, normalised after each, as in BERT."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_attention = nn.LayerNorm(WIDTH, 1e-12)
        self.up = nn.Linear(WIDTH, FEED_FORWARD)
        self.down = nn.Linear(FEED_FORWARD, WIDTH)
        self.norm_output = nn.LayerNorm(WIDTH, 1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """[B, T, WIDTH] to the same; `bias` [B, 1, 1, T] closes off the padding."""
        batch, length, _ = x.shape
        qkv = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5
        attended = torch.softmax(scores + bias, -1) @ value
        attended = attended.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm_attention(x + self.dropout(self.out(attended)))
        fed: Tensor = self.down(functional.gelu(self.up(x)))
        normed: Tensor = self.norm_output(x + self.dropout(fed))
        return normed


class Encoder(nn.Module):
    """Word pieces to vectors; the shape of the word is added to its embedding, from zero."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(SHAPE_CODES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor, shape: Tensor) -> Tensor:
        """[B, T] three times to [B, T, WIDTH]."""
        places = torch.arange(ids.shape[1], device=ids.device)[None]
        x: Tensor = self.pieces(ids) + self.shapes(shape) + self.positions(places)
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None].to(x.dtype)) * IMPOSSIBLE
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_pretrained(self, weights: Mapping[str, Tensor]) -> None:
        """Take over BERT weights by their published names, with or without the prefix "bert."."""
        given = {name.removeprefix("bert."): value.float() for name, value in weights.items()}
        types = given["embeddings.token_type_embeddings.weight"][0]
        self.pieces.weight.data = given["embeddings.word_embeddings.weight"].clone()
        self.positions.weight.data = given["embeddings.position_embeddings.weight"] + types
        nn.init.zeros_(self.shapes.weight)
        _copy(self.norm, given, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            assert isinstance(layer, Layer)
            at = f"encoder.layer.{number}"
            for kind in ("weight", "bias"):
                parts = [
                    given[f"{at}.attention.self.{n}.{kind}"] for n in ("query", "key", "value")
                ]
                getattr(layer.qkv, kind).data = torch.cat(parts)
            _copy(layer.out, given, f"{at}.attention.output.dense")
            _copy(layer.norm_attention, given, f"{at}.attention.output.LayerNorm")
            _copy(layer.up, given, f"{at}.intermediate.dense")
            _copy(layer.down, given, f"{at}.output.dense")
            _copy(layer.norm_output, given, f"{at}.output.LayerNorm")


def _copy(module: nn.Module, given: Mapping[str, Tensor], name: str) -> None:
    for kind in ("weight", "bias"):
        getattr(module, kind).data = given[f"{name}.{kind}"].clone()


class Network(nn.Module):
    """Encoder and heads; `labels` names the classes of each head."""

    def __init__(self, labels: Mapping[str, Sequence[str]], dropout: float = 0.25) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.word_shapes = nn.Embedding(SHAPE_CODES, SHAPE_WIDTH)
        self.mix = nn.Sequential(
            nn.Linear(2 * WIDTH + SHAPE_WIDTH, WORD_WIDTH), nn.GELU(), nn.LayerNorm(WORD_WIDTH)
        )
        self.dropout = nn.Dropout(dropout)
        self.taggers = nn.ModuleDict({k: nn.Linear(WORD_WIDTH, len(labels[k])) for k in TAGGED})
        self.starts = nn.Linear(WORD_WIDTH, 2)
        self.entities = Chain(len(labels["entities"]))
        self.roles = nn.Linear(WORD_WIDTH, 2 * ARC_WIDTH + 2 * LABEL_WIDTH)
        self.arc = nn.Parameter(torch.randn(ARC_WIDTH + 1, ARC_WIDTH) / ARC_WIDTH)
        self.root = nn.Linear(ARC_WIDTH, 1)
        size = LABEL_WIDTH + 1
        self.label = nn.Parameter(torch.randn(len(labels["dep"]), size, size) * 0.01)

    def words(self, batch: Batch) -> Tensor:
        """A vector for each word, from its first and last piece and its shape: [B, W, 512]."""
        x = self.encoder(batch.ids, batch.mask, batch.shape)
        first, last = (
            torch.gather(x, 1, index[:, :, None].expand(-1, -1, WIDTH))
            for index in (batch.first, batch.last)
        )
        shape = self.word_shapes(torch.gather(batch.shape, 1, batch.first))
        mixed: Tensor = self.dropout(self.mix(torch.cat([first, last, shape], -1)))
        return mixed

    def arcs(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Arc scores [B, W, W] (dependent, governor; the diagonal scores the root), and what
        labels are scored from: the words as dependents and as governors, [B, W, 100] each.
        """
        roles = self.dropout(functional.leaky_relu(self.roles(words), 0.1))
        dependent, governor, low, high = roles.split(
            (ARC_WIDTH, ARC_WIDTH, LABEL_WIDTH, LABEL_WIDTH), -1
        )
        one = torch.ones_like(dependent[:, :, :1])
        scores = torch.cat([dependent, one], -1) @ self.arc @ governor.transpose(1, 2)
        diagonal = torch.eye(words.shape[1], dtype=scores.dtype)[None]
        return scores * (1 - diagonal) + self.root(dependent) * diagonal, low, high

    def labels(self, dependent: Tensor, governor: Tensor) -> Tensor:
        """Label scores [N, L] of N arcs, each given by its two ends [N, 100]."""
        one = torch.ones_like(dependent[:, :1])
        low, high = torch.cat([dependent, one], 1), torch.cat([governor, one], 1)
        count, size, _ = self.label.shape
        bilinear = (low @ self.label.permute(1, 0, 2).reshape(size, -1)).view(-1, count, size)
        return (bilinear * high[:, None]).sum(-1)


class Chain(nn.Module):
    """A linear-chain CRF over entity tags."""

    def __init__(self, tags: int) -> None:
        super().__init__()
        self.emissions = nn.Linear(WORD_WIDTH, tags)
        self.transitions = nn.Parameter(torch.zeros(tags, tags))
        self.first = nn.Parameter(torch.zeros(tags))
        self.last = nn.Parameter(torch.zeros(tags))

    def loss(self, words: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Negative log-likelihood per known tag; a tag of -100 may be any (it is summed over).

        `tags` [B, W], `lengths` [B].
        """
        scores = self.emissions(words).float()
        known = tags >= 0
        allowed = torch.zeros_like(scores).scatter_(2, tags.clamp(min=0)[..., None], 1.0).bool()
        closed = scores.masked_fill(known[..., None] & ~allowed, IMPOSSIBLE)
        both = self._log_sum(torch.cat([scores, closed]), torch.cat([lengths, lengths]))
        everything, gold = both.chunk(2)
        return (everything - gold).sum() / known.sum().clamp(min=1)

    def _log_sum(self, scores: Tensor, lengths: Tensor) -> Tensor:
        """Log of the summed weight of all paths, [B]."""
        alpha = scores[:, 0] + self.first
        for t in range(1, scores.shape[1]):
            step = torch.logsumexp(alpha[:, :, None] + self.transitions, 1) + scores[:, t]
            alpha = torch.where((t < lengths)[:, None], step, alpha)
        return torch.logsumexp(alpha + self.last, 1)


def pretrained(folder: Path) -> dict[str, Tensor]:
    """The published weights in `folder` (`model.safetensors`)."""
    from safetensors.torch import load_file

    return load_file(folder / "model.safetensors")
