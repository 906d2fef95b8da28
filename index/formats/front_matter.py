"""Front matter: the block of details before the text, in YAML between `---` or in TOML between `+++`."""

import re
import tomllib
from typing import Any

from index.formats.details import is_known

_LONGEST = 1 << 16
"""Characters; nobody writes more about an article, and a parser need not see more."""
_BLOCK = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(.*?\n)?(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY_AND_VALUE = re.compile(r"(\w[\w -]*?)\s*:(.*)")


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The details that stand before a text, by their names, and the text; no details where the block states none."""
    block = _BLOCK.match(text[:_LONGEST])
    if block is None:
        return {}, text
    body = block.group(2) or ""
    stated = _toml(body) if block.group(1) == "+++" else _yaml(body)
    if not any(map(is_known, stated)):
        return {}, text
    return stated, text[block.end() :].strip("\n")


def _yaml(block: str) -> dict[str, Any]:
    """YAML with every value as it is written (no dates, no numbers); what is no YAML is taken line by line."""
    import yaml

    try:
        if "*" in block and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(block)):
            # Lists of lists of aliases unfold to any size.
            return {name: value for name, value in _by_line(block).items() if value[:1] not in "&*"}
        stated = yaml.load(block, Loader=yaml.BaseLoader)  # makes strings, lists and dicts, nothing else
    except (yaml.YAMLError, RecursionError):
        stated = _by_line(block)
    return {str(name): value for name, value in stated.items()} if isinstance(stated, dict) else {}


def _by_line(block: str) -> dict[str, str]:
    """`key: value` lines, a pair of quotation marks around a value gone; lists below a key are passed over.

    Values with a colon in them («عاجل: زلزال») are no YAML, and common. Empty where a line is something else.
    """
    stated = {}
    for line in filter(str.strip, block.splitlines()):
        pair = _KEY_AND_VALUE.fullmatch(line)
        if pair is None:
            if line[0].isspace() or line.startswith("-"):
                continue
            return {}
        value = pair.group(2).strip()
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        stated[pair.group(1)] = value[1:-1] if quoted else value
    return stated


def _toml(block: str) -> dict[str, Any]:
    try:
        stated = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {name: value if isinstance(value, str | list) else str(value) for name, value in stated.items()}
