"""Owns `/api/session`: where somebody who has the access key gets in, and out again.

Whether the key is right, and what a session is, is the gate's. Where no key is asked for there is no gate, and
everybody is in.
"""

from typing import TYPE_CHECKING

from aiohttp import web
from msgspec import Struct

from web.answers import json_answer
from web.bodies import body
from web.query import ensure_known

if TYPE_CHECKING:
    from web.gate import Gate


class AccessKey(Struct, frozen=True, forbid_unknown_fields=True):
    """The key that somebody gives. It hides itself."""

    key: str

    def __repr__(self) -> str:
        return "AccessKey()"


def routes(gate: "Gate | None") -> list[web.RouteDef]:
    """Return the routes of sessions."""

    async def get(request: web.Request) -> web.Response:
        ensure_known(request.query)
        return json_answer(b'{"required":%s}' % (b"false" if gate is None else b"true"))

    async def post(request: web.Request) -> web.Response:
        ensure_known(request.query)
        key = (await body(request, AccessKey)).key
        return web.Response(status=204) if gate is None else await gate.open(request, key)

    async def delete(request: web.Request) -> web.Response:
        ensure_known(request.query)
        return web.Response(status=204) if gate is None else await gate.close(request)

    path = "/api/session"
    return [web.get(path, get), web.post(path, post), web.delete(path, delete)]
