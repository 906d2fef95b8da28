"""One turn of the chat as HTML. Pure functions, and the only place where foreign text meets markup.

Questions, articles and drafts are untrusted: every text goes through `shown`, every address through `web_link`.
"""

from datetime import date
from html import escape
from pathlib import PurePath
from urllib.parse import urlsplit

from assistant.citations.abstention import unsupported_flag
from assistant.types import Answer, Citation, Conflict, Draft, Sentence
from index.text.lookalikes import steadied
from index.types import Article

MONTHS = ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
          "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر")  # fmt: skip

# Gradio wraps every component in dir="ltr"; what is ours says its own direction.
HEADER = '<header dir="rtl"><h1>إسناد</h1><p>إجابات من الأخبار، وكلّ جملة بمصدرها</p></header>'
WELCOME = (
    '<p class="welcome" dir="rtl">اسأل عمّا في المقالات بالعربية أو الإنجليزية. تأتيك الإجابة مع نصوص مصادرها كما وردت، '
    "وإن لم يكن الجواب في المقالات قلنا ذلك.</p>"
)


def heading(answerer: str) -> str:
    """The head of the page: what it is, and what words its answers."""
    model = shown(answerer.partition("/")[2])
    who = f'يصوغ الإجابات نموذج <bdi dir="ltr">{model}</bdi>، وتُراجَع على المقالات جملةً جملة'
    who = who if model else "الإجابات مقتبسة من المقالات بألفاظها، ولا يصوغها نموذج لغوي"
    return HEADER.replace("</header>", f'<p class="answerer">{who}</p></header>')


def shown(text: str) -> str:
    """Foreign text, ready to stand between tags or in a quoted attribute."""
    return escape(steadied(text))


def hinted(message: str) -> str:
    """A line below the question box, about the question itself."""
    return f'<p dir="rtl" role="alert">{shown(message)}</p>'


def waiting(number: int, question: str) -> str:
    """The turn before there are any words."""
    return _turn(number, question, '<p class="status pulse"><bdi>نبحث في المقالات…</bdi></p>', busy=True)


def drafted(number: int, question: str, draft: Draft) -> str:
    """The turn while the answer is composed: what was checked is firm, the words after it are dimmed."""
    label = '<p class="status pulse"><bdi>الكلام الباهت مسودّة لم تُراجَع اقتباساتها بعد</bdi></p>'
    firm = "".join(f"{_sentence(s, {})} " for s in draft.sentences)
    words = f'<p class="text" dir="auto">{firm}<span class="draft">{shown(draft.text)}</span></p>'
    return _turn(number, question, label + words, busy=True)


def failed(number: int, question: str, message: str) -> str:
    """The turn that came to nothing, with the one line that says why."""
    line = f'<p class="failure" dir="rtl" role="alert">تعذّرت الإجابة: <bdi>{shown(message)}</bdi></p>'
    return _turn(number, question, line)


def stopped(number: int, question: str) -> str:
    """The turn that the reader ended; its draft was never checked, so it is not kept."""
    return _turn(number, question, '<p class="status"><bdi>أُوقفت الإجابة قبل اكتمالها.</bdi></p>')


def answered(number: int, question: str, answer: Answer) -> str:
    """The checked answer with its sources; an abstention with what comes nearest; an error as one line."""
    if answer.error:
        return failed(number, question, answer.error)
    if answer.abstained:
        parts = [f'<p class="text abstained" dir="auto">{shown(answer.text)}</p>', _nearest(number, answer.nearest)]
    else:
        anchors = {c.n: f"t{number}-s{c.n}" for c in answer.citations}
        parts = [_sentences(answer, anchors), _dropped(answer.dropped)]
        parts += [_conflict(c, anchors) for c in answer.conflicts]
        parts += [_copying(answer), _sources(answer.citations, anchors)]
    understood = _notice(f"فُهم السؤال: {answer.understood}" if answer.understood else None)
    return _turn(number, question, understood + _notice(answer.notice) + "".join(parts))


def _turn(number: int, question: str, body: str, busy: bool = False) -> str:
    """The frame of every turn, in the direction of its question; `aria-live` has the answer read out as it arrives."""
    state = f' aria-busy="{"true" if busy else "false"}"'
    return (
        f'<article class="turn" dir="auto" id="t{number}"><h2 class="question">{shown(question)}</h2>'
        f'<div class="answer" aria-live="polite"{state}>{body}</div></article>'
    )


def _sentences(answer: Answer, anchors: dict[int, str]) -> str:
    """The sentences, each with its markers; never the markers parsed back out of `text`."""
    words = " ".join(_sentence(s, anchors) for s in answer.sentences) if answer.sentences else shown(answer.text)
    return f'<p class="text" dir="auto">{words}</p>'


def _sentence(sentence: Sentence, anchors: dict[int, str]) -> str:
    text = shown(sentence.text)
    if sentence.core:
        start, end = sentence.core
        before, core, after = sentence.text[:start], sentence.text[start:end], sentence.text[end:]
        text = f"{shown(before)}<strong>{shown(core)}</strong>{shown(after)}"
    if sentence.support == "none":
        return (
            f'<span class="draft">{text} <small class="partial">{shown(unsupported_flag(sentence.text))}</small></span>'
        )
    partial = '<small class="partial">يسنده المصدر جزئيًّا</small>' if sentence.support == "partial" else ""
    markers = "".join(_marker(n, anchors) for n in sentence.citations)
    return f"<span>{text}&#8288;{markers}{partial}</span>"


def _marker(n: int, anchors: dict[int, str]) -> str:
    """[n], linked to its source below when the answer has one by that number."""
    if n not in anchors:
        return f'<bdi class="marker">[{n}]</bdi>'
    name = f"المصدر {n}: افتح المقال عند الاقتباس"
    return f'<a class="marker" href="#{anchors[n]}" aria-haspopup="dialog" aria-label="{name}"><bdi>[{n}]</bdi></a>'


def _copying(answer: Answer) -> str:
    """The button that copies the answer; it holds what it copies, and what it says then."""
    held = f'data-text="{shown(plain(answer))}" data-done="نُسخ الجواب ومصادره"'
    return f'<p class="actions"><button type="button" class="copy" {held}>انسخ مع المصادر</button></p>'


def plain(answer: Answer) -> str:
    """The answer with its sources as plain text, to be pasted elsewhere."""
    sources = []
    for c in answer.citations:
        about = (named(c.article), c.article.source, dated(c.article), c.article.url)
        sources.append(f"[{c.n}] {' — '.join(filter(None, about))}\n«{c.quote}»")
    return "\n\n".join([answer.text, "المصادر:", *sources] if sources else [answer.text])


def _sources(citations: tuple[Citation, ...], anchors: dict[int, str]) -> str:
    if not citations:
        return ""
    cards = "".join(_card(c, anchors[c.n], f'<span class="number" aria-hidden="true">{c.n}</span>') for c in citations)
    return f'<section class="sources"><h3>المصادر</h3><ol>{cards}</ol></section>'


def _nearest(number: int, citations: tuple[Citation, ...]) -> str:
    """Quotes that do not answer: without numbers, so that nobody takes them for sources."""
    if not citations:
        return ""
    flag = '<p class="contradicts" dir="rtl">يخالف ما يفترضه السؤال</p>'
    cards = "".join(_card(c, f"t{number}-n{c.n}", flag if c.contradicts else "") for c in citations)
    note = '<p class="note"><bdi>اقتباسات قريبة من السؤال، وليست جوابًا عنه.</bdi></p>'
    return f'<section class="sources nearest"><h3>أقرب ما ورد في المقالات</h3>{note}<ul>{cards}</ul></section>'


def _card(citation: Citation, id_: str, mark: str) -> str:
    """Title, who published it and when, and the exact words. The card takes the direction of its title.

    The title opens the article; the card holds what the script asks the reader's panel for.
    """
    article = citation.article
    opens = f'data-article="{escape(article.id)}" data-at="{citation.start}-{citation.end}"'
    return (
        f'<li class="card" dir="auto" id="{id_}" {opens}>{mark}<h4 class="title">'
        f'<button type="button" class="open" aria-haspopup="dialog">{shown(named(article))}</button></h4>'
        f'<p class="about">{about(article)}</p><blockquote dir="auto">{shown(citation.quote)}</blockquote></li>'
    )


def about(article: Article) -> str:
    """Who published an article and when, and a link to it."""
    source = f"<bdi>{shown(article.source)}</bdi>" if article.source else ""
    return " · ".join(filter(None, (source, _published(article), web_link(article.url))))


def named(article: Article) -> str:
    """The title, or the name of the file: a source must have a name that the reader can look up."""
    return article.title or PurePath(article.path).name or article.id


def dated(article: Article) -> str:
    """The day in words, or that there is none."""
    day = _day(article)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else article.published or "بلا تاريخ"


def _published(article: Article) -> str:
    day = _day(article)
    if day is None:
        return f"<bdi>{shown(dated(article))}</bdi>"
    return f'<time dir="rtl" datetime="{day}">{dated(article)}</time>'


def _day(article: Article) -> date | None:
    try:
        return date.fromisoformat(article.published or "")
    except ValueError:
        return None


def web_link(url: str | None) -> str:
    """A link to the publisher under the name of the host, so that it cannot pose as another; "" unless http(s)."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    safe = 'target="_blank" rel="noopener noreferrer nofollow"'
    return f'<a href="{shown(url or "")}" {safe}><bdi dir="ltr">{shown(host.removeprefix("www."))}</bdi></a>'


def _conflict(conflict: Conflict, anchors: dict[int, str]) -> str:
    """The figures on which the articles differ, side by side, each with who said it."""
    rows = ""
    for value in conflict.values:
        by = f" <span>بحسب <bdi>{shown(value.said_by)}</bdi></span>" if value.said_by else ""
        rows += f"<li><b><bdi>{shown(value.words)}</bdi></b>{by}&nbsp;{_marker(value.citation, anchors)}</li>"
    about = f'<p class="note"><bdi>{shown(conflict.about)}</bdi></p>'
    return f'<section class="conflict"><h3>تختلف الأرقام</h3>{about}<ul>{rows}</ul></section>'


def _notice(notice: str | None) -> str:
    return f'<p class="note"><bdi>{shown(notice)}</bdi></p>' if notice else ""


def _dropped(count: int) -> str:
    """How much of the draft is missing, so that a shortened answer does not pass for a whole one."""
    if not count:
        return ""
    return f'<p class="note"><bdi>لم نعرض {_sentences_counted(count)} من المسودّة لأن المقالات لا تسندها.</bdi></p>'


def _sentences_counted(count: int) -> str:
    """The number with its noun, which Arabic inflects for one, two, few and many."""
    if count <= 2:
        return "جملة واحدة" if count == 1 else "جملتين"
    return f"{count} جمل" if count <= 10 else f"{count} جملة"
