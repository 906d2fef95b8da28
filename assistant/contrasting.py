"""Where a claim and the sentence that is to prove it share their words and still differ: in who, whether, how sure."""

from collections.abc import Container, Sequence

from assistant.acting import other_name, other_office, unheard_speaker
from assistant.facets import clash
from assistant.hedging import hedged
from assistant.negating import states_what_is_negated
from assistant.opposites import lexemes_of, sides_in
from assistant.proving import Proof
from assistant.stating import Statement
from assistant.wordings import Shown


def contrasts(own: Statement, carrier: Proof, proofs: Sequence[Proof], missing: Container[str]) -> bool:
    """Whether the evidence speaks of another one, or says the opposite.

    `carrier` is the one of the `proofs` that holds most of what the claim says; only it is asked of whom it speaks.
    `missing` are the claim's words that no proof holds.
    """
    told = carrier.statement
    if _negated(own, told, proofs) or _opposite(own, told) or _other_facet(own, proofs):
        return True
    if own.arabic:
        return unheard_speaker(own.clauses, told.clauses, missing) or other_name(own.clauses, told.clauses)
    return other_office(own.clauses, [clause for proof in proofs for clause in proof.statement.clauses])


def hardened(own: Statement, shown: Statement) -> bool:
    """Whether what is stated flatly is told with a reserve, in the clause that tells it."""
    if own.hedged or not shown.hedged:
        return False
    return hedged(max(shown.clauses, key=lambda clause: sum(map(Shown(clause).says, own.terms))))


def _negated(own: Statement, told: Statement, proofs: Sequence[Proof]) -> bool:
    """Whether one side negates what the other states."""
    shown = [negation for proof in proofs for negation in proof.statement.negations]
    if states_what_is_negated(own.folded, own.negations, told.negations, near=2):
        return True
    return states_what_is_negated(told.folded, shown, own.negations)


def _other_facet(own: Statement, proofs: Sequence[Proof]) -> bool:
    """Whether the evidence has another side, direction or quantity."""
    return clash(own.facets, frozenset().union(*(proof.statement.facets for proof in proofs)))


def _opposite(own: Statement, shown: Statement) -> bool:
    """Whether the evidence holds the opposite of a word of the claim, and not the word; negations turn it round."""
    if own.negations:
        return False
    claim, evidence = sides_in(lexemes_of(own.folded)), sides_in(lexemes_of(shown.folded))
    denied = sides_in(lexemes_of([word for negation in shown.negations for word in negation.scope]))
    opposed = evidence - claim - denied
    return any(side ^ 1 in opposed and side not in evidence for side in claim)
