"""What the page may have answer in the place of what answers now: what `isnad llm` lists on this machine."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from assistant.settings import Settings, choose_llm
from index.addresses import without_password
from index.errors import LibraryError

if TYPE_CHECKING:
    from assistant.chat.answering.switch import Choice, Switch


def switch_of(assistant: Any, settings: Settings, open_assistant: Callable[..., Any], held: ExitStack) -> "Switch":
    """A switch whose first answers; what it opens is closed with `held`."""
    from assistant.chat.answering.switch import Choice, Switch

    def opened(choice: "Choice") -> Any:
        key = settings.llm_key if choice.url == settings.llm_url else ""  # a key is for one address
        named = {"llm": choice.llm, "llm_url": choice.url, "llm_key": key}
        return held.enter_context(open_assistant(settings=settings.with_options(**named)))

    now = Choice(settings.llm, settings.llm_url, settings.llm)
    return Switch(assistant, now, lambda: _found(settings), opened, _remember)


def _found(settings: Settings) -> "list[Choice]":
    """Quoting, and each model that chats; where one runs elsewhere, that is told, for questions are sent there."""
    from assistant.chat.answering.switch import Choice
    from assistant.generation.servers import servers_here

    choices = [Choice("extractive", settings.llm_url)]
    for server in servers_here(settings.llm_url):
        for model in server.models:
            if model.chats:
                where = f" → {model.elsewhere}" if model.elsewhere else ""
                told = f"{model.name} · {server.kind}, {without_password(server.url)}{where}"
                choices.append(Choice(f"openai/{model.name}", server.url, told))
    return choices


def _remember(choice: "Choice") -> None:
    try:
        choose_llm(choice.llm, None if choice.llm == "extractive" else choice.url)
    except OSError as error:
        raise LibraryError(f"The choice cannot be kept ({error.strerror}); it holds until the server ends.") from error
