"""Our own model: reads a question with an excerpt, or a claim with its quotes, as one text. Only this file runs it."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.linear import Linear, weights_in
from assistant.pair_models.layout import PAD, Layout
from assistant.pair_models.readings import Excerpt, Judgement, Reading
from assistant.pair_models.spans import LONGEST_SPAN, likeliest_span, whole_words
from index.errors import ModelError

GRAPH, WEIGHTS = "reader.onnx", "weights.json"
"""The encoder with all heads, and how much its marks count."""
KINDS = (
    "none", "figure", "name", "swap", "negation", "time", "place", "hedge", "addition", "cause", "merge", "attribution",
)  # fmt: skip
"""What may be wrong with a claim, in the order of the head's classes."""
_TOGETHER = 4
"""Texts of like length that are computed together: of a dozen together half would be padding."""
Floats = npt.NDArray[np.float32]


class OwnModel:
    """An ONNX graph with its tokenizer. Several threads may read at once: a session bears that."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds what `assistant.training` wrote. Raises ModelError."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # its warnings are about graphs, not about texts
        try:
            self.name, self.layout, self._folder = folder.name, Layout(folder), folder
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # whatever its libraries raise on a file that is missing or not whole
            raise _not_whole(folder, error) from error

    def weights(self, name: str, features: Sequence[str]) -> Linear:
        """How much what it marks counts beside other features, as it was fitted for this model. Raises ModelError."""
        try:
            return weights_in((self._folder / WEIGHTS).read_text(encoding="utf-8"), name, features)
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise _not_whole(self._folder, error) from error

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[Reading | None]]:
        """For each sentence of each excerpt how likely it states the answer, and its likeliest words for it.

        None for a sentence that lies beyond what is read of an excerpt.
        """
        if not excerpts:
            return []
        asked = self.layout.asked(question)
        pages = [self.layout.page(excerpt) for excerpt in excerpts]
        texts = [[*asked, *page.ids] for page in pages]
        places = [[(len(asked) + first, len(asked) + end) for first, end in page.sentences] for page in pages]
        marks = self._run(texts, [len(asked)] * len(texts), places)
        readings: list[list[Reading | None]] = []
        for at, (page, excerpt) in enumerate(zip(pages, excerpts, strict=True)):
            (odds, starts, ends, _), row = marks[at], list[Reading | None]()
            for number, (first, end) in enumerate(places[at]):
                if first == end:
                    row.append(None)
                    continue
                best = likeliest_span(starts[first:end], ends[first:end], LONGEST_SPAN)
                offsets = page.offsets[number]
                span = whole_words(excerpt.text, excerpt.sentences[number], offsets[best[0]][0], offsets[best[1]][1])
                row.append(Reading(float(1 / (1 + np.exp(-odds[number]))), span))
            readings.append(row)
        return readings

    def judge(self, claims: Sequence[str], quotes: Sequence[Sequence[str]]) -> list[Judgement]:
        """For each claim how far the words quoted for it bear it out, and what is likeliest to be wrong."""
        return self.judge_ids([*map(self.layout.claimed, claims)], [*map(self.layout.quoted, quotes)])

    def judge_ids(self, claims: Sequence[Sequence[int]], quotes: Sequence[Sequence[int]]) -> list[Judgement]:
        """The same of token ids."""
        if not claims:
            return []
        texts = [[*claim, *quoted] for claim, quoted in zip(claims, quotes, strict=True)]
        marks = self._run(texts, [len(claim) for claim in claims], [[(0, len(text))] for text in texts])
        return [Judgement(float(support[0]), KINDS[1 + int(support[2:].argmax())]) for *_, support in marks]

    def _run(
        self, texts: Sequence[Sequence[int]], first: Sequence[int], places: Sequence[Sequence[tuple[int, int]]]
    ) -> list[list[Floats]]:
        """Of each text odds of sentences, marks of the beginning and the end of an answer, odds of support and kinds.

        Raises ModelError where the model fails, or says what is no number.
        """
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        most = max(map(len, places))
        found: dict[int, list[Floats]] = {}
        for some in (order[at : at + _TOGETHER] for at in range(0, len(order), _TOGETHER)):
            marks = self._marks([texts[n] for n in some], [first[n] for n in some], [places[n] for n in some], most)
            found |= {n: [array[at] for array in marks] for at, n in enumerate(some)}
        return [found[n] for n in range(len(texts))]

    def _marks(
        self, texts: list[Sequence[int]], first: list[int], places: list[Sequence[tuple[int, int]]], most: int
    ) -> list[Floats]:
        """The same of a few texts of like length; `most` is the number of sentences."""
        longest = max(map(len, texts))
        ids = np.array([[*text, *[PAD] * (longest - len(text))] for text in texts], dtype=np.int64)
        sentences = np.zeros((len(texts), most, longest), np.float32)
        for at, row in enumerate(places):
            for number, (start, end) in enumerate(row):
                sentences[at, number, start:end] = 1
        try:
            given = {"ids": ids, "first": np.array(first, dtype=np.int64), "seg": sentences}
            marks: list[Floats] = self._session.run(None, given)
        except Exception as error:  # onnxruntime's own kinds, out of memory among them
            raise ModelError(f"The model that reads failed ({str(error).splitlines()[0][:160]}).") from error
        if not all(np.isfinite(array).all() for array in marks):
            raise ModelError("The model that reads gave no numbers: make it again with python -m assistant.training")
        return marks


def _not_whole(folder: Path, error: Exception) -> ModelError:
    reason = (str(error).strip() or type(error).__name__).splitlines()[0][:160]
    return ModelError(
        f"The model in {folder} cannot be loaded ({reason}): make it with python -m assistant.training, or set "
        "ISNAD_READER and ISNAD_NLI to off."
    )


def load_early(folder: Path) -> None:
    """Begin to load the model of a folder while other things are opened; what is wrong with it, its user will hear."""

    def load() -> None:
        with suppress(ModelError):
            own_model(folder)

    # No daemon: a process that ends while onnxruntime loads is waited for, else it aborts.
    threading.Thread(target=load).start()


_LOCK = threading.Lock()


def own_model(folder: Path) -> OwnModel:
    """The model of a folder, loaded once. Raises ModelError."""
    with _LOCK:  # two threads that ask at once would load it twice
        return _loaded(folder)


@cache
def _loaded(folder: Path) -> OwnModel:
    return OwnModel(folder)
