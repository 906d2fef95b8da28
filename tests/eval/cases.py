"""Small articles, facts over them and answers, for the tests of the measures."""

from assistant.citations.spans import CitedClaim, Span, assemble
from assistant.types import Answer, Citation
from eval.measures.cases import Case
from eval.types import Fact, Nugget, Variant
from eval.types import Span as Gold
from index.types import Article
from tests.doubles import article

TROOPS = "أرسلت بيونغ يانغ 12 ألف جندي إلى روسيا."
KIRBY = "وقال كيربي إنهم سيصبحون أهدافًا مشروعة."
SILENCE = "ورفضت موسكو التعليق."
SEOUL = "قدّرت سول عدد الجنود المرسلين بنحو 11 ألف جندي."
WHEAT = "وانخفضت أسعار القمح في الأسواق."
A = article(f"{TROOPS} {KIRBY} {SILENCE}", id="A")
B = article(f"{SEOUL} {WHEAT}", id="B")
LONG = article("كلمة " * 60 + A.text, id="L")
BY_ID = {each.id: each for each in (A, B, LONG)}

SILENT = Answer("سؤال؟", "لا جواب", reason="not_stated", confidence=0.1)
BROKEN = Answer("سؤال؟", "", error="no endpoint")


def at(of: Article, quote: str) -> Span:
    start = of.text.index(quote)
    return Span(of, start, start + len(quote))


def gold(of: Article, quote: str) -> Gold:
    span = at(of, quote)
    return Gold(of.id, span.start, span.end, quote)


def number(value: float, *evidence: tuple[Gold, ...], vital: bool = True, unit: str = "جندي") -> Nugget:
    return Nugget(f"{value} {unit}", vital, "number", value, unit, (), evidence)


def name(*aliases: str, evidence: tuple[Gold, ...] = ()) -> Nugget:
    return Nugget(aliases[0], True, "name", None, None, aliases, (evidence,))


def date(value: str | None, *aliases: str) -> Nugget:
    return Nugget("", True, "date", value, None, aliases, ())


TWELVE, ELEVEN = number(12000, (gold(A, TROOPS),)), number(11000, (gold(B, SEOUL),))
WHO = name("كيربي", evidence=(gold(A, KIRBY),))


def fact(
    *nuggets: Nugget,
    forbidden: tuple[str, ...] = (),
    conflict: tuple[Variant, ...] = (),
    category: str = "number",
    home: str = "A",
) -> Fact:
    answerable = any(nugget.vital for nugget in nuggets)
    return Fact("f", "سؤال؟", "ar", category, None, "test", answerable, nuggets, forbidden, conflict, (home,))


def answer(*claims: tuple, confidence: float | None = 0.9, core: tuple[int, int] | None = None) -> Answer:
    """An answer of (sentence, cited spans …)."""
    sentences, citations = assemble([CitedClaim(text, tuple(spans), core=core) for text, *spans in claims])
    return Answer("سؤال؟", "", sentences=sentences, citations=citations, confidence=confidence)


def correcting(*spans: Span) -> Answer:
    """A refusal of a false premise with the quotes that contradict it."""
    nearest = tuple(Citation(n, s.article, s.start, s.end, contradicts=True) for n, s in enumerate(spans, start=1))
    return Answer("سؤال؟", "", nearest=nearest, reason="premise_contradicted", confidence=0.5)


def case(known: Fact, given: Answer, **more) -> Case:
    return Case(known, given, BY_ID, **more)


RIGHT = answer((TROOPS, at(A, TROOPS)))
