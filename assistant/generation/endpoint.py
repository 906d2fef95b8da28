"""An OpenAI-compatible endpoint as an LLM, over plain HTTP; what of a request it does not take is left out."""

import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from assistant.generation.context import context_of
from assistant.generation.events import Endless, Piece, pieces
from assistant.generation.failures import Refusal, Refused, TooLong, explain, explain_broken, refusal_of
from assistant.generation.servers import TOO_FAR, VERSION
from index.addresses import is_loopback, without_password
from index.errors import ModelError

if TYPE_CHECKING:
    import httpx

RETRIES = 2
"""Further tries, before anything was said, after a refusal that may pass, a lost connection or a silence."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 20.0
"""Before the first of them, then twice as long each; one that asks for more than the longest is not waited for."""
_CHAT = "/chat/completions"
_MOST_OF_AN_ERROR = 64 * 1024  # bytes that are read of one
_OURS = ("temperature", "stream", "stream_options")
"""What of a request an answer can do without."""
_RENAMED = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
_PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)


@dataclass(frozen=True, slots=True)
class _Ways:
    """How an endpoint is asked: the path before /chat/completions, and fields that go by another name, or by none."""

    path: str
    renamed: tuple[tuple[str, str], ...] = ()

    def applied(self, body: Mapping[str, Any]) -> dict[str, Any]:
        made = dict(body)
        for name, instead in self.renamed:
            value = made.pop(name, None)
            if instead and value is not None:
                made[instead] = value
        return made


_learnt: dict[tuple[str, str], _Ways] = {}
"""What was found out about an endpoint's model, for as long as the process lives."""
_learning = threading.Lock()


class Endpoint:
    """An LLM at a URL. May be asked by several threads at once."""

    def __init__(
        self,
        model: str,
        url: str,
        key: str,
        timeout_s: float,
        *,
        temperature: float | None = 0.0,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        """`timeout_s` bounds each silence, in seconds; `extra` are further fields of the request, None takes one out.

        Nothing is sent yet. Raises ModelError for an address that is none.
        """
        import httpx

        self._name, self._url, self._timeout_s, self._key = f"openai/{model}", _parts(url), timeout_s, key
        self._endpoint, self._extra = without_password(url), dict(extra or {})
        fields = {"temperature": temperature, "stream_options": {"include_usage": True}, **self._extra}
        self._fields = {"model": model, "stream": True} | {n: v for n, v in fields.items() if v is not None}
        # A proxy from the environment is for the world outside; and a redirect would carry the question elsewhere.
        trusts = not is_loopback(self._url.hostname or "")
        self._client = httpx.Client(trust_env=trusts, follow_redirects=False, timeout=timeout_s)

    @property
    def where(self) -> str:
        """Its name and address, for errors."""
        return f"{self._name} at {self._endpoint}"

    def context(self) -> int | None:
        """Tokens that it reads and writes at a time, if its server tells."""
        return context_of(str(self._fields["model"]), self._url.geturl(), self._key)

    def stream(self, prompt: str) -> Iterator[Piece]:
        """The reply to a prompt, piece by piece. Raises ModelError where there is none, or not all of it."""
        import httpx

        ways, tries = self._known_ways(), 0
        while True:
            came = ended = False
            tries += 1
            try:
                for piece in self._once(ways, prompt):
                    came, ended = came or bool(piece.text) or piece.thought, ended or piece.ended
                    yield piece
                self._learn(ways)
                return
            except Refused as refused:
                mended = None if came else self._mended(ways, refused.refusal)
                if mended:
                    ways, tries = mended, tries - 1
                elif came or not self._waits(refused.refusal, tries):
                    kind = TooLong if refused.refusal.is_too_long else ModelError
                    raise kind(self._told(ways, refused.refusal, tries)) from refused
            except Endless as error:
                raise ModelError(f"{self.where} does not stop writing: ask again, or use another model.") from error
            except httpx.HTTPError as error:
                if ended:
                    return
                if came or isinstance(error, httpx.ConnectError) or tries > RETRIES:
                    raise ModelError(explain_broken(error, self._name, self._endpoint, begun=came)) from error
                time.sleep(_pause(tries))

    def _once(self, ways: _Ways, prompt: str) -> Iterator[Piece]:
        """The pieces of one request's reply. Raises Refused, Endless or httpx's errors."""
        import httpx

        body = ways.applied({**self._fields, "messages": [{"role": "user", "content": prompt}]})
        url = self._url._replace(path=ways.path + _CHAT).geturl()
        headers = {"Authorization": f"Bearer {self._key}", "Accept": "text/event-stream, application/json"}
        with self._client.stream("POST", url, json=body, headers=headers) as response:
            if not response.is_success:
                raise Refused(self._refusal(response))
            heard = time.monotonic()
            for piece in pieces(response.iter_bytes()):
                if piece != Piece():
                    heard = time.monotonic()
                    yield piece
                elif time.monotonic() - heard > self._timeout_s:
                    raise httpx.ReadTimeout("nothing but signs of life")

    # ------------------------------------------------------------ what it did not take

    def _refusal(self, response: "httpx.Response") -> Refusal:
        read = b""
        for chunk in response.iter_bytes():
            read += chunk
            if len(read) > _MOST_OF_AN_ERROR:
                break
        text = read.decode(errors="replace")
        try:
            found = refusal_of(response.status_code, text, json.loads(text))
        except (ValueError, RecursionError):
            found = refusal_of(response.status_code, text)
        where_to = ""
        if response.has_redirect_location:
            where_to = without_password(str(response.url.join(response.headers["Location"])))
        wait = response.headers.get("Retry-After", "")
        return replace(
            found,
            where_to=TOO_FAR.sub("", where_to),
            wait_s=float(wait) if re.fullmatch(r"\d{1,6}(?:\.\d+)?", wait) else None,
        )

    def _known_ways(self) -> _Ways:
        return _learnt.get((self._url.geturl(), self._name)) or _Ways(self._url.path)

    def _learn(self, ways: _Ways) -> None:
        """Remember the ways that led to a reply, with what other threads have learnt meanwhile."""
        with _learning:
            known = self._known_ways().renamed
            renamed = dict.fromkeys((*known, *ways.renamed))
            _learnt[self._url.geturl(), self._name] = replace(ways, renamed=tuple(renamed))

    def _mended(self, ways: _Ways, refusal: Refusal) -> _Ways | None:
        """Another way to ask after a refusal; None where there is none."""
        if refusal.is_about_the_path and ways.path == self._url.path and not VERSION.search(ways.path):
            return replace(ways, path=f"{ways.path}/v1")
        field = self._named(ways, refusal)
        if field in _RENAMED and _RENAMED[field] not in dict(ways.renamed):
            return replace(ways, renamed=(*ways.renamed, (field, _RENAMED[field])))
        if field in _OURS and field not in self._extra:
            gone = (field, "stream_options") if field == "stream" else (field,)
            return replace(ways, renamed=(*ways.renamed, *((name, "") for name in gone)))
        return None

    def _named(self, ways: _Ways, refusal: Refusal) -> str:
        """The field of the request that a refusal names; "" for none."""
        if refusal.status not in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY):
            return ""
        sent = [name for name in ways.applied(self._fields) if name != "model"]
        named = [name for name in refusal.fields if name in sent]
        said = (re.search(rf"(?<!\w){re.escape(name)}(?!\w)", refusal.reason) for name in sent)
        named += [found[0] for found in sorted(filter(None, said), key=re.Match.start)]
        return next(iter(named), "")

    def _waits(self, refusal: Refusal, tries: int) -> bool:
        """Wait before a further try; False where none would help."""
        passes = refusal.status in _PASSING or refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        pause = _pause(tries) if refusal.wait_s is None else refusal.wait_s
        if not passes or refusal.wants_credit or refusal.is_too_long or tries > RETRIES or pause > LONGEST_PAUSE_S:
            return False
        time.sleep(pause)
        return True

    def _told(self, ways: _Ways, refusal: Refusal, tries: int) -> str:
        line = explain(refusal, self._name, self._endpoint, tries)
        if (field := self._named(ways, refusal)) in self._extra:
            line = f"{self.where} does not take {field!r} ({refusal.told}): take it out of ISNAD_LLM_EXTRA."
        return line.replace(self._key, "…") if len(self._key) > len("none") else line


def _pause(tries: int) -> float:
    return FIRST_PAUSE_S * 2.0 ** (tries - 1)


def _parts(url: str) -> SplitResult:
    """The address without what names more than an API, such as /chat/completions. Raises ModelError."""
    import httpx

    try:
        parts = urlsplit(url.strip())
        host = parts.hostname if parts.scheme in ("http", "https") and (parts.port is None or parts.port) else None
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL):
        host = None
    if not host:
        raise ModelError(
            f"{url!r} is no address of an LLM: set ISNAD_LLM_URL, for example to http://localhost:11434/v1"
        )
    return parts._replace(path=TOO_FAR.sub("", parts.path).rstrip("/"), fragment="")
