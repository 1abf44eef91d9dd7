"""Owns a whole web room on a loopback socket, with a real store behind it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import aiohttp
from aiohttp import web
from multidict import CIMultiDictProxy

from launch.listening import listening_socket
from storage import files
from storage.access import opened_access
from storage.history import History
from storage.store import Store, opened
from tests.web.stand_ins import StandInClock, StandInPoller
from web.hub import Hub
from web.limits import USUAL, Limits
from web.needs import Usage
from web.rooms import Rooms
from web.serve import serving
from web.server import Options, make_app


async def until(condition: Callable[[], object]) -> None:
    """Wait for a condition."""
    while not condition():  # noqa: ASYNC110 - a condition has no event
        await asyncio.sleep(0.005)


STATIC: Final = Path(__file__).parents[2] / "static"

Json: TypeAlias = Any


@dataclass(frozen=True)
class Answer:
    """An answer, read whole."""

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes

    @property
    def json(self) -> Json:
        return json.loads(self.body)


@dataclass(frozen=True)
class Site:
    """What a test needs of it. `port` is on 127.0.0.1, unless the wish was for another address."""

    port: int
    app: web.Application
    rooms: Rooms
    store: Store
    poller: StandInPoller
    clock: StandInClock
    session: aiohttp.ClientSession

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def ask(
        self, method: str, path: str, *, body: object = None, headers: dict[str, str] | None = None
    ) -> Answer:
        async with self.session.request(method, self.url + path, json=body, headers=headers) as response:
            return Answer(response.status, response.headers, await response.read())

    async def get(self, path: str, **headers: str) -> Answer:
        return await self.ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    async def send(self, method: str, path: str, body: bytes) -> Answer:
        """Send bytes that say they are JSON."""
        headers = {"Content-Type": "application/json"}
        async with self.session.request(method, self.url + path, data=body, headers=headers) as response:
            return Answer(response.status, response.headers, await response.read())


@dataclass(frozen=True)
class Wish:
    """How the site is to be.

    `change` may add to the application, `usage` stand between it and the history; without an `access_key` none is asked
    for. `host` is the address to listen on.
    """

    demo: bool = False
    depth: int = 256
    ping_interval_s: float = 15.0
    send_timeout_s: float = 30.0
    allowed_hosts: tuple[str, ...] = ()
    access_key: str | None = None
    host: str = "127.0.0.1"
    limits: Limits = USUAL
    static_dir: Path = STATIC
    change: Callable[[web.Application], object] = lambda _app: None
    usage: Callable[[History], Usage] = lambda history: history


@asynccontextmanager
async def open_site(data_dir: Path, wish: Wish = Wish()) -> AsyncIterator[Site]:
    """Serve a store at `data_dir` until the context ends."""
    files.prepare(data_dir)
    clock = StandInClock()
    with opened(data_dir) as store, ExitStack() as stack:
        access = None
        if wish.access_key is not None:
            access = stack.enter_context(opened_access(data_dir, wish.access_key, clock))
        hub = Hub(wish.depth)
        poller = StandInPoller(hub, store.history)
        usage = wish.usage(store.history)
        rooms = Rooms(usage, store.settings, poller, clock, hub, version="0.1.0", demo=wish.demo, access=access)
        timing = (wish.ping_interval_s, wish.send_timeout_s)
        options = Options(wish.static_dir, wish.allowed_hosts, *timing, listening=wish.host, limits=wish.limits)
        app = make_app(rooms, options)
        wish.change(app)
        listener = listening_socket(wish.host, 0)
        port = listener.getsockname()[1]
        async with serving(app, listener, wish.limits), aiohttp.ClientSession() as session:
            yield Site(port, app, rooms, store, poller, clock, session)
