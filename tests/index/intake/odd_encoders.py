"""Encoders that workers of Ray import: a sound one, and two that break down."""

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from index.errors import ModelError
from index.static import StaticEncoder, load_background
from index.types import Vectors

DEADLY = "الكلمة القاتلة"


class Deadly:
    """Takes its process down at a text with these words; but once where a file's name is given to remember it by."""

    def __init__(self, mark: str) -> None:
        self._mark, self._encoder = Path(mark or os.devnull), load_background()

    def encode(self, texts: Sequence[str], *, is_question: bool = False) -> Vectors:
        if any(DEADLY in text for text in texts) and not self._mark.is_file():
            self._mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self._encoder.encode(texts)


def sound(_: str) -> StaticEncoder:
    return load_background()


def refused(name: str) -> StaticEncoder:
    raise ModelError(f"No model {name} on this machine.")
