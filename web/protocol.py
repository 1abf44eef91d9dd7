"""Owns the last line of defence: whatever goes wrong with a request is answered as a problem, below every handler.

So bytes that are no HTTP, an unknown Expect header and a bug are covered too. A foreign error's text may hold what
somebody sent, a cookie even, so the log gets its class and the lines that it came through, never its words.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

from aiohttp import web
from aiohttp.streams import EMPTY_PAYLOAD, StreamReader

from domain.errors import CCurveError, StorageError
from domain.mistakes import without_words
from web.connections import Connections
from web.errors import MalformedRequestError, RequestTimeoutError, http_problem, internal_problem, problem
from web.expectation import is_held_back, unseen_by_aiohttp
from web.framing import is_last, speak_plainly, with_a_target
from web.headers import secure
from web.limits import Limits

_log = logging.getLogger(__name__)

_SETTINGS: Final[dict[str, Any]] = {
    "access_log": None,
    # How long what a refused client still sends is read and dropped, so that it gets to see the refusal.
    "lingering_time": 1.0,
}
_IN_NO_HEAD: Final = b"\0"


class ProblemHandler(web.RequestHandler):
    """One connection.

    A head, the request line and the headers, must be whole in time, and not too long. Until one has begun, the
    connection may be idle; the body has a time limit of its own, in `guard`.
    """

    __slots__ = ("_body", "_connections", "_head_bytes", "_head_timer", "_is_late", "_limits", "_wire", "when_lost")

    def __init__(self, server: "ProblemServer", limits: Limits, connections: Connections) -> None:
        super().__init__(server, loop=asyncio.get_running_loop(), keepalive_timeout=limits.idle_timeout_s, **_SETTINGS)
        self._limits = limits
        self._connections = connections
        self._body: StreamReader = EMPTY_PAYLOAD
        self._head_bytes = 0
        self._head_timer: asyncio.TimerHandle | None = None
        self._is_late = False
        # aiohttp lets go of a transport that is to be closed, which it is only once all that waits in it was read.
        self._wire: asyncio.Transport | None = None
        self.when_lost: Callable[[], None] | None = None
        """Called when the client has left, for an answer that has no end of its own."""

    @property
    def waits(self) -> bool:
        """Whether it waits for its client to ask: for a request, or for the rest of one."""
        if self._current_request is None:
            return not self._messages
        return not self._body.is_eof()

    @property
    def stalls(self) -> bool:
        """Whether it waits for its client to read."""
        return self.writing_paused

    def cut(self) -> None:
        """Close it at once, whatever still waits to be sent."""
        self.force_close()
        if self._wire is not None:
            self._wire.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take in a connection that was opened."""
        super().connection_made(transport)
        self._wire = self.transport
        self._connections.add(self)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Forget it."""
        self._wire = None
        self._connections.remove(self)
        self._end_of_head()
        super().connection_lost(exc)
        if self.when_lost is not None:
            self.when_lost()

    def resume_writing(self) -> None:
        """Go on with the answer: its client has read some of it."""
        super().resume_writing()
        self._connections.renew(self)

    def data_received(self, data: bytes) -> None:
        """Take what was sent: a request or several, or part of a head or a body."""
        before, in_body = self._request_count, not self._body.is_eof()
        super().data_received(data)
        if self._request_count != before:
            self._body = self._messages[-1][1]
            self._connections.renew(self)
            self._end_of_head()
        elif not in_body and data:
            self._part_of_head(len(data))

    def _part_of_head(self, size: int) -> None:
        if self._head_timer is None:
            self._give_time()
        self._head_bytes += size
        if self._head_bytes > self._limits.head_bytes:
            self._refuse_head()

    def _give_time(self) -> None:
        self._head_timer = self._loop.call_later(self._limits.head_timeout_s, self._head_is_late)

    def _head_is_late(self) -> None:
        if not self.waits:
            self._give_time()  # an answer to an earlier request is under way
        elif self.stalls:
            self.cut()  # it would not read the refusal either
        else:
            self._is_late = True
            self._refuse_head()
            if self.waits:
                self.cut()  # the parser, if it is the one in Python, looks at whole lines alone

    def _refuse_head(self) -> None:
        super().data_received(_IN_NO_HEAD)  # so that the parser does

    def _end_of_head(self) -> None:
        self._head_bytes = 0
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - aiohttp's words, which quote what was sent
    ) -> web.StreamResponse:
        """Return what an error answers. Where part of an answer is sent already, cuts the connection instead."""
        if isinstance(exc, ConnectionError):
            raise exc  # the client left
        if isinstance(exc, CCurveError):
            answer = problem(exc)
            if isinstance(exc, StorageError):
                _log.error("%s", exc)
            elif isinstance(exc, MalformedRequestError | RequestTimeoutError):
                answer.force_close()  # who knows where the next one would begin
        elif status == web.HTTPBadRequest.status_code:
            answer = problem(RequestTimeoutError() if self._is_late else MalformedRequestError())
            answer.force_close()
        else:
            _log.error("A request failed: %s", without_words(exc))
            answer = internal_problem()
            answer.force_close()
        if request.writer.output_size > 0:
            raise ConnectionError("part of an answer is sent already")
        secure(answer.headers, request.path)
        return answer

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """Send the answer, an error of aiohttp's own as a problem."""
        answer = http_problem(resp) if isinstance(resp, web.HTTPException) else resp
        if is_last(request) or is_held_back(request):
            answer.force_close()
        speak_plainly(request)
        return await super().finish_response(request, answer, start_time)

    def log_exception(self, *args: Any, **kw: Any) -> None:  # noqa: ANN401 - as the base class has it
        """Log that something went wrong outside of any handler, unless it is the client's own mistake."""
        error = kw.get("exc_info")
        if isinstance(error, web.RequestPayloadError):
            return  # what was left of a body that nobody wanted was broken; its request is answered
        _log.error("%s: %s", args[0] if args else "A connection failed", without_words(error))


class ProblemServer(web.Server):
    """What makes a handler for each connection."""

    def __init__(self, plain: web.Server, limits: Limits) -> None:
        make = unseen_by_aiohttp(with_a_target(plain.request_factory))
        super().__init__(plain.request_handler, request_factory=make)
        self._limits = limits
        self.open = Connections(limits.connections)

    def __call__(self) -> ProblemHandler:
        """Return the handler of a new connection."""
        return ProblemHandler(self, self._limits, self.open)


class ProblemRunner(web.AppRunner):
    """aiohttp's runner, but that every failure is answered as a problem, and that there are bounds."""

    __slots__ = ("_limits",)

    def __init__(self, app: web.Application, limits: Limits, *, shutdown_timeout: float) -> None:
        super().__init__(app, shutdown_timeout=shutdown_timeout)
        self._limits = limits

    async def _make_server(self) -> ProblemServer:
        return ProblemServer(await super()._make_server(), self._limits)
