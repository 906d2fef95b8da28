"""Passages in the order of who found and who read them, and when the reading stops."""

from collections.abc import Sequence

from assistant.generation.answerer import GeneratingAnswerer
from assistant.generation.llms import build_llm
from assistant.pair_models.passage_order import AT_A_TIME, in_reading_order
from assistant.pair_models.readings import Excerpt, Reading
from index.types import ScoredPassage
from tests.doubles import article, scored, scripted_llm

TELLS = "أعفي المدير من مهامه بعد خسارة الفريق."
QUESTION = "علاش طردوا المدرب؟"


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


def passages(tells_at: int) -> list[ScoredPassage]:
    """Forty passages of one article each, of which one tells."""
    texts = [f"وصل المدرب رقم {n} إلى الملعب ثم غادر المدرب المدينة." for n in range(40)]
    texts[tells_at] = TELLS
    return [scored(article(text, title=f"خبر {n}"), score=1 - n / 100) for n, text in enumerate(texts)]


def test_it_stops_after_the_dozen_in_which_one_tells() -> None:
    for at, sure, read in ((3, 0.95, AT_A_TIME), (30, 0.95, 3 * AT_A_TIME), (30, 0.5, 40)):
        reader = Knowing("أعفي", sure)
        in_reading_order(QUESTION, passages(at), reader)
        assert reader.read_so_far == read


def test_what_tells_comes_up_and_nothing_is_lost() -> None:
    given = passages(30)
    ordered = in_reading_order(QUESTION, given, Knowing("أعفي"))
    assert TELLS in [found.passage.text for found in ordered[:4]]
    assert sorted(map(id, ordered)) == sorted(map(id, given))
    assert in_reading_order(QUESTION, given, Knowing("لا أحد"))[:3] == given[:3], "the order stays where nothing tells"
    assert in_reading_order(QUESTION, [], Knowing("أعفي")) == []


def test_an_llm_is_shown_what_lay_behind_the_passages_that_it_would_have_seen() -> None:
    for reader, is_shown in ((Knowing("أعفي"), True), (None, False)):
        with scripted_llm("أعفي المدير بعد خسارة الفريق [1].") as llm:
            model = build_llm("openai/m", llm.url, None, 5)
            GeneratingAnswerer(model, "openai/m", reader=reader, first=12).answer(QUESTION, passages(30))
            assert (TELLS in llm.prompt) is is_shown
            assert "[12] خبر" in llm.prompt and "[13] خبر" not in llm.prompt
