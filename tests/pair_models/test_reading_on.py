"""A model reads on where the passages found first do not tell: what it brings up, and when it stops."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive.answerer import ExtractiveAnswerer
from assistant.extractive.stacking import HALF
from assistant.linear import Linear
from assistant.pair_models.reading_on import AT_A_TIME, in_reading_order, read_on
from assistant.pair_models.readings import Excerpt, Reading
from index.static import load_background
from tests.doubles import article, scored

TELLS = "أعفي المدير من مهامه بعد خسارة الفريق."
QUESTION = "علاش طردوا المدرب؟"


BELIEVING = replace(HALF, sentence=Linear((0, 1, 0), 0))


class Knowing:
    """Takes a sentence for the answer where a word of it is the one that it knows."""

    name = "knowing"

    def __init__(self, word: str, sure: float = 0.95) -> None:
        self.word, self.sure, self.read_so_far = word, sure, 0

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[Reading | None]]:
        self.read_so_far += len(excerpts)
        return [
            [Reading(self.sure if self.word in e.text[slice(*span)] else 0.02) for span in e.sentences]
            for e in excerpts
        ]


def passages(tells_at: int, count: int = 40) -> list:
    """Passages of one article each, of which one tells."""
    texts = [f"وصل المدرب رقم {n} إلى الملعب ثم غادر المدرب المدينة." for n in range(count)]
    texts[tells_at] = TELLS
    return [scored(article(text, title=f"خبر {n}"), score=1 - n / 100) for n, text in enumerate(texts)]


def test_it_stops_after_the_group_in_which_one_tells() -> None:
    reader = Knowing("أعفي")
    assert len(read_on(QUESTION, passages(3), reader)) == AT_A_TIME == reader.read_so_far
    assert len(read_on(QUESTION, passages(30), Knowing("أعفي"))) == 3 * AT_A_TIME
    assert len(read_on(QUESTION, passages(30), Knowing("أعفي", sure=0.5))) == 40, "unsure: all are read"


def test_what_tells_comes_first_and_nothing_is_lost() -> None:
    given = passages(30)
    ordered = in_reading_order(QUESTION, given, Knowing("أعفي", sure=0.5))
    assert TELLS in [found.passage.text for found in ordered[:4]]
    assert sorted(map(id, ordered)) == sorted(map(id, given))
    assert in_reading_order(QUESTION, given, Knowing("لا أحد"))[:3] == given[:3], "the order stays where nothing tells"


def test_the_answer_may_lie_behind_the_passages_that_are_weighed() -> None:
    def first_sentence(reader: Knowing | None, first: int | None) -> str:
        answerer = ExtractiveAnswerer(
            lambda stem: 1.0, load_background(), threshold=0.0, reader=reader, stack=BELIEVING, first=first
        )
        return answerer.weigh(QUESTION, passages(30)).ranked[0].text

    assert first_sentence(Knowing("أعفي"), first=12) == TELLS
    assert first_sentence(None, first=12) != TELLS


def test_where_the_first_tell_nothing_further_is_read() -> None:
    reader = Knowing("أعفي")
    answerer = ExtractiveAnswerer(lambda stem: 1.0, load_background(), threshold=0.0, reader=reader, first=12)
    answerer.weigh("لماذا أعفي المدير من مهامه؟", passages(3))
    assert reader.read_so_far <= 12
