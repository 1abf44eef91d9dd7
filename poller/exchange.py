"""Owns what is said over the line: the one request that is sent, and how far its answer is read.

Imported when the first call is made, for `requests` takes 70 ms. Judging the answer is `poller.judge`'s.
"""

import encodings.idna  # noqa: F401 - `socket` looks it up late, when a frozen program's files may be gone
import logging
from collections.abc import Callable
from contextlib import closing
from http import HTTPStatus
from typing import Final

import requests
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import SKIP_HEADER

from domain.errors import UpstreamError, UpstreamUnavailableError
from poller.judge import Response, refused
from poller.line import CONNECT_S, Line
from poller.proxy import proxy_for
from poller.translate import stranger, translated
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
        # Prepared without a session, which would bring a cookie jar, the .netrc and headers of its own.
        request = requests.Request("GET", url, headers=headers).prepare()
        with (
            closing(LineAdapter(line, proxy_for(url))) as adapter,
            closing(
                adapter.send(request, stream=True, timeout=(CONNECT_S, timeout_s), proxies=adapter.proxies)
            ) as response,
        ):
            return _read(response.raw, line, wanted)
    except (requests.RequestException, HTTPError, UnicodeError, OSError) as error:
        raise _failure(error, line) from error
    except Exception as error:
        if line.cut_reason is None:
            raise
        # With its socket shut down under it, a library fails in ways that it never thought of.
        raise UpstreamUnavailableError(line.cut_reason) from error


def _read(raw: BaseHTTPResponse, line: Line, wanted: Callable[[int, str | None], int]) -> Response:
    if raw.status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED and line.partner.is_proxy:
        raise stranger(line.partner)
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
        broken = _failure(error, line)
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


def _failure(error: Exception, line: Line) -> UpstreamError:
    """Return what an error of the library tells, unless it only tells that the line was cut."""
    failure = translated(error, line.partner)
    return failure if line.cut_reason is None else UpstreamUnavailableError(line.cut_reason)
