"""A question that leans on the one before it («ومتى كان ذلك؟»), completed by rule so that it stands alone."""

import re

from assistant.question.answer_type import expected
from assistant.types import Turn
from index.text.arabic import fold, is_arabic
from index.text.stopwords import is_content

MOST_OWN = 3
"""Content words up to which a question can lack its own topic; a longer one says what it is about."""


_ASK = r"(?:متي|اين|فين|وين|كم|قداش|بكم|من|مين|شكون|ماذا|ما|شنو|ايش|شو|لماذا|ليش|علاش|كيف|هل|اي)"
_ENGLISH_ASK = r"(?:when|where|who|whom|what|why|how many|how much|how|which|did|does|is|was)"
_LINKED = re.compile(
    rf"^(?:(?:طيب|حسنا|ثم|كذلك|ايضا) )*[وف](?={_ASK}(?: |$))|"
    rf"^(?:and|but|so|then|also|ok)(?: then)? (?={_ENGLISH_ASK}\b)"
)
_ABOUT = re.compile(r"^(?:طيب )?[وف]?(?:ماذا|ما|شنو|ايش|شو) (?:عن|بشان|بخصوص) |^(?:and )?(?:what|how) about ")
_POINTS = re.compile(
    r"(?:^| )(?:ذلك|هذا|هذه|تلك|هؤلاء|هناك|هنالك|عنه|عنها|عنهم|فيه|فيها|منه|منها|منهم|به|بها|بهم|لهم|له|لها|عليه|عليها|"
    r"هو|هي|هم|"
    r"it|its|that|this|they|them|their|he|she|his|her|him|there|then)(?: |$)"
)
_WHO_IS = re.compile(r"(?:^|(?<= ))(?:من|ما|مين|ماذا|كم|who|what) (?:هو|هي|هم|is it|is that)(?= \w)")
_OF_THEM = re.compile(
    r"(?:^| )(عدد|اسم|عمر|منصب|سبب|موعد|تاريخ|قيم|ثمن|سعر|راي|موقف|رد|هدف|مكان|مصير|مدت|كلفت|نتيج)ت?(?:ه|ها|هم)(?: |$)"
)
_EMPTY = frozenset(
    """
    ذلك هذا هذه تلك كان كانت حدث حدثت تم وقع وقعت جري جرت حصل حصلت صار بالضبط تحديدا it that this happen happened
    """.split()
)
_LEADS = re.compile(
    rf"^(?:[وف]?(?:في|الي|علي|عن|من|ب|ل)? ?{_ASK}|{_ENGLISH_ASK})"
    r"(?: (?:هو|هي|هم|الذي|التي|عدد|did|does|do|is|was|are|were))*(?= )"
)
_ABOUT_WHAT = re.compile(r"(?<= )(?:عن|حول|بشان|بخصوص|about|on) ")
_ACCORDING = re.compile(r"(?<= )((?:ب?حسب|وفق(?:ا ل)?|according to) ?)(\w+)(?= |$)")
_MARKS = " ؟?.!،,"
_WORD = re.compile(rf"(?:{_ASK}|{_ENGLISH_ASK})(?= |$)")
_VERB_FOLLOWS = ("متي", "اين", "لماذا", "ليش", "علاش", "كيف", "هل", "من", "ماذا")
_HE = re.compile(r"(^| )(it|they|them|he|she|him|his|her|its|their)(?= |$)", re.IGNORECASE)
_HIS = ("his", "her", "its", "their")


def understood(question: str, before: Turn) -> str | None:
    """The question as it stands alone; None where it has a topic of its own already."""
    folded = _words(question)
    if another := _ABOUT.match(folded):
        return _of_another(_tail(question, another.end()), before)
    opening = _LINKED.match(folded)
    asked = _without_link(question) if opening else question.strip(_MARKS)
    own = [word for word in _words(asked).split() if is_content(word) and word not in _EMPTY]
    if not own and _WORD.match(_words(asked)):
        return _asked_again(asked, before)
    bare = _WHO_IS.sub("من", folded)
    points = _POINTS.search(bare) or _OF_THEM.search(folded)
    if not (opening or points) or len(own) > MOST_OWN:
        return None
    if whose := _OF_THEM.search(_words(asked)):
        return f"{asked.rsplit(' ', 1)[0]} {whose.group(1)} {_named(before)}؟"
    return _pointed(asked, before)


def _pointed(asked: str, before: Turn) -> str:
    """A question with words of its own, and what they are about."""
    if not is_arabic(asked):
        put = _HE.sub(lambda found: found.group(1) + _named(before) + ("'s" if found.group(2) in _HIS else ""), asked)
        return f"{put}?" if put != asked else f"{asked} about {_named(before)}?"
    first, *rest = asked.split()
    if before.core and _is_person(before.question) and rest:
        return " ".join([first, rest[0], before.core, *rest[1:]]) + "؟"
    topic, verbal = _topic(before.question)
    return f"{asked} ({topic})؟" if verbal else f"{asked} بشأن {topic}؟"


def _topic(question: str) -> tuple[str, bool]:
    """What a question is about, without its question words, and whether it begins with its verb («متى صادق …»).

    Of what was said, the part behind «عن».
    """
    word, rest = _parted(question)
    behind = _ABOUT_WHAT.search(_words(rest))
    if behind and word.startswith(("ماذا", "ما", "what")):
        return _tail(rest, behind.end()), False
    return rest, word.startswith(_VERB_FOLLOWS) and not rest.startswith("ال")


def _named(before: Turn) -> str:
    """The words that answered, where a person was asked for; else the topic, without its verb."""
    if before.core and _is_person(before.question):
        return before.core
    topic, verbal = _topic(before.question)
    return _tail(topic, topic.index(" ") + 1) if verbal and " " in topic else topic


def _parted(question: str) -> tuple[str, str]:
    """The question words, folded, and the rest as it is written."""
    rest = question.strip(_MARKS)
    found = _LEADS.match(_words(rest))
    return (found.group(), _tail(rest, found.end() + 1)) if found else ("", rest)


def _asked_again(asked: str, before: Turn) -> str:
    """The question word of this question with the rest of the one before."""
    found = _WORD.match(_words(asked))
    assert found
    word = " ".join(asked.split()[: 1 + found.group().count(" ")])
    rest = _parted(before.question)[1]
    if not is_arabic(asked):
        return f"{word} {rest}?"
    topic, verbal = _topic(before.question)
    return f"{word} {rest}؟" if verbal or word.startswith("كم") else f"{word} كان ذلك بشأن {topic}؟"


def _of_another(other: str, before: Turn) -> str:
    """The question before, asked of another one."""
    rest = before.question.strip(_MARKS)
    mark, joined = ("؟", "بالنسبة إلى") if is_arabic(rest) else ("?", "for")
    told = _ACCORDING.search(_words(rest))
    if told:
        return f"{_tail(rest, 0, told.start(2))} {other}{mark}"
    return f"{rest} {joined} {other}{mark}"


def _is_person(question: str) -> bool:
    return expected(question).wanted == "person"


def _without_link(question: str) -> str:
    """Without the «و» or the "and" that ties it to the one before."""
    found = _LINKED.match(_words(question))
    assert found
    linked = found.group()
    first, *others = question.strip(_MARKS).split()[linked.count(" ") :]
    return " ".join([first if linked.endswith(" ") else first[1:], *others])


def _words(text: str) -> str:
    """The text folded, its words parted by one blank: word by word the same as the text's."""
    return " ".join(fold(word).strip(_MARKS + "«»\"'():") or "-" for word in text.split()).lower()


def _tail(text: str, start: int, end: int | None = None) -> str:
    """The written words that stand for the characters from `start` to `end` of the folded ones."""
    folded = _words(text)
    first = folded[:start].count(" ")
    last = folded[:end].rstrip().count(" ") + 1 if end is not None else None
    return " ".join(text.split()[first:last]).strip(_MARKS)
