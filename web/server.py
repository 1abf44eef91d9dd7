"""Owns the application: which routes there are, and what stands in front of them.

On which socket it is served is `serve`'s.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from web import assets
from web.guard import MAX_BODY_BYTES, guard
from web.handlers import config, cookie, events, export, health, metrics, refresh, session, status, task, usage
from web.headers import secure
from web.hosts import Hosts
from web.limits import USUAL, Limits
from web.rooms import Rooms
from web.serve import ASKS_FOR_KEY
from web.stream import Streams
from web.voice import RoomsVoice

if TYPE_CHECKING:
    from web.gate import Gate


@dataclass(frozen=True, slots=True)
class Options:
    """What may be chosen.

    `allowed_hosts` are names beside the loopback ones that requests may name, without a port; `listening` is the
    address that CCurve was told to listen on.
    """

    static_dir: Path
    allowed_hosts: tuple[str, ...] = ()
    ping_interval_s: float = 15.0
    send_timeout_s: float = 30.0
    listening: str = "127.0.0.1"
    limits: Limits = USUAL


def make_app(rooms: Rooms, options: Options) -> web.Application:
    """Return the application, the hub of `rooms` bound to it. Raises StartError where the page's files are missing.

    To be served by `web.serve.serving`, which answers what goes wrong as problems.
    """
    rooms.hub.bind(RoomsVoice(rooms))
    limits = options.limits
    streams = Streams(
        rooms, most=limits.streams, ping_interval_s=options.ping_interval_s, send_timeout_s=options.send_timeout_s
    )
    page = assets.routes(assets.read_assets(options.static_dir))
    gate = _gate(rooms, streams, frozenset(route.path for route in (*page, *health.routes())))
    guarded = guard(Hosts(options.allowed_hosts, options.listening), gate, body_timeout_s=limits.body_timeout_s)
    app = web.Application(middlewares=[guarded], client_max_size=MAX_BODY_BYTES)
    app[ASKS_FOR_KEY] = gate is not None
    for resource in (status, config, cookie, task, refresh, usage, export, metrics):
        app.add_routes(resource.routes(rooms))
    app.add_routes(health.routes())
    app.add_routes(events.routes(streams))
    app.add_routes(session.routes(gate))
    app.add_routes(page)

    async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
        secure(response.headers, request.path)

    async def end_streams(_app: web.Application) -> None:
        await streams.end()

    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(end_streams)
    return app


def _gate(rooms: Rooms, streams: Streams, open_paths: frozenset[str]) -> "Gate | None":
    """Return what stands in front of everything else but `open_paths`; None where no key is asked for."""
    if rooms.access is None:
        return None
    from web.gate import Gate  # noqa: PLC0415 - most people never need it

    rooms.access.bind(streams.end_those_of)
    return Gate(rooms.access, rooms.clock, open_paths)
