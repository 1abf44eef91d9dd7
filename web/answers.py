"""Owns the forms in which handlers answer a document: at once, or piece by piece where it is long."""

from collections.abc import Sequence
from typing import Final

from aiohttp import web

_AT_ONCE_BYTES: Final = 1 << 20


def json_answer(document: bytes) -> web.Response:
    """Return a JSON document as it stands."""
    return web.Response(body=document, content_type="application/json")


async def pieces_answer(request: web.Request, pieces: Sequence[bytes]) -> web.StreamResponse:
    """Return the JSON document that the pieces make up; what is long goes out as fast as the client takes it."""
    length = sum(map(len, pieces))
    if length <= _AT_ONCE_BYTES or request.method == "HEAD":
        return json_answer(b"".join(pieces))
    response = web.StreamResponse()
    response.content_type = "application/json"
    response.content_length = length
    await response.prepare(request)
    for piece in pieces:
        await response.write(piece)
    await response.write_eof()
    return response
