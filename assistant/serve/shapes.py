"""What a request may hold, as OpenAI's clients send it, and what our JSON says of articles and answers."""

from pathlib import PurePath
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.types import Answer
from index.errors import InputError
from index.text.dates import day_of
from index.types import Article, Filters, ScoredPassage

MODEL = "isnad"
"""The one model that the API knows; which answerer is behind it, the server's settings say."""
MOST_MESSAGES = 1_000


class Part(BaseModel):
    """A piece of a message's content."""

    type: str
    text: str = ""


class Message(BaseModel):
    """A turn of the conversation. What a system says is passed over: the articles alone speak here."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """The words. Raises InputError for a picture or a sound."""
        if not isinstance(self.content, list):
            return self.content or ""
        if other := next((part.type for part in self.content if part.type not in ("text", "input_text")), None):
            raise InputError(f"A message holds {other!r}; questions are text alone.")
        return "\n".join(part.text for part in self.content)


class StreamOptions(BaseModel):
    """How a reply is streamed."""

    include_usage: bool = False


class ChatRequest(BaseModel):
    """Fields of OpenAI's API that are not named here, such as temperature, are passed over."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"model": MODEL, "messages": [{"role": "user", "content": "متى صادق مجلس الدوما على المعاهدة؟"}]}
        }
    )
    model: str = MODEL
    messages: list[Message] = Field(min_length=1, max_length=MOST_MESSAGES)
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = None
    since: str | None = Field(None, description="Only articles from this day on, YYYY-MM-DD.")
    until: str | None = Field(None, description="Only articles up to this day.")
    source: str | None = Field(None, description="Only articles of this source.")

    def questions(self) -> list[str]:
        """What the reader asked, oldest first. Raises InputError where the last message is no question."""
        if self.messages[-1].role != "user":
            raise InputError("The last message is not the user's: there is nothing to answer.")
        return [message.text for message in self.messages if message.role == "user"]


def filters_of(since: str | None, until: str | None, source: str | None) -> Filters:
    """The filters of a search. Raises InputError for a date that is none."""
    first, last = _day(since, "since"), _day(until, "until")
    if first and last and first > last:
        raise InputError(f"since: {first} is after until {last}.")
    return Filters(first, last, source or None)


def _day(written: str | None, name: str) -> str | None:
    day = day_of(written) if written else None
    if written and day is None:
        raise InputError(f"{name}: {written!r} is no date like 2024-10-21.")
    return day


def answer_row(answer: Answer) -> dict[str, Any]:
    """The JSON contract of `isnad ask --json`, but of a path the file's name alone: folders are nobody's business."""
    row = answer.to_dict()
    return row | {kind: [c | {"path": _file(c["path"])} for c in row[kind]] for kind in ("citations", "nearest")}


def article_row(article: Article) -> dict[str, Any]:
    """An article in the shape of `isnad articles show --json`, of its path the file's name alone."""
    return article.to_dict() | {"path": _file(article.path)}


def passage_row(scored: ScoredPassage) -> dict[str, Any]:
    """A passage that was found, with where it stands."""
    passage = scored.passage
    article = passage.article
    row: dict[str, Any] = {"article_id": article.id, "title": article.title}
    row |= {"source": article.source, "published": article.published}
    row |= {"url": article.url, "start": passage.start, "end": passage.end, "text": passage.text}
    return row | {"score": round(scored.score, 3), "copies": [copy.article.id for copy in scored.copies]}


def _file(path: str) -> str:
    return PurePath(path).name
