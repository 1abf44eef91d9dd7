"""Owns the forms in which handlers answer a document: at once, or piece by piece where it is long."""

from collections import deque
from typing import Final

from aiohttp import web

_AT_ONCE_BYTES: Final = 1 << 20


def json_answer(document: bytes) -> web.Response:
    """Return a JSON document as it stands."""
    return web.Response(body=document, content_type="application/json")


async def pieces_answer(request: web.Request, pieces: list[bytes]) -> web.StreamResponse:
    """Return the JSON document that the pieces make up. Empties the list: a piece that was sent is let go."""
    waiting = deque(pieces)
    pieces.clear()
    length = sum(map(len, waiting))
    if length <= _AT_ONCE_BYTES or request.method == "HEAD":
        return json_answer(b"".join(waiting))
    response = web.StreamResponse()
    response.content_type = "application/json"
    response.content_length = length
    await response.prepare(request)
    while waiting:
        await response.write(waiting.popleft())
    await response.write_eof()
    return response
