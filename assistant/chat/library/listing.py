"""The library's tab as HTML: the frame, which does not change, and its rows."""

from collections.abc import Sequence

from assistant.chat.cards import named, published
from assistant.chat.library.collection import ORDERS, Listed
from assistant.chat.markup import shown, web_link
from assistant.chat.texts import Texts
from index.reading import ENDINGS

A_PAGE = 50
"""Articles that are listed at a time."""
LARGEST_FILE = 32 * 2**20
"""Bytes of a file that is added through the page."""


def frame(words: Texts, *, writable: bool) -> str:
    """The tab before anything is listed; a script asks for the rows."""
    orders = "".join(f'<option value="{name}">{words(name)}</option>' for name in ORDERS)
    heads = "".join(f'<th scope="col">{words(name)}</th>' for name in ("title", "source", "date", "passages"))
    last = f'<th scope="col"><span class="unseen">{words("remove_article")}</span></th>' if writable else ""
    return (
        f'<main id="library" class="tab" dir="{words.direction}" hidden><h2>{words("library_tab")}</h2>'
        f"{_adding(words) if writable else _note(words('read_only'))}"
        f'<p class="undo" role="status" hidden>{words("article_removed")} '
        f'<button type="button">{words("undo")}</button></p><p class="failure" role="alert" hidden></p>'
        f'<div class="tools"><input type="search" aria-label="{words("find_articles")}" '
        f'placeholder="{words("find_articles")}"><label>{words("sort_by")} <select>{orders}</select></label>'
        '<p class="count note" role="status"></p></div>'
        f"<table><thead><tr>{heads}{last}</tr></thead><tbody></tbody></table>"
        f'<button type="button" class="more" hidden>{words("more")}</button></main>'
    )


def rows(found: Sequence[Listed], words: Texts, *, writable: bool) -> str:
    """One row an article; its title opens it."""
    return "".join(_row(one, words, writable) for one in found) or (
        f'<tr><td colspan="5" class="note">{words("no_articles")}</td></tr>'
    )


def _row(one: Listed, words: Texts, writable: bool) -> str:
    article, name = one.article, shown(words("remove_article"))
    delete = f'<button type="button" class="delete" aria-label="{name}" title="{name}">✕</button>'
    link = web_link(article.url)
    source = " · ".join(filter(None, (f"<bdi>{shown(article.source)}</bdi>" if article.source else "", link)))
    return (
        f'<tr class="item" data-article="{shown(article.id)}" id="item-{shown(article.id)}"><th scope="row">'
        f'<button type="button" class="open title" dir="auto" aria-haspopup="dialog">{shown(named(article))}</button>'
        f'</th><td>{source}</td><td>{published(article, words)}</td><td class="passages">{one.passages}</td>'
        f"{f'<td>{delete}</td>' if writable else ''}</tr>"
    )


def _adding(words: Texts) -> str:
    """Where files are dropped or chosen and addresses pasted, and what has become of each."""
    kinds = " ".join(f'<bdi dir="ltr">{ending}</bdi>' for ending in ENDINGS)
    told = {name: words(name) for name in ("sending", "indexing", "fetching", "not_added", "connection_lost")}
    data = " ".join(f'data-{name.replace("_", "-")}="{text}"' for name, text in told.items())
    return (
        f'<div class="drop"><p>{words("drop_files")} <label class="pick"><input type="file" multiple '
        f'accept="{",".join(ENDINGS)}">{words("choose_files")}</label></p>'
        f"{_note(words('file_kinds', kinds=kinds, most=LARGEST_FILE >> 20))}</div>"
        f'<form class="paste"><label><span>{words("paste_addresses")}</span>'
        '<textarea rows="1" dir="ltr" inputmode="url" spellcheck="false" placeholder="https://"></textarea></label>'
        f"<button>{words('fetch')}</button></form>{_note(words('fetched_only'))}"
        f'<ul class="adding" aria-live="polite" {data}></ul>'
    )


def _note(html: str) -> str:
    return f'<p class="note">{html}</p>'
