"""Owns the two questions that the relay is asked, and the answer to each: what was charged, is the cookie still good.

The call itself is `poller.calls`' and `poller.exchange`'s; when to ask is `poller.machine`'s.
"""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from domain.clock import Clock, SystemClock
from domain.cookie import rotated
from domain.errors import InvalidValueError, UpstreamError, UpstreamUnexpectedError
from domain.records import Answer
from poller import authorities, judge, parse, words  # noqa: F401 - the authorities are in memory from here on
from poller.calls import Calls
from poller.judge import Response
from poller.line import Line

DEADLINE_S: Final = 30.0
"""How long a call may take, all of it."""

MAX_BODY_BYTES: Final = 16 * 1024 * 1024
"""The longest answer that is read, decoded."""

_SPARE_S: Final = 1.0
"""By how much a single wait may be longer than the whole call: it is the cutting of the line that ends it."""

_USAGE: Final = "/api/user/usage"
_CHECK: Final = "/api/user/usage/chart"


class Reply(Struct, frozen=True):
    """What came of a question. `error` is None where the relay said yes; `answer` is then the usage, if asked for.

    `set_cookies` are the Set-Cookie lines that reached us, in order, whatever else happened; `host` and `path` are
    those that were asked.
    """

    host: str
    path: str
    error: UpstreamError | None = None
    answer: Answer | None = None
    set_cookies: list[str] = []

    def __repr__(self) -> str:
        """Show no value of a cookie."""
        return f"Reply(path={self.path!r}, error={self.error!r}, set_cookies={len(self.set_cookies)})"

    def cookie_after(self, cookie: str, now_ms: int) -> str:
        """Return the cookie that was sent as the relay wants it to be from now on; the same text if it is content."""
        return rotated(cookie, self.set_cookies, host=self.host, path=self.path, now_ms=now_ms)


class RelayClient:
    """Asks the relay at `base_url`, off the event loop, one question at a time."""

    def __init__(self, base_url: str, *, deadline_s: float = DEADLINE_S, clock: Clock | None = None) -> None:
        """Raise InvalidValueError where `base_url` is no http(s) address; it may have a path, and end in a slash."""
        self._origin, self._host, self._prefix = _split(base_url)
        self._deadline_s = deadline_s
        self._clock = clock or SystemClock()
        self._calls = Calls(deadline_s)

    async def preload(self) -> None:
        """Load what a call needs, so that the first one need not wait, and none needs a file of ours again."""
        with suppress(UpstreamError):
            await self._calls.run(self._load)

    async def usage(self, cookie: str) -> Reply:
        """Ask for the charges. What goes wrong is told by the reply's `error`, never raised."""
        return await self._ask(_USAGE, cookie, _wanted_of_usage, _usage)

    async def check(self, cookie: str) -> Reply:
        """Ask whether the cookie is still good; a reply without `error` says yes. Never raises either."""
        return await self._ask(_CHECK, cookie, _wanted_of_check, _nothing)

    def give_up(self, reason: str) -> None:
        """End the call that is under way, if any; its reply's error is `reason`, a sentence for people."""
        self._calls.give_up(reason)

    async def close(self) -> None:
        """End the call that is under way; later ones fail at once. Returns within a second or so."""
        await self._calls.close()

    async def _ask(
        self,
        endpoint: str,
        cookie: str,
        wanted: Callable[[int, str | None], int],
        read: Callable[[Response, str], Answer | None],
    ) -> Reply:
        path = self._prefix + endpoint

        def ask(line: Line) -> Reply:
            from poller import exchange  # noqa: PLC0415 - takes 70 ms, which nobody waits for at the start

            try:
                response = exchange.get(
                    self._origin + path, cookie, line, timeout_s=self._deadline_s + _SPARE_S, wanted=wanted
                )
            except UpstreamError as error:
                return Reply(self._host, path, error)
            try:
                judge.raise_for_status(response, self._clock.wall_ms())
                return Reply(self._host, path, None, read(response, cookie), response.set_cookies)
            except UpstreamError as error:
                return Reply(self._host, path, words.told(error, response, cookie), None, response.set_cookies)

        try:
            return await self._calls.run(ask)
        except UpstreamError as error:
            return Reply(self._host, path, error)

    def _load(self, _: Line) -> None:
        from poller import exchange, transport  # noqa: F401, PLC0415 - see above

        transport.prepare(self._origin)


def _wanted_of_usage(status: int, _: str | None) -> int:
    return MAX_BODY_BYTES if status == HTTPStatus.OK else words.wanted(status)


def _wanted_of_check(status: int, content_type: str | None) -> int:
    """Say that nothing of the body matters, unless it may be the login page, or say why there is no answer."""
    if status == HTTPStatus.OK:
        return judge.PAGE_BYTES if judge.may_be_page(content_type) else 0
    return words.wanted(status)


def _usage(response: Response, cookie: str) -> Answer:
    if response.broken:
        raise response.broken
    if len(response.body) > MAX_BODY_BYTES:
        raise UpstreamUnexpectedError("The relay's answer is longer than 16 MiB.")
    judge.raise_for_page(response)
    answer = words.without_cookie(parse.read_answer(response.body), cookie)
    return replace(answer, sent_ms=judge.sent_ms(response))


def _nothing(response: Response, _: str) -> None:
    if response.broken:
        raise response.broken
    judge.raise_for_login_page(response)


def _split(base_url: str) -> tuple[str, str, str]:
    """Return the origin, the host alone, and the path before ours of a base URL."""
    try:
        parts = urlsplit(base_url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    sound = parts.scheme in ("http", "https") and parts.hostname and base_url.isascii() and base_url.isprintable()
    if not sound or port == 0 or "@" in parts.netloc or parts.query or parts.fragment:
        raise InvalidValueError(
            "upstream", "The relay's address must be like https://www.example.com, a path may follow."
        )
    return f"{parts.scheme}://{parts.netloc}", parts.hostname or "", parts.path.rstrip("/")
