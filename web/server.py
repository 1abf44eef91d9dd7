"""Owns the application: which routes there are, and what stands in front of them.

On which socket it is served is `serve`'s.
"""

from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from web import assets
from web.guard import MAX_BODY_BYTES, guard
from web.handlers import config, cookie, events, export, health, metrics, refresh, status, task, usage
from web.headers import secure
from web.hosts import Hosts
from web.rooms import Rooms
from web.stream import Streams
from web.voice import RoomsVoice


@dataclass(frozen=True, slots=True)
class Options:
    """What may be chosen.

    `allowed_hosts` are names beside the loopback ones that requests may name, without a port.
    """

    static_dir: Path
    allowed_hosts: tuple[str, ...] = ()
    ping_interval_s: float = 15.0
    send_timeout_s: float = 30.0


def make_app(rooms: Rooms, options: Options) -> web.Application:
    """Return the application, the hub of `rooms` bound to it. Raises StartError where the page's files are missing.

    To be served by `web.serve.serving`, which answers what goes wrong as problems.
    """
    rooms.hub.bind(RoomsVoice(rooms))
    streams = Streams(rooms, ping_interval_s=options.ping_interval_s, send_timeout_s=options.send_timeout_s)
    app = web.Application(middlewares=[guard(Hosts(options.allowed_hosts))], client_max_size=MAX_BODY_BYTES)
    for resource in (status, config, cookie, task, refresh, usage, export, metrics):
        app.add_routes(resource.routes(rooms))
    app.add_routes(health.routes())
    app.add_routes(events.routes(streams))
    app.add_routes(assets.routes(assets.read_assets(options.static_dir)))

    async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
        secure(response.headers, request.path)

    async def end_streams(_app: web.Application) -> None:
        await streams.end()

    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(end_streams)
    return app
