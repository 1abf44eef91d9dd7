"""Owns the Expect header: it is answered once it is known that the request may be asked, and nothing before.

aiohttp would answer it before anything else is looked at, so it does not get to see it. Who may ask is `guard`'s.
"""

from typing import Any, Final

from aiohttp import web
from aiohttp.http import HttpVersion10
from multidict import CIMultiDict, CIMultiDictProxy

from web.framing import MakeRequest

_EXPECTED: Final = web.RequestKey("expected", list)
_GO_ON: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


def unseen_by_aiohttp(make: MakeRequest) -> MakeRequest:
    """Return what makes a request as `make` does, with its Expect header out of sight."""

    def made(message: Any, *rest: Any) -> web.BaseRequest:  # noqa: ANN401 - handed on as it is
        if "Expect" not in message.headers:
            return make(message, *rest)
        headers = CIMultiDict(message.headers)
        expected = [value.strip().lower() for value in headers.popall("Expect")]
        request = make(message._replace(headers=CIMultiDictProxy(headers)), *rest)
        # HTTP/1.0 knows no expectations (RFC 9110, 10.1.1).
        request[_EXPECTED] = [value for value in expected if value and request.version != HttpVersion10]
        return request

    return made


def ensure_understood(request: web.BaseRequest) -> None:
    """Refuse an expectation that is none of ours."""
    if request.get(_EXPECTED, []) not in ([], ["100-continue"]):
        raise web.HTTPExpectationFailed


async def call_for_body(request: web.BaseRequest) -> None:
    """Tell whoever waits to be told that the body may come."""
    if request.get(_EXPECTED):
        await request.writer.write(_GO_ON)
        request.writer.output_size = 0  # no part of the answer yet


def is_held_back(request: web.BaseRequest) -> bool:
    """Return whether the client may still wait with the body: nobody knows whether it will come now."""
    return bool(request.get(_EXPECTED)) and not request.content.is_eof()
