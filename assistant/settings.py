"""One frozen Settings, read once: defaults < isnad.toml < what `isnad llm use` chose < ISNAD_* < options."""

import json
import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_config_path, user_data_path

from index.errors import InputError

_APP = "isnad"
LONGEST_QUESTION = 2_000
"""Characters; a longer text is an article, not a question."""


SMALLEST_CONTEXT = 2_048
"""Tokens: the rules, two passages and an answer."""
QUOTED_FROM, COMPOSED_FROM = 12, 18
"""Passages, without and with an LLM; so many fit 8,192 tokens, and the figures of both were made so."""
REACH = 48
"""Passages that a reader puts in order before an LLM is shown the best of them (eval/LOG.md)."""
UNSUPPORTED = ("drop", "flag")
VERIFY = ("llm", "model", "words")
BIDI = ("auto", "on", "off")
OWN = "isnad"
"""What names what ships with the product."""
OWN_MODEL = "reader.onnx"
"""What the folder of a model that `assistant.training` made holds."""
OFF = "off"
"""What does without a model."""
NO_TEMPERATURE = "none"
HOTTEST = 2.0
"""The highest temperature that endpoints know."""
RESERVED = ("model", "messages", "stream")
"""Fields of a request that are not for the user to set there."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user can set. A name here is a key of isnad.toml and, in capitals after ISNAD_, a variable."""

    store: Path | None = None
    """The library's folder; None for the platform's data folder."""
    embedding: str = OWN
    """`isnad` for the shipped encoder, else the id or path of a sentence-transformers model."""
    chroma: str = ""
    """`http://host:port` of a Chroma server that keeps the vectors; empty for the library's own folder."""
    reranker: str = ""
    """Id or path of a cross-encoder that reads the best passages again; none if empty."""
    reader: str = OWN
    """What reads the best sentences again: `isnad` for the shipped model, `off`, the folder of a model that
    `assistant.training` made, else the id or path of a model for question answering or entailment."""
    llm: str = "extractive"
    """`extractive`, `openai/<model>` or `hf/<id or path>`."""
    llm_url: str = "http://127.0.0.1:11434/v1"
    """An OpenAI-compatible endpoint; the default is a local Ollama's."""
    llm_key: str | None = None
    llm_timeout: float = 120.0
    """Seconds to wait for the LLM's next words."""
    llm_temperature: float | None = 0.0
    """At 0 the same question gets the same answer, as far as the model allows; None sends none."""
    llm_extra: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of each request to the endpoint, such as {"max_tokens": 800}; null takes one of ours out."""
    llm_context: int | None = None
    """Tokens that the LLM reads and writes at a time; None for what its server tells."""
    verify: str = "llm"
    """Who reads each sentence of an LLM with its quotes, after the check of words and figures: the `llm` itself once
    more, the `model` that `nli` names, or nobody (`words`)."""
    nli: str = OWN
    """`isnad` for the shipped model, which reads where `verify` is `model` alone; `off`, the folder of a model that
    `assistant.training` made, else the id or path of an entailment model."""
    unsupported: str = "drop"
    """What happens to a sentence of an LLM that nothing supports: `drop`, or `flag` to show it marked as such."""
    passages: int | None = None
    """How many passages an answer is made from; None for what suits the answerer."""
    fetch_private: bool = False
    """Whether `isnad index ADDRESS` may fetch from this machine and its network."""
    bidi: str = "auto"
    """Whether the terminal gets Arabic turned for it: `on`, `off`, or where it is known to need that (`auto`)."""

    @property
    def folder(self) -> Path:
        """Where the library is."""
        return self.store or default_store()

    @property
    def passages_read(self) -> int:
        """How many passages an answer is made from; of an LLM, at most: those that fit its context."""
        return self.passages or (QUOTED_FROM if self.llm == "extractive" else COMPOSED_FROM)

    @property
    def reach(self) -> int:
        """How many passages are found: for an LLM also those that a reader may put before others."""
        chosen = self.llm == "extractive" or self.reader in ("", OFF)
        return self.passages_read if chosen else max(REACH, self.passages_read)

    def with_options(self, **options: Any) -> "Settings":
        """The same settings with the options that were given (those that are not None)."""
        return replace(self, **{name: value for name, value in options.items() if value is not None})


def own_folder(name: str) -> Path | None:
    """The folder of the model that ships, or of one that `assistant.training` made; None where a setting names none."""
    folder = Path(__file__).parent / "pair_models" / "weights" if name == OWN else Path(name)
    return folder if (folder / OWN_MODEL).is_file() else None


def default_store() -> Path:
    """The library of a user who names none."""
    return user_data_path(_APP, appauthor=False) / "library"


def seeds_folder() -> Path:
    """The folder of the shipped briefs."""
    import seeds

    return Path(next(iter(seeds.__path__)))


def config_file() -> Path:
    """The user's isnad.toml. One in the current folder is never read: a folder of articles could bring its own."""
    return user_config_path(_APP, appauthor=False) / "isnad.toml"


def choice_file(file: Path | None = None) -> Path:
    """What `isnad llm use` chose: a file of its own beside isnad.toml, which stays as the user wrote it."""
    return (file or config_file()).with_name("llm.toml")


def load_settings(environment: Mapping[str, str] = os.environ, file: Path | None = None) -> Settings:
    """Settings from the user's files and the environment. Raises InputError naming the setting that is wrong."""
    file = file or config_file()
    files = [(str(path), _read(path)) for path in (file, choice_file(file))]
    return _layered(*files, ("the environment", _from_environment(environment)))


def _layered(*layers: tuple[str, Mapping[str, Any]]) -> Settings:
    known, settings = {setting.name for setting in fields(Settings)}, Settings()
    for where, values in layers:
        for name, value in values.items():
            if name not in known:
                raise InputError(f"{where}: unknown setting {name!r}. Known: {', '.join(sorted(known))}.")
            settings = replace(settings, **{name: _typed(name, value, where)})
    return settings


def read_settings(**options: Any) -> Settings:
    """The user's settings, with the options of a command that were given."""
    return load_settings().with_options(**options)


def choose_llm(llm: str, url: str | None = None, file: Path | None = None) -> None:
    """Keep an LLM, and its address, for later commands; nothing is kept where isnad.toml says the same.

    A key that isnad.toml has for another address is not sent to this one. Raises OSError where nobody may write.
    """
    file = file or config_file()
    before, chosen = _layered((str(file), _read(file))), choice_file(file)
    kept = {"llm": llm}
    if url is not None and url != before.llm_url:
        kept |= {"llm_url": url, "llm_key": ""}
    elif llm == before.llm:
        chosen.unlink(missing_ok=True)
        return
    head = "# Written by `isnad llm use`, undone by `isnad llm use extractive`. ISNAD_LLM and --llm go before it."
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in kept.items()]
    chosen.parent.mkdir(parents=True, exist_ok=True)
    written = chosen.with_suffix(".new")
    written.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    written.replace(chosen)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{file}: cannot be read ({error}). Mend it or move it away.") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    names = {f"ISNAD_{setting.name.upper()}": setting.name for setting in fields(Settings)}
    return {name: environment[variable] for variable, name in names.items() if environment.get(variable)}


def _typed(name: str, value: Any, where: str) -> Any:
    try:
        if name == "store":
            return Path(value).expanduser()
        if name == "chroma":
            return _server(str(value))
        if name == "fetch_private":
            return _yes_or_no(value)
        if name == "passages":
            return _positive(int(value))
        if name == "llm_context":
            return _at_least(SMALLEST_CONTEXT, int(value))
        if name == "llm_timeout":
            return _positive(float(value))
        if name == "llm_temperature":
            return _temperature(value)
        if name == "llm_extra":
            return _fields_of_a_request(value)
        choices = {"unsupported": UNSUPPORTED, "verify": VERIFY, "bidi": BIDI}.get(name)
        if choices and value not in choices:
            raise ValueError(f"it must be one of {', '.join(choices)}")
    except (TypeError, ValueError) as error:
        raise InputError(f"{where}: {name} = {value!r} is not usable ({error}).") from error
    if not isinstance(value, str):
        raise InputError(f"{where}: {name} = {value!r} is not a string.")
    return value


def _server(address: str) -> str:
    parts = urlsplit(address.rstrip("/"))
    known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    if not known or parts.path or parts.query or "@" in parts.netloc:
        raise ValueError("it must be http://host:port")
    return f"{parts.scheme}://{parts.netloc}"


def _at_least(least: int, number: int) -> int:
    if number < least:
        raise ValueError(f"it must be {least:,} or more")
    return number


def _yes_or_no(value: Any) -> bool:
    """As TOML has it, or as a variable."""
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if (wanted := known.get(str(value).lower())) is None:
        raise ValueError("it must be 1 or 0")
    return wanted


def _positive(number: Any) -> Any:
    if not 0 < number < math.inf:
        raise ValueError("it must be a number above 0")
    return number


def _temperature(value: Any) -> float | None:
    if value == NO_TEMPERATURE:
        return None
    if not 0 <= (number := float(value)) <= HOTTEST:
        raise ValueError(f"it must be from 0 to {HOTTEST:g}, or {NO_TEMPERATURE}")
    return number


def _fields_of_a_request(value: Any) -> dict[str, Any]:
    """A table of isnad.toml, or the JSON of one."""
    made = json.loads(value) if isinstance(value, str) else value
    if not isinstance(made, dict):
        raise TypeError('it must be fields by name, as {"max_tokens": 800}')
    if taken := [name for name in RESERVED if name in made]:
        raise ValueError(f"{', '.join(taken)} cannot be set there")
    return made
