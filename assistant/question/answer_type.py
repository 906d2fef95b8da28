"""What a question asks for: its kind, what it wants to be told, and the noun that it counts. By the question alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.text.arabic import fold, words
from index.text.stopwords import is_content

# ---------------------------------------------------------------- the kind, by which sentences are ranked

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
_KIND_PATTERNS = tuple((kind, re.compile(rf"(?:^|\s)(?:{pattern})(?:\s|$)")) for kind, pattern in _ASKS)


def question_kind(question: str) -> QuestionKind:
    """The kind of answer a question asks for."""
    folded = " ".join(re.findall(r"\w+", fold(question)))
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.search(folded)), "other")


# ---------------------------------------------------------------- what is wanted, by which the confidence is judged

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
_WANTED_PATTERNS = {wanted: re.compile(rf"(?:^|\s)(?:{pattern})(?=\s|$)") for wanted, pattern in _WANTS.items()}
_HEADED = ("اي", "كم", "ما", "من")
"""Question words behind which stands the noun or verb that they ask about."""
_PRONOUNS = ("هو", "هي", "الذي", "التي")


@dataclass(frozen=True, slots=True)
class Expected:
    """What is wanted, and the word that the question word asks about (أي شركة: شركه), None where there is none."""

    wanted: Wanted
    head: str | None


def expected(question: str) -> Expected:
    """What a question wants to be told."""
    asked = words(question)
    folded = " ".join(asked)
    found = (wanted for wanted, pattern in _WANTED_PATTERNS.items() if pattern.search(folded))
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


# ---------------------------------------------------------------- what is counted


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
