"""Chunking: whole sentences, exact offsets, no repeated headline."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.chunking import MAXIMUM_WORDS, chunk, passage_spans
from index.reading import make_article
from index.text.arabic import words

SENTENCE = "قال الوزير إن الاجتماع سيعقد في العاصمة يوم الخميس المقبل بحضور الوفود المشاركة كلها"


def passages(text: str) -> list[str]:
    return [text[start:end] for start, end in passage_spans(text)]


def test_passages_are_runs_of_whole_sentences() -> None:
    text = " ".join(f"{SENTENCE} رقم {n}." for n in range(40))
    found = passages(text)
    assert len(found) > 3
    assert all(p.endswith(".") and p.startswith("قال") for p in found)
    assert all(len(words(p)) <= MAXIMUM_WORDS for p in found)
    assert " ".join(found) == text


def test_a_repeated_headline_belongs_to_the_first_passage_only() -> None:
    headline = "أمريكا تتعهد برد حازم على التدخل"
    text = f"{headline}\n\n{headline}\n\n{SENTENCE}.\n{headline}\n{headline}\nوانتهى الاجتماع مساء."
    assert sum(p.count(headline) for p in passages(text)) == 1
    assert any("وانتهى" in p for p in passages(text))


def test_sentences_that_differ_in_a_letter_or_a_sign_are_both_kept() -> None:
    text = "تأهل متصدر المجموعة أ.\nتأهل متصدر المجموعة ب.\nبلغت الحرارة 5.\nبلغت الحرارة -5.\nأ.\nب."
    assert passages(text) == [text]


def test_an_overlong_sentence_is_cut_at_blanks() -> None:
    text = "كلمة " * 900
    found = passages(text)
    assert len(found) > 5
    assert all(not p.startswith(" ") and p.split()[0] == "كلمة" for p in found)


def test_an_article_without_words_has_no_passage() -> None:
    assert chunk(make_article("... « » \n -", "a.txt")) == []


@given(st.text(alphabet=st.sampled_from(list('ابتج .؟!\n"«»12')), max_size=600))
def test_every_passage_is_an_exact_slice_and_none_overlap(text: str) -> None:
    article = make_article(text, "a.txt")
    found = chunk(article)
    assert all(article.text[p.start : p.end] == p.text and p.text.strip() for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
