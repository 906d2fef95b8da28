"""The names of months: Gregorian in the words of each part of the Arab world and in English, and Hijri. Folded."""

# Gulf and Egypt; Tunisia and Algeria; Morocco; the Levant and Iraq; English.
_GREGORIAN = (
    "يناير جانفي january jan",
    "فبراير فيفري شباط february feb",
    "مارس اذار march mar",
    "ابريل افريل نيسان april apr",
    "مايو ماي ايار may",
    "يونيو يونيه جوان حزيران june jun",
    "يوليو يوليه جويليه يوليوز تموز july jul",
    "اغسطس اوت غشت اب august aug",
    "سبتمبر شتنبر ايلول september sep sept",
    "اكتوبر october oct",
    "نوفمبر نونبر november nov",
    "ديسمبر دجنبر december dec",
)
GREGORIAN = {name: n for n, names in enumerate(_GREGORIAN, start=1) for name in names.split()}
GREGORIAN_PAIRS = {
    ("كانون", "الثاني"): 1,
    ("كانون", "ثاني"): 1,
    ("تشرين", "الاول"): 10,
    ("تشرين", "اول"): 10,
    ("تشرين", "الثاني"): 11,
    ("تشرين", "ثاني"): 11,
    ("كانون", "الاول"): 12,
    ("كانون", "اول"): 12,
}
"""Months of two words."""
HIJRI = {"محرم": 1, "المحرم": 1, "صفر": 2, "رجب": 7, "شعبان": 8, "رمضان": 9, "شوال": 10}
HIJRI_PAIRS = {
    ("ربيع", "الاول"): 3,
    ("ربيع", "الثاني"): 4,
    ("ربيع", "الاخر"): 4,
    ("جمادي", "الاولي"): 5,
    ("جمادي", "الاول"): 5,
    ("جمادي", "الثانيه"): 6,
    ("جمادي", "الاخره"): 6,
    ("جمادي", "الثاني"): 6,
    **{(of, "القعده"): 11 for of in ("ذو", "ذي", "ذا")},
    **{(of, "الحجه"): 12 for of in ("ذو", "ذي", "ذا")},
}
