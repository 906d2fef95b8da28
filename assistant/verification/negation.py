"""What a sentence negates: the words behind a particle of negation or a verb of denial; by form alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.verification.wordings import alike, english_as_terms, with_and
from index.text.arabic import lexeme
from index.text.matching import consonants
from index.text.stopwords import is_content

NEGATIONS = with_and(
    """لم لن لا ليس ليست ليسوا لست دون بدون بلا غير عدم بعدم لعدم زعزعه تفتقر يفتقر افتقر
    not no never without neither nor cannot didn doesn don isn aren wasn weren won couldn hasn haven hadn"""
)
DENIALS = with_and(
    """نفي نفت ينفي تنفي نفوا امتنع امتنعت يمتنع تمتنع انكر انكرت ينكر تنكر رفض رفضت يرفض ترفض
    استبعد استبعدت يستبعد تستبعد يستبعدون استبعدوا
    denied denies deny denying rejected rejects reject refused refuses refuse"""
)
# These take a negation back: لا يزال, لا سيما, لا بد, and what only bounds a figure, لا يقل; لم … إلا, ليس … فقط
_NO_NEGATION_BEFORE = frozenset(
    """يزال تزال زال زالت يزالون سيما بد شك يقل تقل يتجاوز تتجاوز يتعدي تتعدي يزيد تزيد يزد تزد
    only less more fewer""".split()
)
_EXCEPT = frozenset(("الا", "سوي", "فقط", "وحدها", "وحده", "وحدهم", "except"))
_EXCEPT_WITHIN = 6  # words after the negation
_SAVE, _SAVE_WITHIN = "سوي", 10  # «لا يقيم منهم في مراكز الإيواء المؤقت سوى …»: nothing else, however far
_SCOPE = 4  # content words after a verb of denial: the verb that is denied with its subject and object
_MODALS = frozenset("يستطيع تستطيع استطاع استطاعت يمكن يمكنه يمكنها بوسع بوسعه قادر قادره يجب".split())
_ENGLISH = re.compile(
    r"\b(not|no|never|without|neither|nor|cannot|\w+n['’]t|denie[ds]|rejected|refused|declined)\b", re.I
)
_ENGLISH_DENIALS = ("deni", "reject", "refus", "declin")
_ANSWER_NO = re.compile(r"\s*(?:لا|كلا|no)\s*[،,.:؛]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Negation:
    """The content words that follow a particle of negation or a verb of denial."""

    scope: tuple[str, ...]
    denial: bool


def without_answering_no(text: str) -> str:
    """The text without the «لا،» that answers a question and negates nothing in the sentence."""
    return _ANSWER_NO.sub("", text, count=1) if _ANSWER_NO.match(text) else text


def negations(every: Sequence[str]) -> Iterator[Negation]:
    """The negations among the folded words of a sentence."""
    for at, word in enumerate(every):
        if word not in DENIALS and word not in NEGATIONS:
            continue
        after = every[at + 1 :]
        before = every[at - 1] if at else ""
        if before in NEGATIONS or (after and after[0] in DENIALS):  # لم يرفض is neither a negation nor a denial
            continue
        if word == "غير" and before != "من" and after and after[0] == "ان":  # however
            continue
        excepted = not _EXCEPT.isdisjoint(after[:_EXCEPT_WITHIN]) or _SAVE in after[:_SAVE_WITHIN]
        if excepted or (after and after[0] in _NO_NEGATION_BEFORE):
            continue
        denial = word in DENIALS
        content = (w for w in after if is_content(w) and w not in _MODALS and not w[0].isdigit())
        scope = tuple(islice(content, _SCOPE))
        if scope:
            yield Negation(scope, denial)


def english_negations(text: str) -> Iterator[Negation]:
    """The negations of an English sentence, with what they negate in Arabic."""
    parts = _ENGLISH.split(without_answering_no(text))
    for negator, after in zip(parts[1::2], parts[2::2], strict=True):
        denial = negator.lower().startswith(_ENGLISH_DENIALS)
        said = [word for term in english_as_terms(after) for wording in term.wordings[:1] for word in wording]
        if said:
            yield Negation(tuple(said[:_SCOPE]), denial)


def states_what_is_negated(
    stated: Sequence[str], own: Sequence[Negation], negated: Sequence[Negation], near: int = 1
) -> bool:
    """Whether words that are `stated` beside the negations `own` are `negated` on the other side.

    What a particle negates is one of the `near` words after it; what a verb denies is told by two words of its scope.
    Negations are taken for one where their scopes share a word, and verbs of denial for one anywhere.
    """
    mine = [word for negation in own for word in negation.scope]
    free = [word for word in stated if word not in mine]
    denied = any(negation.denial for negation in own)
    for negation in negated:
        if (negation.denial and denied) or any(_same(a, b) for a in negation.scope for b in mine):
            continue
        held = [any(_same(word, other) for other in free) for word in negation.scope]
        if sum(held) >= 2 if negation.denial else any(held[:near]):
            return True
    return False


def _same(a: str, b: str) -> bool:
    x, y = lexeme(a), lexeme(b)
    return x == y or alike(a, b) or (len(x) > 2 and len(y) > 2 and consonants(x) == consonants(y))
