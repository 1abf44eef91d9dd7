"""Owns the serving of the application on a socket, and its orderly end.

Which address that is, is chosen elsewhere; that nobody from elsewhere gets in without a key is made sure of here.
"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from domain.errors import StartError
from web.hosts import is_loopback
from web.protocol import ProblemRunner

ASKS_FOR_KEY: Final = web.AppKey("asks_for_key", bool)
"""Whether the application asks for an access key."""

# The handlers under way get this long, twice, before they are cut off: the end of the whole program may take 3 s.
_GRACE_S: Final = 0.5
# As many pages as may come back at once when we do.
_BACKLOG: Final = 1024


@asynccontextmanager
async def serving(app: web.Application, listener: socket.socket) -> AsyncIterator[None]:
    """Serve `app` on a bound TCP socket until the context ends, and every stream with it; then close the socket.

    Raises StartError where the address is not a loopback one and the application asks for no key.
    """
    runner = ProblemRunner(app, shutdown_timeout=_GRACE_S)
    with listener:
        if not is_loopback(str(listener.getsockname()[0])) and not app.get(ASKS_FOR_KEY, False):
            raise StartError(
                "Whoever reaches this address could use CCurve, for no access key is asked for. "
                "Give one in CCURVE_ACCESS_KEY, or leave --host out."
            )
        try:
            await runner.setup()
            await web.SockSite(runner, listener, backlog=_BACKLOG).start()
            yield
        finally:
            await runner.cleanup()
