"""Owns the serving of the application on a socket, and its orderly end.

Which address that is, is chosen elsewhere; that it is this machine's own is made sure of here.
"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from domain.errors import StartError
from web.hosts import is_loopback
from web.protocol import ProblemRunner

# The handlers under way get this long, twice, before they are cut off: the end of the whole program may take 3 s.
_GRACE_S: Final = 0.5
# As many pages as may come back at once when we do.
_BACKLOG: Final = 1024


@asynccontextmanager
async def serving(app: web.Application, listener: socket.socket) -> AsyncIterator[None]:
    """Serve `app` on a bound TCP socket until the context ends, and every stream with it; then close the socket.

    Raises StartError where the address is not a loopback one.
    """
    runner = ProblemRunner(app, shutdown_timeout=_GRACE_S)
    with listener:
        if not is_loopback(str(listener.getsockname()[0])):
            raise StartError(
                "CCurve listens on this machine only, for whoever reaches it can use it. "
                "Give --host 127.0.0.1, or leave --host out."
            )
        try:
            await runner.setup()
            await web.SockSite(runner, listener, backlog=_BACKLOG).start()
            yield
        finally:
            await runner.cleanup()
