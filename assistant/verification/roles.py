"""Who says it, who does it, and in what office: whether a claim and its evidence name others. By form alone."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, takewhile

from assistant.verification.names import TITLES, joined, kind_of, same_name
from assistant.verification.wordings import arabic_terms, with_and
from index.text.arabic import fold, lexeme, stem, words
from index.text.stopwords import is_content

SAYING = with_and(
    """قال قالت قالوا يقول تقول اعلن اعلنت يعلن تعلن اكد اكدت يؤكد تؤكد ذكر ذكرت يذكر تذكر افاد افادت يفيد تفيد اوضح
    اوضحت اشار اشارت يشير تشير صرح صرحت اضاف اضافت بينت بحسب حسب وفق وفقا لوكاله وكاله نقل نقلت نعم المقال المقالات
    said says told reported according stated announced added yes article articles"""
)
"""Who reports it changes nothing in what is reported; a restatement seldom keeps these words."""
TELLING = SAYING - with_and("نقل نقلت نعم المقال المقالات لوكاله وكاله") | with_and(
    """قدر قدرت يقدر تقدر توقع توقعت يتوقع تتوقع راي رات يري تري اعتبر اعتبرت يعتبر كشف كشفت ابلغ ابلغت شدد شددت عزا عزت
    حذر حذرت يحذر اتهم اتهمت يتهم تتهم طالب طالبت دعا دعت نفي نفت زعم زعمت رجح رجحت استبعد استبعدت عبر عبرت ابدي ابدت
    اتهمه وصف وصفت لفت لفتت اقر اقرت تحدث تحدثت تعهد تعهدت ندد نددت"""
)
"""All words that a speaker follows."""
WHAT_IS_SAID = frozenset("ان بان انه بانه انها بانها انهم that".split())
"""Words with which begins what is said."""

_REACH = 4
"""Words after a verb of saying in a claim in which the speaker is named."""
_THEIR_REACH = 8
"""The same in the evidence, where more is told of them."""

Clause = tuple[str, ...]
Clauses = Sequence[Clause]


def other_name(own: Clauses, shown: Clauses) -> bool:
    """Whether somebody else says it, somebody else does it, or another office is meant than in the evidence.

    Both are Arabic, as the folded words of clauses.
    """
    mine, theirs = list(map(joined, own)), list(map(joined, shown))
    return _other_speaker(mine, theirs) or _other_actor(mine, theirs) or other_office(mine, theirs)


def unheard_speaker(own: Clauses, shown: Clauses, missing: Container[str]) -> bool:
    """Whether nothing of who is said to say it stands in the evidence, which names somebody else for it."""
    if not any(word in TELLING for clause in shown for word in clause):
        return False
    for _, after in _followed(own, TELLING):
        speaker = list(takewhile(lambda word: is_content(word) and word not in WHAT_IS_SAID, after[:_REACH]))
        if speaker and all(word in missing for word in speaker):
            return True
    return False


def _other_speaker(own: Clauses, shown: Clauses) -> bool:
    """Whether the claim names one speaker, and the evidence with a verb of saying only others of that kind."""
    stated = [names for _, after in _followed(own, TELLING) if (names := _named_first(after[:_REACH]))]
    if len(stated) != 1:
        return False
    told = [name for clause in shown for name in _speakers(clause)]
    kinds = {_whose(name) for name in stated[0]} & {_whose(name) for name in told}
    mine = [name for name in stated[0] if _whose(name) in kinds]
    everyone = [*told, *_before_telling(shown)] if "country" in kinds else [word for clause in shown for word in clause]
    return bool(mine) and not any(same_name(name, other) for name in mine for other in everyone)


def _before_telling(shown: Clauses) -> Iterator[str]:
    """The words of the clauses before the first verb of saying: «وفي سيول، طالب نائب الوزير …»."""
    return chain.from_iterable(takewhile(TELLING.isdisjoint, shown))


def _speakers(clause: Sequence[str]) -> list[str]:
    """The names of a clause with a verb of saying, up to what is said."""
    if TELLING.isdisjoint(clause):
        return []
    verb = next(at for at, word in enumerate(clause) if word in TELLING)
    said = next((at for at in range(verb, len(clause)) if clause[at] in WHAT_IS_SAID), len(clause))
    return _who(clause[: min(said, verb + _THEIR_REACH)])


def _named_first(after: Sequence[str]) -> list[str]:
    """The names before the first function word; what no table knows is one only where nothing known comes before it."""
    said = list(takewhile(is_content, after))
    return [word for word in said if kind_of(word)] or list(takewhile(_is_unknown, said))


def _who(words: Iterable[str]) -> list[str]:
    return [word for word in words if _whose(word)]


def _whose(word: str) -> str:
    """The kind of name; what no table knows beside a verb of saying is taken for a person's."""
    return kind_of(word) or ("person" if _is_unknown(word) else "")


@lru_cache(maxsize=1 << 16)
def _is_unknown(word: str) -> bool:
    plain = is_content(word) and word.isalpha() and word not in TELLING and word not in TITLES
    return plain and not arabic_terms([word])[0].others


def _other_actor(own: Clauses, shown: Clauses) -> bool:
    """Whether who acts and who is acted on have changed places: أمدت روسيا كوريا, أمدت كوريا روسيا."""
    theirs = [(lexeme(verb), before, after) for verb, before, after in _around(shown)]
    for verb, before, after in _around(own):
        for same, there_before, there_after in theirs:
            if same != lexeme(verb):
                continue
            if (before, after[0]) == (there_after[0], there_before) and kind_of(before) and before != after[0]:
                return True
            acting, there = after[0], there_after[0]
            if acting != there and kind_of(acting) and there in after and acting in there_after and kind_of(there):
                return True
    return False


def _around(clauses: Clauses) -> Iterator[tuple[str, str, Clause]]:
    """Each content word that is no name, the word before it, and those after it in its clause, at least one."""
    for clause in clauses:
        for at, word in enumerate(clause[:-1]):
            if is_content(word) and not kind_of(word):
                yield word, clause[at - 1] if at else "", clause[at + 1 : at + 1 + _THEIR_REACH]


def other_office(own: Clauses, shown: Clauses) -> bool:
    """Whether a title has another complement in the evidence: وزير الدفاع, وزير الخارجية."""
    for title, after in _followed(own, TITLES):
        told = [there[:_THEIR_REACH] for word, there in _followed(shown, TITLES) if stem(word) == stem(title) and there]
        if after and told and not any(same_name(after[0], word) for there in told for word in there):
            return True
    return False


def _followed(clauses: Clauses, heads: Container[str] = ()) -> Iterator[tuple[str, Clause]]:
    """Each of the heads (of any content words where none are given) with the words behind it in its clause."""
    for clause in clauses:
        for at, word in enumerate(clause):
            if word in heads or (not heads and is_content(word)):
                yield word, clause[at + 1 :]


# ---------------------------------------------------------------- a sentence that does not say who speaks in it

_SAYS = TELLING | with_and(
    """تابع تابعت اردف اردفت واصل واصلت استطرد استطردت زاد زادت ختم ختمت علق علقت ابرز ابرزت نبه نبهت افاد افادت
    لاحظ لاحظت اعرب اعربت جدد جددت عقب عقبت خلص خلصت ثمن ثمنت اقترح اقترحت رفض رفضت"""
)
_POINTS = with_and("هو هي هم هما هذا هذه هذان هؤلاء ذلك تلك كما كذلك ايضا قد بدوره بدورها") | frozenset(
    "he she they it this that these those his her their".split()
)
"""First words that mean somebody or something told of before."""
_BETWEEN = with_and("بين")
"""Says «between», but for «وبيّن أن»."""
_NOBODY_NAMED = ("ال", "بال", "لل", "قائل", "مضيف", "مشير", "موضح", "مؤكد", "مجدد", "وفق")
"""How words begin that follow a verb of saying and name nobody: «المتحدث», «بالقول», «للصحفيين», «قائلا»."""
_VERB_ALONE = re.compile(r"\W*(?:و\s+)?\w+\s*[:،,«\"“(]")
"""A first word with nobody behind it: «وأضاف: …»."""


def leans(text: str) -> bool:
    """Whether a text begins with somebody's words or deeds, and does not say whose."""
    first, *rest = [word for word in words(fold(text[:120])) if word != "و"] or [""]
    if first in _BETWEEN:
        return bool(rest) and rest[0] in WHAT_IS_SAID
    if first not in _SAYS:
        return first in _POINTS
    if not rest or _VERB_ALONE.match(text):
        return True
    return not is_content(rest[0]) or rest[0].startswith(_NOBODY_NAMED)
