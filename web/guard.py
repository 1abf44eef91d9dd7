"""Owns the question who may ask, and in what form: every request passes here before anything looks at it.

The names of this server are `hosts`', what a refusal says is `errors`'.
"""

import asyncio
from typing import TYPE_CHECKING, Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from web.errors import (
    BodyTooLargeError,
    CrossOriginError,
    HostNotAllowedError,
    MalformedRequestError,
    RequestTimeoutError,
    UnsupportedMediaTypeError,
)
from web.expectation import call_for_body, ensure_understood
from web.framing import ensure_plain
from web.hosts import Hosts

if TYPE_CHECKING:
    from web.gate import Gate

MAX_BODY_BYTES: Final = 512 * 1024

READING: Final = frozenset({"GET", "HEAD"})
"""The methods that change nothing."""

SESSION: Final = web.RequestKey("session", str)
"""On a request that was let through because of a session: which."""

# An origin leaves these out; a proxy may name them in the Host that it hands on.
_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}
_OWN_SITE: Final = frozenset({"same-origin", "none"})


def guard(hosts: Hosts, gate: "Gate | None" = None, *, body_timeout_s: float) -> Middleware:
    """Return the middleware that refuses with 400, 421, 403, 401 or 429, 417, 415, 413, 408 or 400, in this order.

    It lets the rest through. Without a gate no key is asked for.
    """

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        ensure_plain(request)
        authority = _authority(request, hosts)
        _ensure_same_origin(request, authority)
        if gate is not None:
            gate.admit(request)
        ensure_understood(request)
        if request.method not in READING:
            await _ensure_json(request, body_timeout_s)
        return await handler(request)

    return guarded


def _authority(request: web.Request, hosts: Hosts) -> str:
    """Return the Host header, once it and the request line name this server."""
    sent = request.headers.getall("Host", [])
    here = _address(request)
    if len(sent) != 1 or not hosts.allows_authority(sent[0], here):
        raise HostNotAllowedError
    # Where the request line holds a whole URL, its host stands here, bare; else the header again.
    if request.host != sent[0] and not hosts.allows_name(request.host, here):
        raise HostNotAllowedError
    return sent[0]


def _address(request: web.Request) -> str | None:
    """Return the address of this machine at which the connection came in, None where it is gone again."""
    end = None if request.transport is None else request.transport.get_extra_info("sockname")
    return end[0] if end else None


def _ensure_same_origin(request: web.Request, authority: str) -> None:
    """Refuse what a browser sends for a page of another site or port, reads and the stream included."""
    if any(site.strip().lower() not in _OWN_SITE for site in request.headers.getall("Sec-Fetch-Site", [])):
        raise CrossOriginError
    # https too: a proxy that speaks it in front of us hands the same Host on.
    named = authority.lower()
    own = {
        f"{scheme}://{form}" for scheme, port in _DEFAULT_PORTS.items() for form in (named, named.removesuffix(port))
    }
    if any(origin.lower() not in own for origin in request.headers.getall("Origin", [])):
        raise CrossOriginError


async def _ensure_json(request: web.Request, timeout_s: float) -> None:
    """Refuse bodies that are not JSON, too long or too slow, and read the others into the request."""
    types = request.headers.getall("Content-Type", [])
    if request.body_exists and (len(types) != 1 or not _is_json(types[0])):
        raise UnsupportedMediaTypeError
    if (request.content_length or 0) > MAX_BODY_BYTES:
        raise BodyTooLargeError
    try:
        async with asyncio.timeout(timeout_s):
            await call_for_body(request)
            await request.read()
    except TimeoutError:
        raise RequestTimeoutError from None
    except web.RequestPayloadError as error:
        raise MalformedRequestError from error


def _is_json(content_type: str) -> bool:
    essence, *parameters = (part.strip().lower() for part in content_type.split(";"))
    return essence == "application/json" and set(parameters) <= {"", "charset=utf-8", 'charset="utf-8"'}
