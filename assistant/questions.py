"""What a question asks for: its kind, and what stands in a sentence that could give it."""

import re
from collections.abc import Sequence
from typing import Literal

from assistant.abstaining import is_arabic
from assistant.values import Value, find_values
from index.arabic import fold, words
from index.english import in_arabic
from index.stopwords import is_content
from index.types import ScoredPassage

QuestionKind = Literal["number", "date", "reason", "saying", "person", "place", "other"]

# Over folded words; the first kind that matches is taken, so that «كم سنة» is a number and «لماذا قال» a reason.
_ASKS: tuple[tuple[QuestionKind, str], ...] = (
    ("reason", r"لماذا|لم\b|(?:ما|ماهو|ماهي) (?:هو |هي )?(?:سبب|اسباب|الدافع|الغرض|الهدف)|لاي (?:سبب|غرض)|why"),
    (
        "number",
        r"[وبل]?كم|(?:ما|ماهو) (?:هو |هي )?(?:عدد|نسبه|قيمه|حجم|سعر|ثمن|مبلغ|(?:ال)?مسافه|(?:ال)?مده|سرعه|عمر)|عدد|"
        r"how (?:many|much|far|long)",
    ),
    (
        "date",
        r"متي|في اي (?:يوم|تاريخ|شهر|عام|سنه|ساعه)|ما (?:هو )?(?:تاريخ|موعد)|when|what (?:date|year|day)",
    ),
    (
        "saying",
        r"(?:ب?ماذا|ما الذي|بم|عم|مم) \w*(?:قال|صرح|اكد|اعلن|وصف|حذر|اتهم|طالب|دعا|اعتبر|راي)\w*|what did .* say",
    ),
    ("place", r"اين|في اي (?:مدينه|بلد|دوله|مكان|منطقه|ولايه)|where"),
    ("person", r"من (?:هو|هي|هم|الذي|التي|قال|كان|يكون|ي\w+|ت\w+|ا\w+)|ما اسم|who|whom"),
)
_PATTERNS = tuple((kind, re.compile(rf"(?:^|\s)(?:{pattern})(?:\s|$)")) for kind, pattern in _ASKS)

_MONTHS = """
    يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر كانون شباط اذار نيسان ايار حزيران
    تموز اب ايلول تشرين جانفي فيفري افريل ماي جوان جويليه اوت غشت يوليوز شتنبر نونبر دجنبر محرم رمضان شوال january
    february march april june july august september october november december
    """.split()
_TIMES = """
    الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت امس اليوم غدا عام سنه شهر الشهر العام السنه ساعه الساعه صباح
    مساء منذ monday tuesday wednesday thursday friday saturday sunday yesterday today
    """.split()
_DATE_WORDS = frozenset(_MONTHS + _TIMES)
_REASON = re.compile(
    r"\b(?:بسبب|لان|لانه|لانها|لانهم|نتيجه|جراء|نظرا|اثر|خلفيه|بهدف|قصد|بغيه|لكي|كي|من اجل|احتجاجا|ردا|مقابل|"
    r"because|due to)\b"
)
_SAYING = re.compile(
    r"\b[وف]?(?:قال|قالت|يقول|تقول|اكد|اكدت|اضاف|اضافت|صرح|صرحت|اوضح|اوضحت|اعلن|اعلنت|ذكر|ذكرت|اعتبر|اعتبرت|وصف|وصفت|"
    r"حذر|حذرت|دعا|دعت|اشار|اشارت|افاد|افادت|بين|شدد|شددت|طالب|طالبت|said|says|told)\b"
)
_PLACE = re.compile(r"\b(?:في|ب?مدينه|ب?منطقه|ب?ولايه|ب?جهه|قرب|داخل|in|at)\b")


def matching_wording(question: str, passages: Sequence[ScoredPassage]) -> str:
    """What is compared with the passages: an Arabic wording of an English question where they are Arabic."""
    return next((in_arabic(question) or question for s in passages[:1] if is_arabic(s.passage.text)), question)


def question_kind(question: str) -> QuestionKind:
    """The kind of answer a question asks for."""
    folded = " ".join(re.findall(r"\w+", fold(question)))
    return next((kind for kind, pattern in _PATTERNS if pattern.search(folded)), "other")


def counted_noun(question: str) -> str | None:
    """The folded noun that a question counts: «كم عدد الجنود» asks for الجنود, «كم جنديًا» for جنديا.

    After «كم» alone only an indefinite accusative is counted (it ends in ا or ة); «كم بلغ العجز» counts no noun.
    """
    asked = words(question)
    for at, word in enumerate(asked[:-1]):
        if word in ("عدد", "many"):
            return asked[at + 1]
        if word in ("كم", "وكم", "بكم") and asked[at + 1] != "عدد":
            noun = asked[at + 1]
            return noun if noun[-1] in "اه" and not noun.endswith("وا") and len(noun) > 2 else None
    return None


def counted_as(question: str) -> str | None:
    """The folded adjective that agrees with the noun counted: «عدد الجنود الجرحى» asks of the wounded among them."""
    asked = words(question)
    noun = counted_noun(question)
    after = asked[asked.index(noun) + 1 :][:1] if noun else []
    return next((word for word in after if word.startswith("ال") and is_content(word)), None)


def _is_year(value: Value) -> bool:
    return value.kind == "number" and not value.unit and value.value.is_integer() and 1900 <= value.value <= 2100


def holds_answer(kind: QuestionKind, sentence: str, question: str) -> bool | None:
    """Whether a sentence holds something of the kind asked for that the question does not state itself.

    None for the kinds that no word gives away (a person, anything else).
    """
    if kind == "number":
        stated = {number for value in find_values(question) for number in value.ends}
        return any(not stated.issuperset(value.ends) and not _is_year(value) for value in find_values(sentence))
    if kind == "date":
        new = set(words(sentence)) - set(words(question))
        return any(word in _DATE_WORDS or (word.isdigit() and len(word) == 4) for word in new)
    pattern = {"reason": _REASON, "saying": _SAYING, "place": _PLACE}.get(kind)
    return bool(pattern.search(fold(sentence))) if pattern else None
