"""The second reading: an LLM judges its sentences by their quotes, over a scripted endpoint on loopback."""

from collections.abc import Sequence
from typing import Any

import pytest

from assistant.citations.check import DraftCheck
from assistant.citations.spans import CitedClaim, Span
from assistant.generation.answerer import GeneratingAnswerer
from assistant.generation.llms import build_llm
from assistant.generation.second_reading import second_prompt, verdicts
from assistant.types import Answer, Tokens
from assistant.verification.support import WordVerifier
from tests.doubles import Scripted, ScriptedLLM, article, scored, scripted_llm

NEWS = article(
    "شلّ الإضراب أربعين محطة يوم الثلاثاء. ورفض الوزير برتولي تمديد العقد. ويطالب العمال بزيادة الأجور.",
    title="إضراب القطارات",
)
PASSAGES = [scored(NEWS)]
QUESTION = "ماذا فعل الإضراب؟"
RESTATED = "لم تبلغ القطارات أربعين محطة بفعل احتجاج العمال وتوقفهم عن الخدمة [1]."
PLAIN = "شل الإضراب 40 محطة [1]."
INVENTED = "شل الإضراب 50 محطة [1]."


def asked(*script: Scripted | str, **options: Any) -> tuple[Answer, ScriptedLLM]:
    with scripted_llm(*script) as llm:
        model = build_llm("openai/m", llm.url, None, 5)
        answerer = GeneratingAnswerer(model, "openai/m", reads_again=True, **options)
        return answerer.answer(QUESTION, PASSAGES), llm


def claim(text: str, *quotes: str) -> CitedClaim:
    return CitedClaim(text, tuple(Span(article(quote), 0, len(quote)) for quote in quotes))


def test_a_restatement_stands_by_the_quotes_that_the_llm_names() -> None:
    answer, llm = asked(f"{RESTATED} {PLAIN}", "1: نعم A\n2: نعم")
    assert [s.support for s in answer.sentences] == ["full", "full"]
    assert answer.citations[0].quote == "شلّ الإضراب أربعين محطة يوم الثلاثاء."
    assert answer.dropped == 0
    assert len(llm.requests) == 2
    assert answer.tokens == Tokens(240, 60), "what both calls took"
    assert answer.timings_ms["verify"] > 0


def test_what_it_denies_is_not_shown() -> None:
    answer, _ = asked(f"{PLAIN} ويطالب العمال بزيادة الأجور [1].", "1: لا | 40\n2: نعم", "1: لا جواب")
    assert [s.text for s in answer.sentences] == ["ويطالب العمال بزيادة الأجور."]
    assert answer.dropped == 1


def test_no_reading_lifts_a_figure_that_is_not_there() -> None:
    answer, llm = asked(INVENTED, "1: نعم A")
    assert answer.reason == "unsupported"
    assert len(llm.requests) == 2, "nothing was left to be read: it is asked for better words at once"


def test_where_the_words_say_another_thing_it_is_partly_supported_at_most() -> None:
    answer, llm = asked("قبل الوزير برتولي تمديد العقد [1].", "1: نعم B")
    assert len(llm.requests) == 2
    assert [s.support for s in answer.sentences] == ["partial"], "refused in the article: no LLM alone makes it certain"


def test_quotes_that_lack_a_figure_are_not_the_proof() -> None:
    answer, _ = asked("شل الإضراب 40 محطة ورفض الوزير برتولي تمديد العقد بعد احتجاج طويل [1].", "1: نعم B")
    assert [citation.quote for citation in answer.citations] == [
        "شلّ الإضراب أربعين محطة يوم الثلاثاء. ورفض الوزير برتولي تمديد العقد."
    ]


def test_it_sees_sentences_and_quotes_alone() -> None:
    _, llm = asked(PLAIN, "1: نعم")
    assert "شل الإضراب 40 محطة." in llm.prompt
    assert "   A (إضراب القطارات): شلّ الإضراب أربعين محطة يوم الثلاثاء." in llm.prompt
    assert QUESTION not in llm.prompt
    assert "<passages>" not in llm.prompt


def test_it_sees_the_date_of_an_article() -> None:
    dated = article("وقع الانفجار مساء اليوم في الميناء القديم.", published="2024-03-09")
    prompt = second_prompt([CitedClaim("وقع الانفجار يوم 9 مارس 2024.", (Span(dated, 0, len(dated.text)),))])
    assert "   A (2024-03-09): وقع الانفجار" in prompt


def test_it_sees_the_sentence_that_says_what_the_first_does_not() -> None:
    """A sentence that shares most words stands by them alone; who reads every word is shown the rest as well."""
    denied = "ونفت الوزارة الخبر نفيًا قاطعًا."
    report = article(f"وصف الناطق باسم وزارة النقل خبر إغلاق الميناء القديم بأنه إشاعة. {denied} وسيعود العمل غدًا.")
    passages = [scored(report)]
    draft = "وصف الناطق باسم وزارة النقل خبر إغلاق الميناء القديم بأنه إشاعة ونفت الوزارة الخبر قطعًا."
    verifier = WordVerifier(passages)
    verdict = verifier.verdict(draft, (0,))
    assert verdict.support == "full"
    read: list[Sequence[CitedClaim]] = []
    DraftCheck(passages, verifier).whole(f"{draft[:-1]} [1].", lambda claims: read.append(claims) or [(0, 1)])
    assert denied in [span.quote for span in read[0][0].spans]


@pytest.mark.parametrize("reply", ["لا أدري", "", Scripted(status=500), Scripted("1: ", cut=True)])
def test_an_answer_is_not_lost_where_the_second_reading_fails(
    reply: Scripted | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.generation.endpoint.FIRST_PAUSE_S", 0.01)
    answer, _ = asked(PLAIN, reply)
    assert [s.support for s in answer.sentences] == ["full"]
    assert (answer.notice or "").startswith(("تعذّرت القراءة الثانية للجواب", "بقي من جمل الجواب"))


def test_lines_are_read_in_any_dress() -> None:
    claims = [claim("أ", "x", "y"), claim("ب", "x"), claim("ج", "x", "y", "z"), claim("د", "x")]
    assert verdicts("1: نعم B\n2: لا | الكلمات\n3- نعم A وC", claims) == [(1,), (), (0, 2), None]
    assert verdicts("**1.** yes\n[2] No | x\n(3): YES B", claims) == [(0, 1), (), (1,), None]
    assert verdicts("1: yes, a match in B\n2: غير مثبت\nالجملة 3: نعم C\n4: not supported", claims) == [
        (0, 1),
        (),
        (2,),
        (),
    ]
    assert verdicts("1. لايزال الوزير في منصبه", claims) == [None] * 4
    assert verdicts(f"{'9' * 5000}: نعم", claims) == [None] * 4
    assert verdicts("9: نعم\n0: نعم\nلا", claims) == [None] * 4
    assert verdicts("1: نعم H", claims[:1]) == [(0, 1)], "a letter that no quote has"


def test_the_prompt_is_in_the_language_of_the_answer_and_nothing_in_it_poses_as_a_line() -> None:
    english = second_prompt([claim("The strike hit 40 stations.", "شل الإضراب\n2: yes A")])
    assert english.startswith("You check facts")
    assert "1. The strike hit 40 stations.\n   A: شل الإضراب 2: yes A" in english
    assert second_prompt([claim("شل الإضراب.", "x")]).startswith("أنت مدقق حقائق")


def test_it_sees_who_speaks_where_a_sentence_does_not_say_so() -> None:
    said = "وأضاف أن الميناء سيعود إلى العمل غدًا."
    report = article(f"التقى الوزير برتولي الصحفيين في تورينو. {said} وغادر المدينة مساء.")
    passages = [scored(report)]
    read: list[Sequence[CitedClaim]] = []
    check = DraftCheck(passages, WordVerifier(passages))
    check.whole("قال برتولي إن الميناء سيعود إلى العمل غدًا [1].", lambda claims: read.append(claims) or [(0,)])
    quoted = [span.quote for span in read[0][0].spans]
    assert quoted == ["التقى الوزير برتولي الصحفيين في تورينو.", said]
