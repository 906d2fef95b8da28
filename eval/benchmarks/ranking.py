"""What a ranking is worth where one thing in it is relevant. Its rank is 1 for the best, None where it is absent.

A score lies in [0, 1]; a mean over questions is the measure, and a question that failed scores 0.
"""

import math
from collections.abc import Iterable


def rank_of(relevant: str, ranking: Iterable[str]) -> int | None:
    """Where the relevant one stands: 1 for the first, None where it does not stand at all."""
    return next((rank for rank, found in enumerate(ranking, start=1) if found == relevant), None)


def ndcg(rank: int | None, depth: int) -> float:
    """nDCG@depth: 1 / log2(rank + 1) down to the depth, 0 below it.

    Discounted cumulated gain beside that of the best ranking (K. Järvelin, J. Kekäläinen: Cumulated gain-based
    evaluation of IR techniques, ACM TOIS 20, 2002). The best ranking has its only relevant item first and gains
    1 / log2 2 = 1, so nothing is left to divide by.
    """
    return 1 / math.log2(rank + 1) if rank is not None and rank <= depth else 0.0


def reciprocal_rank(rank: int | None, depth: int) -> float:
    """Reciprocal rank, 1 / rank down to the depth, 0 below it; its mean is MRR@depth.

    E. Voorhees: The TREC-8 question answering track report, 1999.
    """
    return 1 / rank if rank is not None and rank <= depth else 0.0


def recall(rank: int | None, depth: int) -> float:
    """R@depth: relevant items among the first `depth` / relevant items; with a single one, 1 or 0.

    C. Manning, P. Raghavan, H. Schütze: Introduction to Information Retrieval, 2008, chapter 8. Over sentences, where
    the first that holds a gold answer counts, its mean is the share of questions whose answer was reached (D. Chen et
    al.: Reading Wikipedia to answer open-domain questions, ACL 2017, there over articles).
    """
    return float(rank is not None and rank <= depth)
