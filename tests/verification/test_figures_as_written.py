"""Figures in the forms of the press, in a claim and in the words that are to prove it."""

import pytest

from assistant.citations.check import DraftCheck
from assistant.types import Doubt, Supported
from assistant.verification.support import WordVerifier
from tests.doubles import article, scored


def support(text: str, claim: str) -> str:
    return WordVerifier([scored(article(text))]).support(claim, [0])[0]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "قالت البلدية إن عدد المتضررين من السيول بلغ ٢٦،٠١٣ شخصا في الوادي.",
            {"بلغ عدد المتضررين من السيول 26,013 شخصا": "full", "بلغ عدد المتضررين من السيول 13 شخصا": "none"},
        ),
        (
            "قدرت الوزارة كلفة ترميم الجسر القديم بنحو ١٢،٥ مليون دينار.",
            {"قدرت الوزارة كلفة ترميم الجسر بنحو 12.5 مليون دينار": "full",
             "قدرت الوزارة كلفة ترميم الجسر بنحو 5 ملايين دينار": "none"},
        ),
        (
            "ارتفعت صادرات الزيت الوطنية إلى 2ر13 مليار دولار هذا العام.",
            {"ارتفعت صادرات الزيت الوطنية إلى 13.2 مليار دولار": "full",
             "ارتفعت صادرات الزيت الوطنية إلى 2 مليار دولار": "none"},
        ),
        (
            "أعلنت الشركة أن إنتاج المصنع الجديد بلغ 1’250 سيارة.",
            {"أعلنت الشركة أن إنتاج المصنع الجديد بلغ 1250 سيارة": "full",
             "أعلنت الشركة أن إنتاج المصنع الجديد بلغ 250 سيارة": "none"},
        ),
        (
            "سجلت محطة الرصد في الجبل -5 درجات مئوية فجر اليوم.",
            {"سجلت محطة الرصد في الجبل 5 درجات مئوية تحت الصفر": "full",
             "سجلت محطة الرصد في الجبل 5 درجات مئوية": "none"},
        ),
        (
            "سجل الاقتصاد المحلي نموا بنسبة −2.5% هذا العام.",
            {"سجل الاقتصاد المحلي نموا بنسبة -2.5%": "full", "سجل الاقتصاد المحلي نموا بنسبة 2.5%": "none"},
        ),
        (
            "انخفضت نسبة البطالة في الإقليم إلى 5% وفق المعهد.",
            {"انخفضت نسبة البطالة في الإقليم إلى 5 في المئة": "full",
             "انخفضت نسبة البطالة في الإقليم بنسبة 5 في المئة": "none"},
        ),
        (
            "أدى انقلاب الحافلة إلى إصابة 5ـ7 ركاب في الطريق الجبلي.",
            {"أدى انقلاب الحافلة إلى إصابة ما بين 5 و7 ركاب": "full", "أدى انقلاب الحافلة إلى إصابة 7 ركاب": "none"},
        ),
        (
            "تأهل فريق الجزيرة بعد فوزه على فريق الساحل بنتيجة 3-2 أمس.",
            {"تأهل فريق الجزيرة بعد فوزه على فريق الساحل 3/2": "full",
             "تأهل فريق الجزيرة بعد فوزه على فريق الساحل بنتيجة 2-3": "none"},
        ),
        (
            "تنطلق جلسة البرلمان المقبلة عند الساعة 10:30 صباحا.",
            {"تنطلق جلسة البرلمان المقبلة عند العاشرة والنصف صباحا": "full",
             "تنطلق جلسة البرلمان المقبلة عند الساعة 10:30 مساء": "none",
             "تنطلق جلسة البرلمان المقبلة عند الساعة 10 صباحا": "none"},
        ),
        (
            "قالت المنظمة إن ثلث سكان المخيم يفتقرون إلى الماء.",
            {"قالت المنظمة إن ثلث سكان المخيم يفتقرون إلى الماء": "full",
             "قالت المنظمة إن نصف سكان المخيم يفتقرون إلى الماء": "none"},
        ),
        (
            "احتلت الجامعة الوطنية المركز الثالث والعشرين في التصنيف العالمي.",
            {"احتلت الجامعة الوطنية المركز 23 في التصنيف العالمي": "full",
             "احتلت الجامعة الوطنية المركز الثالث في التصنيف العالمي": "none"},
        ),
    ],
)  # fmt: skip
def test_a_claim_needs_the_whole_figure_in_whatever_form(text: str, claims: dict[str, str]) -> None:
    assert {claim: support(text, claim) for claim in claims} == claims


EVACUATED = "ذكرت البلدية أن عدد السكان الذين جرى إجلاؤهم من القرية بلغ 12.500 شخص منذ بداية العاصفة."


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("بلغ عدد السكان الذين جرى إجلاؤهم من القرية 12,500 شخص", "partial"),
        ("بلغ عدد السكان الذين جرى إجلاؤهم من القرية 12.5 شخص", "partial"),
        ("بلغ عدد السكان الذين جرى إجلاؤهم من القرية 12.500 شخص", "full"),
        ("بلغ عدد السكان الذين جرى إجلاؤهم من القرية 500 شخص", "none"),
    ],
)
def test_a_figure_that_may_be_read_in_two_ways_proves_neither_in_full(claim: str, expected: str) -> None:
    assert support(EVACUATED, claim) == expected


class Convinced:
    """A judge that takes everything for proved."""

    name = "convinced"

    def support(self, asked: Doubt) -> Supported:
        return Supported("full", 0.99)


def test_no_reader_makes_more_of_it() -> None:
    passages = [scored(article(EVACUATED))]
    check = DraftCheck(passages, WordVerifier(passages), judge=Convinced())
    draft = "بلغ عدد السكان الذين جرى إجلاؤهم من القرية 12,500 شخص. [1]"
    assert [claim.support for claim in check.whole(draft).claims] == ["partial"]
    again = check.whole(draft, lambda claims: [range(len(claim.spans)) for claim in claims])
    assert [claim.support for claim in again.claims] == ["partial"]
