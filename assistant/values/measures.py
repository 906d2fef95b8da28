"""Units of time, length, weight, temperature and money, each written form with the one name it is compared by."""

from typing import Literal

Quantity = Literal["number", "percent", "money", "duration", "distance", "weight", "temperature"]

_DAY = 86_400.0
_YEAR = 365 * _DAY
"""A month is a twelfth of it, so that 12 months and 365 days are both a year."""

# name: quantity, size in seconds, metres or kilograms, singular nouns, other written forms (all folded)
_UNITS: dict[str, tuple[Quantity, float, str, str]] = {
    "second": ("duration", 1, "ثانيه", "ثواني ثوان second seconds sec"),
    "minute": ("duration", 60, "دقيقه", "دقائق دقايق minute minutes min"),
    "hour": ("duration", 3600, "ساعه", "ساعات hour hours"),
    "day": ("duration", _DAY, "يوم", "يوما ايام day days"),
    "week": ("duration", 7 * _DAY, "اسبوع", "اسبوعا اسابيع week weeks"),
    "month": ("duration", _YEAR / 12, "شهر", "شهرا اشهر شهور month months"),
    "year": ("duration", _YEAR, "سنه عام", "سنوات سنين عاما اعوام year years"),
    "millimetre": ("distance", 0.001, "ملليمتر مليمتر", "ملم مم مليمترا مليمترات ملليمترا mm millimetres millimeters"),
    "centimetre": (
        "distance",
        0.01,
        "سنتيمتر سنتمتر",
        "سم سنتيمترا سنتمترا سنتيمترات cm centimetre centimetres centimeter centimeters",
    ),
    "metre": ("distance", 1, "متر", "مترا امتار m metre metres meter meters"),
    "kilometre": (
        "distance",
        1000,
        "كيلومتر",
        "كيلومترا كيلومترات كلم كم km kms kilometre kilometres kilometer kilometers",
    ),
    "mile": ("distance", 1609.344, "ميل", "ميلا اميال mile miles"),
    "nautical mile": ("distance", 1852, "", ""),
    "foot": ("distance", 0.3048, "", "قدم قدما اقدام foot feet ft"),
    "gram": ("weight", 0.001, "غرام جرام", "غراما جراما غرامات جرامات gram grams gr"),
    "kilogram": (
        "weight",
        1,
        "كيلوغرام كيلوجرام",
        "كيلوغراما كيلوجراما كيلوغرامات كيلوجرامات كلغ كغ كغم كجم kg kgs kilogram kilograms",
    ),
    "ton": ("weight", 1000, "طن", "طنا اطنان ton tons tonne tonnes"),
    "celsius": ("temperature", 1, "", ""),
    "fahrenheit": ("temperature", 1, "", ""),
}
_DUALS = {  # of time, length and money only
    "second": "ثانيت",
    "minute": "دقيقت",
    "hour": "ساعت",
    "day": "يوم",
    "week": "اسبوع",
    "month": "شهر",
    "year": "سنت عام",
    "centimetre": "سنتيمتر",
    "metre": "متر",
    "kilometre": "كيلومتر",
    "mile": "ميل",
}
# currency noun: written forms, the code it means without an adjective (else the noun itself), codes by adjective
_MONEY: dict[str, tuple[str, str, str]] = {
    "دولار": ("دولارا دولارات dollar dollars usd $", "USD", "كندي CAD استرالي AUD اميركي USD امريكي USD"),
    "يورو": ("اورو euro euros eur €", "EUR", ""),
    "دينار": (
        "دينارا دنانير dinar dinars",
        "",
        "تونسي TND جزائري DZD كويتي KWD اردني JOD عراقي IQD بحريني BHD ليبي LYD صربي RSD",
    ),
    "ريال": (
        "ريالا ريالات riyal riyals rial rials",
        "",
        "سعودي SAR قطري QAR يمني YER عماني OMR ايراني IRR برازيلي BRL",
    ),
    "درهم": ("درهما دراهم dirham dirhams", "", "اماراتي AED مغربي MAD"),
    "جنيه": ("جنيها جنيهات", "", "مصري EGP سوداني SDG استرليني GBP"),
    "ليره": ("ليرات lira liras", "", "تركيه TRY لبنانيه LBP سوريه SYP"),
    "روبل": ("روبلا روبلات ruble rubles rouble roubles rub ₽", "RUB", "روسي RUB بيلاروسي BYN"),
    "وون": ("₩", "KRW", "كوري KRW"),
    "ين": ("yen jpy", "JPY", "ياباني JPY"),
    "يوان": ("يوانا yuan cny", "CNY", "صيني CNY"),
    "شيكل": ("شيكلا شيقل شاقل شيكلات shekel shekels ils ₪", "ILS", ""),
    "فرنك": ("فرنكا فرنكات franc francs", "", "سويسري CHF"),
    "روبيه": ("روبيات rupee rupees ₹", "", "هنديه INR باكستانيه PKR"),
    "اوقيه": ("", "MRU", ""),
}
_CODES = {code.lower(): code for code in "GBP SAR AED QAR KWD EGP TND DZD JOD IQD BHD LYD CHF".split()}
ABBREVIATED = dict(
    zip(
        "دت دج دم دك دا دع دب دل رس رق رع ري جم جس لس لل لت".split(),
        "TND DZD MAD KWD AED IQD BHD LYD SAR QAR OMR YER EGP SDG SYP LBP TRY".split(),
        strict=True,
    )
)
"""Two letters with a full stop between them: «د.ت»."""
_GLUED = {"دج": "DZD", "دت": "TND"}
CURRENCY_CODES = {**_CODES, **_GLUED, "£": "GBP", "₺": "TRY", "¥": "¥"}  # ¥ is the yen's and the yuan's
"""Codes and signs of money, lower case: what each means."""
BEFORE_A_NUMBER = frozenset((*CURRENCY_CODES, *"$ € ₽ ₩ ₪ ₹ usd eur rub jpy cny ils".split()))
"""What may name the money before the number: $5, USD 5 million."""

UNIT_FORMS = {form: name for name, unit in _UNITS.items() for form in f"{unit[2]} {unit[3]}".split()}
CURRENCIES = {form: noun for noun, (forms, _, _) in _MONEY.items() for form in (noun, *forms.split())}
BY_ADJECTIVE = {
    (noun, adjective + ending): code
    for noun, (_, _, listed) in _MONEY.items()
    for adjective, code in zip(listed.split()[::2], listed.split()[1::2], strict=True)
    for ending in ("", "ا", "ه")
}
_NOUN_OF = {code: noun for (noun, _), code in BY_ADJECTIVE.items()} | {"JPY": "¥", "CNY": "¥"}
SINGULAR = frozenset(word for unit in _UNITS.values() for word in unit[2].split()) | frozenset(_MONEY)
"""Nouns that mean one of their unit: «ساعة ونصف», «نصف كيلومتر», «يوم واحد»."""

_TWO = {  # dual without its ending: the unit it is two of
    **{stem: name for name, stems in _DUALS.items() for stem in stems.split()},
    **{(noun[:-1] + "ت" if noun[-1] == "ه" else noun): noun for noun in "دولار دينار ريال درهم جنيه روبل ليره".split()},
}
DUALS = {
    prefix + article + stem + ending: (name, len(prefix), bool(article))
    for stem, name in _TWO.items()
    for ending in ("ين", "ان")
    if stem + ending != "ميلان"  # the city
    for prefix in ("", "و", "ف", "ب", "ل")
    for article in ("", "ال")
}
"""«يومين», «دولاران», with proclitics or article: the unit or currency noun, length of the proclitic, the article."""


def quantity_of(measure: str) -> Quantity:
    """What kind of quantity a measure counts."""
    return _UNITS[measure][0] if measure in _UNITS else "money" if measure else "number"


def size_of(measure: str) -> float:
    """How many seconds, metres or kilograms a measure is; 1 for all others."""
    return _UNITS[measure][1] if measure in _UNITS else 1.0


def same_measure(a: str, b: str) -> bool:
    """Whether two measures may be compared: one quantity; for money one currency, «دينار» standing for any dinar."""
    if quantity_of(a) != quantity_of(b):
        return False
    if quantity_of(a) not in ("money", "temperature"):
        return True
    return a == b or _NOUN_OF.get(a) == b or _NOUN_OF.get(b) == a


def currency(noun: str, adjective: str = "") -> str:
    """The code of a currency noun with an adjective of nationality («دينار», «تونسي»: TND), else the noun itself."""
    return BY_ADJECTIVE.get((noun, adjective)) or _MONEY[noun][1] or noun


def measure_of(word: str) -> str:
    """The measure of a unit written as this one word, or nothing."""
    if word in CURRENCIES:
        return currency(CURRENCIES[word])
    return CURRENCY_CODES.get(word) or UNIT_FORMS.get(word, "")
