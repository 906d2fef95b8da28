"""What is fetched and what is refused, over real connections to loopback: addresses, redirects, sizes, robots.txt."""

import gzip
import socket
from collections.abc import Callable, Iterator

import pytest

from index.addresses import is_public
from index.errors import InputError
from index.intake.fetching import MOST_BYTES, USER_AGENT, Fetcher
from tests.index.intake.serving import Page, Site, serving

PAGE = Page("<p>خبر.</p>".encode())


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({"/a": PAGE}) as made:
        yield made


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(private=True)
    yield made
    made.close()


def refused(fetcher: Fetcher, address: str) -> str:
    with pytest.raises(InputError) as told:
        fetcher.fetch(address)
    assert "\n" not in str(told.value)
    return str(told.value)


def test_a_page_is_fetched_under_a_stated_name_after_its_sites_rules(site: Site, fetcher: Fetcher) -> None:
    page = fetcher.fetch(f"{site.url}/a#part")
    assert (page.data, page.kind, page.charset) == (PAGE.body, "text/html", "utf-8")
    assert page.address == f"{site.url}/a"
    fetcher.fetch(f"{site.url}/a")
    assert site.asked == ["/robots.txt", "/a", "/a"]
    assert site.agents == {USER_AGENT} and USER_AGENT.startswith("isnad/")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::", "10.0.0.1", "172.16.3.4", "192.168.1.1", "100.64.0.1",
        "169.254.169.254", "fe80::1%eth0", "fd00:ec2::254", "224.0.0.1", "ff02::1", "255.255.255.255", "240.0.0.1",
        "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::10.0.0.1", "2001:0:0:0:0:0:80ff:fffe", "198.18.0.1", "192.0.2.1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


def test_no_page_of_this_machine_is_fetched_unless_a_setting_allows_it(site: Site) -> None:
    told = refused(Fetcher(), f"{site.url}/a")
    assert "127.0.0.1" in told and "not public" in told and "ISNAD_FETCH_PRIVATE=1" in told
    assert "not public" in refused(Fetcher(), f"http://localhost:{site.port}/a")
    assert site.asked == []


Resolve = Callable[..., None]


@pytest.fixture
def resolve(monkeypatch: pytest.MonkeyPatch) -> Resolve:
    """Lets a name lead to addresses, the next time to others; a name that was not given is asked for in vain."""
    answers: dict[str, list[list[str]]] = {}
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *rest: object, **named: object) -> list[object]:
        if host not in answers:
            return list(real(host, port, *rest, **named))  # type: ignore[arg-type]
        found = answers[host].pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return lambda host, *found: answers.__setitem__(host, list(found))


def test_a_name_that_leads_to_a_private_address_too_is_refused(site: Site, resolve: Resolve) -> None:
    resolve("news.example", ["8.8.8.8", "10.1.2.3"])
    assert "10.1.2.3" in refused(Fetcher(), f"http://news.example:{site.port}/a")


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site, resolve: Resolve, fetcher: Fetcher) -> None:
    resolve("news.example", ["127.0.0.1"], ["127.0.0.1"])  # for robots.txt and the page: a further look-up would fail
    fetcher.fetch(f"http://news.example:{site.port}/a")
    resolve("other.example", ["8.8.8.8"], ["127.0.0.1"])
    with pytest.raises(AssertionError, match=r"a test looked up 8\.8\.8\.8"):  # what connecting to it begins with
        Fetcher().fetch(f"http://other.example:{site.port}/a")
    assert site.asked == ["/robots.txt", "/a"]


def test_a_host_that_nobody_knows_is_named(resolve: Resolve, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "nothing is known of the host gone.example" in refused(fetcher, "http://gone.example/")


def test_redirects_are_followed_and_each_is_checked_anew(site: Site, fetcher: Fetcher, resolve: Resolve) -> None:
    site.pages["/old"] = Page(status=301, headers={"Location": "/a?new=1#x"})
    site.pages["/a?new=1"] = PAGE
    assert fetcher.fetch(f"{site.url}/old").address == f"{site.url}/a?new=1"
    site.pages["/file"] = Page(status=302, headers={"Location": "file:///etc/passwd"})
    assert "leads to file:/etc/passwd, which is not fetched" in refused(fetcher, f"{site.url}/file")
    site.pages["/round"] = Page(status=302, headers={"Location": "/round"})
    assert "redirects more than 5 times" in refused(fetcher, f"{site.url}/round")


def test_a_public_page_cannot_lead_to_a_private_one(
    site: Site, resolve: Resolve, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/out"] = Page(status=302, headers={"Location": f"http://inner.example:{site.port}/a"})
    resolve("news.example", ["127.0.0.1"], ["127.0.0.1"])
    resolve("inner.example", ["192.168.0.7"])
    monkeypatch.setattr("index.intake.fetching.is_public", lambda address: address == "127.0.0.1")
    assert "inner.example is at 192.168.0.7" in refused(Fetcher(), f"http://news.example:{site.port}/out")
    assert site.asked == ["/robots.txt", "/out"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ftp://127.0.0.1/a", "only http:// and https:// are"),
        ("file:///etc/passwd", "only http:// and https:// are"),
        ("http://", "only http:// and https:// are"),
        ("http://me:secret@127.0.0.1/a", "it names a user"),
        ("http://127.0.0.1:port/a", "no address that can be read"),
        ("http://[::1/a", "no address that can be read"),
    ],
)
def test_what_is_no_address_to_fetch(fetcher: Fetcher, address: str, told: str) -> None:
    assert told in refused(fetcher, address)


def test_answers_that_are_none(site: Site, fetcher: Fetcher) -> None:
    assert refused(fetcher, f"{site.url}/gone") == "answers 404 (Not Found)"
    site.pages["/odd"] = Page(status=299)
    assert refused(fetcher, f"{site.url}/odd") == "answers 299"
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert "cannot be fetched" in refused(fetcher, f"http://127.0.0.1:{closed.getsockname()[1]}/")
    site.pages["/short"] = Page(b"abc", headers={"Content-Length": "10"})
    assert "cannot be fetched" in refused(fetcher, f"{site.url}/short")


def test_a_page_that_is_too_large_is_left_packed_or_not(site: Site, fetcher: Fetcher) -> None:
    packed = gzip.compress(b"a" * (MOST_BYTES + 1))
    site.pages["/bomb"] = Page(packed, headers={"Content-Encoding": "gzip"})
    site.pages["/large"] = Page(b"a" * (MOST_BYTES + 1))
    for path in ("/bomb", "/large"):
        assert "larger than 32 MB" in refused(fetcher, site.url + path)
    site.pages["/packed"] = Page(gzip.compress(PAGE.body), headers={"Content-Encoding": "gzip"})
    assert fetcher.fetch(f"{site.url}/packed").data == PAGE.body
    site.pages["/cut"] = Page(gzip.compress(PAGE.body)[:-9], headers={"Content-Encoding": "gzip"})
    site.pages["/br"] = Page(b"x", headers={"Content-Encoding": "br"})
    site.pages["/no-gzip"] = Page(b"x", headers={"Content-Encoding": "gzip"})
    assert "it ends too early" in refused(fetcher, f"{site.url}/cut")
    assert "was not asked for (br)" in refused(fetcher, f"{site.url}/br")
    assert "damaged on its way" in refused(fetcher, f"{site.url}/no-gzip")


def test_a_server_that_drips_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:  # takes connections and says nothing
        told = refused(Fetcher(private=True, seconds=0.2), f"http://127.0.0.1:{listening.getsockname()[1]}/a")
    assert told == "does not answer in time (0.2 seconds)"


def test_what_a_sites_robots_txt_closes_is_not_fetched(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private\nAllow: /private/open\n", "text/plain")
    site.pages |= {"/private/open/1": PAGE, "/in": Page(status=302, headers={"Location": "/private/x"})}
    fetcher.fetch(f"{site.url}/private/open/1")
    for path in ("/private/x", "/in"):
        assert "the robots.txt of 127.0.0.1 does not let programs fetch it" in refused(fetcher, site.url + path)
    assert site.asked == ["/robots.txt", "/private/open/1", "/in"]


def test_a_robots_txt_that_fails_closes_the_site(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = Page(status=503)
    for path in ("/a", "/b"):
        assert "robots.txt of 127.0.0.1 answers 503" in refused(fetcher, site.url + path)
    assert site.asked == ["/robots.txt"]
