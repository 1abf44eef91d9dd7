"""Owns the question where a request ends: refused is what another reader, a proxy in front say, might see elsewhere.

The parser refuses most of that by itself; here is what it takes although it should not.
"""

from aiohttp import web
from aiohttp.http import HttpVersion11

from web.errors import MalformedRequestError


def ensure_plain(request: web.BaseRequest) -> None:
    """Refuse codings of the body that are not undone here, or of a version that has none (RFC 9112, 6.1)."""
    codings = request.headers.getall("Transfer-Encoding", [])
    if codings and (request.version < HttpVersion11 or [coding.lower() for coding in codings] != ["chunked"]):
        raise MalformedRequestError


def is_last(request: web.BaseRequest) -> bool:
    """Return whether nothing that follows on the connection may be taken for a further request.

    The parser keeps the trailer behind a chunked body, and adds it to the headers of the next request; it drops what
    comes right behind a request that asks for another protocol, and takes up again with what comes after.
    """
    asks_for_another = request.method == "CONNECT" or "Upgrade" in request.headers
    return asks_for_another or "Transfer-Encoding" in request.headers
