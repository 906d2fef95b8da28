"""Claims written for training, of articles that no weight was fitted on, through the check of an LLM's draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.citations.check import DraftCheck
from assistant.training.claims import cited_claims
from assistant.training.datasets import Rows
from assistant.types import Support, SupportJudge
from assistant.verification.support import WordVerifier
from eval.statistics import Estimate, bootstrap
from index.static import load_background


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of a claim."""

    article: str
    change: str
    """What is wrong with it; "none" where nothing is."""
    support: Support
    probability: float | None
    """That its quotes bear it out, where a model judged."""


def verified(folder: Path, articles: Rows, judge: SupportJudge | None) -> list[Verified]:
    """Each claim as an LLM's sentence that cites the passages with its quotes. Raises InputError."""
    rarity, found = load_background().rarity, []
    for c in cited_claims(folder, articles):
        check = DraftCheck(c.passages, WordVerifier(c.passages, rarity), judge=judge, flag=True)
        markers = "".join(f"[{n + 1}]" for n in c.cited)
        claims = check.whole(f"{c.claim['claim'].rstrip(' .')} {markers}.").claims
        levels: list[Support] = ["none", "partial", "full"]
        least = min(claims, key=lambda claim: levels.index(claim.support), default=None)  # one may be cut in two
        support = least.support if least else "none"
        found.append(Verified(c.article, c.claim["change"], support, least.entailment if least else None))
    return found


def shown(found: Sequence[Verified]) -> dict[str, tuple[Estimate | None, Estimate | None]]:
    """The shares shown at all and as fully supported: of true claims, of false ones, and of these by what is wrong."""
    kinds = sorted({v.change for v in found} - {"none"})
    groups = {"true": [v for v in found if v.change == "none"], "false": [v for v in found if v.change != "none"]}
    groups |= {kind: [v for v in found if v.change == kind] for kind in kinds}
    return {
        name: (
            bootstrap((v.article, v.support != "none") for v in group),
            bootstrap((v.article, v.support == "full") for v in group),
        )
        for name, group in groups.items()
    }
