"""Who speaks in a passage that begins in the middle: the sentences before it are shown, and cited like all the rest."""

import pytest

from assistant.generation.answerer import GeneratingAnswerer
from assistant.generation.lead_in import MOST_WORDS, led_in
from assistant.generation.llms import build_llm
from assistant.generation.prompt import fitting
from tests.doubles import article, scored, scripted_llm

NAMED = "أعلن مدير الميناء سليم الورتاني استئناف العمل في الأرصفة كلها."


def shown(before: str, passage: str) -> str:
    """What is shown of a passage that stands behind other sentences."""
    whole = article(f"{before} {passage}")
    led = led_in(scored(whole, len(before) + 1)).passage
    assert led.text == whole.text[led.start : led.end]
    return led.text


@pytest.mark.parametrize(
    "passage",
    [
        "وقال من خلال مترجم إن السفن الراسية ست.",
        "وأضاف أن السفن الراسية ست.",
        "وأضاف: «السفن ست».",
        "و أضاف المتحدث أن السفن ست.",
        "وتابع قائلًا إن السفن ست.",
        "كما أوضح أن السفن ست.",
        "وبيّن أن السفن الراسية ست.",
        "وهو يدير الميناء منذ عامين.",
        "وأشار، في السياق نفسه، إلى أن السفن ست.",
        "He said that six ships were waiting.",
    ],
)
def test_the_sentence_that_names_the_speaker_is_shown(passage):
    assert shown(f"خبر أول عن المطار. {NAMED}", passage) == f"{NAMED} {passage}"


def test_it_is_looked_for_behind_others_that_do_not_name_him():
    passage = "وأضاف أن السفن الراسية ست."
    assert shown(f"خبر أول. {NAMED} وأكد أن الأجور دُفعت.\n", passage) == f"{NAMED} وأكد أن الأجور دُفعت.\n {passage}"


@pytest.mark.parametrize(
    "passage",
    [
        "وقال وزير النقل إن السفن ست.",
        "بلغ عدد السفن ستًا.",
        "وبين الأرصفة ست سفن.",
        "وأضاف الورتاني أن السفن ست.",
        "كامل الخبر غدًا.",
    ],
)
def test_a_passage_that_tells_who_speaks_is_shown_as_it_is(passage):
    passage = passage.replace("الورتاني", "سليم الورتاني")
    assert shown(NAMED, passage) == passage


def test_a_long_sentence_before_is_not_shown():
    passage = "وأضاف أن السفن الراسية ست."
    assert shown("خبر " * MOST_WORDS + "طويل.", passage) == passage
    assert led_in(scored(article(passage))).passage.text == passage, "nothing stands before it"


def test_a_sentence_is_proved_by_the_words_that_were_shown_along():
    port = article(f"{NAMED} وأضاف من خلال مترجم أن ست سفن تنتظر التفريغ منذ الأحد.", title="الميناء")
    cut = [scored(port, len(NAMED) + 1)]
    reply = "قال مدير الميناء سليم الورتاني إن ست سفن تنتظر التفريغ منذ الأحد [1]."
    with scripted_llm(reply) as llm:
        answer = GeneratingAnswerer(build_llm("openai/m", llm.url, None, 5), "openai/m").answer("كم سفينة؟", cut)
    assert NAMED in llm.prompt and answer.dropped == 0
    assert [c.quote for c in answer.citations] == [port.text]
    assert all(c.article.text[c.start : c.end] == c.quote for c in answer.citations)


@pytest.mark.parametrize(("beginning", "fit"), [("وأضاف أن السفن ست.", 1), ("بلغ عدد السفن ستًا.", 2)])
def test_the_room_counts_what_is_shown_along(beginning, fit):
    long = article(" ".join([NAMED, beginning, "خبر " * 1_285]))
    assert len(fitting([scored(article("خبر " * 450)), scored(long, len(NAMED) + 1)])) == fit
