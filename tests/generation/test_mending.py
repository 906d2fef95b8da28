"""Sentences that fell are written once more by the LLM, over a scripted endpoint on loopback, and checked again."""

from assistant.generation.mending import mended
from assistant.types import Tokens
from tests.doubles import Scripted
from tests.generation.test_second_reading import INVENTED, PLAIN, QUESTION, asked

EMBELLISHED = "شل الإضراب الوطني الكبير 40 محطة [1]."
LAST = "ويطالب العمال بزيادة الأجور [1]."


def test_a_sentence_that_says_too_much_is_written_again_in_its_place() -> None:
    answer, llm = asked(
        f"{EMBELLISHED} {LAST}", "1: لا | الوطني الكبير\n2: نعم", "1: شل الإضراب أربعين محطة [1].", "1: نعم"
    )
    assert [s.text for s in answer.sentences] == ["شل الإضراب أربعين محطة.", "ويطالب العمال بزيادة الأجور."]
    assert answer.citations[0].quote == "شلّ الإضراب أربعين محطة يوم الثلاثاء."
    assert answer.dropped == 0
    assert answer.tokens == Tokens(480, 120), "what all four calls took"
    asked_for = str(llm.requests[2]["messages"])
    assert "1. شل الإضراب الوطني الكبير 40 محطة. [1]" in asked_for and "لم يثبت: الوطني الكبير" in asked_for
    assert QUESTION in asked_for and "شلّ الإضراب أربعين محطة" in asked_for


def test_what_is_written_again_is_checked_like_the_first() -> None:
    answer, _ = asked(f"{INVENTED} {LAST}", "1: نعم", "1: شل الإضراب 60 محطة [1].")
    assert [s.text for s in answer.sentences] == ["ويطالب العمال بزيادة الأجور."], "a figure that is not there"
    assert answer.dropped == 1
    answer, _ = asked(f"{EMBELLISHED} {LAST}", "1: لا\n2: نعم", "1: شل الإضراب الكبير 40 محطة [1].", "1: لا")
    assert answer.dropped == 1, "denied again"


def test_a_right_answer_is_not_refused_for_one_word() -> None:
    answer, _ = asked(INVENTED, "1: شل الإضراب أربعين محطة [1].", "1: نعم")
    assert not answer.abstained
    assert answer.dropped == 0


def test_what_stands_is_kept_where_it_cannot_be_written_again() -> None:
    for reply in (Scripted(status=400), "لا أدري", "1: لا جواب"):
        answer, _ = asked(f"{EMBELLISHED} {LAST}", "1: لا\n2: نعم", reply)
        assert [s.text for s in answer.sentences] == ["ويطالب العمال بزيادة الأجور."]
        assert answer.dropped == 1


def test_nothing_is_asked_again_where_all_stands_or_nothing_was_cited() -> None:
    _, llm = asked(PLAIN, "1: نعم")
    assert len(llm.requests) == 2
    _, llm = asked("تتحدث المقاطع عن أمر آخر. " + PLAIN, "1: نعم")
    assert len(llm.requests) == 2


def test_lines_are_read_in_their_order() -> None:
    assert mended("1: أول [1].\n2: لا جواب\nالجملة 3: ثالث [2][3].", 4) == ["أول [1].", "", "ثالث [2][3].", ""]
    assert mended("**1.** first [1].\n2) NO ANSWER", 2) == ["first [1].", ""]
