"""Names in Latin letters as Arabic might spell them: by rule, for names that no table has."""

import re

# (letters, as foreign names are spelled, as Arabic names are). Applied to a lower-case name without doubled consonants,
# the first that matches. The second column drops the short vowels of a first syllable (Safadi, Jumblatt).
_SPELLINGS = (
    (r"tsch|tch", "تش", "تش"), (r"sch|sh", "ش", "ش"), (r"kh", "خ", "خ"), (r"th", "ث", "ث"), (r"gh", "غ", "غ"),
    (r"ch", "تش", "ش"), (r"ph|pf", "ف", "ف"), (r"zh", "ج", "ج"), (r"dh", "د", "ظ"), (r"qu", "كو", "ق"),
    (r"x", "كس", "كس"), (r"dj", "دج", "ج"), (r"nh", "ني", "ني"),
    (r"^oua", "وا", "وا"), (r"(?<=^[^aeiouy])ou|(?<=^[^aeiouy]h)ou", "و", ""), (r"oo|ou|ow(?![aeiou])", "و", "و"),
    (r"^(?:au|aw)", "أو", "عو"), (r"au|aw", "او", "و"), (r"eu|ew", "يو", "يو"), (r"aa", "ا", "ع"),
    (r"^(?:ai|ei|ee|ie|ey)", "إي", "عي"), (r"ai|ay", "اي", "ي"), (r"ee|ei|ey|ea|ie(?!r)", "ي", "ي"),
    (r"ii|iy|yi|yy", "ي", "ي"),
    (r"^a", "أ", "ع"), (r"^[ei]", "إ", "ع"), (r"^[ou]", "أو", "ع"),
    (r"a$", "ا", "ة"), (r"(?<=^[^aeiouy])a|(?<=^[^aeiouy][hr])a", "ا", ""), (r"a", "ا", "ا"),
    (r"(?<=[^aeiouy])e$|e(?=[^aeiouy][aeiouy])|e(?=[^aeiouyrnl]$)", "ي", ""), (r"e", "", ""),
    (r"(?<=^[^aeiouy])u|(?<=^[^aeiouy]h)u", "و", ""), (r"[ou]", "و", "و"), (r"[iy]", "ي", "ي"),
    (r"c(?=[eiy])", "س", "س"), (r"c$", "تش", "ك"),
    *((pair[0], pair[1], pair[-1]) for pair in "bب cك dد fف gغج hهح jج kك lل mم nن pب qق rر sس tتط vف wو zز".split()),
)  # fmt: skip
_LETTERS = re.compile("|".join(f"({letters})" for letters, *_ in _SPELLINGS))


def transliterate(name: str) -> tuple[str, ...]:
    """One or two Arabic spellings of a name in Latin letters: as of a foreign name, as of an Arabic one.

    Short vowels, ص and ط, ق and ك cannot be told from Latin letters: a spelling is near the usual one, rarely equal.
    """
    plain = re.sub(r"([^aeiou])\1+", r"\1", name.lower().replace("ck", "k"))
    found = [_SPELLINGS[(match.lastindex or 0) - 1] for match in _LETTERS.finditer(plain)]
    spellings = ("".join(row[column] for row in found) for column in (1, 2))
    return tuple(dict.fromkeys(spelling for spelling in spellings if len(spelling) > 1))
