"""Who sets Arabic in order: a terminal that knows the bidirectional algorithm, or we, where it draws from the left.

What is known of terminals comes from their own trackers and manuals:
* VTE (GNOME Terminal, Tilix, Xfce's, …) does since 0.58, mintty too; both obey SCP, the direction of a paragraph
  (terminal-wg.pages.freedesktop.org/bidi). Konsole, Apple's Terminal and mlterm set each line as they see fit.
* kitty turns each word but leaves the words in the order of writing (kovidgoyal/kitty#2109).
* Alacritty (alacritty#663), Ghostty (ghostty#1442), Visual Studio Code (xterm.js#701), Windows Terminal
  (terminal#538), WezTerm as it comes (wezterm#784), foot, xterm and rxvt draw letter by letter from the left.
Inside tmux and screen nobody can tell; neither here nor where nothing is known is anything turned.
"""

import re
from collections.abc import Mapping
from typing import Literal

from assistant.cli.screen.shaping import shaped

Order = Literal["logical", "paragraphs", "words", "visual"]
"""Who turns what: the terminal all by itself, the terminal once told a line's direction, we the words, we all."""

# The variable, how its value begins, the order; the first that fits. What a terminal says of itself in TERM goes first:
# the other variables are handed down to a terminal that is started from another one.
_TERMINALS: tuple[tuple[str, str, Order], ...] = (
    ("TMUX", "", "logical"),
    ("STY", "", "logical"),
    ("TERM", "alacritty", "visual"),
    ("TERM", "foot", "visual"),
    ("TERM", "rxvt", "visual"),
    ("TERM", "xterm-ghostty", "visual"),
    ("TERM", "xterm-kitty", "words"),
    ("TERM", "mlterm", "logical"),
    ("TERM_PROGRAM", "vscode", "visual"),
    ("TERM_PROGRAM", "WezTerm", "visual"),
    ("TERM_PROGRAM", "ghostty", "visual"),
    ("TERM_PROGRAM", "mintty", "paragraphs"),
    ("TERM_PROGRAM", "Apple_Terminal", "logical"),
    ("KITTY_WINDOW_ID", "", "words"),
    ("ALACRITTY_WINDOW_ID", "", "visual"),
    ("WT_SESSION", "", "visual"),
    ("KONSOLE_VERSION", "", "logical"),
    ("XTERM_VERSION", "", "visual"),
)
_VTE_WITH_BIDI = 5800
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+")
_MARKS_BEFORE = re.compile("([\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed]+)(.)")
# Pieces that keep their own order in a line that we turn: our isolates (FSI … PDI), markers, dates. For one that stands
# beside a Latin word the algorithm without brackets (UAX 9, N0), which we have, would set «NATO). [2» as Latin.
_PIECE = re.compile("\u2068(.*?)\u2069|(\\[\\d{1,3}\\]|\\b\\d{4}-\\d\\d-\\d\\d\\b)")
_PLACES = [*map(chr, range(0x4DC0, 0x4E00))]
"""Stand for pieces: characters without a direction that no newsroom writes (hexagrams)."""
_FROM_RIGHT = re.compile("[^A-Za-z\u0590-\u08ff]*[\u0590-\u08ff]")


def order_of(environment: Mapping[str, str]) -> Order:
    """Who sets Arabic in order in the terminal that the environment tells of."""
    for variable, beginning, order in _TERMINALS:
        if environment.get(variable, "").startswith(beginning) and environment.get(variable):
            return order
    version = environment.get("VTE_VERSION", "")
    if version.isdecimal():
        return "paragraphs" if int(version) >= _VTE_WITH_BIDI else "visual"
    return "logical"


def arranged(line: str, order: Order, *, rtl: bool) -> str:
    """A line as it is to be drawn from the left; of our isolates the characters go."""
    if order not in ("words", "visual") or not _RIGHT_TO_LEFT.search(line):
        return line
    line = line.translate(dict.fromkeys(map(ord, _PLACES), "\ufffd"))
    pieces = [found[1] or found[2] for found in _PIECE.finditer(line)][: len(_PLACES)]
    places = iter(_PLACES)
    drawn = _turned(_PIECE.sub(lambda piece: next(places, piece[0]), line), order, rtl=rtl)
    for place, piece in zip(_PLACES, pieces, strict=False):
        drawn = drawn.replace(place, _turned(piece, order, rtl=bool(_FROM_RIGHT.match(piece))))
    return drawn


def _turned(line: str, order: Order, *, rtl: bool) -> str:
    from bidi.algorithm import get_display  # not `bidi.get_display`, which leaves brackets as they are

    drawn = str(get_display(shaped(line) if order == "visual" else line, base_dir="R" if rtl else "L"))
    if order == "words":
        return _RIGHT_TO_LEFT.sub(lambda word: word[0][::-1], drawn)
    return _MARKS_BEFORE.sub(r"\2\1", drawn)  # a terminal sets a mark on the letter drawn before it
