"""Owns `/api/config`.

What a configuration may hold is `domain.settings`'.
"""

import asyncio

from aiohttp import web

from domain.settings import ConfigPatch, patched
from web.answers import json_answer
from web.bodies import body
from web.documents import config_json
from web.query import ensure_known
from web.rooms import Rooms


def routes(rooms: Rooms) -> list[web.RouteDef]:
    """Return the routes of the configuration."""
    turn = asyncio.Lock()

    async def get(request: web.Request) -> web.Response:
        ensure_known(request.query)
        return json_answer(config_json(rooms))

    async def patch(request: web.Request) -> web.Response:
        ensure_known(request.query)
        wanted = await body(request, ConfigPatch)
        # One at a time, so that of two patches at once neither undoes what the other changes.
        async with turn:
            before = rooms.settings.config
            after = patched(before, wanted)
            if after != before:
                await rooms.settings.save_config(after)
                rooms.hub.config()
                rooms.poller.config_changed()
                rooms.hub.status()
        return json_answer(config_json(rooms))

    return [web.get("/api/config", get), web.patch("/api/config", patch)]
