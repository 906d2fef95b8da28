"""Hub models that read a question and a sentence together: for question answering, or for entailment.

Which kind a model is, its config tells by its architectures.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.pair_models.hub import PairModel, Scores, entailment_class, pair_model, shares
from assistant.pair_models.readings import Excerpt, Reader, Reading
from assistant.pair_models.spans import span_marks, whole_words
from index.hub import Role, load_model
from index.text.arabic import is_arabic

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

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[Reading | None]]:
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
            none = float(starts[at, self._cls(encoded, at)] + ends[at, self._cls(encoded, at)])
            marks = span_marks(starts[at, own], ends[at, own])
            readings.append([best_span(excerpt.text, s, offsets, marks, none) for s in excerpt.sentences])
        return readings

    def _cls(self, encoded: Any, at: int) -> int:
        ids = encoded["input_ids"][at].tolist()
        cls = self._loaded.tokenizer.cls_token_id
        return ids.index(cls) if cls in ids else 0


def best_span(
    text: str, sentence: tuple[int, int], offsets: Sequence[Sequence[int]], marks: Scores, none: float
) -> Reading | None:
    """The reading of one sentence from the marks of all spans (first, last) of tokens, and that of "no answer".

    The sentence gets the softmax of all spans inside it together: an answer may be cut a word longer or shorter.
    """
    inside = np.array([end > sentence[0] and start < sentence[1] for start, end in offsets], dtype=bool)
    if not inside.any():
        return None
    weights = np.exp(marks - max(float(marks.max()), none))
    nothing = np.exp(none - max(float(marks.max()), none))
    of_sentence = np.where(inside[:, None] & inside[None, :], weights, 0.0)
    first, last = divmod(int(of_sentence.argmax()), len(offsets))
    probability = float(of_sentence.sum() / (weights.sum() + nothing))
    return Reading(min(1.0, probability), whole_words(text, sentence, offsets[first][0], offsets[last][1]))


class EntailmentReader:
    """An entailment model (NLI): does the sentence among its neighbours bear out that it states the answer?"""

    def __init__(self, loaded: PairModel, label: int) -> None:
        """`label` is the number of the class that means entailment."""
        self._loaded, self._label, self.name = loaded, label, loaded.name

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[Reading | None]]:
        """For each sentence, read among its neighbours, the probability of entailment; it points at no words."""
        around = [neighbourhood for excerpt in excerpts for neighbourhood in _neighbourhoods(excerpt)]
        if not around:
            return [[] for _ in excerpts]
        hypothesis = HYPOTHESIS[is_arabic(question)].format(question=question[:LONGEST_QUESTION])
        _, out = self._loaded.run(around, [hypothesis] * len(around))
        entailed = iter(shares(self._loaded.usable(out.logits), self._label))
        return [[Reading(float(next(entailed))) for _ in excerpt.sentences] for excerpt in excerpts]


def _neighbourhoods(excerpt: Excerpt) -> list[str]:
    """Each sentence with the one before it and the one after it."""
    spans = excerpt.sentences
    last = len(spans) - 1
    return [excerpt.text[spans[max(0, n - 1)][0] : spans[min(last, n + 1)][1]] for n in range(len(spans))]


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
