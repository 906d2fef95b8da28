"""The turns of the chat as HTML. Pure functions; questions, articles and drafts are untrusted (see `markup`)."""

from collections.abc import Sequence

from assistant.chat.cards import dated, named, nearest, published, sources
from assistant.chat.keeping import Past, kept
from assistant.chat.markup import shown
from assistant.chat.rating.thumbs import thumbs
from assistant.chat.texts import ARABIC, Texts
from assistant.citations.abstention import unsupported_flag
from assistant.types import Answer, Citation, Conflict, ConflictValue, Draft, Sentence


def hinted(message: str, words: Texts = ARABIC) -> str:
    """A line below the question box, about the question itself."""
    return f'<p dir="{words.direction}" role="alert">{shown(message)}</p>'


def waiting(number: int, question: str, words: Texts = ARABIC) -> str:
    """The turn before there are any words."""
    return _turn(number, question, f'<p class="status pulse"><bdi>{words("searching")}</bdi></p>', words, busy=True)


def drafted(number: int, question: str, draft: Draft, words: Texts = ARABIC) -> str:
    """The turn while the answer is composed: what was checked is firm, the words after it are dimmed."""
    label = f'<p class="status pulse"><bdi>{words("drafting")}</bdi></p>'
    firm = "".join(f"{_sentence(s, {}, words)} " for s in draft.sentences)
    text = f'<p class="text" dir="auto">{firm}<span class="draft">{shown(draft.text)}</span></p>'
    return _turn(number, question, label + text, words, busy=True)


def failed(number: int, question: str, message: str, words: Texts = ARABIC) -> str:
    """The turn that came to nothing, with the one line that says why, and another try."""
    told = f"{words('failed')} <bdi>{shown(message)}</bdi>"
    line = f'<p class="failure" dir="{words.direction}" role="alert">{told}</p>'
    return _turn(number, question, line + _again(words), words, Answer(question, "", error=message))


def stopped(number: int, question: str, words: Texts = ARABIC) -> str:
    """The turn that the reader ended; its draft was never checked, so it is not kept."""
    return _turn(number, question, f'<p class="status"><bdi>{words("stopped")}</bdi></p>{_again(words)}', words)


def answered(number: int, question: str, answer: Answer, words: Texts = ARABIC) -> str:
    """The checked answer with its sources; an abstention with what comes nearest; an error as one line."""
    if answer.error:
        return failed(number, question, answer.error, words)
    if answer.abstained:
        parts = [f'<p class="text abstained" dir="auto">{shown(answer.text)}</p>']
        parts.append(f'<div class="actions">{thumbs(kept(question, answer), words)}</div>')
        parts.append(nearest(number, answer.nearest, words))
    else:
        anchors = {c.n: f"t{number}-s{c.n}" for c in answer.citations}
        parts = [_conflict(c, answer.citations, anchors, words) for c in answer.conflicts]
        parts += [_sentences(answer, anchors, words), _dropped(answer.dropped, words)]
        parts += [_taking_along(answer, words), sources(answer.citations, anchors, words)]
    return _turn(number, question, _understood(answer, words) + _notice(answer.notice) + "".join(parts), words, answer)


def past(turns: Sequence[Past], words: Texts, first: int = 1) -> str:
    """Turns that have ended, numbered from `first`."""
    return "".join(
        answered(number, turn.question, turn.answer, words) if turn.answer else stopped(number, turn.question, words)
        for number, turn in enumerate(turns, first)
    )


def _turn(number: int, question: str, body: str, words: Texts, answer: Answer | None = None, busy: bool = False) -> str:
    """The frame of every turn, in the direction of its question; `aria-live` has the answer read out as it arrives.

    It holds what the browser is to keep of it: until there is an answer, a turn without one.
    """
    state = f' aria-busy="{"true" if busy else "false"}"'
    edit = "" if busy else _edit(question, words)
    return (
        f'<article class="turn" dir="auto" id="t{number}" data-kept="{shown(kept(question, answer))}">'
        f'<div class="asked"><h2 class="question">{shown(question)}</h2>{edit}</div>'
        f'<div class="answer" aria-live="polite"{state}>{body}</div></article>'
    )


def _edit(question: str, words: Texts) -> str:
    """What opens the editor for a question, or for how it was understood."""
    name = words("edit")
    named = f'aria-label="{name}" title="{name}"'
    return f'<button type="button" class="edit" data-edit="{shown(question)}" {named}>✎</button>'


def _again(words: Texts) -> str:
    return f'<p class="actions"><button type="button" class="again">{words("try_again")}</button></p>'


def _understood(answer: Answer, words: Texts) -> str:
    """How a question that leaned on the one before it was completed; the reader may know better."""
    if not answer.understood:
        return ""
    told = shown(words("understood", question=answer.understood))
    return f'<p class="note understood"><bdi>{told}</bdi> {_edit(answer.understood, words)}</p>'


def _sentences(answer: Answer, anchors: dict[int, str], words: Texts) -> str:
    """The sentences, each with its markers; never the markers parsed back out of `text`."""
    text = " ".join(_sentence(s, anchors, words) for s in answer.sentences) if answer.sentences else shown(answer.text)
    return f'<p class="text" dir="auto">{text}</p>'


def _sentence(sentence: Sentence, anchors: dict[int, str], words: Texts) -> str:
    text = shown(sentence.text)
    if sentence.core:
        start, end = sentence.core
        before, core, after = sentence.text[:start], sentence.text[start:end], sentence.text[end:]
        text = f"{shown(before)}<strong>{shown(core)}</strong>{shown(after)}"
    if sentence.support == "none":
        return (
            f'<span class="draft">{text} <small class="partial">{shown(unsupported_flag(sentence.text))}</small></span>'
        )
    markers = "".join(_marker(n, anchors, words) for n in sentence.citations)
    return f"<span>{text}&#8288;{markers}{_support(sentence, words)}</span>"


def _support(sentence: Sentence, words: Texts) -> str:
    """A quiet mark that the sources bear a sentence out; where they do in part, a plain word."""
    if sentence.support == "partial":
        return f'<small class="partial">{words("partial")}</small>'
    name = words("supported")
    return f'&#8288;<span class="borne" role="img" aria-label="{name}" title="{name}">✓</span>'


def _marker(n: int, anchors: dict[int, str], words: Texts) -> str:
    """[n], linked to its source below when the answer has one by that number."""
    if n not in anchors:
        return f'<bdi class="marker">[{n}]</bdi>'
    name = words("open_source", n=n)
    return f'<a class="marker" href="#{anchors[n]}" aria-haspopup="dialog" aria-label="{name}"><bdi>[{n}]</bdi></a>'


def _taking_along(answer: Answer, words: Texts) -> str:
    """The button that copies the answer, which holds what it copies and what it says then; and its export to files."""
    held = f'data-text="{shown(plain(answer, words))}" data-done="{words("copied")}"'
    copy = f'<button type="button" class="copy" {held}>{words("copy")}</button>'
    export = f'<details class="export"><summary>{words("export")}</summary>{files()}</details>'
    return f'<div class="actions">{copy}{export}{thumbs(kept(answer.question, answer), words)}</div>'


def files() -> str:
    """A button for each kind of file."""
    kinds = (("docx", "Word"), ("md", "Markdown"), ("json", "JSON"))
    return "".join(f'<button type="button" class="save" data-format="{kind}">{name}</button>' for kind, name in kinds)


def plain(answer: Answer, words: Texts = ARABIC) -> str:
    """The answer with its sources as plain text, to be pasted elsewhere."""
    told = []
    for c in answer.citations:
        about = (named(c.article), c.article.source, dated(c.article, words), c.article.url)
        told.append(f"[{c.n}] {' — '.join(filter(None, about))}\n«{c.quote}»")
    return "\n\n".join([answer.text, f"{words('sources')}:", *told] if told else [answer.text])


def _conflict(conflict: Conflict, citations: tuple[Citation, ...], anchors: dict[int, str], words: Texts) -> str:
    """The figures on which the articles differ, side by side, each with who said it, where and when."""
    behind = {c.n: c for c in citations}
    rows = "".join(_differing(value, behind.get(value.citation), anchors, words) for value in conflict.values)
    heads = "".join(f'<th scope="col">{words(name)}</th>' for name in ("figure", "said_by", "date", "source"))
    about = f'<p class="note"><bdi>{shown(conflict.about)}</bdi></p>'
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<section class="conflict"><h3>{words("figures_differ")}</h3>{about}{table}</section>'


def _differing(value: ConflictValue, behind: Citation | None, anchors: dict[int, str], words: Texts) -> str:
    day = published(behind.article, words) if behind else ""
    source = f"<bdi>{shown(behind.article.source)}</bdi> " if behind and behind.article.source else ""
    return (
        f'<tr><th scope="row"><bdi>{shown(value.words)}</bdi></th><td><bdi>{shown(value.said_by or "—")}</bdi></td>'
        f"<td>{day}</td><td>{source}{_marker(value.citation, anchors, words)}</td></tr>"
    )


def _notice(notice: str | None) -> str:
    return f'<p class="note"><bdi>{shown(notice)}</bdi></p>' if notice else ""


def _dropped(count: int, words: Texts) -> str:
    """How much of the draft is missing, so that a shortened answer does not pass for a whole one."""
    if not count:
        return ""
    return f'<p class="note"><bdi>{words("dropped", sentences=words.counted(count, "sentence"))}</bdi></p>'
