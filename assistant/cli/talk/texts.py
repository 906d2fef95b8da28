"""What the conversation says beside its answers, in the language of the question, and what its commands are called."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its names by language, what follows it, and what it does."""

    name: str
    arabic: str
    takes: tuple[str, str] = ("", "")
    does: tuple[str, str] = ("", "")
    """In Arabic and in English, as `takes`."""


COMMANDS = (
    Command("sources", "المصادر", does=("مصادر آخر جواب", "the sources of the last answer")),
    Command("open", "افتح", ("رقم", "N"), ("المقال عند الاقتباس", "the article at its quote")),
    Command(
        "save",
        "احفظ",
        ("ملف", "FILE"),
        (
            "المحادثة بمصادرها: بصيغة Markdown، أو JSON إن انتهى اسم الملف بـ\u2068.json\u2069",
            "the conversation with its sources: Markdown, JSON where FILE ends in .json",
        ),
    ),
    Command(
        "llm",
        "النموذج",
        ("[اسم]", "[NAME]"),
        (
            "من يجيب، أو من تختاره: \u2068extractive\u2069 أو \u2068openai/…\u2069 أو \u2068hf/…\u2069",
            "who answers, or another: extractive, openai/…, hf/…",
        ),
    ),
    Command(
        "source", "المصدر", ("[اسم]", "[NAME]"), ("مقالات مصدر واحد؛ off للكل", "articles of one source; off for all")
    ),
    Command(
        "since",
        "منذ",
        ("[تاريخ]", "[DATE]"),
        ("مقالات من هذا اليوم فصاعدًا؛ off للكل", "articles from this day on; off for all"),
    ),
    Command(
        "until",
        "حتى",
        ("[تاريخ]", "[DATE]"),
        ("مقالات إلى هذا اليوم؛ off للكل", "articles up to this day; off for all"),
    ),
    Command("help", "مساعدة", does=("هذه القائمة", "this list")),
    Command("quit", "خروج", does=("إنهاء المحادثة، وكذلك سطر فارغ", "ends the conversation; so does an empty line")),
)

HELP_COLUMN = 14
"""Characters of the English commands' column."""

ARABIC = {
    "begin": "اكتب سؤالك، أو اترك السطر فارغًا للخروج. الأوامر: \u2068/help\u2069",
    "prompt": "سؤالك: ",
    "nothing_yet": "لا جواب بعد؛ اطرح سؤالًا أولًا.",
    "no_sources": "لا مصادر للجواب الأخير.",
    "which": "أيّ مصدر؟ اختر من هذه الأرقام: {numbers}. مثلًا: \u2068/open {first}\u2069",
    "save_where": "اكتب اسم الملف، مثل \u2068/save talk.md\u2069",
    "exists": "الملف \u2068{file}\u2069 موجود، فلم يُكتب فوقه. اختر اسمًا آخر.",
    "unwritable": "تعذّرت كتابة الملف \u2068{file}\u2069 (\u2068{why}\u2069).",
    "saved": "حُفظت المحادثة في \u2068{file}\u2069",
    "answers": "يجيب الآن: \u2068{name}\u2069",
    "all": "الكل",
    "first": "البداية",
    "latest": "الأحدث",
    "filters": "يُبحث الآن في المقالات: المصدر {source}، من {since} إلى {until}.",
    "sources_are": "مصادر هذه المكتبة: {names}.",
    "no_such_source": "لا مقال من المصدر «{name}». مصادر هذه المكتبة: {names}.",
    "no_date": "«{written}» ليس تاريخًا مثل \u20682024-10-21\u2069.",
    "order": "البداية \u2068{since}\u2069 بعد النهاية \u2068{until}\u2069.",
    "unknown": "لا أمر باسم \u2068{name}\u2069. الأوامر: {names}",
    "stopped": "أُوقف الجواب.",
    "no_history": "لن تُحفظ أسئلتك في سجلّ هذه المكتبة (\u2068{why}\u2069).",
    "sources": "المصادر",
    "nearest": "أقرب ما ورد في المقالات",
    "conversation": "محادثة",
}
ENGLISH = {
    "begin": "Type your question; an empty line ends. Commands: /help",
    "prompt": "Your question: ",
    "nothing_yet": "No question has been answered yet.",
    "no_sources": "The last answer has no sources.",
    "which": "Which source? Give a number from {numbers}, such as /open {first}",
    "save_where": "Name a file, such as /save talk.md",
    "exists": "{file} exists and was not overwritten. Choose another name.",
    "unwritable": "{file} cannot be written ({why}).",
    "saved": "The conversation is saved in {file}",
    "answers": "Answers now: {name}",
    "all": "all",
    "first": "the first",
    "latest": "the latest",
    "filters": "Searched now: articles of source {source}, from {since} to {until}.",
    "sources_are": "Sources of this library: {names}.",
    "no_such_source": "No article names the source {name!r}. Sources of this library: {names}.",
    "no_date": "{written!r} is no date like 2024-10-21.",
    "order": "{since} is after {until}.",
    "unknown": "No command {name}. Commands: {names}",
    "stopped": "Stopped.",
    "no_history": "Your questions to this library are not kept ({why}).",
    "sources": "Sources",
    "nearest": "Nearest in the articles",
    "conversation": "Conversation",
}


def told(name: str, /, *, arabic: bool, **values: object) -> str:
    """A text in one of the two languages, with values put in."""
    return (ARABIC if arabic else ENGLISH)[name].format(**values)


def help_lines(*, arabic: bool) -> list[str]:
    """One line a command."""
    if arabic:
        return [
            f"\u2068/{c.arabic}\u2069 أو \u2068/{c.name}\u2069 {c.takes[0]}".rstrip() + f" — {c.does[0]}"
            for c in COMMANDS
        ]
    return [f"  {f'/{c.name} {c.takes[1]}':{HELP_COLUMN}} {c.does[1]}" for c in COMMANDS]


def named(word: str) -> Command | None:
    """The command that a word calls, in either language; None where it calls none."""
    return next((c for c in COMMANDS if word in (c.name, c.arabic)), None)
