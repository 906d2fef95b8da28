"""Models by id or path: from disk where they are there, else from the model hub where that can be reached."""

import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar
from urllib.parse import urlsplit

from index.errors import ModelError

Model = TypeVar("Model")
Built = TypeVar("Built", covariant=True)


class Build(Protocol[Built]):
    """Loads a model by its name, with the options that transformers and sentence-transformers share."""

    def __call__(self, name: str, /, *, trust_remote_code: bool, local_files_only: bool = ...) -> Built:
        """The model; raises whatever its library raises where it cannot be had."""
        ...


def hub_resolves() -> bool:
    """Whether there is a way to the model hub; its client would retry for a minute without one."""
    from huggingface_hub import constants

    try:
        socket.getaddrinfo(urlsplit(constants.ENDPOINT).hostname, 443)
    except OSError:
        return bool(os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy"))
    return not constants.HF_HUB_OFFLINE


def is_missing_folder(name: str) -> bool:
    """Whether a model is named by a path where nothing is; an id of the hub begins with a letter or digit."""
    return name[:1] in "/.~" and not Path(name).exists()


class Role(NamedTuple):
    """What a model is here for, as errors tell it."""

    what: str
    """Such as `reader`."""
    setting: str
    """The setting that names it."""
    without: str
    """What comes of unsetting that."""


def load_model(
    build: Build[Model], name: str, role: Role, check: Callable[[Model], None] = lambda model: None
) -> Model:
    """A model from disk, else from the hub; no code that came with it is ever run, and only a download is heard of.

    Raises ModelError, of one line, where it cannot be had, or where `check` raises that it is of another kind.
    """
    try:
        model = _from_disk_or_hub(build, name)
        check(model)
        return model
    except Exception as error:  # whatever the libraries and the weights raise
        raise _not_to_be_had(name, role, error) from error


def _from_disk_or_hub(build: Build[Model], name: str) -> Model:
    from huggingface_hub.utils import enable_progress_bars  # type: ignore[attr-defined]
    from transformers.utils.logging import disable_progress_bar

    for library in ("sentence_transformers", "huggingface_hub", "transformers"):
        logging.getLogger(library).setLevel(logging.ERROR)
    disable_progress_bar()  # type: ignore[no-untyped-call]
    enable_progress_bars()  # those of a download, which can take minutes
    try:
        return build(name, trust_remote_code=False, local_files_only=True)
    except Exception:  # not on disk; what a model's absence raises is each library's own
        if Path(name).exists() or not hub_resolves():
            raise
        return build(name, trust_remote_code=False)


def _not_to_be_had(name: str, role: Role, error: Exception) -> ModelError:
    what, setting, without = role
    if is_missing_folder(name):
        return ModelError(
            f"The {what} {name!r}: there is no such folder. Set {setting} to one, or unset it to {without}."
        )
    reason = (str(error).strip() or type(error).__name__).splitlines()[0][:160]
    return ModelError(
        f"The {what} {name!r} is not on disk, or not usable, and could not be fetched ({reason}). "
        f"Set {setting} to a folder that holds one, or unset it to {without}."
    )
