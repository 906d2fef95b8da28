"""robots.txt, by the examples that the standard (RFC 9309) explains and by odd ones."""

import pytest

from index.intake.robots import parse

OURS = """user-agent: other
disallow: /

User-Agent: Isnad/2.0
User-agent: more
Disallow: /no # why

User-agent: *
Disallow: /"""


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\nAllow: /$", "/", True),
        ("User-agent: *\r\nDisallow: /a\r\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /a/b\nAllow: /a", "/a/b/c", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a1b2c3", False),
        ("User-agent: *\nDisallow: /a*b*c$", "/abbcc", False),
        ("User-agent: *\nDisallow: /a*bc$", "/abxbc", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /a%2Ab", "/aXb", True),
        ("User-agent: *\nDisallow: /a%2Ab", "/a*b", False),
        ("User-agent: *\nDisallow: /x\nAllow: /x%2A", "/x1", False),
        ("User-agent: *\nDisallow: /%D8%A3", "/%d8%a3%d8%ae", False),
        ("User-agent: *\nDisallow: /أخبار", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1", False),
        ("User-agent: *\nDisallow: /x?y=", "/x?y=1", False),
        ("Disallow: /", "/a", True),
        ("User-agent: x\nUser-agent: *\nDisallow: /a\nCrawl-delay: 5\nDisallow: /b", "/b", False),
        (OURS, "/no", False),
        (OURS, "/yes", True),
    ],
)
def test_rules(text: str, path: str, allowed: bool) -> None:
    assert parse(text).allow(path) is allowed


def test_a_pattern_of_many_stars_costs_no_more_than_it_is_long() -> None:
    rules = parse("User-agent: *\nDisallow: /" + "*a" * 5_000 + "b$")
    assert rules.allow("/" + "a" * 20_000)
