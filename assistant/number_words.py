"""The words of numbers in Arabic and English, folded, with what each stands for."""

# Folded spellings. Those of one to ten serve both genders; the compounds of hundreds are written as one word.
ONES = {
    **dict.fromkeys(("واحد", "واحده"), 1),
    **dict.fromkeys(("اثنان", "اثنين", "اثنتان", "اثنتين", "اثنا", "اثني", "اثنتا", "اثنتي"), 2),
    **dict.fromkeys(("ثلاث", "ثلاثه"), 3),
    **dict.fromkeys(("اربع", "اربعه"), 4),
    **dict.fromkeys(("خمس", "خمسه"), 5),
    **dict.fromkeys(("ست", "سته"), 6),
    **dict.fromkeys(("سبع", "سبعه"), 7),
    **dict.fromkeys(("ثمان", "ثماني", "ثمانيه"), 8),
    **dict.fromkeys(("تسع", "تسعه"), 9),
    **dict.fromkeys(("عشر", "عشره"), 10),
}
TEN = ("عشر", "عشره")
ELEVEN = ("احد", "احدي")
HUNDRED = ("مئه", "مائه", "ميه")
TENS = {
    stem + ending: 10 * n
    for n, stem in enumerate(("عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), start=2)
    for ending in ("ون", "ين")
}
HUNDREDS = {
    **dict.fromkeys(HUNDRED, 100),
    **dict.fromkeys(("مئتان", "مئتين", "مائتان", "مائتين", "مئتا", "مائتا", "مئتي", "مائتي"), 200),
    **{
        unit + hundred: 100 * n
        for n, unit in enumerate(("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), start=3)
        for hundred in ("مئه", "مائه", "ميه")
    },
}
SMALL = ONES | TENS | HUNDREDS
SCALES = {
    **dict.fromkeys(("الف", "الفا", "الاف", "thousand"), 1e3),
    **dict.fromkeys(("مليون", "مليونا", "ملايين", "million", "mln"), 1e6),
    **dict.fromkeys(("مليار", "مليارا", "مليارات", "بليون", "billion", "bn"), 1e9),
    **dict.fromkeys(("تريليون", "تريليونا", "تريليونات", "trillion", "tn"), 1e12),
}
PLURALS = ("الاف", "ملايين", "مليارات", "تريليونات")
DUALS = {  # «ألفا جندي», «مليونا دولار»; after a number the same letters are its scale («اثنا عشر ألفًا»)
    **dict.fromkeys(("الفان", "الفين", "الفا", "الفي"), 2e3),
    **dict.fromkeys(("مليونان", "مليونين", "مليوني", "مليونا"), 2e6),
    **dict.fromkeys(("ملياران", "مليارين", "ملياري", "مليارا"), 2e9),
    **dict.fromkeys(("تريليونان", "تريليونين", "تريليوني"), 2e12),
}
FRACTIONS = {"نصف": 0.5, "ربع": 0.25, "ثلث": 1 / 3, "ثلثا": 2 / 3, "ثلثي": 2 / 3}
_ENGLISH_SMALL = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
ENGLISH = {  # «one» is mostly a pronoun: it counts only before hundred, a scale, or after tens
    **{word: float(n) for n, word in enumerate(_ENGLISH_SMALL, start=2)},
    **{
        word: 10.0 * n
        for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
    },
}
NUMBER_WORDS = frozenset((*SMALL, *SCALES, *DUALS, *FRACTIONS, "احدي"))
FIRST_WORDS = NUMBER_WORDS | frozenset(ELEVEN) | frozenset((*ENGLISH, "a", "one", "half"))
