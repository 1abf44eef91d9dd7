"""Owns the letting in: connections are accepted one by one, as long as the system has room for one more.

asyncio's own server writes a hundred tracebacks at once where there are too many open files, and on Windows stops
listening for good. What a connection is then used for is `protocol`'s.
"""

import asyncio
import errno
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from domain.mistakes import without_words

_log = logging.getLogger(__name__)

# As many pages as may come back at once when we do.
_BACKLOG: Final = 1024
_NO_ROOM: Final = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
_PAUSE_S: Final = 0.5
_QUIET_S: Final = 60.0
"""So long nothing may fail before it is said that all is well, lest at the very limit it is said in turns."""


@asynccontextmanager
async def open_door(
    listener: socket.socket, meet: Callable[[], asyncio.Protocol], make_room: Callable[[], bool]
) -> AsyncIterator[None]:
    """Accept connections on a bound TCP socket, each with a protocol of its own, until the context ends.

    `make_room` is called where the system has no room for one more, and returns whether it has made some.
    """
    listener.setblocking(False)  # noqa: FBT003 - the library's signature
    listener.listen(_BACKLOG)
    accepting = asyncio.create_task(_accept(listener, meet, make_room))
    try:
        yield
    finally:
        accepting.cancel()
        await asyncio.wait([accepting])
        listener.close()


async def _accept(listener: socket.socket, meet: Callable[[], asyncio.Protocol], make_room: Callable[[], bool]) -> None:
    loop = asyncio.get_running_loop()
    failed_at: float | None = None
    while True:
        try:
            await _let_in(listener, meet)
        except ConnectionError:
            continue  # it left before it was let in
        except OSError as error:
            if failed_at is None:
                _log.error("No connection can be accepted for now: %s. Others are closed for it.", error.strerror)
            failed_at = loop.time()
            # What is cut is closed a turn of the loop later.
            await asyncio.sleep(0 if error.errno in _NO_ROOM and make_room() else _PAUSE_S)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not keep everybody else out
            if failed_at is None:
                _log.error("CCurve made a mistake with a new connection: %s", without_words(error))
            failed_at = loop.time()
            await asyncio.sleep(_PAUSE_S)
        else:
            if failed_at is not None and loop.time() - failed_at > _QUIET_S:
                _log.warning("Connections are accepted again.")
                failed_at = None


async def _let_in(listener: socket.socket, meet: Callable[[], asyncio.Protocol]) -> None:
    loop = asyncio.get_running_loop()
    connection, _ = await loop.sock_accept(listener)
    try:
        await loop.connect_accepted_socket(meet, connection)
    except Exception:
        connection.close()
        raise
