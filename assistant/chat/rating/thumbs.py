"""The thumbs below an answer, and the form that one of them opens."""

import hashlib

from assistant.chat.texts import Texts
from index.storage.ratings import REASONS

LONGEST_NOTE = 500
"""Characters of what a reader adds."""
OF_BOTH = ("off", "other")
"""The reasons that fit refusals as they fit answers; `refused` fits those alone."""


def thumbs(turn: str, words: Texts) -> str:
    """The two buttons, and what tells a script which answer they are about; it shows them where ratings are taken.

    `turn` is what the browser keeps of it.
    """
    mark = hashlib.sha256(turn.encode()).hexdigest()[:16]
    buttons = "".join(
        f'<button type="button" class="{name}" aria-pressed="false" aria-label="{words(name)}" title="{words(name)}">'
        "</button>"
        for name in ("good", "bad")
    )
    return (
        f'<div class="rating" dir="{words.direction}" role="group" aria-label="{words("rate")}" data-rating="{mark}">'
        f'{buttons}<span class="told" role="status"></span></div>'
    )


def reasons(words: Texts) -> str:
    """What a thumb down opens: the reasons to choose from, and a line for more."""
    choices = "".join(
        f'<label class="{_fits(name)}"><input type="radio" name="reason" value="{name}">'
        f"{words(f'reason_{name}')}</label>"
        for name in REASONS
    )
    told = {name: words(f"rating_{name}") for name in ("kept", "withdrawn", "failed")}
    data = " ".join(f'data-{name}="{text}"' for name, text in told.items())
    more = words("rating_note")
    return (
        f'<template id="reasons" {data}><form class="reasons" dir="{words.direction}"><fieldset>'
        f"<legend>{words('what_is_wrong')}</legend>{choices}</fieldset>"
        f'<input name="note" dir="auto" maxlength="{LONGEST_NOTE}" aria-label="{more}" placeholder="{more}">'
        f'<p class="actions"><button>{words("send_rating")}</button>'
        f'<button type="button" class="cancel">{words("cancel")}</button></p>'
        f'<p class="note">{words("rating_keeps")}</p></form></template>'
    )


def _fits(reason: str) -> str:
    """The class by which the style sheet leaves out what does not fit."""
    return "refusals" if reason == "refused" else "both" if reason in OF_BOTH else "answers"
