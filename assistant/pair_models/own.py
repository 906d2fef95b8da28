"""Our own model: reads a question with an excerpt, or a claim with its quotes. Only this file runs it.

Of a question and an excerpt the lower layers see each alone, the upper ones both together (Cao and others, DeFormer,
ACL 2020): a question costs next to nothing beside eight excerpts, and in training an article is read once for all that
is asked of it. A claim stands with its quotes from the first layer on: there, every small word counts.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.linear import Linear, weights_in
from assistant.pair_models.layout import PAD, Layout
from assistant.pair_models.readings import Excerpt, Judgement, Reading
from assistant.pair_models.spans import LONGEST_SPAN, likeliest_span, whole_words
from index.errors import ModelError

ALONE, TOGETHER, WEIGHTS = "alone.onnx", "together.onnx", "weights.json"
"""The lower layers over texts, the upper ones with all heads over pairs, and how much their marks count."""
KINDS = (
    "none", "figure", "name", "swap", "negation", "time", "place", "hedge", "addition", "cause", "merge", "attribution",
)  # fmt: skip
"""What may be wrong with a claim, in the order of the head's classes."""
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Texts:
    """The states (n, tokens, dimensions) of texts, and a mask (n, tokens) that is 1 where there is a token."""

    states: Floats
    mask: Floats


class OwnModel:
    """Two ONNX graphs with their tokenizer. Several threads may read at once: a session bears that."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds what `assistant.training` wrote. Raises ModelError."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # its warnings are about graphs, not about texts

        def session(name: str) -> Any:
            return onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])

        try:
            self.name, self.layout, self._folder = folder.name, Layout(folder), folder
            self._alone, self._together = session(ALONE), session(TOGETHER)
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
        pages = [self.layout.page(excerpt) for excerpt in excerpts]
        told = self.texts([page.ids for page in pages])
        sentences = np.zeros((len(pages), max(len(page.sentences) for page in pages), told.mask.shape[1]), np.float32)
        for at, page in enumerate(pages):
            for number, (first, end) in enumerate(page.sentences):
                sentences[at, number, first:end] = 1
        asked = self.texts([self.layout.asked(question)])
        odds, starts, ends, _ = self._pairs(_repeated(asked, len(pages)), told, sentences)
        readings: list[list[Reading | None]] = []
        for at, (page, excerpt) in enumerate(zip(pages, excerpts, strict=True)):
            row: list[Reading | None] = []
            for number, (first, end) in enumerate(page.sentences):
                if first == end:
                    row.append(None)
                    continue
                best = likeliest_span(starts[at, first:end], ends[at, first:end], LONGEST_SPAN)
                offsets = page.offsets[number]
                span = whole_words(excerpt.text, excerpt.sentences[number], offsets[best[0]][0], offsets[best[1]][1])
                row.append(Reading(float(1 / (1 + np.exp(-odds[at, number]))), span))
            readings.append(row)
        return readings

    def judge(self, claims: Sequence[str], quotes: Sequence[Sequence[str]]) -> list[Judgement]:
        """For each claim how far the words quoted for it bear it out, and what is likeliest to be wrong."""
        return self.judge_ids([*map(self.layout.claimed, claims)], [*map(self.layout.quoted, quotes)])

    def judge_ids(self, claims: Sequence[Sequence[int]], quotes: Sequence[Sequence[int]]) -> list[Judgement]:
        """The same of token ids."""
        if not claims:
            return []
        both = self.texts([[*claim, *quoted] for claim, quoted in zip(claims, quotes, strict=True)])
        ends = [len(claim) for claim in claims]
        claim = _part(both, [0] * len(ends), ends)
        told = _part(both, ends, [end + len(quoted) for end, quoted in zip(ends, quotes, strict=True)])
        support = self._pairs(claim, told, told.mask[:, None])[3]
        return [Judgement(float(row[0]), KINDS[1 + int(row[2:].argmax())]) for row in support]

    def texts(self, rows: Sequence[Sequence[int]]) -> Texts:
        """Texts of token ids as the lower layers see them, each alone."""
        ids = np.full((len(rows), max(map(len, rows))), PAD, dtype=np.int64)
        for at, row in enumerate(rows):
            ids[at, : len(row)] = row
        real = np.arange(ids.shape[1]) < np.array([[len(row)] for row in rows])
        (states,) = _run(self._alone, {"ids": ids, "pad": ~real})
        return Texts(states, real.astype(np.float32))

    def _pairs(self, first: Texts, second: Texts, sentences: Floats) -> list[Floats]:
        """Odds of sentences, marks of the beginning and the end of an answer, odds of support and its kinds."""
        given = {"a": first.states, "amask": first.mask, "b": second.states, "bmask": second.mask, "seg": sentences}
        return _run(self._together, given)


def _not_whole(folder: Path, error: Exception) -> ModelError:
    reason = (str(error).strip() or type(error).__name__).splitlines()[0][:160]
    return ModelError(
        f"The model in {folder} cannot be loaded ({reason}): make it with python -m assistant.training, or set "
        "ISNAD_READER and ISNAD_NLI to off."
    )


def _run(session: Any, given: dict[str, Any]) -> list[Floats]:
    """What a graph makes of what it is given. Raises ModelError where it fails, or says what is no number."""
    try:
        marks: list[Floats] = session.run(None, given)
    except Exception as error:  # onnxruntime's own kinds, out of memory among them
        raise ModelError(f"The model that reads failed ({str(error).splitlines()[0][:160]}).") from error
    if not all(np.isfinite(array).all() for array in marks):
        raise ModelError("The model that reads gave no numbers: make it again with python -m assistant.training")
    return marks


def _part(texts: Texts, starts: Sequence[int], ends: Sequence[int]) -> Texts:
    """Of each text the tokens from a start to an end."""
    longest = max(end - start for start, end in zip(starts, ends, strict=True))
    states = np.zeros((len(starts), longest, texts.states.shape[2]), np.float32)
    mask = np.zeros((len(starts), longest), np.float32)
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        states[at, : end - start] = texts.states[at, start:end]
        mask[at, : end - start] = 1
    return Texts(states, mask)


def _repeated(texts: Texts, times: int) -> Texts:
    return Texts(np.repeat(texts.states, times, 0), np.repeat(texts.mask, times, 0))


_LOCK = threading.Lock()


def own_model(folder: str) -> OwnModel:
    """The model of a folder, loaded once. Raises ModelError."""
    with _LOCK:  # two threads that ask at once would load it twice
        return _loaded(folder)


@cache
def _loaded(folder: str) -> OwnModel:
    return OwnModel(Path(folder))
