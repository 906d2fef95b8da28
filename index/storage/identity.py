"""What articles are known by."""

import hashlib

from index.text.matching import name_key


def article_id(text: str, source: str | None) -> str:
    """The id of an article: from its text and who published it, so that reading it again gives the same one.

    One text from two sources is two articles; another spelling of a source's name makes no other one.
    """
    name = name_key(source)
    return hashlib.sha256((f"{name}\n{text}" if name else text).encode()).hexdigest()[:16]
