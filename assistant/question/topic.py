"""What a question is about, by its words alone: its question word, its topic, and whom or what a pronoun can mean."""

import re

from assistant.question.answer_type import counted_noun, expected
from assistant.types import Turn
from index.text.arabic import fold, is_arabic
from index.text.stopwords import is_content
from index.wordings.dialects import spoken_words

_WORDS = ("متى", "أين", "كم", "من", "ماذا", "لماذا", "كيف", "ما", "هل", "أي")
WRITTEN = {fold(word): word for word in _WORDS} | {spoken: word for spoken, word in spoken_words() if word in _WORDS}
"""Question words as they are written, by themselves and by what is said for them in the dialects, folded."""
ASK = (
    rf"(?:(?:(?:في|الي|علي|عن|من|مع|حتي|منذ) )?(?:{'|'.join(WRITTEN)})|"
    r"[بل](?:ماذا|كم|قداش|اي|من)|من ?وين|منين|مم|عم|بم)"
)
ENGLISH_ASK = r"(?:when|where|who|whom|what|why|how many|how much|how|which|did|does|is|was)"
EMPTY = frozenset(
    """
    ذلك هذا هذه تلك كان كانت حدث حدثت تم وقع وقعت جري جرت حصل حصلت صار بالضبط تحديدا هالشي هيك هكا هيدا حسب بحسب وفق
    وفقا it that this happen happened
    """.split()
)
"""Words that tell nothing of a topic."""
PERSONAL = ("عمر", "منصب", "اسم", "راي", "موقف", "كلام", "قول", "وظيف", "جنسي", "مهن")
"""Beginnings of what a person has and a thing has not."""
_MEASURE = re.compile(
    r"(?:كلفه|تكلفه|قيمه|سعر|ثمن|عدد|مساحه|طول|عمر|نسبه|حجم|مده|مدي|وزن|منصب|اسم|مهمه|سبب|موعد|حصه|هدف) (?=\w)"
)
"""What is asked of a thing: the next question asks of the thing, not of its price."""
MARKS = " ؟?.!،,"

_LEADS = re.compile(rf"^(?:[وف]?{ASK}|{ENGLISH_ASK})(?: (?:هو|هي|هم|الذي|التي|عدد|did|does|do|is|was|are|were))*(?= )")
_FIRST = re.compile(rf"(?:{ASK}|{ENGLISH_ASK})(?= |$)")
_BEHIND = re.compile(r"(?<= )(?:عن|حول|بشان|بخصوص|about) ")
_COMPLETED = re.compile(r"(?<= )(?:(?:بشان|about) |\()")
ACCORDING = re.compile(r"(?<= )((?:ب?حسب|وفق(?:ا ل)?|(?:في |ب)راي|according to) ?)(\w+)(?= |$)")
_SAYS = re.compile(
    r"(?:^| )(?:[يت]?قال|[يت]?قول|صرح|اكد|اعلن|ذكر|[يت]ري|رد|طالب|دعا|دعت|حذر|نفي|نفت|اتهم|وصف|sa(?:y|id|ys))\w{0,2}"
    r"(?: |$)"
)
_VERB_FOLLOWS = re.compile(
    r"(?:(?:في|الي|علي|عن|من|مع|حتي|منذ) |[بل])?"
    r"(?:متي|امتي|ايمتي|وقتاش|اين|فين|وين|لماذا|ليش|ليه|علاش|كيف|كيفاش|ازاي|هل|من|مين|شكون|ماذا|شنو|ايش|وش|شو)\b|"
    r"مم\b|عم\b|بم\b"
)


def asked_with(question: str) -> tuple[str, str]:
    """The question word as it is written, «أين» for «وين», and the rest as the reader wrote it."""
    found = _FIRST.match(words(question))
    if not found:
        return "", question.strip(MARKS)
    count = found.group().count(" ") + 1
    return WRITTEN.get(found.group(), " ".join(question.split()[:count]).strip(MARKS)), tail(question, found.end() + 1)


def own_words(asked: str) -> list[str]:
    """The folded words of a question that tell of a topic."""
    found = _FIRST.match(words(asked))
    rest = words(asked)[found.end() :] if found else words(asked)
    return [word for word in rest.split() if is_content(word) and word not in EMPTY and word not in WRITTEN]


def topic_of(question: str) -> tuple[str, bool]:
    """What a question is about, without its question words, and whether it begins with its verb («متى صادق …»).

    Of what was said, the part behind «عن»; of a question that was completed itself, what completed it.
    """
    if (whole := _completed_by(question)) is not None:
        return whole
    word, rest = parted(question)
    behind = _BEHIND.search(words(rest))
    if behind and word.startswith(("ماذا", "ما", "what")):
        return tail(rest, behind.end()), False
    if word.removeprefix("ب").startswith("كم"):
        return rest, "عدد" not in word and counted_noun(question) is None and not rest.startswith("ال")
    is_name = rest.startswith("ال") or word.endswith((" هو", " هي", " هم"))
    return rest, bool(_VERB_FOLLOWS.match(word)) and not is_name


def _completed_by(question: str) -> tuple[str, bool] | None:
    """What stands in brackets at the end, or behind a «بشأن» before which hardly anything tells of a topic."""
    written = question.split()
    found = _COMPLETED.search(" ".join("(" * word.startswith("(") + words(word) for word in written))
    if not found:
        return None
    before = own_words(" ".join(written[: found.string[: found.start()].count(" ")]))
    within = " ".join(written[found.string[: found.end()].count(" ") :]).strip(MARKS)
    if found.group() == "(":
        return (within.strip("()"), True) if within.endswith(")") and " " in within else None
    return (within, False) if len(before) <= 1 else None


def named(before: Turn, *, person: bool = False) -> str:
    """Whom or what a pronoun means: the person that answered or was quoted where it can be one, else the topic."""
    if before.core and is_person(before.question):
        return before.core
    if person and (speaker := _speaker(before.question)):
        return speaker
    topic, verbal = topic_of(before.question)
    topic = tail(topic, topic.index(" ") + 1) if verbal and " " in topic else topic
    measure = _MEASURE.match(words(topic))
    return tail(topic, measure.end()) if measure else topic


def thing(before: Turn) -> str:
    """What a pronoun means that stands for no person."""
    return named(Turn(before.question))


def _speaker(question: str) -> str | None:
    _, rest = parted(question)
    folded = words(rest)
    if told := ACCORDING.search(folded):
        return tail(rest, told.start(2))
    says, behind = _SAYS.match(folded), _BEHIND.search(folded)
    return tail(rest, says.end(), behind.start() - 1) if says and behind and says.end() < behind.start() else None


def says(text: str) -> bool:
    """Whether somebody says something in it."""
    return bool(_SAYS.search(words(text)))


def unattributed(topic: str) -> str:
    """A topic without those according to whom it is told."""
    told = ACCORDING.search(words(topic))
    return tail(topic, 0, told.start(1) - 1) if told else topic


def is_person(question: str) -> bool:
    """Whether a question asks for a person."""
    return expected(question).wanted == "person"


def parted(question: str) -> tuple[str, str]:
    """The question words, folded, and the rest as it is written."""
    rest = question.strip(MARKS)
    found = _LEADS.match(words(rest))
    return (found.group(), tail(rest, found.end() + 1)) if found else ("", rest)


def words(text: str) -> str:
    """The text folded, its words parted by one blank: word by word the same as the text's."""
    return " ".join(fold(word).strip(MARKS + "«»\"'():") or "-" for word in text.split()).lower()


def tail(text: str, start: int, end: int | None = None) -> str:
    """The written words that stand for the characters from `start` to `end` of the folded ones."""
    folded = words(text)
    first = folded[:start].count(" ")
    last = folded[:end].rstrip().count(" ") + 1 if end is not None else None
    return " ".join(text.split()[first:last]).strip(MARKS)


def question_mark(text: str) -> str:
    """The mark of its language."""
    return "؟" if is_arabic(text) else "?"
