"""Owns the program with one mistake put into it, which quotes the cookie where it is made: a program of its own.

    python faulty.py MISTAKE python app.py OPTIONS

Where each mistake ends is for the tests.
"""

import asyncio
import functools
import runpy
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))


class QuotingError(Exception):
    """A mistake whose words hold what it was about, as those of the libraries do."""


def fail(cookie: object, *_: object) -> None:
    """Make the mistake, with the cookie in its words and among its values."""
    held = {"cookie": cookie}
    raise QuotingError(f"{held} cannot be used") from ValueError(cookie)


class Unraisable:
    """What fails where nothing can be raised."""

    def __init__(self, cookie: object) -> None:
        self.cookie = cookie

    def __repr__(self) -> str:
        return f"Unraisable({self.cookie!r})"

    def __del__(self) -> None:
        fail(self.cookie)


def _text(arguments: tuple[Any, ...]) -> object:
    """Return the cookie among the arguments of whatever was replaced."""
    return next((one for one in arguments if isinstance(one, str) and "=" in one), "no cookie")


def _instead(kind: type, name: str, mistake: Callable[[object], object]) -> None:
    """Make the mistake, with the cookie, when the method is called; then do as it does."""
    before = getattr(kind, name)

    @functools.wraps(before)
    def method(*arguments: Any) -> Any:  # noqa: ANN401 - whatever it takes and returns
        mistake(_text(arguments))
        return before(*arguments)

    setattr(kind, name, method)


def _in_task(cookie: object) -> None:
    async def task() -> None:
        fail(cookie)

    asyncio.get_running_loop().create_task(task())


def _in_callback(cookie: object) -> None:
    asyncio.get_running_loop().call_soon(fail, cookie)


def _in_thread(cookie: object) -> None:
    threading.Thread(target=fail, args=(cookie,), name="faulty").start()


def _in_log(cookie: object) -> None:
    import logging  # noqa: PLC0415 - not before the program does

    log = logging.getLogger("faulty")
    try:
        fail(cookie)
    except QuotingError:
        log.exception("A log line with an error.")
    log.warning("%d", cookie)


def _forgotten(cookie: object) -> None:
    async def task(_cookie: object) -> None:
        return

    task(cookie)  # type: ignore[unused-coroutine]


def _at_start(_: object) -> None:
    from storage.cookie import CookieStore  # noqa: PLC0415 - not before the program does

    read = CookieStore._read
    CookieStore._read = lambda store: fail(read(store))  # type: ignore[method-assign,assignment]


def _put_in(mistake: str) -> None:
    from poller import exchange  # noqa: PLC0415 - loaded here, so that it can be replaced
    from poller.client import RelayClient  # noqa: PLC0415
    from poller.loop import Poller  # noqa: PLC0415
    from storage.cookie import CookieStore  # noqa: PLC0415

    where: dict[str, tuple[type, str, Callable[[object], object]]] = {
        "handler": (Poller, "save_cookie", fail),
        "poll": (RelayClient, "usage", fail),
        "check": (RelayClient, "check", fail),
        "writer": (CookieStore, "_write_fresh", fail),
        "task": (Poller, "save_cookie", _in_task),
        "callback": (Poller, "save_cookie", _in_callback),
        "thread": (CookieStore, "_write_fresh", _in_thread),
        "unraisable": (CookieStore, "_write_fresh", Unraisable),
        "log": (Poller, "save_cookie", _in_log),
        "forgotten": (Poller, "save_cookie", _forgotten),
    }
    if mistake == "start":
        _at_start(None)
    elif mistake == "call":
        exchange.get = lambda *arguments, **_: fail(arguments[1])  # type: ignore[assignment]
    else:
        _instead(*where[mistake])


if __name__ == "__main__":
    from launch.without_tls import without_tls

    with without_tls():
        import aiohttp.web  # noqa: F401 - as the program itself does first
    _put_in(sys.argv[1])
    sys.argv = sys.argv[3:]
    runpy.run_path(sys.argv[0], run_name="__main__")
