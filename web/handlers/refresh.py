"""Owns `/api/refresh`: a poll that a person asks for.

That calls at the same time share one is the poller's doing.
"""

from aiohttp import web

from web.answers import json_answer
from web.documents import refresh_json
from web.query import ensure_known
from web.rooms import Rooms


def routes(rooms: Rooms) -> list[web.RouteDef]:
    """Return the routes of refreshing."""

    async def post(request: web.Request) -> web.Response:
        ensure_known(request.query)
        return json_answer(refresh_json(await rooms.poller.refresh()))

    return [web.post("/api/refresh", post)]
