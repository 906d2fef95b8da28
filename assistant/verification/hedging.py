"""Whether a sentence says that something is so, or only that it may be; all words are folded."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.verification.wordings import with_and

_HEDGES = with_and(
    """ربما لعل محتمل محتمله المحتمل المحتمله يحتمل احتمال الاحتمال متوقع متوقعه المتوقع يتوقع تتوقع توقع توقعت توقعات
    يعتقد رجح رجحت يرجح ترجح مرجح الارجح يخشي تخشي يشتبه مزعوم مزعومه المزعوم المزعومه يزعم تزعم قد يبدو تبدو يتردد
    مخاوف يخاف تخاف خشيه خطر حذر حذرت ينتظر المنتظر ينوي تنوي يعتزم تعتزم عزم عزمه عزمها اوصي اوصت توصيه لوح لوحت
    may might could would possibly probably reportedly allegedly alleged likely expected expects plans intends believed
    fear fears feared"""
)
_PRESENT = ("ي", "ت")
"""قد before a verb of the present is a hedge, before one of the past it is none."""


def hedged(folded: Sequence[str]) -> bool:
    """Whether the words of a clause or a sentence are said with a reserve."""
    return any(
        word in _HEDGES and (not word.endswith("قد") or after.startswith(_PRESENT))
        for word, after in pairwise((*folded, ""))
    )
