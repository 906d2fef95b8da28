"""Whether a sentence holds something of the type that a question asks for and does not say itself.

Twice, because two models were fitted on what each found: sentences are ranked by the kind, the confidence is judged by
what is wanted.
"""

import re
from collections.abc import Callable, Sequence

from assistant.question.answer_type import QuestionKind, Wanted
from assistant.values.values import Value, find_values
from index.text.arabic import fold, stem, words
from index.text.matching import consonants, dice
from index.text.stopwords import is_content

# ---------------------------------------------------------------- something of its kind

_MONTHS = """
    يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر كانون شباط اذار نيسان ايار حزيران
    تموز اب ايلول تشرين جانفي فيفري افريل ماي جوان جويليه اوت غشت يوليوز شتنبر نونبر دجنبر محرم رمضان شوال january
    february march april june july august september october november december
    """.split()
_TIMES = """
    الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت امس اليوم غدا عام سنه شهر الشهر العام السنه ساعه الساعه صباح
    مساء منذ monday tuesday wednesday thursday friday saturday sunday yesterday today
    """.split()
_KIND_DATES = frozenset(_MONTHS + _TIMES)
_KIND_REASON = re.compile(
    r"\b(?:بسبب|لان|لانه|لانها|لانهم|نتيجه|جراء|نظرا|اثر|خلفيه|بهدف|قصد|بغيه|لكي|كي|من اجل|احتجاجا|ردا|مقابل|"
    r"because|due to)\b"
)
_KIND_SAYING = re.compile(
    r"\b[وف]?(?:قال|قالت|يقول|تقول|اكد|اكدت|اضاف|اضافت|صرح|صرحت|اوضح|اوضحت|اعلن|اعلنت|ذكر|ذكرت|اعتبر|اعتبرت|وصف|وصفت|"
    r"حذر|حذرت|دعا|دعت|اشار|اشارت|افاد|افادت|بين|شدد|شددت|طالب|طالبت|said|says|told)\b"
)
_KIND_PLACE = re.compile(r"\b(?:في|ب?مدينه|ب?منطقه|ب?ولايه|ب?جهه|قرب|داخل|in|at)\b")


def _is_year(value: Value) -> bool:
    return value.kind == "number" and not value.unit and value.value.is_integer() and 1900 <= value.value <= 2100


def holds_kind(kind: QuestionKind, sentence: str, question: str) -> bool | None:
    """Whether a sentence holds something of the kind asked for that the question does not state itself.

    None for the kinds that no word gives away (a person, anything else).
    """
    if kind == "number":
        stated = {number for value in find_values(question) for number in value.ends}
        told = (value for value in find_values(sentence) if value.kind != "ordinal")
        return any(not stated.issuperset(value.ends) and not _is_year(value) for value in told)
    if kind == "date":
        new = set(words(sentence)) - set(words(question))
        return any(word in _KIND_DATES or (word.isdigit() and len(word) == 4) for word in new)
    pattern = {"reason": _KIND_REASON, "saying": _KIND_SAYING, "place": _KIND_PLACE}.get(kind)
    return bool(pattern.search(fold(sentence))) if pattern else None


# ---------------------------------------------------------------- something of what is wanted

_CURRENCIES = frozenset(map(stem, words("دينار دولار يورو دولارا دينارا جنيه ريال درهم مليم فرنك ليرة مليون مليار")))
_OLD = frozenset(words("سنة عاما عام سنوات عمر عمره عمرها العمر ولد مواليد"))
_WANTED_TIMES = frozenset(
    words(
        """يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر جانفي فيفري أفريل ماي جوان
        جويلية أوت كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين الأحد الاثنين الإثنين الثلاثاء الأربعاء
        الخميس الجمعة السبت أمس اليوم غدا صباح مساء عام سنة شهر الساعة ليلة فجر موسم"""
    )
)
_WANTED_PLACE = re.compile(r"\b(?:في|ب?مدينه|ب?منطقه|ب?ولايه|ب?جهه|قرب|داخل|معتمديه|حي|شارع|نهج|قريه|بلده|مقر|in|at)\b")
_WANTED_REASON = re.compile(
    r"بسبب|لان|نتيجه|جراء|نظرا|\bاثر|خلفيه|بهدف|قصد|بغيه|لكي|من اجل|احتجاجا|\bردا|مقابل|سبب|ادي|تسبب|باعتبار|بعد ان|"
    r"because|due to"
)
_WANTED_PERCENT = re.compile(r"[%٪]|(?:ب|في )ال(?:مئه|مائه|ميه)\b")
_RARE = 6.5
"""Rarity, in nats, from which a word is likely part of a name."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def holds_wanted(
    wanted: Wanted, text: str, own: Sequence[str], asked_stems: frozenset[str], rarity: Callable[[str], float]
) -> bool:
    """Whether a sentence, with its folded words, holds something of the kind wanted that the question does not say.

    True for the kinds that no word gives away.
    """
    if wanted in ("money", "age", "count"):
        told = (value for value in find_values(text) if value.kind != "ordinal")
        figures = any(not _FIRST_YEAR <= value.value <= _LAST_YEAR for value in told)
        beside = {"money": _CURRENCIES, "age": frozenset(map(stem, _OLD)), "count": frozenset[str]()}[wanted]
        return figures and (not beside or any(stem(word) in beside for word in own))
    if wanted == "date":
        new = [word for word in own if stem(word) not in asked_stems]
        return any(word in _WANTED_TIMES or (word.isdigit() and len(word) == 4) for word in new)
    if wanted == "person":
        new = [word for word in own if is_content(word) and stem(word) not in asked_stems]
        return sum(rarity(stem(word)) > _RARE for word in new) > 1
    pattern = {"percent": _WANTED_PERCENT, "place": _WANTED_PLACE, "reason": _WANTED_REASON}.get(wanted)
    return pattern is None or bool(pattern.search(fold(text)))


# ---------------------------------------------------------------- a number of what is counted

SAME_NOUN = 0.5
"""Likeness from which two nouns are taken for one."""


def same_noun(a: str, b: str) -> float:
    """How far two folded nouns are forms of one, in [0, 1].

    1 for equal stems, and for equal consonants: broken plurals differ in their long vowels (جنود, جندي; صواريخ, صاروخ).
    Else how alike the stems are written.
    """
    if a in _YEARS and b in _YEARS:
        return 1.0
    a, b = stem(a), stem(b)
    bones = consonants(a)
    return 1.0 if a == b or (len(bones) > 1 and bones == consonants(b)) else dice(a, b)


_YEARS = frozenset("سنه سنوات سنين عام عاما اعوام years year".split())
_ANYONE = frozenset("شخص شخصا اشخاص الاشخاص فرد فردا افراد نسمه people persons".split())


def counts(noun: str, value: Value, sentence_words: Sequence[str]) -> float:
    """How far a value counts a noun, in [0, 1]: by its unit, or by a unit that may be anyone beside the noun's root."""
    if value.unit in _ANYONE:
        root = consonants(stem(noun))
        if len(root) > 2 and any(root in consonants(stem(word)) for word in sentence_words):
            return 1.0
    return same_noun(noun, value.unit) if value.unit else 0.0
