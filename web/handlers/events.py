"""Owns `/api/events`: where a stream begins and, with the server, ends.

What happens between is `web.stream`'s.
"""

from aiohttp import web

from web.stream import Streams


def routes(streams: Streams) -> list[web.RouteDef]:
    """Return the routes of the stream."""
    return [web.get("/api/events", streams.serve)]
