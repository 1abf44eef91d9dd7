"""Owns the question where a request ends: refused is what another reader, a proxy in front say, might see elsewhere.

The parser refuses most of that by itself; here is what it takes although it should not.
"""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from aiohttp import web
from aiohttp.http import HttpVersion10, HttpVersion11
from yarl import URL

from web.errors import MalformedRequestError

MakeRequest: TypeAlias = Callable[..., web.BaseRequest]

_SPOKEN: Final = frozenset({HttpVersion10, HttpVersion11})


def with_a_target(make: MakeRequest) -> MakeRequest:
    """Return what makes a request as `make` does, also of one without a target, so that it can be refused.

    The parser takes `CONNECT` alone on its line for a request of HTTP/0.9, with no target or that of the one before.
    """

    def made(message: Any, *rest: Any) -> web.BaseRequest:  # noqa: ANN401 - handed on as it is
        if message.path is None:
            message = message._replace(path="/", url=URL("/"))
        return make(message, *rest)

    return made


def ensure_plain(request: web.BaseRequest) -> None:
    """Refuse other versions, and codings of the body that are not undone here or that the version does not have.

    RFC 9112, 6.1: a transfer coding in HTTP/1.0 was put there by somebody who cannot be trusted with it.
    """
    if request.version not in _SPOKEN:
        raise MalformedRequestError
    codings = [coding.lower() for coding in request.headers.getall("Transfer-Encoding", [])]
    if codings and (request.version == HttpVersion10 or codings != ["chunked"]):
        raise MalformedRequestError


def speak_plainly(request: web.BaseRequest) -> None:
    """Have the answer name a version that is spoken here: it would repeat the request's, whatever that was."""
    if request.version not in _SPOKEN:
        request._cache["version"] = HttpVersion11  # noqa: SLF001 - where it is read from; there is no way to tell it


def is_last(request: web.BaseRequest) -> bool:
    """Return whether nothing that follows on the connection may be taken for a further request.

    The parser keeps the trailer behind a chunked body, and adds it to the headers of the next request; it drops what
    comes right behind a request that asks for another protocol, and takes up again with what comes after.
    """
    asks_for_another = request.method == "CONNECT" or "Upgrade" in request.headers
    return asks_for_another or "Transfer-Encoding" in request.headers
