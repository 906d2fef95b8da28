"""Words that pose as a label before a colon («المصدر 2:», "Source one:", "User:"), whatever disguise they come in.

News may quote them, but in a prompt they could pass for a source of ours or a turn of the conversation, and in an
answer for somebody's authority.
"""

import re

from index.text.arabic import fold

_COLON = re.compile("([:：﹕︓∶∷꞉ː˸։׃፡⁚])")
# Letters of other scripts and small capitals, by the Latin letter that they look like once folded.
_ALIKE = {
    "a": "аαɑᴀ", "b": "вβʙ", "c": "сᴄ", "d": "ԁᴅ", "e": "еεᴇ", "f": "ꜰ", "g": "ɡɢ", "h": "нһηʜ", "i": "іιıɪ", "j": "јᴊ",
    "k": "кκᴋ", "l": "ӏʟ", "m": "мᴍ", "n": "νոɴ", "o": "оοօᴏ", "p": "рρᴘ", "q": "ԛ", "r": "гʀ", "s": "ѕꜱꮪ", "t": "тτᴛ",
    "u": "υսᴜ", "v": "ᴠ", "w": "ԝᴡ", "x": "хχ", "y": "уγʏ", "z": "ᴢ",
}  # fmt: skip
_LOOK = str.maketrans({other: latin for latin, others in _ALIKE.items() for other in others})
_LONGEST = 120
"""Folded characters before a colon that are looked at; a label has fewer."""
_NUMBER = r"""(?:\d{1,3}|[ivx]{1,4}|[a-zء-ي]|ال(?:اول|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر)ي?ه?|واحد
    |one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|fifth)"""
_SOURCE = rf"""\b(?:(?:ال)?(?:مصدر|مقطع|مقال|مقاله|مستند)|source|passage|article|document|doc)
    \W*(?:\b(?:رقم|no|nr|number)\b\W*)?(?:\b{_NUMBER})?"""
_TURN = r"\b(?:السؤال|الجواب|question|answer)(?:\W*\d{1,3})?"
_ROLE = r"""(?:system|user|assistant|human|developer|tool|model|bot|ai|instructions?|response|reply|prompt|inst|sys
    |النظام|المستخدم|المساعد|المطور|النموذج|التعليمات|الرد)"""
_ENDS_WITH_LABEL = re.compile(rf"(?:{_SOURCE}|{_TURN}|(?:\A|\n)\W*{_ROLE})\W*\Z", re.VERBOSE)
_LABEL = re.compile(rf"\W*(?:{_SOURCE}|{_TURN}|{_ROLE})\W*", re.VERBOSE)


def _looks(text: str) -> str:
    return fold(text)[-_LONGEST:].translate(_LOOK)


def without_label_colons(text: str) -> str:
    """The text with a dash for the colon of each label; roles are labels only where they begin a line."""
    pieces = _COLON.split(text)
    for at in range(0, len(pieces) - 1, 2):
        if _ENDS_WITH_LABEL.search(_looks(pieces[at])):
            pieces[at : at + 2] = pieces[at].rstrip(), " –"
    return "".join(pieces)


def without_labels(sentence: str) -> str:
    """The sentence without the labels that it begins with; "" where it is nothing else."""
    pieces = _COLON.split(sentence)
    while _LABEL.fullmatch(_looks(pieces[0])):
        pieces = pieces[2:] or [""]
    return "".join(pieces).lstrip()
