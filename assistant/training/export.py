"""The trained network as two ONNX graphs in int8, and proof that they say what the network says."""

import gzip
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from assistant.pair_models.layout import TOKENIZER
from assistant.pair_models.own import ALONE, TOGETHER, OwnModel
from assistant.training.learning import Model, padded
from assistant.training.pairs import Lesson

OPSET = 17
AGREE = 0.97
"""Correlation of the marks of both, below which nothing is written."""


def export(model: Model, tokenizer: Path, out: Path) -> None:
    """Write both graphs, in int8, and the tokenizer into a folder."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    out.mkdir(parents=True, exist_ok=True)
    (out / f"{TOKENIZER}.gz").write_bytes(gzip.compress(tokenizer.read_bytes(), mtime=0))
    with tempfile.TemporaryDirectory() as folder:
        for name, write in ((ALONE, _alone), (TOGETHER, _together)):
            whole = Path(folder) / name
            write(model, whole)
            # Per channel, in 7 bits: without VNNI, sums of 8-bit products overflow.
            quantize_dynamic(whole, out / name, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def _alone(model: Model, file: Path) -> None:
    ids = torch.tensor([[0, 5, 6, 7, 2], [0, 8, 9, 2, 1]])
    axes = {0: "n", 1: "t"}
    names = ["ids", "pad", "states"]
    _write(model.lower.eval(), (ids, ids == 1), file, names, 2, dict.fromkeys(names, axes))


def _together(model: Model, file: Path) -> None:
    with torch.no_grad():
        states = model.states([[0, 5, 6, 7, 8, 9, 2], [0, 5, 6, 7, 2]])
        (a, amask), (b, bmask) = padded([states[1], states[1]]), padded(states)
    seg = torch.zeros(2, 3, b.shape[1])
    seg[:, 0, 1:3] = 1
    axes = {
        "a": {0: "n", 1: "ta"}, "amask": {0: "n", 1: "ta"}, "b": {0: "n", 1: "tb"}, "bmask": {0: "n", 1: "tb"},
        "seg": {0: "n", 1: "s", 2: "tb"}, "sentence": {0: "n", 1: "s"}, "starts": {0: "n", 1: "tb"},
        "ends": {0: "n", 1: "tb"}, "support": {0: "n"},
    }  # fmt: skip
    _write(model.upper.eval(), (a, amask, b, bmask, seg), file, list(axes), 5, axes)


def _write(
    network: torch.nn.Module,
    example: tuple[torch.Tensor, ...],
    file: Path,
    names: Sequence[str],
    given: int,
    axes: dict[str, dict[int, str]],
) -> None:
    with torch.no_grad():
        torch.onnx.export(
            network,
            example,
            str(file),
            input_names=list(names[:given]),
            output_names=list(names[given:]),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def agreement(model: Model, written: Path, lessons: Sequence[Lesson]) -> float:
    """The correlation of the log-odds of support by the network and by what was written, over the lessons' claims."""
    exported = OwnModel(written)
    ours: list[float] = []
    theirs: list[float] = []
    for lesson in lessons:
        if not lesson.claimed:
            continue
        claims, quotes = [c.ids for c in lesson.claimed], [c.quotes for c in lesson.claimed]
        with torch.inference_mode():
            ours += model.judge(claims, quotes)[:, 0].tolist()
        theirs += [judgement.odds for judgement in exported.judge_ids(claims, quotes)]
    return float(np.corrcoef(ours, theirs)[0, 1])
