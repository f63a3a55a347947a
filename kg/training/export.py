"""Writes a trained network as the files that the run time reads: an ONNX graph of 8-bit integers
and what decoding needs beside it.

The integers are quantised per output channel and to 7 bits (`reduce_range`): products of 8 bits
overflow the 16-bit sums of processors without VNNI, which would annotate otherwise than those with.
For the same end Softmax is spelled out: onnxruntime's own adds up in vectors as wide as the
processor's, and the last bit of a float can tip an integer over.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from kg.nlp.pieces import Limits, Pieces
from kg.training.learning import Labels, collate
from kg.training.network import TAGGED, Batch, Network
from kg.training.samples import Sample

if TYPE_CHECKING:
    import onnx

LAST_AXIS = "softmax_axes"
HEAD_OF_TREES = "/Root/"
FOLDER_LIKE = HEAD_OF_TREES.lower()
"""How the exporter calls the head that scores roots, and how we do."""

INPUTS = ("ids", "mask", "shape", "first", "last")
OUTPUTS = (*TAGGED, "starts", "entities", "arcs", "dependent", "governor")
EXAMPLES = (
    Sample(("Vladimir", "spoke", "."), (2, 1, 0)),
    Sample(("The", "U.S.", "House", "passed", "it", "."), (2, 1, 1, 1, 1, 0)),
)


class Graph(nn.Module):
    """The network as the run time calls it: tags chosen, everything else as scores."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: Tensor, mask: Tensor, shape: Tensor, first: Tensor, last: Tensor
    ) -> tuple[Tensor, ...]:
        """Inputs [B, T] three times and [B, W] twice to the outputs that `OUTPUTS` names."""
        network = self.network
        words = network.words(Batch(ids, mask, shape, first, last, first))
        arcs, dependent, governor = network.arcs(words)
        starts = network.starts(words)
        return (
            *(network.taggers[head](words).argmax(-1) for head in TAGGED),
            starts[..., 1] - starts[..., 0],
            network.entities.emissions(words),
            arcs,
            dependent,
            governor,
        )


def export(network: Network, labels: Labels, tokenizer: Path, folder: Path, limits: Limits) -> None:
    """Write `encoder.onnx`, `heads.npz`, `labels.json` and `tokenizer.json` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    with tempfile.TemporaryDirectory() as scratch:
        exact = Path(scratch) / "exact.onnx"
        write_graph(network, Pieces(tokenizer), exact)
        quantise(exact, folder / "encoder.onnx")
    spell_softmax_out(folder / "encoder.onnx")
    chain = network.entities
    np.savez_compressed(
        folder / "heads.npz",
        labels=network.label.detach().numpy().astype(np.float16),
        transitions=chain.transitions.detach().numpy(),
        first_transition=chain.first.detach().numpy(),
        last_transition=chain.last.detach().numpy(),
    )
    told = asdict(labels) | {"limits": asdict(limits)}
    (folder / "labels.json").write_text(json.dumps(told, indent=1, ensure_ascii=False), "utf-8")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")


def write_graph(network: Network, pieces: Pieces, path: Path) -> None:
    """The network as an ONNX graph of 32-bit floats; batch and lengths may vary."""
    batch = collate(EXAMPLES, pieces)
    axes = {n: {0: "b", 1: "t" if n in ("ids", "mask", "shape") else "w"} for n in INPUTS}
    axes |= {n: {0: "b", 1: "w"} for n in OUTPUTS}
    axes["arcs"] = {0: "b", 1: "w", 2: "w"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its own successor
        torch.onnx.export(
            Graph(network),
            tuple(getattr(batch, n) for n in INPUTS),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def quantise(exact: Path, path: Path, *, reduce_range: bool = True) -> None:
    """Weights to integers, per channel; activations are quantised at run time."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    ready = exact.with_suffix(".ready.onnx")
    quant_pre_process(str(exact), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(
        str(ready),
        str(path),
        per_channel=True,
        reduce_range=reduce_range,
        weight_type=QuantType.QInt8,
    )


def spell_softmax_out(path: Path) -> None:
    """Put the operations that Softmax is made of in its place, in a graph on disk; their outcome
    is the same to the bit with AVX2 and with AVX-512.
    """
    import onnx

    model = onnx.load(str(path))
    nodes = list(model.graph.node)
    del model.graph.node[:]
    for node in nodes:
        _without_traces(node)
        model.graph.node.extend(_spelled_out(node) if node.op_type == "Softmax" else [node])
    axes = onnx.numpy_helper.from_array(np.array([-1], np.int64), LAST_AXIS)
    model.graph.initializer.append(axes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _without_traces(node: onnx.NodeProto) -> None:
    """Drop where the node was made, and names that look like a folder of the machine."""
    node.doc_string = ""
    node.name = node.name.replace(FOLDER_LIKE, HEAD_OF_TREES)
    for names in (node.input, node.output):
        names[:] = [name.replace(FOLDER_LIKE, HEAD_OF_TREES) for name in names]


def _spelled_out(softmax: onnx.NodeProto) -> list[onnx.NodeProto]:
    from onnx.helper import make_node

    name, (scores,), (shares,) = softmax.name, softmax.input, softmax.output
    return [
        make_node("ReduceMax", [scores], [f"{name}/max"], f"{name}/ReduceMax", axes=[-1]),
        make_node("Sub", [scores, f"{name}/max"], [f"{name}/low"], f"{name}/Sub"),
        make_node("Exp", [f"{name}/low"], [f"{name}/exp"], f"{name}/Exp"),
        make_node("ReduceSum", [f"{name}/exp", LAST_AXIS], [f"{name}/sum"], f"{name}/ReduceSum"),
        make_node("Div", [f"{name}/exp", f"{name}/sum"], [shares], f"{name}/Div"),
    ]
