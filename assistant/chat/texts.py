"""The words of the page that are ours, in its two languages (`texts.toml`), and which of the two a browser gets."""

import tomllib
from importlib.resources import files
from typing import Any, Literal

Language = Literal["ar", "en"]
COOKIE = "isnad_language"
"""Remembers what a reader has chosen with the switch."""

_ALL: dict[str, dict[str, Any]] = tomllib.loads(
    files("assistant.chat").joinpath("texts.toml").read_text(encoding="utf-8")
)


class Texts:
    """The words in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.direction = "rtl" if language == "ar" else "ltr"
        self._words = {name: words[language] for name, words in _ALL.items()}

    def __call__(self, name: str, **values: object) -> str:
        """The words of this name, with values put in."""
        return str(self._words[name]).format(**values)

    def counted(self, n: int, name: str) -> str:
        """A number with its noun, which Arabic inflects for one, two, few, many and whole hundreds."""
        forms: list[str] = self._words[name]
        rest = n % 100
        arabic = {1: 0, 2: 1}.get(n, 2 if 3 <= rest <= 10 else 3 if rest > 10 else 4)
        at = int(n != 1) if self.language == "en" else arabic
        return forms[min(at, len(forms) - 1)].format(n=f"{n:,}")

    def month(self, number: int) -> str:
        """The name of a month from 1 to 12."""
        return str(self._words["months"][number - 1])


ARABIC, ENGLISH = Texts("ar"), Texts("en")


def texts_of(language: str | None) -> Texts:
    """The words in a language by its code; Arabic where we have none."""
    return ENGLISH if language == "en" else ARABIC


def preferred(chosen: str | None, accepted: str) -> Texts:
    """What a reader chose, else the best of the browser's languages (`Accept-Language`) that is one of ours.

    Who asks for neither reads English sooner than Arabic; a program that names no language gets Arabic.
    """
    if chosen in ("ar", "en"):
        return texts_of(chosen)
    ranked = sorted(map(_weighed, filter(None, accepted.split(","))), key=lambda found: -found[1])
    codes = [code for code, weight in ranked if weight > 0]
    ours = next((code for code in codes if code in ("ar", "en")), "en" if codes else "ar")
    return texts_of(ours)


def _weighed(words: str) -> tuple[str, float]:
    """`en-GB;q=0.7` as ("en", 0.7)."""
    code, _, weight = words.strip().lower().partition(";q=")
    try:
        return code.partition("-")[0], float(weight or 1)
    except ValueError:
        return code, 0.0
