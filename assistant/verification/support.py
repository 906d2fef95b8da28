"""Whether the words of passages support a statement, and which of their sentences do.

By words on purpose: every verdict can be checked by eye against the span that is quoted for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import pairwise

from assistant.types import Extent, Support, Verdict
from assistant.values.dates import Date
from assistant.values.derived import follows
from assistant.values.values import Value
from assistant.verification.claim import Claim
from assistant.verification.contrast import contrasts, hardened
from assistant.verification.counted_things import counts_another, stands_beside_another
from assistant.verification.evidence import MOST_SENTENCES as MOST
from assistant.verification.evidence import EvidenceSentence, adjacent, extents_of, told_wholly, unsure_of_a_figure
from assistant.verification.names import Country
from assistant.verification.statement import Need, Statement
from assistant.verification.wordings import Term, forms
from index.text.arabic import sentence_spans, stem, words
from index.text.matching import Rarity, content_words, coverage
from index.types import ScoredPassage
from index.wordings.english import in_arabic

FULL_SHARE = 0.6
"""Share of a statement's content words in the span for full support: a restatement changes verbs and function words,
and keeps the names and nouns, which are more than half."""
FEW_TERMS = 5
"""Content words; of a shorter statement a part of them is next to nothing."""
PARTIAL_SHARE = 0.4
"""Below this, span and statement share little more than their subject."""
TOLD_OF_ANOTHER = 0.15
"""Share of a claim's words that a sentence with another figure holds beyond the one with its figure, so that the claim
is about that other figure."""
DENIED_BY_A_BETTER = 0.1
"""Share of a claim's words that a sentence which says another thing holds beyond the best that says the same."""
LONGEST_STATEMENT = 1_000
"""Characters; nobody can check a longer sentence at a glance."""

SIGNALS = (
    "share", "figures", "dates", "quotations", "countries", "names", "brought_along", "patched", "counts_another",
    "counts_perhaps", "beside_another", "told_of_another", "contrasts", "hardened", "hedged_apart", "english", "words",
    "sentences", "evidence_words", "new_share", "negated_apart",
)  # fmt: skip
"""What is told of a claim beside a group of sentences: shares, or how often, or 1 for yes. A judge weighs it: a
claim in other words may miss a name or seem to contrast."""

Group = tuple[int, ...]
"""Sentences by their number."""
_NOTHING = Verdict("none", 0.0, ())
_RANK: dict[Support, int] = {"none": 0, "partial": 2, "full": 3}


def _rank(verdict: Verdict) -> tuple[int, bool]:
    return _RANK[verdict.support] or int(verdict.few), not verdict.certain


class WordVerifier:
    """The sentences of passages, ready to be asked what they support by their words."""

    def __init__(self, passages: Sequence[ScoredPassage], rarity: Rarity = lambda stem: 0.0) -> None:
        """`rarity` tells how rare a stem is in general news; rare words are not taken from anywhere else."""
        self._passages, self._rarity = passages, rarity

    @cached_property
    def _sentences(self) -> list[EvidenceSentence]:
        passages = enumerate(scored.passage for scored in self._passages)
        return [EvidenceSentence(n, p, start, end) for n, p in passages for start, end in sentence_spans(p.text)]

    @cached_property
    def _sources(self) -> set[tuple[str, ...]]:
        return {tuple(words(scored.passage.article.source or "")) for scored in self._passages}

    def support(self, text: str, cited: Sequence[int], question: str = "") -> tuple[Support, tuple[Extent, ...]]:
        """How well the passages with the indexes `cited` support `text`, and the smallest extents that do.

        The words that `text` adds to the question are its answer: they have to be supported as well as all its words,
        because the question's own words stand in any passage about its subject.

        One sentence is tried first, then two that follow one another, then several; more are taken only where fewer do
        not support the text fully. Without support there are no extents.
        """
        found = self.verdict(text, cited, question)
        return found.support, self.extents(found.group) if found.support != "none" else ()

    def extents(self, group: Sequence[int]) -> tuple[Extent, ...]:
        """The pieces of articles that sentences are, by their numbers in a verdict."""
        return tuple(extents_of(self._sentences, group))

    def verdict(self, text: str, cited: Sequence[int], question: str = "") -> Verdict:
        """The same with the share of its words, and the sentences by their number; without support the nearest."""
        best = _NOTHING
        claim = self._claim(text, question) if len(text) <= LONGEST_STATEMENT else None
        if not claim or not claim.needs:
            return best
        pool = self._pool(cited)
        judge = partial(self._judge, claim, pool)
        alone = [judge((n,)) for n in pool]
        for verdicts in (alone, map(judge, self._pairs(pool)), map(judge, self._several(claim, pool))):
            found = max(verdicts, key=lambda v: (*_rank(v), v.share, -self._length(v.group)), default=best)
            if _rank(found) > _rank(best) or not best.group:
                best = found
            if best.support == "full":
                break
        denied = max((v.share for v in alone if v.differs), default=0.0)
        outdone = denied > best.share + DENIED_BY_A_BETTER
        return replace(best, support="none", differs=True, few=False) if outdone else best

    def around(self, text: str, cited: Sequence[int], verdict: Verdict, *, wholly: bool = False) -> Group:
        """The sentences of a verdict; without full support also those that say most of a text, by its rare words.

        For a reader who insists on every word, `wholly`, with full support also those that say one that is lacking, and
        those that say who speaks; also where the articles say so beyond the passages cited.
        """
        group = verdict.group
        if group and wholly:
            group = told_wholly(self._sentences, group, self._pool(cited, wholly), self._claim(text, "").terms)
        if not group or (verdict.support == "full" and not (wholly and verdict.share < 1)):
            return group
        asked = content_words(in_arabic(text) or text, self._rarity)
        rest = [n for n in self._pool(cited, wholly) if n not in group]
        if verdict.support == "full":
            lacking = [t for t in self._claim(text, "").terms if not any(self._sentences[n].meets(t) for n in group)]
            rest = [n for n in rest if any(map(self._sentences[n].meets, lacking))]
        rest.sort(key=lambda n: -coverage(asked, words(self._sentences[n].text)))
        return tuple(sorted([*group, *rest[: max(0, MOST - len(group))]]))

    def signals(self, text: str, cited: Sequence[int], verdict: Verdict, question: str = "") -> tuple[float, ...]:
        """What is told of a statement beside the sentences of its verdict, in the order of SIGNALS."""
        claim, pool, group = self._claim(text, question), self._pool(cited), verdict.group
        sentences = [self._sentences[n] for n in group]
        missing = {need for need in claim.needs if not any(sentence.meets(need) for sentence in sentences)}
        own, told = claim.statement, self._carrier(claim, group).statement
        counted = counts_another(own, told)
        shown = [sentence.statement for sentence in sentences]
        absent = {need.word for need in missing if isinstance(need, Term)}
        new = [need in missing for need in claim.new]
        row = {
            "share": claim.share(missing),
            "figures": sum(isinstance(need, Value) for need in missing),
            "dates": sum(isinstance(need, Date) for need in missing),
            "quotations": sum(isinstance(need, str) for need in missing),
            "countries": sum(isinstance(need, Country) for need in missing),
            "names": sum(isinstance(need, Term) and claim.insists(need) for need in missing),
            "brought_along": self._brought_along(claim, missing),
            "patched": self._patched(claim, group),
            "counts_another": counted == "surely",
            "counts_perhaps": counted == "perhaps",
            "beside_another": stands_beside_another(own, told),
            "told_of_another": self._told_of_another(own, group, pool),
            "contrasts": contrasts(own, told, shown, absent),
            "hardened": hardened(own, told),
            "hedged_apart": own.hedged != any(statement.hedged for statement in shown),
            "english": not own.arabic,
            "words": len(own.folded) / 20,
            "sentences": len(group),
            "evidence_words": sum(len(statement.folded) for statement in shown) / 50,
            "new_share": 1 - sum(new) / len(new) if new else 1.0,
            "negated_apart": bool(own.negations) != any(statement.negations for statement in shown),
        }
        return tuple(float(row[name]) for name in SIGNALS)

    def lacks_a_fact(self, text: str, group: Sequence[int], question: str = "") -> bool:
        """Whether sentences, by their numbers, lack a figure, a date, a country or a quotation of a statement."""
        claim, sentences = self._claim(text, question), [self._sentences[n] for n in group]
        missing = {need for need in claim.needs if not any(sentence.meets(need) for sentence in sentences)}
        return self._lacks_a_fact(missing, sentences)

    def nearest(self, text: str, limit: int) -> list[Extent]:
        """At most `limit` sentences, those first that share most content words with `text`; at least one word."""
        terms = Statement(text).terms
        shared = {n: sum(map(sentence.meets, terms)) for n, sentence in enumerate(self._sentences)}
        best = sorted((n for n, count in shared.items() if count), key=lambda n: (-shared[n], n))
        return [extent for n in best[:limit] for extent in self.extents((n,))]

    def _claim(self, text: str, question: str) -> Claim:
        return Claim(text, question, self._rarity, self._sources)

    def _pool(self, cited: Sequence[int], wholly: bool = False) -> list[int]:
        """The sentences of the passages with these indexes; `wholly` of all passages of their articles."""
        articles = {self._passages[n].passage.article.id for n in cited} if wholly else set[str]()
        beside = {n for n, scored in enumerate(self._passages) if scored.passage.article.id in articles}
        return [n for n, sentence in enumerate(self._sentences) if sentence.passage in beside.union(cited)]

    # ------------------------------------------------------------ candidates

    def _pairs(self, pool: list[int]) -> Iterator[Group]:
        return (pair for pair in pairwise(pool) if adjacent(self._sentences, *pair))

    def _several(self, claim: Claim, pool: list[int]) -> Iterator[Group]:
        """One group, gathered greedily; a sentence joins it for two new words, or for one that is insisted on."""
        met: set[Need] = set()
        group: list[int] = []
        brings = {n: {need for need in claim.needs if self._sentences[n].meets(need)} for n in pool}
        while pool and len(group) < MOST:
            n = max(pool, key=lambda n: sum(2 if claim.insists(need) else 1 for need in brings[n] - met))
            new = brings[n] - met
            if len(new) < 2 and not any(map(claim.insists, new)):
                break
            group.append(n)
            met |= new
        if len(group) > 1:
            yield tuple(sorted(group))

    def _length(self, group: Group) -> int:
        return sum(self._sentences[n].end - self._sentences[n].start for n in group)

    # ------------------------------------------------------------ judging

    def _judge(self, claim: Claim, pool: Sequence[int], group: Group) -> Verdict:
        """Full, partial or no support of the statement by the group's sentences together."""
        sentences = [self._sentences[n] for n in group]
        missing = {need for need in claim.needs if not any(sentence.meets(need) for sentence in sentences)}
        none = Verdict("none", claim.share(missing), group, unsure=unsure_of_a_figure(claim.needs, sentences))
        if any(map(claim.insists, missing)) or self._brought_along(claim, missing) or self._patched(claim, group):
            return replace(none, certain=self._lacks_a_fact(missing, sentences))
        if self._differs(claim, group, pool, {need.word for need in missing if isinstance(need, Term)}):
            return replace(none, differs=none.share >= PARTIAL_SHARE)
        if none.share < (PARTIAL_SHARE if len(claim.terms) >= FEW_TERMS else FULL_SHARE):
            return replace(none, few=True)
        own, told = claim.statement, self._carrier(claim, group).statement
        doubtful = none.share < FULL_SHARE or hardened(own, told) or counts_another(own, told) == "perhaps"
        return replace(none, support="partial" if doubtful or none.unsure else "full")

    def _lacks_a_fact(self, missing: set[Need], sentences: Sequence[EvidenceSentence]) -> bool:
        """Whether what is missing can be compared for sure: no word, no name, no figure that can be reckoned."""
        shown = [sentence.statement for sentence in sentences]
        told = [value for statement in shown for value in statement.values]
        years = [date.year for statement in shown for date in statement.dates if date.year]
        facts = (need for need in missing if not isinstance(need, Term))
        return any(not (isinstance(need, Value) and follows(need, told, years)) for need in facts)

    def _patched(self, claim: Claim, group: Group) -> bool:
        """Whether a sentence of the group lends no more than a word that only looks like a name.

        A name that is known may stand in the sentence before, which is why neighbours are quoted together; a word that
        nobody knows, from a sentence that says nothing else of the claim, is patched on.
        """
        for n in group if len(group) > 1 else ():
            rest = [self._sentences[other] for other in group if other != n]
            own = (need for need in claim.needs if self._sentences[n].meets(need))
            lent = [need for need in own if not any(sentence.meets(need) for sentence in rest)]
            odd = [need for need in lent if isinstance(need, Term) and claim.is_unheard_of(need)]
            if odd and len(lent) <= 2 and all(need in odd or isinstance(need, Value) for need in lent):
                return True
        return False

    def _brought_along(self, claim: Claim, missing: set[Need]) -> bool:
        """Whether a rare word comes from elsewhere in the passages, and not from the evidence.

        A word that general news does not have is recognised in any form, one that it hardly has as it stands.
        """
        absent = [need for need in missing if isinstance(need, Term)]
        if any(claim.is_rare(term) and self._stems & {stem(form) for form in forms(term.word)} for term in absent):
            return True
        return any(claim.is_unheard_of(term) and not self._words.isdisjoint(forms(term.word)) for term in absent)

    @cached_property
    def _words(self) -> frozenset[str]:
        """Every word of the passages."""
        return frozenset(word for sentence in self._sentences for word in words(sentence.text))

    @cached_property
    def _stems(self) -> frozenset[str]:
        """The stem of every word of the passages."""
        return frozenset(map(stem, self._words))

    def _differs(self, claim: Claim, group: Group, pool: Sequence[int], missing: set[str]) -> bool:
        """Whether the evidence says another thing where the statement and it can be compared."""
        own, carrier = claim.statement, self._carrier(claim, group)
        told = carrier.statement
        if counts_another(own, told) == "surely" or stands_beside_another(own, told):
            return True
        if self._told_of_another(own, group, pool):
            return True
        return contrasts(own, told, [self._sentences[n].statement for n in group], missing)

    def _carrier(self, claim: Claim, group: Group) -> EvidenceSentence:
        """The sentence of a group that holds most of what is stated, whoever it is stated of."""
        if len(group) == 1:
            return self._sentences[group[0]]
        plain = [term for term in claim.terms if term.word not in claim.statement.names]
        return max((self._sentences[n] for n in group), key=lambda sentence: sentence.share(plain))

    def _told_of_another(self, own: Statement, group: Group, pool: Sequence[int]) -> bool:
        """Whether a cited sentence with another figure of the kind says the rest of the claim better."""
        cited = [self._sentences[n] for n in pool]
        for value in own.values:
            held = max(
                (self._sentences[n].share(own.terms) for n in group if self._sentences[n].meets(value)), default=1.0
            )
            if any(p.has_another(value, own.values) and p.share(own.terms) > held + TOLD_OF_ANOTHER for p in cited):
                return True
        return False
