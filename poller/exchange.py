"""Owns what is said over the line: the one request that is sent, and how far its answer is read.

Imported when the first call is made, for `requests` takes 70 ms. Judging the answer is `poller.judge`'s.
"""

import encodings.idna  # noqa: F401 - `socket` looks it up late, when a frozen program's files may be gone
import http.client
import ipaddress
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Final
from urllib.parse import urlsplit

import requests
from requests.utils import get_environ_proxies
from urllib3.exceptions import DecodeError, HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import SKIP_HEADER

from domain.errors import UpstreamError, UpstreamUnavailableError, UpstreamUnexpectedError
from poller.judge import Response, refused
from poller.line import CONNECT_S, Line
from poller.transport import LineAdapter

# urllib3 warns of header lines that it cannot read, and quotes them: a Set-Cookie may be among them.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

_HEADERS: Final = {
    "Referer": "https://www.aicodemirror.com/dashboard/usage",
    "User-Agent": (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/114.0.0.0 Safari/537.36"
    ),
    "Accept": "application/json, text/plain, */*",
    "Accept-Encoding": SKIP_HEADER,
}
_CHUNK_BYTES: Final = 64 * 1024


def get(url: str, cookie: str, line: Line, *, timeout_s: float, wanted: Callable[[int, str | None], int]) -> Response:
    """Ask for `url` with the cookie and return what came, of whatever status; redirects are not followed.

    `wanted` says for a status and a Content-Type how many bytes of the body matter, decoded; one more is read where
    there are more. `timeout_s` bounds each single wait; the whole is bounded by who cuts the line.
    Raises UpstreamError where no answer came.
    """
    if not (cookie.isascii() and cookie.isprintable() and cookie == cookie.strip()):
        raise refused()  # no relay could ever see it, and what the libraries would raise quotes it
    headers = {"Cookie": cookie, **_HEADERS}
    try:
        # An authentication of our own, which adds nothing, keeps that of a .netrc out.
        request = requests.Request("GET", url, headers=headers, auth=lambda prepared: prepared).prepare()
        with (
            closing(LineAdapter(line)) as adapter,
            closing(
                adapter.send(request, stream=True, timeout=(CONNECT_S, timeout_s), proxies=_proxies(url))
            ) as response,
        ):
            return _read(response.raw, line, wanted)
    except (requests.RequestException, HTTPError, UnicodeError, OSError) as error:
        raise _translated(error, line) from error


def _proxies(url: str) -> dict[str, str]:
    """Return the proxies that the environment wants used; none for this machine itself, whatever it says."""
    host = urlsplit(url).hostname or ""
    try:
        local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = host == "localhost"
    return {} if local else get_environ_proxies(url, no_proxy=None)


def _read(raw: BaseHTTPResponse, line: Line, wanted: Callable[[int, str | None], int]) -> Response:
    content_type = raw.headers.get("Content-Type")
    limit = wanted(raw.status, content_type)
    body = bytearray()
    broken: UpstreamError | None = None
    try:
        while limit and len(body) <= limit:
            piece = raw.read1(min(_CHUNK_BYTES, limit + 1 - len(body)), decode_content=True)
            if not piece:
                break
            body += piece
    except (HTTPError, OSError) as error:
        broken = _translated(error, line)
    if line.cut_reason is not None:  # a line that is cut looks like the end of the body
        broken = UpstreamUnavailableError(line.cut_reason)
    return Response(
        status=raw.status,
        content_type=content_type,
        retry_after=raw.headers.get("Retry-After"),
        date=raw.headers.get("Date"),
        set_cookies=raw.headers.getlist("Set-Cookie"),
        body=bytes(body),
        broken=broken,
    )


def _translated(error: Exception, line: Line) -> UpstreamError:
    """Return the error of ours that tells what happened, in words that hold nothing of the library's."""
    if line.cut_reason is not None:
        return UpstreamUnavailableError(line.cut_reason)
    causes = list(_causes(error))
    for kinds, translation, sentence in _TRANSLATIONS:
        if any(isinstance(cause, kinds) for cause in causes):
            return translation(sentence)
    return UpstreamUnavailableError(_BROKE_OFF)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and all that it was made from: the libraries wrap one another in three different ways."""
    waiting, seen = [error], set[int]()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        around = (cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args)
        waiting.extend(other for other in around if isinstance(other, BaseException))


_BROKE_OFF: Final = "The connection to the relay broke off."
_TRANSLATIONS: Final[tuple[tuple[type[Exception] | tuple[type[Exception], ...], type[UpstreamError], str], ...]] = (
    (
        requests.exceptions.ProxyError,
        UpstreamUnavailableError,
        "The proxy that the environment names did not let the call through.",
    ),
    (DecodeError, UpstreamUnexpectedError, "The relay's answer is damaged: it cannot be decompressed."),
    ((http.client.IncompleteRead, http.client.RemoteDisconnected), UpstreamUnavailableError, _BROKE_OFF),
    (http.client.HTTPException, UpstreamUnexpectedError, "The relay answered something that is not HTTP."),
    (
        ssl.SSLCertVerificationError,
        UpstreamUnavailableError,
        "The relay's certificate cannot be trusted, so nothing was sent.",
    ),
    (ssl.SSLError, UpstreamUnavailableError, "No secure connection to the relay could be made."),
    (
        socket.gaierror,
        UpstreamUnavailableError,
        "The relay's name could not be found. Is this machine online?",
    ),
    (ConnectionRefusedError, UpstreamUnavailableError, "The relay does not accept connections."),
    (TimeoutError, UpstreamUnavailableError, "The relay could not be reached in time."),
    (
        ValueError,
        UpstreamUnavailableError,
        "The relay's address cannot be used. Check --upstream, and the proxies in the environment.",
    ),
)
"""What the libraries raise, what it means to us, and the words for it; the first that fits any cause counts."""
