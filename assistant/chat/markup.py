"""The only place where foreign text meets markup: every text goes through `shown`, every address through `web_link`."""

from html import escape
from urllib.parse import urlsplit

from index.text.lookalikes import steadied


def shown(text: str) -> str:
    """Foreign text, ready to stand between tags or in a quoted attribute."""
    return escape(steadied(text))


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
