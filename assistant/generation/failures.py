"""What went wrong at an endpoint, in one line: where, its own reason, the next step."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from index.errors import ModelError
from index.text.lookalikes import steadied

_LONGEST_REASON = 200
"""Characters of a foreign message in ours."""
_DEEPEST = 5
"""Objects within objects in which a reason is looked for."""
_WORDS = ("message", "msg", "detail", "error_description", "error", "errors", "title", "reason", "metadata", "raw")
"""Where errors keep their words, the most telling first."""
_PAGE = re.compile(r"\s*(?:<\?xml|<!doctype|<!--|<(?:html|head|body|title|h1|center)\b)", re.IGNORECASE)
_TITLE = re.compile(r"<(title|h1)[^>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_NO_CREDIT = re.compile(
    r"insufficient[ _](?:quota|balance|credit|funds)|exceeded your current quota|out of credits|more credits"
    r"|balance is too low",
    re.IGNORECASE,
)
_A_RATE = re.compile(r"rate.?limit|per (?:second|minute|hour)", re.IGNORECASE)
_TOO_LONG = re.compile(r"context.(?:length|size|window)|maximum context|too many tokens|too long", re.IGNORECASE)
_NO_CHAT = re.compile(r"unexpected endpoint", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What an endpoint answered in place of a reply."""

    status: int
    """Of the response; of an error within one of 200 the status that it names, else 200."""
    reason: str
    """Its own words, one line; "" where it has none."""
    codes: str = ""
    """What it calls the error, for programs to read."""
    fields: tuple[str, ...] = ()
    """Which fields of the request it names, apart from its words."""
    is_page: bool = False
    """Whether it is a web page."""
    is_strange: bool = False
    """Whether it is neither a reply nor an error nor a page."""
    where_to: str = ""
    """Where it redirects to."""
    wait_s: float | None = None
    """Seconds after which it wants to be asked again, where it says so."""

    @property
    def told(self) -> str:
        """The status, where it tells one, and the reason."""
        return ": ".join(filter(None, ("" if self.status == HTTPStatus.OK else str(self.status), self.reason)))

    @property
    def wants_credit(self) -> bool:
        """Whether waiting will not help, for nothing is left to pay with."""
        said = f"{self.codes} {self.reason}"
        found = _NO_CREDIT.search(said) and not _A_RATE.search(self.reason)
        return self.status == HTTPStatus.PAYMENT_REQUIRED or bool(found)

    @property
    def is_too_long(self) -> bool:
        """Whether more was sent than is read at a time."""
        said = f"{self.codes} {self.reason}"
        return self.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or bool(_TOO_LONG.search(said))

    @property
    def is_about_the_path(self) -> bool:
        """Whether nothing at this address chats; a model that is not there is named as one."""
        if self.status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
            return "model" not in f"{self.codes} {self.reason}".lower()
        return self.status == HTTPStatus.OK and (self.is_page or bool(_NO_CHAT.search(self.reason)))


class Refused(Exception):  # noqa: N818 (the fault is not ours)
    """An endpoint answered something else than a reply."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


class TooLong(ModelError):  # noqa: N818 (named after what was sent)
    """More was sent than is read at a time."""


def refusal_of(status: int, text: str, body: Any = None) -> Refusal:
    """What a response says, as text and, where that is JSON, as data."""
    if _PAGE.match(text):
        title = _TITLE.search(text)
        return Refusal(status, one_line(html.unescape(title[2])) if title else "", is_page=True)
    errors = list(_errors(body))
    codes = " ".join(str(error[key]) for error in errors for key in ("code", "type") if error.get(key))
    return Refusal(status, reason_of(body) or one_line(text), codes, tuple(_fields(errors)))


def explain(refusal: Refusal, name: str, endpoint: str, tries: int = 1) -> str:
    """One line about what `endpoint` refused to answer for `name`: what failed, where, the next step."""
    told, where = refusal.told, f"{name} at {endpoint}"
    if refusal.where_to:
        return f"{endpoint} redirects to {refusal.where_to}, which is not followed: set ISNAD_LLM_URL to where it is."
    if refusal.is_page and refusal.status == HTTPStatus.OK:
        shown = f" ({told})" if told else ""
        return f"{endpoint}: a web page answered{shown}, no LLM: check the URL in ISNAD_LLM_URL; most end in /v1."
    if refusal.is_strange:
        return f"{where} sent what no LLM sends ({told}): check ISNAD_LLM_URL."
    if refusal.wants_credit:
        return f"{endpoint} has no credit left for this key ({told}): top it up, or set another ISNAD_LLM_KEY."
    if refusal.is_about_the_path:
        return f"{endpoint}: nothing there chats ({told}): check the URL in ISNAD_LLM_URL; most end in /v1."
    match refusal.status:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return f"{endpoint} refused the key ({told}): set ISNAD_LLM_KEY."
        case HTTPStatus.NOT_FOUND:
            advice = "load it there, name another with --llm, or set ISNAD_LLM_URL"
            return f"{endpoint} has no model for {name} ({told}): {advice}."
        case HTTPStatus.TOO_MANY_REQUESTS:
            tried = f", tried {tries} times" if tries > 1 else ""
            wait = "wait" if refusal.wait_s is None else f"wait {refusal.wait_s:.0f} s"
            return f"{endpoint} takes no more requests for now ({told}{tried}): {wait} and ask again."
    if refusal.is_too_long:
        return f"{where} reads less at a time than it was sent ({told}): start it with more, or set ISNAD_LLM_CONTEXT."
    return f"{where} failed ({told or 'without a reason'}): look at its log, then ask again."


def explain_broken(error: Exception, name: str, endpoint: str, *, begun: bool) -> str:
    """The same about an exchange that broke: no connection, none any more, or silence. `begun`: the reply had."""
    import httpx

    where = f"{name} at {endpoint}"
    if isinstance(error, httpx.TimeoutException):
        return f"{where} did not answer in time: ask again, raise ISNAD_LLM_TIMEOUT, or use a faster model."
    if isinstance(error, httpx.ConnectError):
        why = "" if re.search("refused|attempts failed", str(error)) else f" ({one_line(error)})"
        return f"No LLM answers at {endpoint}{why}: start it, or set ISNAD_LLM_URL."
    if begun:
        return f"{where} broke off in the middle of the answer: ask again."
    return f"{where} hung up without an answer ({one_line(error)}): look at its log, or check ISNAD_LLM_URL."


# ---------------------------------------------------------------- the endpoint's own words


def error_in(event: Mapping[str, Any]) -> Any:
    """The error that a JSON object holds where a reply was expected; None where it holds none."""
    choices = event.get("choices")
    first = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], Mapping) else {}
    error = event.get("error") or first.get("error")
    if error and (not choices or reason_of(error)):
        return error
    words = [event.get(key) for key in ("message", "msg", "detail", "errors")]
    tells = event.get("object") == "error" or any(said and isinstance(said, str | list) for said in words)
    return event if tells and not choices and "usage" not in event else None


def status_of(error: Any) -> int:
    """The status that an error within a response of 200 names; 200 where it names none."""
    named = [error.get(key) for key in ("code", "status", "status_code")] if isinstance(error, Mapping) else []
    codes = [int(code) for code in named if isinstance(code, int | str) and re.fullmatch(r"[45]\d\d", str(code))]
    return codes[0] if codes else HTTPStatus.OK


def reason_of(body: Any, depth: int = 0) -> str:
    """The reason that an error of any shape gives, one line; "" where it gives none."""
    if isinstance(body, str):
        return one_line(body)
    if isinstance(body, list) and depth < _DEEPEST:
        return one_line("; ".join(filter(None, (reason_of(part, depth + 1) for part in body[:3]))))
    if not isinstance(body, Mapping) or depth >= _DEEPEST:
        return ""
    said = dict.fromkeys(filter(None, (reason_of(body.get(key), depth + 1) for key in _WORDS)))
    loc, code = body.get("loc"), body.get("code") or body.get("type")
    where = [".".join(map(str, loc))] if isinstance(loc, list) else []
    return one_line(": ".join([*where, *said]) or (code.replace("_", " ") if isinstance(code, str) else ""))


def _errors(body: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The objects of an error that may name codes and fields."""
    if isinstance(body, Mapping) and depth < _DEEPEST:
        yield body
        for key in ("error", "detail", "errors"):
            yield from _errors(body.get(key), depth + 1)
    elif isinstance(body, list) and depth < _DEEPEST:
        for part in body:
            yield from _errors(part, depth + 1)


def _fields(errors: list[Mapping[str, Any]]) -> Iterator[str]:
    for error in errors:
        if isinstance(error.get("param"), str):
            yield error["param"]
        if isinstance(error.get("loc"), list):
            yield from (str(step) for step in error["loc"] if step != "body")


def one_line(said: object) -> str:
    """The first line of a text or of an error's message, shortened; the kind of an error that has none."""
    line = " ".join(steadied(str(said).strip().partition("\n")[0]).split())
    line = line or (type(said).__name__ if isinstance(said, Exception) else "")
    return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 1] + "…"
