"""Owns what is said of errors that nobody caught, wherever Python or its libraries would quote them: kind and place.

How that is worded is `domain.mistakes`'. What a caught error is answered with is `web`'s.
"""

import logging
import re
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

from domain.mistakes import without_words
from launch.output import complain

if TYPE_CHECKING:
    import asyncio
    from types import TracebackType

_log: Final = logging.getLogger("ccurve")

# Behind these, asyncio's message quotes what a callback was given.
_UNQUOTED: Final = re.compile(r"[A-Za-z .()_]*")


class Wordless(logging.Formatter):
    """Formats log lines, with errors by kind and place alone."""

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 - the library's
        """Return the error without its words."""
        return without_words(ei[1])


def log_wordless(level: str) -> None:
    """Log to standard error from `level` on, and quote no error in it, whoever logs it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Wordless("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    # What a line was to be made of would be printed where making it fails.
    logging.raiseExceptions = False


def catch_the_uncaught() -> None:
    """Tell what nobody catches without its words: in the main thread, in another, and where nothing can be raised."""
    sys.excepthook = _tell_end
    threading.excepthook = _tell_thread
    sys.unraisablehook = _tell_ignored


def catch_in_loop(loop: "asyncio.AbstractEventLoop") -> None:
    """Do the same for tasks and callbacks of an event loop."""
    loop.set_exception_handler(_tell_loop)


def _tell_end(_kind: type[BaseException], error: BaseException, _frames: "TracebackType | None") -> None:
    _tell("CCurve made a mistake, which ends it", error)


def _tell_thread(event: threading.ExceptHookArgs) -> None:
    if event.exc_type is not SystemExit:
        _tell(f"CCurve made a mistake in the thread called {event.thread and event.thread.name}", event.exc_value)


def _tell_ignored(event: "sys.UnraisableHookArgs") -> None:
    _tell(f"Exception ignored in a {type(event.object).__qualname__}", event.exc_value)


def _tell(what: str, error: BaseException | None) -> None:
    complain(f"{what}. Traceback, without words: {without_words(error)}")


def _tell_loop(_loop: "asyncio.AbstractEventLoop", context: dict[str, Any]) -> None:
    message = _UNQUOTED.match(str(context.get("message", "")))
    error = context.get("exception")
    told = f" Traceback, without words: {without_words(error)}" if error is not None else ""
    _log.error("In the event loop: %s.%s", message and message[0].strip(), told)
