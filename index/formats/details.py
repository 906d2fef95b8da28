"""The names that files have for a text, its title, source, date, url and author; and what they state, as we keep it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from index.errors import InputError
from index.formats.entry import Problem, refuse_surrogates
from index.text.arabic import fold
from index.text.cleaning import clean
from index.text.dates import parse_date
from index.text.markup import without_markup

# The names of each field, the surest first; capitals, hyphens, underscores and blanks make no difference.
FIELDS = {
    "text": "text content body article_body full_text article content_text content_html story النص نص المحتوى المقال",
    "title": "title headline العنوان عنوان",
    "source": "source publisher site_name site outlet newspaper agency المصدر مصدر الناشر",
    "url": "url link article_url source_url permalink canonical_url الرابط رابط",
    "author": "author authors byline creator writer dc:creator الكاتب كاتب المؤلف",
    "published": "published published_at date_published publish_date publication_date pub_date date datetime"
    " التاريخ تاريخ تاريخ_النشر",
    "id": "id _id article_id guid uuid",
}
DETAILS = ("title", "source", "url", "author", "published")
LONGEST_TITLE = 200
"""Characters; a longer first line is a paragraph, and a longer title is cut."""
_NESTED = ("metadata", "meta")
_NO_LETTER = re.compile(r"[\s_-]+")


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return _NO_LETTER.sub("", fold(name))


_FIELD_OF = {_plain(name): field for field, names in FIELDS.items() for name in names.split()}
_ORDER = {name: n for n, name in enumerate(_FIELD_OF)}


def is_known(name: str) -> bool:
    """Whether a name in front matter is one of a detail's."""
    return _FIELD_OF.get(_plain(name)) in DETAILS


def known_fields(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, tuple[str, Any]]:
    """For each of our fields the name that a row has it under, and its value; the first name that is not empty.

    `names` are the user's own. What `metadata` holds counts where the row itself states nothing.
    """
    found: dict[str, tuple[str, Any]] = {}
    nested = [row[name] for name in _NESTED if isinstance(row.get(name), Mapping)]
    for level in (row, *nested):
        named = [(_ORDER[_plain(name)], _FIELD_OF[_plain(name)], name) for name in level if _plain(name) in _FIELD_OF]
        for _, field, name in sorted(named):
            if field not in found and _bare(level[name]) not in (None, "", [], {}):
                found[field] = name, _bare(level[name])
    for field, name in names.items():
        found.pop(field, None)
        if _bare(row.get(name)) is not None:
            found[field] = name, _bare(row[name])
    return found


def _bare(value: Any) -> Any:
    """The value of a database's typed one: {"$date": …}, {"$oid": …}."""
    while isinstance(value, dict) and len(value) == 1 and next(iter(value)).startswith("$"):
        value = next(iter(value.values()))
    return value.strip() if isinstance(value, str) and not value.strip() else value


def details_of(
    stated: Mapping[str, Any], where: str, names: Mapping[str, str]
) -> tuple[dict[str, str | None], list[Problem]]:
    """Title, source, url, author and date as stated; what cannot be used is None and told."""
    details: dict[str, str | None] = dict.fromkeys(DETAILS)
    problems = []
    for field, (name, value) in known_fields(stated, names).items():
        if field in DETAILS:
            try:
                details[field] = _detail(field, value)
            except InputError as error:
                problems.append(Problem(where, f"`{name}` {error}; the article is kept without it", "warning"))
    return _source_apart(details), problems


def _detail(field: str, value: Any) -> str | None:
    if field == "published":
        return parse_date(value)
    if isinstance(value, Mapping) and field in ("source", "author"):
        value = value.get("name")  # {"name": "…", "url": "…"}
    if isinstance(value, list) and field == "author" and not any(isinstance(one, list) for one in value):
        value = "، ".join(filter(None, (_detail(field, one) for one in value)))
    if not isinstance(value, str):
        raise InputError("is not a string")
    refuse_surrogates(value)
    text = " ".join(clean(without_markup(clean(value))).split())
    return text[:LONGEST_TITLE] if field == "title" else text or None


def _source_apart(details: dict[str, str | None]) -> dict[str, str | None]:
    """A source that is an address is the url; the source is then its host."""
    source = details["source"] or ""
    if source.startswith(("http://", "https://")) and " " not in source:
        details |= {"url": details["url"] or source, "source": _site(source) or source}
    return details


def at_address(details: Mapping[str, str | None], address: str) -> dict[str, str | None]:
    """Url and source of what was fetched from an address; a page is at its own, whatever it says, unless on its site.

    So that no page can pass for another site's: its reader is shown where it was.
    """
    stated = details["url"]
    url = stated if stated and _site(stated) == _site(address) else address
    return {"url": url, "source": details["source"] or _site(address)}


def _site(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def first_line(text: str) -> str | None:
    """The first line as a title; None where it is a paragraph."""
    line = next(line for line in text.splitlines() if any(c.isalnum() for c in line)).strip().lstrip("#").strip()
    return line if len(line) <= LONGEST_TITLE else None
