"""Hub models that read a question and a sentence together: for question answering, or for entailment.

Which kind a model is, its config tells by its architectures.
"""

import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.cross_encoders import PairModel, Scores, entailment_class, pair_model, shares
from assistant.types import Excerpt, Reader, Reading
from index.hub import Role, load_model
from index.text.arabic import is_arabic

LONGEST_SPAN = 30
"""Tokens of an answer; longer ones are sentences, and we have those."""
LONGEST_QUESTION = 400
"""Characters of a question that are read, so that the sentence stays in sight."""
HYPOTHESIS = {True: "هذا النص يذكر جواب السؤال: {question}", False: "This text states the answer to: {question}"}
"""What an entailment model judges of a sentence among its neighbours, for an Arabic question or another: models are
trained on statements, and a question can be made one without parsing it only by speaking of its answer."""
_ROLE = Role("reader", "ISNAD_READER", "do without one")


class SpanReader:
    """A question-answering model that was trained with unanswerable questions too, as on SQuAD 2."""

    def __init__(self, loaded: PairModel) -> None:
        self._loaded, self.name = loaded, loaded.name

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading | None]:
        """For each sentence, the probability that the answer lies in it, and the likeliest span of it.

        The softmax runs over the spans of at most LONGEST_SPAN tokens of the sentence and its neighbours, and over
        "no answer", which such models mark at the first token (CLS).
        """
        if not excerpts:
            return []
        asked = question[:LONGEST_QUESTION]
        encoded, out = self._loaded.run([asked] * len(excerpts), [e.text for e in excerpts])
        starts, ends = self._loaded.usable(out.start_logits), self._loaded.usable(out.end_logits)
        readings = []
        for at, excerpt in enumerate(excerpts):
            own = [i for i, part in enumerate(encoded.sequence_ids(at)) if part == 1]
            offsets = encoded["offset_mapping"][at][own].tolist()
            none = starts[at, self._cls(encoded, at)] + ends[at, self._cls(encoded, at)]
            readings.append(best_span(excerpt, offsets, starts[at, own], ends[at, own], float(none)))
        return readings

    def _cls(self, encoded: Any, at: int) -> int:
        ids = encoded["input_ids"][at].tolist()
        cls = self._loaded.tokenizer.cls_token_id
        return ids.index(cls) if cls in ids else 0


def best_span(
    excerpt: Excerpt, offsets: Sequence[Sequence[int]], starts: Scores, ends: Scores, none: float
) -> Reading | None:
    """The reading of one excerpt from its tokens' offsets and marks, and the mark of "no answer".

    The sentence gets the softmax of all spans inside it together: an answer may be cut a word longer or shorter.
    """
    inside = np.array([end > excerpt.start and start < excerpt.end for start, end in offsets], dtype=bool)
    if not inside.any():
        return None
    length = np.arange(len(offsets))[None, :] - np.arange(len(offsets))[:, None] + 1
    marks = np.where((length >= 1) & (length <= LONGEST_SPAN), starts[:, None] + ends[None, :], -np.inf)
    weights = np.exp(marks - max(float(marks.max()), none))
    nothing = np.exp(none - max(float(marks.max()), none))
    of_sentence = np.where(inside[:, None] & inside[None, :], weights, 0.0)
    first, last = divmod(int(of_sentence.argmax()), len(offsets))
    probability = float(of_sentence.sum() / (weights.sum() + nothing))
    return Reading(min(1.0, probability), _within(excerpt, offsets[first][0], offsets[last][1]))


def _within(excerpt: Excerpt, start: int, end: int) -> tuple[int, int] | None:
    """A span of an excerpt as one of its sentence: whole words, without blanks at its ends."""
    text, start, end = excerpt.text, max(start, excerpt.start), min(end, excerpt.end)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    while excerpt.start < start < end and _of_one_word(text, start):
        start -= 1
    while start < end < excerpt.end and _of_one_word(text, end):
        end += 1
    return (start - excerpt.start, end - excerpt.start) if start < end else None


def _of_one_word(text: str, at: int) -> bool:
    """Whether the characters on both sides of an offset are letters, or marks on them: tokens may be parts of words."""
    return all(char.isalpha() or unicodedata.combining(char) for char in text[at - 1 : at + 1])


class EntailmentReader:
    """An entailment model (NLI): does the sentence among its neighbours bear out that it states the answer?"""

    def __init__(self, loaded: PairModel, label: int) -> None:
        """`label` is the number of the class that means entailment."""
        self._loaded, self._label, self.name = loaded, label, loaded.name

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading | None]:
        """For each sentence the probability of entailment; it points at no words."""
        if not excerpts:
            return []
        hypothesis = HYPOTHESIS[is_arabic(question)].format(question=question[:LONGEST_QUESTION])
        _, out = self._loaded.run([e.text for e in excerpts], [hypothesis] * len(excerpts))
        return [Reading(float(p)) for p in shares(self._loaded.usable(out.logits), self._label)]


def load_reader(name: str) -> Reader | None:
    """The reader that a setting names, None for an empty name. Raises ModelError where it cannot be had."""
    return load_model(_build, name, _ROLE) if name else None


def _build(name: str, /, **options: bool) -> Reader:
    """A reader of the kind that the model's config tells. Raises ValueError where it is of neither."""
    import transformers

    config = transformers.AutoConfig.from_pretrained(name, **options)
    kinds = getattr(config, "architectures", None) or ["model that does not tell what it is"]
    tokenizer = transformers.AutoTokenizer.from_pretrained(name, **options)
    if kinds[0].endswith("ForQuestionAnswering"):
        if not tokenizer.is_fast:
            raise ValueError("its tokenizer does not tell where in the text its tokens stand")
        return SpanReader(
            pair_model(name, _ROLE.setting, tokenizer, transformers.AutoModelForQuestionAnswering, options)
        )
    if kinds[0].endswith("ForSequenceClassification"):
        label = entailment_class(config.id2label)
        return EntailmentReader(
            pair_model(name, _ROLE.setting, tokenizer, transformers.AutoModelForSequenceClassification, options), label
        )
    raise ValueError(f"it is for neither question answering nor entailment but a {kinds[0]}")
