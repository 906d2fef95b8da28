"""Where a claim and the sentence that is to prove it share their words and still differ: in who, whether, how sure."""

from collections.abc import Container, Sequence

from assistant.verification.hedging import hedged
from assistant.verification.negation import states_what_is_negated
from assistant.verification.opposites import clash, lexemes_of, sides_in
from assistant.verification.roles import other_name, other_office, unheard_speaker
from assistant.verification.statement import Statement
from assistant.verification.wordings import Shown


def contrasts(own: Statement, told: Statement, shown: Sequence[Statement], missing: Container[str]) -> bool:
    """Whether the evidence speaks of another one, or says the opposite.

    `shown` are the sentences of the evidence; `told` is the one of them that holds most of what the claim says, and
    only it is asked of whom it speaks. `missing` are the claim's words that none of them holds.
    """
    if _negated(own, told, shown) or _opposite(own, told) or _other_facet(own, shown):
        return True
    if own.arabic:
        return unheard_speaker(own.clauses, told.clauses, missing) or other_name(own.clauses, told.clauses)
    return other_office(own.clauses, [clause for statement in shown for clause in statement.clauses])


def hardened(own: Statement, shown: Statement) -> bool:
    """Whether what is stated flatly is told with a reserve, in the clause that tells it."""
    if own.hedged or not shown.hedged:
        return False
    return hedged(max(shown.clauses, key=lambda clause: sum(map(Shown(clause).says, own.terms))))


def _negated(own: Statement, told: Statement, shown: Sequence[Statement]) -> bool:
    """Whether one side negates what the other states."""
    negated = [negation for statement in shown for negation in statement.negations]
    if states_what_is_negated(own.folded, own.negations, told.negations, near=2):
        return True
    return states_what_is_negated(told.folded, negated, own.negations)


def _other_facet(own: Statement, shown: Sequence[Statement]) -> bool:
    """Whether the evidence has another side, direction or quantity."""
    return clash(own.facets, frozenset().union(*(statement.facets for statement in shown)))


def _opposite(own: Statement, shown: Statement) -> bool:
    """Whether the evidence holds the opposite of a word of the claim, and not the word; negations turn it round."""
    if own.negations:
        return False
    claim, evidence = sides_in(lexemes_of(own.folded)), sides_in(lexemes_of(shown.folded))
    denied = sides_in(lexemes_of([word for negation in shown.negations for word in negation.scope]))
    opposed = evidence - claim - denied
    return any(side ^ 1 in opposed and side not in evidence for side in claim)
