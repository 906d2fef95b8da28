"""What a model thinks aloud in its reply before it answers, told from the answer in every dress that it comes in."""

import re
from dataclasses import dataclass

_TAG = r"(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflection|analysis|scratchpad|seed:think|ant_?thinking)"
# What opens a thought, and what closes it. The last two only where the reply begins so: they are plain words, the first
# of them what is left of the marks of channels where a server drops these.
_DRESSES = (
    (rf"<{_TAG}(?:\s[^<>]*)?>", rf"</{_TAG}\s*>"),
    (r"\[think\]", r"\[/think\]"),
    ("◁think▷", "◁/think▷"),
    (r"<\|(?:start|begin)_(?:of_)?(?:thinking|thought)\|>", r"<\|end_(?:of_)?(?:thinking|thought)\|>"),
    (r"<\|channel\|>\s*(?:analysis|commentary)[^<]*<\|message\|>", r"<\|channel\|>\s*final[^<]*<\|message\|>"),
    ("<unused94>", "<unused95>"),
    (r"\A\s*analysis(?=\w)", "assistantfinal"),
    (r"\A\s*here is my thought process:", "here is my response:"),
)
_CLOSINGS = [re.compile(closes, re.IGNORECASE) for _, closes in _DRESSES]
_MARK = re.compile(
    "|".join([f"(?P<opens{n}>{opens})" for n, (opens, _) in enumerate(_DRESSES)])
    + f"|(?P<closes>{'|'.join(closes for _, closes in _DRESSES[:-1])})",
    re.IGNORECASE,
)
_BEGUN = re.compile(r"(?:<\|(?:channel|start)\|>[^<]{0,40})?(?:[<\[◁][^\s<>\[\]◁▷]{0,40})?\Z")
"""What at the end of the words may be the beginning of a mark."""
_LONGEST_MARK = 100
"""Characters of a mark that is recognised though it comes in pieces."""


@dataclass(slots=True)
class Aloud:
    """A reply as it comes in, without what is thought in it."""

    text: str = ""
    """Its words so far. They shrink where a closing mark tells that what came before it was thought."""
    thought: bool = False
    """Whether anything was."""
    _settled: str = ""  # the words that no mark to come reaches into
    _rest: str = ""  # what came after them
    _closing: re.Pattern[str] | None = None  # of the thought that is under way

    def add(self, piece: str, *, last: bool = False) -> None:
        """Take in what came next; after the `last` piece no more of a mark is waited for."""
        self._rest += piece
        while self._passes_a_mark(last):
            self.thought = True
        if self._closing:
            self._rest = self._rest[-_LONGEST_MARK:]
            self.text = self._settled
            return
        self.text = self._settled + (self._rest if last else self._rest[: self._waits_at()])
        if len(self._rest) > 4 * _LONGEST_MARK:  # so that a long reply is not searched again and again
            self._settled += self._rest[:-_LONGEST_MARK]
            self._rest = self._rest[-_LONGEST_MARK:]

    def _passes_a_mark(self, last: bool) -> bool:
        """Leave the next mark behind, and with it what was thought; False where there is none."""
        if self._closing:
            if closed := self._closing.search(self._rest):
                self._closing, self._rest = None, self._rest[closed.end() :]
            return bool(closed)
        mark = next((mark for mark in _MARK.finditer(self._rest) if not self._is_told_of(mark)), None)
        if not mark or not (last or self._rest[mark.end() :] or mark.start() == 0):
            return False  # where one ends the words, what comes next tells whether it is one
        if mark.lastgroup == "closes":
            self._settled = ""  # the reply began within a thought
        else:
            self._settled += self._rest[: mark.start()]
            self._closing = _CLOSINGS[int(str(mark.lastgroup).removeprefix("opens"))]
        self._rest = self._rest[mark.end() :]
        return True

    def _is_told_of(self, mark: re.Match[str]) -> bool:
        """Whether a mark is a word of a sentence, blanks around it, or plain words that do not begin the reply."""
        line = f"{self._settled[-200:]}{self._rest[: mark.start()]}".rpartition("\n")[2]
        if mark[0].lstrip()[:1].isalpha() and mark.lastgroup != "closes":
            return bool(self._settled)
        return bool(line.strip()) and line.endswith(" ") and self._rest[mark.end() : mark.end() + 1] == " "

    def _waits_at(self) -> int:
        begun = _BEGUN.search(self._rest)
        word = self._rest.strip().lower()
        if not self._settled and word and "analysis".startswith(word):
            return 0
        return begun.start() if begun else len(self._rest)
