"""«من هو شين وونسيك؟»: the sentence that says who a person is, and the words of it that say so.

Newsrooms introduce a person by his office: behind the name («شين وونسيك، مستشار الرئيس») or before it («وزير الخارجية
الأمريكي أنتوني بلينكن»). Such a question holds a name alone, which leaves a model of shared words nothing to go by.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.extractive.features import Candidate, Sureness
from index.text.arabic import fold, stem, words
from index.text.matching import SAME_CONSONANTS, dice, nearness, plainly
from index.text.stopwords import is_content

_COPULA = r"(?:هو|هي|يكون|تكون|كان|كانت|هذا|هذه)"
_WHO = re.compile(rf"و?من\s+(?:{_COPULA}\s+)+")
_WHO_LAST = re.compile(rf"\s+(?:{_COPULA}\s+من|من\s+{_COPULA})$")
_MOST_OF_A_NAME = 4
"""Words."""
_OFFICES = frozenset(
    """
    رئيس وزير نائب مستشار متحدث ناطق سفير مدير امين قائد زعيم مبعوث ملك امير كاتب مدرب لاعب حارس مهاجم خبير محلل باحث
    استاذ عضو ممثل مرشح حاكم محافظ والي عمده قاضي نقيب رجل سيد مؤسس نجم فنان مخرج صحفي صحافي ناشط قيادي مسؤول
    دبلوماسي جنرال لواء عميد عقيد شيخ مفتي بابا كبير وكيل مساعد منسق مفوض عالم طبيب محامي داعيه
    """.split()
)
"""Folded, without article and feminine ending."""
_OFFICE_FORM = re.compile(r"[وبلكف]?(?:ال)?(\w+?)ه?")
_RELATIVE = re.compile(r"(?:الذي|التي)\s+[يت]\w+")
_LONGEST_OFFICE = 7
"""Words between the first one of an office and the name that it stands before."""
_BEHIND, _BEFORE = 0.85, 0.6
"""How sure it is that the articles tell who it is, by where the office stands: before a name it may be somebody else's
(«التقى الرئيس التونسي بلينكن»)."""

_ALIKE = 0.5
"""Dice of trigrams from which a word may be a name's; two in a row have to be."""
_AHEAD = 2.0
"""Log-odds by which it leads the others, so that they are not quoted beside it."""


def asked_name(question: str) -> tuple[str, ...]:
    """The folded words of the person whom a question in standard Arabic asks after, and of nothing else; else none."""
    folded = " ".join(re.findall(r"\w+", fold(question)))
    who = _WHO.match(folded)
    rest = folded[who.end() :] if who else folded[: last.start()] if (last := _WHO_LAST.search(folded)) else ""
    name = tuple(rest.split())
    plain = all(is_content(word) and not word[0].isdigit() and not _is_office(word) for word in name)
    return name if plain and len(name) <= _MOST_OF_A_NAME else ()


def introducing(
    question: str, ranked: Sequence[Candidate], sure: Sureness, *, is_spelled: bool = False
) -> tuple[list[Candidate], Sureness, tuple[int, int] | None]:
    """Candidates with the one that introduces the person asked after first, how sure it is, and the words that do so.

    All as given where the question asks for something else, or nobody introduces the person. `is_spelled` says that the
    question is Arabic only by rule, its names in several spellings of which none may be the newsrooms'.
    """
    name = asked_name(question)
    told = [(found, c) for c in ranked if name and (found := introduction(name, c.text, is_spelled=is_spelled))]
    if not told:
        return list(ranked), sure, None
    (certainty, core), best = max(told, key=lambda pair: pair[0][0])
    first = replace(best, score=max(c.score for c in ranked) + _AHEAD)
    surer = Sureness(1.0, max(sure.stated, certainty), sure.limit)
    return [first, *(c for c in ranked if c is not best)], surer, core


def introduction(
    name: Sequence[str], sentence: str, *, is_spelled: bool = False
) -> tuple[float, tuple[int, int]] | None:
    """How sure it is that a sentence says who a person is, and the words that say so; None where it does not."""
    at = _place(name, sentence, is_spelled=is_spelled)
    if at is None:
        return None
    begin, end = at
    behind = re.match(r"\s*[،,(]\s*", sentence[end:])
    if behind:
        start = end + behind.end()
        clause = re.match(r"[^،,.؛:()]+", sentence[start:])
        if clause and _tells_office(fold(clause.group())):
            return _BEHIND, (start, start + len(clause.group().rstrip()))
    run = [*takewhile(_is_of_an_office, reversed([*re.finditer(r"\w+|[^\w\s]", sentence[:begin])]))]
    offices = [word for word in run[:_LONGEST_OFFICE] if _is_office(fold(word.group()))]
    return (_BEFORE, (offices[-1].start(), end)) if offices else None


def _is_office(word: str) -> bool:
    form = _OFFICE_FORM.fullmatch(word)
    return word in _OFFICES or (form is not None and form[1] in _OFFICES)


def _tells_office(clause: str) -> bool:
    """Whether the words behind a name are an office, or say what its bearer does."""
    first = clause.removeprefix("وهو ").removeprefix("وهي ").split()[:1]
    return bool(first and _is_office(first[0])) or _RELATIVE.match(clause) is not None


def _is_of_an_office(word: re.Match[str]) -> bool:
    return is_content(fold(word.group())) and word.group().isalnum()


def _place(name: Sequence[str], sentence: str, *, is_spelled: bool) -> tuple[int, int] | None:
    """Where a person stands in a sentence: the first run of words that are the name's, all of them."""
    found = [*re.finditer(r"\w+", sentence)]
    own = [words(word.group()) for word in found]
    asked = plainly(name)
    for length in range(len(name), 0, -1):
        for at in range(len(found) - length + 1):
            run = [word for each in own[at : at + length] for word in each]
            whole = run and min(nearness(asked, run)) >= SAME_CONSONANTS and all(_is_of(word, name) for word in run)
            if whole or (is_spelled and len(run) > 1 and all(_is_like(word, name) for word in run)):
                return found[at].start(), found[at + length - 1].end()
    return None


def _is_of(word: str, name: Sequence[str]) -> bool:
    """Whether a word of a text belongs to a name, alone or as two of its words in one."""
    joined = "".join(name)
    return any(stem(word) == stem(part) for part in name) or word in joined or nearness(plainly([word]), name)[0] >= 0.9


def _is_like(word: str, name: Sequence[str]) -> bool:
    """Whether a word of a text may be one of the spellings of a name: بوعسكر beside بواسكر, of Bouasker."""
    return max(dice(word, part) for part in name) >= _ALIKE
