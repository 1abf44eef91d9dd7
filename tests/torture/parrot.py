"""Owns a relay that says the cookie back, in every place where an answer can hold it.

What each answer leads to is for the tests.
"""

import json
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from tests.fakes.relay import Behaviour, Exchange, charge


def _raw(answer: Callable[[str], str | bytes]) -> Behaviour:
    """Answer with what is made of the cookie."""

    async def say(exchange: Exchange) -> None:
        said = answer(exchange.request.cookie or "")
        await exchange.send(said.encode("latin-1") if isinstance(said, str) else said)

    return say


def _body(code: int, body: Callable[[str], object], kind: str = "application/json") -> Behaviour:
    """Answer with a body: JSON of an object, or a text as it is."""

    def whole(cookie: str) -> bytes:
        said = body(cookie)
        data = (said if isinstance(said, str) else json.dumps(said)).encode()
        return (
            f"HTTP/1.1 {code} Whatever\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data
        )

    return _raw(whole)


def _header(code: int, line: str, body: str = "[]") -> Behaviour:
    """Answer with a header line, in which `{}` is the cookie."""

    def whole(cookie: str) -> str:
        said = line.replace("{}", cookie)
        return f"HTTP/1.1 {code} Whatever\r\n{said}\r\nContent-Length: {len(body)}\r\n\r\n{body}"

    return _raw(whole)


def value_of(cookie: str) -> str:
    """Return the first pair's value."""
    return cookie.partition(";")[0].partition("=")[2]


PARROTS: Final[dict[str, Behaviour]] = {
    "an error in JSON": _body(500, lambda cookie: {"error": f"no session {cookie} here"}),
    "an error within an error": _body(503, lambda cookie: {"error": {"message": cookie, "code": cookie}}),
    "an error in part": _body(500, lambda cookie: {"message": f"session {value_of(cookie)[:24]}... is unknown"}),
    "an error, percent-encoded": _body(502, lambda cookie: {"msg": quote(cookie, safe="")}),
    "an error in capitals": _body(500, lambda cookie: {"detail": cookie.upper()}),
    "an error in lines": _body(500, lambda cookie: {"detail": f"bad\r\n{cookie}\n\x1b[31m\u202e"}),
    "an error in text": _body(500, str, "text/plain"),
    "an error as a page": _body(500, lambda cookie: f"<html><title>{cookie}</title>", "text/html"),
    "too many requests": _body(429, lambda cookie: {"message": f"slow down, {cookie}"}),
    "another status": _body(418, lambda cookie: {"message": cookie}),
    "a refusal": _body(401, lambda cookie: {"message": cookie}),
    "a failure inside": _body(200, lambda cookie: {"code": 500, "message": cookie, "data": cookie}),
    "its code": _body(200, lambda cookie: {"code": cookie}),
    "no list": _body(200, lambda cookie: {"data": {cookie: cookie}}),
    "no JSON": _body(200, lambda cookie: f"[{cookie}"),
    "a page": _body(200, lambda cookie: f"<html><title>Log in</title><p>{cookie}", "text/html"),
    "odd records": _body(
        200,
        lambda cookie: [
            charge(1, at=cookie),
            charge(2, credits=cookie),
            charge(3, type=cookie, endpoint=cookie),
            {cookie: cookie},
            cookie,
            charge(4) | {"id": cookie},
        ],
    ),
    "the name of a model": _body(200, lambda cookie: [charge(5, model=value_of(cookie)), charge(6, model=cookie)]),
    "the reason": _raw(lambda cookie: f"HTTP/1.1 500 {cookie}\r\nContent-Length: 0\r\n\r\n"),
    "the status": _raw(lambda cookie: f"HTTP/1.1 {cookie}\r\n\r\n"),
    "the version": _raw(lambda cookie: f"{cookie} 200 OK\r\n\r\n"),
    "no HTTP": _raw(lambda cookie: f"{cookie}\r\n\r\n" * 3),
    "a line that is no header": _header(200, "{}"),
    "a name of a header": _header(200, "{}: x"),
    "a redirect": _header(302, "Location: /login?{}"),
    "Retry-After": _header(429, "Retry-After: {}"),
    "Date": _header(503, "Retry-After: Wed, 21 Oct 2099 07:28:00 GMT\r\nDate: {}"),
    "Content-Type": _header(200, "Content-Type: text/html; {}", "<html>"),
    "Content-Encoding": _header(200, "Content-Encoding: gzip, {}", "no gzip"),
    "Transfer-Encoding": _header(200, "Transfer-Encoding: {}"),
    "Content-Length": _raw(lambda cookie: f"HTTP/1.1 200 OK\r\nContent-Length: {cookie}\r\n\r\n[]"),
    "the size of a chunk": _raw(lambda cookie: f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{cookie}\r\n"),
    "the name of a cookie": _raw(
        lambda cookie: (
            f"HTTP/1.1 200 OK\r\nSet-Cookie: {value_of(cookie).rstrip('=')}=1; Path=/\r\nContent-Length: 2\r\n\r\n[]"
        )
    ),
    "a cookie that is none": _header(200, "Set-Cookie: \x01{}; Expires={}; Domain={}"),
}
"""By the place in which the cookie stands."""
