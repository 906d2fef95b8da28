"""English questions over Arabic articles: an Arabic wording to search with, never to show.

A table of news terms is looked up, longest phrase first; names that it lacks are spelled by rule. No grammar is
attempted: whatever compares the wording with an article looks at stems and character n-grams.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import chain, product, takewhile
from typing import NamedTuple

from index.text.arabic import words
from index.wordings.transliteration import transliterate

LONGEST_PHRASE = 3
"""Words in the longest English term of the table."""
SPELLINGS_OF_A_NAME = 2
"""Wordings taken of a term with a capital: newsrooms spell names differently. Of other terms only the most usual is
taken: synonyms dilute a question, and an article that holds one of two seems to cover half."""

_FUNCTION_WORDS = frozenset(
    """
    a about above across after again against ago al all almost already also although am among an and another any
    anyone are around as at away back be because been before being below between both but by can could did do does
    doing done down during each either el else ever every exactly few for from had has have having he her here him his
    how i if in into is it its itself just know like many may me might mine more most much must my never no nor not
    now of off on once only or other our out over own per please quite rather same shall she should since so some
    still such than that the their them then there these they this those though through thus to too toward towards
    under until up upon us various very via was we were what when where whether which while who whom whose why will
    with within without would yet you your according describe explain list show
    """.split()
)

# ---------------------------------------------------------------- the question word

# The Arabic of each is what the kinds of questions are told by. The leftmost that matches is taken, and of two that
# begin at one place the earlier in the table.
_MEASURES = {
    "number": "ما عدد", "count": "ما عدد", "percentage": "ما نسبة", "proportion": "ما نسبة", "rate": "ما نسبة",
    "share": "ما نسبة", "price": "ما سعر", "value": "ما قيمة", "amount": "ما قيمة", "sum": "ما قيمة", "size": "ما حجم",
    "volume": "ما حجم", "distance": "ما المسافة", "duration": "ما المدة", "speed": "ما سرعة", "age": "ما عمر",
    "cost": "كم تكلفة", "budget": "كم ميزانية", "population": "كم عدد سكان", "toll": "كم حصيلة",
}  # fmt: skip
_SAYINGS = {
    **dict.fromkeys(("say", "said", "saying", "tell", "told", "state", "stated"), "ماذا قال"),
    **dict.fromkeys(("announce", "announced", "declare", "declared"), "ماذا أعلن"),
    **dict.fromkeys(("confirm", "confirmed", "affirm", "affirmed", "stress", "stressed"), "ماذا أكد"),
    **dict.fromkeys(("think", "thought", "consider", "considered", "believe"), "ماذا اعتبر"),
    **dict.fromkeys(("warn", "warned"), "مم حذر"),
    **dict.fromkeys(("demand", "demanded", "ask", "asked"), "بم طالب"),
}
_HOW_MANY = "كم عدد"
_WHAT = r"(?:what|which)"
_WHAT_IS_THE = r"what (?:is|was|are|were) the (?:[a-z]+ ){0,2}?"
_ASKS = tuple(
    (re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE), arabic)
    for pattern, arabic in (
        (r"how many(?= times\b)", "كم"),
        (r"how many", _HOW_MANY),
        (r"how (?:much|often)", "كم"),
        (r"how far", "كم المسافة"),
        (r"how long(?! ago)", "كم المدة"),
        (r"how old", "كم عمر"),
        (r"how (?:big|large)", "كم حجم"),
        (r"how(?=[^,]*\bdescribed?\b)", "بماذا وصف"),
        (r"why|how come|what (?:caused|led to|prompted|triggered)", "لماذا"),
        (rf"(?:for )?{_WHAT} reasons?|{_WHAT_IS_THE}(?:reason|cause|motive)s?", "لماذا"),
        (rf"when|how long ago|{_WHAT_IS_THE}date|(?:at |on |in )?{_WHAT} (?:date|time|hour)", "متى"),
        (rf"(?:on )?{_WHAT} day", "في أي يوم"),
        (rf"(?:in )?{_WHAT} (?:month|year)", "في أي عام"),
        (rf"(?:in|to|from|near) {_WHAT} (?:city|town)", "في أي مدينة"),
        (rf"(?:in|to|from|near) {_WHAT} (?:country|state)", "في أي دولة"),
        (rf"(?:in|to|from|near) {_WHAT} (?:region|area|province)", "في أي منطقة"),
        (rf"where|(?:at |in )?{_WHAT} (?:place|location)", "أين"),
        (rf"(?:{_WHAT_IS_THE}|{_WHAT} )(?P<measure>{'|'.join(_MEASURES)})", ""),
        (rf"what (?:did|does|do|has|have|had|was|is)(?=[^,]*?\b(?P<saying>{'|'.join(_SAYINGS)})\b)", ""),
        (r"(?-i:[Ww]ho)m? (?:is|was|are|were)(?= the\b| (?-i:[A-Z]))", "من هو"),
        (r"(?-i:[Ww]ho)(?:m|se)?", "من الذي"),  # WHO is an organisation
        (r"how", "كيف"),
        (_WHAT, "ما"),
    )
)


def _ask(text: str) -> tuple[str, str]:
    """(the question word in Arabic, empty where none stands; the text without it)."""
    found = [(match, arabic) for pattern, arabic in _ASKS if (match := pattern.search(text))]
    if not found:
        return "", text
    match, arabic = min(found, key=lambda pair: pair[0].start())
    groups = match.groupdict()
    if measure := groups.get("measure"):
        arabic = _MEASURES[measure.lower()]
    if saying := groups.get("saying"):
        arabic = _SAYINGS[saying.lower()]
        text = text[: match.start("saying")] + text[match.end("saying") :]
    return arabic, f"{text[: match.start()]} {text[match.end() :]}"


# ---------------------------------------------------------------- terms


class _Term(NamedTuple):
    """A piece of the question: its last English word, and its Arabic wordings, none where it is left out."""

    english: str
    arabic: tuple[str, ...]


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """English term → its Arabic wordings, the most usual first."""
    text = (resources.files("index.wordings") / "english_arabic.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {english: tuple(arabic.split("|")) for english, arabic in rows}


def _lemmas(word: str) -> Iterator[str]:
    """The lower-case word, then what it may be a form of: plurals, -ed and -ing."""
    yield word
    for ending, instead in (("ies", "y"), ("ied", "y"), ("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("d", "")):
        if word.endswith(ending) and len(word) >= len(ending) + 3 - len(instead):
            yield word[: -len(ending)] + instead
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3:  # «used» is no form of «us»
            yield from (base, base + "e")
            if base[-1] == base[-2]:
                yield base[:-1]


def _looked_up(tokens: Sequence[str]) -> tuple[str, ...]:
    """The wordings to search with of a phrase in whatever forms its words stand; empty where the table lacks it."""
    most = SPELLINGS_OF_A_NAME if tokens[-1][0].isupper() else 1
    return next(_entries(tokens), ())[:most]


def _entries(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """What the table has under a phrase and under the forms that its words may be of."""
    table = _table()
    keys = (" ".join(forms) for forms in product(*(tuple(_lemmas(token.lower())) for token in tokens)))
    return (table[key] for key in dict.fromkeys(keys) if key in table)


def _terms(tokens: Sequence[str], sounded: frozenset[str]) -> Iterator[_Term]:
    """The tokens as terms, the longest phrases of the table first; those in `sounded` are looked up in phrases only.

    Unknown small-letter words are left out, unless the question has no capitals: then they may be names.
    """
    careless = not any(token[0].isupper() for token in tokens)
    at = 0
    while at < len(tokens):
        for length in range(min(LONGEST_PHRASE, len(tokens) - at), 1, -1):
            if wordings := _looked_up(tokens[at : at + length]):
                break
        else:
            before = tokens[at - 1].lower() if at else ""
            is_sounded = tokens[at].lower() in sounded
            length, wordings = 1, transliterate(tokens[at]) if is_sounded else _word(tokens[at], before, careless)
        yield _Term(tokens[at + length - 1], wordings)
        at += length


def _word(token: str, before: str, careless: bool) -> tuple[str, ...]:
    """The wordings of one token. A capital inside the question tells May from may and US from us."""
    lower = token.lower()
    is_name = token[0].isupper() and (before != "" or token.isupper())
    if lower in _FUNCTION_WORDS and not is_name:
        return ()
    if not token.isascii() or token[0].isdigit():
        return _number(token)
    if (wordings := _looked_up([token])) or lower in _FUNCTION_WORDS or len(token) == 1:
        return wordings
    if token.isupper():
        return (token,)  # newsrooms leave many abbreviations in Latin letters
    if token.islower() and not careless:
        return ()
    prefix = "ال" if before in ("al", "el") else ""
    return tuple(prefix + spelling for spelling in transliterate(token))


def _number(token: str) -> tuple[str, ...]:
    """A number as it stands, and 12,000 as 12 ألف too; a word in other letters as it stands."""
    thousands = re.fullmatch(r"(\d{1,3}),?000", token)
    return (token, f"{thousands[1]} ألف") if thousands else (token,)


# ---------------------------------------------------------------- a statement


class EnglishTerm(NamedTuple):
    """A content word or phrase of an English statement."""

    english: str
    wordings: tuple[tuple[str, ...], ...]
    """Its Arabic wordings as folded words: all that the table has, spellings of a name that it lacks, else none."""
    in_table: bool


def english_terms(text: str) -> list[EnglishTerm]:
    """The content words of an English statement in order, the longest phrases of the table first; no numbers."""
    tokens, sounded = _TOKEN.findall(_plain_latin(text)), _hyphened(text)
    found, at = [], 0
    while at < len(tokens):
        length, wordings = _longest(tokens[at : at + LONGEST_PHRASE])
        if length == 1 and tokens[at].lower() in sounded:
            wordings = ()
        phrase = tokens[at : at + length]
        is_name = phrase[0][0].isupper() and (at > 0 or not wordings)
        if wordings or (phrase[0].lower() not in _FUNCTION_WORDS and phrase[0].isascii() and phrase[0].isalpha()):
            spelled = wordings or (transliterate(phrase[0]) if is_name else ())
            arabic = tuple(tuple(words(each)) for each in spelled)
            found.append(EnglishTerm(" ".join(phrase), arabic, bool(wordings)))
        at += length
    return found


def _longest(tokens: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """How many words the longest phrase of the table at the beginning has (1 where none), and its wordings."""
    for length in range(len(tokens), 0, -1):
        if length == 1 and (tokens[0].lower() in _FUNCTION_WORDS or not tokens[0].isalpha()):
            break
        if wordings := tuple(dict.fromkeys(chain.from_iterable(_entries(tokens[:length])))):
            return length, wordings
    return 1, ()


# ---------------------------------------------------------------- the question

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_SIGNS = {"%": "percent", "$": "dollar", "€": "euro", "£": "pound"}
_AMOUNT = re.compile(r"([$€£%]) ?(\d[\d.,]*(?: ?(?:thousand|million|billion|trillion)\b)?)?")
_PLURALS = frozenset("people men women children police".split())


def in_arabic(question: str) -> str | None:
    """Arabic words to search with for a question in Latin letters; None where it is not, or nothing of it can be said.

    The question word comes first, the noun that «how many» counts right after it, the rest in the question's order.
    """
    text = _latin(question)
    if text is None:
        return None
    asked, rest = _ask(text)
    terms = list(_terms(_TOKEN.findall(rest), _hyphened(question)))
    if asked == _HOW_MANY:
        terms = _counted_first(terms)
    said = [wording for term in terms for wording in term.arabic]
    if not any("ء" <= char <= "ي" for wording in said for char in wording):
        return None
    wording = " ".join(dict.fromkeys(filter(None, (asked, *said))))
    return wording if words(wording) else None


def _latin(question: str) -> str | None:
    """The question in plain letters, without possessives or dots in abbreviations; None unless most are Latin."""
    plain = _plain_latin(question)
    letters = [char for char in plain if char.isalpha()]
    if 2 * sum(char.isascii() for char in letters) <= len(letters):
        return None
    plain = _AMOUNT.sub(lambda match: f" {match[2] or ''} {_SIGNS[match[1]]} ", plain)
    return plain if any(char.islower() for char in plain) else plain.lower()


def _plain_latin(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = re.sub(r"['’`]s\b|['’`]", "", plain)
    plain = re.sub(r"\b(?:[A-Za-z]\.){2,}", lambda match: match.group().replace(".", ""), plain)
    return _HYPHENED.sub(lambda match: f"{match[1]} {match[2].capitalize()}", plain)


_HYPHENED = re.compile(r"\b([A-Z]\w*)-([a-z]\w*)")


def _hyphened(text: str) -> frozenset[str]:
    """The parts of names like Won-sik, whose second the table lacks: the first is no word either, as «won» would be."""
    pairs = (match.groups() for match in _HYPHENED.finditer(text))
    return frozenset(part.lower() for pair in pairs if not any(_entries(pair[1:])) for part in pair)


def _counted_first(terms: Sequence[_Term]) -> list[_Term]:
    """The counted noun before what describes it: the first plural before any function word.

    One that the table lacks is spelled all the same: without it the question would ask for another number.
    """
    run = takewhile(lambda term: term.arabic or term.english not in _FUNCTION_WORDS, terms)
    plurals = (term for term in run if term.english in _PLURALS or re.fullmatch(r"[a-z]{2,}s", term.english))
    noun = next(plurals, None)
    if noun is None:
        return list(terms)
    rest = [term for term in terms if term is not noun]
    return [noun._replace(arabic=noun.arabic or transliterate(noun.english.removesuffix("s"))), *rest]
