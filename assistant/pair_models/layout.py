"""How texts are laid out as tokens for our own model; training and answering share it."""

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from assistant.pair_models.readings import Excerpt

TOKENIZER = "tokenizer.json"
"""A file of the tokenizers library; packed (.gz) beside the graphs."""
LONGEST_QUESTION, LONGEST_TITLE, LONGEST_SENTENCE, LONGEST_EXCERPT = 62, 32, 110, 300
"""Tokens that are read of each; the end of what is longer is cut off. An excerpt is sentences that fit together."""
LONGEST_CLAIM, LONGEST_QUOTES = 120, 360
"""The same of a claim and its quotes, which are read as one text of at most 512."""
START, PAD, END = 0, 1, 2
"""Token ids, as XLM-R has them."""
LEAD = 4
"""Tokens that the heads pass over: the start and «query: »; of a passage its first token too."""
_ASKED, _TOLD = "query: ", "passage: "


@dataclass(frozen=True, slots=True)
class Page:
    """An excerpt as tokens."""

    ids: list[int]
    sentences: list[tuple[int, int]]
    """The tokens of each sentence as [first, end); (0, 0) for one that is cut off."""
    offsets: list[list[tuple[int, int]]]
    """For each token of each sentence where in the excerpt's text it stands."""


class Layout:
    """Texts as token ids."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds the tokenizer, packed or not."""
        packed = folder / f"{TOKENIZER}.gz"
        raw = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / TOKENIZER).read_bytes()
        self._tokenizer = Tokenizer.from_str(raw.decode())
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def asked(self, text: str) -> list[int]:
        """A question."""
        return [START, *self._ids(_ASKED + text)[:LONGEST_QUESTION], END]

    def claimed(self, text: str) -> list[int]:
        """A sentence that is to be borne out."""
        return [START, *self._ids(_ASKED + text)[:LONGEST_CLAIM], END]

    def quoted(self, quotes: Iterable[str]) -> list[int]:
        """The words that are to bear out a claim."""
        return [START, *self._ids(_TOLD + " … ".join(quotes))[:LONGEST_QUOTES], END]

    def holds(self, claim: str, quotes: Iterable[str]) -> bool:
        """Whether a claim and its quotes are read to their ends."""
        lengths = len(self._ids(_ASKED + claim)), len(self._ids(_TOLD + " … ".join(quotes)))
        return lengths[0] <= LONGEST_CLAIM and lengths[1] <= LONGEST_QUOTES

    def page(self, excerpt: Excerpt) -> Page:
        """Sentences under their headline."""
        ids = [START, *self._ids(_TOLD + excerpt.title)[:LONGEST_TITLE], END]
        sentences, offsets = [], []
        for start, end in excerpt.sentences:
            encoded = self._tokenizer.encode(excerpt.text[start:end], add_special_tokens=False)
            kept = encoded.ids[: min(LONGEST_SENTENCE, max(0, LONGEST_EXCERPT - len(ids)))]
            sentences.append((len(ids), len(ids) + len(kept)) if kept else (0, 0))
            offsets.append([(start + a, start + b) for a, b in encoded.offsets[: len(kept)]])
            ids += kept
        return Page([*ids, END], sentences, offsets)

    def length(self, text: str) -> int:
        """Tokens of a sentence, as far as they are read."""
        return min(LONGEST_SENTENCE, len(self._ids(text)))

    def _ids(self, text: str) -> Sequence[int]:
        ids: Sequence[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids
