"""Owns `/api/task`: the switch.

What it switches is the poller's.
"""

from aiohttp import web
from msgspec import Struct

from web.answers import json_answer
from web.bodies import body
from web.documents import task_json
from web.query import ensure_known
from web.rooms import Rooms


class Switch(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a person wants the switch."""

    enabled: bool


def routes(rooms: Rooms) -> list[web.RouteDef]:
    """Return the routes of the switch."""

    async def put(request: web.Request) -> web.Response:
        ensure_known(request.query)
        await rooms.poller.switch((await body(request, Switch)).enabled)
        return json_answer(task_json(rooms.poller.task))

    return [web.put("/api/task", put)]
