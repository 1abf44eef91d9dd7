"""Owns `/metrics`: how CCurve fares, for Prometheus.

The text itself is `web.exposition`'s, which is loaded when first asked for: most people never do.
"""

import asyncio
from types import ModuleType

from aiohttp import web

from web.rooms import Rooms


def routes(rooms: Rooms) -> list[web.RouteDef]:
    """Return the routes of the metrics."""

    async def get(_request: web.Request) -> web.Response:
        exposition = await asyncio.to_thread(_exposition)
        return web.Response(body=exposition.text(rooms), headers={"Content-Type": exposition.CONTENT_TYPE})

    return [web.get("/metrics", get)]


def _exposition() -> ModuleType:
    from web import exposition  # noqa: PLC0415 - see above

    return exposition
