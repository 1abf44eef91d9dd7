"""Owns the simulated relay of `--demo`: a server on a loopback socket that answers as the real one does.

What is charged there is `poller.demo_traffic`'s; it is asked by the same client as the real one.
"""

import asyncio
from http import HTTPStatus
from types import TracebackType
from typing import Final, Self

import msgspec
from aiohttp import web
from msgspec import Struct

from domain.clock import Clock
from domain.zones import Zone, utc_text
from poller.demo_traffic import Charge, Traffic

DEMO_COOKIE: Final = "demo-session=this-is-no-secret"
"""A cookie that the simulated relay accepts, as it does any in which the word `expired` is not found."""

_SEED: Final = 20250825
_HISTORY_MS: Final = 30 * 86_400_000
_LIVELY_MS: Final = 3_600_000
_ANSWER_RECORDS: Final = 20


class _Row(Struct, rename="camel"):
    """A charge as the relay writes it."""

    id: int
    type: str
    endpoint: str
    status_code: int
    credits_used: int
    created_at: str
    model: str


class DemoRelay:
    """A relay that charges a developer in the zone `where`, as far as `clock` has got. Use as an async context manager.

    The first answer goes back 30 days. Each later one holds the newest 20 records, or, where more came since, all from
    the newest that was told on, so that nothing is missed however long nobody asked. A cookie in which the word
    `expired` is found is refused, so that people can see what happens then.
    """

    def __init__(self, clock: Clock, where: Zone) -> None:
        self._clock = clock
        self._traffic = Traffic(_SEED, where, clock.wall_ms() - _LIVELY_MS)
        self._told_ms: int | None = None
        self._url = ""
        app = web.Application()
        app.router.add_get("/api/user/usage", self._usage)
        app.router.add_get("/api/user/usage/chart", self._chart)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)

    @property
    def url(self) -> str:
        """The base URL, such as `http://127.0.0.1:49152`; empty until the relay listens."""
        return self._url

    async def __aenter__(self) -> Self:
        """Listen on a free port of 127.0.0.1."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self._url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening."""
        await self._runner.cleanup()

    async def _usage(self, request: web.Request) -> web.Response:
        if not _is_signed_in(request):
            return _refusal()
        charges, body = await asyncio.to_thread(self._answer, self._clock.wall_ms(), self._told_ms)
        if charges:
            self._told_ms = charges[-1].created_ms
        return web.Response(body=body, content_type="application/json")

    async def _chart(self, request: web.Request) -> web.Response:
        return web.json_response([]) if _is_signed_in(request) else _refusal()

    def _answer(self, now_ms: int, told_ms: int | None) -> tuple[list[Charge], bytes]:
        """Return what is told now, oldest first, and the answer that tells it, newest first."""
        oldest_ms = now_ms - _HISTORY_MS
        from_ms = oldest_ms if told_ms is None else max(oldest_ms, min(told_ms, now_ms - _LIVELY_MS))
        charges = self._traffic.between(from_ms, now_ms)
        if len(charges) < _ANSWER_RECORDS:
            # The clock was set back, to where it was quiet.
            charges = self._traffic.between(oldest_ms, now_ms)
        if told_ms is not None:
            since = sum(charge.created_ms >= told_ms for charge in charges)
            charges = charges[-max(since, _ANSWER_RECORDS) :]
        return charges, msgspec.json.encode([_row(charge) for charge in reversed(charges)])


def _row(charge: Charge) -> _Row:
    endpoint = "v1/messages" if charge.credits else "v1/messages/count_tokens"
    return _Row(charge.id, "USAGE", endpoint, 200, charge.credits, utc_text(charge.created_ms), charge.model)


def _is_signed_in(request: web.Request) -> bool:
    cookie = request.headers.get("Cookie", "")
    return bool(cookie.strip()) and "expired" not in cookie.lower()


def _refusal() -> web.Response:
    return web.json_response({"error": "Unauthorized"}, status=HTTPStatus.UNAUTHORIZED)
