"""Owns `/api/cookie`: the one way in for a cookie, and no way out.

What a paste amounts to is `domain.paste`'s, what becomes of it the poller's.
"""

from aiohttp import web
from msgspec import Struct

from domain.paste import read_cookie
from web.answers import json_answer
from web.bodies import body
from web.documents import cookie_json
from web.query import ensure_known
from web.rooms import Rooms


class CookiePaste(Struct, frozen=True, forbid_unknown_fields=True):
    """What a person pasted. It hides itself."""

    cookie: str

    def __repr__(self) -> str:
        return "CookiePaste()"


def routes(rooms: Rooms) -> list[web.RouteDef]:
    """Return the routes of the cookie. All of them answer what is known of it."""

    async def put(request: web.Request) -> web.Response:
        ensure_known(request.query)
        await rooms.poller.save_cookie(read_cookie((await body(request, CookiePaste)).cookie))
        return json_answer(cookie_json(rooms.poller.cookie))

    async def delete(request: web.Request) -> web.Response:
        ensure_known(request.query)
        await rooms.poller.delete_cookie()
        return json_answer(cookie_json(rooms.poller.cookie))

    async def check(request: web.Request) -> web.Response:
        ensure_known(request.query)
        await rooms.poller.check_cookie()
        return json_answer(cookie_json(rooms.poller.cookie))

    return [
        web.put("/api/cookie", put),
        web.delete("/api/cookie", delete),
        web.post("/api/cookie/check", check),
    ]
