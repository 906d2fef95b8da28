"""Arabic letters as they join, for terminals that draw each letter alone: Unicode's presentation forms.

Which letter has which form is read off the forms' own decompositions, as «<initial> 0628» of ﺑ; whether two letters
join follows from the forms they have (The Unicode Standard, 9.2, "Arabic Cursive Joining").
"""

import re
import unicodedata
from functools import cache

_FORMS_FROM, _FORMS_TO = (0xFB50, 0xFE70), (0xFBFF, 0xFEFC)
_JOINERS = "\u0640\u200d"
"""Tatweel, and the joiner that shows nothing: they join on both sides and have no forms."""
_SILENT = str.maketrans(dict.fromkeys("\u200c\u200d"))
_TOKEN = re.compile(r"ل[آأإا]|.", re.DOTALL)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """For each letter, and lam with alef, its forms by name."""
    forms: dict[str, dict[str, str]] = {}
    for first, last in zip(_FORMS_FROM, _FORMS_TO, strict=True):
        for form in map(chr, range(first, last + 1)):
            kind, *codes = unicodedata.decomposition(form).split() or [""]
            letters = "".join(chr(int(code, 16)) for code in codes)
            if len(letters) == 1 or _TOKEN.fullmatch(letters):
                forms.setdefault(letters, {})[kind.strip("<>")] = form
    return forms


def shaped(text: str) -> str:
    """The text with each Arabic letter in the form that its neighbours give it; marks do not part letters."""
    tokens = _TOKEN.findall(text)
    letters = [at for at, token in enumerate(tokens) if not unicodedata.combining(token[0])]
    for before, at, after in zip([None, *letters], letters, [*letters[1:], None], strict=False):
        if forms := _forms().get(tokens[at]):
            follows = before is not None and _joins_on(_plain(tokens[before])) and "final" in forms
            goes_on = after is not None and "initial" in forms and _joins_back(tokens[after])
            kind = ("medial" if goes_on else "final") if follows else ("initial" if goes_on else "isolated")
            tokens[at] = forms.get(kind, tokens[at])
    return "".join(tokens).translate(_SILENT)


def _plain(token: str) -> str:
    """The letter of a form, as those before it have been given theirs already."""
    return unicodedata.normalize("NFKC", token)


def _joins_on(token: str) -> bool:
    return token in _JOINERS or "initial" in _forms().get(token, ())


def _joins_back(token: str) -> bool:
    return token in _JOINERS or "final" in _forms().get(token, ())
