"""Questions that an article suggests, by rule: what its sentences say, asked. Nobody tried yet whether it answers."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from index.text.arabic import sentence_spans
from index.types import Article

SENTENCES = 30
"""So many from the top are looked at: news tells what matters first."""

_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_SAID = {form for verb in "قال ذكر أعلن أكد أوضح كشف".split() for form in (verb, f"{verb}ت")}
_THAT = {"أن", "إن", "أنه", "إنه", "أنها", "إنها", "أنهم", "إنهم"}
_ENDS_A_NAME = _THAT | set(
    """
    في خلال يوم اليوم أمس لدى عقب إثر أثناء عبر على عن من إلى مساء صباح مع بعد قبل أمام وهو وهي الذي التي بأن بأنه حيث
    ضمن السبت الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة مؤخرا سابقا أيضا كذلك وفقا وفق بحسب لما عندما
    """.split()
)
_NOBODY = set(
    """
    مصدر مصادر مسؤول مسؤولة مسؤولون متحدث متحدثة ناطق شهود شاهد خبير خبيرة خبراء محلل محللون بيان تقرير دراسة نقاد
    المصدر المصادر المسؤول البيان التقرير الدراسة الفحوصات التحقيقات
    """.split()
)
_OFFICES = set("وزير وزيرة رئيس رئيسة مدير مديرة أمين محافظ والي نائب سفير سفيرة قائد".split())
_SHORTEST_NAME, _LONGEST_NAME = 2, 7
"""Words: a single one may be anybody, and so may an office of two (رئيس اللجنة)."""

_COUNTED = re.compile(
    r"(?<!\w)عدد (ال(?!ذي|تي|لواتي)\w+(?: ال(?!ذي|تي|لواتي)\w+){0,2}(?: في \w+(?: ال\w+)?)?)(?!\w)(?=[^.؟]*\d)"
)

_HAPPENED = set(
    """
    صادق صادقت وقع وقعت وافق وافقت صوت أقر أقرت وصل وصلت التقى التقت زار زارت استقبل استقبلت افتتح افتتحت انطلق انطلقت
    اندلع اندلعت توفي توفيت استقال استقالت انتخب انتخبت أطلق أطلقت نفذ نفذت ضرب ضربت أصدر أصدرت غادر غادرت بدأ بدأت
    انتهى انتهت عقد عقدت انعقد انعقدت فاز فازت تسلم تسلمت عين أقال اغتيل قتل انفجر انفجرت أغلق أغلقت عاد عادت ألغى ألغت
    """.split()
)
_DAY = r"(?:السبت|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة)(?: (?:الماضي|الفائت))?"
_MONTH = (
    r"(?:يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|جانفي|فيفري|أفريل|ماي|جوان|جويلية|أوت)"
    r"(?:/\w+(?: (?:الأول|الثاني))?)?"
)
_DATE = rf"\d{{1,2}} {_MONTH}(?: \d{{4}})?"
_WHEN = re.compile(
    rf" (?:(?:مساء|صباح|فجر|ظهر|ليل|ليلة) )?(?:(?:يوم|اليوم|أمس|في) )?(?:{_DAY}(?: {_DATE})?|{_DATE})(?!\w)"
    r"| (?:اليوم|أمس)(?!\w)"
)
_ASIDE = re.compile(r" ?،[^،]{1,80}،")
_SHORTEST_EVENT, _LONGEST_EVENT = 4, 14
"""Words of an event: fewer name nothing, more are no question."""


Kind = Literal["when", "count", "said"]


class Suggested(NamedTuple):
    """A question, and what it asks for."""

    kind: Kind
    question: str


def questions_of(article: Article) -> Iterator[Suggested]:
    """Questions in good Arabic that the article's first sentences suggest, in their order."""
    for start, end in sentence_spans(article.text)[:SENTENCES]:
        sentence = _MARKS.sub("", article.text[start:end])
        asked: dict[Kind, str | None] = {"when": _event(sentence), "count": _count(sentence), "said": _speech(sentence)}
        yield from (Suggested(kind, question) for kind, question in asked.items() if question)


def _event(sentence: str) -> str | None:
    """«صادق المجلس يوم الخميس على المعاهدة.» → «متى صادق المجلس على المعاهدة؟»"""
    if sentence.split(maxsplit=1)[0] not in _HAPPENED or not _WHEN.search(sentence):
        return None
    told = _ASIDE.sub("", _WHEN.sub("", sentence, count=1)).split("،")[0].strip(" .")
    words = told.split()
    fits = _SHORTEST_EVENT <= len(words) <= _LONGEST_EVENT and words[1] not in _ENDS_A_NAME and not _THAT & set(words)
    return f"متى {told}؟" if fits else None


def _count(sentence: str) -> str | None:
    """«يبلغ عدد الجنود الكوريين 4500.» → «كم عدد الجنود الكوريين؟»"""
    found = _COUNTED.search(sentence)
    return f"كم عدد {found[1]}؟" if found and " " in found[1] else None


def _speech(sentence: str) -> str | None:
    """«وقال وزير الدفاع لويد أوستن، أمس، إن …» → «ماذا قال وزير الدفاع لويد أوستن؟»"""
    verb, *rest = sentence.split()
    verb = verb if verb in _SAID else verb.removeprefix("و")
    if verb not in _SAID:
        return None
    name = _name(rest)
    anybody = not name or name[0] in _NOBODY or name[-1].startswith("وال")
    if anybody or not _SHORTEST_NAME + (name[0] in _OFFICES) <= len(name) <= _LONGEST_NAME or not _THAT & set(rest):
        return None
    return f"ماذا {verb} {' '.join(name)}؟" if all(map(str.isalpha, name)) else None


def _name(words: list[str]) -> list[str]:
    """The words up to a comma, or to one that no name holds."""
    name: list[str] = []
    for word in words:
        if word in _ENDS_A_NAME:
            break
        name.append(word.rstrip("،"))
        if word.endswith("،"):
            break
    return name
