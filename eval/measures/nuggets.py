"""What the answer states: exact match and F1 with a gold wording, and recall of the nuggets."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

from assistant.types import Sentence
from eval.measures.cases import Case
from eval.measures.matching import dates_in, equals, says, states, values_in
from eval.types import Nugget
from index.text.arabic import word_spans
from index.text.stopwords import is_content

OKAY = 0.5
"""What a nugget that is not vital weighs beside a vital one's 1."""


def answer_em(case: Case) -> float | None:
    """Vital nuggets of which a sentence, or the core marked in it, is a gold wording / vital nuggets.

    Exact match of P. Rajpurkar et al. 2016 (SQuAD) over `answer_words`. Answerable facts only.
    """
    return _over_vital(case, lambda given, gold: float(given == gold))


def answer_f1(case: Case) -> float | None:
    """F1 of the words of a sentence, or of its core, and those of a gold wording; the best of all, vital ones' mean.

    2·P·R / (P + R) over bags of `answer_words` (SQuAD, P. Rajpurkar et al. 2016). Answerable facts only.
    """
    return _over_vital(case, word_f1)


def nugget_recall(case: Case) -> float | None:
    """Stated vital nuggets / vital nuggets; answerable facts only. (Vital strict recall of TREC 2024 RAG.)"""
    vital = case.fact.vital
    return sum(bool(stating(n, case)) for n in vital) / len(vital) if vital else None


def weighted_nugget_recall(case: Case) -> float | None:
    """Nuggets stated / nuggets, a vital one weighing 1 and another half; answerable facts only.

    Weighted strict score of TREC 2024 RAG (R. Pradeep et al. 2025: AutoNuggetizer).
    """
    if not case.fact.answerable:
        return None
    weighted = [(1.0 if nugget.vital else OKAY, bool(stating(nugget, case))) for nugget in case.fact.nuggets]
    return sum(weight for weight, told in weighted if told) / sum(weight for weight, _ in weighted)


def stating(nugget: Nugget, case: Case) -> list[Sentence]:
    """The sentences that state a nugget."""
    return [sentence for sentence in case.sentences if states(nugget, sentence.text)]


def forbidden(case: Case) -> list[str]:
    """The wordings said that make an answer wrong."""
    return [wording for wording in case.fact.forbidden if any(says(s.text, wording) for s in case.sentences)]


# ---------------------------------------------------------------- words of an answer

Words = tuple[str, ...]

_AL = re.compile(r"[\u0627\u0671][\u064b-\u065f\u0670\u0640]*\u0644")  # ا or ٱ, marks, ل
_NO_ARTICLE = frozenset(
    """
    الله اللهم الذي التي الذين اللذان اللتان اللذين اللتين اللواتي اللاتي
    التقي التقت التقوا التقاء التقط التقطت التقاط التزم التزمت التزموا التزام التزاما التزامات التحق التحقت التحقوا
    التحاق التهم التهمت التهام التهاب التهابات التف التفت التفتت التفات التفاف التمس التمست التماس التبس التباس التئام
    التام التامت التوي التواء التحم التحام
    """.split()
)
"""Words that begin with ال by themselves, folded: the Name, relative pronouns, eighth forms of roots with ل first."""


@lru_cache(maxsize=1 << 14)
def answer_words(text: str, nugget: Nugget) -> Words:
    """The folded words of a text without the article; figures (with their noun) and dates by their value.

    What equals the nugget's value is one word wherever it is written, and beside a figure or a date words without
    content (نحو, في) are left out. The article goes only where it is a prefix, not from ألمانيا or الله.
    """
    found = list(_typed(text, nugget))
    bounds = [(start, end) for start, end, _ in found]
    for word, start, end in word_spans(text):
        if not any(a < end and start < b for a, b in bounds):
            found.append((start, end, without_article(word, text[start:end])))
    tokens = tuple(token for _, _, token in sorted(found))
    return tokens if nugget.type in ("name", "text") else tuple(token for token in tokens if is_content(token))


def without_article(word: str, written: str) -> str:
    """A folded word without ال; `written` tells ألمانيا from المانيا. Two letters have to stay."""
    has = len(word) > 3 and _AL.match(written) is not None and word not in _NO_ARTICLE
    return word.removeprefix("ال") if has else word


def _typed(text: str, nugget: Nugget) -> Iterator[tuple[int, int, str]]:
    """(start, end, value) of the figures of a text, a range giving two, and, but for a number, of its dates."""
    dates = dates_in(text) if nugget.type != "number" else ()
    for date in dates:
        own = f"{date.year or ''}-{date.month or ''}-{date.day or ''}"
        yield date.start, date.end, str(nugget.value) if nugget.type == "date" and equals(date, nugget) else own
    for value in values_in(text):
        if not any(date.start <= value.start < date.end for date in dates):
            named = max(value.end, value.unit_end) if nugget.type == "number" else value.end
            for number in value.ends:
                yield value.start, named, _number(number, percent=value.kind == "percent")


def _number(value: float, *, percent: bool) -> str:
    return f"{value:.12g}{'%' if percent else ''}"


def _gold(nugget: Nugget) -> list[Words]:
    """The wordings of a nugget; a typed one's value is one too."""
    wordings = [answer_words(text, nugget) for text in (nugget.text, *nugget.aliases)]
    if nugget.type == "number" and nugget.value is not None:
        wordings.append((_number(float(nugget.value), percent=nugget.unit == "%"),))
    if nugget.type == "date" and nugget.value:
        wordings.append((str(nugget.value),))
    return wordings


def word_f1(given: Words, gold: Words) -> float:
    """F1 of two bags of words; 0 where they share none."""
    shared = (Counter(given) & Counter(gold)).total()
    return 2 * shared / (len(given) + len(gold)) if shared else 0.0


def _over_vital(case: Case, score: Callable[[Words, Words], float]) -> float | None:
    """The mean over the vital nuggets of the best score of what is given with a gold wording."""
    vital = case.fact.vital
    given = [text for sentence in case.sentences for text in _candidates(sentence)]
    return sum(_best(given, nugget, score) for nugget in vital) / len(vital) if vital else None


def _best(given: list[str], nugget: Nugget, score: Callable[[Words, Words], float]) -> float:
    said, gold = [answer_words(text, nugget) for text in given], _gold(nugget)
    return max((score(words, right) for words in said for right in gold), default=0.0)


def _candidates(sentence: Sentence) -> Iterator[str]:
    """A sentence and, where it marks what answers, that."""
    yield sentence.text
    if sentence.core:
        start, end = sentence.core
        yield sentence.text[start:end]
