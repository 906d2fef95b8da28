"""The trained network as an ONNX graph in int8, and proof that it says what the network says."""

import gzip
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from assistant.pair_models.layout import TOKENIZER
from assistant.pair_models.own import GRAPH, OwnModel
from assistant.training.learning import as_tensors, judge
from assistant.training.network import Network
from assistant.training.pairs import Lesson

OPSET = 17
AGREE = 0.97
"""Correlation of the marks of both, below which nothing is written."""


def export(network: Network, tokenizer: Path, out: Path) -> None:
    """Write the graph, in int8, and the tokenizer into a folder."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    out.mkdir(parents=True, exist_ok=True)
    (out / f"{TOKENIZER}.gz").write_bytes(gzip.compress(tokenizer.read_bytes(), mtime=0))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / GRAPH
        _write(network.eval(), whole)
        # Per channel, in 7 bits: without VNNI, sums of 8-bit products overflow.
        quantize_dynamic(whole, out / GRAPH, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


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
