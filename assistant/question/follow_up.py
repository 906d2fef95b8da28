"""A question that leans on the one before it («ومتى كان ذلك؟»), completed by rule so that it stands alone."""

import re

from assistant.question.topic import (
    ACCORDING,
    ASK,
    EMPTY,
    ENGLISH_ASK,
    MARKS,
    PERSONAL,
    asked_with,
    is_person,
    named,
    own_words,
    parted,
    question_mark,
    says,
    tail,
    thing,
    topic_of,
    unattributed,
    words,
)
from assistant.types import Turn
from index.text.arabic import is_arabic

MOST_OWN = 3
"""Content words up to which a question can lack its own topic; a longer one says what it is about."""

_LINKED = re.compile(
    rf"^(?:(?:طيب|حسنا|ثم|كذلك|ايضا) )*[وف](?={ASK}(?: |$))|"
    rf"^(?:and|but|so|then|also|ok)(?: then)? (?={ENGLISH_ASK}\b)"
)
_ABOUT = re.compile(r"^(?:طيب )?[وف]?(?:ماذا|ما|شنو|ايش|وش|شو) (?:عن|بشان|بخصوص) |^(?:and )?(?:what|how) about ")
_ANOTHER = re.compile(
    r"^(?:طيب )?و(?:(?:في|ب?حسب|وفقا|عند|علي|من|الي|بعد|قبل)(?: \S+){1,3}|ال\S+(?: \S+)?|"
    r"(?!زار|زير|كال|فد|لاي|قف|حد|سائ|ثيق|اشنط)\S{3,})$|"
    rf"^and (?!{ENGLISH_ASK}\b)\S+(?: \S+){{0,3}}$"
)
"""«وكييف؟», «وفي الشمال؟», "and Seoul?": no question word; a word that begins with a و of its own is none of them."""
_POINTS = re.compile(
    r"(?:^| )(?:ذلك|هذا|هذه|تلك|هؤلاء|هناك|هنالك|عنه|عنها|عنهم|فيه|فيها|منه|منها|منهم|به|بها|بهم|لهم|له|لها|عليه|عليها|"
    r"هو|هي|هم|هالشي|هالكلام|هيدا|هكا|"
    r"it|its|that|this|they|them|their|he|she|his|her|him|there|then)(?: |$)"
)
_WHO_IS = re.compile(r"(?:^|(?<= ))(?:من|ما|مين|ماذا|كم|who|what) (?:هو|هي|هم|is it|is that)(?= \w)")
_SUFFIXED = re.compile(
    r"(?!ال|(?:بعد|قبل)ه|(?:مياه|وجه|شبه|تجاه|اتجاه|توجيه|تنبيه|مشابه|درهم|اسهم|متهم|تفاهم)$)(\w{2,}?)(ه|ها|هم)"
)
"""A word that ends with whose it is, or whom it is done to."""
_BEFORE = {"علي": "على", "الي": "إلى", "في": "في", "من": "من", "عن": "عن", "مع": "مع", "عند": "عند"}
_VERBS = ("متى", "أين", "لماذا", "كيف", "هل", "من", "ماذا")
"""Question words behind which a verb stands."""
_THAT = re.compile(r"(?:اللي |الذي )?((?:قال|ذكر|صرح|اعلن|اكد)\w{0,2}) (?:ذلك|هذا|هالشي|هالكلام|هكا|هيك|هيدا)")
_WHERE = re.compile(r"(?:في|ب?حسب|وفقا|عند) ")
_HE = re.compile(r"(^| )(they|them|he|she|him|his|her|their)(?= |$)", re.IGNORECASE)
_IT = re.compile(r"(^| )(it|its)(?= |$)", re.IGNORECASE)
_HIS = ("his", "her", "its", "their")
_LAST_PLACE = re.compile(r"(?<= )في(?: \S+){1,3}$")


def understood(question: str, before: Turn) -> str | None:
    """The question as it stands alone; None where it has a topic of its own already."""
    folded = words(question)
    if another := _ABOUT.match(folded):
        return _of_another(tail(question, another.end()), before)
    opening = _LINKED.match(folded)
    if not opening and _ANOTHER.match(folded):
        return _of_another(_without_and(question), before)
    asked = _without_link(question) if opening else question.strip(MARKS)
    word, rest = asked_with(asked)
    own = own_words(asked)
    suffixed = _suffixed(rest, linked=opening is not None) if word else None
    if word and not own and suffixed is None:
        return _asked_again(word, rest, before)
    points = _POINTS.search(_WHO_IS.sub("من", folded))
    if not (opening or points or suffixed is not None) or len(own) > MOST_OWN:
        return None
    if not is_arabic(asked):
        return _in_english(asked, before)
    if suffixed is not None:
        return f"{word} {_whose(word, rest, suffixed, before)}؟"
    if _WHERE.match(words(rest)) and word == asked_with(before.question)[0]:
        return _of_another(rest, before)
    return _pointed(word, rest, before)


def _pointed(word: str, rest: str, before: Turn) -> str:
    """A question with words of its own, and what they are about."""
    asked, (topic, verbal) = f"{word} {rest}".strip(), topic_of(before.question)
    who = before.core or ("" if verbal else topic)
    if who and is_person(before.question) and rest and word:
        verb, *others = rest.split()
        what = thing(before)
        if _is_feminine(verb) and words(what).split()[0].endswith("ه") and not says(verb):
            who = what
        return " ".join([word, verb, who, *others]) + "؟"
    if says(rest):
        topic = unattributed(topic)
    if word == "من" and not verbal and (said := _THAT.fullmatch(words(rest))):
        return f"من {tail(rest, said.start(1), said.end(1))} إن {topic}؟"
    return f"{asked} ({topic})؟" if verbal else f"{asked} بشأن {topic}؟"


def _suffixed(rest: str, *, linked: bool) -> int | None:
    """The place of the word whose ending points to what was asked before.

    The first word; where the question is tied to the one before also the second, and what a person has.
    """
    folded = words(rest).split()
    told = [at for at, word in enumerate(folded) if word not in EMPTY]
    for at in told:
        found = _SUFFIXED.fullmatch(folded[at])
        if not found or rest.split()[at].strip(MARKS).endswith("ة"):
            continue
        ends = at + 1 == len(folded) or not own_words(folded[at + 1])
        if (ends or found.group(2) != "ه") and (at in told[: 1 + linked] or (linked and found.group(1) in PERSONAL)):
            return at
    return None


def _whose(word: str, rest: str, at: int, before: Turn) -> str:
    """The words with the ending of one replaced by what it stands for: «وكم عددهم» asks of «عدد الجنود»."""
    written, (topic, verbal) = rest.split(), topic_of(before.question)
    found = _SUFFIXED.fullmatch(words(written[at]))
    assert found
    if found.group(1) in _BEFORE and verbal and asked_with(before.question)[0] == "ماذا":
        return f"{rest} ({topic})"
    done = at == 0 and len(written) > 1
    stem = _BEFORE.get(found.group(1)) or _stem(written[at].strip(MARKS)[: -len(found.group(2))], word in _VERBS)
    is_name = found.group(1).startswith(PERSONAL)
    what = named(before, person=is_name) if is_name or done else thing(before)
    return " ".join([*written[:at], stem, what, *written[at + 1 :]]).strip(MARKS)


def _stem(held: str, is_verb: bool) -> str:
    """A word without its ending, as it is written then: «مهمة» for «مهمتـ», «مدى» for «مداـ»."""
    if held.endswith("ا"):
        return f"{held[:-1]}ى"
    return f"{held[:-1]}ة" if held.endswith("ت") and len(held) > 3 and not is_verb else held


def _in_english(asked: str, before: Turn) -> str:
    who = named(before, person=True)
    put = _HE.sub(lambda found: found.group(1) + who + ("'s" if found.group(2) in _HIS else ""), asked)
    if put == asked:
        what = named(before)
        put = _IT.sub(lambda found: found.group(1) + what + ("'s" if found.group(2) in _HIS else ""), asked)
        return f"{put}?" if put != asked else f"{asked} about {what}?"
    return f"{put} about {topic_of(before.question)[0]}?" if _IT.search(put) else f"{put}?"


def _asked_again(word: str, rest: str, before: Turn) -> str:
    """The question word of this question with the rest of the one before."""
    if not is_arabic(word):
        return f"{word} {parted(before.question)[1]}?"
    if word == "من" and words(rest) in ("هو", "هي", "هم"):
        return f"من {rest} {named(before, person=True)}؟"
    topic, verbal = topic_of(before.question)
    return f"{word} {topic}؟" if verbal or "كم" in word else f"{word} كان ذلك بشأن {topic}؟"


def _of_another(other: str, before: Turn) -> str:
    """The question before, asked of another one."""
    rest = before.question.strip(MARKS)
    told, source = ACCORDING.search(words(rest)), ACCORDING.match(f" {words(other)}", 1)
    if source:
        other = tail(other, source.end(1) - 1)
    if words(other).startswith("في "):
        place = _LAST_PLACE.search(words(rest))
        return f"{tail(rest, 0, place.start()) if place else rest} {other}{question_mark(rest)}"
    if told:
        return f"{tail(rest, 0, told.start(2))} {other}{question_mark(rest)}"
    if source:
        return f"{rest} {'بحسب' if is_arabic(rest) else 'according to'} {other}{question_mark(rest)}"
    joined = "بالنسبة إلى" if is_arabic(rest) else "for"
    already = words(rest).rfind(f" {words(joined)} ")
    return f"{tail(rest, 0, already) if already > 0 else rest} {joined} {other}{question_mark(rest)}"


def _is_feminine(verb: str) -> bool:
    return words(verb).startswith("ت") or words(verb).endswith("ت")


def _without_and(question: str) -> str:
    first, *others = question.removeprefix("طيب ").strip(MARKS).split()
    return " ".join([first.removeprefix("و"), *others] if is_arabic(first) else others)


def _without_link(question: str) -> str:
    """Without the «و» or the "and" that ties it to the one before."""
    found = _LINKED.match(words(question))
    assert found
    linked = found.group()
    first, *others = question.strip(MARKS).split()[linked.count(" ") :]
    return " ".join([first if linked.endswith(" ") else first[1:], *others])
