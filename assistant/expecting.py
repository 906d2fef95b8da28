"""What a question wants to be told, and whether a sentence holds such a thing that the question does not say itself."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.values import find_values
from index.arabic import fold, stem, words
from index.stopwords import is_content

Wanted = Literal["money", "percent", "age", "count", "date", "place", "reason", "manner", "person", "thing"]
WANTED: tuple[Wanted, ...] = (
    "money", "percent", "age", "count", "date", "place", "reason", "manner", "person", "thing",
)  # fmt: skip

# Over the folded words of a question; the first that matches is taken.
_WANTS: dict[Wanted, str] = {
    "money": r"(?:ال)?(?:قيمه|كلفه|تكلفه|سعر|ثمن|مبلغ|راتب|ميزانيه|غرامه)|"
    r"بكم(?!.* عدد )|كم (?:دينار|دولار|يورو|مليون)\w*|كم [ايتن]?(?:تقاضي|تتقاضي|كلف|كسب|دفع)\w*|"
    r"how much",
    "percent": r"[الب]*نسبه|percent(?:age)?",
    "age": r"(?:ال)?عمر\w*|how old",
    "count": r"[وبل]?كم|(?:ما )?عدد|how many",
    "date": r"[وم]?متي|(?:ما )?(?:تاريخ|موعد)|[بفو]?(?:في )?اي (?:يوم|شهر|عام|سنه|ساعه)|when",
    "place": r"[وم]?اين|اي (?:مدينه|ولايه|منطقه|بلد|دوله|مكان|جهه)|where",
    "reason": r"لماذا|(?:ما )?سبب|why",
    "manner": r"كيف|how",
    "person": r"(?<!.)(?:من|شكون|لمن|ممن)|ما اسم|who(?:m|se)?",
}
_PATTERNS = {wanted: re.compile(rf"(?:^|\s)(?:{pattern})(?=\s|$)") for wanted, pattern in _WANTS.items()}
_HEADED = ("اي", "كم", "ما", "من")
"""Question words behind which stands the noun or verb that they ask about."""
_PRONOUNS = ("هو", "هي", "الذي", "التي")

_CURRENCIES = frozenset(map(stem, words("دينار دولار يورو دولارا دينارا جنيه ريال درهم مليم فرنك ليرة مليون مليار")))
_OLD = frozenset(words("سنة عاما عام سنوات عمر عمره عمرها العمر ولد مواليد"))
_TIMES = frozenset(
    words(
        """يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر جانفي فيفري أفريل ماي جوان
        جويلية أوت كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين الأحد الاثنين الإثنين الثلاثاء الأربعاء
        الخميس الجمعة السبت أمس اليوم غدا صباح مساء عام سنة شهر الساعة ليلة فجر موسم"""
    )
)
_PLACE = re.compile(r"\b(?:في|ب?مدينه|ب?منطقه|ب?ولايه|ب?جهه|قرب|داخل|معتمديه|حي|شارع|نهج|قريه|بلده|مقر|in|at)\b")
_REASON = re.compile(
    r"بسبب|لان|نتيجه|جراء|نظرا|\bاثر|خلفيه|بهدف|قصد|بغيه|لكي|من اجل|احتجاجا|\bردا|مقابل|سبب|ادي|تسبب|باعتبار|بعد ان|"
    r"because|due to"
)
_PERCENT = re.compile(r"[%٪]|(?:ب|في )ال(?:مئه|مائه|ميه)\b")
_RARE = 6.5
"""Rarity, in nats, from which a word is likely part of a name."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Expected:
    """What is wanted, and the word that the question word asks about (أي شركة: شركه), None where there is none."""

    wanted: Wanted
    head: str | None


def expected(question: str) -> Expected:
    """What a question wants to be told."""
    asked = words(question)
    folded = " ".join(asked)
    found = (wanted for wanted, pattern in _PATTERNS.items() if pattern.search(folded))
    return Expected(next(found, "thing"), _head(asked))


def _head(asked: Sequence[str]) -> str | None:
    for at, word in enumerate(asked):
        bare = word[1:] if word[0] in "بلوفك" and word[1:] in ("اي", "كم") else word
        if bare not in _HEADED or (bare == "من" and at > 1):
            continue
        rest = asked[at + 1 :]
        while rest and rest[0] in _PRONOUNS and bare in ("ما", "من"):
            rest = rest[1:]
        return rest[0] if rest else None
    return None


def holds(
    wanted: Wanted, text: str, own: Sequence[str], asked_stems: frozenset[str], rarity: Callable[[str], float]
) -> bool:
    """Whether a sentence, with its folded words, holds something of the kind wanted that the question does not say.

    True for the kinds that no word gives away.
    """
    if wanted in ("money", "age", "count"):
        figures = any(not _FIRST_YEAR <= value.value <= _LAST_YEAR for value in find_values(text))
        beside = {"money": _CURRENCIES, "age": frozenset(map(stem, _OLD)), "count": frozenset[str]()}[wanted]
        return figures and (not beside or any(stem(word) in beside for word in own))
    if wanted == "date":
        new = [word for word in own if stem(word) not in asked_stems]
        return any(word in _TIMES or (word.isdigit() and len(word) == 4) for word in new)
    if wanted == "person":
        new = [word for word in own if is_content(word) and stem(word) not in asked_stems]
        return sum(rarity(stem(word)) > _RARE for word in new) > 1
    pattern = {"percent": _PERCENT, "place": _PLACE, "reason": _REASON}.get(wanted)
    return pattern is None or bool(pattern.search(fold(text)))
