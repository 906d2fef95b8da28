"""What a sentence states, in the parts that can be compared: content words, numbers, quotations, negations.

Each is found by form alone, in Arabic and English, the same way in a claim and in the sentence that is to prove it, so
that a sentence always agrees with itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from assistant.values import find_values
from index.arabic import stem, word_spans, words
from index.matching import dice
from index.stopwords import is_content

Need = tuple[Literal["word", "value", "quotation"], str]
"""A word, number or quotation of a claim that the evidence has to show."""

SAME_WORD = 0.6
"""Trigram Dice of two stems from which they are one word: joins spellings and half-stripped affixes, and keeps
السورية and الكورية apart (as whole words they would reach 0.63 with a و in front)."""


@lru_cache(maxsize=1 << 18)
def alike(a: str, b: str) -> bool:
    """Whether two folded words say the same: equal stems, one with a proclitic (بمصر, مصر), or mostly equal stems."""
    x, y = stem(a), stem(b)
    if x == y:
        return True
    short, long = sorted((x, y), key=len)
    return (len(short) > 2 and long[0] in "وفبلك" and long[1:] == short) or dice(x, y) >= SAME_WORD


# ---------------------------------------------------------------- classes of words; all are folded


def _with_and(listed: str) -> frozenset[str]:
    """The words, also with و and ف in front."""
    return frozenset(prefix + word for word in listed.split() for prefix in ("", "و", "ف"))


# Who reports it changes nothing in what is reported; a restatement seldom keeps the verb.
_NEUTRAL = _with_and(
    """قال قالت قالوا يقول تقول اعلن اعلنت يعلن تعلن اكد اكدت يؤكد تؤكد ذكر ذكرت يذكر تذكر افاد افادت يفيد تفيد اوضح
    اوضحت اشار اشارت يشير تشير صرح صرحت اضاف اضافت بينت بحسب حسب وفق وفقا لوكاله وكاله نقل نقلت نعم المقال المقالات
    said says told reported according stated announced added yes article articles"""
)
_NEGATIONS = _with_and(
    """لم لن لا ليس ليست ليسوا لست دون بدون بلا غير عدم بعدم لعدم not no never without neither nor cannot
    didn doesn don isn aren wasn weren won couldn hasn haven hadn"""
)
_DENIALS = _with_and(
    """نفي نفت ينفي تنفي نفوا انكر انكرت ينكر تنكر رفض رفضت يرفض ترفض استبعد استبعدت يستبعد تستبعد
    denied denies deny denying rejected rejects reject refused refuses refuse"""
)
# These take a negation back: لا يزال, لا سيما, لا بد; لم … إلا, ليس … فقط
_NO_NEGATION_BEFORE = frozenset(("يزال", "تزال", "زال", "زالت", "يزالون", "سيما", "بد", "شك", "only"))
_EXCEPT = frozenset(("الا", "سوي", "فقط", "except"))
_EXCEPT_WITHIN = 6  # words after the negation
_SCOPE = 4  # content words after a negation: the verb that is denied with its subject and object
_ANSWER_NO = re.compile(r"\s*(?:لا|كلا|no)\s*[،,.:؛]", re.IGNORECASE)
# The word after one of these is a name, an office or a nationality: another one there is somebody else.
_TITLES = _with_and(
    """الرئيس رئيس الوزير وزير وزيره السيد السيده الدكتور اللواء العميد العقيد الجنرال الامير الملك الشيخ السفير النائب
    المدرب اللاعب president minister premier general colonel sheikh king prince ambassador senator mr mrs ms dr"""
)
# Of one kind only one is true of a thing: where the evidence has another one instead, it contradicts.
_FACET = {
    word: facet
    for facet, listed in {
        ("month", "1"): "يناير جانفي january",
        ("month", "2"): "فبراير فيفري شباط february",
        ("month", "3"): "مارس اذار march",
        ("month", "4"): "ابريل افريل نيسان april",
        ("month", "5"): "مايو ماي ايار",
        ("month", "6"): "يونيو جوان حزيران june",
        ("month", "7"): "يوليو جويليه تموز july",
        ("month", "8"): "اغسطس اوت august",
        ("month", "9"): "سبتمبر ايلول september",
        ("month", "10"): "اكتوبر october",
        ("month", "11"): "نوفمبر november",
        ("month", "12"): "ديسمبر december",
        ("day", "1"): "الاحد sunday",
        ("day", "2"): "الاثنين monday",
        ("day", "3"): "الثلاثاء tuesday",
        ("day", "4"): "الاربعاء wednesday",
        ("day", "5"): "الخميس thursday",
        ("day", "6"): "الجمعه friday",
        ("day", "7"): "السبت saturday",
        ("side", "north"): "شمال شمالي الشمال الشماليه الشمالي الشماليين north northern",
        ("side", "south"): "جنوب جنوبي الجنوب الجنوبيه الجنوبي الجنوبيين south southern",
        ("side", "east"): "شرق شرقي الشرق الشرقيه الشرقي east eastern",
        ("side", "west"): "غرب غربي الغرب الغربيه الغربي west western",
        (
            "change",
            "up",
        ): "ارتفع ارتفعت يرتفع ترتفع ارتفاع ارتفاعا زاد زادت زياده ازداد ازدادت صعد صعدت صعود rose increased",
        ("change", "down"): "انخفض انخفضت ينخفض تنخفض انخفاض انخفاضا هبط هبطت هبوط تراجع تراجعت تراجعا fell decreased",
    }.items()
    for word in listed.split()
}
_PROCLITICS = "وفبلك"
_QUOTATION = re.compile(r"«([^«»]+)»|“([^“”]+)”|\"([^\"\n]+)\"")
_OMISSION = re.compile(r"…|\.{3}|\(\.\.\)")


# ---------------------------------------------------------------- statements


@dataclass(frozen=True, slots=True)
class _Negation:
    """The content words that follow a particle of negation or a verb of denial."""

    scope: tuple[str, ...]
    denial: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """The comparable parts of one sentence."""

    words: tuple[str, ...]
    """Distinct content words, folded, without numbers, reporting verbs and negations."""
    new_words: tuple[str, ...]
    """Those of them that the question did not bring."""
    names: frozenset[str]
    """Those of them that look like names: after a title, of a nationality, or capitalised inside a sentence."""
    values: frozenset[str]
    quotations: tuple[str, ...]
    """Quoted words of two or more, folded, each between blanks."""
    facets: frozenset[tuple[str, str]]
    negations: tuple[_Negation, ...]
    runs: tuple[str, ...]
    """All words in order, folded, each between blanks, in which a quotation can be found."""

    @classmethod
    def of(cls, text: str, source: str = "", question: str = "") -> "Statement":
        """What `text` states: a sentence of the newsroom `source`, which a claim may name too, or of an answer."""
        values = find_values(text)
        numbered = [(value.start, value.end) for value in values]
        content = [
            (word, text[start:end])
            for word, start, end in word_spans(text)
            if _says_something(word) and not any(a <= start < b for a, b in numbered)
        ]
        every = words(_ANSWER_NO.sub("", text, count=1) if _ANSWER_NO.match(text) else text)
        distinct = tuple(dict.fromkeys([*(word for word, _ in content), *filter(_says_something, words(source))]))
        asked = [word for word in words(question) if _says_something(word)]
        return cls(
            words=distinct,
            new_words=tuple(word for word in distinct if not any(alike(word, other) for other in asked)),
            names=frozenset(_names(every, content)),
            values=frozenset(f"{value.kind} {number:.9g}" for value in values for number in value.ends),
            quotations=tuple(_quotations(text)),
            facets=frozenset(filter(None, map(_facet, every))),
            negations=tuple(_negations(every)),
            runs=tuple(f" {' '.join(words(part))} " for part in (text, source)),
        )

    @property
    def needs(self) -> tuple[Need, ...]:
        """Everything that evidence for this statement has to show."""
        needed: list[Need] = [("word", word) for word in self.words]
        needed += [("value", value) for value in sorted(self.values)]
        return (*needed, *(("quotation", quotation) for quotation in self.quotations))

    def meets(self, need: Need) -> bool:
        """Whether this statement shows a word, number or quotation."""
        kind, what = need
        if kind == "word":
            return any(alike(what, word) for word in self.words)
        return what in self.values if kind == "value" else any(what in run for run in self.runs)

    def contradicts(self, evidence: Sequence["Statement"]) -> bool:
        """Whether the evidence names another month, weekday, side or direction of change, and not this one."""
        shown = {facet for statement in evidence for facet in statement.facets}
        kinds = {kind for kind, _ in shown}
        return any(kind in kinds for kind, which in self.facets if (kind, which) not in shown)

    def lacks_facet(self, evidence: Sequence["Statement"]) -> bool:
        """Whether the evidence is silent about a month, weekday, side or direction of change named here."""
        return not self.facets <= {facet for statement in evidence for facet in statement.facets}

    def differs_in_negation(self, evidence: Sequence["Statement"]) -> bool:
        """Whether this denies what the evidence does not deny, or states what the evidence denies.

        Only what is negated counts: a negation in another clause of a long sentence changes nothing.
        """
        theirs = [negation for statement in evidence for negation in statement.negations]
        denied = {word for negation in theirs for word in negation.scope}
        if any(not _overlap(negation.scope, denied) for negation in self.negations):
            return True
        own = {word for negation in self.negations for word in negation.scope}
        stated = [word for word in self.words if word not in own]
        return any(
            _overlap(n.scope, stated) >= 2 if n.denial else _overlap(n.scope[:1], stated) > 0
            for n in theirs
            if not _overlap(n.scope, own)
        )


def _says_something(word: str) -> bool:
    return is_content(word) and word not in _NEUTRAL and word not in _NEGATIONS and word not in _DENIALS


def _overlap(some: Sequence[str], others: Sequence[str] | set[str]) -> int:
    return sum(any(alike(word, other) for other in others) for word in some)


def _facet(word: str) -> tuple[str, str] | None:
    return _FACET.get(word) or (_FACET.get(word[1:]) if word[0] in _PROCLITICS else None)


_NISBA = re.compile(r"(?:[وفبك]?ال|لل)\w{2,}(?:ي|يه|يين|يون|يات)")  # المصرية: whose it is


def _names(every: Sequence[str], content: Sequence[tuple[str, str]]) -> Iterator[str]:
    known = {word for word, _ in content}
    for title, word in pairwise(every):
        if title in _TITLES and word in known:
            yield word
    for word, written in content[1:]:
        if _NISBA.fullmatch(word) or (written[0].isascii() and written[0].isupper()):
            yield word


def _quotations(text: str) -> Iterator[str]:
    for match in _QUOTATION.finditer(text):
        for part in _OMISSION.split(next(filter(None, match.groups()))):
            quoted = words(part)
            if len(quoted) > 1:
                yield f" {' '.join(quoted)} "


def _negations(every: Sequence[str]) -> Iterator[_Negation]:
    for at, word in enumerate(every):
        denial = word in _DENIALS
        if not denial and word not in _NEGATIONS:
            continue
        after = every[at + 1 :]
        if (after and after[0] in _NO_NEGATION_BEFORE) or not _EXCEPT.isdisjoint(after[:_EXCEPT_WITHIN]):
            continue
        scope = [w for w in after[: 3 * _SCOPE] if _says_something(w) and not w[0].isdigit()][:_SCOPE]
        if scope:
            yield _Negation(tuple(scope), denial)
