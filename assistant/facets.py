"""Classes of words of which a thing can be only one: north or south, up or down, some or all. By form alone."""

from collections.abc import Iterable

Facet = tuple[str, str]
"""(kind, which of it)."""


def with_and(listed: str) -> frozenset[str]:
    """The folded words of a list, also with و and ف in front."""
    return frozenset(prefix + word for word in listed.split() for prefix in ("", "و", "ف"))


_SIDES = {
    ("side", "north"): "شمال شمالي الشمال الشماليه الشمالي الشماليين الشماليون شماليه شماليون شماليين north northern",
    ("side", "south"): "جنوب جنوبي الجنوب الجنوبيه الجنوبي الجنوبيين الجنوبيون جنوبيه جنوبيون جنوبيين south southern",
    ("side", "east"): "شرق شرقي الشرق الشرقيه الشرقي شرقيه الشرقيون الشرقيين east eastern",
    ("side", "west"): "غرب غربي الغرب الغربيه الغربي غربيه الغربيون الغربيين غربيون west western",
}
_CHANGES = {
    ("change", "up"): """ارتفع ارتفعت يرتفع ترتفع ارتفاع ارتفاعا زاد زادت زياده ازداد ازدادت صعد صعدت صعود
        rose increased""",
    ("change", "down"): """انخفض انخفضت ينخفض تنخفض انخفاض انخفاضا هبط هبطت هبوط تراجع تراجعت تراجعا
        fell decreased""",
}
_QUANTITIES = {
    ("quantity", "some"): "بعض بعضهم بعضها جزء جزءا قسم كثيرون كثيرين معظم معظمهم some part most",
    ("quantity", "all"): "كل كلها كلهم جميع جميعا جميعهم جميعها كافه all every entire",
}
_FACET = {
    word: facet
    for table in (_SIDES, _CHANGES, _QUANTITIES)
    for facet, listed in table.items()
    for word in listed.split()
}
_CLAIMED = frozenset({"quantity"})
_UNCLAIMED = frozenset({"some"})
"""Who says «all» says more than the evidence that does not say so; who says «some», no more than any evidence."""
_PROCLITICS = "وفبلك"


def facets(folded: Iterable[str]) -> frozenset[Facet]:
    """What the folded words of a text are of each class."""
    return frozenset(filter(None, map(_facet, folded)))


def _facet(word: str) -> Facet | None:
    return _FACET.get(word) or (_FACET.get(word[1:]) if word[0] in _PROCLITICS else None)


def clash(own: frozenset[Facet], shown: frozenset[Facet]) -> bool:
    """Whether the evidence shows another one of a kind, and not the one that is stated."""
    kinds = {kind for kind, _ in shown} | _CLAIMED
    return any(kind in kinds for kind, which in own if (kind, which) not in shown and which not in _UNCLAIMED)
