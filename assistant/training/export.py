"""The trained network as an ONNX graph, its weights in int8, and proof that it says what the network says."""

import gzip
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from assistant.pair_models.layout import TOKENIZER
from assistant.pair_models.own import GRAPH, OwnModel
from assistant.training.learning import as_tensors, judge
from assistant.training.network import Network
from assistant.training.pairs import Lesson

OPSET = 17
AGREE = 0.99
"""Correlation of the marks of both, below which nothing is written."""
SMALLEST = 4_096
"""Weights of a matrix from which it is written in int8."""


def export(network: Network, tokenizer: Path, out: Path) -> None:
    """Write the graph and the tokenizer into a folder.

    Weights are stored in int8 and computed with in float32: with activations in int8 too, as `quantize_dynamic` makes
    them, the right sentence came first for 50 % instead of 56 %, and no faster where there is AVX-512.
    """
    import onnx

    out.mkdir(parents=True, exist_ok=True)
    (out / f"{TOKENIZER}.gz").write_bytes(gzip.compress(tokenizer.read_bytes(), mtime=0))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / GRAPH
        _write(network.eval(), whole)
        model = onnx.load(whole)
        pack(model.graph)
        onnx.save(model, out / GRAPH)


def pack(graph: Any) -> None:
    """Put int8 weights with a scale a column (a row, of a table that is looked up) in the place of float32 ones."""
    from onnx import TensorProto, helper, numpy_helper

    looked_up = {node.input[0] for node in graph.node if node.op_type == "Gather"}
    unpacking = []
    for tensor in [t for t in graph.initializer if t.data_type == TensorProto.FLOAT and len(t.dims) == 2]:
        weights = numpy_helper.to_array(tensor)
        if weights.size < SMALLEST:
            continue
        scale = np.abs(weights).max(axis=1 if tensor.name in looked_up else 0, keepdims=True) / 127 + 1e-12
        small = np.round(weights / scale).astype(np.int8)
        name, whole, by = (f"{tensor.name}.{part}" for part in ("int8", "whole", "scale"))
        graph.initializer.remove(tensor)
        graph.initializer.extend([numpy_helper.from_array(small, name), numpy_helper.from_array(scale, by)])
        unpacking.append(helper.make_node("Cast", [name], [whole], to=TensorProto.FLOAT))
        unpacking.append(helper.make_node("Mul", [whole, by], [tensor.name]))
    nodes = [*unpacking, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


def _write(network: Network, file: Path) -> None:
    ids, first = as_tensors([[0, 5, 6, 7, 8, 2, 0, 5, 6, 7, 8, 9, 2], [0, 5, 6, 7, 2, 0, 5, 6, 7, 2]], [6, 5])
    seg = torch.zeros(2, 3, ids.shape[1])
    seg[:, 0, 8:10] = 1
    axes = {
        "ids": {0: "n", 1: "t"}, "first": {0: "n"}, "seg": {0: "n", 1: "s", 2: "t"}, "sentence": {0: "n", 1: "s"},
        "starts": {0: "n", 1: "t"}, "ends": {0: "n", 1: "t"}, "support": {0: "n"},
    }  # fmt: skip
    names = list(axes)
    with torch.no_grad():
        torch.onnx.export(
            network,
            (ids, first, seg),
            str(file),
            input_names=names[:3],
            output_names=names[3:],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def agreement(network: Network, written: Path, lessons: Sequence[Lesson]) -> float:
    """The correlation of the log-odds of support by the network and by what was written, over the lessons' claims."""
    exported = OwnModel(written)
    ours: list[float] = []
    theirs: list[float] = []
    for lesson in lessons:
        if not lesson.claimed:
            continue
        claims, quotes = [c.ids for c in lesson.claimed], [c.quotes for c in lesson.claimed]
        with torch.inference_mode():
            ours += judge(network, claims, quotes)[:, 0].tolist()
        theirs += [judgement.odds for judgement in exported.judge_ids(claims, quotes)]
    return float(np.corrcoef(ours, theirs)[0, 1])
