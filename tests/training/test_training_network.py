from __future__ import annotations

import itertools
import random

import pytest

torch = pytest.importorskip("torch", reason="wants PyTorch, the extra `train`")

from kg.nlp.pieces import LINE_BREAK, SPACED  # noqa: E402
from kg.training.development import spans  # noqa: E402
from kg.training.learning import packed  # noqa: E402
from kg.training.network import Chain  # noqa: E402
from kg.training.samples import Sample  # noqa: E402


def chain_with_scores(tags: int) -> Chain:
    torch.manual_seed(3)
    chain = Chain(tags)
    for parameter in (chain.transitions, chain.first, chain.last):
        torch.nn.init.normal_(parameter)
    return chain


def path_score(chain: Chain, emissions: torch.Tensor, path: tuple[int, ...]) -> float:
    score = chain.first[path[0]] + chain.last[path[-1]]
    score = score + sum(emissions[t, tag] for t, tag in enumerate(path))
    return float(score + sum(chain.transitions[a, b] for a, b in itertools.pairwise(path)))


@pytest.mark.parametrize("gold", [(0, 2, 1), (1, -100, 0), (-100, -100, 2)])
def test_the_chain_weighs_all_paths_that_known_tags_allow(gold: tuple[int, ...]) -> None:
    chain = chain_with_scores(3)
    words = torch.randn(1, 3, 512)
    emissions = chain.emissions(words)[0].detach()
    paths = list(itertools.product(range(3), repeat=3))
    fitting = [p for p in paths if all(g in (-100, t) for g, t in zip(gold, p, strict=True))]

    def log_sum(some: list[tuple[int, ...]]) -> float:
        return float(
            torch.logsumexp(torch.tensor([path_score(chain, emissions, p) for p in some]), 0)
        )

    known = sum(g >= 0 for g in gold)
    expected = (log_sum(paths) - log_sum(fitting)) / known
    loss = chain.loss(words, torch.tensor([gold]), torch.tensor([3]))
    assert float(loss) == pytest.approx(expected, abs=1e-3)


def test_padding_does_not_change_the_loss() -> None:
    chain = chain_with_scores(3)
    words = torch.randn(1, 5, 512)
    short = chain.loss(words[:, :3], torch.tensor([[0, 1, 2]]), torch.tensor([3]))
    padded = chain.loss(words, torch.tensor([[0, 1, 2, -100, -100]]), torch.tensor([3]))
    assert float(short) == pytest.approx(float(padded), abs=1e-4)


def test_spans_of_tags() -> None:
    tags = ["B-ORG", "I-ORG", "B-ORG", None, "I-GPE", "O", "B-GPE", "I-ORG"]
    assert spans(tags) == {
        (0, 2, "ORG"),
        (2, 3, "ORG"),
        (4, 5, "GPE"),
        (6, 7, "GPE"),
        (7, 8, "ORG"),
    }


def test_batches_keep_to_their_size_and_lose_nothing() -> None:
    rng = random.Random(1)
    samples = [
        Sample(("x",) * n, (LINE_BREAK, *(SPACED,) * (n - 1)))
        for n in sorted(rng.randint(1, 60) for _ in range(200))
    ]
    batches = list(packed(samples, 300))
    assert [s for b in batches for s in b] == samples
    assert all(len(b) * len(b[-1].words) <= 300 or len(b) == 1 for b in batches)
