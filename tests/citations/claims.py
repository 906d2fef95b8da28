"""Passages, and drafts about them as checked claims, for the tests of the check."""

from collections.abc import Sequence
from typing import Any

from assistant.citations.check import CheckedDraft, DraftCheck
from assistant.citations.spans import CitedClaim
from assistant.verification.support import WordVerifier
from index.types import ScoredPassage
from tests.doubles import article, scored

TROOPS = article(
    "نشرت كوريا الشمالية 12 ألف جندي في روسيا خلال أكتوبر. "
    "وقال الرئيس يون إن بلاده «لن تقف مكتوفة الأيدي» أمام هذا التطور.\n"
    "ونفى المتحدث باسم الكرملين إرسال أي قوات إلى أوكرانيا. ولم تعلن موسكو عدد الضحايا.",
    title="قوات في روسيا",
    source="رويترز",
)
PRICES = article(
    "ارتفعت أسعار القمح بنسبة 3.5% يوم الاثنين. وعزا التجار الارتفاع إلى الجفاف في البحر الأسود. "
    "وبلغ سعر الطن 240 دولارًا في بورصة شيكاغو.",
    source="الجزيرة",
)
PASSAGES = [scored(TROOPS, 0, TROOPS.text.index("\n")), scored(TROOPS, TROOPS.text.index("\n") + 1), scored(PRICES)]


def draft_check(passages: Sequence[ScoredPassage], question: str = "", **options: Any) -> DraftCheck:
    """The check as the LLM answerer makes it."""
    return DraftCheck(passages, WordVerifier(passages), question, **options)


def check_draft(draft: str, passages: Sequence[ScoredPassage], question: str = "") -> CheckedDraft:
    return draft_check(passages, question).whole(draft)


def only(draft: str, question: str = "") -> CitedClaim:
    checked = check_draft(draft, PASSAGES, question)
    assert len(checked.claims) == 1 and checked.dropped == 0, checked
    return checked.claims[0]


def quotes(claim: CitedClaim) -> list[str]:
    return [span.article.text[span.start : span.end] for span in claim.spans]
