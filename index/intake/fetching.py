"""Pages by http and https: of public addresses alone, where robots.txt lets us, within limits of size and time.

The only file that knows httpcore. A name is looked up once for each connection, what it leads to is checked, and the
connection is made to what was checked: nobody's DNS can answer differently in between.
"""

import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import httpcore
import httpx

from index.addresses import is_public
from index.errors import InputError
from index.intake import robots

USER_AGENT = f"{robots.NAME}/{version('isnad')} (reads the pages that its user names)"
MOST_BYTES = 32 * 2**20
"""Of a page, unpacked."""
MOST_REDIRECTS = 5
_MOST_OF_ROBOTS = 500 * 2**10  # RFC 9309, 2.5
_SECONDS, _SECONDS_OF_SILENCE = 60.0, 15.0
"""Until a page is there, redirects and robots.txt included; until the next bytes of it."""
_ACCEPTED = "text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered."""

    address: str
    """Where it was in the end."""
    kind: str
    """As Content-Type says, such as text/html; "" where nothing is said."""
    charset: str | None
    data: bytes


class Fetcher:
    """Fetches one page after the other. What each site's robots.txt says is asked once."""

    def __init__(self, *, private: bool = False, seconds: float = _SECONDS) -> None:
        """`private` lets it connect to addresses of this machine and its network too."""
        self._seconds = seconds
        self._network = _Network(private=private)
        self._pool = httpcore.ConnectionPool(httpx.create_ssl_context(), network_backend=self._network)
        self._rules: dict[str, robots.Rules] = {}
        self._silent: dict[str, str] = {}  # sites whose robots.txt failed, with what was told

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def fetch(self, address: str) -> Fetched:
        """The page at an address. Raises InputError, of one line without the address, where it is not to be had."""
        self._network.deadline = time.monotonic() + self._seconds
        try:
            with self._answer(parsed(address), keep_to_robots=True) as (url, answer):
                if answer.status != HTTPStatus.OK:
                    raise InputError(f"answers {_named(answer.status)}")
                header = Message()
                header["Content-Type"] = _header(answer, b"content-type") or "application/octet-stream"
                data = b"".join(_unpacked(answer, MOST_BYTES))
                if len(data) > MOST_BYTES:
                    raise InputError(f"is larger than {MOST_BYTES >> 20} MB, the most that is fetched of one page")
                return Fetched(str(url), header.get_content_type(), header.get_content_charset(), data)
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise InputError(f"does not answer in time ({self._seconds:g} seconds)") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
            raise InputError(f"cannot be fetched ({' '.join(str(error).split()) or type(error).__name__})") from error

    @contextmanager
    def _answer(self, url: httpx.URL, *, keep_to_robots: bool) -> Iterator[tuple[httpx.URL, httpcore.Response]]:
        """The answer that is no redirect, with the address that gave it."""
        for _ in range(MOST_REDIRECTS + 1):
            if keep_to_robots and not self._rules_of(url).allow(url.raw_path.decode("ascii")):
                raise InputError(f"is not fetched: the robots.txt of {url.host} does not let programs fetch it")
            with self._get(url) as answer:
                where = _header(answer, b"location")
                if not (300 <= answer.status < 400 and where):
                    yield url, answer
                    return
            url = parsed(where, seen_from=url)
        raise InputError(f"redirects more than {MOST_REDIRECTS} times")

    @contextmanager
    def _get(self, url: httpx.URL) -> Iterator[httpcore.Response]:
        headers = [("User-Agent", USER_AGENT), ("Accept", _ACCEPTED), ("Accept-Encoding", "gzip")]
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        silence = dict.fromkeys(("connect", "read", "write", "pool"), _SECONDS_OF_SILENCE)
        extensions: dict[str, Any] = {"timeout": silence}
        with self._pool.stream("GET", target, headers=headers, extensions=extensions) as answer:
            yield answer

    def _rules_of(self, url: httpx.URL) -> robots.Rules:
        """The rules of a site; all is allowed where it has none, nothing where they cannot be read."""
        site = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if site in self._silent:
            raise InputError(self._silent[site])
        if site not in self._rules:
            with self._answer(httpx.URL(f"{site}/robots.txt"), keep_to_robots=False) as (_, answer):
                if answer.status >= 500:
                    reason = f"is not fetched: the robots.txt of {url.host} answers {_named(answer.status)}"
                    self._silent[site] = reason
                    raise InputError(reason)
                found = answer.status == HTTPStatus.OK
                text = b"".join(_unpacked(answer, _MOST_OF_ROBOTS)) if found else b""
                self._rules[site] = robots.parse(text[:_MOST_OF_ROBOTS].decode("utf-8-sig", errors="replace"))
        return self._rules[site]


class _Network(httpcore.NetworkBackend):
    """Connects to public addresses, and lets nothing wait beyond the deadline."""

    def __init__(self, *, private: bool) -> None:
        self._private, self._plain = private, httpcore.SyncBackend()
        self.deadline = 0.0

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of a host's addresses that takes one. Raises InputError where one is not public."""
        error: Exception | None = None
        for address in self._checked(host, port):
            try:
                left = self.left(timeout)
                stream = self._plain.connect_tcp(address, port, left, local_address, socket_options)
                return _Stream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error or httpcore.ConnectError(f"{host} has no address")

    def left(self, timeout: float | None) -> float:
        """How many seconds may be waited for. Raises ReadTimeout where there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(left, timeout)

    def _checked(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise InputError(f"is not found: nothing is known of the host {host}") from error
        addresses = list(dict.fromkeys(str(where[0]) for *_, where in found))
        for address in addresses:
            if not self._private and not is_public(address):
                raise InputError(
                    f"is not fetched: {host} is at {address}, which is not public; ISNAD_FETCH_PRIVATE=1 allows it"
                )
        return addresses


class _Stream(httpcore.NetworkStream):
    """A connection that knows the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, network: _Network) -> None:
        self._stream, self._network = stream, network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._network.left(timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def parsed(address: str, seen_from: httpx.URL | None = None) -> httpx.URL:
    """An address as a URL without fragment. Raises InputError for one that is not fetched, whoever has the host."""
    try:
        url = (httpx.URL(address) if seen_from is None else seen_from.join(address)).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise InputError(f"is no address that can be read ({error})") from error
    leads = "" if seen_from is None else f"leads to {str(url)[:200]}, which "
    if url.scheme not in ("http", "https") or not url.host:
        raise InputError(f"{leads}is not fetched: only http:// and https:// are")
    if url.userinfo:
        raise InputError(f"{leads}is not fetched: it names a user, and a library would keep that; leave it out")
    return url


def _header(answer: httpcore.Response, name: bytes) -> str:
    headers: Mapping[bytes, bytes] = {key.lower(): value for key, value in answer.headers}
    return headers.get(name, b"").decode(errors="replace").strip()


def _named(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _unpacked(answer: httpcore.Response, most: int) -> Iterator[bytes]:
    """The body, up to a little more than `most` bytes; of a packed one no more than a few are unpacked at a time."""
    packed = _header(answer, b"content-encoding").lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise InputError(f"is packed in a way that was not asked for ({packed[:40]})")
    pieces = _unzipped(answer.iter_stream()) if "gzip" in packed else answer.iter_stream()
    size = 0
    for piece in pieces:
        yield piece
        size += len(piece)
        if size > most:
            return


def _unzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        for piece in pieces:
            while piece:
                yield unpacking.decompress(piece, _AT_ONCE)
                piece = unpacking.unconsumed_tail
        yield unpacking.flush()
    except zlib.error as error:
        raise InputError(f"is damaged on its way ({error})") from error
    if not unpacking.eof:
        raise InputError("is damaged on its way (it ends too early)")
