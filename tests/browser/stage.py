"""Owns what stands behind a page under test: the relay, the program, and the ways to bring both into a state.

The page itself is `dashboard`'s.
"""

import random
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp

from tests.browser.charges import afternoon, single
from tests.e2e.program import Api, Program
from tests.fakes.relay import FakeRelay, RelayRecord

COOKIE: Final = "session=good"
"""What the relay takes, unless a test says otherwise; no secret, but no test prints it either."""

OTHER_COOKIE: Final = "session=better"
_PORTS: Final = range(20_000, 32_000)  # below those that the system gives to connections


class Stage:
    """The relay and the program, which can be ended and started again on the same port and data directory.

    Where there is a `key`, it asks for that. Everything happens in the afternoon, in `zone`: no test runs across
    midnight unless it means to.
    """

    def __init__(
        self, relay: FakeRelay, session: aiohttp.ClientSession, data_dir: Path, key: str | None = None
    ) -> None:
        self.relay = relay
        self.key = key
        self.zone = afternoon(now_ms())
        self.url = f"http://127.0.0.1:{_free_port()}"
        self.api = Api(session, self.url)
        self._session = session
        self._data_dir = data_dir
        self._program: Program | None = None

    @property
    def program(self) -> Program:
        assert self._program is not None, "the program was never started"
        return self._program

    async def start(self, *, demo: bool = False) -> None:
        """Start the program, for the first time or again."""
        port = self.url.rpartition(":")[2]
        options = ["--demo"] if demo else ["--upstream", self.relay.url]
        kept_in = None if demo else self._data_dir
        environment = {"TZ": self.zone} | ({} if self.key is None else {"CCURVE_ACCESS_KEY": self.key})
        self._program = await Program.started("--port", port, *options, data_dir=kept_in, **environment)
        await self._program.listening()

    async def kill(self) -> None:
        """End the program as nobody should, if it runs."""
        if self._program is not None:
            await self._program.kill_if_alive()

    def forget(self) -> None:
        """Have the program start with an empty data directory the next time."""
        self._data_dir = self._data_dir.with_name(f"{self._data_dir.name}-other")

    async def give_cookie(self, cookie: str = COOKIE) -> None:
        await self.api.do("PUT", "/api/cookie", {"cookie": cookie})

    async def configure(self, **changes: object) -> None:
        await self.api.do("PATCH", "/api/config", changes)

    async def poll(self, charges: list[RelayRecord] | None = None) -> None:
        """Turn the switch on, with a cookie, and poll; with `charges`, the relay has just those from now on."""
        if charges is not None:
            self.relay.records = charges
        await self.api.switch_on(COOKIE)
        await self.refresh()

    async def refresh(self) -> Any:  # noqa: ANN401 - JSON
        """Poll now; return the answer."""
        return await self.api.do("POST", "/api/refresh")

    async def charge(self, *charges: RelayRecord) -> None:
        """Let charges happen, and be polled."""
        self.relay.records[:0] = reversed(charges)
        await self.refresh()

    async def charge_now(self, credits: object = 9, **other: Any) -> RelayRecord:  # noqa: A002, ANN401
        """Let a charge happen this moment, and be polled."""
        happened = single(now_ms(), credits, **other)
        await self.charge(happened)
        return happened

    async def lose_relay(self) -> None:
        """Take the relay off the network, and notice."""
        await self.relay.go_down()
        status, answer = await self.api.call("POST", "/api/refresh")
        assert (status, answer["code"]) == (502, "upstream_unavailable")

    async def kill_cookie(self) -> None:
        """Have the relay refuse the cookie and take only the other one from now on, and notice."""
        self.relay.cookies = {OTHER_COOKIE}
        status, answer = await self.api.call("POST", "/api/refresh")
        assert (status, answer["code"]) == (409, "cookie_invalid")

    async def subscribers(self) -> int:
        """Return how many streams are open."""
        async with self._session.get(f"{self.url}/metrics") as response:
            lines = (await response.text()).splitlines()
        return int(float(next(line.split()[1] for line in lines if line.startswith("ccurve_subscribers "))))


def now_ms() -> int:
    return time.time_ns() // 1_000_000


@asynccontextmanager
async def staged(data_dir: Path, *, demo: bool = False, key: str | None = None) -> AsyncIterator[Stage]:
    """Start the relay and the program, and end both."""
    headers = {} if key is None else {"Authorization": f"Bearer {key}"}
    async with FakeRelay() as relay, aiohttp.ClientSession(headers=headers) as session:
        relay.limit = 100_000
        stage = Stage(relay, session, data_dir, key)
        try:
            await stage.start(demo=demo)
            yield stage
        finally:
            await stage.kill()


def _free_port() -> int:
    for port in random.sample(_PORTS, 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue  # somebody else's
        return port
    raise AssertionError("a hundred ports were tried, and none was free")
