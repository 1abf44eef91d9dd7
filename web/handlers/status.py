"""Owns `/api/status`."""

from aiohttp import web

from web.answers import json_answer
from web.documents import status_json
from web.query import ensure_known
from web.rooms import Rooms


def routes(rooms: Rooms) -> list[web.RouteDef]:
    """Return the routes of the status."""

    async def get(request: web.Request) -> web.Response:
        ensure_known(request.query)
        return json_answer(status_json(rooms))

    return [web.get("/api/status", get)]
