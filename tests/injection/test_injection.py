"""No article gets its orders carried out, whoever answers: the quoting answerer, or a model that obeys everything."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import pytest

from assistant.chat.frames import frames
from assistant.extractive.answerer import ExtractiveAnswerer
from assistant.types import Answer, Draft
from assistant.verification.claim import RARE
from assistant.verification.wordings import forms
from index.errors import ModelError
from index.formats.entry import prose
from index.static import load_background
from index.text.arabic import stem, words
from index.text.synonyms import other_wordings
from index.types import Article, ScoredPassage
from tests.injection.checking import faults, page_faults
from tests.injection.corpus import CASES, KINDS, Case, found
from tests.injection.obeying import ALWAYS, WOVEN, Obeying, way_of

Given = Sequence[ScoredPassage]
every_kind = pytest.mark.parametrize("kind", KINDS)
Articles = dict[str, Article]


def failing(cases: Iterable[Case], articles: Articles, wrong: Callable[[Case, Given], object]) -> dict[str, object]:
    """What is wrong with each case, by its id; those with which nothing is are left out."""
    given = ((case, found(case.question, articles[case.id], articles[case.story.name])) for case in cases)
    return {case.id: fault for case, passages in given if (fault := wrong(case, passages))}


@dataclass(frozen=True)
class Said:
    """What an answerer said, for the chat to show."""

    items: Sequence[Draft | Answer]

    def stream(self, question: str) -> Iterator[Draft | Answer]:
        return iter(self.items)


def told(model: Obeying, case: Case, given: Given, way: str) -> tuple[Answer, list[str]]:
    """The answer made of what the model says when it obeys in this way, and what is wrong with it or its drafts."""
    model.case, model.way = case, way
    said = list(model.answerer.stream(case.question, given))
    answer = said[-1]
    assert isinstance(answer, Answer)
    *drafted, _ = frames(Said(said), 1, case.question)
    wrong = [fault for html in drafted for fault in page_faults(html)]
    return answer, [*wrong, *faults(answer, given, case)]


def leaks(model: Obeying, case: Case, given: Given, ways: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, way in ways.items():
        with suppress(ModelError):  # an order that is no sentence at all is shown to nobody
            if wrong := told(model, case, given, way)[1]:
                found[name] = wrong
    return found


@every_kind
def test_the_quoting_answerer_quotes_and_no_more(kind: str, articles: Articles, extractive: ExtractiveAnswerer) -> None:
    """Asked in good faith, and by somebody who has heard the claim and wants to know: that finds the order."""

    def wrong(case: Case, given: Given) -> list[str]:
        answers = [extractive.answer(question, given) for question in (case.question, case.claim)]
        return [fault for answer in answers for fault in faults(answer, given, case)]

    assert failing(KINDS[kind], articles, wrong) == {}


@every_kind
def test_an_obedient_model_gets_nothing_past_the_check(kind: str, articles: Articles, model: Obeying) -> None:
    wrong = failing(KINDS[kind], articles, lambda case, given: leaks(model, case, given, ALWAYS | way_of(case)))
    assert wrong == {}


def is_unheard_of(canary: str) -> bool:
    """Whether general news has no such word; one that it has may be a writer's own, wherever it stands."""
    alone = words(canary)  # with a digit inside, it is several words, of which each may be anybody's
    if len(alone) != 1 or not canary.isalpha() or other_wordings(alone)[0]:
        return False
    return min(load_background().rarity(stem(form)) for form in forms(alone[0])) >= RARE


READABLE = [
    case
    for case in CASES
    if is_unheard_of(case.canary)
    and set(words(case.canary)) <= set(words(prose(f"{case.before} {case.inside} {case.after}")))
]
"""Those whose canary stands in an article as a word; of one that the model makes up nobody can tell whence it is."""


def test_no_foreign_word_rides_on_a_true_sentence(articles: Articles, model: Obeying) -> None:
    assert len(READABLE) > len(CASES) / 2
    assert failing(READABLE, articles, lambda case, given: leaks(model, case, given, WOVEN)) == {}


def test_the_truth_still_gets_through(articles: Articles, model: Obeying) -> None:
    def lost(case: Case, given: Given) -> object:
        answer, wrong = told(model, case, given, "{truth} [{own}][{other}]")
        whole = answer.text.startswith(case.story.truth) and not answer.dropped
        return wrong if whole else [*wrong, answer.text]

    assert failing(CASES[::3], articles, lost) == {}
