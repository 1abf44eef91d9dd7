"""Owns the last line of defence: whatever goes wrong with a request is answered as a problem, below every handler.

So bytes that are no HTTP, an unknown Expect header and a bug are covered too. A foreign error's text may hold what
somebody sent, a cookie even, so the log gets its class and the lines that it came through, never its words.
"""

import asyncio
import logging
from typing import Any, Final

from aiohttp import web

from domain.errors import CCurveError, StorageError
from domain.mistakes import without_words
from web.errors import MalformedRequestError, http_problem, internal_problem, problem
from web.headers import secure

_log = logging.getLogger(__name__)

_SETTINGS: Final[dict[str, Any]] = {
    "access_log": None,
    # How long what a refused client still sends is read and dropped, so that it gets to see the refusal.
    "lingering_time": 1.0,
}


class ProblemHandler(web.RequestHandler):
    """One connection."""

    __slots__ = ()

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
        elif status == web.HTTPBadRequest.status_code:
            answer = problem(MalformedRequestError())
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
        return await super().finish_response(
            request, http_problem(resp) if isinstance(resp, web.HTTPException) else resp, start_time
        )

    def log_exception(self, *args: Any, **kw: Any) -> None:  # noqa: ANN401 - as the base class has it
        """Log that something went wrong outside of any handler."""
        _log.error("%s: %s", args[0] if args else "A connection failed", without_words(kw.get("exc_info")))


class ProblemServer(web.Server):
    """What makes a handler for each connection."""

    def __call__(self) -> ProblemHandler:
        """Return the handler of a new connection."""
        return ProblemHandler(self, loop=asyncio.get_running_loop(), **_SETTINGS)


class ProblemRunner(web.AppRunner):
    """aiohttp's runner, but that every failure is answered as a problem."""

    async def _make_server(self) -> ProblemServer:
        plain = await super()._make_server()
        return ProblemServer(plain.request_handler, request_factory=plain.request_factory)
