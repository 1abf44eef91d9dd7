"""Owns the serving of the application on a socket, and its orderly end.

Which address that is, is chosen elsewhere; that nobody from elsewhere gets in without a key is made sure of here.
"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from domain.errors import StartError
from web.door import open_door
from web.hosts import is_loopback
from web.limits import USUAL, Limits
from web.protocol import ProblemRunner, ProblemServer

ASKS_FOR_KEY: Final = web.AppKey("asks_for_key", bool)
"""Whether the application asks for an access key."""

# The handlers under way get this long, twice, before they are cut off: the end of the whole program may take 3 s.
_GRACE_S: Final = 0.5


@asynccontextmanager
async def serving(app: web.Application, listener: socket.socket, limits: Limits = USUAL) -> AsyncIterator[None]:
    """Serve `app` on a bound TCP socket until the context ends, and every stream with it; then close the socket.

    Raises StartError where the address is not a loopback one and the application asks for no key.
    """
    runner = ProblemRunner(app, limits, shutdown_timeout=_GRACE_S)
    with listener:
        if not is_loopback(str(listener.getsockname()[0])) and not app.get(ASKS_FOR_KEY, False):
            raise StartError(
                "Whoever reaches this address could use CCurve, for no access key is asked for. "
                "Give one in CCURVE_ACCESS_KEY, or leave --host out."
            )
        try:
            await runner.setup()
            server = runner.server
            assert isinstance(server, ProblemServer)  # noqa: S101 - the runner made it
            async with open_door(listener, server, server.open.make_room):
                yield
        finally:
            await runner.cleanup()
